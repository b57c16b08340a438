"""How things stand: what is done, failed and pending, and the small facts that the ledger keeps about itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kgc.data import Problem
from kgc.ledger.codec import load_problem

CHUNK_STATES: tuple[str, ...] = ("done", "failed", "pending")


class State:
    """Counts and meta values. Whoever changes something holds a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def get(self, key: str, default: str = "") -> str:
        row = self._sql.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row["value"]) if row else default

    def set(self, key: str, value: str) -> None:
        self._sql.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
        )

    def bump(self) -> None:
        """Say that something changed which facts are derived from."""
        self._sql.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")

    @property
    def stale(self) -> bool:
        """Whether the derived graph is older than what it is derived from."""
        return self.get("generation") != self.get("derived")

    def documents(self) -> dict[str, int]:
        """Files by state: done (all chunks done), failed (the file or a chunk), pending, skipped."""
        files = dict(self._sql.execute("SELECT state, count(*) FROM document GROUP BY state").fetchall())
        opened = dict(self._sql.execute(_OPENED).fetchall())
        return {
            "done": files.get("read", 0) - sum(opened.values()),
            "failed": files.get("failed", 0) + opened.get("failed", 0),
            "pending": opened.get("pending", 0),
            "skipped": files.get("skipped", 0),
        }

    def languages(self) -> dict[str, int]:
        """Files that were read, by their language ("" where the text does not tell)."""
        return dict(
            self._sql.execute("SELECT lang, count(*) FROM document WHERE state = 'read' GROUP BY lang").fetchall()
        )

    def document_states(self) -> Iterator[tuple[str, str, int, int]]:
        """(source, state, chunks, supporting facts) of every file, by source."""
        query = (
            "SELECT s.source, s.state, (SELECT count(*) FROM chunk c WHERE c.document = s.rowid) AS chunks,"
            " (SELECT count(DISTINCT u.fact) FROM chunk c JOIN support u ON u.chunk = c.rowid JOIN fact f ON"
            " f.rowid = u.fact WHERE c.document = s.rowid AND f.visible) AS facts"
            f" FROM ({_STATE_OF_EACH}) s ORDER BY s.source"
        )
        for r in self._sql.execute(query):
            yield r["source"], r["state"], r["chunks"], r["facts"]

    def chunks(self) -> dict[str, int]:
        """Chunks by state, over all active recipes: a chunk of two recipes counts twice."""
        tally: dict[str, int] = dict.fromkeys(CHUNK_STATES, 0)
        query = (
            "SELECT coalesce(e.state, 'pending') AS state, count(*) AS n FROM recipe r JOIN chunk c ON c.chunking ="
            " r.chunking LEFT JOIN extraction e ON e.recipe = r.rowid AND e.chunk_key = c.key WHERE r.active GROUP BY 1"
        )
        for row in self._sql.execute(query):
            tally[row["state"]] = row["n"]
        return tally

    def chunk_problems(self) -> Iterator[tuple[str, str, str, Problem]]:
        """(source, chunk id, state, problem) of every chunk that is not done and says why, in reading order."""
        query = (
            "SELECT d.source, c.id, e.state, e.problem FROM recipe r JOIN extraction e ON e.recipe = r.rowid AND"
            " e.state != 'done' JOIN chunk c ON c.chunking = r.chunking AND c.key = e.chunk_key JOIN document d ON"
            " d.rowid = c.document WHERE r.active AND e.problem IS NOT NULL ORDER BY d.source, c.start, e.state"
        )
        for r in self._sql.execute(query):
            yield r["source"], r["id"], r["state"], load_problem(r["problem"])

    def graph_size(self) -> tuple[int, int]:
        """Entities and facts that stores hold, as they were counted when the graph was derived."""
        return int(self.get("entities", "0")), int(self.get("facts", "0"))


_OPENED = (
    "SELECT state, count(*) FROM (SELECT CASE max(coalesce(e.state, 'pending') = 'failed') WHEN 1 THEN 'failed' ELSE"
    " 'pending' END AS state FROM recipe r JOIN chunk c ON c.chunking = r.chunking LEFT JOIN extraction e ON e.recipe ="
    " r.rowid AND e.chunk_key = c.key WHERE r.active AND (e.state IS NULL OR e.state != 'done') GROUP BY c.document)"
    " GROUP BY state"
)
_STATE_OF_EACH = (
    "SELECT d.rowid, d.source, CASE d.state WHEN 'skipped' THEN 'skipped' WHEN 'failed' THEN 'failed' ELSE"
    " CASE max(CASE WHEN r.rowid IS NULL OR c.rowid IS NULL THEN 0 ELSE CASE coalesce(e.state, 'pending')"
    " WHEN 'failed' THEN 2 WHEN 'pending' THEN 1 ELSE 0 END END) WHEN 2 THEN 'failed' WHEN 1 THEN 'pending'"
    " ELSE 'done' END END AS state FROM document d LEFT JOIN recipe r ON r.active"
    " LEFT JOIN chunk c ON c.document = d.rowid AND c.chunking = r.chunking"
    " LEFT JOIN extraction e ON e.recipe = r.rowid AND e.chunk_key = c.key GROUP BY d.rowid"
)
