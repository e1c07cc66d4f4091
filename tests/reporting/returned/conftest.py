"""Filled workbooks that come back edited: what was changed in them, and nothing else, is taken in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_tui.host.office import Office
from intarsi_tui.reporting import reports
from intarsi_tui.reporting.returned.report import Returned, read_report

from ..conftest import MAP

Write = Callable[..., Path]
Edit = Callable[[Worksheet], None]

OFFICE = MAP.replace('"lead"', '"office"').replace("family.code", "family.surname")
NUMBERED = OFFICE.replace('"Famiglia" = "family.surname"', '"Famiglia" = "number"')
SHEETS = """
map = 1
it = "Visite per giorno"
en = "Visits by day"
audience = "office"
record = "visits.visit"

[sheets]
copy = "Visite"
group_by = "visit"

[cells]
"Visite!B1" = "visit.day"
"Visite!B2" = "visit.number"
"Visite!B3" = "visit.town"

[[blocks]]
at = "Elenco"
columns = { "Data" = "day", "Tipo" = "kind" }
"""
EACH = """
map = 1
it = "Presenti"
en = "Present"
audience = "office"
record = "visits.visit"
scope = ["visit"]

[cells]
"Visite!B1" = "visit.day"
"Visite!B2" = "visit.kind"
"Visite!B3" = "visit.family"

[[blocks]]
at = "Elenco"
each = "guests"
columns = { "Data" = "guests.name", "Durata" = "guests.stayed" }
"""


@pytest.fixture
def back(visits: Office, template: Write, tmp_path: Path) -> Callable[..., Returned]:
    """Fills the template, has somebody edit the workbook, and reads it back."""

    def back(
        edit: Edit | None = None, text: str = OFFICE, *, write: bool = False, again: bool = False, **how: Any
    ) -> Returned:
        name = "visite"
        path = tmp_path / "visite.xlsx"
        if not again:
            template(text, name)
            period, partner = visits.profile.period("2021-Q2"), visits.workspace.partner
            reports.fill(visits, reports.template(visits, name), period, partner, path, only(visits, text))
        if edit:
            book = load_workbook(path)
            edit(book.worksheets[0])
            book.save(path)
        return read_report(visits, reports.template(visits, name), path, write=write, **how)

    return back


def only(visits: Office, text: str) -> str:
    return (
        next(doc["id"] for doc in visits.table("visits.visit").all() if doc["day"] == "2021-04-20")
        if text == EACH
        else ""
    )


def counts(outcome: Returned) -> tuple[int, int, int]:
    return outcome.new, outcome.changed, outcome.unchanged


def told(outcome: Returned) -> list[tuple[str, str, str]]:
    """Severity, code and cell of each problem."""
    return [(one.severity, one.code, getattr(one, "cell", "")) for one in outcome.problems]


def setting(**cells: Any) -> Edit:
    def edit(sheet: Worksheet) -> None:
        for cell, value in cells.items():
            sheet[cell] = value

    return edit
