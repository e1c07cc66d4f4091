"""Whatever two people do in whatever order: numbers, links, keys and history agree, and undo and redo are opposites."""

import tempfile
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb import where

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import Done, RegisterTable, Store, history, links, open_store, words

from .registers import register_all

WHO = st.integers(0, 1)
PICK = st.integers(0, 5)
CARD = st.sampled_from(["", "T1", "t2"])
CHANGES = st.fixed_dictionaries(
    {}, optional={"surname": st.sampled_from("AB"), "notes": st.sampled_from(["", "x", "y"]), "card": CARD}
)


class Office(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = f"{self.folder.name}/a.db"
        self.stores = [register_all(open_store(path, user=user)) for user in ("anna", "bruno")]
        for store in self.stores:
            store.connection.rows("PRAGMA synchronous = OFF")
        self.store = self.stores[0]
        self.given: dict[tuple[str, str], str] = {}

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        self.folder.cleanup()

    def registers(self, who: int = 0) -> list[RegisterTable]:
        return [self.stores[who].register_table(name) for name in ("club.person", "club.meeting")]

    def contents(self) -> dict[str, dict[str, Any]]:
        docs = [doc for register in self.registers() for doc in register.all()]
        left_out = ("changed_by", "changed_at")
        return {doc["id"]: {name: value for name, value in doc.items() if name not in left_out} for doc in docs}

    def tried(self, action: Callable[[], object]) -> bool:
        """Whether it was done; what is refused changes nothing."""
        before = self.contents(), self.store.operations(None)
        try:
            action()
        except Rejected:
            assert (self.contents(), self.store.operations(None)) == before
            return False
        return True

    def picked(self, register: RegisterTable, pick: int) -> str | None:
        docs = register.all()
        return str(docs[pick % len(docs)]["id"]) if docs else None

    @rule(who=WHO, card=CARD)
    def add(self, who: int, card: str) -> None:
        doc = {"surname": "N", "taken_in": "2021-01-01", "informed": True, "card": card}
        self.tried(lambda: self.registers(who)[0].add(doc))

    @rule(who=WHO, pick=PICK)
    def meet(self, who: int, pick: int) -> None:
        people, meetings = self.registers(who)
        doc = {"topic": f"M{pick}", "on": "2021-03-01", "leader": self.picked(people, pick)}
        self.tried(lambda: meetings.add(doc))

    @rule(who=WHO, pick=PICK, changes=CHANGES)
    def edit(self, who: int, pick: int, changes: dict[str, str]) -> None:
        people = self.registers(who)[0]
        if uid := self.picked(people, pick):
            self.tried(lambda: people.edit(uid, changes))

    @rule(who=WHO, pick=PICK, which=WHO, what=st.sampled_from(["confirm", "sent", "void", "remove"]))
    def move(self, who: int, pick: int, which: int, what: str) -> None:
        register = self.registers(who)[which]
        if uid := self.picked(register, pick):
            actions: dict[str, Callable[[], object]] = {
                "confirm": lambda: register.confirm(uid), "sent": lambda: register.mark_sent(uid),
                "void": lambda: register.void(uid, "errore"), "remove": lambda: register.remove(where("id") == uid),
            }  # fmt: skip
            self.tried(actions[what])

    @rule(who=WHO, pick=PICK, field=st.sampled_from(["surname", "notes", "card"]))
    def erase(self, who: int, pick: int, field: str) -> None:
        people = self.registers(who)[0]
        if (uid := self.picked(people, pick)) and self.tried(lambda: people.erase(uid, [field], "richiesta")):
            assert field not in people.one(uid)

    @rule(who=WHO, which=st.none() | st.integers(0, 20))
    def undo(self, who: int, which: int | None) -> None:
        store, done = self.stores[who], self.store.operations(None)
        named = done[which % len(done)].operation if which is not None and done else None
        self._there_and_back(store, lambda: store.undo(named))

    @rule(who=WHO)
    def redo(self, who: int) -> None:
        self._there_and_back(self.stores[who], self.stores[who].redo)

    def _there_and_back(self, store: Store, take_back: Callable[[], object]) -> None:
        before = self.contents()
        if not self.tried(take_back):
            return
        after = self.contents()
        opposites = (
            (store.undo, store.redo) if self._steps(store.operations(1)[0]) % 2 == 0 else (store.redo, store.undo)
        )
        # A link to what is void by now is refused when its record would come back.
        if self.tried(opposites[0]):
            assert self.contents() == before
            opposites[1]()
            assert self.contents() == after

    def _steps(self, done: Done) -> int:
        undoes = {one.operation: one.undoes for one in self.store.operations(None)}
        steps, found = 0, done.undoes
        while found:
            steps, found = steps + 1, undoes[found]
        return steps

    @invariant()
    def everything_agrees(self) -> None:
        assert self.store.verify().findings == []
        there = self.contents()
        linked = set()
        for register in self.registers():
            docs = register.all()
            for doc in docs:
                uid = doc["id"]
                assert there[uid] == history.replay(patch for _, patch in history.patches(self.store.connection, uid))
                found = self.store.connection.one(f'SELECT words FROM "{register.name}" WHERE uid = ?', (uid,))
                assert found == words.words_of(register.declaration, doc)
                sought = found.split()[0] if found.strip() else ""
                assert uid in {other["id"] for other in register.page(search=sought)}
                linked |= {(target, register.name, uid) for target in links.targets(register.declaration, doc)}
            with register.as_of(date.max) as past:
                assert {doc["id"]: doc for doc in past.all()} == {doc["id"]: doc for doc in docs}
            numbers = {doc["number"]: doc["id"] for doc in docs if "number" in doc}
            assert sorted(numbers) == [f"2021/{count:04d}" for count in range(1, len(numbers) + 1)]
            for number, uid in numbers.items():
                assert self.given.setdefault((register.name, number), uid) == uid
            keys = [doc["card"].lower() for doc in docs if doc.get("card") and doc["state"] != "void"]
            assert len(keys) == len(set(keys))
        assert linked == set(self.store.connection.rows("SELECT target, tbl, uid FROM link"))
        assert {target for target, _, _ in linked} <= set(there)


TestAnyOrder = Office.TestCase
TestAnyOrder.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
