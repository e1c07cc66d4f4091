"""What a table shows: columns, lines, and which columns have a place on a narrow screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

GAP = 2  # blanks between two columns


class Line(NamedTuple):
    """One row: its cells' texts, one for each column, and whether it is toned down (`void`) or stands out (`broken`)."""

    cells: Sequence[str]
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        width: usual width in terminal columns.
        priority: the highest one is dropped first when the screen is narrow.
        grows: takes a share of the room that is left.
    """

    name: str
    label: str
    width: int
    align: str = "left"
    priority: int = 0
    grows: bool = False


def fit(columns: Sequence[Column], room: int) -> list[tuple[int, int]]:
    """Index and width of the columns that have a place in `room` terminal columns, in their order."""
    kept = list(range(len(columns)))
    while len(kept) > 1 and sum(columns[i].width + GAP for i in kept) - GAP > room:
        kept.remove(max(kept, key=lambda i: (columns[i].priority, i)))
    return _widths(columns, kept, room)


def beside_first(columns: Sequence[Column], room: int, start: int) -> list[tuple[int, int]]:
    """As `fit`, for a table that was moved sideways: the first column stays, `start` is the first one beside it."""
    kept = [0]
    for index in range(max(start, 1), len(columns)):
        if len(kept) > 1 and sum(columns[i].width + GAP for i in (*kept, index)) - GAP > room:
            break
        kept.append(index)
    return _widths(columns, kept, room)


def _widths(columns: Sequence[Column], kept: list[int], room: int) -> list[tuple[int, int]]:
    free = max(0, room - sum(columns[i].width + GAP for i in kept) + GAP)
    growing = [i for i in kept if columns[i].grows]
    share = min(free // len(growing), 40) if growing else 0
    places, left = [], room
    for index in kept:
        width = min(columns[index].width + (share if index in growing else 0), left)
        if width > 0:
            places.append((index, width))
        left -= width + GAP
    return places
