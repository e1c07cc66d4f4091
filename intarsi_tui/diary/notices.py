"""Which notices of deadlines somebody has had: each is given once, at 90, 60, 30 and 7 days and when it is overdue.

They live in a plain table of the database, like half-filled forms: it goes with a backup, is encrypted where the workspace
is, and has no history, so that undo never gives a notice twice. A date that changes is a new deadline with notices of its own.
"""

from collections.abc import Iterable

from tinydb import where

from ..host.office import Office
from .deadlines import Due

TABLE = "_notices"


def new(office: Office, found: Iterable[Due]) -> list[Due]:
    """Those of `found` whose present notice this user has not had."""
    had = {str(doc["notice"]) for doc in office.store.table(TABLE).search(where("user") == office.user)}
    return [due for due in found if due.lead is not None and _key(due) not in had]


def seen(office: Office, given: Iterable[Due]) -> None:
    """This user has had these notices."""
    docs = [{"user": office.user, "notice": _key(due)} for due in new(office, given)]
    if docs:
        office.store.table(TABLE).insert_multiple(docs)


def _key(due: Due) -> str:
    return f"{due.doc['id']} {due.path} {due.deadline.en} {due.day.isoformat()} {due.lead}"
