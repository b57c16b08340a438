"""Jobs and offices in English text ("vice president for operations"): what an entity's `position` may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
        "vice-chairman seneschal intendant envoy delegate chief general brigadier"
    )
)
UNTOLD: Final = frozenset(("officer", "chief", "fellow", "partner", "general"))
"""Jobs that say something with a rank or a field only."""
WORD: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
MOST_LETTERS: Final = 40
"""No job is as long; what is remembered of words stays small."""
BEFORE: Final = ("co-", "ex-", "vice-", "under-")
AFTER: Final = ("-elect", "-designate", "-general", "-in-chief")
"""What a job in one word may begin and end with."""
VERBS: Final = (
    r"(?:left|said|says|died|was|is|were|are|has|had|have|will|would|may|became|took|won|wrote|told|spoke|went|made|met"
    r"|joined|moved|retired|resigned|announced|confirmed|explained|added|founded|replaced|succeeded|appeared|signed)\b"
)
NO_FIELD: Final = (
    r"(?!(?:a|an|the|its|his|her|their|our|this|that|all|many|some|more|about|over|two|three|what)\b)"
    r"[a-z]{3,}(?![A-Za-z'’-])"
)
SHORT: Final = re.compile(rf" (?:of|for) {NO_FIELD}(?: and [a-z]{{4,}}\b)?")
"""A field as the encoder learned it: one or two words in lower case."""
CAPITALS: Final = r"(?!No\b)[A-Z][a-z]+(?: (?!No\b)[A-Z][a-z]+){0,3}(?![\w'’-]| No\b|\.? \d)"
SMALL: Final = rf"[a-z]{{3,}}(?![A-Za-z'’-])(?: (?!{VERBS}|(?:and|who|the|that)\b)[a-z]{{4,}}(?![A-Za-z'’-])){{0,2}}"
STOP: Final = (
    r"(?=\s*$|[,.;:)\n]| (?:at|in|of|for|from|with|who|and|since|under|until|to|by|on|during|when|as|but|before"
    rf"|{VERBS}))"
)
LONG: Final = re.compile(
    rf" (?:of|for) (?:{CAPITALS}(?:(?:, {CAPITALS})*,? and {CAPITALS})?|(?={NO_FIELD}){SMALL}(?: and {SMALL})?{STOP})"
)
"""A field as it is said: "for Trade, Industry and Energy", "of organic chemistry" where a clause ends or goes on."""


@dataclass(frozen=True, slots=True)
class Post:
    """A job or office in the words that the encoder judges, and in all its words."""

    short: Value
    whole: Value


def positions(text: str, taken: Sequence[Span]) -> Iterator[Post]:
    """The positions of a text (kind J) that no name of `taken` (in text order) overlaps. Linear in the text."""
    at = 0
    for job in jobs(text):
        while at < len(taken) and taken[at].end <= job.start:
            at += 1
        free = len(text) if at == len(taken) else taken[at].start
        short, whole = with_field(text, job, SHORT, free, 1), with_field(text, job, LONG, free, 2)
        if job.end <= free and max(short, whole).of(text).lower() not in UNTOLD:
            yield Post(post(text, short), post(text, max(short, whole)))


def post(text: str, span: Span) -> Value:
    return Value("J", span, span.of(text), span.of(text))


def jobs(text: str) -> Iterator[Span]:
    """Each longest run of ranks that ends in a job ("deputy prime minister")."""
    start = end = past = -1
    for found in WORD.finditer(text):
        low = found.group()[:MOST_LETTERS].lower()
        follows = found.start() == past + 1 and text[past] in " -"
        job = is_job(low)
        if not follows or not (job or low in RANKS):
            if end > start >= 0:
                yield Span(start, end)
            start = end = -1
        if job or low in RANKS:
            start = found.start() if start < 0 else start
            end = found.end() if job else end
        past = found.end()
    if end > start >= 0:
        yield Span(start, end)


@lru_cache(maxsize=1 << 14)
def is_job(word: str) -> bool:
    """A job, also with what stands before or after it with a hyphen: "co-director", "president-elect"."""
    if word in JOBS:
        return True
    before = next((b for b in BEFORE if word.startswith(b)), "")
    after = next((a for a in AFTER if word.endswith(a)), "")
    return bool(before or after) and word.removeprefix(before).removesuffix(after) in JOBS


def with_field(text: str, job: Span, field: re.Pattern[str], free: int, most: int) -> Span:
    """The job with what it is for, as far as no name begins (`free`): "Secretary of State for Trade and Industry"."""
    end = job.end
    for _ in range(most):
        found = field.match(text, end, free)
        end = found.end() if found else end
    return Span(job.start, end)
