"""The values of a workbook that come from no record: project, partner, period, office."""

from typing import Any

from ..host.office import Office
from ..project.periods import Period
from ..project.profile import Partner
from .paths import PathError


def facts(office: Office, partner: Partner, period: Period, lang: str) -> dict[str, dict[str, Any]]:
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
    }  # fmt: skip


# Who compiles a sheet is a person: not for the audiences that may not see one.
PERSONAL = frozenset({"office.user"})


def fact(known: dict[str, dict[str, Any]], path: str) -> Any:
    """The value of `path`.

    Raises:
        PathError: the first half is right, the second does not exist.
    """
    group, _, name = path.partition(".")
    if name not in known[group]:
        raise PathError("no_such_value", value=path, detail=group, choices=sorted(known[group]))
    return known[group][name]
