"""A ceiling that is never passed: what a call can cost at most is set aside before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from kgc.errors import BudgetError
from kgc.llm.estimate import worst_completion, worst_prompt
from kgc.llm.price import Price, cost
from kgc.llm.turns import Ask, Usage


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may use: US dollars, tokens (prompt and completion together), calls sent. None sets no limit."""

    money: float | None = None
    tokens: int | None = None
    calls: int | None = None


@dataclass(frozen=True, slots=True)
class Reserve:
    """What one call can cost at most."""

    money: float
    tokens: int


@dataclass(slots=True)
class Purse:
    """Keeps a budget. A call that may have been paid for without an answer (time-out, cut) stays set aside."""

    budget: Budget
    price: Price | None
    assumed_completion: int
    money: float = 0.0
    tokens: int = 0
    calls: int = 0

    def __post_init__(self) -> None:
        if self.budget.money is not None and self.price is None:
            raise BudgetError(
                f"A budget of {self.budget.money:g} dollars cannot be kept: the model has no price.",
                "Add the model to a price file and name it with --prices, or limit --max-calls instead.",
            )

    def worst(self, ask: Ask, prompt: int) -> Reserve:
        """What a call whose prompt is about so many tokens can cost at most."""
        usage = Usage(prompt=worst_prompt(prompt), completion=worst_completion(ask, self.assumed_completion))
        return Reserve(cost(usage, self.price) or 0.0, usage.prompt + usage.completion)

    def short_of(self, need: Reserve) -> str:
        """Which ceiling this call could pass ("" for none), in words."""
        limit = self.budget
        if limit.calls is not None and self.calls + 1 > limit.calls:
            return f"{limit.calls} calls"
        if limit.money is not None and self.money + need.money > limit.money:
            return f"{limit.money:g} dollars"
        if limit.tokens is not None and self.tokens + need.tokens > limit.tokens:
            return f"{limit.tokens} tokens"
        return ""

    def take(self, need: Reserve) -> None:
        """Set a call's worst case aside and count the call."""
        self.money += need.money
        self.tokens += need.tokens
        self.calls += 1

    def settle(self, need: Reserve, usage: Usage) -> None:
        """Put what a call cost in the place of what was set aside for it."""
        self.money += (cost(usage, self.price) or 0.0) - need.money
        self.tokens += usage.prompt + usage.completion - need.tokens

    def refund(self, need: Reserve) -> None:
        """A call that cost nothing."""
        self.settle(need, Usage())
