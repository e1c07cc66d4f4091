"""What stands around a sheet's rows after rows were put in, each element with its exact references."""

from __future__ import annotations

import pytest

from intarsi_tui.sheets.frame import moved_frame
from intarsi_tui.sheets.moves import Growth, Moves
from intarsi_tui.sheets.scan import SheetScan

from .test_cell_formulas import STRICT, sheet

FIVE = Moves({"Dati": [Growth(12, 3, 8)]}, ["Dati", "Gen"])
ONE = Moves({"Dati": [Growth(8, 3, 8)]}, ["Dati", "Gen"])
X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'


def tail(xml: str, moves: Moves = FIVE, title: str = "Dati") -> str:
    scan = sheet("", tail=xml)
    head, end = moved_frame(scan, title, moves)
    assert head == scan.data[: scan.head_end]
    return end.decode().removesuffix("</worksheet>")


def head(xml: str) -> str:
    scan = sheet("", head=xml)
    start, end = moved_frame(scan, "Dati", FIVE)
    assert end == scan.data[scan.tail_start :]
    return start.decode().partition(">")[2]


def test_the_head_follows() -> None:
    assert head('<dimension ref="A1:F13"/>') == '<dimension ref="A1:F16"/>'
    assert head('<sheetPr syncRef="A13"><pageSetUpPr/></sheetPr>') == '<sheetPr syncRef="A16"><pageSetUpPr/></sheetPr>'
    views = (
        '<sheetViews><sheetView topLeftCell="A13"><pane ySplit="7" topLeftCell="A20" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="C12" sqref="C12 A13:B14"/></sheetView></sheetViews>'
    )
    assert head(views) == views.replace('"A13"', '"A16"').replace("A20", "A23").replace("A13:B14", "A16:B17")


def test_a_cursor_left_on_the_last_row_is_no_error() -> None:
    views = '<sheetViews><sheetView><selection activeCell="A1048576" sqref="A1048576"/></sheetView></sheetViews>'
    assert head(views) == views


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<mergeCell ref="A1:F1"/>', '<mergeCell ref="A1:F1"/>'),
        ('<mergeCell ref="A13:F13"/>', '<mergeCell ref="A16:F16"/>'),
        ('<mergeCell ref="A8:A12"/>', '<mergeCell ref="A8:A15"/>'),
        ('<mergeCell ref="A7:B13"/>', '<mergeCell ref="A7:B16"/>'),
        ('<mergeCell ref="A11:B11"/>', '<mergeCell ref="A11:B11"/>'),
    ],
)
def test_merged_cells_move_or_span_the_block(old: str, new: str) -> None:
    assert tail(f'<mergeCells count="1">{old}</mergeCells>') == f'<mergeCells count="1">{new}</mergeCells>'


def test_merged_cells_of_the_last_drawn_row_are_repeated() -> None:
    old = '<mergeCells count="3"><mergeCell ref="B8:C8"/><mergeCell ref="B12:C12"/><mergeCell ref="B13:C13"/></mergeCells>'
    assert tail(old) == (
        '<mergeCells count="6"><mergeCell ref="B8:C8"/><mergeCell ref="B12:C12"/><mergeCell ref="B16:C16"/>'
        '<mergeCell ref="B13:C13"/><mergeCell ref="B14:C14"/><mergeCell ref="B15:C15"/></mergeCells>'
    )
    both = Moves({"Dati": [Growth(4, 1, 4), Growth(12, 2, 12)]})
    assert tail('<mergeCells><mergeCell ref="A4:B4"/><mergeCell ref="A12:B12"></mergeCell></mergeCells>', both) == (
        '<mergeCells count="5"><mergeCell ref="A4:B4"/><mergeCell ref="A13:B13"></mergeCell>'
        '<mergeCell ref="A5:B5"/><mergeCell ref="A14:B14"/><mergeCell ref="A15:B15"/></mergeCells>'
    )


@pytest.mark.parametrize(
    ("sqref", "formula", "new_sqref", "new_formula"),
    [
        ("C8:C12", "$C8&gt;$D$13", "C8:C15", "$C8&gt;$D$16"),
        ("C12", "C12&gt;D12", "C12:C15", "C12&gt;D12"),
        ("C20:D30", "$C20=$C$12", "C23:D33", "$C23=$C$12"),
        ("C8:C12 E13", "COUNTIF($C$8:$C$12,C8)&gt;1", "C8:C15 E16", "COUNTIF($C$8:$C$15,C8)&gt;1"),
        ("A1:F1048576", "$C2=1", "A1:F1048576", "$C2=1"),
        ("A5", "C13&gt;0", "A5", "C16&gt;0"),
        ("A2:A4", "C13&gt;0", "A2:A4", "C16&gt;0"),
        ("A13:A20", "$C5&gt;0", "A16:A23", "$C5&gt;0"),
        ("A13", "SUM(C8:C12)&gt;8", "A16", "SUM(C8:C15)&gt;8"),
        ("A2:A6", "Gen!$A$13=1", "A2:A6", "Gen!$A$13=1"),
    ],
)
def test_a_rule_is_extended_once_and_never_copied(sqref: str, formula: str, new_sqref: str, new_formula: str) -> None:
    format_ = '<conditionalFormatting sqref="{}"><cfRule type="expression"><formula>{}</formula></cfRule></conditionalFormatting>'
    assert tail(format_.format(sqref, formula)) == format_.format(new_sqref, new_formula)
    validation = (
        '<dataValidations count="1"><dataValidation type="custom" sqref="{}"><formula1>{}</formula1></dataValidation>'
        "</dataValidations>"
    )
    assert tail(validation.format(sqref, formula)) == validation.format(new_sqref, new_formula)
    x14 = (
        f"<extLst><ext {X14}><x14:conditionalFormattings {XM}><x14:conditionalFormatting><x14:cfRule><xm:f>{{1}}</xm:f>"
        "</x14:cfRule><xm:sqref>{0}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
        f"<x14:dataValidations {XM}><x14:dataValidation type='list'><x14:formula1><xm:f>{{1}}</xm:f></x14:formula1>"
        "<xm:sqref>{0}</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    assert tail(x14.format(sqref, formula)) == x14.format(new_sqref, new_formula)


def test_lists_and_second_formulas_and_thresholds_follow() -> None:
    validation = (
        '<dataValidation type="list" sqref="B8:B12"><formula1>{}</formula1></dataValidation>'
        '<dataValidation type="whole" sqref="B13"><formula1>1</formula1><formula2>{}</formula2></dataValidation>'
    )
    old, new = validation.format('"Sì,C13"', "$C$13"), validation.format('"Sì,C13"', "$C$16")
    new = new.replace("B8:B12", "B8:B15").replace('"B13"', '"B16"')
    assert tail(f"<dataValidations>{old}</dataValidations>") == f"<dataValidations>{new}</dataValidations>"
    elsewhere = (
        '<dataValidations><dataValidation sqref="A13"><formula1>{}</formula1></dataValidation></dataValidations>'
    )
    assert tail(elsewhere.format("Dati!$A$8:$A$12"), title="Gen") == elsewhere.format("Dati!$A$8:$A$15")
    bar = '<conditionalFormatting sqref="{}"><cfRule><dataBar><cfvo type="num" val="{}"/></dataBar></cfRule></conditionalFormatting>'
    assert tail(bar.format("C8:C12", "$C$13")) == bar.format("C8:C15", "$C$16")
    assert tail(bar.format("C8:C12", "13")) == bar.format("C8:C15", "13")


def test_a_rule_for_one_drawn_row_holds_for_all_its_copies() -> None:
    rule = '<conditionalFormatting sqref="{}"><cfRule><formula>{}</formula></cfRule></conditionalFormatting>'
    assert tail(rule.format("A8:E8", "SUM($C8:$D8)&gt;A9"), ONE) == rule.format("A8:E11", "SUM($C8:$D8)&gt;A9")


@pytest.mark.parametrize(
    ("xml", "old", "new"),
    [
        ('<hyperlinks><hyperlink ref="{}" location="{}"/></hyperlinks>', "A13 Dati!C13", "A16 Dati!C16"),
        ('<hyperlinks><hyperlink ref="{}" location="{}"/></hyperlinks>', "A12 elenco", "A12:A15 elenco"),
        ('<autoFilter ref="{}"/>', "A7:E12", "A7:E15"),
        ('<autoFilter ref="{}"><sortState ref="{}"/></autoFilter>', "A7:E12 A8:E12", "A7:E15 A8:E15"),
        ('<sortState ref="{}"><sortCondition ref="{}"/></sortState>', "A8:E12 B8:B12", "A8:E15 B8:B15"),
        ('<protectedRanges><protectedRange sqref="{} {}"/></protectedRanges>', "C8:C12 C13", "C8:C15 C16"),
        ('<ignoredErrors><ignoredError sqref="{}" formula="1"/></ignoredErrors>', "A12", "A12:A15"),
        ('<scenarios sqref="{}"><scenario><inputCells r="{}" val="13"/></scenario></scenarios>', "C13 C20", "C16 C23"),
        ('<cellWatches><cellWatch r="{}"/></cellWatches>', "C13", "C16"),
        ('<smartTags><cellSmartTags r="{}"/></smartTags>', "C13", "C16"),
        (
            '<dataConsolidate><dataRefs><dataRef ref="{}" sheet="Dati"/></dataRefs></dataConsolidate>',
            "B8:B12",
            "B8:B15",
        ),
        ('<dataConsolidate><dataRefs><dataRef ref="{}" sheet="Gen"/></dataRefs></dataConsolidate>', "B8:B12", "B8:B12"),
        ('<webPublishItems><webPublishItem sourceRef="{}"/></webPublishItems>', "A1:B12", "A1:B15"),
        ('<rowBreaks count="2"><brk id="{}" max="12"/><brk id="{}" max="13"/></rowBreaks>', "7 12", "7 15"),
        ('<rowBreaks><brk id="{}" max="16383"/></rowBreaks>', "13", "16"),
        ('<colBreaks><brk id="{}" max="1048575"/></colBreaks>', "13", "13"),
        ('<printOptions gridLines="1"/><pageSetup paperSize="{}"/>', "13", "13"),
        (
            '<customSheetViews><customSheetView topLeftCell="{}"><selection activeCell="{}" sqref="{}"/><rowBreaks>'
            '<brk id="{}"/></rowBreaks><autoFilter ref="{}"/></customSheetView></customSheetViews>',
            "A13 A14 A14 20 A7:E12",
            "A16 A17 A17 23 A7:E15",
        ),
        (
            f"<extLst><ext {X14}><x14:ignoredErrors><x14:ignoredError><xm:sqref {XM}>{{}}</xm:sqref></x14:ignoredError>"
            "</x14:ignoredErrors></ext></extLst>",
            "A8:A12",
            "A8:A15",
        ),
    ],
)
def test_every_other_element_follows(xml: str, old: str, new: str) -> None:
    assert tail(xml.format(*old.split())) == xml.format(*new.split())


def sparkline(source: str, place: str) -> str:
    return f"<x14:sparkline><xm:f>{source}</xm:f><xm:sqref>{place}</xm:sqref></x14:sparkline>"


def sparklines(*lines: str, dates: str = "Dati!$B$7:$D$7") -> str:
    return (
        f"<extLst><ext {X14}><x14:sparklineGroups {XM}><x14:sparklineGroup><xm:f>{dates}</xm:f><x14:sparklines>"
        f"{''.join(lines)}</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
    )


def test_sparklines_are_repeated_in_new_rows_and_draw_all_of_a_column() -> None:
    old = sparklines(sparkline("Dati!B12:D12", "E12"), sparkline("Dati!C8:C12", "C13"))
    assert tail(old) == sparklines(
        sparkline("Dati!B12:D12", "E12"),
        sparkline("Dati!B13:D13", "E13"),
        sparkline("Dati!B14:D14", "E14"),
        sparkline("Dati!B15:D15", "E15"),
        sparkline("Dati!C8:C15", "C16"),
    )
    old = sparklines(sparkline("Dati!C8:C12", "A1"), dates="Dati!A8:A12")
    assert tail(old, title="Gen") == sparklines(sparkline("Dati!C8:C15", "A1"), dates="Dati!A8:A15")


def test_controls_move_with_their_cells_as_they_are_told() -> None:
    control = (
        '<controls xmlns:xdr="urn:x"><control><controlPr linkedCell="$C$13" listFillRange="Dati!$A$8:$A$12"><anchor {}><from>'
        "<xdr:col>1</xdr:col><xdr:row>11</xdr:row></from><to><xdr:row>14</xdr:row></to></anchor></controlPr></control></controls>"
    )
    sized = tail(control.format('moveWithCells="1" sizeWithCells="1"'))
    assert 'linkedCell="$C$16" listFillRange="Dati!$A$8:$A$15"' in sized
    assert "<xdr:row>11</xdr:row></from><to><xdr:row>17</xdr:row>" in sized
    assert "<xdr:row>14</xdr:row>" in tail(control.format('moveWithCells="1"'))
    assert "<xdr:row>14</xdr:row>" in tail(control.format(""))


def test_strict_and_prefixed_sheets_follow_too() -> None:
    data = (
        f"\ufeff<?xml version='1.0'?><x:worksheet xmlns:x='{STRICT}'><x:dimension ref='A1:C13'/><x:sheetData/>"
        "<x:mergeCells count='1'><x:mergeCell ref='A12:B12'/></x:mergeCells>"
        "<x:dataValidations><x:dataValidation sqref='B12'><x:formula1>Dati!$A$13</x:formula1></x:dataValidation>"
        "</x:dataValidations></x:worksheet>"
    )
    head, end = moved_frame(SheetScan(data.encode()), "Dati", FIVE)
    assert head.decode().endswith('<x:dimension ref="A1:C16"/>')
    assert head.decode().startswith("\ufeff<?xml version='1.0'?>")
    assert end.decode() == (
        '<x:mergeCells count="4"><x:mergeCell ref=\'A12:B12\'/><x:mergeCell ref="A13:B13"/><x:mergeCell ref="A14:B14"/>'
        '<x:mergeCell ref="A15:B15"/></x:mergeCells>'
        '<x:dataValidations><x:dataValidation sqref="B12:B15"><x:formula1>Dati!$A$16</x:formula1></x:dataValidation>'
        "</x:dataValidations></x:worksheet>"
    )


def test_without_moves_the_frame_stays_byte_for_byte() -> None:
    scan = sheet(
        "",
        tail="<mergeCells ><mergeCell ref = 'A12:B12' /></mergeCells><hyperlinks><hyperlink ref='A13'/></hyperlinks>",
    )
    head, end = moved_frame(scan, "Gen", FIVE)
    assert (head, end) == (scan.data[: scan.head_end], scan.data[scan.tail_start :])
