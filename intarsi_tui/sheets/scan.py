"""A sheet's XML split into head, rows and tail on bytes; rows become cells only where somebody looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from .address import MAX_COLUMN, MAX_ROW, Range, cell_name, column_number, parse_cell, parse_range
from .cells import unescape_text
from .errors import SheetError
from .markup import TAG_REST, Element, attribute, escape, parse, run_parser, unescape, whole

_SHEET_DATA = re.compile(rb"<((?:[^\s<>/:]+:)?)sheetData(?=[\s/>])" + TAG_REST)
_UNTYPICAL = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


class Row(NamedTuple):
    """Where a row stands: its number and the byte offsets of its start tag and of its end."""

    number: int
    start: int
    open_end: int
    end: int


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


@dataclass(slots=True)
class Cell:
    """One cell as the sheet writes it; `body` is what stands between its tags."""

    row: int
    column: int
    style: int
    kind: str
    tag: bytes
    body: bytes
    has_formula: bool

    @property
    def name(self) -> str:
        return cell_name(self.row, self.column)


class SheetScan:
    """A worksheet part.

    Raises:
        SheetError: not well-formed, no sheetData, rows or cells out of order.
    """

    def __init__(self, data: bytes) -> None:
        run_parser(data)
        if b"<!--" in data or b"<![CDATA[" in data:
            data = _UNTYPICAL.sub(lambda m: escape((m[1] or b"").decode()).encode(), data)
        found = _SHEET_DATA.search(data)
        if not found:
            raise SheetError("no_sheet_data")
        self.data = data
        self._merged_in: tuple[int, list[Range]] = (0, [])
        self.prefix = found[1]
        self.head_end = found.start()
        self.rows_start = found.end()
        self.is_empty = bool(found[3])
        end = found.end() if self.is_empty else data.find(b"</" + self.prefix + b"sheetData", found.end())
        self.rows_end = end
        self.tail_start = found.end() if self.is_empty else data.index(b">", end) + 1
        prefix = re.escape(self.prefix)
        self._row = re.compile(rb"<" + prefix + rb"row(?=[\s/>])" + TAG_REST)
        self._cell = re.compile(rb"<" + prefix + rb"c(?=[\s/>])" + TAG_REST)
        value = rb"<" + prefix + rb"v>[^<]*</" + prefix + rb"v>"
        self._plain_cell = re.compile(
            rb"<" + prefix + rb'c r="([A-Z]{1,3})([1-9][0-9]*)"(?: s="([0-9]{1,9})")?(?: t="([A-Za-z]+)")? ?'
            rb"(?:/>|>(" + value + rb")</" + prefix + rb"c>)"
        )
        self._cell_end = re.compile(rb"</" + prefix + rb"c\s*>")
        self._value = re.compile(rb"<" + prefix + rb"v(?:\s[^>]*)?>([^<]*)<")
        self._text = re.compile(rb"<" + prefix + rb"t(?:\s[^>]*)?>([^<]*)<")
        self._formula = re.compile(rb"<" + prefix + rb"f(?=[\s/>])" + TAG_REST + rb"(?:([^<]*)<)?")

    @cached_property
    def skeleton(self) -> Element:
        """The sheet without its rows: columns, merged cells, validations and the rest."""
        empty = b"<" + self.prefix + b"sheetData/>"
        return parse(self.data[: self.head_end] + empty + self.data[self.tail_start :])

    @cached_property
    def rows(self) -> list[Row]:
        rows: list[Row] = []
        number, at = 0, self.rows_start
        closing = b"</" + self.prefix + b"row"
        while found := self._row.search(self.data, at, self.rows_end):
            given = attribute(found[0], b"r")
            previous, number = number, whole(given, number + 1)
            if not previous < number <= MAX_ROW:
                raise SheetError("bad_row_order", row=number)
            at = found.end() if found[2] else self.data.index(b">", self.data.index(closing, found.end())) + 1
            rows.append(Row(number, found.start(), found.end(), at))
        return rows

    @cached_property
    def _by_number(self) -> dict[int, Row]:
        return {row.number: row for row in self.rows}

    def row(self, number: int) -> Row | None:
        return self._by_number.get(number)

    @cached_property
    def last_content(self) -> int:
        """The last row with a cell that holds something, 0 for none: many a sheet has its very last row formatted."""
        return next((row.number for row in reversed(self.rows) if self.has_content(row)), 0)

    def has_content(self, row: Row) -> bool:
        return any(cell.body for cell in self.cells(row))

    def cells(self, row: Row) -> list[Cell]:
        cells: list[Cell] = []
        column, at = 0, row.open_end
        number = b"%d" % row.number
        while True:
            # Most cells are written alike; the general way below costs four times as much.
            plain = self._plain_cell.match(self.data, at, row.end)
            if plain and plain[2] == number and column < _column(plain[1]) <= MAX_COLUMN:
                column, at = _column(plain[1]), plain.end()
                inner = plain.start(5)
                tag = self.data[plain.start() : inner if inner >= 0 else at]
                kind = plain[4].decode() if plain[4] else "n"
                cells.append(Cell(row.number, column, int(plain[3] or 0), kind, tag, plain[5] or b"", False))
                continue
            found = self._cell.search(self.data, at, row.end)
            if not found:
                return cells
            cell, at = self._any_cell(row, found, column)
            column = cell.column
            cells.append(cell)

    def _any_cell(self, row: Row, found: re.Match[bytes], previous: int) -> tuple[Cell, int]:
        """The cell whose start tag was found, and where it ends."""
        tag, body, at = found[0], b"", found.end()
        if not found[2]:
            end = self._cell_end.search(self.data, at, row.end)
            if not end:
                raise SheetError("bad_cell", cell=cell_name(row.number, previous + 1))
            body, at = self.data[at : end.start()], end.end()
        given = attribute(tag, b"r")
        place = parse_cell(given) if given else (row.number, previous + 1)
        if place is None or place[0] != row.number or not previous < place[1] <= MAX_COLUMN:
            raise SheetError("bad_cell", cell=given or cell_name(row.number, previous + 1))
        style, kind = whole(attribute(tag, b"s")), attribute(tag, b"t") or "n"
        formula = b"f" in body and self._formula.search(body) is not None
        return Cell(row.number, place[1], style, kind, tag, body, formula), at

    def cell(self, row: int, column: int) -> Cell | None:
        found = self.row(row)
        return next((c for c in self.cells(found) if c.column == column), None) if found else None

    def all_cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from self.cells(row)

    def text(self, cell: Cell, strings: list[str]) -> str:
        """What the cell holds, as text: a shared string looked up, a number as it is written, else nothing."""
        if cell.kind == "inlineStr":
            return unescape_text(unescape("".join(t.decode() for t in self._text.findall(cell.body))))
        if cell.kind == "s":
            index = self.index(cell)
            return strings[index] if 0 <= index < len(strings) else ""
        value = self.value(cell)
        return unescape_text(value) if cell.kind == "str" else value

    def value(self, cell: Cell) -> str:
        """What the cell's value element holds, as it is written."""
        found = self._value.search(cell.body)
        return unescape(found[1].decode()) if found else ""

    def index(self, cell: Cell) -> int:
        """Which shared string a cell shows, -1 for none."""
        return whole(self.value(cell), -1)

    def formula(self, cell: Cell) -> tuple[str, str, str]:
        """Text, type (`shared`, `array`, `dataTable` or nothing) and ref of the cell's formula."""
        found = self._formula.search(cell.body)
        if not found:
            return "", "", ""
        text = unescape(found[3].decode()) if found[3] and not found[2] else ""
        return text, attribute(found[0], b"t") or "", attribute(found[0], b"ref") or ""

    @cached_property
    def columns(self) -> list[tuple[int, int, int]]:
        """First and last column and cell format of each column definition."""
        return [(e.number("min"), e.number("max"), e.number("style")) for e in self.skeleton.all("col")]

    @cached_property
    def merged(self) -> list[Range]:
        found = (parse_range(merge.get("ref")) for merge in self.skeleton.all("mergeCell"))
        return [merge for merge in found if merge]

    def covering(self, row: int, column: int) -> Range | None:
        """The merged range that hides this cell: one that holds it and starts elsewhere."""
        # Asked row by row, and a register may have a merge or two in each row: those of one row are kept.
        if self._merged_in[0] != row:
            self._merged_in = row, [merge for merge in self.merged if merge.top <= row <= merge.bottom]
        for merge in self._merged_in[1]:
            if merge.left <= column <= merge.right and (merge.top, merge.left) != (row, column):
                return merge
        return None

    @cached_property
    def computed(self) -> list[Range]:
        """Ranges filled by array formulas and data tables: their cells hold no formula of their own."""
        if b"ref=" not in self.data[self.rows_start : self.rows_end]:
            return []
        ranges: list[Range] = []
        for row in self.rows:
            if self.data.find(b"ref=", row.open_end, row.end) < 0:
                continue
            for cell in self.cells(row):
                _, kind, ref = self.formula(cell)
                area = parse_range(ref) if kind in ("array", "dataTable") else None
                if area:
                    ranges.append(area)
        return ranges

    def formulas(self) -> Iterator[str]:
        """The texts of all formulas, shared ones once."""
        for found in self._formula.finditer(self.data, self.rows_start, self.rows_end):
            if found[3] and not found[2]:
                yield unescape(found[3].decode())

    @property
    def formula_count(self) -> int:
        return len(self._formula.findall(self.data, self.rows_start, self.rows_end))
