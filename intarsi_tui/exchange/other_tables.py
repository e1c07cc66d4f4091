"""Tables that other programs save: old Excel (.xls, .xlsb), LibreOffice (.ods), and web pages that are called .xls."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from .problems import FileRefused

OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\3\4"
# What is inflated, or taken apart in one piece: nobody types so much, and a small file can be made to hold any amount.
MOST = 300_000_000
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
    except (BadZipFile, OSError, NotImplementedError):
        return ""
    if "xl/workbook.xml" in names:
        return "excel"
    return "book" if {"content.xml", "mimetype"} <= names or "xl/workbook.bin" in names else ""


def sheets_in(path: Path) -> list[str]:
    """The visible sheets of a `book`. Raises FileRefused."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        one.name for one in _book(path).sheets_metadata
        if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
    ]  # fmt: skip


def rows_in(path: Path, sheet: str | None) -> Iterator[list[Any]]:
    """The rows of a sheet of a `book`, of the first visible one unless named. Raises FileRefused."""
    names = sheets_in(path)
    if (wanted := sheet or next(iter(names), None)) not in names:
        raise FileRefused("no_such_sheet", path, detail=", ".join(names))
    found = _guarded(path, lambda: _book(path).get_sheet_by_name(wanted))
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
    """The rows of the table of a page that has the most of them, all texts."""
    data = path.read_bytes()[:MOST]
    said = CHARSET.search(data[:LOOKED_AT])
    reader = _Tables()
    reader.feed(_decoded(data, said[1].decode("ascii") if said else "utf-8"))
    reader.close()
    rows: list[list[Any]] = max(reader.tables, key=len, default=[])
    return iter(rows)


def _decoded(data: bytes, encoding: str) -> str:
    for name in (encoding, "utf-8-sig"):
        try:
            return data.decode(name).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace")


class _Tables(HTMLParser):
    """Rows of HTML's tables and of Excel's XML of 2003, which calls the same things `Row`, `Cell` and `Data`."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[Any]]] = []
        self._open: list[list[list[Any]]] = []  # tables inside tables
        self._text: list[str] | None = None
        self._wide = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name, said = tag.rpartition(":")[2], dict(attrs)
        if name == "table":
            self._end_cell()
            self._open.append([])
            self.tables.append(self._open[-1])
        elif name in ("tr", "row") and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif name in ("td", "th", "cell") and self._open and self._open[-1]:
            self._end_cell()
            row = self._open[-1][-1]
            row += [""] * (_number(said.get("ss:index"), 0) - 1 - len(row))
            self._text, self._wide = [], _number(said.get("colspan"), 1)
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
        if self._text is not None and self._open and self._open[-1]:
            text = MIDNIGHT.sub("", " ".join("".join(self._text).split()))
            self._open[-1][-1] += [text, *[""] * (self._wide - 1)]
        self._text = None


def _number(said: str | None, otherwise: int) -> int:
    return min(int(said), 1000) if said and said.isdecimal() else otherwise
