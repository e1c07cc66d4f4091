"""Filled workbooks that were edited: the places of the template are found again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_tui.sheets import Block, Copy, ReadBack, SheetError, fill, fill_copies, read_back

BLOCK = ("'Corso A'!A6", ["Data", "Ore svolte"])
ROWS = [(date(2021, 4, day), day) for day in (14, 15, 16)]
CELLS = ["'Corso A'!B2", "{{anno}}", "'Corso A'!B12"]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A title, labelled cells, a block of two drawn rows under a header of two lines, a total and a signature."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Corso A"
    for row in (
        ["Registro del corso"], ["Corso", None], ["Anno {{anno}} di {{durata}}"], ["Lezioni", None, "Frequenza"],
        ["Data", "Argomento", "Ore svolte"],
    ):  # fmt: skip
        sheet.append(row)
    for row_number in (6, 7):
        for column in range(1, 4):
            sheet.cell(row_number, column).number_format = "General" if column > 1 else "dd/mm/yyyy"
            sheet.cell(row_number, column).font = Font(bold=True)
    sheet["A9"], sheet["C9"], sheet["A12"] = "Totale", "=SUM(C6:C7)", "Firma"
    path = tmp_path / "corso.xlsx"
    book.save(path)
    return path


@pytest.fixture
def edited(template: Path, out: Path) -> Callable[..., ReadBack]:
    """Fills, edits with openpyxl, reads back."""

    def edited(edit: Callable[[Worksheet], None] = lambda sheet: None) -> ReadBack:
        cells = {"'Corso A'!B2": "Italiano", "{{anno}}": "2021", "{{durata}}": "20 ore", "'Corso A'!B12": "Rossi"}
        fill(template, out, cells, [Block(*BLOCK, ROWS)])
        book = load_workbook(out)
        edit(book.worksheets[0])
        book.save(out)
        return read_back(template, out, CELLS, [BLOCK])

    return edited


def values(back: ReadBack) -> tuple[list[object], list[tuple[object, ...]]]:
    (sheet,) = back.sheets
    block = sheet.blocks[BLOCK[0]]
    return [sheet.cells[place].value for place in CELLS], [tuple(cells) for _, cells in block.rows]


def test_what_was_filled_is_there_again_below_a_block_that_grew_too(edited: Callable[..., ReadBack]) -> None:
    back = edited()
    assert values(back) == (["Italiano", "2021", "Rossi"], ROWS)
    assert back.sheets[0].cells["'Corso A'!B12"].cell == "'Corso A'!B13"
    assert back.sheets[0].blocks[BLOCK[0]].cell(6, 1) == "'Corso A'!C6"


@pytest.mark.parametrize("row", range(1, 13))
def test_a_row_put_in_anywhere_hides_nothing(edited: Callable[..., ReadBack], row: int) -> None:
    assert values(edited(lambda sheet: sheet.insert_rows(row))) == (["Italiano", "2021", "Rossi"], ROWS)


@pytest.mark.parametrize("column", range(1, 5))
def test_a_column_put_in_anywhere_hides_nothing(edited: Callable[..., ReadBack], column: int) -> None:
    assert values(edited(lambda sheet: sheet.insert_cols(column)))[1] == ROWS


def test_a_renamed_sheet_is_known_by_its_words(edited: Callable[..., ReadBack]) -> None:
    back = edited(lambda sheet: setattr(sheet, "title", "Altro"))
    assert back.sheets[0].name == "Altro"
    assert values(back)[1] == ROWS


def test_a_sheet_that_is_not_there_is_told(edited: Callable[..., ReadBack]) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.title = "Altro"
        sheet.delete_rows(1, 5)

    assert edited(edit).missing == ["Corso A"]


def test_rows_typed_below_the_drawn_ones_belong_to_the_block(edited: Callable[..., ReadBack]) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_rows(9)
        sheet["A9"], sheet["C9"] = date(2021, 4, 17), 17

    assert values(edited(edit))[1] == [*ROWS, (date(2021, 4, 17), 17)]


def test_each_copy_of_a_sheet_is_read(template: Path, out: Path) -> None:
    copies = [Copy(name, {"'Corso A'!B2": name}, [Block(*BLOCK, ROWS[:count])]) for count, name in enumerate("XY", 1)]
    fill_copies(template, out, "Corso A", copies)
    back = read_back(template, out, ["'Corso A'!B2"], [BLOCK], "Corso A")
    found = [(one.name, one.cells["'Corso A'!B2"].value, len(one.blocks[BLOCK[0]].rows)) for one in back.copies]
    assert (found, back.sheets) == ([("X", "X", 1), ("Y", "Y", 2)], [])


def test_a_place_that_the_template_does_not_have_is_an_error(template: Path) -> None:
    with pytest.raises(SheetError) as caught:
        read_back(template, template, ["{{manca}}"])
    assert (caught.value.code, caught.value.file) == ("place_not_found", str(template))
