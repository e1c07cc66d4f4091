"""Several processes write at once: `python -m tests.crash.many WRITES [WRITERS] [SEED]`. Prints how long one write takes."""

import multiprocessing.connection
import os
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from .kills import START, warm_up
from .work import Told, Writer, opened, report

PAGE = bytes(4096)


def main(writes: int, writers: int = 6, seed: int = 1) -> int:
    with tempfile.TemporaryDirectory() as folder:
        warm_up(Path(folder) / "warm.db")
        sync = median_sync(Path(folder) / "page")
        path, told = Path(folder) / "intarsi.db", Told()
        opened(path).close()
        pipes, processes = [], []
        for number in range(writers):
            here, there = START.Pipe(duplex=False)
            process = START.Process(target=write, args=(path, f"w{number}.", seed + number, writes, there))
            process.start()
            there.close()
            pipes.append(here)
            processes.append(process)
        took: list[float] = []
        began = time.perf_counter()
        open_pipes = list(pipes)
        while open_pipes:
            for pipe in multiprocessing.connection.wait(open_pipes):
                try:
                    said = pipe.recv()  # type: ignore[union-attr]
                except EOFError:
                    open_pipes.remove(pipe)  # type: ignore[arg-type]
                    continue
                if isinstance(said, float):
                    took.append(said)
                else:
                    told.take(said)
        whole = time.perf_counter() - began
        for process in processes:
            process.join()
        missing = told.missing(path, 0)
        missing += [f"exit code {process.exitcode}" for process in processes if process.exitcode]
    took.sort()
    p99 = took[len(took) * 99 // 100]
    report(
        writers=writers, writes=len(took), missing=len(missing), first=missing[:3], per_second=round(len(took) / whole),
        median_ms=round(statistics.median(took) * 1000, 2), p99_ms=round(p99 * 1000, 1), worst_ms=round(took[-1] * 1000),
        sync_ms=round(sync * 1000, 2), p99_in_syncs=round(p99 / sync, 1),
    )  # fmt: skip
    return int(bool(missing))


def write(path: Path, name: str, seed: int, writes: int, pipe: Connection) -> None:
    with opened(path, name) as store:
        writer = Writer(store, name, seed, pipe.send)
        for _ in range(writes):
            began = time.perf_counter()
            writer.write()
            pipe.send(time.perf_counter() - began)


def median_sync(path: Path) -> float:
    """Seconds that this disk takes to write a page for good."""
    took = []
    with path.open("wb") as file:
        for _ in range(50):
            began = time.perf_counter()
            file.write(PAGE)
            file.flush()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
