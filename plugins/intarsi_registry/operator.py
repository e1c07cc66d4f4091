"""Operators: everyone who works for the project or is trained by it."""

from collections.abc import Iterator

from intarsi_tui import (
    Choice,
    Context,
    Date,
    Email,
    Flag,
    Link,
    Minutes,
    Municipality,
    Problem,
    Pseudonym,
    Record,
    TaxCode,
    Text,
    field,
    link,
)
from intarsi_tui.reference.identifiers import tax_code_facts

from .choices import CONTRACTS, FIELDS, GENDERS, SECTORS, SIDES
from .rules import shown


class Operator(
    Record, it="Operatore", en="Operator", plural=("Operatori", "Operators"),
    also=("personale, colleghi, mediatori, docenti, volontari, dipendenti", "staff, colleagues, mediators, teachers, volunteers"),
    title=("surname", "given_name"), date="joined_on",
):  # fmt: skip
    code: Pseudonym = field(
        it="Codice operatore", en="Operator code", privacy="internal", in_list=True, prefix="O",
        section=("Identità", "Identity"),
    )  # fmt: skip
    surname: Text = field(it="Cognome", en="Surname", privacy="personal", in_list=True, index=True, likeness="name")
    given_name: Text = field(it="Nome", en="Given name", privacy="personal", in_list=True, likeness="name")
    tax_code: TaxCode | None = field(it="Codice fiscale", en="Tax code", privacy="personal", key=True, likeness="code")
    gender: Choice | None = field(it="Genere", en="Gender", privacy="internal", choices=GENDERS)
    birth_date: Date | None = field(it="Data di nascita", en="Date of birth", privacy="personal", likeness="born")
    email: Email | None = field(it="E-mail", en="E-mail", privacy="personal")
    body: Link | None = link(
        "registry.body", it="Ente di appartenenza", en="Body", privacy="internal", in_list=True, to_confirm=True,
        section=("Lavoro", "Work"),
    )  # fmt: skip
    sector: Choice | None = field(
        it="Settore", en="Sector", privacy="internal", in_list=True, to_confirm=True, choices=SECTORS,
        help=("Il volontariato conta con i privati", "Volunteers count as private"),
    )  # fmt: skip
    role: Text | None = field(it="Ruolo o qualifica", en="Role or qualification", privacy="internal", in_list=True)
    work_field: Choice | None = field(it="Ambito di lavoro", en="Field of work", privacy="internal", choices=FIELDS)
    municipality: Municipality | None = field(it="Comune di lavoro", en="Place of work", privacy="internal")
    joined_on: Date | None = field(it="Nel progetto dal", en="With the project since", privacy="internal")
    staff: Flag = field(
        it="Personale del progetto", en="Project staff", privacy="internal", default=False,
        help=("Sì se compila un timesheet", "Yes when they fill in a timesheet"),
    )  # fmt: skip
    weekly_minutes: Minutes | None = field(
        it="Ore a settimana al massimo", en="Hours a week at most", privacy="internal", min=1,
        help=("Per i mediatori: oltre serve un motivo; vuoto: il limite dell'ufficio", "For mediators: over it a reason is needed; empty: the office's ceiling"),
    )  # fmt: skip
    contract: Choice | None = field(it="Contratto", en="Contract", privacy="personal", choices=CONTRACTS)

    def check(self) -> Iterator[Problem]:
        facts = tax_code_facts(self.tax_code) if self.tax_code else None
        if facts and self.birth_date and facts.born != self.birth_date:
            yield self.problem(
                "birth_date", warning=True, day=shown(facts.born),
                it="Il codice fiscale dice {day}: ricontrollare", en="The tax code says {day}: check again",
            )  # fmt: skip
        if facts and self.gender in ("F", "M") and facts.sex != self.gender:
            yield self.problem(
                "gender", warning=True, it="Il codice fiscale dice altro: ricontrollare",
                en="The tax code says otherwise: check again",
            )  # fmt: skip

    def check_with(self, context: Context) -> Iterator[Problem]:
        body = context.get("registry.body", self.body or "") or {}
        side = SIDES.get(body.get("nature", ""))
        if self.sector and side and (self.sector == "public") != (side == "public"):
            yield self.problem(
                "sector", warning=True, body=body["name"], it="Il settore non è quello di {body}: ricontrollare",
                en="The sector is not that of {body}: check again",
            )  # fmt: skip
