"""Where else people are: one person at two things at the same time, in whatever registers. It is asked, never refused: they may
have gone from one to the other, and whoever knows writes down when."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any, NamedTuple

from intarsi_tui import Context, Problem, Record
from intarsi_tui.records.labels import Label

from .attendance import due
from .rules import called, shown

Doc = Mapping[str, Any]


class Presence(NamedTuple):
    """Somebody at an appointment.

    Attributes:
        who, table: the record of the person or operator.
        place: the field of the appointment that says so.
        start, end: from when to when.
    """

    who: str
    table: str
    place: str
    start: time
    end: time


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
    doc = record.doc()
    if _takes_time(doc):
        yield from at_once(
            record, people(record.declaration.table, doc, context), record.date, context, without=without
        )


def at_once(
    record: Record, here: Iterable[Presence], day: date, context: Context, *, without: Collection[str] = ()
) -> Iterator[Problem]:
    """Warns of each of `here`, who are at `record` on `day`, at whatever else they are at that time."""
    mine = [one for one in here if one.start < one.end]
    if not mine:
        return
    first, last = min(one.start for one in mine), max(one.end for one in mine)
    told = set[tuple[str, str]]()
    for table in REGISTERS:
        for doc in _of_day(table, day, mine, context) if table not in without else ():
            if doc["id"] == record.id or not _takes_time(doc):
                continue
            if not (doc["start"] < f"{last:%H:%M}" and f"{first:%H:%M}" < doc["end"]):
                continue
            for other in people(table, doc, context):
                for one in mine:
                    if (
                        one.who == other.who
                        and one.start < other.end
                        and other.start < one.end
                        and (one.who, doc["id"]) not in told
                    ):
                        told.add((one.who, doc["id"]))
                        yield _asked(record, one, table, doc, context)


def people(table: str, doc: Doc, context: Context) -> Iterator[Presence]:
    """Who is at a stored appointment, from when to when: a row of attendance tells more than a field that only names them."""
    hours, start, end = REGISTERS[table], time.fromisoformat(doc["start"]), time.fromisoformat(doc["end"])
    listed = set[str]()
    for number, row in enumerate(doc.get("attendance", ()) if hours.rows else (), 1):
        if who := row.get(hours.rows):
            listed.add(who)
            if due(row["status"]):
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
        for enrolment in context.find("training.enrolment", attendance=doc["id"]):
            for row in enrolment["attendance"]:
                if row["session"] == doc["id"] and due(row["status"]):
                    yield Presence(enrolment["operator"], OPERATORS, "start", *_stay(row, start, end))


def _stay(row: Doc, start: time, end: time) -> tuple[time, time]:
    came, went = row.get("arrived") or row.get("login"), row.get("left") or row.get("logout")
    first, last = time.fromisoformat(came) if came else start, time.fromisoformat(went) if went else end
    return max(first, start), min(last, end)


def _kind(name: str) -> str:
    return PERSONS if name in IN_CARE else OPERATORS


def _takes_time(doc: Doc) -> bool:
    return bool(doc.get("date") and doc.get("start") and doc.get("end")) and doc.get("status") != "cancelled"


def _of_day(table: str, day: date, mine: Iterable[Presence], context: Context) -> Iterable[Doc]:
    """The appointments of a day. Of interventions there are hundreds, so that they are asked for by whom they are about."""
    if table != INTERVENTION:
        return context.find(table, date=day.isoformat())
    asked = {one.who: "persons" if one.table == PERSONS else "operator" for one in mine}
    return [doc for who, name in asked.items() for doc in context.find(table, **{name: who}, date=day.isoformat())]


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
