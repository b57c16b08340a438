"""Facts are derived: from live extractions, the resolver's merges and people's decisions, by set operations.

The result depends on what is in the ledger now, not on how it came there; so a sync gives what a rebuild gives.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from kgc.data import Decision
from kgc.data.facts import ALSO, LINK
from kgc.ledger.codec import dump
from kgc.ledger.extractions import IMPORT
from kgc.ledger.words import segment
from kgc.schema import Schema

LITERAL = "literal:"
"""How a literal tail is written in a decision's keys: `literal:<datatype>:<value>`."""

Called = tuple[str, str, int]
"""A name, the language of the text that uses it, and how often."""


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
        """What the resolver decides about: names that a live extraction mentions and that share type and normal form.

        They come by type, normal form and key. A name that no other is like is never merged, and stays in the ledger.
        """
        self._sql.execute("DROP TABLE IF EXISTS temp.alive")
        self._sql.execute(
            "CREATE TEMP TABLE alive (name INTEGER, lang TEXT, n INTEGER, PRIMARY KEY (name, lang)) WITHOUT ROWID"
        )
        self._sql.execute(
            "INSERT INTO temp.alive SELECT o.name, c.lang, count(o.start) FROM mention o"
            " JOIN live ON live.extraction = o.extraction JOIN chunk c ON c.rowid = live.chunk GROUP BY o.name, c.lang"
        )
        query = (
            "SELECT key, type, surface, norm, suffix FROM (SELECT key, type, surface, norm, suffix,"
            " count(*) OVER (PARTITION BY type, norm) AS alike FROM name WHERE rowid IN (SELECT name FROM temp.alive))"
            " WHERE alike > 1 ORDER BY type, norm, key"
        )
        for r in self._sql.execute(query):
            yield AliveName(r["key"], r["type"], r["surface"], r["norm"], r["suffix"])

    def awake(self, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Those pairs of keys that are both alive; a decision whose target is gone sleeps."""
        query = "SELECT count(*) FROM name WHERE key IN (?, ?) AND rowid IN (SELECT name FROM temp.alive)"
        for pair in pairs:
            if self._sql.execute(query, pair).fetchone()[0] == 2:
                yield pair

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
        self._sql.execute("INSERT INTO member SELECT DISTINCT name, name FROM temp.alive")
        self._sql.executemany(
            "UPDATE member SET entity = (SELECT rowid FROM name WHERE key = ?)"
            " WHERE name = (SELECT rowid FROM name WHERE key = ?)",
            ((root, key) for key, root in roots.items() if key != root),
        )

    def _entities(self) -> None:
        """An entity for each cluster, called by its most frequent name (the longer one, then the first, of equals).

        One that stays as it was is not written again, nor are its words.
        """
        gone = "SELECT rowid FROM entity WHERE rowid NOT IN (SELECT entity FROM member)"
        for row in self._sql.execute(gone).fetchall():
            self._forget(row[0])
        for entity, key, type_, rows in self._clusters():
            aliases = dump([[surface, lang, n] for surface, lang, n in rows])
            before = self._sql.execute("SELECT type, aliases FROM entity WHERE rowid = ?", (entity,)).fetchone()
            if before and (before[0], before[1]) == (type_, aliases):
                continue
            if before:
                self._forget(entity)
            self._sql.execute(
                "INSERT INTO entity VALUES (?, kgc_id('entity', ?), ?, ?, ?, 0)",
                (entity, key, type_, _best(rows) if len(rows) > 1 else rows[0][0], aliases),
            )
            words = segment(" ; ".join(dict.fromkeys([surface for surface, _, _ in rows])))
            self._sql.execute("INSERT INTO entity_words (rowid, words) VALUES (?, ?)", (entity, words))

    def _clusters(self) -> Iterator[tuple[int, str, str, list[Called]]]:
        """(rowid, smallest key, type, what it is called) of each entity; the most frequent name first."""
        query = (
            "SELECT m.entity, n.surface, a.lang, a.n, r.key, r.type FROM member m CROSS JOIN temp.alive a"
            " ON a.name = m.name JOIN name n ON n.rowid = m.name JOIN name r ON r.rowid = m.entity ORDER BY m.entity"
        )
        cursor = self._sql.cursor()
        cursor.row_factory = None
        for entity, group in groupby(cursor.execute(query), key=itemgetter(0)):
            rows = list(group)
            yield entity, rows[0][4], rows[0][5], _together(rows)

    def _forget(self, entity: int) -> None:
        """Delete an entity and its words, which the index must be told as it was told them before."""
        row = self._sql.execute("SELECT aliases FROM entity WHERE rowid = ?", (entity,)).fetchone()
        words = segment(" ; ".join(dict.fromkeys([alias[0] for alias in json.loads(row[0])])))
        self._sql.execute(
            "INSERT INTO entity_words (entity_words, rowid, words) VALUES ('delete', ?, ?)", (entity, words)
        )
        self._sql.execute("DELETE FROM entity WHERE rowid = ?", (entity,))

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
            " FROM claim c CROSS JOIN live ON live.extraction = c.extraction JOIN member h ON h.name = c.head"
            " JOIN name hn ON hn.rowid = h.entity LEFT JOIN member t ON t.name = c.tail"
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
        """Stores hold what is not negated, not rejected, aligned, and sure enough or accepted by a person.

        A link is shown with its entity, not as a fact.
        """
        self._sql.execute(
            "UPDATE fact SET visible = NOT visible WHERE visible != (NOT negated AND status != 'rejected'"
            " AND aligned < 2 AND (confidence >= ? OR status = 'accepted') AND relation != ?)",
            (min_confidence, LINK),
        )
        self._sql.execute("DROP TABLE IF EXISTS temp.seen")
        self._sql.execute(
            "CREATE TEMP TABLE seen AS SELECT m.entity FROM temp.alive a JOIN member m ON m.name = a.name WHERE a.n > 0"
            " UNION SELECT head FROM fact WHERE visible UNION SELECT tail FROM fact WHERE visible AND tail IS NOT NULL"
        )
        self._sql.execute(
            "UPDATE entity SET visible = NOT visible WHERE visible != (rowid IN (SELECT entity FROM temp.seen))"
        )
        self._sql.execute("DROP TABLE temp.seen")

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

        facts = count("SELECT count(*) FROM fact WHERE visible")
        stayed = count("SELECT count(*) FROM temp.old_fact o CROSS JOIN fact f ON f.id = o.id WHERE f.visible")
        return Derived(
            entities=count("SELECT count(*) FROM entity WHERE visible"),
            facts=facts,
            added=facts - stayed,
            withdrawn=count("SELECT count(*) FROM temp.old_fact") - stayed,
        )


def _together(rows: list[tuple[int, str, str, int, str, str]]) -> list[Called]:
    """The names of a cluster, most frequent first, then the longest, then the first."""
    if len(rows) == 1:
        return [rows[0][1:4]]
    counts: dict[tuple[str, str], int] = {}
    for _, surface, lang, n, _, _ in rows:
        counts[surface, lang] = counts.get((surface, lang), 0) + n
    named = [(surface, lang, n) for (surface, lang), n in counts.items()]
    return sorted(named, key=lambda a: (-a[2], -len(a[0]), a[0], a[1]))


def _best(rows: list[Called]) -> str:
    """The most frequent name over all languages; of equals the longest, then the first."""
    counts: dict[str, int] = {}
    for surface, _, n in rows:
        counts[surface] = counts.get(surface, 0) + n
    return min(counts, key=lambda surface: (-counts[surface], -len(surface), surface))
