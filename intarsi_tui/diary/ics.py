"""Appointments as an iCalendar file (RFC 5545), which leaves the office: numbers instead of names, and no personal field.

An office that has an address publishes (RFC 5546: METHOD PUBLISH, which has an organizer and no attendees); with the addresses
of guests one appointment is a REQUEST, or a CANCEL once it is off. Without an address of its own there is no METHOD, since all
three want an organizer: then the file is a calendar that a person takes in. An appointment keeps its UID for good; every change
of its record raises SEQUENCE, so that a later file brings an earlier one up to date.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ..host.office import Office
from ..records.declaration import Field
from ..records.linked_kinds import LinkKind, RowsKind
from .calendar import Appointment, place_of, words_of

ZONE = "Europe/Rome"
# The rule of the European Union since 1996, as far back as any register goes. The package makes one list of days from 1970 to
# 2037 out of it, and sets its hours one too late.
TIMEZONE = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""
# What may stand in a file that others get.
SHOWN = ("public", "internal")


def calendar_file(office: Office, appointments: Sequence[Appointment], addresses: Sequence[str] = ()) -> bytes:
    """The file, lines of 75 octets at most; void and called-off appointments are told as cancelled.

    Parameters:
        addresses: of those who are asked to come to the one appointment; the office has an address then.
    """
    from icalendar import Calendar, Timezone

    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//intarsi-tui//{office.profile.code}//IT")
    made.add("calscale", "GREGORIAN")
    if office.workspace.email:
        made.add("method", _method(appointments, addresses))
    if not addresses:
        # Not in the standard; what most programs show as the calendar's name. An invitation is no calendar.
        made.add("x-wr-calname", office.profile.acronym or office.profile.code)
    made.add_component(Timezone.from_ical(TIMEZONE))
    for one in appointments:
        event = _event(office, one)
        _add_people(office, event, addresses)
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


def _method(appointments: Sequence[Appointment], addresses: Sequence[str]) -> str:
    if not addresses:
        return "PUBLISH"
    (one,) = appointments  # a request is about one
    return "CANCEL" if one.off else "REQUEST"


def _add_people(office: Office, event: Any, addresses: Sequence[str]) -> None:
    from icalendar import vCalAddress

    if office.workspace.email:
        organizer = vCalAddress(f"mailto:{office.workspace.email}")
        organizer.params["CN"] = office.workspace.partner.name
        event.add("organizer", organizer)
    for address in addresses:
        guest = vCalAddress(f"mailto:{address}")  # no name: the address alone says whom it is for
        guest.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        event.add("attendee", guest)


def title_of(office: Office, one: Appointment) -> str:
    """How an appointment is called outside: its register and number, and what of its title is public."""
    named = one.declaration.calendar.called if one.declaration.calendar else ()
    words = next(filter(None, (_public(office, one, names) for names in (one.declaration.title, named))), "")
    head = " ".join(filter(None, (one.declaration.label(office.lang), str(one.doc.get("number") or ""))))
    return f"{head}: {words}" if words else head


def _public(office: Office, one: Appointment, names: Sequence[str]) -> str:
    fields = (one.declaration.by_name[name] for name in names)
    return words_of(office, one.doc, (field for field in fields if field.privacy == "public" and _tells(field)))


def _tells(field: Field) -> bool:
    """Day and time stand beside the title already; what a link's title names may be a person."""
    return field.kind.name not in ("date", "time") and not isinstance(field.kind, LinkKind)


def _event(office: Office, one: Appointment) -> Any:
    from icalendar import Event

    zone = ZoneInfo(ZONE)
    event = Event()
    event.add("uid", f"{one.doc['id']}@intarsi")
    changed = datetime.fromisoformat(one.doc.get("changed_at") or one.doc["created_at"]).astimezone(UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", max(len(office.store.history(one.declaration.table, one.doc["id"], limit=None)) - 1, 0))
    if one.start is None:
        event.add("dtstart", one.day)
        event.add("dtend", one.last + timedelta(days=1))  # the day after, which is not part of it
    else:
        event.add("dtstart", datetime.combine(one.day, one.start, zone))
        if one.end and one.end > one.start:
            event.add("dtend", datetime.combine(one.day, one.end, zone))
    event.add("summary", title_of(office, one))
    if place := place_of(office, one.declaration, one.doc, SHOWN):
        event.add("location", place)
    if details := _details(office, one):
        event.add("description", details)
    event.add("status", "CANCELLED" if one.off else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _details(office: Office, one: Appointment) -> str:
    """The declared details, one a line; of rows what is neither personal nor special."""
    assert one.declaration.calendar
    lines: list[str] = []
    for name in one.declaration.calendar.details:
        field = one.declaration.by_name[name]
        if field.privacy not in SHOWN:
            continue
        if not isinstance(field.kind, RowsKind):
            text = office.show(field, one.doc)
            lines += [f"{field.label(office.lang)}: {text}"] if text else []
            continue
        columns = [column for column in field.kind.declaration.fields if column.privacy in SHOWN and not column.given]
        rows = one.doc.get(name) or []
        texts = (" · ".join(filter(None, (office.show(column, row) for column in columns))) for row in rows)
        lines += [f"{field.label(office.lang)}:", *(f"{number}. {text}" for number, text in enumerate(texts, 1))]
        lines = lines if rows else lines[:-1]
    return "\n".join(lines)
