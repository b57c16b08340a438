"""Tables as evidence: what the columns are called, what stands in them, whose rows they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kgc.data import Block, Document, Span
from kgc.ontology.records import Quote
from kgc.slm.values import values

ROWS: Final = 60
"""Rows of a table that are looked at."""
FEWEST: Final = 2
"""Rows below which a table tells nothing."""
DATATYPES: Final = {"D": "date", "Y": "date", "M": "amount", "N": "number", "U": "url"}
CODE: Final = re.compile(r"(?=[^\W\d_]*\d|[A-Z]{2,5}\Z)[A-Z0-9][A-Z0-9./-]{1,15}")
NAME: Final = re.compile(r"[^\W\d_][\w '’/()&.-]{0,40}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, the datatype of most cells, the class of most where they are names.

    `owner` is what the rows are about: the class of the names in the first column, else its title.
    """

    title: str
    owner: str
    datatype: str
    cells: str
    quote: Quote


@dataclass(slots=True)
class Table:
    header: Block
    rows: list[Block] = field(default_factory=list)


def columns(document: Document, classes: Mapping[str, str]) -> Iterator[Column]:
    """The columns of every table; `classes` are names that the built-in model found anywhere, with their class."""
    for table in tables(document):
        titles = cells_of(table.header.span.of(document.text))
        rows = [cells_of(row.span.of(document.text)) for row in table.rows[:ROWS]]
        if len(rows) < FEWEST or len(titles) < 2:
            continue
        held = [[row[i] for row in rows if i < len(row) and row[i]] for i in range(len(titles))]
        owner = class_of(held[0], classes) or titles[0]
        span = table.header.span
        for title, cells in zip(titles[1:], held[1:], strict=True):
            if NAME.fullmatch(title) and len(cells) >= FEWEST:
                quote = Quote(document.source, span.start, span.end, span.of(document.text), title)
                yield Column(title, owner, datatype(cells, document.lang), class_of(cells, classes), quote)


def tables(document: Document) -> Iterator[Table]:
    table: Table | None = None
    for block in document.blocks:
        if block.kind == "row" and table:
            table.rows.append(block)
            continue
        if table:
            yield table
        table = Table(block) if block.kind == "header" else None
    if table:
        yield table


def cells_of(row: str) -> list[str]:
    return [cell.strip(" *`_") for cell in row.strip().strip("|").split("|")]


def class_of(cells: list[str], classes: Mapping[str, str]) -> str:
    """The class of most cells as names; a cell that lists several names counts by its first."""
    found = Counter(classes.get(cell) or classes.get(cell.split(",")[0].strip(), "") for cell in cells)
    if not found:
        return ""
    best, count = max(found.items(), key=lambda item: (bool(item[0]), item[1], item[0]))
    return best if best and 2 * count >= len(cells) else ""


def datatype(cells: list[str], lang: str) -> str:
    found = Counter(kind_of(cell, lang) for cell in cells)
    best, count = max(found.items(), key=lambda item: (item[1], item[0]))
    return best if 2 * count > len(cells) else "string"


def kind_of(cell: str, lang: str) -> str:
    """The datatype of a cell that is a value and nothing else."""
    if re.fullmatch(r"[-+]?[\d,.]+ ?[%‰°％]", cell):
        return "number"
    for value in values(cell, "zh" if lang == "zh" else "en"):
        if whole(value.span, cell):
            plain = value.kind == "N" and not value.unit and value.value.lstrip("-").isdigit()
            return "integer" if plain else DATATYPES.get(value.kind, "string")
    if re.fullmatch(r"[-+]?[\d,]+", cell):
        return "integer"
    if re.fullmatch(r"[-+]?[\d,.]+ ?[%°€$£\w]{0,4}", cell):
        return "number"
    return "identifier" if CODE.fullmatch(cell) else "string"


def whole(span: Span, cell: str) -> bool:
    """Whether a value fills its cell, but for a word or two ("7,000 employees")."""
    return len(cell) - (span.end - span.start) <= 4
