"""What real workbooks hold that hardly a program writes: odd encodings, leftovers of old versions, other programs' own things."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from intarsi_tui.sheets import Block, Copy, SheetError, fill, fill_copies, inspect, lint
from intarsi_tui.sheets.formulas import shift
from intarsi_tui.sheets.markup import parse
from intarsi_tui.sheets.moves import Growth, Moves
from intarsi_tui.sheets.renaming import Names

Make = Callable[..., Path]
Rebuild = Callable[..., Path]
Content = Callable[[Path, str], str]
Opened = Callable[[Path], Workbook]

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
SHEET_LINKS = "xl/worksheets/_rels/sheet1.xml.rels"
DRAWING = "xl/drawings/drawing1.xml"
DRAWING_LINKS = "xl/drawings/_rels/drawing1.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def _relations(*kinds_and_targets: tuple[str, str]) -> bytes:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds_and_targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'.encode()


def _drawn(make: Make, rebuild: Rebuild, links: bytes) -> Path:
    """A workbook with a drawing that has these relationships."""
    drawing = b'<wsDr xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
    kind = b"application/vnd.openxmlformats-officedocument.drawing+xml"
    return rebuild(
        make(ROWS, ROWS),
        {
            TYPES: lambda d: d.replace(
                b"</Types>", b'<Override PartName="/%s" ContentType="%s"/></Types>' % (DRAWING.encode(), kind)
            ),
            SHEET_LINKS: _relations(("drawing", "../drawings/drawing1.xml")),
            DRAWING: drawing,
            DRAWING_LINKS: links,
        },
        name="drawn.xlsx",
    )


def test_every_part_may_be_written_in_utf_16(make: Make, rebuild: Rebuild, out: Path, opened: Opened) -> None:
    source = make(ROWS, ROWS)
    with zipfile.ZipFile(source) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]

    def wide(data: bytes) -> bytes:
        return data.decode().replace("UTF-8", "UTF-16").replace("utf-8", "utf-16").encode("utf-16")

    template = rebuild(source, dict.fromkeys(names, wide))
    fill(template, out, {"Uno!A2": "testo"})
    assert lint(out) == []
    assert opened(out)["Uno"]["A2"].value == "testo"
    fill_copies(template, out, "Uno", [Copy("Ada", {"Uno!A2": "x"}), Copy("Bea")])
    assert lint(out) == []
    assert opened(out).sheetnames == ["Ada", "Bea", "S2"]


def test_formats_that_another_program_wraps_count_as_one_each(
    make: Make, rebuild: Rebuild, out: Path, content: Content
) -> None:
    wrapped = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="hs"><xf numFmtId="0"/></mc:Choice>'
        '<mc:Fallback><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/></mc:Fallback></mc:AlternateContent>'
    )
    cells = '<c r="A1" s="0"/><c r="B1" s="1"/><c r="C1" s="2"/>'
    formats = f'<cellXfs count="3"><xf/>{wrapped}<xf numFmtId="1"/></cellXfs><cellStyles'
    template = rebuild(
        make(f'<sheetData><row r="1">{cells}</row></sheetData>'),
        {
            "xl/styles.xml": lambda d: (
                d[: d.index(b"<cellXfs")] + formats.encode() + d[d.index(b"<cellStyles") + len(b"<cellStyles") :]
            )
        },
    )
    fill(template, out, {"Uno!B1": "riga\nriga", "Uno!C1": 5})
    assert lint(out) == []
    styles = parse(content(out, "xl/styles.xml").encode())
    formats_now = next(styles.all("cellXfs"))
    assert formats_now.get("count") == "4"
    # The clone comes fourth and is made of what every program understands.
    assert (formats_now.children[3].name, formats_now.children[3].get("numFmtId")) == ("xf", "14")
    assert 'r="B1" s="3"' in content(out, SHEET)


def test_a_macro_module_of_excel_5_is_a_sheet_by_name_only(
    make: Make, rebuild: Rebuild, out: Path, content: Content
) -> None:
    template = rebuild(
        make(ROWS),
        {WORKBOOK: lambda d: d.replace(b"</sheets>", b'<sheet name="Module1" sheetId="9" r:id=""/></sheets>')},
        name="modules.xlsx",
    )
    assert [(sheet.name, sheet.kind) for sheet in inspect(template).sheets] == [
        ("Uno", "worksheet"),
        ("Module1", "module"),
    ]
    fill(template, out, blocks=[Block("Uno!A1", ["A"], [(n,) for n in range(3)])])
    assert 'name="Module1"' in content(out, WORKBOOK)
    with pytest.raises(SheetError) as caught:
        fill(template, out, {"Module1!A1": 1})
    assert caught.value.code == "unknown_sheet"


def test_a_workbook_of_modules_only_is_none(make: Make, rebuild: Rebuild, out: Path) -> None:
    template = rebuild(make(ROWS), {WORKBOOK: lambda d: d.replace(b"r:id=", b"id=")}, name="modules.xlsx")
    with pytest.raises(SheetError) as caught:
        fill(template, out, {"A1": 1})
    assert caught.value.code == "not_a_workbook"


def test_a_shape_leads_to_the_cell_it_led_to_before_rows_were_put_in(
    make: Make, rebuild: Rebuild, out: Path, content: Content
) -> None:
    template = _drawn(make, rebuild, _relations(("hyperlink", "#Uno!A5"), ("hyperlink", "#Uno!A1")))
    assert lint(template) == []
    report = fill(template, out, blocks=[Block("Uno!A1", ["A"], [(n,) for n in range(3)])])
    links = content(out, DRAWING_LINKS)
    assert 'Target="#Uno!A7"' in links
    assert 'Target="#Uno!A1"' in links
    assert DRAWING_LINKS in report.changed_parts


def test_a_shape_on_a_copied_sheet_leads_to_the_copy(make: Make, rebuild: Rebuild, out: Path, content: Content) -> None:
    template = _drawn(make, rebuild, _relations(("hyperlink", "#Uno!A1"), ("hyperlink", "#'S2'!A1")))
    fill_copies(template, out, "Uno", [Copy("L'una"), Copy("L'altra")])
    assert "#'L''una'!A1" in content(out, DRAWING_LINKS)
    copied = content(out, "xl/drawings/_rels/drawing2.xml.rels")
    assert "#'L''altra'!A1" in copied
    assert "S2" in copied
    assert lint(out) == []


def test_parts_that_lead_to_each_other_in_circles_are_copied_once(
    make: Make, rebuild: Rebuild, out: Path, content: Content
) -> None:
    template = _drawn(make, rebuild, _relations(("chartUserShapes", "../worksheets/sheet1.xml")))
    fill_copies(template, out, "Uno", [Copy("Ada"), Copy("Bea")])
    assert 'Target="/xl/worksheets/sheet3.xml"' in content(out, "xl/drawings/_rels/drawing2.xml.rels")
    assert lint(out) == []


def test_relationships_that_are_typed_one_by_one_are_so_in_a_copy(make: Make, rebuild: Rebuild, out: Path) -> None:
    kind = "application/vnd.openxmlformats-package.relationships+xml"

    def one_by_one(data: bytes) -> bytes:
        types = data.decode()
        default = next(piece for piece in types.split("<") if 'Extension="rels"' in piece)
        names = ["_rels/.rels", "xl/_rels/workbook.xml.rels", SHEET_LINKS, DRAWING_LINKS]
        overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name in names)
        return types.replace(f"<{default}", "").replace("</Types>", f"{overrides}</Types>").encode()

    template = rebuild(_drawn(make, rebuild, _relations(("hyperlink", "#Uno!A1"))), {TYPES: one_by_one})
    assert lint(template) == []
    fill_copies(template, out, "Uno", [Copy("Ada"), Copy("Bea")])
    assert lint(out) == []


def test_names_of_nothing_are_not_copied_with_a_sheet(
    make: Make, rebuild: Rebuild, out: Path, content: Content
) -> None:
    names = (
        b'<definedNames><definedName name="perso">Uno!#REF!</definedName>'
        b'<definedName name="_xlnm.Print_Area" localSheetId="0">Uno!#REF!</definedName>'
        b'<definedName name="vivo">Uno!$A$1</definedName></definedNames>'
    )
    template = rebuild(
        make(ROWS),
        {
            WORKBOOK: lambda d: (
                d.replace(b"<definedNames/>", b"")
                .replace(b"<definedNames />", b"")
                .replace(b"</sheets>", b"</sheets>" + names)
            )
        },
    )
    fill_copies(template, out, "Uno", [Copy("Ada"), Copy("Bea")])
    book = content(out, WORKBOOK)
    assert book.count('name="perso"') == book.count("Print_Area") == 1
    assert "Bea!$A$1" in book


def test_a_sheet_of_very_many_cells_and_a_drawing_that_is_no_xml_are_copied(
    make: Make, rebuild: Rebuild, out: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intarsi_tui.sheets.markup.MAX_ELEMENTS", 1_000)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 2_000))
    template = rebuild(
        make(f"<sheetData>{rows}</sheetData>"),
        {
            TYPES: lambda d: d.replace(b"<Override", b'<Default Extension="vml" ContentType="x/vml"/><Override', 1),
            SHEET_LINKS: _relations(("vmlDrawing", "../drawings/old.vml")),
            "xl/drawings/old.vml": b"<xml><br><div>Nota</xml>",
        },
    )
    fill_copies(template, out, "Uno", [Copy("Ada"), Copy("Bea")])
    assert opened(out)["Bea"]["A1999"].value == 1999
    assert lint(out) == []


def test_a_sheet_with_a_middle_dot_in_its_name_is_meant_without_quotes() -> None:
    moves = Moves({"表・1": [Growth(5, 3, 5)]}, ["表・1"])
    assert shift("SUM(表・1!A6:A9)+表・2!A6", "Uno", moves) == "SUM(表・1!A9:A12)+表・2!A6"
    assert Names({"表・1": "Ada"}).formula("表・1!$A$1") == "Ada!$A$1"


def test_a_last_row_that_is_only_formatted_makes_room_for_new_ones(make: Make, out: Path, opened: Opened) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>Nome</v></c></row><row r="2"><c r="A2"/></row>'
    last = '<row r="1048575" hidden="1"/><row r="1048576"><c r="A1048576" s="0"/></row>'
    template = make(f"<sheetData>{rows}{last}</sheetData>")
    fill(template, out, blocks=[Block("Uno!A2", ["Nome"], [(f"persona {n}",) for n in range(5)])])
    assert lint(out) == []
    assert opened(out)["Uno"]["A6"].value == "persona 4"
    last = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    filled = make(f"<sheetData>{rows}{last}</sheetData>")
    with pytest.raises(SheetError) as caught:
        fill(filled, out, blocks=[Block("Uno!A2", ["Nome"], [("x",)] * 5)])
    assert caught.value.code == "too_many_rows"
