"""The app at a pseudo-terminal: CPU of the program and bytes to the terminal, beside its peers in the same run.

DataTable, Select and a form of inputs are bare Textual apps in our environment; textual-fastdatatable, VisiData, harlequin and
posting come into a throw-away environment when the package registry can be reached (`--peers FOLDER` keeps it). CPU is that of
the process, so another program on the machine changes little. Linux only. Each figure is printed when it is found, and all of them
at the end, beside their goals; only one missed by more than a third exits 1 (with `--small` by four times: the gate's machine is shared).

python benchmarks/app.py [--records 100000] [--keys 40] [--peers FOLDER] [--office FOLDER]
python benchmarks/app.py --small       for the gate: 3,000 records, no peers from the registry
"""

import argparse
import csv
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from threading import Event
from typing import Any

import app_office
import app_peers
from app_rows import visit
from terminals import DOWN, END, ENTER, ESC, F2, F3, PAGE_DOWN, Cost, Terminal

from intarsi_tui.exchange.adjusting import Adjusted
from intarsi_tui.exchange.apart import ImportProcess
from intarsi_tui.host.office import open_office
from intarsi_tui.project.workspace import Workspace

GOALS = {
    "first useful paint, 20 plugins, CPU ms": 400.0,
    "key to paint, CPU ms": 5.0,
    "key to paint, bytes": 600.0,
    "key to paint at 80x24, bytes": 600.0,
    "page down at 120x40, CPU ms": 10.0,
    "open the list, CPU ms": 150.0,
    "filter keystroke, median CPU ms": 20.0,
    "filter keystroke, p95 CPU ms": 40.0,
    "clear the filter, CPU ms": 20.0,
    "picker of 8,000, CPU ms": 40.0,
    "form of 25 fields, CPU ms": 90.0,
    "memory with the list open, MB": 120.0,
    "idle for 5 s, bytes": 0.0,
    "key during an import, median ms": 20.0,
    "key during an import, p95 ms": 20.0,
}
# Seconds of silence: after a paint, and after which the record beside the list has been drawn too.
PAINTED, RESTED = 0.05, 0.25
TYPED = ("via nido", "comune 12", "operatore 3", "corso lav", "c00012", "scuola 8")
SMALL = {"records": 3000, "keys": 15, "small": True}
Found = dict[str, float]


class Told(Found):
    """Figures, each of which is printed when it is found: all of them take minutes."""

    def __setitem__(self, what: str, value: float) -> None:
        print(f"{what:60}{value:>9.1f}", flush=True)
        super().__setitem__(what, value)

    def take(self, more: Found) -> None:
        for what, value in more.items():
            self[what] = value


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--keys", type=int, default=40)
    options.add_argument("--peers", type=Path, help="where the peers' environment is, or is made")
    options.add_argument("--office", type=Path, help="where the office is, or is made; only read")
    options.add_argument("--small", action="store_const", const=SMALL, default={})
    given = options.parse_args()
    vars(given).update(given.small)
    if not sys.platform.startswith("linux"):
        print("Only on Linux: the CPU clock of another process is read.")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["INTARSI_CACHE"] = scratch + "/cache"
        # As in an installation, Python keeps what it compiled; without that a start costs half as much again.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = scratch + "/compiled"
        folder = given.office or Path(scratch)
        place = folder / "office"
        if not place.exists():
            began = time.process_time()
            print(f"an office of {given.records:,} records … ", end="", flush=True)
            app_office.made(folder, given.records)
            print(f"made in {time.process_time() - began:.0f} s of CPU\n", flush=True)
        ours = measured(place, given.keys, None if given.small else Path(scratch), given.records)
        peers = app_peers.measured(Path(scratch), given.peers, given.records, given.keys, bool(given.small))
    return told(ours, peers, 4.0 if given.small else 4 / 3)


def program(place: Path, width: int = 120, height: int = 40) -> Terminal:
    return Terminal([sys.executable, "-m", "intarsi_tui", "-w", place, "--lang", "it"], width, height)


def measured(place: Path, keys: int, scratch: Path | None, records: int) -> Found:
    """Our figures; `scratch` is where the import's file may lie, `None` for no import."""
    found = Told()
    found.take(starting(place))
    terminal = program(place)
    try:
        terminal.until("Registri")
        terminal.rest(1.0)
        terminal.press(F3)
        terminal.press(END)
        terminal.calm()
        found["open the list, CPU ms"] = terminal.press(ENTER).cpu
        found.take(within_list(terminal, keys))
        found["memory with the list open, MB"] = terminal.memory
        found.take(filtering(terminal, TYPED))
        found["idle for 5 s, bytes"] = len(terminal.rest(1.5)) if not scratch else idle(terminal)
        found["picker of 8,000, CPU ms"] = picking(terminal)
        found["form of 25 fields, CPU ms"] = form(terminal)
    finally:
        terminal.close()
    found["key to paint at 80x24, bytes"] = narrow(place, keys)
    if scratch:
        found.take(importing(place, scratch, records))
    return found


def starting(place: Path) -> Found:
    """To the first paint with the registers on it: the least of some starts, the first of which fills the cache."""
    spent = []
    for _ in range(6):
        terminal = program(place)
        try:
            terminal.until("Registri")
            spent.append(terminal.cpu)
            terminal.rest(0.5)
        finally:
            terminal.close()
    return {"first useful paint, 20 plugins, CPU ms": min(spent[1:])}


def within_list(terminal: Terminal, keys: int) -> Found:
    """Steps that stay on the page, then whole pages: to the paint of the rows; the record beside them follows the resting cursor."""
    terminal.press(DOWN)

    def cost(key: str) -> Cost:
        found = terminal.press(key, PAINTED)
        terminal.rest(RESTED)
        return found

    steps = [cost(DOWN) for _ in range(min(keys, 30))]
    pages = [cost(PAGE_DOWN) for _ in range(keys)]
    before, began = terminal.cpu, terminal.press(DOWN, PAINTED).cpu
    sent = len(terminal.rest(RESTED))
    beside = terminal.cpu - before - began
    return {
        "key to paint, CPU ms": median(one.cpu for one in steps),
        "key to paint, bytes": median(one.sent for one in steps),
        "page down at 120x40, CPU ms": median(one.cpu for one in pages),
        "record beside the list, once the cursor rests, CPU ms": beside,
        "record beside the list, once the cursor rests, bytes": float(sent),
    }


def filtering(terminal: Terminal, typed: tuple[str, ...], clear: str = ESC) -> Found:
    """Every key of some searches, each search from the whole list; `clear` takes the filter away."""
    strokes, cleared = list[Cost](), list[Cost]()
    for words in typed:
        terminal.press("/", RESTED)
        for letter in words:
            strokes.append(terminal.press(letter, PAINTED))
            terminal.rest(RESTED)
        cleared.append(terminal.press(clear, PAINTED))
        terminal.rest(RESTED)
    spent = [one.cpu for one in strokes]
    return {
        "filter keystroke, median CPU ms": median(spent),
        "filter keystroke, p95 CPU ms": quantiles(spent, n=20)[-1],
        "clear the filter, CPU ms": median(one.cpu for one in cleared),
    }


def idle(terminal: Terminal) -> float:
    end, sent = time.monotonic() + 5, 0
    while time.monotonic() < end:
        sent += len(terminal.rest(0.5))
    return float(sent)


def picking(terminal: Terminal) -> float:
    """The list behind a link to 8,000 records, opened from the form of a new visit (its eighth field)."""
    terminal.press("n", 0.6)
    for _ in range(7):
        terminal.press("\t")
    spent = []
    for _ in range(3):
        spent.append(terminal.press(ENTER, 0.4).cpu)
        terminal.press(ESC, 0.4)
    terminal.press(ESC, 0.6)
    return median(spent)


def form(terminal: Terminal) -> float:
    """A new record of 25 fields; its register is the first of three, the list of visits the last."""
    terminal.press(F2, 0.6)
    terminal.press("\x10", 0.6)
    for letter in "schede":
        terminal.press(letter)
    terminal.press(ENTER, 0.6)
    spent = []
    for _ in range(3):
        spent.append(terminal.press("n", 0.6).cpu)
        terminal.press(ESC, 0.6)
    return median(spent)


def narrow(place: Path, keys: int) -> float:
    terminal = program(place, 80, 24)
    try:
        terminal.until("Registri")
        terminal.rest(1.0)
        for key in (F3, END, ENTER):
            terminal.press(key)
        return median(terminal.press(DOWN, 0.1).sent for _ in range(min(keys, 15)))
    finally:
        terminal.close()


def importing(place: Path, scratch: Path, records: int) -> Found:
    """Wall time from key to first byte while as many rows as there are records are checked, by the process that imports for the app."""
    rows = [visit(number) for number in range(records, 2 * records)]
    source = scratch / "visits.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "hours": f"{row['hours']}m"} for row in rows)
    terminal = program(place)
    with open_office(Workspace(place), "it") as office, ThreadPoolExecutor(1) as thread:
        other, begun = ImportProcess(office), Event()
        try:
            terminal.until("Registri")
            terminal.rest(1.0)
            for key in (F3, END, ENTER):
                terminal.press(key)
            other.look(source, None, "zvisits.visit")
            done = thread.submit(other.take, "zvisits.visit", Adjusted(), write=False, follow=lambda _rows: begun.set())
            begun.wait(120)
            waits = [terminal.press(key, 0.1).first for _ in range(60) for key in (DOWN, PAGE_DOWN)]
            if done.done():
                print(f"the import ended early: {done.exception() or done.result()}"[:300])
        finally:
            other.stop()
            other.close()
            terminal.close()
    return {
        "key during an import, median ms": median(waits),
        "key during an import, p95 ms": quantiles(waits, n=20)[-1],
    }


def told(ours: Found, peers: dict[str, Any], patience: float) -> int:
    names = list(peers)
    print(f"\n{'what':42}{'ours':>9}{'goal':>8}{'ratio':>8}" + "".join(f"{name:>22}" for name in names))
    missed = False
    for what, goal in GOALS.items():
        if what not in ours:
            continue
        value = ours[what]
        ratio = value / goal if goal else float(value > 0)
        missed |= ratio > patience
        beside = "".join(f"{_beside(peers[name], what):>22}" for name in names)
        print(f"{what:42}{value:>9.1f}{goal:>8.0f}{ratio:>8.2f}{beside}{'' if ratio <= 1 else '  missed'}")
    return int(missed)


def _beside(peer: Found | str, what: str) -> str:
    return peer if isinstance(peer, str) else f"{peer[what]:.1f}" if what in peer else "–"


if __name__ == "__main__":
    sys.exit(main())
