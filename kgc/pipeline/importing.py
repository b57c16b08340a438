"""An existing graph goes in: read, put into the schema, told line by line, and recorded like anything else.

From then on it is text with extractions: the graph is derived from it, evidence points to its lines, it can be
forgotten, its merges undone, and a changed file changes the difference alone (docs/reference/import.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from kgc.data import Decision, Literal, Problem
from kgc.data.names import mention_key
from kgc.errors import KgcError
from kgc.ledger import Ledger
from kgc.ledger.codec import dump
from kgc.ledger.decisions import decision_id
from kgc.ledger.folders import IMPORTED
from kgc.ledger.verdicts import LITERAL
from kgc.load.graph_records import Record
from kgc.pipeline.imported import import_chunking, import_recipe
from kgc.pipeline.importing_draft import Draft, Placed
from kgc.pipeline.importing_left import Left, LeftOut, problems, warning
from kgc.pipeline.importing_lines import Line, Teller, name_line, one_line
from kgc.pipeline.importing_places import Places
from kgc.pipeline.importing_store import READER, Shelf
from kgc.pipeline.importing_text import Part, Told, parts, piece_of, pieces
from kgc.pipeline.ingest import Run, finish
from kgc.pipeline.progress import Meter, Watch
from kgc.pipeline.recipes import active_schema
from kgc.pipeline.report import Report
from kgc.schema import Schema
from kgc.schema.fingerprint import deriving
from kgc.schema.opened import opened

LEFT_OUT: Final = "left-out"
UNREAD: Final = "unread"
"""Names of the documents beside a graph's own that tell what was left out of it, and what could not be read."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a graph comes from. `root` names it in the workspace, `title` its document; `digest` is "" where only
    reading tells whether it has changed."""

    root: str
    title: str
    address: str
    read: Callable[[], Iterator[Record]]
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import read and made of it. `schema` is the path of a schema that was derived, "" for none.

    `unchanged` tells that the file is the one that was imported last, so that it was not read again.
    """

    report: Report
    things: int = 0
    statements: int = 0
    left_out: tuple[LeftOut, ...] = ()
    schema: str = ""
    unchanged: bool = False

    def as_json(self) -> dict[str, object]:
        """The shape of `kgc import --json`: that of `kgc ingest --json`, and what was read."""
        read = {
            "things": self.things, "statements": self.statements, "schema": self.schema, "unchanged": self.unchanged,
            "left_out": [asdict(one) for one in self.left_out],
        }  # fmt: skip
        return {**self.report.as_json(), "imported": read}


@dataclass(slots=True)
class _Work:
    """What is known in the course of an import."""

    run: Run = field(default_factory=Run)
    things: int = 0
    statements: int = 0
    left: tuple[LeftOut, ...] = ()


def import_graph(
    ledger: Ledger,
    workspace: Path,
    source: Source,
    schema_of: Callable[[Draft], Schema],
    watch: Watch | None,
) -> Imported:
    """Bring the workspace to what a source holds; `schema_of` may look at what was read.

    Raises `KgcError` for a source that cannot be read and for a name that is taken, before anything is written.
    Interrupted, the documents that are complete stay, and the next import goes on.
    """
    _free(ledger, source, workspace)
    work = _Work()
    with closing(Draft()) as draft:
        try:
            meter = Meter("read", watch)
            draft.fill(source.read(), lambda n: meter.step(source.title, count=n))
            schema = schema_of(draft)
            _take_over(ledger, source, schema, draft, work, watch)
        except KeyboardInterrupt:
            work.run.interrupted = True
    report = finish(ledger, workspace, work.run, watch)
    return Imported(report, work.things, work.statements, work.left)


def nothing_new(ledger: Ledger, workspace: Path) -> Imported:
    """What an import tells that had nothing to do."""
    return Imported(finish(ledger, workspace, Run(), None), unchanged=True)


def unchanged(ledger: Ledger, source: Source, schema: Schema) -> bool:
    """Whether a source was imported just so, down to the end."""
    return bool(source.digest) and ledger.state.get(import_chunking(source.root)) == _stamp(source, schema)


def digest_of(path: Path) -> str:
    """A hash of a file's bytes. Raises `KgcError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise KgcError(f"{str(path)!r} cannot be read: {error.strerror}.", "Check the path.") from error


def _free(ledger: Ledger, source: Source, workspace: Path) -> None:
    taken = ledger.folders.roots().get(source.root)
    if taken is None or taken == IMPORTED + source.address:
        return
    if taken.startswith(IMPORTED) and not (workspace / taken.removeprefix(IMPORTED)).exists() and "://" not in taken:
        return  # the file was moved
    what = f"an import of {taken.removeprefix(IMPORTED)}" if taken.startswith(IMPORTED) else f"the folder {taken}"
    raise KgcError(
        f"The name {source.root!r} belongs to {what}.",
        f"Give this one another: --name NAME; or `kgc forget {source.root}` first.",
    )


def _stamp(source: Source, schema: Schema) -> str:
    return dump([source.title, source.digest, schema.name, deriving(schema), READER])


_OPEN: Final = "SELECT count(*) FROM statement WHERE relation LIKE 'open:%'"


def _take_over(ledger: Ledger, source: Source, given: Schema, draft: Draft, work: _Work, watch: Watch | None) -> None:
    """Write what was read, document by document; what is gone goes at the end. Open facts open the schema."""
    schema = opened(given) if draft.count(_OPEN) else given
    recipe = import_recipe(source.root, schema)
    others = [r for r in ledger.extractions.recipes() if r.chunking != recipe.chunking]
    active_schema([*others, recipe])  # raises before anything is written where two schemas clash
    places = Places(schema)
    draft.settle(places)
    work.things, work.statements = (
        draft.count("SELECT count(*) FROM thing"),
        draft.count("SELECT count(*) FROM statement"),
    )
    with ledger.transaction():
        ledger.folders.add_root(source.root, IMPORTED + source.address)
        ledger.extractions.drop_imports(recipe.chunking, kept=recipe.id)
        if ledger.extractions.use(recipe, alone=False):
            ledger.state.bump()
    meter = Meter("ask", watch)
    shelf = Shelf(ledger, source.root, recipe, schema, meter, ledger.folders.known(source.root))
    left = Left()
    teller = Teller(places, left)
    name = f"{source.root}/{source.title}"
    _put_parts(shelf, name, parts(pieces(_told(draft, teller))))
    _without_class(draft, left)
    work.left = left.all()
    _put_left_out(shelf, f"{name}/{LEFT_OUT}", draft, work.left)
    _put_unread(shelf, f"{name}/{UNREAD}", draft)
    work.run.warnings += _warnings(draft, work.left, schema, f"{name}/{LEFT_OUT}")
    _end(ledger, source, given, shelf, teller, work)


def _end(ledger: Ledger, source: Source, schema: Schema, shelf: Shelf, teller: Teller, work: _Work) -> None:
    with ledger.transaction():
        work.run.synced = shelf.end()
        if ledger.decisions.replace_by(import_chunking(source.root), _verdicts(teller, source)):
            ledger.state.bump()
        ledger.state.set(import_chunking(source.root), _stamp(source, schema) if source.digest else "")


def _told(draft: Draft, teller: Teller) -> Iterator[Told]:
    """All lines: of each thing in its language, then the names it has in others."""
    for head in draft.heads():
        yield from (Told(head.placed.name, head.placed.lang, line) for line in teller.lines(head))
    for placed, names in draft.asides():
        yield Told(placed.name, names[0].lang, name_line(placed, names, main=False))


def _put_parts(shelf: Shelf, name: str, found: Iterable[Part]) -> None:
    """One document goes by the name of the source, several are numbered below it."""
    held: Part | None = None
    number = 0
    for part in found:
        if held:
            number += 1
            shelf.put(f"{name}/{number:04}", held)
        held = part
    if held:
        shelf.put(f"{name}/{number + 1:04}" if number else name, held)


def _without_class(draft: Draft, left: Left) -> None:
    """Count the things that have no class of the schema or no name, with what is said of them."""
    query = (
        "SELECT t.types, p.name, count(*), min(p.id), sum((SELECT count(*) FROM statement s WHERE s.head = p.id)) FROM"
        " place p JOIN thing t ON t.id = p.id WHERE p.class = '' GROUP BY t.types, p.name = '' ORDER BY t.types"
    )
    for types, name, count, example, statements in draft.sql.execute(query):
        reason = "no class of the schema" if name else "no name"
        said = f", of which {statements:,} statements tell" if statements else ""
        left.add("unknown_label", f"things with {reason}{said}", ", ".join(_names(types)), name or example, count)
    query = (
        "SELECT relation, count(*), min(head) FROM statement WHERE head NOT IN (SELECT id FROM thing) GROUP BY relation"
    )
    for relation, count, example in draft.sql.execute(query):
        left.add("unknown_label", "it is of nothing that is told of", relation, example, count)


def _names(types: str) -> Sequence[str]:
    import json  # noqa: PLC0415

    return [str(t) for t in json.loads(types)] or ["without a type"]


def _put_left_out(shelf: Shelf, source: str, draft: Draft, left: Sequence[LeftOut]) -> None:
    """What was left out, to be read and found like any text; its problems are kept with it."""
    words = tuple(p for p in draft.problems if p.severity == "warning")
    if left or words:
        part = Part()
        lines = [Line(one_line(one.line())) for one in left] + [Line(one_line(p.message)) for p in words]
        part.add(piece_of(lines, "", (*problems(left), *words)))
        shelf.put(source, part)


def _put_unread(shelf: Shelf, source: str, draft: Draft) -> None:
    broken = [p for p in draft.problems if p.severity == "error"]
    if broken:
        first = broken[0]
        message = f"{len(broken):,} of its lines cannot be read; {first.where}: {first.message}"
        raw = "\n".join(f"{p.where}: {p.raw}" for p in broken[:100])
        hint = "Correct it and import again; all other lines were taken over."
        shelf.put_problem(source, Problem(first.code, message, first.where, raw, hint))


def _warnings(draft: Draft, left: Sequence[LeftOut], schema: Schema, source: str) -> list[str]:
    said = dict.fromkeys(f"{p.message}. {p.hint}".strip() for p in draft.problems if p.severity == "warning")
    return [*list(said)[:20], *([warning(left, schema.name, source)] if left else [])]


def _verdicts(teller: Teller, source: Source) -> Iterator[Decision]:
    """What people said of facts where the graph comes from; what is decided here goes before it."""
    for status, (head, relation, tail, _), payload in teller.verdicts:
        kind = "accept" if status == "accepted" else "reject"
        end = f"{LITERAL}{tail.datatype}:{tail.value}" if isinstance(tail, Literal) else _key(tail)
        what = (_key(head), relation, end)
        reason = f"{status} where {source.title} comes from"
        id_, by = decision_id(kind, what, payload), import_chunking(source.root)
        yield Decision(id_, kind, what, payload, reason=reason, by=by)  # type: ignore[arg-type]


def _key(placed: Placed) -> str:
    return mention_key(placed.type, placed.name)
