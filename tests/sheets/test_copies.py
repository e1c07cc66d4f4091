"""One sheet per group: copied with everything on it, each copy meaning itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from intarsi_tui import sheets
from intarsi_tui.sheets.renaming import Names
from intarsi_tui.sheets.sheet_copies import sheet_names

Content = Callable[[Path, str], str]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A summary in front, the sheet that is copied, and one behind it; both have names and formulas on the middle one."""
    book = Workbook()
    summary = book.active
    summary.title = "Riepilogo"
    summary["A1"] = "=Corso!B2"
    summary["A2"] = "=SUM(Lezioni[Ore])"
    course = book.create_sheet("Corso")
    course["A1"], course["A2"], course["B1"] = "Corso: {{titolo}}", "Totale", "{{titolo}}"
    course["B2"] = "=SUM(Corso!B5:B7)+SUM(Lezioni[Ore])*0"
    for column, header in enumerate(["Data", "Ore"], 1):
        course.cell(4, column, header)
    side = Side(style="thin")
    for row in range(5, 8):
        for column in (1, 2):
            course.cell(row, column).border = Border(bottom=side)
    course.add_table(Table(displayName="Lezioni", ref="A4:B7"))
    chart = BarChart()
    chart.add_data(Reference(course, min_col=2, min_row=4, max_row=7), titles_from_data=True)
    course.add_chart(chart, "D1")
    picture = io.BytesIO()
    Picture.new("RGB", (8, 8), "red").save(picture, "PNG")
    course.add_image(Image(picture), "D20")
    course["A4"].comment = Comment("Giorno della lezione", "Ufficio")
    rule = DataValidation(type="list", formula1="Elenchi!$A$1:$A$2")
    rule.add("A5:A7")
    course.add_data_validation(rule)
    course.conditional_formatting.add(
        "B5:B7", FormulaRule(["Corso!$B5>3"], fill=PatternFill("solid", bgColor="FFFF00"))
    )
    course["A9"].hyperlink = Hyperlink("A9", location="Corso!A1")
    course.print_area, course.print_title_rows = "A1:B9", "4:4"
    lists = book.create_sheet("Elenchi")
    lists["A1"], lists["A2"], lists["C1"] = "sì", "no", "=Corso!B2"
    lists.print_area = "A1:A2"
    book.defined_names["inizio"] = DefinedName("inizio", attr_text="Corso!$A$5")
    book.active = 2
    path = tmp_path / "corsi.xlsx"
    book.save(path)
    return path


def copies() -> list[sheets.Copy]:
    return [
        sheets.Copy(
            name,
            {"{{titolo}}": title},
            [sheets.Block("Lezioni", ["Data", "Ore"], [(f"giorno {n}", n * factor) for n in (1, 2, 3)])],
        )
        for name, title, factor in (("Base", "Corso base", 1), ("L'anno 2", "=2", 10), ("AB12", "Terzo", 100))
    ]


def test_each_copy_holds_its_own_values_and_formulas(template: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    report = sheets.fill_copies(template, out, "Corso", copies(), {"Elenchi!B1": "una volta"})
    assert sheets.lint(out) == []
    book = load_workbook(out)
    assert book.sheetnames == ["Riepilogo", "Base", "L'anno 2", "AB12", "Elenchi"]
    assert [book[name]["B1"].value for name in ("Base", "L'anno 2", "AB12")] == ["Corso base", "=2", "Terzo"]
    assert book["L'anno 2"]["B1"].data_type == "s"
    assert book["AB12"]["A1"].value == "Corso: Terzo"
    assert [book["L'anno 2"].cell(row, 2).value for row in (5, 6, 7)] == [10, 20, 30]
    assert book["Base"]["B2"].value == "=SUM(Base!B5:B7)+SUM(Lezioni[Ore])*0"
    assert book["L'anno 2"]["B2"].value == "=SUM('L''anno 2'!B5:B7)+SUM(Lezioni_2[Ore])*0"
    assert book["Riepilogo"]["A1"].value == "=Base!B2"
    assert book["Elenchi"]["B1"].value == "una volta"
    assert report.block_rows == [3, 3, 3]


def test_tables_charts_rules_and_links_of_a_copy_mean_the_copy(
    template: Path, tmp_path: Path, content: Content
) -> None:
    out = tmp_path / "out.xlsx"
    sheets.fill_copies(template, out, "Corso", copies())
    book = load_workbook(out)
    last = book["AB12"]
    assert list(last.tables) == ["Lezioni_3"]
    assert [rule.formula for rules in last.conditional_formatting for rule in rules.rules] == [["'AB12'!$B5>3"]]
    assert last["A9"].hyperlink.location == "'AB12'!A1"
    assert last["A4"].comment.text == "Giorno della lezione"
    assert last.data_validations.dataValidation[0].formula1 == "Elenchi!$A$1:$A$2"
    assert [chart.series[0].val.numRef.f for chart in last._charts] == ["'AB12'!$B$5:$B$7"]
    assert len(last._images) == 1
    with zipfile.ZipFile(out) as package:
        assert sum(name.startswith("xl/media/") for name in package.namelist()) == 1


def test_names_follow_their_sheets(template: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    sheets.fill_copies(template, out, "Corso", copies())
    book = load_workbook(out)
    assert [sheet.print_area for sheet in book] == [
        "",
        "'Base'!$A$1:$B$9",
        "'L''anno 2'!$A$1:$B$9",
        "'AB12'!$A$1:$B$9",
        "'Elenchi'!$A$1:$A$2",
    ]
    assert [sheet.print_title_rows for sheet in book] == [None, "$4:$4", "$4:$4", "$4:$4", None]
    assert book.defined_names["inizio"].attr_text == "Base!$A$5"
    assert book["AB12"].defined_names["inizio"].attr_text == "'AB12'!$A$5"
    assert book.active.title == "Elenchi"
    assert [sheet.sheet_view.tabSelected for sheet in book].count(True) <= 1


def test_parts_that_mean_no_copied_sheet_stay_byte_for_byte(template: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    report = sheets.fill_copies(template, out, "Corso", copies())
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(out) as new:
        for name in old.namelist():
            assert name in report.changed_parts or old.read(name) == new.read(name)
        assert set(new.namelist()) - set(old.namelist()) <= set(report.changed_parts)


def test_the_same_copies_twice_are_the_same_bytes(template: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    sheets.fill_copies(template, first, "Corso", copies())
    sheets.fill_copies(template, second, "Corso", copies())
    assert first.read_bytes() == second.read_bytes()


def test_one_group_is_the_sheet_under_another_name(template: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    sheets.fill_copies(template, out, "corso", copies()[:1])
    assert load_workbook(out).sheetnames == ["Riepilogo", "Base", "Elenchi"]


def test_any_text_becomes_a_name_that_is_free(template: Path, tmp_path: Path) -> None:
    """A group may be called like another sheet of the template, or what no sheet can be called."""
    out = tmp_path / "out.xlsx"
    titles = ["Elenchi", "a/b", "x" * 40, "uno", "UNO", "History", "", "\u202eotrop", "👨\u200d👩\u200d👧" * 8]
    sheets.fill_copies(template, out, "Corso", [sheets.Copy(title) for title in titles])
    names = load_workbook(out).sheetnames[1:-1]
    assert names[:8] == ["Elenchi~2", "a b", "x" * 31, "uno", "UNO~2", "History~2", "–", "otrop"]
    assert len(names[8].encode("utf-16-le")) <= 62
    assert sheets.lint(out) == []


def test_a_sheet_that_is_not_there_is_named(template: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    with pytest.raises(sheets.SheetError) as caught:
        sheets.fill_copies(template, out, "Corsi", [sheets.Copy("a")])
    assert (caught.value.code, Path(caught.value.file).name) == ("unknown_sheet", "corsi.xlsx")
    assert not out.exists()


def test_a_place_is_looked_up_on_its_sheet(template: Path) -> None:
    places = ["Lezioni", "{{titolo}}", "inizio", "Riepilogo!A1"]
    assert sheets.sheets_of(template, places) == ["Corso", "Corso", "Corso", "Riepilogo"]


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_titles_become_names_that_excel_takes(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name.encode("utf-16-le", "surrogatepass")) <= 62
        assert not set(name) & set("[]:*?/\\")
        assert name == name.strip("'")
        assert name.casefold() != "history"


@pytest.mark.parametrize(
    ("formula", "renamed"),
    [
        ("Corso!A1+SUM(corso!B1:C2)", "'Nuovo corso'!A1+SUM('Nuovo corso'!B1:C2)"),
        ('"Corso!A1"&Corso!A1', "\"Corso!A1\"&'Nuovo corso'!A1"),
        ("Corso!A1:Corso!B2", "'Nuovo corso'!A1:'Nuovo corso'!B2"),
        ("SUM(Corso:Dati!A1)", "SUM('Nuovo corso:D2'!A1)"),
        ("[1]Corso!A1+'[a.xlsx]Corso'!A1", "[1]Corso!A1+'[a.xlsx]Corso'!A1"),
        ("SUM(Tab[Ore])+Tab(1)+Altra[Tab]", "SUM(Tab_2[Ore])+Tab(1)+Altra[Tab]"),
        ("Dati!B2*Corsox!A1", "'D2'!B2*Corsox!A1"),
    ],
)
def test_a_formula_is_renamed_where_it_means_the_sheet(formula: str, renamed: str) -> None:
    names = Names({"Corso": "Nuovo corso", "Dati": "D2"}, {"Tab": "Tab_2"})
    assert names.formula(formula) == renamed
