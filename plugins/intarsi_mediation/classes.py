"""School classes: which one belongs to an age, and which one follows."""

import re

# The classes before the first one of a level, and how many it has; infant schools and nurseries have no classes by age.
LEVELS = {"primary": (0, 5), "lower_secondary": (5, 3), "upper_secondary": (8, 5)}
_CLASS = re.compile(r"\s*([1-5])(.*)")


def class_gap(school_class: str | None, level: str, school_year: str | None, born: str) -> int | None:
    """How many classes above (+) or below (-) that of the age; `None` when it cannot be told.

    A child begins primary school in the calendar year in which it turns six (`domain.md` §6.5).
    """
    found = _CLASS.match(school_class or "")
    if not found or level not in LEVELS or not born or not school_year:
        return None
    return LEVELS[level][0] + int(found[1]) - (int(school_year[:4]) - int(born[:4]) - 5)


def next_class(school_class: str | None, level: str) -> str | None:
    """The class of the year after in the same school, with its letter; `None` after the last one."""
    found = _CLASS.match(school_class or "")
    if not found:
        return school_class or ""
    # The level of a comprehensive institute is not known of a class: 3 may be followed by 4.
    last = LEVELS[level][1] if level in LEVELS else 5
    return f"{int(found[1]) + 1}{found[2]}" if int(found[1]) < last else None


def next_year(school_year: str) -> str:
    """`2020/21` -> `2021/22`."""
    first = int(school_year[:4]) + 1
    return f"{first}/{(first + 1) % 100:02}"
