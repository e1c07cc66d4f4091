"""What a returned workbook is about: the period, the partner and the record that its own cells name."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from ...host.office import Office
from ...project.errors import ProjectError
from ...project.periods import Period, quarter_of
from ...project.profile import Partner
from ..problems import ReportError, ReportProblem
from ..selection import Scope, Selection
from ..template import Cell, Template
from .columns import canonical, names_record

Cells = Mapping[str, Any]


def period_of(office: Office, template: Template, cells: Cells, given: Period | None) -> Period:
    """The period that the workbook names, or the given one where it names none; the whole project where its map has none.

    Raises:
        ReportError: `no_period`, or `other_period` when the workbook names another one than the given.
    """
    mapped = template.map
    assert mapped is not None
    if "period" not in mapped.scope:
        return office.profile.period("project")
    named = {
        canonical(cells[place]) for place, cell in template.cells.items() if cell.start == "period" and place in cells
    }

    def told(period: Period) -> bool:
        return named <= {period.label(mapped.lang), period.code, period.start.isoformat(), period.end.isoformat()}

    if given is not None and (not named or told(given)):
        return given
    found = next((period for period in _periods(office) if named and told(period)), None)
    if given is None and found is not None:
        return found
    value = ", ".join(sorted(map(str, named)))
    if given is None:
        raise ReportError([ReportProblem("no_period", mapped.file.name, value=value)])
    if found is not None:
        raise ReportError(
            [ReportProblem("other_period", mapped.file.name, value=value, detail=given.label(mapped.lang))]
        )
    return given


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


def partner_of(office: Office, template: Template, cells: Cells, given: Partner | None) -> Partner:
    """The partner that the workbook names, or the given one where it names none; the office's own where its map has none.

    Raises:
        ReportError: `no_partner`, or `other_partner` when the workbook names another one than the given.
    """
    mapped = template.map
    assert mapped is not None
    places = [place for place, cell in template.cells.items() if cell.text in ("partner.name", "partner.code")]
    named = {canonical(cells[place]) for place in places if place in cells}
    if "partner" not in mapped.scope or not named:
        return given or office.workspace.partner
    known = [one for one in office.profile.partners.values() if named <= {one.name, one.code}]
    if given is None and known:
        return known[0]
    value = ", ".join(sorted(map(str, named)))
    if given is None:
        choices = [one.name for one in office.profile.partners.values()]
        raise ReportError([ReportProblem("no_partner", mapped.file.name, value=value, choices=choices)])
    if known and given not in known:
        raise ReportError([ReportProblem("other_partner", mapped.file.name, value=value, detail=given.name)])
    return given


def about_of(selection: Selection, scopes: Sequence[Scope], name: str, cells: Cells, hint: str = "") -> Scope | None:
    """The one of several scopes whose record has the key in the cells, else the most of their values.

    None when none has any of them, or two as many.

    Parameters:
        name: what the cells' paths begin with.
        hint: the name of the sheet, which is that of its group unless somebody changed it.
    """
    asked = {place: cell for place, cell in selection.template.cells.items() if cell.start == name and place in cells}

    def score(scope: Scope) -> float:
        same = [cell for place, cell in asked.items() if _same(selection, cell, scope, cells[place])]
        # A key is the record's own name, whatever somebody has changed beside it.
        equal = sum(len(asked) + 1 if cell.path and names_record(cell.path) else 1 for cell in same)
        called = "".join(filter(str.isalnum, scope.abouts[name].title)).casefold()
        begun = "".join(filter(str.isalnum, hint)).casefold()
        return equal + (0.5 if begun and called.startswith(begun) else 0)

    ranked = sorted(((score(scope), index) for index, scope in enumerate(scopes)), reverse=True)
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return scopes[ranked[0][1]]


def _same(selection: Selection, cell: Cell, scope: Scope, found: Any) -> bool:
    return bool(found != "" and canonical(selection.cell(cell, scope)) == canonical(found))
