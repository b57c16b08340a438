"""Who does what to whom in English: frames of verbs between noun phrases and names.

Wider than open facts (`kgc.slm.clauses`): "the buyer pays the invoice" tells of classes, though of nobody in
particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kgc.ontology.marked import End, Frame
from kgc.slm.clauses import EMPTY, FAR, RELATIVE, agrees, is_passive
from kgc.slm.lemmas import Lemmas
from kgc.slm.lexicon import listed_words
from kgc.slm.phrases import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PREPOSITIONS: Final = frozenset(listed_words("to for with from in at on by of into as against under"))
DEEPEST: Final = 3
"""Verbs that share one subject, at most."""
IDLE: Final = frozenset(listed_words("be include involve refer relate base make take give see use"))
"""Verbs that tell little by their object alone; with a preposition they stand."""
OFTEN: Final = frozenset(listed_words("make use include"))
"""Of those, the ones that tell something of names."""

Ends = Mapping[int, End]
"""Token number -> the end that it is part of."""


def frames(doc: Doc, ends: Ends, lemmas: Lemmas) -> Iterator[Frame]:
    for token in doc:
        if token.tag_.startswith("VB"):
            yield from of_verb(doc, token, ends, lemmas)
        elif token.i in ends:
            yield from of_owner(token, ends)


def of_verb(doc: Doc, verb: Token, ends: Ends, lemmas: Lemmas) -> Iterator[Frame]:
    lemma = lemmas.of(verb.text, verb.tag_)
    if verb.dep_ in {"aux", "aux:pass", "cop", "amod", "compound", "case"} or half(doc, verb):
        return
    if lemma in EMPTY or not lemma.isalpha():
        return
    passive = is_passive(verb)
    particle = "".join(f" {c.lower_}" for c in verb.rights if c.dep_ == "compound:prt")
    for subject in subjects(verb, ends):
        for words, end in said(verb, lemma + particle, ends, passive=passive):
            agent = passive and words == lemma + particle
            first, last = (end, subject) if agent else (subject, end)
            if first.term != last.term and telling(words, first, last):
                yield Frame(first, words, last)


def half(doc: Doc, verb: Token) -> bool:
    """Half of a compound ("long-necked"), or a verb whose object does something ("forced X to close")."""
    joint = verb.i > 0 and doc[verb.i - 1].text in {"-", "–"} and not doc[verb.i - 1].whitespace_
    return joint or any(c.dep_ in {"xcomp", "ccomp"} and not misread(c) for c in verb.rights)


def misread(child: Token) -> bool:
    """A bare noun that the parser takes for a complement ("has supplied nickel to …")."""
    return child.dep_ == "xcomp" and child.tag_ in NOUNS


def telling(words: str, head: End, tail: End) -> bool:
    return words not in IDLE or (words in OFTEN and bool(head.type or tail.type))


def subjects(verb: Token, ends: Ends, depth: int = 0) -> Iterator[End]:
    """What the verb is said of: its subject, what a relative clause or participle describes, the verb's before it."""
    own = [c for c in verb.lefts if c.dep_ in {"nsubj", "nsubj:pass"}]
    if own and own[0].lower_ not in RELATIVE:
        yield from joined(own[-1], ends)
    elif verb.dep_ in {"acl:relcl", "acl"} and verb.tag_ != "VB":
        if verb.head.i in ends:
            yield ends[verb.head.i]
    elif depth < DEEPEST and shares(verb):
        yield from subjects(verb.head, ends, depth + 1)


def shares(verb: Token) -> bool:
    """Whether a verb has the subject of the one it hangs on."""
    upper = verb.head.tag_.startswith("VB")
    return upper and (verb.dep_ == "xcomp" or (verb.dep_ == "conj" and agrees(verb, verb.head)))


def said(verb: Token, words: str, ends: Ends, *, passive: bool) -> Iterator[tuple[str, End]]:
    """The verb's words with each of its objects and prepositional phrases; an agent has the verb's words alone."""
    for child in verb.rights:
        if child.i - verb.i > FAR:
            continue
        if (child.dep_ == "obj" or misread(child)) and not passive:
            yield from ((words, end) for end in joined(child, ends))
            yield from to_whom(child, words, ends)
        elif child.dep_ in {"obl", "obl:agent"}:
            case = cases(child, ends)
            if len(case) != 1 or case[0] not in PREPOSITIONS:
                continue
            if case[0] == "by":
                yield from ((words, end) for end in joined(child, ends) if passive)
            else:
                start = f"be {verb.lower_}" if passive else words
                yield from ((f"{start} {case[0]}", end) for end in joined(child, ends))


def to_whom(thing: Token, words: str, ends: Ends) -> Iterator[tuple[str, End]]:
    """ "delivers copper to Acme": the parser often hangs "to Acme" on the copper, where it never belongs."""
    for child in thing.rights:
        case = cases(child, ends) if child.dep_ == "nmod" else []
        if case in (["to"], ["from"]):
            yield from ((f"{words} {case[0]}", end) for end in joined(child, ends))


def cases(child: Token, ends: Ends) -> list[str]:
    """The prepositions of a phrase; the parser hangs some on the first word of a name instead of its last."""
    own = ends.get(child.i)
    held = (c for c in child.subtree if c.dep_ == "case" and c.i < child.i)
    return [c.lower_ for c in held if c.head.i == child.i or (own and ends.get(c.head.i) is own)]


def joined(token: Token, ends: Ends) -> Iterator[End]:
    """The end of a token and of what is joined to it by "and"."""
    for t in (token, *(c for c in token.rights if c.dep_ == "conj")):
        if t.i in ends:
            yield ends[t.i]


def of_owner(token: Token, ends: Ends) -> Iterator[Frame]:
    """ "the board of Acme", "Acme's board": Acme has a board."""
    own = ends[token.i]
    for child in token.children:
        if child.i not in ends or ends[child.i] is own:
            continue
        case = [c.lower_ for c in child.children if c.dep_ == "case"]
        if (child.dep_ == "nmod" and case == ["of"]) or child.dep_ == "nmod:poss":
            yield Frame(ends[child.i], "have", own)
