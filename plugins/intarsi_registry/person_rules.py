"""Rules on a person's documents and on persons that may be the same. Warnings: declared data differ, and often."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from intarsi_tui import Context, Problem
from intarsi_tui.records.typed import UNKNOWN_DATE
from intarsi_tui.reference.identifiers import tax_code_facts, tax_code_kind

from .rules import named, others, shown

if TYPE_CHECKING:
    from .person import Person


def documents(person: "Person") -> Iterator[Problem]:
    """Fiscal identifiers against the declared data, permits against themselves."""
    for number, row in enumerate(person.identifiers, 1):
        place, facts, kind = f"identifiers.{number}.code", tax_code_facts(row.code), tax_code_kind(row.code)
        if facts and person.birth_date and facts.born != person.birth_date:
            yield person.problem(
                place, warning=True, day=shown(facts.born),
                it="Il codice dice nato il {day}: ricontrollare", en="The code says born on {day}: check again",
            )  # fmt: skip
        if facts and person.gender in ("F", "M") and facts.sex != person.gender:
            yield person.problem(
                place, warning=True, it="Il codice dice un altro genere: ricontrollare",
                en="The code says another gender: check again",
            )  # fmt: skip
        if kind == "stp" and person.permits and person.permits[-1].state == "valid":
            yield person.problem(
                place, warning=True, it="STP è per chi non ha un titolo; qui un titolo c'è",
                en="STP is for people without a permit; here there is one",
            )  # fmt: skip
        if kind == "eni":
            yield person.problem(
                place, warning=True, it="ENI è per cittadini UE, che non sono destinatari",
                en="ENI is for EU citizens, who are not in the target group",
            )  # fmt: skip
        if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            yield person.problem(f"identifiers.{number}.valid_to", it="Al è prima di dal", en="To is before from")
    for number, permit in enumerate(person.permits, 1):
        if permit.issued_on and permit.expires_on and UNKNOWN_DATE < permit.expires_on < permit.issued_on:
            yield person.problem(
                f"permits.{number}.expires_on", it="Scade prima del rilascio", en="Expires before it was issued"
            )
    if person.permits and person.permits[-1].provisional:
        yield person.problem(
            f"permits.{len(person.permits)}.number", warning=True,
            it="Titolo provvisorio: aggiungere una riga quando arriva quello definitivo",
            en="Provisional permit: add a row when the real one arrives",
        )  # fmt: skip


def duplicates(person: "Person", context: Context) -> Iterator[Problem]:
    """The same tax code, or the same name and birth date; also a second contact person of one household."""
    # Former codes too: the other file may still have the provisional one.
    codes = dict.fromkeys(row.code for row in person.identifiers)
    same = [doc for code in codes for doc in others(person, context, tax_code=code)]
    for doc in same:
        yield person.problem(
            "identifiers", warning=True, other=named(person, doc),
            it="Stesso codice fiscale di {other}: è la stessa persona?", en="Same tax code as {other}: is it the same person?",
        )  # fmt: skip
    if person.surname and person.given_name and person.birth_date:
        twins = others(
            person,
            context,
            surname=person.surname,
            given_name=person.given_name,
            birth_date=person.birth_date.isoformat(),
        )
        for doc in twins:
            if doc not in same:
                yield person.problem(
                    "surname", warning=True, other=named(person, doc),
                    it="Stesso nome e data di nascita di {other}: è la stessa persona?",
                    en="Same name and date of birth as {other}: is it the same person?",
                )  # fmt: skip
    if person.household and person.household_role == "contact":
        for doc in others(person, context, household=person.household, household_role="contact"):
            yield person.problem(
                "household_role", warning=True, other=named(person, doc),
                it="Il nucleo ha già un referente: {other}", en="The household already has a contact person: {other}",
            )  # fmt: skip
