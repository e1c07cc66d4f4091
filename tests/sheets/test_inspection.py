"""What a template offers to be filled, as plain data."""

from __future__ import annotations

import json
from pathlib import Path

from intarsi_tui.sheets import check, inspect


def test_a_description_names_every_place_to_fill(register: Path) -> None:
    found = inspect(register)
    assert json.loads(json.dumps(found.as_dict())) == found.as_dict()
    assert [(s.name, s.header_row) for s in found.sheets][:2] == [("Foglio 1", 7), ("Corsi d'italiano", 1)]
    first = found.sheets[0]
    assert first.headers == ["Data", "Attività", "Ore\nsvolte", "Costo €", "Totale"]
    assert (first.used, first.formulas, first.merged, first.protected) == ("A1:F13", 7, 1, True)
    assert [(d.cells, d.choices) for d in first.dropdowns] == [
        ("B5", ["Sì", "No"]),
        ("B8:B12", ["Mediazione", "Corso", "Evento"]),
    ]
    assert [(t.name, t.range, t.columns, t.rows) for t in found.tables] == [
        ("Iscritti", "A1:C7", ["Nome", "Età", "Doppio"], 5)
    ]
    assert [(n.name, n.cells) for n in found.names] == [
        ("ente", "'Foglio 1'!B2"),
        ("quote", "Elenchi!C3:D6"),
        ("costante", None),
    ]
    assert [(p.placeholder, p.cell, p.alone) for p in found.placeholders] == [
        ("{{Referente}}", "'Foglio 1'!D2", False),
        ("{{anno}}", "'Foglio 1'!D2", False),
        ("{{trimestre}}", "'Foglio 1'!B3", True),
    ]
    assert (found.kind, found.macros, found.signed, found.protected, found.date1904) == (
        ".xlsx",
        False,
        False,
        False,
        False,
    )


def test_a_check_names_each_place_that_a_fill_would_refuse(register: Path) -> None:
    before = register.read_bytes()
    found = check(
        register,
        ["ente", "{{anno}}", "{{manca}}", "'Foglio 1'!E8"],
        [("Iscritti", ["Nome", "Doppio"]), ("'Foglio 1'!A8", ["Data", "Note"]), ("Altra", [])],
    )
    assert [(place, error.code) for place, error in found] == [
        ("{{manca}}", "place_not_found"),
        ("'Foglio 1'!E8", "formula_cell"),
        ("Iscritti Doppio", "formula_cell"),
        ("'Foglio 1'!A8 Note", "header_not_found"),
        ("Altra", "place_not_found"),
    ]
    assert register.read_bytes() == before
