"""What a report would lack, told before it is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.host.office import Office
from intarsi_tui.reporting import reports
from intarsi_tui.reporting.preview import Preview, previews
from intarsi_tui.reporting.problems import ReportError

from .conftest import MAP

Write = Callable[..., Path]


def preview(office: Office, period: str = "2021-Q2", name: str = "visite") -> list[Preview]:
    template = reports.template(office, name)
    return previews(office, template, office.profile.period(period), office.workspace.partner)


def test_drafts_that_stay_out_are_told_with_who_wrote_them(visits: Office, template: Write) -> None:
    template()
    (one,) = preview(visits)
    assert (one.rows, one.path.name) == (3, "visite_rimini_2021-Q2.xlsx")
    [gap] = one.missing
    assert gap.why == "bozze che restano fuori: 1"
    assert gap.who == visits.name_of(visits.user)
    assert visits.get(gap.table, gap.uid)["state"] == "draft"  # type: ignore[index]
    assert not list(visits.workspace.exports.iterdir()), "nothing is written"


def test_an_empty_cell_says_where_why_and_who_keeps_it(visits: Office, template: Write) -> None:
    template(MAP.replace('"Visite!B1" = "profile.cup"', '"Visite!B1" = "indicator.visits.families.target"'))
    assert next((gap.place, gap.why) for gap in preview(visits)[0].missing) == (
        "Visite!B1",
        "l'indicatore non ha un valore obiettivo",
    )


def test_a_record_that_the_workbook_is_about_is_named_when_its_cell_is_empty(visits: Office, template: Write) -> None:
    text = MAP.replace('scope = ["period", "partner"]', 'scope = ["visit"]').replace('"profile.cup"', '"visit.paper"')
    template(text.replace('"visit.paper"', '"visit.town"').replace('filter = { state = "confirmed" }\n', ""))
    found = preview(visits)
    gaps = [gap for one in found for gap in one.missing if gap.place == "Visite!B1"]
    assert len(gaps) == 1, "the draft has no town"
    assert "è vuoto in Visita" in gaps[0].why
    assert gaps[0].table == "visits.visit"


def test_columns_that_may_be_empty_are_counted_and_required_ones_are_gaps(visits: Office, template: Write) -> None:
    template(MAP.replace('"family.code"', '"town"').replace('filter = { state = "confirmed" }\n', ""))
    (one,) = preview(visits)
    assert one.optional == {"Famiglia": 1}
    assert one.missing == []


def test_a_period_without_records_is_a_gap_and_no_surprise_later(visits: Office, template: Write) -> None:
    template()
    assert [gap.why for gap in preview(visits, "2021-Q3")[0].missing] == ["nessun record da riportare"]


def test_what_cannot_be_filled_is_refused_in_the_same_words(visits: Office, template: Write) -> None:
    template(MAP.replace('"family.code"', '"family.surname"'))
    with pytest.raises(ReportError):
        preview(visits)
