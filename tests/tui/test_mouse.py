"""What keys do, the mouse does too: hints, modes, sections, marks, columns, and a click beside a list."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.tui.screens.form import FormScreen
from intarsi_tui.tui.screens.picker import Picker
from intarsi_tui.tui.screens.register import RegisterScreen
from intarsi_tui.tui.widgets.grid_table import GridTable

from .test_plugin_screens import NUMBERS


async def click(app: App[Any], screen: Callable[[], str], words: str, times: int = 1) -> None:
    """Clicks on the last place on the screen where `words` stand."""
    lines = screen().splitlines()
    y = max(at for at, line in enumerate(lines) if words in line)
    await Pilot(app).click(offset=(lines[y].index(words) + 1, y), times=times)
    await app.workers.wait_for_complete()
    await Pilot(app).pause()


async def test_every_hint_and_every_mode_can_be_clicked(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled, 120, 40) as (app, press, screen):
        for words, title in (
            ("Importa", "Importa"), ("Calendario", "Calendario"), ("Report", "Report"), ("Storia", "Storia"),
            ("Plugin", "Plugin"), ("Impostazioni", "Impostazioni"), ("Registri", "Registri"),
        ):  # fmt: skip
            await click(app, screen, words)
            assert screen().startswith(f" {title}"), words
        await click(app, screen, "Prestiti", times=2)
        assert isinstance(app.screen, RegisterScreen)
        await click(app, screen, "Ordina")
        assert "ordinati: Creato il ▲" in screen() or "ordinati: N." in screen()
        await click(app, screen, "Filtra")
        await press("'04")
        assert "Atala 04" in screen()
        assert "Atala 05" not in screen()
        await press("escape")
        await click(app, screen, "Nuovo")
        assert isinstance(app.screen, FormScreen)
        await click(app, screen, "Indietro")
        assert isinstance(app.screen, RegisterScreen)


async def test_sections_lists_and_marks_of_a_form_can_be_clicked(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("f3", "enter", "n")
        await click(app, screen, "2 Dettagli")
        assert "Accessori" in screen()
        await click(app, screen, "▾")  # the last list of the section: who else rode
        assert isinstance(app.screen, Picker)
        await click(app, screen, "[ ]")
        assert "[x]" in screen()
        await click(app, screen, "[x]")
        assert "[x]" not in screen()
        await Pilot(app).click(offset=(1, 1))
        assert isinstance(app.screen, FormScreen), "a click beside the window closes it"


async def test_the_wheel_with_shift_goes_through_the_columns_of_a_grid(
    workspace: Workspace, on: Callable[..., Any]
) -> None:
    (workspace.plugins / "work.py").write_text(NUMBERS, "utf-8")
    with open_office(workspace, choose("it")) as office:
        async with on(office) as (app, press, screen):
            await press("ctrl+p", "'foglio", "enter", "down")
            table = app.screen.query_one(GridTable)

            async def turn(event: type[MouseScrollDown] | type[MouseScrollUp]) -> None:
                table.post_message(event(table, 20, 3, 0, 1, 0, True, False, False))  # type: ignore[arg-type]
                await Pilot(app).pause()

            await turn(MouseScrollDown)
            await turn(MouseScrollDown)
            assert table.at == ("Anna", "c2")
            await turn(MouseScrollUp)
            assert table.at == ("Anna", "c1")
            await press("ctrl+right")
            assert table.at == ("Anna", "c5"), "a page of columns"
            assert "Nome" in screen().splitlines()[2]
            await press("ctrl+left", "ctrl+left")
            assert table.at == ("Anna", "c0")
