"""Appointments of one register at the same time: whatever they may not share, be it a room, a network or a person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from intarsi_tui import Context, Label, Problem

from .rules import as_stored, hour, named, unchanged


def booked_twice(
    record: Any, context: Context, *, what: Label, place: str, staff: tuple[str, ...]
) -> Iterator[Problem]:
    """Nobody is at two appointments of one register at the same time, neither its `persons` nor those who work.

    Parameters:
        what: an appointment of this register, such as "intervento" and "intervention".
        place: the field to be put right for one of the persons.
        staff: the fields of those who work.
    """
    people = ("persons", *staff)
    # A day without anybody named cannot run into another one, and need not be read.
    for doc in overlapping(record, context, people) if any(getattr(record, name) for name in people) else ():
        if doc.get("status") == "cancelled":
            continue
        for uid in record.persons or ():
            if uid in doc.get("persons", ()):
                person = (context.get("registry.person", uid) or {}).get("pseudonym", uid[:8])
                yield record.problem(
                    place, person=person, what=what, other=named(record, doc),
                    it="{person} alla stessa ora è in un altro {what}: {other}. Spostare o annullare uno dei due",
                    en="{person} is in another {what} at the same time: {other}. Move or cancel one of them",
                )  # fmt: skip
        busy = {doc.get(name) for name in staff}
        for name in staff:
            if getattr(record, name) and getattr(record, name) in busy:
                yield record.problem(
                    name, what=what, other=named(record, doc), it="Alla stessa ora è in un altro {what}: {other}. Spostare o annullare uno dei due",
                    en="At the same time they are in another {what}: {other}. Move or cancel one of them",
                )  # fmt: skip


def overlapping(record: Any, context: Context, busy: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The other records of the same register and day whose hours (`start`, `end`) run into this one's.

    Parameters:
        busy: fields of people: only records that have somebody in common are wanted, though there may be others among them.
    """
    if not (record.date and record.start and record.end):
        return []
    day, table = record.date.isoformat(), record.declaration.table
    busiest = context.shared(("busy", table, day), lambda: _busy(context.find(table, date=day), busy)) if busy else None
    if busiest is not None and record.id not in busiest:
        names = ("date", "start", "end", *busy)
        if unchanged(record, as_stored(record, names), names, context):
            return []
    start, end = hour(record.start), hour(record.end)
    # By the hour first: of a day's appointments few are at the same time.
    return [
        doc
        for doc in context.find(table, date=day)
        if doc.get("start", "") < end and start < doc.get("end", "") and doc["id"] != record.id
    ]


def _busy(docs: Iterable[Mapping[str, Any]], fields: tuple[str, ...]) -> set[str]:
    """Of a day's records, those that have somebody in these fields in common with another one at the same time."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for doc in docs:
        hours = doc.get("start", ""), doc.get("end", ""), doc["id"]
        for name in fields:
            who = doc.get(name) or ()
            for uid in (who,) if isinstance(who, str) else who:
                found.setdefault(uid, []).append(hours)
    return clashing(found.values())


def clashing(by_person: Iterable[Sequence[tuple[str, str, str]]]) -> set[str]:
    """The appointments (start, end, id) that run into another one of the same person."""
    pairs = (pair for some in by_person if len(some) > 1 for pair in combinations(some, 2))
    return {
        uid
        for (start, end, mine), (first, last, theirs) in pairs
        if start < last and first < end and mine != theirs
        for uid in (mine, theirs)
    }
