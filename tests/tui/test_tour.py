"""The guided tour of a demo follows what the person does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import Workspace, create_workspace
from intarsi_tui.tui import tour


@pytest.fixture
def demo(tmp_path: Path) -> Any:
    made = create_workspace(tmp_path / "demo", "rimini")
    settings = made.path / "intarsi.toml"
    settings.write_text(settings.read_text("utf-8") + "\n[demo]\nseed = 1\ntoday = 2021-04-14\n", "utf-8")
    with open_office(Workspace(made.path), choose("it")) as office:
        yield office


async def test_the_tour_goes_on_when_one_has_done_what_it_says(demo: Office, on: Callable[..., Any]) -> None:
    async with on(demo) as (app, press, screen):

        async def told(words: str) -> None:
            app._look_at_tour()
            await press("f1", "escape")
            assert words in " ".join(screen().split()), screen()

        assert "t Visita guidata" in screen()
        await press("t")
        await told("Visita 1/7 Premere F3 (due volte se c'è aperto un elenco), andare su «Operatori»")
        await press("f3", "enter")
        await told("Visita 1/7")
        await press("escape", "down", "enter")
        await told("Visita 2/7")
        await press("n")
        await told("Visita 3/7")
        await press("ctrl+s")
        await told("Visita 4/7")
        await press("'Rossi", "tab", "'Anna", "f12")
        assert "La visita aspetta: F12 la riprende" in screen()
        assert "Visita 4/7" not in screen()
        await press("f12", "ctrl+s")
        await told("Visita 5/7")
    async with on(demo) as (app, press, screen):
        assert "Visita" not in screen().replace("Visita guidata", ""), "nobody is taken on a tour unasked"
        await press("f12")
        assert "Visita 5/7" in screen(), "it goes on where it was left"
        await press("u")
        await told("Visita 6/7")
        demo.workspace.exports.joinpath("report.xlsx").write_bytes(b"")
        await told("La visita è finita")
        await press("f12")
        assert "Visita" not in screen().replace("Visita guidata", "").replace("La visita aspetta", "")


async def test_a_real_office_says_where_the_tour_is(filled: Office, on: Callable[..., Any]) -> None:
    assert not tour.offered(filled)
    async with on(filled) as (app, press, screen):
        assert "Visita" not in screen()
        await press("t")
        assert not app._notifications
        await press("f12")
        assert "«intarsi demo»" in " ".join(screen().split())
        assert not app.tour.on


async def test_a_form_that_is_filled_in_at_once_goes_on_too(demo: Office, on: Callable[..., Any]) -> None:
    async with on(demo) as (app, press, _screen):
        await press("t", "f3", "escape", "f3", "down", "enter")
        app._look_at_tour()
        await press("n")
        app._look_at_tour()
        assert app.tour.at == 2
        await press("'Rossi", "tab", "'Anna", "ctrl+s")
        app._look_at_tour()
        assert app.tour.at == 4


async def test_the_key_of_the_mode_one_is_in_leads_to_its_first_screen(demo: Office, on: Callable[..., Any]) -> None:
    async with on(demo) as (app, press, _screen):
        await press("f3", "enter")
        assert len(app.screen_stack) == 2
        await press("f3")
        assert len(app.screen_stack) == 1
        await press("enter", "n", "f3")
        assert len(app.screen_stack) == 3, "what is being typed stays"


async def test_a_demo_that_is_open_for_reading_has_no_tour(demo: Office) -> None:
    with open_office(Workspace(demo.workspace.path), choose("it"), read_only=True) as office:
        assert not tour.offered(office)
