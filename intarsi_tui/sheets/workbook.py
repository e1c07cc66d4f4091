"""A workbook opened for reading: its sheets, names, tables, strings and styles, each read on first use."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType

from .address import Range, parse_range, split_sheet
from .cells import Encoded, Value, display, encode, unescape_text
from .errors import SheetError, about
from .markup import Element, decode, parse
from .package import Package
from .relations import ContentTypes, Relation, read_relations
from .scan import SheetScan
from .strings import SharedStrings
from .styles import Styles

# By the workbook part's content type; the strict and the transitional form share it.
_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": ".xlsm",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.template.macroenabled.main+xml": ".xltm",
}
# Some programs declare a sheet as XML only, or not at all.
_WORKSHEET_TYPES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "application/xml",
    "text/xml",
    "",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name, part (empty: none) and state (`visible`, `hidden`, `veryHidden`); `kind` tells worksheets from others."""

    name: str
    part: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name and what it stands for; `sheet` is set when it counts on that sheet only."""

    name: str
    text: str
    sheet: str | None
    hidden: bool

    @property
    def area(self) -> tuple[str, Range] | None:
        """The sheet and the rectangle it names, None when it is a formula, several areas or a broken reference."""
        sheet, rest = split_sheet(self.text.strip().removeprefix("="))
        area = parse_range(rest)
        return (sheet, area) if sheet and area else None


@dataclass(frozen=True, slots=True)
class Table:
    """An Excel table; `columns` are its header texts, `body` its data rows without header and totals."""

    name: str
    sheet: Sheet
    part: str
    ref: Range
    header_rows: int
    totals_rows: int
    columns: tuple[str, ...]
    root: Element

    @property
    def body(self) -> Range:
        return self.ref._replace(top=self.ref.top + self.header_rows, bottom=self.ref.bottom - self.totals_rows)

    def is_edge(self, row: int, column: int) -> bool:
        """Whether the cell is one of the header's or of the totals'."""
        inner = self.ref.top + self.header_rows <= row <= self.ref.bottom - self.totals_rows
        return not inner and self.ref.holds(row, column)


class Workbook:
    """An .xlsx or .xlsm file open for reading; use it in a `with` block.

    Raises:
        SheetError: everything that keeps the file from being read as a workbook.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.package = Package(path)
        try:
            self._open()
        except SheetError as error:
            error.file = error.file or self.package.path
            self.close()
            raise

    def _open(self) -> None:
        self.types = ContentTypes(self.package)
        start = next((r.target for r in read_relations(self.package, "") if r.kind == "officeDocument"), "")
        if not self.package.find(start):
            raise SheetError("not_a_workbook")
        self.part = start
        if start.lower().endswith(".bin"):
            raise SheetError("binary_workbook")
        with about(part=start):
            self.data = decode(self.package.read(start))
            self.root = parse(self.data)
        if self.root.name != "workbook":
            raise SheetError("not_a_workbook")
        self.relations = read_relations(self.package, start)
        declared = self.types.of(start)
        if declared.lower() not in _SUFFIXES:
            raise SheetError("wrong_type", part=start, type=declared or "–")
        self.suffix = _SUFFIXES[declared.lower()]
        settings = self.root.child("workbookPr")
        self.date1904 = settings is not None and settings.flag("date1904")
        self.sheets = self._read_sheets()
        self._scans: dict[str, SheetScan] = {}

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.package.close()

    @property
    def path(self) -> str:
        return self.package.path

    @property
    def worksheets(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.kind == "worksheet"]

    def sheet(self, name: str) -> Sheet | None:
        """The worksheet of that name, whatever the case."""
        return next((s for s in self.worksheets if s.name.casefold() == name.casefold()), None)

    def scan(self, sheet: Sheet) -> SheetScan:
        if sheet.part not in self._scans:
            with about(self.path, sheet.part):
                self._scans[sheet.part] = SheetScan(decode(self.package.read(sheet.part)))
        return self._scans[sheet.part]

    def related(self, kind: str) -> Relation | None:
        """The workbook's relation of that kind whose part exists."""
        return next((r for r in self.relations if r.kind == kind and self.package.find(r.target)), None)

    @cached_property
    def strings(self) -> SharedStrings:
        relation = self.related("sharedStrings")
        if relation is None:
            return SharedStrings(None, self.root.namespace)
        with about(self.path, relation.target):
            return SharedStrings(decode(self.package.read(relation.target)), self.root.namespace)

    @cached_property
    def styles(self) -> Styles | None:
        relation = self.related("styles")
        if relation is None:
            return None
        with about(self.path, relation.target):
            return Styles(decode(self.package.read(relation.target)))

    @property
    def has_formats(self) -> bool:
        return bool(self.styles and self.styles.count)

    def encoded(self, value: Value) -> Encoded:
        """The value as this workbook stores it.

        Raises:
            SheetError: as `encode`.
        """
        encoded = encode(value, self.date1904)
        if encoded.look not in ("", "wrap") and not self.has_formats:
            # With no formats to clone, a date would show as its number.
            return Encoded("s", display(value))
        return encoded

    @cached_property
    def names(self) -> list[DefinedName]:
        found: list[DefinedName] = []
        with about(self.path, self.part):
            for element in self.root.all("definedName"):
                local = element.number("localSheetId", -1)
                sheet = self.sheets[local].name if 0 <= local < len(self.sheets) else None
                found.append(DefinedName(element.get("name"), element.text, sheet, element.flag("hidden")))
        return found

    @cached_property
    def tables(self) -> list[Table]:
        return [
            self._table(sheet, relation.target)
            for sheet in self.worksheets
            for relation in read_relations(self.package, sheet.part)
            if relation.kind == "table" and not relation.external
        ]

    def _table(self, sheet: Sheet, part: str) -> Table:
        with about(self.path, part):
            root = parse(decode(self.package.read(part)))
            ref = parse_range(root.get("ref"))
            if ref is None:
                raise SheetError("bad_reference", text=root.get("ref")[:80])
            columns = tuple(unescape_text(column.get("name")) for column in root.all("tableColumn"))
            if len(columns) != ref.right - ref.left + 1:
                raise SheetError("bad_table", table=root.get("displayName"))
            headers, totals = root.number("headerRowCount", 1), root.number("totalsRowCount", 0)
            if ref.top + headers > ref.bottom - totals + 1:
                raise SheetError("bad_table", table=root.get("displayName"))
        name = root.get("displayName") or root.get("name")
        return Table(name, sheet, part, ref, headers, totals, columns, root)

    def _read_sheets(self) -> list[Sheet]:
        by_id = {relation.id: relation for relation in self.relations}
        sheets: list[Sheet] = []
        for element in self.root.all("sheet"):
            if not element.relationship():
                # A macro module as Excel 5 had them: a sheet by name only.
                sheets.append(Sheet(element.get("name"), "", element.get("state", "visible"), "module"))
                continue
            relation = by_id.get(element.relationship())
            found = relation and not relation.external and self.package.find(relation.target)
            if not relation or not found:
                raise SheetError("missing_sheet", part=self.part, sheet=element.get("name"))
            declared = self.types.of(found)
            if relation.kind == "worksheet" and declared.lower() not in _WORKSHEET_TYPES:
                raise SheetError("wrong_type", part=found, type=declared)
            sheets.append(Sheet(element.get("name"), found, element.get("state", "visible"), relation.kind))
        if not any(sheet.part for sheet in sheets):
            raise SheetError("not_a_workbook")
        return sheets
