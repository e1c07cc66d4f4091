"""What new rows hold, what stands beside and below them, and when no rows can be put in."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from intarsi_tui.sheets import Block, SheetError, fill, lint
from intarsi_tui.sheets.address import column_letters
from intarsi_tui.sheets.encoding import RowEncoder, Slot
from intarsi_tui.sheets.pattern import rows_in
from intarsi_tui.sheets.workbook import Workbook as Book

from ..conftest import share

Make = Callable[..., Path]
Opened = Callable[[Path], Workbook]
Content = Callable[[Path, str], str]
SHEET = "xl/worksheets/sheet1.xml"
NOT_IN_TEXT = st.characters(exclude_categories=["Cs"])


def _head(*texts: str, row: int = 1) -> str:
    cells = "".join(
        f'<c r="{column_letters(n)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for n, text in enumerate(texts, 1)
        if text
    )
    return f'<row r="{row}">{cells}</row>'


def _refused(template: Path, out: Path, *blocks: Block) -> SheetError:
    with pytest.raises(SheetError) as caught:
        fill(template, out, blocks=blocks)
    assert [path.name for path in out.parent.iterdir() if path.suffix == ".tmp" or path == out] == []
    assert caught.value.file == str(template)
    return caught.value


def _column(book: Workbook, letter: str, sheet: str = "Uno") -> list[object]:
    return [cell.value for cell in book[sheet][letter]]


values = st.one_of(
    st.none(),
    st.text(NOT_IN_TEXT, max_size=5),
    st.sampled_from(["a\nb", "a\r\nb", " x ", "_x0041_", "=1+1", "<&>\"'", "Forlì", "\x0b"]),
    st.integers(-(10**16), 10**16),
    st.floats(),
    st.decimals(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(min_value=timedelta(-2), max_value=timedelta(900)),
)


@settings(max_examples=share(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=6))
@example([(Decimal("sNaN"), Decimal("1E+500"), Decimal("-0"))])
@example([("x", date(2021, 4, 14), 1.5), (None, None, None), ("", time(9), 2), (3, datetime(1899, 1, 1), True)])
def test_a_row_written_fast_is_the_row_written_cell_by_cell(register: Path, lines: list[tuple[Any, Any, Any]]) -> None:
    def written(by_hand: bool) -> str:
        with Book(register) as book:
            assert book.styles is not None
            for style, look in product((0, 3), ("wrap", "date", "datetime", "time", "duration", "long duration")):
                book.styles.fitting(style, look)  # numbered alike, whichever comes first
            slots = [Slot(1, 0, 0), Slot(2, 3, 1), Slot(4, 0, 2), Slot(5, repeated=(">{x}", -3, "</c>"))]
            encoder = RowEncoder(book, book.sheets[0], ">", slots)
            if by_hand:
                return "".join(encoder._cell_by_cell(row, line) for row, line in enumerate(lines, 9))
            return encoder.encode(lines, 9)

    assert written(by_hand=False) == written(by_hand=True)


def test_columns_that_mix_many_types_are_still_written(make: Make, out: Path, opened: Opened) -> None:
    headers = [f"c{n}" for n in range(6)]
    kinds: list[Any] = [1, 1.5, "x", Decimal("2.5"), True]
    lines = [[kinds[row // 5**column % 5] for column in range(6)] for row in range(400)]
    fill(make(f'<sheetData>{_head(*headers)}<row r="2"/></sheetData>'), out, blocks=[Block("A2", headers, lines)])
    found = [[cell.value for cell in row] for row in opened(out)["Uno"]["A2:F401"]]
    assert found == lines


def test_new_cells_take_the_format_of_the_last_drawn_row(make: Make, out: Path, content: Content) -> None:
    row = '<row r="2" spans="1:2" ht="30" customHeight="1"><c r="A2" s="0"/><c r="C2" t="s"><v>0</v></c></row>'
    body = f"<sheetData>{_head('uno', 'due', 'tre')}{row}</sheetData>"
    fill(make(body), out, blocks=[Block("A2", ["uno", "due"], [(None, None), (None, None), (None, 4)])])
    sheet = content(out, SHEET)
    assert '<row r="3" ht="30" customHeight="1"><c r="A3"/><c r="B3"/><c r="C3" t="s"><v>0</v></c></row>' in sheet
    assert (
        '<row r="4" ht="30" customHeight="1"><c r="A4"/><c r="B4"><v>4</v></c><c r="C4" t="s"><v>0</v></c></row>'
        in sheet
    )


def test_a_formula_that_sees_what_goes_down_waits_for_the_count(make: Make, out: Path, opened: Opened) -> None:
    """A share of the total under the block, a running total, what is left of the other block."""
    body = (
        f"<sheetData>{_head('v', 'parte', 'somma', 'resto')}"
        '<row r="2"><c r="A2"/><c r="B2"><f>A2/A$3</f><v>1</v></c><c r="C2"><f>SUM(A$2:A2)</f></c>'
        '<c r="D2"><f>$A$3-A$7</f></c></row><row r="3"><c r="A3"><f>SUM(A2)</f></c></row>'
        f'{_head("w", row=5)}<row r="6"><c r="A6"/></row><row r="7"><c r="A7"><f>SUM(A6:A6)</f></c></row></sheetData>'
    )
    blocks = [Block("A6", ["w"], ((n,) for n in range(3))), Block("A2", ["v"], ((n,) for n in range(4)))]
    fill(make(body), out, blocks=blocks)
    sheet = opened(out)["Uno"]
    assert _column(opened(out), "A") == ["v", 0, 1, 2, 3, "=SUM(A2:A5)", None, "w", 0, 1, 2, "=SUM(A9:A11)"]
    assert [sheet[f"B{n}"].value for n in range(2, 6)] == [f"=A{n}/A$6" for n in range(2, 6)]
    assert [sheet[f"C{n}"].value for n in range(2, 6)] == [f"=SUM(A$2:A{n})" for n in range(2, 6)]
    assert [sheet[f"D{n}"].value for n in range(2, 6)] == ["=$A$6-A$12"] * 4
    assert lint(out) == []


def test_shared_and_array_formulas_are_repeated_each_for_its_row(make: Make, out: Path, content: Content) -> None:
    body = (
        f'<sheetData>{_head("v", "doppio", "matrice")}<row r="2"><c r="A2"/>'
        '<c r="B2"><f t="shared" ref="B2:B3" si="0">A2*2</f></c><c r="C2" cm="1"><f t="array" ref="C2">SUM(A2*{1,2})</f></c></row><row r="3"><c r="A3"><v>9</v></c>'
        '<c r="B3"><f t="shared" si="0"/><v>0</v></c><c r="C3" cm="1"><f t="array" ref="C3">SUM(A3*{1,2})</f></c></row></sheetData>'
    )
    fill(make(body), out, blocks=[Block("A2", ["v"], [(n,) for n in range(4)])])
    sheet = content(out, SHEET)
    assert re.findall(r"<f>(A\d\*2)</f>", sheet) == ["A2*2", "A3*2", "A4*2", "A5*2"]
    assert '<c r="C5" cm="1"><f t="array" ref="C5">SUM(A5*{1,2})</f></c>' in sheet


def test_blocks_side_by_side_grow_together_and_the_longer_decides(make: Make, out: Path, opened: Opened) -> None:
    row = "".join(f'<c r="{c}2" t="inlineStr"><is><t>esempio</t></is></c>' for c in "ABDE")
    body = f'<sheetData>{_head("a", "b", "", "d", "e")}<row r="2">{row}</row>{_head("fondo", row=3)}</sheetData>'
    blocks = [
        Block("A2", ["a", "b"], ((n, n) for n in range(2))),
        Block("D2", ["d"], (("x",) for _ in range(4))),
        Block("E2", ["e"], []),
    ]
    report = fill(make(body), out, blocks=blocks)
    assert [[cell.value for cell in line] for line in opened(out)["Uno"]["A2:E6"]] == [
        [0, 0, None, "x", None],
        [1, 1, None, "x", None],
        [None, None, None, "x", None],
        [None, None, None, "x", None],
        ["fondo", None, None, None, None],
    ]
    assert (report.block_rows, report.filled) == ([2, 4, 0], 8)


def test_blocks_that_would_be_torn_apart_are_refused(make: Make, out: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>0</v></c><c r="C{n}"><v>0</v></c></row>' for n in range(2, 4))
    longer = "".join(f'<row r="{n}"><c r="C{n}"><v>0</v></c></row>' for n in range(4, 6))
    template = make(f"<sheetData>{_head('a', '', 'c')}{rows}{longer}</sheetData>")
    beside = Block("C2", ["c"], [(n,) for n in range(3)])
    error = _refused(template, out, Block("A2", ["a"], [(n,) for n in range(5)]), beside)
    assert (error.code, error.cell, error.params["other"]) == ("side_by_side", "A2", "C2")
    # Records that all stand above the new rows are not torn apart.
    fill(template, out, blocks=[Block("A2", ["a"], [(n,) for n in range(5)]), Block("C2", ["c"], [(1,), (2,)])])
    assert lint(out) == []


def test_a_table_beside_keeps_its_content_to_itself(register: Path, out: Path, opened: Opened) -> None:
    book = opened(register)
    sheet = book["Corsi d'italiano"]
    sheet["H1"], sheet["H4"].number_format = "Voce", "@"
    book.save(register)
    fill(register, out, blocks=[Block("'Corsi d''italiano'!H4", ["Voce"], [("a",), ("b",), ("c",)])])
    sheet = opened(out)["Corsi d'italiano"]
    assert [[sheet.cell(row, column).value for column in (1, 3, 8)] for row in (4, 5, 6, 7)] == [
        ["esempio", "=B4*2", "a"],
        [None, None, "b"],
        [None, None, "c"],
        ["esempio", "=B7*2", None],
    ]
    assert sheet.tables["Iscritti"].ref == "A1:C9"


def test_a_block_beside_the_end_of_a_table_is_refused(register: Path, out: Path, opened: Opened) -> None:
    """Its totals row would no longer be its last."""
    book = opened(register)
    sheet = book["Corsi d'italiano"]
    sheet["H1"], sheet["H7"].number_format = "Voce", "@"
    book.save(register)
    error = _refused(register, out, Block("'Corsi d''italiano'!H7", ["Voce"], [("a",), ("b",)]))
    assert (error.code, error.params) == ("side_by_side", {"row": 7, "other": "Iscritti"})


def test_single_cells_keep_their_places_below_a_block(register: Path, out: Path, opened: Opened) -> None:
    cells: dict[str, Any] = {"'Foglio 1'!A13": "Somma", "'Foglio 1'!B20": "{{x}}", "ente": "Ente"}
    rows = [(date(2021, 4, 1), "Gita", 1, 2)] * 9
    report = fill(
        register, out, cells, [Block("'Foglio 1'!A8", ["Data", "Attività", "Ore svolte", "Costo €"], iter(rows))]
    )
    book = opened(out)
    sheet = book["Foglio 1"]
    assert [sheet[a].value for a in ("A17", "B24", "B2", "C17", "E16")] == [
        "Somma",
        "{{x}}",
        "Ente",
        "=SUM(C8:C16)",
        "=C16*D16",
    ]
    assert book["Sintesi"]["B1"].value == "='Foglio 1'!C17"
    wrong = [cell for cell, message in report.doubtful if message.code == "not_offered"]
    assert wrong == [f"'Foglio 1'!B{row}" for row in range(8, 17)]
    assert lint(out) == []


def test_choices_may_come_from_rows_that_are_new_themselves(register: Path, out: Path) -> None:
    """The list on another sheet is a block that grows; what it offers counts, whichever comes first."""
    lists = Block("Elenchi!A3", ["A"], ((text,) for text in ("Evento", "Gita", "Visita")))
    rows = [(text,) for text in ("Gita", "corso", "Visita", "Altro", "Gita", "Altro", "Ballo")]
    report = fill(register, out, blocks=[Block("'Foglio 1'!A8", ["Attività"], rows), lists])
    found = [cell for cell, message in report.doubtful if message.code == "not_offered"]
    assert found == ["'Foglio 1'!B11", "'Foglio 1'!B13", "'Foglio 1'!B14"]


def test_what_has_no_value_is_no_wrong_choice(register: Path, out: Path) -> None:
    rows: list[tuple[Any]] = [("Corso",)] * 6 + [(Decimal("sNaN"),), (None,), ("",), (float("nan"),), (True,)]
    report = fill(register, out, blocks=[Block("'Foglio 1'!A8", ["Attività"], rows)])
    assert [cell for cell, message in report.doubtful if message.code == "not_offered"] == []


def test_a_placeholder_in_the_template_row_is_filled_in_each_new_row(make: Make, out: Path, opened: Opened) -> None:
    cells = "".join(
        f'<c r="{c}2" t="inlineStr"><is><t>{{{{{t}}}}}</t></is></c>' for c, t in (("A", "righe"), ("B", "cup"))
    )
    template = make(f'<sheetData>{_head("nome", "CUP", "n")}<row r="2">{cells}<c r="C2"/></row></sheetData>')
    fill(template, out, {"{{cup}}": "E00"}, [Block("{{righe}}", ["n"], [(n,) for n in range(3)])])
    assert [[cell.value for cell in row] for row in opened(out)["Uno"]["A2:C4"]] == [[None, "E00", n] for n in range(3)]


def test_a_sheet_holds_so_many_rows_and_no_more(make: Make, out: Path) -> None:
    rows = '<row r="1048571"><c r="A1048571"/></row><row r="1048574"><c r="A1048574"><v>1</v></c></row>'
    template = make(f"<sheetData>{_head('a', row=1048570)}{rows}</sheetData>")
    fill(template, out, blocks=[Block("A1048571", ["a"], ((n,) for n in range(3)))])
    assert lint(out) == []
    out.unlink()
    error = _refused(template, out, Block("A1048571", ["a"], ((n,) for n in range(90))))
    assert (error.code, error.params) == ("too_many_rows", {"sheet": "Uno", "limit": 3})
    assert "«Uno»" in error.text("it")


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        (("x" * 32_768, 1), "text_too_long", "Uno!A5"),
        ((datetime(2021, 4, 14).astimezone(), 1), "time_zone", "Uno!A5"),
        (([1], 1), "bad_value", "Uno!A5"),
        (("x",), "row_length", "A2"),
    ],
)
def test_a_wrong_value_in_a_new_row_is_named_and_nothing_is_left(
    make: Make, out: Path, line: tuple[Any, ...], code: str, cell: str
) -> None:
    template = make(f'<sheetData>{_head("a", "b")}<row r="2"><c r="A2"/><c r="B2"/></row></sheetData>')
    before = sorted(out.parent.iterdir())
    error = _refused(template, out, Block("A2", ["a", "b"], iter([("x", 1)] * 3 + [line])))
    assert (error.code, error.cell) == (code, cell)
    assert sorted(out.parent.iterdir()) == before
    assert error.params.get("row", 4) == 4


def test_a_table_without_a_drawn_row_says_so(register: Path, out: Path, rebuild: Callable[..., Path]) -> None:
    template = rebuild(
        register,
        {"xl/tables/table1.xml": lambda d: d.replace(b'"A1:C7"', b'"A6:C7"').replace(b'"A1:C6"', b'"A6:C6"')},
    )
    assert _refused(template, out, Block("Iscritti", ["Nome"], [(1,)])).code == "no_room"


def test_records_are_read_once_and_never_held(make: Make, out: Path) -> None:
    template = make(f'<sheetData>{_head("a", "b")}<row r="2"><c r="A2"/><c r="B2"/></row></sheetData>')

    def peak(count: int) -> int:
        def lines() -> Iterator[tuple[str, int]]:
            yield from (("sempre lo stesso", n) for n in range(count))

        tracemalloc.start()
        try:
            fill(template, out, blocks=[Block("A2", ["a", "b"], lines())])
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    fill(template, out, blocks=[Block("A2", ["a"], [(1,), (2,)])])
    assert peak(20_000) - peak(2_000) < 1_000_000


def test_rows_that_go_along_are_found_by_comparing_two_rows() -> None:
    assert rows_in("<f>C9*$D$3+LOG10(A8)</f>", "<f>C10*$D$3+LOG10(A9)</f>", 9) == (
        "<f>C", 0, "*$D$", "3", "+LOG", "10", "(A", -1, ")</f>",
    )  # fmt: skip
    assert rows_in("<f>SUM(A9:A1048576)</f>", "<f>SUM(#REF!)</f>", 9) == ("<f>SUM(#REF!)</f>",)


def test_an_address_made_of_a_text_is_pointed_out_when_rows_are_added(tmp_path: Path) -> None:
    """INDIRECT("A9") means A9 whatever moves; nobody can know whether it should have followed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Dati"
    sheet.append(["Nome"])
    sheet["A2"].number_format = "@"
    sheet["A9"], sheet["B9"] = 1, '=INDIRECT("A9")*2'
    book.save(tmp_path / "t.xlsx")
    few = fill(tmp_path / "t.xlsx", tmp_path / "few.xlsx", blocks=[Block("Dati!A2", ["Nome"], [["a"]])])
    assert few.doubtful == []
    more = fill(tmp_path / "t.xlsx", tmp_path / "more.xlsx", blocks=[Block("Dati!A2", ["Nome"], [["a"], ["b"], ["c"]])])
    assert [(cell, message.code) for cell, message in more.doubtful] == [("Dati!B11", "text_address")]
