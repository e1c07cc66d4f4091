"""Where the places of a template are in a workbook that was filled from it and then edited by hand.

The template's fixed texts (titles, headers, labels, the word in front of a total) are looked for in the edited sheet, in
their order: between them rows and columns may have been put in, or grown when the sheet was filled.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .locate import PLACEHOLDER, normal
from .workbook import Sheet, Workbook

# A word of the template may stand in each of thousands of rows; the best few are candidates enough.
_CANDIDATES = 40

Line = list[tuple[int, str]]
"""Columns and folded texts of one row."""


@dataclass
class Alignment:
    """The fixed rows of a template's sheet beside those of the edited one.

    `rows` and `columns` (by template row) say where each went; `share` is how much of the fixed text was found, 0 to 1.
    """

    rows: dict[int, int] = field(default_factory=dict)
    columns: dict[int, dict[int, int]] = field(default_factory=dict)
    share: float = 0.0

    def places(self, row: int, blocks: Sequence[range] = ()) -> list[int]:
        """Where a row of the template may be: counted from the fixed row above it, and from the one below.

        Args:
            blocks: the rows drawn for repeating blocks: across one of them nothing can be counted.
        """
        fixed = sorted(self.rows)
        at = bisect_right(fixed, row)
        found: dict[int, None] = {}
        for near in (*fixed[max(at - 1, 0) : at], *fixed[at : at + 1]):
            low, high = sorted((near, row))
            if not any(low < block.start and block.stop - 1 < high for block in blocks):
                found[self.rows[near] + row - near] = None
            if near == row:
                break
        return list(found)

    def column(self, column: int, rows: Iterable[int]) -> int:
        """Where a column went: by the fixed text of one of the given rows in it, else by that of most other rows."""
        for row in rows:
            if column in self.columns.get(row, {}):
                return self.columns[row][column]
        before = [one for one in self._moved if one <= column]
        return self._moved[max(before)] + column - max(before) if before else column

    @cached_property
    def _moved(self) -> dict[int, int]:
        """Where each column with fixed texts went, as most of them say."""
        votes: dict[int, Counter[int]] = {}
        for columns in self.columns.values():
            for column, edited in columns.items():
                votes.setdefault(column, Counter())[edited] += 1
        return {column: counted.most_common(1)[0][0] for column, counted in votes.items()}

    def next_fixed(self, row: int) -> int | None:
        """The edited row of the first fixed row of the template from `row` on."""
        return next((self.rows[one] for one in sorted(self.rows) if one >= row), None)


def fixed_lines(
    book: Workbook, sheet: Sheet, drawn: Sequence[range], filled: Container[tuple[int, int]]
) -> dict[int, Line]:
    """The fixed texts of a template's sheet by row, without those of drawn rows and of cells that a fill replaces."""
    scan, lines = book.scan(sheet), dict[int, Line]()
    for row in scan.rows:
        if any(row.number in rows for rows in drawn):
            continue
        for cell in scan.cells(row):
            if cell.has_formula or cell.kind not in ("s", "inlineStr") or (cell.row, cell.column) in filled:
                continue
            text = scan.text(cell, book.strings.texts)
            if normal(text) and not PLACEHOLDER.search(text):
                lines.setdefault(row.number, []).append((cell.column, normal(text)))
    return lines


def align(lines: dict[int, Line], book: Workbook, sheet: Sheet) -> Alignment:
    """The rows of the edited sheet that hold the fixed lines, in their order, as much of them as possible."""
    wanted = {text for line in lines.values() for _, text in line}
    there: dict[str, dict[int, list[int]]] = {}
    indexes = {n: folded for n, text in enumerate(book.strings.texts) if (folded := normal(text)) in wanted}
    scan = book.scan(sheet)
    for cell in scan.all_cells():
        if cell.kind == "s":
            text = indexes.get(scan.index(cell), "")
        else:
            text = normal(scan.text(cell, [])) if cell.kind == "inlineStr" else ""
        if text in wanted:
            there.setdefault(text, {}).setdefault(cell.row, []).append(cell.column)
    pairs = [pair for row, line in sorted(lines.items()) for pair in _candidates(row, line, there)]
    chosen = _heaviest(pairs)
    alignment = Alignment()
    found = 0
    for row, edited, _ in chosen:
        columns = _columns(lines[row], edited, there)
        alignment.rows[row], alignment.columns[row] = edited, columns
        found += len(columns)
    alignment.share = found / max(1, sum(map(len, lines.values())))
    return alignment


def _candidates(row: int, line: Line, there: dict[str, dict[int, list[int]]]) -> list[tuple[int, int, float]]:
    """Template row, edited row and weight of those that hold at least half of the line's texts."""
    weights: dict[int, float] = {}
    for column, text in line:
        for edited, columns in there.get(text, {}).items():
            weights[edited] = weights.get(edited, 0) + (1.5 if column in columns else 1)
    good = [(weight, edited) for edited, weight in weights.items() if weight * 2 >= len(line)]
    good.sort(key=lambda pair: (-pair[0], pair[1]))
    return sorted((row, edited, weight) for weight, edited in good[:_CANDIDATES])


def _heaviest(pairs: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """The chain of pairs that rises in both rows and weighs the most."""
    best: list[tuple[float, int]] = []
    for row, edited, weight in pairs:
        start = bisect_left(pairs, (row, -1, 0.0))
        before = max(
            ((best[i][0], i) for i in range(start) if pairs[i][1] < edited),
            key=lambda found: found[0],
            default=(0.0, -1),
        )
        best.append((before[0] + weight, before[1]))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    chain = []
    while at >= 0:
        chain.append(pairs[at])
        at = best[at][1]
    return chain[::-1]


def _columns(line: Line, edited: int, there: dict[str, dict[int, list[int]]]) -> dict[int, int]:
    """Where the columns of the line's texts went; a text that stands there twice keeps its order."""
    columns: dict[int, int] = {}
    taken: set[int] = set()
    for column, text in line:
        places = [one for one in there.get(text, {}).get(edited, []) if one not in taken]
        if places:
            columns[column] = column if column in places else places[0]
            taken.add(columns[column])
    return columns
