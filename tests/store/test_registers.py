"""Writing to a register: what goes in, what comes out, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import where
from tinydb.operations import delete
from tinydb.operations import set as set_to
from tinydb.table import Document

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import AmbiguousRecord, NoSuchRecord, RegisterTable, Store, open_store, register

from .conftest import refused
from .registers import register_all


def test_a_new_record_gets_its_envelope(store: Store, people: RegisterTable) -> None:
    store.partner = "rimini"
    doc = people.add({"surname": " Bianchi ", "taken_in": "1/2/2021", "language": "arabo", "notes": ""}).doc
    assert {name: doc.get(name) for name in ("state", "number", "partner", "site", "created_by", "changed_by")} == {
        "state": "draft", "number": None, "partner": "rimini", "site": "modena", "created_by": "anna", "changed_by": "anna",
    }  # fmt: skip
    assert doc["created_at"] == doc["changed_at"] == "2021-05-20T09:00:00+00:00"
    assert (doc["surname"], doc["taken_in"], doc["language"], "notes" in doc) == ("Bianchi", "2021-02-01", "ar", False)
    assert doc["id"][14] == "7"
    assert doc["code"].startswith("D-")
    assert people.get(doc_id=doc.doc_id) == doc


def test_all_problems_come_at_once_and_nothing_is_written(store: Store, people: RegisterTable) -> None:
    assert refused(lambda: people.add({"taken_in": "31/4/2021", "langage": "ar", "number": "2021/0001", "informed": "boh"})) == [
        ("read_only", "number"), ("unknown_field", "langage"), ("required", "surname"), ("no_such_day", "taken_in"), ("not_a_flag", "informed"),
    ]  # fmt: skip
    assert (len(people), store.history()) == (0, [])


def test_a_dry_run_finds_the_same_problems(people: RegisterTable, person: Callable[..., str]) -> None:
    uid = person()
    assert [problem.code for problem in people.problems({"surname": ""})] == ["required", "required"]
    assert [problem.code for problem in people.problems({"surname": ""}, uid)] == ["required"]
    assert people.problems({"surname": "Neri"}, uid) == []
    assert people.one(uid)["surname"] == "Bianchi"


def test_warnings_do_not_refuse_and_are_handed_over(meetings: RegisterTable) -> None:
    saved = meetings.add({"topic": "Regole", "on": "2021-03-01", "lasts": "6h"})
    assert [problem.field for problem in saved.warnings] == ["lasts"]
    assert refused(lambda: meetings.edit(saved.doc["id"], {"lasts": "11h"})) == [("rule", "lasts"), ("rule", "lasts")]


def test_rules_see_the_other_records(meetings: RegisterTable) -> None:
    saved = meetings.add({"topic": "Regole", "on": "2021-03-01"})
    assert refused(lambda: meetings.add({"topic": "Regole", "on": "1/3/2021"})) == [("rule", "on")]
    meetings.edit(saved.doc["id"], {"lasts": 45})
    meetings.void(saved.doc["id"], "doppione")
    meetings.add({"topic": "Regole", "on": "1/3/2021"})


def test_computed_fields_are_computed_and_not_written_by_hand(
    meetings: RegisterTable, person: Callable[..., str]
) -> None:
    uid = person()
    doc = meetings.add({"topic": "Regole", "on": "2021-03-01", "seats": [{"person": uid}]}).doc
    assert doc["people"] == 1
    assert refused(lambda: meetings.edit(doc["id"], {"people": 7})) == [("read_only", "people")]
    assert meetings.edit(doc["id"], {"people": "1", "seats": []}).doc["people"] == 0


def test_given_fields_may_be_repeated_but_not_changed(people: RegisterTable, person: Callable[..., str]) -> None:
    old = people.one(person())
    assert people.edit(old["id"], {**old, "surname": "Neri"}).doc["surname"] == "Neri"
    for name, value in {
        "id": "x",
        "state": "confirmed",
        "number": "2021/0009",
        "site": "x",
        "code": "D-AAAAA",
        "created_at": "",
    }.items():
        assert refused(lambda name=name, value=value: people.edit(old["id"], {name: value})) == [("read_only", name)]  # type: ignore[misc]


def test_an_edit_that_changes_nothing_writes_nothing(
    store: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    uid = person(language="ar")
    people.edit(uid, {"language": "Arabo", "taken_in": "2021-02-01"})
    assert len(store.history()) == 1


def test_an_empty_value_empties_its_field(people: RegisterTable, person: Callable[..., str]) -> None:
    uid = person(language="ar", notes="x")
    doc = people.edit(uid, {"language": None, "notes": " "}).doc
    assert "language" not in doc
    assert "notes" not in doc


def test_fields_of_an_older_plugin_stay(store: Store, people: RegisterTable, person: Callable[..., str]) -> None:
    doc = people.one(person())
    store.connection.rows("""UPDATE "club.person" SET doc = json_set(doc, '$.old_field', 'kept')""")
    assert people.edit(doc["id"], {"surname": "Neri"}).doc["old_field"] == "kept"


def test_a_key_is_unique_among_valid_records_whatever_its_case(
    people: RegisterTable, person: Callable[..., str]
) -> None:
    first = person(card="Ab1")
    assert refused(lambda: person(card="aB1")) == [("not_unique", "card")]
    people.void(first, "doppione")
    second = person(card="AB1")
    assert people.one("ab1")["id"] == second


def test_pseudonyms_are_drawn_again_when_they_are_taken(
    people: RegisterTable, person: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from intarsi_tui.records import ids

    draws = iter(["D-22222", "D-22222", "D-33333"])
    monkeypatch.setattr(ids, "pseudonym", lambda prefix: next(draws))
    assert [people.one(person())["code"] for _ in range(2)] == ["D-22222", "D-33333"]


class TestAddressing:
    def test_by_uuid_prefix_number_and_key(self, people: RegisterTable, person: Callable[..., str]) -> None:
        uid = person(card="Tessera 9", informed=True)
        doc = people.confirm(uid).doc
        for reference in (uid, uid.upper(), uid[:30], "2021/0001", doc["code"].lower(), "tessera 9", f"  {uid} "):
            assert people.one(reference) == doc

    @pytest.mark.parametrize("reference", ["", "zz", "abcd", "2021/0009", "\ud800", "x\0", "%", "*", "' OR 1 --"])
    def test_what_is_not_there_is_named(
        self, people: RegisterTable, person: Callable[..., str], reference: str
    ) -> None:
        person()
        with pytest.raises(NoSuchRecord) as caught:
            people.one(reference)
        assert caught.value.problem.code == "no_such_record"
        assert "Persone" in caught.value.problem.text("it")

    def test_a_prefix_of_several_is_ambiguous_and_one_too_short_is_none(
        self, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        shared = person()[:4]
        person()
        with pytest.raises(AmbiguousRecord, match="People"):
            people.one(shared)
        with pytest.raises(NoSuchRecord):
            people.one(shared[:3])


class TestConfirming:
    def test_a_draft_gets_the_next_number_of_its_year(self, people: RegisterTable, person: Callable[..., str]) -> None:
        years = ["2021", "2020", "2021"]
        confirmed = [people.confirm(person(taken_in=f"1/6/{year}", informed="sì")).doc for year in years]
        assert [doc["number"] for doc in confirmed] == ["2021/0001", "2020/0001", "2021/0002"]
        assert confirmed[0]["state"] == "confirmed"

    def test_what_is_needed_to_confirm_must_be_there_and_stay(
        self, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        uid = person()
        assert refused(lambda: people.confirm(uid)) == [("required_to_confirm", "informed")]
        people.edit(uid, {"informed": "sì"})
        people.confirm(uid)
        assert refused(lambda: people.edit(uid, {"informed": ""})) == [("required_to_confirm", "informed")]
        assert people.edit(uid, {"notes": "corretto"}).doc["number"] == "2021/0001"

    def test_only_a_draft_is_confirmed(self, people: RegisterTable, person: Callable[..., str]) -> None:
        uid = person(informed=True)
        people.confirm(uid)
        with pytest.raises(Rejected) as caught:
            people.confirm(uid)
        assert "questo record è confermato" in caught.value.problems[0].text("it")
        assert caught.value.title == "Bianchi"

    def test_numbers_have_no_gap_when_a_confirmation_fails(
        self, store: Store, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        first, second, third = (person(informed=True) for _ in range(3))
        people.confirm(first)

        def fail(reference: str) -> None:
            with store.operation("confirm"):
                people.confirm(second)
                people.confirm(reference)

        with pytest.raises(NoSuchRecord):
            fail("nobody")
        with store.operation("confirm"):
            with pytest.raises(NoSuchRecord):
                fail("nobody")
            assert people.confirm(third).doc["number"] == "2021/0002"
        assert people.confirm(second).doc["number"] == "2021/0003"
        assert store.verify_chain() == []


class TestVoiding:
    def test_a_void_record_keeps_its_number_and_says_why(
        self, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        uid = person(informed=True)
        people.confirm(uid)
        doc = people.void(uid, " inserito due volte ").doc
        assert (doc["state"], doc["number"], doc["void_reason"]) == ("void", "2021/0001", "inserito due volte")
        assert people.confirm(person(informed=True)).doc["number"] == "2021/0002"

    def test_it_needs_a_reason_and_is_final(self, people: RegisterTable, person: Callable[..., str]) -> None:
        uid = person()
        assert refused(lambda: people.void(uid, "  ")) == [("void_needs_reason", "void_reason")]
        assert refused(lambda: people.void(uid, "\x07")) == [("control_characters", "void_reason")]
        people.void(uid, "errore")
        assert refused(lambda: people.void(uid, "errore")) == [("void_is_final", None)]
        assert refused(lambda: people.edit(uid, {"surname": "x"})) == [("void_is_final", None)]
        assert refused(lambda: people.confirm(uid)) == [("not_a_draft", None)]

    def test_it_needs_no_valid_record(self, store: Store, meetings: RegisterTable) -> None:
        uid = meetings.add({"topic": "Regole", "on": "2021-03-01"}).doc["id"]
        store.connection.rows("""UPDATE "club.meeting" SET doc = json_set(doc, '$.lasts', 9999)""")
        assert meetings.void(uid, "errore").doc["state"] == "void"

    def test_a_sent_record_is_locked_until_it_is_voided(
        self, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        uid = person(informed=True)
        assert refused(lambda: people.mark_sent(uid)) == [("not_confirmed", None)]
        people.confirm(uid)
        assert people.mark_sent(uid).doc["state"] == "sent"
        assert refused(lambda: people.edit(uid, {"notes": "x"})) == [("sent_is_locked", None)]
        assert people.void(uid, "trasmesso per errore").doc["number"] == "2021/0001"


class TestRemoving:
    def test_only_drafts_go(self, people: RegisterTable, person: Callable[..., str]) -> None:
        person()
        people.confirm(person("Neri", informed=True))
        assert refused(lambda: people.remove(where("surname").exists())) == [("confirmed_not_removed", None)]
        assert refused(people.truncate) == [("confirmed_not_removed", None)]
        assert len(people) == 2
        assert people.remove(where("state") == "draft") == [1]
        assert [doc["surname"] for doc in people.all()] == ["Neri"]

    def test_a_draft_that_others_refer_to_stays(
        self, people: RegisterTable, meetings: RegisterTable, person: Callable[..., str]
    ) -> None:
        uid = person()
        meetings.add({"topic": "Regole", "on": "2021-03-01", "guests": [uid]})
        with pytest.raises(Rejected) as caught:
            people.remove(doc_ids=[1])
        assert [(p.code, p.text("it")) for p in caught.value.problems] == [
            ("still_linked", "Altri record vi fanno riferimento: Incontro Regole")
        ]
        meetings.remove(doc_ids=[1])
        assert people.remove(doc_ids=[1]) == [1]

    def test_a_register_is_dropped_only_when_all_may_go(
        self, store: Store, people: RegisterTable, person: Callable[..., str]
    ) -> None:
        people.confirm(person(informed=True))
        assert refused(lambda: store.drop_table("club.person")) == [("confirmed_not_removed", None)]
        store.table("plain").insert({})
        assert refused(store.drop_tables) == [("confirmed_not_removed", None)]
        assert store.tables() == {"club.person", "plain"}

    def test_a_register_of_drafts_can_be_dropped_and_comes_back_with_undo(
        self, store: Store, person: Callable[..., str]
    ) -> None:
        uid = person()
        store.drop_table("club.person")
        assert store.tables() == set()
        store.undo()
        assert store.register_table("club.person").one(uid)["surname"] == "Bianchi"


class TestTinyDBsOwnMethods:
    def test_they_take_the_same_way(self, store: Store, people: RegisterTable) -> None:
        assert people.insert({"surname": "Neri", "taken_in": "1/2/2021"}) == 1
        assert people.update({"language": "arabo"}, where("surname") == "Neri") == [1]
        assert people.update(set_to("notes", "x"), doc_ids=[1, 9]) == [1]
        assert people.update(delete("language")) == [1]
        assert people.upsert({"surname": "Neri", "notes": "y"}, where("surname") == "Neri") == [1]
        assert people.upsert({"surname": "Blu", "taken_in": "oggi"}, where("surname") == "Blu") == [2]
        assert people.update_multiple([({"notes": "z"}, where("surname") == "Blu")]) == [2]
        assert people.remove(doc_ids=[2]) == [2]
        (doc,) = people.all()
        assert (doc["notes"], "language" in doc, doc["taken_in"]) == ("y", False, "2021-02-01")
        assert len(store.history()) == 8
        assert refused(lambda: people.update({"state": "confirmed"})) == [("read_only", "state")]
        assert refused(lambda: people.insert({"surname": "x"})) == [("required", "taken_in")]

    def test_a_document_brings_its_id(self, people: RegisterTable) -> None:
        assert people.insert(Document({"surname": "Neri", "taken_in": "1/2/2021"}, doc_id=40)) == 40
        assert people.insert({"surname": "Blu", "taken_in": "1/2/2021"}) == 41

    def test_many_are_added_together_or_not_at_all(self, store: Store, people: RegisterTable) -> None:
        rows = [{"surname": "Neri", "taken_in": "1/2/2021"}, {"surname": ""}, {"surname": "Blu", "taken_in": "mai"}]
        with pytest.raises(Rejected) as caught:
            people.insert_multiple(rows)
        assert [(p.row, p.code, p.field) for p in caught.value.problems] == [
            (2, "required", "surname"), (2, "required", "taken_in"), (3, "not_a_date", "taken_in"),
        ]  # fmt: skip
        assert len(people) == 0
        assert people.insert_multiple(rows[:1] * 3) == [1, 2, 3]
        assert len({change.operation for change in store.history()}) == 1

    def test_a_long_addition_tells_the_rows_as_they_are_counted(
        self, people: RegisterTable, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(register, "AT_ONCE", 3)
        rows = [{"surname": "Neri", "taken_in": "" if number in (3, 4, 8) else "1/2/2021"} for number in range(1, 9)]
        with pytest.raises(Rejected) as caught:
            people.insert_multiple(rows)
        assert [problem.row for problem in caught.value.problems] == [3, 4, 8]
        assert people.insert_multiple(rows[:1] * 7) == [1, 2, 3, 4, 5, 6, 7]


class TestTwoPeople:
    def test_changes_to_different_fields_are_merged(
        self, people: RegisterTable, colleague: Store, person: Callable[..., str]
    ) -> None:
        seen = people.one(person())
        colleague.register_table("club.person").edit(seen["id"], {"notes": "di Bruno"})
        doc = people.edit(seen["id"], {**seen, "notes": "", "surname": "Neri"}, base=seen).doc
        assert (doc["surname"], doc["notes"]) == ("Neri", "di Bruno")

    def test_the_same_field_changed_twice_is_refused(
        self, people: RegisterTable, colleague: Store, person: Callable[..., str]
    ) -> None:
        seen = people.one(person(language="ar"))
        colleague.register_table("club.person").edit(seen["id"], {"language": "uk", "notes": "y"})
        with pytest.raises(Rejected) as caught:
            people.edit(seen["id"], {"language": "", "surname": "Neri"}, base=seen)
        (problem,) = caught.value.problems
        assert (problem.code, problem.field) == ("changed_meanwhile", "language")
        assert problem.text("it") == "Il campo è stato cambiato da bruno nel frattempo: ora vale «Ucraino»"
        assert people.one(seen["id"])["surname"] == "Bianchi"
        assert people.edit(seen["id"], {"language": "ucraino", "surname": "Neri"}, base=seen).doc["surname"] == "Neri"

    def test_without_a_base_the_last_one_wins(
        self, people: RegisterTable, colleague: Store, person: Callable[..., str]
    ) -> None:
        uid = person()
        colleague.register_table("club.person").edit(uid, {"notes": "di Bruno"})
        assert people.edit(uid, {"notes": "di Anna"}).doc["notes"] == "di Anna"


def test_registering_after_use_gives_the_register(path: Path) -> None:
    with open_store(path) as store:
        assert not isinstance(store.table("club.person"), RegisterTable)
        register_all(store)
        assert isinstance(store.table("club.person"), RegisterTable)


def test_a_register_is_made_again_whoever_took_it_away(
    store: Store, colleague: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    def lost() -> None:
        with store.connection.transaction():
            person("Bianchi")
            person("Rossi")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lost()
    person("Bianchi")
    people.drop()
    person("Rossi")
    colleague.drop_table("club.person")
    person("Verdi")
    assert [doc["surname"] for doc in people.page(search="verdi")] == ["Verdi"]
    assert len(people) == 1
    assert store.verify().findings == []
