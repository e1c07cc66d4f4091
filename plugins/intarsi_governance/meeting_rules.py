"""Rules of a meeting against the other meetings, its network and the timesheets."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from intarsi_registry.attendance import Span, there
from intarsi_registry.attendance_rules import judged, not_before_the_day
from intarsi_registry.overlaps import overlapping
from intarsi_registry.rules import booked, called, named, shown, shown_stored
from intarsi_tui import Context, Problem

from .rules import belongs, name_of

if TYPE_CHECKING:
    from .meeting import Meeting


def approval(meeting: "Meeting", context: Context) -> Iterator[Problem]:
    """The meeting that approved the minutes is a later one of the same network."""
    approving = (context.get("governance.meeting", meeting.approved_in) if meeting.approved_in else None) or {}
    if not approving:
        return
    day = approving["date"]
    if approving["id"] == meeting.id or day < meeting.date.isoformat():
        yield meeting.problem(
            "approved_in", it="Un verbale si approva in una seduta successiva", en="Minutes are approved in a later meeting"
        )  # fmt: skip
    elif meeting.approved_on and meeting.approved_on.isoformat() != day:
        yield meeting.problem(
            "approved_on", other=named(meeting, approving), it="Non è la data della seduta che approva: {other}",
            en="Not the date of the meeting that approves them: {other}",
        )  # fmt: skip
    if approving["network"] != meeting.network:
        yield meeting.problem(
            "approved_in", warning=True, other=named(meeting, approving), it="È una seduta di un'altra rete: {other}",
            en="It is a meeting of another network: {other}",
        )  # fmt: skip


def approves(meeting: "Meeting", context: Context) -> Iterator[Problem]:
    """A meeting that approved minutes stays on the day that those minutes name."""
    before = context.get("governance.meeting", meeting.id) or {}
    if before.get("date", meeting.date.isoformat()) == meeting.date.isoformat():
        return
    for doc in context.find("governance.meeting", approved_in=meeting.id):
        if doc.get("approved_on") != meeting.date.isoformat() and doc["id"] != meeting.id:
            yield meeting.problem(
                "date", other=named(meeting, doc), day=shown_stored(doc.get("approved_on", before["date"])),
                it="Il verbale {other} risulta approvato in questa seduta, il {day}: togliere prima là l'approvazione, con il motivo della rettifica",
                en="Minutes {other} were approved in this meeting, on {day}: take the approval away there first, with the reason of the amendment",
            )  # fmt: skip


def presence(meeting: "Meeting", context: Context) -> Iterator[Problem]:
    """Who was there is known when the day has come, and they were there during the meeting; so it is with votes."""
    span = Span(meeting.date, meeting.start, meeting.end) if meeting.start and meeting.end else None
    for number, row in enumerate(meeting.attendance, 1):
        yield from judged(meeting, f"attendance.{number}", row, meeting.date, span, context)
    for number in range(1, len(meeting.votes) + 1):
        yield from not_before_the_day(meeting, f"votes.{number}.at", meeting.date, context.today)


def membership(meeting: "Meeting", context: Context) -> Iterator[Problem]:
    """The network was there on that day, and the bodies that attended belonged to it."""
    network = context.get("governance.network", meeting.network)
    if not network:
        return
    day = meeting.date.isoformat()
    if not network.get("start", day) <= day <= network.get("end", day):
        yield meeting.problem(
            "date", warning=True, network=called(network, network["name"]), day=shown(meeting.date),
            it="Il {day} la rete «{network}» non era attiva", en="On {day} the network “{network}” was not active",
        )  # fmt: skip
    for number, row in enumerate(meeting.attendance, 1):
        if row.capacity != "guest" and not belongs(row.body, network, meeting.date):
            yield meeting.problem(
                f"attendance.{number}.body", warning=True,
                body=name_of(row.body, context), network=called(network, network["name"]), day=shown(meeting.date),
                it="{body} il {day} non era nella rete «{network}»: è un invitato?",
                en="{body} was not in the network “{network}” on {day}: is it a guest?",
            )  # fmt: skip


def overlaps(meeting: "Meeting", context: Context) -> Iterator[Problem]:
    """A network meets once at a time."""
    for doc in overlapping(meeting, context):
        if doc["network"] == meeting.network:
            yield meeting.problem(
                "start", other=named(meeting, doc), it="Alla stessa ora la rete ha già un incontro: {other}. Scegliere un'altra ora",
                en="At the same time the network already has a meeting: {other}. Choose another time",
            )  # fmt: skip


def hours(meeting: "Meeting", context: Context) -> Iterator[Problem]:
    """The timesheets of the operators present have the time that they were there."""
    for number, row in enumerate(meeting.attendance, 1):
        if row.operator and there(row.status):
            place = f"attendance.{number}.operator"
            yield from booked(meeting, place, row.operator, meeting.date, row.minutes or 0, context)
