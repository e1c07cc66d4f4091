"""Writers killed with -9 at any moment, from making the database on: `python -m tests.crash.kills ROUNDS [WRITERS] [SEED]`."""

import contextlib
import multiprocessing
import os
import random
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from .work import Told, Writer, opened, report

# Starting Python anew takes longer than the round; Windows has nothing else.
START = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
ROUNDS_OF_ONE_FILE = 25
LONGEST = 0.08  # seconds that a writer lives, in most rounds after its first acknowledged write
AFTER_FIRST = 0.8
PATIENCE = 30
FAILED = 1  # the exit code of an exception; Windows gives it to killed processes too


def main(rounds: int, writers: int = 1, seed: int = 1) -> int:
    luck = random.Random(seed)
    missing: list[str] = []
    writes = kills_while_opening = 0
    with tempfile.TemporaryDirectory() as folder:
        warm_up(Path(folder) / "warm.db")
        for number in range(rounds):
            if number % ROUNDS_OF_ONE_FILE == 0:
                path, told = Path(folder) / f"{number}.db", Told()
                unsure = 0
            before = told.writes
            missing += killed_round(path, [f"w{number}.{one}." for one in range(writers)], luck, told)
            unsure += writers
            writes += told.writes - before
            kills_while_opening += told.writes == before
            missing += told.missing(path, unsure)
    report(
        kills=rounds * writers, rounds=rounds, writers=writers, acknowledged=writes,
        rounds_without_any=kills_while_opening, missing=len(missing), first=missing[:3],
    )  # fmt: skip
    return int(bool(missing))


def warm_up(path: Path) -> None:
    """Loads here what each forked writer would load anew."""
    with opened(path) as store:
        writer = Writer(store, "warm", 1, lambda fact: None)
        for _ in range(20):
            writer.write()


def killed_round(path: Path, names: list[str], luck: random.Random, told: Told) -> list[str]:
    """Starts the writers, kills them all, and takes what they had been told; returns those that had ended by themselves."""
    running = []
    for name in names:
        here, there = START.Pipe(duplex=False)
        process = START.Process(target=write, args=(path, name, luck.random(), there))
        process.start()
        there.close()
        running.append((process, here))
    if luck.random() < AFTER_FIRST:
        running[0][1].poll(PATIENCE)
    time.sleep(luck.uniform(0, LONGEST))
    for process, _ in running:
        process.kill()
    for process, here in running:
        process.join()
        with contextlib.suppress(EOFError, OSError):
            while True:
                told.take(here.recv())
        here.close()
    return [
        f"{process.name} ended with {process.exitcode}"
        for process, _ in running
        if process.exitcode == FAILED and os.name != "nt"
    ]


def write(path: Path, name: str, seed: float, pipe: Connection) -> None:
    """Writes until killed."""
    with opened(path, name) as store:
        writer = Writer(store, name, int(seed * 1e9), pipe.send)
        while True:
            writer.write()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
