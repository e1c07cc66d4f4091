"""Events: conferences, seminars, public meetings and the like."""

from collections.abc import Iterator

from intarsi_registry.attendance import Span, arrived_field, counted, left_field, minutes_field, status_field, there
from intarsi_registry.attendance_rules import await_day, in_sequence, judged, possible_hours, was_it_held
from intarsi_registry.elsewhere import elsewhere
from intarsi_registry.rules import in_project, not_in_future
from intarsi_tui import (
    Attachment,
    Calendar,
    Choice,
    Context,
    Date,
    Int,
    Link,
    LongText,
    Minutes,
    Municipality,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    Time,
    field,
    link,
)

from .choices import AUDIENCES, EVENT_STATES, EVENTS, RELEASES
from .rules import web_address


class Speaker(Row, it="Relatore", en="Speaker"):
    person: Text = field(it="Cognome e nome", en="Surname and given name", privacy="personal")
    body: Link | None = link("registry.body", it="Ente", en="Body")
    topic: Text | None = field(it="Intervento", en="Talk", privacy="public")


class Participants(Row, it="Partecipanti", en="Participants"):
    type: Choice = field(it="Chi", en="Who", privacy="public", choices=AUDIENCES)
    count: Int = field(it="Numero", en="Number", privacy="public", min=0)


class Attendance(Row, it="Presenza", en="Attendance"):
    body: Link = link("registry.body", it="Ente", en="Body")
    operator: Link | None = link("registry.operator", it="Operatore", en="Operator")
    status: Choice = status_field()
    arrived: Time | None = arrived_field()
    left: Time | None = left_field()
    minutes: Minutes | None = minutes_field()


class Article(Row, it="Articolo o servizio", en="Article or report"):
    date: Date = field(it="Data", en="Date", privacy="public")
    outlet: Text = field(it="Testata", en="Outlet", privacy="public")
    title: Text | None = field(it="Titolo", en="Title", privacy="public")
    url: Text | None = field(it="Indirizzo web", en="Web address", privacy="public", max=500)


class Event(
    Record, it="Evento", en="Event", plural=("Eventi", "Events"),
    also=("convegni, seminari, incontri pubblici, presenze", "conferences, seminars, attendance"),
    title=("date", "title"), date="date",
    calendar=Calendar(start="start", end="end", place=("venue", "municipality"), status="status", details=("programme",)),
):  # fmt: skip
    title: Text = field(it="Titolo", en="Title", privacy="public", in_list=26, index=True, section=("Evento", "Event"))
    type: Choice = field(it="Tipo", en="Type", privacy="public", in_list=True, choices=EVENTS)
    date: Date = field(
        it="Data", en="Date", privacy="public", in_list=True, index=True, help=("Una scheda per giornata", "One record for each day"),
    )  # fmt: skip
    start: Time | None = field(it="Dalle", en="From", privacy="public")
    end: Time | None = field(it="Alle", en="To", privacy="public")
    status: Choice = field(
        it="Svolgimento", en="Status", privacy="public", in_list=True, default="planned", choices=EVENT_STATES
    )
    venue: Text | None = field(it="Sede", en="Venue", privacy="public", help=("Oppure piattaforma", "Or platform"))
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="public", in_list=True)
    programme: LongText | None = field(
        it="Programma", en="Programme", privacy="public", section=("Programma", "Programme")
    )
    speakers: Rows[Speaker] = field(it="Relatori", en="Speakers", privacy="internal", default=[])
    poster: Attachment | None = field(it="Locandina", en="Poster", privacy="internal")
    attendance: Rows[Attendance] = field(
        it="Enti invitati", en="Bodies invited", privacy="internal", default=[], help=("Gli invitati per nome; il pubblico si conta sotto", "Those invited; the public is counted below"),
    )  # fmt: skip
    participants: Rows[Participants] = field(
        it="Partecipanti", en="Participants", privacy="public", default=[], section=("Partecipazione", "Participation"),
        help=("Una riga per tipo: solo il numero, nessun nome", "One row for each type: only the number, no names"),
    )  # fmt: skip
    participants_count: Int | None = field(
        it="N. partecipanti", en="Number of participants", privacy="public", in_list=True, computed=True
    )
    sign_sheet: Attachment | None = field(it="Foglio firme", en="Sign-in sheet", privacy="personal")
    releases: Choice | None = field(
        it="Liberatorie foto e video", en="Photo and video releases", privacy="internal", choices=RELEASES,
        help=("«Non serve» se nessuno è stato ripreso", "“Not needed” if nobody was filmed"),
    )  # fmt: skip
    press: Rows[Article] = field(
        it="Rassegna stampa", en="Press", privacy="public", default=[], section=("Rassegna stampa", "Press")
    )

    def compute(self, context: Context) -> None:
        self.participants_count = sum(row.count for row in self.participants)
        await_day(self.attendance, self.date, context.today)
        span = self._span()
        for guest in self.attendance:
            guest.minutes = (
                counted(span, guest.arrived, guest.left)
                if span and there(guest.status) and self.status != "cancelled"
                else None
            )

    def _span(self) -> Span | None:
        return Span(self.date, self.start, self.end) if self.start and self.end else None

    def check(self) -> Iterator[Problem]:
        yield from in_sequence(self, self.start, self.end)
        yield from possible_hours(self, "start", self.date, self.start)
        yield from possible_hours(self, "end", self.date, self.end)
        types = [row.type for row in self.participants]
        for number, row in enumerate(self.participants, 1):
            if row.type in types[: number - 1]:
                yield self.problem(
                    f"participants.{number}.type", it="C'è già una riga così", en="There is already such a row"
                )
        for number, article in enumerate(self.press, 1):
            yield from web_address(self, f"press.{number}.url", article.url)
        if self.status != "held":
            return
        if not any(row.count for row in self.participants):
            yield self.problem("participants", warning=True, it="Quanti hanno partecipato?", en="How many took part?")
        if not self.sign_sheet:
            yield self.problem(
                "sign_sheet", warning=True, it="Manca il foglio firme", en="The sign-in sheet is missing"
            )
        if self.releases in (None, "missing"):
            yield self.problem(
                "releases", warning=True, it="Senza liberatorie foto e video non si usano", en="Without releases photos and videos cannot be used",
            )  # fmt: skip

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        if self.status == "held":
            yield from not_in_future(self, "date", context)
        yield from was_it_held(self, any(there(guest.status) for guest in self.attendance), context)
        span = self._span() if self.status != "cancelled" else None
        for number, guest in enumerate(self.attendance, 1):
            yield from judged(self, f"attendance.{number}", guest, self.date, span, context)
        yield from elsewhere(self, context)
