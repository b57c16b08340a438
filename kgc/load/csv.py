"""Comma- and tab-separated tables, by Python's csv. Its Sniffer is not used: it takes letters for separators."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from kgc.data import Document, Problem
from kgc.load.contract import Source
from kgc.load.draft import Draft, problem
from kgc.load.encoding import decode
from kgc.load.table import add_table

SEPARATORS = ",\t;|"
SNIFFED_LINES = 50
MAX_ROWS = 1_000_000
MAX_LINES = 100
"""Lines in one quoted cell; with more, a quote that is never closed is taken for a letter."""
SAID = re.compile(r"sep=(.)\n", re.IGNORECASE)


class CsvLoader:
    """A header and a row a line, cells joined with " | ". Separator and encoding are found out."""

    media_types: ClassVar[tuple[str, ...]] = ("text/csv", "text/tab-separated-values")
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".tab")

    def load(self, source: Source) -> Document | Problem:
        decoded = decode(source.data)
        text, separator = decoded.text, ""
        if said := SAID.match(text):  # the way Excel is told
            text, separator = text[said.end() :], said.group(1)
        separator = separator or separator_of(text, source.suffix)
        if text.count("\n") > MAX_ROWS:
            what = f"has more than {MAX_ROWS:,} rows"
            return problem("too_large", source, what, "Split it, or keep the rows that matter.")
        draft = Draft()
        if is_quoted(text, separator):
            add_table(csv.reader(io.StringIO(text), delimiter=separator), draft)
        else:
            add_table((line.split(separator) for line in text.split("\n")), draft)
        return draft.finish(source, encoding=decoded.encoding)


def separator_of(text: str, suffix: str) -> str:
    """The separator that cuts the first lines into the same number of cells, the most of them."""
    sample = "\n".join(text[:200_000].split("\n", SNIFFED_LINES)[:SNIFFED_LINES])
    usual = "," if suffix == ".csv" else "\t"

    def score(separator: str) -> tuple[float, int, bool]:
        counts = Counter(len(row) for row in rows(sample, separator) if row)
        several = {n: c for n, c in counts.items() if n > 1}
        if not several:
            return (0.0, 0, separator == usual)
        width = max(several, key=lambda n: several[n])
        return (round(several[width] / counts.total(), 1), width, separator == usual)

    return max(SEPARATORS, key=score)


def rows(text: str, separator: str) -> Iterator[list[str]]:
    """The rows; up to the one that cannot be read."""
    try:
        yield from csv.reader(io.StringIO(text), delimiter=separator)
    except csv.Error:  # a cell of more than 131,072 letters
        return


def is_quoted(text: str, separator: str) -> bool:
    """Whether quotes in the text are those of cells, closed each."""
    if '"' not in text:
        return len(max(text.split("\n"), key=len)) < csv.field_size_limit()
    try:
        reader = csv.reader(io.StringIO(text), delimiter=separator)
        return all(cell.count("\n") <= MAX_LINES for row in reader for cell in row)
    except csv.Error:
        return False
