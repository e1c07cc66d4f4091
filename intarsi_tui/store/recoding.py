"""A database written anew under another key, or under none, in the place of the old one."""

import os
from pathlib import Path
from typing import Any

from . import driver
from .backup import look_through
from .connection import Connection
from .driver import sqlite
from .errors import StoreError

WAIT = 2000  # milliseconds for programs that are just leaving
MOVED = 2**31 - 1  # the format that an old file gets, so that a program that waits for it does not write into nowhere


def recode(path: Path, old: bytes | None, new: bytes | None) -> None:
    """Writes the database at `path` anew with the key `new`, proves the copy sound, and puts it into its place.

    Until then the file is as it was, whatever happens. No other program may have it open.

    Parameters:
        old: the key that it has, `None` for none.

    Raises:
        StoreError: in_use; damaged, no_encryption, disk_full and the like.
    """
    part = path.with_name(f"{path.name}.part")
    _forget(part)
    try:
        connection = driver.connect(str(path), old)
        try:
            _be_alone(connection, path)
            _export(connection, part, new)
            _prove(part, new)
            _switch(connection, part, path)
        finally:
            connection.close()
    except driver.FAILURES as error:
        raise driver.translated(error, path) from error
    finally:
        _forget(part)


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
    # Not on the disk: a journal would have the name of the new file's.
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute(f"PRAGMA user_version = {MOVED}")


def _forget(part: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + suffix).unlink(missing_ok=True)
