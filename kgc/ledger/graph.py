"""The derived graph, read in the order of ids: what stores write and people look at (kgc.store.contract.Graph)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from kgc.data import (
    Alias,
    AttributeValue,
    ChunkRow,
    DocumentRow,
    Edge,
    Entity,
    Event,
    EventRole,
    Fact,
    Literal,
    MentionRow,
    Node,
    Support,
    content_id,
)
from kgc.data.facts import LINK
from kgc.ledger.codec import ALIGNED, load_qualifiers
from kgc.ledger.edges import single_edges
from kgc.ledger.folders import Folders
from kgc.schema import Schema

_PLACE = (
    "d.source, d.id, k.page, k.id, k.start + c.start AS start, k.start + c.stop AS stop,"
    " substr(k.text, c.start + 1, c.stop - c.start), c.aligned, c.rationale, r.strategy,"
    " coalesce(nullif(e.model, ''), r.model), c.confidence, r.model"
)
_JOINS = (
    " JOIN extraction e ON e.rowid = c.extraction JOIN recipe r ON r.rowid = e.recipe JOIN chunk k ON k.rowid = s.chunk"
    " JOIN document d ON d.rowid = k.document"
)


class LedgerGraph:
    """Streams the graph out of the ledger; every iterator may be asked for again."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema, fingerprint: str) -> None:
        self._sql = connection
        self.schema = schema
        self.fingerprint = fingerprint

    # Entities

    def entities(self, hidden: bool = False) -> Iterator[Entity]:
        return self._entities("(e.visible OR ?)", (hidden,))

    def entity(self, id_: str) -> Entity | None:
        return next(self._entities("e.id = ?", (id_,)), None)

    def _entities(self, where: str, values: tuple[object, ...]) -> Iterator[Entity]:
        rows = self._sql.execute(
            "SELECT e.*, (SELECT json_group_array(n.key) FROM member m JOIN name n ON n.rowid = m.name"
            " WHERE m.entity = e.rowid) AS keys, (SELECT json_group_array(iri) FROM (SELECT l.value AS iri FROM fact l"
            " WHERE l.head = e.rowid AND l.relation = ? UNION SELECT l.iri FROM entity_link l WHERE l.entity ="
            f" e.rowid)) AS links FROM entity e WHERE {where} ORDER BY e.id",
            (LINK, *values),
        )
        literals = self._attributes(where, values)
        pending = next(literals, None)
        for row in rows:
            attributes: tuple[AttributeValue, ...] = ()
            while pending and pending[0] <= row["id"]:
                attributes = pending[1] if pending[0] == row["id"] else ()
                pending = next(literals, None)
            yield _entity(row, attributes)

    def _attributes(self, where: str, values: tuple[object, ...]) -> Iterator[tuple[str, tuple[AttributeValue, ...]]]:
        rows = self._sql.execute(
            "SELECT e.id AS entity_id, f.* FROM fact f JOIN entity e ON e.rowid = f.head WHERE f.tail IS NULL"
            f" AND f.visible AND {where} ORDER BY e.id, f.relation, f.support DESC, f.confidence DESC, f.value, f.id",
            values,
        )
        for id_, group in groupby(rows, key=lambda r: r["entity_id"]):
            yield (
                str(id_),
                tuple(
                    AttributeValue(
                        r["relation"], _literal(r), r["id"], r["support"], r["confidence"], bool(r["conflict"])
                    )
                    for r in group
                ),
            )

    def find(self, name: str) -> tuple[str, ...]:
        """Ids of the entities with this id (also a retired one), this name or this alias, without regard to case."""
        by_id = self._sql.execute("SELECT id FROM entity WHERE id = ?", (name,)).fetchall()
        if not by_id and len(name) == 16:
            by_id = self._sql.execute(
                "SELECT e.id FROM name n JOIN member m ON m.name = n.rowid JOIN entity e ON e.rowid = m.entity"
                " WHERE kgc_id('entity', n.key) = ?",
                (name,),
            ).fetchall()
        found = (
            by_id
            or self._sql.execute(
                "SELECT id FROM (SELECT e.id, e.visible FROM name n JOIN member m ON m.name = n.rowid OR m.name IN"
                " (SELECT l.target FROM local l WHERE l.name = n.rowid) JOIN entity e ON e.rowid = m.entity"
                " WHERE n.surface = ?1 COLLATE NOCASE OR n.key = ?1 UNION SELECT id, visible FROM entity"
                " WHERE name = ?1 COLLATE NOCASE) ORDER BY visible DESC, id",
                (name,),
            ).fetchall()
        )
        return tuple(r["id"] for r in found)

    def names_like(self, name: str) -> tuple[str, ...]:
        """Up to 2,000 names to compare a mistyped one with: of about its length, with its first or its last letter."""
        query = (
            "SELECT DISTINCT name FROM entity WHERE visible AND abs(length(name) - ?) <= 3 AND (name LIKE ? || '%'"
            " ESCAPE '!' OR name LIKE '%' || ? ESCAPE '!') ORDER BY name LIMIT 2000"
        )
        first, last = (f"!{c}" if c in "!%_" else c for c in (name[:1], name[-1:]))
        return tuple(r["name"] for r in self._sql.execute(query, (len(name), first, last)))

    # Facts

    def facts(self, hidden: bool = False) -> Iterator[Fact]:
        return self._facts("(f.visible OR ?) AND f.relation != ?", (hidden, LINK))

    def edges(self) -> Iterator[Edge | Fact]:
        """The facts that stores hold and whose tail is an entity, in any order; those on one place come flat."""
        yield from single_edges(self._sql)
        yield from self._facts("f.visible AND f.support > 1 AND f.tail IS NOT NULL", ())

    def fact(self, id_: str) -> Fact | None:
        return next(self._facts("f.id = ?", (id_,)), None)

    def facts_of(self, entity_id: str, limit: int, hidden: bool = False) -> Iterator[Fact]:
        """Facts at either end of an entity, best supported first for the limit, then by id."""
        rows = self._sql.execute(
            "SELECT rowid FROM fact f WHERE (f.visible OR ?) AND relation != ?"
            " AND (head = (SELECT rowid FROM entity WHERE id = ?) OR tail = (SELECT rowid FROM entity WHERE id = ?))"
            " ORDER BY support DESC, confidence DESC, id LIMIT ?",
            (hidden, LINK, entity_id, entity_id, limit),
        )
        chosen = [r["rowid"] for r in rows]
        return self._facts(f"f.rowid IN ({','.join('?' * len(chosen))})", tuple(chosen))

    def count_of(self, entity_id: str) -> int:
        query = (
            "SELECT count(*) FROM fact WHERE visible AND (head = (SELECT rowid FROM entity WHERE id = ?)"
            " OR tail = (SELECT rowid FROM entity WHERE id = ?))"
        )
        return int(self._sql.execute(query, (entity_id, entity_id)).fetchone()[0])

    def _facts(self, where: str, values: tuple[object, ...]) -> Iterator[Fact]:
        cursor = self._tuples(
            "SELECT f.id, f.relation, h.id, h.type, h.name, t.id, t.type, t.name, f.raw, f.value, f.datatype, f.unit,"
            " f.lang, f.confidence, f.status, f.conflict, f.negated, f.hedged, f.qualifiers,"
            f" {_PLACE} FROM fact f CROSS JOIN support s ON s.fact = f.rowid JOIN claim c ON c.rowid = s.claim{_JOINS}"
            " JOIN entity h ON h.rowid = f.head LEFT JOIN entity t ON t.rowid = f.tail"
            f" WHERE {where} ORDER BY f.id",
            values,
        )
        for _, group in groupby(cursor, key=itemgetter(0)):
            rows = list(group)
            yield _fact(rows[0], _supports([row[19:] for row in rows]))

    def _tuples(self, query: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        """Rows as plain tuples: where a million of them are read, looking columns up by name is most of the time."""
        cursor = self._sql.cursor()
        cursor.row_factory = None
        return cursor.execute(query, values)

    # Events

    def events(self, hidden: bool = False) -> Iterator[Event]:
        cursor = self._tuples(
            f"SELECT f.id, f.type, f.event_trigger, f.roles, f.confidence, f.status, {_PLACE} FROM event f"
            " CROSS JOIN event_support s ON s.event = f.rowid JOIN happening c ON c.rowid = s.happening"
            f"{_JOINS} WHERE (f.visible OR ?) ORDER BY f.id",
            (hidden,),
        )
        for _, group in groupby(cursor, key=itemgetter(0)):
            rows = list(group)
            yield self._event(rows[0], _supports([row[6:] for row in rows]))

    def _event(self, row: tuple[Any, ...], evidence: tuple[Support, ...]) -> Event:
        id_, type_, trigger, roles, confidence, status = row[:6]
        filled = (
            EventRole(r[0], self._node(r[1]) if len(r) == 2 else Literal(r[1], r[2], r[3], r[4], r[5]))
            for r in json.loads(roles)
        )
        in_order = sorted(filled, key=lambda r: (r.name, r.value.id if isinstance(r.value, Node) else r.value.value))
        return Event(id_, type_, trigger, tuple(in_order), confidence, status, evidence)

    def _node(self, rowid: int) -> Node:
        row = self._sql.execute("SELECT id, type, name FROM entity WHERE rowid = ?", (rowid,)).fetchone()
        return Node(row["id"], row["type"], row["name"])

    # Text

    def documents(self) -> Iterator[DocumentRow]:
        return Folders(self._sql).rows()

    def chunks(self) -> Iterator[ChunkRow]:
        return Folders(self._sql).chunk_rows()

    def mentions(self) -> Iterator[MentionRow]:
        """Where visible entities are named, by chunk and place."""
        chunkings = self._sql.execute("SELECT DISTINCT chunking FROM recipe WHERE active").fetchall()
        by_chunk = [self._mentions(r["chunking"]) for r in chunkings]
        rows = by_chunk[0] if len(by_chunk) == 1 else merge(*by_chunk, key=itemgetter(0))
        for _, group in groupby(rows, key=itemgetter(0)):
            for row in sorted(set(group), key=_mention_order):
                yield MentionRow(*row)

    def _mentions(self, chunking: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one chunking, by chunk: in the order of an index, so that nothing is sorted."""
        return self._tuples(
            "SELECT k.id, e.id, substr(k.text, o.start + 1, o.stop - o.start), k.start + o.start, k.start + o.stop,"
            " e.type FROM chunk k CROSS JOIN recipe r ON r.chunking = k.chunking CROSS JOIN extraction x"
            " ON x.recipe = r.rowid AND x.chunk_key = k.key CROSS JOIN mention o ON o.extraction = x.rowid"
            " LEFT JOIN local l ON l.chunk = k.rowid AND l.name = o.name JOIN member m ON m.name ="
            " coalesce(l.target, o.name) JOIN entity e ON e.rowid = m.entity WHERE k.chunking = ? AND r.active"
            " AND x.state = 'done' AND o.start IS NOT NULL AND e.visible ORDER BY k.id",
            (chunking,),
        )


def _entity(row: sqlite3.Row, attributes: tuple[AttributeValue, ...]) -> Entity:
    aliases = tuple(Alias(name, lang, count) for name, lang, count in json.loads(row["aliases"]))
    keys = tuple(sorted(json.loads(row["keys"])))
    retired = tuple(sorted(content_id("entity", k) for k in keys[1:]))
    links = tuple(sorted(json.loads(row["links"])))
    return Entity(row["id"], row["type"], row["name"], aliases, attributes, links, keys, retired)


def _fact(row: tuple[Any, ...], evidence: tuple[Support, ...]) -> Fact:
    id_, relation, head, head_type, head_name, tail, tail_type, tail_name = row[:8]
    end = Node(tail, tail_type, tail_name) if tail else Literal(row[8], row[9], row[10], row[11], row[12] or "")
    confidence, status, conflict, negated, hedged, qualifiers = row[13:19]
    return Fact(
        id_, relation, Node(head, head_type, head_name), end, confidence, status, bool(conflict), bool(negated),
        bool(hedged), load_qualifiers(qualifiers), evidence,
    )  # fmt: skip


def _supports(places: list[tuple[Any, ...]]) -> tuple[Support, ...]:
    """The places of one fact in reading order. SQL would sort all facts, texts and all, to get it."""
    if len(places) > 1:
        places.sort(key=_reading_order)
    return tuple([_support(place) for place in places])


_mention_order = itemgetter(3, 4, 1)  # start, end, entity
_reading_order = itemgetter(0, 4, 5, 9, 12, 8)  # source, start, stop, strategy, the recipe's model, rationale


def _support(place: tuple[Any, ...]) -> Support:
    source, document, page, chunk, start, stop, quote, aligned, rationale, strategy, model, confidence, _ = place
    return Support(
        source, document, page, chunk, start, stop, quote, ALIGNED[aligned], rationale, strategy.partition(" ")[0],
        model, confidence,
    )  # fmt: skip


def _literal(row: sqlite3.Row) -> Literal:
    return Literal(row["raw"], row["value"], row["datatype"], row["unit"], row["lang"] or "")
