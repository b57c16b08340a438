"""Spreadsheets, by calamine (python-calamine: MIT, Rust, one wheel without dependencies).

Measured on a sheet of 100,000 rows of 8 cells (2 cores): 0.6 s; openpyxl 3.1.5 (MIT, last released in June 2024) takes
9.5 s in its read-only mode. Calamine holds a sheet as a full rectangle, so one cell far out asks for all the memory
there is: this loader is only safe within the bounds of `kgc.load.pool`.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import ClassVar

from kgc.data import Document, Problem
from kgc.load.contract import Source
from kgc.load.draft import Draft, problem
from kgc.load.office import SAVE, explained, needs_extra, open_parts
from kgc.load.table import add_table
from kgc.load.unzip import Refused


class XlsxLoader:
    """Every sheet under its name, hidden ones too: a header and a row a line, values as they were last computed."""

    media_types: ClassVar[tuple[str, ...]] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",)
    suffixes: ClassVar[tuple[str, ...]] = (".xlsx", ".xlsm")

    def load(self, source: Source) -> Document | Problem:
        try:
            open_parts(source, "xl/workbook.xml")
        except Refused as why:
            return explained(source, why)
        try:
            from python_calamine import (  # noqa: PLC0415 - of the extra "office"
                CalamineError,
                CalamineWorkbook,
                SheetTypeEnum,
            )
        except ModuleNotFoundError:
            return needs_extra(source)
        draft = Draft()
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
            for sheet in book.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    add_sheet(sheet.name, book.get_sheet_by_name(sheet.name).iter_rows(), draft)
        except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
            return problem("broken", source, "is no spreadsheet that can be read", SAVE, str(error))
        return draft.finish(source)


def add_sheet(name: str, rows: Iterable[Sequence[object]], draft: Draft) -> None:
    """A sheet under its name; nothing for one without values."""
    filled = (cells for row in rows if any(cells := [word(cell) for cell in row]))
    for first in filled:
        draft.add("heading", name, 1)
        add_table(chain([first], filled), draft)


def word(cell: object) -> str:
    """A cell as a person would write it: whole numbers without `.0`, dates as 2024-05-31."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case datetime.datetime():
            return cell.isoformat(" ")
        case datetime.date() | datetime.time():
            return cell.isoformat()
        case _:
            return str(cell)
