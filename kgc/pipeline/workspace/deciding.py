"""What people decide: short transactions, possible at any time; the graph follows."""

from __future__ import annotations

from pathlib import Path

from kgc.data import Decision
from kgc.pipeline import decide
from kgc.pipeline.workspace.opened import Opened


class Deciding(Opened):
    """Accept, reject, take back; carry decisions from one workspace to another."""

    def decisions(self) -> tuple[Decision, ...]:
        return self._ledger().decisions.all()

    def undo(self, decision_id: str) -> Decision:
        """Take a decision back, by its id or the beginning of it; the graph follows."""
        return self._decide(lambda ledger: decide.undo(ledger, decision_id))

    def accept(self, fact_id: str, by: str = "person") -> Decision:
        graph = self.graph()
        return self._decide(lambda ledger: decide.judge(ledger, graph, fact_id, "accept", by))

    def reject(self, fact_id: str, by: str = "person") -> Decision:
        graph = self.graph()
        return self._decide(lambda ledger: decide.judge(ledger, graph, fact_id, "reject", by))

    def export_decisions(self, path: str | Path) -> int:
        return decide.export_decisions(self._ledger(), Path(path))

    def import_decisions(self, path: str | Path) -> int:
        return self._decide(lambda ledger: decide.import_decisions(ledger, Path(path)))
