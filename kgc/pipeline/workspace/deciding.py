"""What people decide: short transactions, possible at any time; the graph follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from kgc.data import Decision, DecisionKind, Fact
from kgc.errors import KgcError, LedgerError
from kgc.pipeline import decide, decide_names, decisions_file
from kgc.pipeline.workspace.opened import Opened

if TYPE_CHECKING:
    from kgc.config import Given
    from kgc.ledger import Ledger
    from kgc.ledger.graph import LedgerGraph
    from kgc.pipeline.judging import Judging
    from kgc.pipeline.link_source import KnowledgeBase
    from kgc.pipeline.proposed import Explained, Merge, Which
    from kgc.pipeline.resolve_run import Resolved


class Deciding(Opened):
    """Put the graph right, take back what was decided, carry decisions from one workspace to another.

    Entities are named by id, by mention key, or by a name that only one has; decisions and proposals by how their ids
    begin. All raise `KgcError` for what is not there, means several things, or contradicts what was decided before.
    """

    def decisions(self) -> tuple[Decision, ...]:
        return self._ledger().decisions.all()

    def undo(self, decision_id: str) -> Decision:
        """Take a decision back, by its id or the beginning of it; the graph is what it was without it."""
        return self._decide(lambda ledger: decide.undo(ledger, decision_id))

    def accept(self, id_: str, by: str = "person") -> Decision:
        """Say yes: to a fact, to a proposed merge, to a merge by rule; or take an undone decision again."""
        return self._on_graph(lambda ledger, graph: decide.accept(ledger, graph, id_, by))

    def reject(self, id_: str, by: str = "person") -> Decision:
        """Say no: to a fact, to a proposed merge (its entities are kept apart); or take a decision back."""
        return self._on_graph(lambda ledger, graph: decide.reject(ledger, graph, id_, by))

    def judge_all(self, fact_ids: Sequence[str], kind: DecisionKind, by: str = "person") -> tuple[Decision, ...]:
        """Accept or reject many facts at once; facts that are gone meanwhile are passed over."""
        graph = self.graph()

        def act(ledger: Ledger) -> tuple[Decision, ...]:
            facts = (graph.fact(id_) for id_ in fact_ids)
            return tuple(decide.judge(ledger, graph, fact, kind, by) for fact in facts if fact is not None)

        return self._decide(act)

    def undo_all(self, decision_ids: Sequence[str]) -> int:
        """Take several decisions back; returns how many were. Those that are taken back already are passed over.

        So are merges by rule that people's merges stand on, unless there is nothing else: then it raises as `undo`.
        """

        def act(ledger: Ledger) -> tuple[Decision, ...]:
            taken: list[Decision] = []
            refused: list[KgcError] = []
            for decision in [d for id_ in decision_ids for d in ledger.decisions.get(id_) if not d.undone]:
                try:
                    taken.append(decide.undo(ledger, decision.id))
                except LedgerError:
                    raise
                except KgcError as error:
                    refused.append(error)
            if refused and not taken:
                raise refused[0]
            return tuple(taken)

        return len(self._decide(act))

    def merge(self, a: str, b: str, by: str = "person") -> Decision:
        """Say that two entities are one."""
        return self._record(lambda ledger, graph: decide_names.merge(ledger, graph, a, b, by))

    def split(self, entity: str, names: Sequence[str] = (), by: str = "person", document: str = "") -> Decision:
        """Take names out of an entity; without names, take each of its names from each.

        With `document` (a source), the one name stands for the entity in this document no more.
        """
        return self._record(lambda ledger, graph: decide_names.split(ledger, graph, entity, names, by, document))

    def retype(self, entity: str, type_: str, by: str = "person") -> Decision:
        """Say of which class of the schema an entity is. Facts that its class cannot have are hidden."""
        return self._record(lambda _, graph: decide_names.retype(graph, entity, type_, by))

    def rename(self, entity: str, name: str, by: str = "person") -> Decision:
        """Say what an entity is called."""
        return self._record(lambda _, graph: decide_names.rename(graph, entity, name, by))

    def reverse(self, fact_id: str, by: str = "person") -> Decision:
        """Turn a fact round: head and tail change places."""
        return self._on_graph(lambda ledger, graph: decide.reverse(ledger, graph, fact_id, by))

    def link_to(self, entity: str, id_: str, kb: KnowledgeBase, by: str = "person") -> tuple[Decision, ...]:
        """Say that an entity is the entry `id_` of a knowledge base: a decision for each of its names."""
        from kgc.pipeline.link import link_by_hand  # noqa: PLC0415

        keys = decide_names.meant(self.graph(), entity).entity.keys
        return self._decide(lambda ledger: link_by_hand(ledger, self.path, kb, keys, id_, by))

    # What was resolved

    def resolve(self, *, dry_run: bool = False, refit: bool = False, limit: int = 50) -> Resolved:
        """Resolve the names now. `refit` counts anew how common words are; `dry_run` tells what would change."""
        from kgc.pipeline.resolve_run import resolve  # noqa: PLC0415

        self._must_exist()
        with self._run() as ledger:
            return resolve(ledger, self.path, dry_run=dry_run, anew=refit, limit=limit)

    def judge_pairs(self, limit: int = 500, **options: Unpack[Given]) -> Judging:
        """Have a model judge the surest of the pairs that people are asked about (`kgc.pipeline.judging`)."""
        from kgc import config  # noqa: PLC0415
        from kgc.pipeline.judging import judge_pending  # noqa: PLC0415
        from kgc.pipeline.recipes import reads_itself  # noqa: PLC0415

        self._must_exist()
        wanted = config.load(self.path, {k: v for k, v in options.items() if v is not None})
        if reads_itself(wanted.model):
            raise KgcError(f"The model {wanted.model!r} judges no pairs.", "Name a language model: --model openai:NAME")
        with self._run() as ledger:
            return judge_pending(ledger, self.path, wanted, limit)

    def proposals(self, which: Which = "pending", limit: int = 50) -> tuple[Merge, ...]:
        """Merges that people are asked about ("pending"), that were made ("done"), or made with a low score ("low")."""
        from kgc.pipeline.proposed import listed  # noqa: PLC0415

        return listed(self._ledger(), which, limit)

    def merge_counts(self) -> tuple[int, int]:
        """How many proposals are pending, and how many merges are in force."""
        from kgc.pipeline.proposed import counts  # noqa: PLC0415

        return counts(self._ledger())

    def conflicts(self) -> Iterator[Fact]:
        """Facts of relations and attributes with one value only, where the graph has several; side by side."""
        from kgc.pipeline.proposed import conflicts  # noqa: PLC0415

        return conflicts(self.graph())

    def explain(self, name: str, other: str = "") -> tuple[Explained, ...]:
        """Why an entity has its names, and what it was compared with; or how two entities compare, name by name."""
        from kgc.ledger import Ledger  # noqa: PLC0415
        from kgc.pipeline.proposed import compare, entities_of, explain  # noqa: PLC0415

        graph = self.graph()
        if not other:
            return tuple(e for one in entities_of(graph, name) for e in explain(self._ledger(), one))
        one, two = (decide_names.meant(graph, n).entity for n in (name, other))
        with Ledger(self.path, writable=True) as ledger:
            return compare(ledger, self.schema(), one, two)

    # Carrying decisions

    def export_decisions(self, path: str | Path) -> int:
        return decisions_file.export_decisions(self._ledger(), Path(path))

    def import_decisions(self, path: str | Path) -> int:
        return self._decide(lambda ledger: decisions_file.import_decisions(ledger, Path(path)))

    def _on_graph(self, act: Callable[[Ledger, LedgerGraph], Decision]) -> Decision:
        """Decide about the graph as it is now."""
        graph = self.graph()
        return self._decide(lambda ledger: act(ledger, graph))

    def _record(self, make: Callable[[Ledger, LedgerGraph], Decision]) -> Decision:
        return self._on_graph(lambda ledger, graph: decide.record(ledger, make(ledger, graph)))
