"""What people decide: short transactions, possible at any time; the graph follows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgc.data import Decision
from kgc.errors import UnknownName
from kgc.pipeline import decide
from kgc.pipeline.workspace.opened import Opened

if TYPE_CHECKING:
    from kgc.pipeline.link_source import KnowledgeBase


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

    def link_to(self, name: str, id_: str, kb: KnowledgeBase, by: str = "person") -> tuple[Decision, ...]:
        """Say that the entity of this name (or id) is the entry `id_` of a knowledge base; outlives every run."""
        from kgc.pipeline.link import link_by_hand  # noqa: PLC0415

        graph = self.graph()
        ids = graph.find(name)
        if len(ids) != 1:
            near = ids or graph.names_like(name)
            raise UnknownName("entity", name, near, f"Name one by its id: {', '.join(ids)}" if ids else "")
        entity = graph.entity(ids[0])
        keys = entity.keys if entity else ()
        return self._decide(lambda ledger: link_by_hand(ledger, self.path, kb, keys, id_, by))

    def export_decisions(self, path: str | Path) -> int:
        return decide.export_decisions(self._ledger(), Path(path))

    def import_decisions(self, path: str | Path) -> int:
        return self._decide(lambda ledger: decide.import_decisions(ledger, Path(path)))
