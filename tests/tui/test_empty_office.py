"""An office of which nothing is written yet: every screen says what to do next, and with which key."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import create_workspace
from intarsi_tui.tui.plugin_screens import open_screen
from intarsi_tui.tui.screens.grid import GridScreen
from intarsi_tui.tui.screens.picker import Picker


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Office]:
    with open_office(create_workspace(tmp_path / "new", "rimini"), choose("it")) as opened:
        yield opened


async def test_every_mode_says_what_comes_next(new: Office, on: Callable[..., Any]) -> None:
    async with on(new) as (_app, press, screen):
        assert "Invio apre un registro, lì n inserisce; F4 importa" in screen()
        assert "▲" not in screen().splitlines()[-3], "the day's backup was made meanwhile"
        for keys, words in (
            (["f3", "enter"], "n inserisce il primo · i importa un file"),
            (["f5"], "vengono da sé dai registri (F3)"),
            (["d"], "vengono da sé dai registri (F3)"),
            (["f7"], "ciò che si salva nei registri (F3)"),
        ):
            await press(*keys)
            assert words in screen(), screen()


async def test_every_screen_of_a_plugin_says_what_is_missing_and_where_it_is_added(
    new: Office, on: Callable[..., Any]
) -> None:
    async with on(new) as (app, press, screen):
        for state in new.plugins:
            for one in state.screens:
                await press("f2", "f3", "f3")
                open_screen(app, one)
                await Pilot(app).pause()  # grids are read by another thread
                await app.workers.wait_for_complete()
                await Pilot(app).pause()
                told = " ".join(notice.message for notice in app._notifications)
                assert not isinstance(app.screen, Picker), one.name
                assert "inserisc" in (screen() if isinstance(app.screen, GridScreen) else told), (told, screen())


async def test_what_is_called_by_the_words_stands_above_what_is_only_found_by_them(
    new: Office, on: Callable[..., Any]
) -> None:
    async with on(new, 100, 30) as (_app, press, screen):
        await press("f3", "slash", "'presenze")
        lines = screen().splitlines()
        called, found = (
            next(at for at, line in enumerate(lines) if word in line) for word in ("Presenze del corso", "Fogli ore")
        )
        assert called < found


async def test_an_empty_register_offers_what_can_be_done_there_until_it_has_a_record(
    new: Office, on: Callable[..., Any]
) -> None:
    def hints() -> str:
        return screen().splitlines()[-2]

    async with on(new, 200, 30) as (app, press, screen):
        app.open_register("registry.body")
        await press("home")
        assert "n Nuovo" in hints()
        assert "Actions" in str(app.screen.active_bindings), "a screen such as that of beds is where records come from"
        assert not [one for one in ("e Modifica", "/ Filtra", "s Ordina", "o Conferma", "d Annulla") if one in hints()]
        await press("slash", "'interventi")
        assert "/ interventi" in screen(), "what is typed after / is never taken for keys"
        await press("escape")
        new.table("registry.body").add({"name": "Caritas", "nature": "school"})
        app.reload()
        await press("home")
        assert all(one in hints() for one in ("e Modifica", "/ Filtra", "s Ordina")), hints()
        await press("slash", "'zzz", "enter")
        assert "e Modifica" not in hints()
        assert "/ Filtra" in hints()
