"""Rows that blocks have beyond those the template drew: read once, written at once, never held."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice, zip_longest
from pathlib import Path

from .address import MAX_ROW
from .cells import Value
from .choices import Seen, list_columns
from .encoding import RowEncoder
from .errors import SheetError, about
from .moves import Growth, Moves
from .neighbours import neighbours
from .packing import Spool
from .pattern import Patterns
from .plan import DrawnBlock, Filling
from .workbook import Sheet, Workbook

_BATCH = 256


@dataclass
class Grown:
    """Rows put in under one block, or under several side by side."""

    sheet: Sheet
    blocks: list[DrawnBlock]
    first_row: int
    after_row: int
    spool: Spool
    count: int = 0
    filled: int = 0
    seen: dict[int, Seen] = field(default_factory=dict)

    @property
    def growth(self) -> Growth:
        return Growth(self.after_row, self.count, self.first_row)

    @property
    def columns(self) -> list[int]:
        return [column for block in self.blocks for column in block.room.columns]

    @property
    def reach(self) -> tuple[int, int]:
        return min(self.columns, default=1), max(self.columns, default=1)


def stream(filling: Filling, folder: Path, open_files: ExitStack) -> list[Grown]:
    """Write the rows that are more than were drawn, packed, into files that `open_files` closes.

    Raises:
        SheetError: a value has no form in Excel, a sheet would get too many rows, or blocks side by side cannot
            grow together.
    """
    book = filling.book
    grown = [
        Grown(sheet, blocks, min(b.room.rows[0] for b in blocks), row, open_files.enter_context(Spool(folder)))
        for sheet in book.worksheets
        for row, blocks in sorted(_ends(filling, sheet).items())
    ]
    for at, one in enumerate(grown):
        _refuse_torn(filling, one)
        inside = _inside(book, one)
        # What is not read yet counts as one row, then as two: a formula that sees a difference must know how many.
        trials = [Patterns(book, one.sheet, _moves(book, grown[:at], grown[at:], guess)) for guess in (1, 2)]
        row = _template_row(book, one)
        if trials[0].formulas(row, inside) != trials[1].formulas(row, inside):
            for other in grown[at:]:
                _count(other)
            trials[0] = Patterns(book, one.sheet, _moves(book, grown, [], 0))
        columns = {column: index for index, column in enumerate(one.columns)}
        tag, slots = trials[0].pattern(row, columns, inside, filling.planned_row(one.sheet, row))
        _write(book, one, RowEncoder(book, one.sheet, tag, slots), _moves(book, grown[:at], [], 0))
    return grown


def moves_of(book: Workbook, grown: Iterable[Grown]) -> Moves:
    """Where the rows of all sheets go."""
    return _moves(book, list(grown), [], 0)


def _moves(book: Workbook, known: Sequence[Grown], unknown: Sequence[Grown], guess: int) -> Moves:
    found: dict[str, list[Growth]] = {}
    for one in known:
        found.setdefault(one.sheet.name, []).append(one.growth)
    for one in unknown:
        found.setdefault(one.sheet.name, []).append(replace(one.growth, count=guess))
    return Moves(found, [sheet.name for sheet in book.sheets])


def _ends(filling: Filling, sheet: Sheet) -> dict[int, list[DrawnBlock]]:
    """The blocks of a sheet by their last drawn row, where one of them has more rows than were drawn."""
    blocks: dict[int, list[DrawnBlock]] = {}
    for block in filling.blocks:
        if block.room.sheet == sheet and block.room.rows:
            blocks.setdefault(block.room.rows[-1], []).append(block)
    return {row: found for row, found in blocks.items() if any(block.has_more for block in found)}


def _refuse_torn(filling: Filling, grown: Grown) -> None:
    """Whole rows are put in, so what stands beside the block must not be torn apart by them."""
    row, book = grown.after_row, filling.book
    for block in filling.blocks:
        rows = block.room.rows
        if block.room.sheet == grown.sheet and rows and rows[0] <= row < rows[0] + min(block.used, len(rows)) - 1:
            raise SheetError("side_by_side", cell=grown.blocks[0].at, row=row, other=block.at)
    for table in book.tables:
        # Its totals row would no longer be its last one.
        if table.sheet == grown.sheet and table.totals_rows and table.ref.bottom == row:
            raise SheetError("side_by_side", cell=grown.blocks[0].at, row=row, other=table.name)


def _inside(book: Workbook, grown: Grown) -> set[int]:
    """The columns whose content in the last drawn row is the blocks' own, and not that of what stands beside them."""
    used = book.scan(grown.sheet).row(_template_row(book, grown))
    columns = {cell.column for cell in book.scan(grown.sheet).cells(used)} if used else set()
    foreign = {column for area in neighbours(book, grown) for column in range(area.left, area.right + 1)}
    return {
        column
        for block in grown.blocks
        for column in columns - foreign
        if block.room.span[0] <= column <= block.room.span[1]
    }


def _template_row(book: Workbook, grown: Grown) -> int:
    """The last of the drawn rows that is there: a named range may reach further than its formats."""
    rows = range(grown.after_row, grown.first_row - 1, -1)
    return next((row for row in rows if book.scan(grown.sheet).row(row)), grown.after_row)


def _count(grown: Grown) -> None:
    for block in grown.blocks:
        rest = list(block.rest)
        block.rest = iter(rest)
        grown.count = max(grown.count, len(rest))


def _write(book: Workbook, grown: Grown, encoder: RowEncoder, above: Moves) -> None:
    """Encode the rows; `above` knows what was put in further up."""
    scan, sheet = book.scan(grown.sheet), grown.sheet
    first = number = above.row(sheet.name, grown.after_row) + 1
    limit = MAX_ROW - max(scan.last_content - grown.after_row, 0)
    wanted = list_columns(book, sheet, grown.after_row)
    grown.seen = {column: defaultdict(lambda: array("I")) for column in grown.columns if column in wanted}
    watched = [(grown.columns.index(column), seen) for column, seen in grown.seen.items()]
    prefix = scan.prefix.decode()
    lines = _lines(grown)
    book.strings.counted = False
    with about(cell=grown.blocks[0].at):
        while batch := list(islice(lines, _BATCH)):
            if number + len(batch) - 1 > limit:
                raise SheetError("too_many_rows", sheet=sheet.name, limit=limit - first + 1 + _drawn(grown))
            text = encoder.encode(batch, number)
            # Counted afterwards: one look at the whole is cheaper than one at each cell.
            grown.filled += text.count(f"</{prefix}c>") - encoder.constants * len(batch)
            grown.spool.write(text.encode())
            for index, seen in watched:
                _note(seen, batch, index, number)
            number += len(batch)
    grown.spool.finish()
    grown.count = number - first


def _drawn(grown: Grown) -> int:
    return grown.after_row - grown.first_row + 1


def _lines(grown: Grown) -> Iterator[Sequence[Value]]:
    """The rows still to be written, those of blocks side by side joined, the longer deciding."""
    if len(grown.blocks) == 1:
        yield from grown.blocks[0].counted()
        return
    for parts in zip_longest(*[block.counted() for block in grown.blocks]):
        line: list[Value] = []
        for block, part in zip(grown.blocks, parts, strict=True):
            line += part if part is not None else [None] * len(block.room.columns)
        yield line


def _note(seen: Seen, batch: list[Sequence[Value]], index: int, first: int) -> None:
    for row, line in enumerate(batch, first):
        try:  # noqa: SIM105 (entering a context for each value would double the time)
            seen[line[index]].append(row)
        except TypeError:
            pass  # a signaling NaN, which leaves its cell blank
