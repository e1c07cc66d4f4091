"""Names, tables, drawings, notes, charts, pivot tables and the rest after rows were put in."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl.comments import Comment
from xlsxwriter import Workbook as Book

from intarsi_tui.sheets.anchors import moved_drawing, moved_vml
from intarsi_tui.sheets.charts import moved_chart
from intarsi_tui.sheets.edits import moved_places
from intarsi_tui.sheets.growing import moved_cache, moved_parts, moved_table
from intarsi_tui.sheets.moves import Growth, Moves
from intarsi_tui.sheets.names import moved_names
from intarsi_tui.sheets.workbook import Workbook

FIVE = Moves({"Dati": [Growth(12, 3, 8)]}, ["Dati", "Gen"])
ONE = Moves({"Dati": [Growth(8, 3, 8)]}, ["Dati", "Gen"])

MOVED = {
    "table": moved_table,
    "drawing": moved_drawing,
    "chart": moved_chart,
    "cache": moved_cache,
    "other": moved_places,
}


def moved(kind: str, xml: str, moves: Moves = FIVE, sheet: str = "Dati") -> str:
    return MOVED[kind](xml.encode(), sheet, moves).decode()


def check(kind: str, xml: str, old: str, new: str, moves: Moves = FIVE) -> None:
    """`xml` with the words of `old` in its gaps becomes the same with those of `new`, and nothing else changes."""
    assert moved(kind, xml.format(*old.split()), moves) == xml.format(*new.split())
    assert moved(kind, xml.format(*old.split()), Moves({})) == xml.format(*old.split())


@pytest.mark.parametrize(
    ("attributes", "old", "new"),
    [
        ("", "Dati!$A$8:$E$12", "Dati!$A$8:$E$15"),
        ("", "Dati!$C$13", "Dati!$C$16"),
        ("", "Dati!$C$12", "Dati!$C$12"),
        ("", "Gen!$C$13", "Gen!$C$13"),
        ("", "SUM(Dati!$C$8:$C$12)*2", "SUM(Dati!$C$8:$C$15)*2"),
        ("", "Dati!$13:$13,Dati!$A:$A", "Dati!$16:$16,Dati!$A:$A"),
        ("", "Dati!C13", "Dati!C13"),
        ("", "OFFSET(Dati!$A$13,0,0,COUNTA(Dati!$A$8:$A$12),1)", "OFFSET(Dati!$A$16,0,0,COUNTA(Dati!$A$8:$A$15),1)"),
        ("", "&quot;Dati!$C$13&quot;", "&quot;Dati!$C$13&quot;"),
        ("", "[1]Dati!$C$13", "[1]Dati!$C$13"),
        ("", "#REF!$C$13", "#REF!$C$13"),
        (' localSheetId="0"', "$C$13", "$C$16"),
        (' localSheetId="1"', "$C$13", "$C$13"),
        ("", "$C$13", "$C$13"),
    ],
)
def test_defined_names_follow(attributes: str, old: str, new: str) -> None:
    assert names(f'name="x"{attributes}', old) == new


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("_xlnm.Print_Area", "Dati!$A$1:$F$12", "Dati!$A$1:$F$15"),
        ("_xlnm.Print_Area", "Dati!A1:F13", "Dati!A1:F16"),
        ("_xlnm.Print_Area", "Dati!$A$1:$F$7,Dati!$A$8:$F$12", "Dati!$A$1:$F$7,Dati!$A$8:$F$15"),
        ("_xlnm.Print_Titles", "Dati!$A:$B,Dati!$1:$7", "Dati!$A:$B,Dati!$1:$7"),
        ("_xlnm.Print_Titles", "Dati!$1:$12", "Dati!$1:$12"),
        ("_xlnm._FilterDatabase", "Dati!$A$7:$E$12", "Dati!$A$7:$E$15"),
    ],
)
def test_print_areas_titles_and_filters_follow(name: str, old: str, new: str) -> None:
    assert names(f'name="{name}" localSheetId="0"', old) == new


def names(attributes: str, text: str) -> str:
    xml = (
        '<x:workbook xmlns:x="urn:x"><x:sheets><x:sheet name="Dati"/><x:sheet name="Gen"/></x:sheets><x:definedNames>'
        f"<x:definedName {attributes}>{{}}</x:definedName></x:definedNames><x:calcPr calcId='1'/></x:workbook>"
    )
    before, after = xml.split("{}")
    new = moved_names(f"{before}{text}{after}".encode(), FIVE).decode()
    assert new.startswith(before)
    assert new.endswith(after)
    return new.removeprefix(before).removesuffix(after)


TABLE = (
    '<table ref="{}" totalsRowCount="1"><autoFilter ref="{}"><filterColumn colId="0"/></autoFilter><sortState ref="{}">'
    '<sortCondition ref="{}"/></sortState><tableColumns count="1"><tableColumn name="C13"><calculatedColumnFormula>{}'
    "</calculatedColumnFormula><totalsRowFormula>{}</totalsRowFormula></tableColumn></tableColumns></table>"
)


def test_a_table_grows_and_its_filter_leaves_out_the_totals() -> None:
    old = "A7:C13 A7:C12 A8:C12 B8:B12 SUM(A8:B8)+T[[#This_Row],[C13]]+$C$20 SUBTOTAL(109,C8:C12)"
    new = "A7:C16 A7:C15 A8:C15 B8:B15 SUM(A8:B8)+T[[#This_Row],[C13]]+$C$23 SUBTOTAL(109,C8:C15)"
    check("table", TABLE, old, new)


def test_a_table_of_one_drawn_row_grows_and_its_column_formula_stays_about_its_row() -> None:
    old, new = "A7:C9 A7:C8 A8:C8 B8 SUM(A8:B8) SUM(C8)", "A7:C12 A7:C11 A8:C11 B8:B11 SUM(A8:B8) SUM(C8:C11)"
    check("table", TABLE, old, new, ONE)


def test_a_table_below_goes_down_and_one_above_stays() -> None:
    check("table", '<table ref="{}"><autoFilter ref="{}"/></table>', "A14:C20 A14:C20", "A17:C23 A17:C23")
    check("table", '<table ref="{}"/>', "A1:C5", "A1:C5")


ANCHOR = (
    '<d:wsDr xmlns:d="urn:d"><d:twoCellAnchor{}><d:from><d:col>1</d:col><d:row>{}</d:row></d:from>'
    "<d:to><d:row>{}</d:row><d:rowOff>{}</d:rowOff></d:to><d:sp textlink='{}'/></d:twoCellAnchor></d:wsDr>"
)


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        ("", "12 14 5", "15 17 5"),
        ("", "1 4 5", "1 4 5"),
        ("", "8 14 5", "8 17 5"),
        ("", "8 12 5", "8 15 5"),
        ("", "8 12 0", "8 12 0"),
        ("", "8 13 0", "8 16 0"),
        (' editAs="twoCell"', "8 14 5", "8 17 5"),
        (' editAs="oneCell"', "8 14 5", "8 14 5"),
        (" editAs='oneCell'", "12 14 5", "15 17 5"),
        (' editAs="absolute"', "12 14 5", "12 14 5"),
    ],
)
def test_pictures_move_and_stretch_as_they_are_told(edit: str, old: str, new: str) -> None:
    xml = ANCHOR.format(edit, "{}", "{}", "{}", "text")
    check("drawing", xml, old, new)


def test_anchors_of_one_cell_move_and_those_of_none_stay() -> None:
    one = '<d:wsDr xmlns:d="urn:d"><d:oneCellAnchor><d:from><d:row>{}</d:row></d:from><d:ext cx="13"/></d:oneCellAnchor></d:wsDr>'
    check("drawing", one, "12", "15")
    check("drawing", one, "11", "11")
    check("drawing", '<wsDr><absoluteAnchor><pos x="13"/></absoluteAnchor></wsDr>', "", "")


def test_shapes_that_show_cells_follow_them() -> None:
    old = ANCHOR.format("", 1, 2, 0, "$C$13")
    assert moved("drawing", old) == old.replace("'$C$13'", '"$C$16"')
    check("drawing", '<wsDr><cameraTool cellRange="{}"/></wsDr>', "Dati!$A$8:$C$12", "Dati!$A$8:$C$15")


def test_comments_controls_and_other_small_parts_follow() -> None:
    check(
        "other",
        '<comments><commentList><comment ref="{}"/><comment ref="{}"/></commentList></comments>',
        "C12 C13",
        "C12 C16",
    )
    check("other", '<ThreadedComments><threadedComment ref="{}" id="13"/></ThreadedComments>', "C13", "C16")
    check(
        "other",
        '<formControlPr fmlaLink="{}" fmlaRange="{}" val="13"/>',
        "$C$13 Dati!$A$8:$A$12",
        "$C$16 Dati!$A$8:$A$15",
    )
    check("other", '<singleXmlCells><singleXmlCell r="{}"/></singleXmlCells>', "C13", "C16")
    check(
        "other",
        '<pivotTableDefinition><location ref="{}" firstDataRow="13"/></pivotTableDefinition>',
        "A13:C20",
        "A16:C23",
    )
    check("other", '<connections><connection><parameters><parameter cell="{}"/></parameters></connection></connections>', "Dati!$C$13", "Dati!$C$16")  # fmt: skip


VML = (
    '<xml xmlns:x="urn:x"><v:shape><v:textbox><div><br>note</div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:Anchor>\n 3, 15, {}, 10, 5, 15, {}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>2</x:Column>"
    '</x:ClientData></v:shape><v:shape><x:ClientData ObjectType="Drop"><x:Anchor>1, 0, {}, 0, 2, 0, {}, 0</x:Anchor>'
    "<x:FmlaLink>{}</x:FmlaLink><x:FmlaRange>{}</x:FmlaRange></x:ClientData></v:shape></xml>"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("11 15 12 12 13 $C$13 Dati!$A$8:$A$12", "14 18 15 15 16 $C$16 Dati!$A$8:$A$15"),
        ("10 14 11 11 13 $C$5 Gen!$A$8:$A$12", "10 14 11 11 13 $C$5 Gen!$A$8:$A$12"),
    ],
)
def test_notes_and_controls_of_the_old_drawing_follow_though_it_is_no_proper_xml(old: str, new: str) -> None:
    assert moved_vml(VML.format(*old.split()).encode(), "Dati", FIVE).decode() == VML.format(*new.split())


SERIES = (
    '<c:chartSpace xmlns:c="urn:c"><c:ser><c:tx><c:strRef><c:f>{}</c:f><c:strCache><c:v>Ore</c:v></c:strCache></c:strRef></c:tx>'
    "<c:cat><c:strRef><c:f>{}</c:f>{}</c:strRef></c:cat><c:val><c:numRef><c:f>{}</c:f>{}</c:numRef></c:val></c:ser></c:chartSpace>"
)


def test_what_a_chart_draws_grows_and_its_stale_values_go() -> None:
    cache = "<c:numCache><c:ptCount/></c:numCache>"
    old = SERIES.format("Dati!$C$7", "Dati!$A$8:$A$12", "<c:strCache/>", "Dati!$C$8:$C$12", cache)
    assert moved("chart", old) == SERIES.format("Dati!$C$7", "Dati!$A$8:$A$15", "", "Dati!$C$8:$C$15", "")
    other = SERIES.format("Gen!$C$13", "Gen!$A$8:$A$12", "<c:strCache/>", "Gen!$C$8:$C$12", cache)
    assert moved("chart", other) == other
    one = SERIES.format("Dati!$C$9", "Dati!$A$8", "<c:strCache/>", "Dati!$C$8", cache)
    assert moved("chart", one, ONE) == SERIES.format("Dati!$C$12", "Dati!$A$8:$A$11", "", "Dati!$C$8:$C$11", "")


def test_a_chart_with_a_series_a_row_keeps_its_lines_and_labels_of_two_levels_grow() -> None:
    line = '<c:chart xmlns:c="urn:c"><c:val><c:numRef><c:f>{}</c:f></c:numRef></c:val></c:chart>'
    check("chart", line, "Dati!$B$8:$D$8", "Dati!$B$8:$D$8", ONE)
    levels = '<c:chart xmlns:c="urn:c"><c:cat><c:multiLvlStrRef><c:f>{}</c:f></c:multiLvlStrRef></c:cat></c:chart>'
    check("chart", levels, "Dati!$A$8:$B$8", "Dati!$A$8:$B$11", ONE)


def test_charts_of_the_newer_kind_and_extensions_follow() -> None:
    newer = (
        '<cx:chartData xmlns:cx="urn:cx"><cx:numDim type="val"><cx:f dir="col">{}</cx:f>{}</cx:numDim></cx:chartData>'
    )
    old, new = newer.format("Dati!$C$8:$C$12", '<cx:lvl ptCount="5"/>'), newer.format("Dati!$C$8:$C$15", "")
    assert moved("chart", old) == new
    label = "<c:ext xmlns:c='urn:c'><datalabelsRange><f>{}</f>{}</datalabelsRange><formulaRef><sqref>{}</sqref></formulaRef></c:ext>"
    old = label.format("Dati!$C$8:$C$12", "<dlblRangeCache/>", "Dati!$C$13")
    assert moved("chart", old) == label.format("Dati!$C$8:$C$15", "", "Dati!$C$16")


CACHE = (
    '<pivotCacheDefinition xmlns:r="urn:office/relationships"{}><cacheSource type="worksheet"><worksheetSource {}/>'
    "</cacheSource></pivotCacheDefinition>"
)


def test_a_pivot_cache_grows_with_its_source_and_is_read_again() -> None:
    old, new = CACHE.format("", 'ref="A7:E12" sheet="Dati"'), 'ref="A7:E15" sheet="Dati"'
    assert moved("cache", old, sheet="Gen") == CACHE.format(' refreshOnLoad="1"', new)
    ranges = '<pivotCacheDefinition refreshOnLoad="1"><rangeSet ref="{}" sheet="Dati"/></pivotCacheDefinition>'
    check("cache", ranges, "A7:E12", "A7:E15")


@pytest.mark.parametrize(
    "source", ['ref="A7:E12" sheet="Gen"', 'ref="A7:E12" sheet="Dati" r:id="rId1"', 'name="Iscritti"']
)
def test_a_pivot_cache_over_another_sheet_workbook_or_a_table_stays(source: str) -> None:
    xml = CACHE.format("", source)
    assert moved("cache", xml) == xml


def book(path: Path) -> Path:
    with Book(path) as made:
        data, other = made.add_worksheet("Dati"), made.add_worksheet("Gen")
        for row in range(7, 12):
            data.write_row(row, 0, ["x", row, row * 2])
        data.add_table("A7:C13", {"name": "Iscritti", "total_row": True, "columns": [{"header": h} for h in "abc"]})
        data.write_comment("A13", "nota")
        data.insert_button("E20", {"macro": "m"})
        data.insert_textbox("E25", "testo")
        chart = made.add_chart({"type": "column"})
        chart.add_series({"categories": "=Dati!$A$8:$A$12", "values": "=Dati!$B$8:$B$12", "name": "=Dati!$B$7"})
        other.insert_chart("A1", chart)
        sheet = made.add_chartsheet("Grafico")
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=Dati!$C$8:$C$12"})
        sheet.set_chart(chart)
    return path


def test_every_part_of_a_real_workbook_that_must_follow_is_found(tmp_path: Path) -> None:
    with Workbook(book(tmp_path / "b.xlsx")) as opened:
        changed = dict(moved_parts(opened, FIVE, {}))
        again = dict(moved_parts(opened, FIVE, {"xl/comments1.xml": b'<comments><comment ref="B14"/></comments>'}))
    assert sorted(changed) == [
        "xl/charts/chart1.xml",
        "xl/charts/chart2.xml",
        "xl/comments1.xml",
        "xl/drawings/drawing1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/tables/table1.xml",
    ]
    assert b'ref="A7:C16"' in changed["xl/tables/table1.xml"]
    assert b'<autoFilter ref="A7:C15"/>' in changed["xl/tables/table1.xml"]
    assert b"Dati!$B$8:$B$15<" in changed["xl/charts/chart1.xml"]
    assert b"Dati!$C$8:$C$15<" in changed["xl/charts/chart2.xml"]
    assert b'ref="A16"' in changed["xl/comments1.xml"]
    assert b"<x:Row>15</x:Row>" in changed["xl/drawings/vmlDrawing1.vml"]
    assert b"<xdr:row>27</xdr:row>" in changed["xl/drawings/drawing1.xml"]
    assert again["xl/comments1.xml"] == b'<comments><comment ref="B17"/></comments>'


def test_a_workbook_whose_growth_nothing_else_sees_keeps_all_other_parts(tmp_path: Path) -> None:
    made = OpenpyxlWorkbook()
    assert made.active is not None
    made.active.title = "Dati"
    made.active["A5"].comment = Comment("nota", "x")
    made.save(tmp_path / "b.xlsx")
    with Workbook(tmp_path / "b.xlsx") as opened:
        assert dict(moved_parts(opened, FIVE, {})) == {}
