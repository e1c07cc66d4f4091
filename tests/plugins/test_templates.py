"""The shipped workbooks: their maps fit them, their lists are the registers' own, and making them again changes nothing."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.reporting import reports
from intarsi_tui.resources import folder
from intarsi_tui.sheets.locate import find_room
from intarsi_tui.sheets.workbook import Workbook as Package

NAMES = (
    "attestato", "elenco_operatori", "foglio_firme", "foglio_ore", "ore_mediazione_mensili", "registro_alloggi",
    "registro_corsi", "registro_destinatari", "registro_destinatari_lead", "registro_incontri_abitare",
    "registro_materiali", "registro_mediazione", "registro_nuclei", "registro_presenze", "scheda_trimestrale",
    "soggetti_rete", "verbale_riunione",
)  # fmt: skip
TEMPLATES = folder("templates")


@pytest.fixture
def office(workspace: Workspace) -> Iterator[Office]:
    with open_office(workspace, "it") as opened:
        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_map_fits_its_workbook_and_its_registers(office: Office, name: str) -> None:
    assert [problem.text("it") for problem in reports.template(office, name).problems] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_workbook_names_project_partner_period_and_cofinancing(office: Office, name: str) -> None:
    mapped = reports.template(office, name).map
    assert mapped is not None
    wanted = {"profile.code", "profile.cup", "partner.name", "period.label", "profile.cofinancing"}
    assert wanted <= set(mapped.cells.values())


@pytest.mark.parametrize("name", NAMES)
def test_no_workbook_draws_more_rows_than_a_page_or_a_month_holds(office: Office, name: str) -> None:
    mapped = reports.template(office, name).map
    assert mapped is not None
    with Package(str(mapped.workbook)) as book:
        drawn = {block.at: len(find_room(book, block.at, list(block.columns)).rows) for block in mapped.blocks}
    assert {at: rows for at, rows in drawn.items() if rows > 31} == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_sheet_that_shows_is_one_page_wide_and_code_lists_do_not_print(office: Office, name: str) -> None:
    mapped = reports.template(office, name).map
    assert mapped is not None
    for sheet in load_workbook(mapped.workbook):
        prints = sheet.sheet_state == "visible"
        assert (sheet.title != "Elenchi", bool(sheet.print_area)) == (prints, prints)
        assert not prints or sheet.page_setup.fitToWidth == 1


def test_dropdowns_offer_exactly_the_words_that_the_register_writes(office: Office) -> None:
    fields = office.declarations["mediation.intervention"].by_name
    sheet = load_workbook(TEMPLATES / "registro_mediazione.xlsx")["Elenchi"]
    offered = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in sheet.iter_cols()}
    for header, name in (
        ("Tipo servizio", "service"),
        ("Categoria C2", "category"),
        ("Luogo", "place"),
        ("Esito", "outcome"),
    ):
        assert offered[header] == [label[0] for label in fields[name].kind.params["choices"].values()]


def test_the_leads_register_carries_pseudonyms_and_no_names(office: Office, tmp_path: Path) -> None:
    people = office.table("registry.person")
    saved = people.add(
        {
            "surname": "Adeyemi", "given_name": "Joy", "gender": "F", "birth_date": "1/5/2012", "citizenship": "NG",
            "take_in_date": "3/5/2021", "municipality": "Rimini", "notice_language": "Inglese", "notice_date": "3/5/2021",
        }
    ).doc  # fmt: skip
    people.confirm(saved["id"])
    template, period = reports.template(office, "registro_destinatari_lead"), office.profile.period("2021-Q2")
    (filled,) = reports.fill(office, template, period, office.workspace.partner, tmp_path)
    cells = {
        str(cell.value) for row in load_workbook(filled.path)["Registro"].iter_rows() for cell in row if cell.value
    }
    assert {saved["pseudonym"], "0–17 anni", "099014", "I69E19001100002", "2° trimestre 2021"} <= cells
    assert not {"Adeyemi", "Joy", "2012-05-01 00:00:00"} & cells


def test_making_the_workbooks_twice_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL", reason="Pillow draws the placeholders; it is for development only")
    monkeypatch.syspath_prepend(TEMPLATES)
    module = importlib.import_module("make")
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (first, second):
        module.save(module.certificate(), path)
    assert first.read_bytes() == second.read_bytes()
