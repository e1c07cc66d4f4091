"""Rows of a workbook read back, for imports: values only, fast, under the same limits as everything else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from .address import MAX_ROW, Range, column_letters, parse_range, split_sheet
from .errors import SheetError, about
from .inspection import HEADER_DEPTH
from .locate import find_name, find_table, guess_header, normal
from .unread import marked, unread
from .workbook import Sheet, Workbook

HEAD, TAIL = 4096, 4096  # bytes that are looked through for a declaration, and for the end of the part
CLOSED = re.compile(rb"</(?:\w+:)?(?:worksheet|sst|styleSheet)\s*>|<(?:\w+:)?(?:sst|styleSheet)[^>]*/>")
_OPEN = re.compile(r"(\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}):(\$?[A-Za-z]{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table read back: `rows` yields the Excel row number and the values, in the order of `headers`.

    `header_row` is 0 for an Excel table that shows none.
    """

    sheet: str
    header_row: int
    headers: list[str]
    rows: Iterator[tuple[int, list[Any]]]


def read_rows(
    path: str | os.PathLike[str], sheet: str | None = None, *, errors: bool = False
) -> tuple[str, Iterator[list[Any]]]:
    """The rows of one sheet, the first visible one unless named.

    The first row yielded is the sheet's row 1, also when it is empty, so `enumerate(rows, 1)` gives Excel's row
    numbers. Values are str, float, bool, date, datetime, time, timedelta; an empty cell is an empty str.

    Args:
        errors: cells without a value to read, which are empty otherwise, hold a `FormulaError`.

    Returns:
        The sheet's name and its rows.

    Raises:
        SheetError: the file cannot be read, or it has no such sheet.
    """
    with Workbook(path) as book, about(file=os.fspath(path)):
        chosen = _choose(book, sheet)
        _measure(book, chosen)
        rows = _rows(book.path, chosen.name)
        return chosen.name, marked(rows, unread(book, chosen)) if errors else rows


def read_table(
    path: str | os.PathLike[str],
    table: str | None = None,
    sheet: str | None = None,
    header: int | str | None = None,
    area: str | None = None,
) -> ReadTable:
    """A block of values below its headers: an Excel table, a named range, a rectangle, or what stands under a header row.

    Args:
        path: an .xlsx or .xlsm file.
        table: the name of an Excel table, or of a defined name whose first row holds the headers.
        sheet: where to look otherwise; the first visible sheet unless named.
        header: the number of the header row, or one of its texts; guessed unless given.
        area: `A5:H20`, or `A5:H` down to the last row, with or without a sheet; its first row holds the headers.

    Raises:
        SheetError: the file cannot be read; there is no such table, name, sheet, header or rectangle; or no row looks
            like a header.
    """
    if table is None and area is None:
        return _under_header(path, sheet, header)
    with Workbook(path) as book, about(file=os.fspath(path)):
        chosen, block, headers = _named(book, table) if table is not None else _rectangle(book, area or "", sheet)
        _measure(book, chosen)
        lines = islice(enumerate(_rows(book.path, chosen.name), 1), block.top - 1, block.bottom)
        left, right = block.left - 1, block.right
        if headers is None:
            _, first = next(lines, (block.top, []))
            right = min(right, max(len(first), left))
            headers = [_header(value) for value in _padded(first[left:right], right - left)]
            block = block._replace(top=block.top + 1)
        rows = ((number, _padded(row[left:right], right - left)) for number, row in lines)
        without = table is not None and (excel := find_table(book, table)) is not None and not excel.header_rows
        return ReadTable(chosen.name, 0 if without else block.top - 1, headers, rows)


def _named(book: Workbook, name: str) -> tuple[Sheet, Range, list[str] | None]:
    """The body and the headers of a table; of a named range all of it, and None for headers that are its first row."""
    found = find_table(book, name)
    if found is not None:
        return found.sheet, found.body, list(found.columns)
    sheet_name, rest = split_sheet(name)
    defined = find_name(book, rest, sheet_name)
    if defined is None:
        raise SheetError("place_not_found", place=name)
    if defined.area is None:
        raise SheetError("name_without_cells", name=defined.name, text=defined.text[:80])
    return _choose(book, defined.area[0]), defined.area[1], None


def _rectangle(book: Workbook, text: str, sheet: str | None) -> tuple[Sheet, Range, list[str] | None]:
    named, rest = split_sheet(text.strip())
    # "A5:H": from row 5 down as far as there is anything.
    open_end = _OPEN.fullmatch(rest)
    found = parse_range(f"{open_end[1]}:{open_end[2]}{MAX_ROW}" if open_end else rest)
    if found is None:
        raise SheetError("bad_range", text=text[:80])
    return _choose(book, named or sheet), found, None


def _under_header(path: str | os.PathLike[str], sheet: str | None, wanted: int | str | None) -> ReadTable:
    name, rows = read_rows(path, sheet)
    depth = HEADER_DEPTH if wanted is None else wanted if isinstance(wanted, int) else MAX_ROW
    first: list[list[Any]] = []
    for row in islice(rows, depth):
        first.append(row)
        if isinstance(wanted, str) and any(
            isinstance(value, str) and value and normal(value) == normal(wanted) for value in row
        ):
            break
    else:
        if isinstance(wanted, str):
            raise SheetError("no_such_header", file=os.fspath(path), cell=name, header=wanted)
    if wanted is None:
        header = guess_header((n, [_text(v) for v in row]) for n, row in enumerate(first, 1))
    else:
        header = len(first) if isinstance(wanted, str) or len(first) == wanted else None
    if isinstance(wanted, int) and (not header or not any(value != "" for value in first[header - 1])):
        raise SheetError("no_header_row", file=os.fspath(path), cell=name, row=wanted)
    if not header:
        raise SheetError("no_table", file=os.fspath(path), cell=name)
    head, below = first[header - 1], [*first[header:], *rows]
    filled = {index for row in below for index, value in enumerate(row) if value != ""}
    columns = [index for index, value in enumerate(head) if value != "" or index in filled]
    # A column that somebody forgot to name is called by its letter.
    headers = [_header(head[index]) if head[index] != "" else column_letters(index + 1) for index in columns]
    found = ((number, [row[index] for index in columns]) for number, row in enumerate(below, header + 1))
    return ReadTable(name, header, headers, found)


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
    """Inflate what calamine will inflate, keeping nothing: it has no limits of its own, and reads half a part without a word.

    Taking every cell apart, as filling does, would take six times as long as reading.
    """
    related = [book.related(kind) for kind in ("sharedStrings", "styles")]
    for part in [sheet.part, *(relation.target for relation in related if relation)]:
        first = last = b""
        for chunk in book.package.chunks(part):
            first = first or chunk
            last = (last + chunk)[-TAIL:]
        with about(part=part):
            if b"<!DOCTYPE" in first[:HEAD]:
                raise SheetError("doctype")
            if not last.rstrip(b" \t\r\n\0").endswith(b">") or not CLOSED.search(last):
                raise SheetError("cut_off")


def _rows(path: str, sheet: str) -> Iterator[list[Any]]:
    # Only here: inspecting and filling do without it.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        if path.lower().endswith((".xlsx", ".xlsm")):
            book = CalamineWorkbook.from_path(path)
        else:  # it goes by the ending, and many workbooks are called .xls; a file it would hold in memory
            book = CalamineWorkbook.from_filelike(BytesIO(Path(path).read_bytes()))
        found = book.get_sheet_by_name(sheet)
    except CalamineError:
        raise SheetError("damaged_part", file=path, cell=sheet) from None
    # Empty rows at the top come along, empty columns on the left do not.
    left = [""] * (found.start[1] if found.start else 0)
    return ([*left, *row] for row in found.iter_rows())


def sheet_rows(book: Workbook, sheet: Sheet) -> Iterator[list[Any]]:
    """The rows of one sheet of an open workbook, as `read_rows` gives them."""
    _measure(book, sheet)
    return _rows(book.path, sheet.name)


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*row, *[""] * (width - len(row))]


def _header(value: Any) -> str:
    """A header as text; a year in a header row is a number, which Excel has as 2021.0."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _text(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) else None
