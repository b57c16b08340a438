"""Examples as numbers, with what is hidden and changed on the way, and batches of about equal length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from kgc.data.sentences import sentences
from kgc.errors import KgcError
from kgc.slm.bits import FEATURES, LISTS, bits
from kgc.slm.lexicon import Lexicon
from kgc.slm.train.examples import CLASSES, COARSE, DIRECTED, LABELS, NAMES, TYPES, Argument, Example, directed
from kgc.slm.words import words

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

IGNORED, EITHER = -1, -2
"""Labels of a word that is not learned from, and of one that is no name or part of a MISC name."""
DISTANCE: Final = 40
"""Most words between the two names of a pair."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window: piece numbers with both marks, first pieces of its words, a row of bits and a label a word.

    `spans` are first piece and last piece + 1 of each argument, `types` its number in TYPES, `classes` which of CLASSES
    it may be; `pairs` are argument numbers in text order with the class in `relations` and its weight.
    """

    pieces: NDArray[np.int64]
    firsts: NDArray[np.int64]
    features: NDArray[np.uint8]
    labels: NDArray[np.int64]
    spans: NDArray[np.int64]
    types: NDArray[np.int64]
    classes: NDArray[np.bool_]
    pairs: NDArray[np.int64]
    relations: NDArray[np.int64]
    weights: NDArray[np.float32]
    borders: tuple[tuple[int, int], ...] = ()
    """Character span of each word."""
    arguments: tuple[int, ...] = ()
    """Which arguments of the example stand in the window."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns examples into windows of at most `most` pieces; what does not fit is cut off."""

    tokenizer: Tokenizer
    lexicon: Lexicon
    most: int = 256
    known: dict[str, list[int]] = field(default_factory=dict)

    def pieces(self, word: str) -> list[int]:
        if word not in self.known:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            self.known[word] = ids or [self.mark("[UNK]")]
        return self.known[word]

    def mark(self, name: str) -> int:
        """The number of a special piece. Raises `KgcError` for a tokenizer without it."""
        found = self.tokenizer.token_to_id(name)
        if found is None:
            raise KgcError(f"The tokenizer has no {name}.", "Install the model package again.")
        return int(found)

    def read(self, example: Example, *, hide: float = 0.0, dice: random.Random | None = None) -> Encoded:
        """`hide` is the share of names whose list bits are taken away."""
        text = example.text
        cut = words(text)
        features = bits(text, cut, self.lexicon)
        ids, firsts = [self.mark("[CLS]")], list[int]()
        for word in cut:
            new = self.pieces(text[word.start : word.end])
            if len(ids) + len(new) >= self.most:
                break
            firsts.append(len(ids))
            ids += new
        cut = cut[: len(firsts)]
        ends = [*firsts[1:], len(ids)]
        ids.append(self.mark("[SEP]"))
        features = features[: len(cut)]
        borders = tuple((w.start, w.end) for w in cut)
        held = {i: r for i, a in enumerate(example.arguments) if (r := covered(a, borders))}
        if hide and dice:
            conceal(features, example, held, hide, dice)
        pairs = list(candidates(example, held))
        kept = list(held)
        number = {i: at for at, i in enumerate(kept)}
        return Encoded(
            np.array(ids, np.int64), np.array(firsts, np.int64), features, tags(example, held, len(cut)),
            np.array([(firsts[held[i][0]], ends[held[i][1] - 1]) for i in kept], np.int64).reshape(-1, 2),
            np.array([TYPES.index(example.arguments[i].kind) for i in kept], np.int64),
            np.array([allowed(example.arguments[i]) for i in kept], np.bool_).reshape(-1, len(CLASSES)),
            np.array([(number[i], number[j]) for i, j, _, _ in pairs], np.int64).reshape(-1, 2),
            np.array([r for _, _, r, _ in pairs], np.int64), np.array([w for _, _, _, w in pairs], np.float32),
            borders, tuple(kept),
        )  # fmt: skip


def covered(argument: Argument, borders: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """First word and last word + 1 that an argument touches; None when it is not wholly in the window."""
    touched = [i for i, (s, e) in enumerate(borders) if s < argument.end and argument.start < e]
    if not touched or argument.end > borders[-1][1]:
        return None
    return touched[0], touched[-1] + 1


def tags(example: Example, held: dict[int, tuple[int, int]], count: int) -> NDArray[np.int64]:
    labels = np.full(count, 0 if example.misc else EITHER, np.int64)
    for i, (first, last) in held.items():
        argument = example.arguments[i]
        if not argument.kind:
            labels[first:last] = IGNORED
        if argument.kind not in NAMES:
            continue
        begin = LABELS.index(f"B-{argument.kind}")
        labels[first:last] = begin + 1 if argument.tagged else IGNORED
        labels[first] = begin if argument.tagged else IGNORED
    return labels


def allowed(argument: Argument) -> list[bool]:
    """The classes that an argument may be; none for values and nationalities."""
    if argument.cls:
        return [name == argument.cls for name in CLASSES]
    return [COARSE[name] == argument.kind for name in CLASSES]


def conceal(
    features: NDArray[np.uint8], example: Example, held: dict[int, tuple[int, int]], share: float, dice: random.Random
) -> None:
    """Hide what lists know of whole names and, less often, of any other word."""
    loose = np.array([dice.random() < share / 2 for _ in range(len(features))], bool)
    for i, (first, last) in held.items():
        if example.arguments[i].kind in NAMES:
            loose[first:last] = dice.random() < share
    features[np.ix_(loose, np.arange(FEATURES)[LISTS])] = 0


def candidates(example: Example, held: dict[int, tuple[int, int]]) -> Iterator[tuple[int, int, int, float]]:
    """The pairs of a text that stand in one sentence near enough, in text order, with class and weight."""
    if not example.negative and not example.facts:
        return
    facts = {(h, t): (r, w) for h, r, t, w in example.facts}
    ends = [] if example.whole else [s.end for s in sentences(example.text, "en")]
    inside = {i: int(np.searchsorted(ends, example.arguments[i].start, side="right")) for i in held}
    order = sorted(held, key=lambda i: held[i])
    for at, i in enumerate(order):
        for j in order[at + 1 :]:
            if held[j][0] - held[i][1] > DISTANCE or inside[i] != inside[j]:
                break
            if not paired(example.arguments[i], example.arguments[j]):
                continue
            if (i, j) in facts or (j, i) in facts:
                relation, amount = facts.get((i, j)) or facts[j, i]
                yield i, j, DIRECTED.index(directed(relation, forward=(i, j) in facts)), amount
            elif (i, j) not in example.unsure and (j, i) not in example.unsure and example.negative:
                yield i, j, 0, example.negative


def paired(one: Argument, other: Argument) -> bool:
    """Two different things that do not overlap, one of them a name."""
    if one.end > other.start or (one.key and one.key == other.key):
        return False
    return one.kind in NAMES or other.kind in NAMES


def batches(windows: Sequence[Encoded], size: int, dice: random.Random) -> list[list[Encoded]]:
    """Windows of about equal length together, about `size` pieces a batch, in random order."""
    order = sorted(windows, key=lambda w: len(w.pieces) + 8 * dice.random())
    found: list[list[Encoded]] = [[]]
    for window in order:
        longest = max((len(w.pieces) for w in (*found[-1], window)), default=0)
        if found[-1] and (len(found[-1]) + 1) * longest > size:
            found.append([])
        found[-1].append(window)
    dice.shuffle(found)
    return found
