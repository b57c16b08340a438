"""The Review page: one thing after another to decide on, and how right the graph is by what was decided."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Protocol

from kgc.data import Fact
from kgc.view.html import escaped

Z: Final = 1.959964
"""Of a two-sided interval at the 95% level."""
BAR: Final = 46
"""The width of a bar, in percent of its row on either side."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the reviewed facts are right. `low` and `high` are Wilson's bounds at the 95% level."""

    right: int
    wrong: int
    open: int
    share: float
    low: float
    high: float

    @property
    def words(self) -> str:
        judged = self.right + self.wrong
        if not judged:
            return f"None of {self.open} is judged yet."
        left = f"; {self.open} are still open" if self.open else ""
        return f"{self.right} of {judged} are right: {self.share:.0%} [{self.low:.0%}–{self.high:.0%}]{left}."


class Weighed(Protocol):
    """A step of an explanation: what spoke for (positive weight) or against."""

    @property
    def name(self) -> str: ...
    @property
    def weight(self) -> float: ...
    @property
    def reason(self) -> str: ...


class Vetoed(Protocol):
    @property
    def reason(self) -> str: ...


class Told(Protocol):
    """Why a pair is one thing, or not."""

    @property
    def steps(self) -> Sequence[Weighed]: ...
    @property
    def score(self) -> float: ...
    @property
    def vetoes(self) -> Sequence[Vetoed]: ...
    @property
    def held(self) -> str: ...


def precision(facts: Sequence[Fact]) -> Precision:
    """What the verdicts on a sample say of the whole.

    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
    """
    right = sum(f.status == "accepted" for f in facts)
    wrong = sum(f.status == "rejected" for f in facts)
    low, high = wilson(right, right + wrong)
    share = right / (right + wrong) if right + wrong else 0.0
    return Precision(right, wrong, len(facts) - right - wrong, share, low, high)


def wilson(right: int, of: int) -> tuple[float, float]:
    """Wilson's score interval of a share.

    >>> [round(bound, 3) for bound in wilson(62, 80)], wilson(0, 0)
    ([0.672, 0.852], (0.0, 1.0))
    """
    if not of:
        return 0.0, 1.0
    share, square = right / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def bars(told: Told) -> str:
    """What spoke for and against a pair as bars to both sides of a middle, in words beside them."""
    most = max((abs(s.weight) for s in told.steps), default=1.0) or 1.0
    rows = "".join(_bar(step, most) for step in told.steps)
    vetoes = "".join(f'<div class="kgc-veto">kept apart: {escaped(v.reason)}</div>' for v in told.vetoes)
    held = f'<div class="kgc-veto">held back: {escaped(told.held)}</div>' if told.held else ""
    return f'<div class="kgc-bars" role="img" aria-label="{escaped(in_words(told))}">{rows}</div>{vetoes}{held}'


def _bar(step: Weighed, most: float) -> str:
    width = BAR * min(1.0, abs(step.weight) / most)
    side = f"left:50%;width:{width:.1f}%" if step.weight >= 0 else f"right:50%;width:{width:.1f}%"
    kind, sign = ("for", "+") if step.weight >= 0 else ("against", "−")
    return (
        f'<div class="kgc-bar"><div class="kgc-bar-box"><span class="kgc-bar-{kind}" style="{side}"></span></div>'
        f'<span class="kgc-bar-words">{sign}{abs(step.weight):.1f} {escaped(step.reason)}</span>'
        "</div>"
    )


def in_words(told: Told) -> str:
    """The same for somebody who does not see the bars."""
    parts = [f"{'for' if s.weight >= 0 else 'against'}: {s.reason}" for s in told.steps]
    return "; ".join((f"score {told.score:.2f}", *parts))


def moved(ids: Sequence[str], now: str, step: int) -> str:
    """The id a step away from `now` in a queue; the first where `now` is not in it, "" where the queue is empty."""
    if not ids:
        return ""
    if now not in ids:
        return ids[0]
    return ids[max(0, min(len(ids) - 1, ids.index(now) + step))]


def after(ids: Sequence[str], now: str, done: Container[str] = ()) -> str:
    """What comes next once `now` was decided and may leave the queue; what is `done` is passed over.

    The first behind it that is open, else the nearest before it, else the neighbour; "" where nothing is left.

    >>> after("abc", "b"), after("abc", "c"), after("abc", "b", done="c"), after("a", "a")
    ('c', 'b', 'a', '')
    """
    at = ids.index(now) if now in ids else -1
    order = (*ids[at + 1 :], *reversed(ids[: max(0, at)]))
    return next((id_ for id_ in order if id_ not in done), next(iter(order), ""))


def leaf(ids: Sequence[str], now: str, size: int) -> tuple[int, int]:
    """Which part of a queue is listed, of `size` at most: the one in which `now` is.

    >>> leaf("abcdefg", "d", 3), leaf("abcdefg", "g", 3), leaf("", "x", 3)
    ((3, 6), (6, 7), (0, 0))
    """
    start = (ids.index(now) if now in ids else 0) // size * size
    return start, min(len(ids), start + size)


def sign(status: str, here: bool) -> str:
    """How a line of the queue begins: where one is, and what was decided."""
    return "●" if here else {"accepted": "✓", "rejected": "✗"}.get(status, "")
