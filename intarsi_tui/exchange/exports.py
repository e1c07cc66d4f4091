"""Listings written as CSV and Excel files: nothing in them is a formula, and what was written can be imported again."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from ..whole_file import replacing
from .columns import Column, Doc

# What Excel and LibreOffice take for a formula when it starts a cell (the list that OWASP gives for CSV injection).
STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMERIC = re.compile(r"[-+]?\d[\d.,]*")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
FORMATS: dict[type, str] = {date: "dd/mm/yyyy", time: "hh:mm", timedelta: "[h]:mm", Decimal: "#,##0.00"}
FIRST_EXCEL_YEAR = 1900


def guarded(text: str) -> str:
    """The text with a leading ' when a spreadsheet would take it for a formula; numbers stay numbers."""
    return f"'{text}" if text.lstrip("'").startswith(STARTS) and not NUMERIC.fullmatch(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(STARTS) else text


def write_csv(file: IO[str], columns: Sequence[Column], rows: Iterable[Doc]) -> int:
    """Writes a heading and the rows; returns how many cells got a leading '."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([guarded(column.label) for column in columns])
    count = 0
    for row in rows:
        plain = [column.write(row) for column in columns]
        safe = [guarded(text) for text in plain]
        count += sum(one != other for one, other in zip(plain, safe, strict=True))
        writer.writerow(safe)
    return count


def write_xlsx(path: Path, columns: Sequence[Column], rows: Iterable[Doc], title: str) -> None:
    """A workbook with one sheet; quantities and days as such, text always as text. The file appears whole or not at all."""
    # Opened first: a workbook left half made prints a traceback of openpyxl's own when it is thrown away.
    with replacing(path) as part, part.open("wb") as file:
        _workbook(columns, rows, title).save(file)


def free_name(folder: Path, name: str) -> Path:
    """A workbook's name that is not taken: an earlier export may be open in Excel."""
    numbers = (f"-{number}" if number > 1 else "" for number in range(1, 10_000))
    return next(path for number in numbers if not (path := folder / f"{name}{number}.xlsx").exists())


def _workbook(columns: Sequence[Column], rows: Iterable[Doc], title: str) -> Any:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31] or "1")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, min(40, len(column.label) + 4))
    sheet.append([_cell(sheet, column.label, Font(bold=True)) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, column.excel(row)) for column in columns])
    return book


def _cell(sheet: Any, value: Any, font: Any = None) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, date) and value.year < FIRST_EXCEL_YEAR:  # 01/01/0001 stands for a missing date; Excel cannot
        value = f"{value:%d/%m}/{value.year:04d}"
    if value is not None and not isinstance(value, (int, float, *FORMATS)):
        value = UNPRINTABLE.sub("\ufffd", str(value))
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would make "=1+1" a formula and "#N/A" an error
    elif type(value) in FORMATS:
        cell.number_format = FORMATS[type(value)]
    if font:
        cell.font = font
    return cell
