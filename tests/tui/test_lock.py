"""Who is at the screen: an encrypted office locks itself, an office may be opened for reading only, and looking is logged."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from intarsi_tui.host.access import entries
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project import keys
from intarsi_tui.project.keys import Words
from intarsi_tui.project.workspace import Workspace, create_workspace
from intarsi_tui.store import StoreError
from intarsi_tui.tui.app import IntarsiApp
from intarsi_tui.tui.screens.lock import LockScreen
from intarsi_tui.tui.screens.register import RegisterScreen

from .pseudo_terminal import Pty
from .quiet import wait_for_quiet

PHRASE = "quattro parole a caso"


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workspace: Workspace) -> Iterator[Office]:
    monkeypatch.setattr(keys, "COST", 2**8)
    made = create_workspace(tmp_path / "cifrato", "rimini", words=Words(PHRASE))
    settings = made.path / "intarsi.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[users]\n"m.rossi" = "Maria Rossi"\n', "utf-8")
    with open_office(Workspace(made.path, lambda _path, _tries: PHRASE), choose("it")) as office:
        yield office


async def test_an_encrypted_office_locks_after_a_while_and_opens_with_its_passphrase(
    locked: Office, on: Callable[..., Any]
) -> None:
    async with on(locked) as (app, press, screen):
        assert "Maria Rossi" in screen()
        await press("f3", "enter", "n", "'Canarino")
        assert "Canarino" in screen()
        app.last_touch -= 601
        app._lock_after(600)
        await asyncio.sleep(0.1)
        await press("ctrl+p", "f1", "escape", "f2")
        assert isinstance(app.screen, LockScreen)
        assert "Bloccato" in screen()
        assert "Canarino" not in screen()
        await press("'sbagliata", "enter")
        assert "Non è la frase d'accesso" in screen()
        await press(f"'{PHRASE}", "enter")
        assert "Canarino" in screen()
        app._lock_after(600)
        assert not isinstance(app.screen, LockScreen)
        await press("ctrl+l")
        assert isinstance(app.screen, LockScreen), "who leaves the desk need not wait"
        assert "nessuno tocca" not in screen()
        await press(f"'{PHRASE}", "enter")
        assert "Canarino" in screen()
    assert [one.what for one in entries(locked)] == ["unlocked", "unlocked", "refused", "opened"]
    assert {one.user for one in entries(locked, user="m.rossi")} == {"m.rossi"}
    assert list(entries(locked, since="2999-01-01")) == []


async def test_what_ends_while_the_screen_is_locked_is_shown_when_it_is_unlocked(
    locked: Office, on: Callable[..., Any]
) -> None:
    body = locked.table("registry.body").add({"name": "Canarino", "nature": "other"}).doc["id"]
    async with on(locked) as (app, press, screen):
        await press("f3", "enter", "e", "end", "' giallo")
        held = Event()
        app._writer.submit(held.wait)
        app.screen.action_save()
        app.last_touch -= 601
        app._lock_after(600)
        held.set()
        for _moment in range(20):
            await wait_for_quiet()
        assert locked.table("registry.body").one(body)["name"] == "Canarino giallo", "it is saved meanwhile"
        await press("f2", "escape")
        assert isinstance(app.screen, LockScreen)
        assert "Canarino" not in screen()
        assert not app._notifications
        await press(f"'{PHRASE}", "enter")
        assert "Canarino giallo" in screen()
        assert isinstance(app.screen, RegisterScreen), "the form is closed, as after any saving"


BUSY = """
from intarsi_tui import Date, Plugin, PluginScreen, Record, field


class Task(Record, it="Compito", en="Task", plural=("Compiti", "Tasks")):
    day: Date = field(it="Giorno", en="Day", privacy="internal")


def busy(office, doc):
    from textual.screen import Screen
    from textual.widgets import Static

    class Later(Screen):
        def compose(self):
            yield Static("opened by itself")

    class Busy(Screen):
        def compose(self):
            yield Static("at work")

        def opens(self):
            self.app.push_screen(Later())
            self.notify("Canarino")

        def closes(self):
            self.app.pop_screen()

        def leaves(self):
            self.app.switch_mode("history")

        def fails(self):
            raise RuntimeError("the timer fails")

    return Busy()


plugin = Plugin("busy", it="Occupato", en="Busy", records=[Task], screens=[PluginScreen("busy", "Lavoro lungo", "Long work", busy)])
"""


async def test_no_screen_of_a_plugin_lies_over_the_lock_or_takes_it_away(
    locked: Office, on: Callable[..., Any]
) -> None:
    (locked.workspace.plugins / "busy.py").write_text(BUSY, "utf-8")
    with open_office(Workspace(locked.workspace.path, lambda _path, _tries: PHRASE), choose("it")) as office:
        async with on(office) as (app, press, screen):

            async def locked_while(step: str) -> None:
                """What a timer of the plugin's screen does while nobody is there."""
                await press("ctrl+l")
                busy = next(one for one in app.screen_stack if type(one).__name__ == "Busy")
                busy.set_timer(0.001, getattr(busy, step))
                for _moment in range(5):
                    await asyncio.sleep(0.002)
                    await wait_for_quiet()
                assert isinstance(app.screen, LockScreen)
                assert not app._notifications
                await press("f2", f"'{PHRASE}", "enter")

            await press("ctrl+p", "'lavoro lungo", "enter")
            assert "at work" in screen()
            await locked_while("opens")
            assert "opened by itself" in screen()
            assert [one.message for one in app._notifications] == ["Canarino"]
            await press("ctrl+l", f"'{PHRASE}", "enter")
            assert "opened by itself" in screen()
            app.pop_screen()
            await locked_while("leaves")
            assert app.current_mode == "history"
            app.switch_mode("home")
            await locked_while("closes")
            assert "at work" not in screen()
            await press("ctrl+p", "'lavoro lungo", "enter")
            await locked_while("fails")
            assert "at work" not in screen()
            assert "the timer fails" in screen()


async def test_an_office_that_is_not_encrypted_never_locks(filled: Office) -> None:
    app = IntarsiApp(filled)
    async with app.run_test() as pilot:
        app.last_touch -= 10_000
        await pilot.pause(1.2)
        assert not isinstance(app.screen, LockScreen)


async def test_an_office_opened_for_reading_refuses_every_change(
    workspace: Workspace, filled: Office, on: Callable[..., Any]
) -> None:
    count = len(filled.table("bicycles.loan"))
    with open_office(workspace, "it", read_only=True) as office:
        async with on(office) as (app, press, screen):
            assert "sola lettura" in screen()
            await press("f9", "pagedown", "'Riccione")
            assert not app._notifications, "it is said when one saves, and not at each key"
            await press("ctrl+s")
            assert "sola lettura" in screen()
            await press("f2")
            await press("enter", "d")
            await press("n", "'Legnano", "ctrl+s")
            await press("f10")
        with pytest.raises(StoreError) as caught:
            office.store.insert({})
        assert caught.value.code == "only_reading"
    assert len(filled.table("bicycles.loan")) == count


def test_nothing_of_a_passphrase_is_shown_also_between_two_tries(locked: Office, at_pty: Callable[..., Pty]) -> None:
    terminal = at_pty(locked)
    drawn = terminal.until("non si vede")
    os.write(terminal._main, b"segretissimo\raltro")
    drawn += terminal.until("Guardare le maiuscole")
    drawn += terminal.rest(0.5)
    os.write(terminal._main, b"\r")
    drawn += terminal.until("non si vede")  # what is typed before the question is thrown away
    os.write(terminal._main, f"{PHRASE}\r".encode())
    drawn += terminal.until("Registri")
    for typed in (b"segretissimo", b"altro", PHRASE.encode()):
        assert typed not in drawn
