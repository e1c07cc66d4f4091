"""The rows of a CSV file, a workbook, another table or a TinyDB file, as typed values or typed cells, with the row numbers that people see."""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from .exports import unguarded
from .problems import FileRefused

# A lookup that is filled down to where nobody has written yet gives #N/A in rows that are empty otherwise.
EMPTY = ("", None, "#N/A")
WORKBOOKS = (".xlsx", ".xlsm")
DELIMITERS = (";", ",", "\t")
# A file's first rows decide its delimiter; titles above the heading have no delimiters at all.
LOOKED_AT, BEGINNING = 20, 65_536  # rows, characters
# How PDFs, zipped documents, older workbooks, pictures and RTF begin.
NO_TABLES = (b"%PDF", b"PK\3\4", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")
QUOTED = re.compile(r'(?:^|(?<=[;,\t]))"(?:[^"]|"")*"', re.MULTILINE)


def sheets_of(path: Path) -> list[str]:
    """The visible sheets of a workbook, or the tables of a TinyDB file; none of a CSV file or a page.

    Raises:
        FileRefused, SheetError: the file cannot be read.
    """
    if not path.is_file():
        raise FileRefused("no_file" if path.exists() or path == Path("-") else "no_such_file", path)
    if path.suffix.lower() == ".json":
        from .tinydb_files import tables_of

        return list(tables_of(path))
    if (kind := _kind(path)) != "excel":
        from .other_tables import sheets_in

        return sheets_in(path) if kind == "book" else []
    from ..sheets.workbook import Workbook

    with Workbook(path) as book:
        return [sheet.name for sheet in book.worksheets if sheet.state == "visible"]


def rows_of(path: Path, sheet: str | None = None, register: str = "") -> Iterator[tuple[int, list[Any]]]:
    """Row number from 1, and the cells of each row that is not empty; of a TinyDB file (.json) the documents' ids.

    A cell of a workbook that has no value to read, an error or a formula without a result, holds a `FormulaError`.

    Parameters:
        sheet: of a workbook, the first visible one when left out; table of a TinyDB file.
        register: the table of a TinyDB file that is looked for first.

    Raises:
        FileRefused, SheetError: the file cannot be read.
    """
    if not path.is_file():
        raise FileRefused("no_file" if path.exists() or path == Path("-") else "no_such_file", path)
    if path.suffix.lower() == ".json":
        from .tinydb_files import tinydb_rows

        return tinydb_rows(path, sheet, register)
    if (kind := _kind(path)) == "excel":
        from ..sheets import read_rows

        _name, rows = read_rows(path, sheet, errors=True)
    else:
        from .other_tables import page_rows, rows_in

        rows = rows_in(path, sheet) if kind == "book" else page_rows(path) if kind == "page" else _csv_rows(path)
    return ((number, row) for number, row in enumerate(rows, start=1) if any(cell not in EMPTY for cell in row))


def _csv_rows(path: Path) -> Iterator[list[Any]]:
    text = _decoded(path)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in reader:
            yield [unguarded(cell) for cell in row]
    except csv.Error as error:
        code = "cell_too_long" if "field limit" in str(error) else "not_csv"
        raise FileRefused(code, path, detail=str(reader.line_num)) from None


def _kind(path: Path) -> str:
    """See `other_tables.kind_of`; what is called .xlsx and is nothing else is told what is wrong with it as such."""
    from .other_tables import kind_of

    return _read(path, kind_of) or ("excel" if path.suffix.lower() in WORKBOOKS else "")


T = TypeVar("T")


def _read(path: Path, step: Callable[[Path], T]) -> T:
    try:
        return step(path)
    except OSError as error:
        raise FileRefused("not_readable", path, detail=error.strerror or str(error)) from None


def _decoded(path: Path) -> str:
    data = _read(path, Path.read_bytes)
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if data.startswith(NO_TABLES) or (not wide and b"\0" in data[:BEGINNING].partition(b"\n")[0]):
        raise FileRefused("not_table", path)
    # Excel's "Unicode text" is UTF-16; its plain CSV is the system's code page, cp1252 in Italy.
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("not_csv", path, detail="1")


def _delimiter(text: str) -> str:
    """The delimiter that most of the first rows have, the heading among them; of several, the one that divides into more columns.

    Quoted cells are left out first: to a reader with the wrong delimiter they are none, and what is in them would count.
    """
    lines = QUOTED.sub("", text[:BEGINNING]).splitlines()[:LOOKED_AT]

    def columns(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        return sum(map(bool, counts)), max(counts, default=0)

    return max(DELIMITERS, key=columns)
