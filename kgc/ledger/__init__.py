"""The ledger is the truth: folders, paid answers, extractions and decisions; the graph is derived from it."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from kgc.ledger.answers import Answers
from kgc.ledger.connection import connect, transaction, trial
from kgc.ledger.decisions import Decisions
from kgc.ledger.derive import Derivation
from kgc.ledger.extractions import Extractions
from kgc.ledger.folders import Folders
from kgc.ledger.graph import LedgerGraph
from kgc.ledger.proposals import Proposals
from kgc.ledger.runs import RunLog
from kgc.ledger.search import Hits, search
from kgc.ledger.state import State
from kgc.ledger.talks import Talks
from kgc.schema import Schema

FILE = Path(".kgc") / "ledger.db"


class Ledger:
    """One connection to a workspace's ledger, and its parts.

    Open it writable for runs and decisions, read-only for looking; both at once, by any number of processes, is fine.
    """

    def __init__(self, workspace: Path, *, writable: bool) -> None:
        self.path = workspace / FILE
        self.connection: sqlite3.Connection = connect(self.path, writable=writable)
        self.folders = Folders(self.connection)
        self.answers = Answers(self.connection)
        self.extractions = Extractions(self.connection)
        self.decisions = Decisions(self.connection)
        self.proposals = Proposals(self.connection)
        self.state = State(self.connection)
        self.talks = Talks(self.connection)
        self.runs = RunLog(self.connection)

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, with the write lock from the start."""
        return transaction(self.connection)

    def trial(self) -> AbstractContextManager[None]:
        """A transaction that is always taken back: to find out what would be."""
        return trial(self.connection)

    def derivation(self, schema: Schema) -> Derivation:
        return Derivation(self.connection, schema)

    def graph(self, schema: Schema, fingerprint: str) -> LedgerGraph:
        return LedgerGraph(self.connection, schema, fingerprint)

    def search(self, query: str, limit: int) -> Hits:
        return search(self.connection, query, limit)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
