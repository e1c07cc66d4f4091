"""A map held against its workbook: every place and every column must be there before anything is filled."""

from .maps import Map
from .problems import ReportProblem


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
    return [ReportProblem("sheet", mapped.file.name, where, cause=error) for where, error in found]


def places_on(mapped: Map) -> frozenset[str]:
    """The cells and blocks of the map that lie on its copied sheet. The map has been checked."""
    from .. import sheets

    places = [*mapped.cells, *(block.at for block in mapped.blocks)]
    found = sheets.sheets_of(mapped.workbook, places)
    return frozenset(place for place, sheet in zip(places, found, strict=True) if sheet == mapped.copy)
