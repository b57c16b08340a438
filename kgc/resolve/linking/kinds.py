"""Whether a type of the knowledge base and a class of the schema can be those of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kgc.resolve.folding import fold, split
from kgc.resolve.linking.words import words
from kgc.resolve.records import Kind


def _rows(text: str, kind: Kind) -> Mapping[str, Kind]:
    return dict.fromkeys(text.split(), kind)


KINDS: Final[Mapping[str, Kind]] = {
    **_rows("person human people man woman politician actor author writer scientist artist singer player q5 q215627",
            "person"),
    **_rows("人 人物", "person"),
    **_rows("organization organisation company business corporation agency institution university school bank club "
            "team party band q43229 q4830453 公司 组织 机构 企业", "organization"),
    **_rows("place location city town village country state region river mountain island lake street settlement area "
            "geographicentity q27096213 q515 q6256 地点 城市 国家 地区", "place"),
    **_rows("work film movie book song album novel product software event award disease language concept term brand "
            "q2424752 q431289 q17537576 q1656682 作品 产品 事件", "thing"),
}  # fmt: skip
"""Types by their last word, folded. The Q numbers are Wikidata's."""
BEARS: Final = frozenset({"concept", "namedindividual", "thing", "resource", "entity", "class", "item"})
"""Types that say nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a class of the schema says of types: words (and IRIs) of itself and of what is above and below it.

    `others` are those of all other classes of the schema. `kind` is how its names are read.
    """

    kind: Kind = "thing"
    own: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


def agrees(types: Iterable[str], wanted: Wanted) -> bool | None:
    """True where a type is the class's own or of its kind; False where all that tell are others'; None else."""
    told = False
    for type_ in types:
        names = type_words(type_)
        if names & wanted.own:
            return True
        kinds = {KINDS[n] for n in names if n in KINDS}
        if wanted.kind != "thing" and wanted.kind in kinds:
            return True
        if names & wanted.others or (wanted.kind != "thing" and kinds):
            told = True
    return False if told else None


def kind_of(types: Iterable[str]) -> Kind:
    """How names of things of these types are read; "thing" where the types do not tell, or tell two kinds."""
    told = [name for type_ in types for name in type_words(type_) if name in KINDS]
    return KINDS[told[0]] if len({KINDS[name] for name in told}) == 1 else "thing"


def type_words(type_: str) -> frozenset[str]:
    """A type as it is compared: the IRI as it stands, and its last part folded, without spaces.

    >>> sorted(type_words("https://schema.org/Person"))
    ['https://schema.org/person', 'person']
    """
    text = type_.strip().casefold()
    last = text.rstrip("/#")
    last = last[max(last.rfind(mark) for mark in "/#:") + 1 :]
    joined = "".join(split(fold(last, {})))
    found = {text, joined, *(words(last) if " " in last else ())}
    return frozenset(w for w in found if w and w not in BEARS)
