"""Rows with clusters of mentions: which of them are names, which are not, and of what kind the thing is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from kgc.data import Span
from kgc.data.names import mention_key
from kgc.errors import KgcError
from kgc.evaluate.json_lines import read_objects
from kgc.evaluate.rows import LAYOUT, row_of
from kgc.resolve.records import Kind
from kgc.resolve.within import Named

KINDS: Final[dict[str, Kind]] = {
    "PER": "person", "person": "person", "NAME": "person", "ORG": "organization", "organization": "organization",
    "GPE": "place", "LOC": "place", "FAC": "place", "place": "place",
}  # fmt: skip
"""A label of the sets -> how its names are read; all others are things."""


_BEFORE = re.compile(
    r"^(?:[\"“‘'(\[]\s*|(?:[a-zà-ÿ][^\s]*|[Tt]he|An?|His|Her|My|Our|Their|Your|This|That|These|Those|Its|Both)\s+)+"
)
_AFTER = re.compile(
    r"\s*(?:[(\[,;:–—]|\s(?!(?:of|the|de|la|von|van|der|den|di|da|du|del|and|for|in|on|al|bin|ibn|y|et|d'|'s)\b)"
    r"[a-zà-ÿ]|['’]s?$|\s['’]s$).*$",
    re.DOTALL,
)
_WORD = re.compile(r"\s*([a-zà-ÿ]+)")
_CLAUSE: Final = frozenset(
    ("who", "whom", "whose", "which", "that", "as", "at", "from", "to", "with", "by", "himself", "herself", "itself")
)  # fmt: skip
"""Words after a name that tell of it; any other small word is the noun that the name goes with."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention of the annotation: where, its label, the thing it is of, and the name in it ("" where it has none)."""

    span: Span
    surface: str
    label: str
    cluster: int
    name: str

    @property
    def named(self) -> bool:
        return bool(self.name)

    @property
    def kind(self) -> Kind:
        return KINDS.get(self.label, "thing")

    @property
    def key(self) -> str:
        return mention_key(self.label, self.name)


@dataclass(frozen=True, slots=True)
class Text:
    """One annotated text; `marked` in text order, the longer first."""

    id: str
    text: str
    marked: tuple[Marked, ...]
    lang: str = "en"

    @property
    def names(self) -> tuple[Named, ...]:
        return tuple(Named(m.key, m.name, m.kind, m.span.start, m.span.end) for m in self.marked if m.named)


def read_texts(files: Sequence[Path]) -> Iterator[Text]:
    """The texts of a set. Raises `KgcError` for a row without clusters, or that is not of the layout."""
    for path in files:
        for number, value in read_objects(path, LAYOUT):
            yield _text(value, f"{path}:{number}", number)


def _text(value: Mapping[str, object], where: str, number: int) -> Text:
    row = row_of(value, where, number)
    told = cast("Sequence[Mapping[str, object]]", value.get("entities", ()))  # as `row_of` has seen
    if any(e.get("cluster") is None for e in told):
        raise KgcError(f"{where}: a mention without `cluster`.", "Only sets with clusters are scored.")
    clusters: dict[str, int] = {}
    marked = [
        Marked(
            e.span, e.surface, e.label, clusters.setdefault(e.cluster, len(clusters)),
            name_in(e.surface) if _named(raw) else "",
        )
        for e, raw in zip(row.entities, told, strict=True)
    ]  # fmt: skip
    return Text(row.id, row.text, tuple(sorted(marked, key=_order)), row.lang or "en")


def _order(m: Marked) -> tuple[int, int, str, int]:
    return m.span.start, -m.span.end, m.label, m.cluster


def name_in(phrase: str) -> str:
    """The name in an annotated phrase, as a reader of names would give it: from its first capital on, no clause after.

    >>> name_in("the late Lady Belmont"), name_in("Mary Chaworth, whom he met"), name_in("a Nobel Prize recipient")
    ('Lady Belmont', 'Mary Chaworth', '')
    """
    bare = _BEFORE.sub("", phrase)
    name = _AFTER.sub("", bare)
    words = name.split()
    while words and words[-1][0].islower():
        words.pop()
    goes_on = _WORD.match(bare, len(name))
    return (
        ""
        if not words or (goes_on and goes_on[1] not in _CLAUSE)
        else " ".join(words)
        if len(words) != len(name.split())
        else name
    )


def _named(raw: Mapping[str, object]) -> bool:
    """LitBank says PROP, GUM `named`, GAP NAME."""
    return raw.get("level") == "PROP" or raw.get("named") is True or raw.get("type") == "NAME"
