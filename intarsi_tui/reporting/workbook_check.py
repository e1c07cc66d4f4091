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
    except sheets.SheetError as error:
        return [ReportProblem("sheet", mapped.workbook.name, cause=error)]
    return [ReportProblem("sheet", mapped.file.name, where, cause=error) for where, error in found]
