"""One talk of a team about a schema: a generator of questions that says whose turn it is and reads the answers.

It holds no client and does no I/O, so the driver gives it cache, budget, retries and resumption: the same input asks
the same questions, and what was answered before is not asked again. Source: Li et al. 2023 (CAMEL), see the package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kgc.data import Problem
from kgc.llm.turns import Answer, Ask, Decode, Message, Turns, Usage
from kgc.ontology.agents import lines
from kgc.ontology.agents.library import Library
from kgc.ontology.agents.shown import Numbered, shown
from kgc.ontology.agents.stops import (
    StopKind,
    TalkStop,
    instructor_flipped,
    only_thanks,
    repeats,
    says_done,
    solver_flipped,
)
from kgc.ontology.agents.table import Table
from kgc.ontology.agents.teams import PERSON, Act, Step, Team
from kgc.ontology.records import Choice, Evidence, Proposal, Quote, Vote
from kgc.prompts import prompt
from kgc.schema import DATATYPES, Schema

TASK_WORDS: Final = 50
"""The longest specified task, in words (CAMEL)."""
QUERY_WORDS: Final = 20
"""The longest query of a search, in words (AutoKG)."""
FOUND: Final = 5
"""Passages that a search adds to the evidence."""
SAID: Final = 1_200
"""What of a message the others are shown again, in code points."""
_POLITE: Final = 2
"""Messages in a row that are nothing but thanks, after which the talk ends."""

Person = Callable[[int, Sequence[Proposal]], Sequence[tuple[int, Choice, str]]]
"""Shows a person the proposals of a round; says (place, choice, reason) for those that they have a word on."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a talk begins with.

    `candidates` are what rules would propose: evidence among other evidence. `misfits` are lines on what went wrong
    with the schema so far, most frequent first.
    """

    goal: str
    evidence: Evidence
    passages: tuple[Quote, ...] = ()
    schema: Schema | None = None
    misfits: tuple[str, ...] = ()
    candidates: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a talk. `key` is the paid answer's, "" for a person's; `read` is what was made of it."""

    n: int
    round: int
    act: Act
    role: str
    text: str
    key: str = ""
    usage: Usage = field(default_factory=Usage)
    cached: bool = False
    read: str = ""
    problems: tuple[Problem, ...] = ()


class Talk:
    """A talk under way. What it came to so far can be looked at whenever its generator rests or was given up."""

    def __init__(
        self,
        team: Team,
        brief: Brief,
        person: Person | None = None,
        watch: Callable[[Said], None] | None = None,
    ) -> None:
        self.team = team
        self.brief = brief
        self.task = " ".join(brief.goal.split())
        self.said: list[Said] = []
        self.stop: TalkStop | None = None
        self.numbered = Numbered(brief.evidence, brief.candidates)
        self.library = Library(brief.passages)
        self.table = Table(brief.schema, team.limits)
        self._person = person
        self._watching = watch
        self._votes = any(s.act == "vote" for s in team.steps)
        self._round = 0
        self._repeats = 0
        self._found: tuple[int, ...] = ()
        self._times = [0] * self.numbered.ranked
        self._slice: tuple[int, ...] = ()

    @property
    def withheld(self) -> int:
        """Terms and passages that were shown to nobody, since they give orders to whoever reads them by machine."""
        return self.numbered.withheld + self.library.withheld

    def turns(self) -> Turns[None]:
        """The questions in order. Never raises on an answer."""
        for step in self._steps("first"):
            yield from self._take(step)
        for number in range(1, self.team.limits.rounds + 1):
            self._open_round(number)
            for step in self._steps("every"):
                yield from self._take(step)
                if self.stop:
                    break
            self.table.close_round(votes=self._votes)
            if not self.stop and self.table.idle >= self.team.stops.idle:
                self._end("idle", f"{self.table.idle} rounds in a row brought nothing that was accepted")
            if self.stop:
                break
        else:
            self._end("rounds", f"all {self._round} rounds were held")
        if self.stop and self.stop.kind in ("completion", "idle", "rounds"):
            for step in self._steps("last"):
                yield from self._take(step)

    def give_up(self, kind: StopKind, words: str) -> None:
        """Note that the talk was ended from outside (budget, interruption, failure)."""
        self.table.close_round(votes=self._votes)
        self._end(kind, words)

    def _end(self, kind: StopKind, words: str) -> None:
        if self.stop is None:
            self.stop = TalkStop(kind, self._round, words)

    def _steps(self, when: str) -> Iterator[Step]:
        return (s for s in self.team.steps if s.when == when)

    def _open_round(self, number: int) -> None:
        """Choose what of the evidence is looked at: what was shown least comes first, best first."""
        self._round = number
        order = sorted(range(len(self._times)), key=lambda n: (self._times[n], n))[: self.team.limits.evidence]
        for n in order:
            self._times[n] += 1
        self._slice = tuple(n + 1 for n in sorted(order))
        self._found = ()
        self.table.open_round()

    # One step

    def _take(self, step: Step) -> Turns[None]:
        """Ask whoever speaks in this step, all at once where several do, and read what they say."""
        if step.act in ("object", "vote") and not self.table.proposals:
            return
        if step.act == "write" and not self.table.names():
            return
        asked = [role for role in step.roles if role != PERSON]
        answers = (yield [self._ask(step.act, role) for role in asked]) if asked else []
        for role, answer in zip(asked, answers, strict=True):
            self._hear(step.act, role, answer)
            if self.stop:
                return
        if PERSON in step.roles:
            self._hear_person()
        if step.act == "vote":
            self.table.decide()

    def _ask(self, act: Act, role: str) -> Ask:
        card = self.team.card(role)
        frame = prompt("ontology/frame", {"card": card.prompt, "task": self.task or "(nobody said; find what matters)"})
        messages = (Message("system", frame), Message("user", prompt(f"ontology/{act}", self._values(act))))
        return Ask(messages, f"ontology/{act}", Decode(temperature=card.temperature, max_tokens=card.max_tokens))

    def _values(self, act: Act) -> dict[str, str]:
        """What the prompt of an act is filled with."""
        if act == "specify":
            terms = [self.numbered.line(n + 1) for n in range(min(self.numbered.ranked, self.team.limits.evidence))]
            return {"goal": self.task or "(they did not say)", "evidence": _listed(terms), "words": str(TASK_WORDS)}
        if act == "write":
            cited = _listed([self.numbered.line(n) for n in self.table.cited()[: 2 * self.team.limits.evidence]])
            return {"schema": shown(self.table.schema), "evidence": cited}
        return {
            "state": self._state(),
            "round": str(self._round),
            "rounds": str(self.team.limits.rounds),
            "completion": self.team.stops.completion,
            "instruction": self._last("instruct") or "Propose what the evidence shows and the schema lacks.",
            "proposals": self.table.listed() if act in ("object", "vote") else str(self.team.limits.proposals),
            "datatypes": ", ".join(DATATYPES),
        }

    def _state(self) -> str:
        evidence = [self.numbered.line(n) for n in (*self._slice, *self._found)]
        seen = [s for s in self.said if s.act in ("instruct", "propose", "object")]
        kept = seen[len(seen) - self.team.limits.history :] if self.team.limits.history else []
        history = [f"{self._title(s.role)}: {s.text[:SAID]}{'…' if len(s.text) > SAID else ''}" for s in kept]
        misfits = ""
        if self.brief.misfits:
            misfits = "\n\n" + prompt("ontology/refine", {"misfits": _listed(self.brief.misfits)})
        values = {"schema": shown(self.table.schema), "evidence": _listed(evidence), "history": _listed(history)}
        return prompt("ontology/state", values) + misfits

    def _title(self, role: str) -> str:
        return "A person" if role == PERSON else self.team.card(role).title

    def _last(self, act: Act) -> str:
        return next((s.text for s in reversed(self.said) if s.act == act and s.round == self._round), "")

    # What was said

    def _hear(self, act: Act, role: str, answer: Answer) -> None:
        """Read an answer and write it down; may end the talk."""
        text = answer.text
        problems: list[Problem] = []
        if answer.finish == "length":
            problems.append(Problem("truncated", "the answer was cut at the token limit", hint="Raise max_tokens."))
            text = text.rpartition("\n")[0]  # what stands in the last line may be half of something
        elif answer.finish == "refusal":
            problems.append(Problem("refusal", "the model refused", raw=text[:500]))
            text = ""
        read = self._read(act, role, text, problems)
        self._write_down(act, role, answer, read, problems)

    def _read(self, act: Act, role: str, text: str, problems: list[Problem]) -> str:
        number = len(self.table.proposals)
        match act:
            case "specify":
                words = text.split()[:TASK_WORDS]
                self.task = " ".join(words) or self.task
                read = f"the task, {len(words)} words"
            case "instruct":
                read = self._read_instruction(role, text)
            case "search":
                read = self._read_query(text)
            case "propose":
                read = self._read_proposals(role, text, problems)
            case "object":
                found = lines.objections(text, number)
                self.table.object(self._title(role), found)
                read = f"{len(found)} objections"
            case "vote":
                read = self._read_votes(role, lines.votes(text, number))
            case "write":
                read = f"{self.table.define(lines.definitions(text, self.table.names()))} definitions"
        return read

    def _read_instruction(self, role: str, text: str) -> str:
        proposals, _ = lines.parse(text)
        if says_done(text, self.team.stops.completion):
            self._end("completion", f"{self._title(role)} said {self.team.stops.completion}")
        elif not text.strip():
            self._end("silence", f"{self._title(role)} said nothing")
        elif instructor_flipped(text, len(proposals)):
            self._end("role_flip", f"{self._title(role)} wrote proposals instead of an instruction")
        else:
            self._watch(role, "instruct", text)
        return "an instruction"

    def _read_query(self, text: str) -> str:
        query = " ".join(text.split()[:QUERY_WORDS]).strip("\"'“”`* ")
        if not query or query.strip(".").upper() == "NONE":
            return "no search"
        found = self.library.search(query, FOUND)
        self._found = tuple(dict.fromkeys(self.numbered.found(q) for q in found))
        return f"{len(found)} passages for “{query}”"

    def _read_proposals(self, role: str, text: str, problems: list[Problem]) -> str:
        worded, rejects = lines.parse(text)
        problems += rejects
        if solver_flipped(text, len(worded)):
            self._end("role_flip", f"{self._title(role)} gave instructions instead of proposals")
            return "no proposals"
        self._watch(role, "propose", text)
        kept = worded[: self.team.limits.proposals]
        if len(worded) > len(kept):
            left = f"{len(worded) - len(kept)} proposals beyond the limit of {len(kept)}"
            problems.append(Problem("truncated", f"left out: {left}", hint="Raise proposals in the team's [limits]."))
        for one in kept:
            problems += self._put(role, one)
        return f"{len(kept)} proposals"

    def _put(self, role: str, one: lines.Worded) -> Iterator[Problem]:
        cites = tuple(n for n in one.cites if self.numbered.known(n))
        if len(cites) < len(one.cites):
            invented = ", ".join(f"e{n}" for n in one.cites if n not in cites)
            yield Problem("not_in_text", f"{one.proposal.name}: there is no evidence {invented}", severity="warning")
        self.table.put(replace(one.proposal, by=role, quotes=self.numbered.quotes(cites)), cites)

    def _read_votes(self, role: str, found: Sequence[tuple[int, Choice, str]]) -> str:
        for n, choice, reason in found:
            self.table.vote(n, Vote(role, choice, reason))
        return f"{len(found)} votes on {len(self.table.proposals)} proposals"

    def _watch(self, role: str, act: Act, text: str) -> None:
        """Look for the known failures of role play: thanks without end, the same said again."""
        polite = [s for s in self.said[-_POLITE + 1 :] if only_thanks(s.text)]
        if only_thanks(text) and len(polite) == _POLITE - 1:
            self._end("thanks", "the roles only thanked each other")
            return
        earlier = [s.text for s in self.said if s.role == role and s.act == act and s.text.strip()]
        if text.strip() and text.strip().rstrip(".").upper() != "NONE" and repeats(text, earlier):
            self._repeats += 1
            if self._repeats > self.team.stops.repeats:
                self._end("repetition", f"{self._title(role)} said again what was said before")

    def _hear_person(self) -> None:
        found = self._person(self._round, self.table.proposals) if self._person else ()
        text = "\n".join(f"P{n + 1} {choice}{': ' + reason if reason else ''}" for n, choice, reason in found)
        read = self._read_votes(PERSON, found)
        self._add(Said(len(self.said) + 1, self._round, "vote", PERSON, text, read=read))

    def _write_down(self, act: Act, role: str, answer: Answer, read: str, problems: Sequence[Problem]) -> None:
        one = Said(
            len(self.said) + 1, self._round, act, role, answer.text, answer.key, answer.usage, answer.cached, read,
            tuple(problems),
        )  # fmt: skip
        self._add(one)

    def _add(self, one: Said) -> None:
        self.said.append(one)
        if self._watching:
            self._watching(one)


def _listed(texts: Sequence[str]) -> str:
    return "\n".join(texts) or "(nothing)"
