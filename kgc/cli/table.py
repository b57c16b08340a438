"""Rows of a query: as a table for people, as CSV for programs."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import Protocol

from kgc.cli.call import Call
from kgc.cli.plain import dumps, plain
from kgc.cli.screen import console, note
from kgc.cli.visible import visible
from kgc.cli.words import count


class Answer(Protocol):
    """What a query brought: names of columns, and rows of as many values."""

    @property
    def columns(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[object]]: ...
    @property
    def seconds(self) -> float: ...


def print_table(call: Call, answer: Answer) -> None:
    """A table as wide as the terminal; tab-separated lines with a header where stdout is none."""
    if not sys.stdout.isatty():
        for row in (answer.columns, *answer.rows):
            sys.stdout.write("\t".join(cell(v) for v in row) + "\n")
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in answer.columns:
        table.add_column(Text(visible(name)), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(cell(v)) for v in row))
    console().print(table)
    if not call.quiet:
        note(f"{count(len(answer.rows), 'row')} in {answer.seconds:.3f} s")


def print_csv(answer: Answer) -> None:
    """RFC 4180 with a header; texts as they are (but on a terminal), nested values as JSON, nothing for null."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    told = cell if sys.stdout.isatty() else _raw
    writer.writerows([told(v) for v in row] for row in answer.rows)


def cell(value: object) -> str:
    """A value as one line that is safe to show."""
    return visible(_raw(value))


def _raw(value: object) -> str:
    known = plain(value)
    if known is None:
        return ""
    return known if isinstance(known, str) else dumps(known)
