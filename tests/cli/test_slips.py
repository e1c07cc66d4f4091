"""Slips at the keyboard or in a script that would do something else than was meant: refused, and nothing is touched."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]


@pytest.mark.parametrize(
    "command",
    [
        ("depot", "bike", "export", "--format", "csv", "-o"),
        ("depot", "bike", "list", "--format", "xlsx", "-o"),
        ("export", "-o"),
        ("calendar", "--ics"),
    ],
)
@pytest.mark.parametrize(
    "name", ["intarsi.db", "intarsi.db-wal", "INTARSI.toml", "intarsi.key", "attachments/x", "plugins/depot.py"]
)
def test_what_the_office_lives_on_is_never_written_over(
    command: tuple[str, ...], name: str, run: Run, depot: Workspace, bike: str
) -> None:
    before = (depot.path / "intarsi.toml").read_bytes()
    done = run(*command, depot.path / name)
    assert done.code == 2
    assert "the office lives on" in done.err
    assert (depot.path / "intarsi.toml").read_bytes() == before
    assert run("depot", "bike", "show", "R-1").code == 0


def test_a_link_to_the_database_is_the_database(run: Run, depot: Workspace, bike: str) -> None:
    (depot.path / "list.csv").symlink_to(depot.database)
    assert run("depot", "bike", "export", "-o", "list.csv").code == 2
    assert run("depot", "bike", "show", "R-1").code == 0


def test_files_may_be_written_beside_the_database(run: Run, depot: Workspace, bike: str) -> None:
    assert run("depot", "bike", "export", "-o", "list.csv").code == 0
    assert run("depot", "bike", "export", "-o", depot.exports / "list.xlsx").code == 0


def test_a_link_stays_a_link_to_the_new_file(run: Run, depot: Workspace, bike: str, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    run("depot", "bike", "export", "-o", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert "R-1" in (tmp_path / "real.csv").read_text()


@pytest.mark.skipif(os.name == "nt", reason="pipes have no names in folders there")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_pipe_is_written_into_and_stays_one(
    ending: str, run: Run, depot: Workspace, bike: str, tmp_path: Path
) -> None:
    pipe, got = tmp_path / f"pipe.{ending}", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert run("depot", "bike", "export", "-o", pipe).code == 0
    reader.join()
    assert pipe.is_fifo()
    assert got[0].startswith(b"PK" if ending == "xlsx" else b"\xef\xbb\xbf")


def test_a_hyphen_is_standard_output_for_text_only(run: Run, depot: Workspace, bike: str) -> None:
    assert "R-1" in run("depot", "bike", "export", "-o", "-").out
    assert "depot.bike" in run("export", "-o", "-").out
    assert run("calendar", "--ics", "-").out.startswith("BEGIN:VCALENDAR")
    assert run("depot", "bike", "export", "--format", "xlsx", "-o", "-").code == 2
    assert run("backup", "-o", "-").code == 2
    assert not (depot.path / "-").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("undo", ""), ("undo", "abc"), ("export", "-o", ""), ("calendar", "--ics", ""), ("report", "fill", "--all", "--period", ""),
        ("depot", "bike", "import", ""), ("depot", "bike", "list", "--view", ""),
        ("depot", "bike", "edit", "R-1", "--code", "R-2", "--code", "R-3"),
        ("depot", "bike", "list", "--where", "code==R-1"), ("depot", "bike", "list", "--where", "code>="),
        ("depot", "repair", "list", "--where", "parts=x"),
    ],
)  # fmt: skip
def test_an_empty_name_or_a_slip_is_refused_and_does_nothing(command: tuple[str, ...], run: Run, bike: str) -> None:
    done = run(*command)
    assert (done.code, done.out) == (2, "")
    assert run("depot", "bike", "show", "R-1").code == 0


def test_a_field_is_still_emptied_by_an_empty_value(run: Run, bike: str) -> None:
    assert run("depot", "bike", "edit", "R-1", "--colour", "").code == 0


def test_where_finds_a_text_without_its_case_and_accents(run: Run, depot: Workspace) -> None:
    run("depot", "bike", "add", "--code", "Tkač")
    for typed in ("tkač", "TKAC", "Tkač"):
        assert len(run("depot", "bike", "list", "--where", f"code={typed}", "--format", "json").json) == 1
        assert run("depot", "bike", "list", "--where", f"code!={typed}", "--format", "json").json == []


@pytest.mark.parametrize("said", [("--correct", "99:code=x"), ("--without", "77"), ("--correct", "1:code=x")])
def test_a_row_that_is_not_in_the_file_is_refused_before_anything_is_written(
    said: tuple[str, str], run: Run, depot: Workspace
) -> None:
    (depot.path / "bikes.csv").write_text("code\nR-1\nR-2\n")
    done = run("depot", "bike", "import", "bikes.csv", *said, "--yes")
    assert done.code == 1
    assert "there is no row" in done.err
    assert run("depot", "bike", "list", "--format", "json").json == []


def test_adding_what_was_listed_says_which_keys_to_leave_out(run: Run, bike: str) -> None:
    listed = run("depot", "bike", "list", "--format", "json")
    done = run("depot", "bike", "add", "--json", "-", input=listed.out)
    assert done.code == 1
    assert "leave them out" in done.err
    assert "changed_at" in done.err
