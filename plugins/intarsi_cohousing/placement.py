"""Placements: the dated stay of a household, or of some of it, in a unit."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from intarsi_registry.free_text import no_health_detail
from intarsi_registry.rules import in_order, in_project, others, shown
from intarsi_tui import (
    Choice,
    Choices,
    Context,
    Date,
    Deadline,
    Euro,
    Flag,
    Int,
    Language,
    Link,
    Links,
    LongText,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)
from intarsi_tui.records.clock import months_after

from .choices import AGREEMENTS, EXIT_OUTCOMES, LATER, SHARES
from .nights import shared
from .occupancy import row_of, stay_of
from .placement_rules import agreement, beds, guests

ABSENCE_DAYS = 15


class Extension(Row, it="Proroga", en="Extension"):
    date: Date = field(it="Data", en="Date", privacy="internal")
    expiry: Date = field(it="Nuova scadenza", en="New expiry", privacy="internal")
    reason: Text | None = field(it="Motivo", en="Reason", privacy="personal")


class Absence(Row, it="Assenza", en="Absence"):
    start: Date = field(it="Dal", en="From", privacy="internal")
    end: Date | None = field(it="Rientro", en="Back on", privacy="internal")
    reported_on: Date | None = field(it="Comunicata il", en="Reported on", privacy="internal")


class Placement(
    Record, it="Inserimento", en="Placement", plural=("Inserimenti", "Placements"),
    also=("ospiti, accoglienza, posti, letti, ingressi, uscite, assegnazioni", "guests, places, beds, entries, exits"),
    title=("unit_code", "entered_on"),
    date="entered_on",
):  # fmt: skip
    unit: Link = link(
        "cohousing.unit", it="Alloggio", en="Unit", in_list=True, index=True, section=("Chi e dove", "Who and where")
    )
    room: Text | None = field(
        it="Camera", en="Room", privacy="internal", max=20, help=("Il codice nella scheda dell'alloggio", "Its code in the unit's record"),
    )  # fmt: skip
    bed: Text | None = field(
        it="Letto", en="Bed", privacy="internal", max=20, help=("Solo se se ne assegna uno", "Only when one is assigned"),
    )  # fmt: skip
    unit_code: Text | None = field(it="Codice alloggio", en="Unit code", privacy="internal", computed=True)
    household: Link = link("registry.household", it="Nucleo", en="Household", in_list=True, index=True)
    persons: Links | None = link("registry.person", it="Persone inserite", en="Persons placed", to_confirm=True)
    infants_in_cots: Int = field(
        it="Di cui bambini in culla", en="Of them infants in cots", privacy="internal", default=0, min=0,
        help=("Sotto i 3 anni: non occupano un posto, dal terzo compleanno sì", "Under 3: they take no place, from the third birthday on they do"),
    )  # fmt: skip
    occupants: Int | None = field(
        it="Posti occupati",
        en="Places taken",
        privacy="internal",
        in_list=True,
        computed=True,
        help=("All'ingresso, senza chi dorme in culla", "At the entry, without those in cots"),
    )

    entered_on: Date = field(
        it="Ingresso", en="Entry", privacy="internal", in_list=True, index=True,
        section=("Ingresso e accordo", "Entry and agreement"), help=("La prima notte", "The first night"),
    )  # fmt: skip
    handover_report: Flag = field(
        it="Verbale di consegna firmato", en="Handover report signed", privacy="internal", default=False
    )
    inventory: Flag = field(it="Inventario allegato", en="Inventory attached", privacy="internal", default=False)
    agreement: Choice | None = field(
        it="Tipo di accordo", en="Agreement", privacy="internal", to_confirm=True, choices=AGREEMENTS
    )
    planned_months: Int | None = field(
        it="Durata prevista (mesi)", en="Planned months", privacy="internal", min=1, max=120
    )
    expiry: Date | None = field(
        it="Scadenza nell'accordo", en="Expiry in the agreement", privacy="internal",
        help=("Vuota: ingresso più i mesi previsti", "Empty: entry and the planned months"),
    )  # fmt: skip
    extensions: Rows[Extension] = field(it="Proroghe", en="Extensions", privacy="personal", default=[])
    expires_on: Date | None = field(
        it="Scade il", en="Expires on", privacy="internal", in_list=True, computed=True, index=True,
        deadline=Deadline(
            "Prorogare l'accordo o preparare l'uscita", "Extend the agreement or prepare the exit", owner=("operator",),
            closed={"left_on": ()},
        ),
    )  # fmt: skip

    share_amount: Euro | None = field(
        it="Compartecipazione al mese", en="Monthly share", privacy="internal", min=0, section=("Vita in alloggio", "Living there"),
    )  # fmt: skip
    share_kind: Choices | None = field(it="Compartecipazione a", en="Share in", privacy="internal", choices=SHARES)
    rules_signed: Flag = field(
        it="Regole di convivenza firmate", en="Rules of living together signed", privacy="internal", default=False
    )
    rules_signed_on: Date | None = field(it="Regole firmate il", en="Rules signed on", privacy="internal")
    rules_language: Language | None = field(it="Lingua delle regole", en="Language of the rules", privacy="internal")
    absences: Rows[Absence] = field(
        it="Assenze prolungate", en="Long absences", privacy="personal", default=[],
        help=("Oltre 15 giorni; il posto resta occupato", "Over 15 days; the place stays taken"),
    )  # fmt: skip
    operator: Link | None = link("registry.operator", it="Operatore di riferimento", en="Reference operator")
    reconciliation: LongText | None = field(
        it="Conciliazione casa-lavoro", en="Home and work", privacy="personal", max=1000,
        help=("Orari, trasporti, cura dei figli; niente salute", "Hours, transport, child care; nothing on health"),
    )  # fmt: skip

    left_on: Date | None = field(
        it="Uscita", en="Exit", privacy="internal", in_list=True, section=("Uscita", "Exit"),
        help=("La prima notte altrove", "The first night elsewhere"),
    )  # fmt: skip
    exit_outcome: Choice | None = field(
        it="Esito dell'uscita", en="Outcome of the exit", privacy="internal", choices=EXIT_OUTCOMES
    )
    after_3_months: Choice | None = field(
        it="Sistemazione dopo 3 mesi", en="Accommodation after 3 months", privacy="internal", choices=LATER
    )
    after_6_months: Choice | None = field(
        it="Sistemazione dopo 6 mesi", en="Accommodation after 6 months", privacy="internal", choices=LATER
    )
    next_follow_up: Date | None = field(
        it="Prossima verifica dopo l'uscita", en="Next follow-up", privacy="internal", computed=True,
        deadline=Deadline("Chiedere dove abita ora il nucleo", "Ask where the household lives now", owner=("operator",)),
    )  # fmt: skip
    nights: Int | None = field(
        it="Notti", en="Nights", privacy="internal", computed=True, help=("Contate all'uscita", "Counted at the exit"),
    )  # fmt: skip
    person_nights: Int | None = field(
        it="Notti-persona", en="Person-nights", privacy="internal", computed=True,
        help=("Contate all'uscita, bambini in culla compresi", "Counted at the exit, infants in cots included"),
    )  # fmt: skip

    @classmethod
    def goes_on(cls, doc: Mapping[str, Any], today: date) -> bool:
        """A stay does until its day of exit."""
        return str(doc.get("left_on", "9999")) > today.isoformat()

    def compute(self, context: Context) -> None:
        unit = context.get("cohousing.unit", self.unit) or {}
        self.unit_code = unit.get("code")
        bed = row_of(unit.get("beds", ()), self.bed) or {}
        self.room = self.room or bed.get("room")
        self.occupants = max(len(self.persons or ()) - self.infants_in_cots, 0)
        agreed = self.expiry or (months_after(self.entered_on, self.planned_months) if self.planned_months else None)
        self.expires_on = self.extensions[-1].expiry if self.extensions else agreed
        # An open stay has none: a count up to today would be wrong tomorrow, and differ from site to site.
        self.next_follow_up = self._follow_up()
        self.nights = stay_of(self.doc()).nights if self.left_on else None
        self.person_nights = None if self.nights is None else self.nights * len(self.persons or ())

    def _follow_up(self) -> date | None:
        """Three and six months after the exit, until it is written where the household lives."""
        if not self.left_on or self.after_6_months:
            return None
        return months_after(self.left_on, 6 if self.after_3_months else 3)

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "entered_on", "left_on")
        if self.left_on and self.left_on == self.entered_on:
            yield self.problem(
                "left_on", it="Un soggiorno ha almeno una notte: l'uscita è il giorno dopo l'ultima",
                en="A stay has at least one night: the exit is the day after the last one",
            )  # fmt: skip
        yield from no_health_detail(self, "reconciliation")
        if bool(self.left_on) != bool(self.exit_outcome):
            missing = "exit_outcome" if self.left_on else "left_on"
            yield self.problem(
                missing, it="Data ed esito dell'uscita vanno insieme", en="Date and outcome of the exit go together"
            )
        if self.infants_in_cots > len(self.persons or ()):
            yield self.problem("infants_in_cots", it="Più delle persone inserite", en="More than the persons placed")
        if self.rules_signed and not self.rules_language:
            yield self.problem(
                "rules_language", warning=True, it="In quale lingua sono state firmate le regole?", en="In which language were the rules signed?"
            )  # fmt: skip
        if bool(self.rules_signed_on) and not self.rules_signed:
            yield self.problem("rules_signed", it="C'è una data di firma: firmate?", en="There is a date: signed?")

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "entered_on", context)
        yield from in_project(self, "left_on", context, warning=True)
        if self.left_on and self.left_on > context.today:
            yield self.problem(
                "left_on", warning=True, day=shown(self.left_on), it="Il {day} è nel futuro: confermare quando avviene",
                en="{day} is in the future: confirm it when it has happened",
            )  # fmt: skip
        yield from agreement(self, context)
        yield from self._check_later(context)
        yield from self._check_absences(context)
        mine = stay_of(self.doc())
        elsewhere = {doc["id"]: doc for uid in self.persons or () for doc in others(self, context, persons=uid)}
        yield from guests(self, [doc for doc in elsewhere.values() if shared(mine, stay_of(doc))], context)
        beside = others(self, context, unit=self.unit)
        yield from beds(self, [doc for doc in beside if shared(mine, stay_of(doc))], context)

    def _check_later(self, context: Context) -> Iterator[Problem]:
        for months in (3, 6):
            name = f"after_{months}_months"
            due = months_after(self.left_on, months) if self.left_on else None
            if getattr(self, name) and (due is None or due > context.today):
                yield self.problem(
                    name, warning=True, months=months, it="Non sono passati {months} mesi dall'uscita",
                    en="It is not {months} months since the exit",
                )  # fmt: skip

    def _check_absences(self, context: Context) -> Iterator[Problem]:
        limit = int(context.profile.settings.get("absence_days", ABSENCE_DAYS))
        for number, row in enumerate(self.absences, 1):
            place = f"absences.{number}"
            if row.end and row.end < row.start:
                yield self.problem(f"{place}.end", it="Rientro prima della partenza", en="Back before leaving")
            elif row.start < self.entered_on or (self.left_on and (row.end or row.start) > self.left_on):
                yield self.problem(f"{place}.start", it="Fuori dal soggiorno", en="Outside the stay")
            if ((row.end or context.today) - row.start).days > limit and not row.reported_on:
                yield self.problem(
                    f"{place}.reported_on", warning=True, days=limit,
                    it="Oltre {days} giorni: va comunicata", en="Over {days} days: it has to be reported",
                )  # fmt: skip
