"""School classes: which one belongs to an age, and which one follows."""

import re
from typing import NamedTuple

# The ages that children reach in the calendar year in which a school year begins, and how many classes there are by age.
LEVELS = {
    "nursery": (0, 2, 0),
    "infant": (3, 5, 0),
    "primary": (6, 10, 5),
    "lower_secondary": (11, 13, 3),
    "upper_secondary": (14, 18, 5),
}
# An institute of several levels does not say of which one a class is.
OF_SEVERAL = {"comprehensive": ("infant", "primary", "lower_secondary")}
_CLASS = re.compile(r"\s*([1-5])(.*)")
EARLY = (4, 30)  # whoever was born by then may begin a year earlier, which needs no reason


class Expected(NamedTuple):
    """The ages that a class, or a school without classes by age, is meant for.

    Attributes:
        level: of the school.
        first, last: the ages reached in the calendar year in which the school year begins; the same one for a class.
        exact: whether a child between them is where it belongs.
    """

    level: str
    first: int
    last: int
    exact: bool = True

    def gap(self, age: int) -> int | None:
        """How many years above (+) or below (-) its age a child is; `None` when it cannot be told."""
        if self.first <= age <= self.last:
            return 0 if self.exact else None
        return self.first - age if age < self.first else self.last - age


def expected(school_class: str | None, level: str, age: int) -> Expected | None:
    """What a class is meant for (`domain.md` §6.5); in an institute of several levels, of those that it may be the nearest to `age`."""
    if level in OF_SEVERAL:
        return _nearest([_of_level(school_class, one) for one in OF_SEVERAL[level]], age)
    return _of_level(school_class, level) if level in LEVELS else None


def _of_level(school_class: str | None, level: str) -> Expected | None:
    first, last, classes = LEVELS[level]
    found = _CLASS.match(school_class or "")
    if not (found and classes):
        # The section of a primary school may be of any class; that of an infant school is of no age.
        return Expected(level, first, last, exact=not classes)
    at = first + int(found[1]) - 1
    return Expected(level, at, at) if int(found[1]) <= classes else None


def _nearest(found: list[Expected | None], age: int) -> Expected | None:
    # A class by its number is no section of an infant school.
    readings = [one for one in found if one and one.first == one.last] or [one for one in found if one]
    near = sorted(readings, key=lambda one: abs(one.gap(age) or 0))
    tied = len(near) > 1 and abs(near[0].gap(age) or 0) == abs(near[1].gap(age) or 0)
    return None if tied else near[0]


def age_reached(school_year: str | None, born: str) -> int | None:
    """The age reached in the calendar year in which a school year begins."""
    return int(school_year[:4]) - int(born[:4]) if born and school_year else None


def class_gap(school_class: str | None, level: str, school_year: str | None, born: str) -> int | None:
    """How many classes above (+) or below (-) that of the age; `None` when it cannot be told."""
    age = age_reached(school_year, born)
    meant = None if age is None else expected(school_class, level, age)
    return meant.gap(age) if meant and age is not None else None


def early(gap: int | None, born: str) -> bool:
    """Whether the gap is that of a child who began a year early, as the law allows."""
    return gap == 1 and bool(born) and (int(born[5:7]), int(born[8:10])) <= EARLY


def next_class(school_class: str | None, level: str) -> str | None:
    """The class of the year after in the same school, with its letter; `None` after the last one."""
    found = _CLASS.match(school_class or "")
    if not found:
        return school_class or ""
    # The level of a comprehensive institute is not known of a class: 3 may be followed by 4.
    last = LEVELS[level][2] or 5 if level in LEVELS else 5
    return f"{int(found[1]) + 1}{found[2]}" if int(found[1]) < last else None


def next_year(school_year: str) -> str:
    """`2020/21` -> `2021/22`."""
    first = int(school_year[:4]) + 1
    return f"{first}/{(first + 1) % 100:02}"
