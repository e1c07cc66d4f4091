"""The first step of an import: the file, by its folder, by its path, or dropped."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import Office
from intarsi_tui.tui.screens.file_page import usual_folder
from intarsi_tui.tui.screens.import_columns import ImportColumnsScreen
from intarsi_tui.tui.screens.import_file import ImportScreen

from .test_import import code, home, saved

__all__ = ["home"]  # used by itself for each test


@pytest.mark.parametrize("form", ["'{}'", '"{}"', "file://{}", "{}"])
async def test_a_dropped_or_pasted_path_is_understood(
    filled: Office, home: Path, on: Callable[..., Any], form: str
) -> None:
    from textual import events

    folder = home / "una cartella"
    folder.mkdir()
    path = saved(folder, f"Legnano;{code(filled)};1/4/2021;")
    words = str(path).replace(" ", "%20") if form.startswith("file") else str(path)
    async with on(filled) as (app, press, _screen):
        await press("f4")
        app.post_message(events.Paste(form.format(words)))
        await press("enter")
        assert isinstance(app.screen, ImportColumnsScreen)


async def test_folders_are_gone_through_and_paths_completed(filled: Office, home: Path, on: Callable[..., Any]) -> None:
    (home / "Aprile").mkdir()
    saved(home / "Aprile", f"Legnano;{code(filled)};1/4/2021;")
    (home / "lettera.docx").write_text("x")
    async with on(filled) as (app, press, screen):
        await press("f4")
        assert "Aprile/" in screen().replace("\\", "/")
        assert "lettera.docx" not in screen()
        await press("'apr", "tab", "'pre", "tab")
        assert app.screen.query_one("#path").value == str(home / "Aprile" / "prestiti.csv")
        await press("enter")
        assert isinstance(app.screen, ImportColumnsScreen)
        await press("escape", "'zz")
        assert "Niente qui si chiama" in screen()
        await press("ctrl+u", f"'{home}/{home}/Ap")
        assert app.screen.query_one("#path").value == f"{home}/Ap", "a whole path takes the place of the folder"
        await press("'x", "enter")
        assert "▲ Non c'è nessun file" in screen().replace("\n", " ")


async def test_a_file_that_is_none_says_why_and_stays_on_the_first_step(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    (home / "rotto.xlsx").write_bytes(b"not a workbook")
    async with on(filled) as (app, press, screen):
        await press("f4", "enter")
        assert isinstance(app.screen, ImportScreen)
        assert "▲" in screen()
        assert "rotto.xlsx" in screen()


async def test_the_next_file_is_looked_for_where_the_last_one_was(
    filled: Office, home: Path, on: Callable[..., Any]
) -> None:
    def begun(app: Any) -> Path:
        return Path(app.screen.query_one("#path").value)

    (home / "Scaricati").mkdir()
    (home / "pratiche").mkdir()
    saved(home / "pratiche", f"Legnano;{code(filled)};1/4/2021;")
    async with on(filled) as (app, press, _screen):
        await press("f4")
        assert begun(app) == home / "Scaricati", "where files arrive"
        await press("ctrl+u", f"'{home / 'pratiche' / 'prestiti.csv'}", "enter", "c", "i", "escape")
    async with on(filled) as (app, press, _screen):
        await press("f2", "f4")
        assert begun(app) == home / "pratiche"
    (home / "pratiche").rename(home / "vecchie")
    async with on(filled) as (app, press, _screen):
        await press("f2", "f4")
        assert begun(app) == home / "Scaricati", "that folder is gone"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"\x00\x00\x01\n",
        b"Gentile signora,\nLe scrivo, come d'accordo, di ieri.\nCordiali saluti, Anna, Rimini",
    ],
)
async def test_what_is_no_table_is_refused_at_the_first_step(
    filled: Office, home: Path, on: Callable[..., Any], content: bytes
) -> None:
    (home / "lettera.txt").write_bytes(content)
    async with on(filled) as (app, press, screen):
        await press("f4", "enter")
        assert isinstance(app.screen, ImportScreen)
        assert "non è una tabella" in " ".join(screen().split())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems keep their folders elsewhere")
def test_downloads_are_where_the_system_says(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_DOWNLOAD_DIR", raising=False)
    assert usual_folder() == home
    (home / "Documenti").mkdir()
    assert usual_folder() == home / "Documenti"
    (home / ".config").mkdir()
    (home / ".config" / "user-dirs.dirs").write_text('XDG_DOWNLOAD_DIR="$HOME/Ricevuti"\n', "utf-8")
    (home / "Ricevuti").mkdir()
    assert usual_folder() == home / "Ricevuti"
