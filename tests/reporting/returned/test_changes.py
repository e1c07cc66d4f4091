"""What somebody edited in a filled workbook is taken in, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_tui.host.office import Office
from intarsi_tui.reporting.returned.report import Returned

from ..conftest import MAP
from .conftest import EACH, OFFICE, counts, setting, told


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


@pytest.mark.parametrize("typed", ["Okafor", " òkafor", "{code}", "{code} Okafor"])
def test_another_familys_name_leads_to_that_family(typed: str, back: Callable[..., Returned], visits: Office) -> None:
    family = next(doc for doc in visits.table("visits.family").all() if doc["surname"] == "Okafor")
    assert counts(back(setting(B6=typed.format(code=family["code"])), write=True)) == (0, 1, 2)
    visit = next(doc for doc in visits.table("visits.visit").all() if doc["day"] == "2021-04-14")
    assert visit["family"] == family["id"]


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


def test_a_list_of_links_is_taken_as_the_cell_prints_it(back: Callable[..., Returned], visits: Office) -> None:
    text = OFFICE.replace('"count(guests)"', '"helpers"')
    codes = {doc["surname"]: doc["code"] for doc in visits.table("visits.family").all()}
    names = f"{codes['Okafor']} Okafor, {codes['=1+1']} =1+1"
    outcome = back(setting(E7=names), text, write=True)
    assert (outcome.problems, outcome.changed) == ([], 1)
    assert counts(back(again=True, text=text)) == (0, 0, 3)
    outcome = back(setting(E7=f"{names}, Nessuno"), text, again=True)
    assert told(outcome) == [("error", "no_such_record", "Visite!E7")]


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
