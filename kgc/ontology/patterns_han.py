"""What Chinese calls what: 锂电池是一种可充电电池, 镍、钴等金属, 产品包括…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kgc.ontology.marked import End, Frame, Isa, Marked

ONE: Final = r"<\d+>"
LIST: Final = rf"{ONE}(?:(?:、|和|及|以及|与|，){ONE})*"
PARENT: Final = r"<(?P<parent>\d+)>"
CHILDREN: Final = rf"(?P<children>{LIST})"
CHILD: Final = rf"(?P<children>{ONE})"

RULES: Final = {
    "是一种": re.compile(
        rf"{CHILD}(?:是|属于|就是|也是)一(?:种|类|个|家|名|位|座|所|款|项)[^<>，。；\[\]]{{0,4}}{PARENT}(?!的)"
    ),
    "等": re.compile(rf"{CHILDREN}等(?:其他|各种|各类|多种)?{PARENT}(?!的)"),
    "包括": re.compile(rf"{PARENT}(?:，)?(?:主要|一般|通常)?(?:包括|包含|有|分为|如|例如|比如)(?:：|:|了)?{CHILDREN}"),
    "和其他": re.compile(rf"{CHILDREN}(?:和|以及|及|与)其他{PARENT}"),
    "的一种": re.compile(rf"{CHILDREN}(?:是|属于|都是|均为){PARENT}的(?:一种|一类|一部分)"),
    "称为": re.compile(rf"{PARENT}(?:称为|叫做|叫作|名为|被称为){CHILD}"),
    "是": re.compile(rf"{CHILDREN}(?:是|为|均为|都是){PARENT}(?=。|，|；|$)"),
}  # fmt: skip
OF_NAMES: Final = frozenset(("是", "称为"))
ENUMERATED: Final = frozenset(("包括",))
"""Patterns that are said of wholes and parts too: the children must end as the parent, or be several."""
NUMBER: Final = re.compile(r"<(\d+)>")
VERB: Final = r"\[(?P<verb>[^\]]+)\]"
BETWEEN: Final = r"(?:[了过着]|正式|共同|联合|主要|曾|还|也|已|将|则|都|均|应当|可以|必须|不得|需要|能够|能|可|应)*"
FRAMES: Final = (
    (re.compile(rf"<(?P<head>\d+)>{BETWEEN}{VERB}[了过着]?(?:一名|一家|一个|一座|两个|其)?<(?P<tail>\d+)>(?!的)"), ""),
    (re.compile(rf"<(?P<tail>\d+)>{BETWEEN}(?:由|被)<(?P<head>\d+)>{BETWEEN}{VERB}"), ""),
    (re.compile(rf"<(?P<head>\d+)>{BETWEEN}{VERB}(?P<by>[于在至到])<(?P<tail>\d+)>"), "by"),
    (re.compile(rf"<(?P<head>\d+)>(?P<by>[向与和同])<(?P<tail>\d+)>{BETWEEN}{VERB}"), "by"),
)


def isas(marked: Marked) -> Iterator[Isa]:
    seen: set[tuple[str, str]] = set()
    for pattern, how in RULES.items():
        for found in how.finditer(marked.line):
            parent = marked.ends[int(found["parent"])]
            children = [marked.ends[int(n)] for n in NUMBER.findall(found["children"])]
            for child in children:
                key = (child.term, parent.term)
                if key not in seen and fits(child, parent, pattern, len(children)):
                    seen.add(key)
                    yield Isa(child, parent, pattern)


def fits(child: End, parent: End, pattern: str, children: int) -> bool:
    if parent.named or child.term == parent.term:
        return False
    if pattern in OF_NAMES:
        return child.named and bool(child.type)
    return pattern not in ENUMERATED or children > 1 or child.term.endswith(parent.head)


def frames(marked: Marked) -> Iterator[Frame]:
    """Verbs between two ends of a clause; passives with 由 and 被 turned."""
    for how, by in FRAMES:
        for found in how.finditer(marked.line):
            head, tail = marked.ends[int(found["head"])], marked.ends[int(found["tail"])]
            words = found["verb"] + (found["by"] if by and found["by"] in "于在至到" else "")
            if head.term != tail.term:
                yield Frame(head, words, tail)
