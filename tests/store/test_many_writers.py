"""Several processes and threads write, some are killed: nothing that was acknowledged is lost."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.store import RegisterTable, Store, open_store

from .registers import register_all

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from intarsi_tui.store import open_store
from registers import register_all
store = register_all(open_store(sys.argv[1], user=sys.argv[2]))
people = store.register_table("club.person")
for n in range(int(sys.argv[3])):
    with store.operation("add"):
        doc = people.add({"surname": f"{sys.argv[2]}{n}", "taken_in": "2021-01-01", "informed": True}).doc
        number = people.confirm(doc["id"]).doc["number"]
    store.table("plain").update(lambda counter: counter.update(n=counter["n"] + 1))
    print(doc["id"], number, flush=True)
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "store")])}
    command = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    with open_store(path) as store:
        store.table("plain").insert({"n": 0})
    writers = [writer(path, name, 25) for name in ("anna", "bruno")]
    said = [line.split() for one in writers for line in one.communicate(timeout=60)[0].splitlines()]
    assert [one.returncode for one in writers] == [0, 0]
    with register_all(open_store(path)) as store:
        people = store.register_table("club.person")
        assert {(doc["id"], doc["number"]) for doc in people.all()} == {(uid, number) for uid, number in said}
        assert sorted(number for _, number in said) == [f"2021/{n:04d}" for n in range(1, 51)]
        assert store.table("plain").get(doc_id=1)["n"] == 50
        assert sorted(doc.doc_id for doc in people.all()) == list(range(1, 51))
        assert store.verify_chain() == []


def test_what_a_killed_process_acknowledged_is_there_and_nothing_is_half(path: Path) -> None:
    acknowledged: list[list[str]] = []
    with open_store(path) as store:
        store.table("plain").insert({"n": 0})
    for round_ in range(6):
        one = writer(path, f"w{round_}", 10_000)
        assert one.stdout is not None
        acknowledged += [one.stdout.readline().split() for _ in range(5 + 3 * round_)]
        one.kill()
        acknowledged += [line.split() for line in one.stdout.read().splitlines() if len(line.split()) == 2]
        one.stdout.close()
        one.wait()
    with register_all(open_store(path)) as store:
        people = store.register_table("club.person")
        there = {doc["id"]: doc["number"] for doc in people.all()}
        assert {uid: number for uid, number in acknowledged}.items() <= there.items()  # noqa: C416
        assert sorted(there.values()) == [f"2021/{n:04d}" for n in range(1, len(there) + 1)]
        assert len(store.history(limit=None)) == 2 * len(there)
        assert store.connection.one("PRAGMA integrity_check") == "ok"
        assert store.verify_chain() == []


def test_two_processes_may_make_the_file_at_once(path: Path) -> None:
    code = "import sys; from intarsi_tui.store import open_store; open_store(sys.argv[1]).insert({})"
    for number in range(3):
        fresh = path.with_name(f"{number}.db")
        running = [subprocess.Popen([sys.executable, "-c", code, str(fresh)], cwd=ROOT) for _ in range(3)]
        assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
        with open_store(fresh) as store:
            assert len(store) == 3


def test_threads_write_at_once(store: Store, people: RegisterTable) -> None:
    def work(name: str) -> None:
        for number in range(20):
            people.add({"surname": f"{name}{number}", "taken_in": "2021-01-01"})

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(people) == 60
    assert store.verify_chain() == []


def test_a_screen_reads_what_was_there_while_another_thread_writes(
    store: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    person()
    before = store.version()
    inside, seen = threading.Event(), threading.Event()

    def work() -> None:
        with store.operation("import"):
            people.add({"surname": "Neri", "taken_in": "2021-01-01"})
            inside.set()
            seen.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    assert inside.wait(10)
    assert (len(people), store.version()) == (1, before)
    seen.set()
    thread.join()
    assert len(people) == 2
    assert store.version() > before


def test_connections_of_threads_that_ended_are_closed(store: Store) -> None:
    for _ in range(5):
        thread = threading.Thread(target=store.all)
        thread.start()
        thread.join()
    assert len(store.connection._opened) <= 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on Windows")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_uses_a_connection_of_its_own(store: Store) -> None:
    store.insert({"by": "parent"})
    child: Any = os.fork()
    if child == 0:
        try:
            store.insert({"by": "child"})
            store.close()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    store.insert({"by": "parent again"})
    assert [doc["by"] for doc in store.all()] == ["parent", "child", "parent again"]


def test_who_reads_after_writing_waits_for_others_as_before(store: Store) -> None:
    waits = "PRAGMA busy_timeout"
    assert store.connection.one(waits) == 30_000
    store.table("plain").insert({"n": 1})
    assert store.connection.one(waits) == 30_000
    with store.connection.transaction():
        assert store.connection.one(waits) == 0
