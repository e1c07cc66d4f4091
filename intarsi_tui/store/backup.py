"""A copy of the database made while others write, and proved sound before anybody relies on it."""

# Table names come from schema.quoted, values are parameters.
# ruff: noqa: S608

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import schema, verification
from .connection import Connection
from .errors import StoreError
from .findings import Finding

if TYPE_CHECKING:
    from .database import Store


@dataclass(frozen=True)
class Copied:
    """What a copy of a database holds.

    Attributes:
        records: how many of each table, the program's own left out.
        changes: the newest row of the history, 0 for none.
        state: the state hash, "" when it was not looked for.
        findings: what is wrong with records and history; the copy holds them as they are.
    """

    records: dict[str, int]
    changes: int
    state: str
    findings: tuple[Finding, ...] = ()


UNSOUND = ("damaged", "truncated", "unreadable")


def copy_database(store: "Store", target: Path, *, thorough: bool = True) -> Copied:
    """Writes a copy of the open `store` to the new file `target` and reads it again.

    Parameters:
        target: in a folder where a database may lie.
        thorough: also hold the copy's indexes and history against its records (100,000 changes take seconds).

    Raises:
        StoreError: not_sound, the database has errors and the copy is no use; disk_full and the like. `target` is gone.
    """
    try:
        with store.connection.copied(str(target)) as copy:
            return look_through(copy, thorough=thorough)
    except BaseException as error:
        for suffix in ("", "-wal", "-shm", "-journal"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        if isinstance(error, StoreError) and error.code in UNSOUND:
            raise StoreError("not_sound", store.path, detail=error.params.get("detail", error.code)) from error
        raise


def look_through(copy: Connection, *, thorough: bool) -> Copied:
    """What a database holds, when it is sound.

    Raises:
        StoreError: damaged.
    """
    findings: list[Finding] = []
    state = ""
    if thorough:
        verified = verification.verify(copy, copy.one("SELECT value FROM meta WHERE name = 'site'"))
        findings, state = verified.findings, verified.state
        wrong = [str(one.params["detail"]) for one in findings if one.code == "file"]
    else:
        wrong = [str(row[0]) for row in copy.rows("PRAGMA quick_check(3)") if row[0] != "ok"]
    if wrong:
        raise StoreError("damaged", copy.path, detail="; ".join(wrong[:3]))
    records = {name: _count(copy, name) for name in sorted(copy.tables()) if not schema.internal(name)}
    return Copied(records, copy.one("SELECT max(seq) FROM history") or 0, state, tuple(findings))


def _count(copy: Connection, table: str) -> int:
    return int(copy.one(f"SELECT count(*) FROM {schema.quoted_table(table)}"))
