"""Two workbooks compared: which parts differ, and which cells of the sheets that both have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from math import isclose
from typing import Literal, NamedTuple

from .cells import EPOCHS, Value, display
from .locate import Place
from .scan import Cell, SheetScan
from .workbook import Sheet, Workbook

PartState = Literal["identical", "changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that differs: what the first and the second workbook hold there, formulas with `=` in front.

    `format` tells that only the format differs, or the format too.
    """

    cell: str
    before: str
    after: str
    format: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Every part of either package with its state, in order of name; and the cells that differ.

    `cells` may be cut off at the limit asked for; `more` is how many there are beyond it.
    """

    parts: dict[str, PartState]
    cells: list[CellChange]
    more: int = 0

    @property
    def identical(self) -> bool:
        return all(state == "identical" for state in self.parts.values())

    def as_dict(self) -> dict[str, object]:
        """The same as dictionaries, lists, texts and numbers only, ready for JSON."""
        return asdict(self)


def diff(first: str | os.PathLike[str], second: str | os.PathLike[str], limit: int = 1000) -> Difference:
    """Compare two workbooks part by part to the byte, and the sheets of one name cell by cell.

    Args:
        limit: how many cells to list.

    Raises:
        SheetError: one of them cannot be read as a workbook.
    """
    with Workbook(first) as old, Workbook(second) as new:
        parts = dict(sorted(_parts(old, new)))
        listed: list[CellChange] = []
        more = 0
        for change in _cells(old, new, parts):
            if len(listed) < limit:
                listed.append(change)
            else:
                more += 1
        return Difference(parts, listed, more)


def _parts(old: Workbook, new: Workbook) -> Iterator[tuple[str, PartState]]:
    after = {entry.name: entry for entry in new.package.entries}
    for entry in old.package.entries:
        other = after.pop(entry.name, None)
        if other is None:
            yield entry.name, "removed"
        elif (entry.crc, entry.size) != (other.crc, other.size):
            yield entry.name, "changed"
        else:
            yield entry.name, "identical"
    for name in after:
        yield name, "added"


def _cells(old: Workbook, new: Workbook, parts: dict[str, PartState]) -> Iterator[CellChange]:
    strings = (old.related("sharedStrings"), new.related("sharedStrings"))
    same_strings = all(one is None or parts.get(one.target) == "identical" for one in strings)
    styles = old.related("styles")
    same_styles = styles is not None and parts.get(styles.target) == "identical"
    for sheet in old.worksheets:
        other = new.sheet(sheet.name)
        same_part = other is not None and other.part == sheet.part and parts[sheet.part] == "identical"
        if other is None or (same_part and same_strings):
            continue
        before, after = _held(old, sheet), _held(new, other)
        for row, column in sorted({*before, *after}):
            was, now = (side.get((row, column), _NOTHING) for side in (before, after))
            restyled = same_styles and None not in (was.style, now.style) and was.style != now.style
            if not _same(was.text, now.text) or restyled:
                yield CellChange(str(Place(sheet, row, column)), _shown(old, was), _shown(new, now), restyled)


class _Held(NamedTuple):
    """What a cell holds, as it is written; its format; whether it is a number."""

    text: str
    style: int | None
    number: bool


_NOTHING = _Held("", None, False)


def _held(book: Workbook, sheet: Sheet) -> dict[tuple[int, int], _Held]:
    scan = book.scan(sheet)
    return {
        (cell.row, cell.column): _Held(
            _content(scan, cell, book), cell.style, cell.kind == "n" and not cell.has_formula
        )
        for cell in scan.all_cells()
    }


def _same(was: str, now: str) -> bool:
    """Excel and LibreOffice write the last digits of a number each in its own way."""
    if was == now:
        return True
    try:
        return isclose(float(was), float(now), rel_tol=1e-9)
    except ValueError:
        return False


def _shown(book: Workbook, held: _Held) -> str:
    """A day as a day where the format shows one."""
    kind = book.styles.kind(held.style or 0) if held.number and held.text and book.styles else ""
    if not kind:
        return held.text
    try:
        span = timedelta(seconds=round(float(held.text) * 86400))
        moment = datetime.combine(EPOCHS[book.date1904][1], time()) + span
    except (ValueError, OverflowError):
        return held.text
    values: dict[str, Value] = {"date": moment.date(), "time": moment.time(), "datetime": moment, "elapsed": span}
    return display(values[kind])


def _content(scan: SheetScan, cell: Cell, book: Workbook) -> str:
    """A formula rather than its cached value, which says nothing about what the file means."""
    if cell.has_formula:
        text, kind, _ = scan.formula(cell)
        return f"={text}" if text else f"({kind})"
    return scan.text(cell, book.strings.texts)
