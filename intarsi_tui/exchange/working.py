"""The process that imports while another one shows the screens: it reads a JSON line for each task and answers with lines.

A task that comes while another one runs stops that one, and everything it did is rolled back.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, TYPE_CHECKING, Any

from .adjusting import Adjusted
from .apart import Remark, Stopped, Taken
from .looking import Row, as_text, look

if TYPE_CHECKING:
    from ..host.office import Office
    from .imports import Outcome

MOST = 1000  # remarks that are handed over: nobody corrects more by hand
PAUSE = 0.25  # seconds between two lines about how far it has come


class _Work:
    """The side that works."""

    def __init__(self, office: "Office", tasks: "SimpleQueue[dict[str, Any] | None]", out: IO[bytes]) -> None:
        self.office, self._tasks, self._out = office, tasks, out
        self._path, self._rows = Path(), list[Row]()

    def say(self, **words: Any) -> None:
        self._out.write(json.dumps(words).encode() + b"\n")
        self._out.flush()

    def look(self, path: str, sheet: str | None, table: str, asked: list[int]) -> dict[str, Any]:
        self._path = Path(path)
        found, self._rows = look(self.office, self._path, sheet, table, asked)
        return asdict(found)

    def take(
        self, table: str, columns: dict[str, str], values: list[list[Any]], without: list[int], write: bool
    ) -> dict[str, Any]:
        from .imports import import_rows

        adjusted = Adjusted(columns, {(row, name): value for row, name, value in values}, frozenset(without))
        outcome = import_rows(
            self.office, table, self._path, iter(self._rows), write=write, adjusted=adjusted, ignore_unknown=True,
            follow=self._telling(),
        )  # fmt: skip
        return asdict(self._worded(table, adjusted, outcome))

    def _telling(self) -> Callable[[], None]:
        done, last = 0, monotonic()

        def follow() -> None:
            nonlocal done, last
            done += 1
            if not self._tasks.empty():
                raise Stopped
            if monotonic() - last > PAUSE:
                last = monotonic()
                self.say(done=done)

        return follow

    def _worded(self, table: str, adjusted: Adjusted, outcome: "Outcome") -> Taken:
        from .headings import find_heading

        lang, declaration = self.office.lang, self.office.declarations[table]
        heading, _rows = find_heading(declaration, iter(self._rows), self._path, adjusted.columns)
        places = {one.name: at for at, one in heading.fields.items()}
        # What keeps everything from being written comes first.
        problems = sorted(outcome.problems, key=lambda one: one.severity != "error")
        wanted = {problem.row for problem in problems[:MOST]}
        cells = {number: [as_text(cell) for cell in row] for number, row in self._rows if number in wanted}
        remarks = []
        for problem in problems[:MOST]:
            name = (problem.field or "").partition(".")[0]
            at, row = places.get(name, -1), cells.get(problem.row or 0, [])
            value = row[at] if 0 <= at < len(row) else ""
            value = adjusted.values.get((problem.row or 0, name), value)
            remarks.append(Remark(problem.row, name, value, problem.text(lang), problem.severity == "error"))
        errors = sum(problem.severity == "error" for problem in problems)
        return Taken(
            outcome.new, outcome.changed, outcome.unchanged, outcome.written, errors, len(problems) - errors, remarks,
            cells, outcome.ignored,
        )  # fmt: skip


def _serve(source: IO[bytes], out: IO[bytes]) -> None:
    from ..host.office import open_office
    from ..i18n import choose
    from ..project.workspace import Workspace

    hello = json.loads(source.readline())
    workspace = Workspace(Path(hello["workspace"]))
    if hello["key"]:  # asked for already, by the process that shows the screens
        vars(workspace)["key"] = bytes.fromhex(hello["key"])
    tasks: SimpleQueue[dict[str, Any] | None] = SimpleQueue()

    def read() -> None:
        for line in source:
            tasks.put(json.loads(line))
        tasks.put(None)

    with open_office(workspace, choose(hello["lang"]), read_only=hello["read_only"]) as office:
        office.store.user = hello["user"]
        work = _Work(office, tasks, out)
        Thread(target=read, daemon=True).start()
        while (task := tasks.get()) is not None:
            if (what := task.pop("do")) != "stop":
                _do(work, what, task)


def _do(work: _Work, what: str, task: dict[str, Any]) -> None:
    from ..project.errors import ProjectError
    from ..sheets import SheetError
    from ..store import StoreError
    from .problems import FileRefused

    try:
        work.say(answer=work.look(**task) if what == "look" else work.take(**task))
    except Stopped:
        work.say(stopped=True)
    except (FileRefused, SheetError, StoreError, ProjectError) as error:
        work.say(refused=error.text(work.office.lang))


def main() -> None:
    """The process: tasks come on standard input, answers go to standard output and nothing else does.

    It gives way to the screens: on two busy processors a key then waits for nobody.
    """
    if hasattr(os, "nice"):  # on Windows it is started so
        os.nice(10)
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # a plugin may print
    try:
        _serve(sys.stdin.buffer, out)
    except (BrokenPipeError, KeyboardInterrupt):  # the screens are gone
        sys.exit(1)


if __name__ == "__main__":
    main()
