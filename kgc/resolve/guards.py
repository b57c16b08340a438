"""What keeps two names apart whatever else speaks for them: each guard gives a code and a reason, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kgc.resolve.compare import Comparison
from kgc.resolve.lexicon import GENERIC, HAN_OPPOSITES, HAN_PLACES, OPPOSITE_ROW, PLACES, SECTORS
from kgc.resolve.names import Form, Person
from kgc.resolve.records import Item, Veto

_YIELDING: Final = frozenset({"given", "initial", "middle", "surname", "script", "han", "parts", "part", "generation"})
"""Vetoes that an identifier outweighs: names are misspelt and change, numbers of a register seldom."""
_HAN_SECTORS: Final = (
    "银行", "保险", "证券", "大学", "学院", "中学", "小学", "医院", "航空", "基金", "研究院", "研究所", "实验室",
    "出版社", "报", "日报", "晚报", "电视台", "俱乐部", "队", "杯", "奖", "站", "路", "街", "桥", "机场", "地铁",
    "酒店", "饭店", "汽车", "电子", "电器", "科技", "地产", "置业", "物流", "能源", "石化", "石油", "电力", "电信",
    "移动", "联通", "传媒", "影业", "音乐", "体育", "食品", "药业", "制药", "生物", "化工", "钢铁", "矿业", "建设",
    "建筑", "工程", "投资", "资本", "信托", "财务", "租赁", "分行", "支行", "分公司", "子公司", "委员会", "部",
    "厅", "局", "处", "法院", "检察院", "党", "协会", "学会", "联盟", "云", "半导体", "附属", "附属医院",
    "附属中学", "战争", "条约", "法", "控股", "网络", "软件", "教育", "健康", "金融", "支付", "游戏", "服务",
)  # fmt: skip


def vetoes(one: Item, other: Item, a: Form, b: Form, found: Comparison) -> tuple[Veto, ...]:
    """All that forbids the pair, in a fixed order. Symmetric in what it forbids."""
    checks = [*_types(one, other), *_links(one, other)]
    if found.level == "alias":
        return tuple(checks)
    checks += [*_numbers(a, b), *_legal(a, b)]
    if a.person and b.person:
        checks += _persons(a.person, b.person)
    elif found.level not in ("acronym", "spacing"):
        checks += _han(found, a, b) if a.han and b.han else _words(found)
    checks += [Veto(code, reason, code in _YIELDING) for code, reason in found.clashes]
    return tuple(checks)


def compatible(one: Item, other: Item) -> bool:
    """Whether the classes can be those of one thing: equal, or one an ancestor of the other, and of one kind."""
    if one.kind != other.kind and "thing" not in (one.kind, other.kind):
        return False
    if not one.types or not other.types:
        return True
    return one.types[0] in other.types or other.types[0] in one.types


def _types(one: Item, other: Item) -> Iterator[Veto]:
    if not compatible(one, other):
        what = (one.types[:1] or (one.kind,))[0], (other.types[:1] or (other.kind,))[0]
        yield Veto("type", f"{what[0]} and {what[1]} are not classes of one thing")


def _links(one: Item, other: Item) -> Iterator[Veto]:
    """Two ids of one knowledge base are two things, unless they share an id as well."""
    mine, yours = set(one.links), set(other.links)
    if mine & yours:
        return
    for base in sorted({base for base, _ in mine} & {base for base, _ in yours}):
        ids = [" and ".join(sorted(id_ for b, id_ in links if b == base)) for links in (mine, yours)]
        yield Veto("link", f"in {base} they are {ids[0]} and {ids[1]}")


def _numbers(a: Form, b: Form) -> Iterator[Veto]:
    if a.numbers != b.numbers:
        says = " and ".join(", ".join(x.numbers) or "none" for x in (a, b))
        yield Veto("number", f"the numbers differ ({says})")


def _legal(a: Form, b: Form) -> Iterator[Veto]:
    if a.legal and b.legal and a.legal != b.legal:
        yield Veto("legal", f"two legal forms ({a.legal} and {b.legal})")


def _words(found: Comparison) -> Iterator[Veto]:
    left, right = found.left, found.right
    rows = {OPPOSITE_ROW[w]: w for w in left if w in OPPOSITE_ROW}
    for word in right:
        if OPPOSITE_ROW.get(word) in rows:
            yield Veto("opposite", f"{rows[OPPOSITE_ROW[word]]!r} and {word!r} exclude each other")
            return
    if left and right:
        yield Veto("parts", f"{' '.join(left)!r} and {' '.join(right)!r} are two different parts", True)
        return
    yield from _one_more(left or right)


def _one_more(over: Sequence[str]) -> Iterator[Veto]:
    """One name has more parts than the other."""
    for word in over:
        if word in OPPOSITE_ROW:
            yield Veto("opposite", f"only one is {word!r}")
        elif word in PLACES:
            yield Veto("place", f"only one is of {word.title()}")
        elif word in SECTORS:
            yield Veto("branch", f"only one is a {word!r}: a part, a parent or another thing of that name")
        elif len(word) == 1:
            yield Veto("letter", f"only one has {word!r}")
    if len(over) > 1 and not all(w in GENERIC for w in over):
        yield Veto("part", f"one name has {' '.join(over)!r} more", True)


def _han(found: Comparison, a: Form, b: Form) -> Iterator[Veto]:
    left, right = "".join(found.left), "".join(found.right)
    if left and right:
        if found.level != "short":
            yield Veto("parts", f"{left} and {right} are two different parts")
        return
    over = left + right
    if not over or found.level == "generic":
        return
    if place := next((p for p in HAN_PLACES if p in over), ""):
        yield Veto("place", f"only one is of {place}")
    elif branch := next((s for s in _HAN_SECTORS if s in over), ""):
        yield Veto("branch", f"only one has {branch}: a part, a parent or another thing of that name")
    elif min(len(a.tokens[0]), len(b.tokens[0])) < 2 or (len(over) == 1 and any(over in row for row in HAN_OPPOSITES)):
        yield Veto("opposite", f"only one has {over}")


def _persons(a: Person, b: Person) -> Iterator[Veto]:
    if a.generation != b.generation and (a.generation and b.generation):
        yield Veto("generation", f"two generations ({a.generation} and {b.generation})")
    elif a.generation != b.generation:
        yield Veto("generation", f"only one is {a.generation or b.generation!r}", True)
    if a.gender and b.gender and a.gender != b.gender:
        yield Veto("title", "the titles are those of a man and of a woman")
