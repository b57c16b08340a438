"""A talk as people read it: who said what in which round, what was made of it, what it cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgc.llm.price import Price, cost
from kgc.llm.turns import Usage
from kgc.ontology.agents.talk import Talk
from kgc.ontology.agents.teams import PERSON


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `cost` is None where there is no price, 0 for a person."""

    n: int
    round: int
    act: str
    role: str
    title: str
    text: str
    read: str
    problems: tuple[str, ...]
    usage: Usage
    cost: float | None


def transcript(talk: Talk, price: Price | None) -> Iterator[Line]:
    """The messages in order."""
    for s in talk.said:
        title = "A person" if s.role == PERSON else talk.team.card(s.role).title
        problems = tuple(f"{p.code}: {p.message}" for p in s.problems)
        yield Line(s.n, s.round, s.act, s.role, title, s.text, s.read, problems, s.usage, cost(s.usage, price))


def total(lines: list[Line]) -> tuple[Usage, float | None]:
    """Tokens and money of all messages together; no money where one of them has no price."""
    usage, money = Usage(), 0.0
    for line in lines:
        usage += line.usage
    if any(line.cost is None for line in lines):
        return usage, None
    return usage, money + sum(line.cost or 0.0 for line in lines)
