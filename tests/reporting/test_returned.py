"""Filled workbooks that come back edited: what was changed in them, and nothing else, is taken in."""

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_tui.host.office import Office
from intarsi_tui.reporting import reports
from intarsi_tui.reporting.problems import ReportError
from intarsi_tui.reporting.returned import Returned, read_report
from intarsi_tui.sheets import SheetError

from .conftest import MAP

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
            reports.fill(visits, reports.template(visits, name), period, partner, path, _only(visits, text))
        if edit:
            book = load_workbook(path)
            edit(book.worksheets[0])
            book.save(path)
        return read_report(visits, reports.template(visits, name), path, write=write, **how)

    return back


def _only(visits: Office, text: str) -> str:
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


@pytest.mark.parametrize("text", [MAP, OFFICE, EACH])
def test_what_nobody_edited_changes_nothing(back: Callable[..., Returned], text: str) -> None:
    outcome = back(text=text)
    assert (outcome.new, outcome.changed, outcome.problems, outcome.changes) == (0, 0, [], [])
    assert outcome.unchanged == (2 if text == EACH else 3)


def test_an_edited_cell_is_exactly_that_change_and_one_step_of_undo(
    back: Callable[..., Returned], visits: Office
) -> None:
    outcome = back(setting(C7="sportello"), write=True)
    assert counts(outcome) == (0, 1, 2)
    (change,) = outcome.changes
    assert (change.cell, change.label, change.before, change.after) == ("Visite!C7", "Tipo", "a casa", "sportello")
    kinds = {doc["day"]: doc["kind"] for doc in visits.table("visits.visit").all()}
    assert kinds["2021-04-20"] == "desk"
    assert visits.store.operations(1)[0].label == "import visite.xlsx"
    visits.store.undo()
    assert {doc["day"]: doc["kind"] for doc in visits.table("visits.visit").all()}["2021-04-20"] == "home"


def test_a_trial_writes_nothing(back: Callable[..., Returned], visits: Office) -> None:
    before = visits.store.operations(1)[0].operation
    assert counts(back(setting(C7="sportello"))) == (0, 1, 2)
    assert visits.store.operations(1)[0].operation == before


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


def test_every_wrong_cell_is_named_and_nothing_is_written(back: Callable[..., Returned], visits: Office) -> None:
    before = visits.store.operations(1)[0].operation
    outcome = back(setting(A6="31/4/2021", B7="Nessuno", C7="boh", D8="tanto"), write=True)
    assert told(outcome) == [
        ("error", "no_such_day", "Visite!A6"),
        ("error", "not_in_list", "Visite!C7"),
        ("error", "nobody", "Visite!B7"),
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


def test_another_familys_name_leads_to_that_family(back: Callable[..., Returned], visits: Office) -> None:
    families = {doc["surname"]: doc["id"] for doc in visits.table("visits.family").all()}
    assert counts(back(setting(B6="Okafor"), write=True)) == (0, 1, 2)
    visit = next(doc for doc in visits.table("visits.visit").all() if doc["day"] == "2021-04-14")
    assert visit["family"] == families["Okafor"]


def test_an_emptied_cell_and_a_deleted_row_take_nothing_away(back: Callable[..., Returned]) -> None:
    outcome = back(setting(D6=None, A7=None, B7=None, C7=None, D7=None, E7=None))
    assert counts(outcome) == (0, 0, 2)
    assert told(outcome) == [("warning", "left_empty", "Visite!D6")]
    assert outcome.without_row == 1


def test_what_the_register_changed_since_stays(back: Callable[..., Returned], visits: Office) -> None:
    back()
    visit = next(doc for doc in visits.table("visits.visit").all() if doc["day"] == "2021-04-20")
    visits.table("visits.visit").edit(visit["id"], {"length": "3"})
    outcome = back(setting(C8="a casa"), again=True, write=True)
    assert (outcome.changed, outcome.newer) == (1, 1)
    assert told(outcome) == [("warning", "newer", "Visite!D7")]
    assert visits.table("visits.visit").one(visit["id"])["length"] == 180


def test_records_that_were_voided_since_do_not_come_back_as_drafts(
    back: Callable[..., Returned], visits: Office
) -> None:
    back()
    visit = next(doc for doc in visits.table("visits.visit").all() if doc["day"] == "2021-04-20")
    visits.table("visits.visit").void(visit["id"], "inserita due volte")
    assert back(again=True).new == 0


def test_rows_inside_a_record_are_changed_and_added(back: Callable[..., Returned], visits: Office) -> None:
    edit = setting(A7="Tobia", A8="Nuovo", D8=time(0, 45), B2="sportello")
    outcome = back(edit, EACH, write=True, only=_only(visits, EACH))
    assert outcome.problems == []
    assert counts(outcome) == (0, 1, 1)
    visit = next(doc for doc in visits.table("visits.visit").all() if doc["day"] == "2021-04-20")
    assert visit["guests"] == [
        {"name": "Ada", "stayed": 60},
        {"name": "Tobia", "stayed": 20},
        {"name": "Nuovo", "stayed": 45},
    ]
    assert visit["kind"] == "desk"


def test_a_workbook_that_does_not_say_who_is_meant_takes_in_no_guesses(back: Callable[..., Returned]) -> None:
    outcome = back(setting(C7="sportello"), MAP)
    assert told(outcome) == [("error", "unnamed", "")]
    assert "Visite" in {getattr(one, "sheet", "") for one in outcome.problems}


def test_the_period_comes_from_the_workbook_or_from_whoever_reads_it(
    back: Callable[..., Returned], visits: Office, tmp_path: Path
) -> None:
    with pytest.raises(ReportError, match="--period"):
        back(setting(B2="chissà"))
    period = visits.profile.period("2021-Q2")
    found = reports.template(visits, "visite")
    assert counts(read_report(visits, found, tmp_path / "visite.xlsx", write=False, period=period)) == (0, 0, 3)


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


def test_copied_sheets_are_known_by_their_key_and_each_record_has_one(back: Callable[..., Returned]) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B1"], sheet.title = "01/01/1999", "Altro"

    assert told(back(edit, SHEETS)) == []

    def copy(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.copy_worksheet(sheet).title = "Copia"

    outcome = back(copy, again=True, text=SHEETS)
    assert [(one.code, one.sheet) for one in outcome.problems] == [("copied_sheet", "Copia")]  # type: ignore[attr-defined]


def test_a_wish_that_the_workbook_contradicts_is_refused(back: Callable[..., Returned], visits: Office) -> None:
    assert counts(back(period=visits.profile.period("2021-Q2"))) == (0, 0, 3)
    with pytest.raises(ReportError) as caught:
        back(again=True, period=visits.profile.period("2021-Q1"))
    assert [one.code for one in caught.value.problems] == ["other_period"]
    others = [one for one in visits.profile.partners.values() if one != visits.workspace.partner]
    with pytest.raises(ReportError) as caught:
        back(again=True, partner=others[0])
    assert [one.code for one in caught.value.problems] == ["other_partner"]


def test_a_record_that_the_workbook_is_not_about_is_refused(back: Callable[..., Returned], visits: Office) -> None:
    other = next(doc["id"] for doc in visits.table("visits.visit").all() if doc["day"] == "2021-06-02")
    with pytest.raises(ReportError) as caught:
        back(text=EACH, only=other)
    assert [one.code for one in caught.value.problems] == ["other_about"]


@pytest.mark.parametrize("value", [None, "Comune di Nessuno"])
def test_an_unknown_partner_is_not_taken_for_the_own_one(
    back: Callable[..., Returned], visits: Office, value: str | None
) -> None:
    with pytest.raises(ReportError, match="--partner"):
        back(setting(B3=value))
    assert counts(back(again=True, partner=visits.workspace.partner)) == (0, 0, 3)


def test_a_list_of_links_is_taken_as_the_cell_prints_it(back: Callable[..., Returned], visits: Office) -> None:
    text = OFFICE.replace('"count(guests)"', '"helpers"')
    codes = {doc["surname"]: doc["code"] for doc in visits.table("visits.family").all()}
    names = f"{codes['Okafor']} Okafor, {codes['=1+1']} =1+1"
    outcome = back(setting(E7=names), text, write=True)
    assert (outcome.problems, outcome.changed) == ([], 1)
    assert counts(back(again=True, text=text)) == (0, 0, 3)
    outcome = back(setting(E7=f"{names}, Nessuno"), text, again=True)
    assert told(outcome) == [("error", "nobody", "Visite!E7")]


def test_what_was_undone_can_be_read_again(back: Callable[..., Returned], visits: Office) -> None:
    back(setting(C7="sportello"), write=True)
    visits.store.undo()
    assert counts(back(again=True)) == (0, 1, 2)
    visits.store.redo()
    assert counts(back(again=True)) == (0, 0, 3)
    visits.store.undo()
    assert (outcome := back(again=True, write=True)).problems == []
    assert outcome.changed == 1


KINDS = st.sampled_from(["a casa", "sportello"])
LENGTHS = st.integers(1, 40).map(lambda quarters: timedelta(minutes=15 * quarters))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(st.sampled_from([6, 7, 8]), KINDS, LENGTHS), max_size=3, unique_by=lambda row: row[0]))
def test_any_edits_come_back_as_themselves(
    back: Callable[..., Returned], rows: list[tuple[int, str, timedelta]]
) -> None:
    before: dict[int, tuple[Any, Any]] = {}

    def edit(sheet: Worksheet) -> None:
        for row, kind, length in rows:
            before[row] = sheet.cell(row, 3).value, sheet.cell(row, 4).value
            sheet.cell(row, 3).value, sheet.cell(row, 4).value = kind, length

    outcome = back(edit)
    differ = {
        (f"Visite!{letter}{row}")
        for row, *now in rows
        for letter, one, was in zip("CD", now, before[row], strict=True)
        if one != was
    }
    assert {change.cell for change in outcome.changes} == differ
    assert outcome.changed == len({cell[-1] for cell in differ})


def test_of_two_equal_rows_inside_a_record_the_edited_one_changes(
    back: Callable[..., Returned], visits: Office
) -> None:
    visit = next(doc for doc in visits.table("visits.visit").all() if doc["day"] == "2021-04-20")
    visits.table("visits.visit").edit(visit["id"], {"guests": "Ada | 1h\nAda | 1h\nAda | 1h"})
    assert counts(back(setting(A7="Tobia"), EACH, write=True)) == (0, 1, 2)
    assert [row["name"] for row in visits.table("visits.visit").one(visit["id"])["guests"]] == ["Ada", "Tobia", "Ada"]
