"""Who is busy when, so that nobody in the sample is in two places at once."""

from collections.abc import Hashable, Iterable
from datetime import date, time

from .chance import Chance

OPENS, CLOSES, STEP = 8 * 60 + 30, 17 * 60 + 30, 15
DAY = 7 * 60


def clock(minutes: int) -> time:
    """The time of day that lies so many minutes after midnight."""
    return time(minutes // 60, minutes % 60)


class Diary:
    """Bookings by person and day, in minutes since midnight."""

    def __init__(self) -> None:
        self._booked: dict[tuple[Hashable, date], list[tuple[int, int]]] = {}

    def free(self, who: Iterable[Hashable], day: date, start: int, end: int) -> bool:
        """Whether none of them has anything from `start` to `end`."""
        return not any(begin < end and start < until for one in who for begin, until in self._of(one, day))

    def book(self, who: Iterable[Hashable], day: date, start: int, end: int) -> None:
        """Enters something for all of them."""
        for one in who:
            self._booked.setdefault((one, day), []).append((start, end))

    def find(self, chance: Chance, who: list[Hashable], day: date, minutes: int) -> int | None:
        """Books a free hour of the day for all of them and returns its start; `None` when the day is full."""
        if any(self.minutes(one, day) + minutes > DAY for one in who):
            return None
        for _ in range(8):
            start = chance.randrange(OPENS, CLOSES - minutes + 1, STEP)
            if self.free(who, day, start, start + minutes):
                self.book(who, day, start, start + minutes)
                return start
        return None

    def minutes(self, one: Hashable, day: date) -> int:
        """How long somebody is booked on a day."""
        return sum(end - start for start, end in self._of(one, day))

    def _of(self, one: Hashable, day: date) -> list[tuple[int, int]]:
        return self._booked.get((one, day), [])
