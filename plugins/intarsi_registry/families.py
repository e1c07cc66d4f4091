"""Households that split and reunite on a day: files, members and their own files follow in one step."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from intarsi_tui import Action, Choice, Date, Label, Link, Links, Problem, Rejected, Row, field, link

from .choices import HOUSEHOLD_TYPES
from .rules import shown

if TYPE_CHECKING:
    from intarsi_tui import Office

Doc = dict[str, Any]

COLUMNS = {"person": ("Persona", "Person"), "before": ("Prima in", "Before in"), "now": ("Ora in", "Now in")}
# What a household that splits off takes over from the one it comes from.
SHARED = (
    "municipality",
    "take_in_date",
    "reception_exit",
    "public_manager",
    "private_manager",
    "partner",
    "wp",
    "activity",
)


class Split(Row, it="Separazione di un nucleo", en="Split of a household"):
    household: Link = link("registry.household", it="Nucleo", en="Household")
    members: Links = link("registry.person", it="Chi esce", en="Who leaves")
    on: Date = field(it="Dal", en="From", privacy="internal")
    type: Choice = field(
        it="Tipo di nuovo nucleo", en="Type of the new one", privacy="internal", choices=HOUSEHOLD_TYPES
    )


class Reunion(Row, it="Riunione di due nuclei", en="Reunion of two households"):
    household: Link = link("registry.household", it="Nucleo che si riunisce", en="Household that joins")
    into: Link = link("registry.household", it="Nel nucleo", en="Into household")
    on: Date = field(it="Dal", en="From", privacy="internal")


def split(office: "Office", asked: Split) -> Iterator[Doc]:
    """Members leave for a household of their own; the first of them who is no child is its contact person."""
    households = office.table("registry.household")
    old = _household(office, asked.household)
    leaving = _present(old, asked.members)
    if missing := [uid for uid in asked.members if uid not in leaving]:
        names = [office.title("registry.person", uid) for uid in missing]
        raise Rejected(
            [
                _said(
                    "members",
                    "Non sono componenti del nucleo: {names}",
                    "They are no members of the household: {names}",
                    names=names,
                )
            ]
        )
    _come(office, asked.on)
    if len(leaving) == len(_present(old, None)):
        raise Rejected(
            [
                _said(
                    "members",
                    "Nel nucleo deve restare qualcuno: togliere almeno una persona da «{label}»",
                    "Somebody has to stay in the household: take at least one person out of “{label}”",
                    label=Split.declaration.by_name["members"].label,
                )
            ]
        )
    adults = [uid for uid, row in leaving.items() if row["role"] != "child"]
    day = asked.on.isoformat()
    with office.store.operation(f"split {old['pseudonym']}"):
        rows = [
            {"person": uid, "role": "contact" if uid in adults[:1] else "parent" if row["role"] == "contact" else row["role"], "joined_on": day}
            for uid, row in leaving.items()
        ]  # fmt: skip
        own = {name: old[name] for name in SHARED if name in old}
        new = households.add({**own, "type": asked.type, "split_from": old["id"], "members": rows}).doc
        households.edit(old["id"], {"members": _ended(old, leaving, day)})
        yield from _moved(office, rows, old, new)


def reunite(office: "Office", asked: Reunion) -> Iterator[Doc]:
    """The members of one household join another; the file they leave is closed on that day."""
    households = office.table("registry.household")
    old, into = _household(office, asked.household), _household(office, asked.into)
    if old["id"] == into["id"]:
        raise Rejected(
            [_said("into", "È lo stesso nucleo: indicarne un altro", "It is the same household: name another one")]
        )
    _come(office, asked.on)
    day, leaving = asked.on.isoformat(), _present(old, None)
    has_contact = any(row["role"] == "contact" and not row.get("left_on") for row in into.get("members", ()))
    with office.store.operation(f"reunite {old['pseudonym']}"):
        rows = [
            {
                "person": uid,
                "role": "parent" if row["role"] == "contact" and has_contact else row["role"],
                "joined_on": day,
            }
            for uid, row in leaving.items()
        ]
        closed = {"closed_on": day, "closing_reason": "reunited"}
        households.edit(old["id"], {"members": _ended(old, leaving, day), **closed})
        households.edit(into["id"], {"members": [*into.get("members", ()), *rows]})
        yield from _moved(office, rows, old, into)


def _come(office: "Office", day: date) -> None:
    """Raises: Rejected: `day` has not come; files would tell of today what holds only from then."""
    if day > office.today:
        raise Rejected(
            [
                _said(
                    "on",
                    "«{label}» {day} è nel futuro: si registra quando avviene",
                    "“{label}” {day} is in the future: enter it when it happens",
                    label=Split.declaration.by_name["on"].label,
                    day=shown(day),
                )
            ]
        )


def _household(office: "Office", uid: str) -> Doc:
    return dict(office.get("registry.household", uid) or {})


def _present(household: Doc, wanted: list[str] | None) -> dict[str, Doc]:
    """The rows of members who are still there, by person."""
    rows = {row["person"]: row for row in household.get("members", ()) if not row.get("left_on")}
    return rows if wanted is None else {uid: rows[uid] for uid in wanted if uid in rows}


def _ended(household: Doc, leaving: dict[str, Doc], day: str) -> list[Doc]:
    return [
        {**row, "left_on": day} if row["person"] in leaving and not row.get("left_on") else row
        for row in household.get("members", ())
    ]


def _moved(office: "Office", rows: list[Doc], old: Doc, new: Doc) -> Iterator[Doc]:
    for row in rows:
        office.table("registry.person").edit(row["person"], {"household": new["id"], "household_role": row["role"]})
        person = office.title("registry.person", row["person"])
        yield {"person": person, "before": old["pseudonym"], "now": new["pseudonym"], "id": new["id"]}


def _said(field: str, it: str, en: str, **params: Any) -> Problem:
    return Problem("rule", field, params, Label(it, en))


ACTIONS = [
    Action("split", it="Un nucleo si separa: chi esce ne forma uno suo", en="A household splits: who leaves forms one of their own",
           run=split, columns=COLUMNS, asks=Split,
           also=("dividi, separazione, famiglia", "divide, separation, family"), done=("separato", "split")),
    Action("reunite", it="Due nuclei si riuniscono in uno", en="Two households become one again", run=reunite, columns=COLUMNS, asks=Reunion,
           also=("unisci, ricongiungimento, famiglia", "join, reunion, family"), done=("riunito", "reunited")),
]  # fmt: skip
