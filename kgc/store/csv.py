"""The facts as comma-separated values, one fact a row, for spreadsheets and data frames."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import ClassVar, Final

from kgc.data import Fact, Node
from kgc.store.atomic import replacing, writing
from kgc.store.contract import Abilities, Graph
from kgc.store.properties import clean

COLUMNS: Final = (
    "id", "head_id", "head_type", "head", "relation", "tail_id", "tail_type", "tail", "value", "datatype", "unit",
    "confidence", "status", "conflict", "negated", "hedged", "qualifiers", "support", "document", "page", "start",
    "end", "quote", "aligned", "rationale", "strategy", "model",
)  # fmt: skip
"""A literal's `tail` is as written and `value` normalised; the place is the first that supports the fact."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is a formula to a spreadsheet."""


class CsvFile:
    """Writes `.csv` (also `.csv.gz`) as RFC 4180 has it, in UTF-8 with a mark so that spreadsheets know it."""

    name: ClassVar[str] = "csv"
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)
    abilities: ClassVar[Abilities] = Abilities()

    @classmethod
    def export(cls, graph: Graph, path: Path, hidden: bool = False) -> int:
        """Write the facts to `path`, whole or not at all; returns the number of facts.

        A text that a spreadsheet would run as a formula gets an apostrophe before it. Raises `StoreError` where the
        place cannot be written.
        """
        rows = 0
        with replacing(path) as draft, writing(draft, zipped=path.suffix == ".gz", bom=True) as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for fact in graph.facts(hidden):
                writer.writerow(_row(fact))
                rows += 1
        return rows


def _row(fact: Fact) -> list[str | int | float]:
    head, tail = fact.head, fact.tail
    if isinstance(tail, Node):
        ends = (tail.id, tail.type, safe(tail.name), "", "", "")
    else:
        ends = ("", "", safe(tail.raw), safe(tail.value), tail.datatype, safe(tail.unit))
    qualifiers = "; ".join(f"{q.name}={q.value}" for q in fact.qualifiers)
    flags = [str(flag).lower() for flag in (fact.conflict, fact.negated, fact.hedged)]
    return [
        fact.id, head.id, head.type, safe(head.name), fact.relation, *ends, fact.confidence, fact.status, *flags,
        safe(qualifiers), len(fact.evidence), *_place(fact),
    ]  # fmt: skip


def _place(fact: Fact) -> list[str | int]:
    if not fact.evidence:
        return [""] * 9
    first = fact.evidence[0]
    return [
        safe(first.document), first.page or "", first.start, first.end, safe(first.quote), first.aligned,
        safe(first.rationale), safe(first.strategy), safe(first.model),
    ]  # fmt: skip


def safe(text: str) -> str:
    """A text that no spreadsheet runs. Plain numbers are left as they are.

    >>> safe("=1+1"), safe("-12.5"), safe("Ada")
    ("'=1+1", '-12.5', 'Ada')
    """
    text = clean(text).replace("\0", "\ufffd")
    if not text.startswith(_FORMULA) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()
