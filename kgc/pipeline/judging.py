"""Have a model judge the pairs that the resolver is not sure of; its answers are decisions that can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kgc.config import Options
from kgc.data import Decision, Fact, Node
from kgc.ledger import Ledger
from kgc.ledger.decisions import RULE, decision_id
from kgc.ledger.graph import LedgerGraph
from kgc.ledger.proposals import End
from kgc.llm.jobs import Done, Job, Outcome
from kgc.llm.loop import run_sync
from kgc.llm.price import cost
from kgc.llm.progress import Progress
from kgc.pipeline.ask import driver_options
from kgc.pipeline.derive import derive, fingerprint, project
from kgc.pipeline.dialogue_run import hold_dialogues
from kgc.pipeline.proposed import Merge, listed
from kgc.pipeline.recipes import active_schema
from kgc.resolve.judge import BATCH, Judged, Judgement, Question, Side, judge

BY: Final = f"{RULE}judge:"
"""Who decides: this and the model's name, so that all that one model said can be taken back at once."""
FACTS: Final = 5
QUOTES: Final = 2


@dataclass(frozen=True, slots=True)
class Judging:
    """What came of it. `silent` are pairs that answers said nothing on; `stopped` is in words why it ended early."""

    asked: int
    same: tuple[Decision, ...] = ()
    different: tuple[Decision, ...] = ()
    unsure: int = 0
    silent: int = 0
    made: int = 0
    cost: float | None = 0.0
    stopped: str = ""
    by_budget: bool = False


def judge_pending(ledger: Ledger, workspace: Path, options: Options, limit: int) -> Judging:
    """Ask about the surest pending pairs, record the answers as decisions, derive.

    What was asked before of the same pair, with the same evidence, is not paid again. Raises `ModelError` when no call
    can succeed, `BudgetError` for a budget that cannot be kept; `KeyboardInterrupt` comes through after what was paid
    is recorded.
    """
    driver_options(options)
    schema = active_schema(ledger.extractions.recipes())
    graph = ledger.graph(schema, fingerprint(ledger, schema))
    merges = {m.id: m for m in listed(ledger, "pending", limit)}
    questions = tuple(questions_of(graph, merges.values()))
    if not questions:
        return Judging(0)
    runner = _Runner(workspace, options, questions)
    try:
        runner.run()
    finally:
        found = _recorded(ledger, merges, runner.judged, options.model)
        if found.same or found.different:
            derive(ledger)
            project(ledger, workspace)
    stop = runner.last.stop
    return Judging(
        len(questions), found.same, found.different, found.unsure, len(runner.silent), runner.last.made,
        cost(runner.last.usage, runner.price), f"{stop.message} {stop.hint}".strip() if stop else "",
        bool(stop and stop.kind == "budget"),
    )  # fmt: skip


class _Runner:
    """One run of the driver over batches of pairs."""

    def __init__(self, workspace: Path, options: Options, questions: Sequence[Question]) -> None:
        self.workspace = workspace
        self.options = options
        self.batches = [questions[n : n + BATCH] for n in range(0, len(questions), BATCH)]
        self.judged: list[Judged] = []
        self.silent: list[str] = []
        self.last = Progress()
        self.price = driver_options(options).price

    def run(self) -> None:
        jobs = [Job(f"judge {n}", judge(batch)) for n, batch in enumerate(self.batches)]
        run_sync(hold_dialogues(self.workspace, self.options, jobs, self._take, self._end))

    def _end(self, progress: Progress) -> None:
        self.last = progress

    def _take(self, outcome: Outcome[Judgement]) -> None:
        if isinstance(outcome, Done):
            self.judged += outcome.result.verdicts
            self.silent += [p.message for p in outcome.result.problems]


def _recorded(ledger: Ledger, merges: dict[str, Merge], judged: Sequence[Judged], model: str) -> Judging:
    """Put the verdicts in force, all in one transaction. What a person decided meanwhile stays as it is."""
    same: list[Decision] = []
    different: list[Decision] = []
    with ledger.transaction():
        for verdict in judged:
            if verdict.ruling == "unsure":
                continue
            decision = _decision(merges[verdict.id], verdict, model)
            if any(d.undone for d in ledger.decisions.get(decision.id)):
                continue  # a person took this answer back
            (same if verdict.ruling == "same" else different).append(ledger.decisions.put(decision))
        if same or different:
            ledger.state.bump()
    unsure = sum(v.ruling == "unsure" for v in judged)
    return Judging(len(judged), tuple(same), tuple(different), unsure)


def _decision(merge: Merge, verdict: Judged, model: str) -> Decision:
    kind = "merge" if verdict.ruling == "same" else "split"
    what = (merge.a.key, merge.b.key)
    by = f"{BY}{model}"
    payload = json.dumps({"by": by}, ensure_ascii=False) if kind == "merge" else ""
    reason = f"llm: {verdict.reason or verdict.ruling}"
    id_ = decision_id(kind, what, by)
    return Decision(id_, "merge" if kind == "merge" else "split", what, payload, merge.score, reason, by)


def questions_of(graph: LedgerGraph, merges: Iterable[Merge]) -> Iterator[Question]:
    """The pairs with what is known of each of the two entities."""
    for merge in merges:
        yield Question(merge.id, _side(graph, merge.a), _side(graph, merge.b), merge.reason)


def _side(graph: LedgerGraph, end: End) -> Side:
    entity = graph.entity(end.entity)
    facts = tuple(graph.facts_of(end.entity, FACTS))
    quotes = dict.fromkeys(s.quote for f in facts for s in f.evidence[:1] if s.quote)
    also = tuple(a.name for a in entity.aliases if a.name != end.surface)[:4] if entity else ()
    return Side(end.surface, end.type, also, tuple(map(_told, facts)), tuple(quotes)[:QUOTES])


def _told(fact: Fact) -> str:
    tail = fact.tail.name if isinstance(fact.tail, Node) else fact.tail.raw
    return f"{fact.head.name} {fact.relation} {tail}"
