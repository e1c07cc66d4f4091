"""Ground for all tests: a cache of its own, a fixed day, no settings of the person who runs them."""

import gc
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from _pytest.assertion import rewrite

from intarsi_tui.host import cache
from intarsi_tui.host.index import rebuild
from intarsi_tui.project.workspace import Workspace, create_workspace

# The plugin of the guide and of the README, which people copy into their workspace.
BICYCLES = (Path(__file__).parents[1] / "docs" / "bicycles.py").read_text("utf-8")

MadeOnce = Callable[[str, Callable[[Path], object]], Path]
NewOffice = Callable[[Path, dict[str, str]], Workspace]

NOW = "2021-05-20T09:00:00+00:00"


def share(whole: int) -> int:
    """How many of so many random examples are tried: a third of them, all in the long run."""
    return whole if os.environ.get("INTARSI_LONG") else whole // 3


# Thousands of small offices are written and synced: in memory, where there is plenty, that takes half the time.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 4 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# Where no bytecode is kept, every worker compiles all tests anew (10 s of CPU), and every program that a test starts itself.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_configure(config: pytest.Config) -> None:
    """Before there are workers the tests are compiled: each worker would do it by itself, all at the same time."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        return
    for file in Path(__file__).parent.rglob("test_*.py"):
        kept = rewrite.get_cache_dir(file) / f"{file.stem}{rewrite.PYC_TAIL}"
        if rewrite.try_makedirs(kept.parent) and rewrite._read_pyc(file, kept) is None:
            status, code = rewrite._rewrite_test(file, config)
            rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, status, kept)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: it is not looked through for garbage again and again (a fifth of the CPU)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: some tests wait for programs that they start."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return usable + 1


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`new_folder("x")`: an empty folder. pytest's own looks through all there are for the next number, thousands in the end."""
    base, numbers = tmp_path_factory.getbasetemp(), count()

    def new_folder(name: str) -> Path:
        folder = base / f"{next(numbers):04}-{name}"  # as long whenever the test runs: paths are shown, and cut
        folder.mkdir()
        return folder

    return new_folder


@pytest.fixture
def tmp_path(new_folder: Callable[[str], Path], request: pytest.FixtureRequest) -> Path:
    return new_folder(re.sub(r"\W", "_", request.node.name)[:26])


@pytest.fixture(autouse=True)
def own_ground(
    tmp_path_factory: pytest.TempPathFactory, new_folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTARSI_CACHE", str(tmp_path_factory.getbasetemp() / "intarsi-cache"))
    monkeypatch.setenv("INTARSI_CONFIG", str(new_folder("person")))
    monkeypatch.setenv("INTARSI_NOW", NOW)
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


def keep_index(workspace: Workspace, file: Path) -> None:
    """Writes into `file` what the index knows of the workspace's plugins, wherever the workspace may be copied."""
    for name in [name for name in sys.modules if name.startswith("intarsi_workspace_plugin_")]:
        del sys.modules[name]  # of tests that ran before: none of its business
    rebuild(workspace)
    here = str(workspace.path)
    file.write_text(Path(cache.place(here)).read_text("utf-8").replace(here, "HERE"), "utf-8")


def copy_office(made: Path, to: Path, index: Path) -> Workspace:
    """A copy of a workspace that opens as if it had been opened before: loading all plugins anew takes 50 ms."""
    shutil.copytree(made, to)
    place = Path(cache.place(str(to)))
    place.parent.mkdir(exist_ok=True)
    place.write_text(index.read_text("utf-8").replace("HERE", str(to)), "utf-8")
    return Workspace(to)


@pytest.fixture(scope="session")
def new_office(made_once: MadeOnce) -> NewOffice:
    """`new_office(folder, {"bicycles": BICYCLES})`: a new workspace of Rimini with these plugins of its own."""

    def new_office(to: Path, plugins: dict[str, str]) -> Workspace:
        def make(folder: Path) -> None:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("INTARSI_CACHE", str(folder / "cache"))
                patch.setenv("INTARSI_NOW", NOW)
                patch.setenv("INTARSI_USER", "m.rossi")
                workspace = create_workspace(folder / "office", "rimini")
                for name, text in plugins.items():
                    (workspace.plugins / f"{name}.py").write_text(text, "utf-8")
                keep_index(workspace, folder / "index")

        made = made_once(f"office-{hashlib.sha256(repr(plugins).encode()).hexdigest()[:8]}", make)
        return copy_office(made / "office", to, made / "index")

    return new_office


@pytest.fixture
def own_plugins() -> dict[str, str]:
    """Plugins that the workspace has of its own from the beginning."""
    return {}


@pytest.fixture
def workspace(tmp_path: Path, new_office: NewOffice, own_plugins: dict[str, str]) -> Workspace:
    """A new workspace of Rimini."""
    return new_office(tmp_path / "rimini", own_plugins)


@pytest.fixture
def drop_plugin(workspace: Workspace) -> Callable[[str, str], Path]:
    """Writes a plugin file into the workspace and returns its path."""

    def drop(name: str, text: str = BICYCLES) -> Path:
        path = workspace.plugins / f"{name}.py"
        path.write_text(text, "utf-8")
        return path

    return drop
