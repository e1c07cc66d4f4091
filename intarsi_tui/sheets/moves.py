"""Where rows and ranges of each sheet go when blocks grow by whole rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from .address import MAX_ROW, Range
from .errors import SheetError


@dataclass(frozen=True, slots=True, order=True)
class Growth:
    """`count` whole rows put in after `after_row`, the last of the block's drawn rows, which begin at `first_row`.

    The new rows are copies of the last drawn row: it is the one whose formulas go on (running totals begin otherwise).
    """

    after_row: int
    count: int
    first_row: int

    def holds(self, row: int) -> bool:
        """Whether the row is one of the drawn ones."""
        return self.first_row <= row <= self.after_row


class Moves:
    """The growths of every sheet; all rows asked about and all growths count as in the template.

    Args:
        growths: by sheet name, one for each `after_row`.
        sheets: every sheet name in the workbook's order; only references over several sheets (`Gen:Dic!B2`) need it.
    """

    def __init__(self, growths: Mapping[str, Iterable[Growth]], sheets: Sequence[str] = ()) -> None:
        self._growths = {name.casefold(): tuple(sorted(g for g in found if g.count)) for name, found in growths.items()}
        self._growths = {name: found for name, found in self._growths.items() if found}
        self._rows = {name: [g.after_row for g in found] for name, found in self._growths.items()}
        self._added = {name: [0, *accumulate(g.count for g in found)] for name, found in self._growths.items()}
        self._order = [name.casefold() for name in sheets]

    def __bool__(self) -> bool:
        return bool(self._growths)

    def growths(self, sheet: str) -> tuple[Growth, ...]:
        return self._growths.get(sheet.casefold(), ())

    def block(self, sheet: str, row: int) -> Growth | None:
        """The growth whose drawn rows this row is one of."""
        return next((growth for growth in self.growths(sheet) if growth.holds(row)), None)

    def between(self, first: str, last: str) -> list[str]:
        """The sheets from the one to the other, casefolded; only the two themselves where the order is not known."""
        try:
            start, end = sorted((self._order.index(first.casefold()), self._order.index(last.casefold())))
        except ValueError:
            return [first.casefold(), last.casefold()]
        return self._order[start : end + 1]

    def row(self, sheet: str, row: int) -> int:
        """The new number of a row.

        Raises:
            SheetError: it would come to lie past the last row a sheet has.
        """
        moved = row + self._above(sheet, row)
        if moved > MAX_ROW:
            raise SheetError("past_last_row", row=row, sheet=sheet, limit=MAX_ROW)
        return moved

    def falls_off(self, sheet: str, row: int) -> bool:
        """Whether the row would come to lie past the last one a sheet has."""
        return row + self._above(sheet, row) > MAX_ROW

    def end(self, sheet: str, row: int) -> int:
        """The new last row of what ended at this row: past the new rows when that was a block's last drawn one.

        What would reach past the sheet's last row is cut there, as Excel does.
        """
        return min(row + self._above(sheet, row + 1), MAX_ROW)

    def area(self, sheet: str, area: Range) -> Range:
        """The range with its rows moved; one that holds a block's last drawn row grows, be it a single row.

        Raises:
            SheetError: all of it would lie past the last row.
        """
        if area.top == 1 and area.bottom == MAX_ROW:
            return area
        return area._replace(top=self.row(sheet, area.top), bottom=self.end(sheet, area.bottom))

    def shifted(self, sheet: str, area: Range) -> Range:
        """The range with its rows moved as Excel does it: it grows only by rows put in between its own.

        Raises:
            SheetError: all of it would lie past the last row.
        """
        if area.top == 1 and area.bottom == MAX_ROW:
            return area
        bottom = min(area.bottom + self._above(sheet, area.bottom), MAX_ROW)
        return area._replace(top=self.row(sheet, area.top), bottom=bottom)

    def _above(self, sheet: str, row: int) -> int:
        """How many rows are put in above this one."""
        rows = self._rows.get(sheet.casefold())
        return self._added[sheet.casefold()][bisect_left(rows, row)] if rows else 0
