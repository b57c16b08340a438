"""One chunk's text and entities to one Extraction in the words of the schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgc.data import Chunk, Evidence, Extraction, Literal, Mention, Qualifier, Span, Triple
from kgc.data.sentences import sentences
from kgc.schema import Attribute, Schema
from kgc.slm.found import Passage
from kgc.slm.han_clean import as_written, chinese_names
from kgc.slm.inventory import Inventory, plain
from kgc.slm.lines import Line, lines
from kgc.slm.merge import doubted, merged, told
from kgc.slm.names import Name, classed
from kgc.slm.names_en import english_names
from kgc.slm.package import Weights
from kgc.slm.positions import positions
from kgc.slm.rules import rules
from kgc.slm.statements import Statement, statements
from kgc.slm.values import Value, values

NAMED = 0.5
"""Names are kept from here on: one that is wrong misleads nobody as a wrong fact does."""
LEFT = 0.5
"""Share of the doubt in the English rules' own figures that is left after judging what they say."""
CONTEXT = 0.4
"""A rule that fits is itself evidence for its names: the doubt in them counts by this power (measured by hand)."""


def read(
    chunk: Chunk,
    passage: Passage,
    weights: Weights,
    ours: Inventory,
    least: float,
    given: Sequence[Name] | None = None,
) -> Extraction:
    """What is found in a chunk; facts and names below the confidence `least` are left out.

    With `given` (in text order, without overlaps) these are its names, as they are, and no others are looked for.
    """
    text, lang = chunk.text.translate(weights.script), weights.lang
    layout = lines(text)
    spans = [s for s in sentences(text, lang) if not code(s, layout)]
    cleaned = chinese_names if lang == "zh" else english_names
    found = tuple(given) if given is not None else cleaned(passage.found, text, weights.lexicon, layout)
    numbers = free(values(text, lang), found)
    posts = tuple(positions(text, [x.span for x in ordered(found, numbers)])) if lang == "en" else ()
    items = ordered(found, [*numbers, *(p.short for p in posts)])
    titles = {p.short.span: p.whole for p in posts}
    together = groups(items, spans)
    judged = passage.judge(items, together)
    if given is None:
        items = [classed(i, said) if isinstance(i, Name) else i for i, said in zip(items, judged.classes, strict=True)]
        found = tuple(i for i in items if isinstance(i, Name))
    triples: list[Triple] = []
    for span, group in zip(spans, together, strict=True):
        inside = [items[i] for i in group]
        named = [n for n in inside if isinstance(n, Name)]
        amounts = [v for v in inside if isinstance(v, Value) and v.kind != "J"]
        at = {items[i].span: i for i in group}
        said = statements(text, span, named, amounts, rules(lang), lang, weights.lexicon)
        ruled = [doubted(s if lang == "zh" else measured(s), judged, at) for s in said]
        for statement in merged(ruled, list(told(judged, items, group, text, span, lang))):
            whole = replace(statement, tail=titles.get(statement.tail.span, statement.tail))
            triples += stated(whole, span, chunk, weights, ours, least)
    used = {t.head.span for t in triples} | {t.tail.span for t in triples}
    kept = (n for n in found if n.cls in ours.classes and (n.trust >= min(least, NAMED) or n.span in used))
    mentions = tuple(mention(n, ours) for n in kept)
    extraction = Extraction(chunk.key, mentions, tuple(once(triples)))
    return as_written(extraction, chunk.text) if text != chunk.text else extraction


def ordered(named: Sequence[Name], numbers: Sequence[Value]) -> list[Name | Value]:
    both: list[Name | Value] = [*named, *numbers]
    return sorted(both, key=lambda item: item.span)


def groups(items: Sequence[Name | Value], spans: Sequence[Span]) -> list[list[int]]:
    """Indices of the items of each sentence, none where it has no name and something else; both in text order."""
    found: list[list[int]] = []
    at = 0
    for span in spans:
        while at < len(items) and items[at].span.start < span.start:
            at += 1
        group: list[int] = []
        while at < len(items) and items[at].span.start < span.end:
            if items[at].span.end <= span.end:
                group.append(at)
            at += 1
        found.append(group if len(group) > 1 and any(isinstance(items[i], Name) for i in group) else [])
    return found


def measured(statement: Statement) -> Statement:
    """The statement of an English rule as sure as such rules were: 45 of 46 were right where judged by hand."""
    return replace(statement, precision=1 - (1 - statement.precision) * LEFT)


def free(found: Iterator[Value], named: Sequence[Name]) -> list[Value]:
    """The values that are no part of a name ("Apollo 11")."""
    taken = [n.span for n in named]
    return [v for v in found if all(v.span.end <= s.start or s.end <= v.span.start for s in taken)]


def code(span: Span, layout: Sequence[Line]) -> bool:
    return any(x.kind == "code" and x.span.start <= span.start < max(x.span.end, x.span.start + 1) for x in layout)


def stated(
    statement: Statement, span: Span, chunk: Chunk, weights: Weights, ours: Inventory, least: float
) -> Iterator[Triple]:
    """The statement as a triple of the schema, if the schema has a word for it and it is sure enough."""
    doubt = statement.head.trust * (statement.tail.trust if isinstance(statement.tail, Name) else 1.0)
    confidence = round(statement.precision * doubt**CONTEXT, 3)
    if confidence < least or statement.head.cls not in ours.classes:
        return
    evidence = Evidence(
        chunk.key,
        span,
        span.of(chunk.text),
        "exact",
        f"{statement.source}: {statement.words}",
        weights.strategy,
        weights.version,
    )
    head = mention(statement.head, ours)
    if isinstance(statement.tail, Value):
        attribute = attribute_of(ours, head.type, statement.relation)
        literal = literal_of(statement.tail, attribute) if attribute else None
        if attribute and literal:
            yield Triple(head, attribute.name, literal, evidence, confidence, statement.negated, statement.hedged)
        return
    if statement.tail.cls not in ours.classes:
        return
    tail = mention(statement.tail, ours)
    way = next((w for w in ours.relations.get(statement.relation, ()) if ours.fits(w, head.type, tail.type)), None)
    if way:
        first, last = (tail, head) if way.turned else (head, tail)
        qualifiers: tuple[Qualifier, ...] = ()
        yield Triple(
            first, way.relation.name, last, evidence, confidence, statement.negated, statement.hedged, qualifiers
        )


def mention(name: Name, ours: Inventory) -> Mention:
    return Mention(name.surface, ours.classes[name.cls], name.span, round(name.trust, 3))


def attribute_of(ours: Inventory, entity: str, known_as: str) -> Attribute | None:
    schema: Schema = ours.schema
    names_of = ours.attributes.get(known_as, frozenset())
    return next((a for a in schema.attributes(entity) if plain(a.name) in names_of), None)


FITTING = {
    "date": "DY", "integer": "NY", "number": "NMY", "amount": "MN", "string": "SJDYMNU", "url": "U",
    "identifier": "SNY",
}  # fmt: skip


def literal_of(value: Value, attribute: Attribute) -> Literal | None:
    """The value as the attribute's datatype has it, or None when it cannot be one."""
    if value.kind not in FITTING.get(attribute.datatype, ""):
        return None
    if attribute.datatype == "integer" and not value.value.lstrip("-").isdigit():
        return None
    return Literal(value.raw, value.value, attribute.datatype, value.unit, span=value.span)


def once(triples: Sequence[Triple]) -> Iterator[Triple]:
    """Each statement of the chunk once a sentence, the surest first found."""
    seen: set[tuple[object, ...]] = set()
    for triple in triples:
        tail = triple.tail.value if isinstance(triple.tail, Literal) else triple.tail.surface
        key = (triple.head.surface, triple.relation, tail, triple.evidence.span, triple.negated)
        if key not in seen:
            seen.add(key)
            yield triple
