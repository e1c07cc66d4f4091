"""Seeded chance, and the days on which an office works."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TypeVar

from ..reference.holidays import local_holiday
from . import words

T = TypeVar("T")

# The sample covers the project's 26 months. They are over, but the second extension was agreed in December: work goes on,
# and what is planned lies in the days after LAST.
FIRST, LAST, PLANNED, END = date(2020, 1, 10), date(2022, 3, 9), date(2022, 3, 31), date(2022, 6, 30)
# What was due before this day is done: nothing is overdue for longer than six weeks.
OVERDUE = LAST - timedelta(weeks=6)
# Spring 2020: schools and desks were closed, work went on at a distance.
CLOSED = (date(2020, 3, 9), date(2020, 5, 31))


class Chance(Random):
    """A `Random` with the draws that the sample needs."""

    def maybe(self, percent: float) -> bool:
        """True in `percent` of a hundred cases."""
        return self.random() * 100 < percent

    def one(self, weights: Mapping[T, float]) -> T:
        """A key, drawn by weight."""
        return self.choices(list(weights), list(weights.values()))[0]

    def between(self, first: date, last: date) -> date:
        """Any day from `first` to `last`."""
        return first + timedelta(days=self.randint(0, max((last - first).days, 0)))

    def workday(self, first: date, last: date) -> date:
        """A working day from `first` to `last`, or the next one after them."""
        return working(self.between(first, last))

    def some(self, values: Sequence[T], most: int) -> list[T]:
        """One to `most` of the values, in their order."""
        chosen = self.sample(range(len(values)), min(self.randint(1, most), len(values)))
        return [values[index] for index in sorted(chosen)]


@cache
def is_working(day: date) -> bool:
    """Monday to Friday, and no holiday of any partner's town: eight patron saints, so that one calendar is enough."""
    towns = {place.town for place in words.places().values()}
    return day.weekday() < 5 and not any(local_holiday(day, town) for town in towns)


def working(day: date) -> date:
    """`day`, or the next working day."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


def workdays(first: date, last: date) -> list[date]:
    """The working days from `first` to `last`, both within the project."""
    known = _all_workdays()
    return known[bisect_left(known, first) : bisect_right(known, last)]


@cache
def _all_workdays() -> list[date]:
    days = (FIRST + timedelta(days=count) for count in range((END - FIRST).days + 1))
    return [day for day in days if is_working(day)]


def at_a_distance(day: date) -> bool:
    """Whether offices and schools were closed on `day`."""
    return CLOSED[0] <= day <= CLOSED[1]


def later(day: date, count: int) -> date:
    """`day` some months later, on the 28th at most."""
    year, month = divmod(day.month - 1 + count, 12)
    return date(day.year + year, month + 1, min(day.day, 28))


def months(first: date, last: date) -> list[date]:
    """The first days of the months from that of `first` to that of `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [later(first.replace(day=1), n) for n in range(count)]
