"""What was extracted from each chunk under each recipe, as rows that facts are derived from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from kgc.data import Chunk, EventMention, Extraction, Literal, Mention, Problem, Triple
from kgc.data.names import mention_key, normalise, tidy
from kgc.ledger.codec import ALIGNED, clean, dump, dump_problem, dump_qualifiers, literal_row
from kgc.ledger.folders import chunk_of

PAGE = 256
"""Chunks that are fetched at once."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a chunk is turned into an extraction. `id` is a hash of the other four; the schema itself may be edited."""

    id: str
    schema_name: str
    strategy: str
    model: str
    chunking: str
    schema: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Stored:
    """What the ledger remembers of one extraction, beside its rows."""

    chunk_key: str
    state: str
    attempt: int
    asking: str
    deriving: str
    answers: tuple[str, ...]


class Extractions:
    """Recipes, extractions, and the rows that make them up. Whoever changes something holds a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    # Recipes

    def recipes(self, active: bool = True) -> tuple[Recipe, ...]:
        rows = self._sql.execute("SELECT * FROM recipe WHERE active OR ? ORDER BY id", (not active,))
        return tuple(
            Recipe(r["id"], r["schema_name"], r["strategy"], r["model"], r["chunking"], r["schema"], bool(r["active"]))
            for r in rows
        )

    def use(self, recipe: Recipe, *, alone: bool) -> bool:
        """Make a recipe active, alone or beside those there; returns whether anything changed."""
        before = [(r.id, r.schema) for r in self.recipes()]
        if alone:
            self._sql.execute("UPDATE recipe SET active = 0 WHERE id != ? AND active", (recipe.id,))
        self._sql.execute(
            "INSERT INTO recipe (id, schema_name, strategy, model, chunking, schema, active)"
            " VALUES (?, ?, ?, ?, ?, ?, 1)"
            " ON CONFLICT (id) DO UPDATE SET schema = excluded.schema, active = 1",
            (recipe.id, recipe.schema_name, recipe.strategy, recipe.model, recipe.chunking, recipe.schema),
        )
        return before != [(r.id, r.schema) for r in self.recipes()]

    # What has to be done

    def open_rows(self, recipe: Recipe, sources: Sequence[str] | None = None) -> list[tuple[int, str, int]]:
        """(length, key, rowid) of chunks that were never asked or whose call is pending; equal ones once.

        Of all documents, or of those with these sources.
        """
        named = "json_each(:sources) s JOIN document d ON d.source = s.value JOIN chunk c ON c.document = d.rowid"
        query = (
            f"SELECT length(c.text), c.key, min(c.rowid) FROM {'chunk c' if sources is None else named}"
            " LEFT JOIN extraction e ON e.chunk_key = c.key"
            " AND e.recipe = (SELECT rowid FROM recipe WHERE id = :recipe)"
            " WHERE c.chunking = :chunking AND (e.state IS NULL OR e.state = 'pending') GROUP BY c.key"
        )
        values = {"recipe": recipe.id, "chunking": recipe.chunking, "sources": dump(list(sources or ()))}
        return [tuple(r) for r in self._sql.execute(query, values)]

    def chunks(self, rowids: Sequence[int]) -> Iterator[Chunk]:
        """The chunks of these rows, in their order. No cursor stays open: while one is, nothing that another
        connection commits can be written over, and the write-ahead log cannot be folded back."""
        query = (
            "SELECT c.*, d.id AS document_id FROM chunk c JOIN document d ON d.rowid = c.document"
            f" WHERE c.rowid IN ({','.join('?' * len(rowids))})"
        )
        found = {row["rowid"]: chunk_of(row) for row in self._sql.execute(query, rowids)}
        return iter([found[rowid] for rowid in rowids if rowid in found])

    def states(self, recipe: Recipe, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
        """State and asking fingerprint of those of these chunks that were ever asked under a recipe."""
        found: dict[str, tuple[str, str]] = {}
        for at in range(0, len(keys), PAGE):
            page = keys[at : at + PAGE]
            rows = self._sql.execute(
                "SELECT chunk_key, state, asking FROM extraction WHERE recipe = (SELECT rowid FROM recipe WHERE id = ?)"
                f" AND chunk_key IN ({','.join('?' * len(page))})",
                (recipe.id, *page),
            )
            found.update((r["chunk_key"], (r["state"], r["asking"])) for r in rows)
        return found

    def examples(self, recipe: Recipe, most: int) -> list[tuple[Chunk, tuple[str, ...]]]:
        """The live chunks that were answered last under a recipe, with the keys of their answers."""
        query = (
            "SELECT c.*, d.id AS document_id, e.answers FROM extraction e JOIN chunk c ON c.key = e.chunk_key AND"
            " c.chunking = ? JOIN document d ON d.rowid = c.document WHERE e.recipe = (SELECT rowid FROM recipe WHERE"
            " id = ?) AND e.state = 'done' GROUP BY e.rowid ORDER BY e.rowid DESC LIMIT ?"
        )
        rows = self._sql.execute(query, (recipe.chunking, recipe.id, most))
        return [(chunk_of(r), tuple(json.loads(r["answers"]))) for r in rows]

    def settled(
        self, recipe: Recipe, state: str, *, other_than: str = "", column: str = "deriving"
    ) -> Iterator[tuple[Chunk, Stored]]:
        """Live chunks whose extraction is in `state` and, when given, whose fingerprint is another one."""
        assert column in ("asking", "deriving")
        query = (
            "SELECT c.*, d.id AS document_id, min(c.rowid), e.state, e.attempt, e.asking, e.deriving, e.answers"
            " FROM chunk c JOIN document d ON d.rowid = c.document JOIN extraction e ON e.chunk_key = c.key"
            " AND e.recipe = (SELECT rowid FROM recipe WHERE id = ?)"
            f" WHERE c.chunking = ? AND e.state = ? AND (? = '' OR e.{column} != ?)"
            " GROUP BY c.key ORDER BY length(c.text) DESC, c.key"
        )
        for row in self._sql.execute(query, (recipe.id, recipe.chunking, state, other_than, other_than)):
            answers = tuple(json.loads(row["answers"]))
            stored = Stored(row["key"], row["state"], row["attempt"], row["asking"], row["deriving"], answers)
            yield chunk_of(row), stored

    # What was done

    def put(self, recipe: Recipe, found: Extraction, *, asking: str, deriving: str, attempt: int = 0) -> None:
        """Store what was read from one chunk, in place of what was there under this recipe."""
        state = "failed" if found.failure else "done"
        problem = dump_problem(found.failure) if found.failure else None
        models = {t.evidence.model for t in found.triples} | {e.evidence.model for e in found.events}
        row = self._insert(recipe, found.chunk, state, attempt, asking, deriving, min(models, default=""), problem,
                           found.answers)  # fmt: skip
        nameless = tuple(
            Problem("unparsable", f"a {t.relation} without a name at one end", raw=t.evidence.rationale)
            for t in found.triples
            if not _named(t)
        )
        names = _Names(self._sql)
        self._put_problems(row, found.problems + nameless)
        self._put_mentions(row, found, names)
        self._sql.executemany(_CLAIM, [_claim_row(row, t, names) for t in found.triples if _named(t)])
        for event in found.events:
            self._put_event(row, event, names)

    def put_unread(self, recipe: Recipe, chunk_key: str, state: str, problem: Problem, *, asking: str, deriving: str,
                   attempt: int = 0) -> None:  # fmt: skip
        """Store that a chunk failed, or is pending and why. A pending retry leaves a failure as it was."""
        if state == "pending" and self._state(recipe, chunk_key) in ("failed", "done"):
            return
        self._insert(recipe, chunk_key, state, attempt, asking, deriving, "", dump_problem(problem), ())

    def reread(self, recipe: Recipe, chunk_key: str, deriving: str) -> None:
        """Remember that an extraction also stands under a newer schema."""
        self._sql.execute(
            "UPDATE extraction SET deriving = ? WHERE chunk_key = ?"
            " AND recipe = (SELECT rowid FROM recipe WHERE id = ?)",
            (deriving, chunk_key, recipe.id),
        )

    def count_as_asked(self, recipe: Recipe, before: str, now: str) -> None:
        """Take what was asked under one form of the schema as asked under another, which asks the same."""
        self._sql.execute(
            "UPDATE extraction SET asking = ? WHERE asking = ? AND recipe = (SELECT rowid FROM recipe WHERE id = ?)",
            (now, before, recipe.id),
        )

    def _state(self, recipe: Recipe, chunk_key: str) -> str:
        query = "SELECT state FROM extraction WHERE chunk_key = ? AND recipe = (SELECT rowid FROM recipe WHERE id = ?)"
        row = self._sql.execute(query, (chunk_key, recipe.id)).fetchone()
        return row["state"] if row else ""

    def _insert(self, recipe: Recipe, chunk_key: str, state: str, attempt: int, asking: str, deriving: str,
                model: str, problem: str | None, answers: tuple[str, ...]) -> int:  # fmt: skip
        self._sql.execute(
            "DELETE FROM extraction WHERE chunk_key = ? AND recipe = (SELECT rowid FROM recipe WHERE id = ?)",
            (chunk_key, recipe.id),
        )
        cursor = self._sql.execute(
            "INSERT INTO extraction (chunk_key, recipe, state, attempt, asking, deriving, model, problem, answers)"
            " VALUES (?, (SELECT rowid FROM recipe WHERE id = ?), ?, ?, ?, ?, ?, ?, ?)",
            (chunk_key, recipe.id, state, attempt, asking, deriving, clean(model), problem, dump(list(answers))),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _put_problems(self, extraction: int, problems: Iterable[Problem]) -> None:
        rows = (
            (extraction, n, p.code, p.severity, dump({k: v for k, v in asdict(p).items() if k in _DETAIL}))
            for n, p in enumerate(problems)
        )
        self._sql.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?)", rows)

    def _put_mentions(self, extraction: int, found: Extraction, names: _Names) -> None:
        """All places where something is named, each once, in order of the text."""
        ends = (m for t in found.triples for m in (t.head, t.tail) if isinstance(m, Mention))
        players = (r.value for e in found.events for r in e.roles if isinstance(r.value, Mention))
        seen = {(names.of(m), m.span) for m in (*found.mentions, *ends, *players) if tidy(m.surface)}
        located = {name for name, span in seen if span}
        kept = sorted(
            (span.start if span else -1, span.end if span else -1, name)
            for name, span in seen
            if span or name not in located
        )
        rows = ((extraction, n, name, *((s, e) if s >= 0 else (None, None))) for n, (s, e, name) in enumerate(kept))
        self._sql.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?)", rows)

    def _put_event(self, extraction: int, event: EventMention, names: _Names) -> None:
        roles = sorted(
            (
                [r.name, *literal_row(r.value)] if isinstance(r.value, Literal) else [r.name, names.of(r.value)]
                for r in event.roles
            ),
            key=dump,
        )
        self._sql.execute(
            "INSERT INTO happening (extraction, type, event_trigger, roles, confidence, start, stop, aligned,"
            " rationale)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                extraction, event.type, clean(event.trigger), clean(dump(roles)), event.confidence,
                event.evidence.span.start, event.evidence.span.end, ALIGNED.index(event.evidence.aligned),
                clean(event.evidence.rationale),
            ),
        )  # fmt: skip


class _Names:
    """Rowids of the names that one extraction mentions, each looked up or made once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection
        self._known: dict[tuple[str, str], int] = {}

    def of(self, mention: Mention) -> int:
        known = self._known.get((mention.type, mention.surface))
        if known is None:
            known = self._known[mention.type, mention.surface] = self._find(mention)
        return known

    def _find(self, mention: Mention) -> int:
        key = clean(mention_key(mention.type, mention.surface))
        row = self._sql.execute("SELECT rowid FROM name WHERE key = ?", (key,)).fetchone()
        if row:
            return int(row[0])
        surface = clean(tidy(mention.surface))
        norm = normalise(surface)
        cursor = self._sql.execute(
            "INSERT INTO name (key, type, surface, norm, suffix) VALUES (?, ?, ?, ?, ?)",
            (key, mention.type, surface, norm.text, norm.suffix),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid


_CLAIM = (
    "INSERT INTO claim (extraction, head, relation, tail, raw, value, datatype, unit, lang, negated, hedged,"
    " qualifiers, time, confidence, start, stop, aligned, rationale)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _claim_row(extraction: int, t: Triple, names: _Names) -> tuple[object, ...]:
    qualifiers, time = dump_qualifiers(t.qualifiers) if t.qualifiers else ("[]", "")
    return (
        extraction, names.of(t.head), t.relation, None if isinstance(t.tail, Literal) else names.of(t.tail),
        *(literal_row(t.tail) if isinstance(t.tail, Literal) else (None,) * 5),
        t.negated, t.hedged, clean(qualifiers), clean(time), t.confidence, t.evidence.span.start,
        t.evidence.span.end, ALIGNED.index(t.evidence.aligned), clean(t.evidence.rationale),
    )  # fmt: skip


_DETAIL = ("message", "where", "raw", "hint")


def _named(triple: Triple) -> bool:
    ends = (triple.head, triple.tail)
    return all(tidy(end.surface if isinstance(end, Mention) else end.raw) for end in ends)
