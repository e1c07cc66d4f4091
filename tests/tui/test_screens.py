"""The other screens: home, history, reports, plugins, palette; both languages; windows of all sizes."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.tui.screens.registers import RegistersScreen

LOANS = "bicycles.loan"
MAP = """map = 1
it = "Elenco dei prestiti"
en = "List of loans"
audience = "office"
record = "bicycles.loan"
scope = ["period", "partner"]

[cells]
"B1" = "period.label"

[[blocks]]
at = "Prestiti"
columns = { "Bicicletta" = "bicycle", "Data" = "lent_on" }
"""


async def test_home_shows_registers_indicators_and_the_last_changes(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, _press, screen):
        first = screen().splitlines()[0]
        assert "INTARSI PROG-2832 · Comune di Rimini" in first
        assert "2° trimestre 2021" in first
        assert "m.rossi" in first
        assert "1  Prestiti" in screen()
        assert re.search(r"Prestiti +\d+ +\d+ +█? ?[▁-█] +\d+%", screen())
        assert "aggiunto: Prestito" in screen()


async def test_a_digit_goes_to_an_action_line_and_function_keys_to_the_modes(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, screen):
        await press("down", "1")
        assert app.screen.registers.cursor == 0
        for key, words in (
            ("f3", "Bozze"),
            ("f6", "Periodo (p)"),
            ("f7", "Da → a"),
            ("f8", "✓ caricato"),
            ("f2", "Indicatori"),
        ):
            await press(key)
            assert words in screen(), key
        await press("f3", "enter", "f2", "f3", "escape")
        assert isinstance(app.screen, RegistersScreen)
        await press("down", "1", "slash", "'noleggio")
        assert "1 di 2" in screen(), "found by its other words too"
        assert "Prestiti" in screen()
        assert "Nuclei" not in screen()
        await press("enter", "enter")
        assert app.screen.table_name == LOANS
        await press("escape", "escape")
        assert "Nuclei" in screen(), "Esc takes the filter away first"


async def test_who_comes_back_to_the_registers_by_their_key_or_goes_to_an_action_line_sees_all_of_them(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, screen):
        await press("f3", "slash", "'nuclei", "enter", "enter", "escape")
        assert "Prestiti" not in screen(), "Esc leads back to what was looked for"
        await press("f2", "f3")
        assert "Prestiti" in screen()
        await press("slash", "'nuclei", "enter", "1")
        assert "Prestiti" in screen()
        assert app.screen.query_one("RecordTable").cursor == 0


async def test_an_open_form_waits_while_one_looks_elsewhere(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "n", "'Legnano", "f2", "f3")
        assert "Legnano" in screen()


async def test_history_tells_from_what_to_what_and_takes_back_an_operation(
    filled: Office, on: Callable[..., Any]
) -> None:
    uid = filled.table(LOANS).page(search="atala 29")[0]["id"]
    filled.table(LOANS).edit(uid, {"lesson": "2"})
    async with on(filled, 120, 40) as (_app, press, screen):
        await press("f7")
        assert "Lezione: 1:30 → 2:00" in screen()
        await press("u")
        assert "modificato," in screen(), "the question says which record it is about"
        await press("enter")
        assert filled.table(LOANS).one(uid)["lesson"] == 120, "Enter alone is no"
        await press("u", "right", "enter")
        assert filled.table(LOANS).one(uid)["lesson"] == 90
        await press("home", "u")
        assert "Rifare ciò che" in screen()
        await press("right", "enter")
        assert "Rifatto: Prestito" in screen(), screen()
        assert filled.table(LOANS).one(uid)["lesson"] == 120
        filled.table(LOANS).remove(doc_ids=[filled.table(LOANS).page(search="atala 28")[0].doc_id])
        await press("f3", "f7")
        assert "Atala 28" in screen(), "a record that is gone keeps its name"
        assert "disfatto" in screen()


async def test_a_broken_plugin_says_why_and_where(workspace: Workspace, on: Callable[..., Any]) -> None:
    (workspace.plugins / "guasto.py").write_text('"""Does not load."""\nimport nowhere_at_all\n', "utf-8")
    with open_office(workspace, choose("it")) as office:
        async with on(office) as (app, press, screen):
            assert "! Plugin guasti: guasto" in screen()
            await press("f8", "end")
            assert "nowhere_at_all" in screen()
            assert "guasto.py:2" in screen().replace("\n", "").replace(" ", "")
            assert "→ Correggere il file" in screen()
            await press("space")
            assert "disattivato dal prossimo avvio" in screen()
            assert "▲ guasto → spento" in screen()
            assert "guasto" in Workspace(workspace.path).disabled
            await press("space")
            assert "attivo dal prossimo avvio" in screen()
            await press("tab")
            assert app.focused.id == "explained", "the keyboard reaches what does not fit"
    assert "guasto" not in Workspace(workspace.path).disabled
    assert Workspace(workspace.path).profile.code == "PROG-2832"


async def test_of_many_broken_plugins_home_tells_the_number_and_a_reason_is_told_once(
    workspace: Workspace, on: Callable[..., Any]
) -> None:
    wrong = """from intarsi_tui import Plugin, Record, Text, field
class Thing(Record, it="Cosa", en="Thing", plural=("Cose", "Things"), title=("nothing",)):
    name: Text = field(it="Nome", en="Name", privacy="internal")
plugin = Plugin("{name}", it="Guasto", en="Broken", records=[Thing])
"""
    for name in ("aa", "bb", "cc", "dd"):
        (workspace.plugins / f"{name}.py").write_text(wrong.format(name=name), "utf-8")
    with open_office(workspace, choose("it")) as office:
        async with on(office, 80, 24) as (_app, press, screen):
            assert "! Plugin guasti: 4." in screen()
            await press("f8", "end")
            assert screen().count("P005 thing") == 1


async def test_a_report_is_filled_and_its_path_is_shown(filled: Office, on: Callable[..., Any]) -> None:
    import openpyxl
    from openpyxl.worksheet.table import Table

    folder = filled.workspace.path / "templates"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A3"], book.active["B3"] = "Periodo", "Bicicletta", "Data"
    book.active.add_table(Table(displayName="Prestiti", ref="A3:B40"))
    book.save(folder / "prestiti.xlsx")
    (folder / "prestiti.map.toml").write_text(MAP, "utf-8")
    (folder / "rotto.map.toml").write_text("map = 1\nit = 3\n", "utf-8")
    async with on(filled, 120, 40) as (app, press, screen):
        await press("f6")
        assert "Elenco dei prestiti" in screen()
        assert "▲" in screen()
        names = [template.name for template in app.screen._templates]
        await press(*["down"] * names.index("rotto"), "enter")
        assert "Non compilato" in screen()
        await press("escape", "home", *["down"] * names.index("prestiti"), "enter")
        assert "nessun record da riportare" in screen()
        assert "! mancano: 1" in screen()
        await press("p", "'1 trim 2021", "enter")
        assert "✓ non manca niente" in screen()
        assert "30 righe" in screen()
        assert "Allegati (f) no" in screen()
        await press("f")
        assert "Allegati (f) sì" in screen()
        assert list(filled.workspace.exports.iterdir()) == [], "a preview writes nothing"
        await press("s", "enter")
        assert "✓ Scritto" in screen()
        assert "prestiti_rimini_2021-Q1.xlsx" in screen()
    assert "prestiti_rimini_2021-Q1.xlsx" in [path.name for path in filled.workspace.exports.iterdir()]


async def test_the_palette_speaks_the_language_and_goes_to_any_register(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("ctrl+p", "'nuclei", "enter")
        assert "Biciclette ▸ Nuclei" in screen()
        await press("ctrl+p", "'altri colori", "enter")
        assert app.theme == "intarsi-light"


@pytest.mark.parametrize("office", ["en"], indirect=True)
async def test_in_english_no_italian_is_left(filled: Office, on: Callable[..., Any]) -> None:
    seen = []
    async with on(filled) as (_app, press, screen):
        for keys in (
            ["enter"],
            ["n"],
            ["f1"],
            ["escape", "escape"],
            ["d"],
            ["escape"],
            ["f6"],
            ["f7"],
            ["f8"],
            ["f2"],
            ["ctrl+p"],
        ):
            await press(*keys)
            seen.append(screen())
    text = "\n".join(seen)
    for word in (
        "Salva",
        "Invio",
        "Indietro",
        "Prestit",
        "bozza",
        "Registri",
        "Conferma",
        "Annull",
        "modifiche",
        "trim",
    ):
        assert word not in text
    for word in ("Save", "Enter", "Back", "Loans", "draft", "Registers", "Commands", "Void", "History"):
        assert word in text


@pytest.mark.parametrize("size", [(59, 24), (80, 15)])
async def test_a_window_that_is_too_small_says_so(
    filled: Office, on: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with on(filled, *size) as (_app, press, screen):
        assert "troppo piccola" in screen()
        await press("enter", "n")
        assert "troppo piccola" in screen()


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 60)])
async def test_no_screen_fails_at_any_size(filled: Office, on: Callable[..., Any], size: tuple[int, int]) -> None:
    async with on(filled, *size) as (_app, press, screen):
        for keys in (
            ["enter"],
            ["enter"],
            ["e"],
            ["pagedown"],
            ["escape", "escape", "n"],
            ["f1"],
            ["escape"],
            ["f3"],
            ["f6"],
            ["f7"],
            ["f8"],
            ["f9"],
            ["f2"],
        ):
            await press(*keys)
            assert all(len(line) <= size[0] for line in screen().splitlines())


async def test_without_colours_the_cursor_and_the_states_can_be_read(
    filled: Office, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with on(filled) as (_app, press, screen):
        await press("enter", "down")
        assert sum(line.startswith("▌") for line in screen().splitlines()) == 1
        assert "! bozza" in screen()
