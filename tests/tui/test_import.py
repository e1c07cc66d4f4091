"""The import wizard: a file, its columns, what is wrong with it, and what was written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from intarsi_tui.host import access
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.tui.screens.import_check import ImportCheckScreen
from intarsi_tui.tui.screens.import_columns import ImportColumnsScreen
from intarsi_tui.tui.screens.import_done import ImportDoneScreen
from intarsi_tui.tui.screens.import_file import ImportScreen
from intarsi_tui.tui.screens.register import RegisterScreen

LOANS = "bicycles.loan"
HEADINGS = "Bicicletta;Nucleo;Data prestito;Colore"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    made = tmp_path / "casa"
    made.mkdir()
    monkeypatch.setenv("HOME", str(made))
    monkeypatch.setenv("USERPROFILE", str(made))
    return made


def saved(home: Path, *rows: str, headings: str = HEADINGS, name: str = "prestiti.csv") -> Path:
    (home / name).write_text("\n".join([headings, *rows]) + "\n", "utf-8")
    return home / name


def code(office: Office) -> str:
    return str(office.table("bicycles.household").page(sort="created_at", limit=1)[0]["code"])


def count(office: Office) -> int:
    return int(office.table(LOANS).count_of())


async def test_a_file_goes_from_its_folder_into_the_register_and_back_with_one_key(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, f"Legnano;{code(filled)};1/4/2021;rosso", f"Bianchi;{code(filled)};2/4/2021;verde")
    async with on(filled) as (app, press, screen):
        await press("f4")
        assert isinstance(app.screen, ImportScreen)
        assert "prestiti.csv" in screen()
        await press("enter")
        assert isinstance(app.screen, ImportColumnsScreen)
        assert "Registro (r) Prestiti" in screen()
        assert "✓ Data prestito" in screen()
        assert "Legnano · Bianchi" in screen()
        assert "! esclusa: sconosciuta" in screen()
        await press("c")
        assert isinstance(app.screen, ImportCheckScreen)
        assert "nuovi 2, modificati 0, invariati 0" in screen()
        assert "Colonne escluse: Colore" in screen()
        assert count(filled) == 30, "a dry run until the last key"
        await press("i")
        assert isinstance(app.screen, ImportDoneScreen)
        assert "aggiunti: 2" in screen()
        assert count(filled) == 32
        await press("u")
        assert "com'era prima" in screen()
        assert count(filled) == 30
        await press("enter")
        assert isinstance(app.screen, RegisterScreen)


async def test_the_row_of_headings_is_told_on_one_line(filled: Office, home: Path, on: Callable[..., Any]) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Elenco dei prestiti di"
    for row in (["Prestiti"], HEADINGS.split(";"), ["Legnano", code(filled), "1/4/2021", "rosso"]):
        book.active.append(row)
    book.save(home / "prestiti.xlsx")
    async with on(filled) as (_app, press, screen):
        await press("f4", "enter")
        assert "Intestazioni alla riga 2" in screen()


async def test_a_row_of_sums_is_left_out_and_one_key_takes_it_in(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, f"Legnano;{code(filled)};1/4/2021;", "Totale;10;;")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "c")
        assert "– 3" in screen()
        assert "Sembra la riga dei totali: esclusa" in screen()
        assert "nuovi 1, modificati 0" in screen()
        await press("home", "x")
        assert app.screen.job.command()[-2:] == ["--with", "3"]
        assert "▲ 3" in screen()
        await press("end", "x")
        assert "nuovi 1, modificati 0" in screen()


async def test_all_that_is_wrong_is_listed_and_corrected_in_place(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, f"Legnano;{code(filled)};31/4/2021;", f"Bianchi;{code(filled)};2/4/2021;", "Torpado;N-ZZZZZ;3/4/2021;")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "c")
        assert "▲ 2 errori" in screen()
        assert "▲ 2" in screen()
        assert "31/4/2021" in screen()
        await press("i")
        assert count(filled) == 30, "nothing is written while anything is wrong"
        await press("enter")
        assert "non esiste nel calendario" in screen()
        assert app.screen.query_one("#value").value == "31/4/2021"
        await press("backspace", *["backspace"] * 8, "'30/4/2021", "enter")
        assert "▲ 1 errore" in screen()
        assert "✓ 2" in screen()
        await press("home", "x")
        assert "– 4" in screen()
        assert "nuovi 2" in screen()
        await press("escape")
        assert isinstance(app.screen, ImportColumnsScreen)
        await press("c")
        assert "nuovi 2" in screen(), "going back loses nothing"
        await press("Y")
        words = f"import {home / 'prestiti.csv'} --column Colore= --correct 2:lent_on=30/4/2021 --without 4"
        assert app.clipboard == f"intarsi bicycles loan {words}"
        await press("i")
        assert "righe escluse: 1" in screen()
    assert {doc["lent_on"] for doc in filled.table(LOANS).page(search="legnano")} == {"2021-04-30"}


async def test_a_link_is_corrected_from_its_list(filled: Office, home: Path, on: Callable[..., Any]) -> None:
    saved(home, "Torpado;N-ZZZZZ;3/4/2021;")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "c", "enter", "'okoro", "enter")
        assert "nuovi 1" in screen()
        [line] = app.screen._entries
        uid = next(iter(app.screen.job.values.values()))
        assert line.value == filled.title("bicycles.household", uid), "nobody reads a UUID"
        assert "x toglie la correzione" in screen()
        await press("x", "x")
        assert "x riprende la riga" in screen()
        await press("x", "enter", "'okoro", "enter")
        await press("i")
    [loan] = filled.table(LOANS).page(search="torpado")
    assert filled.get("bicycles.household", loan["household"])["name"] == "Okoro"


async def test_a_column_is_said_by_hand_and_another_left_out(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, f"Legnano;{code(filled)};1/4/2021;x", headings="Bicicletta;Famiglia;Data prestito;Note")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter")
        assert "! nessuna colonna per: Nucleo" in screen()
        await press("down", "enter", "'nucleo", "enter")
        assert "nessuna colonna per" not in screen()
        await press("end", "x")
        await press("Y")
        assert app.clipboard.endswith("--column Famiglia=household --column Note=")
        await press("c", "i")
        assert "aggiunti: 1" in screen()
    assert "notes" not in filled.table(LOANS).page(search="legnano")[0]


async def test_what_all_rows_have_and_the_file_does_not_say_is_said_once(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(
        home,
        f"Legnano;{code(filled)};1/4/2021;",
        f"Bianchi;{code(filled)};2/4/2021;",
        headings=HEADINGS.replace("Colore", "Note"),
    )
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "v", "'tipo", "enter", "'bambino", "enter")
        assert "per tutte le righe: Tipo = da bambino" in screen()
        assert "--set kind=child" in " ".join(app.screen.job.command())
        await press("v", "'casco", "enter", "'sì", "enter")
        assert "Casco = sì" in screen()
        await press("v", "'casco")
        assert "togli" in screen()
        await press("enter")
        assert "Casco" not in screen()
        await press("escape")
        await press("enter")
        assert "Tipo = da bambino" in screen(), "it is kept, as all that was said of the file"
        await press("c", "i")
    added = filled.table(LOANS).page(sort="created_at", limit=40)
    assert [one["kind"] for one in added if one["bicycle"] in ("Legnano", "Bianchi")] == ["child", "child"]


async def test_from_a_list_the_import_is_for_that_register_and_leads_back(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, f"Legnano;{code(filled)};1/4/2021;")
    async with on(filled) as (app, press, screen):
        await press("enter", "i")
        assert "Importa ▸ Prestiti" in screen()
        await press("enter", "c", "i", "enter")
        assert isinstance(app.screen, RegisterScreen)
        assert "31" in screen().splitlines()[0]


async def test_the_same_file_again_changes_nothing(filled: Office, home: Path, on: Callable[..., Any]) -> None:
    saved(home, f"Legnano;{code(filled)};1/4/2021;")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "c", "i", "escape")
        assert isinstance(app.screen, ImportScreen)
        await press("enter", "c")
        assert "nuovi 0, modificati 0, invariati 1" in screen()
        await press("i")
        assert "ha già tutto" in screen()
    assert count(filled) == 31


async def test_sheet_and_register_can_be_others_than_guessed(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Note"
    book.active.append(["qualcosa"])
    book.create_sheet("Nuclei").append(["Cognome"])
    book["Nuclei"].append(["Ricci"])
    book.save(home / "due.xlsx")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter")
        assert "Registro (r) Nuclei   Foglio (f) Nuclei" in screen(), "a sheet of notes that stands first is not meant"
        await press("f", "'note", "enter")
        assert "▲ da scegliere" in screen()
        await press("f", "'nuclei", "enter")
        assert "Registro (r) Nuclei   Foglio (f) Nuclei" in screen()
        await press("c", "i")
        assert "aggiunti: 1" in screen()
        await press("Y")
        assert app.clipboard == f"intarsi bicycles household import {home / 'due.xlsx'} --sheet Nuclei"


async def test_a_file_for_another_register_than_the_chosen_one_says_for_which(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, "Tesfay;tigrino;x", headings="Cognome;Lingua;Note", name="elenco.csv")
    async with on(filled) as (_app, press, screen):
        await press("enter", "i", "enter")
        assert "Dalle intestazioni sembra destinato a: Nuclei" in " ".join(screen().split())
        await press("r")
        assert "▌ " in screen()
        assert "✓ Nuclei" in screen()


async def test_all_that_is_wrong_is_saved_for_whoever_made_the_file(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, "Legnano;N-ZZZZZ;31/4/2021;", f"Torpado;{code(filled)};1/4/2021;")
    async with on(filled) as (app, press, _screen):
        await press("f4", "enter", "c", "l")
        assert any("prestiti-problemi.xlsx" in notice.message for notice in app._notifications)
    sheet = openpyxl.load_workbook(filled.workspace.exports / "prestiti-problemi.xlsx").active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0] == ("Riga", "Campo", "Valore", "Tipo", "Che cosa non va")
    assert [row[:4] for row in rows[1:]] == [
        (2, "Nucleo", "N-ZZZZZ", "errore"),
        (2, "Data prestito", "31/4/2021", "errore"),
    ]
    entry = next(access.entries(filled))
    assert (entry.what, entry.table, entry.detail) == ("exported", LOANS, "prestiti-problemi.xlsx (2)")


async def test_a_corrected_value_of_a_row_that_is_left_out_does_not_count(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, f"Legnano;{code(filled)};31/4/2021;", f"Torpado;{code(filled)};1/4/2021;")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "c", "enter", *["backspace"] * 9, "'30/4/2021", "enter")
        app.screen.job.leave_out(2)
        app.screen.changed()
        await press("i", "i")
        assert "righe escluse: 1" in screen()
        assert "valori corretti qui: 0" in screen()


async def test_an_office_that_is_only_read_says_so_before_any_work_is_done(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, f"Legnano;{code(filled)};1/4/2021;")
    with open_office(filled.workspace, "it", read_only=True) as office:
        async with on(office) as (app, press, screen):
            await press("f4")
            assert "in sola lettura" in " ".join(screen().split())
            await press("enter")
            assert isinstance(app.screen, ImportScreen)


async def test_no_step_speaks_the_other_language(filled: Office, home: Path, on: Callable[..., Any]) -> None:
    saved(home, f"Legnano;{code(filled)};31/4/2021;")
    async with on(filled, 120, 40) as (_app, press, screen):
        text = ""
        for keys in (["f4"], ["enter"], ["enter"], ["escape", "c"], ["enter"], ["escape", "x"], ["x"]):
            await press(*keys)
            text += screen()
    for word in (
        "Import ",
        "Step",
        "Check",
        "Column",
        "Field",
        "Row",
        "Value",
        "Correct",
        "Sheet",
        "left out",
        "File of",
    ):
        assert word not in text
