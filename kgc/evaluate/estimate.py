"""What an evaluation would ask and cost at most, before it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kgc.evaluate.work import Work
from kgc.llm.estimate import prompt_tokens, tokens
from kgc.llm.price import cost, price_of, price_table
from kgc.llm.turns import Usage
from kgc.pipeline.plan import COMPLETION_SHARE, first_turn


@dataclass(frozen=True, slots=True)
class Estimate:
    """First questions and what they take; what was answered before costs nothing. `cost` is None without a price."""

    calls: int = 0
    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0


def estimate(work: Work) -> Estimate | None:
    """None for what reads by itself, without asking anybody. All figures are estimates."""
    strategy, options = work.prepared.strategy, work.prepared.options
    if strategy is None:
        return None
    calls = prompt = completion = 0
    for chunk in {c.key: c for c in work.chunks}.values():
        asks = first_turn(strategy.turns(chunk, work.prepared.schema))
        calls += len(asks)
        prompt += sum(map(prompt_tokens, asks))
        completion += round(tokens(chunk.text) * COMPLETION_SHARE) * len(asks)
    usage = Usage(prompt, 0, completion)
    prices = price_table(Path(options.prices) if options.prices else None)
    return Estimate(calls, usage, cost(usage, price_of(options.model, prices)))
