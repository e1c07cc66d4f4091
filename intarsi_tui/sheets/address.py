"""Cell addresses as Excel writes them: `B3`, `$A$1:C9`, `'Foglio 1'!B3`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})", re.ASCII)
_ROWS = re.compile(r"\$?([1-9][0-9]{0,6}):\$?([1-9][0-9]{0,6})", re.ASCII)
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")


class Range(NamedTuple):
    """A rectangle of cells; rows and columns count from 1, all four sides belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = cell_name(self.top, self.left), cell_name(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def overlaps(self, other: Range) -> bool:
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    @property
    def is_cell(self) -> bool:
        return self.top == self.bottom and self.left == self.right


def column_number(letters: str) -> int:
    """`A` is 1, `XFD` is 16,384; the result may lie beyond the last column Excel has."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def parse_cell(text: str) -> tuple[int, int] | None:
    """Row and column of `B3` or `$b$3`; None when it is no address inside the sheet's limits."""
    match = _CELL.fullmatch(text)
    if not match:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= MAX_ROW and column <= MAX_COLUMN else None


def parse_range(text: str) -> Range | None:
    """The rectangle meant by `A1`, `A1:C9`, `A:C` or `1:3`; None for anything else."""
    if match := _COLUMNS.fullmatch(text):
        left, right = sorted((column_number(match[1]), column_number(match[2])))
        return Range(1, left, MAX_ROW, right) if right <= MAX_COLUMN else None
    if match := _ROWS.fullmatch(text):
        top, bottom = sorted((int(match[1]), int(match[2])))
        return Range(top, 1, bottom, MAX_COLUMN) if bottom <= MAX_ROW else None
    first, _, last = text.partition(":")
    start, end = parse_cell(first), parse_cell(last or first)
    if start is None or end is None or text.endswith(":"):
        return None
    (top, bottom), (left, right) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Range(top, left, bottom, right)


def split_sheet(text: str) -> tuple[str | None, str]:
    """Sheet name and the rest: `'L''anno'!B3` gives `("L'anno", "B3")`, `B3` gives `(None, "B3")`."""
    if text.startswith("'"):
        match = re.fullmatch(r"'((?:[^']|'')+)'!(.+)", text, re.DOTALL)
        return (match[1].replace("''", "'"), match[2]) if match else (None, text)
    sheet, mark, rest = text.rpartition("!")
    # Several areas (`A!$1:$1,A!$A:$A`) and several sheets (`Gen:Dic!B2`) are no one place.
    return (sheet, rest) if mark and sheet and not set(sheet) & set("!,:(") else (None, text)


def quote_sheet(name: str) -> str:
    """The sheet name as it must stand in an address: in quotes unless it is a plain word."""
    if (
        _PLAIN_SHEET.fullmatch(name)
        and parse_cell(name) is None
        and not re.fullmatch(r"[RrCc]\d*|[Rr]\d*[Cc]\d*", name)
    ):
        return name
    return "'" + name.replace("'", "''") + "'"


def address(sheet: str, row: int, column: int) -> str:
    return f"{quote_sheet(sheet)}!{cell_name(row, column)}"
