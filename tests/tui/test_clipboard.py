"""Copying: the system's own clipboard, else the terminal's, else a file; and it is said which."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import Office
from intarsi_tui.tui import clipboard

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the clipboards of Linux")


@pytest.fixture(autouse=True)
def no_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "VTE_VERSION", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def xclip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name that keeps what it is given."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "xclip"
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/clipboard\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    return tmp_path / "clipboard"


def test_the_systems_clipboard_comes_first_but_not_over_ssh(xclip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clipboard.native("Perù [Parma]")
    assert xclip.read_text("utf-8") == "Perù [Parma]"
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
    assert not clipboard.native("x")


async def test_a_terminal_that_has_a_clipboard_is_sent_the_text(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled, 120, 40) as (app, press, screen):
        await press("enter", "right", "y")
        assert app.clipboard == "Atala 29"
        assert "Inviato agli appunti del terminale" in screen()
    assert not (filled.workspace.exports / clipboard.FILE).exists()


@pytest.mark.parametrize(
    ("name", "value"), [("TERM", "linux"), ("VTE_VERSION", "7200"), ("TERM_PROGRAM", "Apple_Terminal")]
)
async def test_where_the_terminal_has_none_it_is_in_a_file(
    filled: Office, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    async with on(filled, 120, 40) as (_app, press, screen):
        await press("enter", "right", "y")
        assert "è nel file" in screen()
    assert (filled.workspace.exports / clipboard.FILE).read_text("utf-8") == "Atala 29\n"


def test_what_is_too_long_for_a_terminal_is_not_sent() -> None:
    assert clipboard.terminal_takes("x" * clipboard.MOST_SENT)
    assert not clipboard.terminal_takes("x" * (clipboard.MOST_SENT + 1))
