"""From a sample to a schema by a team of roles that argue: the same evidence, and a model that is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kgc.config import Options
from kgc.ontology.agents.hold import Estimate, Held, estimate, hold
from kgc.ontology.agents.talk import Brief, Person, Said
from kgc.ontology.agents.teams import Team
from kgc.ontology.keyless import Drafted
from kgc.ontology.modest import propose
from kgc.ontology.records import Evidence
from kgc.ontology.refining import passages_of
from kgc.ontology.sample import Sample
from kgc.schema.model import Schema


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a team is to propose a schema of. `schema` is what there is already, if anything."""

    sample: Sample
    evidence: Evidence
    goal: str = ""
    schema: Schema | None = None

    def brief(self) -> Brief:
        candidates = propose(self.evidence, self.goal, self.schema)
        return Brief(self.goal, self.evidence, tuple(passages_of(self.sample)), self.schema, candidates=candidates)


@dataclass(frozen=True, slots=True)
class Argued:
    """What a team made of it. `held` tells how the talk went; a stopped one goes on when it is asked for again."""

    drafted: Drafted
    held: Held


def foreseen(wanted: Wanted, team: Team, options: Options) -> Estimate:
    """The most that a talk would ask and cost. Asks nobody."""
    return estimate(team, wanted.brief(), options)


def argue(
    workspace: Path,
    wanted: Wanted,
    team: Team,
    options: Options,
    person: Person | None = None,
    said: Callable[[Said], None] | None = None,
) -> Argued:
    """Let a team propose a schema. Raises what `hold` raises."""
    held = hold(workspace, team, wanted.brief(), options, person, said)
    stop = held.talk.stop
    ended = f"; it ended: {stop.words}" if stop else ""
    by = f"Proposed by the team {team.name} with {options.model} (talk {held.id}){ended}."
    outcome = held.talk.table.outcome()
    return Argued(Drafted(outcome, wanted.evidence, wanted.sample.problems, wanted.goal, by), held)
