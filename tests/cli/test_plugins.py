"""Plugins from the command line: told of without importing them, checked by importing them, switched on and off."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]

BROKEN = '"""A plugin with an error in line 3."""\n\nraise RuntimeError("no [bold] way \\x1b[2J")\n'


@pytest.fixture
def broken(depot: Workspace, drop_plugin: Callable[..., Path]) -> Path:
    return drop_plugin("worse", BROKEN)


def test_a_broken_plugin_is_told_of_with_file_line_and_hint(broken: Path, run: Run) -> None:
    done = run("plugin", "check", lang="it")
    assert done.code == 4
    assert f"{broken}:3" in done.out
    assert "guasto" in done.out
    assert "disattivare il plugin" in done.out
    assert "depot: caricato" in done.out
    assert "worse" in done.err


def test_a_broken_plugin_takes_nothing_else_with_it(broken: Path, run: Run) -> None:
    assert run("depot", "bike", "list").code == 0
    done = run("worse", "thing", "list")
    assert done.code == 4
    assert f"{broken}:3" in done.err
    assert "\x1b" not in done.err
    assert run("plugin", "list").code == 0
    assert "broken" in run("--help").out


def test_list_and_show_tell_what_became_of_a_plugin(depot: Workspace, run: Run) -> None:
    rows = {row["plugin"]: row for row in run("plugin", "list", "--format", "json").json}
    assert rows["depot"]["state"] == "loaded"
    assert rows["depot"]["registers"] == 2
    shown = run("plugin", "show", "depot", lang="it").out
    assert "Deposito" in shown
    assert "repair: Riparazioni" in shown
    assert str(depot.plugins / "depot.py") in shown


def test_check_names_what_a_declaration_lacks(depot: Workspace, run: Run, drop_plugin: Callable[..., Path]) -> None:
    drop_plugin(
        "bare",
        'from intarsi_tui import Plugin, Record, Text\n\n\nclass Thing(Record):\n    name: Text\n\n\nplugin = Plugin("bare", it="x", en="x", records=[Thing])\n',
    )
    done = run("plugin", "check", "bare")
    assert done.code == 0
    assert "P101 Warning, thing" in done.out
    assert "P102 Warning, thing.name" in done.out


def test_what_a_broken_declaration_lacks_is_said_once(
    depot: Workspace, run: Run, drop_plugin: Callable[..., Path]
) -> None:
    drop_plugin(
        "bare",
        'from intarsi_tui import Plugin, Record, Text\n\n\nclass Thing(Record, title=("nam",)):\n    name: Text\n\n\nplugin = Plugin("bare", it="x", en="x", records=[Thing])\n',
    )
    assert run("plugin", "check", "bare").out.count("P005") == 1


ACTIONS = """
from intarsi_tui import Action, Plugin, Record, Text


class Pot(Record):
    name: Text


def raises(office, asked):
    yield {"colours": {}["blue"]}


def answers_wrongly(office, asked):
    return ["no row"]


def writes(office, asked):
    office.table("depot.bike").add({"code": "R-7", "weight": "heavy"})
    yield {}


plugin = Plugin("paints", it="x", en="x", records=[Pot], actions=[
    Action("colours", it="Colori", en="Colours", run=raises), Action("brushes", it="P", en="Brushes", run=answers_wrongly),
    Action("fetch", it="Prendi", en="Fetch", run=writes),
])
"""


def test_an_action_that_fails_is_told_with_the_plugins_name_and_line(
    depot: Workspace, run: Run, drop_plugin: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INTARSI_DEBUG", raising=False)
    drop_plugin("paints", ACTIONS)
    failed = run("paints", "colours")
    assert failed.code == 4
    assert "“Colours” of the plugin “paints” does not work (paints.py:10: KeyError: 'blue')" in failed.err
    assert (depot.path / "intarsi-error.log").exists()
    assert "“Brushes” of the plugin “paints” does not work (ValueError" in run("paints", "brushes").err
    refused = run("paints", "fetch", lang="it")
    assert refused.code == 1
    assert refused.err.startswith("Bicicletta, Peso: "), "what is refused is named as people know it"


def test_records_whose_plugin_is_gone_are_counted_and_say_what_helps(depot: Workspace, run: Run, bike: str) -> None:
    (depot.plugins / "depot.py").unlink()
    assert "records 1, in depot.bike" in run("check").err
    assert "put its file back" in run("undo").err
    missing = run("depot", "bike", "show", "R-1")
    assert missing.code == 1
    assert "only the number counts, or the beginning of the UUID" in missing.err
    assert run("depot", "bike", "show", bike[:13]).code == 0


def test_disabling_keeps_comments_and_records_and_enabling_brings_them_back(
    run: Run, bike: str, depot: Workspace
) -> None:
    settings = depot.path / "intarsi.toml"
    before = settings.read_text("utf-8")
    assert run("plugin", "disable", "depot").code == 0
    assert settings.read_text("utf-8") == before.replace("disabled = []", 'disabled = ["depot"]')
    refused = run("depot", "bike", "add", "--code", "R-9")
    assert refused.code == 4
    assert "intarsi plugin enable depot" in refused.err
    assert "disattivato" in run("--help", lang="it").out
    assert run("plugin", "disable", "depot").code == 0
    assert run("plugin", "enable", "depot").code == 0
    assert settings.read_text("utf-8") == before
    assert run("depot", "bike", "list", "--format", "json").json[0]["id"] == bike


def test_a_plugin_is_known_as_soon_as_its_file_is_there_and_until_it_is_gone(
    depot: Workspace, run: Run, drop_plugin: Callable[..., Path]
) -> None:
    def told() -> tuple[bool, bool]:
        listed = [row["plugin"] for row in run("plugin", "list", "--format", "json").json]
        return "bicycles" in listed, "Bicycles" in run("--help").out

    assert told() == (False, False)
    file = drop_plugin("bicycles", (Path(__file__).parents[2] / "docs" / "bicycles.py").read_text("utf-8"))
    assert "Bicycles" in run("--help").out
    assert "loan" in run("bicycles", "--help").out
    assert run("plugin", "show", "bicycles").code == 0
    assert told() == (True, True)
    file.unlink()
    assert "Bicycles" not in run("--help").out
    assert told() == (False, False)
    assert run("plugin", "show", "bicycles").code == 4


def test_the_help_says_of_a_plugin_whose_file_changed_what_it_is_now(depot: Workspace, run: Run) -> None:
    assert "broken" not in run("--help").out
    (depot.plugins / "depot.py").write_text("1 / 0", "utf-8")
    assert "broken" in run("--help").out


@pytest.mark.parametrize("what", ["enable", "disable", "show", "check"])
def test_an_unknown_plugin_is_answered_with_the_names_there_are(what: str, depot: Workspace, run: Run) -> None:
    done = run("plugin", what, "depott", lang="it")
    assert done.code == 4
    assert "depot" in done.err


def test_settings_without_a_plugins_section_get_one(depot: Workspace, run: Run) -> None:
    settings = depot.path / "intarsi.toml"
    settings.write_text(settings.read_text("utf-8").replace("[plugins]\ndisabled = []\n", ""), "utf-8")
    assert run("plugin", "disable", "depot").code == 0
    assert run("depot", "bike", "list").code == 4


def test_broken_settings_are_told_of_with_their_file(depot: Workspace, run: Run) -> None:
    (depot.path / "intarsi.toml").write_text("[project", "utf-8")
    for args in (["plugin", "disable", "depot"], ["check"], ["depot", "bike", "list"]):
        done = run(*args)
        assert done.code == 2
        assert "intarsi.toml" in done.err


def test_a_plugin_that_is_gone_is_told_from_a_mistyped_one(depot: Workspace, run: Run, bike: str) -> None:
    (depot.plugins / "depot.py").unlink()
    for args in (["depot"], ["depot", "bike", "add"], ["depot", "repair", "list"]):
        done = run(*args)
        assert done.code == 4
        assert "depot.bike" in done.err
        assert str(depot.plugins) in done.err
    assert run("undo").code == 4
    assert run("depots", "bike", "list").code == 2


@pytest.mark.parametrize("loss", ["missing", "broken", "disabled"])
def test_records_of_a_plugin_that_is_not_there_are_read_and_not_written(
    depot: Workspace, run: Run, bike: str, tmp_path: Path, loss: str
) -> None:
    run("depot", "bike", "confirm", bike)
    state = run("verify").out
    file = depot.plugins / "depot.py"
    if loss == "missing":
        file.unlink()
    elif loss == "broken":
        file.write_text("1 / 0", "utf-8")
    else:
        run("plugin", "disable", "depot")
    listed = run("depot", "bike", "list", "--format", "json")
    assert [one["id"] for one in listed.json] == [bike]
    assert "depot" in listed.err
    assert "R-1" in run("depot", "bike", "show", "2021/0001").out
    assert run("depot", "bike", "list", "--search", "r-1", "--where", "colour=red", "--all-fields").code == 0
    assert "R-1" in run("depot", "bike", "export").out
    assert run("depot", "bike", "export", "-o", str(tmp_path / "bikes.xlsx")).code == 0
    assert "depot.bike\t1" in run("export", "-o", str(tmp_path / "all.json")).out.splitlines()
    assert "code" in run("depot", "bike", "history", bike).out.lower()
    assert run("backup", "-o", str(tmp_path / "copies")).code == 0
    assert run("verify").out == state
    for args in (
        ["edit", bike, "--colour", "red"],
        ["void", bike, "--reason", "x"],
        ["import", "x.csv"],
        ["erase", bike],
    ):
        assert run("depot", "bike", *args).code == 4
    assert run("undo").code == 4
    assert run("verify").out == state


def test_values_of_fields_that_are_gone_are_shown_named_and_left_out_of_exports_aloud(
    depot: Workspace, run: Run, bike: str
) -> None:
    file = depot.plugins / "depot.py"
    file.write_text(file.read_text("utf-8").replace("    weight:", "    load:"), "utf-8")
    run("depot", "bike", "edit", bike, "--load", "3")
    file.write_text(file.read_text("utf-8").replace("    load:", "    weight:"), "utf-8")
    assert "Load" in run("depot", "bike", "show", bike).out
    assert "load" in run("depot", "bike", "export").err
    assert "Load" not in run("depot", "bike", "export").out
    assert run("depot", "bike", "export", "--format", "json").json[0]["load"] == 3
    assert [one["field"] for one in run("check", "--format", "json").json] == ["load"]
    run("depot", "bike", "edit", bike, "--weight", "14")
    assert run("depot", "bike", "show", bike, "--format", "json").json["load"] == 3
    run("depot", "bike", "erase", bike, "--all-personal", "--reason", "prova", "--yes")
    assert "load" not in run("depot", "bike", "show", bike, "--format", "json").json


def test_the_guides_second_plugin_works(workspace: Workspace, drop_plugin: Callable[..., Path], run: Run) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text("utf-8")
    drop_plugin("pantry", re.findall(r"```python\n(.*?)```", guide, re.DOTALL)[1])
    at = ["-w", str(workspace.path)]
    household = run(*at, "registry", "household", "add", "--type", "mother").out.strip()
    add = [*at, "pantry", "parcel", "add", "--household", household, "--given-on", "today"]
    given = run(*add, "--items", "Pasta | 3 | 1,20", "--items", "Riso | 2", "--format", "json")
    assert (given.code, given.json["total"]) == (0, 3.6)
    again = run(*add)
    assert again.code == 1
    assert "Given already by m.rossi" in again.err
    assert run(*at, "plugin", "check", "pantry").out == "pantry: loaded\n"


def test_an_office_that_is_open_for_reading_switches_no_plugin(run: Run, bike: str, depot: Workspace) -> None:
    before = (depot.path / "intarsi.toml").read_bytes()
    for what in ("disable", "enable"):
        done = run("--read-only", "plugin", what, "depot")
        assert done.code == 3
        assert "open for reading only" in done.err
    assert (depot.path / "intarsi.toml").read_bytes() == before


def test_a_plugin_that_is_off_is_still_called_by_its_name(run: Run, bike: str, depot: Workspace) -> None:
    assert run("plugin", "disable", "depot").code == 0
    rows = {row["plugin"]: row for row in run("plugin", "list", "--format", "json", lang="it").json}
    assert (rows["depot"]["label"], rows["depot"]["state"]) == ("Deposito", "disabled")


@pytest.mark.parametrize("wrong", ['yield "no"', 'return ["x"]', "import sys; sys.exit(0)"])
def test_a_rule_that_does_not_work_is_told_with_its_plugin_and_the_others_are_checked(
    depot: Workspace, run: Run, bike: str, drop_plugin: Callable[..., Path], wrong: str
) -> None:
    head = "from intarsi_tui import Plugin, Record, Text, field\n\n\nclass Thing(Record):\n    name: Text = field(it='Nome', en='Name', privacy='public')\n"
    tail = '\n\nplugin = Plugin("odd", it="x", en="x", records=[Thing])\n'
    drop_plugin("odd", head + tail)
    assert run("odd", "thing", "add", "--name", "x").code == 0
    drop_plugin("odd", f"{head}\n    def check(self):\n        {wrong}\n{tail}")
    refused = run("odd", "thing", "add", "--name", "y")
    assert refused.code == 1
    assert "A rule of the plugin did not work (odd.thing, odd.py:" in refused.err
    run("depot", "repair", "add", "--bike", bike, "--done-on", "today", "--cost", "900")
    done = run("check", "--format", "json")
    assert (done.code, [one["code"] for one in done.json]) == (1, ["rule", "rule_failed"])
