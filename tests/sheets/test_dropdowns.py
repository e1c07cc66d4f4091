"""Values against the dropdown lists of their cells: written, and named in the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.sheets import Block, Value, fill

Make = Callable[..., Path]
Rebuild = Callable[..., Path]


def _doubted(path: Path, out: Path, cells: dict[str, Value]) -> list[str]:
    report = fill(path, out, cells)
    return [cell for cell, message in report.doubtful if message.code == "not_offered"]


@pytest.mark.parametrize(
    ("value", "doubted"), [("Sì", False), ("sì", True), ("Forse", True), (None, False), ("", False)]
)
def test_a_typed_list_is_compared_to_the_letter(register: Path, out: Path, value: Value, doubted: bool) -> None:
    assert _doubted(register, out, {"'Foglio 1'!B5": value}) == (["'Foglio 1'!B5"] if doubted else [])


def test_a_list_on_another_sheet_is_compared_whatever_the_case(register: Path, out: Path) -> None:
    rows = [("corso",), ("Gita",), (None,)]
    report = fill(register, out, blocks=[Block("'Foglio 1'!A8", ["Attività"], rows)])
    found = [(cell, message) for cell, message in report.doubtful if message.code == "not_offered"]
    assert [cell for cell, _ in found] == ["'Foglio 1'!B9"]
    assert found[0][1].text("it") == "«Gita» non è tra le voci della tendina: Mediazione, Corso, Evento"
    assert "Gita" in str(found[0][1])


def test_a_list_that_is_filled_itself_counts_as_filled(register: Path, out: Path) -> None:
    assert _doubted(register, out, {"Elenchi!A2": "Gita", "'Foglio 1'!B8": "Gita", "'Foglio 1'!B9": "Corso"}) == [
        "'Foglio 1'!B9"
    ]


@pytest.mark.parametrize(
    ("source", "doubted"),
    [("voci", True), ("$D$1:$D$2", True), ("INDIRECT(A1)", False), ("manca", False), ("S2!$A:$A", True)],
)
def test_lists_by_name_and_range_are_known_and_formulas_are_left_to_excel(
    make: Make, rebuild: Rebuild, out: Path, source: str, doubted: bool
) -> None:
    numbers = "".join(f'<row r="{n}"><c r="D{n}"><v>{n}0</v></c></row>' for n in (1, 2))
    rule = f'<dataValidations count="1"><dataValidation type="list" sqref="A1 B2:B3"><formula1>{source}</formula1></dataValidation></dataValidations>'
    names = b"<definedNames><definedName name='voci'>Uno!$D$1:$D$2</definedName></definedNames>"
    template = rebuild(
        make(f"<sheetData>{numbers}</sheetData>{rule}", f"<sheetData>{numbers}</sheetData>".replace('"D', '"A')),
        {"xl/workbook.xml": lambda d: d.replace(b"<definedNames />", b"").replace(b"</sheets>", b"</sheets>" + names)},
    )
    cells: dict[str, Value] = {"Uno!A1": 10, "Uno!B2": 20.0, "Uno!B3": 30, "Uno!B4": 40}
    assert _doubted(template, out, cells) == (["Uno!B3"] if doubted else [])
