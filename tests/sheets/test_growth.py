"""Blocks that get more records than the template drew rows: everything that means cells follows."""

from __future__ import annotations

import csv
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Border, Font, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

from intarsi_tui.sheets import Block, FillReport, fill, lint

HEADERS = ["Nome", "Data", "Ore", "Costo", "Totale", "Valuta"]
FIRST, BELOW = 5, 20
KINDS = {"cell": "Dati!A5", "name": "righe", "table": "Tabella", "placeholder": "{{righe}}"}

# Text with row numbers: F and L are the block's first and last row, T the totals row under it, Z rows further below,
# l the last drawn row. Where two stand, the second is what the fill makes of the first.
FORMULAS = {
    "range": "SUM({s}C{F}:C{L})",
    "absolute range": "SUM({s}$C${F}:$C${L})",
    "range from the header": "COUNTA({s}A4:A{L})",
    "range past the block": "SUM({s}C{F}:C{Z})",
    "first cell": "{s}C{F}*2",
    "last drawn cell": ("{s}C{l}*2", "{s}C{l}*2"),
    "totals": "{s}C{T}/2",
    "cell below": "{s}$B${Z}&{s}B{Z}",
    "cells below": "SUM({s}B{Z}:D{Z})",
    "cell above": "{s}A1",
    "whole column": "SUM({s}C:C)",
    "whole rows": "SUM({s}{F}:{L})",
    "text": '"C20:C{{Z}} "&{s}A{F}&"{s}B20"',
    "function like a cell": "LOG10({s}C{F})",
    "two areas": "SUM({s}C{F}:C{L},{s}D{F}:D{L})",
    "criteria": "SUMIF({s}A{F}:A{L},{s}A{Z},{s}C{F}:C{L})",
}
# Sheet, first cell and what stands before a reference; formulas above the block stand side by side.
PLACES = {"above": ("Dati", 2, 10, ""), "below": ("Dati", BELOW, 9, ""), "on another sheet": ("Altro", 1, 2, "Dati!")}


@dataclass
class Case:
    """A filled template: how many rows were drawn and given, what was read back."""

    kind: str
    drawn: int
    given: int
    path: Path
    template: Path
    book: Workbook
    report: FillReport

    @property
    def new(self) -> int:
        return max(self.given - self.drawn, 0)

    @property
    def last(self) -> int:
        return FIRST + self.drawn - 1

    def now(self, text: str, below: int = BELOW) -> str:
        return _rows(text, self.last, self.new, below)


def _rows(text: str, last: int, new: int, below: int = BELOW, sheet: str = "") -> str:
    return text.format(F=FIRST, L=last + new, l=last, T=last + 1 + new, Z=below + new, s=sheet)


def _cells(place: str, new: int = 0) -> Iterator[tuple[int, int]]:
    """Where the formulas stand, one after the other."""
    _, row, column, _ = PLACES[place]
    for n in count():
        yield (row, column + n) if place == "above" else (row + n + (new if place == "below" else 0), column)


def _template(path: Path, kind: str, drawn: int) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title, last = "Dati", FIRST + drawn - 1

    def at(text: str, below: int = BELOW) -> str:
        return _rows(text, last, 0, below)

    sheet["A1"] = "Registro"
    sheet.merge_cells("A1:F1")
    for column, header in enumerate(HEADERS, 1):
        sheet.cell(4, column, header).font = Font(bold=True)
    for row in range(FIRST, last + 1):
        for column in range(1, 7):
            sheet.cell(row, column).border = Border(*[Side(style="thin")] * 4)
        sheet[f"B{row}"].number_format = "dd/mm/yyyy"
        sheet[f"E{row}"], sheet[f"F{row}"] = f"=C{row}*D{row}", "EUR"
        sheet.merge_cells(f"G{row}:H{row}")
        sheet.row_dimensions[row].height = 31
    sheet[at("A{T}")], sheet[at("C{T}")] = "Totale", at("=SUM(C{F}:C{L})")
    if kind == "placeholder":
        sheet["A5"] = "{{righe}}"
    if kind == "table":
        table = Table(displayName="Tabella", ref=at("A4:F{T}"), totalsRowCount=1)
        table._initialise_columns()
        for found, header in zip(table.tableColumns, HEADERS, strict=True):
            found.name = header
        table.tableColumns[0].totalsRowLabel = "Totale"
        table.tableColumns[2].totalsRowFunction = "custom"
        assert table.autoFilter is not None
        table.autoFilter.ref = at("A4:F{L}")
        sheet.add_table(table)
    other = book.create_sheet("Altro")
    for place, (home, _, _, prefix) in PLACES.items():
        for (row, column), formula in zip(_cells(place), FORMULAS.values(), strict=False):
            before = formula if isinstance(formula, str) else formula[0]
            book[home].cell(row, column, f"={_rows(before, last, 0, 60, prefix)}")
    _decorate(book, at)
    for row, text in enumerate(("Ada", "Bo", "Cleo"), 1):
        other[f"H{row}"] = text
    book.save(path)
    return path


def _decorate(book: Workbook, at: Callable[..., str]) -> None:
    """Everything else that means cells."""
    sheet, other = book["Dati"], book["Altro"]
    sheet.merge_cells(at("B{Z}:D{Z}", 62))
    sheet.conditional_formatting.add(at("C{F}:C{L}"), CellIsRule(operator="greaterThan", formula=["$B$61"]))
    sheet.conditional_formatting.add(at("C{Z}:C{Z}", 63), FormulaRule(formula=[at("$C{Z}>$C${T}", 63)]))
    for sqref, source in ((at("A{F}:A{L}"), "Altro!$H$1:$H$3"), (at("D{Z}", 64), at("$C${F}:$C${L}"))):
        rule = DataValidation(type="list", formula1=source)
        rule.add(sqref)
        sheet.add_data_validation(rule)
    sheet[at("A{Z}", 65)].hyperlink = Hyperlink(ref=at("A{Z}", 65), location=at("Dati!C{T}"))
    sheet[at("A{Z}", 66)].comment = Comment("nota", "prova")
    sheet.row_dimensions[67].height = 44
    sheet.row_breaks.append(Break(68))
    sheet["B69"] = "fondo"
    for column, text in zip("AB", ("Voce", "Valore"), strict=True):
        sheet[f"{column}72"], sheet[f"{column}73"] = text, 1
    sheet.add_table(Table(displayName="Sotto", ref="A72:B73"))
    sheet.freeze_panes = "A5"
    sheet.print_area, sheet.print_title_rows = "A1:H69", "4:4"
    for name, text in (("righe", "Dati!$A${F}:$F${L}"), ("fondo", "Dati!$B${Z}"), ("testata", "Dati!$A$4")):
        book.defined_names[name] = DefinedName(name, attr_text=at(text, 69))
    other.defined_names["ore"] = DefinedName("ore", attr_text=at("Dati!$C${F}:$C${L}"))
    for home, place in ((other, "J2"), (sheet, "K75")):
        chart = BarChart()
        chart.add_data(Reference(sheet, range_string=at("Dati!$C$4:$C${L}")), titles_from_data=True)
        home.add_chart(chart, place)


@cache
def _case(folder: Path, kind: str, drawn: int, given: int) -> Case:
    name = f"{kind}-{drawn}-{given}"
    template, path = _template(folder / f"{name}-modello.xlsx", kind, drawn), folder / f"{name}.xlsx"
    values = ((f"n. {n}", date(2021, 4, 14), n, 2.5) for n in range(given))
    report = fill(template, path, blocks=[Block(KINDS[kind], HEADERS[:4], values)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Case(kind, drawn, given, path, template, load_workbook(path), report)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("growth")


SIZES = [
    (kind, drawn, given)
    for kind in KINDS
    for drawn, given in [(1, 0), (1, 1), (1, 2), (1, 40), (3, 0), (3, 3), (3, 4), (3, 40)]
]


@pytest.fixture(params=SIZES, ids=[f"{kind}, {drawn} drawn, {given} given" for kind, drawn, given in SIZES])
def case(request: pytest.FixtureRequest, folder: Path) -> Case:
    return _case(folder, *request.param)


def test_every_record_stands_in_its_row(case: Case) -> None:
    sheet = case.book["Dati"]
    for n in range(case.given):
        row = [sheet.cell(FIRST + n, column) for column in range(1, 7)]
        assert [cell.value for cell in row] == [
            f"n. {n}",
            row[1].value,
            n,
            2.5,
            f"=C{FIRST + n}*D{FIRST + n}",
            "EUR",
        ]
        assert row[1].value.date() == date(2021, 4, 14)
        assert all(cell.border.left.style == "thin" for cell in row)
    assert sheet[case.now("A{T}")].value == "Totale"
    assert (case.report.block_rows, case.report.filled) == ([case.given], case.given * 4)


def test_new_rows_look_like_the_last_drawn_one(case: Case) -> None:
    sheet = case.book["Dati"]
    rows = range(FIRST, case.last + case.new + 1)
    assert all(sheet.row_dimensions[row].height == 31 for row in rows)
    assert sheet.row_dimensions[67 + case.new].height == 44
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert merged == {"A1:F1", *(f"G{row}:H{row}" for row in rows), case.now("B{Z}:D{Z}", 62)}


@pytest.mark.parametrize("place", PLACES)
def test_formulas_follow(case: Case, place: str) -> None:
    home, _, _, prefix = PLACES[place]
    after = {name: text if isinstance(text, str) else text[1] for name, text in FORMULAS.items()}
    found = {
        name: case.book[home].cell(row, column).value
        for name, (row, column) in zip(FORMULAS, _cells(place, case.new), strict=False)
    }
    assert found == {name: f"={_rows(text, case.last, case.new, 60, prefix)}" for name, text in after.items()}


FEATURES: dict[str, tuple[Callable[[Case], Any], Callable[[Case], Any]]] = {
    "names": (
        lambda case: {name: found.attr_text for name, found in case.book.defined_names.items()},
        lambda case: {
            "righe": case.now("Dati!$A${F}:$F${L}"),
            "fondo": case.now("Dati!$B${Z}", 69),
            "testata": "Dati!$A$4",
        },
    ),
    "name of a sheet": (
        lambda case: case.book["Altro"].defined_names["ore"].attr_text,
        lambda case: case.now("Dati!$C${F}:$C${L}"),
    ),
    "print area": (lambda case: case.book["Dati"].print_area, lambda case: case.now("'Dati'!$A$1:$H${Z}", 69)),
    "print titles": (lambda case: case.book["Dati"].print_title_rows, lambda case: "$4:$4"),
    "frozen panes": (lambda case: case.book["Dati"].freeze_panes, lambda case: "A5"),
    "conditional formats": (
        lambda case: {str(found.sqref): found.rules[0].formula for found in case.book["Dati"].conditional_formatting},
        lambda case: {
            case.now("C{F}:C{L}").replace("C5:C5", "C5"): [f"$B${61 + case.new}"],
            case.now("C{Z}", 63): [case.now("$C{Z}>$C${T}", 63)],
        },
    ),
    "dropdowns": (
        lambda case: {str(rule.sqref): rule.formula1 for rule in case.book["Dati"].data_validations.dataValidation},
        lambda case: {
            case.now("A{F}:A{L}").replace("A5:A5", "A5"): "Altro!$H$1:$H$3",
            case.now("D{Z}", 64): case.now("$C${F}:$C${L}"),
        },
    ),
    "link": (
        lambda case: case.book["Dati"][f"A{65 + case.new}"].hyperlink.location,
        lambda case: case.now("Dati!C{T}"),
    ),
    "comment": (lambda case: case.book["Dati"][f"A{66 + case.new}"].comment.text, lambda case: "nota"),
    "page break": (lambda case: [found.id for found in case.book["Dati"].row_breaks.brk], lambda case: [68 + case.new]),
    "cell below": (lambda case: case.book["Dati"][f"B{69 + case.new}"].value, lambda case: "fondo"),
    "tables": (
        lambda case: {
            name: (t.ref, t.autoFilter.ref if t.autoFilter else "") for name, t in dict.items(case.book["Dati"].tables)
        },
        lambda case: {
            **({"Tabella": (case.now("A4:F{T}"), case.now("A4:F{L}"))} if case.kind == "table" else {}),
            "Sotto": (case.now("A{Z}:B", 72) + str(73 + case.new), case.now("A{Z}:B", 72) + str(73 + case.new)),
        },
    ),
    "charts": (
        lambda case: [chart.series[0].val.numRef.f for name in ("Dati", "Altro") for chart in case.book[name]._charts],
        lambda case: [case.now("'Dati'!$C$5:$C${L}").replace("$5:$C$5", "$5")] * 2,
    ),
    "chart places": (
        lambda case: [chart.anchor._from.row for name in ("Dati", "Altro") for chart in case.book[name]._charts],
        lambda case: [74 + case.new, 1],
    ),
    "dimension": (lambda case: case.book["Dati"].max_row, lambda case: max(73, BELOW + len(FORMULAS) - 1) + case.new),
}


@pytest.mark.parametrize("feature", FEATURES)
def test_what_means_cells_follows(case: Case, feature: str) -> None:
    found, expected = FEATURES[feature]
    assert found(case) == expected(case)


def test_a_grown_workbook_is_sound(case: Case) -> None:
    assert lint(case.path) == []


def test_parts_that_are_not_named_in_the_report_keep_their_bytes(
    case: Case, raw_entries: Callable[[Path], dict[str, bytes]]
) -> None:
    before, after = raw_entries(case.template), raw_entries(case.path)
    assert {name for name in {*before, *after} if before.get(name) != after.get(name)} <= set(case.report.changed_parts)


def test_the_same_records_give_the_same_bytes(case: Case, tmp_path: Path) -> None:
    values = ((f"n. {n}", date(2021, 4, 14), n, 2.5) for n in range(case.given))
    fill(case.template, tmp_path / "again.xlsx", blocks=[Block(KINDS[case.kind], HEADERS[:4], values)])
    assert (tmp_path / "again.xlsx").read_bytes() == case.path.read_bytes()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "placeholder"])
def test_filling_a_grown_workbook_again_changes_no_part(folder: Path, tmp_path: Path, kind: str) -> None:
    """Its rows are drawn now, and written the other way."""
    case = _case(folder, kind, 1, 40)
    values = ((f"n. {n}", date(2021, 4, 14), n, 2.5) for n in range(40))
    fill(case.path, tmp_path / "again.xlsx", blocks=[Block(KINDS[kind], HEADERS[:4], values)])
    with zipfile.ZipFile(case.path) as once, zipfile.ZipFile(tmp_path / "again.xlsx") as twice:
        assert {name: twice.read(name) for name in twice.namelist()} == {
            name: once.read(name) for name in once.namelist()
        }


def test_libreoffice_finds_the_same_values(folder: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed for this test"
    cases = [_case(folder, kind, 3, 40) for kind in KINDS] + [_case(folder, "table", 1, 2)]
    filter_all_sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", filter_all_sheets, "--outdir", str(tmp_path)]
    subprocess.run([*command, *(str(case.path) for case in cases)], check=True, capture_output=True, timeout=180)
    for case in cases:
        shown = {name: _shown(tmp_path / f"{case.path.stem}-{name}.csv") for name in ("Dati", "Altro")}
        hours = sum(range(case.given))
        lines = shown["Dati"][FIRST - 1 : FIRST - 1 + case.given]
        assert [(line[0], line[2], line[4]) for line in lines] == [
            (f"n. {n}", str(n), f"{n * 2.5:g}") for n in range(case.given)
        ]
        assert shown["Dati"][FIRST - 1 + case.given][:3] == ["Totale", "", str(hours)]
        expected = {
            "range": str(hours),
            "absolute range": str(hours),
            "range from the header": str(case.given + 1),
            "totals": f"{hours / 2:g}",
            "two areas": f"{hours + case.given * 2.5:g}",
            "text": "C20:C{Z} n. 0Dati!B20",
        }
        found = {name: shown["Altro"][list(FORMULAS).index(name)][1] for name in expected}
        assert found == expected


def _shown(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        # Its decimal sign follows the machine's locale.
        return [[text.replace(",", ".") for text in line] for line in csv.reader(file)]
