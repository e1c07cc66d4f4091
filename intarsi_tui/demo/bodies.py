"""Bodies, schools among them, and contractors."""

from datetime import timedelta
from string import ascii_uppercase, digits

from . import words
from .chance import FIRST, LAST, later
from .sample import CLERK, Sample


def add_bodies(sample: Sample) -> None:
    """Every body of the list, institutes before their sites."""
    for row in words.bodies():
        values = {name: value for name, value in row.items() if name not in ("key", "institute")}
        institute = sample.bodies.get(row["institute"])
        sample.bodies[row["key"]] = sample.plan.add("registry.body", CLERK, FIRST, {**values, "institute": institute})


def add_contractors(sample: Sample) -> None:
    """A contract for each subject of the list; more of them in a larger sample."""
    chance, subjects = sample.chance, words.texts("contract", "subjects")
    bodies = [body for body in sample.bodies.values() if body["nature"] in ("third_sector", "company")]
    for number in range(sample.count(len(subjects), len(subjects))):
        signed = chance.workday(FIRST + timedelta(days=5), LAST - timedelta(days=60))
        start = chance.workday(signed, signed + timedelta(days=20))
        values = {
            "body": chance.choice(bodies),
            "subject": subjects[number % len(subjects)],
            "procedure": f"Determina n. {chance.randint(90, 990)} del {signed:%d/%m/%Y}",
            "cig": "Z" + "".join(chance.choices(ascii_uppercase[:6] + digits, k=9)),
            "cup": sample.cup,
            "signed_on": signed,
            "start": start,
            "end": later(start, chance.choice([6, 9, 12])),
            "amount": chance.randrange(1800, 39_000, 50) + chance.choice([0, 0, 0.5]),
            "manager": chance.choice(sample.managers),
        }
        sample.plan.add("registry.contractor", CLERK, signed, values)
