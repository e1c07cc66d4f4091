"""Which record each row of a returned workbook is: by its number or pseudonym, by being the same, or by what is left of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .columns import Column, Doc, canonical

# Less than half of the cells in common is another record.
ALIKE = 0.5
# A value that more rows share says nothing; without the limit a file of other 20,000 rows would be compared with every record.
TELLING = 200


@dataclass(frozen=True)
class Entry:
    """A row as it would be filled today: its record, and with `each` which of the rows inside it."""

    doc: Doc
    values: tuple[Any, ...]
    at: int | None = None


Row = tuple[int, list[Any]]
Place = tuple[str, int | None]


class Pairs:
    """Pairs the rows of a block with what would be filled today.

    Parameters:
        entries: today's rows of the workbook.
        others: the rest of the register, asked for only when rows are left over: a record may have left the workbook
            since, by a changed date or state.
        named: a record by the value of a column that names it.
        guess: also pair what is alike; not for workbooks whose rows do not say who is meant.
    """

    def __init__(
        self, columns: Sequence[Column], entries: Sequence[Entry], others: Callable[[], Iterable[Entry]],
        named: Callable[[Column, Any], Entry | None], *, guess: bool,
    ) -> None:  # fmt: skip
        self._names = [column for column in columns if column.role == "name"]
        self._told = [column.index for column in columns]
        self._entries, self._others, self._named, self._guess = entries, others, named, guess

    def of(self, rows: Sequence[Row]) -> list[Entry | None]:
        """For each row its entry; None when there is none."""
        paired: list[Entry | None] = [None] * len(rows)
        free = dict(enumerate(self._entries))
        at = {(entry.doc["id"], entry.at): index for index, entry in free.items()}
        for index, (_, cells) in enumerate(rows):
            for column in self._names:
                if cells[column.index] != "" and (entry := self._named(column, cells[column.index])):
                    free.pop(at.get((entry.doc["id"], entry.at), -1), None)
                    paired[index] = entry
                    break
        self._same(rows, paired, list(free.items()), free)
        if self._guess:
            self._in_place(rows, paired, free, at)
            self._alike(rows, paired, free)
        if any(entry is None for entry in paired):
            taken = {(entry.doc["id"], entry.at) for entry in paired if entry}
            others = [entry for entry in self._others() if (entry.doc["id"], entry.at) not in taken]
            self._same(rows, paired, list(enumerate(others)), {})
        return paired

    def _open(self, rows: Sequence[Row], paired: Sequence[Entry | None]) -> list[int]:
        """Rows that no record was found for and that do not name one."""
        return [
            index for index, (_, cells) in enumerate(rows)
            if paired[index] is None and all(cells[column.index] == "" for column in self._names)
        ]  # fmt: skip

    def _key(self, cells: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(canonical(cells[index]) for index in self._told)

    def _same(
        self, rows: Sequence[Row], paired: list[Entry | None], entries: list[tuple[int, Entry]], free: dict[int, Entry]
    ) -> None:
        alike: dict[tuple[Any, ...], list[tuple[int, Entry]]] = {}
        for index, entry in entries:
            alike.setdefault(self._key(entry.values), []).append((index, entry))
        for index in self._open(rows, paired):
            if found := alike.get(self._key(rows[index][1])):
                # Of equal ones the one at the same place: what stands between them may have been edited.
                nearest = min(range(len(found)), key=lambda at: abs(found[at][0] - index))
                own, paired[index] = found.pop(nearest)
                free.pop(own, None)

    def _in_place(
        self, rows: Sequence[Row], paired: list[Entry | None], free: dict[int, Entry], at: Mapping[Place, int]
    ) -> None:
        """Rows between two known ones, when as many entries are left there: they stand where they were filled in."""
        opened = set(self._open(rows, paired))
        known = [at.get((entry.doc["id"], entry.at)) if entry else None for entry in paired]
        begin, before = 0, -1
        for end in range(len(rows) + 1):
            after = known[end] if end < len(rows) else len(self._entries)
            if after is None:
                continue
            left = [own for own in range(before + 1, after) if own in free]
            gap = [index for index in range(begin, end) if index in opened]
            if len(left) == len(gap):
                for own, index in zip(left, gap, strict=True):
                    if self._common(self._key(rows[index][1]), self._key(free[own].values)) >= ALIKE:
                        paired[index] = free.pop(own)
            begin, before = end + 1, max(before, after)

    @staticmethod
    def _common(cells: Sequence[Any], values: Sequence[Any]) -> float:
        """How much of what either has both have."""
        filled = sum(bool(one != "" or other != "") for one, other in zip(cells, values, strict=True))
        equal = sum(bool(one == other != "") for one, other in zip(cells, values, strict=True))
        return equal / max(filled, 1)

    def _alike(self, rows: Sequence[Row], paired: list[Entry | None], free: dict[int, Entry]) -> None:
        keys = {own: self._key(entry.values) for own, entry in free.items()}
        sharing: dict[tuple[int, Any], list[int]] = {}
        for own, values in keys.items():
            for place in enumerate(values):
                sharing.setdefault(place, []).append(own)
        scored = []
        for index in self._open(rows, paired):
            cells = self._key(rows[index][1])
            near = (sharing.get(place, ()) for place in enumerate(cells) if place[1] != "")
            for own in {own for owners in near if len(owners) <= TELLING for own in owners}:
                if (common := self._common(cells, keys[own])) >= ALIKE:
                    scored.append((-common, abs(index - own), index, own))
        for _, _, index, own in sorted(scored):
            if paired[index] is None and own in free:
                paired[index] = free.pop(own)
