"""Paths that begin with a step backwards, indicators as values, and blocks that hold everything so far."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from intarsi_tui.host.office import Office
from intarsi_tui.reporting import indicators, reports
from intarsi_tui.reporting.paths import View, compile_path
from intarsi_tui.reporting.problems import ReportError
from intarsi_tui.reporting.template import load_template

from .conftest import MAP

Write = Callable[..., Path]

PER_FAMILY = """
map = 1
it = "Famiglie"
en = "Families"
audience = "lead"
record = "visits.family"

[[blocks]]
at = "Elenco"
sort = ["-count(visits.visit by family)"]

[blocks.columns]
"Famiglia" = "code"
"Data" = "list(visits.visit.day by family)"
"Tipo" = 'any(visits.visit by family, kind = "home", state = "confirmed")'
"Durata" = "sum(visits.visit.length by family)"
"Presenti" = "count(visits.visit.guests by family)"
"""


def filled(office: Office, name: str, period: str = "2021-Q2") -> list[list[Any]]:
    template = reports.template(office, name)
    (one,) = reports.fill(office, template, office.profile.period(period), office.workspace.partner)
    return [[cell.value for cell in row] for row in load_workbook(one.path)["Visite"]["A6:E12"]]


def value(office: Office, path: str, surname: str, audience: str = "office") -> Any:
    (family,) = office.find("visits.family", surname=surname)
    compiled = compile_path(path, office.declarations["visits.family"], office)
    return compiled.excel(family, View(office, audience), "it")


def test_what_links_to_a_record_is_told_in_its_row(visits: Office, template: Write) -> None:
    template(PER_FAMILY, name="famiglie")
    codes = {doc["surname"]: doc["code"] for doc in visits.table("visits.family").all()}
    rows = filled(visits, "famiglie")
    assert rows[0] == ["02/01/2021, 20/04/2021, 02/06/2021", codes["Okafor"], "X", timedelta(minutes=270), 3]
    assert rows[1] == [datetime(2021, 4, 14), codes["=1+1"], None, timedelta(minutes=45), 0]


def test_drafts_and_void_records_are_not_gone_back_to_unless_they_are_asked_for(visits: Office) -> None:
    assert value(visits, "count(visits.visit by family)", "Okafor") == 3
    assert value(visits, 'count(visits.visit by family, state = "draft")', "Okafor") == 1
    desk = next(doc for doc in visits.table("visits.visit").all() if doc["kind"] == "desk" and doc["length"] == 120)
    visits.table("visits.visit").void(desk["id"], "prova")
    assert value(visits, "count(visits.visit by family)", "Okafor") == 2
    assert value(visits, 'any(visits.visit by family, kind = "desk")', "Okafor") is None


def test_a_filter_takes_several_values_and_people_s_wording(visits: Office) -> None:
    assert value(visits, 'count(visits.visit by family, kind = ["home", "sportello"])', "Okafor") == 3
    assert value(visits, 'count(visits.visit by family, kind = "sportello", town = "Rimini")', "=1+1") == 1


def test_a_record_that_nothing_links_to_has_nothing(visits: Office) -> None:
    visits.table("visits.family").add({"surname": "Sow"})
    assert value(visits, "count(visits.visit by family)", "Sow") == 0
    assert value(visits, "sum(visits.visit.length by family)", "Sow") == timedelta()
    assert value(visits, "list(visits.visit.day by family)", "Sow") is None


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("any(visits.visitt by family)", "visits.visitt"),
        ("any(visits.visit by town)", "family"),
        ("any(visits.visit by kind)", "family"),
        ("list(visits.visit by family)", "length"),
        ("sum(visits.visit.kind by family)", "non è una quantità"),
        ("list(visits.visit.dai by family)", "day?"),
        ('any(visits.visit by family, kynd = "home")', "kind?"),
        ('any(visits.visit by family, kind = "casetta")', "a casa, sportello"),
        ("any(visits.visit by family, kind = home)", "filtro"),
        ('any(visits.visit by family, kind = "home"}', "any"),
        ("any(code)", "any(code)"),
    ],
)
def test_a_step_backwards_that_does_not_fit_says_why(visits: Office, template: Write, path: str, wanted: str) -> None:
    text = PER_FAMILY.replace('"count(visits.visit.guests by family)"', f"'{path}'")
    told = "\n".join(problem.text("it") for problem in load_template(template(text, name="famiglie"), visits).problems)
    assert "Presenti" in told
    assert wanted in told


@pytest.mark.parametrize(
    "path",
    [
        "list(visits.visit.guests.name by family)",
        "sum(visits.visit.guests.stayed by family)",
        "count(visits.visit.guests by family)",
        'any(visits.visit by family, created_by = "m.rossi")',
        'count(visits.visit by family, guests = "Ada")',
        "list(visits.visit.internal_notes by family)",
    ],
)
def test_a_step_backwards_tells_the_public_nothing_either(visits: Office, template: Write, path: str) -> None:
    text = PER_FAMILY.replace('"count(visits.visit.guests by family)"', f"'{path}'").replace('"lead"', '"public"')
    told = "\n".join(problem.text("it") for problem in load_template(template(text, name="famiglie"), visits).problems)
    assert f"{path}» è un dato" in told or f"{path}» non esce mai" in told
    with pytest.raises(ReportError):
        filled(visits, "famiglie")
    # Even a path that nobody refused finds nothing.
    assert value(visits, path, "Okafor", "public") in (None, 0, timedelta())


def test_indicators_are_values_of_a_map(visits: Office, template: Write) -> None:
    cells = '"Visite!B1" = "indicator.visits.hours.period"\n"Visite!B2" = "indicator.visits.visits.total"\n'
    cells += '"Visite!B3" = "indicator.visits.visits.target"'
    start, _, rest = MAP.partition("[cells]")
    template(f"{start}[cells]\n{cells}\n\n[[blocks]]{rest.partition('[[blocks]]')[2]}")
    (one,) = reports.fill(
        visits, reports.template(visits, "visite"), visits.profile.period("2021-Q2"), visits.workspace.partner
    )
    sheet = load_workbook(one.path)["Visite"]
    assert [sheet[cell].value for cell in ("B1", "B2", "B3")] == [timedelta(minutes=255), 4, 10]


def test_a_target_that_nobody_set_is_said_to_be_empty(visits: Office, template: Write) -> None:
    template(MAP.replace('"profile.cup"', '"indicator.visits.spent.target"'))
    (one,) = reports.fill(
        visits, reports.template(visits, "visite"), visits.profile.period("2021-Q2"), visits.workspace.partner
    )
    assert one.missing[0].place == "Visite!B1"


def test_an_indicator_that_does_not_exist_is_refused_with_those_like_it(visits: Office, template: Write) -> None:
    told = load_template(template(MAP.replace('"profile.cup"', '"indicator.visits.our.period"')), visits).problems
    assert "visits.hours.period" in told[0].text("it")
    assert len(told[0].choices) <= 12


def test_checking_a_map_reads_no_register(visits: Office, template: Write) -> None:
    file = template(MAP.replace('"profile.cup"', '"indicator.visits.hours.period"'))
    visits.store.close()
    assert load_template(file, visits).problems == []


def test_indicators_of_a_workbook_are_those_of_its_partner(visits: Office) -> None:
    period = visits.profile.period("2021-Q2")
    counts = {
        code: {one.indicator.name: one.in_total for one in indicators.count(visits, period, code)}
        for code in ("", "rimini", "modena")
    }
    assert counts["rimini"] == counts[""]
    assert counts["modena"]["visits"] == 0


def test_a_block_so_far_holds_everything_up_to_the_periods_end(visits: Office, template: Write) -> None:
    template(MAP.replace('filter = { state = "confirmed" }', 'so_far = true\nfilter = { state = "confirmed" }'))
    days = {
        period: [row[0].date() for row in filled(visits, "visite", period) if row[0]]
        for period in ("2021-Q1", "2021-Q2")
    }
    assert days["2021-Q1"] == [date(2021, 1, 2)]
    assert days["2021-Q2"] == [date(2021, 1, 2), date(2021, 4, 14), date(2021, 4, 20), date(2021, 6, 2)]
