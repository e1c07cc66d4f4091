"""Persons: the file of each beneficiary. Nothing but the privacy notice stands between a child without papers and its file."""

from collections.abc import Iterator

from intarsi_tui import (
    Choice,
    Choices,
    Context,
    Country,
    Date,
    Flag,
    Label,
    Language,
    Link,
    Municipality,
    Problem,
    Pseudonym,
    Record,
    Rows,
    TaxCode,
    Text,
    field,
    link,
)
from intarsi_tui.reference.identifiers import tax_code_kind
from intarsi_tui.reference.tables import circuit_on

from .choices import (
    AGE_BANDS,
    BIRTH_DATES,
    CIRCUITS,
    CLOSINGS,
    EDUCATION,
    ELIGIBILITY,
    EXCLUDING,
    GENDERS,
    ITALIAN_LEVELS,
    OCCUPATIONS,
    PERMITS,
    RESERVING,
    ROLES,
    VULNERABILITIES,
)
from .documents import Alias, Identifier, Permit, Stay
from .eligibility import age_on, assess
from .person_rules import documents, duplicates, reception, unsettled, with_household
from .rules import in_order, in_project, shown


class Person(
    Record, it="Destinatario", en="Beneficiary", plural=("Destinatari", "Beneficiaries"),
    also=("persone, beneficiari, minori, utenti, rifugiati, permessi di soggiorno, documenti", "people, persons, minors, refugees, permits, documents"),
    title=("pseudonym",), date="take_in_date", masked=("surname", "given_name", "aliases", "tax_code"), born="birth_date",
):  # fmt: skip
    pseudonym: Pseudonym = field(
        it="Codice destinatario", en="Beneficiary code", privacy="internal", in_list=True, prefix="D",
        section=("Identità", "Identity"),
    )  # fmt: skip
    surname: Text | None = field(
        it="Cognome", en="Surname", privacy="personal", in_list=True, index=True, likeness="name",
        help=("Come sul titolo; chi ha un solo nome lo scrive qui o sotto", "As on the permit; a single name goes here or below"),
    )  # fmt: skip
    given_name: Text | None = field(it="Nome", en="Given name", privacy="personal", in_list=True, likeness="name")
    aliases: Rows[Alias] = field(it="Alias", en="Aliases", privacy="personal", default=[])
    gender: Choice | None = field(it="Genere", en="Gender", privacy="internal", to_confirm=True, choices=GENDERS)
    birth_date: Date | None = field(
        it="Data di nascita", en="Date of birth", privacy="personal", in_list=True, to_confirm=True, index=True, likeness="born",
        help=("Se si conosce solo l'anno: 1° gennaio, e «presunta»", "When only the year is known: 1 January, and “presumed”"),
    )  # fmt: skip
    birth_date_source: Choice = field(
        it="Data di nascita da", en="Date of birth from", privacy="internal", default="documented", choices=BIRTH_DATES
    )
    birth_country: Country | None = field(it="Paese di nascita", en="Country of birth", privacy="personal")
    birth_place: Text | None = field(it="Luogo di nascita", en="Place of birth", privacy="personal")
    citizenship: Country | None = field(it="Cittadinanza", en="Citizenship", privacy="internal")
    italian_since: Date | None = field(
        it="Cittadinanza italiana dal", en="Italian citizen since", privacy="personal",
        help=("Da quel giorno non è più tra i destinatari", "From that day on no longer in the target group"),
    )  # fmt: skip

    household: Link | None = link(
        "registry.household", it="Nucleo", en="Household", in_list=True, index=True,
        section=("Nucleo e contatti", "Household and contacts"),
    )  # fmt: skip
    household_role: Choice | None = field(
        it="Ruolo nel nucleo", en="Role in the household", privacy="internal", choices=ROLES
    )
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="internal", in_list=True)
    file_keeper: Link | None = link(
        "registry.operator", it="Responsabile del fascicolo", en="Keeper of the file",
        help=("Chi risponde di accesso e aggiornamento", "Who answers for access and updating"),
    )  # fmt: skip

    identifiers: Rows[Identifier] = field(
        it="Identificativi fiscali", en="Fiscal identifiers", privacy="personal", default=[],
        section=("Documenti", "Documents"), help=("Il più recente per ultimo", "The newest last"),
    )  # fmt: skip
    tax_code: TaxCode | None = field(
        it="Codice fiscale attuale", en="Current tax code", privacy="personal", computed=True, index=True
    )
    permits: Rows[Permit] = field(
        it="Titoli di soggiorno", en="Residence permits", privacy="personal", default=[],
        help=("Il più recente per ultimo; i precedenti restano", "The newest last; the former ones stay"),
    )  # fmt: skip
    permit_type: Choice | None = field(
        it="Titolo di soggiorno attuale", en="Current permit", privacy="internal", computed=True, choices=PERMITS
    )
    permit_expires: Date | None = field(
        it="Scadenza del titolo", en="Permit expires", privacy="personal", computed=True, placeholder=True
    )
    cui: Text | None = field(it="CUI", en="CUI", privacy="personal", max=20)
    vestanet: Text | None = field(it="VESTANET", en="VESTANET", privacy="personal", max=20)

    mother_tongue: Language | None = field(
        it="Lingua madre", en="Mother tongue", privacy="personal", section=("Lingue, studi, lavoro", "Languages, education, work"),
    )  # fmt: skip
    second_language: Language | None = field(it="Seconda lingua", en="Second language", privacy="personal")
    third_language: Language | None = field(it="Terza lingua", en="Third language", privacy="personal")
    needs_mediation: Flag | None = field(it="Bisogno di mediazione", en="Needs mediation", privacy="internal")
    italian_level: Choice | None = field(
        it="Livello di italiano", en="Level of Italian", privacy="internal", choices=ITALIAN_LEVELS
    )
    education: Choice | None = field(it="Titolo di studio", en="Education", privacy="personal", choices=EDUCATION)
    occupation: Choice | None = field(
        it="Condizione occupazionale", en="Occupation", privacy="personal", choices=OCCUPATIONS
    )

    stays: Rows[Stay] = field(
        it="Accoglienza", en="Reception", privacy="personal", default=[],
        section=("Accoglienza e presa in carico", "Reception and take-in"), help=("Il più recente per ultimo", "The newest last"),
    )  # fmt: skip
    circuit: Choice | None = field(
        it="Ultimo circuito di accoglienza", en="Last reception circuit", privacy="internal", computed=True, choices=CIRCUITS,
        help=("Con il nome in vigore all'uscita", "Under the name in force at the exit"),
    )  # fmt: skip
    referral_date: Date | None = field(it="Segnalazione", en="Referral", privacy="internal")
    referral_body: Link | None = link("registry.body", it="Ente segnalante", en="Referring body")
    take_in_date: Date | None = field(it="Presa in carico", en="Take-in", privacy="internal", in_list=True)
    age_band: Choice | None = field(
        it="Fascia d'età alla presa in carico", en="Age band at take-in", privacy="internal", computed=True, choices=AGE_BANDS,
    )  # fmt: skip
    minor_at_take_in: Flag | None = field(
        it="Minore alla presa in carico", en="Minor at take-in", privacy="internal", computed=True
    )
    vulnerability: Choices | None = field(
        it="Target specifico / vulnerabilità", en="Specific target / vulnerability", privacy="special", exported=False,
        choices=VULNERABILITIES, help=("Esce solo come conteggio", "Leaves only as a count"),
    )  # fmt: skip

    eligibility: Choice | None = field(
        it="Esito verifica requisiti", en="Eligibility", privacy="internal", computed=True, choices=ELIGIBILITY,
        section=("Requisiti", "Requirements"),
    )  # fmt: skip
    eligibility_reasons: Choices | None = field(
        it="Motivi", en="Reasons", privacy="personal", computed=True, choices={**EXCLUDING, **RESERVING}
    )
    eligibility_rule: Text | None = field(
        it="Versione della regola", en="Version of the rule", privacy="internal", computed=True
    )
    eligibility_by: Text | None = field(it="Verifica di", en="Checked by", privacy="personal", computed=True)
    eligibility_on: Date | None = field(it="Verifica del", en="Checked on", privacy="internal", computed=True)
    decision: Choice | None = field(
        it="Decisione diversa", en="Decided otherwise", privacy="internal", choices=ELIGIBILITY,
        help=("Vale al posto della verifica; serve una nota", "Holds instead of the check; needs a note"),
    )  # fmt: skip
    decision_note: Text | None = field(it="Nota alla decisione", en="Note on the decision", privacy="personal")
    counted: Flag | None = field(
        it="Conta negli indicatori", en="Counted in indicators", privacy="internal", computed=True
    )

    notice_language: Language | None = field(
        it="Informativa: lingua", en="Privacy notice: language", privacy="internal", to_confirm=True,
        section=("Informativa e chiusura", "Privacy notice and closing"),
    )  # fmt: skip
    notice_date: Date | None = field(
        it="Informativa: consegnata il", en="Privacy notice: given on", privacy="internal", to_confirm=True
    )
    closed_on: Date | None = field(it="Chiusura", en="Closed on", privacy="internal")
    closing_reason: Choice | None = field(
        it="Motivo chiusura", en="Reason for closing", privacy="internal", choices=CLOSINGS
    )

    def compute(self, context: Context) -> None:
        for row in self.identifiers:
            row.kind = tax_code_kind(row.code)
        self.tax_code = self.identifiers[-1].code if self.identifiers else None
        self.permit_type = self.permits[-1].type if self.permits else None
        self.permit_expires = self.permits[-1].expires_on if self.permits else None
        for stay in self.stays:
            stay.circuit = circuit_on(stay.circuit, stay.left_on or context.today)
        self.circuit = self.stays[-1].circuit if self.stays else None
        self.age_band = self.minor_at_take_in = None
        if self.take_in_date and self.birth_date:
            age = age_on(self.take_in_date, self.birth_date)
            self.minor_at_take_in = age < 18
            self.age_band = "0-17" if age < 18 else "18-60" if age <= 60 else "61+"
        self._assess(context)

    def _assess(self, context: Context) -> None:
        """Result and reasons; who and when are stamped anew only when they change."""
        if self.take_in_date is None:
            self.eligibility = self.eligibility_reasons = self.eligibility_rule = None
            self.eligibility_by = self.eligibility_on = self.counted = None
            return
        result, reasons, version = assess(self, self.take_in_date, context)
        found = (self.decision or result, reasons, version)
        if found != (self.eligibility, self.eligibility_reasons or [], self.eligibility_rule):
            self.eligibility_by, self.eligibility_on = context.user, context.today
        self.eligibility, self.eligibility_reasons, self.eligibility_rule = found
        self.counted = self.eligibility != "not_eligible"

    def check(self) -> Iterator[Problem]:
        if not self.surname and not self.given_name:
            yield self.problem("surname", it="Serve il cognome o il nome", en="A surname or a given name is needed")
        if (
            self.birth_date
            and self.birth_date_source == "presumed"
            and (self.birth_date.day, self.birth_date.month) != (1, 1)
        ):
            yield self.problem(
                "birth_date", warning=True, it="Una data presunta è il 1° gennaio", en="A presumed date is 1 January"
            )
        if self.household_role and not self.household:
            yield self.problem("household", it="Ha un ruolo: di quale nucleo?", en="Has a role: in which household?")
        yield from in_order(self, "birth_date", "take_in_date")
        yield from in_order(self, "referral_date", "take_in_date")
        yield from in_order(self, "take_in_date", "closed_on")
        yield from reception(self)
        if bool(self.closed_on) != bool(self.closing_reason):
            missing = "closing_reason" if self.closed_on else "closed_on"
            yield self.problem(
                missing, it="Data e motivo di chiusura vanno insieme", en="Closing date and reason go together"
            )
        if self.decision and not self.decision_note:
            yield self.problem(
                "decision_note", it="Una decisione diversa dalla verifica va spiegata", en="Say why it was decided otherwise",
            )  # fmt: skip
        if self.take_in_date and not self.file_keeper:
            yield self.problem(
                "file_keeper", warning=True, it="Manca il responsabile del fascicolo", en="The keeper of the file is missing",
            )  # fmt: skip
        yield from documents(self)

    def check_with(self, context: Context) -> Iterator[Problem]:
        if self.birth_date and self.birth_date > context.today:
            yield self.problem(
                "birth_date", day=shown(self.birth_date), it="{day} è nel futuro", en="{day} is in the future"
            )
        yield from in_project(self, "take_in_date", context, warning=True)
        yield from duplicates(self, context)
        yield from with_household(self, context)
        yield from unsettled(self)
        if self.eligibility == "not_eligible":
            labels = self.declaration.by_name["eligibility_reasons"].kind.params["choices"]
            yield self.problem(
                "eligibility", warning=True, reasons=[Label(*labels[code]) for code in self.eligibility_reasons or ()],
                it="Non conta negli indicatori: {reasons}", en="Not counted in indicators: {reasons}",
            )  # fmt: skip
