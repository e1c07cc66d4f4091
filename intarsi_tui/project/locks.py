"""Locks on empty files, which every system takes back from a program that ends, however it does: SQLite's, on all of them."""

from pathlib import Path
from typing import Any

from ..store import driver


def locked(path: Path, *statements: str) -> Any:
    """A connection that has the lock on an empty file until it is closed. Raises StoreError."""
    try:
        connection = driver.connect(str(path), None)
        try:
            for statement in statements:
                connection.execute(statement)
        except BaseException:
            connection.close()
            raise
    except driver.FAILURES as error:
        raise driver.translated(error, path) from error
    return connection
