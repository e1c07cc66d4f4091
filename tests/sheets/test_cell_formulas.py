"""Formulas in cells after rows were put in: moved, written out, repeated; on the grown sheet and on those that look there."""

from __future__ import annotations

import pytest

from intarsi_tui.sheets import SheetError
from intarsi_tui.sheets.cell_formulas import CellFormulas
from intarsi_tui.sheets.growing import moved_sheet
from intarsi_tui.sheets.moves import Growth, Moves
from intarsi_tui.sheets.scan import SheetScan

FIVE = Moves({"Dati": [Growth(12, 3, 8)]}, ["Dati", "Gen", "Feb"])
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def sheet(rows: str, tail: str = "", head: str = "", namespace: str = MAIN) -> SheetScan:
    return SheetScan(f'<worksheet xmlns="{namespace}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'.encode())


def body(scan: SheetScan, name: str, down: int = 0, title: str = "Dati") -> str:
    cell = next(cell for cell in scan.all_cells() if cell.name == name)
    formulas = CellFormulas(scan, title, FIVE)
    return (formulas.repeated(cell, down) if down else formulas.moved(cell)).decode()


SHARED = sheet(
    '<row r="8"><c r="E8"><f t="shared" ref="E8:E12" si="0">C8*D$13&amp;"C13"</f><v>1</v></c></row>'
    '<row r="9"><c r="E9"><f t="shared" si="0"/><v>2</v></c></row>'
    '<row r="12"><c r="E12"><f t="shared" si="0" ca="1"></f><v>3</v></c></row>'
    '<row r="13"><c r="C13"><f>SUM(C8:C12)</f></c><c r="E13"><f>C13</f><v/></c><c r="F13"><v>5</v></c></row>'
)


def test_formulas_move_and_everything_else_in_the_cell_stays() -> None:
    assert body(SHARED, "C13") == "<f>SUM(C8:C15)</f>"
    assert body(SHARED, "E13") == "<f>C16</f><v/>"
    assert body(SHARED, "F13") == "<v>5</v>"


def test_formulas_that_share_a_text_are_written_out_on_a_grown_sheet() -> None:
    assert body(SHARED, "E8") == "<f>C8*D$16&amp;&quot;C13&quot;</f><v>1</v>"
    assert body(SHARED, "E9") == "<f>C9*D$16&amp;&quot;C13&quot;</f><v>2</v>"
    assert body(SHARED, "E12") == '<f ca="1">C12*D$16&amp;&quot;C13&quot;</f><v>3</v>'


def test_the_last_drawn_rows_formula_is_repeated_with_its_row() -> None:
    assert body(SHARED, "E12", 1) == '<f ca="1">C13*D$16&amp;&quot;C13&quot;</f><v>3</v>'
    assert body(SHARED, "E12", 3) == '<f ca="1">C15*D$16&amp;&quot;C13&quot;</f><v>3</v>'


def test_array_formulas_grow_over_several_rows_and_are_repeated_in_one() -> None:
    scan = sheet(
        '<row r="8"><c r="F8" cm="1"><f t="array" ref="F8:F12">C8:C12*2</f><v>1</v></c></row>'
        '<row r="12"><c r="G12"><f t="array" ref="G12" aca="1">SUM(C12:D12*2)</f></c></row>'
        '<row r="13"><c r="H13"><f t="array" ref="H13:I14">C13:C14</f></c>'
        '<c r="J13"><f t="dataTable" ref="J13:K14" dt2D="1" dtr="1" r1="C5" r2="C20"/></c></row>'
    )
    assert body(scan, "F8") == '<f t="array" ref="F8:F15">C8:C15*2</f><v>1</v>'
    assert body(scan, "G12") == '<f t="array" ref="G12" aca="1">SUM(C12:D12*2)</f>'
    assert body(scan, "G12", 2) == '<f t="array" ref="G14" aca="1">SUM(C14:D14*2)</f>'
    assert body(scan, "H13") == '<f t="array" ref="H16:I17">C16:C17</f>'
    assert body(scan, "J13") == '<f t="dataTable" ref="J16:K17" dt2D="1" dtr="1" r1="C5" r2="C23"/>'


def test_elsewhere_only_formulas_that_look_at_the_grown_sheet_change() -> None:
    scan = sheet(
        '<row r="1"><c r="A1"><f>Dati!C13</f><v>7</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A13*2</f></c>'
        '<c r="C1"><f t="shared" ref="C1:C2" si="1">Dati!C12</f></c><c r="D1" t="str"><v>C13</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/></c><c r="C2"><f t="shared" si="1"/></c></row>',
        tail='<conditionalFormatting sqref="A1"><cfRule><formula>Dati!$C$13&gt;1</formula></cfRule></conditionalFormatting>'
        '<hyperlinks><hyperlink ref="A13" location="Dati!A13"/></hyperlinks>',
        head='<dimension ref="A1:D20"/>',
    )
    old = scan.data.decode()
    assert moved_sheet(scan, "Gen", FIVE).decode() == (
        old.replace("<f>Dati!C13<", "<f>Dati!C16<")
        .replace('<f t="shared" ref="C1:C2" si="1">', "<f>")
        .replace('<f t="shared" si="1"/>', "<f>Dati!C16</f>")
        .replace("$C$13&gt;", "$C$16&gt;")
        .replace('"Dati!A13"', '"Dati!A16"')
    )


def test_a_sheet_that_does_not_look_at_the_grown_one_stays_as_it_is() -> None:
    scan = sheet('<row><c><f t="shared" si="0" ref="A1:A2">B13*2</f></c></row><row><c><f t="shared" si="0"/></c></row>')
    assert moved_sheet(scan, "Gen", FIVE) == scan.data


def test_prefixes_strict_files_and_single_quotes_are_understood() -> None:
    data = (
        f"<x:worksheet xmlns:x='{STRICT}'><x:dimension ref='A1:C13'/><x:sheetData>"
        "<x:row r='13'><x:c r='C13'><x:f t='shared' si='0' ref='C13'>SUM(C8:C12)</x:f><x:v>1</x:v></x:c></x:row>"
        "</x:sheetData><x:mergeCells count='1'><x:mergeCell ref='A12:B12'/></x:mergeCells></x:worksheet>"
    )
    scan = SheetScan(data.encode())
    assert body(scan, "C13") == "<x:f>SUM(C8:C15)</x:f><x:v>1</x:v>"


def test_an_error_names_the_cell() -> None:
    scan = sheet('<row r="4"><c r="B4"><f>SUM(Dati:Feb!C13)</f></c></row>')
    with pytest.raises(SheetError) as caught:
        moved_sheet(scan, "Gen", FIVE)
    assert (caught.value.cell, caught.value.code) == ("B4", "sheets_differ")


def test_the_formula_of_a_group_without_its_first_cell_stays() -> None:
    scan = sheet('<row r="4"><c r="B4"><f t="shared" si="7"/><v>1</v></c></row>')
    assert body(scan, "B4") == '<f t="shared" si="7"/><v>1</v>'
