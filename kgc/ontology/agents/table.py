"""What lies on the table: the proposals of a round, objections and votes, and the schema that was agreed on so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kgc.ontology.agents.lines import Worded, render
from kgc.ontology.agents.teams import PERSON, Limits
from kgc.ontology.draft import Outcome, Refusal, apply
from kgc.ontology.draft_desk import Flag
from kgc.ontology.records import Proposal, Standing, Vote
from kgc.schema import Schema

NAME: Final = "proposed"
"""What a schema is called while it is talked about; its file gives it a name of its own."""

_WHY: Final = {"rejected": "it was voted down", "open": "the talk ended before it was voted on"}


@dataclass(slots=True, eq=False)
class _Laid:
    """A proposal on the table, with what is said about it."""

    proposal: Proposal
    cites: tuple[int, ...]
    votes: list[Vote] = field(default_factory=list)
    objections: list[str] = field(default_factory=list)


class Table:
    """Collects proposals, and lets those become part of the schema that are voted for and that its rules allow."""

    def __init__(self, schema: Schema | None, limits: Limits) -> None:
        self.schema = schema
        self.idle = 0
        self.settled: list[Proposal] = []
        self._limits = limits
        self._laid: list[_Laid] = []
        self._cited: dict[int, None] = {}
        self._unsupported: dict[str, None] = {}
        self._flags: dict[Flag, None] = {}
        self._decided = False
        self._taken = 0

    def open_round(self) -> None:
        self._laid, self._decided, self._taken = [], False, 0

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        return tuple(laid.proposal for laid in self._laid)

    def put(self, proposal: Proposal, cites: tuple[int, ...]) -> None:
        """Lay a proposal on the table; the same one again changes nothing."""
        if not any(render(Worded(laid.proposal)) == render(Worded(proposal)) for laid in self._laid):
            self._laid.append(_Laid(proposal, cites))

    def object(self, title: str, objections: Sequence[tuple[int, str]]) -> None:
        for n, words in objections:
            self._laid[n].objections.append(f"{title}: {words}")

    def vote(self, n: int, vote: Vote) -> None:
        self._laid[n].votes.append(vote)

    def listed(self) -> str:
        """The proposals by number, each with what was objected."""
        rows: list[str] = []
        for n, laid in enumerate(self._laid, 1):
            rows.append(f"P{n} {render(Worded(laid.proposal, laid.cites))}")
            rows += [f"   objection — {words}" for words in laid.objections]
        return "\n".join(rows)

    def decide(self) -> None:
        """Count the votes and apply what was voted for; what the rules of schemas refuse is told with the reason."""
        self._decided = True
        wanted = [laid for laid in self._laid if self._agreed(laid)]
        self.settled += [_finished(laid, "rejected") for laid in self._laid if laid not in wanted]
        if not wanted:
            return
        asked = {_finished(laid, "open"): laid for laid in wanted}
        outcome = apply(self.schema, asked, name=NAME, least=self._limits.quotes)
        refused = {replace(r.proposal, standing="open"): r.reason for r in outcome.refused}
        self.settled += outcome.accepted
        self.settled += [_refused(proposal, reason) for proposal, reason in refused.items()]
        for proposal, laid in asked.items():
            if proposal not in refused:
                self._cited |= dict.fromkeys(laid.cites)
        self._taken += len(outcome.accepted)
        self._unsupported |= dict.fromkeys(outcome.unsupported)
        self._flags |= dict.fromkeys(outcome.flags)
        self.schema = outcome.schema

    def _agreed(self, laid: _Laid) -> bool:
        """More than the needed share of those who took sides; a person's word decides."""
        sides = [v for v in laid.votes if v.choice != "abstain"]
        own = [v for v in sides if v.role == PERSON]
        if own:
            return own[-1].choice == "for"
        return bool(sides) and sum(v.choice == "for" for v in sides) / len(sides) > self._limits.agreement

    def close_round(self, *, votes: bool) -> None:
        """End a round. Without `votes` in the team what nobody objected to is accepted; with them it stays open."""
        if self._laid and not self._decided and votes:
            self.settled += [_finished(laid, "open") for laid in self._laid]
        elif self._laid and not self._decided:
            for laid in self._laid:
                laid.votes += [Vote(laid.proposal.by, "for")] if not laid.objections else []
            self.decide()
        self.idle = 0 if self._taken else self.idle + 1
        self._laid = []

    # What was agreed

    def names(self) -> tuple[str, ...]:
        if self.schema is None:
            return ()
        return (*(e.name for e in self.schema.entities), *(r.name for r in self.schema.relations))

    def cited(self) -> tuple[int, ...]:
        return tuple(self._cited)

    def unsupported(self) -> tuple[str, ...]:
        """New classes and relations that fewer quotes show than the team asks for."""
        return tuple(name for name in self._unsupported if name in self.names())

    def outcome(self) -> Outcome:
        """What became of everything so far, as the evidence page shows it."""
        accepted = tuple(p for p in self.settled if p.standing == "accepted")
        others = (p for p in self.settled if p.standing != "accepted")
        refused = tuple(Refusal(p, "; ".join(p.objections) or _WHY[p.standing]) for p in others)
        schema = self.schema or Schema(NAME, ())
        return Outcome(schema, accepted, refused, tuple(self._flags), self.unsupported())

    def define(self, definitions: Mapping[str, str]) -> int:
        """Put the scribe's definitions in place of those agreed on; returns how many changed."""
        if self.schema is None:
            return 0
        before = self.schema
        entities = tuple(replace(e, definition=definitions.get(e.name, e.definition)) for e in before.entities)
        relations = tuple(replace(r, definition=definitions.get(r.name, r.definition)) for r in before.relations)
        self.schema = replace(before, entities=entities, relations=relations)
        changed = [a != b for a, b in zip(before.entities, entities, strict=True)]
        return sum(changed) + sum(a != b for a, b in zip(before.relations, relations, strict=True))


def _finished(laid: _Laid, standing: Standing) -> Proposal:
    """The proposal with all that was said about it; its score is the share of the votes that were for it."""
    sides = [v for v in laid.votes if v.choice != "abstain"]
    score = sum(v.choice == "for" for v in sides) / len(sides) if sides else 0.0
    return replace(
        laid.proposal, votes=tuple(laid.votes), objections=tuple(laid.objections), standing=standing, score=score
    )


def _refused(proposal: Proposal, reason: str) -> Proposal:
    return replace(proposal, standing="rejected", objections=(*proposal.objections, f"Rules: {reason}"))
