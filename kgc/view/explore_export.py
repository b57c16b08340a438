"""What is seen, as text to take along: CSV for tables, Cypher for another graph database."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from kgc.data.facts import OPEN
from kgc.schema.naming import is_identifier, upper_snake
from kgc.schema.opened import OPEN_FACT
from kgc.view.explore_show import Seen, state, when

HEAD = (
    "fact", "head id", "head type", "head", "relation", "tail id", "tail type", "tail", "confidence", "status",
    "places", "time",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(seen: Seen) -> str:
    """The visible facts as CSV with a heading. A cell that a spreadsheet would run as a formula begins with `'`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    names = {p.id: p for p in seen.places}
    for link in seen.links:
        if link.head in names and link.tail in names:
            head, tail = names[link.head], names[link.tail]
            writer.writerow(_cells((
                link.id, head.id, head.type, head.name, link.relation.removeprefix(OPEN), tail.id, tail.type, tail.name,
                link.confidence, state(link), link.support, when(link),
            )))  # fmt: skip
    return out.getvalue()


def as_cypher(seen: Seen) -> str:
    """Statements that make the visible graph in Neo4j, with the names that kgc gives to things; twice is no change."""
    there = {p.id for p in seen.places}
    nodes = (
        f"MERGE (n:Entity {{id: {quoted(p.id)}}}) SET n:{name(p.type)}, n.name = {quoted(p.name)};" for p in seen.places
    )
    edges = (
        f"MATCH (a:Entity {{id: {quoted(e.head)}}}) MATCH (b:Entity {{id: {quoted(e.tail)}}})"
        f" MERGE (a)-[r:{name(relation(e.relation))} {{id: {quoted(e.id)}}}]->(b)"
        f" SET r.confidence = {e.confidence:.4g}, r.status = {quoted(e.status)}, r.support = {e.support}"
        + (f", r.label = {quoted(e.relation.removeprefix(OPEN))};" if e.relation.startswith(OPEN) else ";")
        for e in seen.links
        if e.head in there and e.tail in there
    )
    return "\n".join((*nodes, *edges, ""))


def relation(written: str) -> str:
    """A relation as a relationship type. Open facts share one, and their words are a property.

    >>> relation("WorksFor"), relation("open:acquire")
    ('WORKS_FOR', 'OPEN_FACT')
    """
    return upper_snake(OPEN_FACT if written.startswith(OPEN) else written)


def name(word: str) -> str:
    """A label or a type in a statement: as it is where it is an identifier, else in backticks.

    >>> name("Person"), name("a`b")
    ('Person', '`a``b`')
    """
    return word if is_identifier(word) else "`" + word.replace("`", "``").replace("\\", "\\\\") + "`"


def quoted(text: str) -> str:
    """A string in a statement; no character of it can end it.

    >>> print(quoted("O'Neil \\\\ x"))
    'O\\'Neil \\\\ x'
    """
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "'" + "".join(c if c.isprintable() else f"\\u{ord(c):04X}" if ord(c) < 0x10000 else c for c in escaped) + "'"


def _cells(row: Sequence[object]) -> list[object]:
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row]
