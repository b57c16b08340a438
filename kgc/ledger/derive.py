"""Facts are derived: from live extractions, the resolver's merges and people's decisions, by set operations.

The result depends on what is in the ledger now, not on how it came there; so a sync gives what a rebuild gives.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from kgc.data import Decision
from kgc.ledger.codec import dump
from kgc.ledger.words import segment
from kgc.schema import Schema

LITERAL = "literal:"
"""How a literal tail is written in a decision's keys: `literal:<datatype>:<value>`."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The size of the derived graph (what stores hold) and what changed in it."""

    entities: int
    facts: int
    added: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class AliveName:
    key: str
    type: str
    surface: str
    norm: str
    suffix: str


class Derivation:
    """One derivation, step by step, inside one transaction of the caller's."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema) -> None:
        self._sql = connection
        self._schema = schema

    def alive(self) -> Iterator[AliveName]:
        """The names that a live extraction mentions, by type and normal form: what the resolver decides about."""
        self._sql.execute("DROP TABLE IF EXISTS temp.alive")
        self._sql.execute(
            "CREATE TEMP TABLE alive AS SELECT DISTINCT m.name AS name FROM mention m WHERE m.extraction IN"
            " (SELECT extraction FROM live)"
        )
        query = (
            "SELECT n.key, n.type, n.surface, n.norm, n.suffix FROM name n WHERE n.rowid IN (SELECT name FROM"
            " temp.alive) ORDER BY n.type, n.norm, n.key"
        )
        for r in self._sql.execute(query):
            yield AliveName(r["key"], r["type"], r["surface"], r["norm"], r["suffix"])

    def awake(self, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Those pairs of keys that are both alive; a decision whose target is gone sleeps."""
        query = "SELECT count(*) FROM name WHERE key IN (?, ?) AND rowid IN (SELECT name FROM temp.alive)"
        for pair in pairs:
            if self._sql.execute(query, pair).fetchone()[0] == 2:
                yield pair

    def build(self, roots: Mapping[str, str], verdicts: Iterable[Decision], min_confidence: float) -> Derived:
        """Make members, entities, facts and events anew. `roots` maps each merged key to its cluster's smallest."""
        self._sql.execute("DROP TABLE IF EXISTS temp.old_fact")
        self._sql.execute("CREATE TEMP TABLE old_fact AS SELECT id FROM fact WHERE visible")
        self._members(roots)
        self._entities()
        self._facts()
        self._statuses(verdicts)
        self._visibility(min_confidence)
        self._conflicts()
        self._events(min_confidence)
        return self._difference()

    def _members(self, roots: Mapping[str, str]) -> None:
        self._sql.execute("DELETE FROM member")
        self._sql.execute("INSERT INTO member SELECT name, name FROM temp.alive")
        self._sql.executemany(
            "UPDATE member SET entity = (SELECT rowid FROM name WHERE key = ?)"
            " WHERE name = (SELECT rowid FROM name WHERE key = ?)",
            ((root, key) for key, root in roots.items() if key != root),
        )

    def _entities(self) -> None:
        """An entity for each cluster, called by its most frequent name (the longer one, then the first, of equals)."""
        self._sql.execute("DELETE FROM entity")
        self._sql.execute("INSERT INTO entity_words (entity_words) VALUES ('delete-all')")
        query = (
            "SELECT m.entity, r.key, r.type, n.surface, c.lang, count(o.start) AS n FROM mention o"
            " JOIN live ON live.extraction = o.extraction JOIN chunk c ON c.rowid = live.chunk"
            " JOIN member m ON m.name = o.name JOIN name n ON n.rowid = o.name JOIN name r ON r.rowid = m.entity"
            " GROUP BY m.entity, n.surface, c.lang ORDER BY m.entity, n DESC, length(n.surface) DESC, n.surface, c.lang"
        )
        for entity, group in groupby(self._sql.execute(query), key=lambda r: r["entity"]):
            rows = list(group)
            aliases = [[r["surface"], r["lang"], r["n"]] for r in rows]
            self._sql.execute(
                "INSERT INTO entity VALUES (?, kgc_id('entity', ?), ?, ?, ?, ?)",
                (entity, rows[0]["key"], rows[0]["type"], _best(rows), dump(aliases), any(a[2] for a in aliases)),
            )
            words = segment(" ; ".join(dict.fromkeys(a[0] for a in aliases)))
            self._sql.execute("INSERT INTO entity_words (rowid, words) VALUES (?, ?)", (entity, words))

    def _facts(self) -> None:
        """One fact for each (head, relation, tail, negated, time); the best claim lends it what can differ."""
        symmetric = [r.name for r in self._schema.relations if r.symmetric]
        self._sql.execute("DROP TABLE IF EXISTS temp.live_claim")
        self._sql.execute(
            "CREATE TEMP TABLE live_claim AS SELECT claim, chunk, CASE WHEN swap THEN tail ELSE head END AS head,"
            " CASE WHEN swap THEN head ELSE tail END AS tail, kgc_id('fact', CASE WHEN swap THEN tail_key ELSE head_key"
            " END, relation, CASE WHEN swap THEN head_key ELSE coalesce(tail_key, ? || datatype || ':' || value || ':'"
            " || unit) END, negated, time) AS id FROM (SELECT c.rowid AS claim, live.chunk, h.entity AS head, t.entity"
            " AS tail, hn.key AS head_key, tn.key AS tail_key, c.relation, c.datatype, c.value, c.unit, c.negated,"
            " c.time, coalesce(tn.key < hn.key, 0) AND c.relation IN (SELECT value FROM json_each(?)) AS swap"
            " FROM claim c JOIN live ON live.extraction = c.extraction JOIN member h ON h.name = c.head"
            " JOIN name hn ON hn.rowid = h.entity LEFT JOIN member t ON t.name = c.tail"
            " LEFT JOIN name tn ON tn.rowid = t.entity)",
            (LITERAL, json.dumps(symmetric)),
        )
        self._sql.execute("DELETE FROM fact")
        self._sql.execute("DELETE FROM support")
        self._sql.execute(
            "INSERT INTO fact (id, head, relation, tail, raw, value, datatype, unit, lang, negated, hedged, qualifiers,"
            " time, confidence, aligned, status, conflict, visible, support)"
            " SELECT l.id, l.head, c.relation, l.tail, min(c.raw), c.value, c.datatype, c.unit, min(c.lang), c.negated,"
            " min(c.hedged), max(c.qualifiers), c.time, max(c.confidence), min(c.aligned), 'proposed', 0, 0,"
            " count(*) FROM temp.live_claim l JOIN claim c ON c.rowid = l.claim GROUP BY l.id"
        )
        self._sql.execute(
            "INSERT INTO support SELECT f.rowid, l.claim, l.chunk FROM temp.live_claim l JOIN fact f ON f.id = l.id"
        )
        self._sql.execute("DROP TABLE temp.live_claim")

    def _statuses(self, verdicts: Iterable[Decision]) -> None:
        """People's accept and reject, oldest first, on whatever fact now joins the entities they named."""
        for verdict in verdicts:
            status = "accepted" if verdict.kind == "accept" else "rejected"
            for head, tail in self._ends(verdict):
                self._sql.execute(
                    "UPDATE fact SET status = ? WHERE head = (SELECT m.entity FROM member m JOIN name n ON n.rowid ="
                    " m.name WHERE n.key = ?) AND relation = ? AND CASE WHEN tail IS NULL THEN ? || datatype || ':' ||"
                    " value = ? ELSE tail = (SELECT m.entity FROM member m JOIN name n ON n.rowid = m.name WHERE"
                    " n.key = ?) END",
                    (status, head, verdict.what[1], LITERAL, tail, tail),
                )

    def _ends(self, verdict: Decision) -> list[tuple[str, str]]:
        head, name, tail = verdict.what
        relation = self._schema.relation(name)
        return [(head, tail), (tail, head)] if relation and relation.symmetric else [(head, tail)]

    def _visibility(self, min_confidence: float) -> None:
        """Stores hold what is not negated, not rejected, aligned, and sure enough or accepted by a person."""
        self._sql.execute(
            "UPDATE fact SET visible = NOT negated AND status != 'rejected' AND aligned < 2"
            " AND (confidence >= ? OR status = 'accepted')",
            (min_confidence,),
        )
        self._sql.execute(
            "UPDATE entity SET visible = 1 WHERE NOT visible AND rowid IN"
            " (SELECT head FROM fact WHERE visible UNION SELECT tail FROM fact WHERE visible)"
        )

    def _conflicts(self) -> None:
        """Mark facts of functional relations that say different things of one head; none is overwritten.

        Dates of different precision (1998, 1998-05) and facts with different time qualifiers do not contradict.
        """
        names = {r.name for r in self._schema.relations if r.functional}
        names |= {a.name for e in self._schema.entities for a in e.attributes if a.functional}
        self._sql.execute(
            "UPDATE fact SET conflict = 1 WHERE visible AND relation IN (SELECT value FROM json_each(?)) AND EXISTS ("
            " SELECT 1 FROM fact o WHERE o.head = fact.head AND o.relation = fact.relation AND o.rowid != fact.rowid"
            " AND o.visible AND o.time = fact.time AND (o.tail IS NOT fact.tail OR (fact.tail IS NULL"
            " AND substr(o.value, 1, length(fact.value)) != fact.value"
            " AND substr(fact.value, 1, length(o.value)) != o.value)))",
            (json.dumps(sorted(names)),),
        )

    def _events(self, min_confidence: float) -> None:
        """One event for each (type, required roles); without any of these, one for each place that tells of it."""
        self._sql.execute("DELETE FROM event")
        self._sql.execute("DELETE FROM event_support")
        query = (
            "SELECT h.*, live.chunk, c.key AS chunk_key FROM happening h JOIN live ON live.extraction = h.extraction"
            " JOIN chunk c ON c.rowid = live.chunk ORDER BY c.id, h.start, h.stop, h.event_trigger, h.roles"
        )
        for row in self._sql.execute(query):
            roles = self._resolved(json.loads(row["roles"]))
            id_ = self._event_id(row, roles)
            visible = row["aligned"] < 2 and row["confidence"] >= min_confidence
            known = self._sql.execute("SELECT * FROM event WHERE id = ?", (id_,)).fetchone()
            if known:
                merged = sorted({dump(r) for r in [*json.loads(known["roles"]), *roles]})
                self._sql.execute(
                    "UPDATE event SET roles = ?, confidence = max(confidence, ?), aligned = min(aligned, ?),"
                    " visible = max(visible, ?) WHERE id = ?",
                    (f"[{','.join(merged)}]", row["confidence"], row["aligned"], visible, id_),
                )
            else:
                self._sql.execute(
                    "INSERT INTO event (id, type, event_trigger, roles, confidence, aligned, status, visible)"
                    " VALUES (?, ?, ?, ?, ?, ?, 'proposed', ?)",
                    (id_, row["type"], row["event_trigger"], dump(roles), row["confidence"], row["aligned"], visible),
                )
            self._sql.execute(
                "INSERT INTO event_support SELECT rowid, ?, ? FROM event WHERE id = ?",
                (row["rowid"], row["chunk"], id_),
            )

    def _resolved(self, roles: list[list[object]]) -> list[list[object]]:
        query = "SELECT entity FROM member WHERE name = ?"
        return sorted(
            ([r[0], self._sql.execute(query, (r[1],)).fetchone()[0]] if len(r) == 2 else r for r in roles), key=dump
        )

    def _event_id(self, row: sqlite3.Row, roles: list[list[object]]) -> str:
        event = self._schema.event(row["type"])
        required = {r.name for r in event.roles if r.required} if event else set()
        parts = sorted(
            f"{r[0]}={self._sql.execute('SELECT id FROM entity WHERE rowid = ?', (r[1],)).fetchone()[0]}"
            if len(r) == 2
            else f"{r[0]}={r[3]}:{r[2]}:{r[4]}"
            for r in roles
            if r[0] in required
        )
        parts = parts or [row["chunk_key"], str(row["start"]), row["event_trigger"]]
        marks = ",".join("?" * (len(parts) + 1))
        return str(self._sql.execute(f"SELECT kgc_id('event', {marks})", (row["type"], *parts)).fetchone()[0])

    def _difference(self) -> Derived:
        def count(query: str) -> int:
            return int(self._sql.execute(query).fetchone()[0])

        return Derived(
            entities=count("SELECT count(*) FROM entity WHERE visible"),
            facts=count("SELECT count(*) FROM fact WHERE visible"),
            added=count("SELECT count(*) FROM fact WHERE visible AND id NOT IN (SELECT id FROM temp.old_fact)"),
            withdrawn=count("SELECT count(*) FROM temp.old_fact WHERE id NOT IN (SELECT id FROM fact WHERE visible)"),
        )


def _best(rows: list[sqlite3.Row]) -> str:
    """The most frequent name over all languages; of equals the longest, then the first."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["surface"]] = counts.get(row["surface"], 0) + row["n"]
    return min(counts, key=lambda surface: (-counts[surface], -len(surface), surface))
