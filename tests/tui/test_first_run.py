"""The first start, without an office: each question with its way back, and nothing written before the last key."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from intarsi_tui import person
from intarsi_tui.i18n import choose
from intarsi_tui.project import keys
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.where import workspace_folder
from intarsi_tui.project.workspace import Workspace, refuse_folder
from intarsi_tui.tui.screens.first_run import Assistant

from .conftest import NAMES
from .quiet import rest

PHRASE = "quattro parole a caso"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setattr(keys, "COST", 2**8)
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    choose("it")
    return tmp_path / "home"


@asynccontextmanager
async def asked(width: int = 80, height: int = 24) -> AsyncIterator[Any]:
    app = Assistant()
    async with app.run_test(size=(width, height)) as pilot:

        async def press(*typed: str) -> None:
            for key in typed:
                await pilot.press(*(NAMES.get(one, one) for one in key[1:]) if key.startswith("'") else [key])
                await rest(app)

        def screen() -> str:
            return "\n".join(strip.text for strip in app.screen._compositor.render_strips())

        await rest(app)
        yield app, press, screen


async def test_an_encrypted_office_is_made_for_a_partner_of_the_project(home: Path) -> None:
    async with asked() as (app, press, screen):
        assert "Lingua · Language" in screen()
        await press("enter", "down", "enter")
        assert "Di chi è l'ufficio?" in screen()
        await press("enter", "enter")
        assert "▲ Scegliere l'ente con le frecce" in screen(), "Enter alone chooses nobody"
        await press(*["down"] * 6, "enter")
        assert app.screen.query_one(Input).value == str(home / "intarsi-rimini")
        await press("enter", "enter", "'corta", "enter", "'corta", "enter")
        assert "▲ Troppo corta" in screen()
        assert "corta\n" not in screen().replace(" ", ""), "a passphrase is not shown"
        await press("escape", "enter", f"'{PHRASE}", "enter", "'un altra frase", "enter")
        assert "▲ Le due non sono uguali" in screen()
        field = app.screen.query_one("#typed-second", Input)
        field.value = PHRASE
        await press("enter")
        key = app.answers.words.recovery
        assert key in screen()
        await press("'0000", "enter")
        assert "▲ Non finisce così" in screen()
        await press(*["backspace"] * 4, f"'{key[-4:].lower()}", "enter")
        assert "Ufficio con i registri vuoti, cifrato" in screen()
        assert "intarsi init" in screen()
        assert list(home.iterdir()) == [], "nothing is written before the last step"
        assert person.read() == {}
        await press("enter")
    made = app.return_value
    assert made.partner.name == "Comune di Rimini"
    assert keys.unlocked(made.key_file, lambda _path, _tries: PHRASE) == made.key
    assert keys.unlocked(made.key_file, lambda _path, _tries: key) == made.key
    assert workspace_folder(None) == str(made.path), "the next start finds it from anywhere"


async def test_another_body_than_the_projects_partners_can_have_an_office(home: Path) -> None:
    async with asked() as (app, press, screen):
        await press("enter", "down", "enter", "end", "enter", "enter", "enter", "enter", "enter")
        assert "▲ Manca il nome" in screen()
        await press("'Comune di Riccione mare", "enter", "enter", "'Riccione", "enter", "enter")
        await press("enter", "down", "enter")
        assert "comune-di-riccione-mare" in screen()
        await press("enter")
    made = Workspace(app.return_value.path)
    assert made.partner.name == "Comune di Riccione mare"
    assert made.partner.town == "Riccione"
    assert len(made.profile.partners) == 12
    assert not made.encrypted


async def test_each_step_goes_back_and_the_answers_stay(home: Path) -> None:
    (home / "pieno").mkdir()
    (home / "pieno" / "lettera.txt").write_text("x", "utf-8")
    async with asked() as (app, press, screen):
        await press("down", "enter")
        assert "Whose" not in screen()
        assert "Welcome" in screen(), "the language holds at once"
        await press("enter", "down", "enter")
        field = app.screen.query_one("#typed-folder", Input)
        field.value = str(home / "pieno")
        await press("enter")
        assert "is not empty" in screen().replace("\n", "")
        await press("escape")
        assert "▌ ASP Cesena" in screen()
        await press("escape", "escape")
        assert "▌ English" in screen()
        await press("escape")
    assert app.return_value is None
    assert [path.name for path in home.iterdir()] == ["pieno"]


async def test_without_a_terminal_the_message_stays(run_plain: Callable[..., Any]) -> None:
    done = run_plain()
    assert done.returncode == 2
    assert "serve un terminale" in done.stderr or "terminale" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def run_plain(tmp_path: Path) -> Callable[..., Any]:
    import subprocess
    import sys

    command = [sys.executable, "-m", "intarsi_tui", "--lang", "it"]
    return lambda: subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False
    )


async def test_a_province_is_a_real_one(home: Path) -> None:
    async with asked() as (app, press, screen):
        await press("enter", "down", "enter", "end", "enter", "'Comune di X", "enter", "enter", "enter", "'zz", "enter")
        assert "▲ «ZZ» non è una provincia" in screen()
        await press("backspace", "backspace", "'rn", "enter")
        assert app.answers.own.province == "RN"


async def test_the_whole_recovery_key_proves_it_as_well_as_its_end(home: Path) -> None:
    async with asked() as (app, press, screen):
        await press("enter", "down", "enter", "down", "enter", "enter", "enter")
        await press(f"'{PHRASE}", "enter", f"'{PHRASE}", "enter")
        app.screen.query_one("#typed-end", Input).value = f" {app.answers.words.recovery.lower()} "
        await press("enter")
        assert "Ufficio con i registri vuoti, cifrato" in screen()


async def test_what_was_typed_of_an_own_body_is_there_after_going_back_and_the_cursor_goes_where_it_is_wrong(
    home: Path,
) -> None:
    async with asked() as (app, press, screen):
        await press("enter", "down", "enter", "end", "enter")
        await press("'Comune di X", "tab", "'rimini", "tab", "'X", "tab", "'rn", "enter")
        assert "è già il codice di" in screen()
        assert app.focused.id == "typed-code"
        await press("escape", "escape", "enter", "enter")
        values = [one.value for one in app.screen.query(Input)]
        assert values == ["Comune di X", "rimini", "X", "RN"]
        app.screen.query_one("#typed-code", Input).value = "comune-x"
        await press(*["enter"] * 5, "down", "enter")
        assert "Comune di X" in screen()
        assert "--partner-name 'Comune di X' --partner-town X --partner-province RN" in app.answers.command()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ufficio", "percorso intero"),
        ("", "Scrivere il percorso"),
        ("/proc/ufficio", "non è permesso scrivere"),
        ("{home}/lettera.txt", "è un file"),
        ("{home}/lettera.txt/ufficio", "è un file"),
        ("~nessuno-che-ci-sia/x", "percorso intero"),
    ],
)
async def test_a_folder_that_cannot_be_is_refused_where_it_is_typed(home: Path, typed: str, words: str) -> None:
    if typed.startswith("/proc") and not Path("/proc/self").exists():
        pytest.skip("no such folder on this system")
    (home / "lettera.txt").write_text("x", "utf-8")
    async with asked() as (app, press, screen):
        await press("enter", "down", "enter", "down", "enter")
        app.screen.query_one(Input).value = typed.format(home=home)
        await press("enter")
        assert words in " ".join(screen().split())
        assert app.focused.id == "typed-folder"


async def test_help_is_there_from_the_first_question_and_a_small_window_says_so(home: Path) -> None:
    async with asked() as (_app, press, screen):
        await press("f1")
        assert "F10" in screen()
        assert "intarsi init" in screen()
        await press("escape", "question_mark")
        assert "intarsi init" in screen()
        await press("escape", "enter", "ctrl+p")
        assert "Benvenuti" in screen()
    async with asked(20, 5) as (_app, _press, screen):
        assert "troppo piccola" in " ".join(screen().split())


def test_a_folder_that_one_may_not_look_into_is_refused(tmp_path: Path) -> None:
    closed = tmp_path / "chiusa"
    closed.mkdir(mode=0o000)
    if os.access(closed, os.W_OK):
        pytest.skip("who may do everything")
    try:
        with pytest.raises(ProjectError) as caught:
            refuse_folder(closed / "ufficio")
    finally:
        closed.chmod(0o700)
    assert caught.value.code == "no_permission"


async def test_the_first_letters_of_an_answer_lead_to_it(home: Path) -> None:
    async with asked() as (_app, press, screen):
        await press("enter", "down", "enter", "'rim")
        assert "▌ Comune di Rimini" in screen()
        assert "/ rim_" in screen()
        await press("backspace", "backspace", "backspace", "'Ravenna")
        assert "▌ Comune di Ravenna" in screen(), "of two with the same first letter"
        await press("up", "'cidas")
        assert "▌ CIDAS" in screen(), "after an arrow another answer is looked for"
        await press("question_mark")
        assert "Nulla viene scritto prima dell'ultimo passo" in screen()


async def test_one_goes_up_and_down_between_lines_and_sees_what_is_wrong_in_a_small_window(home: Path) -> None:
    async with asked(60, 20) as (app, press, screen):
        await press(
            "enter", "down", "enter", "end", "enter", "'Unione Bassa", "down", "down", "'Riccione", "down", "'rx"
        )
        await press("up", "up", "shift+tab")
        assert app.focused.value == "Unione Bassa"
        await press("enter", "enter", "enter", "enter")
        assert "▲ «RX» non è una provincia" in screen()
        assert "Provincia, due lettere" in screen()
        assert "passo 4" in screen()
        assert "passo 4 di" not in screen(), "how many follow depends on the answers"
