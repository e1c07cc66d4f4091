"""One sheet per group: a template's sheet copied for each of them, then everything filled at once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .address import quote_sheet, split_sheet
from .cells import Value, display
from .errors import SheetError, about
from .filling import Block, FillReport, fill
from .locate import (
    PLACEHOLDER,
    find_name,
    find_place,
    find_table,
    normal,
    placeholder_key,
    placeholder_keys,
    placeholders,
)
from .renaming import Names
from .sheet_copies import copy_sheet, sheet_names
from .workbook import Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a sheet: what it is to be called, and what goes into it; places are named as on the sheet that is copied.

    The name may be any text: it is cleaned and numbered to one that Excel takes and that no other sheet has.
    """

    name: str
    cells: Mapping[str, Value] = field(default_factory=dict)
    blocks: Sequence[Block] = ()


def fill_copies(
    template: str | os.PathLike[str],
    out: str | os.PathLike[str],
    sheet: str,
    copies: Sequence[Copy],
    cells: Mapping[str, Value] | None = None,
    blocks: Iterable[Block] = (),
) -> FillReport:
    """Fill a template one sheet of which is wanted several times, under a name each.

    Args:
        template, out, cells, blocks: as for `fill`; `cells` and `blocks` are those of the other sheets.
        sheet: the sheet to copy; it becomes the first of the copies.
        copies: one at least.

    Raises:
        SheetError: as for `fill`; the sheet is not there or cannot be copied.
    """
    source = os.fspath(template)
    with Workbook(source) as book, about(file=source):
        original = book.sheet(sheet)
        if original is None:
            raise SheetError("unknown_sheet", sheet=sheet, sheets=", ".join(one.name for one in book.worksheets))
        every = {**(cells or {})}
        whole = list(blocks)
        with tempfile.TemporaryDirectory(prefix="intarsi-") as folder:
            # Copied first and filled after, so that filling need not know of copies; templates are small.
            copied = Path(folder) / f"copied{book.suffix}"
            others = [one.name for one in book.sheets if one is not original]
            names_wanted = sheet_names([copy.name for copy in copies], others)
            called, changed = copy_sheet(book, original, names_wanted, copied)
            for copy, names in zip(copies, called, strict=True):
                every |= dict(_cells(book, original, copy, names))
                whole += [replace(one, at=_at(book, original, names, one.at)) for one in copy.blocks]
            try:
                report = fill(copied, out, every, whole)
            except SheetError as error:
                error.file = source if error.file == str(copied) else error.file
                raise
        report.changed_parts = sorted(changed.union(report.changed_parts))
    return report


def sheets_of(template: str | os.PathLike[str], places: Iterable[str]) -> list[str]:
    """The sheet on which each of the places (addresses, names, tables, placeholders) lies.

    Raises:
        SheetError: the template cannot be read, or has no such place.
    """
    source = os.fspath(template)
    with Workbook(source) as book, about(file=source):
        return [_sheet_of(book, place) for place in places]


def _sheet_of(book: Workbook, place: str) -> str:
    if table := find_table(book, place):
        return table.sheet.name
    if key := placeholder_key(place):
        found = [where.sheet.name for where, _, text in placeholders(book) if key in placeholder_keys(text)]
        if not found:
            raise SheetError("place_not_found", place=place)
        return found[0]
    sheet, rest = split_sheet(place.strip())
    name = find_name(book, rest, sheet)
    return name.area[0] if name and name.area else find_place(book, place).sheet.name


def _at(book: Workbook, sheet: Sheet, names: Names, at: str) -> str:
    """A place on the copied sheet as it is called on a copy."""
    if table := find_table(book, at.strip()):
        return names.tables.get(table.name.casefold(), table.name)
    if key := placeholder_key(at):
        found = (where for where, _, text in placeholders(book) if key in placeholder_keys(text))
        at = next((str(where) for where in found if where.sheet == sheet), at)
    own = names.sheets.get(sheet.name.casefold(), sheet.name)
    return f"{quote_sheet(own)}!{at.strip().rpartition('!')[2]}"


def _cells(book: Workbook, sheet: Sheet, copy: Copy, names: Names) -> Iterator[tuple[str, Value]]:
    """The cells of a copy by address or name; placeholders as the cells in which they stand."""
    marked = {key: value for place, value in copy.cells.items() if (key := placeholder_key(place))}
    for place, value in copy.cells.items():
        if not placeholder_key(place):
            yield _at(book, sheet, names, place), value
    for where, _, text in placeholders(book):
        if where.sheet != sheet or placeholder_keys(text).isdisjoint(marked):
            continue
        alone = PLACEHOLDER.fullmatch(text.strip())
        shown = (
            marked[normal(alone[1])]
            if alone
            else PLACEHOLDER.sub(
                lambda match: display(marked[normal(match[1])]) if normal(match[1]) in marked else match[0], text
            )
        )
        yield _at(book, sheet, names, str(where)), shown
