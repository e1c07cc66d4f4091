"""Values put where addresses, names, placeholders and headers say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from intarsi_tui.sheets import Block, SheetError, fill, lint

Opened = Callable[[Path], Workbook]


def _error(template: Path, out: Path, *args: object, **kwargs: object) -> SheetError:
    with pytest.raises(SheetError) as caught:
        fill(template, out, *args, **kwargs)  # type: ignore[arg-type]
    assert not out.exists()
    assert [p.name for p in out.parent.iterdir() if p.suffix == ".tmp"] == []
    assert caught.value.text("it")
    assert caught.value.problem.hint("it")
    return caught.value


def test_values_land_where_addresses_names_and_placeholders_say(register: Path, out: Path, opened: Opened) -> None:
    report = fill(
        register,
        out,
        {
            "'Foglio 1'!$B$4": "0012345678",
            "ENTE": "Ente inventato",
            "{{ Trimestre }}": date(2021, 4, 14),
            "{{referente}}": "Anna & Bo <prova>",
            "{{anno}}": 2021,
            "elenchi!e5": Decimal("3.50"),
        },
    )
    sheet = opened(out)["Foglio 1"]
    assert (sheet["B4"].value, sheet["B4"].number_format) == ("0012345678", "@")
    assert sheet["B2"].value == "Ente inventato"
    assert (sheet["B3"].value.date(), sheet["B3"].number_format) == (date(2021, 4, 14), "mm-dd-yy")
    assert sheet["D2"].value == "Referente: Anna & Bo <prova> (2021)"
    assert report.filled == 5
    read = CalamineWorkbook.from_path(out).get_sheet_by_name("Elenchi").to_python(skip_empty_area=False)
    assert read[4][4] == 3.5
    assert lint(out) == []


def test_text_that_looks_like_a_placeholder_is_not_replaced_again(register: Path, out: Path, opened: Opened) -> None:
    report = fill(register, out, {"{{referente}}": "{{anno}}", "{{anno}}": 2021, "{{trimestre}}": "{{x}}"})
    assert opened(out)["Foglio 1"]["D2"].value == "Referente: {{anno}} (2021)"
    assert report.doubtful == []


def test_placeholders_left_over_are_reported(register: Path, out: Path) -> None:
    report = fill(register, out, {"{{trimestre}}": "II"})
    assert [(cell, message.code) for cell, message in report.doubtful] == [("'Foglio 1'!D2", "placeholder_left")]


def test_a_block_fills_drawn_rows_by_header_and_keeps_formulas_and_formats(
    register: Path, out: Path, opened: Opened
) -> None:
    rows = [(date(2021, 4, 14), "Corso", 3, Decimal("12.5")), (date(2021, 4, 15), "Evento", 2, None)]
    report = fill(
        register, out, blocks=[Block("'Foglio 1'!A8", ["DATA", "attivita", "Ore svolte:", "Costo €"], iter(rows))]
    )
    sheet = opened(out)["Foglio 1"]
    assert [sheet[f"{c}8"].value for c in "BCDE"] == ["Corso", 3, 12.5, "=C8*D8"]
    assert (sheet["A9"].value.date(), sheet["A9"].number_format) == (date(2021, 4, 15), "dd/mm/yyyy")
    assert sheet["D9"].value is None
    assert sheet["D9"].border.left.style == "thin"
    assert [sheet[f"A{r}"].value for r in (10, 12, 13)] == [None, None, "Totale"]
    assert (report.block_rows, report.filled) == ([2], 7)


def test_columns_may_be_given_by_letter(register: Path, out: Path, opened: Opened) -> None:
    fill(register, out, blocks=[Block("'Foglio 1'!A8", ["C", "A"], [(1, "x")])])
    sheet = opened(out)["Foglio 1"]
    assert (sheet["C8"].value, sheet["A8"].value) == (1, "x")


def test_a_table_is_filled_between_header_and_totals_and_its_samples_go(
    register: Path, out: Path, opened: Opened
) -> None:
    fill(register, out, blocks=[Block("iscritti", ["eta", "NOME"], [(30, "Ada"), (41, "Bo")])])
    sheet = opened(out)["Corsi d'italiano"]
    assert [[c.value for c in row] for row in sheet["A1:C7"]] == [
        ["Nome", "Età", "Doppio"],
        ["Ada", 30, "=B2*2"],
        ["Bo", 41, "=B3*2"],
        [None, None, "=B4*2"],
        [None, None, "=B5*2"],
        [None, None, "=B6*2"],
        ["Totale", "=SUBTOTAL(109,Iscritti[Età])", None],
    ]


def test_a_named_range_is_a_block_under_headers_on_several_lines(register: Path, out: Path, opened: Opened) -> None:
    fill(register, out, blocks=[Block("quote", ["Partner", "Quota"], [("Ravenna", 10), ("Ciac", 20)])])
    sheet = opened(out)["Elenchi"]
    assert [[cell.value for cell in row] for row in sheet["C3:D5"]] == [["Ravenna", 10], ["Ciac", 20], [None, None]]


def test_a_placeholder_marks_the_first_row_of_a_block(make: Callable[..., Path], out: Path, opened: Opened) -> None:
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nome</t></is></c></row>'
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>{{righe}}</t></is></c></row>'
    template = make(f"<sheetData>{head}{row}</sheetData>")
    fill(template, out, blocks=[Block("{{righe}}", ["Nome"], [("Ada",)])])
    assert opened(out)["Uno"]["A2"].value == "Ada"


@pytest.mark.parametrize(
    ("at", "last"), [("'Foglio 1'!A8", "A97"), ("Iscritti", "A91"), ("quote", "C92")], ids=["cell", "table", "name"]
)
def test_more_records_than_drawn_rows_get_new_rows(
    register: Path, out: Path, opened: Opened, at: str, last: str
) -> None:
    column, name = {"Iscritti": ("Nome", "Corsi d'italiano"), "quote": ("Partner", "Elenchi")}.get(
        at, ("Data", "Foglio 1")
    )
    report = fill(register, out, blocks=[Block(at, [column], ((f"n. {n}",) for n in range(90)))])
    assert opened(out)[name][last].value == "n. 89"
    assert (report.block_rows, report.filled) == ([90], 90)
    assert lint(out) == []


@pytest.mark.parametrize(
    ("key", "code", "cell"),
    [
        ("'Foglio 1'!E8", "formula_cell", "'Foglio 1'!E8"),
        ("'Foglio 1'!C1", "covered_cell", "'Foglio 1'!C1"),
        ("'Corsi d''italiano'!A1", "table_edge", "'Corsi d''italiano'!A1"),
        ("'Corsi d''italiano'!A7", "table_edge", "'Corsi d''italiano'!A7"),
        ("B3", "which_sheet", ""),
        ("Altro!B3", "unknown_sheet", ""),
        ("sconosciuto", "place_not_found", ""),
        ("{{sconosciuto}}", "place_not_found", ""),
        ("costante", "name_without_cells", ""),
        ("quote", "name_is_range", ""),
        ("Elenchi!A0", "place_not_found", ""),
        ("Elenchi!XFE1", "place_not_found", ""),
    ],
)
def test_places_that_must_not_be_written_are_named(register: Path, out: Path, key: str, code: str, cell: str) -> None:
    error = _error(register, out, {key: "x"})
    assert (error.code, error.cell) == (code, cell)
    assert error.file == str(register)


def test_the_first_cell_of_merged_cells_can_be_written(register: Path, out: Path, opened: Opened) -> None:
    fill(register, out, {"'Foglio 1'!A1": "Titolo"})
    assert opened(out)["Foglio 1"]["A1"].value == "Titolo"


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (["Data", "Inesistente"], "header_not_found"),
        (["Totale"], "formula_cell"),
        (["Data", "data"], "column_twice"),
        (["CF"], "header_not_found"),
    ],
)
def test_columns_that_cannot_be_filled_are_named(register: Path, out: Path, columns: list[str], code: str) -> None:
    assert _error(register, out, blocks=[Block("'Foglio 1'!A8", columns, [("x",) * len(columns)])]).code == code


def test_a_formula_column_is_refused_even_with_no_rows(register: Path, out: Path) -> None:
    assert _error(register, out, blocks=[Block("Iscritti", ["Doppio"], [])]).cell == "'Corsi d''italiano'!C2"


def test_a_header_that_is_there_twice_needs_a_letter(make: Callable[..., Path], out: Path, opened: Opened) -> None:
    cells = "".join(f'<c r="{c}1" t="inlineStr"><is><t>Ore</t></is></c>' for c in "AB")
    template = make(f'<sheetData><row r="1">{cells}</row><row r="2"><c r="A2"/><c r="B2"/></row></sheetData>')
    assert _error(template, out, blocks=[Block("A2", ["ore"], [(1,)])]).code == "header_twice"
    fill(template, out, blocks=[Block("A2", ["B"], [(1,)])])
    assert opened(out)["Uno"]["B2"].value == 1


def test_one_cell_cannot_get_two_values(register: Path, out: Path) -> None:
    error = _error(register, out, {"'Foglio 1'!A9": 1}, [Block("'Foglio 1'!A8", ["Data"], [(1,), (2,)])])
    assert (error.code, error.cell) == ("written_twice", "'Foglio 1'!A9")


def test_a_row_of_another_length_is_refused(register: Path, out: Path) -> None:
    error = _error(register, out, blocks=[Block("Iscritti", ["Nome", "Età"], [("Ada", 1), ("Bo",)])])
    assert (error.code, error.params["row"]) == ("row_length", 2)


def test_durations_and_lines_get_a_format_that_shows_them(register: Path, out: Path, opened: Opened) -> None:
    fill(register, out, {"Elenchi!F1": timedelta(hours=30, minutes=5), "Elenchi!F2": "una\ndue"})
    sheet = opened(out)["Elenchi"]
    assert (sheet["F1"].value, sheet["F1"].number_format) == (timedelta(hours=30, minutes=5), "[h]:mm")
    assert (sheet["F2"].value, sheet["F2"].alignment.wrap_text) == ("una\ndue", True)


def test_new_cells_take_the_format_of_their_row_or_column(
    make: Callable[..., Path], out: Path, rebuild: Callable[..., Path], opened: Opened
) -> None:
    template = make(
        '<cols><col min="2" max="3" width="9" style="1"/></cols><sheetData><row r="2" s="2" customFormat="1"/></sheetData>'
    )

    def styles(d):
        return d.replace(
            b"</cellXfs>",
            b'<xf numFmtId="2" fontId="0" fillId="0" borderId="0"/><xf numFmtId="9" fontId="0" fillId="0" borderId="0"/></cellXfs>',
        )

    template = rebuild(template, {"xl/styles.xml": styles})
    fill(template, out, {"B1": 1, "B2": 2, "D5": 3})
    sheet = opened(out)["Uno"]
    assert [sheet[a].number_format for a in ("B1", "B2", "D5")] == ["0.00", "0%", "General"]
