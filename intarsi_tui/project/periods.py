"""Reporting periods: calendar quarters by default, as the ministry's sheet has them (`domain.md` §2)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .errors import ProjectError

YEAR = r"(?:19|20)[0-9]{2}"


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both included. `code` is how it is typed: `2021-Q2`."""

    start: date
    end: date
    code: str

    def __contains__(self, day: object) -> bool:
        """Whether an ISO day or a date lies in the period."""
        if isinstance(day, str):
            return self.start.isoformat() <= day[:10] <= self.end.isoformat()
        return isinstance(day, date) and self.start <= day <= self.end

    def label(self, lang: str) -> str:
        """`2° trimestre 2021`, `Q2 2021`."""
        year, kind, number = self.code[:4], self.code[5:6], self.code[6:]
        if kind == "Q":
            return f"{number}° trimestre {year}" if lang == "it" else f"Q{number} {year}"
        if kind == "H":
            return f"{number}° semestre {year}" if lang == "it" else f"H{number} {year}"
        if self.code == "project":
            return "intero progetto" if lang == "it" else "whole project"
        return f"{self.code[5:7]}/{year}" if len(self.code) == 7 else year


def months(year: int, first: int, count: int, code: str) -> Period:
    """The period of `count` months of `year` from month `first`."""
    following = date(year + (first + count - 1) // 12, (first + count - 1) % 12 + 1, 1)
    return Period(date(year, first, 1), following - timedelta(days=1), code)


def quarter_of(day: date) -> Period:
    """The calendar quarter that `day` lies in."""
    quarter = (day.month - 1) // 3
    return months(day.year, quarter * 3 + 1, 3, f"{day.year}-Q{quarter + 1}")


def read_period(typed: str) -> Period:
    """`2021-Q2`, `2021-T2`, `2021Q2`, `2021-H1`, `2021-04`, `2021`.

    Raises:
        ProjectError: `no_such_period`.
    """
    text = typed.strip().upper().replace("/", "-")
    if found := re.fullmatch(rf"({YEAR})-?[QT]([1-4])", text):
        quarter = int(found[2])
        return months(int(found[1]), quarter * 3 - 2, 3, f"{found[1]}-Q{quarter}")
    if found := re.fullmatch(rf"({YEAR})-?[HS]([12])", text):
        return months(int(found[1]), int(found[2]) * 6 - 5, 6, f"{found[1]}-H{found[2]}")
    if found := re.fullmatch(rf"({YEAR})-(0[1-9]|1[0-2])", text):
        return months(int(found[1]), int(found[2]), 1, text)
    if re.fullmatch(YEAR, text):
        return months(int(text), 1, 12, text)
    raise ProjectError("no_such_period", value=typed)
