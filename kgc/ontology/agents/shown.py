"""Evidence and schema as the agents are shown them: numbered lines that they can cite, never free text to obey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from kgc.ontology.agents.library import gives_orders
from kgc.ontology.records import Evidence, Field, Phrase, Proposal, Quote, Term
from kgc.prompts.quoting import flat
from kgc.schema import EntityType, RelationType, Schema

Item = Proposal | Term | Phrase | Field
LONGEST: Final = 240
"""The longest quotation that is shown, in code points."""


class Numbered:
    """All that can be cited, each under its number; what gives orders to whoever reads it is left out and counted."""

    def __init__(self, evidence: Evidence, candidates: Sequence[Proposal] = ()) -> None:
        self.withheld = 0
        self._lines: list[str] = []
        self._quotes: list[tuple[Quote, ...]] = []
        self._numbers: dict[tuple[str, int, int], int] = {}
        for item in _ranked(evidence, candidates):
            self._add(item)
        self.ranked = len(self._lines)

    def _add(self, item: Item) -> None:
        quotes = tuple(q for q in item.quotes if not gives_orders(q.text))
        told = _told(item)
        if gives_orders(item.name) or (item.quotes and not quotes):
            self.withheld += 1
            return
        self._quotes.append(quotes)
        self._lines.append(f"{told}{f': {_quoted(quotes[0])}' if quotes else ''}")

    def found(self, quote: Quote) -> int:
        """The number of a passage that a search found; the same passage keeps its number."""
        place = (quote.source, quote.start, quote.end)
        if place not in self._numbers:
            self._lines.append(f"passage {_quoted(quote)}")
            self._quotes.append((quote,))
            self._numbers[place] = len(self._lines)
        return self._numbers[place]

    def line(self, number: int) -> str:
        return f"e{number} {self._lines[number - 1]}"

    def quotes(self, numbers: tuple[int, ...]) -> tuple[Quote, ...]:
        """The quotations behind these numbers; numbers that were never given out say nothing."""
        found = [q for n in numbers if 1 <= n <= len(self._quotes) for q in self._quotes[n - 1]]
        return tuple(dict.fromkeys(found))

    def known(self, number: int) -> bool:
        return 1 <= number <= len(self._lines)


def _ranked(evidence: Evidence, candidates: Sequence[Proposal]) -> Iterator[Item]:
    """What rules would propose, terms, phrases and fields in turn, best first: every slice has some of each."""
    best = sorted(candidates, key=lambda p: (-p.score, p.name))
    for group in zip_longest(best, evidence.terms, evidence.phrases, evidence.fields):
        yield from (item for item in group if item is not None)


def _told(item: Item) -> str:
    if isinstance(item, Proposal):
        return _suggested(item)
    where = f"{item.count} times in {item.documents} {'document' if item.documents == 1 else 'documents'}"
    name = flat(item.name)
    if isinstance(item, Term):
        called = f"; called {', '.join(flat(k) for k in item.kinds[:3])}" if item.kinds else ""
        return f"term “{name}”{f', a {item.type}' if item.type else ''} ({where}{called})"
    if isinstance(item, Phrase):
        heads = " or ".join(flat(h) for h, _ in item.heads[:3]) or "?"
        tails = " or ".join(flat(t) for t, _ in item.tails[:3]) or "?"
        return f"phrase “{heads} — {name} — {tails}” ({where})"
    owner = f" of {flat(item.owner)}" if item.owner else ""
    return f"value “{name}”{owner}, a {item.cells or item.datatype} ({where})"


def _suggested(p: Proposal) -> str:
    ends = f": {' or '.join(p.head)} -> {' or '.join(p.tail)}" if p.thing == "relation" else ""
    parent = f", a kind of {p.parent}" if p.parent else f", {p.datatype}" if p.datatype else ""
    seen = f"; seen: {', '.join(flat(e) for e in p.examples[:3])}" if p.examples else ""
    return f"candidate {p.thing} “{flat(p.name)}{ends}” (found by rules{parent}{seen})"


def _quoted(quote: Quote) -> str:
    text = flat(quote.text)
    return f"«{text[:LONGEST]}{'…' if len(text) > LONGEST else ''}»"


def shown(schema: Schema | None) -> str:
    """The schema in few words, as the agents see it."""
    if schema is None or not schema.entities:
        return "(nothing yet)"
    lines = [*map(_class, schema.entities), *map(_relation, schema.relations)]
    return "\n".join(lines)


def _class(entity: EntityType) -> str:
    parent = f" (is a {entity.parent})" if entity.parent else ""
    fields = f" [{', '.join(f'{a.name}: {a.datatype}' for a in entity.attributes)}]" if entity.attributes else ""
    return f"class {entity.name}{parent}{fields}{_gloss(entity.definition)}"


def _relation(relation: RelationType) -> str:
    ends = f"{' or '.join(relation.head)} -> {' or '.join(relation.tail)}"
    return f"relation {relation.name}: {ends}{_gloss(relation.definition)}"


def _gloss(definition: str) -> str:
    first = " ".join(definition.split("\n", maxsplit=1)[0].split())
    return f" — {first[:160]}" if first else ""
