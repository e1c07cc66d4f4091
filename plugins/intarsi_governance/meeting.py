"""Meetings and their minutes; only those whose minutes were approved count."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from intarsi_registry.attendance import Span, counted, there
from intarsi_registry.attendance_rules import await_day, in_sequence, possible_hours
from intarsi_registry.elsewhere import elsewhere
from intarsi_registry.free_text import no_health_words
from intarsi_registry.rules import in_order, in_project, not_in_future, working_day
from intarsi_tui import (
    Attachment,
    Attachments,
    Calendar,
    Change,
    Choice,
    Choices,
    Context,
    Date,
    Deadline,
    Flag,
    Int,
    Link,
    Links,
    LongText,
    Minutes,
    Problem,
    Record,
    Rows,
    Text,
    Time,
    field,
    link,
)

from .choices import MODES, SIGNERS
from .meeting_rows import AgendaItem, Attendance, Carried, Decision, Vote
from .meeting_rules import approval, approves, hours, membership, overlaps, presence
from .minutes_rules import carried, count_votes, decisions, deputies, later_meetings, lock, votes

# Days after a meeting within which its minutes are expected to be approved; no source binds anybody to it.
APPROVAL_DAYS = 60

Day = date  # in the class `date` is a field


class Meeting(
    Record, it="Incontro", en="Meeting", plural=("Incontri e verbali", "Meetings and minutes"),
    also=("riunioni, sedute, votazioni, convocazioni, ordine del giorno, presenze", "sittings, votes, agendas, attendance"),
    title=("date", "network_name"), date="date", version=2,
    calendar=Calendar(start="start", end="end", place=("place",), who=("chair", "secretary"), details=("mode", "convocation_protocol", "agenda")),
):  # fmt: skip
    network: Link = link(
        "governance.network", it="Rete", en="Network", in_list=30, index=True, section=("Incontro", "Meeting")
    )
    network_name: Text | None = field(it="Nome della rete", en="Name of the network", privacy="public", computed=True)
    date: Date = field(
        it="Data", en="Date", privacy="public", in_list=True, index=True,
        deadline=Deadline(it="Approvare il verbale", en="Approve the minutes", owner=("secretary",), closed={"approved": (True,)}, days=APPROVAL_DAYS, leads=(30, 7)),
    )  # fmt: skip
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
    votes: Rows[Vote] = field(it="Votazioni", en="Votes", privacy="internal", default=[])
    carried: Rows[Carried] = field(
        it="Decisioni ancora da attuare", en="Decisions still open", privacy="internal", computed=True, default=[],
        help=("Delle sedute precedenti, finché non sono chiuse", "Of earlier meetings, until they are closed"),
    )  # fmt: skip
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
    amendment: LongText | None = field(
        it="Motivo della rettifica", en="Reason for the amendment", privacy="internal", max=1000,
        help=("Per cambiare un verbale già approvato", "To change minutes that were approved already"),
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
        span = Span(self.date, self.start, self.end) if self.start and self.end else None
        self.minutes = span.minutes if span else None
        await_day(self.attendance, self.date, context.today)
        present = [row for row in self.attendance if there(row.status)]
        for row in self.attendance:
            row.minutes = None if span is None else counted(span, row.arrived, row.left) if there(row.status) else 0
        self.present_count, self.bodies = len(present), list(dict.fromkeys(row.body for row in present))
        count_votes(self, network)
        self.carried = carried(self.network, self.date.isoformat(), context)
        self.open_decisions = sum(row.status == "open" for row in self.decisions)
        if self.approved_in and not self.approved_on:
            approving = context.get("governance.meeting", self.approved_in) or {}
            self.approved_on = date.fromisoformat(approving["date"]) if approving else None
        self.approved = self.approved_on is not None

    @classmethod
    def goes_on(cls, doc: Mapping[str, Any], today: Day) -> bool:
        """A meeting does until its day is over, and as long as a decision of it is open."""
        return bool(doc.get("open_decisions")) or super().goes_on(doc, today)

    @classmethod
    def follow(cls, doc: Mapping[str, Any], context: Context) -> Iterator[Change]:
        """Open decisions go on to the meetings that are planned already."""
        yield from later_meetings(doc, context)

    def check(self) -> Iterator[Problem]:
        yield from in_sequence(self, self.start, self.end)
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

    def _check_attendance(self) -> Iterator[Problem]:
        seen: set[tuple[str, str]] = set()
        for number, row in enumerate(self.attendance, 1):
            place, who = f"attendance.{number}", row.who()
            if who and (row.body, who) in seen:
                yield self.problem(f"{place}.person", it="La persona c'è già", en="The person is already there")
            seen.add((row.body, who or ""))
            if there(row.status) and not who:
                yield self.problem(f"{place}.person", warning=True, it="Chi era presente?", en="Who was present?")

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from working_day(self, "date", context)
        yield from not_in_future(self, "approved_on", context)
        yield from not_in_future(self, "signed_on", context)
        yield from approval(self, context)
        yield from approves(self, context)
        yield from presence(self, context)
        yield from membership(self, context)
        yield from overlaps(self, context)
        yield from elsewhere(self, context)
        yield from hours(self, context)
        yield from possible_hours(self, "start", self.date, self.start)
        yield from possible_hours(self, "end", self.date, self.end)
        network = context.get("governance.network", self.network) or {}
        yield from votes(self, network)
        yield from deputies(self, network, context)
        yield from decisions(self, context)
        yield from lock(self, context)
