"""Rows of a workbook read back, for imports: values only, fast, under the same limits as everything else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .errors import SheetError, about
from .inspection import HEADER_DEPTH
from .locate import find_table, guess_header
from .workbook import Sheet, Workbook


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table read back: `rows` yields the Excel row number and the values, in the order of `headers`."""

    sheet: str
    header_row: int
    headers: list[str]
    rows: Iterator[tuple[int, list[Any]]]


def read_rows(path: str | os.PathLike[str], sheet: str | None = None) -> tuple[str, Iterator[list[Any]]]:
    """The rows of one sheet, the first visible one unless named.

    The first row yielded is the sheet's row 1, also when it is empty, so `enumerate(rows, 1)` gives Excel's row
    numbers. Values are str, float, bool, date, datetime, time, timedelta; an empty cell is an empty str.

    Returns:
        The sheet's name and its rows.

    Raises:
        SheetError: the file cannot be read, or it has no such sheet.
    """
    with Workbook(path) as book, about(file=os.fspath(path)):
        chosen = _choose(book, sheet)
        _measure(book, chosen)
        return chosen.name, _rows(book.path, chosen.name)


def read_table(path: str | os.PathLike[str], table: str | None = None, sheet: str | None = None) -> ReadTable:
    """An Excel table, or the rows below what looks like a sheet's header row.

    Args:
        path: an .xlsx or .xlsm file.
        table: the name of an Excel table; without it the header row is guessed.
        sheet: where to look without a table's name; the first visible sheet unless named.

    Raises:
        SheetError: the file cannot be read, there is no such table or sheet, or no row looks like a header.
    """
    if table is None:
        return _guessed(path, sheet)
    with Workbook(path) as book, about(file=os.fspath(path)):
        found = find_table(book, table)
        if found is None:
            raise SheetError("place_not_found", place=table)
        _measure(book, found.sheet)
        body, left, right = found.body, found.ref.left - 1, found.ref.right
        numbered = enumerate(_rows(book.path, found.sheet.name), 1)
        rows = ((n, _padded(row[left:right], right - left)) for n, row in islice(numbered, body.top - 1, body.bottom))
        return ReadTable(found.sheet.name, body.top - 1, list(found.columns), rows)


def _guessed(path: str | os.PathLike[str], sheet: str | None) -> ReadTable:
    name, rows = read_rows(path, sheet)
    first = list(islice(rows, HEADER_DEPTH))
    header = guess_header((n, [_text(v) for v in row]) for n, row in enumerate(first, 1))
    if header is None:
        raise SheetError("no_table", file=os.fspath(path), cell=name)
    columns = [index for index, value in enumerate(first[header - 1]) if value != ""]
    headers = [str(first[header - 1][index]) for index in columns]

    def below() -> Iterator[tuple[int, list[Any]]]:
        for number, row in enumerate(first[header:], header + 1):
            yield number, [row[index] for index in columns]
        for number, row in enumerate(rows, len(first) + 1):
            yield number, [row[index] for index in columns]

    return ReadTable(name, header, headers, below())


def _choose(book: Workbook, name: str | None) -> Sheet:
    if name is not None:
        found = book.sheet(name)
        if found is None:
            raise SheetError("unknown_sheet", sheet=name, sheets=", ".join(s.name for s in book.worksheets))
        return found
    visible = [sheet for sheet in book.worksheets if sheet.state == "visible"]
    if not (visible or book.worksheets):
        raise SheetError("not_a_workbook")
    return (visible or book.worksheets)[0]


def _measure(book: Workbook, sheet: Sheet) -> None:
    """Inflate what calamine will inflate, keeping nothing: it has no limits of its own."""
    related = [book.related(kind) for kind in ("sharedStrings", "styles")]
    for part in [sheet.part, *(relation.target for relation in related if relation)]:
        for _ in book.package.chunks(part):
            pass


def _rows(path: str, sheet: str) -> Iterator[list[Any]]:
    # Only here: inspecting and filling do without it.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        found = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    except CalamineError:
        raise SheetError("damaged_part", file=path, cell=sheet) from None
    # Empty rows at the top come along, empty columns on the left do not.
    left = [""] * (found.start[1] if found.start else 0)
    return ([*left, *row] for row in found.iter_rows())


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*row, *[""] * (width - len(row))]


def _text(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) else None
