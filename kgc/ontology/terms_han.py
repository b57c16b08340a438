"""Chinese sentences with their noun phrases marked, by the word list of the built-in model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kgc.data import Chunk, Mention, Span
from kgc.data.sentences import sentences
from kgc.ontology.marked import End, Marked, Read
from kgc.ontology.patterns_han import frames, isas
from kgc.slm.han_words import HanWords, code_points, cut, matches
from kgc.slm.lexicon import listed_words

NOUNS: Final = frozenset((3, 14, 20, 21, 27, 49))
"""Parts of speech of the word list that are nouns: an, j, n, ng, nz, vn."""
GERUND: Final = 49
PLAIN_VERB: Final = 45
BEFORE: Final = frozenset((0, 4))
"""What may stand before a noun in a term: a, b."""
VERBS: Final = frozenset((45, 48, 49))
"""v, vi, vn."""
AFTER: Final = frozenset((15,))
"""What may follow a noun in a term: 者, 性, 化."""
WEAK_VERBS: Final = frozenset(
    listed_words(
        "是 有 为 没有 可以 应当 应 必须 能 能够 会 要 可 可能 需要 进行 予以 使 让 令 作为 "
        "成为 具有 属于 包括 包含 等 在 到 说 认为 表示 来 去 做 作 叫 称为 位于"
    )
)
WEAK_NOUNS: Final = frozenset(
    listed_words(
        "方面 情况 时候 时间 问题 方式 方法 内容 部分 地方 东西 事情 事 人 人们 年 月 日 其中 "
        "同时 目前 以上 以下 之间 之后 之前 等等 一般 主要 有关 相关 以及 过程 结果 原因 作用 "
        "基础 条件 程度 范围 公里 米 条 款 项 章 节 情形 名 号 家 个 种 类 者 性 中 上 下 "
        "前 后 内 外 时 行为 工作 活动 要求 规定 本法 第一 不同 各种 全部 整个 套 届 万 亿"
    )
)
HAN: Final = re.compile(r"[㐀-鿿]")
MOST: Final = 10
"""Characters of a term at most."""
TRIED: Final = 400
"""Sentences beyond this are tables or broken text."""

Piece = tuple[int, int, int]
"""Start, end and part of speech of a word; -1 for none."""


def read_han(
    given: Sequence[tuple[Chunk, Sequence[Mention]]], words: HanWords, script: dict[int, int]
) -> Iterator[tuple[Chunk, list[Read]]]:
    """What the sentences of each chunk say; `given` has the names that the built-in model found in it."""
    for chunk, mentions in given:
        spans = [
            s for s in sentences(chunk.text, "zh") if 4 <= s.end - s.start <= TRIED and "|" not in s.of(chunk.text)
        ]
        yield chunk, [read_sentence(chunk, span, mentions, words, script) for span in spans]


def read_sentence(
    chunk: Chunk, span: Span, mentions: Sequence[Mention], words: HanWords, script: dict[int, int]
) -> Read:
    text = span.of(chunk.text)
    held: list[tuple[int, int, End]] = []
    verbs: dict[int, int] = {}
    names = [m for m in mentions if m.span and m.span.within(span)]
    held += [(m.span.start - span.start, m.span.end - span.start, End(m.surface, m.span, m.type, named=True))
             for m in names if m.span]  # fmt: skip
    held.sort(key=lambda h: h[0])
    borders = [0, *(at for start, stop, _ in held for at in (start, stop)), len(text)]
    for low, high in zip(borders[::2], borders[1::2], strict=True):
        plain = pieces(text[low:high].translate(script), words)
        own = after_name(plain) if low else plain
        held += list(noun_phrases(text, low, own, span.start))
        verbs |= {low + a: low + b for a, b, tag in own if tag in VERBS and text[low + a : low + b] not in WEAK_VERBS}
    held.sort(key=lambda h: h[0])
    marked = Marked(span, tuple(end for _, _, end in held), line_of(text, held, verbs))
    return Read(marked, tuple(isas(marked)), tuple(frames(marked)))


def pieces(text: str, words: HanWords) -> list[Piece]:
    """The words of a stretch of text with their parts of speech."""
    if not text:
        return []
    points = code_points(text)
    found = matches(words, points)
    rows = [(a, b, found[b - a - 1][a] if b - a <= len(found) else -1) for a, b in cut(text, words, found)]
    return [(a, b, int(words.tags[row]) if row >= 0 else -1) for a, b, row in rows]


def after_name(own: Sequence[Piece]) -> Sequence[Piece]:
    """A noun of a verb right behind a name ("生产") is the verb."""
    if len(own) > 1 and own[0][2] == GERUND:
        return [(own[0][0], own[0][1], PLAIN_VERB), *own[1:]]
    return own


def noun_phrases(text: str, low: int, own: Sequence[Piece], base: int) -> Iterator[tuple[int, int, End]]:
    """Stretches of nouns, with adjectives before them, of two to `MOST` characters."""
    start = 0
    for at in range(len(own) + 1):
        if at < len(own) and (own[at][2] in NOUNS or (own[at][2] in BEFORE and at + 1 < len(own))
                              or (own[at][2] in AFTER and at > start)):  # fmt: skip
            continue
        yield from noun_phrase(text, low, own[start:at], base)
        start = at + 1


def noun_phrase(text: str, low: int, run: Sequence[Piece], base: int) -> Iterator[tuple[int, int, End]]:
    while run and run[-1][2] in BEFORE:
        run = run[:-1]
    while run and (run[0][2] == 0 or text[low + run[0][0] : low + run[0][1]] in WEAK_NOUNS):
        run = run[1:]  # adjectives ("大", "重要") tell nothing of the kind
    if not run or (len(run) == 1 and run[0][2] == GERUND):
        return
    start, stop = low + run[0][0], low + run[-1][1]
    word = text[start:stop]
    tail = run[-1]
    head = text[low + tail[0] : stop] if tail[2] not in AFTER else word
    if (2 if not listed(text, start, stop) else 1) <= len(word) <= MOST and HAN.search(word) and head not in WEAK_NOUNS:
        yield start, stop, End(word, Span(base + start, base + stop), head=head if len(head) > 1 else word)


def listed(text: str, start: int, stop: int) -> bool:
    """Whether a word stands in a list ("铜、镍等"): there one character is enough."""
    return text[start - 1 : start] == "、" or text[stop : stop + 1] in {"、", "等"}


def line_of(text: str, held: Sequence[tuple[int, int, End]], verbs: dict[int, int]) -> str:
    """The sentence with its ends as numbers and its verbs in square brackets."""
    found: list[str] = []
    at = 0
    ends = {start: (number, stop) for number, (start, stop, _) in enumerate(held)}
    while at < len(text):
        if at in ends:
            number, at = ends[at]
            found.append(f"<{number}>")
        elif at in verbs:
            found.append(f"[{text[at : verbs[at]]}]")
            at = verbs[at]
        else:
            found.append("" if text[at] in ' “”"《》[]<>' else text[at])
            at += 1
    return "".join(found)
