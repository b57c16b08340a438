"""Link the names of the graph to a knowledge base: decisions that a person can take back, made anew at every run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kgc.data import Decision
from kgc.data.knowledge import KbEntry, Link
from kgc.errors import KgcError, UnknownName
from kgc.ledger import Ledger
from kgc.ledger.decisions import decision_id
from kgc.ledger.linking import BY, Linking
from kgc.pipeline.derive import derive
from kgc.pipeline.link_names import queries
from kgc.pipeline.link_source import KnowledgeBase, opened
from kgc.pipeline.progress import Meter, Watch
from kgc.pipeline.recipes import active_schema
from kgc.resolve.linking.index import Index
from kgc.resolve.linking.link import link
from kgc.resolve.linking.rank import MIN_SCORE
from kgc.resolve.linking.records import Choice
from kgc.store.rdf.terms import is_iri

KIND: Final = "link"
_ASKED: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of linking. `names` were looked at; of these `links` were linked by rule and `ruled` by people.

    `unsure` have candidates and none that is sure enough; all others have none. `added` and `withdrawn` count the
    decisions that came and went (would have, in a dry run).
    """

    kb: str
    entries: int
    names: int
    links: tuple[tuple[Choice, Link], ...]
    unsure: tuple[Choice, ...]
    ruled: tuple[tuple[str, Link], ...]
    added: int
    withdrawn: int
    dry_run: bool = False


def link_names(
    ledger: Ledger,
    workspace: Path,
    kb: KnowledgeBase,
    *,
    min_score: float = MIN_SCORE,
    dry_run: bool = False,
    watch: Watch | None = None,
) -> Linked:
    """Decide anew which entry of `kb` each name of the graph means; people's decisions stand.

    Links that were undone are not made again. Nothing is written in a dry run. Raises `KgcError` for a knowledge base
    that cannot be read.
    """
    if not 0 < min_score <= 1:
        raise KgcError(f"--min-score is {min_score}, not between 0 and 1.", "0.5 links what is likelier than not.")
    _check_base(kb.base)
    meter = Meter("link", watch)
    with opened(kb, workspace, lambda n: _tell(meter, n)) as index:
        linking, name = Linking(ledger.connection), kb.called
        derive(ledger)
        ruled, choices = linking.ruled(name), list(_choices(ledger, index, name, min_score))
        links = tuple((c, _link(c.chosen.entry, kb)) for c in choices if c.chosen and c.key not in ruled)
        wanted = [_decision(choice, found) for choice, found in links]
        added, withdrawn = _write(ledger, name, wanted, dry_run=dry_run)
        unsure = tuple(c for c in choices if not c.chosen and c.options and c.key not in ruled)
        return Linked(
            name, index.size, len(choices), links, unsure, tuple(sorted(ruled.items())), added, withdrawn, dry_run
        )  # fmt: skip


def explain(ledger: Ledger, workspace: Path, kb: KnowledgeBase, name: str) -> tuple[Choice, ...]:
    """All that is weighed for the names written so: every candidate with what speaks for and against it."""
    with opened(kb, workspace) as index:
        found = [c for c in _choices(ledger, index, kb.called, MIN_SCORE) if c.surface.casefold() == name.casefold()]
    if not found:
        surfaces = [n.surface for n in Linking(ledger.connection).names()]
        raise UnknownName("name", name, surfaces[:20_000], "`kgc search` finds parts of names.")
    return tuple(found)


def link_by_hand(
    ledger: Ledger, workspace: Path, kb: KnowledgeBase, keys: tuple[str, ...], id_: str, by: str
) -> tuple[Decision, ...]:
    """A person's word: these keys mean the entry `id_`. Outlives every run, until it is undone.

    What was said of them before stands behind it (`linked`), so that undoing it restores.
    """
    _check_base(kb.base)
    with opened(kb, workspace) as index:
        entry = index.entry(id_)
        if entry is None:
            near = [e.id for e in index.find(id_).entries]
            raise UnknownName("entry", id_, near, f"It has to be an id of {kb.called!r}.")
    found = _link(entry, kb)
    with ledger.transaction():
        made = tuple(
            ledger.decisions.put(
                Decision(decision_id(KIND, (key,), found.payload()), "link", (key,), found.payload(),
                         reason=f"linked by {by}", by=by)
            )
            for key in keys
        )  # fmt: skip
        ledger.state.bump()
    return made


def _choices(ledger: Ledger, index: Index, kb: str, min_score: float) -> Iterator[Choice]:
    linking = Linking(ledger.connection)
    schema = active_schema(ledger.extractions.recipes())
    known = lru_cache(maxsize=_ASKED)(lambda surface: bool(index.find(surface).entries))
    given = {key: index.entry(link_.id) for key, link_ in linking.ruled(kb).items()}
    ruled: dict[str, KbEntry] = {key: entry for key, entry in given.items() if entry}
    yield from link(queries(linking, schema, known, linking.refused(kb)), index, ruled, min_score)


def _write(ledger: Ledger, kb: str, wanted: list[Decision], *, dry_run: bool) -> tuple[int, int]:
    linking = Linking(ledger.connection)
    if dry_run:
        return linking.difference(kb, wanted)
    with ledger.transaction():
        added, withdrawn = linking.replace(kb, wanted)
        if added or withdrawn:
            ledger.state.bump()
    return added, withdrawn


def _decision(choice: Choice, found: Link) -> Decision:
    assert choice.chosen is not None
    payload = found.payload()
    what = (choice.key,)
    return Decision(decision_id(KIND, what, payload), "link", what, payload, choice.chosen.score, choice.why, BY)


def _link(entry: KbEntry, kb: KnowledgeBase) -> Link:
    made = f"{kb.base}{quote(entry.id, safe='')}" if kb.base else ""
    iri = entry.id if is_iri(entry.id) else made
    return Link(kb.called, entry.id, entry.name, iri)


def _check_base(base: str) -> None:
    if base and not is_iri(base):
        raise KgcError(f"--base is {base!r}, which is no IRI.", "For example: https://www.wikidata.org/entity/")


def _tell(meter: Meter, done: int) -> None:
    meter.done = done
    meter.tell()
