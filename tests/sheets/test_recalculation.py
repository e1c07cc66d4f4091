"""No program shows a result from before the fill."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from intarsi_tui.sheets import Block, SheetError, fill

Make = Callable[..., Path]
Rebuild = Callable[..., Path]
Content = Callable[[Path, str], str]
PIVOT = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_the_calculation_chain_goes_with_its_type_and_relationship(register: Path, out: Path, content: Content) -> None:
    fill(register, out, {"ente": "x"})
    assert "calcChain" not in content(out, "[Content_Types].xml") + content(out, "xl/_rels/workbook.xml.rels")
    assert 'fullCalcOnLoad="1"' in content(out, "xl/workbook.xml")


def test_cached_values_go_where_a_filled_sheet_is_seen(register: Path, out: Path, content: Content) -> None:
    """Sheet 4 sees sheet 1 by address; through a table it sees sheet 2; sheet 2 sees only itself."""
    fill(register, out, {"'Foglio 1'!A8": "x"})
    cached = re.compile("</f><v>0</v>")
    assert not cached.search(content(out, "xl/worksheets/sheet1.xml"))
    assert not cached.search(content(out, "xl/worksheets/sheet4.xml"))
    assert cached.search(content(out, "xl/worksheets/sheet2.xml"))


def test_names_tables_and_chains_of_sheets_are_followed(
    make: Make, out: Path, rebuild: Rebuild, content: Content
) -> None:
    def sheet(formula: str) -> str:
        return f'<sheetData><row r="1"><c r="A1" t="str"><f>{formula}</f><v>vecchio</v></c></row></sheetData>'

    source = make(
        "<sheetData/>",
        sheet("doppio*2"),
        sheet("'S2'!A1"),
        sheet("SUM(Uno:S2!A1)"),
        sheet("1+1"),
        sheet('INDIRECT("Uno!A1")'),
    )
    names = b"<definedNames><definedName name='base'>Uno!$A$1</definedName><definedName name='doppio'>base*2</definedName></definedNames>"
    template = rebuild(
        source,
        {
            "xl/workbook.xml": lambda d: re.sub(rb"<definedNames ?/>", b"", d).replace(
                b"</sheets>", b"</sheets>" + names
            )
        },
    )
    report = fill(template, out, {"Uno!B1": 1})
    stale = [n for n in range(2, 7) if "vecchio" in content(out, f"xl/worksheets/sheet{n}.xml")]
    assert stale == [5]
    assert '<c r="A1"><f>doppio*2</f></c>' in content(out, "xl/worksheets/sheet2.xml")
    assert "xl/worksheets/sheet5.xml" not in report.changed_parts


def test_cells_of_an_array_formula_are_not_written(make: Make, out: Path) -> None:
    body = '<sheetData><row r="1"><c r="A1"><f t="array" ref="A1:A3">ROW(1:3)</f><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData>'
    with pytest.raises(SheetError) as caught:
        fill(make(body), out, {"A3": 1})
    assert (caught.value.code, caught.value.cell) == ("formula_cell", "Uno!A3")


def test_pivot_caches_refresh_when_opened(make: Make, out: Path, rebuild: Rebuild, content: Content) -> None:
    cache = f'<pivotCacheDefinition xmlns="{MAIN}" recordCount="1"><cacheSource type="worksheet"><worksheetSource ref="A1:B2" sheet="Uno"/></cacheSource></pivotCacheDefinition>'
    part = "xl/pivotCache/pivotCacheDefinition1.xml"
    template = rebuild(
        make("<sheetData/>"),
        {
            part: cache.encode(),
            "[Content_Types].xml": lambda d: d.replace(
                b"</Types>", f'<Override PartName="/{part}" ContentType="{PIVOT}"/></Types>'.encode()
            ),
            "xl/_rels/workbook.xml.rels": lambda d: d.replace(
                b"</Relationships>",
                f'<Relationship Id="rId77" Type="{RELATIONS}/pivotCacheDefinition" Target="pivotCache/pivotCacheDefinition1.xml"/></Relationships>'.encode(),
            ),
        },
    )
    fill(template, out, {"A2": 1})
    assert content(out, part) == cache.replace('recordCount="1"', 'recordCount="1" refreshOnLoad="1"')


def test_libreoffice_shows_the_right_totals(register: Path, out: Path, tmp_path: Path) -> None:
    """It trusts cached values of files that look like Excel's, whatever fullCalcOnLoad says."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed for this test"
    rows = [(date(2021, 4, day), "Corso", day, Decimal("1.5")) for day in range(1, 6)]
    fill(
        register,
        out,
        {"ente": "=1+1"},
        [
            Block("'Foglio 1'!A8", ["Data", "Attività", "Ore svolte", "Costo €"], rows),
            Block("Iscritti", ["Nome", "Età"], [("Ada", 30), ("Bo", 41)]),
        ],
    )
    profile = (tmp_path / "profile").as_uri()
    filter_all_sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", filter_all_sheets]
    subprocess.run([*command, "--outdir", str(tmp_path), str(out)], check=True, capture_output=True, timeout=120)

    def shown(sheet: str) -> list[list[str]]:
        with (tmp_path / f"out-{sheet}.csv").open(encoding="utf-8", newline="") as file:
            # Its decimal sign follows the machine's locale.
            return [[text.replace(",", ".") for text in line] for line in csv.reader(file)]

    register_rows, summary, people = shown("Foglio 1"), shown("Sintesi"), shown("Corsi d'italiano")
    assert register_rows[1][1] == "=1+1"
    assert [row[4] for row in register_rows[7:13]] == ["1.5", "3", "4.5", "6", "7.5", "22.5"]
    assert [row[1] for row in summary[:3]] == ["15", "71", "30"]
    assert [row[2] for row in people[1:4]] == ["60", "82", "0"]
