"""How far the encoder is believed by what stands between two names: it was made for sentences, and is wrong elsewhere.

Found by judging facts by hand: between the fields of a record and the cells of a row it takes neighbours for facts, and
it takes two places of a list, or of two clauses, for one inside the other.
"""

from __future__ import annotations

import re
from typing import Final

CELLS: Final = re.compile(r"[|\t]")
FIELDS: Final = re.compile(r"\n[^\n:：]{1,40}[:：][ \n]")
CODE: Final = re.compile(r"[A-Z][A-Z.]{0,4}")
"""A ticker or a country's code: in a record it stands for the name beside it, or in a list of others."""
WITHIN: Final = re.compile(
    r"[,，]?\s*(?:\(|(?:which |that )?(?:(?:is|was|lies|stands|located|situated|born|based) )?(?:up |just )?"
    r"(?:in|within|inside|of|near the centre of)?\s*"
    r"(?:the |southern |northern |eastern |western |central |north-?\w*|south-?\w*)*)"
    r"|[^.;]{0,60}\b(?:is|was|are|were)\b[^.;]{0,40}\b(?:in|of)\b[^.;]{0,25}"
    r"|,? (?:a|an|the) [a-z -]{3,40} (?:in|of)(?: the)?(?: [a-z-]+){0,2}\s*"
)
AND: Final = re.compile(r"\b(?:and|or|to|from|between)\b")
ROWLESS: Final = frozenset(("PartOf", "WorksFor", "MemberOf", "founded", "released", "published", "dissolved"))
"""What a row without words does not say: its dates and its other bodies may be anything."""

OWNED: Final = re.compile(
    r", (?:a|an|the|its|now|then)\b[^,.;]*\b(?:subsidiary|unit|division|branch|arm|part|member) of (?:the )?"
)
"""Between a place and a body: the place is that of what is owned, which stands before it."""

DOUBTED: Final = {"CitizenOf": 0.6, "Produces": 0.8, "published": 0.85}
"""What the encoder says of too much: a stay for a citizenship, an alias for a product, another work's year."""


NO_CHILD: Final = re.compile(
    r"(?:\b(?:grand|great-|step|god|foster)\w*[- ]?\w*|\b(?:nephew|niece|cousin|uncle|aunt|ward|pupil|student|friend"
    r"|descendant|heir|successor)|-in-law|(?:son|daughter|child|children) (?:by|with))\b"
)
KIN: Final = re.compile(
    r"\b[\w-]*(?:son|daughter|child|father|mother|parent|nephew|niece|cousin|uncle|aunt)(?:-in-law)?\b"
)
"""Kin who are no child and parent; kin of any kind."""


BESIDE: Final = re.compile(
    r"\b(?:(?<!the )(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of"
    r"|(?:km|kilomet(?:er|re)s|miles|metres|meters|minutes|hours) from|near|close to|next to) (?:the |downtown )?$"
)
PLACED: Final = frozenset(("BornIn", "DiedIn", "LivesIn", "BasedIn", "HappenedIn", "CitizenOf", "LocatedIn"))
"""Relations to a place. What is near the place ("Vestby, south of Oslo") has none of them."""


SPOUSE: Final = re.compile(r"\b(?:\w*wife|husband|spouse|widow\w*|\w*marri\w+|wed|wedded|bride|consort|partner)\b")
TAUGHT: Final = re.compile(
    r"\b(?:teaching|taught|teach|teaches|lectur\w+|professor|worked|working|employed)\b(?:(?!\b(?:stud|graduat|attend|train"
    r"|educat|learn|enroll?)\w*)[^,;.])*$|\b(?:degree|diploma|bachelor['’]?s|master['’]?s|doctorate|major\w*|course|minor)"
    r" (?:in|of) $"
)
"""Before a school where somebody taught, and before a subject: neither is where one was educated."""
AGAINST: Final = re.compile(
    r"\b(?:over|against|versus|vs\.?|past|beat|beating|defeat(?:ed|ing)?|facing|faced) (?:the )?$"
    r"|\b(?:for|in|during|of) the \d{4}\S* $"
)
"""Before an opponent, and before a league by whose season something is dated."""
NEVER: Final = {
    "EducatedAt": TAUGHT,
    "MemberOf": AGAINST,
    "BasedIn": re.compile(
        r"\b(?:work|stud|teach)\w* (?:at|for|in) (?:the )?$"
        r"|\b(?:found|form|creat|launch|start|set)\w* (?:up )?(?:a|an|its|their) (?:[\w-]+ ){0,3}"
        r"(?:venture|subsidiary|company|firm|start-?up|foundation|partnership) in (?:the )?$"
        r"|^: (?:the )?$"
    ),
    "SpouseOf": re.compile(r"^ \($"),
}
"""What stands between two of whom the relation is not told."""
FAR: Final = 30
"""From here on (code points) words about a seat must stand between a body and its place."""
SEAT: Final = re.compile(
    r"\b(?:based|headquarter\w*|seat\w*|offices?|locat\w+|situated|plants?|factor\w+|campus\w*|laborator\w+|mov\w+"
    r"|relocat\w+|opened|stands?|lies|hous\w+|sites?|cent(?:er|re)s?|found\w*|establish\w*|operat\w+|branch\w*|works"
    r"|built|buil(?:t|ding)\w*|studios?|stadium|grounds?|home|compan(?:y|ies)|firm|club|team|school|college|university"
    r"|hospital|museum|bank|institut\w*|agency|maker|manufacturer|publisher|provider|group)\b"
)


def credit(relation: str, head: str, tail: str, gap: str) -> float:
    """What the encoder's probability is multiplied by, a fraction in [0, 1]; 0 leaves the statement out.

    `gap` is the text between the two names, `head` and `tail` are as written.
    """
    row, record = CELLS.search(gap) is not None, FIELDS.search(gap) is not None
    if (row or record) and (CODE.fullmatch(head) or CODE.fullmatch(tail)):
        return 0.0
    if row:
        return 0.0 if relation in ROWLESS else 0.9
    if record:
        return 0.85
    return 0.0 if denied(relation, gap) else in_words(relation, gap)


def in_words(relation: str, gap: str) -> float:
    """What is left where nothing but words stands between."""
    if relation == "LocatedIn" and (AND.search(gap) or not WITHIN.fullmatch(gap)):
        return 0.55
    if relation == "BasedIn" and len(gap) > FAR and not SEAT.search(gap):
        return 0.7
    return DOUBTED.get(relation, 1.0)


def denied(relation: str, gap: str) -> bool:
    """Whether the words between the two say something else."""
    if relation in NEVER and NEVER[relation].search(gap):
        return True
    if relation == "ChildOf":
        return NO_CHILD.search(last_kin(gap)) is not None
    if relation == "SpouseOf":
        return KIN.search(gap) is not None and SPOUSE.search(gap) is None
    if relation == "BasedIn" and OWNED.fullmatch(gap):
        return True
    return relation in PLACED and BESIDE.search(gap) is not None


def last_kin(gap: str) -> str:
    """From the word of kin next to the later name on, or everything where there is none."""
    found = list(KIN.finditer(gap))
    return gap[found[-1].start() :] if found else gap
