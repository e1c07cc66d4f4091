"""Imports that were begun and not finished: what was chosen, corrected and left out is offered again the next time.

They lie among the half-filled forms, for the same reasons: an encrypted office keeps them encrypted, and undo never meets them.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tinydb import where

from ..host.office import Office
from . import drafts

TABLE = "_import"
MOST = 5  # files; corrected values are people's data, and nobody goes on with the sixth


@dataclass(frozen=True)
class KeptImport:
    """An import on its way.

    Attributes:
        path: the file, as it was chosen.
        digest: of its content.
        columns: place, heading and field of each column, "" for one that is left out.
        values, without, included: as in `Adjusted`.
        always: as in `Adjusted`.
        cells: of each row that something was said about its cells as texts, so that another row is never taken for it.
        moment: when it was last changed, ISO 8601 in UTC; "" while it was not kept yet.
    """

    path: Path
    digest: str
    sheet: str
    table: str
    columns: tuple[tuple[int, str, str], ...]
    values: dict[tuple[int, str], str]
    without: frozenset[int]
    cells: dict[int, list[str]]
    moment: str = ""
    always: dict[str, str] = field(default_factory=dict)
    included: frozenset[int] = frozenset()

    @property
    def rows(self) -> list[int]:
        """The rows that something was said about."""
        return sorted({row for row, _name in self.values} | self.without | self.included)


def keep(office: Office, one: KeptImport) -> None:
    """Keeps it in one piece; the oldest ones give way."""
    doc = {
        "digest": one.digest, "sheet": one.sheet, "table": one.table, "columns": [list(column) for column in one.columns],
        "values": [[row, name, value] for (row, name), value in one.values.items()], "without": sorted(one.without),
        "cells": [[row, one.cells.get(row, [])] for row in one.rows],
        "always": one.always, "included": sorted(one.included),
    }  # fmt: skip
    drafts.keep(office, TABLE, str(one.path), doc)
    for older in all_kept(office)[MOST:]:
        forget(office, older.path)


def all_kept(office: Office) -> list[KeptImport]:
    """Those of this user whose register is there, the newest first."""
    return [one for one in _of_user(office) if one.table in office.declarations]


def stuck(office: Office) -> list[KeptImport]:
    """Those of this user whose register is not there, the newest first: they wait until its plugin is loaded again."""
    return [one for one in _of_user(office) if one.table not in office.declarations]


def kept(office: Office, path: Path) -> KeptImport | None:
    """The one of this file."""
    return next((one for one in all_kept(office) if one.path == path), None)


def moved(office: Office, digest: str, table: str) -> KeptImport | None:
    """The one of a file with the same content, which is not any more where it was.

    Parameters:
        table: the register that is wanted, "" for whichever it was.
    """
    found = (one for one in all_kept(office) if one.digest == digest and table in ("", one.table))
    return next((one for one in found if not one.path.exists()), None)


def follow(office: Office, before: KeptImport, now: KeptImport) -> None:
    """The file lies elsewhere now."""
    keep(office, now)
    forget(office, before.path)


def forget(office: Office, path: Path) -> None:
    """It was written, or is begun anew."""
    drafts.forget(office, TABLE, str(path))


def _of_user(office: Office) -> list[KeptImport]:
    docs = office.store.table(drafts.TABLE).search((where("table") == TABLE) & (where("user") == office.user))
    return sorted(filter(None, map(_read, docs)), key=lambda one: one.moment, reverse=True)


def _read(doc: dict[str, Any]) -> KeptImport | None:
    try:
        told = doc["values"]
        return KeptImport(
            Path(doc["uid"]), told["digest"], told["sheet"], told["table"],
            tuple((at, heading, name) for at, heading, name in told["columns"]),
            {(row, name): value for row, name, value in told["values"]}, frozenset(told["without"]),
            {row: cells for row, cells in told["cells"]}, doc["moment"],  # noqa: C416
            told.get("always", {}), frozenset(told.get("included", ())),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):  # another version of the program kept it
        return None
