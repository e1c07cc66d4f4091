"""Bodies, schools among them, and contractors."""

from datetime import timedelta
from string import ascii_uppercase, digits
from typing import Any

from . import words
from .chance import END, FIRST, LAST, OVERDUE, later, working
from .sample import Sample, full_name


def add_bodies(sample: Sample) -> None:
    """Every body of the list, institutes before their sites."""
    towns, first = list(sample.place.towns), sample.place.partner == next(iter(words.places()))
    for row in words.bodies():
        values: dict[str, Any] = {
            name: sample.place.fill(row[name]) for name in row if name not in ("key", "institute")
        }
        values["municipality"] = towns[min(int(row["municipality"]), len(towns) - 1)]
        values["institute"] = sample.bodies.get(row["institute"])
        if not first:
            # The list names people and VAT numbers of the first office's bodies; the others have their own.
            del values["vat"]
            if values["contact"]:
                values["contact"] = " ".join(reversed(full_name(sample.chance, words.italian(), "F")))
        sample.bodies[row["key"]] = sample.plan.add("registry.body", sample.clerk, FIRST, values)


def add_contractors(sample: Sample) -> None:
    """A contract for each subject of the list; more of them in a larger sample."""
    chance, subjects = sample.chance, words.texts("contract", "subjects")
    bodies = [body for body in sample.bodies.values() if body["nature"] in ("third_sector", "company")]
    for number in range(sample.count(len(subjects) // 2, len(subjects), "families")):
        signed = chance.workday(FIRST + timedelta(days=5), LAST - timedelta(days=60))
        start = chance.workday(signed, signed + timedelta(days=20))
        values = {
            "body": chance.choice(bodies),
            "subject": subjects[number % len(subjects)],
            **(_group(sample) if number == 0 else {}),
            "procedure": f"Determina n. {chance.randint(90, 990)} del {signed:%d/%m/%Y}",
            "cig": "Z" + "".join(chance.choices(ascii_uppercase[:6] + digits, k=9)),
            "cup": sample.cup,
            "signed_on": signed,
            "start": start,
            "end": min(later(start, chance.choice([6, 9, 12])), END),
            "amount": chance.randrange(1800, 39_000, 50) + chance.choice([0, 0, 0.5]),
            "manager": chance.choice(sample.managers),
        }
        contract = sample.plan.add("registry.contractor", sample.clerk, signed, values)
        closed = working(values["end"] + timedelta(days=chance.randint(1, 8)))
        if values["end"] < OVERDUE:
            contract.edits.append((closed, {"ended_on": values["end"]}))


def _group(sample: Sample) -> dict[str, Any]:
    """What a group of cooperatives does under one contract, where the office works like that."""
    if not sample.place.group:
        return {}
    return {"body": sample.bodies[sample.place.group], "subject": words.texts("contract", "group")[0]}
