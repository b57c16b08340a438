"""Hold a talk on the driver, with the ledger as its memory; and hold it again from there for nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from kgc.config import Options
from kgc.data import content_id
from kgc.data.plain import record
from kgc.errors import KgcError, LedgerError, UnknownName
from kgc.ledger import FILE, Ledger
from kgc.ledger.talks import TalkRow, Votes
from kgc.llm.estimate import prompt_tokens
from kgc.llm.jobs import Failed, Job, Outcome, Pending
from kgc.llm.loop import run_sync
from kgc.llm.price import cost, price_of, price_table
from kgc.llm.progress import Progress
from kgc.llm.turns import Answer, Usage, request_key
from kgc.ontology.agents.stops import StopKind
from kgc.ontology.agents.talk import Brief, Person, Said, Talk
from kgc.ontology.agents.teams import Team
from kgc.ontology.records import Choice, Proposal
from kgc.pipeline.ask import driver_options
from kgc.pipeline.dialogue_run import hold_dialogues
from kgc.pipeline.workspace.opened import running

COMPLETION_SHARE = 0.4
"""Completion tokens of a turn as a share of what its role may write, for estimates before there are answers."""


@dataclass(frozen=True, slots=True)
class Held:
    """A talk that came to its end, or was stopped. `cost` is of this run alone, None without a price."""

    id: str
    talk: Talk
    usage: Usage
    cost: float | None
    made: int
    cached: int

    @property
    def stopped(self) -> bool:
        """Whether it was ended from outside, and the next run goes on from here."""
        return self.talk.stop is not None and self.talk.stop.kind in ("budget", "interrupted", "failed")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The most calls of a talk, and what they may come to in tokens and money."""

    calls: int
    prompt: int
    completion: int
    cost: float | None


def estimate(team: Team, brief: Brief, options: Options) -> Estimate:
    """What a talk that nothing ends early would ask, measured on its first question. Asks nobody."""
    turns = Talk(team, brief).turns()
    with closing(turns):
        first = next(turns)
    calls = team.most_calls()
    prompt = calls * max(prompt_tokens(ask) for ask in first)
    completion = int(calls * COMPLETION_SHARE * sum(c.max_tokens for c in team.cards) / max(1, len(team.cards)))
    price = price_of(options.model, price_table(Path(options.prices) if options.prices else None))
    return Estimate(calls, prompt, completion, cost(Usage(prompt, 0, completion), price))


def hold(
    workspace: Path,
    team: Team,
    brief: Brief,
    options: Options,
    person: Person | None = None,
    watch: Callable[[Said], None] | None = None,
) -> Held:
    """Hold a talk in a workspace; what was answered before, also before a kill, is not asked again.

    The same team, brief and model are the same talk. `person` is asked where the team has a person in a role, and never
    twice the same. Raises `ModelError` when no call can succeed, `BudgetError` for a budget that cannot be kept.
    """
    driver_options(options)  # a budget that cannot be kept is refused before anything is written
    with running(workspace) as ledger:
        text = _text(team, brief, options.model)
        row = ledger.talks.begin(content_id("talk", text), brief.goal, team.name, options.model, text)
        memory = _Memory(ledger, row, person)
        talk = Talk(team, brief, memory.person, watch)
        runner = _Runner(workspace, talk, options)
        try:
            runner.run(row.id)
        except KeyboardInterrupt:
            talk.give_up("interrupted", "interrupted; the same command goes on from here")
        stop = talk.stop
        ledger.talks.end(row.id, stop.kind if stop else "", stop.words if stop else "")
    return Held(row.id, talk, runner.last.usage, runner.last.cost, runner.last.made, runner.last.cached)


class _Runner:
    """One run of the driver over one talk."""

    def __init__(self, workspace: Path, talk: Talk, options: Options) -> None:
        self.workspace = workspace
        self.talk = talk
        self.options = options
        self.last = Progress()

    def run(self, name: str) -> None:
        jobs = [Job(name, self.talk.turns())]
        run_sync(hold_dialogues(self.workspace, self.options, jobs, self._take, self._end))

    def _end(self, progress: Progress) -> None:
        self.last = progress

    def _take(self, outcome: Outcome[None]) -> None:
        """Note why a talk was ended from outside; one that came to its own end says so itself."""
        if isinstance(outcome, Failed):
            self._give_up("failed", outcome.problem.message, outcome.problem.hint)
        elif isinstance(outcome, Pending):
            stop, problem = outcome.stop, outcome.problem
            kind: StopKind = "budget" if stop and stop.kind == "budget" else "interrupted"
            self._give_up(kind, stop.message if stop else problem.message, stop.hint if stop else problem.hint)

    def _give_up(self, kind: StopKind, message: str, hint: str) -> None:
        self.talk.give_up(kind, f"{message} {hint}".strip())


class _Memory:
    """Lets a person speak, and remembers what they said, so that a talk that goes on does not ask again."""

    def __init__(self, ledger: Ledger, row: TalkRow, person: Person | None) -> None:
        self._ledger = ledger
        self._id = row.id
        self._said: list[Votes] = list(row.votes)
        self._turn = 0
        self._person = person

    def person(self, round_: int, proposals: Sequence[Proposal]) -> Sequence[tuple[int, Choice, str]]:
        if self._turn == len(self._said) and self._person is not None:
            self._said.append(tuple(self._person(round_, proposals)))
            self._ledger.talks.vote(self._id, tuple(self._said))
        found = self._said[self._turn] if self._turn < len(self._said) else ()
        self._turn += 1
        return cast("Sequence[tuple[int, Choice, str]]", found)


# A talk from the record


def recorded(workspace: Path, prefix: str = "") -> tuple[TalkRow, Talk]:
    """The talk whose id begins so (the newest without one), held again from the paid answers: nobody is asked.

    Raises `UnknownName` when there is none, `KgcError` when several begin so.
    """
    if not (workspace / FILE).is_file():
        raise LedgerError(f"There is no workspace in {str(workspace)!r}.", "`kgc ontology propose FOLDER` makes one.")
    with Ledger(workspace, writable=False) as ledger:
        rows = list(ledger.talks.get(prefix) if prefix else ledger.talks.all()[:1])
        if not rows:
            ids = [row.id for row in ledger.talks.all()]
            raise UnknownName("talk", prefix, ids, f"Talks here: {', '.join(ids) or 'none'}.")
        if len(rows) > 1:
            raise KgcError(f"{len(rows)} talks begin with {prefix!r}.", "Give more of the id.")
        return rows[0], again(ledger, rows[0])


def again(ledger: Ledger, row: TalkRow) -> Talk:
    """Hold a recorded talk from the answers of the ledger, up to the first question that was never answered."""
    team, brief = _read(row)
    talk = Talk(team, brief, _Memory(ledger, row, None).person)
    turns = talk.turns()
    sent: Sequence[Answer] | None = None
    while True:
        try:
            asks = next(turns) if sent is None else turns.send(sent)
        except StopIteration:
            return talk
        keys = [request_key(ask, row.model) for ask in asks]
        found = ledger.answers.get(keys)
        if any(key not in found for key in keys):
            turns.close()
            kind, words = row.ended
            talk.give_up(cast("StopKind", kind) if kind else "interrupted", words or "it was never finished")
            return talk
        sent = [found[key] for key in keys]


def _text(team: Team, brief: Brief, model: str) -> str:
    """All that shapes a talk, as JSON; the same talk gives the same text."""
    return json.dumps({"model": model, "team": asdict(team), "brief": asdict(brief)}, ensure_ascii=True, sort_keys=True)


def _read(row: TalkRow) -> tuple[Team, Brief]:
    try:
        values = json.loads(row.brief)
        return record(Team, values["team"]), record(Brief, values["brief"])
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(f"The talk {row.id} cannot be read: {error}.", "A newer kgc may have written it.") from error
