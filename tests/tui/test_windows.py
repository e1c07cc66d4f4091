"""The same person at two windows: each has its own half-filled forms, and what a crash leaves is offered."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.tui import drafts
from intarsi_tui.tui.screens.form import FormScreen

LOANS = "bicycles.loan"


@pytest.fixture
def second(filled: Office) -> Iterator[Office]:
    with open_office(filled.workspace, "it") as other:
        yield other


def typed(office: Office) -> list[str]:
    return [one.values["bicycle"] for one in drafts.all_kept(office)]


async def test_a_second_window_neither_takes_up_nor_overwrites_what_is_typed_in_the_first(
    filled: Office, second: Office, on: Callable[..., Any]
) -> None:
    uid = filled.table(LOANS).page(search="atala 29")[0]["id"]
    async with on(filled) as (app, press, screen):
        await press("enter", "n", "'Legnano")
        app.screen.keep()
        await press("left")
        async with on(second) as (_other, press_there, screen_there):
            assert "Riprendi" not in screen_there(), "it is being typed just now"
            await press_there("enter", "n")
            assert "Legnano" not in screen_there()
            await press_there("'Bianchi", "escape")
            assert sorted(typed(filled)) == ["Bianchi", "Legnano"]
            await press_there("e", "end", "' rossa", "escape")
            await press("escape", "home", "e")
            assert "anche in un'altra tua finestra" in " ".join(screen().split())
            assert "rossa" not in screen()
            await press("end", "' blu", "ctrl+s")
            assert "Atala 29 rossa" in typed(second), "the other window's words are still there"
        assert filled.table(LOANS).one(uid)["bicycle"] == "Atala 29 blu"


async def test_what_two_windows_left_behind_is_offered_one_after_the_other(
    filled: Office, on: Callable[..., Any]
) -> None:
    for word in ("Legnano", "Bianchi"):
        with open_office(filled.workspace, "it") as window:
            drafts.keep(window, LOANS, "", {"bicycle": word, "lent_on": "1/4/2021"})
            assert word not in [one.values["bicycle"] for one in drafts.resumable(filled)]
    assert len(drafts.resumable(filled)) == 2
    async with on(filled) as (app, press, screen):
        assert "Riprendi (r)" in screen()
        await press("r")
        assert isinstance(app.screen, FormScreen)
        first = app.focused.value
        await press("tab", "'tes", "enter", "ctrl+s", "escape", "escape")
        assert typed(filled) == [word for word in ("Legnano", "Bianchi") if word != first]
        await press("f2", "r")
        assert app.focused.value in {"Legnano", "Bianchi"} - {first}
    assert list(filled.workspace.path.glob(".window-*")) != [], "it is typed in here"
    filled.window.close()
    assert list(filled.workspace.path.glob(".window-*")) == []
