"""Rows written again: planned cells put in place, everything else copied byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from .address import Range, cell_name, parse_range
from .cells import Encoded
from .markup import Splice, attribute, escape, splice, start_tag, whole, with_attributes
from .scan import Cell, Row, SheetScan
from .strings import SharedStrings, string_item
from .styles import Styles

Plan = Mapping[int, Mapping[int, Encoded]]
"""What goes where: row number, column number, value."""

_TYPE = re.compile(rb"""\st\s*=\s*(?:"[^"]*"|'[^']*')""")


class Writer(NamedTuple):
    """Writes one sheet with its planned cells; strings and styles collect what the cells need."""

    scan: SheetScan
    strings: SharedStrings
    styles: Styles | None

    def sheet(self, plan: Plan) -> bytes:
        """The whole part; formulas on it lose their cached values."""
        scan, pieces = self.scan, []
        data, at = scan.data, scan.rows_start
        missing = sorted(number for number in plan if scan.row(number) is None)
        for row in scan.rows:
            while missing and missing[0] < row.number:
                number = missing.pop(0)
                pieces.append(self._row(None, number, plan[number]))
            pieces.append(data[at : row.start])
            pieces.append(self._row(row, row.number, plan.get(row.number, {})))
            at = row.end
        pieces.append(data[at : scan.rows_end])
        pieces += [self._row(None, number, plan[number]) for number in missing]
        name = scan.prefix + b"sheetData"
        head = data[: scan.rows_start]
        if scan.is_empty:
            head = head[:-2].rstrip() + b">"
            pieces.append(b"</" + name + b">")
        return self._head(head, plan) + b"".join(pieces) + data[scan.rows_end :]

    def _row(self, row: Row | None, number: int, planned: Mapping[int, Encoded]) -> bytes:
        scan = self.scan
        if row is None:
            tag, cells = b'<%brow r="%d">' % (scan.prefix, number), []
        elif not planned:
            return without_values(scan, row)
        else:
            tag, cells = scan.data[row.start : row.open_end], scan.cells(row)
            # The spans hint would be wrong for added columns; it may be left out.
            tag = with_attributes(tag, {"r": str(number), "spans": None})
        old = {cell.column: cell for cell in cells}
        pieces: list[bytes] = []
        for column in sorted({*old, *planned}):
            cell = old.get(column)
            if column in planned:
                style = cell.style if cell else self._default_style(tag, column)
                pieces.append(self._cell(number, column, style, planned[column], cell))
            elif cell:
                pieces.append(cell_without_value(scan, cell) if cell.has_formula else placed(cell, scan))
        if tag.endswith(b"/>"):
            tag = tag[:-2].rstrip() + b">"
        return tag + b"".join(pieces) + b"</" + scan.prefix + b"row>"

    def _cell(self, row: int, column: int, style: int, value: Encoded, old: Cell | None) -> bytes:
        prefix = self.scan.prefix
        if value.look and self.styles:
            style = self.styles.fitting(style, value.look)
        if old and old.kind == "s" and b"v>" in old.body:
            self.strings.references -= 1
        tag = b'<%bc r="%b"' % (prefix, cell_name(row, column).encode())
        if style:
            tag += b' s="%d"' % style
        if not value.kind:
            return tag + b"/>"
        kind, text = value.kind, value.text
        if kind == "s":
            index = self.strings.add(text)
            if index is None:
                return tag + b' t="inlineStr">' + string_item(text, prefix, b"is") + b"</" + prefix + b"c>"
            self.strings.references += 1
            text = str(index)
        if kind != "n":
            tag += b' t="%b"' % kind.encode()
        return tag + b"><%bv>%b</%bv></%bc>" % (prefix, escape(text).encode(), prefix, prefix)

    def _default_style(self, row_tag: bytes, column: int) -> int:
        """The format a cell gets that was not there: the row's if it has one of its own, else the column's."""
        if attribute(row_tag, b"customFormat") in ("1", "true"):
            return whole(attribute(row_tag, b"s"))
        return next((style for first, last, style in self.scan.columns if first <= column <= last), 0)

    def _head(self, head: bytes, plan: Plan) -> bytes:
        """The head with its dimension grown to hold the planned cells."""
        element = self.scan.skeleton.child("dimension")
        area = parse_range(element.get("ref")) if element else None
        if element is None or area is None or element.end > len(head):
            return head
        columns = [column for cells in plan.values() for column in cells]
        grown = Range(
            min(area.top, *plan), min(area.left, *columns), max(area.bottom, *plan), max(area.right, *columns)
        )
        if grown == area:
            return head
        tag = with_attributes(start_tag(head, element.start), {"ref": str(grown)})
        return splice(head, [(element.start, element.open_end, tag)])


def placed(cell: Cell, scan: SheetScan) -> bytes:
    """The cell as it was, with its address written out: left to be counted, it would move."""
    tag = cell.tag if attribute(cell.tag, b"r") is not None else with_attributes(cell.tag, {"r": cell.name})
    return tag if tag.endswith(b"/>") else tag + cell.body + b"</" + scan.prefix + b"c>"


def cell_without_value(scan: SheetScan, cell: Cell) -> bytes:
    """A formula cell without its cached value: LibreOffice would show a stale one as if it were right."""
    body = re.sub(rb"<%bv(?:\s[^>]*)?(?:/>|>[^<]*</%bv\s*>)" % (scan.prefix, scan.prefix), b"", cell.body)
    if body == cell.body:
        return placed(cell, scan)
    tag = _TYPE.sub(b"", cell.tag)
    if attribute(tag, b"r") is None:
        tag = with_attributes(tag, {"r": cell.name})
    return tag + body + b"</" + scan.prefix + b"c>"


def without_values(scan: SheetScan, row: Row) -> bytes:
    """The row with the cached values of its formulas taken out, untouched when it has none."""
    raw = scan.data[row.start : row.end]
    if b"<" + scan.prefix + b"f" not in raw:
        return raw
    splices: list[Splice] = []
    at = 0
    for cell in scan.cells(row):
        start = raw.index(cell.tag, at)
        at = start + len(cell.tag)
        if cell.has_formula:
            end = raw.index(b"</" + scan.prefix + b"c", at)
            end = raw.index(b">", end) + 1
            splices.append((start, end, cell_without_value(scan, cell)))
            at = end
    return splice(raw, splices)
