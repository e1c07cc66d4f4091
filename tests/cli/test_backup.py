"""`intarsi backup` and `intarsi restore`, and the backup that each day has of its own accord."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.project.workspace import Workspace
from intarsi_tui.store import open_store

from .conftest import Done

Run = Callable[..., Done]


def test_a_backup_becomes_the_office_again(run: Run, depot: Workspace, bike: str, tmp_path: Path) -> None:
    made = run("backup", lang="it")
    assert made.code == 0
    assert Path(made.out.strip()).parent == depot.backups
    assert "Record: 1" in made.err
    restored = run("restore", made.out.strip(), tmp_path / "again")
    assert restored.code == 0
    assert restored.out == f"{tmp_path / 'again'}\n"
    states = [
        run("-w", folder, "verify", "--format", "json").json["state"] for folder in (depot.path, tmp_path / "again")
    ]
    assert states[0] == states[1]
    assert run("-w", tmp_path / "again", "depot", "bike", "show", "R-1").code == 0


def test_backups_may_lie_elsewhere_and_are_listed(run: Run, bike: str, tmp_path: Path) -> None:
    run("backup", "-o", tmp_path / "disk")
    shown = run("--format", "json", "backup", "--list", "-o", tmp_path / "disk").json
    assert [(one["site"], one["records"]) for one in shown] == [("rimini", 1)]
    assert "Sito" in run("backup", "--list", lang="it").out
    assert run("restore", tmp_path / "disk", tmp_path / "again").code == 0


def test_what_the_program_notes_for_itself_is_saved_and_not_told(run: Run, depot: Workspace, bike: str) -> None:
    assert run("depot", "bike", "export", "-o", "bikes.csv").code == 0  # goes into the log of accesses
    run("deadlines", "--new")
    with open_store(depot.database) as store:
        store.table("_session").insert({"user": "anna"})
        inside = {name for name in store.tables() if name.startswith("_")} - {"_default"}
    assert inside >= {"_access", "_session"}
    made = run("backup")
    assert "Records: 1." in made.err
    assert run("--format", "json", "backup", "--list").json[0]["records"] == 1
    restored = run("restore", made.out.strip(), "again")
    assert "_" not in "".join(line for line in restored.err.splitlines() if not line.startswith("Restored"))
    with open_store(Path("again") / "intarsi.db") as store:
        assert inside <= store.tables()
    assert run("export", "-o", "all.json").out == "depot.bike\t1\n"


def test_the_first_command_that_writes_makes_the_backup_of_the_day(
    run: Run, depot: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made() -> int:
        return len(list(depot.backups.iterdir()))

    run("depot", "bike", "list")
    assert made() == 0
    run("depot", "bike", "add", "--code", "R-1")
    run("depot", "bike", "add", "--code", "R-2")
    assert made() == 1
    monkeypatch.setenv("INTARSI_NOW", "2021-05-21T09:00:00+00:00")
    run("depot", "bike", "edit", "R-1", "--weight", "12")
    assert made() == 2


def test_a_backup_of_the_day_that_fails_is_a_warning_only(run: Run, depot: Workspace) -> None:
    depot.backups.rmdir()
    depot.backups.write_text("in the way")
    done = run("depot", "bike", "add", "--code", "R-1", lang="it")
    assert done.code == 0
    assert "Attenzione: il salvataggio di oggi non è stato fatto" in done.err
    assert run("backup").code != 0


@pytest.mark.parametrize("lang", ["it", "en"])
def test_what_cannot_be_opened_is_told_in_one_sentence_and_exits_3(
    lang: str, run: Run, depot: Workspace, bike: str
) -> None:
    whole = depot.database.read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"PK\3\4" * 5000, b"SQLite format 3\0" + bytes(5000)):
        depot.database.write_bytes(content)
        for command in (("depot", "bike", "list"), ("backup",), ("depot", "bike", "add", "--code", "R-2")):
            done = run(*command, lang=lang)
            assert done.code == 3, content[:20]
            assert str(depot.database) in done.err
            assert len(done.err.splitlines()) == 1
        assert depot.database.read_bytes() == content
    depot.database.unlink()
    assert run("depot", "bike", "list", lang=lang).code == 3
    assert not depot.database.exists()


def test_a_newer_database_is_refused_and_left_as_it_is(run: Run, depot: Workspace, bike: str) -> None:
    with open_store(depot.database) as store:
        store.connection.rows("PRAGMA user_version = 99")
    before = depot.database.read_bytes()
    done = run("depot", "bike", "list")
    assert done.code == 3
    assert "99" in done.err
    assert depot.database.read_bytes() == before


def test_a_workspace_in_a_synchronised_folder_is_neither_made_nor_opened(
    run: Run, depot: Workspace, bike: str, tmp_path: Path
) -> None:
    cloud = tmp_path / "OneDrive - Comune"
    cloud.mkdir()
    refused = run("init", cloud / "rimini", "--partner", "rimini", lang="it")
    assert refused.code == 3
    assert "OneDrive" in refused.err
    assert list(cloud.iterdir()) == []
    shutil.copytree(depot.path, cloud / "rimini")
    opened = run("-w", cloud / "rimini", "depot", "bike", "list")
    assert opened.code == 3
    assert "SSH" in opened.err


def test_a_damaged_office_is_salvaged_and_what_is_lost_is_listed(
    run: Run, depot: Workspace, bike: str, tmp_path: Path
) -> None:
    run("backup")
    run("depot", "bike", "add", "--code", "R-2")
    changed = depot.database.read_bytes().replace(b'"code":"R-2"', b'"code":"R-9"')
    depot.database.write_bytes(changed)
    done = run("restore", "--salvage", depot.backups, tmp_path / "saved")
    assert done.code == 0
    assert "Nothing is lost." in done.err
    assert "put together again from its whole history" in done.out
    depot.database.write_bytes(changed[: len(changed) // 2])
    listed = run("restore", "--salvage", depot.backups, tmp_path / "half", "--format", "json", lang="it")
    assert listed.code == 1
    assert {row["code"] for row in listed.json} >= {"short"}
    assert run("-w", tmp_path / "half", "depot", "bike", "show", "R-1").code == 0


def test_the_records_of_a_plugin_that_is_gone_are_named_and_exported(
    run: Run, depot: Workspace, bike: str, tmp_path: Path
) -> None:
    (depot.plugins / "depot.py").unlink()
    gone = run("depot", "bike", "list")
    assert gone.code == 0
    assert "depot.bike" in gone.err
    assert run("export", "-o", tmp_path / "all.json").code == 0
    assert '"code":"R-1"' in (tmp_path / "all.json").read_text("utf-8")
    assert run("verify").code == run("history").code == run("backup").code == 0


def test_where_there_is_no_backup_the_sentence_says_so(run: Run, depot: Workspace, tmp_path: Path) -> None:
    done = run("restore", tmp_path, tmp_path / "again", lang="it")
    assert done.code == 2
    assert "non contiene un salvataggio" in done.err
    assert run("restore", depot.backups, depot.path).code == 2
    assert run("restore", depot.backups, tmp_path / "x", "-o", "lost.csv").code == 2
