"""`sheet` on any workbook, `report` on the office's templates."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]

MAP = """
map = 1
it = "Registro delle riparazioni"
en = "Register of repairs"
audience = "office"
record = "depot.repair"
scope = ["period"]

[cells]
"Foglio1!B1" = "period.label"

[[blocks]]
at = "Foglio1!A4"
columns = { "Data" = "done_on", "Bicicletta" = "bike.code" }
"""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Foglio1"
    sheet["A1"] = "Periodo"
    sheet.append([])
    sheet.append(["Data", "Bicicletta"])
    path = tmp_path / "repairs.xlsx"
    book.save(path)
    return path


@pytest.fixture
def mapped(depot: Workspace, workbook: Path) -> Path:
    folder = depot.path / "templates"
    workbook.rename(folder / workbook.name)
    (folder / "repairs.map.toml").write_text(MAP, "utf-8")
    return folder / "repairs.map.toml"


def test_a_workbook_is_described(workbook: Path, run: Run) -> None:
    assert "Foglio1" in run("sheet", "inspect", workbook, lang="it").out
    assert run("sheet", "inspect", workbook, "--format", "json").json["sheets"][0]["name"] == "Foglio1"


def test_two_workbooks_are_compared(workbook: Path, run: Run, tmp_path: Path) -> None:
    assert run("sheet", "diff", workbook, workbook).code == 0
    out = tmp_path / "out.xlsx"
    run("sheet", "fill", workbook, "--data", "-", "-o", out, input='{"cells": {"Foglio1!B1": "2° trimestre"}}')
    done = run("sheet", "diff", workbook, out, lang="it")
    assert (done.code, "Foglio1!B1: – → 2° trimestre" in done.out) == (1, True)
    found = run("sheet", "diff", workbook, out, "--format", "json").json
    assert found["parts"]["xl/styles.xml"] == "identical"
    assert found["cells"] == [{"cell": "Foglio1!B1", "before": "", "after": "2° trimestre", "format": False}]


def test_a_workbook_is_filled_from_json(workbook: Path, run: Run, tmp_path: Path) -> None:
    data = {
        "cells": {"Foglio1!B1": {"date": "2021-04-14"}},
        "blocks": [{"at": "Foglio1!A4", "columns": ["Data", "Bicicletta"], "values": [["=x", 2]]}],
    }
    out = tmp_path / "out.xlsx"
    done = run("sheet", "fill", workbook, "--data", "-", "-o", out, input=json.dumps(data))
    assert done.code == 0
    assert done.out.strip() == str(out)
    sheet = openpyxl.load_workbook(out)["Foglio1"]
    assert (sheet["B1"].value.isoformat()[:10], sheet["A4"].value, sheet["A4"].data_type, sheet["B4"].value) == (
        "2021-04-14",
        "=x",
        "s",
        2,
    )
    assert run("sheet", "lint", out).code == 0


@pytest.mark.parametrize(
    "data",
    [
        '{"cell": {}}',
        '{"cells": {"Foglio1!B1": {"day": 1}}}',
        '{"blocks": [{}]}',
        '{"cells": []}',
        "[]",
        '{"cells": {"Foglio1!B1": {"date": "x"}}}',
    ],
)
def test_data_that_is_not_understood_leaves_no_file(data: str, workbook: Path, run: Run, tmp_path: Path) -> None:
    done = run("sheet", "fill", workbook, "--data", "-", "-o", tmp_path / "out.xlsx", input=data)
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert not (tmp_path / "out.xlsx").exists()


def test_what_is_no_workbook_is_told_in_a_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"PK nothing")
    for command in ("inspect", "lint"):
        done = run("sheet", command, file, lang="it")
        assert done.code == 1
        assert "x.xlsx" in done.err
        assert "Traceback" not in done.err


def test_templates_are_listed_checked_and_filled(mapped: Path, run: Run, bike: str) -> None:
    listed = {row["template"]: row for row in run("report", "list", "--format", "json").json}
    assert listed["repairs"]["problems"] == 0
    assert run("report", "check", "repairs").code == 0
    run("depot", "repair", "add", "--bike", "R-1", "--done-on", "3/4/2021")
    done = run("report", "fill", "repairs", "--period", "2021-Q2", "-o", "out.xlsx")
    assert done.code == 0, done.err
    sheet = openpyxl.load_workbook(done.out.strip())["Foglio1"]
    assert sheet["B4"].value == "R-1"
    assert sheet["B1"].value == "2° trimestre 2021"


def test_a_wrong_map_is_refused_with_its_place(mapped: Path, run: Run, depot: Workspace) -> None:
    mapped.write_text(MAP.replace("bike.code", "bike.colours"), "utf-8")
    done = run("report", "check", lang="it")
    assert done.code == 1
    assert "repairs.map.toml" in done.out
    assert run("report", "fill", "repairs").code == 1


def test_filling_all_passes_over_what_has_nothing_to_report(mapped: Path, run: Run, depot: Workspace) -> None:
    assert run("report", "fill", "--all", "--period", "2021-Q2").code in (0, 1)
    assert run("report", "fill").code == 2
    assert run("report", "fill", "nope").code == 1
    assert run("report", "fill", "repairs", "--partner", "bologna").code == 2
    assert run("report", "fill", "--all", "--period", "2021-Q2", "--partner", "all").code in (0, 1)
    assert run("report", "fill", "repairs", "--only", "x").code == 2


@pytest.mark.parametrize("words", [["--all", "--only", "2021/0001"], ["registro_mediazione", "-o", "out.pdf"]])
def test_a_wish_that_no_report_can_fulfil_is_refused_before_anything_is_written(
    words: list[str], depot: Workspace, run: Run
) -> None:
    assert run("report", "fill", *words, "--period", "2021-Q2").code == 2
    assert not Path("out.pdf").exists()
    assert list((depot.path / "exports").glob("*")) == []


def test_a_block_of_any_workbook_is_read(workbook: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    values = [[{"date": "2021-04-14"}, "R-1"], [{"minutes": 90}, 2]]
    data = {"blocks": [{"at": "Foglio1!A4", "columns": ["Data", "Bicicletta"], "values": values}]}
    run("sheet", "fill", workbook, "--data", "-", "-o", out, input=json.dumps(data))
    rows = [{"Data": "2021-04-14", "Bicicletta": "R-1"}, {"Data": "1:30", "Bicicletta": 2}]
    for where in ([], ["--header", "3"], ["--header", "bicicletta"], ["--range", "A3:B"]):
        assert run("sheet", "read", out, *where, "--format", "json").json == rows
    assert run("sheet", "read", out, "--format", "csv").out == "Data,Bicicletta\n2021-04-14,R-1\n1:30,2\n"
    assert "riga 3" in run("sheet", "read", out, lang="it").err
    assert run("sheet", "read", out, "--header", "3", "--table", "x").code == 2
    assert "Manca" in run("sheet", "read", out, "--table", "Manca").err


@pytest.fixture
def returned(mapped: Path, run: Run, bike: str) -> Path:
    """A workbook with one repair that somebody has moved to the fourth, and a new one."""
    mapped.write_text(MAP.replace('"done_on", ', '"done_on", "Costo" = "cost", '), "utf-8")
    book = openpyxl.load_workbook(mapped.with_name("repairs.xlsx"))
    book["Foglio1"]["C3"] = "Costo"
    book.save(mapped.with_name("repairs.xlsx"))
    run("depot", "repair", "add", "--bike", "R-1", "--done-on", "3/4/2021", "--cost", "10")
    out = Path("out.xlsx")
    assert run("report", "fill", "repairs", "--period", "2021-Q2", "-o", out).code == 0
    book = openpyxl.load_workbook(out)
    book["Foglio1"]["A4"] = "4/4/2021"
    book["Foglio1"]["A5"], book["Foglio1"]["B5"] = "9/4/2021", "R-1"
    book.save(out)
    return out


def test_an_edited_report_is_told_before_it_is_taken_in(returned: Path, run: Run) -> None:
    done = run("report", "read", "repairs", returned)
    assert (done.code, done.out) == (2, "1 new, 1 changed, 0 unchanged, 0 newer in the register\n")
    assert "Foglio1!A4: R-1 03/04/2021, Date: 03/04/2021 → 04/04/2021" in done.err.replace(
        "03/04/2021 R-1", "R-1 03/04/2021"
    )
    found = run("--format", "json", "report", "read", "repairs", returned, "--dry-run").json
    assert (found["new"], found["changed"], found["problems"]) == (1, 1, [])
    assert {row["done_on"] for row in run("depot", "repair", "list", "--format", "json").json} == {"2021-04-03"}
    done = run("report", "read", "repairs", returned, "--yes", lang="it")
    assert done.code == 0, done.err
    assert "nuovi 1, modificati 1" in done.out
    days = {row["done_on"] for row in run("depot", "repair", "list", "--format", "json").json}
    assert days == {"2021-04-04", "2021-04-09"}
    assert run("history", "--format", "json").json[0]["label"] == "import out.xlsx"
    assert run("undo").code == 0
    assert {row["done_on"] for row in run("depot", "repair", "list", "--format", "json").json} == {"2021-04-03"}


def test_somebody_at_a_terminal_is_asked_before_a_report_is_taken_in(
    returned: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intarsi_tui.cli.commands.report_read.stdin_is_terminal", lambda: True)
    assert "Nothing was written" in run("report", "read", "repairs", returned, input="n\n").err
    done = run("report", "read", "repairs", returned, input="y\n")
    assert (done.code, "intarsi undo" in done.err) == (0, True)


def test_a_wrong_cell_of_a_returned_report_is_named(returned: Path, run: Run) -> None:
    book = openpyxl.load_workbook(returned)
    book["Foglio1"]["A4"], book["Foglio1"]["B5"] = "31/4/2021", "R-9"
    book.save(returned)
    done = run("report", "read", "repairs", returned, "--yes", lang="it")
    assert (done.code, done.out) == (1, "")
    assert "Foglio1!A4, Data: Il giorno «31/4/2021» non esiste" in done.err
    assert "Foglio1!B5, Bicicletta: «R-9» non c'è in Biciclette" in done.err
    assert done.err.splitlines()[-1].endswith("problemi: 2.")
    problems = run("--format", "json", "report", "read", "repairs", returned).json["problems"]
    assert {(one["cell"], one["row"], one["field"]) for one in problems} >= {("Foglio1!A4", 4, "done_on")}


def test_a_map_is_proposed_checked_and_fills_at_once(workbook: Path, depot: Workspace, run: Run, bike: str) -> None:
    folder = depot.path / "templates"
    book = openpyxl.load_workbook(workbook)
    book["Foglio1"]["C3"], book["Foglio1"]["D3"] = "Durata", "Firma"
    book.save(folder / "riparazioni.xlsx")
    done = run("report", "map", folder / "riparazioni.xlsx", "--record", "depot.repair", lang="it")
    file = folder / "riparazioni.map.toml"
    assert (done.code, done.out.strip()) == (0, str(file)), done.err
    text = file.read_text("utf-8")
    for line in (
        'audience = "office"',
        '"Data" = "done_on"',
        '"Bicicletta" = "bike"',
        '"Durata" = "length"',
        '# "Firma" = ',
    ):
        assert line in text
    assert run("report", "check", "riparazioni").code == 0
    assert run("report", "check", file).code == 0
    run("depot", "repair", "add", "--bike", "R-1", "--done-on", "3/4/2021", "--cost", "1")
    (repair,) = run("depot", "repair", "list", "--format", "json").json
    assert run("depot", "repair", "confirm", repair["id"]).code == 0
    done = run("report", "fill", "riparazioni", "--period", "2021-Q2")
    assert openpyxl.load_workbook(done.out.strip())["Foglio1"]["B4"].value == "R-1"
    assert run("report", "map", folder / "riparazioni.xlsx", "--record", "depot.repair").code == 2
    assert "depot.bike" in run("report", "map", workbook, "--record", "depot.none").err
    assert run("report", "map", workbook, "--record", "depot.repair", "-o", "-").out.startswith("map = 1\n")


def test_a_map_written_elsewhere_is_told_where_it_belongs(depot: Workspace, run: Run, workbook: Path) -> None:
    done = run("report", "map", workbook, "--record", "depot.repair", "-o", "prova.map.toml", lang="it")
    belongs = workbook.with_name(f"{workbook.stem}.map.toml")
    assert f"spostarla in {belongs}" in done.err
    assert f"intarsi report check {belongs}" in done.err
    Path("prova.map.toml").replace(belongs)
    assert run("report", "check", belongs).code == 0


def test_a_map_that_is_not_there_and_a_workbook_without_one_are_told_apart(
    mapped: Path, run: Run, depot: Workspace
) -> None:
    missing = run("report", "check", str(mapped.with_name("none.map.toml")))
    assert missing.code == 2
    assert "none.map.toml does not exist" in missing.err
    (mapped.parent / "altro.xlsx").write_bytes(b"")
    assert "intarsi report map" in run("report", "check", "altro").err


def test_an_empty_workbook_gets_no_map(depot: Workspace, run: Run, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "vuoto.xlsx")
    done = run("report", "map", tmp_path / "vuoto.xlsx", "--record", "depot.repair")
    assert (done.code, "nothing to map" in done.err) == (1, True)
    assert not (tmp_path / "vuoto.map.toml").exists()


def test_warnings_that_say_the_same_are_told_once(returned: Path, run: Run) -> None:
    for day in ("5/4/2021", "6/4/2021"):
        run("depot", "repair", "add", "--bike", "R-1", "--done-on", day, "--cost", "10")
    run("report", "fill", "repairs", "--period", "2021-Q2", "-o", "two.xlsx")
    book = openpyxl.load_workbook("two.xlsx")
    for row in (4, 5, 6):
        book["Foglio1"][f"B{row}"] = None
    book.save("two.xlsx")
    lines = [line for line in run("report", "read", "repairs", "two.xlsx").err.splitlines() if "Warning" in line]
    assert len(lines) == 1
    assert "and 2 more like it" in lines[0]
