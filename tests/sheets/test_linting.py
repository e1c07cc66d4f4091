"""Broken structure is found by the rule it breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.sheets import lint

Rebuild = Callable[..., Path]
SHEET1, SHEET2, TABLE = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/tables/table1.xml"
BOOK, TYPES, RELATIONS = "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"


def test_a_sound_workbook_has_no_findings(register: Path) -> None:
    assert lint(register) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        (SHEET1, b'<row r="9"', b'<row r="8"', "bad_row_order"),
        (SHEET1, b'r="B9"', b'r="A9"', "bad_cell"),
        (SHEET1, b't="s"><v>0</v>', b't="s"><v>999</v>', "lint_string"),
        (SHEET1, b't="s"><v>0</v>', b't="n"><v>uno</v>', "lint_value"),
        (SHEET1, b'<c r="A8" s="', b'<c r="A8" s="99', "lint_style"),
        (SHEET1, b'<mergeCell ref="A1:F1" />', b'<mergeCell ref="A1:F1"/><mergeCell ref="F1:G2"/>', "lint_merge"),
        (SHEET1, b'<mergeCells count="1"', b'<mergeCells count="2"', "lint_count"),
        (SHEET1, b"<sheetData>", b"<pageMargins/><sheetData>", "lint_order"),
        (SHEET1, b"</worksheet>", b"<a></worksheet>", "bad_xml"),
        (SHEET2, b"</f>", b"</f><!---->", ""),
        (TABLE, b'name="Nome"', b'name="Cognome"', "lint_header"),
        (TABLE, b'name="Nome"', b'name="Doppio"', "lint_column_twice"),
        (TABLE, b'ref="A1:C6"', b'ref="A1:C7"', "lint_filter"),
        (TABLE, b'totalsRowLabel="Totale"', b'totalsRowLabel="Somma"', "lint_totals"),
        (TABLE, b'displayName="Iscritti"', b'displayName="Ente"', "lint_table_name"),
        (TABLE, b'ref="A1:C7"', b'ref="A1:D7"', "bad_table"),
        (BOOK, b"Elenchi!$C$3:$D$6", b"Altro!$C$3:$D$6", "lint_name"),
        (BOOK, b"Elenchi!$C$3:$D$6", b"#REF!", "lint_name"),
        (BOOK, b'name="Note"', b'name="Elenchi"', "lint_sheet_twice"),
        (BOOK, b'name="Note"', b'name="a/b"', "lint_sheet_name"),
        (BOOK, b'name="costante"', b'name="quote"', "lint_name_twice"),
        (TYPES, b"</Types>", b'<Override PartName="/xl/x.xml" ContentType="a/b"/></Types>', "lint_override"),
        (RELATIONS, b"theme/theme1.xml", b"theme/theme9.xml", "lint_target"),
        (RELATIONS, b'Id="rId98"', b'Id="rId99"', "lint_id_twice"),
        ("xl/calcChain.xml", b'r="E8"', b'r="A8"', "lint_chain"),
        ("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount="9', "lint_count"),
        ("xl/styles.xml", b'<cellXfs count="', b'<cellXfs count="9', "lint_count"),
    ],
)
def test_a_broken_rule_is_found(register: Path, rebuild: Rebuild, part: str, old: bytes, new: bytes, code: str) -> None:
    def edit(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    findings = lint(rebuild(register, {part: edit}))
    assert (code in {finding.code for finding in findings}) if code else findings == []
    for finding in findings:
        assert finding.text("it") != finding.text("en") == str(finding)
        assert finding.problem.hint("it")


def test_a_part_of_no_known_type_is_found(register: Path, rebuild: Rebuild) -> None:
    assert [finding.code for finding in lint(rebuild(register, {"xl/strano.qqq": b"?"}))] == ["lint_untyped"]
