"""Public holidays and patron saints' days, to warn of an activity dated on one."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from .tables import find, fold

if TYPE_CHECKING:
    from holidays import HolidayBase

# The patron's day belongs to the town, not to its province: other towns have their own, which no package lists.
_PATRON = {
    "033032": "PC", "034027": "PR", "035033": "RE", "036023": "MO", "037006": "BO",
    "038008": "FE", "039014": "RA", "040007": "Cesena", "040012": "Forli", "099014": "RN",
}  # fmt: skip
_PLATES = {"PC", "PR", "RE", "MO", "BO", "FE", "RA", "FC", "RN"}
# Kept on the first Sunday of November, but nobody has the day off for it.
_NOT_FREE = {"Giorno dell'unità nazionale", "National Unity Day"}


def local_holiday(day: date, province_or_town: str = "", lang: str = "it") -> str | None:
    """The name of the holiday on `day`, or None.

    `province_or_town` adds the patron saint's day of a main town: a plate (MO: that of Modena), a town's name or its
    ISTAT code. FC stands for both Forlì and Cesena, so name the town there. Any other place has the national days only.
    """
    names = _calendar(_subdivision(province_or_town), "it_IT" if lang == "it" else "en_US").get_list(day)
    return "; ".join(name for name in names if name not in _NOT_FREE) or None


def _subdivision(place: str) -> str | None:
    if fold(place).upper() in _PLATES:
        return fold(place).upper()
    towns = find("municipalities", place, exact=True)
    return _PATRON.get(towns[0].code) if towns else None


@cache
def _calendar(subdivision: str | None, language: str) -> HolidayBase:
    from holidays import country_holidays  # 80 ms, and most sessions never ask

    return country_holidays("IT", subdiv=subdivision, language=language)
