"""Links: what is typed becomes a UUID, and who refers to whom is known."""

from collections.abc import Callable

import pytest

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import RegisterTable, Store, referring

from .conftest import refused


@pytest.fixture
def meeting(meetings: RegisterTable) -> Callable[..., str]:
    def add(**fields: object) -> str:
        return str(meetings.add({"topic": "Regole", "on": "2021-03-01", **fields}).doc["id"])

    return add


def test_a_link_is_typed_as_anything_that_names_a_record(
    people: RegisterTable, meetings: RegisterTable, person: Callable[..., str], meeting: Callable[..., str]
) -> None:
    uid, other = person(card="T1", informed=True), person("Neri", card="T2")
    code, number = people.one(uid)["code"], people.confirm(uid).doc["number"]
    doc = meetings.one(meeting(leader=code.lower(), guests=f"t2; {number}", seats=f"{number} | uditore\nT2"))
    assert doc["leader"] == uid
    assert doc["guests"] == [other, uid]
    assert doc["seats"] == [{"person": uid, "role": "uditore"}, {"person": other}]


def test_the_same_record_named_twice_is_one_guest(
    meetings: RegisterTable, person: Callable[..., str], meeting: Callable[..., str]
) -> None:
    uid = person(card="T1")
    assert meetings.one(meeting(guests=[uid, "T1"]))["guests"] == [uid]


def test_links_that_lead_nowhere_are_named_with_their_place(
    meetings: RegisterTable, person: Callable[..., str]
) -> None:
    uid = person()
    raw = {
        "topic": "Regole", "on": "mai", "leader": "D-22222", "guests": [uid, "nessuno"],
        "seats": [{"person": uid}, {"person": "", "role": ""}, {"person": "chi?"}],
    }  # fmt: skip
    with pytest.raises(Rejected) as caught:
        meetings.add(raw)
    assert [(p.code, p.field) for p in caught.value.problems] == [
        ("no_such_record", "leader"), ("no_such_record", "guests"), ("no_such_record", "seats.2.person"), ("not_a_date", "on"),
    ]  # fmt: skip
    assert caught.value.problems[1].text("it") == "«nessuno» non c'è in Persone"


def test_an_ambiguous_link_is_refused(person: Callable[..., str], meeting: Callable[..., str]) -> None:
    prefix = person()[:6]
    person()
    assert refused(lambda: meeting(leader=prefix)) == [("ambiguous_record", "leader")]


def test_a_void_record_takes_no_new_links_and_keeps_the_old_ones(
    people: RegisterTable, meetings: RegisterTable, person: Callable[..., str], meeting: Callable[..., str]
) -> None:
    uid = person(card="T1")
    old = meeting(leader=uid)
    people.void(uid, "doppione")
    assert refused(lambda: meetings.add({"topic": "x", "on": "2021-03-02", "leader": uid})) == [
        ("void_record", "leader")
    ]
    assert meetings.edit(old, {"leader": uid, "cost": "12,50"}).doc["cost"] == 12.5


def test_who_refers_to_a_record_is_known(
    store: Store, meetings: RegisterTable, person: Callable[..., str], meeting: Callable[..., str]
) -> None:
    one, two, three = person(), person(), person()
    uid = meeting(leader=one, guests=[two], seats=[{"person": three}])
    assert [referring(store.connection, target) for target in (one, two, three)] == [[("club.meeting", uid)]] * 3
    meetings.edit(uid, {"guests": [], "seats": [{"person": two}]})
    assert [len(referring(store.connection, target)) for target in (one, two, three)] == [1, 1, 0]
    meetings.remove(doc_ids=[1])
    assert referring(store.connection, one) == []


def test_drafts_that_refer_to_each_other_go_together(
    store: Store, people: RegisterTable, person: Callable[..., str], meeting: Callable[..., str]
) -> None:
    meeting(leader=person())
    assert refused(lambda: people.remove(doc_ids=[1])) == [("still_linked", None)]
    with store.operation("remove"):
        store.table("club.meeting").truncate()
        people.truncate()
    assert (len(people), len(store.table("club.meeting"))) == (0, 0)


def test_rules_find_records_by_whom_they_name_in_a_link_in_several_and_in_rows(
    store: Store, meetings: RegisterTable, person: Callable[..., str], meeting: Callable[..., str]
) -> None:
    uid, other = person(), person()
    led, visited = meeting(leader=uid), meeting(guests=[other, uid], on="2021-03-03")
    seated = meeting(seats=[{"person": other}, {"person": uid, "role": "uditore"}], on="2021-03-02")
    meetings.void(meeting(seats=[{"person": uid}], on="2021-03-04"), "doppio")

    def found(**asked: object) -> list[str]:
        return [doc["id"] for doc in store.context.find("club.meeting", **asked)]

    assert [found(leader=uid), found(guests=uid), found(seats=uid)] == [[led], [visited], [seated]]
    assert [found(seats=uid, on="2021-03-02"), found(seats=uid, on="2021-03-01")] == [[seated], []]
