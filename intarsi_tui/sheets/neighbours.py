"""What stands beside a block that grows by whole rows: it is not the block's to repeat, and may be cut in two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Protocol

from .address import MAX_COLUMN, Range, cell_name
from .errors import Message
from .locate import Place
from .moves import Moves
from .plan import DrawnBlock
from .scan import Cell, SheetScan
from .workbook import Sheet, Workbook


class GrownRows(Protocol):
    """Blocks that end at one row and get rows put in below it."""

    sheet: Sheet
    blocks: list[DrawnBlock]
    first_row: int
    after_row: int


def neighbours(book: Workbook, grown: GrownRows) -> list[Range]:
    """The cells beside a growing block that stand in its last drawn row and are none of its own: tables, and whatever
    lies outside of its table or named range; where it has neither, constants past an empty column."""
    scan, row = book.scan(grown.sheet), grown.after_row
    here, below = _content(scan, row), _content(scan, row + 1)
    own = {column for block in grown.blocks for column in _own(scan, grown, block, here)}
    tables = [
        table.ref
        for table in book.tables
        if table.sheet == grown.sheet
        and table.ref.top <= row <= table.ref.bottom
        and own.isdisjoint(range(table.ref.left, table.ref.right + 1))
    ]
    taken = own.union(*(range(ref.left, ref.right + 1) for ref in tables))
    bounded = any(block.room.span != (1, MAX_COLUMN) for block in grown.blocks)
    found = list(tables)
    for columns in _groups(sorted({*here, *below} - taken)):
        # A formula that stands apart may still be the row's own, such as a check at the margin.
        if any(column in here and (bounded or not here[column].has_formula) for column in columns):
            top = next(n + 1 for n in count(row - 1, -1) if not _reaches(scan, n, columns))
            bottom = next(n - 1 for n in count(row + 1) if not _reaches(scan, n, columns))
            found.append(Range(top, columns[0], bottom, columns[-1]))
    return found


def cut_neighbours(book: Workbook, grown: Sequence[GrownRows], moves: Moves) -> Iterator[tuple[str, Message]]:
    """The cells of the filled workbook that new rows have cut in two, or made longer than their content."""
    for one in grown:
        tables = [table.ref for table in book.tables if table.sheet == one.sheet]
        for area in neighbours(book, one):
            if area.bottom > one.after_row or area in tables:
                new = moves.area(one.sheet.name, area)
                place = f"{Place(one.sheet, new.top, new.left)}:{cell_name(new.bottom, new.right)}"
                yield place, Message("neighbour_cut", {"row": one.after_row})


def _own(scan: SheetScan, grown: GrownRows, block: DrawnBlock, here: dict[int, Cell]) -> range:
    """The columns of a block, with those that join on without an empty one in between."""
    room = block.room
    if room.span != (1, MAX_COLUMN):
        return range(room.span[0], room.span[1] + 1)
    joined = {*here, *_content(scan, grown.first_row - 1)}
    left = next(n + 1 for n in count(min(room.columns, default=1) - 1, -1) if n not in joined)
    right = next(n - 1 for n in count(max(room.columns, default=1) + 1) if n not in joined)
    return range(left, right + 1)


def _content(scan: SheetScan, number: int) -> dict[int, Cell]:
    row = scan.row(number)
    return {cell.column: cell for cell in scan.cells(row) if cell.body} if row else {}


def _reaches(scan: SheetScan, number: int, columns: list[int]) -> bool:
    return any(column in columns for column in _content(scan, number))


def _groups(columns: list[int]) -> Iterator[list[int]]:
    """Columns that stand side by side together."""
    group: list[int] = []
    for column in columns:
        if group and column != group[-1] + 1:
            yield group
            group = []
        group.append(column)
    if group:
        yield group
