"""Backup and restore with a disk that fails at any step, and killed at any moment: an older backup is never harmed."""

import builtins
import contextlib
import io
import multiprocessing
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.project.backup import backups, make_backup
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.restore import restore
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.store import StoreError, open_store

from .kills import START
from .work import size

STEPS = ("replace", "fsync", "mkdir", "link", "rmdir")


@pytest.fixture
def office(workspace: Workspace) -> Workspace:
    paper = workspace.path.parent / "verbale.txt"
    paper.write_text("presenti: sei")
    workspace.files.attach(paper)
    (workspace.plugins / "loans.py").write_text("# a plugin")
    with open_store(workspace.database) as store:
        store.table("notes").insert_multiple({"n": number} for number in range(100))
        make_backup(workspace, store)
    return workspace


@contextlib.contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, at: int) -> Iterator[Callable[[], int]]:
    """The disk's `at`-th step fails; gives the number of steps that were asked for."""
    asked = 0

    def guarded(step: Callable[..., Any], counts: Callable[..., bool] = lambda *_a, **_k: True) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            nonlocal asked
            asked += counts(*arguments, **named)
            if asked == at:
                asked += 1
                raise OSError(28, "No space left on device", str(arguments[0]) if arguments else None)
            return step(*arguments, **named)

        return run

    def writes(_file: Any, mode: str = "r", *_rest: Any, **_named: Any) -> bool:
        return "w" in mode

    with monkeypatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, guarded(getattr(os, name)))
        patch.setattr(io, "open", guarded(builtins.open, writes))
        yield lambda: asked


def test_a_backup_that_fails_at_any_step_leaves_the_older_ones_whole(
    office: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    good = backups(office.backups)
    with open_store(office.database) as store:
        for at in range(1, 1000):
            with failing(monkeypatch, at) as asked, contextlib.suppress(OSError, StoreError, ProjectError):
                make_backup(office, store, thorough=False)
            left = backups(office.backups)
            assert {one.path for one in good} <= {one.path for one in left}
            for one in left[: len(left) - len(good)]:
                restore(one.path, tmp_path / f"again{at}")
            good = left
            if asked() < at:
                break
    assert at > 10


def test_a_restore_that_fails_at_any_step_leaves_nothing_or_everything(
    office: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for at in range(1, 1000):
        again = tmp_path / f"again{at}"
        with failing(monkeypatch, at) as asked, contextlib.suppress(OSError, StoreError, ProjectError):
            restore(office.backups, again)
        if again.exists():
            with open_store(again / "intarsi.db", create=False) as store:
                assert len(store.table("notes")) == 100
            assert (again / "plugins" / "loans.py").exists()
        assert len(backups(office.backups)) == 1
        if asked() < at:
            break
    assert again.exists()
    assert at > 10


def keep_backing_up(office: Workspace) -> None:
    with open_store(office.database) as store:
        while True:
            make_backup(office, store, thorough=False)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # xdist has threads, and says that one should not fork
@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="starting anew takes too long")
def test_a_killed_backup_is_never_taken_for_a_whole_one(office: Workspace, tmp_path: Path) -> None:
    luck = random.Random(1)
    for number in range(size("kills") // 4):
        process = START.Process(target=keep_backing_up, args=(office,))
        process.start()
        time.sleep(luck.uniform(0, 0.1))
        process.kill()
        process.join()
        newest = restore(office.backups, tmp_path / f"again{number}")
        assert newest.records == {"notes": 100}
