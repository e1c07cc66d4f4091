"""Households: the integrated case file of a family, from the referral to the closing."""

from collections.abc import Iterator
from datetime import date

from intarsi_tui import (
    Choice,
    Choices,
    Context,
    Date,
    Flag,
    Int,
    Link,
    LongText,
    Municipality,
    Problem,
    Pseudonym,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)

from .choices import (
    AREAS,
    BENEFITS,
    CHANNELS,
    CLOSINGS,
    EXIT_CHECKS,
    HOUSEHOLD_TYPES,
    PROGRESS,
    REFERRALS,
    ROLES,
    SIGNATORIES,
)
from .eligibility import exit_check, exit_months, minor_files, minor_on
from .rules import in_order, in_project, shown

NEED_HELP = ("0 nessuno, 4 grave", "0 none, 4 severe")


class Member(Row, it="Componente", en="Member"):
    person: Link = link("registry.person", it="Persona", en="Person")
    role: Choice = field(it="Ruolo", en="Role", privacy="internal", choices=ROLES)
    joined_on: Date | None = field(it="Dal", en="From", privacy="internal")
    left_on: Date | None = field(it="Al", en="To", privacy="internal")


class TeamMember(Row, it="Componente équipe", en="Team member"):
    operator: Link = link("registry.operator", it="Operatore", en="Operator")
    body: Link | None = link("registry.body", it="Ente", en="Body")
    role: Text | None = field(it="Ruolo", en="Role", privacy="internal")


class Objective(Row, it="Obiettivo", en="Objective"):
    area: Choice = field(it="Area di bisogno", en="Area of need", privacy="personal", choices=AREAS)
    objective: Text = field(it="Obiettivo", en="Objective", privacy="personal")
    action: Text | None = field(it="Azione", en="Action", privacy="personal")
    responsible: Link | None = link("registry.operator", it="Responsabile", en="Responsible")
    due: Date | None = field(it="Scadenza", en="Due", privacy="internal")
    outcome: Choice = field(it="Esito", en="Outcome", privacy="personal", default="open", choices=PROGRESS)


class Review(Row, it="Verifica", en="Review"):
    date: Date = field(it="Data", en="Date", privacy="internal")
    present: Text | None = field(it="Presenti", en="Present", privacy="personal")
    progress: Text | None = field(it="Avanzamento", en="Progress", privacy="personal")


class Household(
    Record, it="Nucleo", en="Household", plural=("Nuclei", "Households"), title=("pseudonym",), date="take_in_date"
):
    pseudonym: Pseudonym = field(
        it="Codice nucleo", en="Household code", privacy="internal", in_list=True, prefix="N", section=("Nucleo", "Household"),
    )  # fmt: skip
    contact_name: Text | None = field(
        it="Referente", en="Contact person", privacy="personal", in_list=True, computed=True
    )
    type: Choice | None = field(
        it="Tipologia", en="Type", privacy="internal", in_list=True, to_confirm=True, choices=HOUSEHOLD_TYPES,
        help=("Alla presa in carico", "At the take-in"),
    )  # fmt: skip
    single_parent: Flag | None = field(it="Monoparentale", en="Single parent", privacy="internal", computed=True)
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="internal", in_list=True)
    members: Rows[Member] = field(
        it="Componenti", en="Members", privacy="personal", default=[],
        help=("Chi esce dal nucleo resta, con la data", "Who leaves the household stays listed, with the date"),
    )  # fmt: skip
    members_count: Int | None = field(it="N. componenti", en="Members", privacy="internal", in_list=True, computed=True)
    minors_count: Int | None = field(
        it="Di cui minori", en="Of them minors", privacy="internal", in_list=True, computed=True
    )

    referral_date: Date | None = field(
        it="Segnalazione", en="Referral", privacy="internal", section=("Segnalazione e presa in carico", "Referral and take-in"),
    )  # fmt: skip
    referral_channel: Choice | None = field(it="Canale", en="Channel", privacy="internal", choices=CHANNELS)
    referral_body: Link | None = link("registry.body", it="Ente segnalante", en="Referring body")
    referral_outcome: Choice = field(
        it="Esito segnalazione", en="Outcome of the referral", privacy="internal", default="pending", choices=REFERRALS
    )
    referral_reason: Text | None = field(it="Motivo dell'esito", en="Reason of the outcome", privacy="personal")
    take_in_date: Date | None = field(it="Presa in carico", en="Take-in", privacy="internal", in_list=True)
    reception_exit: Date | None = field(
        it="Uscita dall'accoglienza", en="Left reception", privacy="internal",
        help=("Del nucleo: vale per chi non ha una riga propria", "Of the household: holds for members without a stay of their own"),
    )  # fmt: skip
    exit_check: Choice | None = field(
        it="Verifica termine di uscita", en="Check of the exit limit", privacy="internal", computed=True, choices=EXIT_CHECKS,
    )  # fmt: skip
    counted: Flag | None = field(
        it="Conta negli indicatori", en="Counted in indicators", privacy="internal", computed=True
    )

    public_manager: Link | None = link(
        "registry.operator", it="Assistente sociale (pubblico)", en="Case manager (public)", section=("Équipe", "Team")
    )
    private_manager: Link | None = link(
        "registry.operator", it="Operatore di riferimento (privato)", en="Case manager (private)"
    )
    team: Rows[TeamMember] = field(
        it="Équipe multidisciplinare", en="Multidisciplinary team", privacy="internal", default=[]
    )

    need_housing: Int | None = field(
        it="Casa", en="Housing", privacy="personal", min=0, max=4, help=NEED_HELP, section=("Aree di bisogno", "Areas of need"),
    )  # fmt: skip
    need_work: Int | None = field(
        it="Lavoro e reddito", en="Work and income", privacy="personal", min=0, max=4, help=NEED_HELP
    )
    need_health: Int | None = field(it="Salute", en="Health", privacy="special", min=0, max=4, help=NEED_HELP)
    need_school: Int | None = field(
        it="Scuola e minori", en="School and children", privacy="personal", min=0, max=4, help=NEED_HELP
    )
    need_parenting: Int | None = field(
        it="Genitorialità", en="Parenting", privacy="personal", min=0, max=4, help=NEED_HELP
    )
    need_papers: Int | None = field(
        it="Documenti e tutela legale",
        en="Papers and legal protection",
        privacy="personal",
        min=0,
        max=4,
        help=NEED_HELP,
    )
    need_language: Int | None = field(it="Lingua", en="Language", privacy="personal", min=0, max=4, help=NEED_HELP)
    need_network: Int | None = field(
        it="Rete sociale", en="Social network", privacy="personal", min=0, max=4, help=NEED_HELP
    )

    objectives: Rows[Objective] = field(
        it="Obiettivi", en="Objectives", privacy="personal", default=[], section=("Progetto della famiglia", "The family's project"),
    )  # fmt: skip
    pact_signed_on: Date | None = field(it="Patto firmato il", en="Pact signed on", privacy="internal")
    pact_signatories: Choices | None = field(it="Firmato da", en="Signed by", privacy="internal", choices=SIGNATORIES)
    reviews: Rows[Review] = field(it="Verifiche periodiche", en="Reviews", privacy="personal", default=[])
    notes: LongText | None = field(it="Analisi della domanda", en="Analysis of the request", privacy="personal")

    closed_on: Date | None = field(it="Chiusura", en="Closed on", privacy="internal", section=("Chiusura", "Closing"))
    closing_reason: Choice | None = field(
        it="Esito della chiusura", en="Outcome of the closing", privacy="internal", choices=CLOSINGS
    )
    self_assessment: Choice | None = field(
        it="Il percorso è stato utile?", en="Did the path help?", privacy="internal", choices=BENEFITS,
        help=("Risposta della famiglia all'uscita", "The family's own answer on leaving"),
    )  # fmt: skip

    def compute(self, context: Context) -> None:
        self.single_parent = self.type in ("mother", "father") if self.type else None
        day = self.take_in_date or context.today
        present = {row.person for row in self.members if (row.joined_on or day) <= day <= (row.left_on or day)}
        births = [(context.get("registry.person", uid) or {}).get("birth_date") for uid in present]
        self.members_count = len(present)
        contact = next((row.person for row in self.members if row.role == "contact" and row.person in present), "")
        person = context.get("registry.person", contact) or {}
        self.contact_name = " ".join(filter(None, (person.get("surname"), person.get("given_name")))) or None
        self.minors_count = sum(minor_on(day, date.fromisoformat(born)) for born in births if born)
        self.exit_check = self.counted = None
        if self.take_in_date:
            self.exit_check = exit_check(self.reception_exit, self.take_in_date, context)
            # As for its persons: without members listed nothing is known of minors yet.
            minors = not self.members_count or bool(self.minors_count) or minor_files(self.id, day, context)
            self.counted = minors and self.exit_check not in ("over", "in_reception")

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "referral_date", "take_in_date")
        yield from in_order(self, "take_in_date", "closed_on")
        if bool(self.take_in_date) != (self.referral_outcome == "taken_in"):
            missing = "referral_outcome" if self.take_in_date else "take_in_date"
            yield self.problem(
                missing, it="L'esito «presa in carico» e la sua data vanno insieme",
                en="The outcome “taken in” and its date go together",
            )  # fmt: skip
        if self.referral_outcome in ("unsuitable", "redirected") and not self.referral_reason:
            yield self.problem(
                "referral_reason", warning=True, it="Scrivere perché la segnalazione non è stata accolta",
                en="Say why the referral was not taken in",
            )  # fmt: skip
        if bool(self.closed_on) != bool(self.closing_reason):
            missing = "closing_reason" if self.closed_on else "closed_on"
            yield self.problem(
                missing, it="Data ed esito di chiusura vanno insieme", en="Closing date and outcome go together"
            )
        if self.pact_signed_on and len(self.pact_signatories or ()) < len(SIGNATORIES):
            yield self.problem(
                "pact_signatories", warning=True, it="Il patto lo firmano famiglia, servizio pubblico ed ente privato",
                en="Family, public service and private body sign the pact",
            )  # fmt: skip
        if self.take_in_date and not (self.public_manager and self.private_manager):
            missing = "private_manager" if self.public_manager else "public_manager"
            yield self.problem(
                missing, warning=True, it="Servono un riferimento pubblico e uno privato",
                en="Both a public and a private case manager are needed",
            )  # fmt: skip
        yield from self._check_members()

    def _check_members(self) -> Iterator[Problem]:
        now = [row for row in self.members if not row.left_on]
        contacts = sum(row.role == "contact" for row in now)
        if contacts == 0:
            yield self.problem(
                "members", warning=True, it="Manca il referente del nucleo", en="The household has no contact person"
            )
        if contacts > 1:
            yield self.problem(
                "members", warning=True, it="Più di un referente del nucleo", en="More than one contact person"
            )
        for number, row in enumerate(self.members, 1):
            if row.joined_on and row.left_on and row.left_on < row.joined_on:
                yield self.problem(f"members.{number}.left_on", it="Uscito prima di entrare", en="Left before joining")
            if row in now and any(row.person == other.person for other in now if other is not row):
                yield self.problem(
                    f"members.{number}.person", it="La persona è già nel nucleo", en="The person is already a member"
                )

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "take_in_date", context, warning=True)
        if self.exit_check == "over" and self.reception_exit:
            yield self.problem(
                "reception_exit", warning=True, day=shown(self.reception_exit), months=exit_months(context),
                it="Uscita il {day}: più di {months} mesi prima della presa in carico, il nucleo non conta",
                en="Left on {day}: more than {months} months before the take-in, the household is not counted",
            )  # fmt: skip
        elif self.exit_check == "in_reception" and self.reception_exit:
            yield self.problem(
                "reception_exit", warning=True, day=shown(self.reception_exit),
                it="Alla presa in carico era ancora in accoglienza (uscita il {day}): il nucleo non conta",
                en="Still in reception at the take-in (left on {day}): the household is not counted",
            )  # fmt: skip
        elif self.counted is False:
            yield self.problem(
                "members", warning=True, it="Nessun minore alla presa in carico: il nucleo non conta",
                en="No minor at the take-in: the household is not counted",
            )  # fmt: skip
        for number, row in enumerate(self.members, 1):
            person = context.get("registry.person", row.person) or {}
            elsewhere = person.get("household")
            if not row.left_on and elsewhere and elsewhere != self.id:
                other = context.get("registry.household", elsewhere) or {}
                yield self.problem(
                    f"members.{number}.person", warning=True,
                    person=person.get("pseudonym", ""), other=other.get("pseudonym", elsewhere[:8]),
                    it="Il fascicolo di {person} indica un altro nucleo: {other}",
                    en="The file of {person} names another household: {other}",
                )  # fmt: skip
