"""Public holidays and the days that single towns keep, to warn of an activity dated on one."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from .tables import find, local_days, remembered

if TYPE_CHECKING:
    from holidays import HolidayBase

# Kept on the first Sunday of November, but nobody has the day off for it.
_NOT_FREE = {"Giorno dell'unità nazionale", "National Unity Day"}


@remembered  # a timesheet asks for each of its days, and all of them for the same ones
def local_holiday(day: date, town: str = "", lang: str = "it") -> str | None:
    """The name of the holiday on `day`, or None.

    `town` (a name or an ISTAT code) adds the days of `local_holidays.csv`: its patron saint's, and what an office has
    added. The patron's day belongs to the town and not to its province: other places have the national days only.
    """
    towns = find("municipalities", town, exact=True)
    local = local_days(towns[0].code) if towns else []
    names = [row["it"] if lang == "it" else row["en"] for row in local if row["day"] == f"{day:%m-%d}"]
    names += _calendar("it_IT" if lang == "it" else "en_US").get_list(day)
    return "; ".join(name for name in names if name not in _NOT_FREE) or None


@cache
def _calendar(language: str) -> HolidayBase:
    from holidays import country_holidays  # 80 ms, and most sessions never ask

    return country_holidays("IT", language=language)
