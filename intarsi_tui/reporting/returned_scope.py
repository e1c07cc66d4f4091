"""What a returned workbook is about: the period, the partner and the record that its own cells name."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from ..host.office import Office
from ..project.errors import ProjectError
from ..project.periods import Period, quarter_of
from ..project.profile import Partner
from .problems import ReportError, ReportProblem
from .returned_columns import canonical
from .selection import Scope, Selection
from .template import Cell, Template

Cells = Mapping[str, Any]


def period_of(office: Office, template: Template, cells: Cells) -> Period:
    """The period that the workbook names; the whole project where its map has none.

    Raises:
        ReportError: `no_period`.
    """
    mapped = template.map
    assert mapped is not None
    if "period" not in mapped.scope:
        return office.profile.period("project")
    named = {
        canonical(cells[place]) for place, cell in template.cells.items() if cell.start == "period" and place in cells
    }
    for period in _periods(office):
        told = {period.label(mapped.lang), period.code, period.start.isoformat(), period.end.isoformat()}
        if named and named <= told:
            return period
    raise ReportError(
        [ReportProblem("no_period", mapped.file.name, value=", ".join(str(one) for one in sorted(map(str, named))))]
    )


def _periods(office: Office) -> list[Period]:
    """Quarters, half-years, months and years from the project's start until its end."""
    day, codes = office.profile.start, dict[str, None]()
    while day <= office.profile.end:
        quarter = quarter_of(day)
        half = "H1" if day.month <= 6 else "H2"
        codes |= dict.fromkeys((quarter.code, f"{day.year}-{half}", f"{day:%Y-%m}", f"{day.year}"))
        day = day.replace(day=1) + timedelta(days=32)
        day = day.replace(day=1)
    found = []
    for code in [*codes, "project"]:
        try:
            found.append(office.profile.period(code))
        except ProjectError:
            continue
    return found


def partner_of(office: Office, template: Template, cells: Cells) -> Partner:
    """The partner that the workbook names, else the office's own."""
    for place, cell in template.cells.items():
        if cell.text in ("partner.name", "partner.code") and place in cells:
            for partner in office.profile.partners.values():
                if canonical(cells[place]) in (partner.name, partner.code):
                    return partner
    return office.workspace.partner


def about_of(selection: Selection, scopes: Sequence[Scope], name: str, cells: Cells, hint: str = "") -> Scope | None:
    """The one of several scopes whose record has the most of the cells' values; None when none has, or two as many.

    Parameters:
        name: what the cells' paths begin with.
        hint: the name of the sheet, which is that of its group unless somebody changed it.
    """
    asked = {place: cell for place, cell in selection.template.cells.items() if cell.start == name and place in cells}

    def score(scope: Scope) -> float:
        equal = sum(_same(selection, cell, scope, cells[place]) for place, cell in asked.items())
        called = "".join(filter(str.isalnum, scope.abouts[name].title)).casefold()
        begun = "".join(filter(str.isalnum, hint)).casefold()
        return equal + (0.5 if begun and called.startswith(begun) else 0)

    ranked = sorted(((score(scope), index) for index, scope in enumerate(scopes)), reverse=True)
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return scopes[ranked[0][1]]


def _same(selection: Selection, cell: Cell, scope: Scope, found: Any) -> bool:
    return bool(found != "" and canonical(selection.cell(cell, scope)) == canonical(found))
