"""The forms in which other programs write the same workbook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from intarsi_tui.sheets import Block, SheetError, fill, inspect, lint

Make = Callable[..., Path]
Rebuild = Callable[..., Path]
Content = Callable[[Path, str], str]
SHEET = "xl/worksheets/sheet1.xml"
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def _values(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)  # type: ignore[return-value]


def _strict(data: bytes) -> bytes:
    for old, new in STRICT.items():
        data = data.replace(old, new)
    return data


def _prefixed(data: bytes) -> bytes:
    data = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", data)
    return data.replace(
        b'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
        b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
    )


def test_a_strict_workbook_is_filled_in_its_own_namespace(
    make: Make, out: Path, rebuild: Rebuild, content: Content
) -> None:
    source = make("<sheetData/>", excel=False)
    with zipfile.ZipFile(source) as package:
        names = [n for n in package.namelist() if n.endswith((".xml", ".rels")) and n != "[Content_Types].xml"]
    template = rebuild(source, dict.fromkeys(names, _strict))
    fill(template, out, {"B2": "testo", "B3": date(2021, 4, 14)})
    strings = content(out, "xl/sharedStrings.xml")
    assert "http://purl.oclc.org/ooxml/spreadsheetml/main" in strings
    assert 'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/sharedStrings"' in content(
        out, "xl/_rels/workbook.xml.rels"
    )
    assert lint(out) == []


def test_prefixed_elements_stay_prefixed(make: Make, out: Path, rebuild: Rebuild, content: Content) -> None:
    source = make('<sheetData><row r="2"><c r="B2"><v>1</v></c><c r="C2"><f>B2+1</f><v>2</v></c></row></sheetData>')
    parts = [SHEET, "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]
    template = rebuild(source, dict.fromkeys(parts, _prefixed))
    fill(template, out, {"B2": "testo", "D2": date(2021, 4, 14), "A9": "a\nb"})
    sheet = content(out, SHEET)
    assert re.search(r'<x:c r="C2"><x:f>B2\+1</x:f></x:c>', sheet)
    assert re.search(r'<x:row r="9"><x:c r="A9" s="\d+" t="s"><x:v>\d+</x:v></x:c></x:row>', sheet)
    assert 'fullCalcOnLoad="1"' in content(out, "xl/workbook.xml")
    assert lint(out) == []
    assert _values(out)[1][:2] == ["", "testo"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_parts_in_other_encodings_are_read_and_filled(
    make: Make, out: Path, rebuild: Rebuild, opened: Callable[[Path], Workbook], codec: str
) -> None:
    cell = '<c r="A1" t="inlineStr"><is><t>Età</t></is></c>'
    source = make(f'<sheetData><row r="1">{cell}</row><row r="2"><c r="A2"/></row></sheetData>')
    declared = {"utf-8-sig": "UTF-8"}.get(codec, codec.upper())

    def recode(data: bytes) -> bytes:
        text = re.sub(r"^<\?xml.*?\?>\s*", "", data.decode())
        return f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(codec)

    template = rebuild(source, {SHEET: recode, "xl/workbook.xml": recode})
    fill(template, out, blocks=[Block("Uno!A2", ["eta"], [("è",)])])
    assert [row[0].value for row in opened(out)["Uno"]["A1:A2"]] == ["Età", "è"]


def test_rows_and_cells_without_addresses_are_counted(
    make: Make, out: Path, opened: Callable[[Path], Workbook]
) -> None:
    row = "<row><c><v>1</v></c><c><v>2</v></c><c><f>A1</f></c></row>"
    template = make(f'<sheetData>{row}<row r="4"><c/><c r="C4"><v>5</v></c><c><v>6</v></c></row>{row}</sheetData>')
    fill(template, out, {"B1": 20, "B4": 40, "A3": 3, "A7": 7})
    sheet = opened(out)["Uno"]
    assert [[c.value for c in line] for line in sheet["A1:D7"]] == [
        [1, 20, "=A1", None],
        [None] * 4,
        [3, None, None, None],
        [None, 40, 5, 6],
        [1, 2, "=A1", None],
        [None] * 4,
        [7, None, None, None],
    ]
    assert lint(out) == []


def test_comments_and_cdata_between_cells_do_not_mislead(
    make: Make, out: Path, opened: Callable[[Path], Workbook]
) -> None:
    body = (
        '<sheetData><!-- <row r="1"><c r="A1"/></row> --><row r="1"><c r="A1" t="inlineStr"><is><t>'
        "<![CDATA[<c r=\"B1\"> & c]]></t></is></c><c r='C1'><v>3</v></c></row></sheetData>"
    )
    fill(make(body), out, {"B1": "x"})
    assert [c.value for c in opened(out)["Uno"][1]] == ['<c r="B1"> & c', "x", 3]


def test_a_greater_sign_inside_an_attribute_does_not_end_the_tag(
    make: Make, out: Path, opened: Callable[[Path], Workbook]
) -> None:
    body = '<sheetData><row r="1"><c r="A1"><f ca="1" bx="a>b">1+1</f><v>2</v></c><c r="B1" ph=">/"><v>1</v></c></row></sheetData>'
    fill(make(body.replace(' bx="a>b"', "")), out, {"C1": 1})
    assert [c.value for c in opened(out)["Uno"][1]] == ["=1+1", 1, 1]


def test_an_empty_sheet_gets_its_first_row(make: Make, out: Path, opened: Callable[[Path], Workbook]) -> None:
    for number, body in enumerate(("<sheetData/>", "<sheetData></sheetData>", "<sheetData />")):
        fill(make(body, name=f"m{number}.xlsx"), out, {"B2": "x"})
        assert opened(out)["Uno"]["B2"].value == "x"
        assert lint(out) == []


def test_shared_strings_are_made_when_there_are_none(make: Make, out: Path, content: Content) -> None:
    fill(make("<sheetData/>", excel=False), out, {"A1": "x", "A2": "y", "A3": "x"})
    assert 'count="3" uniqueCount="2"' in content(out, "xl/sharedStrings.xml")
    assert _values(out) == [["x"], ["y"], ["x"]]
    assert lint(out) == []


def test_shared_strings_keep_their_old_entries_to_the_byte(
    make: Make, out: Path, rebuild: Rebuild, content: Content
) -> None:
    items = '<si><r><rPr><b/></rPr><t>ric</t></r><r><t>co</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t>x</t></si><si/>'
    sst = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4" uniqueCount="3">{items}</sst>'
    cells = "".join(f'<c r="{c}1" t="s"><v>{n}</v></c>' for c, n in (("A", 0), ("B", 1), ("C", 1), ("D", 2)))
    template = rebuild(make(f'<sheetData><row r="1">{cells}</row></sheetData>'), {"xl/sharedStrings.xml": sst.encode()})
    fill(template, out, {"B1": "ricco", "E1": "x"})
    strings = content(out, "xl/sharedStrings.xml")
    assert strings == sst.replace('uniqueCount="3"', 'uniqueCount="4"').replace('count="4" u', 'count="5" u').replace(
        "</sst>", "<si><t>ricco</t></si></sst>"
    )
    assert _values(out) == [["ricco", "ricco", "x", "", "x"]]


def test_absolute_and_backslash_targets_are_followed(make: Make, out: Path, rebuild: Rebuild, content: Content) -> None:
    template = rebuild(
        make("<sheetData/>"),
        {
            "xl/_rels/workbook.xml.rels": lambda d: d.replace(
                b'"/xl/worksheets/sheet1.xml"', b'"worksheets\\sheet1.xml"'
            )
        },
    )
    fill(template, out, {"A1": 17})
    assert "<v>17</v>" in content(out, SHEET)


def test_a_format_is_cloned_once_for_all_its_cells(make: Make, out: Path, content: Content) -> None:
    fill(make("<sheetData/>"), out, {f"A{n}": date(2021, 4, n) for n in range(1, 9)})
    assert re.search(
        r'<cellXfs count="2">.*<xf [^>]*numFmtId="14"[^>]*applyNumberFormat="1"', content(out, "xl/styles.xml")
    )
    assert inspect(out).date1904 is False
    assert lint(out) == []


def test_a_sheet_out_of_order_is_refused(make: Make, out: Path) -> None:
    for body in ('<row r="2"/><row r="1"/>', '<row r="1"><c r="B1"/><c r="A1"/></row>', '<row r="1"><c r="A2"/></row>'):
        with pytest.raises(SheetError) as caught:
            fill(make(f"<sheetData>{body}</sheetData>"), out, {"A1": 1})
        assert caught.value.code in ("bad_row_order", "bad_cell")
        assert not out.exists()


def test_prefixed_sheets_grow_with_prefixed_rows(make: Make, out: Path, rebuild: Rebuild, content: Content) -> None:
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nome</t></is></c></row>'
    row = '<row r="2"><c r="A2"/><c r="B2"><f>LEN(A2)</f><v>0</v></c></row><row r="3"><c r="B3"><v>7</v></c></row>'
    template = rebuild(
        make(f"<sheetData>{head}{row}</sheetData>"),
        dict.fromkeys([SHEET, "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"], _prefixed),
    )
    fill(template, out, blocks=[Block("A2", ["Nome"], [("Ada",), ("Bo & C",), (None,), (3,)])])
    sheet = content(out, SHEET)
    assert re.search(
        r'<x:row r="3"><x:c r="A3" t="s"><x:v>\d+</x:v></x:c><x:c r="B3"><x:f>LEN\(A3\)</x:f></x:c></x:row>', sheet
    )
    assert '<x:row r="6"><x:c r="B6"><x:v>7</x:v></x:c></x:row>' in sheet
    assert lint(out) == []
    assert [row[0] for row in _values(out)] == ["Nome", "Ada", "Bo & C", "", 3, ""]


def test_rows_without_addresses_go_down_too(make: Make, out: Path, opened: Callable[[Path], Workbook]) -> None:
    head = '<row><c t="inlineStr"><is><t>Nome</t></is></c><c t="inlineStr"><is><t>N</t></is></c></row>'
    body = f"<sheetData>{head}<row><c/><c/></row><row><c><f>SUM(B2)</f></c></row><row/><row><c/><c><v>5</v></c></row></sheetData>"
    fill(make(body), out, {"A5": "x"}, [Block("A2", ["Nome", "N"], [("Ada", 1), ("Bo", 2), ("Cleo", 3)])])
    assert [[cell.value for cell in row] for row in opened(out)["Uno"]["A1:B7"]] == [
        ["Nome", "N"],
        ["Ada", 1],
        ["Bo", 2],
        ["Cleo", 3],
        ["=SUM(B2:B4)", None],
        [None, None],
        ["x", 5],
    ]
    assert lint(out) == []
