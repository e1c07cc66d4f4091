"""The import in a process of its own: what it sees, tells, corrects, stops and writes."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from intarsi_tui.exchange.adjusting import Adjusted
from intarsi_tui.exchange.apart import ImportProcess, Refused, Stopped
from intarsi_tui.exchange.imports import QUICK
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project import keys
from intarsi_tui.project.keys import Words
from intarsi_tui.project.where import TRIAL
from intarsi_tui.project.workspace import Workspace, create_workspace

from .conftest import LESSONS

LESSON = "lessons.lesson"
SIGNALS = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")

Save = Callable[[str], Path]


@pytest.fixture
def process(office: Office) -> Iterator[ImportProcess]:
    started = ImportProcess(office)
    yield started
    started.close()


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def saved(lines: str) -> Path:
        (tmp_path / "x.csv").write_text(lines, "utf-8")
        return tmp_path / "x.csv"

    return saved


def quiet(_done: int) -> None:
    return


def counted(office: Office) -> int:
    return int(office.table(LESSON).count_of())


def test_the_register_is_guessed_from_the_headings_and_columns_show_examples(
    process: ImportProcess, save: Save
) -> None:
    seen = process.look(save("Elenco\nGiorno;Ore;Boh;Posti totali\n1/4/2021;1,5;x;3\n2/4/2021;2;;\n"), None, "")
    assert (seen.table, seen.row, seen.rows, seen.sheets) == (LESSON, 2, 2, [])
    assert [(one.heading, one.named, one.field) for one in seen.columns][:3] == [
        ("Giorno", "day", "day"),
        ("Ore", "hours", "hours"),
        ("Boh", "", ""),
    ]
    assert seen.columns[0].examples == ["1/4/2021", "2/4/2021"]


def test_a_workbooks_sheets_are_named_and_the_chosen_one_is_looked_at(process: ImportProcess, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Note"
    book.active.append(["a"])
    book.create_sheet("Aprile").append(["Giorno", "Posti"])
    book["Aprile"].append(["1/4/2021", 3.0])
    book.save(tmp_path / "x.xlsx")
    assert process.look(tmp_path / "x.xlsx", None, "").sheets == ["Note", "Aprile"]
    seen = process.look(tmp_path / "x.xlsx", "Aprile", "")
    assert (seen.table, [one.examples for one in seen.columns]) == (LESSON, [["1/4/2021"], ["3"]])


def test_a_trial_tells_row_field_and_value_and_corrections_are_tried_again(
    process: ImportProcess, save: Save, office: Office
) -> None:
    process.look(save("Giorno;Ore\n31/4/2021;1\nboh;2\n3/4/2021;3\n"), None, "")
    taken = process.take(LESSON, Adjusted(), write=False, follow=quiet)
    assert [(one.row, one.field, one.value, one.error) for one in taken.remarks] == [
        (2, "day", "31/4/2021", True),
        (3, "day", "boh", True),
    ]
    assert taken.cells[2] == ["31/4/2021", "1"]
    adjusted = Adjusted(values={(2, "day"): "30/4/2021"}, without=frozenset([3]))
    taken = process.take(LESSON, adjusted, write=False, follow=quiet)
    assert (taken.new, taken.errors, taken.written, counted(office)) == (2, 0, False, 0)
    assert process.take(LESSON, adjusted, write=True, follow=quiet).written
    assert sorted(doc["day"] for doc in office.table(LESSON).page()) == ["2021-04-03", "2021-04-30"]
    again = process.take(LESSON, adjusted, write=True, follow=quiet)
    assert (again.new, again.unchanged, again.written) == (0, 2, False)
    assert len(office.store.undo().records) == 2, "one undo takes everything back"
    assert counted(office) == 0


def test_a_running_write_is_stopped_and_leaves_nothing(process: ImportProcess, save: Save, office: Office) -> None:
    process.look(save("Giorno\n" + "1/4/2021\n" * 20_000), None, "")
    seen: list[int] = []

    def stop(done: int) -> None:
        seen.append(done)
        process.stop()

    with pytest.raises(Stopped):
        process.take(LESSON, Adjusted(), write=True, follow=stop)
    assert seen
    assert counted(office) == 0
    assert process.look(save("Giorno\n1/4/2021\n"), None, "").rows == 1, "it is ready for the next task"


def test_what_cannot_be_read_is_said_in_the_offices_language(process: ImportProcess, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Non c'è nessun file"):
        process.look(tmp_path / "nowhere.csv", None, "")


def test_an_encrypted_office_is_opened_without_asking_again(
    tmp_path: Path, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "COST", 2**8)
    made = create_workspace(tmp_path / "cifrato", "rimini", words=Words("quattro parole a caso"))
    (made.plugins / "lessons.py").write_text(LESSONS, "utf-8")
    with open_office(Workspace(made.path, lambda _path, _tries: "quattro parole a caso"), "it") as office:
        process = ImportProcess(office)
        process.look(save("Giorno\n" + "1/4/2021\n" * (QUICK + 1)), None, "")
        assert process.take(LESSON, Adjusted(), write=False, follow=quiet).new == QUICK + 1, "on a copy, as encrypted"
        process.look(save("Giorno\n1/4/2021\n"), None, "")
        assert process.take(LESSON, Adjusted(), write=True, follow=quiet).written
        process.close()
        assert [doc["created_by"] for doc in office.table(LESSON).page()] == [office.user]


def test_an_office_that_is_only_read_is_not_written(save: Save, workspace: Workspace, office: Office) -> None:
    office.store.connection.read_only = True
    process = ImportProcess(office)
    process.look(save("Giorno\n1/4/2021\n"), None, "")
    with pytest.raises(Refused):
        process.take(LESSON, Adjusted(), write=True, follow=quiet)
    process.close()


def ended(process: ImportProcess, save: Save, by: str) -> int:
    """Ends the process in the middle of a trial on a copy; its return code."""
    process.look(save("Giorno\n" + "1/4/2021\n" * 20_000), None, "")
    running: Any = process._process
    with pytest.raises(Refused):
        process.take(LESSON, Adjusted(), write=False, follow=lambda _done: running.send_signal(getattr(signal, by)))
    return int(running.wait())


@SIGNALS
def test_what_a_killed_check_left_is_gone_after_the_next_opening(
    process: ImportProcess, save: Save, workspace: Workspace
) -> None:
    ended(process, save, "SIGKILL")
    assert list(workspace.path.glob(f"{TRIAL}*"))
    with open_office(workspace, "it"):
        assert not list(workspace.path.glob(f"{TRIAL}*"))


@SIGNALS
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_check_that_is_asked_to_end_leaves_no_copy(
    name: str, process: ImportProcess, save: Save, workspace: Workspace
) -> None:
    assert ended(process, save, name) == 1
    assert not list(workspace.path.glob(f"{TRIAL}*"))


def test_a_list_of_problems_that_nobody_has_found_yet_is_not_written(process: ImportProcess, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="non è stato scritto niente"):
        process.save_remarks(tmp_path / "x.xlsx")


def test_a_process_that_dies_is_told_and_not_waited_for(process: ImportProcess, save: Save) -> None:
    process.look(save("Giorno\n1/4/2021\n"), None, "")
    running: Any = process._process
    running.kill()
    with pytest.raises(Refused, match="non è stato scritto niente"):
        process.take(LESSON, Adjusted(), write=True, follow=quiet)
