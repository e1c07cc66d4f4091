"""A sheet written again: planned cells put in place, new rows put in, everything else copied byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from .address import Range, cell_name, parse_range
from .cell_formulas import CellFormulas
from .cells import Encoded
from .encoding import cell_end
from .errors import SheetError
from .frame import moved_frame
from .locate import Place
from .markup import TAG_REST, Splice, attribute, splice, whole, with_attributes
from .moves import Growth, Moves
from .packing import Spool
from .scan import Cell, Row, SheetScan
from .workbook import Sheet, Workbook

Plan = Mapping[int, Mapping[int, Encoded]]
"""What goes where: row number, column number, value."""

_TYPE = re.compile(rb"""\st\s*=\s*(?:"[^"]*"|'[^']*')""")


class NewRows(Protocol):
    """Rows that were put in: where, their packed XML, and the columns they reach."""

    @property
    def growth(self) -> Growth: ...
    @property
    def spool(self) -> Spool: ...
    @property
    def reach(self) -> tuple[int, int]: ...


class Writer:
    """Writes one sheet; the workbook's strings and styles collect what its cells need."""

    def __init__(self, book: Workbook, sheet: Sheet, moves: Moves, new: Sequence[NewRows] = ()) -> None:
        self._book, self._sheet, self._moves = book, sheet, moves
        self._scan = book.scan(sheet)
        self._formulas = CellFormulas(self._scan, sheet.name, moves)
        self._new = sorted(new, key=lambda rows: rows.growth)

    def sheet(self, plan: Plan) -> Iterator[bytes | Spool]:
        """The whole part in pieces; formulas on it lose their cached values.

        Raises:
            SheetError: what was put in pushes something past the last row, or tears a reference apart.
        """
        scan, data = self._scan, self._scan.data
        head, tail = data[: scan.head_end], data[scan.tail_start :]
        if self._moves:
            head, tail = moved_frame(scan, self._sheet.name, self._moves)
        opening, closing = data[scan.head_end : scan.rows_start], data[scan.rows_end : scan.tail_start]
        if scan.is_empty:
            opening, closing = opening[:-2].rstrip() + b">", b"</" + scan.prefix + b"sheetData>"
        pieces = [self._measured(head, plan), opening]
        at, waiting = scan.rows_start, list(self._new)
        missing = [number for number in plan if scan.row(number) is None]
        for number in sorted([*missing, *(row.number for row in scan.rows)]):
            while waiting and waiting[0].growth.after_row < number:
                yield b"".join(pieces)
                yield waiting.pop(0).spool
                pieces = []
            row = scan.row(number)
            if row:
                pieces.append(data[at : row.start])
                at = row.end
                if self._moves.falls_off(self._sheet.name, number) and not scan.has_content(row):
                    # As in Excel, formats alone may be pushed off the sheet.
                    continue
            pieces.append(self._row(row, number, plan.get(number, {})))
        yield b"".join(pieces)
        for rows in waiting:
            yield rows.spool
        yield data[at : scan.rows_end] + closing + tail

    def _row(self, row: Row | None, number: int, planned: Mapping[int, Encoded]) -> bytes:
        scan, new = self._scan, self._moves.row(self._sheet.name, number)
        if row and not planned and new == number:
            return self._kept(row)
        tag = scan.data[row.start : row.open_end] if row else b"<%brow>" % scan.prefix
        if planned:
            # The spans hint would be wrong for added columns; it may be left out.
            tag = with_attributes(tag, {"spans": None})
        old = {cell.column: cell for cell in scan.cells(row)} if row else {}
        cells = [
            self._cell(new, column, planned[column], tag, old.get(column))
            if column in planned
            else self._old(old[column], new)
            for column in sorted({*old, *planned})
        ]
        tag = with_attributes(tag, {"r": str(new)})
        if tag.endswith(b"/>"):
            tag = tag[:-2].rstrip() + b">"
        return tag + b"".join(cells) + b"</" + scan.prefix + b"row>"

    def _cell(self, new: int, column: int, value: Encoded, tag: bytes, old: Cell | None) -> bytes:
        style = old.style if old else default_style(self._scan, tag, column)
        strings, prefix = self._book.strings, self._scan.prefix.decode()
        end = cell_end(prefix, style, value, self._book)
        strings.references += ' t="s"' in end
        if old and old.kind == "s" and b"v>" in old.body:
            strings.references -= 1
        return f'<{prefix}c r="{cell_name(new, column)}"{end}'.encode()

    def _old(self, cell: Cell, row: int) -> bytes:
        """The cell at its new place; its address is written out, since left to be counted it would move."""
        tag, body = cell.tag, cell.body
        if cell.has_formula:
            try:
                tag, body = cell_without_value(self._scan, cell, self._formulas.moved(cell))
            except SheetError as error:
                error.cell = error.cell or str(Place(self._sheet, cell.row, cell.column))
                raise
        if row != cell.row or attribute(tag, b"r") is None:
            tag = with_attributes(tag, {"r": cell_name(row, cell.column)})
        return tag if tag.endswith(b"/>") else tag + body + b"</" + self._scan.prefix + b"c>"

    def _kept(self, row: Row) -> bytes:
        """A row to which nothing happens but that the results of its formulas go; untouched when it has none."""
        raw = self._scan.data[row.start : row.end]
        if b"<" + self._scan.prefix + b"f" not in raw:
            return raw
        splices: list[Splice] = []
        at = 0
        for cell in self._scan.cells(row):
            start = raw.index(cell.tag, at)
            at = start + len(cell.tag)
            if cell.has_formula:
                end = raw.index(b"</" + self._scan.prefix + b"c", at)
                end = raw.index(b">", end) + 1
                splices.append((start, end, self._old(cell, row.number)))
                at = end
        return splice(raw, splices)

    def _measured(self, head: bytes, plan: Plan) -> bytes:
        """The head with its dimension grown to hold the planned cells and the new rows."""
        found = re.search(rb"<" + self._scan.prefix + rb"dimension(?=[\s/>])" + TAG_REST, head)
        area = parse_range(attribute(found[0], b"ref") or "") if found else None
        if found is None or area is None:
            return head
        name = self._sheet.name
        rows = [self._moves.row(name, row) for row in plan]
        columns = [column for cells in plan.values() for column in cells]
        for new in self._new:
            rows.append(self._moves.end(name, new.growth.after_row))
            columns += new.reach
        if not rows:
            return head
        grown = Range(
            min(area.top, *rows), min(area.left, *columns), max(area.bottom, *rows), max(area.right, *columns)
        )
        if grown == area:
            return head
        return splice(head, [(found.start(), found.end(), with_attributes(found[0], {"ref": str(grown)}))])


def default_style(scan: SheetScan, row_tag: bytes, column: int) -> int:
    """The format a cell gets that was not there: the row's if it has one of its own, else the column's."""
    if attribute(row_tag, b"customFormat") in ("1", "true"):
        return whole(attribute(row_tag, b"s"))
    return next((style for first, last, style in scan.columns if first <= column <= last), 0)


def cell_without_value(scan: SheetScan, cell: Cell, body: bytes) -> tuple[bytes, bytes]:
    """Start tag and body of a formula cell less its cached value: LibreOffice would show a stale one as if it were right."""
    less = re.sub(rb"<%bv(?:\s[^>]*)?(?:/>|>[^<]*</%bv\s*>)" % (scan.prefix, scan.prefix), b"", body)
    return (cell.tag, body) if less == body else (_TYPE.sub(b"", cell.tag), less)
