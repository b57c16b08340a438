"""The names that live extractions mention, with what is known of each: what the resolver decides about."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from kgc.data.facts import ALSO, LINK
from kgc.ledger.codec import unpack
from kgc.ledger.extractions import IMPORT
from kgc.schema import Schema

DOCUMENTS_KEPT: Final = 16
"""So many documents of a name are told: those with the smallest ids, so that two names tell of the same ones."""
NEIGHBOURS_KEPT: Final = 16
HUB: Final = 24
"""What more names than this lead to in one way says nothing about which of them are one thing."""
_DATE: Final = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?$")
DATE_PARTS: Final = ("", " (month)", " (day)")
"""How the parts of a date are called beside its attribute; the year goes by the attribute's own name."""

Local = tuple[str, str, str, float, str]
"""Document source, mention key, the key it stands for there, score, reason."""


@dataclass(frozen=True, slots=True)
class AliveName:
    """A name that is alive. `types` is its class (also by a person's word) and those above; `count` its places."""

    key: str
    types: tuple[str, ...]
    surface: str
    attributes: tuple[tuple[str, str], ...] = ()
    neighbours: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A document with the names in it: (key, type, surface, start, end), offsets in `text`."""

    source: str
    text: str
    names: tuple[tuple[str, str, str, int, int], ...]


class Alive:
    """Gathers the names in temporary tables, and reads them. Whoever calls holds a transaction."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema) -> None:
        self._sql = connection
        self._schema = schema

    def gather(self, locals_: Iterable[Local], retyped: Mapping[str, str]) -> None:
        """Find out which names are alive, what each means in which chunk, and of which class people say it is."""
        self._retype(retyped)
        self._link(locals_)
        self._sql.execute("DROP TABLE IF EXISTS temp.alive")
        self._sql.execute(
            "CREATE TEMP TABLE alive (target INTEGER, name INTEGER, lang TEXT, n INTEGER,"
            " PRIMARY KEY (target, name, lang)) WITHOUT ROWID"
        )
        self._sql.execute(
            "INSERT INTO temp.alive SELECT coalesce(x.target, o.name), o.name, c.lang, count(o.start) FROM mention o"
            " JOIN live ON live.extraction = o.extraction JOIN chunk c ON c.rowid = live.chunk"
            " LEFT JOIN local x ON x.chunk = live.chunk AND x.name = o.name GROUP BY 1, 2, 3"
        )

    def _retype(self, retyped: Mapping[str, str]) -> None:
        self._sql.execute("DROP TABLE IF EXISTS temp.retyped")
        self._sql.execute("CREATE TEMP TABLE retyped (name INTEGER PRIMARY KEY, type TEXT NOT NULL)")
        known = ((key, type_) for key, type_ in retyped.items() if self._schema.entity(type_))
        self._sql.executemany(
            "INSERT INTO temp.retyped SELECT rowid, ?2 FROM name WHERE key = ?1 AND type != ?2", known
        )

    def _link(self, locals_: Iterable[Local]) -> None:
        self._sql.execute("DELETE FROM local_link")
        self._sql.execute("DELETE FROM local")
        self._sql.executemany(
            "INSERT OR IGNORE INTO local_link SELECT ?, n.rowid, t.rowid, ?, ? FROM name n JOIN name t ON t.key = ?"
            " WHERE n.key = ? AND n.rowid != t.rowid",
            ((document, score, reason, target, key) for document, key, target, score, reason in sorted(locals_)),
        )
        # A target that stands for another one itself would lead nowhere.
        self._sql.execute(
            "DELETE FROM local_link WHERE EXISTS (SELECT 1 FROM local_link o WHERE o.document = local_link.document"
            " AND o.name = local_link.target)"
        )
        self._sql.execute(
            "INSERT OR IGNORE INTO local SELECT c.rowid, l.name, l.target FROM local_link l JOIN document d"
            " ON d.source = l.document JOIN chunk c ON c.document = d.rowid JOIN live ON live.chunk = c.rowid"
            " JOIN mention o ON o.extraction = live.extraction AND o.name = l.name"
        )

    def documents(self) -> Iterator[Told]:
        """Every document with more than one place of a name, with these places in the order of the text.

        Those of imported graphs are left out: what stands there is told in full, line by line.
        """
        cursor = self._sql.cursor()
        cursor.row_factory = None
        rows = cursor.execute(
            "SELECT DISTINCT c.document, n.key, n.type, n.surface, c.start + o.start, c.start + o.stop FROM mention o"
            " JOIN live ON live.extraction = o.extraction JOIN chunk c ON c.rowid = live.chunk JOIN name n"
            " ON n.rowid = o.name JOIN document d ON d.rowid = c.document WHERE o.start IS NOT NULL"
            " AND d.reader NOT LIKE 'import%' ORDER BY 1, 5, 6, 2"
        )
        for document, group in groupby(rows, key=itemgetter(0)):
            names = tuple(row[1:] for row in group)
            if len(names) > 1:
                query = "SELECT source, body FROM document WHERE rowid = ?"
                source, body = self._sql.execute(query, (document,)).fetchone()
                yield Told(source, unpack(body), names)

    def names(self) -> Iterator[AliveName]:
        """All names that are alive as themselves, by key."""
        self._evidence()
        cursor = self._sql.cursor()
        cursor.row_factory = None
        types: dict[str, tuple[str, ...]] = {}
        evidence = {way: _Stream(self._sql, way) for way in ("value", "near", "place")}
        rows = cursor.execute(
            "SELECT n.key, coalesce(r.type, n.type), n.surface, n.rowid FROM name n LEFT JOIN temp.retyped r"
            " ON r.name = n.rowid WHERE n.rowid IN (SELECT target FROM temp.alive) ORDER BY n.rowid"
        )
        found = []
        for key, type_, surface, rowid in rows:
            if type_ not in types:
                types[type_] = (type_, *self._schema.ancestors(type_))
            values = tuple(part for name, value in evidence["value"].of(rowid) for part in _value(name, value))
            near = tuple(sorted(f"{a}{b}" for a, b in evidence["near"].of(rowid))[:NEIGHBOURS_KEPT])
            places = tuple(sorted(b for _, b in evidence["place"].of(rowid))[:DOCUMENTS_KEPT])
            found.append(AliveName(key, types[type_], surface, values, near, places))
        found.sort(key=lambda n: n.key)
        return iter(found)

    def _evidence(self) -> None:
        """What is said of each name, in temporary tables (name, what, of what), each row once."""
        for table in ("value", "near", "place"):
            self._sql.execute(f"DROP TABLE IF EXISTS temp.{table}")
            self._sql.execute(
                f"CREATE TEMP TABLE {table} (name INTEGER, a TEXT, b TEXT, PRIMARY KEY (name, a, b)) WITHOUT ROWID"
            )
        said = (
            "claim c JOIN live ON live.extraction = c.extraction LEFT JOIN local x ON x.chunk = live.chunk"
            " AND x.name = c.head LEFT JOIN local y ON y.chunk = live.chunk AND y.name = c.tail"
        )
        held = "NOT c.negated AND c.aligned < 2 AND c.relation NOT IN (?, ?)"
        self._sql.execute(
            f"INSERT OR IGNORE INTO temp.value SELECT coalesce(x.target, c.head), c.relation, c.value FROM {said}"
            f" WHERE {held} AND c.tail IS NULL AND c.time = ''",
            (ALSO, LINK),
        )
        head, tail = "coalesce(x.target, c.head)", "coalesce(y.target, c.tail)"
        for mine, sign, other in ((head, ">", tail), (tail, "<", head)):
            self._sql.execute(
                f"INSERT OR IGNORE INTO temp.near SELECT {mine}, c.relation || ?, n.key FROM {said}"
                f" JOIN name n ON n.rowid = {other} WHERE {held} AND c.tail IS NOT NULL",
                (sign, ALSO, LINK),
            )
        self._sql.execute(
            "DELETE FROM temp.near WHERE (a, b) IN (SELECT a, b FROM temp.near GROUP BY a, b HAVING count(*) > ?)",
            (HUB,),
        )
        self._sql.execute(
            "INSERT OR IGNORE INTO temp.place SELECT coalesce(x.target, o.name), '', d.id FROM mention o JOIN live"
            " ON live.extraction = o.extraction JOIN chunk k ON k.rowid = live.chunk JOIN document d"
            " ON d.rowid = k.document LEFT JOIN local x ON x.chunk = live.chunk AND x.name = o.name"
        )

    def also(self) -> Iterator[tuple[str, str, str]]:
        """(key, key, source) of names that an imported graph gives to one thing, the smaller key first."""
        query = (
            "SELECT DISTINCT min(h.key, t.key), max(h.key, t.key), d.source FROM recipe r JOIN extraction e"
            " ON e.recipe = r.rowid JOIN claim c ON c.extraction = e.rowid JOIN chunk k ON k.key = e.chunk_key"
            " AND k.chunking = r.chunking JOIN document d ON d.rowid = k.document JOIN name h ON h.rowid = c.head"
            " JOIN name t ON t.rowid = c.tail WHERE r.active AND r.strategy = ? AND e.state = 'done' AND c.relation = ?"
            " AND h.key != t.key ORDER BY 1, 2, 3"
        )
        for row in self._sql.execute(query, (IMPORT, ALSO)):
            yield row[0], row[1], row[2]


class _Stream:
    """The rows of one temporary table, name by name in order of their rowids."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        cursor = connection.cursor()
        cursor.row_factory = None
        rows = cursor.execute(f"SELECT name, a, b FROM temp.{table} ORDER BY name, a, b")
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, name: int) -> list[tuple[str, str]]:
        """What is said of this name; names are asked for in order."""
        while self._next and self._next[0] < name:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != name:
            return []
        rows = [(a, b) for _, a, b in self._next[1]]
        self._next = next(self._groups, None)
        return rows


def _value(name: str, value: str) -> Iterator[tuple[str, str]]:
    """An attribute as it is compared: a date part by part, since some texts tell the year alone."""
    if date := _DATE.match(value):
        yield from ((f"{name}{part}", found) for part, found in zip(DATE_PARTS, date.groups(), strict=True) if found)
    elif value:
        yield name, value
