"""One error, worded late in either language; an engine that stands alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

import intarsi_tui.sheets as sheets
from intarsi_tui.sheets import SheetError
from intarsi_tui.sheets.messages import MESSAGES

SOURCES = [path.read_text(encoding="utf-8") for path in Path(sheets.__file__).parent.glob("*.py")]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_says_the_same_in_both_languages(code: str) -> None:
    italian, english, italian_hint, english_hint = MESSAGES[code]
    assert _fields(italian) == _fields(english)
    assert _fields(italian_hint) == _fields(english_hint)
    assert italian != english
    assert italian_hint.endswith(".")
    assert english_hint.endswith(".")


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_message_is_used_with_all_it_needs(code: str) -> None:
    calls = re.findall(
        rf'(?:SheetError|finding|Message)\(\s*"{code}"((?:[^()]|\([^()]*(?:\([^()]*\))?[^()]*\))*)\)',
        "\n".join(SOURCES),
    )
    other = re.search(rf'SheetError\("(\w+)" if .* else "{code}"|SheetError\("{code}" if', "\n".join(SOURCES))
    assert calls or other
    for name in _fields(" ".join(MESSAGES[code])):
        assert all(re.search(rf'\b{name}=|"{name}":', call) for call in calls)


def test_the_place_stands_first_and_names_the_cell() -> None:
    error = SheetError("formula_cell", file="/casa/registro.xlsx", part="xl/worksheets/sheet1.xml", cell="Foglio1!B3")
    assert str(error) == "registro.xlsx, Foglio1!B3: the cell holds a formula and is not overwritten"
    assert error.text("it") == "registro.xlsx, Foglio1!B3: la cella contiene una formula e non viene sovrascritta"
    assert error.message == "the cell holds a formula and is not overwritten"
    assert error.hint.startswith("Take the cell")


def test_public_names_are_sorted_and_resolve() -> None:
    assert sheets.__all__ == sorted(sheets.__all__) == dir(sheets)
    assert all(getattr(sheets, name) for name in sheets.__all__)
    with pytest.raises(AttributeError):
        _ = sheets.nothing


def test_the_engine_needs_nothing_but_the_standard_library_until_it_reads() -> None:
    code = (
        "import sys; before = set(sys.modules); import intarsi_tui.sheets as s; s.fill, s.inspect, s.lint, s.check, s.read_rows\n"
        "new = {n for n in set(sys.modules) - before if not n.startswith('intarsi_tui.sheets')}\n"
        "print(*sorted(n for n in new if n.partition('.')[0] not in sys.stdlib_module_names))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(sheets.__file__).parents[2]
    )
    assert run.stdout.split() == ["intarsi_tui"]
