"""One demo workspace for all tests here, made by the command itself, and its records read without the program."""

import json
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace

from ..conftest import command

Doc = dict[str, Any]
TODAY = "2022-03-09T09:00:00+00:00"
Run = Callable[..., subprocess.CompletedProcess[str]]
TABLES = (
    "registry.body", "registry.operator", "registry.referral", "registry.household", "registry.person",
    "registry.contractor", "registry.timesheet", "training.course", "training.session", "training.enrolment", "training.certificate",
    "mediation.school_request", "mediation.intervention", "mediation.school_enrolment",
    "cohousing.unit", "cohousing.placement", "cohousing.contribution", "cohousing.goods", "cohousing.housing_meeting",
    "governance.network", "governance.meeting", "governance.agreement", "governance.quarterly_report", "dissemination.material",
    "dissemination.distribution", "dissemination.event", "dissemination.practice",
)  # fmt: skip


@pytest.fixture(autouse=True)
def day_of_the_demo(own_ground: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Offices here are opened on the demo's day, whoever made them."""
    monkeypatch.setenv("INTARSI_NOW", TODAY)


@dataclass
class Demo:
    """The workspace, what the command printed, and its records by table, in the order of writing."""

    path: Path
    stdout: str
    stderr: str
    docs: dict[str, list[Doc]]

    @property
    def workbooks(self) -> list[Path]:
        return sorted((self.path / "exports").glob("*.xlsx"))

    def by_id(self, table: str) -> dict[str, Doc]:
        return {doc["id"]: doc for doc in self.docs[table]}


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    cache = tmp_path_factory.mktemp("cache")

    def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        arguments, settings = command(*words, cwd=cwd, cache=cache)
        return subprocess.run(arguments, **settings, capture_output=True, encoding="utf-8", timeout=120)

    return run


@pytest.fixture(scope="session")
def demo(demo_home: Path) -> Demo:
    """Made once; tests only read it."""
    stdout, stderr = (
        (demo_home / name).read_bytes().decode().replace("HOME", str(demo_home)) for name in ("stdout", "stderr")
    )
    path = demo_home / "at" / "intarsi-demo"
    return Demo(path, stdout, stderr, records(path))


def records(workspace: Path) -> dict[str, list[Doc]]:
    """Every record by table, read with Python's own SQLite."""
    database = sqlite3.connect(workspace / "intarsi.db")
    try:
        return {
            table: [json.loads(doc) for (doc,) in database.execute(f'SELECT doc FROM "{table}" ORDER BY id')]
            for table in TABLES
        }
    finally:
        database.close()


@pytest.fixture
def office(demo: Demo) -> Iterator[Office]:
    with open_office(Workspace(demo.path)) as opened:
        yield opened
