"""The real program in a real terminal."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intarsi_tui.host.office import Office


class Terminal:
    """A tmux session of its own server; `see` waits until some words are on the screen."""

    def __init__(self, tmux: str, socket: Path, command: list[str]) -> None:
        self._tmux = [tmux, "-S", str(socket), "-f", os.devnull]
        env = [
            part
            for name in ("INTARSI_NOW", "INTARSI_USER", "INTARSI_CACHE")
            for part in ("-e", f"{name}={os.environ[name]}")
        ]
        subprocess.run(
            [*self._tmux, "new-session", "-d", "-x", "80", "-y", "24", *env, "-e", "LANG=C.UTF-8", *command], check=True
        )

    def press(self, *keys: str) -> None:
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def screen(self) -> str:
        done = subprocess.run(
            [*self._tmux, "capture-pane", "-p"], capture_output=True, text=True, encoding="utf-8", check=False
        )
        return done.stdout

    def see(self, words: str, seconds: float = 20) -> str:
        end = time.monotonic() + seconds
        while words not in (shown := self.screen()):
            assert time.monotonic() < end, f"no {words!r} in\n{shown}"
            time.sleep(0.05)  # another process draws; there is nothing to wait on but its screen
        return shown

    def gone(self) -> bool:
        return subprocess.run([*self._tmux, "has-session"], capture_output=True, check=False).returncode != 0

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def terminal(filled: Office, tmux: str, tmp_path: Path) -> Iterator[Callable[[], Terminal]]:
    opened: list[Terminal] = []

    def start() -> Terminal:
        command = [sys.executable, "-m", "intarsi_tui", "-w", str(filled.workspace.path), "--lang", "it"]
        opened.append(Terminal(tmux, tmp_path / f"tmux{len(opened)}", command))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_the_program_runs_in_a_terminal_and_two_of_them_see_each_other(
    terminal: Callable[[], Terminal], filled: Office
) -> None:
    one, other = terminal(), terminal()
    for each in (one, other):
        each.see("Ultime modifiche")
        each.press("Enter")
        each.see("30   ordinati")
    one.press("n")
    one.see("Prestito ▸ inserimento")
    one.press("Bianchi [rossa]", "Tab", "tes", "Tab")
    one.press("12/4", "Tab")
    one.see("12/04/2021 lun")
    one.press("C-s")
    one.see("Salvato come bozza")
    assert "Bianchi [ros" in one.see("31   ordinati")
    assert "Bianchi [ros" in other.see("31   ordinati"), "the other window follows by itself"
    one.press("F10")
    end = time.monotonic() + 20
    while not one.gone():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_was_typed_survives_a_killed_program(terminal: Callable[[], Terminal], filled: Office) -> None:
    from intarsi_tui.tui import drafts

    one = terminal()
    one.see("Ultime modifiche")
    one.press("Enter")
    one.see("30   ordinati")
    one.press("n")
    one.see("Prestito ▸ inserimento")
    one.press("Legnano")
    one.see("Legnano")
    end = time.monotonic() + 20
    while not drafts.all_kept(filled):
        assert time.monotonic() < end
        time.sleep(0.05)
    one.close()
    again = terminal()
    again.see("Una scheda non è ancora salvata: F2, poi r")  # one is where one was
    again.press("F2")
    again.see("Riprendi")
    again.press("r")
    again.see("Legnano")
