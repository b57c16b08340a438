"""Words that say that a statement is denied, or only possible, planned or reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

NEGATED: Final = {
    "en": re.compile(
        r"\b(?:not|never|no longer|nor|neither|denied|denies|deny|without (?=\w+ing\b)|failed to"
        r"|refused to|declined|fails to|wrongly|falsely|mistakenly|blocked|fell through|called off)\b|n't\b"
    ),
    "zh": re.compile(
        r"(?<![非常])(?:没有|并未|从未|未曾|尚未|未能|未(?![来婚成名])|并非|不是|不再|否认|拒绝|无法|没能|不曾|暂无|放弃|终止"
        r"|非(?!洲|常|法|营利|政府|物质|凡|典))"
    ),
}
HEDGED: Final = {
    "en": re.compile(
        r"\b(?:(?<!\d )may(?! \d)|might|could|would|reportedly|allegedly|rumou?r\w*|supposedly|perhaps|probably"
        r"|possibly|planned|plans?|"
        r"planning|intends?|intended|expected|expects?|proposed|proposes|considering|considers"
        r"|wants?|hopes?|hoped|tried|attempted|"
        r"attempts?|if|whether|claims?|claimed|likely|said to|believed|thought to|will|agreed(?! on\b)|seeks?"
        r"|sought|offered|bid|unless|should|held to|in principle|recommends"
        r"|some (?:people )?(?:say|believe|think|argue)|is thought|legend|(?:was|is|were|are) to)\b"
    ),
    "zh": re.compile(
        r"可能|也许|或许|据称|据说|据传|传闻|拟(?!定|人)|计划|打算|预计|有望|将(?!军|领|士|来)|如果|假如|若|是否"
        r"|考虑|希望|申请|报考|议案|草案|框架意向|疑似|传言|意向|有意"
    ),
}
LATER: Final = (
    r" when | where | because | since | after | before | until | till | whereas | why | how "
    r"| as (?:he|she|it|they|the) "
)
"""What begins a clause of its own: what is denied before it is not what is said after it, and the other way round."""
QUESTION: Final = re.compile(r"[?？][\"”'’」)]*\s*$")
CLAUSE: Final = {
    "en": re.compile(rf"[,;:()\"“”]| but | and | while | although | though |{LATER}| who | which "),
    "zh": re.compile(r"[，；：。、（）“”]|但|而"),
}


GOES_ON: Final = (
    r"(?=(?:was|is|were|are|has|had|have|also|now|later|and|then|died|became|left|won|wrote|built|led|took|began|went|met"
    r"|sold|bought|made|ran|held|grew|taught|[a-z]+ed|[a-z]{3,}s)\b)"
)
ASIDE: Final = re.compile(
    rf",\s*(?:who|whom|which|whose|where|though|although)\b[^,;]*, {GOES_ON}|\([^()]*\)|\s[–—]\s[^–—]*\s[–—]\s"
)
"""What stands between a subject and its verb and is not about what the verb says."""
UNDENIED: Final = (
    (re.compile(r"\bnot (?:only|just|merely|least|to be confused)\b"), ""),
    (
        re.compile(r"\b(?:not|never|cannot|\w+n't)(?: yet)?(?: be| been)? (?:rul\w+ out|exclud\w+|disput\w+|doubt\w*)"),
        "possibly",
    ),
    (re.compile(r"\b(?:not|never|\w+n't)(?: yet)? (?:\w+ ){1,2}(?=(?:if|whether)\b)"), ""),
    (re.compile(r"\bnot\b[^,;]*,? but "), ""),
    (re.compile(r"\bwould (?:later|eventually|soon|subsequently|go on to)\b"), ""),
)
"""What looks like a denial or a doubt and is none, with what stands for it."""


@dataclass(frozen=True, slots=True)
class Flags:
    negated: bool
    hedged: bool


def flags(sentence: str, start: int, end: int, lang: str, *, passing: bool = False) -> Flags:
    """Flags of the statement at `sentence[start:end]`: cues inside it, and before it in the same clause.

    What is told in `passing` ("David Miller, head of Acme,") is not touched by what is said of it before.
    """
    inside = cued(sentence[start:end], lang)
    if passing:
        return inside
    borders = [m.end() for m in CLAUSE[lang].finditer(sentence, 0, start)]
    before = cued(sentence[borders[-1] if borders else 0 : start], lang)
    asked = bool(re.search(r"\b(?:if|whether)\b[^,;.]*$|如果[^，。]*$", sentence[:start].lower()))
    return Flags(inside.negated or before.negated, inside.hedged or before.hedged or asked)


def cued(words: str, lang: str) -> Flags:
    """The flags by the cues in some words, all of which are about one statement but for what is put in between."""
    plain = words.lower()
    if lang == "en":
        plain = re.split("[;:]", plain)[-1]
        plain = ASIDE.sub(" ", plain)
        for look, instead in UNDENIED:
            plain = look.sub(instead, plain)
    return Flags(bool(NEGATED[lang].search(plain)), bool(HEDGED[lang].search(plain)))
