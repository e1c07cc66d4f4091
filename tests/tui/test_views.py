"""What a person makes of a list: columns, order, marks, and views of it under a name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner

from intarsi_tui.cli.main import cli
from intarsi_tui.host import views
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.tui.screens.register import RegisterScreen

LOANS = "bicycles.loan"


async def test_columns_are_chosen_moved_and_widened_and_stay_so_for_the_person(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "c")
        assert "[x] N." in screen()
        assert "[ ] Restituita il" in screen()
        # The number goes; the bicycle comes first and gets 14 columns of its own.
        await press("space", "down", "left", "plus", "enter")
        assert [column.name for column in app.screen.list.columns][:2] == ["bicycle", "household"]
        assert "Bicicletta" in screen().splitlines()[2][:14]
        await press("f10")
    with open_office(filled.workspace, "it") as again:
        async with on(again) as (app, press, screen):
            assert app.screen.list.columns[0].name == "bicycle"
            assert app.screen.list.columns[0].width == 14
            await press("c", "r", "enter")
            assert app.screen.list.columns[0].name == "number"
    with open_office(filled.workspace, "it") as other:
        other.store.user = "g.bianchi"
        assert views.view(other, LOANS, "") is None


async def test_columns_that_have_no_place_are_reached_sideways_and_the_first_one_stays(
    filled: Office, on: Callable[..., Any]
) -> None:
    columns = ("number", "bicycle", "household", "lent_on", "returned_on", "lesson", "kind", "notes", "state")
    views.keep(filled, LOANS, views.View(columns=tuple((name, 14) for name in columns)))
    async with on(filled) as (app, press, screen):
        await press("enter")
        heading = screen().splitlines()[2]
        assert heading.startswith(" ›N.")
        assert "Tipo" not in heading
        await press(*["right"] * 6)
        heading = screen().splitlines()[2]
        assert heading.startswith("‹›N.")
        assert "Tipo" in heading
        assert "Bicicletta" not in heading
        assert app.screen.list.text_at_cursor() == "da città"
        await press(*["left"] * 6)
        assert "Bicicletta" in screen().splitlines()[2]


async def test_a_view_is_kept_chosen_renamed_and_deleted(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "slash", "'tesfay", "enter", "right", "s", "v", "n", "'Le mie", "enter")
        assert "/ tesfay · Bicicletta ▲" in screen()
        await press("enter", "escape", "v", "home", "enter")
        assert "30   ordinati: Data prestito" in screen()
        await press("v", "down", "enter")
        assert "10 di 30   ordinati: Bicicletta ▲   vista: Le mie" in screen()
        await press("Y")
        assert app.clipboard == "intarsi bicycles loan list --view 'Le mie'"
        await press("escape")
        assert "vista: Le mie, modificata" in screen()
        await press("v", "enter")
        await press("v", "r", "'Mie", "enter")
        assert [one.name for one in views.views(filled, LOANS)] == ["Mie"]
        await press("delete", "enter")
        assert views.views(filled, LOANS) != [], "Enter alone deletes nothing"
        await press("delete", "right", "enter", "escape")
        assert views.views(filled, LOANS) == []


def test_a_command_shows_a_view(filled: Office) -> None:
    views.keep(filled, LOANS, views.View("Le mie", "tesfay", "bicycle", (("bicycle", 0), ("lent_on", 0))))
    base = ["-w", str(filled.workspace.path), "--lang", "it", "bicycles", "loan", "list", "--format", "csv", "--view"]
    shown = CliRunner().invoke(cli, [*base, "le MIE"])
    assert shown.stdout.splitlines()[:2] == ["Bicicletta,Data prestito", "Atala 00,01/03/2021"]
    assert len(shown.stdout.splitlines()) == 11
    wrong = CliRunner().invoke(cli, [*base, "altra"])
    assert wrong.exit_code == 2
    assert "ci sono: Le mie" in wrong.stderr


async def test_the_same_name_in_other_letters_is_the_same_view(filled: Office) -> None:
    views.keep(filled, LOANS, views.View("Perché", "uno"))
    views.keep(filled, LOANS, views.View("PERCHE", "due"))
    views.keep(filled, LOANS, views.View("Altra"))
    views.rename(filled, LOANS, "altra", "perche")
    assert [one.name for one in views.views(filled, LOANS)] == ["perche"]


async def test_marked_records_are_voided_in_one_step(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "space", "space", "shift+down")
        assert "segnati: 4" in screen()
        assert [line[1] for line in screen().splitlines()[3:8]] == ["*", "*", "*", "*", " "]
        await press("d", "'doppi", "tab", "tab", "enter")
        assert "Annullati: 4" in screen()
        void = [doc["bicycle"] for doc in filled.table(LOANS).page() if doc["state"] == "void"]
        assert void == ["Atala 29", "Atala 28", "Atala 27", "Atala 26"]
        await press("u")
        assert not [doc for doc in filled.table(LOANS).page() if doc["state"] == "void"]
        await press("escape")
        assert isinstance(app.screen, RegisterScreen)
        assert "segnati" not in screen()


async def test_all_are_marked_and_none_again_and_drafts_among_them_confirmed(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "ctrl+a")
        assert "segnati: 30" in screen()
        await press("o")
        assert "Confermati: 29" in screen()
        await press("ctrl+a")
        assert "segnati" not in screen()
    assert {doc["state"] for doc in filled.table(LOANS).page()} == {"confirmed"}


async def test_marked_records_are_exported_and_copied_as_a_spreadsheet_takes_them(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "space", "space", "y")
        rows = [line.split("\t") for line in app.clipboard.splitlines()]
        assert [row[1] for row in rows] == ["Bicicletta", "Atala 29", "Atala 28"]
        await press("x")
        assert "2 record scritti" in screen()
        await press("x")
    written: list[Path] = sorted(filled.workspace.exports.glob("*.xlsx"))
    assert [path.name for path in written] == ["loan-2021-04-14-2.xlsx", "loan-2021-04-14.xlsx"]
    sheet = openpyxl.load_workbook(written[1]).active
    assert [cell.value for cell in sheet["B"]] == ["Bicicletta", "Atala 29", "Atala 28"]


async def test_only_another_view_of_the_same_name_is_asked_about(filled: Office, on: Callable[..., Any]) -> None:
    views.keep(filled, LOANS, views.View("Altra", "okoro"))
    async with on(filled) as (_app, press, screen):
        await press("enter", "slash", "'tesfay", "enter", "v", "n", "'altra", "enter")
        assert "C'è già una vista «Altra»" in screen()
        await press("enter")
        assert [one.search for one in views.views(filled, LOANS)] == ["okoro"], "Enter alone replaces nothing"


async def test_the_order_of_a_list_is_kept_like_its_columns(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "right", "s", "escape", "enter")
        assert "ordinati: Bicicletta ▲" in screen()
