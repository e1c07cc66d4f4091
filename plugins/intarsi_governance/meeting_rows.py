"""What stands in the minutes of a meeting, line by line."""

from datetime import time

from intarsi_registry.attendance import arrived_field, left_field, minutes_field, status_field
from intarsi_tui import Choice, Date, Deadline, Flag, Int, Link, LongText, Minutes, Row, Text, Time, field, link

from .choices import CAPACITIES, DECISIONS, VOTES


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
    status: Choice = status_field()
    arrived: Time | None = arrived_field()
    left: Time | None = left_field()
    operator: Link | None = link(
        "registry.operator", it="Operatore", en="Operator", help=("Se è in anagrafica: per il foglio ore", "If in the registry: for the timesheet"),
    )  # fmt: skip
    capacity: Choice = field(
        it="In qualità di", en="As", privacy="internal", default="member", choices=CAPACITIES,
        help=("Un ente vota una volta, con il componente o il supplente", "A body votes once, by its member or the deputy"),
    )  # fmt: skip
    minutes: Minutes | None = minutes_field()

    def who(self) -> str | None:
        """The person, as far as the row tells."""
        return self.operator or self.person


class Vote(Row, it="Votazione", en="Vote"):
    subject: Text = field(it="Oggetto", en="Subject", privacy="internal")
    at: Time = field(it="Ora", en="Time", privacy="internal")
    in_favour: Int = field(it="Favorevoli", en="In favour", privacy="internal", min=0)
    against: Int = field(it="Contrari", en="Against", privacy="internal", min=0, default=0)
    abstained: Int = field(it="Astenuti", en="Abstained", privacy="internal", min=0, default=0)
    without_quorum: Text | None = field(
        it="Perché vale senza numero legale", en="Why it holds without a quorum", privacy="internal",
        help=("Solo se vale lo stesso: l'articolo o l'atto", "Only when it holds all the same: the article or act"),
    )  # fmt: skip
    present: Int | None = field(it="Presenti con voto", en="Present with a vote", privacy="internal", computed=True)
    needed: Int | None = field(it="Numero legale", en="Quorum", privacy="internal", computed=True)
    quorate: Flag | None = field(it="In numero legale", en="Quorate", privacy="internal", computed=True)
    outcome: Choice | None = field(it="Esito", en="Outcome", privacy="internal", computed=True, choices=VOTES)


class Decision(Row, it="Decisione", en="Decision", title=("text",)):
    text: LongText = field(it="Decisione", en="Decision", privacy="internal", max=1000)
    body: Link | None = link("registry.body", it="Ente incaricato", en="Body in charge")
    owner: Link | None = link("registry.operator", it="Responsabile", en="Owner")
    due: Date | None = field(
        it="Scadenza", en="Due", privacy="internal",
        deadline=Deadline(it="Attuare la decisione", en="Carry out the decision", owner=("owner", "body"), open={"status": ("open",)}, leads=(30, 7)),
    )  # fmt: skip
    status: Choice = field(it="Attuazione", en="Progress", privacy="internal", default="open", choices=DECISIONS)
    closed_on: Date | None = field(it="Chiusa il", en="Closed on", privacy="internal")
    item: Int | None = field(it="N.", en="No.", privacy="internal", computed=True)


class Carried(Row, it="Decisione riportata", en="Carried decision"):
    text: LongText | None = field(it="Decisione", en="Decision", privacy="internal", computed=True)
    meeting: Link | None = link("governance.meeting", it="Presa nella seduta", en="Taken in meeting", computed=True)
    item: Int | None = field(it="N.", en="No.", privacy="internal", computed=True)
    body: Link | None = link("registry.body", it="Ente incaricato", en="Body in charge", computed=True)
    owner: Link | None = link("registry.operator", it="Responsabile", en="Owner", computed=True)
    due: Date | None = field(it="Scadenza", en="Due", privacy="internal", computed=True)


def inside(moment: time, start: time | None, end: time | None) -> bool:
    """Whether a time is one of a meeting's; one whose hours are not known yet takes any."""
    return (start is None or start <= moment) and (end is None or moment <= end)
