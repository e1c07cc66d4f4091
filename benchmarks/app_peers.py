"""The peers of `app.py`: bare Textual apps that do what ours does with the library's own widgets, and finished programs.

Run as a program it is one of the bare apps: `python app_peers.py datatable|fastdatatable|select|form RECORDS`.
"""

import csv
import subprocess
import sys
import time
import venv
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from app_rows import visit

PACKAGES = {
    "textual-fastdatatable": "textual-fastdatatable",
    "VisiData": "visidata",
    "harlequin": "harlequin",
    "posting": "posting",
}
TYPED = ("via nido", "comune 12", "operatore 3")
PICKED = 8000
Found = dict[str, float]


def rows(records: int) -> list[tuple[str, ...]]:
    return [tuple(map(str, visit(number).values())) for number in range(records)]


# the bare apps


def bare(which: str, records: int) -> None:
    from textual.app import App, ComposeResult
    from textual.widgets import Input, Select, Static

    table: Any = None
    if which == "datatable":
        from textual.widgets import DataTable as table  # noqa: N813
    elif which == "fastdatatable":
        from textual_fastdatatable import ArrowBackend
        from textual_fastdatatable import DataTable as table  # noqa: N813
    names = ["code", "day", "town", "address", "operator", "hours", "cost"]
    data = rows(records) if table else []

    class Bare(App[None]):
        BINDINGS = [("f5", "open"), ("slash", "filter"), ("escape", "clear")]  # noqa: RUF012

        def compose(self) -> ComposeResult:
            yield Static("ready")
            if which == "select":
                yield Select([(f"Ente {number:04d}", number) for number in range(PICKED)])

        def on_mount(self) -> None:
            self.typed: Input | None = None

        async def action_open(self) -> None:
            if which == "form":
                await self.mount_all(Input(placeholder=f"Field {number}", compact=True) for number in range(25))
                self.query(Input).first().focus()
            elif which == "datatable":
                self.table = table(cursor_type="row")
                await self.mount(self.table)
                self.table.add_columns(*names)
                self.table.add_rows(data)
                self.table.focus()
            elif which == "fastdatatable":
                await self._fast(data)
                self.table.focus()

        async def _fast(self, shown: list[tuple[str, ...]]) -> None:
            backend = ArrowBackend.from_pydict({name: [row[at] for row in shown] for at, name in enumerate(names)})
            for old in self.query(table):
                await old.remove()
            self.table = table(backend=backend, cursor_type="row")
            await self.mount(self.table)

        async def action_filter(self) -> None:
            self.typed = Input()  # `compact` is not known to older releases
            await self.mount(self.typed, before=0)
            self.typed.focus()

        async def on_input_changed(self, event: Input.Changed) -> None:
            if which in ("datatable", "fastdatatable"):
                await self._show(event.value)

        async def _show(self, words: str) -> None:
            wanted = words.lower().split()
            found = [row for row in data if all(word in " ".join(row).lower() for word in wanted)] if wanted else data
            if which == "datatable":
                self.table.clear()
                self.table.add_rows(found)
            else:
                await self._fast(found)

        async def action_clear(self) -> None:
            if self.typed:
                with self.prevent(Input.Changed):
                    await self.typed.remove()
                self.typed = None
                await self._show("")
                self.table.focus()

    Bare().run()


# their figures


def measured(scratch: Path, folder: Path | None, records: int, keys: int, small: bool) -> dict[str, Found | str]:
    """The figures of each peer, or in one word why there are none."""
    print("\nthe peers …", flush=True)
    found: dict[str, Found | str] = {"DataTable": _guarded(_table, [sys.executable], "datatable", records, keys)}
    here = "not asked for" if small else _environment(folder or scratch / "peers")
    if isinstance(here, str):
        return found | dict.fromkeys(PACKAGES, here)
    python = here / "bin" / "python"
    if _has(python, "textual_fastdatatable"):
        found["textual-fastdatatable"] = _guarded(_table, [python], "fastdatatable", records, keys)
    else:
        found["textual-fastdatatable"] = "not installed"
    source = scratch / "peers.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["code", "day", "town", "address", "operator", "hours", "cost"], *rows(records)])
    found["VisiData"] = _guarded(_visidata, here, source, keys) if (here / "bin" / "vd").exists() else "not installed"
    for name, options, words in (
        ("harlequin", ["-a", "sqlite", scratch / "some.db"], "Data Catalog"),
        ("posting", [], "Enter a URL"),
    ):
        there = (here / "bin" / name).exists()
        found[name] = _guarded(_start, [here / "bin" / name, *options], words) if there else "not installed"
    return found


def _guarded(step: Any, *given: Any) -> Found | str:
    try:
        found: Found = step(*given)
    except (TimeoutError, OSError, subprocess.SubprocessError) as error:
        return f"failed: {type(error).__name__}"
    return found


def _environment(folder: Path) -> Path | str:
    """Where the peers are installed, or why they are not."""
    if not (folder / "bin" / "python").exists():
        print("their packages are installed, which may take minutes …", flush=True)
        try:
            venv.create(folder, with_pip=True)
            subprocess.run(
                [folder / "bin" / "pip", "install", "-q", "pyarrow<20", *PACKAGES.values()],
                check=True, capture_output=True, timeout=900,
            )  # fmt: skip
        except (subprocess.SubprocessError, OSError):
            return "not installed"
    return folder


def _has(python: Path, module: str) -> bool:
    return subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


def _table(command: list[Any], which: str, records: int, keys: int) -> Found:
    from terminals import DOWN, ENTER, ESC, PAGE_DOWN, Terminal

    found: Found = {"first useful paint, 20 plugins, CPU ms": _start([*command, __file__, "form", 0], "ready")[START]}
    terminal = Terminal([*command, __file__, which, records])
    try:
        terminal.until("ready")
        terminal.rest(1.0)
        found["open the list, CPU ms"] = terminal.press("\x1b[15~", 1.0, 90).cpu
        terminal.press(DOWN)
        steps = [terminal.press(DOWN, 0.05) for _ in range(min(keys, 30))]
        pages = [terminal.press(PAGE_DOWN, 0.05) for _ in range(keys)]
        found["key to paint, CPU ms"] = median(one.cpu for one in steps)
        found["key to paint, bytes"] = median(one.sent for one in steps)
        found["page down at 120x40, CPU ms"] = median(one.cpu for one in pages)
        found["memory with the list open, MB"] = terminal.memory
        strokes, cleared = [], []
        for words in TYPED[:2]:
            terminal.press("/", 0.4)
            # A cursor that blinks never rests longer.
            strokes += [terminal.press(letter, 0.35, 30) for letter in words]
            cleared.append(terminal.press(ESC, 0.35, 60))
        if all(one.sent and one.cpu for one in strokes):  # else the app has ended, or its filter does nothing
            found["filter keystroke, median CPU ms"] = median(one.cpu for one in strokes)
            found["filter keystroke, p95 CPU ms"] = quantiles([one.cpu for one in strokes], n=20)[-1]
            found["clear the filter, CPU ms"] = median(one.cpu for one in cleared)
    finally:
        terminal.close()
    if which == "datatable":
        found["picker of 8,000, CPU ms"] = _once([*command, __file__, "select", 0], "\t", ENTER)
        found["form of 25 fields, CPU ms"] = _once([*command, __file__, "form", 0], "", "\x1b[15~")
    return found


def _once(command: list[Any], before: str, key: str) -> float:
    from terminals import Terminal

    terminal = Terminal(command)
    try:
        terminal.until("ready")
        terminal.rest(0.5)
        if before:
            terminal.press(before, 0.3)
        return terminal.press(key, 0.4).cpu
    finally:
        terminal.close()


START = "first useful paint, 20 plugins, CPU ms"


def _start(command: list[Any], words: str) -> Found:
    from terminals import Terminal

    spent = []
    for _ in range(3):
        terminal = Terminal(command)
        try:
            terminal.until(words, 60)
            spent.append(terminal.cpu)
        finally:
            terminal.close()
    return {START: min(spent)}


def _visidata(here: Path, source: Path, keys: int) -> Found:
    from terminals import DOWN, PAGE_DOWN, Terminal

    began = time.monotonic()
    terminal = Terminal([here / "bin" / "python", here / "bin" / "vd", source])
    try:
        terminal.until("C0000001", 60)
        found = {START: terminal.cpu}
        while time.monotonic() < began + 60 and terminal.press(DOWN, 0.3).cpu > 30:  # it goes on reading meanwhile
            pass
        steps = [terminal.press(DOWN, 0.05) for _ in range(min(keys, 30))]
        pages = [terminal.press(PAGE_DOWN, 0.05) for _ in range(keys)]
        found["key to paint, CPU ms"] = median(one.cpu for one in steps)
        found["key to paint, bytes"] = median(one.sent for one in steps)
        found["page down at 120x40, CPU ms"] = median(one.cpu for one in pages)
        found["memory with the list open, MB"] = terminal.memory
    finally:
        terminal.close()
    return found


if __name__ == "__main__":
    bare(sys.argv[1], int(sys.argv[2]))
