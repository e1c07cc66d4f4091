"""Making a workspace, looking after it, and taking back what was done in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]


def test_init_makes_a_workspace_that_works_at_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTARSI_NOW", "2022-07-01T09:00:00+00:00")
    done = run("init", tmp_path / "new", "--partner", "modena", lang="it")
    assert "Il progetto è finito il 30/06/2022" in done.err
    assert "cifre di oggi sono del 2° trimestre 2022" in done.err
    assert done.code == 0
    assert done.out.strip() == str(tmp_path / "new")
    assert "Comune di Modena" in done.err
    assert run("-w", tmp_path / "new", "check").code == 0
    assert (tmp_path / "new" / "intarsi.db").exists()


def test_init_refuses_a_folder_in_use_and_an_unknown_partner(run: Run, depot: Workspace, tmp_path: Path) -> None:
    assert run("init", depot.path, "--partner", "modena").code == 2
    done = run("init", tmp_path / "x", "--partner", "bologna")
    assert done.code == 2
    assert "rimini" in done.err
    assert not (tmp_path / "x").exists()
    assert run("init", tmp_path / "x", "--partner", "rimini", "--profile", tmp_path / "none.toml").code == 2


def test_undo_says_what_it_undid_and_redo_brings_it_back(run: Run, bike: str) -> None:
    undone = run("undo", lang="it")
    assert undone.code == 0
    assert "Disfatto: aggiunto bicicletta" in undone.err
    assert "(Bicicletta R-1)" in undone.err, "a record that is gone by the name that it had"
    assert run("depot", "bike", "list", "--format", "json").json == []
    assert "Bicycle R-1" in run("redo").err
    assert run("depot", "bike", "show", "R-1").code == 0
    assert run("redo", lang="it").code == 1


def test_undoing_and_redoing_name_what_was_done_at_first(run: Run, bike: str) -> None:
    for word in ("undo", "redo", "undo"):
        assert "added bicycle" in run(word).err
    shown = [line.split("  ")[2] for line in run("history").out.splitlines()[2:]]
    assert shown == [
        "undone (added bicycle)",
        "redone (added bicycle)",
        "undone (added bicycle)",
        "added bicycle",
    ]


def test_undo_takes_the_operation_that_history_shows(run: Run, bike: str) -> None:
    run("depot", "bike", "edit", "R-1", "--weight", "14")
    run("depot", "bike", "add", "--code", "R-2")
    shown = run("history", lang="it").out.splitlines()
    assert "Operazione" in shown[0]
    assert "20/05/2021" in shown[2]
    rows = run("history", "--format", "json").json
    assert [row["label"].split()[0] for row in rows] == ["add", "edit", "add"]
    assert run("undo", shown[3].split()[-1]).code == 0
    assert "weight" not in run("depot", "bike", "show", "R-1", "--format", "json").json
    assert run("undo", "zzzzzzzz").code == 1


def test_undoing_what_somebody_changed_since_is_refused(run: Run, bike: str) -> None:
    first = run("history", "--format", "json").json[0]["operation"]
    run("depot", "bike", "edit", "R-1", "--weight", "14")
    done = run("undo", first)
    assert done.code == 1
    assert done.err


def test_check_finds_records_that_a_stricter_plugin_would_refuse(run: Run, bike: str, depot: Workspace) -> None:
    assert run("check").code == 0
    plugin = depot.plugins / "depot.py"
    plugin.write_text(plugin.read_text("utf-8").replace('"red": ("rosso", "red"), ', ""), "utf-8")
    done = run("check", lang="it")
    assert done.code == 1
    assert "R-1" in done.out
    assert "Colore" in done.out
    assert "Errori: 1" in done.err
    assert run("check", "--format", "json").json[0]["code"] == "not_in_list"


def test_warnings_do_not_fail_the_check(run: Run, bike: str) -> None:
    run("depot", "repair", "add", "--bike", "R-1", "--done-on", "3/4/2021", "--cost", "900")
    done = run("check")
    assert done.code == 0
    assert "More than a new bicycle" in done.out
    assert "warnings: 1" in done.err


def test_doctor_tells_versions_and_the_state_of_the_storage(run: Run, bike: str) -> None:
    told = run("doctor", "--format", "json").json
    assert told["TinyDB"].startswith("4.")
    assert told["Integrity"] == "sound"
    assert told["History chain"] == "sound"
    assert "WAL-reset" in told["SQLite"]
    assert "loaded" in told["Plugin depot"]
    assert "Integrità" in run("doctor", lang="it").out


def test_doctor_says_when_the_database_cannot_be_read(run: Run, bike: str, depot: Workspace) -> None:
    depot.database.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    assert run("doctor").code == 3
    done = run("depot", "bike", "list")
    assert done.code == 3
    assert str(depot.database) in done.err


def test_doctor_works_outside_a_workspace(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("doctor").code == 0


def test_indicators_stand_beside_their_targets(
    run: Run, workspace: Workspace, drop_plugin: Callable[..., Path]
) -> None:
    drop_plugin("bicycles")
    rows = run("-w", workspace.path, "indicators", "--period", "2021-T2", "--format", "json").json
    assert {"indicator": "bicycles.loans", "label": "Loans", "period": 0, "total": 0, "target": None} in rows
    assert run("-w", workspace.path, "indicators", "--period", "2021-Q9").code == 2
    assert "2° trimestre 2021" in run("-w", workspace.path, "indicators", lang="it").err


def test_the_weight_of_a_finding_is_a_word_for_people_and_a_code_for_programs(run: Run, bike: str) -> None:
    added = run("depot", "repair", "add", "--bike", "R-1", "--done-on", "3/4/2021", "--cost", "2000")
    assert added.code == 0
    assert "Avviso" in run("check", lang="it").out
    assert "warning" not in run("check", lang="it").out
    assert run("check", "--format", "json", lang="it").json[0]["severity"] == "warning"
