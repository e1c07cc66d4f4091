"""One calendar over all plugins: every record of a register that declares how its records are appointments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from tinydb import where

from ..host.office import Office
from ..records.dated import Calendar
from ..records.declaration import Declaration, Field
from ..records.linked_kinds import LinkKind
from ..reference.holidays import local_holiday
from ..store.links import targets
from . import DAMAGE, Dated, Doc


@dataclass(frozen=True)
class Appointment(Dated):
    """A record as an appointment, in the words of the office.

    Attributes:
        day, last: its first and last day.
        start, end: its times; without a start it takes whole days.
        off: it is void, or was called off.
        holiday: why people may not be at work on its day, "" when they are.
    """

    day: date
    last: date
    start: time | None
    end: time | None
    title: str
    place: str
    status: str
    who: str
    off: bool
    holiday: str


def calendar(
    office: Office, first: date, last: date, registers: Sequence[str] = (), concerning: Iterable[str] = ()
) -> list[Appointment]:
    """The appointments between two days, by day and time; void and called-off ones are among them, marked.

    Parameters:
        registers: only those of these tables.
        concerning: identifiers of records; only appointments that refer to all of them, in a field or in a row.
    """
    wanted = set(concerning)
    found = []
    for declaration in kept(office, registers):
        for doc in _between(office, declaration, first, last):
            try:
                if wanted <= targets(declaration, doc):
                    found.append(_appointment(office, declaration, doc))
            except DAMAGE:
                continue
    return sorted(found, key=lambda one: (one.day, one.start or time.min, one.title, str(one.doc["id"])))


def of_record(office: Office, table: str, doc: Doc) -> Appointment | None:
    """One record as an appointment; `None` when its register has none, or it has no date yet."""
    declaration = office.declarations[table]
    return _appointment(office, declaration, doc) if declaration.calendar and doc.get(declaration.date) else None


def kept(office: Office, registers: Sequence[str] = ()) -> list[Declaration]:
    """The registers whose records are appointments."""
    return [
        one
        for one in office.declarations.values()
        if one.calendar and one.date and (not registers or one.table in registers)
    ]


def _between(office: Office, declaration: Declaration, first: date, last: date) -> Iterator[Doc]:
    assert declaration.calendar
    begins, until = where(declaration.date), declaration.calendar.until
    query = (begins >= first.isoformat()) & (begins <= last.isoformat())
    if until:  # it began before, and goes on
        query |= (begins < first.isoformat()) & (where(until) >= first.isoformat())
    yield from office.table(declaration.table).search(query)


def _appointment(office: Office, declaration: Declaration, doc: Doc) -> Appointment:
    said = declaration.calendar
    assert said
    day = date.fromisoformat(doc[declaration.date])
    last = max(day, date.fromisoformat(doc[said.until])) if doc.get(said.until) else day
    status = office.show(declaration.by_name["state"], doc)
    if said.status and doc["state"] != "void":
        status = office.show(declaration.by_name[said.status], doc) or status
    return Appointment(
        declaration, doc, day, last, _time(doc, said.start), _time(doc, said.end),
        _title(office, declaration, doc),
        place_of(office, declaration, doc), status, "; ".join(_people(office, declaration, said, doc)),
        doc["state"] == "void" or (bool(said.status) and doc.get(said.status) in said.cancelled),
        _holiday(office, doc, day),
    )  # fmt: skip


def _title(office: Office, declaration: Declaration, doc: Doc) -> str:
    """What it is called, without day and time, which stand beside it, unless there is nothing else to say."""
    own = words_of(office, doc, (declaration.by_name[name] for name in declaration.title if _tells(declaration, name)))
    if not own and declaration.calendar:
        called = words_of(office, doc, map(declaration.by_name.__getitem__, declaration.calendar.called))
        own = " ".join(filter(None, (called, str(doc.get("number") or ""))))
    return f"{declaration.label(office.lang)}: {own or office.title_of(declaration, doc)}"


def _tells(declaration: Declaration, name: str) -> bool:
    return declaration.by_name[name].kind.name not in ("date", "time")


def words_of(office: Office, doc: Doc, fields: Iterable[Field]) -> str:
    """What these fields of a record show, the empty ones left out."""
    return " ".join(filter(None, (office.show(one, doc) for one in fields)))


def place_of(office: Office, declaration: Declaration, doc: Doc, classes: Sequence[str] = ()) -> str:
    """Where it is: the first filled field of those declared, of these classes of privacy when some are given."""
    names = declaration.calendar.place if declaration.calendar else ()
    fields = (declaration.by_name[name] for name in names)
    words = (office.show(one, doc) for one in fields if not classes or one.privacy in classes)
    return next((text for text in words if text), "")


def _people(office: Office, declaration: Declaration, said: Calendar, doc: Doc) -> Iterator[str]:
    for name in said.who:
        one = declaration.by_name[name]
        if isinstance(one.kind, LinkKind) and (text := office.show(one, doc)):
            yield text


def _time(doc: Doc, name: str) -> time | None:
    return time.fromisoformat(doc[name]) if doc.get(name) else None


def _holiday(office: Office, doc: Doc, day: date) -> str:
    partner = office.profile.partners.get(str(doc.get("partner")))
    return local_holiday(day, partner.town if partner else "", office.lang) or ""
