"""Actions of plugins as commands; records that were entered twice, found and made one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]


@pytest.fixture(autouse=True)
def here(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.path)


def test_an_action_is_a_command_beside_the_registers(run: Run) -> None:
    run("cohousing", "unit", "add", "--code", "RN-1", "--authorised-places", "3", "--active-from", "1/4/2021")
    assert "Occupancy of a period" in run("cohousing", "--help").out
    rows = run("cohousing", "occupancy", "--period", "2021-04", "--format", "json").json
    assert [(row["unit"], row["places"], row["rate"]) for row in rows] == [("RN-1", 90, 0.0), ("Total", 90, 0.0)]
    assert "0,0" in run("cohousing", "occupancy", "--period", "2021-04", lang="it").out
    refused = run("cohousing", "occupancy", "--period", "soon")
    assert refused.code == 2
    assert "soon" in refused.err


def test_an_action_without_columns_is_headed_by_the_keys_of_its_rows(
    run: Run, drop_plugin: Callable[..., Path]
) -> None:
    drop_plugin(
        "short",
        "from intarsi_tui import Action, Plugin, Record, Text, field\n\n\n"
        "class Thing(Record, it='Cosa', en='Thing'):\n    name: Text = field(it='Nome', en='Name', privacy='public')\n\n\n"
        "back = Action('back', it='Cosa torna', en='What comes back', run=lambda office, asked: [{'thing': 'x'}])\n"
        "plugin = Plugin('short', it='Breve', en='Short', records=[Thing], actions=[back])\n",
    )
    assert run("short", "back", "--format", "csv").out.splitlines()[0].lstrip("\ufeff") == "thing"


def test_of_an_action_that_writes_paper_o_names_the_paper(run: Run, workspace: Workspace) -> None:
    run("training", "course", "add", "--code", "PR-01", "--title", "Asilo")
    command = ("training", "blank-register", "--course", "PR-01")
    told = run(*command, "-o", "r.xlsx", "--format", "json").json
    assert told == [{"file": "r.xlsx", "pages": 1}]
    assert load_workbook(workspace.path / "r.xlsx").sheetnames == ["1"]
    for wrong in (("-o", "r.csv"), ("-o", "a.xlsx", "--file", "b.xlsx")):
        assert run(*command, *wrong).code == 2


def test_what_an_action_asks_is_read_as_a_field_is(run: Run) -> None:
    refused = run("cohousing", "availability", "--on", "31/4/2021", "--people", "many", lang="it")
    assert refused.code == 1
    assert [line.partition(":")[0] for line in refused.err.splitlines()] == ["La notte del", "Persone"]


def test_a_person_entered_twice_is_found_and_made_one_and_parted_again(run: Run) -> None:
    for name in ("Mohamed", "Muhammad"):
        run("registry", "person", "add", "--surname", "Haile", "--given-name", name, "--birth-date", "1/2/1990")
    (pair,) = run("duplicates", "person", "--format", "json").json
    assert (pair["register"], pair["why"]) == ("registry.person", "name_born")
    done = run("merge", "registry.person", pair["one"], pair["other"])
    assert done.out.strip() == pair["one_id"]
    assert run("duplicates", "--format", "json").json == []
    kept = run("registry", "person", "show", pair["one"], "--format", "json").json
    assert kept["aliases"] == [{"name": "Haile Muhammad"}]
    assert (
        run("registry", "person", "show", pair["other_id"], "--format", "json").json["void_reason"].startswith("merged")
    )
    assert run("undo").code == 0
    assert len(run("duplicates", "--format", "json").json) == 1
    run("merge", "registry.person", pair["one"], pair["other"], "--theirs", "given-name")
    kept = run("registry", "person", "show", pair["one"], "--format", "json").json
    assert (kept["given_name"], kept["aliases"]) == ("Muhammad", [{"name": "Haile Mohamed"}])
    assert run("undo").code == 0
    assert "there are" in run("merge", "registry.person", pair["one"], pair["other"], "--theirs", "colour").err
    assert "--undo" in run("distinct", "registry.person", pair["one"], pair["other"]).err
    assert run("duplicates", "--format", "json").json == []
    (apart,) = run("duplicates", "--all", "--format", "json").json
    assert apart["apart"] is True
    assert run("distinct", "registry.person", pair["other"], pair["one"], "--undo").code == 0
    assert "Nobody had told" in run("distinct", "registry.person", pair["one"], pair["other"], "--undo").err
    assert len(run("duplicates", "--format", "json").json) == 1


def test_records_to_be_made_one_are_named_as_any_command_takes_them(run: Run) -> None:
    for name in ("Comune di Rimini", "Rimini, comune"):
        assert run("registry", "body", "add", "--name", name, "--nature", "public").code == 0
    unknown = run("merge", "body", "Comune di Rimnii", "Rimini, comune")
    assert unknown.code == 1
    assert "Comune di Rimini" in unknown.err
    done = run("merge", "body", "comune di rimini", "RIMINI comune")
    assert done.out.strip() == run("registry", "body", "show", "Comune di Rimini", "--format", "json").json["id"]


def test_a_register_that_does_not_exist_is_told_with_those_that_do(run: Run) -> None:
    missing = run("duplicates", "pets")
    assert missing.code == 2
    assert "registry.person" in missing.err
