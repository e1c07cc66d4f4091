"""Meetings and their minutes; only those whose minutes were approved count."""

from collections.abc import Iterator
from datetime import date

from intarsi_registry.free_text import no_health_words
from intarsi_registry.rules import clock_minutes, in_order, in_project, not_in_future, shown, working_day
from intarsi_tui import (
    Attachment,
    Attachments,
    Choice,
    Choices,
    Context,
    Date,
    Flag,
    Int,
    Link,
    Links,
    LongText,
    Minutes,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    Time,
    field,
    link,
)

from .choices import DECISIONS, MODES, PRESENCES, SIGNERS
from .meeting_rules import approval, hours, membership, overlaps


class AgendaItem(Row, it="Punto all'ordine del giorno", en="Agenda item"):
    topic: Text = field(it="Argomento", en="Topic", privacy="internal")
    discussion: LongText | None = field(
        it="Sintesi della discussione", en="Summary of the discussion", privacy="personal",
        help=("Niente vicende di singole famiglie", "No stories of single families"),
    )  # fmt: skip
    item: Int | None = field(it="N.", en="No.", privacy="internal", computed=True)


class Attendance(Row, it="Presenza", en="Attendance"):
    body: Link = link("registry.body", it="Ente", en="Body")
    person: Text | None = field(it="Cognome e nome", en="Surname and given name", privacy="personal")
    role: Text | None = field(it="Ruolo o qualifica", en="Role or qualification", privacy="internal")
    status: Choice = field(it="Presenza", en="Attendance", privacy="internal", default="present", choices=PRESENCES)
    arrived: Time | None = field(
        it="Entrata", en="Arrival", privacy="personal", help=("Se non dall'inizio", "If not from the start")
    )
    left: Time | None = field(
        it="Uscita", en="Departure", privacy="personal", help=("Se prima della fine", "If before the end")
    )
    operator: Link | None = link(
        "registry.operator", it="Operatore", en="Operator", help=("Se è in anagrafica: per il foglio ore", "If in the registry: for the timesheet"),
    )  # fmt: skip


class Decision(Row, it="Decisione", en="Decision"):
    text: LongText = field(it="Decisione", en="Decision", privacy="internal", max=1000)
    body: Link | None = link("registry.body", it="Ente incaricato", en="Body in charge")
    owner: Link | None = link("registry.operator", it="Responsabile", en="Owner")
    due: Date | None = field(it="Scadenza", en="Due", privacy="internal")
    status: Choice = field(it="Attuazione", en="Progress", privacy="internal", default="open", choices=DECISIONS)
    item: Int | None = field(it="N.", en="No.", privacy="internal", computed=True)


class Meeting(
    Record, it="Incontro", en="Meeting", plural=("Incontri e verbali", "Meetings and minutes"),
    title=("date", "network_name"), date="date", version=2,
):  # fmt: skip
    network: Link = link(
        "governance.network", it="Rete", en="Network", in_list=True, index=True, section=("Incontro", "Meeting")
    )
    network_name: Text | None = field(it="Nome della rete", en="Name of the network", privacy="public", computed=True)
    date: Date = field(it="Data", en="Date", privacy="public", in_list=True, index=True)
    start: Time | None = field(it="Dalle", en="From", privacy="public", in_list=True, to_confirm=True)
    end: Time | None = field(it="Alle", en="To", privacy="public", to_confirm=True)
    minutes: Minutes | None = field(it="Durata", en="Duration", privacy="public", computed=True)
    mode: Choice = field(it="Modalità", en="Mode", privacy="public", in_list=True, default="room", choices=MODES)
    place: Text | None = field(
        it="Luogo o piattaforma", en="Place or platform", privacy="internal", help=("Indirizzo, oppure link", "Address, or link"),
    )  # fmt: skip
    convened_on: Date | None = field(
        it="Convocato il", en="Convened on", privacy="internal", section=("Convocazione", "Convocation")
    )
    convocation_protocol: Text | None = field(
        it="Protocollo della convocazione", en="Protocol no. of the convocation", privacy="internal", max=40
    )
    chair: Link | None = link("registry.operator", it="Presiede", en="Chair", to_confirm=True)
    secretary: Link | None = link("registry.operator", it="Verbalizza", en="Secretary", to_confirm=True)
    agenda: Rows[AgendaItem] = field(
        it="Ordine del giorno", en="Agenda", privacy="internal", default=[], section=("Verbale", "Minutes"),
        help=("Nell'ordine in cui si trattano", "In the order in which they are taken"),
    )  # fmt: skip
    attendance: Rows[Attendance] = field(it="Presenze", en="Attendance", privacy="internal", default=[])
    present_count: Int | None = field(it="N. presenti", en="Present", privacy="public", in_list=True, computed=True)
    bodies: Links | None = link("registry.body", it="Enti presenti", en="Bodies present", computed=True)
    decisions: Rows[Decision] = field(it="Decisioni", en="Decisions", privacy="internal", default=[])
    open_decisions: Int | None = field(
        it="Decisioni da attuare", en="Open decisions", privacy="internal", in_list=True, computed=True
    )
    approved_on: Date | None = field(
        it="Verbale approvato il", en="Minutes approved on", privacy="public", in_list=True,
        section=("Approvazione e firme", "Approval and signatures"),
        help=("Vuota: la data della seduta che lo approva", "Empty: the date of the meeting that approves them"),
    )  # fmt: skip
    approved_in: Link | None = link("governance.meeting", it="Approvato nella seduta", en="Approved in meeting")
    approved: Flag | None = field(
        it="Approvato", en="Approved", privacy="public", computed=True, help=("Solo gli approvati contano", "Only approved ones count"),
    )  # fmt: skip
    signatures: Choices | None = field(it="Firme", en="Signatures", privacy="internal", choices=SIGNERS)
    signed_on: Date | None = field(it="Firmato il", en="Signed on", privacy="internal")
    minutes_file: Attachment | None = field(it="Verbale firmato", en="Signed minutes", privacy="personal")
    sign_sheet: Attachment | None = field(it="Foglio firme", en="Sign-in sheet", privacy="personal")
    annexes: Attachments | None = field(it="Allegati", en="Annexes", privacy="internal", was=("annex",))

    def compute(self, context: Context) -> None:
        network = context.get("governance.network", self.network) or {}
        self.network_name = network.get("name")
        for number, item in enumerate(self.agenda, 1):
            item.item = number
        for number, decision in enumerate(self.decisions, 1):
            decision.item = number
        self.minutes = max(clock_minutes(self.end) - clock_minutes(self.start), 0) if self.start and self.end else None
        present = [row for row in self.attendance if row.status == "present"]
        self.present_count, self.bodies = len(present), list(dict.fromkeys(row.body for row in present))
        self.open_decisions = sum(row.status == "open" for row in self.decisions)
        if self.approved_in and not self.approved_on:
            approving = context.get("governance.meeting", self.approved_in) or {}
            self.approved_on = date.fromisoformat(approving["date"]) if approving else None
        self.approved = self.approved_on is not None

    def check(self) -> Iterator[Problem]:
        if self.start and self.end and self.end <= self.start:
            yield self.problem("end", it="Finisce prima di cominciare", en="Ends before it starts")
        yield from in_order(self, "convened_on", "date")
        yield from in_order(self, "date", "approved_on")
        yield from in_order(self, "date", "signed_on")
        if self.approved_on and len(self.signatures or ()) < len(SIGNERS):
            yield self.problem(
                "signatures", warning=True, it="Il verbale lo firmano presidente e verbalizzante",
                en="Chair and secretary sign the minutes",
            )  # fmt: skip
        yield from self._check_attendance()
        for number, item in enumerate(self.agenda, 1):
            yield from no_health_words(self, f"agenda.{number}.discussion", item.discussion)
        for number, row in enumerate(self.decisions, 1):
            if row.due and row.due < self.date:
                yield self.problem(
                    f"decisions.{number}.due", it="La scadenza è prima dell'incontro", en="Due before the meeting"
                )

    def _check_attendance(self) -> Iterator[Problem]:
        seen: set[tuple[str, str]] = set()
        for number, row in enumerate(self.attendance, 1):
            place, who = f"attendance.{number}", row.operator or row.person
            if who and (row.body, who) in seen:
                yield self.problem(f"{place}.person", it="La persona c'è già", en="The person is already there")
            seen.add((row.body, who or ""))
            if row.status == "present" and not who:
                yield self.problem(f"{place}.person", warning=True, it="Chi era presente?", en="Who was present?")
            if row.status != "present" and (row.arrived or row.left):
                yield self.problem(
                    f"{place}.status", it="Ha un orario: era presente?", en="There is a time: were they present?"
                )
            if row.arrived and row.left and row.left < row.arrived:
                yield self.problem(f"{place}.left", it="Uscita prima dell'entrata", en="Left before arriving")

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from working_day(self, "date", context)
        yield from not_in_future(self, "approved_on", context)
        yield from not_in_future(self, "signed_on", context)
        yield from approval(self, context)
        yield from membership(self, context)
        yield from overlaps(self, context)
        yield from hours(self, context)
        for number, row in enumerate(self.decisions, 1):
            if row.status == "open" and row.due and row.due < context.today:
                yield self.problem(
                    f"decisions.{number}.due", warning=True, day=shown(row.due),
                    it="Scaduta il {day} e ancora da attuare", en="Due on {day} and still open",
                )  # fmt: skip
