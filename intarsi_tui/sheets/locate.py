"""Where in a workbook something goes: addresses, defined names, tables, placeholders and header texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .address import MAX_COLUMN, MAX_ROW, Range, address, column_letters, column_number, parse_cell, split_sheet
from .errors import SheetError
from .scan import Cell, SheetScan
from .workbook import DefinedName, Sheet, Table, Workbook

# Blanks stay inside the group: matched beside it, "{{" and 30,000 of them took an hour.
PLACEHOLDER = re.compile(r"\{\{([^{}]+)\}\}")

# Headers of two or three lines are common above a block, titles stand further up.
_HEADER_REACH = 10
_LETTERS = re.compile(r"[A-Z]{1,3}")


class Place(NamedTuple):
    """One cell of one sheet."""

    sheet: Sheet
    row: int
    column: int

    def __str__(self) -> str:
        return address(self.sheet.name, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Room:
    """A block found: the columns to write, in the caller's order, the rows drawn for it, the placeholder that marks it.

    `span` holds the first and the last column that belong to its rows: those of a table or a named range.
    """

    sheet: Sheet
    rows: range
    columns: tuple[int, ...]
    mark: Place | None = None
    span: tuple[int, int] = (1, MAX_COLUMN)


def normal(text: str) -> str:
    """Header text without what people type differently: case, accents, line breaks, blanks, a final colon."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.casefold().split()).rstrip(" :*")


def find_place(book: Workbook, text: str) -> Place:
    """The cell meant by an address or a defined name.

    Raises:
        SheetError: nothing of that name, or it does not name one cell.
    """
    sheet_name, rest = split_sheet(text.strip())
    cell = parse_cell(rest)
    if cell is None:
        name = find_name(book, rest, sheet_name)
        if name is None:
            raise SheetError("place_not_found", place=text)
        return _name_place(book, name)
    if sheet_name is None:
        if len(book.worksheets) != 1:
            raise SheetError("which_sheet", place=text, sheets=_sheet_names(book))
        return Place(book.worksheets[0], *cell)
    return Place(_sheet(book, sheet_name), *cell)


def find_name(book: Workbook, name: str, sheet: str | None = None) -> DefinedName | None:
    """The defined name: on the given sheet, else of the whole workbook, else the only one of any sheet."""
    found = [n for n in book.names if n.name.casefold() == name.casefold()]
    if sheet is not None:
        found = [n for n in found if n.sheet is None or n.sheet.casefold() == sheet.casefold()]
        found.sort(key=lambda n: n.sheet is None)
    else:
        found.sort(key=lambda n: n.sheet is not None)
        if len(found) > 1 and found[0].sheet is not None:
            raise SheetError("ambiguous_name", name=name)
    return found[0] if found else None


def find_table(book: Workbook, name: str) -> Table | None:
    return next((t for t in book.tables if t.name.casefold() == name.casefold()), None)


def placeholders(book: Workbook) -> Iterator[tuple[Place, Cell, str]]:
    """Every text cell that holds a `{{placeholder}}`, with its text."""
    marked = {index for index, text in enumerate(book.strings.texts) if "{{" in text}
    for sheet in book.worksheets:
        scan = book.scan(sheet)
        inline = b"{{" in scan.data
        if not inline and not ((marked and b'"s"' in scan.data) or b"'s'" in scan.data):
            continue
        for cell in scan.all_cells():
            if cell.has_formula or cell.kind not in ("s", "inlineStr", "str"):
                continue
            text = scan.text(cell, book.strings.texts)
            if PLACEHOLDER.search(text):
                yield Place(sheet, cell.row, cell.column), cell, text


def find_room(book: Workbook, at: str, columns: Sequence[str]) -> Room:
    """The columns and the drawn rows of a block.

    Args:
        at: a table, a defined name, a `{{placeholder}}` or the first cell of the template row.
        columns: header texts, or column letters.

    Raises:
        SheetError: the place, a header or a drawn row is missing, or a header is there twice.
    """
    table = find_table(book, at)
    if table is not None:
        return _table_room(table, columns)
    sheet_name, rest = split_sheet(at.strip())
    name = find_name(book, rest, sheet_name) if parse_cell(rest) is None else None
    area = name.area if name else None
    if name and area and not area[1].is_cell:
        sheet = _sheet(book, area[0])
        found = _header_columns(book, sheet, area[1], columns)
        span = area[1].left, area[1].right
        return Room(sheet, range(area[1].top, area[1].bottom + 1), found, span=span)
    place = _only_placeholder(book, at) if placeholder_key(at) else find_place(book, at)
    line = Range(place.row, place.column, place.row, MAX_COLUMN)
    found = _header_columns(book, place.sheet, line, columns)
    mark = place if placeholder_key(at) else None
    return Room(place.sheet, _drawn_rows(book.scan(place.sheet), place.row, found), found, mark)


def _sheet(book: Workbook, name: str) -> Sheet:
    sheet = book.sheet(name)
    if sheet is None:
        raise SheetError("unknown_sheet", sheet=name, sheets=_sheet_names(book))
    return sheet


def _sheet_names(book: Workbook) -> str:
    return ", ".join(sheet.name for sheet in book.worksheets)


def _name_place(book: Workbook, name: DefinedName) -> Place:
    area = name.area
    if area is None:
        raise SheetError("name_without_cells", name=name.name, text=name.text[:80])
    sheet = _sheet(book, area[0])
    if not area[1].is_cell and area[1] not in book.scan(sheet).merged:
        raise SheetError("name_is_range", name=name.name, range=str(area[1]))
    return Place(sheet, area[1].top, area[1].left)


def _only_placeholder(book: Workbook, at: str) -> Place:
    wanted = placeholder_key(at)
    found = [place for place, _, text in placeholders(book) if wanted in placeholder_keys(text)]
    if not found:
        raise SheetError("place_not_found", place=at)
    if len(found) > 1:
        raise SheetError("ambiguous_placeholder", place=at, cells=", ".join(map(str, found[:5])))
    return found[0]


def placeholder_key(text: str) -> str:
    match = PLACEHOLDER.fullmatch(text.strip())
    return normal(match[1]) if match else ""


def placeholder_keys(text: str) -> set[str]:
    return {normal(match[1]) for match in PLACEHOLDER.finditer(text)}


def _table_room(table: Table, columns: Sequence[str]) -> Room:
    headers: dict[str, list[int]] = {}
    for offset, header in enumerate(table.columns):
        headers.setdefault(normal(header), []).append(table.ref.left + offset)
    found: list[int] = []
    for wanted in columns:
        matches = headers.get(normal(wanted), [])
        letters = column_number(wanted) if _LETTERS.fullmatch(wanted) else 0
        if len(matches) > 1:
            raise SheetError("header_twice", header=wanted, cells=", ".join(map(column_letters, matches)))
        if not matches and not table.ref.left <= letters <= table.ref.right:
            raise SheetError("header_not_found", header=wanted, at=table.name, headers=_listed(table.columns))
        found.append(matches[0] if matches else letters)
    rows, span = range(table.body.top, table.body.bottom + 1), (table.ref.left, table.ref.right)
    return Room(table.sheet, rows, _distinct(found, columns), span=span)


def _header_columns(book: Workbook, sheet: Sheet, area: Range, columns: Sequence[str]) -> tuple[int, ...]:
    """Columns by the header texts above the area, the nearest row first; letters where the template row has a cell."""
    scan = book.scan(sheet)
    headers: dict[str, list[int]] = {}
    shown: list[str] = []
    for number in range(area.top - 1, max(area.top - 1 - _HEADER_REACH, 0), -1):
        row = scan.row(number)
        line: dict[str, list[int]] = {}
        for cell in scan.cells(row) if row else ():
            text = scan.text(cell, book.strings.texts)
            if text and area.left <= cell.column <= area.right:
                line.setdefault(normal(text), []).append(cell.column)
                shown.append(text)
        for text, places in line.items():
            headers.setdefault(text, places)
    drawn = {cell.column for cell in scan.cells(row)} if (row := scan.row(area.top)) else set()
    found: list[int] = []
    for wanted in columns:
        matches = headers.get(normal(wanted), [])
        letters = column_number(wanted) if _LETTERS.fullmatch(wanted) else 0
        # "CF" may be a header that is missing here: letters count only where the template has drawn a cell.
        if not matches and letters in drawn and area.left <= letters <= area.right:
            matches = [letters]
        if not matches:
            where = address(sheet.name, area.top, area.left)
            raise SheetError("header_not_found", header=wanted, at=where, headers=_listed(shown))
        if len(matches) > 1:
            raise SheetError("header_twice", header=wanted, cells=", ".join(map(column_letters, matches)))
        found.append(matches[0])
    return _distinct(found, columns)


def _distinct(found: list[int], columns: Sequence[str]) -> tuple[int, ...]:
    for index, column in enumerate(found):
        if column in found[:index]:
            raise SheetError("column_twice", header=columns[index], column=column_letters(column))
    return tuple(found)


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(" ".join(text.split())[:40] for text in texts[:12]) or "–"


def _drawn_rows(scan: SheetScan, first: int, columns: tuple[int, ...]) -> range:
    """The template row and those below that are drawn like it.

    A row below belongs to the block when each column has a formatted cell there; one with content must in addition
    have exactly the template row's formats. It ends at a formula where the template row has none (a totals row),
    at merged cells, and at the first row that is not drawn.
    """

    def line(number: int) -> dict[int, Cell]:
        row = scan.row(number)
        return {cell.column: cell for cell in scan.cells(row)} if row else {}

    template = line(first)
    formulas = {column for column, cell in template.items() if cell.has_formula}
    merges = [m for m in scan.merged if any(m.left <= column <= m.right for column in columns)]
    last = first
    while last < MAX_ROW:
        cells = line(last + 1)
        drawn = [(cells.get(column), template.get(column)) for column in columns]
        if not all(
            cell and (cell.style == like.style if like and cell.body else cell.style) and not cell.has_formula
            for cell, like in drawn
        ):
            break
        if any(cell.has_formula and column not in formulas for column, cell in cells.items()):
            break
        if any(m.top <= last + 1 <= m.bottom and (m.bottom > m.top or m.left not in columns) for m in merges):
            break
        last += 1
    return range(first, last + 1)


def guess_header(lines: Iterable[tuple[int, Sequence[str | None]]]) -> int | None:
    """The row most likely to hold the headers, None when none does.

    That is the first of the rows with the most different texts and nothing but texts, two at least.

    Args:
        lines: row numbers with their cells: a text, empty for an empty cell, None for what is no text.
    """
    best, most = None, 1
    for number, cells in lines:
        texts = [cell for cell in cells if cell]
        if None not in cells and len(texts) > most and len({normal(text) for text in texts}) == len(texts):
            best, most = number, len(texts)
    return best
