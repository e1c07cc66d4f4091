"""Filling partner templates: the workbooks of a template for a period and a partner."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from ..host import access
from ..host.attached import of_record
from ..host.office import Office
from ..project.periods import Period
from ..project.profile import Partner
from . import attachments as attached
from . import facts
from .maps import find_maps
from .naming import paths_for
from .problems import ReportError, ReportProblem
from .selection import Scope, Selection
from .template import Cell, Template, load_template

if TYPE_CHECKING:
    from .. import sheets
    from .preview import Missing


Going = Callable[[int, int], None]


@dataclass
class Filled:
    """One workbook that was written.

    Attributes:
        rows: how many rows of records it holds.
        missing: the gaps, as the preview tells them; none when it is complete.
        doubtful: (cell, message) as the sheets engine found it; the message has `text(lang)`.
        attachments: the folder of the records' files, `None` when there is none.
        held_back: how many of the records' files are not for this audience.
    """

    template: str
    path: FilePath
    rows: int
    missing: "list[Missing]" = field(default_factory=list)
    doubtful: list[tuple[str, Any]] = field(default_factory=list)
    attachments: FilePath | None = None
    held_back: int = 0


def templates(office: Office) -> list[Template]:
    """Every template of the office and of the program, checked."""
    return [load_template(file, office) for file in find_maps(office.workspace.template_folders()).values()]


def template(office: Office, name: str) -> Template:
    """The template called `name`.

    Raises:
        ReportError: `no_such_report`, or `no_map` when only the workbook is there.
    """
    folders = office.workspace.template_folders()
    maps = find_maps(folders)
    if name not in maps:
        books = (folder / f"{name}{suffix}" for folder in folders for suffix in (".xlsx", ".xlsm"))
        if book := next((one for one in books if one.is_file()), None):
            raise ReportError([ReportProblem("no_map", "templates", value=str(book))])
        raise ReportError([ReportProblem("no_such_report", "templates", value=name, choices=list(maps))])
    return load_template(maps[name], office)


def fill(
    office: Office, template: Template, period: Period, partner: Partner, out: FilePath | None = None, only: str = "",
    *, attachments: bool = False, going: Going | None = None,
) -> list[Filled]:  # fmt: skip
    """Fills every workbook of a template for the period and partner; the log of accesses tells of it.

    Parameters:
        out: a file (one workbook) or a folder; the workspace's `exports/` when left out.
        only: id of the one record (course, certificate …) that is wanted.
        attachments: also put the attached files of the records into a folder beside each workbook.
        going: told before each workbook how many of how many are written; what it raises ends the work there, and the
            workbooks of before stay, without attached files.

    Raises:
        ReportError: the template has errors, nothing is there to report, an attached file is missing or changed, or a
            file cannot be written.
        StoreError: it cannot be noted; nothing was written.
    """
    from .preview import preview  # it asks for the scopes here

    selection, scopes = scopes_of(office, template, period, partner, only)
    paths = paths_for(selection.map, scopes, out or office.workspace.exports)
    with ExitStack() as stack:
        # All files are gathered before the first workbook is written, and put in place after the last.
        beside = [
            _gather(selection, scope, path, stack) if attachments else {}
            for scope, path in zip(scopes, paths, strict=True)
        ]
        # First: what was given out is always in it.
        access.log(office, "filled", detail=f"{template.name} {period.code} {partner.code}")
        return [
            replace(_fill_one(selection, scope, path), missing=preview(selection, scope, path).missing, **files)
            for scope, path, files in zip(told(scopes, going), paths, beside, strict=True)
        ]


def told(scopes: list[Scope], going: Going | None) -> Iterator[Scope]:
    """The scopes; `going` is told before each of them."""
    for count, scope in enumerate(scopes):
        if going:
            going(count, len(scopes))
        yield scope


def scopes_of(
    office: Office, template: Template, period: Period, partner: Partner, only: str = ""
) -> tuple[Selection, list[Scope]]:
    """What each workbook of a template is about, one at least. Raises ReportError as `fill` does."""
    errors = [problem for problem in template.problems if problem.severity == "error"]
    mapped = template.map
    if errors or mapped is None:
        raise ReportError(errors or template.problems)
    if mapped.valid_from and period.end < mapped.valid_from:
        raise ReportError([ReportProblem("not_yet_valid", mapped.file.name, value=mapped.valid_from.isoformat())])
    if "period" not in mapped.scope:
        period = office.profile.period("project")  # the workbook holds everything, so it must not name a quarter
    selection = Selection(office, template)
    scopes = [
        scope
        for scope in selection.scopes(period, partner)
        if not only or only in (about.value for about in scope.abouts.values())
    ]
    if not scopes:
        about = f"{period.label(office.lang)}, {partner.name}"
        detail = office.declarations[mapped.record].plural(office.lang)
        raise ReportError([ReportProblem("nothing_to_report", mapped.file.name, value=about, detail=detail)])
    return selection, scopes


def _gather(selection: Selection, scope: Scope, path: FilePath, stack: ExitStack) -> dict[str, Any]:
    """The attached files of one workbook, as `Filled` tells of them."""
    named = [one for declaration, doc in selection.records(scope) for one in of_record(declaration, doc)]
    given = attached.permitted(named, selection.map.audience)
    folder = attached.folder_of(path) if given else None
    if folder:
        stack.enter_context(
            attached.gathered(selection.office, given, folder, selection.map.audience, selection.map.lang)
        )
    return {"attachments": folder, "held_back": len(named) - len(given)}


def _fill_one(selection: Selection, scope: Scope, path: FilePath) -> Filled:
    from .. import sheets

    mapped = selection.map
    filled = Filled(selection.template.name, path, rows=0)
    known = facts.facts(selection.office, scope.partner, scope.period, mapped.lang)
    groups = selection.groups(scope) if mapped.copy else []
    copies = [
        sheets.Copy(
            group.abouts[mapped.group_by].title,
            _cells(selection, group, known, True),
            _blocks(selection, group, filled, True),
        )
        for group in groups
    ]
    cells, blocks = _cells(selection, scope, known, False), _blocks(selection, scope, filled, False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if copies:
            report = sheets.fill_copies(mapped.workbook, path, mapped.copy, copies, cells, blocks)
        else:
            report = sheets.fill(mapped.workbook, path, cells, blocks)
    except sheets.SheetError as error:
        raise ReportError([ReportProblem("sheet", mapped.workbook.name, cause=error)]) from error
    except OSError as error:
        problem = ReportProblem("cannot_write", path.name, value=path, detail=error.strerror or str(error))
        raise ReportError([problem]) from error
    filled.doubtful += report.doubtful
    return filled


def _cells(selection: Selection, scope: Scope, known: facts.Known, copied: bool) -> dict[str, Any]:
    """The single cells of the sheets that are there once, or of one copy of the sheet that is copied."""
    template = selection.template
    return {
        place: value_of(selection, cell, scope, known)
        for place, cell in template.cells.items() if (place in template.on_copies) == copied
    }  # fmt: skip


def value_of(selection: Selection, cell: Cell, scope: Scope, known: facts.Known) -> Any:
    """What goes into a single cell."""
    return facts.fact(known, cell.text) if cell.start in known else selection.cell(cell, scope)


def _blocks(selection: Selection, scope: Scope, filled: Filled, copied: bool) -> "list[sheets.Block]":
    from .. import sheets

    blocks = []
    for block in selection.template.blocks:
        if (block.map.at in selection.template.on_copies) == copied:
            rows = selection.rows(block, scope)
            filled.rows += len(rows)
            blocks.append(sheets.Block(at=block.map.at, columns=list(block.columns), values=rows))
    return blocks
