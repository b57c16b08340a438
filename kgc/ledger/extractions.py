"""What was extracted from each chunk under each recipe, as rows that facts are derived from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.data import Chunk, Extraction, Problem
from kgc.data.names import normalise
from kgc.ledger.codec import clean, dump, dump_problem
from kgc.ledger.folders import chunk_of
from kgc.ledger.rows import Cell, Event, Name, Rows, rows_of

PAGE = 256
"""Chunks that are fetched at once."""

IMPORT: Final = "import"
"""The strategy of what was not read from text: an imported graph, a recipe each, beside whatever else is active."""


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
        """Make a recipe active, alone or beside those there; returns whether anything changed.

        Imported graphs stay in any case.
        """
        before = [(r.id, r.schema) for r in self.recipes()]
        if alone:
            self._sql.execute(
                "UPDATE recipe SET active = 0 WHERE id != ? AND active AND strategy != ?", (recipe.id, IMPORT)
            )
        self._sql.execute(
            "INSERT INTO recipe (id, schema_name, strategy, model, chunking, schema, active)"
            " VALUES (?, ?, ?, ?, ?, ?, 1)"
            " ON CONFLICT (id) DO UPDATE SET schema = excluded.schema, active = 1",
            (recipe.id, recipe.schema_name, recipe.strategy, recipe.model, recipe.chunking, recipe.schema),
        )
        return before != [(r.id, r.schema) for r in self.recipes()]

    def rename(self, before: str, recipe: Recipe) -> None:
        """Let a recipe go on under another id, schema's name and model; the schema it was last run with stays."""
        values = (recipe.id, recipe.schema_name, recipe.model, before)
        self._sql.execute("UPDATE recipe SET id = ?, schema_name = ?, model = ? WHERE id = ?", values)

    def drop_imports(self, chunking: str, kept: str = "") -> None:
        """Forget the import of this chunking, but for the recipe `kept`; the file can be read again."""
        rows = "SELECT rowid FROM recipe WHERE strategy = ? AND chunking = ? AND id != ?"
        values = (IMPORT, chunking, kept)
        self._sql.execute(f"DELETE FROM extraction WHERE recipe IN ({rows})", values)
        self._sql.execute("DELETE FROM recipe WHERE strategy = ? AND chunking = ? AND id != ?", values)

    def drop_dead(self, recipe: Recipe) -> None:
        """Forget the extractions of chunks that an imported graph has no more."""
        self._sql.execute(
            "DELETE FROM extraction WHERE recipe = (SELECT rowid FROM recipe WHERE id = ?) AND chunk_key NOT IN"
            " (SELECT key FROM chunk WHERE chunking = ?)",
            (recipe.id, recipe.chunking),
        )

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

    def put(self, recipe: Recipe, found: Extraction | Rows, *, asking: str, deriving: str, attempt: int = 0) -> bool:
        """Store what was read from one chunk, in place of what was there under this recipe.

        An answer that could not be read leaves what was read before as it was; returns whether this one was stored.
        """
        rows = found if isinstance(found, Rows) else rows_of(found)
        state = "failed" if rows.failure else "done"
        if rows.failure and self._state(recipe, rows.chunk) == "done":
            return False
        row = self._insert(recipe, rows.chunk, state, attempt, asking, deriving, rows.model, rows.failure,
                           rows.answers)  # fmt: skip
        names = [self._name(name) for name in rows.names]
        problems = ((row, n, *p) for n, p in enumerate(rows.problems))
        self._sql.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?)", problems)
        mentions = ((row, n, names[m[0]], *m[1:]) for n, m in enumerate(rows.mentions))
        self._sql.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?)", mentions)
        self._sql.executemany(_CLAIM, [_claim_row(row, c, names) for c in rows.claims])
        self._sql.executemany(_HAPPENING, [_event_row(row, e, names) for e in rows.events])
        return True

    def put_unread(self, recipe: Recipe, chunk_key: str, state: str, problem: Problem, *, asking: str, deriving: str,
                   attempt: int = 0) -> bool:  # fmt: skip
        """Store that a chunk failed, or is pending and why; returns False where what was read before stays instead.

        A pending retry leaves a failure as it was.
        """
        before = self._state(recipe, chunk_key)
        if before == "done":
            return False
        if (before, state) != ("failed", "pending"):
            self._insert(recipe, chunk_key, state, attempt, asking, deriving, "", dump_problem(problem), ())
        return True

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

    def _name(self, name: Name) -> int:
        """The rowid of a name, which is made if it is new."""
        row = self._sql.execute("SELECT rowid FROM name WHERE key = ?", (name[0],)).fetchone()
        if row:
            return int(row[0])
        norm = normalise(name[2])
        cursor = self._sql.execute(
            "INSERT INTO name (key, type, surface, norm, suffix) VALUES (?, ?, ?, ?, ?)",
            (*name, norm.text, norm.suffix),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid


_CLAIM = (
    "INSERT INTO claim (extraction, head, relation, tail, raw, value, datatype, unit, lang, negated, hedged,"
    " qualifiers, time, confidence, start, stop, aligned, rationale)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


_HAPPENING = (
    "INSERT INTO happening (extraction, type, event_trigger, roles, confidence, start, stop, aligned, rationale)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _claim_row(extraction: int, claim: tuple[Cell, ...], names: Sequence[int]) -> tuple[Cell, ...]:
    head, relation, tail, *rest = claim
    assert isinstance(head, int)
    return extraction, names[head], relation, names[tail] if isinstance(tail, int) else None, *rest


def _event_row(extraction: int, event: Event, names: Sequence[int]) -> tuple[Cell, ...]:
    type_, trigger, players, rest = event
    roles = sorted(([r[0], *(names[x] if isinstance(x, int) else x for x in r[1:])] for r in players), key=dump)
    return extraction, type_, trigger, clean(dump(roles)), *rest
