"""The passages that the agents may look at: a search over what was sampled, and what is never shown to them.

Ranking: BM25 (Robertson and Zaragoza 2009) with k1 = 1.2, b = 0.75 over words and pairs of Han characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from typing import Final

from kgc.ontology.records import Quote

_WORD: Final = re.compile(r"[^\W_]+")
_HAN: Final = re.compile(r"[㐀-鿿]")
_ORDERS: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|above|previous|everything|guideline)"
    r"|\b(?:system|developer)\s+(?:prompt|message)\b|\byou are (?:now|an? (?:ai|assistant|language model))\b"
    r"|\bas an ai\b|\b(?:add|create|propose|insert|delete|retire|accept)\s+(?:an?\s+|the\s+)?(?:new\s+)?"
    r"(?:class|relation|attribute|entity type)\b"
    r"|\b(?:class|relation|attribute|rename|merge|split|move|retire)\s+\S+\s*\|"
    r"|\bvote\s+(?:for|against)\b.{0,30}\bP\d|\bTASK_DONE\b|<\|[a-z_]+\|>|\[/?INST\]"
    r"|(?:忽略|无视|忘记).{0,12}(?:指令|指示|提示|规则|要求|内容)|系统提示|你(?:现在)?是一个?(?:AI|人工智能|语言模型)"
    r"|(?:添加|新增|创建|删除).{0,4}(?:类别|实体类型|关系类型)",
    re.IGNORECASE | re.MULTILINE,
)
_K1: Final = 1.2
_B: Final = 0.75


def gives_orders(text: str) -> bool:
    """Whether a passage speaks to whoever reads it by machine: it is kept in the graph, but shown to no agent."""
    return bool(_ORDERS.search(text))


def tokens(text: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(text.casefold()):
        if _HAN.search(word):
            found += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
        else:
            found.append(_stem(word))
    return found


def _stem(word: str) -> str:
    """Plural and third person off; enough for a search that people read."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


class Library:
    """A search over passages; those that give orders are left out and counted in `withheld`."""

    def __init__(self, passages: Iterable[Quote]) -> None:
        every = list(passages)
        self.passages: Sequence[Quote] = [p for p in every if not gives_orders(p.text)]
        self.withheld = len(every) - len(self.passages)
        self._where: dict[str, list[tuple[int, int]]] = {}
        self._lengths: list[int] = []
        for n, passage in enumerate(self.passages):
            counts = Counter(tokens(passage.text))
            self._lengths.append(sum(counts.values()))
            for token, count in counts.items():
                self._where.setdefault(token, []).append((n, count))

    def search(self, query: str, limit: int = 5) -> tuple[Quote, ...]:
        """The passages that fit best, best first; equal ones in order of the documents."""
        scores: Counter[int] = Counter()
        mean = sum(self._lengths) / len(self._lengths) if self._lengths else 1.0
        for token in sorted(set(tokens(query))):
            found = self._where.get(token, [])
            weight = log(1 + (len(self.passages) - len(found) + 0.5) / (len(found) + 0.5))
            for n, count in found:
                norm = count + _K1 * (1 - _B + _B * self._lengths[n] / (mean or 1.0))
                scores[n] += weight * count * (_K1 + 1) / norm  # type: ignore[assignment]  # a Counter of floats
        best = sorted(scores, key=lambda n: (-scores[n], n))[:limit]
        return tuple(self.passages[n] for n in best)
