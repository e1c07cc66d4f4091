"""Cells and workbooks that cannot be taken in are named, and nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from intarsi_tui.host.office import Office
from intarsi_tui.reporting.problems import ReportError
from intarsi_tui.reporting.returned.report import Returned
from intarsi_tui.sheets import SheetError

from ..conftest import MAP
from .conftest import Edit, setting, told


def test_every_wrong_cell_is_named_and_nothing_is_written(back: Callable[..., Returned], visits: Office) -> None:
    before = visits.store.operations(1)[0].operation
    outcome = back(setting(A6="31/4/2021", B7="Nessuno", C7="boh", D8="tanto"), write=True)
    assert told(outcome) == [
        ("error", "no_such_day", "Visite!A6"),
        ("error", "not_in_list", "Visite!C7"),
        ("error", "no_such_record", "Visite!B7"),
        ("error", "not_minutes", "Visite!D8"),
    ]
    assert all(one.text("it") != one.text("en") for one in outcome.problems)
    assert not outcome.written
    assert visits.store.operations(1)[0].operation == before


def test_a_formula_without_a_value_is_named_as_such(back: Callable[..., Returned]) -> None:
    outcome = back(setting(C6="#N/A", D7="=1/24", B8="#REF!"))
    assert sorted(told(outcome)) == [
        ("error", "formula_error", "Visite!B8"),
        ("error", "formula_error", "Visite!C6"),
        ("error", "not_calculated", "Visite!D7"),
    ]
    assert "#N/A" in next(one.text("it") for one in outcome.problems if one.code == "formula_error")


def test_a_workbook_that_does_not_say_who_is_meant_takes_in_no_guesses(back: Callable[..., Returned]) -> None:
    outcome = back(setting(C7="sportello"), MAP)
    assert told(outcome) == [("error", "unnamed", "Visite!A7")]
    assert "Visite" in {getattr(one, "sheet", "") for one in outcome.problems}


def test_a_workbook_of_another_template_is_refused(back: Callable[..., Returned], tmp_path: Path) -> None:
    back()
    book = load_workbook(tmp_path / "visite.xlsx")
    book["Visite"].title = "Altro"
    for row in book["Altro"]["A1:E5"]:
        for cell in row:
            cell.value = None
    book.save(tmp_path / "visite.xlsx")
    with pytest.raises(ReportError, match="Visite"):
        back(again=True)


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (lambda sheet: sheet.delete_cols(3), ("Visite!C5", "Tipo", "Durata")),
        (lambda sheet: sheet.delete_rows(5), ("Visite!A5", "Data", "44300")),
        (setting(C5="Altro"), ("Visite!C5", "Tipo", "Altro")),
    ],
)
def test_a_column_without_its_header_is_not_taken_for_another(
    back: Callable[..., Returned], edit: Edit, wanted: tuple[str, str, str]
) -> None:
    with pytest.raises(SheetError) as caught:
        back(edit)
    error = caught.value
    assert error.code == "other_header"
    assert (error.cell, error.params["header"], error.params["found"]) == wanted
    assert error.text("it").startswith(f"visite.xlsx, {wanted[0]}: ")


def test_what_the_sheet_asks_to_write_by_hand_stays_in_it_and_keeps_nothing_else_from_being_taken_in(
    back: Callable[..., Returned],
) -> None:
    nothing = MAP.replace('"confirmed"', '"void"')
    outcome = back(setting(A6="1/5/2021"), nothing)
    assert told(outcome) == [("warning", "written_here", "Visite!A6")]
    assert outcome.problems[0].text("it").startswith("«1/5/2021», scritto a mano")
