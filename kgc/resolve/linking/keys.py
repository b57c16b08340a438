"""What a name can be found by: keys of the names of a knowledge base, and the keys that a name in a text asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from kgc.resolve.folding import HAN, fold, split
from kgc.resolve.lexicon import LEGAL, STOP

_TOKENS: Final = 8
"""So many words of a name are keys, the first ones."""
_TYPO: Final = 5
"""Names of fewer letters are not looked up as misspelt."""
_ACRONYM: Final = (2, 8)
_BRACKET: Final = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*$")
_HAN_PART: Final = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """A name in parts: all words, those that tell, their letters in one; `capitals` where it is written as one."""

    words: tuple[str, ...]
    telling: tuple[str, ...]
    joined: str
    han: bool
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Probes:
    """Keys that a name asks for: written the same, in another order, as an acronym, misspelt, by one of its words."""

    same: tuple[int, ...]
    other: tuple[int, ...]
    acronym: tuple[int, ...]
    typo: tuple[int, ...]
    words: tuple[int, ...]


def shape(surface: str) -> Shape:
    """The parts of a name; total. A legal form at its end is no part, nor are small words, unless nothing is left."""
    words = tuple(split(fold(surface, {})))
    bare = _without_legal(words)
    telling = tuple(w for w in bare if w not in STOP and w != "and") or bare
    letters = [c for c in surface if c.isalpha()]
    capitals = bool(letters) and len(words) <= 2 and sum(map(str.isupper, letters)) >= 0.6 * len(letters)
    joined = "".join(words)
    return Shape(words, telling, joined, HAN.search(joined) is not None, capitals)


def _without_legal(words: tuple[str, ...]) -> tuple[str, ...]:
    for length in range(min(3, len(words) - 1), 0, -1):
        if " ".join(words[-length:]) in LEGAL:
            return words[:-length]
    return words


def keys(surface: str) -> tuple[int, ...]:
    """All keys of a name of the knowledge base, without doubles; none of one that is punctuation alone."""
    texts = dict.fromkeys(_of(shape(surface)))
    if (bare := head(surface)) != surface:
        texts |= dict.fromkeys(_of(shape(bare)))
    return tuple(map(code, texts))


def head(surface: str) -> str:
    """A name without what stands at its end in brackets or behind a comma, unless nothing is left.

    >>> head("Mercury (planet)"), head("Cambridge, Massachusetts")
    ('Mercury', 'Cambridge')
    """
    bare = _BRACKET.sub("", surface[:600]).partition(", ")[0].strip()
    return bare or surface


def probes(surface: str) -> Probes:
    """The keys that a name in a text asks for."""
    found = shape(surface)
    if not found.joined:
        return Probes((), (), (), (), ())
    bare = "".join(found.telling)
    same = list(dict.fromkeys((f"={found.joined}", f"={bare}", f"={''.join(shape(head(surface)).words)}")))
    other = [_sorted(found)] if len(found.telling) > 1 else []
    acronym = [f"a{found.joined}"] if _ACRONYM[0] <= len(found.joined) <= _ACRONYM[1] and found.capitals else []
    acronym += [f"={letters}" for letters in _acronyms(found)]
    typo = list(_misspelt(bare)) if not found.han else []
    words = [f"t{w}" for w in dict.fromkeys(found.telling[:_TOKENS])] if not found.han else _han_parts(found.joined)
    return Probes(*(tuple(map(code, part)) for part in (same, other, acronym, typo, words)))


def _of(found: Shape) -> Iterator[str]:
    if not found.joined:
        return
    bare = "".join(found.telling)
    yield f"={found.joined}"
    yield f"={bare}"
    if len(found.telling) > 1:
        yield _sorted(found)
    yield from (f"a{letters}" for letters in _acronyms(found))
    if found.han:
        yield from _han_parts(found.joined)
        return
    yield from (f"t{w}" for w in found.telling[:_TOKENS])
    yield from _thirds(bare, len(bare))


def _sorted(found: Shape) -> str:
    return f"s{' '.join(sorted(found.telling))}"


def _acronyms(found: Shape) -> Iterator[str]:
    if len(found.telling) > 1 and not found.han:
        for words in (found.telling, found.words):
            letters = "".join(w[0] for w in words)
            if _ACRONYM[0] <= len(letters) <= _ACRONYM[1]:
                yield letters


def _han_parts(text: str) -> list[str]:
    """Pairs of characters at the beginning and at the end: what a short form keeps of a long name."""
    if len(text) <= _HAN_PART:
        return [f"h{text}"]
    return list(dict.fromkeys((f"h{text[:_HAN_PART]}", f"h{text[-_HAN_PART:]}")))


def _thirds(text: str, length: int) -> Iterator[str]:
    """Two of three parts of a name of this length, as a name with one letter wrong in the third still has them.

    `text` may be a letter shorter or longer than `length`: parts are cut from the side that the slip is not on.
    """
    if length < _TYPO or len(text) < _TYPO - 1:
        return
    first, last = length // 3, length - 2 * length // 3
    yield f"x{length}<{text[: 2 * length // 3]}"
    yield f"x{length}>{text[-(length - first) :]}"
    yield f"x{length}={text[:first]}|{text[-last:]}"


def _misspelt(text: str) -> Iterator[str]:
    for length in (len(text), len(text) - 1, len(text) + 1):
        yield from _thirds(text, length)


def code(key: str) -> int:
    """A key as 63 bits, the same on every machine."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
