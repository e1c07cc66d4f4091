"""An import that was left half way goes on, and what was said of columns is remembered."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.tui import kept_imports
from intarsi_tui.tui.kept_imports import KeptImport
from intarsi_tui.tui.screens.import_columns import ImportColumnsScreen
from intarsi_tui.tui.screens.import_done import ImportDoneScreen
from intarsi_tui.tui.screens.import_file import ImportScreen
from intarsi_tui.tui.terminal_app import HUNG_UP

from .pseudo_terminal import ENTER, F4, Pty
from .test_import import LOANS, code, count, home, saved

__all__ = ["home"]  # used by itself for each test


async def test_an_import_that_was_left_is_offered_again_with_all_that_was_said_about_it(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(
        home, f"Legnano;{code(filled)};31/4/2021;x", "Torpado;N-ZZZZZ;3/4/2021;y", headings="Bicicletta;Famiglia;Data prestito;Note"
    )  # fmt: skip
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "down", "enter", "'nucleo", "enter", "c")
        await press("enter", *["backspace"] * 9, "'30/4/2021", "enter", "home", "x")
        assert "– 3" in screen()
        await press("f2")
        assert "prestiti.csv" in screen(), "the home offers it, too"
    async with on(filled) as (app, press, screen):
        await press("f2", "r")
        assert isinstance(app.screen, ImportScreen)
        assert "L'importazione di prestiti.csv" in screen()
        await press("enter")
        assert isinstance(app.screen, ImportColumnsScreen)
        assert "✓ Nucleo" in screen()
        assert "valori corretti: 1, righe escluse: 1" in screen()
        await press("c")
        assert "✓ 2" in screen()
        assert "– 3" in screen()
        await press("i")
        assert isinstance(app.screen, ImportDoneScreen)
        await press("escape")
        assert "non è finita" not in screen()
    assert count(filled) == 31


async def test_an_import_whose_plugin_is_gone_says_what_it_waits_for(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, f"Legnano;{code(filled)};31/4/2021;x")
    async with on(filled) as (_app, press, _screen):
        await press("f4", "enter", "c", "enter", *["backspace"] * 9, "'30/4/2021", "enter")
    (filled.workspace.plugins / "bicycles.py").unlink()
    with open_office(filled.workspace, "it") as office:
        async with on(office) as (_app, press, screen):
            await press("f2")
            assert "Importa prestiti.csv: aspetta il plugin di «Loan»" in screen()
            assert "Riprendi" not in screen()


async def test_of_a_file_that_was_changed_since_only_the_same_rows_are_as_they_were(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    saved(home, f"Legnano;{code(filled)};31/4/2021;", f"Torpado;{code(filled)};32/4/2021;")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "c", "enter", *["backspace"] * 9, "'30/4/2021", "enter", "home", "x")
        assert app.screen.job.without == {3}
        await press("escape", "escape")
        saved(home, f"Legnano;{code(filled)};31/4/2021;", f"Bianchi;{code(filled)};2/4/2021;")
        await press("enter")
        assert "è cambiato da allora" in screen()
        assert app.screen.job.values == {(2, "lent_on"): "30/4/2021"}
        assert not app.screen.job.without, "another row stands there now"
        await press("c")
        assert "nuovi 2" in screen()


async def test_an_import_goes_on_where_its_file_was_moved_to(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    file = saved(home, f"Legnano;{code(filled)};31/4/2021;x")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "c", "enter", *["backspace"] * 9, "'30/4/2021", "enter", "escape", "escape")
        (home / "fatti").mkdir()
        file.rename(home / "fatti" / file.name)
        await press("ctrl+u")
        app.screen.reload()  # as when somebody else has written
        await press(f"'{home / 'fatti' / file.name}", "enter")
        assert "✓ Si riprende" in screen()
        assert app.screen.job.values == {(2, "lent_on"): "30/4/2021"}
    assert [one.path.parent.name for one in kept_imports.all_kept(filled)] == ["fatti"], "it is offered from there"


async def test_from_a_list_an_import_that_was_left_for_another_register_is_not_gone_on_with(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    file = saved(home, f"Legnano;{code(filled)};1/4/2021;")
    digest = sha256(file.read_bytes()).hexdigest()
    left = KeptImport(home / "altrove.csv", digest, "", "bicycles.household", (), {(2, "name"): "x"}, frozenset(), {})
    kept_imports.keep(filled, left)
    async with on(filled) as (app, press, _screen):
        await press("enter", "i", "ctrl+u", f"'{file}", "enter")
        assert isinstance(app.screen, ImportColumnsScreen)
        assert app.screen.job.look.table == LOANS
        assert not app.screen.job.values
    assert [one.path for one in kept_imports.all_kept(filled)] == [left.path]


async def test_an_import_that_was_left_can_be_begun_anew(filled: Office, home: Path, on: Callable[..., Any]) -> None:
    saved(home, f"Legnano;{code(filled)};1/4/2021;rosso")
    async with on(filled) as (_app, press, screen):
        await press("f4", "enter", "x", "escape")
        assert "non è finita" in screen()
        (home / "prestiti.csv").rename(home / "altro.csv")
        await press("f2", "f4")
        assert "il file non c'è più" in " ".join(screen().split())
        await press("ctrl+n")
        assert "non è finita" not in screen()
        assert "altro.csv" in screen()
        await press("f2", "f4")
        assert "non è finita" not in screen()


async def test_columns_are_taken_as_they_were_said_for_the_same_headings(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    headings = "Bicicletta;Famiglia;Data prestito;Note"
    saved(home, f"Legnano;{code(filled)};1/4/2021;x", headings=headings)
    async with on(filled) as (app, press, screen):
        await press("f4", "enter", "down", "enter", "'nucleo", "enter", "end", "x", "c", "i", "escape")
        saved(home, f"Bianchi;{code(filled)};2/4/2021;x", headings=headings, name="prestiti.csv")
        await press("enter")
        assert "✓ Nucleo (come prima)" in screen()
        assert "– esclusa (come prima)" in screen()
        await press("x")
        assert "✓ Bicicletta" not in screen()
        await press("x", "c")
        assert "nuovi 1" in screen()
        await press("i")
        assert isinstance(app.screen, ImportDoneScreen)
        await press("Y")
        assert app.clipboard.endswith("--column Famiglia=household --column Note=")


def test_leaving_in_the_middle_of_a_check_waits_for_nobody_and_offers_the_import_again(
    filled: Office, home: Path, at_pty: Callable[..., Pty]
) -> None:
    saved(home, *(f"Legnano {at};{code(filled)};1/4/2021;" for at in range(20_000)))
    terminal = at_pty(filled)
    terminal.until("Registri")
    for key, words in ((F4, "prestiti.csv"), (ENTER, "Passo 2"), ("c", "Controllo")):
        os.write(terminal._main, key.encode())
        terminal.until(words)
    assert terminal.hang_up() == HUNG_UP
    assert count(filled) == 30
    assert [one.path.name for one in kept_imports.all_kept(filled)] == ["prestiti.csv"]
