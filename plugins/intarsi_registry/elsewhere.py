"""Where else people are: one person at two things at the same time, in whatever registers. It is asked, never refused: they may
have gone from one to the other, and whoever knows writes down when."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from intarsi_tui import Context, Label, Problem, Record

from .attendance import due
from .overlaps import clashing
from .rules import as_stored, called, shown, unchanged

Doc = Mapping[str, Any]
# The how manyth of those that were looked at, its register and record, and from when to when somebody is at it.
Appointment = tuple[int, str, str, str, str]


class Presence(NamedTuple):
    """Somebody at an appointment.

    Attributes:
        who, table: the record of the person or operator.
        place: the field of the appointment that says so.
        start, end: from when to when, as records keep it (`09:30`): such texts are in order of time.
    """

    who: str
    table: str
    place: str
    start: str
    end: str


class Everybody(NamedTuple):
    """The appointments of a day by person, and those at which somebody is who is at another one at that time."""

    present: dict[str, list[Appointment]]
    clashing: set[str]


class Hours(NamedTuple):
    """A register with hours: what a record is called, and which of its fields hold people.

    Attributes:
        title: fields that say which one it is, besides day and hours.
        links: fields of people who are there all the time.
        rows: the column of its rows of attendance that holds people.
    """

    label: Label
    title: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    rows: str = ""


OPERATORS, PERSONS = "registry.operator", "registry.person"
SESSION, INTERVENTION = "training.session", "mediation.intervention"
REGISTERS = {
    SESSION: Hours(Label("lezione", "session"), ("course_code", "topic"), ("trainers",)),
    INTERVENTION: Hours(Label("intervento di mediazione", "mediation intervention"), (), ("operator", "persons")),
    "cohousing.housing_meeting": Hours(Label("incontro sull'abitare", "housing meeting"), (), ("expert", "mediator"), "person"),
    "governance.meeting": Hours(Label("incontro", "meeting"), ("network_name",), ("chair", "secretary"), "operator"),
    "dissemination.event": Hours(Label("evento", "event"), ("title",), (), "operator"),
}  # fmt: skip
# The columns and fields that hold persons in care; all others hold operators.
IN_CARE = ("person", "persons")


def elsewhere(record: Any, context: Context, *, without: Collection[str] = ()) -> Iterator[Problem]:
    """Warns of everybody at this appointment who is at another one at the same time.

    Parameters:
        without: registers that the record's own rules look at already.
    """
    table = record.declaration.table
    hours = REGISTERS[table]
    names = ("date", "start", "end", "status", *hours.links, *(("attendance",) if hours.rows else ()))
    doc = {"id": record.id, **as_stored(record, names)}
    if not _takes_time(doc):
        return
    known = context.shared(("present", doc["date"]), lambda: _everybody(doc["date"], context))
    if known is None or record.id in known.clashing or not unchanged(record, doc, names, context):
        yield from at_once(record, people(table, doc, context), record.date, context, without=without)


def at_once(
    record: Record, here: Iterable[Presence], day: date, context: Context, *, without: Collection[str] = ()
) -> Iterator[Problem]:
    """Warns of each of `here`, who are at `record` on `day`, at whatever else they are at that time."""
    mine = [one for one in here if one.start < one.end]
    if not mine:
        return
    stored = day.isoformat()
    known = context.shared(("present", stored), lambda: _everybody(stored, context))
    if known is not None:
        present = known.present
    else:
        first, last = min(one.start for one in mine), max(one.end for one in mine)
        of_day = ((table, doc) for table, doc in _of_day(stored, mine, context, without) if doc["id"] != record.id)
        present = _by_person(
            ((table, doc) for table, doc in of_day if doc.get("start", "") < last and first < doc.get("end", "")),
            context,
        )
    found = [
        (place, one, table, uid)
        for one in mine
        for place, table, uid, start, end in present.get(one.who, ())
        if one.start < end and start < one.end and uid != record.id and table not in without
    ]
    told = set[tuple[str, str]]()
    for _place, one, table, uid in sorted(found, key=itemgetter(0)):
        if (one.who, uid) not in told:
            told.add((one.who, uid))
            yield _asked(record, one, table, context.get(table, uid) or {}, context)


def _everybody(day: str, context: Context) -> Everybody:
    present = _by_person(((table, doc) for table in REGISTERS for doc in context.find(table, date=day)), context)
    hours = ([(start, end, uid) for _place, _table, uid, start, end in some] for some in present.values())
    return Everybody(present, clashing(hours))


def _by_person(appointments: Iterable[tuple[str, Doc]], context: Context) -> dict[str, list[Appointment]]:
    found: dict[str, list[Appointment]] = {}
    for place, (table, doc) in enumerate(appointments):
        for one in people(table, doc, context) if _takes_time(doc) else ():
            found.setdefault(one.who, []).append((place, table, doc["id"], one.start, one.end))
    return found


def people(table: str, doc: Doc, context: Context) -> Iterator[Presence]:
    """Who is at a stored appointment, from when to when: a row of attendance tells more than a field that only names them."""
    hours, start, end, uid = REGISTERS[table], doc["start"], doc["end"], doc["id"]
    listed = set[str]()
    for number, row in enumerate(doc.get("attendance", ()) if hours.rows else (), 1):
        if who := row.get(hours.rows):
            listed.add(who)
            if due(row.get("status", "")):
                first, last = _stay(row, start, end)
                yield Presence(who, _kind(hours.rows), f"attendance.{number}.{hours.rows}", first, last)
    for name in hours.links:
        found = doc.get(name) or ()
        if name == "persons" and doc.get("status") == "no_show":
            continue
        for who in [found] if isinstance(found, str) else found:
            if who not in listed:
                yield Presence(who, _kind(name), name, start, end)
    if table == SESSION:
        for enrolment in context.find("training.enrolment", attendance=uid):
            for row in enrolment.get("attendance", ()):
                if row.get("session") == uid and due(row.get("status", "")):
                    yield Presence(enrolment.get("operator", ""), OPERATORS, "start", *_stay(row, start, end))


def _stay(row: Doc, start: str, end: str) -> tuple[str, str]:
    came, went = row.get("arrived") or row.get("login"), row.get("left") or row.get("logout")
    return max(came or start, start), min(went or end, end)


def _kind(name: str) -> str:
    return PERSONS if name in IN_CARE else OPERATORS


def _takes_time(doc: Doc) -> bool:
    return bool(doc.get("date") and doc.get("start") and doc.get("end")) and doc.get("status") != "cancelled"


def _of_day(
    day: str, mine: Iterable[Presence], context: Context, without: Collection[str]
) -> Iterator[tuple[str, Doc]]:
    """The appointments of a day. Of interventions there are hundreds, so that they are asked for by whom they are about."""
    asked = {one.who: "persons" if one.table == PERSONS else "operator" for one in mine}
    for table in (name for name in REGISTERS if name not in without):
        if table != INTERVENTION:
            yield from ((table, doc) for doc in context.find(table, date=day))
        else:
            for who, name in asked.items():
                yield from ((table, doc) for doc in context.find(table, **{name: who}, date=day))


def _asked(record: Record, one: Presence, table: str, doc: Doc, context: Context) -> Problem:
    person, hours = context.get(one.table, one.who) or {}, REGISTERS[table]
    title = [str(doc[name]) for name in hours.title if doc.get(name)]
    when = f"{shown(date.fromisoformat(doc['date']))} {doc['start']}–{doc['end']}"
    name = called(doc, ", ".join([when, *title]))
    return record.problem(
        one.place, warning=True, who=person.get("pseudonym") or person.get("code") or one.who[:8],
        other=Label(f"{hours.label.it} {name}", f"{hours.label.en} {name}"),
        it="{who} alla stessa ora risulta anche altrove: {other}. Controllare gli orari e le presenze",
        en="{who} is somewhere else at the same time: {other}. Check times and attendance",
    )  # fmt: skip
