"""What no manual foresees: garbage in the clipboard, a tiny window, a terminal that dies, a database that others hold."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

import pytest
from textual import events

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.store import driver
from intarsi_tui.tui import drafts
from intarsi_tui.tui.app import IntarsiApp
from intarsi_tui.tui.screens.form import FormScreen
from intarsi_tui.tui.screens.register import RegisterScreen
from intarsi_tui.tui.terminal_app import ENDED, HUNG_UP

from .pseudo_terminal import ENTER, F3, Pty

LOANS = "bicycles.loan"
MODES = (1000, 1003, 1006, 1015, 1049, 2004)  # mouse, the screen of its own, marked pasting
GARBAGE = {
    "NUL": "a\x00b", "escapes": "\x1b[2J\x1b]52;c;AAAA\x07\x9b31m", "a megabyte": "x" * 1_000_000,
    "right to left": "\u202eمحمد\u2066 Ro\u200fssi", "emoji": "👨‍👩‍👧‍👦🏳️‍🌈🇮🇹", "line ends": "uno\r\ndue\n\ntre\u2028quattro",
    "half a character": "\ud800", "storm": "Z" + "\u0301" * 500, "formula": "=cmd|'/c calc'!A1", "nothing": "\n",
}  # fmt: skip


# The long run pastes each of them into each field.
@pytest.mark.parametrize("first", range(len(GARBAGE)) if os.environ.get("INTARSI_LONG") else (0, 3, 7))
async def test_garbage_pasted_into_any_field_leaves_the_app_alive(
    filled: Office, on: Callable[..., Any], first: int
) -> None:
    texts = [*GARBAGE.values()][first:] + [*GARBAGE.values()][:first]
    async with on(filled) as (app, press, screen):
        await press("enter", "n")
        seen = set()
        for _field, text in zip(range(14), cycle(texts)):
            seen.add(getattr(app.focused, "field", app.focused).name)
            app.post_message(events.Paste(text))
            await press("tab")
        assert len(seen) >= 12, "every field of the form"
        await press("ctrl+s")
        assert isinstance(app.screen, FormScreen), "the required link is not there"
        assert "▲" in screen()
        await press("escape")
        for text in texts if first == 0 else texts[:1]:
            await press("slash")
            app.post_message(events.Paste(text))
            await press("escape", "enter", "escape", "ctrl+p")
            app.post_message(events.Paste(text))
            await press("escape")
            assert isinstance(app.screen, RegisterScreen)


async def test_too_much_is_not_pasted_and_said(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "n", "'Rossi")
        began = time.process_time()
        app.post_message(events.Paste("x" * 1_000_000))
        await press("left")
        assert app.focused.value == "Rossi"
        assert "Non incollato: 1.000.000 caratteri" in screen()
        assert time.process_time() - began < 2


async def test_several_lines_in_a_field_of_one_lose_no_word(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        await press("enter", "n")
        app.post_message(events.Paste("Rossi\nMario\n"))
        await press("end")
        assert app.focused.value == "Rossi Mario"


@pytest.mark.parametrize("keys", [
    ["enter"], ["enter", "n", "'Rossi", "tab", "enter"], ["enter", "e", "pagedown"], ["enter", "c"], ["enter", "v"],
    ["enter", "enter"], ["f7"], ["ctrl+p"],
])  # fmt: skip
async def test_a_window_of_20_by_5_and_back_changes_nothing(filled: Office, keys: list[str]) -> None:
    app = IntarsiApp(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press(*[letter for key in keys for letter in (key[1:] if key.startswith("'") else [key])])
        await app.workers.wait_for_complete()  # keys are taken one by one
        await pilot.pause()
        before, screen = app.focused, app.screen
        for size in ((20, 5), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert (app.focused, app.screen) == (before, screen)
        await pilot.press("escape")
        await pilot.pause()
        if "'Rossi" in keys:
            assert app.screen.query_one("LineEditor").value == "Rossi"


@pytest.mark.parametrize("own", ["yes", "no"], ids=["with SIGHUP", "without SIGHUP"])
def test_a_terminal_that_dies_in_a_form_loses_no_word(filled: Office, at_pty: Callable[..., Pty], own: str) -> None:
    terminal = at_pty(filled, OWN_TERMINAL=own)
    terminal.until("Registri")
    for key in (F3, ENTER, "n"):
        terminal.press(key)
    os.write(terminal._main, b"Legnano")  # and the line breaks at once
    terminal.until("Legnano")
    assert terminal.hang_up() == HUNG_UP
    [draft] = drafts.all_kept(filled)
    assert draft.values["bicycle"] == "Legnano"
    again = at_pty(filled)
    again.until("non è ancora salvata")


def test_a_program_that_is_asked_to_end_keeps_what_was_typed_and_gives_the_terminal_back(
    filled: Office, at_pty: Callable[..., Pty]
) -> None:
    terminal = at_pty(filled)
    drawn = terminal.until("Registri")
    before = terminal.modes()
    for key in (F3, ENTER, "n"):
        terminal.press(key)
    os.write(terminal._main, b"Legnano")
    terminal.until("Legnano")
    terminal.process.terminate()
    assert terminal.process.wait(30) == ENDED
    drawn += terminal.rest()
    for mode in MODES:
        assert drawn.rfind(f"\x1b[?{mode}l".encode()) > drawn.rfind(f"\x1b[?{mode}h".encode()), mode
    assert drawn.rfind(b"\x1b[?25h") > drawn.rfind(b"\x1b[?25l"), "the cursor is seen again"
    assert before != terminal.modes(), "lines and echo are back"
    [draft] = drafts.all_kept(filled)
    assert draft.values["bicycle"] == "Legnano"


def test_errors_sent_into_a_file_leave_the_screen_on_the_terminal(filled: Office, at_pty: Callable[..., Pty]) -> None:
    terminal = at_pty(filled, ERRORS="no")
    terminal.until("Indicatori")


def test_whoever_types_on_and_on_loses_little_when_the_program_is_killed(
    filled: Office, at_pty: Callable[..., Pty]
) -> None:
    terminal = at_pty(filled)
    terminal.until("Registri")
    for key in (F3, ENTER, "n"):
        terminal.press(key)
    typed = ""
    while not (kept := drafts.all_kept(filled)):
        assert len(typed) < 200, "no rest was needed"
        typed += "abc"[len(typed) % 3]
        os.write(terminal._main, typed[-1].encode())
        terminal.rest(0.03)
    terminal.process.kill()
    assert typed.startswith(kept[0].values["bicycle"])


@pytest.mark.parametrize("pasted", [b"citt\xe0 nuova", b"\x1b[200~citt\xe0 nuova\x1b[201~"])
def test_a_terminal_that_does_not_speak_utf8_is_understood(
    filled: Office, at_pty: Callable[..., Pty], pasted: bytes
) -> None:
    terminal = at_pty(filled)
    terminal.until("Registri")
    for key in (F3, ENTER, "n"):
        terminal.press(key)
    os.write(terminal._main, pasted)
    terminal.until("città nuova")
    os.write(terminal._main, b"\x81\xff\xc3")  # nor anything else
    terminal.press("x")
    assert terminal.process.poll() is None


HOLDS = """
import sys
from intarsi_tui.store import driver
connection = driver.connect(sys.argv[1], None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_process(office: Office) -> Iterator[None]:
    """Somebody else writes (a restore, a long import) and does not end."""
    command = [sys.executable, "-c", HOLDS, str(office.workspace.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield
        other.communicate()


async def test_a_database_that_others_hold_is_said_calmly_and_the_draft_is_kept_in_the_end(
    filled: Office, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(drafts, "LATER", 0.5)
    async with on(filled) as (app, press, screen):
        await press("enter", "n", "'Legnano")
        with held_by_another_process(filled):
            app.screen.keep()
            await press("tab", "ctrl+s")
            await press("ctrl+s")
            assert "Qualcun altro sta scrivendo" in " ".join(screen().split())
            assert isinstance(app.screen, FormScreen)
            await press("shift+tab", "end", "' rossa")
            assert app.focused.value == "Legnano rossa"
        wanted, end = {"bicycle": "Legnano rossa"}, time.monotonic() + 20
        while [one.values for one in drafts.all_kept(filled)] != [wanted]:
            assert time.monotonic() < end
            await press("left")
    with open_office(filled.workspace, "it") as again:
        assert [one.values for one in drafts.all_kept(again)] == [wanted]


def test_what_nobody_foresaw_ends_the_app_in_a_sentence_and_keeps_what_was_typed(
    filled: Office, at_pty: Callable[..., Pty]
) -> None:
    file = filled.workspace.plugins / "bicycles.py"
    sly = '''

class Sly:
    """Can be shown twice, which is as often as the program tries it out."""

    told = 0

    def __repr__(self):
        return "sly"

    def __str__(self):
        self.told += 1
        if self.told > 2:
            raise RuntimeError("not again")
        return "sly"


class Loan('''
    text = file.read_text("utf-8").replace("\n\nclass Loan(", sly, 1)
    rule = '        yield self.problem("bicycle", it="{what}", en="{what}", what=Sly())\n'
    file.write_text(text.replace("Problem]:\n", f"Problem]:\n{rule}", 1), "utf-8")
    terminal = at_pty(filled)
    terminal.until("Registri")
    for key in (F3, ENTER, "n"):
        terminal.press(key)
    os.write(terminal._main, b"Legnano")
    terminal.until("Legnano")
    os.write(terminal._main, b"\x13")
    told = terminal.until("intarsi-error.log").decode("utf-8", "replace")
    assert terminal.process.wait(30) == 1
    assert "Traceback" not in told
    assert "locals" not in told
    assert "Legnano" not in told.partition("\x1b[?1049l")[2]
    assert "RuntimeError" in (filled.workspace.path / "intarsi-error.log").read_text("utf-8")
    [kept] = drafts.all_kept(filled)
    assert kept.values["bicycle"] == "Legnano"
