"""The session comes back where it was left; a window made small and large again changes nothing."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.store import open_store
from intarsi_tui.tui import session
from intarsi_tui.tui.app import IntarsiApp
from intarsi_tui.tui.screens.home import HomeScreen
from intarsi_tui.tui.screens.register import RegisterScreen
from intarsi_tui.tui.screens.reports import ReportsScreen
from intarsi_tui.tui.widgets.record_table import RecordTable
from intarsi_tui.tui.widgets.too_small import TooSmall

LOANS = "bicycles.loan"


async def test_the_list_comes_back_with_its_filter_sort_and_row(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, _screen):
        await press("enter", "right", "s", "slash", "'atala", "enter", "down", "down", "f10")
    async with on(filled) as (app, press, screen):
        assert isinstance(app.screen, RegisterScreen)
        assert "/ atala" in screen()
        assert "30 di 30   ordinati: Bicicletta ▲" in screen()
        assert app.screen.at_cursor["bicycle"] == "Atala 02"
        await press("escape", "escape", "f6", "f10")
    async with on(filled) as (app, press, _screen):
        assert isinstance(app.screen, ReportsScreen)
        await press("f2", "f10")
    async with on(filled) as (app, _press, _screen):
        assert isinstance(app.screen, HomeScreen)


async def test_a_register_that_is_gone_is_not_gone_back_to(filled: Office, on: Callable[..., Any]) -> None:
    for place in (session.Place("registers", "gone.register"), session.Place("registers", LOANS, sort="-gone")):
        session.keep(filled, place)
        async with on(filled) as (app, _press, _screen):
            assert isinstance(app.screen, HomeScreen)


async def test_who_comes_back_to_a_list_is_told_of_a_form_not_saved(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, _screen):
        await press("enter", "n", "'Legnano", "escape", "f10")
    async with on(filled) as (_app, _press, screen):
        assert "Una scheda non è ancora salvata" in screen()


async def test_a_window_made_small_says_so_over_a_dialog_too_and_large_again_all_is_where_it_was(
    filled: Office,
) -> None:
    app = IntarsiApp(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", "n")
        for size in ((20, 5), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.press("x")
            assert app.screen.query_one(TooSmall).region.height == (5 if size[1] == 5 else 0)
        assert "nx" in str(app.screen.query_one("#typed").render()), (
            "what is typed in a window that is too small is typed nowhere"
        )
        await pilot.press("escape")
        await pilot.press("enter")
        await pilot.pause()
        for size in ((50, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert isinstance(app.focused, RecordTable)
        await pilot.press("down")
        assert app.focused.cursor == 1


async def test_a_clock_set_back_a_year_is_told_and_work_goes_on(
    filled: Office, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTARSI_NOW", "2020-04-14T09:00:00+00:00")
    async with on(filled) as (_app, press, screen):
        assert "indietro di 365 giorni" in " ".join(screen().split())
        await press("enter", "n", "'Legnano", "ctrl+s")
    assert filled.store.verify().findings == []


async def test_a_save_that_waits_says_for_whom_as_far_as_it_is_known(
    filled: Office, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on(filled) as (app, _press, _screen):
        with open_store(filled.store.path, create=False).connection.transaction():
            saving = asyncio.create_task(
                app.in_background(lambda: filled.table("bicycles.household").add({"name": "Abebe"}))
            )
            async with asyncio.timeout(20):
                while not app._notifications:
                    await asyncio.sleep(0)
            assert [one.message for one in app._notifications] == [
                "Un altro programma sta scrivendo in questo ufficio: si aspetta che finisca …"
            ]
        await saving
        for user, told in (
            ("g.bianchi", r"g\.bianchi sta scrivendo dalle \d\d:\d\d, .*"),
            ("m.rossi", "Un'altra finestra .*"),
        ):
            monkeypatch.setenv("INTARSI_USER", user)
            with open_office(filled.workspace, "it") as other:
                with other.store.connection.transaction():
                    assert re.fullmatch(told, app.who_writes())
                assert "Un altro programma" in app.who_writes(), "who has done with it takes the note away"
    assert filled.table("bicycles.household").page(search="abebe")
