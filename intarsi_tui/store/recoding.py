"""A database written anew under another key, or under none, in the place of the old one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from . import driver, schema
from .backup import look_through
from .connection import Connection
from .driver import sqlite
from .errors import StoreError

WAIT = 2000  # milliseconds for programs that are just leaving


class Taken:
    """A database that this program has for itself until the end of `taken`."""

    def __init__(self, connection: Any, path: Path) -> None:
        self._connection, self._path = connection, path
        self._part = path.with_name(f"{path.name}.part")
        _forget(self._part)

    def recode(self, key: bytes | None) -> None:
        """Writes the database anew with this key (`None`: none), proves the copy sound, and puts it into the old one's place.

        Until then the file is as it was, whatever happens.

        Raises:
            StoreError: damaged, no_encryption, disk_full and the like.
        """
        try:
            _export(self._connection, self._part, key)
            _prove(self._part, key)
            shutil.copymode(self._path, self._part)
            _switch(self._connection, self._part, self._path)
        except driver.FAILURES as error:
            raise driver.translated(error, self._path) from error
        finally:
            _forget(self._part)


@contextmanager
def taken(path: Path, key: bytes | None) -> Iterator[Taken]:
    """The database at `path`, for this program alone.

    Parameters:
        key: that it has, `None` for none.

    Raises:
        StoreError: in_use, another program has it open; wrong_key, unreadable and the like.
    """
    path = path.resolve()  # a link stays one, and leads to the new file
    try:
        connection = driver.connect(str(path), key)
        try:
            _be_alone(connection, path)
            yield Taken(connection, path)
        finally:
            connection.close()
    except driver.FAILURES as error:
        raise driver.translated(error, path) from error


def _be_alone(connection: Any, path: Path) -> None:
    """Takes the file until the connection is closed: SQLite leaves the log only when nobody else has the file open."""
    try:
        connection.execute(f"PRAGMA busy_timeout = {WAIT}")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite.OperationalError as error:
        if driver.CODES.get(error.sqlite_errorcode & 0xFF) == "locked":
            raise StoreError("in_use", path) from error
        raise
    if mode != "delete":
        raise StoreError("in_use", path)
    # Emptied, it would stay beside the new file until somebody opens that.
    connection.execute("PRAGMA journal_mode = MEMORY")
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _export(connection: Any, part: Path, key: bytes | None) -> None:
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreError("no_encryption", part)
    connection.execute("ATTACH ? AS part KEY " + ("''" if key is None else driver.key_words(key)), (str(part),))
    connection.execute("PRAGMA part.synchronous = FULL")
    connection.execute("BEGIN")
    connection.execute("SELECT sqlcipher_export('part')")
    for name in ("application_id", "user_version"):  # the last two: without them it is no database of ours
        value = connection.execute(f"PRAGMA main.{name}").fetchone()[0]
        connection.execute(f"PRAGMA part.{name} = {value}")
    connection.execute("COMMIT")
    connection.execute("DETACH part")


def _prove(part: Path, key: bytes | None) -> None:
    """Raises StoreError when the copy is not sound."""
    copy = Connection(str(part), key, "", create=False)
    try:
        verified = look_through(copy, thorough=True)
        if verified.findings:
            raise StoreError("not_sound", part, detail=verified.findings[0].text("en"))
        copy.rows("PRAGMA journal_mode = DELETE")  # one file that needs nothing beside it
    finally:
        copy.close()


def _switch(connection: Any, part: Path, path: Path) -> None:
    if os.name == "nt":  # where no file can be replaced that somebody has open: nobody waits for the old one
        connection.close()
        try:
            part.replace(path)
        except PermissionError as error:
            raise StoreError("in_use", path) from error
        return
    part.replace(path)
    with suppress(*driver.FAILURES):  # the new file is in its place, and nothing may say otherwise
        # In memory: a journal on the disk would have the name of the new file's.
        connection.execute(f"PRAGMA user_version = {schema.MOVED}")


def _forget(part: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + suffix).unlink(missing_ok=True)
