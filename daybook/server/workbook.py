"""Tables as files for other programs: CSV by the standard library, XLSX by XlsxWriter.

Text stays text in both: what someone typed must never run as a formula on another's computer. In XLSX
a string is written as a string. CSV has no such thing, so text that a spreadsheet would take for a
formula gets an apostrophe in front (OWASP, "CSV Injection"). The CSV begins with a byte order mark,
without which Excel reads UTF-8 as something else; Python reads it as `utf-8-sig`, and others skip it.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Literal

import xlsxwriter  # type: ignore[import-untyped]
from msgspec import Struct

Cell = str | int | float | date | None

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767  # units of UTF-16; Excel takes no more
_FORMATS = {"text": "", "number": "General", "money": "$#,##0", "date": "yyyy-mm-dd"}


class Column(Struct, frozen=True):
    """A column: its heading, its width in characters, and what its cells hold."""

    heading: str
    width: int
    holds: Literal["text", "number", "money", "date"] = "text"


class About(Struct, frozen=True):
    """What a workbook says about itself: its title, and lines such as ("School", "Maple Street Elementary")."""

    title: str
    sheet: str
    about_sheet: str
    lines: Sequence[tuple[str, Cell]]
    made_at: datetime


def as_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as CSV (RFC 4180), in UTF-8 with a byte order mark. Numbers have a point, dates are ISO 8601."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_guarded(column.heading) for column in columns])
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
        case float():
            return repr(int(cell)) if cell.is_integer() else repr(cell)
        case _:
            return str(cell)


def as_xlsx(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], about: About) -> bytes:
    """Write a table as an Excel workbook: its first sheet the table, its second what the table is."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": about.title, "author": "Daybook", "created": about.made_at.replace(tzinfo=None)})
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {
            holds: book.add_format({"text_wrap": True, "valign": "top", "num_format": shape})
            for holds, shape in _FORMATS.items()
        }
        sheet = book.add_worksheet(about.sheet)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        last_row = 0
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            _write(sheet, 0, place, column.heading, heading)
        for last_row, row in enumerate(rows, start=1):
            for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
                _write(sheet, last_row, place, cell, formats[column.holds])
        sheet.autofilter(0, 0, last_row, len(columns) - 1)
        described = book.add_worksheet(about.about_sheet)
        described.set_column(0, 0, 30)
        described.set_column(1, 1, 70)
        for number, (name, cell) in enumerate(about.lines):
            _write(described, number, 0, name, heading)
            _write(described, number, 1, cell, formats["date" if isinstance(cell, date) else "text"])
    return content.getvalue()


def _write(
    sheet: xlsxwriter.workbook.Worksheet, row: int, place: int, cell: Cell, form: xlsxwriter.workbook.Format
) -> None:
    match cell:
        case None:
            sheet.write_blank(row, place, None, form)
        case str():
            sheet.write_string(row, place, _fitting(cell), form)
        case date():
            sheet.write_datetime(row, place, cell, form)
        case _:
            sheet.write_number(row, place, cell, form)


def _fitting(text: str) -> str:
    """Cut a text that no cell can hold, and say that there is more."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST_CELL:
        return text
    return units[: 2 * (_LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
