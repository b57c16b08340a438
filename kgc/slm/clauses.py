"""What the clauses of a parsed sentence say: who did what to whom, in the verb's own words.

Read from Universal Dependencies: subjects and objects, "is the capital of", passives, relative clauses, appositions,
verbs that share a subject. What is asked, supposed or only counted is left out; what is denied, planned or reported is
marked. Source of the idea: open information extraction (Banko et al. 2007; Del Corro and Gemulla 2013, ClausIE).
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kgc.slm.lemmas import Lemmas
from kgc.slm.lexicon import listed_words
from kgc.slm.phrases import ARTICLES, NOUNS, Phrase, conjuncts, left_edge, phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUPPOSED: Final = frozenset(listed_words("if unless whether when whenever once until till lest though provided"))
"""What stands in a clause with one of these is not said to be so."""
MODALS: Final = frozenset(listed_words("may might could would should will can shall must 'll 'd"))
SAYING: Final = frozenset(
    listed_words(
        "say claim allege believe think report argue suggest expect hope suppose assume predict estimate doubt deny "
        "rumor rumour ensure require demand recommend request propose fear imagine wish dream consider insist contend "
        "assert speculate"
    )
)
"""Verbs whose clause is somebody's word."""
PLANNING: Final = frozenset(
    listed_words("plan want intend hope agree try attempt seek aim decide propose promise offer expect wish need")
)
"""Verbs whose "to …" is not yet done."""
PHASES: Final = frozenset(listed_words("begin start continue help manage serve come proceed tend cease"))
"""Verbs whose "to …" is done, or nearly."""
EMPTY: Final = frozenset(
    listed_words("do say get let mean seem know think tell ask go come see look feel want need keep put happen appear "
                 "become remain like love hate wish hope guess try sound matter depend belong cry reply answer exclaim "
                 "call consider deem dub label ban prohibit prevent order force urge allow enable persuade compel "
                 "prompt")
)  # fmt: skip
"""Verbs that tell nothing of their object as it stands."""
PREPOSITIONS: Final = frozenset(listed_words("to for with from in at on by of into as against through via under"))
PLACES: Final = frozenset(listed_words("in at on under"))
"""Prepositions of place and time: only before a name do they tell where."""
ADVERBS: Final = frozenset(listed_words("not n't never"))
FAR: Final = 14
"""Tokens between a verb and its end beyond which the parser is mostly wrong."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing said. `words` is the relation: a lemma with its particle, preposition or noun; `pattern` says how."""

    head: Phrase
    words: str
    tail: Phrase
    pattern: str
    negated: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """How a verb is meant: its words, whether it is denied, whether it is only possible, planned or reported."""

    words: str
    negated: bool
    hedged: bool


def assertions(doc: Doc, lemmas: Lemmas) -> Iterator[Assertion]:
    """What a sentence says, in the order of its verbs."""
    for token in doc:
        if token.tag_.startswith("VB"):
            yield from of_verb(doc, token, lemmas)
        elif token.tag_ in NOUNS:
            yield from of_noun(doc, token, lemmas)


def of_verb(doc: Doc, verb: Token, lemmas: Lemmas) -> Iterator[Assertion]:
    if verb.dep_ in {"aux", "aux:pass", "cop", "amod", "compound", "case"} or supposed(verb) or broken(doc, verb):
        return
    passive = is_passive(verb)
    sense = sense_of(verb, lemmas, passive=passive)
    if sense is None:
        return
    shared = "" if any(c.dep_.startswith("nsubj") for c in verb.lefts) else "shared "
    for subject in subjects(doc, verb, passive=passive):
        for words, tail, pattern in ends(doc, verb, sense.words, lemmas, passive=passive):
            if not apart(subject, tail):
                continue
            if pattern == "agent":
                yield Assertion(tail, words, subject, shared + pattern, sense.negated, sense.hedged)
            else:
                yield Assertion(subject, words, tail, shared + pattern, sense.negated, sense.hedged)


def broken(doc: Doc, verb: Token) -> bool:
    """Half of a compound ("long-necked"), or a verb whose object does something ("forced X to close")."""
    half = verb.i > 0 and doc[verb.i - 1].text in {"-", "–"} and not doc[verb.i - 1].whitespace_
    return half or any(c.dep_ in {"xcomp", "ccomp"} for c in verb.rights)


def is_passive(verb: Token) -> bool:
    reduced = verb.dep_ == "acl" and verb.tag_ == "VBN"
    had = any(c.lower_ in {"had", "has", "have"} for c in verb.lefts) and not has_aux(verb, BE)
    marked = any(c.dep_ in {"aux:pass", "nsubj:pass"} for c in verb.lefts)
    return reduced or (marked and not had) or joined_passive(verb)


def joined_passive(verb: Token) -> bool:
    """ "was founded in 1962 and acquired by X": the second verb has the auxiliary of the first."""
    own = any(c.dep_.startswith(("aux", "nsubj")) for c in verb.lefts)
    taken = any(c.dep_ == "obj" for c in verb.rights)
    return (
        verb.dep_ == "conj"
        and (verb.tag_ == "VBN" or verb.lower_.endswith("ed"))
        and not own
        and not taken
        and is_passive(verb.head)
    )


def sense_of(verb: Token, lemmas: Lemmas, *, passive: bool) -> Sense | None:
    """None for a verb that says nothing by itself, or is not said of a subject."""
    lemma = lemmas.of(verb.text, verb.tag_)
    if lemma in EMPTY or not lemma.isalpha() or (verb.tag_ == "VBG" and not has_aux(verb, BE)):
        return None
    particle = "".join(f" {c.lower_}" for c in verb.rights if c.dep_ == "compound:prt")
    modal, negated = modal_of(verb), denied(verb)
    words, hedged = lemma + particle, bool(modal) or reported(verb, lemmas)
    if bare(verb) and not modal:
        return None
    if verb.dep_ == "xcomp":
        upper = verb.head
        above = lemmas.of(upper.text, upper.tag_)
        direct = any(c.dep_ in {"obj", "iobj"} for c in upper.children)
        if direct or is_passive(upper) or above not in PLANNING | PHASES or verb.tag_ != "VB" or supposed(upper):
            return None
        words, hedged = f"{above} to {words}", hedged or above in PLANNING or reported(upper, lemmas)
        negated, modal = negated or denied(upper), modal or modal_of(upper)
    if modal:
        words, hedged = f"{FULL.get(modal, modal)} {'be ' + verb.lower_ if passive else words}", True
    elif passive:
        words = f"be {verb.lower_}{particle}"
    return Sense(words, negated, hedged)


def modal_of(verb: Token) -> str:
    """The modal of a verb, or of the one it is joined to: "can read and write"."""
    own = next((c.lower_ for c in verb.lefts if c.tag_ == "MD"), "")
    return own or (modal_of(verb.head) if verb.dep_ == "conj" and verb.tag_ == "VB" and not denied(verb.head) else "")


def denied(verb: Token) -> bool:
    """ "not", "never", "no longer", but not "not only"."""
    words = [c for c in verb.children if c.lower_ in ADVERBS or (c.lower_ == "longer" and c.nbor(-1).lower_ == "no")]
    return any(c.i + 1 >= len(c.doc) or c.nbor().lower_ not in {"only", "just"} for c in words)


def bare(verb: Token) -> bool:
    """An infinitive or imperative, of which nobody says that it is done."""
    helped = any(c.dep_ == "aux" and c.lower_ in {"do", "does", "did"} for c in verb.lefts)
    return verb.tag_ == "VB" and verb.dep_ != "xcomp" and not helped


FULL: Final = {"'ll": "will", "'d": "would", "ca": "can", "wo": "will"}


def has_aux(verb: Token, forms: Set[str]) -> bool:
    return any(c.dep_.startswith("aux") and c.lower_ in forms for c in verb.lefts)


BE: Final = frozenset(("is", "are", "was", "were", "been", "be", "being", "'s", "'re", "’s", "’re"))


def supposed(verb: Token) -> bool:
    """Whether a clause, or one it stands in, is a condition, a time or a question."""
    at = verb
    for _ in range(8):
        if any(c.dep_ in {"mark", "advmod"} and c.lower_ in SUPPOSED for c in at.lefts):
            return True
        if any(c.tag_ in {"WRB", "WP"} and c.dep_ in {"advmod", "obj", "mark"} for c in at.lefts):
            return True
        if at.head.i == at.i:
            return False
        at = at.head
    return False


def reported(verb: Token, lemmas: Lemmas) -> bool:
    """Whether it stands in the clause of a verb of saying, or beside "reportedly"."""
    if any(c.lower_ in UNSURE for c in verb.children):
        return True
    top = verb.head if verb.dep_ == "conj" else verb
    return top.dep_ in {"ccomp", "parataxis"} and lemmas.of(top.head.text, top.head.tag_) in SAYING


UNSURE: Final = frozenset(
    listed_words(
        "reportedly allegedly supposedly perhaps probably possibly maybe likely presumably purportedly potentially"
    )
)


def subjects(doc: Doc, verb: Token, *, passive: bool) -> Iterator[Phrase]:
    """Who the verb is said of: its own subject, that of the verb it is joined to, or the noun it describes."""
    own = [c for c in verb.lefts if c.dep_ in {"nsubj", "nsubj:pass"}]
    if own:
        subject = own[0]
        if subject.lower_ in RELATIVE and verb.dep_ == "acl:relcl":
            yield from described(doc, verb)
        elif verb.i - subject.i <= FAR + 6:
            yield from (p for t in conjuncts(subject) if (p := phrase(doc, t, subject=True)))
    elif verb.dep_ == "acl" and passive:
        yield from described(doc, verb)
    elif verb.dep_ == "xcomp":
        yield from subjects(doc, verb.head, passive=False)
    elif verb.dep_ == "conj" and verb.head.tag_.startswith("VB") and agrees(verb, verb.head):
        yield from subjects(doc, verb.head, passive=is_passive(verb.head))


def agrees(verb: Token, first: Token) -> bool:
    """Whether a verb can share the subject of the one before: in the same form, and close."""
    finite = {"VBD", "VBZ", "VBP"}
    same = verb.tag_ == first.tag_ or {verb.tag_, first.tag_} <= finite or (verb.tag_ == "VBD" and first.tag_ == "VBN")
    return same and verb.i - first.i <= 2 * FAR


def described(doc: Doc, verb: Token) -> Iterator[Phrase]:
    """The noun that a relative clause or participle describes, if it stands right before it."""
    noun = verb.head
    clause = verb.left_edge.i
    found = phrase(doc, noun, subject=True)
    if found and found.named and found.stop <= clause <= found.stop + (doc[clause - 1].text == ","):
        yield found  # what a clause says of a common noun narrows it: only names can be taken without it


def ends(doc: Doc, verb: Token, words: str, lemmas: Lemmas, *, passive: bool) -> Iterator[tuple[str, Phrase, str]]:
    """What the verb is said to, with the relation's words and the pattern: objects, agents, prepositional phrases."""
    objects = [c for c in verb.rights if c.dep_ == "obj"]
    if verb.dep_ == "acl:relcl" and not relative(verb):
        return
    if objects and not passive:
        if objects[0].i - verb.i <= FAR and not any(c.dep_ == "iobj" for c in verb.rights):
            yield from ((words, p, "object") for t in conjuncts(objects[0]) if (p := phrase(doc, t, subject=False)))
        return
    if objects:
        return
    for child in verb.rights:
        if child.dep_ not in {"obl", "obl:agent"} or child.i - verb.i > FAR:
            continue
        case = [c for c in child.lefts if c.dep_ == "case"]
        if len(case) != 1 or case[0].lower_ not in PREPOSITIONS or child.left_edge.i != case[0].i:
            continue
        by = case[0].lower_
        found = [p for t in conjuncts(child) if (p := phrase(doc, t, subject=False))]
        if passive and (child.dep_ == "obl:agent" or by == "by"):
            yield from ((active(verb, words, lemmas), p, "agent") for p in found)
            return
        if by == "by" or (child.left_edge.i != verb.i + 1 and not particle_before(doc, verb, child)):
            return
        yield from (
            (f"{words} {by}", p, "passive" if passive else "oblique") for p in found if p.named or by not in PLACES
        )
        return


def relative(verb: Token) -> bool:
    """Whether the subject of a relative clause is what it describes; else it may be the object, which is then gone."""
    return any(c.dep_.startswith("nsubj") and c.lower_ in RELATIVE for c in verb.lefts)


RELATIVE: Final = frozenset(("which", "who", "that"))


def particle_before(doc: Doc, verb: Token, child: Token) -> bool:
    return all(doc[i].dep_ in {"compound:prt", "advmod"} for i in range(verb.i + 1, child.left_edge.i))


def active(verb: Token, words: str, lemmas: Lemmas) -> str:
    """The words of a passive as its agent does it: "be founded" as "found"."""
    lemma = lemmas.of(verb.text, verb.tag_)
    return words.replace(f"be {verb.lower_}", lemma)


def of_noun(doc: Doc, noun: Token, lemmas: Lemmas) -> Iterator[Assertion]:
    """ "X is a Y", "X is the capital of Y", "X, the capital of Y, …"."""
    copula = next((c for c in noun.lefts if c.dep_ == "cop"), None)
    if copula is not None:
        yield from of_copula(doc, noun, copula, lemmas)
    for child in noun.rights:
        if child.dep_ == "appos" and noun.tag_ in {"NNP", "NNPS"} and beside(doc, noun, child):
            first = phrase(doc, noun, subject=True)
            if first and first.named:
                yield from described_as(doc, first, child, "apposition", Sense("be", negated=False, hedged=False))


def beside(doc: Doc, noun: Token, child: Token) -> bool:
    """ "Lyon, the capital of …": a comma, an article and a common noun."""
    start = child.left_edge.i
    gap = start - noun.i
    comma = any(doc[i].text == "," for i in range(noun.i + 1, start + 1))
    determined = any(c.dep_ == "det" and c.lower_ in ARTICLES for c in child.lefts)
    return comma and determined and gap <= 3 and child.tag_ in {"NN", "NNS"} and not has_conjunct(noun)


def has_conjunct(noun: Token) -> bool:
    return noun.dep_ == "conj" or any(c.dep_ == "conj" for c in noun.rights)


def of_copula(doc: Doc, noun: Token, copula: Token, lemmas: Lemmas) -> Iterator[Assertion]:
    subject = [c for c in noun.lefts if c.dep_ in {"nsubj", "nsubj:outer"}]
    if not subject or supposed(noun) or copula.tag_ not in {"VBZ", "VBD", "VBP", "VB", "VBN"} or has_case(noun):
        return
    modal = next((c.lower_ for c in noun.lefts if c.tag_ == "MD"), "")
    negated = any(c.lower_ in ADVERBS or (c.dep_ == "det" and c.lower_ == "no") for c in noun.children)
    words = f"{FULL.get(modal, modal)} be" if modal else "be"
    sense = Sense(words, negated, bool(modal) or reported(noun, lemmas))
    if subject[0].lower_ in RELATIVE:
        firsts = list(described(doc, noun)) if noun.dep_ == "acl:relcl" else []
    else:
        alone = not has_conjunct(subject[0])  # "X and Y are parts of Z" says it of both together
        firsts = [p] if alone and (p := phrase(doc, subject[0], subject=True)) else []
    for first in firsts:
        yield from described_as(doc, first, noun, "copula", sense)


def has_case(noun: Token) -> bool:
    return any(c.dep_ == "case" and c.lower_ not in {"'s", "’s"} for c in noun.lefts)


def described_as(doc: Doc, first: Phrase, noun: Token, pattern: str, sense: Sense) -> Iterator[Assertion]:
    """ "be capital of" Y where the noun belongs to something that has a name, else "be" the noun's phrase."""
    held = next((c for c in noun.rights if c.dep_ == "nmod" and c.left_edge.i == noun.i + 1), None)
    case = next((c.lower_ for c in held.lefts if c.dep_ == "case"), "") if held is not None else ""
    if held is not None and case in {"of", "for", "in", "at", "to"} and not has_conjunct(held):
        tail = phrase(doc, held, subject=True)
        start = left_edge(noun)
        while start < noun.i and (doc[start].dep_ in {"det", "cop", "advmod", "punct"}):
            start += 1
        words = doc[start : noun.i + 1].text.lower()
        plain = all(t.is_alpha or t.text == "-" for t in doc[start : noun.i + 1]) and noun.i - start < 5
        if tail and plain and tail.named and apart(first, tail):
            yield Assertion(first, f"{sense.words} {words} {case}", tail, f"{pattern} of", sense.negated, sense.hedged)
            return
    whole = phrase(doc, noun, subject=False)
    if whole and apart(first, whole):
        yield Assertion(first, sense.words, whole, pattern, sense.negated, sense.hedged)


def apart(one: Phrase, other: Phrase) -> bool:
    return one.stop <= other.start or other.stop <= one.start
