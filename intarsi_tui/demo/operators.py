"""Operators: the project's staff, the trainers, and everybody who is trained."""

from datetime import date
from typing import Any

from ..reference import tables
from ..reference.identifiers import make_tax_code
from . import words
from .chance import FIRST
from .plan import Entry
from .sample import Sample, full_name, user_name

# Field of work, role, and the nature of the bodies where people do that.
TRADES = (
    ("social", "Assistente sociale", ("public",)),
    ("social", "Educatore", ("third_sector",)),
    ("school", "Insegnante", ("school",)),
    ("school", "Collaboratore scolastico", ("school",)),
    ("health", "Ostetrica", ("health",)),
    ("health", "Assistente sanitaria", ("health",)),
    ("reception", "Operatore dell'accoglienza", ("third_sector",)),
    ("civil_registry", "Ufficiale d'anagrafe", ("public",)),
    ("other", "Volontario", ("third_sector", "other")),
    ("other", "Funzionario", ("prefecture", "police")),
)


def add_operators(sample: Sample) -> None:
    """Everybody who works or learns, the coordinator first."""
    coordinator = _add(
        sample, FIRST, name=(*sample.place.coordinator, "F"), body="comune", sector="public", role="Coordinatrice",
        work_field="social", staff=True, contract="permanent",
    )  # fmt: skip
    sample.staff.append(coordinator)
    for number in range(sample.count(3, 3, "families")):
        place = ("comune", "unione", "riccione")[number % 3]
        sample.social_workers.append(
            _add(sample, FIRST, body=place, sector="public", role="Assistente sociale", work_field="social")
        )
    for number in range(sample.count(2, 2)):
        place = ("approdo", "melograno")[number % 2]
        manager = _add(
            sample, FIRST, body=place, sector="private", role="Operatore di riferimento", work_field="reception",
            staff=True, contract="fixed_term",
        )  # fmt: skip
        sample.managers.append(manager)
    sample.staff += sample.managers
    _add_mediators(sample)
    for number in range(sample.count(6, 4)):
        place = ("formare", "cpia", "ausl", "traccia", "caf", "uno")[number % 6]
        sector = "private" if sample.bodies[place]["nature"] in ("company", "third_sector") else "public"
        sample.trainers.append(_add(sample, FIRST, body=place, sector=sector, role="Docente", work_field="other"))
    for _ in range(sample.count(70, 24, "training")):
        sample.trainees.append(_add_trainee(sample))


def _add_mediators(sample: Sample) -> None:
    """A small office pays them by the hour, through their cooperative: they are none of its staff."""
    staff = sample.scale >= 1
    for community in words.communities():
        mark = community.mediators
        if mark in sample.mediators:
            continue
        for _ in range(sample.count(0.6, 1, "mediation")):
            sex = sample.chance.one({"F": 70, "M": 30})
            surname, given = full_name(sample.chance, community.names, sex)
            place = tables.countries()[community.country].extra["z_code"]
            mediator = _add(
                sample, FIRST, name=(surname, given, sex), born_in=place, body="parole", sector="private",
                role=f"Mediatrice ({mark})" if sex == "F" else f"Mediatore ({mark})", work_field="school",
                staff=staff, contract="freelance",
            )  # fmt: skip
            sample.mediators.setdefault(mark, []).append(mediator)
            sample.staff += [mediator] if staff else []


def _add_trainee(sample: Sample) -> Entry:
    chance = sample.chance
    work_field, role, natures = chance.choice(TRADES)
    places = [key for key, body in sample.bodies.items() if body["nature"] in natures]
    public = not {"third_sector", "other"} & set(natures)
    sector = "public" if public else "volunteer" if role == "Volontario" else "private"
    joined = FIRST if chance.maybe(60) else chance.workday(FIRST, date(2021, 12, 17))
    return _add(
        sample, joined, body=chance.choice(places), sector=sector, role=role, work_field=work_field,
        contract="volunteer" if sector == "volunteer" else None,
    )  # fmt: skip


def _add(
    sample: Sample, joined: date, *, body: str, name: tuple[str, str, str] | None = None, born_in: str = "", **more: Any
) -> Entry:
    chance = sample.chance
    sex = name[2] if name else chance.one({"F": 72, "M": 28})
    surname, given = name[:2] if name else full_name(chance, words.italian(), sex)
    born = chance.between(date(1960, 1, 1), date(1997, 12, 31))
    place = born_in or tables.municipalities()[sample.place.town].extra["cadastral"]
    code = make_tax_code(surname, given, sex, born, place)
    known = chance.maybe(80) and code not in sample.tax_codes
    sample.tax_codes.add(code)
    values = {
        "surname": surname,
        "given_name": given,
        "gender": sex,
        "birth_date": born,
        "tax_code": code if known else None,
        "email": f"{user_name(surname, given)}@posta.example" if chance.maybe(70) else None,
        "body": sample.bodies[body],
        "municipality": sample.bodies[body].get("municipality"),
        "joined_on": joined,
        **more,
    }
    return sample.plan.add("registry.operator", sample.clerk, joined, values)
