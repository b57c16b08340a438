"""A language model asked about the pairs that the resolver is not sure of, and about nothing else.

The cheap model decides what it is sure of, the dear one the rest (filter-then-rerank: Ma et al. 2023, "Large Language
Model Is Not a Good Few-shot Information Extractor, but a Good Reranker for Hard Samples!", arXiv:2303.08559).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kgc.data import Problem
from kgc.llm.turns import Answer, Ask, Decode, Message, Turns
from kgc.prompts import prompt
from kgc.prompts.quoting import flat

Ruling = Literal["same", "different", "unsure"]
BATCH: Final = 10
"""Pairs in one question."""
TOKENS: Final = 60
"""Completion tokens for a pair."""
NAME: Final = 200
LINE: Final = 200
_VERDICT: Final = re.compile(
    r"^\W*P(\d{1,3})\W+(same|different|unsure|yes|no|相同|不同|不确定)\b[*_`]*\s*[:：.,-]*\s*(.*)$", re.IGNORECASE
)
_WORDS: Final[dict[str, Ruling]] = {
    "same": "same", "yes": "same", "相同": "same", "different": "different", "no": "different", "不同": "different",
    "unsure": "unsure", "不确定": "unsure",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One name of a pair: its class, other names of its entity, what is known of it, and sentences it stands in."""

    name: str
    type: str
    also: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A pair under the id of its proposal, with what the resolver has for and against it."""

    id: str
    a: Side
    b: Side
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model said to a pair, and why."""

    id: str
    ruling: Ruling
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdicts of one batch; a pair that the answer says nothing on has none, and a problem tells so."""

    verdicts: tuple[Judged, ...]
    problems: tuple[Problem, ...] = ()


def judge(questions: Sequence[Question]) -> Turns[Judgement]:
    """One question about a batch of pairs. Never raises on an answer."""
    text = prompt("judge/pairs", {"pairs": "\n\n".join(shown(n, q) for n, q in enumerate(questions, 1))})
    messages = (Message("system", prompt("judge/system", {})), Message("user", text))
    [answer] = yield [Ask(messages, "judge/pairs", Decode(max_tokens=TOKENS * len(questions) + 40))]
    return read(answer, questions)


def read(answer: Answer, questions: Sequence[Question]) -> Judgement:
    """The verdicts of an answer; of several on one pair the last counts."""
    found: dict[int, Judged] = {}
    for line in answer.text.splitlines():
        said = _VERDICT.match(line[:2_000])
        if said and 1 <= int(said[1]) <= len(questions):
            n = int(said[1]) - 1
            found[n] = Judged(questions[n].id, _WORDS[said[2].lower()], said[3].strip()[:LINE])
    silent = [q for n, q in enumerate(questions) if n not in found]
    problems = tuple(
        Problem("unparsable", f"nothing was said on {q.a.name[:60]!r} and {q.b.name[:60]!r}", raw=answer.text[:500])
        for q in silent
    )
    return Judgement(tuple(found[n] for n in sorted(found)), problems)


def shown(number: int, question: Question) -> str:
    """A pair as the model sees it."""
    rows = [f"P{number}"]
    for side in (question.a, question.b):
        also = f"; also {', '.join(_quoted(n, NAME) for n in side.also)}" if side.also else ""
        rows.append(f"- {_quoted(side.name, NAME)}, a {side.type}{also}")
        rows += [f"  known: {_quoted(fact, LINE)}" for fact in side.facts]
        rows += [f"  stands in: {_quoted(quote, LINE)}" for quote in side.quotes]
    if question.reason:
        rows.append(f"  the names: {_short(question.reason, LINE)}")
    return "\n".join(rows)


def _quoted(text: str, most: int) -> str:
    return f"«{_short(text, most)}»"


def _short(text: str, most: int) -> str:
    line = flat(text)
    return line if len(line) <= most else line[: most - 1] + "…"
