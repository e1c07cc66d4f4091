"""Tables that other programs save: old Excel (.xls, .xlsb), LibreOffice (.ods), and web pages that are called .xls."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from .problems import FileRefused
from .repeated_cells import most_cells

OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\3\4"
# What is inflated, or taken apart in one piece: nobody types so much, and a small file can be made to hold any amount.
MOST = 300_000_000
# Of a page or an .ods, those that a wide, high or repeated cell stands for included: a register of 65,536 rows with 100
# columns has fewer.
MOST_CELLS = 10_000_000
# What HTML and Excel allow.
WIDEST, HIGHEST, COLUMNS, ROWS = 1000, 65_534, 16_384, 1_048_576
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
IN_CELLS = re.compile(rb"<table[\s>]|urn:schemas-microsoft-com:office:spreadsheet", re.IGNORECASE)
LOOKED_AT = 65_536  # bytes
MIDNIGHT = re.compile(r"T00:00:00(\.0+)?$")


def kind_of(path: Path) -> str:
    """`excel` for a workbook of today, whatever it is called; `book` for what only calamine reads; `page` for HTML or XML
    with a table; "" for everything else.

    Raises:
        FileRefused: numbers, a table of a program that nobody else reads.
        SheetError: encrypted.
    """
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    if head.startswith(OLE):
        return _old_book(path)
    if head.startswith(ZIP):
        return _zipped(path)
    return "page" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and IN_CELLS.search(head) else ""


def _old_book(path: Path) -> str:
    """An .xls; a workbook with a password for opening looks the same from outside. Raises SheetError."""
    from ..sheets import SheetError
    from ..sheets.package import Package

    try:
        Package(path).close()
    except SheetError as error:
        if error.code == "encrypted":
            raise
    return "book"


def _zipped(path: Path) -> str:
    try:
        with ZipFile(path) as packed:
            names = set(packed.namelist())
            if any(name.endswith(".iwa") for name in names):
                raise FileRefused("numbers", path)
            if sum(one.file_size for one in packed.infolist()) > MOST:
                return ""
            if {"content.xml", "mimetype"} <= names:
                return "book" if most_cells(packed.open("content.xml")) <= MOST_CELLS else ""
    except (
        BadZipFile,
        OSError,
        NotImplementedError,
        RuntimeError,
        ExpatError,
    ):  # RuntimeError: a packed file with a password
        return ""
    if "xl/workbook.xml" in names:
        return "excel"
    return "book" if "xl/workbook.bin" in names else ""


def sheets_in(path: Path) -> list[str]:
    """The visible sheets of a `book`. Raises FileRefused."""
    return _visible(_book(path))


def _visible(book: Any) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        one.name for one in book.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
    ]  # fmt: skip


def rows_in(path: Path, sheet: str | None) -> Iterator[list[Any]]:
    """The rows of a sheet of a `book`, of the first visible one unless named. Raises FileRefused."""
    book = _book(path)
    names = _visible(book)
    if (wanted := sheet or next(iter(names), None)) not in names:
        raise FileRefused("no_such_sheet", path, detail=", ".join(names))
    found = _guarded(path, lambda: book.get_sheet_by_name(wanted))
    left = [""] * (found.start[1] if found.start else 0)
    return ([*left, *row] for row in found.iter_rows())


def _book(path: Path) -> Any:
    from python_calamine import CalamineWorkbook

    # By what it is: calamine would go by what the file is called.
    return _guarded(path, lambda: CalamineWorkbook.from_filelike(BytesIO(path.read_bytes())))


def _guarded(path: Path, step: Any) -> Any:
    from python_calamine import CalamineError, PasswordError

    from ..sheets import SheetError

    try:
        return step()
    except PasswordError:
        raise SheetError("encrypted", file=str(path)) from None
    except (CalamineError, OSError):
        raise FileRefused("not_table", path) from None
    except BaseException as error:  # a panic of its Rust code is no Exception
        if type(error).__name__ == "PanicException":
            raise FileRefused("not_table", path) from None
        raise


def page_rows(path: Path) -> Iterator[list[Any]]:
    """The rows of the table of a page that has the most of them, all texts. Raises FileRefused."""
    data = path.read_bytes()[:MOST]
    said = CHARSET.search(data[:LOOKED_AT])
    reader = _Tables()
    try:
        reader.feed(_decoded(data, said[1].decode("ascii") if said else "utf-8"))
        reader.close()
    except _TooManyCells:
        raise FileRefused("not_table", path) from None
    tables = [table.rows for table in reader.tables]
    return iter(max(tables, key=lambda rows: sum(map(bool, rows)), default=[]))


def _decoded(data: bytes, encoding: str) -> str:
    for name in (encoding, "utf-8-sig"):
        try:
            return data.decode(name).removeprefix("\ufeff")
        except (LookupError, UnicodeError):  # "undefined" is an encoding of Python's that refuses everything
            continue
    return data.decode("cp1252", "replace")


class _TooManyCells(Exception):
    """A small page can be made to stand for any amount of them."""


class _Table:
    """One table: a cell that is several columns wide or rows high is followed by empty ones, so that the others keep their places."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self._covered: dict[int, int] = {}  # column → the first row that no cell above it reaches into

    def begin_row(self, number: int) -> int:
        """A new row, the next one or the one with this number; returns how many were added."""
        before = len(self.rows)
        self.rows += ([] for _ in range(before, max(number, before + 1)))
        return len(self.rows) - before

    def add(self, text: str, wide: int, high: int, number: int) -> int:
        """A cell, in the next place that is free or in the one with this number; returns how many were added."""
        row, here = self.rows[-1], len(self.rows) - 1
        before = len(row)
        while not number and self._covered.get(len(row), 0) > here:
            row.append("")
        row += [""] * (number - 1 - len(row))
        if high > 1:
            self._covered |= dict.fromkeys(range(len(row), len(row) + wide), here + high)
        row += [text, *[""] * (wide - 1)]
        return len(row) - before


class _Tables(HTMLParser):
    """The tables of HTML and of Excel's XML of 2003, which calls the same things `Row`, `Cell` and `Data`."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self._open: list[_Table] = []  # tables inside tables
        self._text: list[str] | None = None
        self._place = 1, 1, 0
        self._room = MOST_CELLS

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name, said = tag.rpartition(":")[2], dict(attrs)
        if name == "table":
            self._end_cell()
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif name in ("tr", "row") and self._open:
            self._end_cell()
            self._take(self._open[-1].begin_row(_number(said.get("ss:index"), 0, ROWS)))
        elif name in ("td", "th", "cell") and self._open and self._open[-1].rows:
            self._end_cell()
            wide = _number(said.get("colspan"), 1 + _number(said.get("ss:mergeacross"), 0, COLUMNS), WIDEST)
            # In XML a cell beside a high one (`ss:MergeDown`) says its number.
            self._text, self._place = (
                [],
                (wide, _number(said.get("rowspan"), 1, HIGHEST), _number(said.get("ss:index"), 0, COLUMNS)),
            )
        elif name == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("td", "th", "cell", "tr", "row", "table"):
            self._end_cell()
        if name == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is not None and self._open and self._open[-1].rows:
            text = MIDNIGHT.sub("", " ".join("".join(self._text).split()))
            self._take(self._open[-1].add(text, *self._place))
        self._text = None

    def _take(self, cells: int) -> None:
        self._room -= cells
        if self._room < 0:
            raise _TooManyCells


def _number(said: str | None, otherwise: int, most: int) -> int:
    return min(int(said), most) if said and said.isdecimal() and len(said) < 10 else otherwise
