"""Tables that other programs save, and files that are none."""

import datetime
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from intarsi_tui.exchange.files import rows_of, sheets_of
from intarsi_tui.exchange.other_tables import MOST_CELLS
from intarsi_tui.exchange.problems import FileRefused
from intarsi_tui.exchange.repeated_cells import most_cells
from intarsi_tui.host.office import Office

from .test_imports import book, counts, take, text


def test_old_excel_and_libreoffice_are_read_as_they_are(office: Office, tmp_path: Path, soffice: str) -> None:
    path = book(tmp_path, [["Elenco 2021"], ["Giorno", "Posti"], [datetime.date(2021, 4, 1), 12]])
    for ending in ("xls", "ods"):
        subprocess.run([soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", ending, "--outdir", tmp_path, path], check=True, capture_output=True)  # fmt: skip
    (tmp_path / "new.xls").write_bytes(path.read_bytes())
    (tmp_path / "old.xlsx").write_bytes((tmp_path / "x.xls").read_bytes())
    for name in ("x.xls", "x.ods", "new.xls", "old.xlsx"):
        assert list(rows_of(tmp_path / name)) == [(1, ["Elenco 2021", ""]), (2, ["Giorno", "Posti"]), (3, [datetime.date(2021, 4, 1), 12.0])]  # fmt: skip
        assert sheets_of(tmp_path / name) == ["Sheet"]
    assert counts(take(office, tmp_path / "x.xls")) == (1, 0, 0)


PAGE = """<html><meta charset="windows-1252"><table><tr><td>Men\u00f9</td></tr></table>
<table><tr><th>Giorno<th>Città e aula</tr><tr><td>1/4/2021</td><td colspan=2>Forl&igrave;<br>Aula 2</td><td>x</td></tr></table>"""
SPREADSHEET = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:x">
<Worksheet><Table><Row><Cell><Data>Giorno</Data></Cell><Cell ss:Index="3"><Data>Posti</Data></Cell></Row>
<Row><Cell><Data>2021-04-01T00:00:00.000</Data></Cell><Cell ss:Index="3"><Data>12</Data></Cell></Row></Table></Worksheet></Workbook>"""
HIGH = """<table><tr><th>Giorno<th>Aula<th>Posti<tr><td rowspan="3">1/4/2021<td>A<td>12<tr><td rowspan=2>B<td>13<tr><td>14
<tr><td>2/4/2021<td><td>15</table>"""
MERGED = SPREADSHEET.replace('<Cell ss:Index="3">', "<Cell>").replace("<Row>", '<Row ss:Index="3">', 1).replace(
    "</Row>\n<Row>", '</Row>\n<Row ss:Index="6">'
).replace("<Cell>", '<Cell ss:MergeAcross="2">', 1)  # fmt: skip


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        (PAGE, [["Giorno", "Città e aula"], ["1/4/2021", "Forlì Aula 2", "", "x"]]),
        (SPREADSHEET, [["Giorno", "", "Posti"], ["2021-04-01", "", "12"]]),
        (HIGH, [["Giorno", "Aula", "Posti"], ["1/4/2021", "A", "12"], ["", "B", "13"], ["", "", "14"], ["2/4/2021", "", "15"]]),
        (f'<table charset="undefined"><tr><td colspan={"9" * 5000}>x</table>', [["x"]]),
    ],
)  # fmt: skip
def test_a_page_that_is_called_xls_gives_the_rows_of_its_table(page: str, rows: list[Any], tmp_path: Path) -> None:
    assert [row for _number, row in rows_of(text(tmp_path, page, "cp1252", "export.xls"))] == rows


def test_cells_of_a_spreadsheet_in_xml_keep_their_row_and_column(tmp_path: Path) -> None:
    assert list(rows_of(text(tmp_path, MERGED, "utf-8", "export.xls"))) == [
        (3, ["Giorno", "", "", "Posti"]),
        (6, ["2021-04-01", "12"]),
    ]


def test_a_page_that_stands_for_more_cells_than_anybody_fills_is_refused(tmp_path: Path) -> None:
    page = "<table><tr>" + "<td colspan=1000>x" * (MOST_CELLS // 1000 + 1)
    with pytest.raises(FileRefused, match="is no table"):
        rows_of(text(tmp_path, page, "utf-8", "export.xls"))


CONTENT = """<d xmlns:table="t" xmlns:office="o" xmlns:text="x"><table:table table:name="A">{rows}
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></d>"""
ROW = '<table:table-row table:number-rows-repeated="{high}">{before}<table:table-cell office:value-type="string" table:number-columns-repeated="{wide}"><text:p>x</text:p></table:table-cell></table:table-row>'
FAR = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (ROW.format(high=5, wide=3, before="") + ROW.format(high=2, wide=1, before="<table:table-cell/>"), 21),
        (ROW.format(high=20_000, wide=1000, before=""), 20_000_000),
        (ROW.format(high=1, wide=11, before="") + FAR + ROW.format(high=1, wide=1, before=""), 11_000_022),
    ],
)
def test_an_ods_is_as_large_as_its_repeated_rows_and_cells_say(rows: str, cells: int, tmp_path: Path) -> None:
    path = tmp_path / "elenco.ods"
    with ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", CONTENT.format(rows=rows))
    with ZipFile(path) as packed:
        assert most_cells(packed.open("content.xml")) == cells
    if cells > MOST_CELLS:
        with pytest.raises(FileRefused, match="is no table"):
            list(rows_of(path))


def test_what_no_other_program_reads_says_what_to_do(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "elenco.numbers", "w") as packed:
        packed.writestr("Index/Document.iwa", "x")
    with pytest.raises(FileRefused, match="Export To, Excel"):
        rows_of(tmp_path / "elenco.numbers")
    (tmp_path / "lettera.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 2000)
    with pytest.raises(FileRefused, match="is no table"):
        rows_of(tmp_path / "lettera.doc")
