"""The derived graph, read in the order of ids: what stores write and people look at (kgc.store.contract.Graph)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby

from kgc.data import (
    Alias,
    AttributeValue,
    ChunkRow,
    DocumentRow,
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
from kgc.ledger.codec import ALIGNED, load_qualifiers
from kgc.ledger.folders import Folders
from kgc.schema import Schema

_PLACE = (
    "d.source, d.id AS document_id, k.page, k.id AS chunk_id, k.start + c.start AS start, k.start + c.stop AS stop,"
    " substr(k.text, c.start + 1, c.stop - c.start) AS quote, c.aligned AS place_aligned, c.rationale, r.strategy,"
    " coalesce(nullif(e.model, ''), r.model) AS model, c.confidence AS place_confidence"
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
            f" WHERE m.entity = e.rowid) AS keys FROM entity e WHERE {where} ORDER BY e.id",
            values,
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
                "SELECT DISTINCT e.id FROM name n JOIN member m ON m.name = n.rowid JOIN entity e ON e.rowid = m.entity"
                " WHERE n.surface = ? COLLATE NOCASE OR n.key = ? ORDER BY e.visible DESC, e.id",
                (name, name),
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
        return self._facts("(f.visible OR ?)", (hidden,))

    def fact(self, id_: str) -> Fact | None:
        return next(self._facts("f.id = ?", (id_,)), None)

    def facts_of(self, entity_id: str, limit: int, hidden: bool = False) -> Iterator[Fact]:
        """Facts at either end of an entity, best supported first for the limit, then by id."""
        rows = self._sql.execute(
            "SELECT rowid FROM fact f WHERE (f.visible OR ?) AND (head = (SELECT rowid FROM entity WHERE id = ?)"
            " OR tail = (SELECT rowid FROM entity WHERE id = ?)) ORDER BY support DESC, confidence DESC, id LIMIT ?",
            (hidden, entity_id, entity_id, limit),
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
        rows = self._sql.execute(
            "SELECT f.*, h.id AS head_id, h.type AS head_type, h.name AS head_name, t.id AS tail_id,"
            f" t.type AS tail_type, t.name AS tail_name, {_PLACE} FROM fact f JOIN entity h ON h.rowid = f.head"
            " LEFT JOIN entity t ON t.rowid = f.tail JOIN support s ON s.fact = f.rowid"
            f" JOIN claim c ON c.rowid = s.claim{_JOINS} WHERE {where}"
            " ORDER BY f.id, d.source, k.start + c.start, k.start + c.stop, r.strategy, r.model, c.rationale",
            values,
        )
        for _, group in groupby(rows, key=lambda r: r["id"]):
            places = list(group)
            yield _fact(places[0], tuple(_support(p) for p in places))

    # Events

    def events(self, hidden: bool = False) -> Iterator[Event]:
        rows = self._sql.execute(
            f"SELECT f.*, {_PLACE} FROM event f JOIN event_support s ON s.event = f.rowid"
            f" JOIN happening c ON c.rowid = s.happening{_JOINS} WHERE (f.visible OR ?)"
            " ORDER BY f.id, d.source, k.start + c.start, k.start + c.stop, r.strategy, r.model, c.rationale",
            (hidden,),
        )
        for _, group in groupby(rows, key=lambda r: r["id"]):
            places = list(group)
            yield self._event(places[0], tuple(_support(p) for p in places))

    def _event(self, row: sqlite3.Row, evidence: tuple[Support, ...]) -> Event:
        roles = tuple(
            EventRole(r[0], self._node(r[1]) if len(r) == 2 else Literal(r[1], r[2], r[3], r[4], r[5]))
            for r in json.loads(row["roles"])
        )
        in_order = tuple(
            sorted(roles, key=lambda r: (r.name, r.value.id if isinstance(r.value, Node) else r.value.value))
        )
        return Event(row["id"], row["type"], row["event_trigger"], in_order, row["confidence"], row["status"], evidence)

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
        rows = self._sql.execute(
            "SELECT DISTINCT k.id AS chunk, e.id AS entity, substr(k.text, o.start + 1, o.stop - o.start) AS surface,"
            " k.start + o.start AS start, k.start + o.stop AS stop FROM live JOIN mention o ON o.extraction ="
            " live.extraction JOIN member m ON m.name = o.name JOIN entity e ON e.rowid = m.entity"
            " JOIN chunk k ON k.rowid = live.chunk WHERE o.start IS NOT NULL AND e.visible ORDER BY 1, 4, 5, 2"
        )
        for r in rows:
            yield MentionRow(r["chunk"], r["entity"], r["surface"], r["start"], r["stop"])


def _entity(row: sqlite3.Row, attributes: tuple[AttributeValue, ...]) -> Entity:
    aliases = tuple(Alias(name, lang, count) for name, lang, count in json.loads(row["aliases"]))
    keys = tuple(sorted(json.loads(row["keys"])))
    retired = tuple(sorted(content_id("entity", k) for k in keys[1:]))
    return Entity(row["id"], row["type"], row["name"], aliases, attributes, (), keys, retired)


def _fact(row: sqlite3.Row, evidence: tuple[Support, ...]) -> Fact:
    head = Node(row["head_id"], row["head_type"], row["head_name"])
    tail = _literal(row) if row["tail"] is None else Node(row["tail_id"], row["tail_type"], row["tail_name"])
    return Fact(
        row["id"], row["relation"], head, tail, row["confidence"], row["status"], bool(row["conflict"]),
        bool(row["negated"]), bool(row["hedged"]), load_qualifiers(row["qualifiers"]), evidence,
    )  # fmt: skip


def _support(row: sqlite3.Row) -> Support:
    return Support(
        row["source"], row["document_id"], row["page"], row["chunk_id"], row["start"], row["stop"], row["quote"],
        ALIGNED[row["place_aligned"]], row["rationale"], row["strategy"].split(" ")[0], row["model"],
        row["place_confidence"],
    )  # fmt: skip


def _literal(row: sqlite3.Row) -> Literal:
    return Literal(row["raw"], row["value"], row["datatype"], row["unit"], row["lang"] or "")
