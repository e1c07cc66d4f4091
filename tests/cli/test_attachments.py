"""Attached files from the command line: given as paths anywhere in a record, listed, opened, verified, repaired, purged."""

import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.project.attachments import YOUNG
from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]

MEETINGS = '''"""Meetings with papers."""
from intarsi_tui import Attachment, Attachments, Date, Plugin, Record, Row, Rows, Text, field


class Receipt(Row, it="Ricevuta", en="Receipt"):
    what: Text = field(it="Cosa", en="What", privacy="internal")
    scan: Attachment | None = field(it="Scansione", en="Scan", privacy="internal")


class Meeting(Record, it="Incontro", en="Meeting"):
    day: Date = field(it="Giorno", en="Day", privacy="internal")
    minutes: Attachment | None = field(it="Verbale", en="Signed minutes", privacy="personal")
    annexes: Attachments | None = field(it="Allegati", en="Annexes", privacy="internal")
    receipts: Rows[Receipt] = field(it="Ricevute", en="Receipts", privacy="internal", default=[])


class Letter(Record, it="Lettera", en="Letter"):
    day: Date = field(it="Giorno", en="Day", privacy="internal")
    scan: Attachment | None = field(it="Scansione", en="Scan", privacy="internal")


plugin = Plugin("papers", it="Carte", en="Papers", records=[Meeting, Letter])
'''


@pytest.fixture
def papers(
    workspace: Workspace, drop_plugin: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    """A workspace; the current folder has `a.pdf` to `d.pdf`."""
    drop_plugin("papers", MEETINGS)
    desk = tmp_path / "desk"
    desk.mkdir()
    for name in "abcd":
        (desk / f"{name}.pdf").write_text(f"paper {name}", "utf-8")
    monkeypatch.chdir(desk)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("INTARSI_WORKSPACE", str(workspace.path))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return workspace


@pytest.fixture
def meeting(run: Run, papers: Workspace) -> dict[str, Any]:
    """A confirmed meeting with minutes, two annexes and a receipt in a row."""
    done = run(
        "papers", "meeting", "add", "--day", "3/4/2021", "--minutes", "a.pdf", "--annexes", "b.pdf", "--annexes", "c.pdf",
        "--receipts", "Bus | d.pdf", "--receipts", "Train", "--confirm", "--format", "json",
    )  # fmt: skip
    assert done.code == 0, done.err
    doc: dict[str, Any] = done.json
    return doc


def kept(papers: Workspace, value: dict[str, Any]) -> Path:
    return papers.files.file(f"{value['hash']}/x")


def test_files_are_given_as_paths_alone_in_lists_and_in_rows(meeting: dict[str, Any], papers: Workspace) -> None:
    assert (meeting["minutes"]["name"], meeting["minutes"]["size"]) == ("a.pdf", 7)
    assert [one["name"] for one in meeting["annexes"]] == ["b.pdf", "c.pdf"]
    assert [row.get("scan", {}).get("name") for row in meeting["receipts"]] == ["d.pdf", None]
    assert kept(papers, meeting["receipts"][0]["scan"]).read_text("utf-8") == "paper d"


def test_json_that_was_given_out_is_taken_back(run: Run, meeting: dict[str, Any]) -> None:
    own = {name: meeting[name] for name in ("day", "minutes", "annexes", "receipts")}
    again = run("papers", "meeting", "add", "--json", "-", "--format", "json", input=json.dumps(own)).json
    assert {name: again[name] for name in own} == own
    typed = {"day": "3/4/2021", "annexes": ["a.pdf", "b.pdf"], "receipts": [{"what": "Bus", "scan": "c.pdf"}]}
    doc = run("papers", "meeting", "add", "--json", "-", "--format", "json", input=json.dumps(typed)).json
    assert [one["name"] for one in doc["annexes"]] == ["a.pdf", "b.pdf"]
    listed = run("papers", "meeting", "list", "--format", "json").json
    assert doc["receipts"][0]["scan"]["name"] == "c.pdf"
    assert [set(one["minutes"]) for one in listed if "minutes" in one] == [{"name", "hash", "size"}] * 2


def test_an_empty_value_empties_the_list(run: Run, meeting: dict[str, Any]) -> None:
    assert "annexes" not in run("papers", "meeting", "edit", meeting["id"], "--annexes", "", "--format", "json").json


def test_a_refused_record_leaves_no_file_behind(run: Run, papers: Workspace) -> None:
    assert run("papers", "meeting", "add", "--day", "31/2/2021", "--minutes", "a.pdf").code == 1
    assert run("papers", "meeting", "add", "--day", "3/4/2021", "--minutes", "none.pdf").code == 2
    assert not [path for path in papers.attachments.rglob("*") if path.is_file()]


def test_a_file_that_cannot_be_attached_is_told_in_one_sentence(run: Run, papers: Workspace) -> None:
    Path("run.bat").write_text("x", "utf-8")
    done = run("papers", "letter", "add", "--day", "3/4/2021", "--scan", "run.bat")
    assert (done.code, done.out) == (2, "")
    assert "opening it means running it" in done.err
    assert run("papers", "letter", "list", "--format", "json").json == []


def test_attached_files_are_listed_with_record_field_size_and_state(
    run: Run, meeting: dict[str, Any], papers: Workspace
) -> None:
    Path("lost.pdf").write_text("nobody's", "utf-8")
    papers.files.attach(Path("lost.pdf"))
    kept(papers, meeting["minutes"]).write_text("forged!", "utf-8")
    kept(papers, meeting["annexes"][0]).unlink()
    rows = run("attachment", "list", "--format", "json").json
    assert [(row["path"], row["state"]) for row in rows] == [
        ("minutes", "changed"), ("annexes.1", "missing"), ("annexes.2", "ok"), ("receipts.1.scan", "ok"), ("", "orphaned"),
    ]  # fmt: skip
    assert rows[2] | {"id": ""} == {
        "register": "papers.meeting", "label": "Meeting", "id": "", "record": "2021/0001", "path": "annexes.2",
        "field": "Annexes 2", "name": "c.pdf", "hash": meeting["annexes"][1]["hash"], "size": 7, "state": "ok",
    }  # fmt: skip
    assert len(run("attachment", "list", "--record", "2021/0001", "--format", "json").json) == 4
    table = run("attachment", "list", lang="it")
    assert "cambiato" in table.out
    assert "3" in table.err


def test_a_number_that_several_registers_have_asks_which(run: Run, meeting: dict[str, Any]) -> None:
    run("papers", "letter", "add", "--day", "3/4/2021", "--scan", "a.pdf", "--confirm")
    done = run("attachment", "open", "2021/0001")
    assert done.code == 2
    assert "papers.meeting, papers.letter" in done.err
    assert run("attachment", "open", "2021/0001", "--register", "papers.letter").code == 0
    assert run("attachment", "list", "--register", "papers.none").code == 2
    assert run("attachment", "list", "--record", "2021/0009").code == 1
    assert "03/04/2021" in run("attachment", "list", "--record", "04/2021").err, "what may be meant"
    titled = run("attachment", "list", "--record", "03/04/2021", "--register", "papers.letter", "--format", "json")
    assert titled.code == 0, titled.err
    assert titled.json[0]["record"] == "2021/0001", "by its title too"


def test_open_prints_the_path_of_a_copy_where_there_is_no_display(run: Run, meeting: dict[str, Any]) -> None:
    done = run("attachment", "open", "2021/0001", "receipts")
    assert done.code == 0
    assert Path(done.out.strip()).name == "d.pdf"
    assert Path(done.out.strip()).read_text("utf-8") == "paper d"
    assert "open the copy at this path" in done.err
    several = run("attachment", "open", "2021/0001", "annexes")
    assert several.code == 2
    assert "annexes.1, annexes.2" in several.err
    assert run("attachment", "open", "2021/0001", "annexes.2").code == 0


def test_verify_names_record_and_field_and_repair_puts_it_right(
    run: Run, meeting: dict[str, Any], papers: Workspace
) -> None:
    assert run("attachment", "verify").code == 0
    kept(papers, meeting["minutes"]).write_text("forged!", "utf-8")
    kept(papers, meeting["annexes"][0]).unlink()
    done = run("attachment", "verify")
    assert done.code == 1
    assert "Meeting 2021/0001, Signed minutes: a.pdf: the file was changed" in done.err
    assert "Meeting 2021/0001, Annexes 1: b.pdf: the file is missing" in done.err
    assert run("attachment", "open", "2021/0001", "minutes").code == 1
    Path("other.pdf").write_text("another version", "utf-8")
    assert run("attachment", "repair", "a.pdf", "b.pdf").code == 0
    assert run("attachment", "repair", "other.pdf").code == 1
    assert run("attachment", "verify").code == 0


def test_purge_deletes_only_what_neither_a_record_nor_the_history_names(
    run: Run, meeting: dict[str, Any], papers: Workspace
) -> None:
    run("papers", "meeting", "edit", meeting["id"], "--minutes", "")
    Path("lost.pdf").write_text("nobody's", "utf-8")
    lost = papers.files.file(papers.files.attach(Path("lost.pdf")))
    assert run("attachment", "purge", "--yes").out == "", "it may belong to a record that is being saved"
    for path in papers.attachments.rglob("*"):
        os.utime(path, (time.time() - YOUNG - 60,) * 2)
    states = [row["state"] for row in run("attachment", "list", "--format", "json").json]
    assert states.count("orphaned") == 2
    asked = run("attachment", "purge")
    assert (asked.code, asked.out.strip()) == (2, str(lost))
    assert lost.exists()
    assert "1" in run("attachment", "purge", "--yes").err
    assert not lost.exists()
    run("undo")
    assert run("attachment", "verify").code == 0, "undo brings back a reference whose file is still there"


def test_records_of_a_plugin_that_is_gone_keep_their_files(
    run: Run, meeting: dict[str, Any], papers: Workspace
) -> None:
    (papers.plugins / "papers.py").unlink()
    for path in papers.attachments.rglob("*"):
        os.utime(path, (time.time() - YOUNG - 60,) * 2)
    assert run("attachment", "purge", "--yes").out == ""
    assert kept(papers, meeting["minutes"]).exists()


def test_export_makes_a_folder_with_an_index(run: Run, meeting: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("attachment", "export", "--record", "2021/0001", "-o", out).code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "2021-0001_Annexes-1_b.pdf", "2021-0001_Annexes-2_c.pdf", "2021-0001_Receipts-1-Scan_d.pdf",
        "2021-0001_Signed-minutes_a.pdf", "indice.csv",
    ]  # fmt: skip
    assert run("attachment", "export", "-o", out).code == 0, "what it made itself it may make anew"
    (out / "mine.txt").write_text("x", "utf-8")
    refused = run("attachment", "export", "-o", out)
    assert refused.code == 1
    assert "holds other things" in refused.err
    assert (out / "mine.txt").exists()


def test_a_row_of_an_imported_file_names_files_beside_it(run: Run, papers: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    (folder / "scans").mkdir(parents=True)
    (folder / "scans" / "x 1.pdf").write_text("x", "utf-8")
    (folder / "y.pdf").write_text("y", "utf-8")
    (folder / "rows.csv").write_text('Day;Annexes;Signed minutes\n3/4/2021;"scans/x 1.pdf; y.pdf";y.pdf\n', "utf-8")
    arguments = ("papers", "meeting", "import", folder / "rows.csv")
    assert run(*arguments, "--dry-run").code == 0
    assert not [path for path in papers.attachments.rglob("*") if path.is_file()], "a trial keeps nothing"
    assert run(*arguments, "--yes").code == 0
    [doc] = run("papers", "meeting", "list", "--format", "json").json
    assert [one["name"] for one in doc["annexes"]] == ["x 1.pdf", "y.pdf"]
    assert run("attachment", "verify").code == 0
    assert "0 new, 0 changed, 1 unchanged" in run(*arguments, "--yes").out


@pytest.mark.parametrize("path", ["../desk/a.pdf", "/etc/hostname", "out.pdf", "none.pdf"])
def test_an_imported_file_names_nothing_outside_its_folder(
    run: Run, papers: Workspace, tmp_path: Path, path: str
) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "out.pdf").symlink_to(tmp_path / "desk" / "a.pdf")
    (folder / "rows.csv").write_text(f"Day;Signed minutes\n3/4/2021;{path}\n", "utf-8")
    done = run("papers", "meeting", "import", folder / "rows.csv", "--yes")
    assert done.code == 1
    assert "Row 2, Signed minutes" in done.err
    assert not [path for path in papers.attachments.rglob("*") if path.is_file()]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_exported_is_imported_again_unchanged(
    run: Run, meeting: dict[str, Any], tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"meetings.{ending}"
    run("papers", "meeting", "export", "-o", file)
    assert "0 new, 0 changed, 1 unchanged" in run("papers", "meeting", "import", file, "--yes").out
