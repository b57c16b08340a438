"""When a talk ends, and the failures of role play that CAMEL reports: flipped roles, repetition, thanks without end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

StopKind = Literal[
    "completion", "rounds", "idle", "repetition", "role_flip", "thanks", "silence", "budget", "interrupted", "failed"
]
_INSTRUCTS: Final = re.compile(
    r"^\W*(?:instruction|next instruction|your task|指令|指示)\s*[:：]", re.IGNORECASE | re.MULTILINE
)
_ASKED: Final = re.compile(r"(?:\binstruction|\btask|指令|指示)\s*[:：]", re.IGNORECASE)
_SOLVES: Final = re.compile(r"^\W*(?:solution|解决方案|方案)\s*[:：]", re.IGNORECASE | re.MULTILINE)
_THANKS: Final = re.compile(
    r"\b(?:thank(?:s| you)|you'?re welcome|my pleasure|goodbye|good bye|glad (?:to|i could)|great work|well done"
    r"|have a (?:great|nice|good))\b|谢谢|感谢|不客气|再见",
    re.IGNORECASE,
)
_SHORT: Final = 40
"""Words up to which a message counts as nothing but thanks."""
_SAME: Final = 0.9
"""Share of three-word runs in common from which two messages count as one said twice."""


@dataclass(frozen=True, slots=True)
class TalkStop:
    """Why a talk ended, in words, and in which round."""

    kind: StopKind
    round: int
    words: str


def says_done(text: str, completion: str) -> bool:
    """Whether a message holds the completion word as a word of its own."""
    return re.search(rf"(?<![\w-]){re.escape(completion)}(?![\w-])", text) is not None


def instructor_flipped(text: str, proposals: int) -> bool:
    """Whether who leads wrote the schema instead of an instruction."""
    return not _INSTRUCTS.search(text) and (proposals > 0 or bool(_SOLVES.search(text)))


def solver_flipped(text: str, proposals: int) -> bool:
    """Whether who proposes gave instructions instead of proposals."""
    return proposals == 0 and bool(_INSTRUCTS.search(text))


def only_thanks(text: str) -> bool:
    return bool(_THANKS.search(text)) and len(text.split()) <= _SHORT and not _ASKED.search(text)


def repeats(text: str, earlier: Sequence[str]) -> bool:
    """Whether a message says again what the same role said before."""
    now = _runs(text)
    return any(_alike(now, _runs(said)) for said in earlier)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"[^\W_]|[^\W_]+", text.casefold()[:4_000]) if _han(text) else text.casefold()[:8_000].split()
    clean = [re.sub(r"\W+", "", word) for word in words]
    return frozenset(tuple(clean[i : i + 3]) for i in range(max(1, len(clean) - 2)))


def _han(text: str) -> bool:
    return bool(re.search(r"[㐀-鿿]", text))


def _alike(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> bool:
    return bool(a and b) and len(a & b) / len(a | b) >= _SAME
