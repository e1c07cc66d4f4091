"""An import in a process of its own: checking 100,000 rows keeps one processor busy, and the screen must not feel it.

The process that is started (`working.py`) is given a JSON line for each task and answers with lines: how far it has come, then
the result.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from threading import Lock
from typing import TYPE_CHECKING, Any

from ..project.trials import clear
from ..records.labels import Label
from .adjusting import Adjusted
from .looking import Look, SeenColumn
from .remarks import Remark

if TYPE_CHECKING:
    from ..host.office import Office

PATIENCE = 5.0  # seconds that the other process has to end by itself

ENDED = Label("L'importazione si è interrotta: non è stato scritto niente", "The import broke off: nothing was written")


@dataclass(frozen=True)
class Taken:
    """What an import did, or would do, with its first remarks.

    Attributes:
        errors, warnings: how many there are of all.
        cells: row number → its cells as texts, of the rows with remarks.
        ignored: headings of columns that are left out.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    written: bool = False
    errors: int = 0
    warnings: int = 0
    remarks: list[Remark] = field(default_factory=list)
    cells: dict[int, list[str]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)


class Refused(Exception):
    """A file or an office that cannot be used; the sentence says why."""


class Stopped(Exception):
    """A task that was stopped; it has left nothing behind."""


class ImportProcess:
    """The other process, started by the first task. Tasks block their thread; `stop` may come from another one."""

    def __init__(self, office: "Office") -> None:
        self._office = office
        self._process: Popen[bytes] | None = None
        self._asking, self._sending = Lock(), Lock()

    def look(self, path: Path, sheet: str | None, table: str, asked: Sequence[int] = ()) -> Look:
        """See `looking.look`. Raises Refused, Stopped."""
        task = {"do": "look", "path": str(path), "sheet": sheet, "table": table, "asked": list(asked)}
        found = self._ask(task, lambda _done: None)
        cells = {int(row): texts for row, texts in found["cells"].items()}
        return Look(**{**found, "columns": [SeenColumn(**one) for one in found["columns"]], "cells": cells})

    def take(self, table: str, adjusted: Adjusted, *, write: bool, follow: Callable[[int], None]) -> Taken:
        """Imports the file that was looked at last, or tries to.

        Parameters:
            follow: told from time to time how many rows are done, in the thread of the caller.

        Raises:
            Refused, Stopped.
        """
        task = {
            "do": "take", "table": table, "write": write, "columns": dict(adjusted.columns),
            "values": [[row, name, value] for (row, name), value in adjusted.values.items()],
            "without": sorted(adjusted.without), "always": dict(adjusted.always),
            "included": sorted(adjusted.included),
        }  # fmt: skip
        found = self._ask(task, follow)
        cells = {int(row): texts for row, texts in found["cells"].items()}
        return Taken(**{**found, "remarks": [Remark(**one) for one in found["remarks"]], "cells": cells})

    def save_remarks(self, path: Path) -> None:
        """Writes all remarks of the last trial to a file. Raises Refused, Stopped."""
        self._ask({"do": "save", "path": str(path)}, lambda _done: None)

    def stop(self) -> None:
        """Stops the task that runs, if one does."""
        if self._process is not None:
            self._send({"do": "stop"})

    def close(self) -> None:
        """Ends the process; what runs is rolled back."""
        process, self._process = self._process, None
        if process is not None and process.stdin and process.stdout:
            with suppress(OSError):  # it has ended by itself
                process.stdin.close()
            try:
                process.wait(PATIENCE)
            except TimeoutExpired:
                process.kill()  # the database rolls back what was not written whole
                process.wait()
                clear(self._office.workspace)
            process.stdout.close()

    def _ask(self, task: dict[str, Any], follow: Callable[[int], None]) -> dict[str, Any]:
        with self._asking:
            process = self._process or self._start()
            assert process.stdout is not None
            self._send(task)
            for line in process.stdout:
                said = json.loads(line)
                if "done" in said:
                    follow(said["done"])
                elif "refused" in said:
                    raise Refused(said["refused"])
                elif "stopped" in said:
                    raise Stopped
                else:
                    answer: dict[str, Any] = said["answer"]
                    return answer
        raise Refused(ENDED(self._office.lang))

    def _start(self) -> "Popen[bytes]":
        # -P: a file of the folder where the program was started must not stand in for a module.
        command = [sys.executable, "-P", "-m", "intarsi_tui.exchange.working"]
        gives_way = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)  # Windows; elsewhere it sees to that itself
        self._process = Popen(  # noqa: S603
            command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, creationflags=gives_way
        )
        key = self._office.workspace.key
        self._send(
            {
                "workspace": str(self._office.workspace.path), "key": key.hex() if key else None,
                "user": self._office.user, "lang": self._office.lang,
                "read_only": self._office.store.connection.read_only,
            }
        )  # fmt: skip
        return self._process

    def _send(self, task: dict[str, Any]) -> None:
        process = self._process
        with self._sending:
            if process is not None and process.stdin is not None:
                try:
                    process.stdin.write(json.dumps(task).encode() + b"\n")
                    process.stdin.flush()
                except (OSError, ValueError):  # it has ended: who waits for its answer will learn that
                    return
