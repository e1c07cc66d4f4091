"""Where a person was when the program was left: the session comes back there, and to the folders they took files from.

Kept in the database beside the drafts, for the same reason: the words of a filter, or a folder, may be somebody's name.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tinydb import where

from ..host.office import Office

TABLE = "_session"
REPORTS = "reports"  # for what a folder is kept: reports come back from where they were saved


@dataclass(frozen=True)
class Place:
    """A screen.

    Attributes:
        mode: the mode in front.
        register: table of the list that was open there, "" for none; with its filter, sort and saved view.
        row: document id of the record under the cursor.
    """

    mode: str
    register: str = ""
    search: str = ""
    sort: str = ""
    row: int | None = None
    view: str = ""


def keep(office: Office, place: Place) -> None:
    """Keeps where this user is."""
    doc = {"user": office.user, "place": asdict(place)}
    office.store.table(TABLE).upsert(doc, _of(office))


def kept(office: Office) -> Place | None:
    """Where this user was, as far as that is still there."""
    doc = office.store.table(TABLE).get(_of(office))
    if not doc or "place" not in doc:
        return None
    place = Place(**doc["place"])
    if not place.register:
        return place
    declaration = office.declarations.get(place.register)
    return place if declaration and place.sort.lstrip("-") in ("", *declaration.by_name) else None


def keep_folder(office: Office, what: str, folder: Path) -> None:
    """Keeps where this user took a file from.

    Parameters:
        what: for what it was, such as `import`.
    """
    doc = office.store.table(TABLE).get(_of(office)) or {}
    folders = {**doc.get("folders", {}), what: str(folder)}
    office.store.table(TABLE).upsert({"user": office.user, "folders": folders}, _of(office))


def folder(office: Office, what: str) -> Path | None:
    """Where this user took the last file from for the same, when it is there."""
    doc = office.store.table(TABLE).get(_of(office)) or {}
    kept = Path(doc.get("folders", {}).get(what) or ".")
    return kept if kept.is_absolute() and kept.is_dir() else None


def _of(office: Office) -> Any:
    return where("user") == office.user
