"""Rows read back for imports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.sheets import Block, SheetError, fill, read_rows, read_table

Make = Callable[..., Path]
Rebuild = Callable[..., Path]


def test_rows_begin_at_row_one_and_column_a(make: Make, out: Path) -> None:
    fill(make("<sheetData/>"), out, {"C3": "x", "D4": 2})
    name, rows = read_rows(out)
    assert name == "Uno"
    assert list(enumerate(rows, 1))[2:] == [(3, ["", "", "x", ""]), (4, ["", "", "", 2.0])]


def test_an_empty_sheet_has_no_rows(make: Make) -> None:
    assert list(read_rows(make("<sheetData/>"))[1]) == []


def test_what_was_filled_is_read_back(make: Make, out: Path) -> None:
    values = ["=1", 1.5, True, date(2021, 4, 14), datetime(2021, 4, 14, 9, 30), time(9, 30), timedelta(hours=30)]
    fill(make("<sheetData/>"), out, {f"A{n}": value for n, value in enumerate(values, 1)})  # type: ignore[misc]
    assert [row[0] for row in read_rows(out, "uno")[1]] == values


def test_a_table_is_read_between_header_and_totals(register: Path, out: Path) -> None:
    fill(register, out, blocks=[Block("Iscritti", ["Nome", "Età"], [("Ada", 30)])])
    table = read_table(out, "iscritti")
    assert (table.sheet, table.header_row, table.headers) == ("Corsi d'italiano", 1, ["Nome", "Età", "Doppio"])
    assert list(table.rows)[:2] == [(2, ["Ada", 30.0, ""]), (3, ["", "", ""])]


def test_without_a_table_the_header_row_is_found(register: Path, out: Path) -> None:
    fill(register, out, blocks=[Block("'Foglio 1'!A8", ["Data", "Ore svolte"], [(date(2021, 4, 14), 3)])])
    table = read_table(out)
    assert (table.header_row, table.headers[:2]) == (7, ["Data", "Attività"])
    assert next(iter(table.rows)) == (8, [date(2021, 4, 14), "", 3.0, "", ""])


@pytest.mark.parametrize(
    ("where", "header_row", "headers", "first"),
    [
        ({"header": 7}, 7, ["Data", "Attività"], (8, [date(2021, 4, 14), ""])),
        ({"header": "ore svolte"}, 7, ["Data", "Attività"], (8, [date(2021, 4, 14), ""])),
        ({"area": "A7:B"}, 7, ["Data", "Attività"], (8, [date(2021, 4, 14), ""])),
        ({"area": "'Foglio 1'!$A$7:$B$8"}, 7, ["Data", "Attività"], (8, [date(2021, 4, 14), ""])),
        ({"table": "quote"}, 3, ["", ""], (4, ["", ""])),
    ],
)
def test_a_block_is_found_by_row_text_rectangle_or_name(
    register: Path,
    out: Path,
    where: dict[str, str],
    header_row: int,
    headers: list[str],
    first: tuple[int, list[object]],
) -> None:
    fill(register, out, blocks=[Block("'Foglio 1'!A8", ["Data", "Ore svolte"], [(date(2021, 4, 14), 3)])])
    table = read_table(out, **where)
    assert (table.header_row, table.headers[:2]) == (header_row, headers)
    number, values = next(table.rows, first)
    assert (number, values[:2]) == first


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"sheet": "Altro"}, "unknown_sheet"),
        ({"table": "Altra"}, "place_not_found"),
        ({"sheet": "Note"}, "no_table"),
        ({"area": "A7:"}, "bad_range"),
        ({"header": "Manca"}, "no_such_header"),
        ({"header": ""}, "no_such_header"),
        ({"header": 5000}, "no_header_row"),
    ],
)
def test_what_is_not_there_is_named(register: Path, arguments: dict[str, Any], code: str) -> None:
    with pytest.raises(SheetError) as caught:
        read_table(register, **arguments)
    assert (caught.value.code, caught.value.file) == (code, str(register))


def test_a_filled_column_without_header_is_called_by_its_letter(make: Make) -> None:
    data = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in cells) + "</row>"
        for n, cells in ((1, (("A", "Nome"), ("D", "Ore"))), (2, (("A", "Ada"), ("B", "nota"), ("D", "3"))))
    )
    table = read_table(make(f"<sheetData>{data}</sheetData>"), header=1)
    assert table.headers == ["Nome", "B", "Ore"]
    assert list(table.rows) == [(2, ["Ada", "nota", "3"])]


def test_a_table_that_shows_no_header_row_has_none(register: Path, rebuild: Rebuild) -> None:
    def edit(data: bytes) -> bytes:
        return data.replace(b"<table ", b'<table headerRowCount="0" ', 1).replace(b'headerRowCount="1"', b"")

    table = read_table(rebuild(register, {"xl/tables/table1.xml": edit}), "iscritti")
    assert (table.header_row, table.headers[0], next(table.rows)[0]) == (0, "Nome", 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: b"<!DOCTYPE worksheet>" + data[data.index(b"<worksheet") :], "doctype"),
        (lambda data: data[: len(data) // 2], "cut_off"),
    ],
)
def test_what_every_command_refuses_is_not_read_either(
    make: Make, rebuild: Rebuild, change: Callable[[bytes], bytes], code: str
) -> None:
    plain = make('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    with pytest.raises(SheetError) as caught:
        read_rows(rebuild(plain, {"xl/worksheets/sheet1.xml": change}))
    assert caught.value.code == code
