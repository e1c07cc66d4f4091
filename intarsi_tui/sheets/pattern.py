"""What every new row of a block is: the last drawn row again, with its formats, formulas and constants."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from .cell_formulas import CellFormulas
from .cells import BLANK, Encoded
from .encoding import Pieces, Slot, cell_end
from .markup import with_attributes
from .moves import Moves
from .rows import cell_without_value, default_style
from .scan import Cell
from .workbook import Sheet, Workbook

_DIGITS = re.compile(r"(\d+)")


class Pattern(NamedTuple):
    """A template row: its start tag after the number, and its cells."""

    tag: str
    slots: tuple[Slot, ...]


class Patterns:
    """The patterns of one sheet's rows.

    Args:
        moves: where the rows go that the formulas mean.
    """

    def __init__(self, book: Workbook, sheet: Sheet, moves: Moves) -> None:
        self._book, self._scan, self._name = book, book.scan(sheet), sheet.name
        self._prefix = self._scan.prefix.decode()
        self._moves = moves
        self._formulas = CellFormulas(self._scan, sheet.name, moves)

    def pattern(
        self, row: int, columns: Mapping[int, int], inside: Collection[int], planned: Mapping[int, Encoded]
    ) -> Pattern:
        """The pattern that a row gives.

        Args:
            columns: those that take values, with the number of the value.
            inside: the columns whose content belongs to the block's rows; of the others only the format goes on.
            planned: what the template row itself gets.
        """
        tag, cells = self._row(row)
        slots = []
        for column in sorted({*cells, *columns}):
            cell = cells.get(column)
            style = cell.style if cell else default_style(self._scan, tag, column)
            if column in columns:
                slots.append(Slot(column, style, columns[column]))
            elif cell:
                content = self._content(cell, planned) if column in inside else None
                slots.append(Slot(column, repeated=content or (cell_end(self._prefix, style, BLANK, self._book),)))
        rest = with_attributes(tag, {"r": None, "spans": None})[len(self._scan.prefix) + 4 :].decode()
        return Pattern(f"{rest.removesuffix('/>').removesuffix('>').rstrip()}>", tuple(slots))

    def formulas(self, row: int, inside: Collection[int]) -> list[Pieces | None]:
        """What the formulas of the row become in the next ones."""
        cells = self._row(row)[1].values()
        return [self._formula(cell) for cell in cells if cell.has_formula and cell.column in inside]

    def _row(self, row: int) -> tuple[bytes, dict[int, Cell]]:
        found = self._scan.row(row)
        if found is None:
            return b"<%brow>" % self._scan.prefix, {}
        return self._scan.data[found.start : found.open_end], {c.column: c for c in self._scan.cells(found)}

    def _content(self, cell: Cell, planned: Mapping[int, Encoded]) -> Pieces | None:
        """All after the address of a cell that is repeated; None when it holds nothing that can be."""
        if cell.column in planned:
            return (cell_end(self._prefix, cell.style, planned[cell.column], self._book),)
        if cell.has_formula:
            return self._formula(cell)
        if any(area.holds(cell.row, cell.column) for area in self._scan.computed):
            return None
        return (
            self._written(with_attributes(cell.tag, {"t": cell.kind}) if cell.kind == "s" else cell.tag, cell.body),
        )

    def _formula(self, cell: Cell) -> Pieces | None:
        spread = [area for area in self._scan.computed if area.holds(cell.row, cell.column)]
        if any(area.top != area.bottom for area in spread):
            return None
        row = self._moves.row(self._name, cell.row)
        here, below = (self._in_row(cell, down) for down in (1, 2))
        return rows_in(here, below, row + 1)

    def _in_row(self, cell: Cell, down: int) -> str:
        tag, body = cell_without_value(self._scan, cell, self._formulas.repeated(cell, down))
        return self._written(tag, body)

    def _written(self, tag: bytes, body: bytes) -> str:
        rest = with_attributes(tag, {"r": None})[len(self._scan.prefix) + 2 :].decode()
        return rest if rest.endswith("/>") else f"{rest}{body.decode()}</{self._prefix}c>"


def rows_in(here: str, below: str, row: int) -> Pieces:
    """Text of that row in pieces from which every row's own can be put together, found by comparing it with the next row's.

    Moving each reference of each row would take longer than all the rest.
    """
    pieces = [_DIGITS.split(text) for text in (here, below)]
    if pieces[0][::2] != pieces[1][::2]:
        # A reference falls off the sheet from here on.
        return (below,)
    return tuple(
        int(mine) - row if place % 2 and mine != its else mine
        for place, (mine, its) in enumerate(zip(*pieces, strict=True))
    )
