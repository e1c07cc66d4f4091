"""The store beside its peers, as ratios within one run: plain TinyDB, bare SQLite that does the same work, sqlite-utils.

A register does everything: rules, indexes, full text, links, history, chain. Bare SQLite does the same without the rules,
by the same statements, in the shortest Python; so does sqlite-utils, by its own means. A table is one that no plugin
declares: documents and nothing else; it is compared with sqlite-utils keeping rows and nothing else. Every peer syncs
every write. Calls of all take turns, so that a busy machine or disk is busy for all; medians count. A missed goal is
printed, and one missed by more than a third exits 1.

python benchmarks/store.py [--records 100000] [--rounds 200] [--slow 3] [--writes 1000]
python benchmarks/store.py --small     for the gate: 2,000 records, and what is judged at 100,000 only is left out
"""

import argparse
import json
import multiprocessing
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from peers import Bare, Ours, Plain, Utils, UtilsRows, documents

from intarsi_tui.store import open_store
from intarsi_tui.store.driver import sqlite

Found = dict[str, dict[str, float]]

CONTRACT = 100_000  # records that plain TinyDB is beaten at: with fewer it is less slow
FASTER = {"insert": 300, "update": 300, "find": 10_000, "open": 500}
LIKE_BARE = {"insert": 1.3, "update": 1.3, "get": 2.0, "find": 2.5, "words": 2.5, "bulk": 2.0}
NOISE = 1.05  # of what is never to be slower
# Plain TinyDB's bulk insertion is one json.dump: SQLite's part of a register's work alone takes longer than six of them.
BULK = 6.0
GROWTH = 1.2
SMALL = {"records": 2000, "rounds": 100, "slow": 1, "writes": 0}


def seconds(call: Callable[..., Any], *given: Any) -> float:
    began = time.perf_counter()
    call(*given)
    return time.perf_counter() - began


def busy(call: Callable[..., Any], *given: Any) -> float:
    """Seconds of CPU: what takes long has nobody to take turns with."""
    began = time.process_time()
    call(*given)
    return time.process_time() - began


def in_turn(
    subjects: dict[str, Any], calls: list[tuple[str, tuple[Any, ...]]], timed: Callable[..., float] = seconds
) -> dict[str, list[float]]:
    """The seconds of each subject's calls, taken in turns of changing order."""
    spent: dict[str, list[float]] = {name: [] for name in subjects}
    order, chance = list(subjects), random.Random(1)
    for method, given in calls:
        chance.shuffle(order)
        for name in order:
            spent[name].append(timed(getattr(subjects[name], method), *given))
    return spent


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--records", type=int, default=CONTRACT)
    options.add_argument("--rounds", type=int, default=200)
    options.add_argument("--slow", type=int, default=3, help="calls of plain TinyDB, which takes seconds for each")
    options.add_argument(
        "--writes", type=int, default=1000, help="of each of six processes that write at once; 0 for none"
    )
    options.add_argument("--small", action="store_const", const=SMALL, default={}, help="a few seconds, for the gate")
    given = options.parse_args()
    vars(given).update(given.small)
    with tempfile.TemporaryDirectory() as folder:
        bad = report(measured(Path(folder), given.records, given.rounds, given.slow), given.records)
        verified(Path(folder) / "register.db")
    if given.writes:
        bad += writing_at_once(given.writes)
    return int(bad > 0)


def measured(folder: Path, records: int, rounds: int, slow: int) -> Found:
    """Operation → subject → median milliseconds."""
    register, table = Ours(folder / "register.db", True), Ours(folder / "table.db", False)
    bare, plain = Bare(folder / "bare.db"), Plain(folder / "plain.json")
    utils, rows = Utils(folder / "utils.db"), UtilsRows(folder / "rows.db")
    small = Ours(folder / "small.db", True)
    every: dict[str, Any] = {
        "register": register, "bare": bare, "utils": utils, "table": table, "utils-rows": rows, "plain": plain,
    }  # fmt: skip
    docs = documents(records)
    found: Found = {"bulk": {name: 1000 * busy(one.bulk, docs) for name, one in every.items()}}
    small.bulk(documents(1000))

    more = iter(documents(4 * rounds + 4 * slow, records))
    chance = random.Random(1)
    picks = [1 + chance.randrange(records) for _ in range(rounds)]
    calls = {
        "insert": [("insert", (next(more),)) for _ in range(rounds)],
        "update": [("update", (pick, f"note {pick}")) for pick in picks],
        "get": [("get", (pick,)) for pick in picks],
        "find": [("find", (f"C{pick - 1:07d}",)) for pick in picks],
    }
    for name, wanted in calls.items():
        # Without an index all documents are looked at: that would push the others out of the processor's cache.
        late = ("plain", "table") if name == "find" else ("plain",)
        none = ("utils-rows",) if name == "find" else ()
        quick = {one: subject for one, subject in every.items() if one not in (*late, *none)}
        spent = in_turn(quick, wanted) | in_turn({one: every[one] for one in late}, wanted[:slow])
        found[name] = {one: 1000 * statistics.median(times) for one, times in spent.items()}
    # Beside a slow disk's sync nothing else shows.
    without_sync = {
        "insert CPU": [("insert", (next(more),)) for _ in range(rounds)],
        "update CPU": [("update", (pick, f"again {pick}")) for pick in picks],
    }
    for name, wanted in without_sync.items():
        spent = in_turn({one: every[one] for one in every if one != "plain"}, wanted, busy)
        found[name] = {one: 1000 * statistics.median(times) for one, times in spent.items()}
    texts = [("words", (f"c{pick - 1:07d}",)) for pick in picks]
    searched = in_turn({"register": register, "bare": bare}, texts)
    found["words"] = {one: 1000 * statistics.median(times) for one, times in searched.items()}
    grown = in_turn({"register": register, "small": small}, [("insert", (next(more),)) for _ in range(rounds)])
    found["growth"] = {one: 1000 * statistics.median(times) for one, times in grown.items()}
    for one in (*every.values(), small):
        one.close()
    reopened = {"register": register, "table": table, "plain": plain}
    opened = {name: [seconds(one.open) for _ in range(slow)] for name, one in reopened.items()}
    found["open"] = {name: 1000 * statistics.median(times) for name, times in opened.items()}
    return found


def report(found: Found, records: int) -> int:
    """Prints the figures and their goals; how many goals are missed by more than a third."""
    names = ["register", "bare", "utils", "plain", "small", "table", "utils-rows"]
    print(f"{records} records, SQLite {sqlite.sqlite_version}; milliseconds, of CPU for bulk and where it says so")
    print(f"{'':11}" + "".join(f"{name:>13}" for name in names))
    for what, times in found.items():
        print(f"{what:11}" + "".join(f"{times[one]:>13.3f}" if one in times else f"{'':13}" for one in names))

    def ratio(what: str, one: str, other: str) -> float:
        return found[what][one] / found[what][other]

    least = [
        (f"plain TinyDB / {one}, {what}", ratio(what, "plain", one), goal)
        for what, goal in (FASTER if records >= CONTRACT else {}).items()
        for one in (["register"] if what == "find" else ["register", "table"])
    ]
    most = [
        (f"register / bare SQLite, {what}", ratio(what, "register", "bare"), goal) for what, goal in LIKE_BARE.items()
    ]
    most += [
        (f"register / sqlite-utils, same work, {what}", ratio(what, "register", "utils"), NOISE)
        for what in ("insert", "update", "get", "find")
    ]
    most += [
        (f"table / sqlite-utils, rows only, {what}", ratio(what, "table", "utils-rows"), NOISE)
        for what in ("bulk", "insert", "update", "get")
    ]
    if records >= CONTRACT:
        most += [("register / sqlite-utils, same work, bulk", ratio("bulk", "register", "utils"), NOISE)]
        most += [(f"{one} / plain TinyDB, bulk", ratio("bulk", one, "plain"), BULK) for one in ("register", "table")]
    most += [(f"register, insert at {records} / at 1000", ratio("growth", "register", "small"), GROWTH)]
    print(f"\n{'what':52}{'measured':>12}{'goal':>10}")
    bad = 0
    for what, value, goal in least:
        print(f"{what:52}{value:>12.1f}{goal:>9.0f}+{'' if value >= goal else '  missed'}")
        bad += value < goal * 2 / 3
    for what, value, goal in most:
        print(f"{what:52}{value:>12.2f}{goal:>10.2f}{'' if value <= goal else '  missed'}")
        bad += value > goal * 4 / 3
    return bad


def verified(path: Path) -> None:
    """Prints what verifying takes, in a process of its own."""
    start = multiprocessing.get_context("spawn")
    here, there = start.Pipe(duplex=False)
    process = start.Process(target=verify, args=(path, there))
    process.start()
    spent, changes, findings, before, after = here.recv()
    process.join()
    print(f"\nverify: {spent:.1f} s of CPU for {changes} changes, {findings} findings; ", end="")
    print(f"memory {before} → {after} MB at most" if after else "memory is told on Linux only")


def verify(path: Path, pipe: Connection) -> None:
    with open_store(path, user="anna") as store:
        before, began = most_memory(), time.process_time()
        found = store.verify()
        pipe.send((time.process_time() - began, found.changes, len(found.findings), before, most_memory()))


def most_memory() -> int:
    """The most that this process has used so far, in MB; 0 where Linux does not tell."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def writing_at_once(writes: int) -> int:
    """Prints what six processes that never pause take for a write; 1 when a write is lost or p99 is above its goal."""
    run = [sys.executable, "-m", "tests.crash.many", str(writes)]
    done = subprocess.run(run, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    goal = max(10 * told["sync_ms"], 500)
    print(
        f"six processes × {writes} mixed writes: {told['writes']} acknowledged, {told['missing']} missing or added wrongly;"
    )
    missed = "" if told["p99_ms"] <= goal else "  missed"
    print(
        f"median {told['median_ms']} ms, p99 {told['p99_ms']} ms, goal {goal:.0f} (ten syncs or 500 ms, the larger){missed}"
    )
    return int(bool(done.returncode or missed))


if __name__ == "__main__":
    sys.exit(main())
