"""A foreign graph as it was read, in a database on disk: any size, any order, until its things have their classes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from kgc.data import Literal, Problem, Qualifier
from kgc.data.names import tidy
from kgc.ledger.codec import clean, dump
from kgc.load.graph_rdf_subjects import local_name
from kgc.load.graph_records import Below, Called, Quote, Record, Statement, Thing
from kgc.pipeline.importing_places import Places

BATCH: Final = 5_000
_TABLES: Final = (
    "CREATE TABLE thing (id TEXT PRIMARY KEY, types TEXT, names TEXT, links TEXT, event INTEGER, more TEXT)",
    "CREATE TABLE statement (head TEXT, relation TEXT, tail TEXT, value TEXT, more TEXT)",
    "CREATE TABLE below (child TEXT, parent TEXT, PRIMARY KEY (child, parent)) WITHOUT ROWID",
    "CREATE TABLE place (id TEXT PRIMARY KEY, class TEXT, name TEXT, lang TEXT) WITHOUT ROWID",
    "CREATE TABLE called (class TEXT, text TEXT, id TEXT, lang TEXT, main INTEGER)",
    "CREATE TABLE link (id TEXT, other TEXT)",
)
_PUT: Final = (
    "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET types = excluded.types, names ="
    " excluded.names, links = excluded.links, more = excluded.more WHERE length(excluded.names) +"
    " length(excluded.links) + length(excluded.types) > length(names) + length(links) + length(types)"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing with its class and the one name it goes by here; `lang` is that name's."""

    id: str
    type: str
    name: str
    lang: str


@dataclass(frozen=True, slots=True)
class Head:
    """A thing with all that is said of it. `names` are its other names, `same` the names of things it is linked to."""

    placed: Placed
    names: tuple[Called, ...]
    links: tuple[str, ...]
    same: tuple[Placed, ...]
    thing: Thing
    statements: tuple[tuple[Statement, Placed | None], ...]


class Draft:
    """Holds a graph; it is gone when it is closed."""

    def __init__(self) -> None:
        self.sql = sqlite3.connect("", check_same_thread=False)
        self.sql.execute("PRAGMA cache_size = -65536")
        self.sql.execute("PRAGMA synchronous = OFF")
        for table in _TABLES:
            self.sql.execute(table)
        self.problems: list[Problem] = []

    def close(self) -> None:
        self.sql.close()

    def fill(self, records: Iterable[Record], told: Callable[[int], None]) -> None:
        """Take up all records. Of a thing that comes more than once, what says more stands."""
        things: list[tuple[str | int, ...]] = []
        statements: list[tuple[str | None, ...]] = []
        for record in records:
            match record:
                case Thing():
                    things.append(_thing_row(record))
                case Statement():
                    statements.append(_statement_row(record))
                case Below():
                    self.sql.execute("INSERT OR IGNORE INTO below VALUES (?, ?)", (record.child, record.parent))
                case Problem():
                    self.problems.append(record)
            if len(things) + len(statements) >= BATCH:
                told(len(things) + len(statements))
                self._put(things, statements)
        self._put(things, statements)
        self.sql.execute("CREATE INDEX statement_head ON statement (head)")

    def _put(self, things: list[tuple[str | int, ...]], statements: list[tuple[str | None, ...]]) -> None:
        self.sql.executemany(_PUT, things)
        self.sql.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?)", statements)
        things.clear()
        statements.clear()

    # Classes and names

    def settle(self, places: Places) -> None:
        """Give each thing its class and its name. Things of one class and one name that are not linked are told apart
        by the end of their ids; events are not, since nobody refers to them by a name."""
        rows = self.sql.execute("SELECT id, types, names, links FROM thing")
        while page := rows.fetchmany(BATCH):
            for id_, types, names, links in page:
                class_ = places.class_of(tuple(json.loads(types)))
                self._settle(id_, class_, json.loads(names), json.loads(links), places.is_event(class_))
        self.sql.execute("CREATE INDEX called_text ON called (class, text)")
        self.sql.execute("CREATE INDEX called_id ON called (id)")
        self.sql.execute("CREATE INDEX link_id ON link (id)")
        self.sql.execute("CREATE INDEX link_other ON link (other)")
        self.sql.execute(
            "CREATE TABLE shared AS SELECT class, text, sum(main) AS mains FROM (SELECT class, text, id, max(main) AS"
            " main FROM called GROUP BY class, text, id) GROUP BY class, text HAVING count(*) > 1"
        )
        self._part()
        self.sql.execute("DELETE FROM called WHERE main OR EXISTS (SELECT 1 FROM shared s WHERE s.class = called.class"
                         " AND s.text = called.text)")  # fmt: skip

    def _settle(self, id_: str, class_: str, names: list[list[str]], links: list[str], event: bool) -> None:
        known = [(clean(tidy(text)), lang) for text, lang in names]
        named = [n for n in known if n[0]]
        if not class_ or not named:
            class_, named = class_ if named else "", named[:1] or [("", "")]
        self.sql.execute("INSERT INTO place VALUES (?, ?, ?, ?)", (id_, class_, *named[0]))
        if class_ and not event:
            rows = [(class_, text, id_, lang, n == 0) for n, (text, lang) in enumerate(dict.fromkeys(named))]
            self.sql.executemany("INSERT INTO called VALUES (?, ?, ?, ?, ?)", rows)
            self.sql.executemany("INSERT INTO link VALUES (?, ?)", ((id_, other) for other in links))

    def _part(self) -> None:
        """Give different things of one name different ones."""
        query = (
            "SELECT c.id, c.text FROM shared s JOIN called c ON c.class = s.class AND c.text = s.text AND c.main"
            " WHERE s.mains > 1 AND NOT EXISTS (SELECT 1 FROM link l JOIN called o ON o.id = l.other AND o.main AND"
            " o.text = c.text WHERE l.id = c.id) AND NOT EXISTS (SELECT 1 FROM link l JOIN called o ON o.id = l.id AND"
            " o.main AND o.text = c.text WHERE l.other = c.id)"
        )
        found = self.sql.execute(query).fetchall()
        parted = [(clean(tidy(f"{text} ({local_name(id_)})")), id_) for id_, text in found if id_[:2] != "_:"]
        self.sql.executemany("UPDATE place SET name = ? WHERE id = ?", parted)
        if parted:
            message = f"{len(parted)} things share class and name with another; what tells them apart was added"
            self.problems.append(Problem("duplicate", message, raw=min(n for n, _ in parted), severity="warning"))

    # Reading

    def heads(self) -> Iterator[Head]:
        """All things that have a class, by language, class, name and id, with their statements."""
        query = (
            "SELECT p.id, p.class, p.name, p.lang, t.types, t.links, t.more FROM place p JOIN thing t ON t.id = p.id"
            " WHERE p.class != '' ORDER BY p.lang, p.class, p.name, p.id"
        )
        for id_, class_, name, lang, types, links, more in self.sql.execute(query):
            here = self.sql.execute(_NAMES, (id_, lang))
            thing = _thing(id_, json.loads(types), json.loads(more))
            yield Head(
                Placed(id_, class_, name, lang), tuple(Called(*row) for row in here if row[0] != name),
                tuple(json.loads(links)), self._same(id_, class_, name), thing, tuple(self._statements(id_)),
            )  # fmt: skip

    def asides(self) -> Iterator[tuple[Placed, tuple[Called, ...]]]:
        """The names of things in other languages than that of their first name, by language."""
        query = (
            "SELECT p.id, p.class, p.name, p.lang, c.text, c.lang FROM called c JOIN place p ON p.id = c.id WHERE"
            " c.lang != p.lang ORDER BY c.lang, p.class, p.name, p.id, c.rowid"
        )
        for (_, id_), rows in groupby(self.sql.execute(query), key=itemgetter(5, 0)):
            group = list(rows)
            yield Placed(id_, *group[0][1:4]), tuple(Called(row[4], row[5]) for row in group)

    def _same(self, id_: str, class_: str, name: str) -> tuple[Placed, ...]:
        """Things of the same class that are linked to this one, where both are here."""
        query = (
            "SELECT p.id, p.class, p.name, p.lang FROM link l JOIN place p ON p.id = l.other WHERE l.id = ? AND"
            " p.class = ? AND p.name != ? ORDER BY p.name, p.id"
        )
        return tuple(Placed(*row) for row in self.sql.execute(query, (id_, class_, name)))

    def _statements(self, head: str) -> Iterator[tuple[Statement, Placed | None]]:
        query = (
            "SELECT s.relation, s.tail, s.value, s.more, p.id, p.class, p.name, p.lang FROM statement s LEFT JOIN"
            " place p ON p.id = s.tail WHERE s.head = ? ORDER BY s.relation, s.value, p.name, p.id, s.more"
        )
        for relation, tail, value, more, *place in self.sql.execute(query, (head,)).fetchall():
            yield _statement(head, relation, tail, value, more), Placed(*place) if place[0] else None

    def count(self, query: str) -> int:
        return int(self.sql.execute(query).fetchone()[0])


_NAMES: Final = "SELECT text, lang FROM called WHERE id = ? AND lang = ? ORDER BY rowid"


def _thing_row(thing: Thing) -> tuple[str | int, ...]:
    said = (thing.confidence, thing.status, [asdict(q) for q in thing.quotes])
    names = [[n.text, n.lang] for n in thing.names]
    return clean(thing.id), dump(thing.types), dump(names), dump(thing.links), thing.event, dump(said)


def _thing(id_: str, types: list[str], more: list[object]) -> Thing:
    confidence, status, quotes = more
    return Thing(id_, tuple(types), (), (), confidence, status, _quotes(quotes))  # type: ignore[arg-type]  # as dumped


_PLAIN: Final = dump((1.0, False, False, "proposed", [], []))


def _statement_row(s: Statement) -> tuple[str | None, ...]:
    plain = s.confidence == 1.0 and not (s.negated or s.hedged or s.qualifiers or s.quotes) and s.status == "proposed"
    pairs = [[q.name, q.value] for q in s.qualifiers]
    quotes = [asdict(q) for q in s.quotes]
    more = _PLAIN if plain else dump((s.confidence, s.negated, s.hedged, s.status, pairs, quotes))
    tail, value = (s.tail, None) if isinstance(s.tail, str) else (None, _value_row(s.tail))
    return clean(s.head), clean(s.relation), clean(tail) if tail is not None else None, value, more


def _value_row(value: Literal) -> str:
    return dump((value.raw, value.value, value.datatype, value.unit, value.lang))


def _statement(head: str, relation: str, tail: str | None, value: str | None, more: str) -> Statement:
    end = Literal(*json.loads(value)) if value is not None else tail or ""
    if more == _PLAIN:
        return Statement(head, relation, end)
    confidence, negated, hedged, status, pairs, quotes = json.loads(more)
    qualifiers = tuple(Qualifier(*pair) for pair in pairs)
    return Statement(head, relation, end, confidence, negated, hedged, status, qualifiers, _quotes(quotes))


def _quotes(rows: Iterable[dict[str, object]]) -> tuple[Quote, ...]:
    return tuple(Quote(**row) for row in rows)  # type: ignore[arg-type]  # as asdict gave them
