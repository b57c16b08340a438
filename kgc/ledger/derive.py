"""Facts are derived: from live extractions, the resolver's merges and people's decisions, by set operations.

The result depends on what is in the ledger now, not on how it came there; so a sync gives what a rebuild gives.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgc.data import Decision
from kgc.data.facts import ALSO, LINK, OPEN
from kgc.ledger.alive import Alive
from kgc.ledger.codec import dump
from kgc.ledger.entities import Called, Caller, Decided, Entities
from kgc.ledger.proposals import Proposals
from kgc.ledger.verdicts import LITERAL, meant
from kgc.schema import Schema

__all__ = ["LITERAL", "Called", "Caller", "Decided", "Derivation", "Derived"]

_VISIBLE = (  # a link is shown with its entity, not as a fact
    "status != 'rejected' AND (confidence >= ? OR status = 'accepted') AND NOT negated AND aligned < 2"
    " AND relation != ?"
)
"""SQL: whether stores hold a fact, by (least confidence, LINK)."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The size of the derived graph (what stores hold) and what changed in it."""

    entities: int
    facts: int
    added: int
    withdrawn: int


class Derivation:
    """One derivation, step by step, inside one transaction of the caller's: gather, resolve (the caller), build."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema) -> None:
        self._sql = connection
        self._schema = schema
        self.alive = Alive(connection, schema)
        self.proposals = Proposals(connection)
        self._entities = Entities(connection, schema)

    def build(self, groups: Iterable[Sequence[str]], decided: Decided, call: Caller, min_confidence: float) -> Derived:
        """Make entities, facts and events anew. `groups` are the keys of one thing each, the smallest first."""
        self._sql.execute("DROP TABLE IF EXISTS temp.old_fact")
        self._sql.execute("CREATE TEMP TABLE old_fact AS SELECT id FROM fact WHERE visible")
        self.members(groups)
        self._entities.decide(decided)
        self._entities.write(call)
        self._facts()
        self._statuses(decided.verdicts)
        self._visibility(min_confidence)
        self._conflicts()
        self._events(min_confidence)
        return self._difference()

    def members(self, groups: Iterable[Sequence[str]]) -> None:
        """Make each name that is alive a member of its group's entity."""
        self._entities.group(groups)

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
            " c.time, CASE WHEN c.relation IN (SELECT value FROM json_each(?)) THEN coalesce(tn.key < hn.key, 0) ELSE"
            f" {self._turned()} END AS swap"
            " FROM claim c CROSS JOIN live ON live.extraction = c.extraction"
            " LEFT JOIN local x ON x.chunk = live.chunk AND x.name = c.head"
            " LEFT JOIN local y ON y.chunk = live.chunk AND y.name = c.tail"
            " JOIN member h ON h.name = coalesce(x.target, c.head) JOIN name hn ON hn.rowid = h.entity"
            " LEFT JOIN member t ON t.name = coalesce(y.target, c.tail)"
            " LEFT JOIN name tn ON tn.rowid = t.entity WHERE c.relation != ?)",
            (LITERAL, json.dumps(symmetric), ALSO),
        )
        self._sql.execute("DELETE FROM fact")
        self._sql.execute("DELETE FROM support")
        indexes = self._sql.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'fact' AND sql IS NOT NULL"
        ).fetchall()
        for index in indexes:  # made anew afterwards in one sort, instead of row by row
            self._sql.execute(f"DROP INDEX {index['name']}")
        # In the order of the claims, so that whoever reads fact after fact reads the text page after page as well.
        self._sql.execute(
            "INSERT INTO fact (id, head, relation, tail, raw, value, datatype, unit, lang, negated, hedged, qualifiers,"
            " time, confidence, aligned, status, conflict, visible, support)"
            " SELECT l.id, l.head, c.relation, l.tail, c.raw, c.value, c.datatype, c.unit, c.lang, c.negated,"
            " c.hedged, c.qualifiers, c.time, c.confidence, c.aligned, 'proposed', 0, 1, 1"
            " FROM temp.live_claim l CROSS JOIN claim c ON c.rowid = l.claim ORDER BY l.rowid"
            " ON CONFLICT (id) DO UPDATE SET raw = min(raw, excluded.raw), lang = min(lang, excluded.lang),"
            " hedged = min(hedged, excluded.hedged), qualifiers = max(qualifiers, excluded.qualifiers),"
            " confidence = max(confidence, excluded.confidence), aligned = min(aligned, excluded.aligned),"
            " support = support + 1"
        )
        self._sql.execute(
            "INSERT INTO support SELECT f.rowid, l.claim, l.chunk FROM temp.live_claim l CROSS JOIN fact f"
            " ON f.id = l.id"
        )
        for index in indexes:
            self._sql.execute(index["sql"])
        self._sql.execute("DROP TABLE temp.live_claim")

    def _turned(self) -> str:
        """SQL that tells whether a person turned a claim round."""
        if not self._sql.execute("SELECT count(*) FROM temp.reversed").fetchone()[0]:
            return "0"
        return (
            "EXISTS (SELECT 1 FROM temp.reversed v WHERE v.head = h.entity AND v.relation = c.relation"
            " AND v.tail = t.entity)"
        )

    def _statuses(self, verdicts: Iterable[Decision]) -> None:
        """People's accept and reject, oldest first, on whatever fact now joins the entities they named."""
        for verdict in verdicts:
            status = "accepted" if verdict.kind == "accept" else "rejected"
            for head, tail in self._ends(verdict.what):
                where, values = meant(verdict, head, tail)
                self._sql.execute(f"UPDATE fact SET status = ? WHERE {where}", (status, *values))

    def _ends(self, what: Sequence[str]) -> list[tuple[str, str]]:
        head, name, tail = what
        relation = self._schema.relation(name)
        return [(head, tail), (tail, head)] if relation and relation.symmetric else [(head, tail)]

    def judge(self, taken: Iterable[Decision], verdicts: Sequence[Decision], min_confidence: float) -> bool:
        """Bring the facts that verdicts, taken or taken back, speak of to what all say, and leave the rest as it is.

        `verdicts` are all that are in force. The outcome is that of `build`, in a time that does not grow with the
        graph. Returns False, with nothing to be kept, where only `build` can tell: an end without any other fact.
        """
        facts: dict[int, tuple[int, str, int | None]] = {}
        for verdict in taken:
            for head, tail in self._ends(verdict.what):
                where, values = meant(verdict, head, tail)
                for row in self._sql.execute(f"SELECT rowid, head, relation, tail FROM fact WHERE {where}", values):
                    facts[row[0]] = (row[1], row[2], row[3])
        self._sql.executemany("UPDATE fact SET status = 'proposed' WHERE rowid = ?", [(n,) for n in facts])
        relations = {relation for _, relation, _ in facts.values()}
        self._statuses(v for v in verdicts if v.what[1] in relations)
        for rowid, fact in facts.items():
            self._sql.execute(f"UPDATE fact SET visible = ({_VISIBLE}) WHERE rowid = ?", (min_confidence, LINK, rowid))
            self._hide_misfit(rowid, *fact)
        for of in {fact[:2] for fact in facts.values()}:
            self._sql.execute("UPDATE fact SET conflict = 0 WHERE head = ? AND relation = ?", of)
            self._conflicts(*of)
        ends = (end for fact in facts.values() for end in (fact[0], fact[2]) if end is not None)
        return all(self._shown(end) for end in ends)

    def _hide_misfit(self, rowid: int, head: int, relation: str, tail: int | None) -> None:
        """What `_hide_misfits` does, for one fact."""
        moved = (
            "SELECT count(*) FROM member m JOIN name n ON n.rowid = m.name JOIN entity e ON e.rowid = m.entity"
            " WHERE m.entity IN (?, ?) AND n.type != e.type"
        )
        if self._sql.execute(moved, (head, tail)).fetchone()[0]:
            types = [
                None
                if end is None
                else self._sql.execute("SELECT type FROM entity WHERE rowid = ?", (end,)).fetchone()[0]
                for end in (head, tail)
            ]
            if not self._fits(relation, str(types[0]), types[1]):
                self._sql.execute("UPDATE fact SET visible = 0 WHERE rowid = ?", (rowid,))

    def _shown(self, entity: int) -> bool:
        """Show an entity that a visible fact has an end in; whether there is one."""
        for end in ("head", "tail"):
            found = self._sql.execute(f"SELECT 1 FROM fact WHERE {end} = ? AND visible LIMIT 1", (entity,)).fetchone()
            if found:
                self._sql.execute("UPDATE entity SET visible = 1 WHERE rowid = ?", (entity,))
                return True
        return False

    def size(self) -> tuple[int, int]:
        """Entities and facts that stores hold."""
        entities, facts = (
            int(self._sql.execute(f"SELECT count(*) FROM {table} WHERE visible").fetchone()[0])
            for table in ("entity", "fact")
        )
        return entities, facts

    def _visibility(self, min_confidence: float) -> None:
        """Stores hold what is not negated, not rejected, aligned, and sure enough or accepted by a person.

        A link is shown with its entity, not as a fact.
        """
        self._sql.execute(
            f"UPDATE fact SET visible = NOT visible WHERE visible != ({_VISIBLE})", (min_confidence, LINK)
        )
        self._hide_misfits()
        self._sql.execute("DROP TABLE IF EXISTS temp.seen")
        self._sql.execute(
            "CREATE TEMP TABLE seen AS SELECT m.entity FROM temp.alive a JOIN member m ON m.name = a.target"
            " WHERE a.n > 0"
            " UNION SELECT head FROM fact WHERE visible UNION SELECT tail FROM fact WHERE visible AND tail IS NOT NULL"
        )
        self._sql.execute(
            "UPDATE entity SET visible = NOT visible WHERE visible != (rowid IN (SELECT entity FROM temp.seen))"
        )
        self._sql.execute("DROP TABLE temp.seen")

    def _hide_misfits(self) -> None:
        """Hide facts that the schema does not know between the classes that people or merges gave their ends."""
        self._sql.execute("DROP TABLE IF EXISTS temp.moved")
        self._sql.execute(
            "CREATE TEMP TABLE moved AS SELECT DISTINCT m.entity FROM member m JOIN name n ON n.rowid = m.name"
            " JOIN entity e ON e.rowid = m.entity WHERE n.type != e.type"
        )
        rows = self._sql.execute(
            "SELECT f.rowid, f.relation, h.type, t.type FROM fact f JOIN entity h ON h.rowid = f.head"
            " LEFT JOIN entity t ON t.rowid = f.tail WHERE f.visible AND f.rowid IN (SELECT x.rowid FROM temp.moved o"
            " JOIN fact x ON x.head = o.entity UNION SELECT x.rowid FROM temp.moved o JOIN fact x ON x.tail = o.entity)"
        )
        wrong = [(r[0],) for r in rows.fetchall() if not self._fits(r[1], r[2], r[3])]
        self._sql.executemany("UPDATE fact SET visible = 0 WHERE rowid = ?", wrong)

    def _fits(self, name: str, head: str, tail: str | None) -> bool:
        if name.startswith(OPEN):
            return True
        if tail is None:
            return self._schema.attribute(head, name) is not None
        relation = self._schema.relation(name)
        return bool(relation and self._schema.is_a(head, relation.head) and self._schema.is_a(tail, relation.tail))

    def _conflicts(self, head: int | None = None, relation: str = "") -> None:
        """Mark facts of functional relations that say different things of one head; none is overwritten.

        Dates of different precision (1998, 1998-05) and facts with different time qualifiers do not contradict. `head`
        and `relation` limit it to what is said of one thing.
        """
        only, values = ("", ()) if head is None else (" AND head = ? AND relation = ?", (head, relation))
        names = {r.name for r in self._schema.relations if r.functional}
        names |= {a.name for e in self._schema.entities for a in e.attributes if a.functional}
        self._sql.execute(
            "UPDATE fact SET conflict = 1 WHERE visible AND relation IN (SELECT value FROM json_each(?)) AND EXISTS ("
            " SELECT 1 FROM fact o WHERE o.head = fact.head AND o.relation = fact.relation AND o.rowid != fact.rowid"
            " AND o.visible AND o.time = fact.time AND (o.tail IS NOT fact.tail OR (fact.tail IS NULL"
            " AND substr(o.value, 1, length(fact.value)) != fact.value"
            f" AND substr(fact.value, 1, length(o.value)) != o.value))){only}",
            (json.dumps(sorted(names)), *values),
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
            roles = self._resolved(json.loads(row["roles"]), row["chunk"])
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

    def _resolved(self, roles: list[list[object]], chunk: int) -> list[list[object]]:
        local = "(SELECT target FROM local WHERE chunk = ? AND name = ?)"
        query = f"SELECT entity FROM member WHERE name = coalesce({local}, ?)"
        return sorted(
            ([r[0], self._sql.execute(query, (chunk, r[1], r[1])).fetchone()[0]] if len(r) == 2 else r for r in roles),
            key=dump,
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

        facts = count("SELECT count(*) FROM fact WHERE visible")
        stayed = count("SELECT count(*) FROM temp.old_fact o CROSS JOIN fact f ON f.id = o.id WHERE f.visible")
        return Derived(
            entities=count("SELECT count(*) FROM entity WHERE visible"),
            facts=facts,
            added=facts - stayed,
            withdrawn=count("SELECT count(*) FROM temp.old_fact") - stayed,
        )
