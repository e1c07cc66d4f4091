"""What a template offers to be filled, as plain data: for people who look at it and for checks of maps."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from itertools import islice

from .address import parse_range
from .choices import choices, dropdowns
from .errors import about
from .locate import PLACEHOLDER, Place, guess_header, placeholders
from .scan import SheetScan
from .workbook import Sheet, Table, Workbook

# Headers further down than this are not guessed.
HEADER_DEPTH = 40


@dataclass(frozen=True, slots=True)
class DropdownDescription:
    """Cells with a dropdown; `choices` is None when only Excel can work them out."""

    cells: str
    source: str
    choices: list[str] | None


@dataclass(frozen=True, slots=True)
class SheetDescription:
    """A sheet: its used range, the header row it seems to have and the first column of that, and what stands on it."""

    name: str
    state: str
    kind: str
    used: str = ""
    header_row: int | None = None
    header_column: int = 1
    headers: list[str] = field(default_factory=list)
    formulas: int = 0
    merged: int = 0
    protected: bool = False
    dropdowns: list[DropdownDescription] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TableDescription:
    """An Excel table; `rows` is how many data rows are drawn, `formula_columns` those that are not to be filled."""

    name: str
    sheet: str
    range: str
    columns: list[str]
    rows: int
    formula_columns: list[str]


@dataclass(frozen=True, slots=True)
class NameDescription:
    """A defined name; `cells` is its range when it stands for one, `sheet` is set when it counts on that sheet only."""

    name: str
    sheet: str | None
    refers_to: str
    cells: str | None


@dataclass(frozen=True, slots=True)
class PlaceholderDescription:
    """A `{{placeholder}}` and a cell it stands in; `alone` when the cell holds nothing else."""

    placeholder: str
    cell: str
    alone: bool


@dataclass(frozen=True, slots=True)
class WorkbookDescription:
    """A workbook's places to fill and what to know before filling it."""

    file: str
    kind: str
    date1904: bool
    macros: bool
    signed: bool
    protected: bool
    sheets: list[SheetDescription]
    tables: list[TableDescription]
    names: list[NameDescription]
    placeholders: list[PlaceholderDescription]

    def as_dict(self) -> dict[str, object]:
        """The same as dictionaries, lists, texts and numbers only, ready for JSON."""
        return asdict(self)


def inspect(path: str | os.PathLike[str]) -> WorkbookDescription:
    """Describe a workbook.

    Raises:
        SheetError: the file cannot be read as an .xlsx or .xlsm workbook.
    """
    with Workbook(path) as book, about(file=os.fspath(path)):
        protection = book.root.child("workbookProtection")
        parts = [entry.name.lower() for entry in book.package.entries]
        return WorkbookDescription(
            file=os.fspath(path),
            kind=book.suffix,
            date1904=book.date1904,
            macros=any(part.endswith("vbaproject.bin") for part in parts),
            signed=any(part.startswith("_xmlsignatures/") for part in parts),
            protected=protection is not None and protection.flag("lockStructure"),
            sheets=[_sheet(book, sheet) for sheet in book.sheets],
            tables=[_table(table) for table in book.tables],
            names=_names(book),
            placeholders=[
                PlaceholderDescription(f"{{{{{match[1].strip()}}}}}", str(place), match[0] == text.strip())
                for place, _, text in placeholders(book)
                for match in PLACEHOLDER.finditer(text)
            ],
        )


def _sheet(book: Workbook, sheet: Sheet) -> SheetDescription:
    if sheet.kind != "worksheet":
        return SheetDescription(sheet.name, sheet.state, sheet.kind)
    scan = book.scan(sheet)
    with about(part=sheet.part):
        header, column, headers = _header(book, scan)
        protection = scan.skeleton.child("sheetProtection")
        dimension = scan.skeleton.child("dimension")
        area = parse_range(dimension.get("ref")) if dimension else None
        return SheetDescription(
            name=sheet.name,
            state=sheet.state,
            kind=sheet.kind,
            used=str(area) if area else "",
            header_row=header,
            header_column=column,
            headers=headers,
            formulas=scan.formula_count,
            merged=len(scan.merged),
            protected=protection is not None and protection.flag("sheet"),
            dropdowns=[
                DropdownDescription(" ".join(map(str, d.areas)), d.source, choices(book, sheet, d.source))
                for d in dropdowns(book, sheet)
            ],
        )


def _header(book: Workbook, scan: SheetScan) -> tuple[int | None, int, list[str]]:
    """The header row, the column of its first text, and its texts."""
    lines: list[tuple[int, list[str | None]]] = []
    starts: dict[int, int] = {}
    for row in islice(scan.rows, HEADER_DEPTH):
        texts: list[str | None] = []
        for cell in scan.cells(row):
            text = scan.text(cell, book.strings.texts).strip()
            is_text = not text or (cell.kind in ("s", "inlineStr") and not PLACEHOLDER.search(text))
            texts.append(text if is_text else None)
            if text:
                starts.setdefault(row.number, cell.column)
        lines.append((row.number, texts))
    number = guess_header(lines)
    return number, starts.get(number or 0, 1), [text for text in dict(lines).get(number or 0, []) if text]


def _table(table: Table) -> TableDescription:
    formulas = {
        column.get("name") for column in table.root.all("tableColumn") if column.child("calculatedColumnFormula")
    }
    return TableDescription(
        name=table.name,
        sheet=table.sheet.name,
        range=str(table.ref),
        columns=list(table.columns),
        rows=table.body.bottom - table.body.top + 1,
        formula_columns=[column for column in table.columns if column in formulas],
    )


def _names(book: Workbook) -> list[NameDescription]:
    found: list[NameDescription] = []
    for name in book.names:
        # Excel's own (_xlnm.Print_Area) and hidden ones are no places to fill.
        if name.hidden or name.name.startswith("_xl"):
            continue
        area = name.area
        sheet = book.sheet(area[0]) if area else None
        cells = None
        if area and sheet:
            first = str(Place(sheet, area[1].top, area[1].left))
            cells = first if area[1].is_cell else f"{first.rpartition('!')[0]}!{area[1]}"
        found.append(NameDescription(name.name, name.sheet, name.text, cells))
    return found
