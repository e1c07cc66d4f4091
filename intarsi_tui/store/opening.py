"""Opening and creating the database file, with a clear refusal of everything that is not one of ours."""

import time
from pathlib import Path
from typing import Any

from ..records import clock
from . import ciphered, driver, place, schema
from .driver import sqlite
from .errors import StoreError

PLAIN_HEADER = b"SQLite format 3\0"
HEADER = 100  # bytes
PAUSE = 0.01  # seconds
OWN = (
    "name, value FROM meta", "name, value FROM counter", "target, tbl, uid FROM link",
    "seq, hlc, site, user, operation, label, undoes, tbl, uid, patch, prev, hash FROM history",
)  # fmt: skip


def prepare(path: str, key: bytes | None, site: str, create: bool) -> Any:
    """A connection to the file at `path`, made first when it is not there.

    Raises:
        StoreError: why it cannot be used.
    """
    _look(Path(path), key, create)
    try:
        connection = driver.connect(path, key)
    except driver.FAILURES as error:
        raise driver.translated(error, path) from error
    try:
        empty = _format(connection, path) == 0
        if empty and not create:  # it lost its content, or was copied without the -wal file beside it
            raise StoreError("damaged", path)
        # A copy that a tool made may have lost this mode: readers beside a writer.
        if _to_wal(connection) != "wal":
            raise StoreError("no_wal", path)
        if empty:
            _create(connection, site)
        _probe(connection, path)
    except BaseException as error:
        connection.close()
        if isinstance(error, driver.FAILURES):
            raise driver.translated(error, path) from error
        raise
    return connection


def _look(path: Path, key: bytes | None, create: bool) -> None:
    """Refuses before SQLite is asked: it would delete the log that is left beside an empty file."""
    if not path.parent.is_dir():
        raise StoreError("no_folder" if create else "missing", path.parent if create else path)
    place.refuse_unsafe(path.parent)
    left = _log(path)  # before the header: another program may be making the file just now
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
    except FileNotFoundError:
        header = b""
        if not create and not left:
            raise StoreError("missing", path) from None
    except IsADirectoryError:
        raise StoreError("foreign", path) from None
    except OSError:
        raise StoreError("foreign" if path.is_dir() else "read_only", path) from None
    if _beside(path, "-journal"):  # the first page was on its way when the power went: SQLite takes it back
        return
    if not header:
        if left:
            raise StoreError("wal_left", path)
        if not create:  # it lost its content
            raise StoreError("damaged", path)
    elif (plain := header.startswith(PLAIN_HEADER)) != (key is None):
        raise StoreError("not_encrypted" if plain else "unreadable", path)
    else:
        _refuse_truncated(path, header if key is None else ciphered.header(path, key))


def _log(path: Path) -> int:
    """The size of the write-ahead log."""
    return _beside(path, "-wal")


def _beside(path: Path, suffix: str) -> int:
    try:
        return path.with_name(path.name + suffix).stat().st_size
    except OSError:
        return 0


def _refuse_truncated(path: Path, header: bytes) -> None:
    """SQLite notices only when a lost page is asked for, and may by then have written beside the hole."""
    size = path.stat().st_size
    page = int.from_bytes(header[16:18], "big")
    known = (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big")
    # While a log is there, the file may be on its way to its size.
    if header[24:28] == header[92:96] and size < known and not _log(path):
        raise StoreError("truncated", path, found=size, known=known)


def _format(connection: Any, path: str) -> int:
    """The format of the file, 0 for one that holds nothing."""
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION:
        raise StoreError("foreign", path)
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if found == schema.MOVED:
        raise StoreError("recoded", path)
    if found > schema.FORMAT:
        raise StoreError("newer", path, found=found, known=schema.FORMAT)
    return found


def _to_wal(connection: Any) -> str:
    """The journal mode in force. SQLite does not wait when several programs make the file at once, so this does."""
    deadline = time.monotonic() + driver.BUSY_SECONDS
    while True:
        try:
            return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite.OperationalError as error:
            if driver.CODES.get(error.sqlite_errorcode & 0xFF) != "locked" or time.monotonic() > deadline:
                raise
        time.sleep(PAUSE)


def _probe(connection: Any, path: str) -> None:
    """Asks for every column of the store's own tables: a declaration that was damaged is no longer what our SQL names."""
    try:
        for columns in OWN:
            connection.execute(f"SELECT {columns} LIMIT 0")
    except sqlite.OperationalError as error:
        raise StoreError("damaged", path, detail=error) from error


def _create(connection: Any, site: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    # Another process may have made it while this one waited.
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in schema.CREATE:
            connection.execute(statement)
        created = clock.now().isoformat(timespec="seconds")
        meta = [("format", str(schema.FORMAT)), ("site", site), ("created", created), ("versions", "{}")]
        connection.executemany("INSERT INTO meta VALUES(?, ?)", meta)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
    connection.execute("COMMIT")
