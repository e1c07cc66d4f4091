"""Opening and creating the database file, with a clear refusal of everything that is not one of ours."""

from pathlib import Path
from typing import Any

from ..records import clock
from . import driver, schema
from .driver import sqlite
from .errors import StoreError

PLAIN_HEADER = b"SQLite format 3\0"


def prepare(path: str, passphrase: str | None, site: str, create: bool) -> Any:
    """A connection to the file at `path`, made first when it is not there.

    Raises:
        StoreError: why it cannot be used.
    """
    _look(Path(path), passphrase, create)
    try:
        connection = driver.connect(path, passphrase)
    except sqlite.Error as error:
        raise driver.translated(error, path) from error
    try:
        empty = _format(connection, path) == 0
        if empty and not create:  # it lost its content, or was copied without the -wal file beside it
            raise StoreError("damaged", path)
        # A copy that a tool made may have lost this mode: readers beside a writer.
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise StoreError("no_wal", path)
        if empty:
            _create(connection, site)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite.Error):
            raise driver.translated(error, path) from error
        raise
    return connection


def _look(path: Path, passphrase: str | None, create: bool) -> None:
    if not path.parent.is_dir():
        raise StoreError("no_folder" if create else "missing", path.parent if create else path)
    if not path.exists():
        if not create:
            raise StoreError("missing", path)
        return
    try:
        with path.open("rb") as file:
            header = file.read(len(PLAIN_HEADER))
    except IsADirectoryError:
        raise StoreError("foreign", path) from None
    except OSError:
        raise StoreError("read_only", path) from None
    if header and passphrase is None and header != PLAIN_HEADER:
        raise StoreError("unreadable", path)
    if passphrase is not None and header == PLAIN_HEADER:
        raise StoreError("not_encrypted", path)


def _format(connection: Any, path: str) -> int:
    """The format of the file, 0 for one that holds nothing."""
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION:
        raise StoreError("foreign", path)
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > schema.FORMAT:
        raise StoreError("newer", path, found=found, known=schema.FORMAT)
    return found


def _create(connection: Any, site: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    # Another process may have made it while this one waited.
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in schema.CREATE:
            connection.execute(statement)
        created = clock.now().isoformat(timespec="seconds")
        meta = [("format", str(schema.FORMAT)), ("site", site), ("created", created)]
        connection.executemany("INSERT INTO meta VALUES(?, ?)", meta)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
    connection.execute("COMMIT")
