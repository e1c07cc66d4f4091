"""Every word of the command line has its Italian, click's own included."""

import ast
import gettext
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from intarsi_tui.cli import inputs, main
from intarsi_tui.i18n import FOLDER

CLI = Path(main.__file__).parent
# Texts of click that people meet here; the wording of a few changed between 8.2 and 8.5, so both are translated.
CLICK = [
    "Usage:", "Options", "Commands", "Error: {message}", "Missing option", "Missing argument", "Missing command.",
    "Try '{command} {option}' for help.", "No such option {name!r}.", "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}", "Show this message and exit.", "required",
    "{value!r} is not a valid {number_type}.", "Option {name!r} does not take a value.", "Aborted!",
]  # fmt: skip


def wordings() -> Iterator[tuple[str, str]]:
    """File and text of each `_("…")` and each `help="…"` of the command line."""
    for path in sorted(CLI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts: list[ast.expr] = [word.value for word in node.keywords if word.arg == "help"]
            if name == "_":
                texts += node.args
            if name == "command":
                texts += node.args[1:2]
            for text in texts:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield path.name, text.value
    for constant in [
        *inputs.HINTS.values(),
        *inputs.PRIVACY.values(),
        *main.STATES.values(),
        *(help for _, help in main.CORE.values()),
    ]:
        yield "table", constant


@pytest.fixture
def italian() -> gettext.NullTranslations:
    return gettext.translation("cli", FOLDER, ["it"])


def test_every_text_of_the_command_line_has_an_italian_wording(italian: gettext.NullTranslations) -> None:
    same = {"9:30", "1h30, 1:30, 90m", "Partner", "Plugin", "Plugin {name}", "Record", "Records", "{count} records"}
    untranslated = {text: file for file, text in wordings() if italian.gettext(text) == text and text not in same}
    assert untranslated == {}


def test_placeholders_survive_translation(italian: gettext.NullTranslations) -> None:
    from string import Formatter

    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    changed = {
        text
        for _, text in wordings()
        if "{" in text and '{"' not in text and names(text) != names(italian.gettext(text))
    }
    assert changed == set()


@pytest.mark.parametrize("text", CLICK)
def test_clicks_own_texts_are_in_the_catalogue(text: str, italian: gettext.NullTranslations) -> None:
    assert italian.gettext(text) != text


def test_the_catalogue_has_nothing_that_nobody_says(italian: gettext.NullTranslations) -> None:
    ours = {text for _, text in wordings()}
    clicks = (
        "\n".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
        .replace('\\"', '"')
        .replace("\\n", "\n")
        .replace("\\t", "\t")
    )
    known = {text for text in italian._catalog if isinstance(text, str) and text}  # type: ignore[attr-defined]
    old = {"No such option: {name}", "Invalid value for {param_hint}: {message}"}
    assert {text for text in known - ours - old if text not in clicks} == set()
