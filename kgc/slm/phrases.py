"""Noun phrases as ends of open facts: kept whole, without their article; what stands for something else is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kgc.slm.lexicon import listed_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NAMES: Final = frozenset(("NNP", "NNPS"))
NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS"))
MOST_WORDS: Final = 8
ARTICLES: Final = frozenset(("a", "an", "the"))
GENERIC: Final = frozenset(
    listed_words(
        "thing things way ways one ones people person man men woman women guy guys number numbers part parts kind "
        "kinds sort sorts type types case cases fact facts lot lots bit bunch couple time times year years day days "
        "month months week weeks hour hours minute minutes decade decades century centuries moment while period "
        "example examples reason reasons result results question questions problem problems point points something "
        "anything everything nothing someone anyone everyone others other rest half majority most many some all none "
        "percent per cent level levels amount amounts range variety series set form forms place places side sides "
        "end ends beginning start top bottom middle area areas instance terms term means purpose purposes basis order "
        "way manner extent degree respect regard aspect aspects issue issues matter matters idea ideas use view "
        "account effect sense role care advantage action actions step steps measures note attention sure "
        "following above below latter former same such list section sections chapter paragraph figure fig table "
        "page pages appendix note notes item items name names word words today tomorrow yesterday spring summer "
        "autumn fall winter morning evening night afternoon monday tuesday wednesday thursday friday saturday sunday "
        "january february march april may june july august september october november december pm am "
        "information data thanks rise birth"
    )
)
"""Heads that say too little by themselves; with a name or another noun before them they stand ("census data")."""
TITLES: Final = frozenset(
    listed_words("general brigadier commodore admiral lieutenant sergeant corporal chief sir major "
                 "colonel captain president minister king queen emperor governor mayor judge senator "
                 "secretary director professor mr mrs ms dr sir lord lady inc l.p ltd corp co st")
)  # fmt: skip
"""Words of a name that are none by themselves."""
POINTING: Final = frozenset(
    listed_words(
        "this that these those such same other another own its his her their our my your whose which what no few "
        "neither either any latter former said first second third last next each every both several many some most "
        "more less fewer much certain various different respective following above-mentioned only little enough"
    )
)
"""Words that refer to something said elsewhere, or count: a phrase with one of these names nothing by itself."""
LEFT: Final = frozenset(
    ("compound", "flat", "amod", "nmod:poss", "nmod:desc", "nummod", "nmod", "nmod:unmarked", "det", "det:predet",
     "punct", "advmod", "goeswith", "flat:foreign", "obl:unmarked")
)  # fmt: skip
HELD: Final = frozenset(("of",))
HELD_BY_COMMON: Final = frozenset(("of", "for", "in", "on", "from", "to", "with", "at", "between", "against"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `start` to `stop` of a parsed sentence, with the head's place; `named` tells of a proper noun as head."""

    start: int
    stop: int
    head: int
    named: bool
    article: str

    def text(self, doc: Doc) -> str:
        return str(doc[self.start : self.stop].text)

    def words(self) -> int:
        return self.stop - self.start


def phrase(doc: Doc, head: Token, *, subject: bool) -> Phrase | None:
    """The phrase of a head as an end of a fact, or None where it names nothing by itself."""
    if head.tag_ not in NOUNS or not head.text[0].isalpha():
        return None
    start, stop = left_edge(head), right_edge(head)
    if stop is None:
        return None
    article = ""
    while start < head.i and (doc[start].lower_ in ARTICLES or not doc[start].text[0].isalnum()):
        article = article or (doc[start].lower_ if doc[start].lower_ in ARTICLES else "")
        start += 1
    found = Phrase(start, stop, head.i, head.tag_ in NAMES, article)
    return found if stands(doc, found, head, subject=subject) else None


def left_edge(head: Token) -> int:
    """Where the phrase begins: at the leftmost of the unbroken modifiers before the head."""
    edge = head.i
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep_ not in LEFT or child.right_edge.i + 1 != edge:
            break
        edge = child.left_edge.i
    return edge


def right_edge(head: Token) -> int | None:
    """Behind the last token of the phrase. None where something that narrows its meaning would be cut off."""
    edge = head.i
    for child in head.rights:
        if child.dep_ in {"flat", "flat:foreign", "goeswith", "nummod", "compound"} and child.i == edge + 1:
            edge = child.right_edge.i
        elif child.dep_ == "nmod" and child.left_edge.i == edge + 1 and held(head, child):
            end = inner_edge(child)
            if end is None:
                return None
            edge = end
        elif child.dep_ in {"nmod", "acl", "acl:relcl", "amod", "nmod:unmarked"} and head.tag_ not in NAMES:
            if child.left_edge.i == edge + 1:
                return None
            break
        else:
            break
    return edge + 1


def held(head: Token, child: Token) -> bool:
    """Whether a prepositional phrase belongs to the name of the thing."""
    cases = [t for t in child.lefts if t.dep_ == "case"]
    if len(cases) != 1 or child.left_edge.i != cases[0].i:
        return False
    word = cases[0].lower_
    if head.tag_ in NAMES:
        return word in HELD and child.tag_ in NAMES
    return word in HELD_BY_COMMON


def inner_edge(child: Token) -> int | None:
    """The last token of a phrase inside a phrase, with its own; None where it refers elsewhere."""
    inner = phrase(child.doc, child, subject=False)
    cut = any(c.dep_ == "conj" for c in child.rights)  # "Museum of Art and History": half of it would be lost
    return inner.stop - 1 if inner and not cut else None


def stands(doc: Doc, found: Phrase, head: Token, *, subject: bool) -> bool:
    """Whether a phrase names something by itself."""
    tokens = list(doc[found.start : found.stop])
    if not well_formed(found.text(doc), tokens, head) or points(found, tokens, head):
        return False
    if head.lower_ in GENERIC and tokens[-1].like_num:
        return False
    if found.named:
        return any(t.lower_.strip(".") not in GENERIC | TITLES for t in tokens)
    nouns = any(t.tag_ in NOUNS for t in tokens if t.i < head.i)
    rich = any(t.tag_ in NOUNS or t.tag_ in ADJECTIVES for t in tokens if t.i != head.i)
    if head.lower_ in GENERIC and not nouns:
        return False
    if found.article == "the":
        return any(t.tag_ in NAMES or t.text[0].isupper() for t in tokens) or (rich and len(tokens) > 2)
    return rich or not subject or (found.article == "" and head.tag_ == "NNS")


def well_formed(text: str, tokens: Sequence[Token], head: Token) -> bool:
    """Whether it reads as a noun phrase: few words, none of another kind, no figures but behind a name."""
    if len(tokens) > MOST_WORDS or not SOUND.fullmatch(text) or head.like_num:
        return False
    if tokens[0].tag_ in {"VBG", "IN", "TO", "RB", "CC"}:
        return False
    if joined_on(tokens[0], tokens[-1]):
        return False
    if any((t.tag_ == "CD" or t.like_num) and t.i != head.i + 1 for t in tokens):
        return False
    return not any(t.tag_ in FOREIGN_TO_NAMES for t in tokens)


def joined_on(first: Token, last: Token) -> bool:
    """Whether it is cut out of more: a hyphen or another noun stands right beside it."""
    if first.i > 0:
        before = first.nbor(-1)
        if before.tag_ in NOUNS or before.tag_ == "JJ" or (before.text in HYPHENS and not before.whitespace_):
            return True
    after = last.nbor() if last.i + 1 < len(last.doc) else last
    return after is not last and (after.tag_ in NOUNS or (after.text in HYPHENS and not last.whitespace_))


HYPHENS: Final = frozenset("-–/")


def points(found: Phrase, tokens: Sequence[Token], head: Token) -> bool:
    """Whether it refers to something said elsewhere, or counts."""
    before = (c.lower_ for c in head.lefts if c.i < found.start and c.dep_.startswith(("det", "nmod:poss")))
    return any(t.lower_ in POINTING for t in tokens) or any(word not in ARTICLES for word in before)


SOUND: Final = re.compile(r"[^\W_](?:[\w .,&'’/+-]*[\w.])?(?:\([\w ]+\))?", re.DOTALL)
"""Letters, figures and the marks that names have; no quotes, brackets, bars."""
FOREIGN_TO_NAMES: Final = frozenset((
    "PRP", "PRP$", "WP", "WP$", "WDT", "WRB", "EX", "MD", "VBZ", "VBD", "VBP", "SYM", "LS", "UH", "ADD", "NFP",
    "-LRB-", "-RRB-", "``", "''", ":",
))  # fmt: skip
ADJECTIVES: Final = frozenset(("JJ", "JJR", "JJS", "VBN", "VBG"))


def conjuncts(head: Token) -> Iterator[Token]:
    """The head and what is joined to it by "and" or commas; "or" joins alternatives, none of which is said."""
    joined = [t for t in head.rights if t.dep_ == "conj"]
    words = {c.lower_ for t in joined for c in t.lefts if c.dep_ == "cc"}
    if joined and words - {"and", "&"}:
        return
    yield head
    if not words:
        return
    yield from joined
