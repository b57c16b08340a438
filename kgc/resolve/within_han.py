"""Names in Han characters in one document: defined short forms, surname with a title, short names of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kgc.resolve.folding import HAN
from kgc.resolve.lexicon import HAN_PLACES
from kgc.resolve.names import form
from kgc.resolve.within_names import Claim, Name, compatible

_CROWD: Final = 24
"""Names that so many others begin like are not compared."""
_SHORT = re.compile(
    r"\s*[,，]?\s*[（(]?\s*(?:以下|下文|下面|以下统)?(?:简称|下称|缩写|又称|也称|又名|亦称|通称|俗称)(?:为|作)?\s*[:：]?\s*"
    r"[\"“「『]?(?P<short>[^\"“”「」『』（）()，。,;；、\s]{1,30})"
)
_LETTERS = re.compile(r"\s?[（(]\s?(?P<short>[A-Z][A-Za-z0-9&.\-]{1,12})\s?[)）]")
_PARTS = re.compile(r"\s?[（(]\s?(?P<short>[\u3400-\u9fff]{2,8})\s?[)）]")
_TITLE: Final = re.compile(
    r"(?:先生|女士|小姐|教授|博士|院士|主席|副主席|总统|总理|部长|市长|省长|书记|总经理|经理|总裁|董事长|老师|医生|律师|法官|局长"
    r"|主任|校长|院长|所长|同志|将军|上校|导演|大夫|行长|副行长|主编|记者|秘书长|检察长|庭长|委员长|议员|首相|大使|处长|队长|教练|总)$"
)
_DROPPED: Final = re.compile(
    r"(?:大学|学院|集团|科技|技术|控股|股份|公司|总公司|电子|网络|汽车|通信|传媒|医院|电器|软件|信息|生物|药业|银行|投资|实业|工业"
    r"|国际|有限|航空|出版社|俱乐部|食品|酒业|能源|重工|新能源|贸易|制造|材料|文化|健康|互联网)+"
)
_MAKES_ANOTHER: Final = re.compile(r"(?:银行|投资|航空|汽车|能源|健康|国际|文化)")
"""Nouns that tell a sister body from its namesake, unless a legal form follows."""


def han_claims(text: str, names: Sequence[Name]) -> Iterator[Claim]:
    """What the Chinese names of a document stand for; nothing where two fit."""
    known: dict[str, list[Name]] = {}
    for n in names:
        known.setdefault(n.surface.strip(), []).append(n)
    han = [n for n in names if HAN.search(n.surface)]
    yield from _defined(text, han, known)
    yield from _persons([n for n in han if n.kind == "person"])
    yield from _bodies([n for n in han if n.kind == "organization"])


def _claim(short: Name, full: Name, score: float, why: str) -> Claim:
    return Claim(short.number, full.number, score, why)


def _defined(text: str, han: Sequence[Name], known: Mapping[str, Sequence[Name]]) -> Iterator[Claim]:
    """What the text says a short name stands for, by 简称 and its like, or in brackets right after the name."""
    for name in han:
        for _, end in name.places:
            for pattern, score in ((_SHORT, 0.97), (_LETTERS, 0.93), (_PARTS, 0.95)):
                found = pattern.match(text, end, end + 80)
                if not found:
                    continue
                short = found["short"]
                if pattern is _PARTS and not (_in_order(short, name.surface) and len(short) < len(name.surface)):
                    continue
                for other in known.get(short, ()):
                    if other is not name and compatible(name, other):
                        yield _claim(other, name, score, f"文中定义：{short} 即 {name.surface}")
                break


def _in_order(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in order."""
    at = 0
    for c in short:
        at = full.find(c, at) + 1
        if not at:
            return False
    return True


def _persons(persons: Sequence[Name]) -> Iterator[Claim]:
    """A surname with a title, a given name, the last part of a transcribed name: for the one person it fits."""
    bare = {n.number: _TITLE.sub("", n.surface.strip()) or n.surface for n in persons}
    full = [n for n in persons if _full(bare[n.number])]
    keys: dict[tuple[str, str], list[Name]] = {}
    for n in full:
        name = bare[n.number]
        parts = re.split("[·・•‧]", name)
        at = (("transcribed", parts[-1]),) if len(parts) > 1 else (("surname", name[0]), ("surname", name[:2]),
                                                                  ("given", name[1:]), ("given", name[2:]))  # fmt: skip
        for key in {("full", name), *at}:
            keys.setdefault(key, []).append(n)
    for n in persons:
        name = bare[n.number]
        titled = name != n.surface.strip()
        ways = ["full"] if titled and len(name) > 1 else []
        ways += ["transcribed"] if not _full(name) or len(name) > 1 else []
        ways += ["surname"] if titled and len(name) < 3 else []
        ways += ["given"] if len(name) == 2 and not titled else []
        for way in ways:
            fitting = [
                m
                for m in keys.get((way, name), ())
                if m is not n and compatible(n, m) and (m.surface == name if way == "full" else bare[m.number] != name)
            ]
            if len({bare[m.number] for m in fitting}) == 1:
                yield _claim(n, fitting[0], _SURE[way], f"{n.surface}：文中只有 {fitting[0].surface} 与之相合")
            if fitting:
                break


_SURE: Final = {"full": 0.97, "transcribed": 0.93, "surname": 0.9, "given": 0.82}


def _full(name: str) -> bool:
    return len(re.split("[·・•‧]", name)) > 1 or 2 <= len(name) <= 4


def _bodies(bodies: Sequence[Name]) -> Iterator[Claim]:
    """Short names of bodies: without legal form and nouns, without the place before them, by characters in order."""
    if not bodies:
        return
    forms = {n.number: form(n.surface, "organization") for n in bodies}
    first: dict[str, list[Name]] = {}
    for n in bodies:
        text = forms[n.number].text
        for key in {text[:1], _placeless(text)[:1]} - {""}:
            first.setdefault(key, []).append(n)
    for a in bodies:
        short = forms[a.number].text
        group = first.get(short[:1], ())
        if len(short) < 2 or short in HAN_PLACES or len(group) > _CROWD:
            continue
        told = [
            (score, b)
            for b in group
            if b is not a and compatible(a, b) and (score := _shortened(short, forms[b.number].text, b, a))
        ]
        told = [t for t in told if t[0] == max(score for score, _ in told)]
        if len({(forms[b.number].text, forms[b.number].legal) for _, b in told}) == 1:
            score, best = max(told, key=lambda t: (len(t[1].surface), -t[1].number))
            yield _claim(a, best, score, f"{a.surface}：文中只有 {best.surface} 以此为简称")


def _placeless(text: str) -> str:
    place = next((p for p in HAN_PLACES if text.startswith(p)), "")
    rest = text[len(place) :] if place else text
    return rest[1:] if place and rest[:1] in ("市", "省") and len(rest) > 3 else rest


def _shortened(short: str, full: str, of: Name, by: Name) -> float:
    """How sure it is that `short` is the short form of `full`, 0 where it is none."""
    late = 0.0 if of.first <= by.first else 0.08
    legal = form(of.surface, "organization").legal
    if short == full:
        return 0.95 - late if legal and len(of.surface) > len(by.surface) else 0.0
    for whole, score in ((full, 0.9), (_placeless(full), 0.85)):
        rest = whole.removeprefix(short)
        if rest != whole and _DROPPED.fullmatch(rest) and (legal or not _MAKES_ANOTHER.search(rest)):
            return score - late
    if full.endswith("大学") and len(short) == 2 and short == f"{full[0]}大":
        return 0.85 - late
    fits = len(short) <= 4 and len(full) >= len(short) + 2 and short[0] == full[0] and _in_order(short, full)
    if fits and not late and not full.startswith(short) and (short[-1] == full[-1] or len(short) > 2):
        return 0.85 if len(full) == 4 and short == full[0] + full[-1] else 0.8
    return 0.0
