"""Filling partner templates: which records, into which workbook, under which name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from ..host.office import Office
from ..project.periods import Period
from ..project.profile import Partner
from . import facts
from .maps import find_maps
from .paths import View
from .problems import ReportError, ReportProblem
from .template import Block, Template, load_template, matches

Doc = Mapping[str, Any]


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


@dataclass
class Scope:
    """What one workbook is about: period, partner, and the record of the template's other scope."""

    period: Period
    partner: Partner
    record: Doc | None = None
    title: str = ""


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
    scopes = [
        scope
        for scope in _scopes(office, template, period, partner)
        if not only or (scope.record or {}).get("id") == only
    ]
    if not scopes:
        about = f"{period.label(office.lang)}, {partner.name}"
        detail = office.declarations[mapped.record].plural(office.lang)
        raise ReportError([ReportProblem("nothing_to_report", mapped.file.name, value=about, detail=detail)])
    paths = _paths(office, template, scopes, out)
    return [_fill_one(office, template, scope, path) for scope, path in zip(scopes, paths, strict=True)]


def _scopes(office: Office, template: Template, period: Period, partner: Partner) -> list[Scope]:
    mapped, link = template.map, template.scope_link
    assert mapped is not None
    if not link:
        return [Scope(period, partner)]
    declaration = office.declarations[mapped.record]
    records: dict[str, Doc] = {}
    for block in template.blocks or [_own_block(template, office)]:
        for doc in _records(office, template, block, Scope(period, partner)):
            uid = doc["id"] if link == declaration.record else doc.get(link)
            if uid and uid not in records:
                table = mapped.record if link == declaration.record else declaration.by_name[link].kind.params["to"]
                if found := office.get(table, uid):
                    records[uid] = {**found, "__title__": office.declarations[table].title_of(found, mapped.lang)}
    scopes = [Scope(period, partner, doc, str(doc["__title__"])) for doc in records.values()]
    return sorted(scopes, key=lambda scope: scope.title)


def _own_block(template: Template, office: Office) -> Block:
    from .maps import BlockMap

    mapped = template.map
    assert mapped is not None
    declaration = office.declarations[mapped.record]
    wanted = {name: value if isinstance(value, list) else [value] for name, value in mapped.filter.items()}
    return Block(BlockMap("", mapped.record, {}), declaration, filter=wanted)


def _records(office: Office, template: Template, block: Block, scope: Scope) -> Iterator[Doc]:
    """The records of one block for one workbook, sorted."""
    mapped, link = template.map, template.scope_link
    assert mapped is not None
    declaration = block.declaration
    for doc in office.table(declaration.table).all():
        day = str(doc.get(mapped.date) or "")[:10] if mapped.date in declaration.by_name else declaration.day_of(doc)
        if "period" in mapped.scope and day not in scope.period:
            continue
        if "partner" in mapped.scope and doc.get("partner") != scope.partner.code:
            continue
        if scope.record is not None and scope.record["id"] not in (doc.get(link), doc["id"]):
            continue
        if matches(doc, block.filter):
            yield doc


def _rows(office: Office, template: Template, block: Block, scope: Scope) -> list[tuple[Any, ...]]:
    mapped = template.map
    assert mapped is not None
    view, whole = View(office, mapped.audience), View(office, "office")
    docs = list(_records(office, template, block, scope))
    if block.map.each:
        docs = [{**doc, block.map.each: [row]} for doc in docs for row in doc.get(block.map.each, [])]
    # Sorting is done on what the office sees: an order tells no name.
    for path, descending in reversed(block.sort):
        docs.sort(key=lambda doc, path=path: _sortable(path.excel(doc, whole, mapped.lang)), reverse=descending)  # type: ignore[misc]
    return [tuple(path.excel(doc, view, mapped.lang) for path in block.columns.values()) for doc in docs]


def _sortable(value: Any) -> tuple[bool, str, Any]:
    return (value is None, type(value).__name__, value if value is not None else "")


def _fill_one(office: Office, template: Template, scope: Scope, path: FilePath) -> Filled:
    from .. import sheets

    mapped = template.map
    assert mapped is not None
    known = facts.facts(office, scope.partner, scope.period, mapped.lang)
    view = View(office, mapped.audience)
    cells: dict[str, Any] = {}
    empty = []
    for place, value in template.cells.items():
        cells[place] = (
            facts.fact(known, value) if isinstance(value, str) else value.excel(scope.record or {}, view, mapped.lang)
        )
        if cells[place] in (None, ""):
            empty.append(f"{place} ({mapped.cells[place]})")
    rows = {block.map.at: _rows(office, template, block, scope) for block in template.blocks}
    blocks = [
        sheets.Block(at=block.map.at, columns=list(block.columns), values=rows[block.map.at])
        for block in template.blocks
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        report = sheets.fill(mapped.workbook, path, cells=cells, blocks=blocks)
    except sheets.SheetError as error:
        raise ReportError([ReportProblem("sheet", mapped.workbook.name, cause=error)]) from error
    except OSError as error:
        raise ReportError(
            [ReportProblem("cannot_write", path.name, value=path, detail=error.strerror or str(error))]
        ) from error
    return Filled(template.name, path, sum(map(len, rows.values())), empty, list(report.doubtful))


def _paths(office: Office, template: Template, scopes: Sequence[Scope], out: FilePath | None) -> list[FilePath]:
    mapped = template.map
    assert mapped is not None
    suffix = mapped.workbook.suffix
    if out is not None and out.suffix.lower() == suffix:
        if len(scopes) > 1:
            raise ReportError(
                [ReportProblem("several_workbooks", mapped.file.name, value=out.name, detail=len(scopes))]
            )
        return [out]
    folder = out or office.workspace.exports
    names: list[str] = []
    for scope in scopes:
        parts = [template.name]
        parts += [scope.partner.code] if "partner" in mapped.scope else []
        parts += [scope.period.code] if "period" in mapped.scope else []
        parts += [str((scope.record or {}).get("number") or "").replace("/", "-"), scope.title] if scope.record else []
        name = "_".join(part for part in (_safe(part) for part in parts) if part)
        count = sum(other == name or other.startswith(f"{name}~") for other in names)
        names.append(f"{name}~{count + 1}" if count else name)
    return [folder / f"{name}{suffix}" for name in names]


def _safe(text: str) -> str:
    """A part of a file name out of text that may hold anything: letters, digits, hyphens, 40 characters at most."""
    return re.sub(r"[^\w-]+", "-", text).strip("-")[:40]
