"""Bring the names of a ledger to the resolver, and what it says back to the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Final

from kgc.data import Decision, content_id
from kgc.data.knowledge import Link
from kgc.errors import KgcError
from kgc.ledger import Ledger
from kgc.ledger.alive import DATE_PARTS, AliveName
from kgc.ledger.decisions import decision_id
from kgc.ledger.derive import Called, Derivation
from kgc.ledger.proposals import StoredPair
from kgc.ledger.rulings import DERIVED, IN_DOCUMENT, linked, ruled
from kgc.pipeline.kinds import kinds
from kgc.pipeline.within import Within, local_links
from kgc.pipeline.within import code as within_code
from kgc.resolve.frozen import ENOUGH, VERSION, dump, load, prior
from kgc.resolve.merges import dump_features, load_features, merges
from kgc.resolve.naming import canonical
from kgc.resolve.records import Item, Kind, Proposal, Resolution, Rulings, pair
from kgc.resolve.resolver import awake, group, propose_again
from kgc.resolve.seen import load as load_seen
from kgc.resolve.seen import save as save_seen
from kgc.resolve.statistics import Statistics, fit
from kgc.schema import Schema

ALSO: Final = "rule:import"
"""Who merges the names that an imported graph gives to one thing."""
READ: Final = "resolved"
"""The state that remembers which names, statistics and code the stored pairs were made from."""
GROWN: Final = 4
"""Where there are so many times the names that statistics were counted on, they should be counted anew."""
SEEN: Final = "names.npz"
"""What was found of names before, beside the ledger; it can be deleted at any time."""
REFUSED: Final = "rulings refused"
_CODE: Final = (
    "blocking", "clusters", "compare", "folding", "frozen", "groups", "guards", "lexicon", "likeness", "match",
    "merges", "names", "naming", "records", "resolver", "score", "seen", "statistics",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """All names that are alive, by key, and the statistics they are compared by."""

    items: tuple[Item, ...]
    statistics: Statistics


def resolve_names(ledger: Ledger, derivation: Derivation, schema: Schema, within: Within | None = None) -> Resolution:
    """Gather the names that are alive, group them, and record what was merged, proposed and refused."""
    names = gather(ledger, derivation, schema, within)
    proposals = _proposals(ledger, names)
    also = tuple(derivation.alive.also())
    rulings = _rulings(ledger, also)
    known = {item.key: item for item in names.items}
    result = group(proposals, known.__getitem__, names.statistics, awake(rulings, known))
    told = _also(also, known.keys())
    ledger.decisions.replace_rules(chain(merges(result, decision_id), told), DERIVED)
    ledger.proposals.update(_stored(a, b) for a, b in zip(proposals, result.proposals, strict=True))
    ledger.state.set(REFUSED, repr(len(result.refused)))
    return result


def gather(ledger: Ledger, derivation: Derivation, schema: Schema, within: Within | None = None) -> Names:
    """The names that are alive with their evidence. The first time there are enough, statistics are frozen."""
    retyped = {key: _type(d) for d in ledger.decisions.of_kind("retype") for key in d.what}
    told = within or local_links(ledger, schema)
    taken_back = {d.what for d in ledger.decisions.of_kind("split") if d.payload == IN_DOCUMENT}
    derivation.alive.gather((w for w in told(derivation) if w[:3] not in taken_back), retyped)
    links: dict[str, list[Link]] = {}
    for key, link in linked(ledger.decisions.of_kind("link")):
        links.setdefault(key, []).append(link)
    sorts = kinds(schema)
    items = tuple(_item(name, sorts, links.get(name.key, ())) for name in derivation.alive.names())
    return Names(items, _statistics(ledger, schema, items))


def _item(name: AliveName, sorts: dict[str, Kind], links: Sequence[Link]) -> Item:
    return Item(
        name.key, name.surface, sorts.get(name.types[0], "thing"), name.types, (), name.neighbours, name.attributes,
        name.documents, tuple((link.kb, link.id) for link in links),
    )  # fmt: skip


def _type(retype: Decision) -> str:
    from kgc.ledger.entities import detail  # noqa: PLC0415

    return detail(retype, "type")


# Statistics


def _statistics(ledger: Ledger, schema: Schema, items: Sequence[Item]) -> Statistics:
    """Those that are frozen; the first time that there are names enough, they are counted; the prior until then."""
    frozen = ledger.proposals.statistics(VERSION)
    several = _several(schema)
    if frozen:
        return load(frozen[2], several)
    return refit(ledger, schema, items) if len(items) >= ENOUGH else prior(han_script(), several)


def refit(ledger: Ledger, schema: Schema, items: Sequence[Item]) -> Statistics:
    """Count the names anew and freeze the counts."""
    body = dump(fit(items, han_script()))
    ledger.proposals.freeze(VERSION, len(items), body)
    return load(body, _several(schema))


def _several(schema: Schema) -> frozenset[str]:
    """Attributes of which a thing may have more than one value."""
    one = {a.name for e in schema.entities for a in e.attributes if a.functional}
    all_ = {a.name for e in schema.entities for a in e.attributes}
    return frozenset(f"{name}{part}" for name in all_ - one for part in DATE_PARTS)


@cache
def han_script() -> dict[int, int]:
    """Traditional characters to simplified ones, where the Chinese model is installed."""
    from kgc.slm.han_names import read_script  # noqa: PLC0415
    from kgc.slm.package import folder  # noqa: PLC0415

    try:
        path: Path = folder("zh") / "script.tsv"
    except KgcError:
        return {}
    return read_script(path) if path.is_file() else {}


@cache
def code() -> str:
    """A hash of the code that resolves: other code may say otherwise of the same names."""
    here = resources.files("kgc.resolve")
    return content_id(within_code(), *((here / f"{name}.py").read_text(encoding="utf-8") for name in _CODE))


# Pairs


def _proposals(ledger: Ledger, names: Names) -> tuple[Proposal, ...]:
    """The pairs that are worth a word; those of the last time where nothing they depend on has changed."""
    digest = _digest(names)
    if ledger.state.get(READ) == digest:
        return tuple(pair_of(stored) for stored in ledger.proposals.all())
    place, key = ledger.path.parent / SEEN, _key(names.statistics)
    found, seen = propose_again(names.items, names.statistics, load_seen(place, key))
    with suppress(OSError):  # it only spares work; a disk that is full is told of by what matters
        save_seen(seen, place, key)
    ledger.proposals.replace(_stored(p, p) for p in found)
    ledger.state.set(READ, digest)
    return found


def _key(statistics: Statistics) -> str:
    """What the pairs depend on beside the names: the code, and the statistics."""
    return content_id(code(), hashlib.blake2b(dump(statistics)).hexdigest(), *sorted(statistics.several))


def _digest(names: Names) -> str:
    digest = hashlib.blake2b(_key(names.statistics).encode(), digest_size=16)
    for item in names.items:
        digest.update(repr(item).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def statistics_state(ledger: Ledger) -> tuple[int, str]:
    """How many names the statistics were counted on (0: the shipped ones), and what to do where there are many more."""
    frozen = ledger.proposals.statistics(VERSION)
    if not frozen:
        return 0, ""
    names, _ = ledger.proposals.sizes()
    if names < GROWN * frozen[0]:
        return frozen[0], ""
    return frozen[0], (
        f"How common words are was counted on {frozen[0]:,} names; there are {names:,} now:"
        " `kgc resolve --refit` counts anew."
    )


def _stored(alone: Proposal, final: Proposal) -> StoredPair:
    """A pair as it stands by itself, with what came of it in its group."""
    held = "; ".join(f.reason for f in final.features[len(alone.features) :])
    return StoredPair(*alone.pair, alone.score, alone.verdict, final.verdict, held, dump_features(alone))


def pair_of(stored: StoredPair) -> Proposal:
    """A stored pair as it stands by itself."""
    features, vetoes = load_features(stored.features)
    verdict = "merge" if stored.alone == "merge" else "grey" if stored.alone == "grey" else "apart"
    return Proposal((stored.a, stored.b), stored.score, verdict, features, vetoes)  # type: ignore[arg-type]


# Decisions


def _rulings(ledger: Ledger, also: Iterable[tuple[str, str, str]]) -> Rulings:
    said = ruled(ledger.decisions.all())
    told = {pair(a, b) for a, b, _ in also} | said.told
    return Rulings(said.together.keys(), said.apart.keys(), told - said.apart.keys())


def _also(also: Iterable[tuple[str, str, str]], known: Iterable[str]) -> Iterator[Decision]:
    """Merges of the names that an imported graph gives to one thing; undone, they stay so."""
    alive = set(known)
    for first, other, source in also:
        if first in alive and other in alive:
            what = (first, other)
            reason = f"two names of one thing in {source}"
            yield Decision(decision_id("merge", what), "merge", what, reason=reason, by=ALSO)


def caller(schema: Schema) -> Callable[[str, Sequence[Called]], str]:
    """How an entity of a class is called that has several names."""
    sorts = kinds(schema)
    return lambda type_, names: canonical(((name, n) for name, _, n in names), sorts.get(type_, "thing"))
