"""The process that imports while another one shows the screens: it reads a JSON line for each task and answers with lines.

A task that comes while another one runs stops that one, and everything it did is rolled back.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, TYPE_CHECKING, Any

from .adjusting import Adjusted
from .apart import ENDED, Refused, Stopped, Taken
from .looking import Row, look
from .remarks import Remark, remarks_of, save_remarks

if TYPE_CHECKING:
    from ..host.office import Office
    from ..records.problems import Problem
    from .imports import Outcome

MOST = 1000  # remarks that are handed over: nobody corrects more by hand
# The window was closed, the computer shuts down; Windows knows only the second, and ends a program without asking.
ENDINGS = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
PAUSE = 0.25  # seconds between two lines about how far it has come


class _Work:
    """The side that works."""

    def __init__(self, office: "Office", tasks: "SimpleQueue[dict[str, Any] | None]", out: IO[bytes]) -> None:
        self.office, self._tasks, self._out = office, tasks, out
        self._path, self._rows = Path(), list[Row]()
        self._last: tuple[str, Adjusted, list[Problem]] | None = None

    def say(self, **words: Any) -> None:
        self._out.write(json.dumps(words).encode() + b"\n")
        self._out.flush()

    def look(self, path: str, sheet: str | None, table: str, asked: list[int]) -> dict[str, Any]:
        self._path = Path(path)
        found, self._rows = look(self.office, self._path, sheet, table, asked)
        return asdict(found)

    def take(
        self,
        table: str,
        columns: dict[str, str],
        values: list[list[Any]],
        without: list[int],
        always: dict[str, str],
        included: list[int],
        write: bool,
    ) -> dict[str, Any]:
        from .imports import import_rows

        corrected = {(row, name): value for row, name, value in values}
        adjusted = Adjusted(columns, corrected, frozenset(without), always, frozenset(included))
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
        problems = outcome.problems
        self._last = table, adjusted, problems
        remarks, cells = self._remarks(*self._last, most=MOST)
        errors = sum(problem.severity == "error" for problem in problems)
        return Taken(
            outcome.new, outcome.changed, outcome.unchanged, outcome.written, errors, len(problems) - errors, remarks,
            cells, outcome.ignored,
        )  # fmt: skip

    def _remarks(
        self, table: str, adjusted: Adjusted, problems: "list[Problem]", most: int | None = None
    ) -> tuple[list[Remark], dict[int, list[str]]]:
        declaration = self.office.declarations[table]
        return remarks_of(declaration, self._path, self._rows, adjusted, problems[:most], self.office.lang)

    def save(self, path: str) -> dict[str, Any]:
        if self._last is None:  # this process was started after the one that checked had died
            raise Refused(ENDED(self.office.lang))
        remarks, _cells = self._remarks(*self._last)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        save_remarks(self.office, self._last[0], Path(path), remarks)
        return {}


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
        work.say(answer=getattr(work, what)(**task))
    except Stopped:
        work.say(stopped=True)
    except SheetError as error:
        work.say(refused=error.told(work.office.lang))
    except (FileRefused, StoreError, ProjectError) as error:
        work.say(refused=error.text(work.office.lang))
    except Refused as refused:
        work.say(refused=str(refused))
    except OSError as error:  # the list of problems
        work.say(refused=f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error))


def _end(_number: int, _frame: object) -> None:
    """Ends in order, so that no copy of the database is left behind; what comes while that happens changes nothing."""
    for one in ENDINGS:
        signal.signal(one, signal.SIG_IGN)
    sys.exit(1)


def main() -> None:
    """The process: tasks come on standard input, answers go to standard output and nothing else does.

    It gives way to the screens: on two busy processors a key then waits for nobody.
    """
    for one in ENDINGS:
        signal.signal(one, _end)
    if hasattr(os, "nice"):  # on Windows it is started so
        os.nice(10)
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # a plugin may print
    try:
        _serve(sys.stdin.buffer, out)
    except (BrokenPipeError, KeyboardInterrupt, SystemExit):  # the screens are gone, or it was asked to end
        os._exit(1)  # the thread that waits for tasks holds standard input, and Python would abort over that


if __name__ == "__main__":
    main()
