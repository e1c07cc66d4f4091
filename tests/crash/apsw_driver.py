"""The part of Python's sqlite3 that the store uses, over apsw: only apsw lets a test stand in for the disk.

`install()` must come before anything of the store is imported; so these tests are programs of their own.
"""

import contextlib
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

import apsw

sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(map(int, sqlite_version.split(".")))

# The disk on which files are opened, None for the real one.
disk: str | None = None


class Error(Exception):
    """Any error, with SQLite's code as `sqlite_errorcode`."""

    def __init__(self, error: apsw.Error) -> None:
        super().__init__(str(error))
        codes = (code for code, kind in CODES.items() if type(error) is kind)
        self.sqlite_errorcode = getattr(error, "extendedresult", None) or next(codes, 1)


class DatabaseError(Error):
    pass


class OperationalError(DatabaseError):
    pass


CODES = {code: kind for code in range(1, 27) if (kind := apsw.exception_for(code).__class__)}


def connect(path: str, timeout: float, isolation_level: None, check_same_thread: bool) -> "Connection":
    try:
        return Connection(apsw.Connection(path, vfs=disk), timeout)
    except apsw.Error as error:
        raise OperationalError(error) from error


class Connection:
    def __init__(self, connection: apsw.Connection, timeout: float) -> None:
        self._connection = connection
        connection.set_busy_timeout(int(timeout * 1000))
        connection.set_rollback_hook(self._note)
        self._rolled_back = False

    def _note(self) -> None:
        self._rolled_back = True

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    @property
    def total_changes(self) -> int:
        return self._connection.total_changes()

    def execute(self, sql: str, params: Iterable[Any] = ()) -> "Cursor":
        self._rolled_back = False
        try:
            return Cursor(self._connection, sql, tuple(params))
        except OperationalError:
            # A commit that is done goes on to a checkpoint, and SQLite does not mind when that fails; apsw tells all the same.
            if sql == "COMMIT" and not self.in_transaction and not self._rolled_back:
                return Cursor(self._connection, "", ())
            raise

    def executemany(self, sql: str, rows: Iterable[Any]) -> None:
        for row in rows:
            self.execute(sql, row)

    def close(self) -> None:
        # SQLite does not mind a checkpoint that fails here; apsw tells all the same.
        with contextlib.suppress(apsw.Error):
            self._connection.close()


class Cursor:
    def __init__(self, connection: apsw.Connection, sql: str, params: tuple[Any, ...]) -> None:
        try:
            self._cursor = connection.execute(sql, params)
        except apsw.Error as error:
            raise OperationalError(error) from error

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._cursor
        except apsw.Error as error:
            raise OperationalError(error) from error

    def fetchone(self) -> tuple[Any, ...] | None:
        return next(iter(self), None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return list(self)


def install() -> None:
    """Makes the store take this driver."""
    module = sys.modules[__name__]
    assert "intarsi_tui.store.driver" not in sys.modules
    sys.modules["sqlcipher3"] = ModuleType("sqlcipher3")
    sys.modules["sqlcipher3.dbapi2"] = module
