"""The Query page: examples made from the schema, answers as table, chart, drawing and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from kgc.schema import Schema
from kgc.schema.naming import upper_snake
from kgc.view.html import plain
from kgc.view.picture import Dot, Line, Picture, kinds

Language = Literal["Cypher", "SPARQL"]
MOST: Final = 6
"""Relations that examples are made of."""
CELL: Final = 500
"""Code points of a value that a cell shows."""
DRAWN: Final = 300
"""Nodes and lines that are drawn at most."""
BARS: Final = 50
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with."""

    title: str
    language: Language
    text: str


class Answer(Protocol):
    """What a query brought."""

    @property
    def columns(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[object]]: ...
    @property
    def truncated(self) -> bool: ...
    @property
    def seconds(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars: one for each of `names`, as long as its value."""

    title: str
    names: tuple[str, ...]
    values: tuple[float, ...]


def examples(schema: Schema) -> tuple[Example, ...]:
    """Queries that this schema's graph can answer, the general ones first."""
    return (*_cypher(schema), *_sparql())


def _cypher(schema: Schema) -> Iterator[Example]:
    yield Example(
        "What there is, by class", "Cypher",
        "MATCH (e:Entity) RETURN label(e) AS class, count(*) AS entities ORDER BY entities DESC, class",
    )  # fmt: skip
    yield Example(
        "Which facts there are, by relation", "Cypher",
        "MATCH (a:Entity)-[r]->(b:Entity) RETURN label(r) AS relation, count(*) AS facts ORDER BY facts DESC",
    )  # fmt: skip
    yield Example(
        "Who takes part in most facts", "Cypher",
        "MATCH (e:Entity)-[r]-(x:Entity) RETURN e.name AS name, count(*) AS facts ORDER BY facts DESC LIMIT 20",
    )  # fmt: skip
    for relation in schema.relations[:MOST]:
        head, tail = (ends[0] if ends else "Entity" for ends in (relation.head, relation.tail))
        match = f"MATCH (a:{head})-[r:{upper_snake(relation.name)}]->(b:{tail})"
        told = "RETURN a.name, b.name, r.confidence, r.quote\nORDER BY r.confidence DESC LIMIT 25"
        yield Example(f"{relation.name}, with quotes", "Cypher", f"{match}\n{told}")
    if schema.relations:
        first = upper_snake(schema.relations[0].name)
        yield Example(
            f"{schema.relations[0].name}, as a drawing", "Cypher", f"MATCH (a)-[r:{first}]->(b) RETURN a, r, b LIMIT 40"
        )


def _sparql() -> Iterator[Example]:
    yield Example(
        "Names of things", "SPARQL", f"SELECT ?thing ?name WHERE {{ ?thing <{_LABEL}> ?name }} ORDER BY ?name LIMIT 25"
    )
    yield Example(
        "How many things of each class", "SPARQL",
        "SELECT ?class (COUNT(?thing) AS ?things) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY DESC(?things)",
    )  # fmt: skip


# An answer


def table(answer: Answer) -> list[dict[str, object]]:
    """Rows as a table shows them: numbers as numbers, all else as text that cannot reorder what is read."""
    names = headings(answer.columns)
    return [dict(zip(names, map(cell, row), strict=True)) for row in answer.rows]


def headings(columns: Sequence[str]) -> list[str]:
    """Each column under a name of its own.

    >>> headings(["a.name", "a.name", ""])
    ['a.name', 'a.name (2)', 'column 3']
    """
    found: list[str] = []
    for n, column in enumerate(columns, 1):
        name, count = plain(column) or f"column {n}", 1
        while name in found:
            count += 1
            name = f"{plain(column)} ({count})"
        found.append(name)
    return found


def cell(value: object) -> object:
    """A value as a cell holds it."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        return plain(f"{value['name']} ({value.get('label', '')})")[:CELL]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return plain(text[:CELL]) + ("…" if len(text) > CELL else "")


def as_csv(answer: Answer) -> str:
    """The rows as RFC 4180 with a header; a text that a spreadsheet would take for a formula is put in as a text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    writer.writerows([_for_sheet(v) for v in row] for row in answer.rows)
    return out.getvalue()


def _for_sheet(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def chart(answer: Answer) -> Chart | None:
    """Bars, where the rows are a text and a number beside it; None otherwise."""
    rows = answer.rows[:BARS]
    if not rows or len(answer.columns) < 2:
        return None
    number = next((n for n in range(len(answer.columns)) if all(_is_number(r[n]) for r in rows)), None)
    text = next((n for n in range(len(answer.columns)) if all(isinstance(r[n], str) for r in rows)), None)
    if number is None or text is None:
        return None
    names = headings([str(cell(r[text]))[:60] for r in rows])
    return Chart(plain(answer.columns[number]), tuple(names), tuple(float(str(r[number])) for r in rows))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def picture(answer: Answer) -> Picture | None:
    """The nodes of the rows and the relationships between neighbours in a row; None where no row holds a node.

    A relationship is drawn between the node before it and the one after it in its row, or along a path.
    """
    dots: dict[str, Dot] = {}
    lines: dict[str, Line] = {}
    for row in answer.rows:
        if len(dots) + len(lines) >= DRAWN:
            break
        _draw(list(_parts(row)), dots, lines)
    if not dots:
        return None
    known = tuple(dict.fromkeys(d.kind for d in dots.values()))
    return Picture(tuple(dots.values()), tuple(lines.values()), kinds((d.kind for d in dots.values()), known))


def _parts(row: Sequence[object]) -> Iterator[Mapping[str, object]]:
    """Nodes and relationships of a row in order; those of a path one after the other."""
    for value in row:
        if isinstance(value, Mapping):
            nodes, between = value.get("nodes"), value.get("relationships")
            if isinstance(nodes, list) and isinstance(between, list):
                for n, node in enumerate(nodes):
                    yield node
                    yield from between[n : n + 1]
            else:
                yield value


def _draw(parts: Sequence[Mapping[str, object]], dots: dict[str, Dot], lines: dict[str, Line]) -> None:
    nodes = [(n, p) for n, p in enumerate(parts) if "id" in p and "label" in p]
    for _, node in nodes:
        id_ = str(node["id"])
        dots.setdefault(id_, Dot(id_, str(node.get("name") or node.get("trigger") or id_), str(node["label"])))
    for n, part in enumerate(parts):
        before = [p for m, p in nodes if m < n]
        after = [p for m, p in nodes if m > n]
        if "type" in part and "id" in part and before and after:
            ends = str(before[-1]["id"]), str(after[0]["id"])
            note = str(part.get("quote", ""))
            lines.setdefault(str(part["id"]), Line(str(part["id"]), *ends, str(part["type"]), note=note))
