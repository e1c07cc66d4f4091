"""Several workbooks of one template, and several sheets of one workbook."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from intarsi_tui.host.office import Office
from intarsi_tui.reporting import reports
from intarsi_tui.reporting.preview import previews
from intarsi_tui.reporting.problems import ReportError

from .test_reports import PER_FAMILY, Write, fill


def test_one_workbook_for_each_linked_record_with_one_row_for_each_inner_row(visits: Office, template: Write) -> None:
    template(PER_FAMILY, name="scheda")
    filled = {load_workbook(one.path)["Visite"]["B1"].value: one for one in fill(visits, "scheda")}
    assert set(filled) == {"Okafor", "=1+1"}
    sheet = load_workbook(filled["Okafor"].path)["Visite"]
    assert [sheet[f"B{row}"].value for row in range(6, 10)] == ["Ada", "Ada", "Tobi", None]
    assert [one.rows for one in filled.values()] in ([3, 0], [0, 3])


def test_between_two_workbooks_one_can_stop_and_what_is_written_is_whole(
    visits: Office, template: Write, tmp_path: Path
) -> None:
    template(PER_FAMILY, name="scheda")
    told = []

    def going(done: int, total: int) -> None:
        told.append((done, total))
        if done == 1:
            raise InterruptedError

    scope = reports.template(visits, "scheda"), visits.profile.period("2021-Q2"), visits.workspace.partner
    with pytest.raises(InterruptedError):
        reports.fill(visits, *scope, tmp_path, going=going)
    assert told == [(0, 2), (1, 2)]
    (one,) = tmp_path.glob("*.xlsx")
    assert load_workbook(one)["Visite"]["B1"].value in ("Okafor", "=1+1")
    told.clear()
    with pytest.raises(InterruptedError):
        previews(visits, *scope, going=going)


PER_SHEET = """
map = 1
it = "Visite per famiglia"
en = "Visits by family"
audience = "lead"
record = "visits.visit"
scope = ["period"]
filter = { state = "confirmed" }

[sheets]
copy = "Visite"
group_by = "family"

[cells]
"Visite!B1" = "family"
"Visite!B2" = "family.code"
"Visite!B3" = "period.label"

[[blocks]]
at = "Elenco"
sort = ["day"]
columns = { "Data" = "day", "Tipo" = "kind" }
"""


def test_one_sheet_for_each_group_with_its_own_rows_and_title(visits: Office, template: Write) -> None:
    template(PER_SHEET, name="fogli")
    [filled] = fill(visits, "fogli")
    book = load_workbook(filled.path)
    codes = {doc["surname"]: doc["code"] for doc in visits.find("visits.family")}
    assert set(book.sheetnames) == set(codes.values())
    sheet = book[codes["Okafor"]]
    assert (sheet["B1"].value, sheet["B2"].value, sheet["B3"].value) == (codes["Okafor"],) * 2 + ("2° trimestre 2021",)
    assert [sheet[f"C{row}"].value for row in (6, 7, 8)] == ["a casa", "sportello", None]
    assert filled.rows == 3


def test_sheets_grouped_by_a_choice_are_called_by_its_wording(visits: Office, template: Write) -> None:
    template(PER_SHEET.replace('"family"', '"kind"').replace('"family.code"', '"profile.cup"'), name="fogli")
    [filled] = fill(visits, "fogli")
    assert load_workbook(filled.path).sheetnames == ["a casa", "sportello"]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (('"family"', '"guests"'), "guests"),
        (('copy = "Visite"', 'copy = "Visita"'), "Visita"),
        (('copy = "Visite"', 'copia = "Visite"'), "copia"),
        (('group_by = "family"', ""), "group_by"),
    ],
)
def test_groups_that_cannot_be_had_are_named(
    visits: Office, template: Write, change: tuple[str, str], part: str
) -> None:
    template(PER_SHEET.replace(*change), name="fogli")
    with pytest.raises(ReportError) as caught:
        fill(visits, "fogli")
    assert part in " ".join(problem.text("it") for problem in caught.value.problems)


def test_several_workbooks_do_not_go_into_one_file(visits: Office, template: Write, tmp_path: Path) -> None:
    template(PER_FAMILY, name="scheda")
    with pytest.raises(ReportError) as caught:
        fill(visits, "scheda", out=tmp_path / "one.xlsx")
    assert "2" in caught.value.problems[0].text("it")
    assert not (tmp_path / "one.xlsx").exists()
