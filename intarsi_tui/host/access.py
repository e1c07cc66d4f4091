"""Who opened the office, and who looked at or took out what is otherwise kept back: a log for the data-protection officer.

It lies in a plain table of the database, encrypted as the rest is, and is no part of the history: looking changes nothing.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ..records import clock
from ..records.labels import Label

if TYPE_CHECKING:
    from .office import Office

TABLE = "_access"

WHAT = {
    "opened": Label("ufficio cifrato aperto", "encrypted office opened"),
    "unlocked": Label("schermo sbloccato", "screen unlocked"),
    "refused": Label("frase d'accesso sbagliata allo schermo", "wrong passphrase at the screen"),
    "shown": Label("nome mostrato", "name shown"),
    "exported": Label("esportato", "exported"),
    "filled": Label("report compilato", "report filled"),
    "attachment": Label("allegato aperto o copiato", "attached file opened or copied"),
}


@dataclass(frozen=True)
class Access:
    """One entry.

    Attributes:
        moment: ISO 8601 in UTC.
        what: a key of `WHAT`.
        table, uid: the register and record, "" when it was none.
        detail: a file's name, a template, an audience.
    """

    moment: str
    user: str
    what: str
    table: str = ""
    uid: str = ""
    detail: str = ""


def log(office: "Office", what: str, table: str = "", uid: str = "", detail: str = "") -> None:
    """Adds an entry, also in an office that is open for reading only. Raises StoreError."""
    entry = Access(clock.now().isoformat(timespec="seconds"), office.user, what, table, uid, detail)
    with office.store.connection.writable():
        office.store.table(TABLE).insert(asdict(entry))


def entries(office: "Office", *, since: str = "", user: str = "") -> Iterator[Access]:
    """The log, newest first.

    Parameters:
        since: an ISO day.
    """
    found: list[dict[str, Any]] = office.store.table(TABLE).all()
    for doc in reversed(found):
        if doc["moment"] >= since and user in ("", doc["user"]):
            yield Access(**doc)
