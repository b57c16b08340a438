"""Rows on their way into the embedded database: one comma-separated file a table, written in blocks.

The form is the one that Ladybug reads back letter by letter (tests/store/test_ladybug.py): every text in double quotes,
which are doubled inside; nothing at all for null; lists as one text, divided by a character that no text holds.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kgc.store.properties import Value

DIVIDER: Final = "\ufdd0"
"""Divides the elements of a list: a noncharacter, which Unicode keeps for such use; inside a text it becomes U+FFFD."""

BLOCK: Final = 1 << 22
"""Characters kept in memory, of all tables together."""


@dataclass(slots=True)
class Staging:
    """Files of a folder by table; a key is a label, or a type with the labels it goes from and to."""

    folder: Path
    rows: dict[tuple[str, ...], int] = field(default_factory=dict)
    _numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    _waiting: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    _held: int = 0

    def add(self, key: tuple[str, ...], values: Sequence[Value]) -> None:
        self.add_line(key, ",".join([cell(v) for v in values]))

    def add_line(self, key: tuple[str, ...], line: str) -> None:
        waiting = self._waiting.get(key)
        if waiting is None:
            waiting = self._waiting[key] = []
        waiting.append(line)
        self._held += len(line)
        if self._held >= BLOCK:
            self.flush()

    def flush(self) -> None:
        """Bring all rows to their files."""
        for key, lines in self._waiting.items():
            self.rows[key] = self.rows.get(key, 0) + len(lines)
            with self.path(key).open("a", encoding="utf-8", newline="") as file:
                file.write("\n".join(lines))
                file.write("\n")
        self._waiting = {}
        self._held = 0

    def path(self, key: tuple[str, ...]) -> Path:
        """The file of a table. File names are numbers: what a schema calls things never becomes a path."""
        return self.folder / f"{self._numbers.setdefault(key, len(self._numbers))}.csv"

    def without(self, key: tuple[str, ...], heads: Container[str], tails: Container[str]) -> int:
        """Rewrite a file without the rows whose ends are not among these; returns how many went."""
        old, new, gone = self.path(key), self.folder / "kept.csv", 0
        with old.open(encoding="utf-8", newline="") as lines, new.open("w", encoding="utf-8", newline="") as file:
            for raw in _records(lines):
                head, tail = _ends(raw)
                if head in heads and tail in tails:
                    file.write(raw)
                else:
                    gone += 1
        new.replace(old)
        self.rows[key] -= gone
        return gone


def cell(value: Value) -> str:
    """A value as the bulk loader reads it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"' if '"' in value else f'"{value}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return cell(DIVIDER.join([v.replace(DIVIDER, "\ufffd") for v in value if v]))
    return repr(value)


def _ends(row: str) -> tuple[str, str]:
    """The first two cells of a row. Ids are hashes of ours: no quotes or commas in them."""
    head, tail = row.split(",", 2)[:2]
    return head.strip('"'), tail.strip('"')


def _records(lines: Iterator[str]) -> Iterator[str]:
    """Lines put together to rows: a row ends where its quotes are even."""
    row, quotes = "", 0
    for line in lines:
        row += line
        quotes += line.count('"')
        if quotes % 2 == 0:
            yield row
            row, quotes = "", 0
