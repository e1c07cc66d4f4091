"""What comes out: for people, for programs, for spreadsheets; and never a control sequence or a formula."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.cli import output, text
from intarsi_tui.exchange.columns import plain
from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]

COLUMNS = [plain("name", "Nome"), plain("n", "N.", right=True)]


def table(rows: list[dict[str, Any]], room: int = 80) -> list[str]:
    return "".join(output.table(rows, COLUMNS, room)).splitlines()


def test_columns_line_up_by_what_a_terminal_shows() -> None:
    rows = [{"name": "Nuñez", "n": 5}, {"name": "李明", "n": 12}, {"name": "Jose\u0301", "n": 7}]
    assert table(rows) == ["Nome   N.", "─────  ──", "Nuñez   5", "李明   12", "Jose\u0301    7"]


def test_the_widest_column_gives_way_first() -> None:
    lines = table([{"name": "x" * 100, "n": 123456}], room=30)
    assert lines[2] == "x" * 21 + "…  123456"
    assert all(text.width(line) <= 30 for line in lines)


def test_dates_stay_whole_while_longer_texts_can_give_way() -> None:
    lines = table([{"name": "x" * 40, "n": "14/05/2021"}], room=20)
    assert lines[2] == "x" * 7 + "…  14/05/2021"
    assert table([{"name": "x" * 40, "n": "14/05/2021"}], room=14)[2] == "xxxxx…  14/05…"


def test_a_column_keeps_the_width_that_it_needs_while_others_can_give_way() -> None:
    columns = [plain("name", "Nome"), plain("n", "N.", least=15)]
    lines = "".join(output.table([{"name": "x" * 20, "n": "y" * 20}], columns, 25)).splitlines()
    assert lines[2] == "x" * 7 + "…  " + "y" * 14 + "…"


def test_control_characters_are_shown_and_not_obeyed() -> None:
    line = table([{"name": "\x1b[2J\x9b2J\u202eabc\r\n\x07", "n": 1}])[2]
    assert line.startswith("␛[2J�2J�abc␍␊␇")


@given(st.text())
def test_nothing_visible_commands_a_terminal(typed: str) -> None:
    shown = text.visible(typed)
    assert not [char for char in shown if char < " " or "\x7f" <= char <= "\x9f" or char in text.HIDDEN]


@given(st.text(), st.integers(1, 40))
def test_a_cut_text_fits(typed: str, limit: int) -> None:
    shown = text.cut(text.visible(typed), limit)
    assert text.width(shown) <= limit
    assert shown.endswith("…") or shown == text.visible(typed)


@given(st.text())
def test_json_has_no_control_characters_and_reads_back(typed: str) -> None:
    import json

    shown = output.json_text({"x": typed})
    assert json.loads(shown) == {"x": typed}
    assert not [char for char in shown if char < " " or "\x7f" <= char <= "\x9f" or char in "\u2028\u202e"]


def test_an_empty_listing_is_an_empty_array(run: Run, depot: Workspace) -> None:
    assert run("depot", "bike", "list", "--format", "json").out == "[]\n"
    assert run("depot", "bike", "list", "--format", "jsonl").out == ""
    assert run("depot", "bike", "list", "--format", "csv").out.startswith("No.,")


def test_data_goes_to_standard_output_and_the_rest_elsewhere(run: Run, bike: str) -> None:
    done = run("depot", "bike", "list", "--format", "jsonl")
    assert len(done.out.splitlines()) == 1
    assert done.err == ""
    assert "\x1b" not in run("depot", "bike", "list").out


def test_a_cell_that_looks_like_a_formula_is_disarmed_in_csv_and_said_once(run: Run, bike: str) -> None:
    for number, note in enumerate(["=HYPERLINK(1)", "-5", "+39 0541", "@x", "dolce"], start=1):
        run("depot", "repair", "add", "--bike", "R-1", "--done-on", f"{number}/4/2021", "--field-format", note)
    done = run("depot", "repair", "list", "--all-fields", "--format", "csv", "--sort", "done_on")
    notes = [row["Notes"] for row in csv.DictReader(io.StringIO(done.out))]
    assert notes == ["'=HYPERLINK(1)", "-5", "'+39 0541", "'@x", "dolce"]
    assert done.err.count("formula") == 1


def test_a_workbook_holds_days_and_amounts_as_such_and_text_only_as_text(run: Run, bike: str, depot: Workspace) -> None:
    import datetime

    run(
        "depot", "repair", "add", "--bike", "R-1", "--done-on", "3/4/2021", "--begun", "9:30", "--length", "30h15",
        "--cost", "12,5", "--paid", "sì", "--field-format", "=1+1", "--parts", "bell | 3",
    )  # fmt: skip
    assert run("depot", "repair", "export", "-o", "x.xlsx", lang="it").code == 0
    sheet = openpyxl.load_workbook("x.xlsx").active
    assert sheet is not None
    assert sheet.title == "Riparazioni"
    headings, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
    values = dict(zip(headings, row, strict=True))
    assert values["Data"] == datetime.datetime(2021, 4, 3)
    assert values["Durata"] == datetime.timedelta(hours=30, minutes=15)
    assert (values["Costo"], values["Ora inizio"], values["Pagata"]) == (12.5, datetime.time(9, 30), "sì")
    assert (values["Bicicletta"], values["Pezzi"]) == ("R-1", "bell | 3,00 €")
    assert [cell.data_type for cell in next(sheet.iter_rows(min_row=2)) if cell.value == "=1+1"] == ["s"]


def test_a_workbook_does_not_go_to_a_terminal(run: Run, depot: Workspace) -> None:
    assert run("depot", "bike", "list", "--format", "xlsx").code == 2


def test_a_file_is_replaced_whole_or_left_alone(run: Run, bike: str, depot: Workspace) -> None:
    file = Path("out.csv")
    file.write_text("before")
    assert run("depot", "bike", "list", "-o", file).code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfNo.,Code")
    for ending in ("csv", "xlsx", "json"):
        refused = run("depot", "bike", "list", "-o", Path("none") / f"out.{ending}")
        assert refused.code == 1
        assert f"none/out.{ending}:" in refused.err.replace("\\", "/")
    assert sorted(path.name for path in depot.path.glob("*.part*")) == []


@pytest.mark.parametrize(
    "hostile", ["[bold]x[/]", "\u202eevil", "=cmd|' /C calc'!A0", "a\tb", "'", '"', "{}", "%s", "ù" * 200]
)
def test_hostile_text_comes_out_as_it_went_in_or_is_refused(hostile: str, run: Run, bike: str) -> None:
    done = run("depot", "repair", "add", "--bike", "R-1", "--done-on", "3/4/2021", "--field-format", hostile)
    if done.code:
        assert done.err.startswith("Notes: ")
        assert "Traceback" not in done.err
    else:
        assert run("depot", "repair", "list", "--format", "json").json[0]["format"] == hostile
        for format_ in ("table", "csv", "jsonl"):
            assert run("depot", "repair", "list", "--all-fields", "--format", format_).code == 0


def test_an_ending_that_names_no_format_is_refused(run: Run, bike: str) -> None:
    refused = run("depot", "bike", "list", "-o", "out.pdf")
    assert refused.code == 2
    assert "out.pdf" in refused.err
    assert not Path("out.pdf").exists()
    for file, format_ in (("out.txt", "table"), ("out", "table"), ("out.data", "csv")):
        options = ["--format", "csv"] if format_ == "csv" else []
        assert run("depot", "bike", "list", "-o", file, *options).code == 0
        assert ("─" in Path(file).read_text("utf-8-sig")) is (format_ == "table")
