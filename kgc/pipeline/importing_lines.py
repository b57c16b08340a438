"""Things and statements of a foreign graph as lines that people read, each with what it says as extractions have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kgc.data import EventMention, Evidence, Literal, Mention, Qualifier, Role, Span, Triple
from kgc.data.facts import ALSO, LINK, OPEN
from kgc.data.names import tidy
from kgc.extract.literals import literal
from kgc.ledger.codec import clean
from kgc.ledger.extractions import IMPORT
from kgc.ledger.verdicts import payload
from kgc.load.graph_rdf_subjects import local_name
from kgc.load.graph_records import Called, Quote, Statement
from kgc.pipeline.importing_draft import Head, Placed
from kgc.pipeline.importing_left import Left
from kgc.pipeline.importing_places import Places, Way
from kgc.schema import DATATYPES, Attribute
from kgc.schema.naming import spaced
from kgc.schema.rules import IRI

DASH: Final = " — "
NO_QUOTE: Final = (Quote(""),)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; spans are relative to it."""

    text: str
    mentions: tuple[Mention, ...] = ()
    triples: tuple[Triple, ...] = ()
    events: tuple[EventMention, ...] = ()


class Said(NamedTuple):
    """A statement that has its place: its ends, the relation's name, and its words."""

    head: Placed
    relation: str
    tail: Placed | Literal
    phrase: str


class Verdict(NamedTuple):
    """What people said of a statement where it comes from; `payload` tells it from others of its ends and relation."""

    status: str
    said: Said
    payload: str


class Teller:
    """Tells of each thing in lines; what has no place goes to `left`."""

    def __init__(self, places: Places, left: Left) -> None:
        self._places = places
        self._left = left
        self.verdicts: list[Verdict] = []

    def lines(self, head: Head) -> Iterator[Line]:
        """A thing's names, links and statements; an event's one line for each place that tells of it."""
        if self._places.is_event(head.placed.type):
            yield from self._event(head)
            return
        yield name_line(head.placed, head.names, main=True)
        yield from (_link_line(head.placed, link) for link in head.links if link.strip())
        yield from (_same_line(head.placed, other) for other in head.same)
        for statement, tail in head.statements:
            said = self._place(head.placed, statement, tail)
            if said:
                if statement.status != "proposed":
                    self.verdicts.append(_verdict(statement, said))
                for quote in statement.quotes or NO_QUOTE:
                    yield _fact_line(said, statement, quote, head.placed.lang)

    # Where a statement belongs

    def _place(self, head: Placed, s: Statement, tail: Placed | None) -> Said | None:
        attribute = self._places.attribute(head.type, s.relation)
        if isinstance(s.tail, Literal):
            if attribute and s.tail.raw.strip():
                return Said(head, attribute.name, _fitted(s.tail, attribute.datatype), spaced(attribute.name))
            self._no_value(head, s, s.tail)
            return None
        if tail and tail.type and not self._places.is_event(tail.type):
            way = self._places.way(s.relation, head.type, tail.type)
            if way:
                return _turned(head, way, tail, s.relation)
        value = _as_value(s.tail, tail, attribute)
        if attribute and value:
            return Said(head, attribute.name, value, spaced(attribute.name))
        self._no_place(head, s, tail)
        return None

    def _no_value(self, head: Placed, s: Statement, value: Literal) -> None:
        if not value.raw.strip():
            self._leave("empty", "the value is empty", s.relation, f"{head.name}{DASH}{s.relation}")
        elif self._places.ways(s.relation):
            self._leave("type_violation", "a value where the schema has a relation", s.relation, _example(head, s))
        else:
            self._leave("unknown_label", f"{head.type} has no such attribute", s.relation, _example(head, s))

    def _no_place(self, head: Placed, s: Statement, tail: Placed | None) -> None:
        example = _example(head, s, tail)
        if tail is None:
            self._leave("unknown_label", "nothing is told of what it points to", s.relation, example)
        elif not tail.type:
            self._leave("unknown_label", "what it points to has no class of the schema", s.relation, example)
        elif self._places.ways(s.relation) or s.relation.startswith(OPEN):
            reason = f"the schema does not have it from {head.type} to {tail.type}"
            self._leave("type_violation", reason, s.relation, example)
        else:
            self._leave("unknown_label", "the schema has no such relation or attribute", s.relation, example)

    def _leave(self, code: str, reason: str, what: str, example: str) -> None:
        self._left.add(code, reason, what, one_line(example))  # type: ignore[arg-type]  # one of ProblemCode

    # Events

    def _event(self, head: Head) -> Iterator[Line]:
        roles: list[tuple[str, Placed | Literal]] = []
        for statement, tail in head.statements:
            value = self._role(head.placed.type, statement, tail)
            if value:
                roles.append(value)
            else:
                self._leave(
                    "unknown_label", f"{head.placed.type} has no such role for it", statement.relation,
                    _example(head.placed, statement, tail),
                )  # fmt: skip
        if not roles:
            self._leave("unknown_label", "an event without a role", head.placed.type, head.placed.name)
            return
        trigger = "" if head.placed.name == one_line(local_name(head.placed.id)) else head.placed.name
        for quote in head.thing.quotes or NO_QUOTE:
            yield _event_line(head, trigger, roles, quote)

    def _role(self, event: str, s: Statement, tail: Placed | None) -> tuple[str, Placed | Literal] | None:
        role = self._places.role(event, s.relation)
        if role is None:
            return None
        if isinstance(s.tail, Literal):
            value = next((t for t in role.types if t in DATATYPES), "")
            return (role.name, _fitted(s.tail, value)) if value and s.tail.raw.strip() else None
        if tail is None or not tail.type or not self._places.schema.is_a(tail.type, role.types):
            return None
        return role.name, tail


def _turned(head: Placed, way: Way, tail: Placed, relation: str) -> Said:
    phrase = way.relation.labels.label or spaced(way.relation.name)
    name = relation if relation.startswith(OPEN) else way.relation.name
    phrase = relation.removeprefix(OPEN) if relation.startswith(OPEN) else phrase
    return Said(tail, name, head, phrase) if way.turned else Said(head, name, tail, phrase)


def _as_value(id_: str, tail: Placed | None, attribute: Attribute | None) -> Literal | None:
    """A thing where the schema has a value: the address itself, or the thing's name."""
    if attribute is None:
        return None
    if attribute.datatype == "url":
        return Literal(id_, id_, "url") if IRI.fullmatch(id_) else None
    return _fitted(Literal(tail.name, tail.name, lang=tail.lang), attribute.datatype) if tail and tail.name else None


def _fitted(value: Literal, datatype: str) -> Literal:
    """A value in the datatype of its attribute; one that comes normalised stays as it is."""
    if value.raw != value.value or value.unit:
        return value
    found = literal(value.raw, datatype)
    return replace(found, lang=value.lang) if found.datatype == "string" else found


# Lines


def one_line(text: str) -> str:
    return clean(" ".join(text.split()))


def name_line(placed: Placed, names: Sequence[Called], *, main: bool) -> Line:
    """What a thing is called. Its first name stands twice where it has others, so that it stays the first."""
    start = f"{placed.name}: {placed.type}."
    mentions = [Mention(placed.name, placed.type, Span(0, len(placed.name)))] if main else []
    told = [Called(placed.name, placed.lang), *names] if main and names else names
    text = start + (" Names: " if told else "")
    for name in told:
        mentions.append(Mention(name.text, placed.type, Span(len(text), len(text) + len(name.text))))
        text += f"{name.text}; "
    text = text.removesuffix("; ") + ("." if told else "")
    whole = Span(0, len(text))
    others = dict.fromkeys(n.text for n in names if n.text != placed.name)
    triples = tuple(_triple(placed, ALSO, Mention(other, placed.type), text, whole) for other in others)
    return Line(text, tuple(mentions), triples)


def _link_line(placed: Placed, link: str) -> Line:
    link = one_line(link)
    text = f"{placed.name}{DASH}same as{DASH}{link}"
    triple = _triple(placed, LINK, Literal(link, link, "url"), text, Span(0, len(text)))
    return Line(text, (Mention(placed.name, placed.type, Span(0, len(placed.name))),), (triple,))


def _same_line(placed: Placed, other: Placed) -> Line:
    text = f"{placed.name}{DASH}same as{DASH}{other.name}"
    triple = _triple(placed, ALSO, Mention(other.name, other.type), text, Span(0, len(text)))
    return Line(text, (Mention(placed.name, placed.type, Span(0, len(placed.name))),), (triple,))


def _triple(placed: Placed, relation: str, tail: Mention | Literal, text: str, whole: Span) -> Triple:
    evidence = Evidence("", whole, text, "exact", "", IMPORT, "")
    return Triple(Mention(placed.name, placed.type), relation, tail, evidence)


def _fact_line(said: Said, s: Statement, quote: Quote, lang: str) -> Line:
    """`Head — relation — tail (start 1840). "quote" [document p. 3]`."""
    phrase = f"{'not ' if s.negated else ''}{'possibly ' if s.hedged else ''}{said.phrase}"
    tail = said.tail if isinstance(said.tail, Literal) else Mention(said.tail.name, said.tail.type)
    shown = one_line(said.tail.raw) if isinstance(said.tail, Literal) else said.tail.name
    start = f"{said.head.name}{DASH}{phrase}{DASH}"
    qualifiers = _qualifiers(s)
    narrowed = "; ".join(one_line(f"{q.name} {q.value}") for q in qualifiers)
    text = f"{start}{shown}{f' ({narrowed})' if narrowed else ''}.{_cited(quote)}"
    mentions = []
    if said.head.lang == lang:
        mentions.append(Mention(said.head.name, said.head.type, Span(0, len(said.head.name))))
    if isinstance(said.tail, Placed) and said.tail.lang == lang:
        mentions.append(Mention(said.tail.name, said.tail.type, Span(len(start), len(start) + len(shown))))
    why = quote.rationale or ("" if s.relation == said.relation else s.relation)
    evidence = Evidence("", Span(0, len(text)), text, quote.aligned, why, IMPORT, "")
    triple = Triple(
        Mention(said.head.name, said.head.type), said.relation, tail, evidence, s.confidence, s.negated, s.hedged,
        qualifiers,
    )  # fmt: skip
    return Line(text, tuple(mentions), (triple,))


def _qualifiers(s: Statement) -> tuple[Qualifier, ...]:
    return tuple(Qualifier(clean(q.name), clean(q.value)) for q in s.qualifiers)


def _verdict(s: Statement, said: Said) -> Verdict:
    unit = said.tail.unit if isinstance(said.tail, Literal) else ""
    return Verdict(s.status, said, payload(_qualifiers(s), negated=s.negated, unit=unit))


def _event_line(head: Head, trigger: str, roles: Sequence[tuple[str, Placed | Literal]], quote: Quote) -> Line:
    """`Acquisition (bought): buyer Acme; date 2001. "quote" [document]`."""
    placed = head.placed
    text = f"{placed.type} ({trigger}):" if trigger else f"{placed.type}:"
    mentions: list[Mention] = []
    filled: list[Role] = []
    for name, value in roles:
        text += f" {spaced(name)} "
        shown = one_line(value.raw) if isinstance(value, Literal) else value.name
        if isinstance(value, Placed):
            filled.append(Role(name, Mention(value.name, value.type)))
            if value.lang == placed.lang:
                mentions.append(Mention(value.name, value.type, Span(len(text), len(text) + len(shown))))
        else:
            filled.append(Role(name, value))
        text += f"{shown};"
    text = f"{text.removesuffix(';')}.{_cited(quote)}"
    evidence = Evidence("", Span(0, len(text)), text, quote.aligned, quote.rationale, IMPORT, "")
    event = EventMention(placed.type, trigger, tuple(filled), evidence, head.thing.confidence)
    return Line(text, tuple(mentions), (), (event,))


def _cited(quote: Quote) -> str:
    """The quote and where it stood, as the text before it goes on."""
    words = f' "{one_line(quote.text)}"' if quote.text.strip() else ""
    page = f" p. {quote.page}" if quote.page else ""
    return f"{words} [{one_line(quote.source)}{page}]" if quote.source.strip() else words


def _example(head: Placed, s: Statement, tail: Placed | None = None) -> str:
    shown = s.tail.raw if isinstance(s.tail, Literal) else (tail.name if tail and tail.name else s.tail)
    return f"{tidy(head.name)}{DASH}{s.relation}{DASH}{tidy(shown)}"
