"""TinyDB's own tests, from the source distribution of the installed version, on our database class."""

import os
import re
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSION = version("tinydb")
# test_storages, test_middlewares and test_utils are about TinyDB's own storages and its query cache.
MODULES = ("__init__", "test_tinydb", "test_tables", "test_operations", "test_queries")

CONFTEST = """
import pytest
from intarsi_tui.store import open_store


@pytest.fixture
def db(tmp_path):
    with open_store(tmp_path / "test.db") as opened:
        opened.insert_multiple({"int": 1, "char": char} for char in "abc")
        yield opened
"""

CACHE = "looks into the private query cache: there is none, since other processes write too"
EXPECTED = {
    "test_query_cache": CACHE,
    "test_query_cache_size": CACHE,
    "test_lru_cache": CACHE,
    "test_search": CACHE,
    "test_search_path": CACHE,
    "test_table_repr": "names the classes of TinyDB's own storages",
}


def source(folder: Path) -> Path:
    """The source distribution, downloaded into `folder` when it is not there."""
    archive = folder / f"tinydb-{VERSION}.tar.gz"
    if not archive.exists():
        # Only TinyDB itself as source: `:all:` would build its build tools from source too.
        wanted = ["--no-binary", "tinydb", "--no-deps", f"tinydb=={VERSION}", "--dest", str(folder)]
        done = subprocess.run([sys.executable, "-m", "pip", "download", "-q", *wanted], capture_output=True, text=True)
        if not archive.exists():
            reason = f"the source of tinydb {VERSION} cannot be downloaded: {done.stderr.strip()[-300:]}"
            if os.environ.get("INTARSI_LONG"):
                pytest.fail(reason)
            pytest.skip(reason)
    return archive


def test_tinydbs_own_tests_pass_but_those_of_its_private_cache(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Beside the folders of all runs, which pytest keeps to this user.
    archived = source(tmp_path_factory.getbasetemp().parent / "tinydb-source")
    tests = tmp_path / "tests"
    tests.mkdir()
    with tarfile.open(archived) as archive:
        for name in MODULES:
            file = archive.extractfile(f"tinydb-{VERSION}/tests/{name}.py")
            assert file is not None
            (tests / f"{name}.py").write_bytes(file.read())
    (tests / "conftest.py").write_text(CONFTEST)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tests)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=120)
    failed = set(re.findall(r"^(?:FAILED|ERROR) \S+?::(\w+)", done.stdout, re.MULTILINE))
    assert failed == set(EXPECTED), done.stdout[-3000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) >= 100
