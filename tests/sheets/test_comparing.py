"""What a fill changed can be seen: parts to the byte, cells by what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from intarsi_tui import sheets

Rebuild = Callable[..., Path]


def test_a_workbook_is_identical_to_itself(register: Path) -> None:
    found = sheets.diff(register, register)
    assert found.identical
    assert found.cells == []


def test_a_fill_is_seen_in_its_cells_and_in_the_parts_it_reports(register: Path, out: Path) -> None:
    report = sheets.fill(register, out, {"'Foglio 1'!A8": date(2021, 4, 14), "'Foglio 1'!B8": "=1+1"})
    found = sheets.diff(register, out)
    assert {change.cell: (change.before, change.after) for change in found.cells} == {
        "'Foglio 1'!A8": ("", "14/04/2021"),
        "'Foglio 1'!B8": ("", "=1+1"),
    }
    changed = [part for part, state in found.parts.items() if state != "identical"]
    assert changed == report.changed_parts


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_a_string_that_changes_its_place_in_the_list_is_no_change_of_a_cell(register: Path, out: Path) -> None:
    """Another program writes the same content as other parts: the cells tell that nothing changed."""
    with register.open("rb") as file:
        load_workbook(file).save(out)
    found = sheets.diff(register, out)
    assert not found.identical
    assert [change for change in found.cells if not change.format] == []


def test_a_changed_format_is_told_where_the_formats_are_the_same(
    register: Path, rebuild: Rebuild, tmp_path: Path
) -> None:
    restyled = rebuild(
        register, {"xl/worksheets/sheet1.xml": lambda data: data.replace(b'<c r="A8" s="', b'<c r="A8" s="1', 1)}
    )
    (change,) = sheets.diff(register, restyled).cells
    assert (change.cell, change.before, change.after, change.format) == ("'Foglio 1'!A8", "", "", True)


@pytest.mark.parametrize(("now", "differs"), [("7.5000000000000009", False), ("7.5001", True), ("sette", True)])
def test_the_last_digits_of_a_number_are_no_difference(
    register: Path, out: Path, rebuild: Rebuild, now: str, differs: bool
) -> None:
    sheets.fill(register, out, {"'Foglio 1'!C8": 7.5})
    part = "xl/worksheets/sheet1.xml"
    kind = b' t="str"' if now == "sette" else b""
    edit = {
        part: lambda data: re.sub(rb'(<c r="C8"[^>]*)><v>7\.5<', rb"\1" + kind + b"><v>" + now.encode() + b"<", data)
    }
    found = sheets.diff(out, rebuild(out, edit))
    assert found.parts[part] == "changed"
    assert [change.cell for change in found.cells] == (["'Foglio 1'!C8"] if differs else [])


def test_parts_that_only_one_has_are_named(register: Path, rebuild: Rebuild) -> None:
    more = rebuild(register, {"xl/extra.bin": b"x", "xl/calcChain.xml": None})
    states = sheets.diff(register, more).parts
    assert (states["xl/extra.bin"], states["xl/calcChain.xml"]) == ("added", "removed")


def test_a_long_list_of_cells_is_cut_and_counted(register: Path, out: Path) -> None:
    sheets.fill(register, out, {f"'Foglio 1'!A{row}": row for row in (8, 9, 10)})
    found = sheets.diff(register, out, limit=1)
    assert (len(found.cells), found.more) == (1, 2)
