"""Words that say that a statement is denied, or only possible, planned or reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

NEGATED: Final = {
    "en": re.compile(
        r"\b(?:not|never|no longer|nor|neither|denied|denies|deny|without|failed to"
        r"|refused to|declined|fails to|wrongly|falsely|mistakenly|blocked|fell through|called off)\b|n't\b"
    ),
    "zh": re.compile(
        r"(?<![非常])(?:没有|并未|从未|未曾|尚未|未能|未(?![来婚成名])|并非|不是|不再|否认|拒绝|无法|没能|不曾|暂无|放弃|终止"
        r"|非(?!洲|常|法|营利|政府|物质|凡|典))"
    ),
}
HEDGED: Final = {
    "en": re.compile(
        r"\b(?:may(?! \d)|might|could|would|reportedly|allegedly|rumou?r\w*|supposedly|perhaps|probably"
        r"|possibly|planned|plans?|"
        r"planning|intends?|intended|expected|expects?|proposed|proposes|considering|considers"
        r"|wants?|hopes?|hoped|tried|attempted|"
        r"attempts?|if|whether|claims?|claimed|likely|said to|believed|thought to|will|agreed|seeks?"
        r"|sought|offered|bid|unless|should|held to|in principle|recommends"
        r"|some (?:people )?(?:say|believe|think|argue)|is thought|legend|(?:was|is|were|are) to)\b"
    ),
    "zh": re.compile(
        r"可能|也许|或许|据称|据说|据传|传闻|拟(?!定|人)|计划|打算|预计|有望|将(?!军|领|士|来)|如果|假如|若|是否"
        r"|考虑|希望|申请|报考|议案|草案|框架意向|疑似|传言|意向|有意"
    ),
}
QUESTION: Final = re.compile(r"[?？][\"”'’」)]*\s*$")
CLAUSE: Final = {
    "en": re.compile(r"[,;:()\"“”]| but | and | while | although "),
    "zh": re.compile(r"[，；：。、（）“”]|但|而"),
}


@dataclass(frozen=True, slots=True)
class Flags:
    negated: bool
    hedged: bool


def flags(sentence: str, start: int, end: int, lang: str) -> Flags:
    """Flags of the statement at `sentence[start:end]`: cues inside it, and before it in the same clause."""
    borders = [m.end() for m in CLAUSE[lang].finditer(sentence, 0, start)]
    words = sentence[borders[-1] if borders else 0 : end]
    lead = sentence[:start].lower()
    hedged = bool(HEDGED[lang].search(words.lower())) or bool(
        re.search(r"\b(?:if|whether)\b[^,;.]*$|如果[^，。]*$", lead)
    )
    return Flags(bool(NEGATED[lang].search(words.lower())), hedged)
