"""What the writers of all crash tests do, what they are told was written, and whether it is there afterwards."""

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from intarsi_tui.store import RegisterTable, Store, StoreError, open_store
from tests.store.registers import register_all

Fact = dict[str, Any]
Tell = Callable[[Fact], None]

# Rounds of the whole run, of the long run (a twentieth) and of every run.
SIZES = {
    "kills": (1000, 50, 12), "kills_of_four": (300, 15, 3), "cuts": (2000, 100, 20), "full_disks": (50, 5, 3),
    "flips": (10_000, 500, 60), "writes": (1000, 50, 15), "step_of_faults": (1, 5, 97),
}  # fmt: skip


def size(what: str) -> int:
    """How many rounds: `INTARSI_CRASH` is `whole`, `long` or `short`; `.ci/run --long` means `long`."""
    asked = os.environ.get("INTARSI_CRASH") or ("long" if os.environ.get("INTARSI_LONG") else "short")
    return SIZES[what][("whole", "long", "short").index(asked)]


# With INTARSI_CRASH_ENCRYPTED set, everything happens to an encrypted database.
KEY = bytes(range(32)) if os.environ.get("INTARSI_CRASH_ENCRYPTED") else None


def opened(path: Path, user: str = "anna", *, create: bool = True) -> Store:
    """The store with its registers, and the shared counter that every writer adds to."""
    store = register_all(open_store(path, KEY, site="rimini", user=user, create=create))
    if not create:
        return store
    with store.connection.transaction():
        if not len(store.table("plain")):
            store.table("plain").insert({"n": 0})
    return store


class Writer:
    """Somebody who writes this and that, and says what was acknowledged.

    Facts: `{"uid", "step"}`, a person whose notes are this step or a later one; `{"uid", "number"}`, a confirmed one;
    `{"added"}`, one more on the shared counter.
    """

    def __init__(self, store: Store, name: str, seed: int, tell: Tell) -> None:
        self.store, self.name, self.random, self.tell = store, name, random.Random(seed), tell
        self.people: RegisterTable = store.register_table("club.person")
        self.own: list[str] = []
        self.drafts: list[str] = []
        self.step = 0

    def write(self) -> None:
        """One write, and its facts as soon as it returned."""
        self.step += 1
        step = self.random.choice(
            [self._add, self._add, self._edit, self._edit, self._confirm, self._import, self._count]
        )
        for fact in step():
            self.tell(fact)

    def _person(self) -> str:
        notes = str(self.step) + " " * self.random.choice((1, 50, 3000)) + "."
        doc = {"surname": f"{self.name}{self.step}", "taken_in": "2021-01-01", "informed": True, "notes": notes}
        return str(self.people.add(doc).doc["id"])

    def _add(self) -> list[Fact]:
        uid = self._person()
        self.own.append(uid)
        self.drafts.append(uid)
        return [{"uid": uid, "step": self.step}]

    def _edit(self) -> list[Fact]:
        if not self.own:
            return self._add()
        uid = self.random.choice(self.own)
        self.people.edit(uid, {"notes": f"{self.step} changed"})
        return [{"uid": uid, "step": self.step}]

    def _confirm(self) -> list[Fact]:
        if not self.drafts:
            return self._add()
        uid = self.drafts[-1]
        number = self.people.confirm(uid).doc["number"]
        self.drafts.pop()
        return [{"uid": uid, "number": number}]

    def _import(self) -> list[Fact]:
        with self.store.operation("import people.csv"):
            uids = [self._person() for _ in range(5)]
        self.own += uids
        return [{"uid": uid, "step": self.step} for uid in uids]

    def _count(self) -> list[Fact]:
        self.store.table("plain").update(lambda counter: counter.update(n=counter["n"] + 1))
        return [{"added": 1}]


class Told:
    """All facts of one database so far."""

    def __init__(self) -> None:
        self.steps: dict[str, int] = {}
        self.numbers: dict[str, str] = {}
        self.added = self.writes = 0

    def take(self, fact: Fact) -> None:
        self.writes += 1
        self.added += fact.get("added", 0)
        if "step" in fact:
            self.steps[fact["uid"]] = fact["step"]
        if "number" in fact:
            self.numbers[fact["uid"]] = fact["number"]

    def missing(self, path: Path, unsure: int) -> list[str]:
        """What was acknowledged and is not there, and whatever verification finds.

        Parameters:
            unsure: writers that were stopped and may have counted one more than they could say.
        """
        try:
            with opened(path) as store:
                docs = {doc["id"]: doc for doc in store.register_table("club.person").all()}
                counted = store.table("plain").get(doc_id=1)["n"]
                found = [finding.text("en") for finding in store.verify().findings]
        except StoreError as error:
            return [str(error)]
        for uid, step in self.steps.items():
            if uid not in docs:
                found.append(f"lost: {uid}")
            elif int(docs[uid]["notes"].split()[0]) < step:
                found.append(f"older than step {step}: {docs[uid]}")
        found += [
            f"lost: number {number}"
            for uid, number in self.numbers.items()
            if docs.get(uid, {}).get("number") != number
        ]
        if not self.added <= counted <= self.added + unsure:
            found.append(f"counted {counted}, acknowledged {self.added}, unsure {unsure}")
        return found


def report(**figures: Any) -> None:
    """The one line that a crash test prints."""
    print(json.dumps(figures), flush=True)
