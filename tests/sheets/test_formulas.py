"""References inside formulas: which of them move, which grow, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.sheets import SheetError
from intarsi_tui.sheets.formulas import concerns, follow, relative, shift
from intarsi_tui.sheets.moves import Growth, Moves

from .test_moves import growths, laid_out

SHEETS = ["Dati", "L'anno", "Gen", "Feb", "Mar", "Sintesi"]
FIVE = Moves({"Dati": [Growth(12, 3, 8)], "L'anno": [Growth(12, 3, 8)]}, SHEETS)
ONE = Moves({"Dati": [Growth(8, 3, 8)]}, SHEETS)
MONTHS = Moves({name: [Growth(12, 3, 8)] for name in ("Gen", "Feb", "Mar")}, SHEETS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("C7+C8+C12+C13", "C7+C8+C12+C16"),
        ("$C$13+$C13+C$13+c13", "$C$16+$C16+C$16+c16"),
        ("SUM(C8:C12)", "SUM(C8:C15)"),
        ("SUM($C$8:$C$12)/C$13", "SUM($C$8:$C$15)/C$16"),
        ("SUM(C12:C8)", "SUM(C15:C8)"),
        ("SUM( C8 : C12 )", "SUM( C8 : C15 )"),
        ("SUM(C8:C11)", "SUM(C8:C11)"),
        ("SUM(C7:C13)", "SUM(C7:C16)"),
        ("SUM(C12:D12)", "SUM(C12:D12)"),
        ("SUM(C13:C14,C8:C12 A9:E13)", "SUM(C16:C17,C8:C15 A9:E16)"),
        ('COUNTIF(C8:C12,">"&C13)', 'COUNTIF(C8:C15,">"&C16)'),
        ("SUM(C:C)+SUM(13:14)+SUM($5:$13)", "SUM(C:C)+SUM(16:17)+SUM($5:$16)"),
        ("SUM(C8:C1048576)", "SUM(C8:C1048576)"),
        ("SUM(1:1048576)", "SUM(1:1048576)"),
        ("C13#+@C13", "C16#+@C16"),
        ("INDEX(C8:C12,2):C13", "INDEX(C8:C15,2):C16"),
        ("-C13%^2", "-C16%^2"),
    ],
)
def test_references_below_move_and_ranges_over_the_data_grow(old: str, new: str) -> None:
    assert shift(old, "Dati", FIVE) == new
    assert shift(old, "DATI", FIVE) == new
    assert shift(old, "Sintesi", FIVE) == old


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Dati!C13", "Dati!C16"),
        ("dati!$C$13*2", "dati!$C$16*2"),
        ("'Dati'!C8:C12", "'Dati'!C8:C15"),
        ("SUM(Dati!C8:Dati!C12)", "SUM(Dati!C8:Dati!C15)"),
        ("'L''anno'!C13+C13", "'L''anno'!C16+C13"),
        ("Gen!C13+Dati!C13", "Gen!C13+Dati!C16"),
        ("Dati!13:13", "Dati!16:16"),
        ("Dati!C:C", "Dati!C:C"),
        ("IF(Dati!C13>0,'L''anno'!C13,Feb!C13)", "IF(Dati!C16>0,'L''anno'!C16,Feb!C13)"),
    ],
)
def test_references_to_other_sheets_follow_those_sheets(old: str, new: str) -> None:
    assert shift(old, "Sintesi", FIVE) == new


@pytest.mark.parametrize(
    "formula",
    [
        '"C13"',
        '"dice ""C13"" e Dati!C13"',
        "[1]Dati!C13",
        "'[1]Dati'!C8:C12",
        "'C:\\cartella\\[altro.xlsx]Dati'!C13",
        "[1]!nome13",
        "Iscritti[C13]",
        "Iscritti[[#This Row],[C13]]",
        "Iscritti[[#Headers],[C13]:[D13]]",
        "SUM(Iscritti['[C13'']])",
        "LOG10(2)",
        "ATAN2(1,2)+DEC2BIN(9)",
        "_xlfn.STDEV.S(3)",
        "R1C13",
        "RC13X",
        "nome_C13+C13_nome+C13.nome+\\C13+C13?",
        "XYZ13+ZZZ13",
        "C13456789",
        "C013",
        "1E13+2.5E13",
        "{1,13;2,14}",
        "#REF!",
        "Dati!#REF!+#REF!C13+#N/A+#DIV/0!+#NAME?",
        "!C13",
        "Gen!quota13",
        "TRUE+PI()",
        "",
        "'",
        '"C13',
    ],
)
def test_what_only_looks_like_a_reference_stays(formula: str) -> None:
    assert shift(formula, "Dati", FIVE) == formula
    assert follow(formula, "Dati", FIVE, 3) == formula


def test_words_that_are_cells_in_a_sheet_of_today_are_cells() -> None:
    # Excel refuses TAX2020 as a name since its sheets have a column TAX.
    assert shift("TAX2020+AB12+AB13", "Dati", FIVE) == "TAX2023+AB12+AB16"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SUM(C8)", "SUM(C8:C11)"),
        ("SUBTOTAL(109, C8 )", "SUBTOTAL(109, C8:C11 )"),
        ("Average($C$8)", "Average($C$8:$C$11)"),
        ("SUM(C8:C8)", "SUM(C8:C11)"),
        ("SUM(C8:D8)", "SUM(C8:D11)"),
        ("SUM(8:8)", "SUM(8:11)"),
        ("SUM(C7:C8)", "SUM(C7:C11)"),
        ("C8*2", "C8*2"),
        ("ROUND(C8,2)+SUM(C8,C7)+MYSUM(C8)", "ROUND(C8,2)+SUM(C8,C7)+MYSUM(C8)"),
    ],
)
def test_over_a_block_of_one_drawn_row_totals_grow_and_single_values_do_not(old: str, new: str) -> None:
    assert shift(old, "Dati", ONE) == new
    assert shift(old, "Dati", ONE, row=9) == new.replace("C9", "C12")


@pytest.mark.parametrize(
    ("old", "row", "new"),
    [
        ("SUM(C8:D8)", 8, "SUM(C8:D8)"),
        ("SUM($C8:$D8)", 8, "SUM($C8:$D8)"),
        ("SUM(C8)", 8, "SUM(C8)"),
        ("C8/SUM(C$8:C$8)", 8, "C8/SUM(C$8:C$11)"),
        ("SUM(C$7:C8)", 8, "SUM(C$7:C8)"),
        ("SUM(C$8:C8)", 8, "SUM(C$8:C8)"),
        ("SUM(C8:C$8)", 8, "SUM(C8:C$11)"),
        ("SUM(C$7:C$8)", 8, "SUM(C$7:C$11)"),
        ("Gen!C8+SUM(Gen!C8:D8)", 8, "Gen!C8+SUM(Gen!C8:D8)"),
    ],
)
def test_a_formula_of_the_drawn_row_is_about_that_row(old: str, row: int, new: str) -> None:
    assert shift(old, "Dati", ONE, row) == new


def test_lines_of_two_blocks_side_by_side_stay_lines() -> None:
    both = Moves({"Dati": [Growth(8, 3, 8)], "Gen": [Growth(8, 3, 8)]})
    assert shift("SUM(Gen!C8:D8)", "Dati", both, 8) == "SUM(Gen!C8:D8)"
    assert shift("SUM(Gen!C8:D8)", "Sintesi", both, 8) == "SUM(Gen!C8:D11)"


def test_a_running_total_in_the_last_drawn_row_does_not_take_in_the_new_rows() -> None:
    assert shift("SUM(C$8:C12)", "Dati", FIVE, 12) == "SUM(C$8:C12)"
    assert relative(shift("SUM(C$8:C12)", "Dati", FIVE, 12), 1) == "SUM(C$8:C13)"
    assert shift("C12/SUM(C$8:C$12)", "Dati", FIVE, 12) == "C12/SUM(C$8:C$15)"
    assert [shift(f"SUM(C{n}:C$12)", "Dati", FIVE, n) for n in (8, 12)] == ["SUM(C8:C$15)", "SUM(C12:C$15)"]
    # Beside the block, in one of its rows, stands the total of all of them.
    assert shift("SUM(C8:C12)", "Dati", FIVE, 8) == "SUM(C8:C15)"


def test_references_over_several_sheets_move_when_all_of_those_sheets_agree() -> None:
    assert shift("SUM(Gen:Mar!C13)", "Sintesi", MONTHS) == "SUM(Gen:Mar!C16)"
    assert shift("SUM('Gen:Mar'!C8:C12)", "Sintesi", MONTHS) == "SUM('Gen:Mar'!C8:C15)"
    assert shift("SUM(Dati:Mar!C5)", "Sintesi", FIVE) == "SUM(Dati:Mar!C5)"
    with pytest.raises(SheetError) as caught:
        shift("SUM(Dati:Mar!C13)", "Sintesi", FIVE)
    assert caught.value.code == "sheets_differ"
    assert "Dati:Mar!C13" in caught.value.text("it")
    with pytest.raises(SheetError, match="several sheets"):
        shift("SUM(Gen:Sintesi!C13)", "Dati", MONTHS)


def test_a_reference_that_would_leave_the_sheet_is_an_error() -> None:
    with pytest.raises(SheetError) as caught:
        shift("Dati!C1048576", "Gen", FIVE)
    assert caught.value.code == "past_last_row"


@pytest.mark.parametrize(
    ("old", "growing", "new"),
    [
        ("Dati!$C$8", "series", "Dati!$C$8:$C$11"),
        ("Dati!$C$8:$D$8", "series", "Dati!$C$8:$D$8"),
        ("(Dati!$C$7:$C$8,Dati!$E$9)", "series", "(Dati!$C$7:$C$11,Dati!$E$12)"),
        ("Dati!$C$7:$C$8", "never", "Dati!$C$7:$C$8"),
        ("Dati!$C$7:$C$9", "never", "Dati!$C$7:$C$12"),
    ],
)
def test_what_grows_depends_on_what_the_reference_is_for(old: str, growing: str, new: str) -> None:
    assert shift(old, "Sintesi", ONE, growing=growing) == new  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "down", "new"),
    [
        ("C8>$D8", 0, "C8>$D8"),
        ("C13>$D$13", 0, "C13>$D$16"),
        ("C13>$D13", 3, "C16>$D16"),
        ("COUNTIF($B$8:$B$12,$B8)>1", 0, "COUNTIF($B$8:$B$15,$B8)>1"),
        ("COUNTIF(B$8:B12,B12)>1", 0, "COUNTIF(B$8:B12,B12)>1"),
        ("COUNTIF(B13:B$8,B13)", 3, "COUNTIF(B16:B$8,B16)"),
        ("SUM(C:C)+SUM($1:$1048576)", 3, "SUM(C:C)+SUM($1:$1048576)"),
        ("C1048576", 0, "C1048576"),
        ("C8:C1048576", 3, "C11:C1048576"),
        ("$C$12+$D$13", 0, "$C$12+$D$16"),
    ],
)
def test_a_rule_keeps_its_distances_and_moves_its_places(old: str, down: int, new: str) -> None:
    assert follow(old, "Dati", FIVE, down) == new


def test_a_rule_over_a_block_of_one_drawn_row_sees_all_of_its_rows() -> None:
    assert follow("COUNTIF($B$8:$B$8,$B8)>1", "Dati", ONE) == "COUNTIF($B$8:$B$11,$B8)>1"
    assert follow("$B$8:$E$8", "Dati", ONE) == "$B$8:$E$11"
    assert follow("$B$8", "Dati", ONE) == "$B$8"


@pytest.mark.parametrize(
    ("old", "down", "right", "new"),
    [
        ("C8*D8", 3, 0, "C11*D11"),
        ("C8*$D$8+C$8+$C8", 2, 1, "D10*$D$8+D$8+$C10"),
        ("SUM(A:C)+SUM($A:C)", 2, 1, "SUM(B:D)+SUM($A:D)"),
        ("SUM(5:7)+SUM($5:7)", 2, 1, "SUM(7:9)+SUM($5:9)"),
        ("SUM(C$8:C12)", 1, 0, "SUM(C$8:C13)"),
        ("Gen!C8&'L''anno'!C8&[1]Gen!C8&Gen:Mar!C8", 1, 0, "Gen!C9&'L''anno'!C9&[1]Gen!C9&Gen:Mar!C9"),
        ('"C8"&Iscritti[[#This Row],[C8]]&LOG10(C8)', 1, 0, '"C8"&Iscritti[[#This Row],[C8]]&LOG10(C9)'),
        ("C8+Gen!C1", -1, 0, "C7+Gen!#REF!"),
        ("XFD1+A1", 0, 1, "#REF!+B1"),
        ("A1048576:B2", 1, 0, "#REF!"),
    ],
)
def test_a_formula_repeated_elsewhere_takes_its_relative_references_along(
    old: str, down: int, right: int, new: str
) -> None:
    assert relative(old, down, right) == new


def test_a_formula_concerns_the_sheets_that_it_refers_to() -> None:
    assert concerns("C1", "Dati", FIVE)
    assert concerns("1+Dati!A1", "Gen", FIVE)
    assert concerns("SUM(Dati:Mar!A1)", "Sintesi", FIVE)
    assert not concerns('"Dati!A1"&Gen!A1&[1]Dati!A1', "Feb", FIVE)


def test_a_long_hostile_formula_takes_no_time() -> None:
    for piece in ("[", "'", '"', "A:", "a", "[a[b]", "Gen:Mar", "#", "1E", "$", "A1:", "(SUM(", "'["):
        shift(piece * (8192 // len(piece)), "Dati", FIVE)


_LITERALS = st.sampled_from(
    [
        '"C13"',
        '"a""C9"',
        "Iscritti[C13]",
        "LOG10(7)",
        "nome_13",
        "1E13",
        "#REF!",
        "[1]Dati!C13",
        "'[1]a b'!B2:B9",
        "{1,2}",
    ]
)
_CORNERS = st.tuples(st.integers(1, 40), st.integers(1, 5), st.booleans(), st.booleans())


def _cell(row: int, column: int, fixed_row: bool, fixed_column: bool) -> str:
    return f"{'$' * fixed_column}{'_ABCDE'[column]}{'$' * fixed_row}{row}"


@given(
    st.lists(_LITERALS | st.tuples(st.sampled_from(["", "Dati!", "'Dati'!", "Gen!"]), _CORNERS, _CORNERS), max_size=6),
    growths(),
)
def test_ranges_refer_to_the_same_cells_and_to_their_copies(
    pieces: list[str | tuple[str, tuple[int, int, bool, bool], tuple[int, int, bool, bool]]], blocks: list[Growth]
) -> None:
    """Held against a sheet laid out row by row, not against the arithmetic of the code."""
    lines = laid_out(blocks, 40)
    one_row = {block.after_row for block in blocks if block.first_row == block.after_row}
    old, new = [], []
    for piece in pieces:
        if isinstance(piece, str):
            old.append(piece)
            new.append(piece)
            continue
        sheet, first, last = piece
        old.append(f"{sheet}{_cell(*first)}:{_cell(*last)}")
        places = [lines.index(corner[0]) + 1 for corner in (first, last)]
        lower = max(first[0], last[0])
        if first[0] != last[0] or first[2] != last[2] or lower in one_row:
            end = places.index(max(places))
            end = 1 if places[0] == places[1] else end
            places[end] += sum(line == -lower for line in lines)
        if sheet == "Gen!":
            places = [first[0], last[0]]
        new.append(f"{sheet}{_cell(places[0], *first[1:])}:{_cell(places[1], *last[1:])}")
    assert shift("+".join(old), "Dati", Moves({"Dati": blocks})) == "+".join(new)


_FORMULAS = st.text(st.sampled_from("AC18$:!'\"[](),.#_+ D a\t{}@"), max_size=40)


@given(_FORMULAS)
def test_without_moves_nothing_changes(formula: str) -> None:
    assert shift(formula, "Dati", Moves({})) == formula
    assert shift(formula, "Gen", FIVE) == formula
    assert relative(formula, 0) == formula


@given(
    _FORMULAS | st.lists(st.sampled_from(["C8:C12", "$C$13", "D13", "+", "SUM(", ")", '"x"', ","])).map("".join),
    growths(),
)
def test_growing_block_by_block_gives_the_same_formula(formula: str, blocks: list[Growth]) -> None:
    result, down = formula, 0
    for block in blocks:
        step = Moves({"Dati": [Growth(block.after_row + down, block.count, block.first_row + down)]})
        result, down = shift(result, "Dati", step), down + block.count
    assert result == shift(formula, "Dati", Moves({"Dati": blocks}))


@given(_FORMULAS, st.integers(0, 50), st.integers(0, 50))
def test_repeating_twice_is_repeating_further(formula: str, one: int, other: int) -> None:
    assert relative(relative(formula, one), other) == relative(formula, one + other)
