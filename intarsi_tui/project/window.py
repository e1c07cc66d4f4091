"""One run of the app in an office: what is half done belongs to it as long as it runs, and to whoever comes next afterwards.

It holds a lock on an empty file (`.window-…`), which every system takes back from a program that ends, however it does.
"""

from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from ..store.errors import StoreError
from .locks import locked
from .where import WINDOW


class Window:
    """A window of the office in `folder`.

    Attributes:
        id: its name, which no other one has.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: Any = None
        self.id = uuid4().hex[:12]

    def hold(self) -> None:
        """From now on others see that it is there; without a place for the file they think it is gone."""
        if self._lock is not None:
            return
        for path in self._folder.glob(f"{WINDOW}*"):  # of programs that were killed
            self.runs(path.name.removeprefix(WINDOW))
        with suppress(StoreError):
            # A transaction that has read something shares the lock until it ends. Another window that clears up after killed
            # programs may take the file for one of theirs before it is locked: then once more.
            while not self._path(self.id).exists():
                self._let_go()
                self._lock = locked(self._path(self.id), "BEGIN", "SELECT count(*) FROM sqlite_master")

    def runs(self, id: str) -> bool:
        """Whether another window is still there."""
        path = self._path(id)
        if id in ("", self.id) or not path.exists():
            return False
        try:
            with closing(locked(path, "PRAGMA busy_timeout = 0", "BEGIN EXCLUSIVE")):
                pass
        except StoreError:
            return True
        with suppress(OSError):
            path.unlink()
        return False

    def close(self) -> None:
        """What it leaves is for whoever comes next."""
        if self._lock is not None:
            self._let_go()
            with suppress(OSError):
                self._path(self.id).unlink()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _path(self, id: str) -> Path:
        return self._folder / f"{WINDOW}{id}"
