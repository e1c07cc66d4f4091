"""The SQLite library under the store: sqlcipher3, or the one of Python when it is not installed.

Everything that opens the file takes it from here: two SQLite libraries in one process release each other's locks.
"""

from importlib import import_module
from os import PathLike
from typing import Any

from .errors import StoreError

try:
    sqlite: Any = import_module("sqlcipher3.dbapi2")
except ImportError:
    sqlite = import_module("sqlite3")

BUSY_SECONDS = 30

# Primary result codes of SQLite (sqlite.org/rescode.html) that a person can do something about.
CODES = {
    5: "locked",
    6: "locked",
    8: "read_only",
    10: "disk_error",
    11: "damaged",
    13: "disk_full",
    14: "read_only",
    26: "unreadable",
}

# Messages without a code of their own that only a damaged file gives: text that is no UTF-8, a document that is no JSON.
DAMAGE = ("Could not decode to UTF-8", "malformed JSON")

# What a statement can raise; SQLite's own message may name something damaged and be no text.
FAILURES = (sqlite.Error, UnicodeDecodeError)


def connect(path: str, key: bytes | None) -> Any:
    """A connection set up for a store. It may be closed, but not otherwise used, by another thread.

    Parameters:
        key: 32 bytes, for an encrypted file.

    Raises:
        StoreError: no_encryption, wrong_key.
        sqlite.Error, UnicodeDecodeError: the file cannot be opened.
    """
    connection = sqlite.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        if key is not None:
            _unlock(connection, path, key)
        connection.execute("PRAGMA synchronous = FULL")  # NORMAL lost acknowledged writes in 323 of 400 power cuts
        connection.execute("PRAGMA temp_store = MEMORY")  # no personal data in temporary files
        connection.execute("PRAGMA secure_delete = ON")  # what is erased leaves no copy in the file
        connection.execute("PRAGMA fullfsync = ON")  # on macOS a plain fsync may stop at the disk's cache
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
        if has_wal_reset_bug(sqlite.sqlite_version_info):
            connection.execute("PRAGMA wal_autocheckpoint = 0")
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: Any, path: str, key: bytes) -> None:
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreError("no_encryption", path)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write into the screen
    connection.execute(f"PRAGMA key = {key_words(key)}")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite.DatabaseError as error:
        if CODES.get(error.sqlite_errorcode & 0xFF) == "unreadable":
            raise StoreError("wrong_key", path) from error
        raise


def key_words(key: bytes) -> str:
    """The key in SQL: the key itself, no words, so that SQLCipher need not stretch it at each opening."""
    if len(key) != 32:
        raise ValueError("a key has 32 bytes")
    return f"\"x'{key.hex()}'\""


def has_wal_reset_bug(version: tuple[int, int, int]) -> bool:
    """Whether a checkpoint may lose commits of another connection: fixed in 3.51.3, and in 3.44.6 and 3.50.7."""
    fixed = {(3, 44): 6, (3, 50): 7}.get(version[:2])
    return version < (3, 51, 3) and (fixed is None or version[2] < fixed)


def translated(error: Any, path: str | PathLike[str]) -> Exception:
    """`error` of SQLite as a `StoreError` when the file is to blame, unchanged when our SQL is."""
    code = CODES.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
    if str(error) == "database or disk is full":  # out of a function of SQLCipher, which gives no code
        code = "disk_full"
    if isinstance(error, UnicodeDecodeError) or str(error).startswith(DAMAGE):
        code = "damaged"
    return StoreError(code, path, seconds=BUSY_SECONDS, detail=error) if code else error
