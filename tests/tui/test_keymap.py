"""Keys of one's own: by binding id, with calm words about what cannot be; and the same key does the same everywhere."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui import person, tui
from intarsi_tui.host.office import Office
from intarsi_tui.i18n import choose, translator
from intarsi_tui.tui.app import IntarsiApp
from intarsi_tui.tui.keymap import COMMANDS, checked, known
from intarsi_tui.tui.keys import key_name
from intarsi_tui.tui.screens.form import FormScreen


async def test_a_key_of_ones_own_works_and_stands_in_hints_and_help(filled: Office, on: Callable[..., Any]) -> None:
    person.keep(keys={"list.new": "ctrl+n,insert", "app.history": "f11"})
    async with on(filled) as (app, press, screen):
        assert "F11Storia" in screen()
        assert "F7" not in screen()
        await press("f3", "enter")
        assert "Ctrl+N Nuovo" in screen()
        await press("f1", "'nuovo")
        assert "Ctrl+N" in screen()
        await press("escape", "n")
        assert not isinstance(app.screen, FormScreen), "the usual key is free"
        await press("insert")
        assert isinstance(app.screen, FormScreen)


async def test_what_cannot_be_is_said_and_the_rest_holds(filled: Office, on: Callable[..., Any]) -> None:
    person.keep(keys={"list.new": "e", "list.nuovo": "x", "list.sort": "z"})
    async with on(filled, 120, 40) as (app, press, screen):
        said = " ".join(one.message for one in app._notifications)
        assert "«e» sarebbe sia «Nuovo» (list.new) sia «Modifica» (list.edit): il primo tiene n." in said
        assert "nulla si chiama «list.nuovo»" in said
        await press("f3", "enter")
        assert "z Ordina" in screen()
        assert "n Nuovo" in screen()


def test_ids_without_quotes_are_read_as_a_person_writes_them() -> None:
    person.keep(language="it")
    with open(person.place(), "a", encoding="utf-8") as file:  # noqa: PTH123
        file.write('[keys]\nlist.new = "ctrl+n"\n"list.edit" = "f11"\n')
    assert person.keymap() == {"list.new": "ctrl+n", "list.edit": "f11"}
    person.keep_key("list.new", None)
    assert person.keymap() == {"list.edit": "f11"}


@pytest.mark.parametrize(
    ("id", "keys", "words"),
    [
        ("list.edit", "f6", "“F6” would be both “Edit” (list.edit) and “Reports” (app.reports)"),
        ("app.home", "h", "works while text is typed"),
        ("list.new", "foo", "no key is called “foo”"),
        ("list.new", 3, "write a key in quotes"),
        ("list.edut", "x", "perhaps “list.edit”?"),
    ],
)
def test_each_impossible_key_has_its_sentence(id: str, keys: Any, words: str) -> None:
    choose("en")
    usable, said = checked({id: keys}, known())
    assert usable == {}
    assert words in said[0]


def test_two_keys_can_change_places() -> None:
    usable, said = checked({"list.new": "e", "list.edit": "n"}, known())
    assert usable == {"list.new": "e", "list.edit": "n"}
    assert said == []


def test_the_usual_keys_agree_with_each_other_and_each_id_is_named_once() -> None:
    bound = [one for one in known() if one.id]
    assert len({one.id for one in bound}) == len(bound)
    assert set(COMMANDS) - {one.id for one in bound} <= {"app.deadlines"}
    usable, said = checked({one.id: one.keys for one in bound if one.owner == "RegisterScreen"}, known())
    assert said == []
    assert usable


def test_a_file_that_is_no_toml_is_told_and_left_alone(filled: Office) -> None:
    person.keep(language="it")
    with open(person.place(), "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("[keys\n")
    assert person.read() == {}
    assert "settings.toml" in person.wrong()
    with pytest.raises(ValueError, match="line"):
        person.keep(theme="intarsi-light")


async def test_every_mode_copies_a_command_of_its_own_and_a_form_too(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled, 120, 40) as (app, press, _screen):
        for mode in app.MODES:
            app.switch_mode(mode)
            await press("home", "ctrl+g")
            assert app.clipboard.startswith("intarsi "), mode
            assert app.clipboard != "intarsi --help", mode
            app._clipboard = ""
        await press("f3", "enter", "Y")
        assert app.clipboard == "intarsi bicycles loan list"
        await press("n", "'Y", "ctrl+g")
        assert app.clipboard == "intarsi bicycles loan add"
        assert app.screen.state.values["bicycle"] == "Y"


@pytest.mark.parametrize("office", ["it", "en"], indirect=True)
async def test_at_80_columns_every_mode_has_its_key_and_its_word(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, _press, screen):
        line = screen().splitlines()[-1]
        keys = [one.key.upper() for one in IntarsiApp.BINDINGS if one.group]
        assert [key for key in keys if key not in line] == []
        assert len(line.split()) == len(keys)
        assert app.screen is not None
    async with on(filled, 120, 40) as (_app, _press, screen):
        assert {"it": "F9 Impostazioni", "en": "F9 Settings"}[filled.lang] in screen().splitlines()[-1]


async def test_a_letter_of_a_list_does_nothing_in_a_form(filled: Office, on: Callable[..., Any]) -> None:
    """Also where no text is typed: a flag takes some letters, and the others must not undo what was done before."""
    count = len(filled.table("bicycles.loan"))
    async with on(filled) as (app, press, screen):
        await press("f3", "enter", "n", "pagedown", "u", "u")
        assert isinstance(app.screen, FormScreen)
        assert "Disfatta" not in screen()
    assert len(filled.table("bicycles.loan")) == count


async def test_ctrl_c_says_how_to_leave(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        await press("ctrl+c")
        assert [one.message for one in app._notifications] == ["F10 esce dal programma."]


@pytest.mark.parametrize(
    ("id", "keys", "words"),
    [
        ("list.new", "ctrl+i", "to a terminal Ctrl+I is Tab"),
        ("list.new", "Ctrl+M", "to a terminal Ctrl+M is Enter"),
        ("list.sort", "ctrl+s", "kept for copying, saving and leaving"),
        ("list.sort", "ctrl+c", "kept for copying, saving and leaving"),
        ("home.undo", "5", "(home.jump)"),
        ("grid.undo", "5", "(GridScreen)"),
        ("table.mark", "n", "“New” (list.new)"),
        ("preview.save", "p", "“Period” (reports.period)"),
        ("app.tour", "question_mark", "another key"),
    ],
)
def test_a_key_that_something_on_the_screen_needs_is_refused(id: str, keys: str, words: str) -> None:
    choose("en")
    usable, said = checked({id: keys}, known())
    assert usable == {}
    assert words in said[0]
    choose("it")
    assert "Project-Id-Version" not in "".join(checked({id: keys}, known())[1])


@pytest.mark.parametrize("lang", ["it", "en"])
def test_keys_are_taken_as_the_list_of_keys_prints_them(lang: str) -> None:
    choose(lang)
    bound = known()
    for one in bound:
        if one.id:
            usable, said = checked({one.id: " ".join(map(key_name, one.keys.split(",")))}, bound)
            assert usable == {one.id: one.keys}, said
    assert checked({"list.new": "Ctrl+N,Ins"}, bound)[0] == {"list.new": "ctrl+n,insert"}
    assert checked({"list.new": "PgGiù"}, bound)[0] in ({"list.new": "pagedown"}, {})


# What no binding has: the letters of yes and no, and the two keys of a number typed into a grid.
AS_THEY_ARE = {"[field.toggle] changes it; y is yes, n is no", "{what}: {typed}_   Enter takes it, Esc leaves it"}
A_KEY = re.compile(
    r"\b(F\d\d?|Ctrl\+\w|Esc|Enter|Del|PgDn|PgUp|[Ss]pace)\b|[Pp]ress [a-z]\b|(^|[.,·:] +)[b-z] [a-z]|\+ adds|\(\w\)"
)
BY_ID = re.compile(r"\[([a-z]+\.[a-z_]+)\]")


def sentences() -> Iterator[str]:
    """All that the app says, as it stands in the code."""
    for path in Path(str(tui.__file__)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "Stop"):
                yield from (one.value for one in node.args if isinstance(one, ast.Constant))


def test_sentences_name_keys_by_what_they_do() -> None:
    said = set(sentences()) - AS_THEY_ARE
    assert [one for one in said if A_KEY.search(BY_ID.sub("", one))] == []
    named = {id for one in said for id in BY_ID.findall(one)}
    assert len(named) > 20
    assert named <= {one.id for one in known()}
    choose("it")
    assert [one for one in said if set(BY_ID.findall(one)) - set(BY_ID.findall(catalogued(one)))] == []


def catalogued(text: str) -> str:
    return translator("tui")(text)


async def test_sentences_on_screen_name_the_keys_that_work_now(office: Office, on: Callable[..., Any]) -> None:
    person.keep(keys={"list.new": "f11", "app.quit": "ctrl+e"})
    async with on(office) as (_app, press, screen):
        await press("f3", "enter")
        assert "F11 inserisce il primo" in screen()
        await press("ctrl+c")
        assert "Ctrl+E esce dal programma" in screen()
    person.keep(keys={"list.new": None, "app.quit": None})
    async with on(office) as (_app, press, screen):
        await press("f3", "enter")
        assert "n inserisce il primo" in screen()
