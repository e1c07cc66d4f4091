"""Where rows and ranges go when blocks grow by whole rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.sheets import SheetError
from intarsi_tui.sheets.address import MAX_COLUMN, MAX_ROW, Range, parse_range
from intarsi_tui.sheets.moves import Growth, Moves

# Five drawn rows, 8 to 12, get three more; a block of one row, 20, gets two.
BLOCKS = Moves({"Dati": [Growth(20, 2, 20), Growth(12, 3, 8)]})


@pytest.mark.parametrize(("old", "new"), [(1, 1), (8, 8), (12, 12), (13, 16), (20, 23), (21, 26)])
def test_rows_below_the_last_drawn_one_go_down(old: int, new: int) -> None:
    assert BLOCKS.row("Dati", old) == new
    assert BLOCKS.row("DATI", old) == new
    assert BLOCKS.row("Altro", old) == old


@pytest.mark.parametrize(
    ("old", "grown", "shifted"),
    [
        ("A1:F7", "A1:F7", "A1:F7"),
        ("C8:C12", "C8:C15", "C8:C12"),
        ("C7:C13", "C7:C16", "C7:C16"),
        ("C12", "C12:C15", "C12"),
        ("C11", "C11", "C11"),
        ("C8:C11", "C8:C11", "C8:C11"),
        ("C13", "C16", "C16"),
        ("C20:D20", "C23:D25", "C23:D23"),
        ("C8:C20", "C8:C25", "C8:C23"),
        ("C21:C30", "C26:C35", "C26:C35"),
        ("A5:A1048576", "A5:A1048576", "A5:A1048576"),
        ("A5:A1048573", "A5:A1048576", "A5:A1048576"),
    ],
)
def test_a_range_with_the_last_drawn_row_grows(old: str, grown: str, shifted: str) -> None:
    area = parse_range(old)
    assert area is not None
    assert str(BLOCKS.area("Dati", area)) == grown
    assert str(BLOCKS.shifted("Dati", area)) == shifted


def test_whole_columns_stay_and_whole_rows_move() -> None:
    columns, rows = Range(1, 2, MAX_ROW, 4), Range(13, 1, 14, MAX_COLUMN)
    assert BLOCKS.area("Dati", columns) == BLOCKS.shifted("Dati", columns) == columns
    assert BLOCKS.area("Dati", rows) == Range(16, 1, 17, MAX_COLUMN)


def test_what_would_leave_the_sheet_is_an_error_that_names_the_row_and_the_limit() -> None:
    for wanted in (lambda: BLOCKS.row("Dati", MAX_ROW), lambda: BLOCKS.area("Dati", Range(MAX_ROW, 1, MAX_ROW, 1))):
        with pytest.raises(SheetError) as caught:
            wanted()
        assert caught.value.code == "past_last_row"
        assert str(MAX_ROW) in caught.value.text("it")
        assert "Dati" in caught.value.text("en")


def test_growths_of_no_rows_move_nothing() -> None:
    assert not Moves({"Dati": [Growth(12, 0, 8)]})
    assert Moves({"Dati": [Growth(12, 0, 8)]}).growths("Dati") == ()


def test_a_block_is_known_by_its_drawn_rows() -> None:
    assert BLOCKS.block("Dati", 9) == Growth(12, 3, 8)
    assert BLOCKS.block("Dati", 13) is None
    assert BLOCKS.block("Altro", 9) is None


@st.composite
def growths(draw: st.DrawFn) -> list[Growth]:
    """Blocks one under the other."""
    found, row = [], 0
    for _ in range(draw(st.integers(1, 3))):
        first = row + draw(st.integers(1, 5))
        row = first + draw(st.integers(0, 4))
        found.append(Growth(row, draw(st.integers(1, 5)), first))
    return found


def laid_out(blocks: list[Growth], rows: int) -> list[int]:
    """The sheet after the growth, told row by row: the old number of each row, or minus the row it is a copy of."""
    added = {block.after_row: block.count for block in blocks}
    return [line for row in range(1, rows + 1) for line in [row, *[-row] * added.get(row, 0)]]


@given(growths(), st.integers(1, 40), st.integers(1, 40))
def test_rows_and_ranges_agree_with_the_sheet_laid_out_row_by_row(blocks: list[Growth], one: int, other: int) -> None:
    moves, lines = Moves({"Dati": blocks}), laid_out(blocks, 40)
    top, bottom = sorted((one, other))
    assert lines[moves.row("Dati", top) - 1] == top
    shifted = moves.shifted("Dati", Range(top, 1, bottom, 1))
    held = lines[shifted.top - 1 : shifted.bottom]
    assert (held[0], held[-1]) == (top, bottom)
    grown = moves.area("Dati", Range(top, 1, bottom, 1))
    held = lines[grown.top - 1 : grown.bottom]
    assert [line for line in held if line > 0] == list(range(top, bottom + 1))
    assert sum(line == -bottom for line in held) == sum(line == -bottom for line in lines)


@given(growths(), st.integers(1, 40), st.integers(1, 40))
def test_blocks_grown_one_after_the_other_give_the_same(blocks: list[Growth], one: int, other: int) -> None:
    top, bottom = sorted((one, other))
    area, down = Range(top, 1, bottom, 1), 0
    for block in blocks:
        step = Moves({"Dati": [Growth(block.after_row + down, block.count, block.first_row + down)]})
        area, down = step.area("Dati", area), down + block.count
    assert area == Moves({"Dati": blocks}).area("Dati", Range(top, 1, bottom, 1))
