"""Filling partner templates: the workbooks of a template for a period and a partner."""

from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from ..host.office import Office
from ..project.periods import Period
from ..project.profile import Partner
from . import facts
from .maps import find_maps
from .naming import paths_for
from .problems import ReportError, ReportProblem
from .selection import Scope, Selection
from .template import Template, load_template


@dataclass
class Filled:
    """One workbook that was written.

    Attributes:
        rows: how many rows of records it holds.
        empty: places of the map that had no value, with their paths: somebody must supply them.
        doubtful: (cell, message) as the sheets engine found it; the message has `text(lang)`.
    """

    template: str
    path: FilePath
    rows: int
    empty: list[str] = field(default_factory=list)
    doubtful: list[tuple[str, Any]] = field(default_factory=list)


def templates(office: Office) -> list[Template]:
    """Every template of the office and of the program, checked."""
    return [load_template(file, office) for file in find_maps(office.workspace.template_folders()).values()]


def template(office: Office, name: str) -> Template:
    """The template called `name`.

    Raises:
        ReportError: `no_such_report`.
    """
    maps = find_maps(office.workspace.template_folders())
    if name not in maps:
        raise ReportError([ReportProblem("no_such_report", "templates", value=name, choices=list(maps))])
    return load_template(maps[name], office)


def fill(
    office: Office, template: Template, period: Period, partner: Partner, out: FilePath | None = None, only: str = ""
) -> list[Filled]:
    """Fills every workbook of a template for the period and partner.

    Parameters:
        out: a file (one workbook) or a folder; the workspace's `exports/` when left out.
        only: id of the one record (course, certificate …) that is wanted.

    Raises:
        ReportError: the template has errors, nothing is there to report, or a file cannot be written.
    """
    errors = [problem for problem in template.problems if problem.severity == "error"]
    mapped = template.map
    if errors or mapped is None:
        raise ReportError(errors or template.problems)
    if mapped.valid_from and period.end < mapped.valid_from:
        raise ReportError([ReportProblem("not_yet_valid", mapped.file.name, value=mapped.valid_from.isoformat())])
    if "period" not in mapped.scope:
        period = office.profile.period("project")  # the workbook holds everything, so it must not name a quarter
    selection = Selection(office, template)
    scopes = [scope for scope in selection.scopes(period, partner) if only in ("", (scope.record or {}).get("id"))]
    if not scopes:
        about = f"{period.label(office.lang)}, {partner.name}"
        detail = office.declarations[mapped.record].plural(office.lang)
        raise ReportError([ReportProblem("nothing_to_report", mapped.file.name, value=about, detail=detail)])
    paths = paths_for(mapped, scopes, out or office.workspace.exports)
    return [_fill_one(selection, scope, path) for scope, path in zip(scopes, paths, strict=True)]


def _fill_one(selection: Selection, scope: Scope, path: FilePath) -> Filled:
    from .. import sheets

    template, mapped = selection.template, selection.map
    known = facts.facts(selection.office, scope.partner, scope.period, mapped.lang)
    cells: dict[str, Any] = {}
    empty = []
    for place, value in template.cells.items():
        found = facts.fact(known, value) if isinstance(value, str) else selection.cell(value, scope)
        cells[place] = found
        if found in (None, ""):
            empty.append(f"{place} ({value if isinstance(value, str) else value.label(selection.office.lang)})")
    rows = [selection.rows(block, scope) for block in template.blocks]
    blocks = [
        sheets.Block(at=block.map.at, columns=list(block.columns), values=values)
        for block, values in zip(template.blocks, rows, strict=True)
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        report = sheets.fill(mapped.workbook, path, cells=cells, blocks=blocks)
    except sheets.SheetError as error:
        raise ReportError([ReportProblem("sheet", mapped.workbook.name, cause=error)]) from error
    except OSError as error:
        problem = ReportProblem("cannot_write", path.name, value=path, detail=error.strerror or str(error))
        raise ReportError([problem]) from error
    return Filled(template.name, path, sum(map(len, rows)), empty, list(report.doubtful))
