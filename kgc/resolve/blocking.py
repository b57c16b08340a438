"""Which pairs are looked at: names that share a key. Near-linear, whatever the names; no order of arrival counts."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

from kgc.resolve.folding import fold
from kgc.resolve.lexicon import ABBREVIATIONS, NICKNAME_ROWS, NICKNAMES, STOP
from kgc.resolve.likeness import spelled
from kgc.resolve.names import Form
from kgc.resolve.records import Item
from kgc.resolve.statistics import Statistics, clean, parts

FULL_BLOCK: Final = 24
"""Blocks up to this size give all their pairs; larger ones give each name its neighbours in order of text."""
WINDOW: Final = 6
"""How many neighbours on one side a name has in a larger block."""
_RARE: Final = 3
"""So many of the rarest tokens are keys by themselves."""
_COMMON: Final = 2000
"""A token in more names than this is no key by itself."""
_ENDS: Final = 6
_SHORT_HAN: Final = 3
_LONG_HAN: Final = 16
_ONE_WORD: Final = (5, 20)
"""A name of one word with so many letters has every form with one letter less as a key."""
_BANDS: Final = 3
_ALIKE: Final = 0.7
"""Pairs of weak keys alone need this likeness of letters, or"""
_HELD: Final = 0.95
"""this share of the letter pairs of the one that has fewer in the other."""
_LEAST: Final = 0.4
"""Fewer shared letter pairs, and the letters are not even compared."""
_CHUNK: Final = 100_000
"""So many keys are taken at a time."""
_WEAK, _BRIDGE, _STRONG = 0, 1, 2

Keys = tuple[str, ...]
Numbers = NDArray[np.int64]


def keys(shape: Form, item: Item, statistics: Statistics) -> Keys:
    """The keys of a name, without doubles. Those with `=` are strong: no further look is taken; `~` are bridges.

    `=s` sorted words, `=j` letters without spaces, `=n` another name, `=v` a value, `=l` an id elsewhere;
    `~a` acronym, `~h` short Han name; `t` a rare word, `d` one letter less,
    `p` a word beside the first letter of another, `b`, `e` beginning and end, `m` smallest hashes of letter triples.
    """
    links = [f"=l{base} {id_}" for base, id_ in item.links]
    if not shape.tokens:
        return (f"=s{shape.text}", *links) if shape.text else tuple(links)
    out = [f"=s{' '.join(sorted(map(_plain, shape.tokens)))}", f"=j{spelled(shape.joined)}"]
    out += links
    out += _short(shape)
    out += [f"=n{' '.join(fold(alias, statistics.script).split())}" for alias in item.aliases]
    if item.aliases or shape.capitals or len(shape.tokens) == 1:
        out.append(f"=n{shape.text}")
    out += [f"=v{name}={clean(value)}" for name, value in item.attributes if _telling(name, value, statistics)]
    out += _weak(shape, statistics)
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=1 << 15)
def _plain(token: str) -> str:
    """A word in one spelling: the full word of an abbreviation, the given name of a nickname."""
    rows = NICKNAME_ROWS.get(token)
    return NICKNAMES[min(rows)].split()[0] if rows else spelled(min(ABBREVIATIONS.get(token, (token,))))


def _telling(name: str, value: str, statistics: Statistics) -> bool:
    text = clean(value)
    return len(text) > 2 and statistics.values.get((name, text), 1) <= FULL_BLOCK


def _short(shape: Form) -> list[str]:
    """Acronyms, of what is one and of what could have one; of Han names, each second and each third character."""
    if shape.han:
        return _han_short(shape.tokens[0]) if not shape.person else []
    out = []
    if len(shape.tokens) == 1 and 2 <= len(shape.joined) <= 8:
        out.append(f"~a{shape.joined}")
    if len(shape.tokens) > 1 and not shape.person:
        words = shape.text.split()
        out += [f"~a{shape.acronym}", f"~a{''.join(w[0] for w in words)}"]
        out.append(f"~a{''.join(w[0] for w in words if w not in STOP)}")
    return out


def _han_short(text: str) -> list[str]:
    """First and last character of a short name, and of each short name a long one could have (国航, 中国国际航空)."""
    own = [f"~h{text[0]}{text[-1]}"]
    if len(text) <= _SHORT_HAN:
        return own
    return [f"~h{a}{b}" for i, a in enumerate(text[:3]) for b in text[i + 1 : _LONG_HAN]] + own


def _weak(shape: Form, statistics: Statistics) -> Iterator[str]:
    tokens = parts(shape)
    order = sorted(set(tokens), key=lambda t: (statistics.token(t), t))
    yield from (f"t{_plain(t)}" for t in order[:_RARE] if statistics.token(t) <= _COMMON and len(t) > 1)
    if shape.person and shape.tokens[1:]:
        first, last = shape.tokens[0], shape.tokens[-1]
        yield f"p{_plain(last)} {first[0]}"
        yield f"p{_plain(first)} {last[0]}"
        yield f"p{last} {_plain(first)[0]}"
    elif shape.tokens[1:]:
        for one, two in combinations(shape.tokens[:3], 2):
            yield f"p{_plain(one)} {two[0]}"
            yield f"p{_plain(two)} {one[0]}"
    text = shape.joined
    yield f"b{text[:_ENDS]}"
    yield f"e{text[-_ENDS:]}"
    if len(tokens) == 1 and _ONE_WORD[0] <= len(text) <= _ONE_WORD[1]:
        yield f"d{text}"
        yield from (f"d{text[:i]}{text[i + 1 :]}" for i in range(len(text)))
    if len(text) > _ENDS:
        yield from (f"m{band}{value}" for band, value in enumerate(_least(text)))


def _least(text: str) -> Iterator[int]:
    """For each band the two smallest of the hashes of letter triples, as one number (one permutation each)."""
    data = text.encode()
    hashes = [zlib.crc32(data[i : i + 3]) for i in range(len(data) - 2)]
    for band in range(_BANDS):
        factor = (2654435761, 2246822519, 3266489917)[band]
        least = sorted({h * factor & 0xFFFFFFFF for h in hashes})[:2]
        yield least[0] << 32 | least[-1]


def code(key: str) -> int:
    """A key as 63 bits, the same on every machine; the last two say what sort it is of."""
    data = key.encode("utf-8", "surrogatepass")
    sort = _STRONG if key[0] == "=" else _BRIDGE if key[0] == "~" else _WEAK
    return ((zlib.crc32(data) << 31 | zlib.adler32(data) & 0x7FFFFFFF) & ~3) | sort


def signature(tokens: tuple[str, ...]) -> int:
    """Which letter pairs the words of a name hold, in 63 bits."""
    bits = 0
    for token in tokens:
        for pair_ in zip(
            token.encode("utf-8", "surrogatepass"), token.encode("utf-8", "surrogatepass")[1:], strict=False
        ):
            bits |= 1 << (pair_[0] * 31 + pair_[1]) % 63
    return bits


def pairs(codes: Numbers, owners: Numbers, size: int) -> Iterator[tuple[int, Numbers]]:
    """Pairs of owners that share a code, as `smaller * size + larger`, with the sort of the code: some at a time.

    `owners` are places in an order of names by text: neighbours in a large block are names that look alike. A pair may
    come again in another part, or as another sort.
    """
    order = np.lexsort((owners, codes))
    codes, owners = codes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]]) if len(codes) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(codes)])
    for sort in (_WEAK, _BRIDGE, _STRONG):
        blocks = np.flatnonzero((sizes > 1) & ((codes[starts] & 3) == sort))
        for part in np.array_split(blocks, int(sizes[blocks].sum()) // _CHUNK + 1):
            lengths = sizes[part]
            end = np.repeat(starts[part] + lengths, lengths)
            first = np.repeat(np.cumsum(lengths) - lengths, lengths)
            place = np.arange(len(end)) - first + np.repeat(starts[part], lengths)
            reach = np.where(np.repeat(lengths, lengths) <= FULL_BLOCK, FULL_BLOCK, WINDOW)
            found = [np.empty(0, np.int64)]
            for step in range(1, FULL_BLOCK):
                near = place[(place + step < end) & (step <= reach)]
                one, two = owners[near], owners[near + step]
                found.append(one[one != two] * size + two[one != two])
            yield sort, np.unique(np.concatenate(found))


@dataclass(frozen=True, slots=True)
class Shapes:
    """What blocking knows of names, place by place: `counts` says how many of `codes` belong to each."""

    codes: Numbers
    counts: Numbers
    signatures: Numbers
    texts: tuple[str, ...]
    joined: tuple[str, ...]


def shapes(items: Iterable[Item], statistics: Statistics) -> Shapes:
    """Read the names for blocking: what a name gives depends on it and on the statistics alone."""
    codes, counts, signatures = array("q"), array("q"), array("q")
    texts: list[str] = []
    joined: list[str] = []
    for item in items:
        shape = statistics.form(item)
        found = keys(shape, item, statistics)
        codes.extend(map(code, found))
        counts.append(len(found))
        signatures.append(signature(shape.tokens))
        texts.append(shape.text)
        joined.append(shape.joined)
    return Shapes(_numbers(codes), _numbers(counts), _numbers(signatures), tuple(texts), tuple(joined))


def candidates(items: Sequence[Item], statistics: Statistics) -> Numbers:
    """Pairs of places in `items` (rows of two) that share a block and could be alike, by the text of the first."""
    return pairs_of(shapes(items, statistics), [item.key for item in items])


def pairs_of(known: Shapes, keys_: Sequence[str]) -> Numbers:
    """The same, of names that were read; `keys_` order names of one text."""
    texts, joined = known.texts, known.joined
    order = np.array(sorted(range(len(texts)), key=lambda i: (texts[i], keys_[i])), dtype=np.int64)
    rank = np.empty(len(texts), dtype=np.int64)
    rank[order] = np.arange(len(texts))
    size = max(len(texts), 1)
    kept = [np.empty(0, np.int64)]
    for sort, both in pairs(known.codes, np.repeat(rank, known.counts), size):
        one, two = order[both // size], order[both % size]
        if sort == _WEAK:
            both = both[_alike(one, two, known.signatures, joined)]  # noqa: PLW2901  # the rest is of no use
        elif sort == _BRIDGE:
            both = both[[_bridged(texts[a], texts[b]) for a, b in zip(one, two, strict=True)]] if len(both) else both  # noqa: PLW2901
        kept.append(both)
    every = np.unique(np.concatenate(kept))
    return np.stack([order[every // size], order[every % size]], axis=1)


def _numbers(values: array[int]) -> Numbers:
    return np.frombuffer(values, dtype=np.int64) if values else np.empty(0, np.int64)


def _alike(one: Numbers, two: Numbers, signatures: Numbers, texts: Sequence[str]) -> NDArray[np.bool_]:
    """Whether one holds the letter pairs of the other, or most letters are the same."""
    a, b = signatures[one], signatures[two]
    least = np.minimum(np.bitwise_count(a), np.bitwise_count(b))
    shared = np.bitwise_count(a & b)
    kept = (shared >= _HELD * least) & (least > 1)
    open_ = np.flatnonzero(~kept & (shared >= _LEAST * least))
    left, right = [texts[i] for i in one[open_]], [texts[i] for i in two[open_]]
    close = process.cpdist(left, right, scorer=Indel.normalized_similarity, score_cutoff=_ALIKE, dtype=np.float32)
    kept[open_[close >= _ALIKE]] = True
    return np.asarray(kept, dtype=np.bool_)


def _bridged(a: str, b: str) -> bool:
    """Whether the letters of the shorter come in the longer in order."""
    short, full = sorted((a.replace(" ", ""), b.replace(" ", "")), key=len)
    rest = iter(full)
    return len(short) < len(full) and all(c in rest for c in short)
