"""A filled workbook that comes back edited: its changes taken into the registers through the map that it was filled by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from ...exchange.imports import Outcome, in_one_step
from ...host.office import Office
from ...project.periods import Period
from ...project.profile import Partner
from ..problems import ReportError, ReportProblem
from ..selection import Scope, Selection
from ..template import Template
from .blocks import BlockReader
from .edits import Edits, PlacedProblem
from .reading import CellReader
from .scope import about_of, partner_of, period_of

if TYPE_CHECKING:
    from ...sheets import ReadBack, ReadSheet


@dataclass
class Change:
    """One value that differs: where it stands, the record, the field's label, what it was and what it becomes."""

    cell: str
    record: str
    label: str
    before: str
    after: str


@dataclass
class Returned(Outcome):
    """What reading a workbook back did, or would do; `problems` are `PlacedProblem`s.

    Attributes:
        changes: every value that changes, cell by cell.
        newer: values that the register has changed since the workbook was filled; the register's stay.
        without_row: records that would be filled and have no row any more; nothing is removed.
        ignored: columns that are only told: counted, computed, or of other records.
    """

    changes: list[Change] = field(default_factory=list)
    newer: int = 0
    without_row: int = 0


def read_report(
    office: Office, template: Template, file: FilePath, *, write: bool, period: Period | None = None,
    partner: Partner | None = None, only: str = "",
) -> Returned:  # fmt: skip
    """Takes the changes of one edited workbook in, as one operation.

    Rows are matched to records by number, pseudonym or key, else by being the same or mostly the same; what matches none
    becomes a draft. Empty cells change nothing, and nothing is removed. A workbook for `lead` or `public` does not say who
    is meant: its rows must name their record, or be as they were.

    Parameters:
        write: False for a trial: everything is done and rolled back.
        period, partner, only: what it was filled for, when its own cells do not say so; what they say must be the same.

    Raises:
        ReportError: the template has errors, or it is not clear what the workbook is about.
        SheetError: the file cannot be read.
    """
    from ... import sheets

    mapped = template.map
    if errors := [problem for problem in template.problems if problem.severity == "error"]:
        raise ReportError(errors)
    assert mapped is not None
    blocks = [(block.map.at, list(block.columns)) for block in template.blocks]
    back = sheets.read_back(mapped.workbook, file, template.cells, blocks, mapped.copy)
    if back.missing or (mapped.copy and not back.copies):
        missing = ", ".join(back.missing or [mapped.copy])
        raise ReportError([ReportProblem("not_of_template", file.name, value=mapped.workbook.name, detail=missing)])
    selection = Selection(office, template)
    cells = {place: found.value for sheet in back.sheets for place, found in sheet.cells.items()}
    scope = _scope(selection, cells, file, period, partner, only)
    edits = Edits(office, mapped.lang)
    read = list(_sheets(selection, back, scope, edits))
    # A sheet of another record would make a problem of each of its rows.
    for sheet, about in [] if edits.problems else read:
        CellReader(selection, edits, about).read(sheet)
        for block in template.blocks:
            if found := sheet.blocks.get(block.map.at):
                BlockReader(selection, edits, about, block).read(found)
    outcome = Returned(
        unchanged=edits.unchanged, problems=list(edits.problems), ignored=list(edits.ignored), newer=edits.newer,
        without_row=edits.without_row,
    )  # fmt: skip
    outcome.changes = [Change(*change) for change in edits.told()]
    with in_one_step(office, file, outcome, write=write):
        edits.apply(outcome)
    return outcome


def _scope(
    selection: Selection, cells: Mapping[str, object], file: FilePath, period: Period | None, partner: Partner | None,
    only: str,
) -> Scope:  # fmt: skip
    office, template = selection.office, selection.template
    period = period_of(office, template, cells, period)
    scope = Scope(period, partner_of(office, template, cells, partner))
    name = template.scope_link
    if not name:
        return scope
    scopes = selection.scopes(scope.period, scope.partner)
    found = about_of(selection, scopes, name, cells)
    meant = next((one for one in scopes if one.abouts[name].value == only), None) if only else found
    if meant is None:
        raise ReportError([ReportProblem("no_about", file.name, value=name)])
    if found not in (None, meant):
        there, wanted = found.abouts[name].title, meant.abouts[name].title
        raise ReportError([ReportProblem("other_about", file.name, value=there, detail=wanted)])
    return meant


def _sheets(selection: Selection, back: "ReadBack", scope: Scope, edits: Edits) -> "Iterator[tuple[ReadSheet, Scope]]":
    """Each sheet with what it is about: the workbook, or its group."""
    yield from ((sheet, scope) for sheet in back.sheets)
    groups = selection.groups(scope) if back.copies else []
    taken: dict[str, str] = {}
    for sheet in back.copies:
        cells = {place: found.value for place, found in sheet.cells.items()}
        group = about_of(selection, groups, selection.map.group_by, cells, sheet.name)
        if group is None:
            edits.problems.append(PlacedProblem.of_sheet("which_group", sheet.name))
        elif (first := taken.setdefault(group.abouts[selection.map.group_by].value, sheet.name)) != sheet.name:
            edits.problems.append(PlacedProblem.of_sheet("copied_sheet", sheet.name, value=first))
        else:
            yield sheet, group
