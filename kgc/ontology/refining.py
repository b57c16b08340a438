"""Read a sample with a schema, see what went wrong, let the team argue over exactly that; again, until it settles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kgc.config import Options
from kgc.data.sentences import sentences
from kgc.ontology.agents.hold import Held, hold
from kgc.ontology.agents.library import gives_orders
from kgc.ontology.agents.talk import Brief, Person, Said
from kgc.ontology.agents.teams import Team
from kgc.ontology.draft import Outcome, apply
from kgc.ontology.misfits import Fit, fit
from kgc.ontology.modest import propose
from kgc.ontology.modest_misfits import mend
from kgc.ontology.records import Evidence, Proposal, Quote
from kgc.ontology.sample import Sample
from kgc.pipeline.progress import Watch
from kgc.pipeline.recipes import prepare, reads_itself
from kgc.pipeline.trial import Reading, read
from kgc.schema import Schema

SETTLED: Final = 0.05
"""A round that changes at most this share of the schema's classes and relations is the last."""
PASSAGES: Final = 20
"""Passages that are read with the draft in a round where reading costs money."""
SHOWN: Final = 40
"""Misfits that a team is told of."""


@dataclass(frozen=True, slots=True)
class RoundReport:
    """One round: how the schema fitted before it, and what the team made of it.

    `agreement` is the share of proposals that were accepted, None where nothing was proposed; `changed` the share of
    the schema's classes and relations that are not what they were.
    """

    number: int
    fit: Fit
    proposed: int = 0
    accepted: int = 0
    changed: float = 0.0
    talk: str = ""

    @property
    def agreement(self) -> float | None:
        return self.accepted / self.proposed if self.proposed else None


@dataclass(frozen=True, slots=True)
class Refined:
    """What came of it. `stopped` is in words why it was ended from outside; `made` and `cost` are of this run."""

    schema: Schema
    rounds: tuple[RoundReport, ...]
    proposals: tuple[Proposal, ...]
    after: Fit
    made: int = 0
    cost: float | None = 0.0
    stopped: str = ""
    by_budget: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """What is read and looked at in every round."""

    sample: Sample
    evidence: Evidence
    goal: str = ""


class Refining:
    """The rounds of one refinement, under one budget."""

    def __init__(
        self,
        workspace: Path,
        material: Material,
        options: Options,
        team: Team,
        person: Person | None = None,
        said: Callable[[Said], None] | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.workspace = workspace
        self.material = material
        self.options = options
        self.team = team
        self.person = person
        self.said = said
        self.watch = watch
        self.made = 0
        self.cost: float | None = 0.0
        self.stopped = ""
        self.by_budget = False

    def run(self, schema: Schema, most: int = 3) -> Refined:
        """At most so many rounds. Raises `KgcError` for what was asked wrongly."""
        rounds: list[RoundReport] = []
        proposals: list[Proposal] = []
        found = self._fit(schema)
        for number in range(1, most + 1):
            if self.stopped:
                break
            before = schema
            schema, report, made = self._round(number, schema, found)
            proposals += made
            report = replace(report, changed=changed(before, schema))
            rounds.append(report)
            if not self.stopped and report.changed:
                found = self._fit(schema)
            if report.changed <= SETTLED:
                break
        return Refined(
            schema, tuple(rounds), tuple(proposals), found, self.made, self.cost, self.stopped, self.by_budget
        )

    def _fit(self, schema: Schema) -> Fit:
        """Read the sample with the schema; what could not be asked any more is left out, and said in `stopped`."""
        reading = self._read(schema)
        return fit(schema, reading.found.values(), self.material.evidence)

    def _read(self, schema: Schema) -> Reading:
        prepared = prepare(self.options, self.workspace, schema)
        chunks = self.material.sample.passages
        if prepared.extractor is None:
            step = max(1, len(chunks) // PASSAGES)
            chunks = chunks[::step][:PASSAGES]
        reading = read(prepared, chunks, self.workspace, self.watch)
        self._spend(reading.calls.made, reading.cost)
        if reading.stopped:
            self.stopped, self.by_budget = reading.stopped, reading.by_budget
        return reading

    def _round(self, number: int, schema: Schema, found: Fit) -> tuple[Schema, RoundReport, tuple[Proposal, ...]]:
        if reads_itself(self.options.model):
            outcome = self._by_rules(schema, found)
            made = (*outcome.accepted, *(r.proposal for r in outcome.refused))
            report = RoundReport(number, found, len(made), len(outcome.accepted))
            return outcome.schema, report, made
        held = self._held(schema, found)
        settled = tuple(held.talk.table.settled)
        accepted = sum(p.standing == "accepted" for p in settled)
        report = RoundReport(number, found, len(settled), accepted, talk=held.id)
        return held.talk.table.schema or schema, report, settled

    def _by_rules(self, schema: Schema, found: Fit) -> Outcome:
        evidence = self.material.evidence
        made = (*propose(evidence, self.material.goal, schema), *mend(schema, evidence, found.misfits))
        return apply(schema, made)

    def _held(self, schema: Schema, found: Fit) -> Held:
        m = self.material
        misfits = tuple(line for line in (x.line() for x in found.misfits[:SHOWN]) if not gives_orders(line))
        candidates = propose(m.evidence, m.goal, schema)
        brief = Brief(m.goal, m.evidence, tuple(passages_of(m.sample)), schema, misfits, candidates)
        held = hold(self.workspace, self.team, brief, self.options, self.person, self.said)
        self._spend(held.made, held.cost)
        stop = held.talk.stop
        if held.stopped and stop:
            self.stopped, self.by_budget = stop.words, stop.kind == "budget"
        return held

    def _spend(self, made: int, cost: float | None) -> None:
        """Take what was spent off what may be spent, so that all rounds together keep the budget."""
        o = self.options
        self.made += made
        self.cost = None if self.cost is None or cost is None else self.cost + cost
        calls = None if o.max_calls is None else max(0, o.max_calls - made)
        money = None if o.budget is None else max(0.0, o.budget - (cost or 0.0))
        self.options = replace(o, max_calls=calls, budget=money)


def passages_of(sample: Sample) -> Iterator[Quote]:
    """The sentences of a sample as what can be found and quoted."""
    sources = sample.sources
    for chunk in sample.passages:
        for sentence in sentences(chunk.text, chunk.lang):
            place = sentence.shift(chunk.span.start)
            yield Quote(sources[chunk.document_id], place.start, place.end, sentence.of(chunk.text))


def changed(before: Schema, after: Schema) -> float:
    """The share of classes and relations, of both together, that are not the same in both."""
    one = {e.name: e for e in before.entities} | {r.name: r for r in before.relations}
    two = {e.name: e for e in after.entities} | {r.name: r for r in after.relations}
    names = one.keys() | two.keys()
    return sum(one.get(n) != two.get(n) for n in names) / len(names) if names else 0.0
