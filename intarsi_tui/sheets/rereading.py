"""A workbook that was filled from a template and then edited by hand, read back through the same places."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .address import address
from .aligning import Alignment, Line, align, fixed_lines
from .errors import SheetError, about
from .locate import (
    PLACEHOLDER,
    Place,
    Room,
    find_name,
    find_place,
    find_room,
    find_table,
    normal,
    placeholder_key,
    placeholder_keys,
    placeholders,
)
from .reading import sheet_rows
from .unread import FormulaError, marked, unread
from .workbook import Sheet, Workbook

# Headers further above a block than this do not say where its columns went.
_HEADER_REACH = 10
# A sheet of another name is taken for the template's when so much of its fixed text is on it.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A single value: `cell` is where it stands now, `Foglio1!B3`."""

    cell: str
    value: Any


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """The rows of a block that are not empty: their numbers in Excel, and the values in the order of the block's columns."""

    sheet: str
    columns: tuple[int, ...]
    rows: list[tuple[int, list[Any]]]

    def cell(self, row: int, index: int) -> str:
        """The address of the value `index` of Excel's row `row`."""
        return address(self.sheet, row, self.columns[index])


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """What stands on one sheet: cells by place and blocks by `at`, as the template names them."""

    name: str
    cells: dict[str, ReadCell] = field(default_factory=dict)
    blocks: dict[str, ReadBlock] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A workbook read back: the sheets that are there once, the copies of the copied one, and those that were not found."""

    sheets: list[ReadSheet]
    copies: list[ReadSheet]
    missing: list[str]


def read_back(
    template: str | os.PathLike[str],
    filled: str | os.PathLike[str],
    cells: Iterable[str] = (),
    blocks: Iterable[tuple[str, Sequence[str]]] = (),
    copied: str = "",
) -> ReadBack:
    """Read the values of a filled workbook, wherever its places are by now.

    Places are found by the fixed texts around them (headers, labels, totals), so that rows and columns may have been put in
    or taken out; else by table, defined name and address. A block ends where the template's next fixed row stands.

    Args:
        template: the template that it was filled from.
        filled: the workbook; formula cells give the value that Excel or LibreOffice saved.
        cells: addresses, defined names and placeholders, as `fill` takes them. A placeholder inside a longer text gives
            the text that stands in its place.
        blocks: `at` and columns of each block.
        copied: the sheet that was copied for each group, as the template calls it.

    Raises:
        SheetError: one of the files cannot be read, the template has no such place, or a block's header is gone.
    """
    source, target = os.fspath(template), os.fspath(filled)
    with Workbook(source) as original:
        with about(file=source):
            drawn = _Drawn(original, list(cells), list(blocks))
        with Workbook(target) as book, about(file=target):
            return _read(drawn, book, copied)


@dataclass
class _Drawn:
    """The places of a template."""

    book: Workbook
    places: list[str]
    wanted: list[tuple[str, Sequence[str]]]
    cells: dict[str, Place] = field(init=False)
    rooms: dict[str, Room] = field(init=False)
    inside: dict[str, tuple[list[str], int]] = field(init=False)

    def __post_init__(self) -> None:
        marked = list(placeholders(self.book))
        self.cells, self.inside = {}, {}
        for place in self.places:
            if not (key := placeholder_key(place)):
                self.cells[place] = find_place(self.book, place)
                continue
            found = [(at, text) for at, _, text in marked if key in placeholder_keys(text)]
            if not found:
                raise SheetError("place_not_found", place=place)
            # Alone it keeps its type.
            self.cells[place], text = min(found, key=lambda pair: placeholder_key(pair[1]) != key)
            if placeholder_key(text) != key:
                self.inside[place] = _around(text, key)
        self.rooms = {at: find_room(self.book, at, columns) for at, columns in self.wanted}

    def on(self, sheet: Sheet) -> tuple[dict[str, Place], dict[str, Room]]:
        cells = {place: at for place, at in self.cells.items() if at.sheet == sheet}
        return cells, {at: room for at, room in self.rooms.items() if room.sheet == sheet}

    def lines(self, sheet: Sheet) -> dict[int, list[tuple[int, str]]]:
        """The fixed texts of a sheet."""
        cells, rooms = self.on(sheet)
        filled = {(at.row, at.column) for at in cells.values()}
        return fixed_lines(self.book, sheet, [room.rows for room in rooms.values()], filled)


def _read(drawn: _Drawn, book: Workbook, copied: str) -> ReadBack:
    back = ReadBack([], [], [])
    copy = drawn.book.sheet(copied) if copied else None
    taken = {one.name.casefold() for one in drawn.book.worksheets if one != copy and book.sheet(one.name)}
    free = [one for one in book.worksheets if one.name.casefold() not in taken]
    for sheet in drawn.book.worksheets:
        cells, rooms = drawn.on(sheet)
        if not cells and not rooms:
            continue
        lines = drawn.lines(sheet)
        if sheet == copy:
            alike = [(one, align(lines, book, one)) for one in free]
            back.copies.extend(_sheet(drawn, sheet, lines, book, one, by) for one, by in alike if by.share >= _ALIKE)
        elif same := book.sheet(sheet.name):
            back.sheets.append(_sheet(drawn, sheet, lines, book, same, align(lines, book, same)))
        else:
            alike = [(one, align(lines, book, one)) for one in free]
            best = max(alike, key=lambda pair: pair[1].share, default=None)
            if best and best[1].share >= _ALIKE:
                back.sheets.append(_sheet(drawn, sheet, lines, book, *best))
            else:
                back.missing.append(sheet.name)
    return back


def _sheet(
    drawn: _Drawn, sheet: Sheet, lines: Mapping[int, Line], book: Workbook, edited: Sheet, by: Alignment
) -> ReadSheet:
    cells, rooms = drawn.on(sheet)
    values = list(marked(sheet_rows(book, edited), unread(book, edited)))
    blocks = [room.rows for room in rooms.values()]
    found = ReadSheet(edited.name)
    for place, at in cells.items():
        column = by.column(at.column, [at.row])
        # A row put in between two fixed ones leaves it open on which side of it the cell is: the one that has something.
        rows = by.places(at.row, blocks) or [at.row]
        held = [(row, _held(_value(values, row, column), drawn.inside.get(place))) for row in rows]
        row, value = next((one for one in held if one[1] != ""), held[0])
        found.cells[place] = ReadCell(address(edited.name, row, column), value)
    for key, room in rooms.items():
        found.blocks[key] = _block(key, room, blocks, drawn, lines, book, edited, by, values)
    return found


def _block(
    at: str, room: Room, blocks: Sequence[range], drawn: _Drawn, lines: Mapping[int, Line], book: Workbook,
    edited: Sheet, by: Alignment, values: Sequence[Sequence[Any]],
) -> ReadBlock:  # fmt: skip
    first = next(iter(by.places(room.rows.start, blocks)), 0) or _named(at, book, edited) or room.rows.start
    above = range(room.rows.start - 1, max(room.rows.start - 1 - _HEADER_REACH, 0), -1)
    headers = [row for row in above if row in by.rows]
    columns = tuple(by.column(column, headers) for column in room.columns)
    _check_headers(room, dict(drawn.wanted)[at], lines, by, book, edited, blocks)
    end = by.next_fixed(room.rows.stop)
    totals = _totals(drawn.book, room)
    scan = book.scan(edited)
    rows: list[tuple[int, list[Any]]] = []
    for number in range(first, min(end or len(values) + 1, len(values) + 1)):
        if totals:
            line = scan.row(number)
            shift = columns[0] - room.columns[0]
            computed = {cell.column - shift for cell in scan.cells(line) if cell.has_formula} if line else set()
            if totals <= computed:
                break
        cells = [_value(values, number, column) for column in columns]
        if any(map(_is_content, cells)):
            rows.append((number, cells))
    return ReadBlock(edited.name, columns, rows)


def _is_content(cell: Any) -> bool:
    if not isinstance(cell, str):
        return True
    return cell != "" and not isinstance(cell, FormulaError) and not PLACEHOLDER.fullmatch(cell.strip())


def _check_headers(room: Room, names: Sequence[str], lines: Mapping[int, Line], by: Alignment, book: Workbook,
    edited: Sheet, blocks: Sequence[range],
) -> None:  # fmt: skip
    """Without its header nothing says that a column is still the one: its neighbour may have moved in.

    Raises:
        SheetError: the first header that is gone, or is another one by now.
    """
    for column, name in zip(room.columns, names, strict=True):
        header = _header(room.rows.start, column, normal(name), lines)
        if header is None or column in by.columns.get(header, {}):
            continue
        row, now = next(iter(by.places(header, blocks)), header), by.column(column, [])
        scan = book.scan(edited)
        line = scan.row(row)
        texts = {cell.column: scan.text(cell, book.strings.texts) for cell in scan.cells(line)} if line else {}
        found = " ".join(texts.get(now, "").split())[:40] or "–"
        raise SheetError(
            "other_header", cell=address(edited.name, row, now), header=" ".join(name.split()), found=found
        )


def _header(first: int, column: int, name: str, lines: Mapping[int, Line]) -> int | None:
    """The template's row with the header of a block's column; of one that is mapped by its letter the row above."""
    above = range(first - 1, max(first - 1 - _HEADER_REACH, 0), -1)
    named = next((row for row in above if (column, name) in lines.get(row, ())), None)
    if named is None and any(one == column for one, _ in lines.get(first - 1, ())):
        return first - 1
    return named


def _held(value: Any, around: tuple[list[str], int] | None) -> Any:
    """The cell's value, or what of its text stands for a placeholder."""
    if around is None:
        return value
    literals, wanted = around
    text, at, found = str(value), len(literals[0]), ""
    if not text.startswith(literals[0]) or not text.endswith(literals[-1]):
        return ""
    # Each literal where it comes first: a pattern that tries all places takes hours on a text made for it.
    for index, literal in enumerate(literals[1:]):
        last = index == len(literals) - 2
        end = len(text) - len(literal) if last else text.find(literal, at)
        if end < at:
            return ""
        found = text[at:end] if index == wanted else found
        at = end + len(literal)
    return found


def _around(text: str, key: str) -> tuple[list[str], int]:
    """What stands around the placeholders of a cell, and which of them is meant."""
    marks = list(PLACEHOLDER.finditer(text))
    ends = [0, *(mark.end() for mark in marks)]
    starts = [*(mark.start() for mark in marks), len(text)]
    literals = [text[begin:end] for begin, end in zip(ends, starts, strict=True)]
    return literals, next(index for index, mark in enumerate(marks) if normal(mark[1]) == key)


def _named(at: str, book: Workbook, edited: Sheet) -> int | None:
    """The first row of a table or a defined name that is still there."""
    table = find_table(book, at)
    if table is not None:
        return table.body.top if table.sheet == edited else None
    name = find_name(book, at)
    area = name.area if name else None
    return area[1].top if area and area[0].casefold() == edited.name.casefold() else None


def _totals(book: Workbook, room: Room) -> set[int]:
    """The columns of the row below the block that are added up there and not in the block's own rows."""
    scan = book.scan(room.sheet)

    def formulas(number: int) -> set[int]:
        row = scan.row(number)
        return {cell.column for cell in scan.cells(row) if cell.has_formula} if row else set()

    return formulas(room.rows.stop) - formulas(room.rows.start)


def _value(values: Sequence[Sequence[Any]], row: int, column: int) -> Any:
    line = values[row - 1] if 0 < row <= len(values) else ()
    return line[column - 1] if 0 < column <= len(line) else ""
