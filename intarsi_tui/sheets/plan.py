"""What a fill will write, collected and checked before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from .cells import BLANK, Encoded, Value, display
from .errors import Message, SheetError, about
from .locate import (
    PLACEHOLDER,
    Place,
    Room,
    find_place,
    find_room,
    normal,
    placeholder_key,
    placeholder_keys,
    placeholders,
)
from .scan import Cell
from .workbook import Sheet, Table, Workbook


@dataclass
class DrawnBlock:
    """A block whose drawn rows are planned: how many records are used, and those for which no row is drawn."""

    at: str
    room: Room
    used: int
    rest: Iterator[Sequence[Value]]
    has_more: bool

    def counted(self) -> Iterator[Sequence[Value]]:
        """The records left, each counted as used.

        Raises:
            SheetError: a record of another length than the block's columns.
        """
        width = len(self.room.columns)
        for line in self.rest:
            self.used += 1
            if len(line) != width:
                raise SheetError("row_length", cell=self.at, row=self.used, wanted=width, given=len(line))
            yield line


class Filling:
    """The planned cells of each sheet (by part name), refused where the template must not be written."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._plans: dict[str, dict[int, dict[int, Encoded]]] = {}
        self.blocks: list[DrawnBlock] = []
        self.doubtful: list[tuple[Place, Message]] = []
        self._line: tuple[str, int, dict[int, Cell]] = ("", 0, {})

    @property
    def plans(self) -> dict[str, dict[int, dict[int, Encoded]]]:
        """By part name, row and column; sheets and rows that get nothing are left out."""
        rows = {
            part: {row: cells for row, cells in sorted(plan.items()) if cells} for part, plan in self._plans.items()
        }
        return {part: plan for part, plan in rows.items() if plan}

    @property
    def filled(self) -> int:
        """How many cells get a value."""
        return sum(bool(v.kind) for plan in self._plans.values() for cells in plan.values() for v in cells.values())

    @property
    def block_rows(self) -> list[int]:
        return [block.used for block in self.blocks]

    def planned_row(self, sheet: Sheet, row: int) -> Mapping[int, Encoded]:
        return self._plans.get(sheet.part, {}).get(row, {})

    def cells(self, values: Mapping[str, Value]) -> None:
        """Plan single values by address, defined name or placeholder."""
        marked: dict[str, Value] = {}
        for key, value in values.items():
            name = placeholder_key(key)
            if not name:
                self._put(find_place(self.book, key), value)
            elif name in marked:
                raise SheetError("written_twice", cell=key)
            elif not any(name in placeholder_keys(text) for _, _, text in self._placeholders):
                raise SheetError("place_not_found", place=key)
            else:
                marked[name] = value
        for place, cell, text in self._placeholders:
            if not placeholder_keys(text).isdisjoint(marked):
                self._replace(place, cell, text, marked)

    def _replace(self, place: Place, cell: Cell, text: str, values: Mapping[str, Value]) -> None:
        """Plan a cell with placeholders: typed when it holds one alone, else its text with all of them replaced.

        All at once, so that a value which itself looks like a placeholder stays what it is.
        """
        alone = PLACEHOLDER.fullmatch(text.strip())
        if alone:
            self._put(place, values[normal(alone[1])])
            return
        if cell.kind == "s" and self.book.scan(place.sheet).index(cell) in self.book.strings.rich:
            self.doubtful.append((place, Message("rich_text_lost")))

        def value_of(match: re.Match[str]) -> str:
            name = normal(match[1])
            return display(values[name]) if name in values else match[0]

        self._put(place, PLACEHOLDER.sub(value_of, text))

    def left_over(self) -> Iterator[tuple[Place, Message]]:
        """Placeholders that nothing replaces."""
        for place, _, text in self._placeholders:
            planned = self._plans.get(place.sheet.part, {}).get(place.row, {}).get(place.column)
            if planned is None:
                yield place, Message("placeholder_left", {"text": text[:80]})

    @cached_property
    def _placeholders(self) -> list[tuple[Place, Cell, str]]:
        return list(placeholders(self.book))

    def block(self, at: str, columns: Sequence[str], values: Iterable[Sequence[Value]]) -> None:
        """Plan a block's drawn rows; old values in its unused rows go.

        Raises:
            SheetError: a place is missing or must not be written, or a row of another length than `columns`.
        """
        stream = iter(values)
        with about(cell=at):
            room = find_room(self.book, at, columns)
            block = DrawnBlock(at, room, 0, islice(stream, len(room.rows)), False)
            lines = list(block.counted())
            more = list(islice(stream, 1))
            if more and not room.rows:
                raise SheetError("no_room")
        for row, line in zip(room.rows, lines, strict=False):
            for column, value in zip(room.columns, line, strict=True):
                self._put(Place(room.sheet, row, column), value)
        self._clear(room, len(lines))
        if room.mark:
            # The mark goes also when its column is not among those filled.
            self._planned(room.sheet, room.mark.row).setdefault(room.mark.column, BLANK)
        block.rest, block.has_more = chain(more, stream), bool(more)
        self.blocks.append(block)

    def _clear(self, room: Room, used: int) -> None:
        for row in room.rows[used:]:
            for column in room.columns:
                old = self._old(room.sheet, row).get(column)
                if old and old.has_formula:
                    raise SheetError("formula_cell", cell=str(Place(room.sheet, row, column)))
                if old and old.body:
                    self._planned(room.sheet, row).setdefault(column, BLANK)

    def _put(self, place: Place, value: Value) -> None:
        try:
            encoded = self.book.encoded(value)
            self._guard(place)
        except SheetError as error:
            # Not `about`: naming the place of every cell beforehand doubles the time of a block.
            error.cell = str(place)
            raise
        planned = self._planned(place.sheet, place.row)
        if place.column in planned:
            raise SheetError("written_twice", cell=str(place))
        if encoded.kind or place.column in self._old(place.sheet, place.row):
            planned[place.column] = encoded

    def _guard(self, place: Place) -> None:
        """Refuse cells whose content is not the caller's to give."""
        _, row, column = place
        scan = self.book.scan(place.sheet)
        old = self._old(place.sheet, row).get(column)
        if (old and old.has_formula) or (scan.computed and any(area.holds(row, column) for area in scan.computed)):
            raise SheetError("formula_cell")
        hidden_by = scan.covering(row, column)
        if hidden_by:
            raise SheetError("covered_cell", range=str(hidden_by))
        for table in self._tables.get(place.sheet.part, ()):
            if table.is_edge(row, column):
                raise SheetError("table_edge", table=table.name)

    @cached_property
    def _tables(self) -> dict[str, list[Table]]:
        """The tables by the part name of their sheet: asked for each cell."""
        found: dict[str, list[Table]] = {}
        for table in self.book.tables:
            found.setdefault(table.sheet.part, []).append(table)
        return found

    def _planned(self, sheet: Sheet, row: int) -> dict[int, Encoded]:
        return self._plans.setdefault(sheet.part, {}).setdefault(row, {})

    def _old(self, sheet: Sheet, row: int) -> dict[int, Cell]:
        """The row's cells by column, the last row asked for kept: blocks come row by row."""
        if self._line[:2] != (sheet.part, row):
            scan = self.book.scan(sheet)
            found = scan.row(row)
            self._line = (sheet.part, row, {c.column: c for c in scan.cells(found)} if found else {})
        return self._line[2]
