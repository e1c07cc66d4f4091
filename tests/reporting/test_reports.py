"""Partner templates filled from the registers."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from intarsi_tui.host import access
from intarsi_tui.host.office import Office
from intarsi_tui.reporting import indicators, reports
from intarsi_tui.reporting.problems import ReportError
from intarsi_tui.reporting.template import load_template

from .conftest import MAP

Write = Callable[..., Path]

PER_FAMILY = """
map = 1
it = "Scheda famiglia"
en = "Family sheet"
audience = "office"
record = "visits.visit"
scope = ["family"]

[cells]
"Visite!B1" = "family.surname"

[[blocks]]
at = "Elenco"
each = "guests"
sort = ["-day", "guests.name"]
columns = { "Data" = "day", "Famiglia" = "guests.name", "Durata" = "guests.stayed" }
"""


def fill(
    office: Office, name: str = "visite", period: str = "2021-Q2", out: Path | None = None
) -> list[reports.Filled]:
    return reports.fill(
        office, reports.template(office, name), office.profile.period(period), office.workspace.partner, out
    )


def told(office: Office, file: Path) -> str:
    return "\n".join(problem.text("it") for problem in load_template(file, office).problems)


def test_the_right_values_are_in_the_right_cells(visits: Office, template: Write) -> None:
    template()
    (filled,) = fill(visits)
    sheet = load_workbook(filled.path)["Visite"]
    assert [sheet[cell].value for cell in ("B1", "B2", "B3")] == [
        "I69E19001100002",
        "2° trimestre 2021",
        "Comune di Rimini",
    ]
    rows = [[cell.value for cell in row] for row in sheet["A6:E9"]]
    codes = {doc["surname"]: doc["code"] for doc in visits.table("visits.family").all()}
    assert [(row[0].date(), *row[1:]) for row in rows[:3]] == [
        (date(2021, 4, 14), codes["=1+1"], "sportello", timedelta(minutes=45), 0),
        (date(2021, 4, 20), codes["Okafor"], "a casa", timedelta(minutes=90), 2),
        (date(2021, 6, 2), codes["Okafor"], "sportello", timedelta(hours=2), 1),
    ]
    assert rows[3] == [None] * 5
    assert filled.rows == 3
    assert filled.path.name == "visite_rimini_2021-Q2.xlsx"


@pytest.mark.parametrize("path", ["family.surname", "family.story", "guests.name", "created_by", "internal_notes"])
@pytest.mark.parametrize("audience", ["lead", "public"])
def test_what_leaves_for_lead_or_public_cannot_name_a_personal_field(
    visits: Office, template: Write, path: str, audience: str
) -> None:
    file = template(MAP.replace('"family.code"', f'"{path}"').replace('"lead"', f'"{audience}"'))
    assert path in told(visits, file)
    with pytest.raises(ReportError):
        fill(visits)
    assert not list(visits.workspace.exports.iterdir())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('state = "confirmed"', 'created_by = "m.rossi"'),
        ('state = "confirmed"', 'guests = "Ada"'),
        ('sort = ["day"]', 'sort = ["family.surname"]'),
        ('sort = ["day"]', 'sort = ["-family.story"]'),
        ('"count(guests)"', '"sum(guests.stayed)"'),
        ('"profile.cup"', '"office.user"'),
    ],
)
def test_which_records_go_to_the_lead_and_in_which_order_tells_nothing_personal_either(
    visits: Office, template: Write, old: str, new: str
) -> None:
    assert "«lead» non può comparire" in told(visits, template(MAP.replace(old, new)))
    with pytest.raises(ReportError):
        fill(visits)


@pytest.mark.parametrize(("audience", "named"), [("office", True), ("lead", False)])
def test_a_file_is_not_called_by_what_its_reader_may_not_see(
    visits: Office, template: Write, audience: str, named: bool
) -> None:
    text = MAP.replace('["period", "partner"]', '["family"]').replace('"lead"', f'"{audience}"')
    template(text.partition("[[blocks]]")[0])
    names = [filled.path.name for filled in fill(visits)]
    assert len(names) == 2
    assert any("Okafor" in name for name in names) is named


def test_the_office_may_see_names(visits: Office, template: Write) -> None:
    template(MAP.replace("family.code", "family.surname").replace('"lead"', '"office"'))
    (filled,) = fill(visits)
    sheet = load_workbook(filled.path)["Visite"]
    assert sheet["B6"].value == "=1+1"
    assert sheet["B6"].data_type == "s"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('"kind"', '"kynd"', "kynd» … kind?"),
        ('"count(guests)"', '"count(day)"', "non è un elenco"),
        ('"count(guests)"', '"sum(kind)"', "non è una quantità"),
        ('"count(guests)"', '"guests"', "name, stayed"),
        ('"Tipo" =', '"Genere" =', "Genere"),
        ('"Visite!B1"', '"Foglio9!B1"', "Foglio9"),
        ('at = "Elenco"', 'at = "Elenchi"', "Elenchi"),
        ('"profile.cup"', '"profile.cap"', "profile.cap"),
        ('"visits.visit"', '"visits.visits"', "visits.visits"),
        ('["period", "partner"]', '["mese"]', "mese"),
        ('state = "confirmed"', 'state = "confermati"', "confermati"),
        ('state = "confirmed"', 'status = "confirmed"', "status"),
        ('audience = "lead"', 'audience = "capofila"', "capofila"),
        ("map = 1", "map = 2", "formato 1"),
        ("[[blocks]]", "[[block]]", "block"),
        ("map = 1", "map 1", "TOML"),
        ("map = 1", "map = 1\nvalid_from = 2020-01-10T00:00:00", "valid_from"),
        ("map = 1", "map = 1\ndate = 'kind'", "«kind» non è una data"),
        ("map = 1", "map = 1\nlang = 'fr'", "lang"),
        ('state = "confirmed"', 'kind = "casetta"', "a casa, sportello"),
        ('["period", "partner"]', '["family", "visit"]', "uno solo"),
        ('["period", "partner"]', "[1]", "scope"),
        ('sort = ["day"]', "sort = [1]", "sort"),
        ('"profile.cup"', '"visita.day"', "profile., partner."),
    ],
)
def test_a_map_that_does_not_fit_says_what_and_where(
    visits: Office, template: Write, old: str, new: str, wanted: str
) -> None:
    assert old in MAP
    text = told(visits, template(MAP.replace(old, new)))
    assert "visite.map.toml" in text
    for part in wanted.split(" … "):
        assert part in text
    with pytest.raises(ReportError):
        fill(visits)


def test_more_records_than_drawn_rows_get_new_rows(visits: Office, template: Write) -> None:
    template(rows=2)
    (filled,) = fill(visits)
    assert [cell.value for cell in load_workbook(filled.path)["Visite"]["C"][5:8]] == [
        "sportello",
        "a casa",
        "sportello",
    ]


def test_a_workbook_that_is_not_one_is_refused(visits: Office, template: Write) -> None:
    file = template()
    file.with_name("visite.xlsx").write_text("ciao")
    assert "visite.xlsx" in told(visits, file)
    file.with_name("visite.xlsx").unlink()
    assert "visite.xlsx" in told(visits, file)


def test_an_unknown_template_lists_those_there_are(visits: Office, template: Write) -> None:
    template()
    with pytest.raises(ReportError) as caught:
        fill(visits, "visita")
    assert "visite" in caught.value.problems[0].text("it")


def test_a_layout_of_a_later_year_is_not_used(visits: Office, template: Write) -> None:
    template(MAP + "", name="visite")
    template(MAP.replace("map = 1", "map = 1\nvalid_from = 2022-01-01"), name="nuovo")
    with pytest.raises(ReportError) as caught:
        fill(visits, "nuovo")
    assert "2022-01-01" in caught.value.problems[0].text("it")


def test_a_place_that_cannot_be_written_is_named(visits: Office, template: Write, tmp_path: Path) -> None:
    template()
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(ReportError) as caught:
        fill(visits, out=blocked / "a.xlsx")
    assert "a.xlsx" in caught.value.problems[0].text("it")


def test_the_same_report_twice_is_the_same_file(visits: Office, template: Write, tmp_path: Path) -> None:
    template()
    (first,), (second,) = fill(visits, out=tmp_path / "a.xlsx"), fill(visits, out=tmp_path / "b.xlsx")
    assert first.path.read_bytes() == second.path.read_bytes()


def test_record_text_never_becomes_a_path(office: Office, template: Write) -> None:
    families, visits = office.table("visits.family"), office.table("visits.visit")
    families.add({"surname": "../../etc/passwd"})
    template(PER_FAMILY.replace('"family.surname"', '"family.code"'), name="scheda")
    visits.add({"day": "2/6/2021", "family": "../../etc/passwd", "kind": "home", "length": "1"})
    (filled,) = fill(office, "scheda")
    assert filled.path.parent == office.workspace.exports
    assert os.sep not in filled.path.name


def test_nothing_to_report_is_said(visits: Office, template: Write) -> None:
    template(PER_FAMILY, name="scheda")
    for doc in visits.table("visits.visit").all():
        visits.table("visits.visit").void(doc["id"], "prova")
    with pytest.raises(ReportError) as caught:
        fill(visits, "scheda")
    assert caught.value.problems[0].code == "nothing_to_report"


def test_indicators_count_confirmed_records_of_the_period_and_so_far(visits: Office) -> None:
    counted = {one.indicator.name: one for one in indicators.count(visits, visits.profile.period("2021-Q2"))}
    assert (counted["visits"].in_period, counted["visits"].in_total) == (3, 4)
    # Okafor first came in the first quarter: new in the second is only the other family.
    assert (counted["families"].in_period, counted["families"].in_total) == (1, 2)
    assert counted["hours"].show(counted["hours"].in_period) == "4:15"
    assert counted["drafts"].in_period == 1
    assert (counted["spent"].in_period, counted["spent"].in_total) == (0.3, 0.4)
    assert counted["spent"].show(counted["spent"].in_period) == "0,30 €"


def test_a_file_is_never_named_to_the_lead(visits: Office, template: Write) -> None:
    """Its own name may be a person's, whatever class the field has; how many there are may be told."""
    template(MAP.replace('"Durata" = "length"', '"Durata" = "paper"'))
    with pytest.raises(ReportError) as caught:
        fill(visits)
    assert "«paper» è un dato personale:" in caught.value.problems[0].text("it")
    template(MAP.replace('"lead"', '"audit"').replace('"Durata" = "length"', '"Durata" = "paper"'))
    assert fill(visits)


def test_a_linked_record_that_is_called_by_another_one_is_named_in_full(visits: Office, template: Write) -> None:
    text = PER_FAMILY.replace('scope = ["family"]', 'scope = ["period"]').replace('"family.surname"', '"profile.cup"')
    text = text.replace('record = "visits.visit"', 'record = "visits.receipt"').replace('each = "guests"\n', "")
    text = text.replace('sort = ["-day", "guests.name"]', "").replace('"guests.name"', '"visit"')
    template(text.replace('"day"', '"issued"').replace(', "Durata" = "guests.stayed"', ""), name="ricevute")
    visit = visits.table("visits.visit").page(sort="day", limit=1)[0]
    visits.table("visits.receipt").add({"issued": "3/6/2021", "visit": visit["id"]})
    [filled] = fill(visits, "ricevute")
    code = next(doc["code"] for doc in visits.find("visits.family") if doc["id"] == visit["family"])
    assert code in str(load_workbook(filled.path)["Visite"]["B6"].value)


def test_a_damaged_value_names_its_record(visits: Office, template: Write) -> None:
    template()
    doc = visits.table("visits.visit").page(sort="day", limit=5)[1]
    visits.store.connection.rows(
        "UPDATE \"visits.visit\" SET doc = json_set(doc, '$.length', 'abc') WHERE uid = ?", (doc["id"],)
    )
    with pytest.raises(ReportError) as caught:
        fill(visits)
    told = caught.value.problems[0].text("it")
    assert str(doc["number"]) in told
    assert "intarsi check" in told
    with pytest.raises(ReportError):
        indicators.count(visits, visits.profile.period("2021-Q2"))


@pytest.mark.parametrize(
    ("merged", "choices", "wanted"),
    [
        ("C6:D6", "", ("error", "Durata", "C6:D6")),
        ("", "a casa", ("warning", "Tipo", "sportello")),
        ("", "a casa,sportello", None),
    ],
)
def test_the_check_finds_merged_cells_and_lists_that_lack_a_choice(
    visits: Office, template: Write, merged: str, choices: str, wanted: tuple[str, str, str] | None
) -> None:
    path = template().with_name("visite.xlsx")
    book = load_workbook(path)
    if merged:
        book["Visite"].merge_cells(merged)
    else:
        rule = DataValidation(type="list", formula1=f'"{choices}"')
        rule.add("C6:C25")
        book["Visite"].add_data_validation(rule)
    book.save(path)
    told = [(one.severity, one.where, one.text("it")) for one in reports.template(visits, "visite").problems]
    if wanted is None:
        assert told == []
    else:
        ((severity, where, text),) = told
        assert (severity, where) == (wanted[0], f"Elenco {wanted[1]}")
        assert wanted[2] in text


def test_a_refusal_names_its_file_once(visits: Office, template: Write) -> None:
    template().with_name("visite.xlsx").write_bytes(b"no workbook")
    with pytest.raises(ReportError) as caught:
        fill(visits)
    assert caught.value.problems[0].text("it").count("visite.xlsx") == 1


def test_a_workbook_is_noted_before_it_is_written_and_one_without_a_template_is_not(
    visits: Office, template: Write, tmp_path: Path
) -> None:
    template().with_name("visite.xlsx").write_bytes(b"no workbook")
    with pytest.raises(ReportError):
        fill(visits)
    assert list(access.entries(visits)) == []
    template()
    (tmp_path / "file").touch()
    with pytest.raises(ReportError):
        fill(visits, out=tmp_path / "file" / "visite.xlsx")
    assert [(one.what, one.detail) for one in access.entries(visits)] == [("filled", "visite 2021-Q2 rimini")]
