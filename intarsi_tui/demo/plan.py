"""The sample as a plan: what was written when and by whom; then written in that order, as an office would have."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..records import clock, ids
from .chance import LAST, Chance, working

if TYPE_CHECKING:
    from ..host.office import Office

Progress = Callable[[int, int], None]
Step = Callable[["Office", "Entry"], None]
# Hours of the day, UTC: drafts at noon, confirmations and what follows after them.
ADDED, EDITED, CONFIRMED, VOIDED = time(11), time(13), time(15), time(16)


@dataclass(eq=False)
class Entry:
    """One record: its values (other entries stand for links), and what happened to it after it was added.

    Attributes:
        day: the day that it is about, and that its number follows.
        added, confirmed: days on which that was done; `confirmed` is `None` for drafts.
        edits: later changes with their days.
        void: the day and the reason of voiding.
        by: who wrote it.
    """

    table: str
    values: dict[str, Any]
    day: date
    added: date
    by: str
    confirmed: date | None = None
    edits: list[tuple[date, dict[str, Any]]] = field(default_factory=list)
    void: tuple[date, str] | None = None
    uid: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str) -> Any:
        """A value, `None` when it was not given."""
        return self.values.get(name)


class Plan:
    """Entries, and the order in which they are written."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(
        self, table: str, by: str, day: date, values: dict[str, Any], *, added: date | None = None, draft: bool = False
    ) -> Entry:
        """Plans a record that is added on `day`, or on `added`, and confirmed a working day later unless it is a draft.

        Nothing is written after the sample's last day: later days count as that one.
        """
        written = min(working(added or day), LAST)
        confirmed = None if draft else min(working(written + timedelta(days=1)), LAST)
        given = {name: value for name, value in values.items() if value not in (None, [], "")}
        entry = Entry(table, given, day, written, by, confirmed)
        self.entries.append(entry)
        return entry

    def of(self, table: str) -> list[Entry]:
        """The entries of one register, in the order of planning."""
        return [entry for entry in self.entries if entry.table == table]

    def write(self, office: "Office", chance: Chance, progress: Progress | None = None) -> None:
        """Writes everything in one transaction, each step at its own moment and as its own entry of the history.

        One operation for all of it would be as fast, but then the first `undo` of a curious user empties the office.
        """
        user = office.store.user
        steps = self._steps()
        try:
            with ExitStack() as stack:
                stack.enter_context(ids.pseudonyms_from(chance))
                stack.enter_context(office.store.connection.transaction())
                for done, (moment, _, entry, step) in enumerate(steps, 1):
                    office.store.user = entry.by
                    with clock.at(moment):
                        step(office, entry)
                    if progress:
                        progress(done, len(steps))
        finally:
            office.store.user = user

    def _steps(self) -> list[tuple[datetime, int, Entry, Step]]:
        steps: list[tuple[datetime, int, Entry, Step]] = []
        for order, entry in enumerate(self._confirmed_by_date()):
            if entry.confirmed:
                steps.append((_moment(entry.confirmed, CONFIRMED), order, entry, _confirm))
        # As they were planned: what is linked to was planned before.
        for order, entry in enumerate(self.entries):
            steps.append((_moment(entry.added, ADDED), order, entry, _add))
            steps += [(_moment(day, EDITED), order, entry, _Edit(changes)) for day, changes in entry.edits]
            if entry.void:
                steps.append((_moment(entry.void[0], VOIDED), order, entry, _Void(entry.void[1])))
        return sorted(steps, key=itemgetter(0, 1))

    def _confirmed_by_date(self) -> list[Entry]:
        """The entries by date and hour, with confirmations moved so that each register's numbers follow its dates."""
        ordered = sorted(self.entries, key=lambda entry: (entry.day, str(entry.get("start"))))
        latest: dict[str, date] = {}
        for entry in ordered:
            if entry.confirmed:
                entry.confirmed = latest[entry.table] = max(entry.confirmed, latest.get(entry.table, entry.confirmed))
            if entry.void and entry.confirmed:
                entry.void = max(entry.void[0], entry.confirmed), entry.void[1]
        return ordered


class _Edit:
    def __init__(self, changes: dict[str, Any]) -> None:
        self.changes = changes

    def __call__(self, office: "Office", entry: Entry) -> None:
        office.table(entry.table).edit(entry.uid, _plain(self.changes))


class _Void:
    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __call__(self, office: "Office", entry: Entry) -> None:
        office.table(entry.table).void(entry.uid, self.reason)


def _add(office: "Office", entry: Entry) -> None:
    entry.uid = office.table(entry.table).add(_plain(entry.values)).doc["id"]


def _confirm(office: "Office", entry: Entry) -> None:
    office.table(entry.table).confirm(entry.uid)


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, UTC)


def _plain(value: Any) -> Any:
    """A value as JSON, with UUIDs for entries."""
    if isinstance(value, Entry):
        assert value.uid, f"{value.table} is linked to before it is added"
        return value.uid
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else value
