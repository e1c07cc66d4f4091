"""References inside formulas, found by a tokenizer and moved; everything else in a formula stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from .address import MAX_COLUMN, MAX_ROW, Range, column_letters, column_number
from .errors import SheetError
from .moves import Moves

MAX_FORMULA = 8_192
"""Excel's limit for the characters of a formula."""

Growing = Literal["ranges", "series", "never"]
"""Which references grow with a block: ranges, what a chart draws (a lone cell too, a line of cells not), or none."""

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_ROW = r"\$?[1-9][0-9]{0,6}"
_COLUMN = r"\$?[A-Za-z]{1,3}"
# Excel quotes no sheet for a middle dot of Japanese names, which is no letter to Python.
_NAME = r"[\w.\\?・･]"

# In this order: what looks like a reference inside a text, an error, brackets, a number or a word is none.
_TOKEN = re.compile(
    rf"""
    "(?:[^"]|"")*+"?                                                            # a text
    | \#(?:N/A|[A-Z]+(?:/0)?[!?]|[A-Z_]+)(?:{_CELL}(?::{_CELL})?)?              # an error, on a lost sheet
    | (?P<sheet>(?:'(?:[^']|'')*+'|(?:\[[^\[\]]*+\])?{_NAME}*+(?::{_NAME}++)?)!)?+
      (?:(?P<first>{_CELL})(?:(?P<colon>\s*:\s*(?:(?P=sheet))?)(?P<last>{_CELL}))?
        |(?P<rows>{_ROW}\s*:\s*{_ROW})|(?P<columns>{_COLUMN}\s*:\s*{_COLUMN}))(?![\w.\\?(\[!])
    | '(?:[^']|'')*+'!?                                                         # the sheet of a name
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*+\])*+\]                               # columns of a table
    | (?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?(?!{_NAME})           # a number
    | {_NAME}++                                                                 # a name or a function
    """,
    re.VERBOSE | re.DOTALL,
)
_END = re.compile(r"(\$?)([A-Za-z]*)(\$?)([0-9]*)")
# Excel's AutoSum over a single drawn row writes no range but SUM(C8).
_TOTAL = re.compile(
    r"(?<![\w.])(?:(?:SUM|AVERAGE|COUNT|COUNTA|COUNTBLANK|MIN|MAX|MEDIAN|PRODUCT)\(|SUBTOTAL\(\s*\d+\s*,)\s*\Z",
    re.IGNORECASE,
)


class End(NamedTuple):
    """One corner of a reference: letters (empty for whole rows), row (0 for whole columns), and which is absolute."""

    letters: str
    row: int
    fixed_column: bool
    fixed_row: bool

    def __str__(self) -> str:
        row = f"{'$' * self.fixed_row}{self.row}" if self.row else ""
        return f"{'$' * self.fixed_column}{self.letters}{row}"

    def at(self, row: int) -> End:
        return self._replace(row=row)


class Reference(NamedTuple):
    """A reference as it stands in a formula; `last` is the first corner again where it is a lone cell."""

    first: End
    last: End
    lone: bool
    total: bool

    @property
    def area(self) -> Range:
        rows = sorted((self.first.row, self.last.row))
        columns = sorted((column_number(self.first.letters or "A"), column_number(self.last.letters or "XFD")))
        return Range(rows[0] or 1, columns[0], rows[1] or MAX_ROW, columns[1])

    @property
    def lower(self) -> End:
        return self.first if self.first.row > self.last.row else self.last

    def with_rows(self, top: int, bottom: int) -> Reference:
        if not self.first.row:
            return self
        if self.first.row > self.last.row:
            top, bottom = bottom, top
        return self._replace(first=self.first.at(top), last=self.last.at(bottom))


Change = Callable[[str, Reference], Reference | None]
"""What becomes of a reference, given the sheet it is about as well; None when it has no place any more."""


def shift(formula: str, sheet: str, moves: Moves, row: int | None = None, growing: Growing = "ranges") -> str:
    """The formula after rows were put in.

    A range that ends at a block's last drawn row grows; one of a single row only when the block has drawn one row.
    In a formula that stands in the block itself, a range that ends at the formula's own row by a relative reference
    (`SUM(C8:D8)` in row 8, the running total `SUM(C$8:C12)` in row 12) is about that row and does not.

    Args:
        formula: without the equals sign.
        sheet: where it stands; empty when it stands on none.
        row: its row in the template, if it stands in a cell.

    Raises:
        SheetError: a row passes the sheet's last one, a reference over several sheets moves differently on them, or the
            formula would become too long.
    """
    standing = row is not None and moves.block(sheet, row) is not None

    def change(name: str, found: Reference) -> Reference:
        if max(found.first.row, found.last.row) < moves.growths(name)[0].after_row:
            return found
        area = found.area
        block = moves.block(name, area.bottom)
        own = standing and row == area.bottom and not found.lower.fixed_row
        if growing == "never" or own:
            grows = False
        elif area.top < area.bottom or found.first.fixed_row != found.last.fixed_row:
            # "From here to the end" (C12:C$12) is a range in the block's last row too.
            grows = True
        else:
            line = growing == "series" and area.left < area.right
            counts = not found.lone or found.total or growing == "series"
            grows = counts and not line and block is not None and block.first_row == block.after_row
        new = (moves.area if grows else moves.shifted)(name, area)
        return found.with_rows(new.top, new.bottom)

    return _moved(formula, sheet, moves, change) if moves else formula


def follow(formula: str, sheet: str, moves: Moves, down: int = 0) -> str:
    """The formula of a rule that holds for many cells, after rows were put in.

    Its relative rows are distances from the first of those cells, which went down by `down` rows; its absolute rows
    are places and move as in `shift`. In a name the distances count from A1, so there relative rows stay.

    Raises:
        SheetError: as `shift`.
    """

    def distant(end: End) -> End:
        return end if end.fixed_row or not end.row else end.at(min(end.row + down, MAX_ROW))

    def change(name: str, found: Reference) -> Reference:
        area, new = found.area, found
        if found.first.fixed_row or found.last.fixed_row:
            block = moves.block(name, area.bottom)
            one_row = not found.lone and block is not None and block.first_row == block.after_row
            grown = (moves.area if area.top < area.bottom or one_row else moves.shifted)(name, area)
            new = found.with_rows(grown.top, grown.bottom)
        first, last = (
            place if end.fixed_row else distant(end)
            for end, place in ((found.first, new.first), (found.last, new.last))
        )
        return found._replace(first=first, last=last)

    return _moved(formula, sheet, moves, change) if moves else formula


def relative(formula: str, down: int, right: int = 0) -> str:
    """The formula as it reads in a cell that many rows and columns further: its relative references go along."""

    def further(end: End) -> End | None:
        row = end.row + down if end.row and not end.fixed_row else end.row
        column = column_number(end.letters)
        if right and column and not end.fixed_column:
            column += right
            end = end._replace(letters=column_letters(column)) if 1 <= column <= MAX_COLUMN else end
        inside = (not end.letters or 1 <= column <= MAX_COLUMN) and (not end.row or 1 <= row <= MAX_ROW)
        return end.at(row) if inside else None

    def change(_: str, found: Reference) -> Reference | None:
        first, last = further(found.first), further(found.last)
        return found._replace(first=first, last=last) if first and last else None

    return _rewritten(formula, change)


def concerns(formula: str, sheet: str, moves: Moves) -> bool:
    """Whether the formula, standing on that sheet, has a reference into a sheet that grows."""
    found: list[str] = []

    def change(name: str, reference: Reference) -> Reference:
        found.append(name)
        return reference

    _moved(formula, sheet, moves, change)
    return bool(found)


def _moved(formula: str, home: str, moves: Moves, change: Change) -> str:
    """`change` applied to each reference into this workbook, with every growing sheet that it is about."""

    def on_sheets(prefix: str, found: Reference) -> Reference | None:
        names = _sheets(prefix, home)
        if len(names) == 2:
            names = moves.between(*names)
        results = [change(name, found) if moves.growths(name) else found for name in names]
        if any(result != results[0] for result in results):
            raise SheetError("sheets_differ", text=f"{prefix}{found.area}")
        return results[0] if results else found

    return _rewritten(formula, on_sheets)


def _sheets(prefix: str, home: str) -> list[str]:
    """The sheet that a prefix names, the first and the last of several, none when they are another workbook's."""
    plain = prefix[:-1]
    if plain.startswith("'"):
        plain = plain[1:-1].replace("''", "'")
    if not plain:
        return [] if prefix else [home]
    return [] if "[" in plain else plain.split(":")


def _rewritten(formula: str, change: Change) -> str:
    """The formula with each reference replaced by what `change` makes of it, given its sheet prefix as well."""

    def token(match: re.Match[str]) -> str:
        start, stop = match["first"] or match["rows"] or match["columns"], match["last"]
        if start is None:
            return match[0]
        if match["first"] is None:
            start, stop = re.split(r"\s*:\s*", start)
        first, last = _end(start), _end(stop or start)
        if not first or not last:
            return match[0]
        total = stop is None and _TOTAL.search(formula[max(0, match.start() - 40) : match.start()]) is not None
        old = Reference(first, last, stop is None, total and formula[match.end() :].lstrip().startswith(")"))
        prefix = match["sheet"] or ""
        new = change(prefix, old)
        if new is None:
            return f"{prefix}#REF!"
        if new == old:
            return match[0]
        if old.lone and new.first == new.last:
            return f"{prefix}{new.first}"
        return f"{prefix}{new.first}{match['colon'] or ':'}{new.last}"

    new = _TOKEN.sub(token, formula)
    if len(new) > MAX_FORMULA >= len(formula):
        raise SheetError("formula_too_long", before=len(formula), after=len(new), limit=MAX_FORMULA)
    return new


@lru_cache(maxsize=4096)
def _end(text: str) -> End | None:
    """The corner, None when it lies outside of a sheet: `TAX2020` is a cell, `XYZ1` can only be a name."""
    match = _END.fullmatch(text)
    assert match is not None
    dollar, letters, fixed, digits = match.groups()
    row = int(digits or 0)
    if column_number(letters) > MAX_COLUMN or row > MAX_ROW:
        return None
    return End(letters, row, bool(letters and dollar), bool(row and (fixed if letters else dollar)))
