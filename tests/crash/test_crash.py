"""A small share of every crash test; the sizes and the figures of whole runs are in docs/reliability.md.

Each is a program of its own: it kills, limits or replaces what the tests themselves need.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .work import size

ROOT = Path(__file__).parents[2]
PATIENCE = 3600


def run(program: str, *arguments: object, encrypted: bool = False) -> tuple[int, dict[str, Any]]:
    """Exit code and figures of `python -m tests.crash.PROGRAM ARGUMENTS`."""
    command = [sys.executable, "-m", f"tests.crash.{program}", *map(str, arguments)]
    env = {**os.environ, "INTARSI_CRASH_ENCRYPTED": "1" if encrypted else ""}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, env=env)
    assert done.stdout, done.stderr
    print(program, done.stdout)
    return done.returncode, json.loads(done.stdout)


def test_what_a_killed_writer_was_told_is_there() -> None:
    code, figures = run("kills", size("kills"))
    assert (code, figures["missing"]) == (0, 0), figures
    assert figures["acknowledged"] > figures["rounds"]


def test_what_four_killed_writers_were_told_is_there() -> None:
    code, figures = run("kills", size("kills_of_four"), 4)
    assert (code, figures["missing"]) == (0, 0), figures


def test_what_was_acknowledged_outlives_a_power_cut() -> None:
    code, figures = run("power", size("cuts"))
    assert (code, figures["cuts_with_loss"]) == (0, 0), figures
    assert figures["acknowledged"]


def test_the_same_power_cuts_do_lose_something_when_less_is_synced() -> None:
    code, figures = run("power", 30, 2, "NORMAL")
    assert code == 1
    assert figures["cuts_with_loss"] > 3


def test_a_disk_that_fails_at_any_moment_loses_nothing() -> None:
    code, figures = run("faults", size("step_of_faults"))
    assert (code, figures["missing"]) == (0, 0), figures
    assert figures["codes"] == ["disk_error", "disk_full"]


@pytest.mark.skipif(os.name == "nt", reason="no way to make a disk small")
def test_a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room() -> None:
    code, figures = run("full_disk", size("full_disks"))
    assert (code, figures["missing"]) == (0, 0), figures
    assert sum(figures["codes"].values()) == figures["points"]
    assert set(figures["codes"]) <= {"disk_full", "disk_error"}


def test_every_flipped_bit_that_alters_a_record_is_found() -> None:
    code, figures = run("flips", size("flips"))
    assert (code, figures["missed"]) == (0, 0), figures
    assert figures["found"]


def test_six_processes_that_write_at_once_lose_nothing() -> None:
    code, figures = run("many", size("writes"))
    assert (code, figures["missing"]) == (0, 0), figures
    assert figures["writes"] == 6 * size("writes")


def test_an_encrypted_database_loses_nothing_either() -> None:
    for code, figures in (
        run("kills", size("kills") // 4, encrypted=True),
        run("full_disk", size("full_disks"), encrypted=True),
    ):
        assert (code, figures["missing"]) == (0, 0), figures
    code, figures = run("flips", size("flips") // 4, encrypted=True)
    assert (code, figures["missed"], figures["crashes"]) == (0, 0, 0), figures
