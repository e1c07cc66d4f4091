"""The values of a workbook that come from no single record: project, partner, period, office, indicators."""

import difflib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from ..host.office import Office
from ..project.periods import Period
from ..project.profile import Partner
from ..records.kind import KINDS
from .indicators import Counted, count
from .paths import PathError

Known = Mapping[str, Mapping[str, Any]]


def facts(office: Office, partner: Partner, period: Period, lang: str) -> Known:
    """All of them by the two halves of their paths: `profile.cup`, `period.label`."""
    profile = office.profile
    return {
        "profile": {
            "code": profile.code, "cup": profile.cup, "title": profile.title(lang), "acronym": profile.acronym,
            "fund": profile.fund, "objective": profile.objective, "authority": profile.authority,
            "cofinancing": profile.cofinancing(lang), "lead": profile.partner(profile.lead).name,
            "start": profile.start, "end": profile.end,
        },
        "partner": {
            "code": partner.code, "name": partner.name, "town": partner.town, "province": partner.province,
        },
        "period": {"label": period.label(lang), "code": period.code, "start": period.start, "end": period.end},
        "office": {"today": office.today, "user": office.user},
        "indicator": Figures(office, partner, period, lang),
    }  # fmt: skip


class Figures(Mapping[str, Any]):
    """The indicators of the partner's records as `PLUGIN.NAME.FIGURE`.

    They are counted when the first figure is asked for: every register has to be read for them.
    """

    FIGURES = ("period", "total", "target")

    def __init__(self, office: Office, partner: Partner, period: Period, lang: str) -> None:
        self._office, self._partner, self._period, self._lang = office, partner, period, lang

    @cached_property
    def _counted(self) -> dict[str, Counted]:
        counted = count(self._office, self._period, self._partner.code)
        return {f"{one.indicator.plugin}.{one.indicator.name}": one for one in counted}

    def __getitem__(self, path: str) -> Any:
        """A count as a number, a sum as its field is written in a sheet; a target may be missing."""
        name, _, figure = path.rpartition(".")
        one = self._counted[name]
        value = {"period": one.in_period, "total": one.in_total, "target": one.indicator.target}[figure]
        return None if value is None else KINDS[one.unit]().excel(value, self._lang)

    def __contains__(self, path: object) -> bool:
        return path in list(self)

    def __iter__(self) -> Iterator[str]:
        for one in self._office.indicators:
            yield from (f"{one.plugin}.{one.name}.{figure}" for figure in self.FIGURES)

    def __len__(self) -> int:
        return len(self._office.indicators) * len(self.FIGURES)


# Who compiles a sheet is a person: not for the audiences that may not see one.
PERSONAL = frozenset({"office.user"})


def check(known: Known, path: str) -> None:
    """Whether there is a value of that path.

    Raises:
        PathError: the first half is right, the second does not exist.
    """
    group, _, name = path.partition(".")
    if name not in known[group]:
        near = sorted(difflib.get_close_matches(name, known[group], n=12, cutoff=0))
        raise PathError("no_such_value", value=path, detail=group, choices=near)


def fact(known: Known, path: str) -> Any:
    """The value of a path that was checked."""
    group, _, name = path.partition(".")
    return known[group][name]
