"""Rows of a returned workbook: put in, copied, taken out, inside a record."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_tui.host.office import Office
from intarsi_tui.reporting import reports
from intarsi_tui.reporting.returned.report import Returned, read_report

from .conftest import EACH, NUMBERED, OFFICE, Write, counts, only, setting, told


def test_rows_and_columns_put_in_anywhere_do_not_hide_the_others(back: Callable[..., Returned]) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_rows(2, 3)
        sheet.insert_rows(10)
        sheet.insert_cols(2)

    assert counts(back(edit)) == (0, 0, 3)


@pytest.mark.parametrize("row", [6, 7, 9])
def test_a_row_put_in_by_hand_becomes_a_draft(back: Callable[..., Returned], visits: Office, row: int) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_rows(row)
        for column, value in enumerate((date(2021, 5, 3), "Okafor", "a casa", timedelta(minutes=50)), start=1):
            sheet.cell(row, column).value = value  # type: ignore[assignment]

    assert counts(back(edit, write=True)) == (1, 0, 3)
    (new,) = [doc for doc in visits.table("visits.visit").all() if doc["day"] == "2021-05-03"]
    assert (new["state"], new["length"], new["kind"]) == ("draft", 50, "home")
    assert counts(back(again=True, write=True)) == (0, 0, 4)


def test_a_total_below_the_rows_is_no_record(back: Callable[..., Returned], template: Write, visits: Office) -> None:
    file = template(OFFICE)
    book = load_workbook(file.with_name("visite.xlsx"))
    book["Visite"]["A27"], book["Visite"]["D27"] = "Totale", "=SUM(D6:D25)"
    book.save(file.with_name("visite.xlsx"))
    out = file.with_name("out.xlsx")
    period, partner = visits.profile.period("2021-Q2"), visits.workspace.partner
    reports.fill(visits, reports.template(visits, "visite"), period, partner, out)
    assert counts(read_report(visits, reports.template(visits, "visite"), out, write=False)) == (0, 0, 3)


def test_rows_inside_a_record_are_changed_and_added(back: Callable[..., Returned], visits: Office) -> None:
    edit = setting(A7="Tobia", A8="Nuovo", D8=time(0, 45), B2="sportello")
    outcome = back(edit, EACH, write=True, only=only(visits, EACH))
    assert outcome.problems == []
    assert counts(outcome) == (0, 1, 1)
    visit = next(doc for doc in visits.table("visits.visit").all() if doc["day"] == "2021-04-20")
    assert visit["guests"] == [
        {"name": "Ada", "stayed": 60},
        {"name": "Tobia", "stayed": 20},
        {"name": "Nuovo", "stayed": 45},
    ]
    assert visit["kind"] == "desk"


def test_of_two_equal_rows_inside_a_record_the_edited_one_changes(
    back: Callable[..., Returned], visits: Office
) -> None:
    visit = next(doc for doc in visits.table("visits.visit").all() if doc["day"] == "2021-04-20")
    visits.table("visits.visit").edit(visit["id"], {"guests": "Ada | 1h\nAda | 1h\nAda | 1h"})
    assert counts(back(setting(A7="Tobia"), EACH, write=True)) == (0, 1, 2)
    assert [row["name"] for row in visits.table("visits.visit").one(visit["id"])["guests"]] == ["Ada", "Tobia", "Ada"]


def test_a_copied_row_is_a_problem_whatever_was_changed_in_it(back: Callable[..., Returned], visits: Office) -> None:
    def copy(sheet: Worksheet) -> None:
        for column in range(1, 6):
            sheet.cell(9, column).value = sheet.cell(7, column).value
        sheet["C9"] = "sportello"

    outcome = back(copy, NUMBERED)
    assert told(outcome) == [("error", "copied_row", "Visite!B9")]
    assert "7" in outcome.problems[0].text("it")
    (problem,) = back(setting(B9=None), NUMBERED, again=True).problems
    assert problem.code == "required"  # a new visit, which has no family yet
