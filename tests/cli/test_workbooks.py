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
