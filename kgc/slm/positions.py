"""Jobs and offices in English text ("vice president for operations"): what an entity's `position` may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kgc.data import Span
from kgc.slm.lexicon import listed_words
from kgc.slm.values import Value

RANKS: Final = frozenset(
    listed_words(
        "deputy vice assistant associate acting interim senior junior lead chief principal general executive director "
        "managing regional national technical technology financial finance operating information scientific marketing "
        "medical legal commercial creative artistic musical music editorial political honorary independent founding "
        "visiting adjunct full research software product project sales site prime foreign head attorney secretary "
        "company in-house town permanent private data security safety quality non-executive staff rear field "
        "defence defense interior education health transport tourism justice export country "
        "protection parish police customs press first second third under district state county city federal crown"
    )
)
JOBS: Final = frozenset(
    listed_words(
        "president chairman chairwoman chairperson chair ceo cfo cto coo cio executive officer director manager head "
        "leader founder co-founder cofounder partner governor mayor minister premier chancellor ambassador consul "
        "commissioner senator congressman congresswoman speaker secretary treasurer judge justice prosecutor attorney "
        "lawyer counsel colonel captain lieutenant sergeant admiral commander marshal inspector superintendent sheriff "
        "king queen emperor empress sultan shah prince princess duke duchess count earl regent khan bishop archbishop "
        "abbot abbess cardinal pope priest pastor rabbi imam metropolitan rector dean provost principal headmaster "
        "headmistress professor lecturer reader fellow teacher geologist researcher scientist engineer architect "
        "designer developer programmer analyst economist physicist chemist biologist historian curator librarian "
        "archivist conductor composer organist coach chef pilot skipper trainer goalkeeper editor editor-in-chief "
        "columnist correspondent reporter photographer producer publisher spokesman spokeswoman spokesperson adviser "
        "advisor consultant accountant auditor surveyor surgeon physician nurse pharmacist midwife clerk recruiter "
        "maintainer webmaster coordinator representative liquidator trustee vice-president vice-chancellor "
        "vice-chairman seneschal intendant envoy delegate chief"
    )
)
UNTOLD: Final = frozenset(("officer", "chief", "fellow", "partner", "general"))
"""Jobs that say something with a rank or a field only."""
WORD: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
FIELD: Final = re.compile(
    r" (?:of|for) (?!(?:a|an|the|its|his|her|their|our|this|that|all|many|some|more|about|over|two|three|what)\b)"
    r"[a-z]{3,}(?![A-Za-z'’-])(?: and [a-z]{4,}\b)?"
)


def positions(text: str, taken: Sequence[Span]) -> Iterator[Value]:
    """The positions of a text (kind J) that no name of `taken` (in text order) overlaps. Linear in the text."""
    at = 0
    for span in jobs(text):
        while at < len(taken) and taken[at].end <= span.start:
            at += 1
        if span.of(text).lower() not in UNTOLD and (at == len(taken) or span.end <= taken[at].start):
            yield Value("J", span, span.of(text), span.of(text))


def jobs(text: str) -> Iterator[Span]:
    """Each longest run of ranks that ends in a job, with its field ("professor of physics")."""
    start = end = past = -1
    for found in WORD.finditer(text):
        low = found.group().lower()
        follows = found.start() == past + 1 and text[past] in " -"
        if not follows or not (low in JOBS or low in RANKS):
            if end > start >= 0:
                yield with_field(text, start, end)
            start = end = -1
        if low in JOBS or low in RANKS:
            start = found.start() if start < 0 else start
            end = found.end() if low in JOBS else end
        past = found.end()
    if end > start >= 0:
        yield with_field(text, start, end)


def with_field(text: str, start: int, end: int) -> Span:
    field = FIELD.match(text, end)
    return Span(start, field.end() if field else end)
