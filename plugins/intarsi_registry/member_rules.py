"""Rules of the members of a household: a contact person, nobody twice, and nobody in two open households."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from intarsi_tui import Context, Problem

from .household_rows import Member
from .rules import called, named, others

if TYPE_CHECKING:
    from .household import Household


def members(file: "Household", context: Context) -> Iterator[Problem]:
    """One contact person, nobody listed twice, and nobody whose own file names another household."""
    open_file = not file.closed_on
    if open_file and not any(row.role == "contact" and not row.left_on for row in file.members):
        yield file.problem(
            "members", warning=True, it="Manca il referente del nucleo: dare il ruolo «referente» a un componente",
            en="The household has no contact person: give a member the role “contact person”",
        )  # fmt: skip
    for number, row in enumerate(file.members, 1):
        if row.joined_on and row.left_on and row.left_on < row.joined_on:
            yield file.problem(f"members.{number}.left_on", it="Uscito prima di entrare", en="Left before joining")
        for earlier, before in enumerate(file.members[: number - 1], 1):
            both = row.together(before)
            if both and row.person == before.person:
                yield file.problem(
                    f"members.{number}.person", row=earlier,
                    it="La persona è già nel nucleo alla riga {row} dei componenti: scrivere là la data di uscita, o togliere questa riga",
                    en="The person is a member already in row {row} of the members: enter the day of leaving there, or take this row out",
                )  # fmt: skip
            elif both and row.role == before.role == "contact":
                other = context.get("registry.person", before.person) or {}
                yield file.problem(
                    "members", warning=True, other=called(other, other.get("pseudonym")),
                    it="Più di un referente negli stessi giorni: c'è già {other}", en="More than one contact person on the same days: there is {other}",
                )  # fmt: skip
        if open_file:
            yield from _one_household(file, number, context)

    stored = context.get("registry.household", file.id) or {}
    for uid in dict.fromkeys(row["person"] for row in stored.get("members", ())):
        person = context.get("registry.person", uid) or {}
        if person.get("household") == file.id and all(row.person != uid for row in file.members):
            yield file.problem(
                "members", warning=True, person=person.get("pseudonym", ""),
                it="{person} non è più fra i componenti, ma il suo fascicolo indica ancora questo nucleo: correggerlo",
                en="{person} is no longer a member, but their file still names this household: correct it",
            )  # fmt: skip


def _one_household(file: "Household", number: int, context: Context) -> Iterator[Problem]:
    """A member is one of this household only: by the rows of the others that are open, and by the own file."""
    row = file.members[number - 1]
    place, person = f"members.{number}.person", context.get("registry.person", row.person) or {}
    # Whoever has several rows, one for each role, is told of once.
    first = all(before.person != row.person for before in file.members[: number - 1])
    listed = set[str]()
    for doc in others(file, context, members=row.person) if first else ():
        mine = [one for one in file.members if one.person == row.person]
        theirs = [one for one in doc["members"] if one["person"] == row.person]
        if doc.get("closed_on") or not any(one.together(_days(other)) for one in mine for other in theirs):
            continue
        listed.add(doc["id"])
        yield file.problem(
            place, warning=True, person=person.get("pseudonym", ""), other=named(file, doc),
            it="{person} negli stessi giorni è anche fra i componenti del nucleo {other}: scrivere il giorno di uscita nel nucleo che ha lasciato",
            en="{person} is a member of household {other} on the same days: enter the day of leaving in the one that was left",
        )  # fmt: skip
    current = person.get("household")
    if row.left_on or current == file.id or current in listed:
        return
    if current:
        other = context.get("registry.household", current) or {}
        yield file.problem(
            place, warning=True, person=person.get("pseudonym", ""), other=named(file, other) if other else current[:8],
            it="Il fascicolo di {person} indica un altro nucleo: {other}", en="The file of {person} names another household: {other}",
        )  # fmt: skip
    else:
        yield file.problem(
            place, warning=True, person=person.get("pseudonym", ""),
            it="Il fascicolo di {person} non indica alcun nucleo: scrivervi questo",
            en="The file of {person} names no household: enter this one there",
        )  # fmt: skip


def _days(stored: dict[str, Any]) -> Member:
    """A stored row of members."""
    days = {name: date.fromisoformat(stored[name]) for name in ("joined_on", "left_on") if name in stored}
    return Member(person=stored["person"], role=stored["role"], **days)
