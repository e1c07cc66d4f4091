"""Undo and redo: every step leads back, except over what others did, and numbers stay."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import where

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import RegisterTable, Store, StoreError, open_store

from .conftest import refused

NOTHING = [("nothing_to_undo", None)]


def contents(*tables: RegisterTable) -> list[dict[str, Any]]:
    """All records by their UUID, without who changed them last."""
    docs = [doc for table in tables for doc in table.all()]
    plain = [{name: value for name, value in doc.items() if name not in ("changed_by", "changed_at")} for doc in docs]
    return sorted(plain, key=lambda doc: str(doc["id"]))


def test_an_addition_an_edit_and_a_removal_are_undone_and_redone(
    store: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    uid = person(language="ar")
    people.edit(uid, {"surname": "Neri", "language": "", "notes": "x"})
    people.remove(doc_ids=[1])
    states = [contents(people)]
    for label in ("remove", "edit", "add"):
        undone = store.undo()
        assert (undone.label, undone.records) == (label, [("club.person", uid)])
        states.append(contents(people))
    assert refused(store.undo) == NOTHING
    assert states[0] == states[3] == []
    assert (states[1][0]["surname"], states[2][0]["surname"], states[2][0]["language"]) == ("Neri", "Bianchi", "ar")
    for state in states[2::-1]:
        assert store.redo().label == "undo"
        assert contents(people) == state
    assert refused(store.redo) == NOTHING
    assert [change.label for change in store.history()] == ["redo"] * 3 + ["undo"] * 3 + ["remove", "edit", "add"]
    assert store.verify_chain() == []


def test_undo_after_a_redo_goes_back_again(store: Store, people: RegisterTable, person: Callable[..., str]) -> None:
    person()
    before = contents(people)
    people.edit(before[0]["id"], {"notes": "x"})
    after = contents(people)
    for _ in range(3):
        store.undo()
        assert contents(people) == before
        store.redo()
        assert contents(people) == after
    store.undo()
    store.undo()
    assert contents(people) == []


def test_an_operation_that_was_done_again_can_be_named_and_what_came_before_it_undone(
    store: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    uid = person()
    people.edit(uid, {"surname": "Neri"})
    edit = store.operations()[0].operation
    store.undo()
    store.redo()
    store.undo(edit)
    assert people.one(uid)["surname"] == "Bianchi"
    assert store.undo().label == "add"
    assert len(people) == 0


def test_an_import_is_undone_in_one_step(
    store: Store, people: RegisterTable, meetings: RegisterTable, person: Callable[..., str]
) -> None:
    kept = person("Prima")
    before = contents(people, meetings)
    with store.operation("import registro.csv"):
        uids = [person(name) for name in ("Bianchi", "Neri")]
        meetings.add({"topic": "Regole", "on": "2021-03-01", "guests": [*uids, kept]})
        people.edit(uids[0], {"notes": "due volte"})
        people.edit(kept, {"notes": "anche questa"})
    after = contents(people, meetings)
    undone = store.undo()
    assert (undone.label, len(undone.records)) == ("import registro.csv", 4)
    assert contents(people, meetings) == before
    store.redo()
    assert contents(people, meetings) == after


class TestOverOthers:
    def test_a_field_that_somebody_changed_since_stays(
        self, store: Store, people: RegisterTable, colleague: Store, person: Callable[..., str]
    ) -> None:
        uid = person()
        people.edit(uid, {"surname": "Neri", "notes": "x"})
        colleague.register_table("club.person").edit(uid, {"notes": "di Bruno"})
        before = contents(people)
        with pytest.raises(Rejected) as caught:
            store.undo()
        assert [problem.text("en") for problem in caught.value.problems] == [
            "Person Neri, Notes: changed since by bruno, it is now “di Bruno”. Nothing was undone: undo the later change first,"
            " or correct by hand"
        ]
        assert contents(people) == before

    def test_other_fields_may_have_changed(
        self, store: Store, people: RegisterTable, colleague: Store, person: Callable[..., str]
    ) -> None:
        uid = person()
        people.edit(uid, {"surname": "Neri"})
        colleague.register_table("club.person").edit(uid, {"notes": "di Bruno"})
        store.undo()
        doc = people.one(uid)
        assert (doc["surname"], doc["notes"]) == ("Bianchi", "di Bruno")

    def test_an_addition_that_somebody_worked_on_stays(
        self, store: Store, people: RegisterTable, colleague: Store, person: Callable[..., str]
    ) -> None:
        uid = person()
        theirs = colleague.register_table("club.person")
        theirs.edit(uid, {"notes": "di Bruno"})
        assert refused(store.undo) == [("changed_meanwhile", "notes")]
        colleague.undo()
        store.undo()
        assert len(people) == 0

    def test_one_undoes_ones_own_work_or_an_operation_that_one_names(
        self, store: Store, people: RegisterTable, colleague: Store, person: Callable[..., str]
    ) -> None:
        person()
        uid = colleague.register_table("club.person").add({"surname": "Neri", "taken_in": "2021-01-01"}).doc["id"]
        theirs = store.history()[0].operation
        assert store.undo().label == "add"
        assert [doc["id"] for doc in people.all()] == [uid]
        assert refused(store.undo) == NOTHING
        assert store.undo(theirs).operation == theirs
        assert len(people) == 0
        assert refused(lambda: store.undo(theirs)) == NOTHING
        assert refused(lambda: store.undo("nothing such")) == NOTHING

    def test_an_added_record_that_is_referred_to_stays(
        self, store: Store, colleague: Store, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        uid = person()
        colleague.register_table("club.meeting").add({"topic": "Regole", "on": "2021-03-01", "leader": uid})
        assert refused(store.undo) == [("still_linked", None)]
        assert len(people) == 1

    def test_a_state_that_the_rules_no_longer_allow_does_not_come_back(
        self, store: Store, colleague: Store, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        uid = person(card="T1")
        people.edit(uid, {"card": "T2"})
        colleague.register_table("club.person").add({"surname": "Neri", "taken_in": "2021-01-01", "card": "t1"})
        assert refused(store.undo) == [("not_unique", "card")]
        assert people.one(uid)["card"] == "T2"

    def test_a_removed_record_does_not_come_back_with_a_broken_link(
        self, store: Store, colleague: Store, meetings: RegisterTable, person: Callable[..., str]
    ) -> None:
        meetings.add({"topic": "Regole", "on": "2021-03-01", "leader": person()})
        meetings.remove(doc_ids=[1])
        colleague.table("club.person").remove(where("surname") == "Bianchi")
        assert refused(store.undo) == [("no_such_record", "leader")]


class TestNumbers:
    def test_undoing_a_confirmation_voids_and_redoing_restores(
        self, store: Store, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        uid = person(informed=True)
        confirmed = people.confirm(uid).doc
        store.undo()
        doc = people.one(uid)
        assert (doc["state"], doc["number"]) == ("void", "2021/0001")
        assert "conferma annullata" in doc["void_reason"]
        assert people.confirm(person(informed=True)).doc["number"] == "2021/0002"
        store.undo()
        assert refused(store.undo) == [("void_is_final", None)]
        store.redo()
        store.redo()
        assert people.one(uid) == confirmed

    def test_a_record_added_and_confirmed_in_one_go_is_voided(
        self, store: Store, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        with store.operation("add"):
            uid = person(informed=True)
            people.confirm(uid)
        store.undo()
        assert people.one(uid)["state"] == "void"
        with store.operation("add"):
            uid = person(informed=True)
            people.confirm(uid)
            people.void(uid, "errore")
        assert refused(store.undo) == [("void_is_final", None)]
        assert people.one(uid)["number"] == "2021/0002"

    def test_what_was_added_and_removed_in_one_go_needs_no_undo(
        self, store: Store, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        person()
        with store.operation("import"):
            person("Neri")
            people.remove(where("surname") == "Neri")
        assert store.undo().label == "add"
        assert len(people) == 0

    def test_undoing_a_void_restores_the_state_before(
        self, store: Store, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        draft, confirmed, sent = (person(name, informed=True) for name in ("a", "b", "c"))
        people.confirm(confirmed)
        people.confirm(sent)
        people.mark_sent(sent)
        before = contents(people)
        with store.operation("void"):
            for uid in (draft, confirmed, sent):
                people.void(uid, "errore")
        store.undo()
        assert contents(people) == before

    def test_a_void_whose_key_is_taken_by_now_stays(
        self, store: Store, people: RegisterTable, colleague: Store, person: Callable[..., str]
    ) -> None:
        uid = person(card="T1")
        people.void(uid, "errore")
        colleague.register_table("club.person").add({"surname": "Neri", "taken_in": "2021-01-01", "card": "T1"})
        assert refused(store.undo) == [("not_unique", "card")]

    def test_an_edit_of_a_record_that_is_void_by_now_stays(
        self, store: Store, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        uid = person()
        people.edit(uid, {"notes": "x"})
        edit = store.history()[0].operation
        people.void(uid, "errore")
        assert refused(lambda: store.undo(edit)) == [("void_is_final", None)]


def test_undo_is_an_operation_of_its_own(store: Store, person: Callable[..., str]) -> None:
    person()
    with store.operation("edit"), pytest.raises(RuntimeError):
        store.undo()


def test_undo_needs_the_registers_plugin(store: Store, person: Callable[..., str]) -> None:
    person()
    with open_store(store.path, user="anna") as bare, pytest.raises(StoreError, match="not active"):
        bare.undo()


ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "remove", "void", "import"]), st.integers(0, 9)), min_size=1, max_size=7
)


def act(store: Store, people: RegisterTable, what: str, pick: int) -> None:
    """One operation on a record that may be there or not."""
    drafts = people.page(where("state") == "draft", sort="surname")
    if what == "import" or (what == "add" or not drafts):
        with store.operation(what):
            for number in range(1 + (what == "import")):
                people.add({"surname": f"N{pick}{number}", "taken_in": "2021-01-01"})
            for doc in drafts[: what == "import"]:
                people.edit(doc["id"], {"notes": f"import {pick}"})
        return
    doc = drafts[pick % len(drafts)]
    if what == "edit":
        people.edit(doc["id"], {"notes": f"n{pick}", "language": ["ar", "uk", ""][pick % 3]})
    elif what == "remove":
        people.remove(doc_ids=[doc.doc_id])
    else:
        people.void(doc["id"], f"errore {pick}")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS)
def test_as_many_undos_lead_back_and_as_many_redos_forth(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    from .registers import register_all

    with register_all(open_store(tmp_path_factory.mktemp("undo") / "a.db")) as store:
        store.connection.rows("PRAGMA synchronous = OFF")
        people = store.register_table("club.person")
        states = [contents(people)]
        for what, pick in acts:
            act(store, people, what, pick)
            if contents(people) != states[-1]:
                states.append(contents(people))
        for state in states[-2::-1]:
            store.undo()
            assert contents(people) == state
        assert refused(store.undo) == NOTHING
        for state in states[1:]:
            store.redo()
            assert contents(people) == state
        assert refused(store.redo) == NOTHING
        assert store.verify_chain() == []


def test_many_records_go_back_together_and_are_found_by_the_words_they_have_then(
    store: Store, people: RegisterTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intarsi_tui.store.undo.TOLD", -1)
    people.insert_multiple({"surname": f"Rossi {number}", "taken_in": "2021-03-01"} for number in range(120))
    before, uids = contents(people), [doc["id"] for doc in people.all()]
    with store.operation("edit"):
        for uid in uids[:110]:
            people.edit(uid, {"surname": "Turchino"})
        people.remove(doc_ids=[people.one(uid).doc_id for uid in uids[110:]])
    assert (len(people.ids(search="turchino")), len(people.ids(search="rossi"))) == (110, 0)
    told: list[tuple[int, int]] = []
    store.undo(going=lambda done, total: told.append((done, total)))
    assert contents(people) == before
    assert (len(people.ids(search="turchino")), len(people.ids(search="rossi"))) == (0, 120)
    assert told == [(step // 2, 120) for step in range(1, 241)]
    people.edit(uids[0], {"surname": "Verdolino"})
    assert people.ids(search="verdolino") == [people.one(uids[0]).doc_id]
    assert store.verify().findings == []


def test_many_records_go_back_only_when_every_one_of_them_may(
    store: Store, people: RegisterTable, meetings: RegisterTable
) -> None:
    people.insert_multiple({"surname": f"Rossi {number}", "taken_in": "2021-03-01"} for number in range(120))
    uid = people.all()[60]["id"]
    meetings.add({"topic": "Cena", "on": "2021-03-02", "leader": uid})
    added = store.operations(2)[1].operation
    assert refused(lambda: store.undo(added)) == [("still_linked", None)]
    assert len(people.ids(search="rossi")) == 120
