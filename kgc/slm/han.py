"""Where Chinese names begin and end: word lists and endings know it better than the small model does."""

from __future__ import annotations

import re
from typing import Final

from kgc.data import Span
from kgc.slm import classes
from kgc.slm.lexicon import Lexicon

HAN: Final = re.compile(r"[一-鿿]")
BORDER: Final = re.compile(
    r"成立|创立|创办|持有|包括|位于|收购|并购|加入|共同|联合|曾|担任|出任|现任|时任|历任|兼任|曾任|接任|升任|聘任|任命|辞去|免去|就职于|任职于|毕业于|隶属于|隶属|出售|供应|提供|生产|投资|合作|签署|"
    r"以及|[由在于与和及向从对给被将把是为了的至到让据该其本或跟同、]"
)
BODY: Final = re.compile(
    r"(?:(?!"
    + BORDER.pattern
    + r")[一-鿿]){0,8}?(?:有限责任公司|股份有限公司|有限公司|公司|集团|大学|学院|研究所|研究院|基金会|委员会|协会|"
    r"银行|管理局|安全局|监督局|交易所|实验室)(?![一-鿿]{0,2}(?:长|人员))"
)
AFTER_NAME: Final = frozenset(
    "的是在和与于曾也说为任对将从及，。、（）；：出毕生就担获等又先及向至以及当被则还都因并自到及率兼让把要已未不"
    "称表指认来去提介创离回加参先女同即"
)


def company(surface: str) -> str:
    """The end of a stretch that is the company's name: what follows the last verb or particle."""
    starts = [m.end() for m in BORDER.finditer(surface, 0, max(0, len(surface) - 5))]
    return surface[starts[-1] if starts else 0 :]


def whole(kind: str, span: Span, text: str, lexicon: Lexicon) -> tuple[str, Span]:
    """The name made whole: a body up to its ending word, a person's third character."""
    if kind in "OL":
        rest = BODY.match(text, span.end)
        if rest and not HAN_ENDS.search(span.of(text)):
            return "O", Span(span.start, rest.end())
    if kind == "O" and "部门" in span.of(text):
        return kind, Span(span.start, span.start + span.of(text).index("部门") + 2)
    if kind == "P" and span.end - span.start == 2 and third(span, text, lexicon):
        return kind, Span(span.start, span.end + 1)
    return kind, span


HAN_ENDS: Final = re.compile(r"(?:公司|集团|大学|学院|研究所|研究院|基金会|委员会|协会|银行|局|部|厅)$")


def third(span: Span, text: str, lexicon: Lexicon) -> bool:
    """Whether the character after a name of two belongs to it: it starts no word and is no particle."""
    after, follow = text[span.end : span.end + 1], text[span.end : span.end + 2]
    if not HAN.match(after) or after in AFTER_NAME or "l" not in lexicon.of(text[span.start]):
        return False
    words = (text[span.end : span.end + size] for size in (2, 3, 4))
    return len(follow) < 2 or not any("w" in lexicon.of(w) for w in words)


def corrected(kind: str, surface: str, lexicon: Lexicon) -> str:
    """Known places are places; what ends like a body is one; a transcribed name with a dot is a person's."""
    if set(lexicon.of(surface)) & set("kcr"):
        return "L"
    if HAN_ENDS.search(surface) and len(surface) > 3:
        return "O"
    return "P" if re.fullmatch(r"[一-鿿]{1,6}(?:[·・][一-鿿]{1,8}){1,3}", surface) else kind


def parts(kind: str, span: Span, text: str, lexicon: Lexicon) -> list[Span]:
    """A place after the wider ones that hold it ("瑞典哥德堡", "贵州省遵义市凤冈县") as the places that it is."""
    surface = span.of(text)
    if kind == "L" and surface not in lexicon.kinds:
        for size in range(len(surface) - 2, 1, -1):
            known = set(lexicon.of(surface[:size]))
            city = "c" in known and HAN_CITY.search(surface[:size]) and HAN_DISTRICT.search(surface[size:])
            if (known & set("kr") or city) and "w" not in lexicon.of(surface[size:]):
                cut = span.start + size
                both = Span(span.start, cut), Span(cut, span.end)
                return [part for half in both for part in parts(kind, half, text, lexicon)]
    return [span]


HAN_CITY: Final = re.compile(r"(?:市|州|盟)$")
HAN_DISTRICT: Final = re.compile(r"^[一-鿿]+(?:市|县|区|旗|镇|乡|村|街道|路|街)$")


def is_word(kind: str, span: Span, text: str, lexicon: Lexicon) -> bool:
    """Whether a found name is a common word, or cut out of one ("设施建设" is no Mr Shi)."""
    surface = span.of(text)
    if surface.isascii():
        plain = all(word.istitle() for word in surface.split())
        return (
            " " not in surface
            or kind == "L"
            or (kind == "P" and not plain)
            or (kind == "O" and classes.organisation(surface) == "Organization")
        )
    known = set(lexicon.of(surface))
    if "w" in known and not known & set("kcrsg"):
        return True
    return kind == "P" and span.start > 0 and "w" in lexicon.of(text[span.start - 1 : span.start + 1])
