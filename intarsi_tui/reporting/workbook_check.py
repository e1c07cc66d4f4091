"""A map held against its workbook: every place and every column must be there before anything is filled."""

from typing import TYPE_CHECKING

from .maps import Map
from .paths import Path
from .problems import ReportProblem

if TYPE_CHECKING:
    from .template import Template


def check_workbook(mapped: Map) -> list[ReportProblem]:
    """What the map names and the workbook does not have."""
    from .. import sheets

    try:
        found = sheets.check(
            mapped.workbook, list(mapped.cells), [(block.at, list(block.columns)) for block in mapped.blocks]
        )
        if mapped.copy:
            sheets.sheets_of(mapped.workbook, [f"'{mapped.copy}'!A1"])
    except sheets.SheetError as error:
        return [ReportProblem("sheet", mapped.workbook.name, cause=error)]
    missing: set[object] = set()
    problems = []
    for where, refused in found:
        sheet = refused.params.get("sheet") if refused.code == "unknown_sheet" else None
        # Every cell of a sheet that is not there would say the same.
        if sheet is None or sheet not in missing:
            problems.append(ReportProblem("sheet", mapped.file.name, where, cause=refused))
        missing.add(sheet)
    return problems


def check_lists(template: "Template") -> list[ReportProblem]:
    """Warnings of choices that the dropdown list of their cell or column does not offer. Places have been checked."""
    from .. import sheets

    mapped = template.map
    assert mapped is not None
    cells = {place: _texts(cell.path, mapped.lang) for place, cell in template.cells.items() if cell.path}
    blocks = [
        (block.map.at, {header: _texts(path, mapped.lang) for header, path in block.columns.items()})
        for block in template.blocks
    ]
    found = sheets.check_lists(mapped.workbook, cells, blocks)
    return [ReportProblem("sheet", mapped.file.name, where, cause=one, severity="warning") for where, one in found]


def _texts(path: Path, lang: str) -> list[str]:
    """What may be filled in where the path is that of a choice."""
    if path.back or path.function or not path.fields or path.fields[-1].kind.name != "choice":
        return []
    codes = path.fields[-1].kind.params.get("choices", {})
    return [code if path.code else str(path.fields[-1].kind.excel(code, lang)) for code in codes]


def places_on(mapped: Map) -> frozenset[str]:
    """The cells and blocks of the map that lie on its copied sheet. The map has been checked."""
    from .. import sheets

    places = [*mapped.cells, *(block.at for block in mapped.blocks)]
    found = sheets.sheets_of(mapped.workbook, places)
    return frozenset(place for place, sheet in zip(places, found, strict=True) if sheet == mapped.copy)
