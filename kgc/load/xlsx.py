"""Spreadsheets, by calamine (python-calamine: MIT, Rust, one wheel without dependencies).

Measured on a sheet of 100,000 rows of 8 cells (2 cores): see docs/reference/documents.md. openpyxl 3.1.5 (MIT, last
released in June 2024) reads the same cells many times slower.
"""

from __future__ import annotations

import datetime
import io
import zipfile
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
            from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - of the extra "office"
        except ModuleNotFoundError:
            return needs_extra(source)
        draft = Draft()
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).iter_rows()
                part = Draft()
                add_table(([word(cell) for cell in row] for row in rows), part)
                if part.length:
                    draft.add("heading", name, 1)
                    draft.join(part)
        except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
            return problem("broken", source, "is no spreadsheet that can be read", SAVE, str(error))
        return draft.finish(source)


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
