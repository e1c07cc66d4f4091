"""Sample data of growing size through the ordinary way of writing: time a record and memory have to stay as they are at 3,000.
Machines are shared and noisy: a missed goal is printed, and only one missed by more than a third exits 1.

python benchmarks/demo.py [RECORDS]…        3000 30000 when left out; 300000 takes a quarter of an hour
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (3000, 30_000)
WHOLE = 600  # seconds of CPU for 300,000 records


def main() -> int:
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    found = [measure(size) for size in sizes]
    print(f"{'records':>9}{'writes':>9}{'wall s':>9}{'CPU s':>9}{'ms a record':>13}{'peak MB':>9}{'file MB':>9}")
    for one in found:
        print(
            f"{one['records']:>9}{one['writes']:>9}{one['wall']:>9.1f}{one['cpu']:>9.1f}"
            f"{1000 * one['cpu'] / one['records']:>13.2f}{one['peak']:>9}{one['file']:>9}"
        )
    first, last = found[0], found[-1]
    rows: list[tuple[str, float, float]] = [
        ("CPU for 300,000 at the pace of the largest, s", 300_000 * last["cpu"] / last["records"], WHOLE)
    ]
    if last is not first:
        pace = last["cpu"] / last["records"] / (first["cpu"] / first["records"])
        rows += [
            ("time a record, largest / smallest", pace, 1.3),
            ("peak memory, largest / smallest", last["peak"] / first["peak"], 1.5),
        ]
    print(f"\n{'what':48}{'measured':>10}{'goal':>8}")
    for what, value, goal in rows:
        print(f"{what:48}{value:>10.2f}{goal:>8.2f}{'' if value <= goal else '  missed'}")
    return int(any(value > goal * 4 / 3 for _, value, goal in rows))


def measure(size: int) -> dict[str, float]:
    """A process of its own for each size: its peak of memory is nobody else's."""
    done = subprocess.run([sys.executable, __file__, "write", str(size)], check=True, stdout=subprocess.PIPE)
    return dict(json.loads(done.stdout))


def write(size: int) -> None:
    from intarsi_tui.demo import generate
    from intarsi_tui.host.office import open_office
    from intarsi_tui.project.workspace import create_workspace

    def tell(done: int, total: int) -> None:
        if done % 5000 == 0 or done == total:
            print(f"\r{size}: {done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder) / "office", "rimini")
        with open_office(workspace) as office:
            wall, cpu = time.perf_counter(), time.process_time()
            counts = generate(office, records=size, progress=tell)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            writes = office.store.connection.one("SELECT count(*) FROM history")
        file = workspace.database.stat().st_size >> 20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = {"records": sum(counts.values()), "writes": writes, "wall": wall, "cpu": cpu, "peak": peak, "file": file}
    print(json.dumps(found))


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write(int(sys.argv[2]))
    else:
        sys.exit(main())
