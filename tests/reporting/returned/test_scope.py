"""What a returned workbook is about, as its own cells say, and who reads it wishes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_tui.host.office import Office
from intarsi_tui.reporting import reports
from intarsi_tui.reporting.problems import ReportError
from intarsi_tui.reporting.returned.report import Returned, read_report

from .conftest import EACH, SHEETS, counts, setting, told


def test_the_period_comes_from_the_workbook_or_from_whoever_reads_it(
    back: Callable[..., Returned], visits: Office, tmp_path: Path
) -> None:
    with pytest.raises(ReportError, match="--period"):
        back(setting(B2="chissà"))
    period = visits.profile.period("2021-Q2")
    found = reports.template(visits, "visite")
    assert counts(read_report(visits, found, tmp_path / "visite.xlsx", write=False, period=period)) == (0, 0, 3)


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


def test_copied_sheets_are_known_by_their_key_and_each_record_has_one(back: Callable[..., Returned]) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B1"], sheet.title = "01/01/1999", "Altro"

    assert told(back(edit, SHEETS)) == []

    def copy(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.copy_worksheet(sheet).title = "Copia"

    outcome = back(copy, again=True, text=SHEETS)
    assert [(one.code, one.sheet) for one in outcome.problems] == [("copied_sheet", "Copia")]  # type: ignore[attr-defined]
