"""Every screen in both languages: found by walking through modes and bindings, so that a new screen is looked at as well."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from intarsi_tui import i18n, words
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import Workspace, create_workspace
from intarsi_tui.tui.screens.first_run import Assistant
from intarsi_tui.tui.widgets import translated

from .conftest import PLUGIN
from .languages import Walk, foreign

# What tells a programmer of a mistake in a command's declaration; no clerk meets it.
FOR_PROGRAMMERS = re.compile(
    r"^d$|Windows error|Positional arguments|Name '\{name\}' defined|Boolean option \{decl|Could not determine|No options "
    r"defined|Arguments take exactly|Invalid start character|Unknown color|Unknown standard stream|\{len_type\} values|Takes \{nargs\}|match the format|older than 4\.4|The \{param_type\} \{name!r\} is deprecated"
)


def catalogue(*names: str) -> dict[str, str]:
    found = {}
    for name in names:
        with (Path(i18n.FOLDER) / "it" / "LC_MESSAGES" / f"{name}.po").open("rb") as file:
            found |= {
                one.id if isinstance(one.id, str) else one.id[0]: str(one.string) for one in read_po(file) if one.id
            }
    return found


@pytest.fixture(params=["it", "en"])
def whole(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """A demo office with all shipped plugins and one of its own, one that is broken, and a few records."""
    made = create_workspace(tmp_path / "prova", "rimini")
    settings = made.path / "intarsi.toml"
    settings.write_text(settings.read_text("utf-8") + "\n[demo]\nseed = 1\ntoday = 2021-04-14\n", "utf-8")
    (made.plugins / "bicycles.py").write_text(PLUGIN, "utf-8")
    (made.plugins / "guasto.py").write_text('"""Does not load."""\nimport nowhere_at_all\n', "utf-8")
    with open_office(Workspace(made.path), choose(request.param)) as office:
        home = office.table("bicycles.household").add({"name": "Tesfay", "language": "tigrino"}).doc["id"]
        loan = {"bicycle": "Atala", "household": home, "lent_on": "2021-03-01", "lesson": "1,5", "kind": "city"}
        office.table("bicycles.loan").confirm(office.table("bicycles.loan").add(loan).doc["id"])
        office.table("bicycles.loan").add({**loan, "bicycle": "Legnano"})
        yield office


async def test_no_screen_has_a_word_of_the_other_language(whole: Office, on: Callable[..., Any]) -> None:
    unwanted = foreign(whole, whole.lang)
    assert unwanted.pattern.count("|") > 500
    async with on(whole, 130, 60) as (app, press, screen):
        walk = Walk(app, press, screen)
        seen = await walk.everywhere()
    found = ((way, unwanted.findall(" ".join(text.split()))) for way, text in seen.items())
    wrong = {way: words for way, words in found if words}
    assert not wrong, "\n".join(f"{words}   at {way}" for way, words in wrong.items())
    assert {
        "HomeScreen",
        "RegisterScreen",
        "FormScreen",
        "Picker",
        "SettingsScreen",
        "Ask",
        "RecordScreen",
    } <= walk.kinds


@pytest.mark.parametrize("lang", ["it", "en"])
async def test_the_first_run_assistant_speaks_the_language_that_was_chosen(whole: Office, lang: str) -> None:
    choose(lang)
    unwanted = foreign(whole, lang)
    app = Assistant()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("home", *(["down"] if lang == "en" else []), "enter")
        await pilot.pause()
        for answers in (
            ["down", "enter"],
            ["end", "enter"],
            ["enter"] * 4,
            [*"Riccione", "enter", "enter", "enter", "enter"],
        ):
            text = " ".join(strip.text for strip in app.screen._compositor.render_strips())
            assert unwanted.findall(" ".join(text.split())) == [], text
            await pilot.press(*answers)
            await pilot.pause()


def test_every_key_that_textual_words_has_its_italian() -> None:
    from textual import widgets

    from intarsi_tui.tui.keymap import known as bound

    for name in widgets.__all__:
        getattr(widgets, name)
    bound()

    def kinds(node: type[Any]) -> Iterator[type[Any]]:
        yield node
        for one in node.__subclasses__():
            yield from kinds(one)

    known = catalogue("tui", "textual")
    described = {
        binding.description
        for kind in {*kinds(DOMNode), App}
        for binding in Binding.make_bindings(kind.__dict__.get("BINDINGS", ()))
        if binding.description and kind.__module__.startswith(("textual", "intarsi_tui"))
    }
    assert len(described) > 100
    assert sorted(one for one in described if not known.get(one)) == []


def test_every_message_of_click_has_its_italian() -> None:
    known = catalogue("cli")
    messages = {
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _comments, _context in extract_from_dir(str(Path(click.__file__).parent))
    }
    assert len(messages) > 60
    assert sorted(one for one in messages if not known.get(one) and not FOR_PROGRAMMERS.search(one)) == []


def test_why_textual_refuses_a_value_is_said_in_italian() -> None:
    choose("it")
    assert translated.Integer(minimum=3).validate("due").failure_descriptions == ["Serve un numero intero."]
    assert translated.Integer(minimum=3, maximum=5).validate("8").failure_descriptions == ["Da 3 a 5."]
    assert translated.Number(maximum=5).validate("8").failure_descriptions == ["Al massimo 5."]
    assert translated.Length(minimum=3).validate("x").failure_descriptions == ["Più di 3 caratteri."]
    assert translated.URL().validate("qui").failure_descriptions == ["Serve un indirizzo web completo, come https://…"]
    assert translated.Regex("a+", failure_description="Solo a").validate("b").failure_descriptions == ["Solo a"]
    assert translated.Select([("uno", 1)]).prompt == "Scegli"


def test_a_plugin_brings_words_of_its_own(tmp_path: Path) -> None:
    from intarsi_tui.tui.texts import _ as shell

    own = words({"Give it back": "Restituisci"})
    file = tmp_path / "parole.toml"
    file.write_text('"On loan" = "In prestito"\n', "utf-8")
    more = words(file)
    choose("it")
    assert (own("Give it back"), more("On loan"), shell("Give it back")) == (
        "Restituisci",
        "In prestito",
        "Restituisci",
    )
    choose("en")
    assert (own("Give it back"), more("On loan"), shell("Give it back")) == ("Give it back", "On loan", "Give it back")
    with pytest.raises(ValueError, match="pairs of texts"):
        words({"One": 1})  # type: ignore[dict-item]


def test_the_guides_plugin_with_words_of_its_own_loads(workspace: Workspace) -> None:
    guide = (Path(i18n.FOLDER).parents[1] / "docs" / "plugins.md").read_text("utf-8")
    source = next(one for one in re.findall(r"```python\n(.*?)```", guide, re.DOTALL) if "words(" in one)
    (workspace.plugins / "lentkeys.py").write_text(source, "utf-8")
    with open_office(workspace, choose("it")) as office:
        made = office.record_class("lentkeys.key").model_validate({"door": "Cantina"})
        assert made.told() == "2 chiavi sono fuori"  # type: ignore[attr-defined]
