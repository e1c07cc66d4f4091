"""The sample as a plan: what was written when and by whom, in the order in which an office would have written it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from .chance import LAST, working

# Hours of the day, UTC: drafts at noon, confirmations and what follows after them.
ADDED, EDITED, CONFIRMED, VOIDED = time(11), time(13), time(15), time(16)


# Work package and activity of what is not said to belong elsewhere, as the quarterly sheet lists them.
WORK = {
    "governance.network": ("WP0", "0.1"), "governance.meeting": ("WP0", "0.1"), "governance.agreement": ("WP0", "0.2"),
    "governance.quarterly_report": ("WP0", "0.1"),
    "registry.household": ("WP1", "1.2"), "registry.person": ("WP1", "1.1"), "registry.referral": ("WP1", "1.1"),
    "training.course": ("WP2", "2.1"), "training.session": ("WP2", "2.1"), "training.certificate": ("WP2", "2.2"),
    "mediation.school_request": ("WP3", "3.1"), "mediation.intervention": ("WP3", "3.1"),
    "mediation.school_enrolment": ("WP3", "3.2"),
    "cohousing.unit": ("WP4", "4.1"), "cohousing.placement": ("WP4", "4.1"), "cohousing.contribution": ("WP4", "4.1"),
    "cohousing.goods": ("WP4", "4.1"), "cohousing.housing_meeting": ("WP4", "4.2"),
    "dissemination.material": ("WP5", "5.1"), "dissemination.distribution": ("WP5", "5.1"),
    "dissemination.event": ("WP5", "5.2"), "dissemination.practice": ("WP5", "5.2"),
}  # fmt: skip


@dataclass(eq=False)
class Entry:
    """One record: its values (other entries stand for links), and what happened to it after it was added.

    Attributes:
        serial: its place among all entries of all plans.
        day: the day that it is about, and that its number follows.
        added, confirmed: days on which that was done; `confirmed` is `None` for drafts.
        edits: later changes with their days.
        void: the day and the reason of voiding.
        by: who wrote it.
    """

    serial: int
    table: str
    values: dict[str, Any]
    day: date
    added: date
    by: str
    confirmed: date | None = None
    edits: list[tuple[date, dict[str, Any]]] = field(default_factory=list)
    void: tuple[date, str] | None = None

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str) -> Any:
        """A value, `None` when it was not given."""
        return self.values.get(name)


class Step(NamedTuple):
    """What is done to a record at a moment: `add` or `edit` with values, `confirm`, or `void` with a reason.

    Attributes:
        order: tells steps of the same moment apart.
        serial: of the entry.
    """

    moment: datetime
    order: int
    partner: str
    by: str
    table: str
    serial: int
    what: str
    values: Any = None


class Plan:
    """Entries of one partner, and the steps in which they are written.

    Parameters:
        serials: gives the next serial; shared by plans whose entries link to each other.
    """

    def __init__(self, partner: str, serials: Iterator[int]) -> None:
        self.partner, self._serials = partner, serials
        self.entries: list[Entry] = []

    def add(
        self, table: str, by: str, day: date, values: dict[str, Any], *, added: date | None = None, draft: bool = False
    ) -> Entry:
        """Plans a record that is added on `day`, or on `added`, and confirmed a working day later unless it is a draft.

        Nothing is written after the sample's last day: later days count as that one.
        """
        written = min(working(added or day), LAST)
        confirmed = None if draft else min(working(written + timedelta(days=1)), LAST)
        wp, activity = WORK.get(table, ("", ""))
        whole = {"wp": wp, "activity": activity, **values}
        given = {name: value for name, value in whole.items() if value not in (None, [], "")}
        entry = Entry(next(self._serials), table, given, day, written, by, confirmed)
        self.entries.append(entry)
        return entry

    def of(self, table: str) -> list[Entry]:
        """The entries of one register, in the order of planning."""
        return [entry for entry in self.entries if entry.table == table]

    def steps(self) -> list[Step]:
        """Everything that is done, in its order."""
        confirmations = [
            Step(
                _moment(entry.confirmed, CONFIRMED), order, self.partner, entry.by, entry.table, entry.serial, "confirm"
            )
            for order, entry in enumerate(self._confirmed_by_date())
            if entry.confirmed
        ]
        # As they were planned: what is linked to was planned before.
        return sorted([*confirmations, *(step for entry in self.entries for step in self._steps_of(entry))], key=when)

    def _steps_of(self, entry: Entry) -> Iterator[Step]:
        what = (entry.serial, self.partner, entry.by, entry.table, entry.serial)
        yield Step(_moment(entry.added, ADDED), *what, "add", entry.values)
        for day, changes in entry.edits:
            yield Step(_moment(day, EDITED), *what, "edit", changes)
        if entry.void:
            yield Step(_moment(entry.void[0], VOIDED), *what, "void", entry.void[1])

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


def when(step: Step) -> tuple[datetime, int]:
    """What steps are sorted by."""
    return step.moment, step.order


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, UTC)
