"""Rules on a person's documents, household and requirements, and on persons that may be the same. Mostly warnings: declared
data differ, and often."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from intarsi_tui import Context, Label, Problem
from intarsi_tui.records.typed import UNKNOWN_DATE
from intarsi_tui.reference.identifiers import tax_code_facts, tax_code_kind

from .choices import CIRCUITS, MISSING, RESERVING
from .rules import as_stored, called, named, others, shown, shown_stored

if TYPE_CHECKING:
    from .documents import Stay
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
                f"permits.{number}.expires_on",
                day=shown(permit.issued_on),
                it="Scade prima del rilascio ({day}): ricontrollare le due date sul titolo",
                en="Expires before it was issued ({day}): check both dates on the permit",
            )
        if permit.longer_than_usual:
            yield person.problem(
                f"permits.{number}.expires_on", warning=True, months=permit.usual_months,
                it="Di solito vale {months} mesi: ricontrollare le date", en="It usually holds for {months} months: check the dates",
            )  # fmt: skip
        if permit.type == "CERT_DET" and not (permit.number and permit.issued_on and permit.expires_on):
            yield person.problem(
                f"permits.{number}.number", warning=True, it="Del certificato di detenzione servono numero, inizio e fine",
                en="A certificate of detention has a number, a start and an end",
            )  # fmt: skip
    if person.permits and person.permits[-1].provisional:
        yield person.problem(
            f"permits.{len(person.permits)}.number", warning=True,
            it="Titolo provvisorio: aggiungere una riga quando arriva quello definitivo",
            en="Provisional permit: add a row when the real one arrives",
        )  # fmt: skip


def reception(person: "Person") -> Iterator[Problem]:
    """A stay in reception ends before the next one begins; on one day somebody may leave and enter."""
    for number, stay in enumerate(person.stays, 1):
        if stay.entered_on and stay.left_on and stay.left_on < stay.entered_on:
            yield person.problem(
                f"stays.{number}.left_on", it="Uscita prima dell'entrata: ricontrollare le due date",
                en="Exit before entry: check both dates",
            )  # fmt: skip
            continue
        for at, other in enumerate(person.stays[: number - 1], 1):
            (first, left), (entered, gone) = _days(stay), _days(other)
            both = max(first, entered)
            if both < min(left, gone):
                yield person.problem(
                    f"stays.{number}.entered_on", warning=True, at=at, circuit=Label(*(words.partition(" - ")[0] for words in CIRCUITS[other.circuit])), day=shown(both),
                    it="Il {day} è anche nel soggiorno della riga {at} ({circuit}): correggere entrata o uscita",
                    en="On {day} they are in the stay of row {at} ({circuit}) too: correct entry or exit",
                )  # fmt: skip


def _days(stay: "Stay") -> tuple[date, date]:
    """The first day and the one of leaving; of a stay whose entry is not known, the last day alone is."""
    last = stay.left_on - timedelta(days=1) if stay.left_on else date.max
    return stay.entered_on or last, stay.left_on or date.max


def unsettled(person: "Person") -> Iterator[Problem]:
    """What a confirmed file still lacks for its requirements to be judged; a decision settles them."""
    if person.state != "confirmed" or person.decision:
        return
    if not person.take_in_date:
        yield person.problem(
            "take_in_date", warning=True, it="Senza presa in carico i requisiti restano da verificare",
            en="Without a take-in the requirements stay unchecked",
        )  # fmt: skip
    missing = [Label(*RESERVING[reason]) for reason in person.eligibility_reasons or () if reason in MISSING]
    if person.eligibility == "reserve" and missing:
        yield person.problem(
            "eligibility", warning=True, missing=missing,
            it="Ammissibile con riserva: {missing}. Completare il fascicolo, o decidere con una nota",
            en="Eligible with reserve: {missing}. Complete the file, or decide with a note",
        )  # fmt: skip


def with_household(person: "Person", context: Context) -> Iterator[Problem]:
    """Warns where the file and that of its household tell of different referrals, take-ins or counts."""
    household = context.get("registry.household", person.household) if person.household else None
    if household is None:
        return
    name, taken_in = called(household, household.get("pseudonym")), household.get("take_in_date")
    if person.take_in_date and not taken_in:
        yield person.problem(
            "take_in_date", warning=True, household=name, it="Il nucleo {household} non è ancora preso in carico",
            en="Household {household} is not taken in yet",
        )  # fmt: skip
    elif person.take_in_date and taken_in:
        day = person.take_in_date.isoformat()
        joined = max(
            (row.get("joined_on", "") for row in household.get("members", ()) if row["person"] == person.id), default=""
        )
        # Who was born or came later is taken in later, on the day of joining or after it.
        if day != taken_in and not taken_in < joined <= day:
            yield person.problem(
                "take_in_date", warning=True, household=name, day=shown_stored(taken_in),
                it="Il nucleo {household} è in carico dal {day}: ricontrollare le due date",
                en="Household {household} was taken in on {day}: check both dates",
            )  # fmt: skip
    referrals = [doc["date"] for doc in context.find("registry.referral", household=person.household)]
    if person.referral_date and referrals and person.referral_date.isoformat() not in referrals:
        yield person.problem(
            "referral_date", warning=True, household=name, days=[shown_stored(day) for day in sorted(referrals)],
            it="Il nucleo {household} è stato segnalato il {days}: ricontrollare",
            en="Household {household} was referred on {days}: check again",
        )  # fmt: skip
    family = others(person, context, household=person.household)
    counts = bool(person.counted) or any(doc.get("counted") for doc in family)
    if person.take_in_date and household.get("counted") not in (None, counts):
        yield person.problem(
            "household", warning=True, household=name,
            it="Il conteggio del nucleo {household} non è più aggiornato: aprirlo e salvarlo di nuovo",
            en="Whether household {household} counts is out of date: open it and save it again",
        )  # fmt: skip


def duplicates(person: "Person", context: Context) -> Iterator[Problem]:
    """The same tax code, or a similar name and the same birth date; also a second contact person of one household."""
    # Former codes too: the other file may still have the provisional one.
    codes = dict.fromkeys(row.code for row in person.identifiers)
    same = [doc for code in codes for doc in others(person, context, tax_code=code)]
    for doc in same:
        yield person.problem(
            "identifiers", warning=True, other=named(person, doc),
            it="Stesso codice fiscale di {other}: è la stessa persona?", en="Same tax code as {other}: is it the same person?",
        )  # fmt: skip
    for doc in context.alike(person.declaration.table, as_stored(person, ("id", *person.declaration.telling))):
        if doc not in same:
            yield person.problem(
                "surname", warning=True, other=named(person, doc),
                it="Nome simile e stessa data di nascita di {other}: se è la stessa persona non aggiungerla (da un file: escludere la riga); due record si uniscono in «Doppioni» (intarsi merge)",
                en="Similar name and same date of birth as {other}: if it is the same person do not add them (from a file: leave the row out); two records are joined in “Duplicates” (intarsi merge)",
            )  # fmt: skip
    if person.household and person.household_role == "contact":
        for doc in others(person, context, household=person.household, household_role="contact"):
            yield person.problem(
                "household_role", warning=True, other=named(person, doc),
                it="Il nucleo ha già un referente: {other}", en="The household already has a contact person: {other}",
            )  # fmt: skip
