"""Actions of plugins on the screen: a form for what they ask, a table for their answer, a file to keep it in."""

from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest

from intarsi_tui.host.acting import act
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.store.errors import StoreError
from intarsi_tui.tui.commands import commands
from intarsi_tui.tui.screens.action import ActionScreen, AnswerScreen
from intarsi_tui.tui.screens.register import RegisterScreen

PLUGIN = '''
"""Keys and who has them."""
from intarsi_tui import Action, Date, Int, Link, Plugin, Record, Row, Text, field, link


class Key(Record, it="Chiave", en="Key", plural=("Chiavi", "Keys"), title=("door",)):
    door: Text = field(it="Porta", en="Door", privacy="internal", in_list=True, key=True)
    checked: Date | None = field(it="Controllata", en="Checked", privacy="internal", in_list=True)


class Wanted(Row, it="Controllo", en="Check"):
    day: Date = field(it="Giorno", en="Day", privacy="internal")
    most: Int | None = field(it="Al massimo", en="At most", privacy="internal", min=1)


class One(Row, it="Una", en="One"):
    key: Link = link("keys.key", it="Chiave", en="Key")


def check(office, asked):
    with office.store.operation("edit"):
        for doc in office.find("keys.key")[: asked.most]:
            office.table("keys.key").edit(doc["id"], {"checked": asked.day.isoformat()})
            yield {"door": doc["door"], "part": 0.5}


def look(office, asked):
    yield {"door": office.title("keys.key", asked.key), "part": 1}


def fail(office, asked):
    raise RuntimeError("no key fits")


COLUMNS = {"door": ("Porta", "Door"), "part": ("Parte", "Part")}
plugin = Plugin(
    "keys", it="Chiavi", en="Keys", records=[Key],
    actions=[
        Action("check", it="Segna le chiavi controllate", en="Marks the keys that were checked", run=check, columns=COLUMNS, asks=Wanted),
        Action("look", it="Guarda una chiave: quale porta apre", en="Looks at one key: which door it opens", run=look, columns=COLUMNS, asks=One, writes=False),
        Action("fail", it="Fallisce", en="Fails", run=fail, columns=COLUMNS),
    ],
)
'''


@pytest.fixture
def keys(workspace: Workspace) -> Iterator[Office]:
    (workspace.plugins / "keys.py").write_text(PLUGIN, "utf-8")
    with open_office(workspace, choose("it")) as office:
        for door in ("=Ingresso", "Cantina"):
            office.table("keys.key").add({"door": door})
        yield office


async def test_an_action_asks_in_a_form_answers_in_a_table_and_is_undone_in_one_step(
    keys: Office, on: Callable[..., Any]
) -> None:
    async with on(keys) as (app, press, screen):
        await press("ctrl+p", "'segna le chiavi", "enter")
        assert isinstance(app.screen, ActionScreen)
        await press("ctrl+s")
        assert "Obbligatorio" in screen() or "obbligatorio" in screen(), "what is missing is told at its field"
        await press("'12/4", "tab", "'0", "tab", "ctrl+s")
        assert isinstance(app.screen, ActionScreen), "a value that is refused keeps the form"
        assert app.focused.field.name == "most", "the cursor is where something is wrong"
        await press("backspace", "'5", "ctrl+s")
        assert isinstance(app.screen, AnswerScreen)
        assert "Cantina" in screen()
        assert "0,5" in screen()
        assert {doc["checked"] for doc in keys.find("keys.key")} == {"2021-04-12"}
        await press("Y")
        assert app.clipboard == "intarsi keys check --day 12/4 --most 5"
        await press("u")
        assert not any("checked" in doc for doc in keys.find("keys.key")), "one undo takes all of it back"
        await press("escape")
        assert isinstance(app.screen, ActionScreen)
        assert "12/4" in screen(), "what was asked is still there"


async def test_an_answer_is_saved_as_a_workbook_or_csv_in_which_nothing_is_a_formula(
    keys: Office, on: Callable[..., Any]
) -> None:
    async with on(keys) as (_app, press, screen):
        await press("ctrl+p", "'segna le chiavi", "enter", "'12/4", "ctrl+s", "s", "enter")
        assert "Scritto" in screen()
        await press("s", "down", "enter")
    book, text = sorted(keys.workspace.exports.iterdir(), key=lambda path: path.suffix, reverse=True)
    assert text.read_text("utf-8-sig").splitlines()[0] == "Porta,Parte"
    assert "'=Ingresso" in text.read_text("utf-8-sig")
    sheet = openpyxl.load_workbook(book).active
    assert [cell.value for cell in sheet[1]] == ["Porta", "Parte"]
    assert all(cell.data_type != "f" for row in sheet for cell in row)


async def test_from_a_list_the_record_under_the_cursor_need_not_be_asked_for(
    keys: Office, on: Callable[..., Any]
) -> None:
    async with on(keys) as (app, press, screen):
        await press("ctrl+p", "'vai chiavi", "enter", "a", "'guarda")
        assert "Guarda una chiave" in screen()
        assert "quale porta" not in screen(), "a list shows what stands before the colon"
        await press("enter")
        assert isinstance(app.screen, AnswerScreen)
        assert "quale porta apre" in screen()
        assert app.screen._command[:3] == ["keys", "look", "--key"]
        await press("escape")
        assert isinstance(app.screen, RegisterScreen)


async def test_an_action_that_fails_leaves_the_app_where_it_was(keys: Office, on: Callable[..., Any]) -> None:
    async with on(keys) as (app, press, _screen):
        await press("ctrl+p", "'vai chiavi", "enter", "a", "'fallisce", "enter")
        await press("f1", "escape")
        assert isinstance(app.screen, RegisterScreen)
        assert any("no key fits" in notice.message for notice in app._notifications)


async def test_where_nothing_can_be_written_only_actions_that_read_are_offered_and_run(
    keys: Office, on: Callable[..., Any]
) -> None:
    with open_office(keys.workspace, choose("it"), read_only=True) as office:
        async with on(office) as (app, press, screen):
            await press("ctrl+p", "'vai chiavi", "enter")
            offered = [name for name in commands(app, registers=True) if name.startswith("action keys")]
            assert offered == ["action keys look"]
            await press("a")
            assert "Segna le chiavi" not in screen()
            await press("'guarda", "enter")
            assert isinstance(app.screen, AnswerScreen)
        with pytest.raises(StoreError, match="reading only"):
            act(office, "keys", "check", {"day": "12/4", "most": 0})
