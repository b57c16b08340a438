"""A small workspace in memory that answers what the pages ask, for tests of what is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import TracebackType

from kgc.data import (
    Alias,
    AttributeValue,
    Document,
    Entity,
    Fact,
    Literal,
    Meta,
    Node,
    Problem,
    Span,
    Support,
    content_id,
)
from kgc.errors import UnknownName

HOSTILE = (
    "<script>alert(1)</script> **bold** [link](http://example.test) :smile: $x^2$ \u202egnp.exe <img src=x onerror=y>"
)
LETTER = (
    "Letter one. 😀 𠮷 In 1843 Ada Lovelace worked with Charles\nBabbage in London.\n\nShe was born in London. "
    + "More is said here, in many words, so that there is something to cut. " * 20
    + f"\n{HOSTILE} works for Ada Lovelace.\n"
)


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    type: str
    name: str
    facts: int
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    chunk: str
    document: str
    page: int
    start: int
    end: int
    snippet: tuple[tuple[str, bool], ...]
    headings: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    entities: tuple[Hit, ...]
    chunks: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class EntityCard:
    entity: Entity
    facts: tuple[Fact, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class State:
    source: str
    state: str
    chunks: int
    facts: int
    problem: Problem | None = None


def document(source: str, text: str, title: str = "") -> Document:
    return Document(content_id(source), source, "text/plain", "en", text, "0" * 64, Meta(title=title))


def entity(type_: str, name: str, *aliases: str) -> Entity:
    return Entity(
        content_id(type_, name.casefold()), type_, name, tuple(Alias(a, "en", 1) for a in aliases), retired=()
    )


def support(of: Document, quote: str, chunk: str = "c1") -> Support:
    start = of.text.index(quote)
    return Support(
        of.source, of.id, 0, chunk, start, start + len(quote), quote, "exact", "rule: test", "builtin", "builtin", 0.9
    )


def node(of: Entity) -> Node:
    return Node(of.id, of.type, of.name)


def fact(head: Entity, relation: str, tail: Entity | Literal, *places: Support, **flags: bool) -> Fact:
    end = tail if isinstance(tail, Literal) else node(tail)
    key = tail.value if isinstance(tail, Literal) else tail.id
    return Fact(
        content_id(head.id, relation, key), relation, node(head), end, 0.9, "proposed", evidence=places, **flags
    )


@dataclass(frozen=True, slots=True)
class World:
    """What `kgc.view.source.Source` asks for, from tuples."""

    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    texts: tuple[Document, ...] = ()
    failed: tuple[State, ...] = ()

    def __enter__(self) -> World:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def search(self, text: str, limit: int = 20) -> Found:
        entities = tuple(
            Hit(e.id, e.type, e.name, len(self._of(e))) for e in self.entities if text.casefold() in e.name.casefold()
        )
        return Found(entities[:limit], tuple(p for d in self.texts for p in _passages(d, text))[:limit])

    def show(self, name: str, limit: int = 50) -> tuple[EntityCard, ...]:
        found = [e for e in self.entities if name in (e.id, e.name, *e.retired)]
        if not found:
            raise UnknownName("entity", name, [e.name for e in self.entities])
        return tuple(EntityCard(e, self._of(e)[:limit], max(0, len(self._of(e)) - limit)) for e in found)

    def document(self, source: str) -> Document:
        for found in self.texts:
            if found.source == source:
                return found
        raise UnknownName("document", source, [d.source for d in self.texts])

    def documents(self) -> tuple[State, ...]:
        return (*(State(d.source, "done", 1, 1) for d in self.texts), *self.failed)

    def _of(self, found: Entity) -> tuple[Fact, ...]:
        return tuple(
            f for f in self.facts if f.head.id == found.id or (isinstance(f.tail, Node) and f.tail.id == found.id)
        )


def _passages(found: Document, text: str) -> list[Passage]:
    pieces = []
    for match in re.finditer(re.escape(text), found.text, re.IGNORECASE):
        start, end = max(0, match.start() - 30), min(len(found.text), match.end() + 30)
        snippet = (
            (found.text[start : match.start()], False),
            (match[0], True),
            (found.text[match.end() : end], False),
        )
        pieces.append(Passage("c1", found.source, 0, start, end, snippet, ("Letters",)))
    return pieces[:1]


def small_world() -> World:
    """Two people, a place and somebody with a hostile name, out of one letter."""
    letter = document("letters/one.txt", LETTER, title="Letter <one>")
    ada = entity("Person", "Ada Lovelace", "Ada Lovelace", "ADA LOVELACE")
    babbage = entity("Person", "Charles Babbage")
    london = entity("Location", "London")
    mallory = entity("Person", HOSTILE)
    year = Literal("1843", "1843", "date", span=Span(0, 4))
    facts = (
        fact(
            ada, "WorksWith", babbage, support(letter, "In 1843 Ada Lovelace worked with Charles\nBabbage in London.")
        ),
        fact(ada, "BornIn", london, support(letter, "She was born in London."), conflict=True),
        fact(ada, "active", year, support(letter, "In 1843 Ada Lovelace worked")),
        fact(mallory, "WorksFor", ada, support(letter, f"{HOSTILE} works for Ada Lovelace.")),
    )
    attribute = AttributeValue("active", year, facts[2].id, 1, 0.9)
    ada = Entity(ada.id, ada.type, ada.name, ada.aliases, (attribute,), (), (), ("retired-id",))
    broken = State("letters/two.pdf", "failed", 0, 0, Problem("encrypted", "It needs a password.", hint="Unlock it."))
    return World((ada, babbage, london, mallory), facts, (letter,), (broken,))
