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
    free = max(0, room - sum(columns[i].width + GAP for i in kept) + GAP)
    growing = [i for i in kept if columns[i].grows]
    share = min(free // len(growing), 40) if growing else 0
    return [(i, min(columns[i].width + (share if i in growing else 0), room)) for i in kept]
