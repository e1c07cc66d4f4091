"""What stands beside a block is not repeated with its rows, and whoever fills hears of it when new rows cut it in two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from intarsi_tui.sheets import Block, SheetError, fill, lint

Opened = Callable[[Path], Workbook]
RECORDS = [(f"persona {n}", n) for n in range(10)]


@pytest.fixture
def book(tmp_path: Path) -> tuple[Workbook, Path]:
    """Three drawn rows below the headers Nome and Ore, a product of each row, a total; past an empty column, five towns."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Dati"
    sheet["A4"], sheet["B4"], sheet["C4"] = "Nome", "Ore", "Doppio"
    for row in range(5, 8):
        for column in (1, 2, 3):
            sheet.cell(row, column).border = Border(bottom=Side(style="thin"))
        sheet.cell(row, 3, f"=B{row}*2")
    sheet["B8"] = "=SUM(B5:B7)"
    for row, town in enumerate(["Rimini", "Cesena", "Forlì", "Ravenna", "Faenza"], 5):
        sheet.cell(row, 5, town)
        sheet.cell(row, 6, f"=COUNTIF(A:A,E{row})")
    return made, tmp_path / "template.xlsx"


def test_a_list_beside_a_block_is_named_when_new_rows_cut_it(
    book: tuple[Workbook, Path], out: Path, opened: Opened
) -> None:
    made, path = book
    made.save(path)
    report = fill(path, out, blocks=[Block("Dati!A5", ["Nome", "Ore"], RECORDS)])
    assert [(cell, message.code) for cell, message in report.doubtful] == [("Dati!E5:F16", "neighbour_cut")]
    sheet = opened(out)["Dati"]
    assert [sheet.cell(row, 5).value for row in range(5, 17)] == [
        "Rimini", "Cesena", "Forlì", *[None] * 7, "Ravenna", "Faenza",
    ]  # fmt: skip
    assert [sheet.cell(row, 6).value for row in (7, 8, 14, 15)] == [
        "=COUNTIF(A:A,E7)",
        None,
        None,
        "=COUNTIF(A:A,E15)",
    ]
    assert (sheet["C14"].value, sheet["B15"].value) == ("=B14*2", "=SUM(B5:B14)")


def test_nothing_is_said_where_nothing_is_cut(book: tuple[Workbook, Path], out: Path, opened: Opened) -> None:
    made, path = book
    for row in (8, 9):
        made["Dati"][f"E{row}"] = made["Dati"][f"F{row}"] = None
    made.save(path)
    report = fill(path, out, blocks=[Block("Dati!A5", ["Nome", "Ore"], RECORDS)])
    assert report.doubtful == []
    # It ends with the block, and a constant that stands apart is not the block's to repeat.
    assert [opened(out)["Dati"].cell(row, 5).value for row in (7, 8, 14)] == ["Forlì", None, None]
    assert fill(path, out, blocks=[Block("Dati!A5", ["Nome", "Ore"], RECORDS[:3])]).doubtful == []


def test_a_check_at_the_margin_goes_on_with_the_rows(book: tuple[Workbook, Path], out: Path, opened: Opened) -> None:
    made, path = book
    sheet = made["Dati"]
    sheet.delete_cols(5, 2)
    for row in range(5, 8):
        sheet.cell(row, 5, f'=IF(B{row}>8,"!","")')
    sheet["E8"] = '=COUNTIF(E5:E7,"!")'
    made.save(path)
    report = fill(path, out, blocks=[Block("Dati!A5", ["Nome", "Ore"], RECORDS)])
    assert report.doubtful == []
    assert opened(out)["Dati"]["E14"].value == '=IF(B14>8,"!","")'


def test_beside_a_named_range_everything_is_a_neighbour(book: tuple[Workbook, Path], out: Path, opened: Opened) -> None:
    made, path = book
    made.defined_names["persone"] = DefinedName("persone", attr_text="Dati!$A$5:$B$7")
    made["Dati"]["C8"] = "=SUM(C5:C7)"
    made.save(path)
    report = fill(path, out, blocks=[Block("persone", ["Nome", "Ore"], RECORDS)])
    assert [cell for cell, _ in report.doubtful] == ["Dati!C4:C15", "Dati!E5:F16"]
    assert opened(out)["Dati"]["C14"].value is None


@pytest.mark.parametrize(("last", "grown"), [(7, 14), (9, 16)], ids=["ends with it", "goes on"])
def test_a_table_beside_a_block_is_named_when_it_gets_empty_rows(
    book: tuple[Workbook, Path], out: Path, last: int, grown: int
) -> None:
    made, path = book
    made["Dati"]["E4"], made["Dati"]["F4"] = "Comune", "Quanti"
    made["Dati"].add_table(Table(displayName="Comuni", ref=f"E4:F{last}"))
    made.save(path)
    report = fill(path, out, blocks=[Block("Dati!A5", ["Nome", "Ore"], RECORDS)])
    assert [(cell, message.code) for cell, message in report.doubtful] == [(f"Dati!E4:F{grown}", "neighbour_cut")]
    assert lint(out) == []


def test_a_formula_that_would_become_too_long_is_refused_with_its_cell(book: tuple[Workbook, Path], out: Path) -> None:
    made, path = book
    made["Dati"]["H20"] = "=" + "+".join(["B9"] * 2730)
    made.save(path)
    with pytest.raises(SheetError) as caught:
        fill(path, out, blocks=[Block("Dati!A5", ["Nome", "Ore"], RECORDS)])
    assert (caught.value.code, caught.value.cell) == ("formula_too_long", "Dati!H20")
    assert not out.exists()
    fill(path, out, blocks=[Block("Dati!A5", ["Nome", "Ore"], RECORDS[:3])])
