"""An import that is tried: the same is found as in writing, nothing stays, and nobody waits."""

from pathlib import Path

import pytest

from intarsi_tui.exchange.adjusting import Adjusted
from intarsi_tui.exchange.files import rows_of
from intarsi_tui.exchange.imports import QUICK, import_rows
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.host.trying import on_a_copy
from intarsi_tui.project.trials import clear
from intarsi_tui.project.where import TRIAL, TRYING
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.store import StoreError

from .test_imports import LESSON, counts, docs, take, text


def test_a_trial_finds_the_same_and_leaves_no_trace(office: Office, tmp_path: Path) -> None:
    path = text(tmp_path, "Giorno\n1/4/2021\n2/4/2021\n")
    before = office.store.version()
    outcome = take(office, path, write=False)
    assert counts(outcome) == (2, 0, 0)
    assert not outcome.written
    assert docs(office) == []
    assert office.store.history() == []
    assert counts(take(office, path)) == (2, 0, 0)
    assert office.store.version() > before


def test_nobody_waits_for_a_trial_of_many_rows_and_it_leaves_no_file(
    office: Office, workspace: Workspace, tmp_path: Path
) -> None:
    path = text(tmp_path, "Giorno;Ore\n" + "".join(f"{day % 28 + 1}/4/2021;{day}\n" for day in range(QUICK + 1)))
    seen = []
    with open_office(workspace, "it") as colleague:

        def follow() -> None:
            if not seen:
                seen.append(list(workspace.path.glob(f"{TRIAL}*")))
                with colleague.store.connection.transaction(patient=False):  # refused while somebody else writes
                    colleague.table(LESSON).add({"day": "2021-03-01"})

        rows = rows_of(path)
        trial = import_rows(office, LESSON, path, rows, write=False, adjusted=Adjusted(), follow=follow)
    assert len(seen[0]) == 1
    assert not list(workspace.path.glob(f"{TRIAL}*"))
    assert [doc["day"] for doc in docs(office)] == ["2021-03-01"]
    assert counts(trial) == counts(take(office, path)) == (QUICK + 1, 0, 0)


def test_a_trial_of_many_rows_finds_what_writing_would_find(office: Office, tmp_path: Path) -> None:
    take(office, text(tmp_path, "Giorno;Ore\n1/4/2021;1\n"))
    rows = "".join(f"1/4/2021;{number + 1}\n" for number in range(QUICK))
    path = text(tmp_path, f"Giorno;Ore\n{rows}1/4/2021;boh\n")
    trial, written = take(office, path, write=False), take(office, path)
    assert counts(trial) == counts(written) == (QUICK - 1, 0, 1)
    assert trial.problems == written.problems
    assert len(docs(office)) == 1


def test_a_copy_that_somebody_works_on_stays_and_one_that_was_left_goes(office: Office, workspace: Workspace) -> None:
    left = workspace.path / f"{TRIAL}old"
    left.mkdir()
    (left / "intarsi.db").write_bytes(b"x")
    with on_a_copy(office) as copy:
        with open_office(workspace, "it"):
            assert Path(copy.store.path).exists()
        assert not clear(workspace)
    with open_office(workspace, "it"):
        assert not left.exists()
    assert clear(workspace)


def test_a_copy_that_has_no_place_is_refused_in_a_sentence(office: Office, workspace: Workspace) -> None:
    (workspace.path / TRYING).mkdir()
    with pytest.raises(StoreError, match="cannot be written to"), on_a_copy(office):
        pass
