"""An entity on a terminal: names, attributes, and each fact with the places it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from kgc.cli.visible import visible
from kgc.cli.words import count
from kgc.data import Entity, Fact, Literal, Support
from kgc.view.entity import FactRow, page_of
from kgc.view.passage import mark
from kgc.view.source import Card

PLACES = 2
"""How many places of a fact are quoted; --verbose quotes all."""
ALIASES = 12
STYLES = {"text": "", "head": "bold", "tail": "bold underline"}
ALIGNED = {"exact": "", "fuzzy": "loosely aligned", "none": "not found in the text"}


def draw(console: Console, card: Card, *, every: bool) -> None:
    """Print one card; `every` quotes every place of every fact and names every alias."""
    entity = card.entity
    title = Text(visible(entity.name), style="bold")
    title.append(f"  {visible(entity.type)}", style="not bold")
    title.append(f"  {entity.id}", style="not bold dim")
    console.print(title, soft_wrap=True)
    for line in (*_names(entity, every=every), *_attributes(entity)):
        indented(console, line, 2)
    page = page_of(card)
    by_id = {fact.id: fact for fact in card.facts}
    for (direction, relation), rows in groupby(page.rows, key=lambda r: (r.direction, r.relation)):
        console.print()
        console.print(Text(f"{direction} {visible(relation)}", style="bold"))
        for row in rows:
            _fact(console, row, by_id[row.id], entity, every=every)
    if card.more:
        console.print()
        console.print(Text(f"and {count(card.more, 'more fact', 'more facts')}: --limit {len(card.facts) + card.more}"))


def indented(console: Console, text: Text, by: int) -> None:
    """Print text with every line of it moved in, wrapped at the console's width."""
    for line in text.wrap(console, max(20, console.width - by)):
        line.rstrip()
        console.print(Text(" " * by) + line, soft_wrap=True)


def _names(entity: Entity, *, every: bool) -> Iterator[Text]:
    others = [a for a in entity.aliases if a.name != entity.name]
    shown = others if every else others[:ALIASES]
    if shown:
        names = ", ".join(f"{visible(a.name)} ({a.count})" for a in shown)
        rest = f" and {len(others) - len(shown)} more" if len(others) > len(shown) else ""
        yield Text(f"also: {names}{rest}")
    if entity.links:
        yield Text("same as: " + ", ".join(map(visible, entity.links)))


def _attributes(entity: Entity) -> Iterator[Text]:
    for name, values in groupby(entity.attributes, key=lambda a: a.name):
        told = [
            f"{value_of(v.value)} ({count(v.support, 'place')}{', conflict' if v.conflict else ''})" for v in values
        ]
        yield Text(f"{visible(name)}: {', '.join(told)}")


def value_of(value: Literal) -> str:
    """A literal as people read it, with its unit."""
    return visible(" ".join(part for part in (value.value or value.raw, value.unit) if part))


def _fact(console: Console, row: FactRow, fact: Fact, entity: Entity, *, every: bool) -> None:
    line = Text(visible(row.other))
    line.append(f"  {visible(row.other_type)}", style="dim")
    places = count(row.places, "place")
    places += f" in {count(row.documents, 'document')}" if row.places > 1 else ""
    line.append(f"  confidence {row.confidence:.2f}, {places}")
    if row.notes:
        line.append(f"  {', '.join(map(visible, row.notes))}", style="yellow")
    line.append(f"  {row.id}", style="dim")
    indented(console, line, 2)
    shown = fact.evidence if every else fact.evidence[:PLACES]
    for support in shown:
        _support(console, support, fact, entity)
    if len(fact.evidence) > len(shown):
        indented(
            console, Text(f"and {count(len(fact.evidence) - len(shown), 'more place')}: --verbose", style="dim"), 6
        )


def _support(console: Console, support: Support, fact: Fact, entity: Entity) -> None:
    indented(console, quote(support.quote, _said(fact, entity, head=True), _said(fact, entity, head=False)), 6)
    indented(console, Text(", ".join(_place(support)), style="dim"), 6)
    if support.rationale:
        indented(console, Text(f"because: {visible(support.rationale)}", style="dim"), 6)


def _said(fact: Fact, entity: Entity, *, head: bool) -> Sequence[str]:
    """The names to mark for one end of a fact: all those of the entity that is shown, the one name of the other."""
    end = fact.head if head else fact.tail
    if isinstance(end, Literal):
        return (end.raw, end.value)
    return (end.name, *(a.name for a in entity.aliases)) if end.id == entity.id else (end.name,)


def quote(text: str, heads: Iterable[str], tails: Iterable[str]) -> Text:
    """A quote in its marks, head and tail emphasised."""
    quoted = Text("“")
    for segment in mark(text, heads, tails):
        quoted.append(visible(segment.text), style=STYLES[segment.kind])
    quoted.append("”")
    return quoted


def _place(support: Support) -> Iterator[str]:
    yield visible(support.document)
    if support.page:
        yield f"page {support.page}"
    yield f"characters {support.start}-{support.end}"
    if ALIGNED[support.aligned]:
        yield ALIGNED[support.aligned]
    yield f"confidence {support.confidence:.2f}"
    yield visible(f"{support.strategy}, {support.model}" if support.strategy != support.model else support.model)
