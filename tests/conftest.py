"""Ground for all tests: a cache of its own, a fixed day, no settings of the person who runs them."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.project.workspace import Workspace, create_workspace

# The plugin of the guide and of the README, which people copy into their workspace.
BICYCLES = (Path(__file__).parents[1] / "docs" / "bicycles.py").read_text("utf-8")

MadeOnce = Callable[[str, Callable[[Path], object]], Path]

# Thousands of small offices are written and synced: in memory, where there is plenty, that takes half the time.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 4 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(autouse=True)
def own_ground(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTARSI_CACHE", str(tmp_path_factory.getbasetemp() / "intarsi-cache"))
    monkeypatch.setenv("INTARSI_CONFIG", str(tmp_path_factory.mktemp("person")))
    monkeypatch.setenv("INTARSI_NOW", "2021-05-20T09:00:00+00:00")
    monkeypatch.setenv("INTARSI_USER", "m.rossi")
    for name in ("INTARSI_WORKSPACE", "INTARSI_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "it_IT.UTF-8")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """`made_once("demo", make)`: a folder that `make` filled once for all processes of the run; tests only read it."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def made_once(name: str, make: Callable[[Path], object]) -> Path:
        folder = base / f"once-{name}"
        lock = sqlite3.connect(base / f"once-{name}.lock", timeout=600, isolation_level=None)  # a lock on any system
        try:
            lock.execute("BEGIN EXCLUSIVE")
            if not folder.exists():
                half = tmp_path_factory.mktemp(name)
                make(half)
                half.rename(folder)
        finally:
            lock.close()
        return folder

    return made_once


def command(*words: str, cwd: Path, cache: Path) -> list[Any]:
    """Arguments of `subprocess` for `intarsi …` outside a terminal."""
    env = {**os.environ, "INTARSI_CACHE": str(cache), "INTARSI_LANG": "it", "PYTHONUTF8": "1"}
    env.pop("INTARSI_NOW", None)  # the demo must not depend on it
    return [[sys.executable, "-m", "intarsi_tui", *words], {"cwd": cwd, "env": env, "stdin": subprocess.DEVNULL}]


@pytest.fixture(scope="session")
def demo_home(made_once: MadeOnce) -> Path:
    """`at/intarsi-demo`, as `intarsi demo` made it in `at`, and what it printed: `stdout` and `stderr`, this folder as HOME."""

    def make(home: Path) -> None:
        (home / "at").mkdir()
        arguments, settings = command("demo", cwd=home / "at", cache=home / "cache")
        done = subprocess.run(arguments, **settings, capture_output=True, timeout=300)
        assert done.returncode == 0, done.stderr
        for name, text in (("stdout", done.stdout), ("stderr", done.stderr)):
            (home / name).write_bytes(text.replace(str(home).encode(), b"HOME"))

    return made_once("demo", make)


def program(name: str) -> str:
    """The path of a program that a test needs. Without it the test is skipped, but never where everything must run."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("INTARSI_ALL_TESTS"):
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def soffice() -> str:
    return program("soffice")


@pytest.fixture
def tmux() -> str:
    return program("tmux")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A new workspace of Rimini."""
    return create_workspace(tmp_path / "rimini", "rimini")


@pytest.fixture
def drop_plugin(workspace: Workspace) -> Callable[[str, str], Path]:
    """Writes a plugin file into the workspace and returns its path."""

    def drop(name: str, text: str = BICYCLES) -> Path:
        path = workspace.plugins / f"{name}.py"
        path.write_text(text, "utf-8")
        return path

    return drop
