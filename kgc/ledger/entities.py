"""Entities: clusters of names that mean one thing, their class, and what they are called."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from kgc.data import Decision
from kgc.data.knowledge import Link
from kgc.data.names import tidy
from kgc.ledger.codec import clean, dump
from kgc.ledger.words import segment
from kgc.schema import Schema

Called = tuple[str, str, int]
"""A name, the language of the text that uses it, and how often."""
Caller = Callable[[str, Sequence[Called]], str]
"""Which of its names an entity of a class is called by."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What people (and linkers) decided about entities and facts, each kind oldest first: the last one counts."""

    verdicts: tuple[Decision, ...] = ()
    reversed: tuple[Decision, ...] = ()
    renamed: tuple[Decision, ...] = ()
    linked: tuple[tuple[str, Link], ...] = ()


class Entities:
    """Makes entities of the names that are alive. Whoever calls holds a transaction."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema) -> None:
        self._sql = connection
        self._schema = schema

    def group(self, groups: Iterable[Sequence[str]]) -> None:
        self._sql.execute("DELETE FROM member")
        self._sql.execute("INSERT INTO member SELECT DISTINCT target, target FROM temp.alive")
        self._sql.executemany(
            "UPDATE member SET entity = (SELECT rowid FROM name WHERE key = ?)"
            " WHERE name = (SELECT rowid FROM name WHERE key = ?)",
            ((group[0], key) for group in groups for key in group[1:]),
        )

    def decide(self, decided: Decided) -> None:
        """Bring decisions from keys to the entities that have them now; those whose keys are gone sleep."""
        self._sql.execute("DROP TABLE IF EXISTS temp.called")
        self._sql.execute("CREATE TEMP TABLE called (entity INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        self._sql.execute("DROP TABLE IF EXISTS temp.reversed")
        self._sql.execute(
            "CREATE TEMP TABLE reversed (head INTEGER, relation TEXT, tail INTEGER, PRIMARY KEY (head, relation, tail))"
            " WITHOUT ROWID"
        )
        self._sql.execute("DELETE FROM entity_link")
        for key, link in decided.linked:
            self._link(key, link)
        for decision in decided.renamed:
            self._call(decision.what[0], detail(decision, "name"))
        for decision in decided.reversed:
            head, relation, tail = decision.what
            self._sql.execute(
                "INSERT OR IGNORE INTO temp.reversed SELECT h.entity, ?, t.entity FROM member h JOIN member t"
                f" WHERE h.name = {_OF_KEY} AND t.name = {_OF_KEY}",
                (relation, head, tail),
            )

    def _link(self, key: str, link: Link) -> None:
        """A link of an entity; the base's own name for it is what it is called, unless a person says otherwise."""
        self._sql.execute(
            f"INSERT OR IGNORE INTO entity_link SELECT entity, ?, ? FROM member WHERE name = {_OF_KEY}",
            (clean(link.text), clean(link.kb), key),
        )
        self._call(key, link.name)

    def _call(self, key: str, name: str) -> None:
        if name:
            self._sql.execute(
                f"INSERT OR REPLACE INTO temp.called SELECT entity, ? FROM member WHERE name = {_OF_KEY}",
                (clean(tidy(name)), key),
            )

    def write(self, call: Caller) -> None:
        """An entity for each cluster. One that stays as it was is not written again, nor are its words."""
        gone = "SELECT rowid FROM entity WHERE rowid NOT IN (SELECT entity FROM member)"
        for row in self._sql.execute(gone).fetchall():
            self._forget(row[0])
        named = dict(self._sql.execute("SELECT entity, name FROM temp.called").fetchall())
        for entity, key, type_, rows in self._clusters():
            aliases = dump([[surface, lang, n] for surface, lang, n in rows])
            name = named.get(entity) or (call(type_, rows) if len(rows) > 1 else rows[0][0])
            before = self._sql.execute("SELECT type, aliases, name FROM entity WHERE rowid = ?", (entity,)).fetchone()
            if before and (before[0], before[1], before[2]) == (type_, aliases, name):
                continue
            if before:
                self._forget(entity)
            self._sql.execute(
                "INSERT INTO entity VALUES (?, kgc_id('entity', ?), ?, ?, ?, 0)", (entity, key, type_, name, aliases)
            )
            self._sql.execute(
                "INSERT INTO entity_words (rowid, words) VALUES (?, ?)",
                (entity, _words([surface for surface, _, _ in rows], name)),
            )

    def _clusters(self) -> Iterator[tuple[int, str, str, list[Called]]]:
        """(rowid, smallest key, type, what it is called) of each entity; the most frequent name first."""
        query = (
            "SELECT m.entity, n.surface, a.lang, a.n, r.key, coalesce(y.type, t.type) FROM member m CROSS JOIN"
            " temp.alive a ON a.target = m.name JOIN name n ON n.rowid = a.name JOIN name t ON t.rowid = m.name"
            " JOIN name r ON r.rowid = m.entity LEFT JOIN temp.retyped y ON y.name = m.name ORDER BY m.entity"
        )
        cursor = self._sql.cursor()
        cursor.row_factory = None
        for entity, group in groupby(cursor.execute(query), key=itemgetter(0)):
            rows = list(group)
            yield entity, rows[0][4], self._type(rows), _together(rows)

    def _type(self, rows: Sequence[tuple[int, str, str, int, str, str]]) -> str:
        """The nearest class of a cluster; of several that exclude each other the most frequent, then the first."""
        if len(rows) == 1:
            return rows[0][5]
        counts: dict[str, int] = {}
        for row in rows:
            counts[row[5]] = counts.get(row[5], 0) + row[3]
        above = {a for type_ in counts for a in self._schema.ancestors(type_)}
        return min(counts.keys() - above or counts, key=lambda type_: (-counts[type_], type_))

    def _forget(self, entity: int) -> None:
        """Delete an entity and its words, which the index must be told as it was told them before."""
        row = self._sql.execute("SELECT aliases, name FROM entity WHERE rowid = ?", (entity,)).fetchone()
        words = _words([alias[0] for alias in json.loads(row[0])], row[1])
        self._sql.execute(
            "INSERT INTO entity_words (entity_words, rowid, words) VALUES ('delete', ?, ?)", (entity, words)
        )
        self._sql.execute("DELETE FROM entity WHERE rowid = ?", (entity,))


def detail(decision: Decision, name: str) -> str:
    """A text of a decision's payload, "" where it has none of that name."""
    try:
        found = json.loads(decision.payload) if decision.payload else {}
    except ValueError:
        return ""
    value = found.get(name, "") if isinstance(found, dict) else ""
    return value if isinstance(value, str) else ""


def _words(surfaces: Iterable[str], name: str) -> str:
    """What an entity is found by: its names, and what it is called if that is none of them."""
    return segment(" ; ".join(dict.fromkeys([*surfaces, name])))


def _together(rows: Sequence[tuple[int, str, str, int, str, str]]) -> list[Called]:
    """The names of a cluster, most frequent first, then the longest, then the first."""
    if len(rows) == 1:
        return [rows[0][1:4]]
    counts: dict[tuple[str, str], int] = {}
    for _, surface, lang, n, _, _ in rows:
        counts[surface, lang] = counts.get((surface, lang), 0) + n
    named = [(surface, lang, n) for (surface, lang), n in counts.items()]
    return sorted(named, key=lambda a: (-a[2], -len(a[0]), a[0], a[1]))


_OF_KEY: Final = "(SELECT rowid FROM name WHERE key = ?)"
