"""Addresses as Excel writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.sheets.address import (
    MAX_COLUMN,
    MAX_ROW,
    Range,
    address,
    column_letters,
    column_number,
    parse_cell,
    parse_range,
    split_sheet,
)
from intarsi_tui.sheets.locate import normal

rows, columns = st.integers(1, MAX_ROW), st.integers(1, MAX_COLUMN)
sheet_names = st.text(min_size=1, max_size=31).filter(
    lambda name: not set(name) & set("[]:*?/\\") and name[0] != "'" and name[-1] != "'"
)


@given(columns)
def test_column_letters_come_back(number: int) -> None:
    assert column_number(column_letters(number)) == number


@given(sheet_names, rows, columns)
def test_an_address_names_its_sheet_and_cell_again(name: str, row: int, column: int) -> None:
    sheet, cell = split_sheet(address(name, row, column))
    assert sheet == name
    assert parse_cell(cell) == (row, column)


@given(rows, columns, rows, columns)
def test_a_range_reads_the_same_from_any_corner(a: int, b: int, c: int, d: int) -> None:
    area = Range(min(a, c), min(b, d), max(a, c), max(b, d))
    assert parse_range(str(area)) == area
    assert parse_range(f"${column_letters(d)}${c}:{column_letters(b)}{a}") == area


@given(st.text(max_size=12))
def test_any_text_is_an_address_or_nothing(text: str) -> None:
    area = parse_range(text)
    assert area is None or (1 <= area.top <= area.bottom <= MAX_ROW and 1 <= area.left <= area.right <= MAX_COLUMN)


@pytest.mark.parametrize("text", ["A0", "A1048577", "XFE1", "1A", "A", "", "A1:", ":A1", "A1:B", "Ａ１", "A١", "#REF!"])
def test_what_is_no_address_is_refused(text: str) -> None:
    assert parse_range(text) is None


@pytest.mark.parametrize("text", ["A!$1:$1,A!$A:$A", "Gen:Dic!B2", "!B2", "'A!B2", "B2"])
def test_what_is_not_one_place_has_no_sheet(text: str) -> None:
    assert split_sheet(text) == (None, text)


@pytest.mark.parametrize("name", ["Foglio 1", "L'anno", "R1C1", "A1", "2021", "è"])
def test_sheet_names_are_quoted_where_excel_needs_it(name: str) -> None:
    plain = name == "è"
    assert address(name, 3, 2) == (f"{name}!B3" if plain else "'" + name.replace("'", "''") + "'!B3")


def test_headers_are_compared_as_people_read_them() -> None:
    assert normal(" ATTIVITÀ\nsvolta: ") == normal("attivita' svolta".replace("'", "")) == "attivita svolta"
