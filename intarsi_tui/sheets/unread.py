"""Cells that hold no value to read: errors, and formulas whose result was never saved. Calamine gives both as empty cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .workbook import Sheet, Workbook


class FormulaError(str):
    """In the place of a value: the `#N/A` of a formula, or `=` for a formula that no program has worked out yet."""


Unread = Mapping[int, Mapping[int, FormulaError]]
"""What stands where: row number, column number."""


def unread(book: Workbook, sheet: Sheet) -> Unread:
    """The cells of a sheet without a value to read. An empty text that a formula gave is a value.

    Raises:
        SheetError: the sheet cannot be taken apart.
    """
    data = book.package.read(sheet.part)
    # Taking every cell apart takes six times as long as reading: only sheets that may have one, and of these some rows.
    if not any(sign in data for sign in (b"f>", b't="e"', b"t='e'")):
        return {}
    scan = book.scan(sheet)
    signs = b"<" + scan.prefix + b"f", b't="e"', b"t='e'"
    found: dict[int, dict[int, FormulaError]] = {}
    for row in scan.rows:
        if not any(scan.data.find(sign, row.open_end, row.end) >= 0 for sign in signs):
            continue
        for cell in scan.cells(row):
            if cell.kind == "e" or (cell.has_formula and cell.kind != "str" and not scan.value(cell)):
                found.setdefault(row.number, {})[cell.column] = FormulaError(scan.value(cell) or "=")
    return found


def marked(rows: Iterable[list[Any]], cells: Unread) -> Iterator[list[Any]]:
    """The rows with these cells in them; those that end before such a cell, or were not there, are made longer."""
    number = 0
    for number, row in enumerate(rows, 1):
        yield _with(row, cells.get(number, {}))
    for missing in range(number + 1, max(cells, default=0) + 1):
        yield _with([], cells.get(missing, {}))


def _with(row: list[Any], cells: Mapping[int, FormulaError]) -> list[Any]:
    row += [""] * (max(cells, default=0) - len(row))
    for column, error in cells.items():
        if row[column - 1] == "":
            row[column - 1] = error
    return row
