"""Rules of a household's file: dates in their order, both sides in charge, members, and why it does not count."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from intarsi_tui import Context, Label, Problem

from .choices import SECTORS, SIDES, SIGNATORIES
from .eligibility import rule_on
from .rules import called, has_come, in_order, not_after, not_before, shown, shown_stored

if TYPE_CHECKING:
    from .household import Household

MANAGERS = {"public_manager": "public", "private_manager": "private"}


def path(file: "Household") -> Iterator[Problem]:
    """From the take-in to the closing: pact, objectives, reviews, assessments."""
    yield from in_order(file, "take_in_date", "closed_on")
    if not file.take_in_date and (file.pact_signed_on or file.reviews or file.closed_on):
        yield file.problem(
            "take_in_date", it="Patto, verifiche e chiusura vengono dopo la presa in carico: manca la data",
            en="Pact, reviews and closing come after the take-in: its date is missing",
        )  # fmt: skip
    reviews = {f"reviews.{number}.date": row.date for number, row in enumerate(file.reviews, 1)}
    # Needs may be assessed before the take-in, which is what a decision rests on.
    assessments = {f"assessments.{number}.date": row.date for number, row in enumerate(file.assessments, 1)}
    for place, day in {"pact_signed_on": file.pact_signed_on, **reviews}.items():
        yield from not_before(file, place, day, "take_in_date")
    for place, day in {"pact_signed_on": file.pact_signed_on, **reviews, **assessments}.items():
        yield from not_after(file, place, day, "closed_on")
    # A deadline after the closing stays: what was dropped early had one too.
    for number, row in enumerate(file.objectives, 1):
        first = "pact_signed_on" if file.pact_signed_on else "take_in_date"
        yield from not_before(file, f"objectives.{number}.due", row.due, first)
    days = [row.date for row in file.assessments]
    for number, assessment in enumerate(file.assessments, 1):
        if not assessment.scores:
            yield file.problem(f"assessments.{number}", it="Nessuna area ha un punteggio", en="No area has a score")
        if days.index(assessment.date) < number - 1:
            yield file.problem(
                f"assessments.{number}.date", day=shown(assessment.date), it="C'è già una rilevazione del {day}",
                en="There is an assessment of {day} already",
            )  # fmt: skip
    if file.take_in_date and file.state == "confirmed" and not (file.assessments or file.closed_on):
        yield file.problem(
            "assessments", warning=True, it="I bisogni della famiglia non sono ancora stati rilevati",
            en="The family's needs have not been assessed yet",
        )  # fmt: skip
    if bool(file.pact_signed_on) != bool(file.pact_signatories):
        missing = "pact_signatories" if file.pact_signed_on else "pact_signed_on"
        yield file.problem(
            missing, warning=True, it="Data e firme del patto vanno insieme", en="The pact's date and signatures go together"
        )  # fmt: skip
    elif file.pact_signatories and len(file.pact_signatories) < len(SIGNATORIES):
        yield file.problem(
            "pact_signatories", warning=True, it="Il patto lo firmano famiglia, servizio pubblico ed ente privato",
            en="Family, public service and private body sign the pact",
        )  # fmt: skip


def types(file: "Household") -> Iterator[Problem]:
    """The type changes on days after the take-in, each time to another one."""
    for number, row in enumerate(file.type_changes, 1):
        yield from not_before(file, f"type_changes.{number}.date", row.date, "take_in_date")
        before = file.type_changes[number - 2] if number > 1 else None
        if before and row.date <= before.date:
            yield file.problem(
                f"type_changes.{number}.date", day=shown(before.date), it="Viene dopo il cambio del {day}: metterli in ordine di data",
                en="It comes after the change of {day}: put them in the order of their dates",
            )  # fmt: skip
        if row.type == (before.type if before else file.type):
            yield file.problem(
                f"type_changes.{number}.type", warning=True, it="È la tipologia che aveva già", en="It is the type that it had already"
            )  # fmt: skip


def closing(file: "Household") -> Iterator[Problem]:
    """Why it was closed, what became of the objectives, and what the family says."""
    if bool(file.closed_on) != bool(file.closing_reason):
        missing = "closing_reason" if file.closed_on else "closed_on"
        yield file.problem(
            missing, it="Data ed esito di chiusura vanno insieme", en="Closing date and outcome go together"
        )
    if not file.closed_on:
        return
    still_open = [row.objective for row in file.objectives if row.outcome == "open"]
    if still_open:
        yield file.problem(
            "objectives", warning=True, objectives=still_open,
            it="Alla chiusura restano «in corso»: {objectives}. Scriverne l'esito",
            en="At the closing these are still under way: {objectives}. Enter their outcome",
        )  # fmt: skip
    if len(file.assessments) < 2:
        yield file.problem(
            "assessments", warning=True, it="Manca la seconda rilevazione dei bisogni: senza, i progressi non si vedono",
            en="The second assessment of needs is missing: without it no progress can be shown",
        )  # fmt: skip
    if not file.self_assessment:
        yield file.problem(
            "self_assessment", warning=True, it="Manca la risposta della famiglia (anche «Non rilevato»)",
            en="The family's answer is missing (“Not asked” is one)",
        )  # fmt: skip


def in_charge(file: "Household", context: Context) -> Iterator[Problem]:
    """A public and a private case manager: the model is public/private. Who changes sides later reopens no closed file."""
    for name, side in MANAGERS.items():
        operator = context.get("registry.operator", getattr(file, name) or "") or {}
        found = side_of(operator, context)
        if found and found != side and not file.closed_on:
            yield file.problem(
                name, operator=operator.get("code", ""), side=Label(*SECTORS[side]), found=Label(*SECTORS[found]),
                it="Serve un operatore del settore «{side}»; {operator} è del settore «{found}»",
                en="An operator of the sector “{side}” is needed; {operator} is of “{found}”",
            )  # fmt: skip
    missing = [name for name in MANAGERS if not getattr(file, name)]
    if file.take_in_date and missing:
        yield file.problem(
            missing[0], warning=file.state == "draft", it="Servono un riferimento pubblico e uno privato",
            en="Both a public and a private case manager are needed",
        )  # fmt: skip


def side_of(operator: dict[str, Any], context: Context) -> str:
    """The side that an operator stands on, by the sector, else by the body's nature: public, private, or "" when unknown."""
    if sector := operator.get("sector"):
        return "public" if sector == "public" else "private"
    body = context.get("registry.body", operator.get("body") or "") or {}
    return SIDES.get(body.get("nature", ""), "")


def referred(file: "Household", context: Context) -> Iterator[Problem]:
    """A take-in comes of a referral, and not before it."""
    taken_in = [doc for doc in context.find("registry.referral", household=file.id) if doc.get("outcome") == "taken_in"]
    if file.take_in_date and not taken_in and not file.split_from:
        yield file.problem(
            "take_in_date", warning=True, it="Nessuna segnalazione con esito «presa in carico» indica questo nucleo: collegarla",
            en="No referral with the outcome “taken in” names this household: link it",
        )  # fmt: skip
    for doc in taken_in:
        if not file.take_in_date:
            yield file.problem(
                "take_in_date", other=called(doc, shown_stored(doc["date"])),
                it="La segnalazione {other} dice «presa in carico»: la data serve",
                en="Referral {other} says “taken in”: the date is needed",
            )  # fmt: skip
        elif file.take_in_date.isoformat() < doc["date"]:
            yield file.problem(
                "take_in_date", day=shown(file.take_in_date), other=called(doc, shown_stored(doc["date"])),
                it="{day} è prima della segnalazione {other}: ricontrollare le due date", en="{day} is before referral {other}: check both dates",
            )  # fmt: skip


def done_by_today(file: "Household", context: Context) -> Iterator[Problem]:
    """What is written as done has happened."""
    rows = {
        **{f"reviews.{number}.date": row.date for number, row in enumerate(file.reviews, 1)},
        **{f"assessments.{number}.date": row.date for number, row in enumerate(file.assessments, 1)},
    }
    for place, day in {**rows, "pact_signed_on": file.pact_signed_on, "closed_on": file.closed_on}.items():
        yield from has_come(file, place, day, context)


def not_counted(file: "Household", has_minor: bool, context: Context) -> Iterator[Problem]:
    """Why a household that was taken in does not count."""
    if file.counted is not False or file.take_in_date is None:
        return
    if file.exit_check == "over" and file.reception_exit:
        yield file.problem(
            "reception_exit", warning=True, day=shown(file.reception_exit), months=rule_on(file.take_in_date, context).exit_months,
            it="Uscita il {day}: più di {months} mesi prima della presa in carico, il nucleo non conta",
            en="Left on {day}: more than {months} months before the take-in, the household is not counted",
        )  # fmt: skip
    elif file.exit_check == "in_reception" and file.reception_exit:
        yield file.problem(
            "reception_exit", warning=True, day=shown(file.reception_exit),
            it="Alla presa in carico era ancora in accoglienza (uscita il {day}): il nucleo non conta",
            en="Still in reception at the take-in (left on {day}): the household is not counted",
        )  # fmt: skip
    elif not has_minor:
        yield file.problem(
            "members", warning=True, it="Nessun minore alla presa in carico: il nucleo non conta",
            en="No minor at the take-in: the household is not counted",
        )  # fmt: skip
    else:
        yield file.problem(
            "members", warning=True, it="Nessun componente preso in carico è ammissibile: il nucleo non conta",
            en="No member taken in is eligible: the household is not counted",
        )  # fmt: skip
