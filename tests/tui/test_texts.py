"""Text on its way to the screen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import intarsi_tui.i18n
import intarsi_tui.tui
from intarsi_tui.i18n import choose
from intarsi_tui.tui.keys import _SHORT, key_name
from intarsi_tui.tui.texts import cell, lines, one_line, sides

SOURCES = Path(intarsi_tui.tui.__file__).parent
CATALOGUE = Path(intarsi_tui.i18n.__file__).parent / "it" / "LC_MESSAGES" / "tui.po"


@given(st.text(), st.integers(1, 40), st.sampled_from(["left", "right"]))
def test_a_cell_is_exactly_as_wide_as_it_is_told(text: str, width: int, align: str) -> None:
    assert cell_len(cell(text, width, align)) == width


@given(st.text())
def test_no_control_byte_is_left(text: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", one_line(text))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", lines(text))


def test_a_control_byte_is_seen_and_ordinary_text_is_left_alone() -> None:
    assert one_line("a\x1b[2Jb\nc") == "a␛[2Jb↵c"
    assert one_line("Perù – Đorđe [Parma]") == "Perù – Đorđe [Parma]"
    assert lines("a\nb") == "a\nb"


def test_what_is_cut_off_says_so() -> None:
    assert cell("Haddad [Parma]", 8) == "Haddad …"
    assert cell("日本語", 4) == "日 …"
    assert sides("Biciclette ▸ Prestiti", "18 di 118", 24) == "Biciclette ▸…  18 di 118"


@pytest.mark.parametrize(
    ("key", "it", "en"),
    [
        ("enter", "Invio", "Enter"),
        ("ctrl+s", "Ctrl+S", "Ctrl+S"),
        ("f10", "F10", "F10"),
        ("pagedown", "PgGiù", "PgDn"),
        ("n", "n", "n"),
    ],
)
def test_keys_are_called_as_on_the_keyboard(key: str, it: str, en: str) -> None:
    choose("it")
    assert key_name(key) == it
    choose("en")
    assert key_name(key) == en


def english() -> Iterator[str]:
    """What `_()` is given, and the wordings of bindings, stops of the tour and modes, read off the source."""
    yield from _SHORT.values()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = {"_": 0, "Stop": 0, "Binding": 2}.get(node.func.id)
            texts = node.args[place : place + 1] if place is not None else []
            yield from (text.value for text in texts if isinstance(text, ast.Constant))


def test_every_text_has_its_italian_and_no_italian_is_left_over() -> None:
    with CATALOGUE.open("rb") as file:
        italian = {message.id: message.string for message in read_po(file) if message.id}
    assert [text for text in english() if not italian.get(text)] == []
    vocabulary = {
        "public",
        "internal",
        "personal",
        "special",
        "office",
        "audit",
        "ministry",
        "lead",
        "period",
        "partner",
    }
    assert set(italian) - set(english()) <= vocabulary
    for text, wording in italian.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", wording)), text
