"""Accepted quotes as examples of classes and as demonstrations: few, and those that show most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kgc.data.encodable import encodable
from kgc.ontology.draft_desk import ALIAS_LIMIT, EXAMPLES
from kgc.ontology.duplicates import same_name
from kgc.ontology.names import clean
from kgc.ontology.records import Quote
from kgc.ontology.support import Support
from kgc.schema.check import signature
from kgc.schema.model import DemoEntity, Demonstration, DemoTriple, EntityType, Schema

MOST: Final = 3
"""So many demonstrations a schema gets from quotes: they are sent with every passage."""
LONGEST: Final = 500
"""Code points of a demonstration's text."""


def with_demonstrations(schema: Schema, found: Support, most: int = MOST) -> Schema:
    """The schema with examples from quotes, and with demonstrations from them where it has none of its own."""
    surfaces = _surfaces(schema, found)
    entities = tuple(_exemplified(e, surfaces.of.get(e.name, ())) for e in schema.entities)
    whole = replace(schema, entities=entities)
    if schema.demonstrations:
        return whole
    made = sorted(_candidates(whole, found, surfaces), key=_worth)
    chosen: list[Demonstration] = []
    shown: set[str] = set()
    for demo in made:
        what = {e.type for e in demo.entities} | {t.relation for t in demo.triples}
        if what - shown and len(chosen) < most:
            chosen.append(demo)
            shown |= what
    return replace(whole, demonstrations=tuple(chosen))


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Names of things by class, most frequent first; and the one class of each name that is clear."""

    of: dict[str, tuple[str, ...]]
    classes: dict[str, str]


def _surfaces(schema: Schema, found: Support) -> Surfaces:
    counts: dict[str, Counter[str]] = {}
    owners: dict[str, set[str]] = {}
    for name, quotes in found.classes.items():
        entity = schema.entity(name)
        for quote in quotes:
            surface = clean(quote.surface, ALIAS_LIMIT)
            if entity and surface and surface in quote.text and not _is_kind(entity, surface):
                counts.setdefault(name, Counter())[surface] += 1
                owners.setdefault(surface, set()).add(name)
    of = {n: tuple(s for s, _ in sorted(c.items(), key=lambda i: (-i[1], i[0]))) for n, c in counts.items()}
    return Surfaces(of, {s: next(iter(names)) for s, names in owners.items() if len(names) == 1})


def _is_kind(entity: EntityType, surface: str) -> bool:
    """Whether a surface is a word for the class itself and no name of such a thing."""
    return any(same_name(surface, name) for name in (entity.name, entity.labels.label, *entity.labels.aliases) if name)


def _exemplified(entity: EntityType, surfaces: tuple[str, ...]) -> EntityType:
    labels = entity.labels
    if len(labels.examples) >= EXAMPLES or not surfaces:
        return entity
    examples = tuple(dict.fromkeys((*labels.examples, *surfaces)))[:EXAMPLES]
    return replace(entity, labels=replace(labels, examples=examples))


def _candidates(schema: Schema, found: Support, surfaces: Surfaces) -> Iterator[Demonstration]:
    """A demonstration for each quoted text in which a thing is named."""
    texts: dict[str, set[str]] = {}
    for name, quotes in (*((None, q) for q in found.classes.values()), *found.relations.items()):
        for quote in quotes:
            text = _plain(quote)
            if text:
                texts.setdefault(text, set()).update([name] if name else [])
    for text, relations in texts.items():
        entities = tuple(_standing(text, surfaces))
        if entities:
            triples = tuple(t for name in sorted(relations) for t in _triples(schema, name, entities))
            yield Demonstration(text, entities, triples)


def _plain(quote: Quote) -> str:
    """The text of a quote if it can be shown as it is."""
    text = encodable(quote.text).strip()
    return text if text and len(text) <= LONGEST else ""


def _standing(text: str, surfaces: Surfaces) -> Iterator[DemoEntity]:
    """The things named in a text, in its order, longer names first; a name within another is not told."""
    taken: list[tuple[int, int]] = []
    hits: list[tuple[int, DemoEntity]] = []
    for surface in sorted(surfaces.classes, key=lambda s: (-len(s), s)):
        found = _whole_word(surface).search(text)
        if found and all(found.end() <= a or found.start() >= b for a, b in taken):
            taken.append(found.span())
            hits.append((found.start(), DemoEntity(surface, surfaces.classes[surface])))
    yield from (entity for _, entity in sorted(hits, key=lambda hit: hit[0]))


def _whole_word(surface: str) -> re.Pattern[str]:
    edges = (r"(?<!\w)" if surface[0].isascii() else "", r"(?!\w)" if surface[-1].isascii() else "")
    return re.compile(f"{edges[0]}{re.escape(surface)}{edges[1]}")


def _triples(schema: Schema, relation: str, entities: tuple[DemoEntity, ...]) -> Iterator[DemoTriple]:
    """The relation between the two things of a text, where there is but one way to read it."""
    pairs = [
        (a, b) for a in entities for b in entities if a != b and signature(schema, relation, a.type, b.type) == "ok"
    ]
    if len(pairs) == 1:
        yield DemoTriple(pairs[0][0].name, relation, pairs[0][1].name)


def _worth(demo: Demonstration) -> tuple[int, int, int, str]:
    return -len(demo.triples), -len(demo.entities), len(demo.text), demo.text
