"""`intarsi demo`: whole or not at all, and never over somebody's work."""

import hashlib
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from ..conftest import command
from .conftest import Demo, Run


def test_without_a_terminal_it_makes_the_workspace_says_what_is_there_and_ends(demo: Demo) -> None:
    lines = demo.stdout.splitlines()
    assert lines[0] == str(demo.path)
    printed = [Path(line) for line in lines if line.endswith(".xlsx")]
    assert printed == demo.workbooks
    assert f"{len(demo.docs['registry.person'])}" in next(line for line in lines if line.startswith("Destinatari"))
    assert "\r" not in demo.stderr
    assert "\x1b" not in demo.stdout + demo.stderr


def test_nothing_but_the_workspace_is_left_beside_it(demo: Demo) -> None:
    assert [path.name for path in demo.path.parent.iterdir()] == ["intarsi-demo"]


def test_every_template_is_filled(demo: Demo) -> None:
    names = [path.name for path in demo.workbooks]
    for template, count in (
        ("registro_destinatari_lead_rimini_2021-Q4", 1), ("registro_mediazione_rimini_2021-Q4", 1),
        ("registro_presenze_", len(demo.docs["training.course"])), ("attestato_", 12),
    ):  # fmt: skip
        assert sum(name.startswith(template) for name in names) == count, template


def test_a_second_time_it_opens_the_same_records(demo: Demo, run: Run) -> None:
    before = {path: digest(path) for path in [demo.path / "intarsi.db", *demo.workbooks]}
    again = run("demo", cwd=demo.path.parent)
    assert again.returncode == 0
    assert again.stdout == demo.stdout
    assert {path: digest(path) for path in before} == before


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("kind", ["folder", "file", "workspace"])
def test_what_is_no_demo_is_left_alone(kind: str, tmp_path: Path, run: Run) -> None:
    place = tmp_path / "mine"
    if kind == "file":
        place.write_text("mine", "utf-8")
    elif kind == "folder":
        place.mkdir()
        (place / "notes.txt").write_text("mine", "utf-8")
    else:
        assert run("init", "mine", "--partner", "rimini", cwd=tmp_path).returncode == 0
    refused = run("demo", "mine", "--no-tui", cwd=tmp_path)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert str(place) in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_interrupted_it_leaves_nothing(tmp_path: Path) -> None:
    arguments, settings = command("demo", "half", cwd=tmp_path, cache=tmp_path / "cache")
    process = subprocess.Popen(arguments, **settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".half-*/intarsi.db")):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert [path.name for path in tmp_path.iterdir() if path.name != "cache"] == []
