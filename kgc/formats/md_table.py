"""A Markdown table of names, as chat models answer when asked for pairs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from kgc.data import Problem
from kgc.formats.contract import Parsed
from kgc.schema import Schema

NONE_WORDS = frozenset({"none", "n/a", "null", "nothing", "unknown", "无", "没有", "未知", "不详", "-", "—", "/", ""})
REFUSAL = re.compile(
    r"\bI(?:['’]m sorry| can(?:no|['’])t|['’]m unable| am unable)\b|抱歉|对不起|我(?:无法|不能)", re.IGNORECASE
)
RULE = re.compile(r"[|｜:\s\-—+]*")
PIPES = ("|", "｜")
QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」", "『": "』", "`": "`", "《": "》"}
KEPT_AS_IS = {"《"}

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkdownTable:
    """Rows of names under fixed columns. Outer pipes, the rule and the header are not needed to be read; a header whose
    columns stand in another order is followed. Cells have no white space at their ends and are not empty."""

    columns: tuple[str, ...] = ("head", "tail")
    name: ClassVar[str] = "md_table"

    def render(self, items: tuple[Row, ...], schema: Schema) -> str:  # noqa: ARG002  (the columns say all)
        if not items:
            return "none\n"
        lines = [_line(tuple(map(_escaped, self.columns))), _line(("---",) * len(self.columns))]
        return "\n".join(lines + [_line(tuple(_cell(c) for c in row)) for row in items]) + "\n"

    def parse(self, text: str, schema: Schema) -> Parsed[tuple[Row, ...]]:  # noqa: ARG002
        rows: dict[Row, int] = {}
        rejects: list[Problem] = []
        order = tuple(range(len(self.columns)))
        said_none = not text.strip()
        lines = text.replace("\0", "").split("\n")
        for number, line in enumerate(lines, start=1):
            cells = split_row(line)
            if cells is None:
                said_none = said_none or is_none(line)
                continue
            header = self._header(cells)
            if number == len(lines) and _is_cut(line):
                rejects.append(_cut(line, number))
            elif header is not None:
                order, said_none = header, True
            elif len(cells) != len(self.columns):
                message = f"{len(cells)} cells where {len(self.columns)} were asked for"
                cut = number == len(lines) and len(cells) < len(self.columns)
                rejects.append(
                    _cut(line, number) if cut else Problem("unparsable", message, f"line {number}", line[:500])
                )
            elif any(is_none(c) for c in cells):
                said_none = True
            else:
                row = tuple(unescaped(cells[i]) for i in order)
                rows[row] = rows.get(row, 0) + 1
        rejects += [
            Problem("duplicate", f"said {n} times", raw=_line(row), severity="warning")
            for row, n in rows.items()
            if n > 1
        ]
        if not rows and not rejects and not said_none:
            rejects.append(unread(text))
        return Parsed(tuple(rows), tuple(rejects))

    def _header(self, cells: list[str]) -> tuple[int, ...] | None:
        """For each of our columns, which cell holds it, where these cells are a header."""
        folded = [unescaped(c).casefold() for c in cells]
        wanted = [c.casefold() for c in self.columns]
        if len(set(wanted)) == len(wanted) and sorted(folded) == sorted(wanted):
            return tuple(folded.index(w) for w in wanted)
        return tuple(range(len(wanted))) if folded == wanted else None


def split_row(line: str) -> list[str] | None:
    """The cells of a row, still escaped; None for a line that is no row, or the rule below a header."""
    plain = line.strip()
    if not re.search(r"[|｜]", plain) or RULE.fullmatch(plain):
        return None
    cells: list[str] = []
    current: list[str] = []
    escaped = False
    for char in plain:
        if char in "|｜" and not escaped:
            cells.append("".join(current).strip())
            current = []
        else:
            current.append(char)
        escaped = char == "\\" and not escaped
    cells.append("".join(current).strip())
    if plain[0] in "|｜":
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def is_none(cell: str) -> bool:
    """Whether a cell or a whole answer says that there is nothing."""
    return cell.strip().strip("\"'“”「」()（）[]`.。*").strip().casefold() in NONE_WORDS


def unread(text: str) -> Problem:
    """The problem of an answer that holds nothing readable."""
    if REFUSAL.search(text[:2000]):
        return Problem("refusal", "the model refused", "line 1", text[:500])
    return Problem("unparsable", "the answer holds no table", "line 1", text[:500])


def unescaped(cell: str) -> str:
    """A cell's text: the quotes around it gone, `<br>` as a line break, backslashes resolved."""
    if len(cell) > 1 and cell[0] in QUOTES and cell[0] not in KEPT_AS_IS and cell[-1] == QUOTES[cell[0]]:
        cell = cell[1:-1]
    cell = re.sub(r"\*\*(.+)\*\*", r"\1", cell) if cell.startswith("**") else cell
    return re.sub(r"\\(.)|<br>", lambda m: m.group(1) or "\n", cell, flags=re.DOTALL)


def _escaped(text: str) -> str:
    return re.sub(r"[\\|｜]|<br>", lambda m: "\\" + m.group(), text).replace("\n", "<br>")


def _cell(text: str) -> str:
    """A cell that reads back as the same text: what could be taken for a mark, a quote or "none" is escaped."""
    plain = _escaped(text)
    marked = is_none(text) or plain[:1] in QUOTES or plain[:1] == "*"
    return "\\" + plain if marked and not plain.startswith("\\") else plain


def _line(cells: Row) -> str:
    return f"| {' | '.join(cells)} |"


def _is_cut(line: str) -> bool:
    """Whether a line that opens with a pipe lacks the one that closes it."""
    plain = line.strip()
    ends = plain[-1:] in PIPES and (len(plain) - len(plain[:-1].rstrip("\\"))) % 2 == 1
    return plain[:1] in PIPES and not ends


def _cut(line: str, number: int) -> Problem:
    return Problem("truncated", "the answer ends in the middle of a row", f"line {number}", line[:500])
