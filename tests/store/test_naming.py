"""The record that a link means, when it is given by what people call it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import AmbiguousRecord, NoSuchRecord, RegisterTable, Store, naming

from .registers import Person, declared


@pytest.fixture
def problem(meetings: RegisterTable) -> Callable[[object], str]:
    def problem(leader: object) -> str:
        with pytest.raises(Rejected) as caught:
            meetings.add({"topic": "Regole", "on": "2021-03-01", "leader": leader})
        [problem] = caught.value.problems
        return problem.text("it")

    return problem


@pytest.mark.parametrize(
    "typed", ["Nerì Anna", "NERI  anna", "neri, anna", "{number} Neri Anna", "{number}", "{code} Neri Anna"]
)
def test_a_link_is_typed_as_the_records_title(
    typed: str, people: RegisterTable, meetings: RegisterTable, person: Callable[..., str]
) -> None:
    uid = person("Neri", given="Anna", informed=True)
    person("Neri", given="Bruna")
    number = people.confirm(uid).doc["number"]
    doc = meetings.add(
        {"topic": "Regole", "on": "2021-03-01", "leader": typed.format(number=number, code=people.one(uid)["code"])}
    ).doc
    assert doc["leader"] == uid


def test_a_part_of_a_title_is_not_enough_and_leads_to_the_whole(
    people: RegisterTable, person: Callable[..., str], problem: Callable[[object], str]
) -> None:
    uid = person("Neri", given="Anna")
    code = people.one(uid)["code"]
    assert problem("Neri") == f"«Neri» non c'è in Persone; forse: {code} Neri Anna"


def test_five_candidates_of_one_title_are_listed_with_what_to_type(
    people: RegisterTable, person: Callable[..., str], problem: Callable[[object], str]
) -> None:
    codes = [str(people.one(person("Neri"))["code"]) for _ in range(7)]
    told = problem("neri")
    assert sum(f"{code} Neri" in told for code in codes) == naming.MOST
    assert told.endswith(", …")


def test_of_a_register_that_keeps_names_back_the_pseudonym_alone_is_told(
    store: Store, person: Callable[..., str]
) -> None:
    masked = replace(declared(Person, "club.person"), masked=("surname",))
    store.register(masked, lambda: Person)
    for _ in range(2):
        person("Neri")
    with pytest.raises(AmbiguousRecord) as caught:
        naming.meant(store, "club.person", "neri")
    assert "Neri" not in caught.value.problem.text("it")
    assert caught.value.problem.text("it").count("D-") == 2


def test_candidates_without_a_pseudonym_are_listed_by_number_and_title(store: Store, meetings: RegisterTable) -> None:
    for day in ("2021-03-01", "2021-03-02"):
        meetings.confirm(meetings.add({"topic": "Regole", "on": day}).doc["id"])
    with pytest.raises(AmbiguousRecord) as caught:
        naming.meant(store, "club.meeting", "regole")
    for lang in ("it", "en"):
        assert "2021/0002 Regole, 2021/0001 Regole" in caught.value.problem.text(lang)


def test_what_is_nearly_a_title_is_answered_with_the_nearest(
    store: Store,
    meetings: RegisterTable,
    people: RegisterTable,
    person: Callable[..., str],
    problem: Callable[[object], str],
) -> None:
    code = people.one(person("Neri", given="Anna"))["code"]
    person("Verdi")
    assert problem("Nerri Anna") == f"«Nerri Anna» non c'è in Persone; forse: {code} Neri Anna"
    uid = meetings.add({"topic": "Regole della casa", "on": "2021-03-01"}).doc["id"]
    with pytest.raises(NoSuchRecord) as caught:
        naming.meant(store, "club.meeting", "Regola della casa")
    assert caught.value.problem.text("en").endswith(f"; perhaps: {uid} Regole della casa")


def test_of_records_of_one_title_the_void_ones_are_not_meant(
    people: RegisterTable, meetings: RegisterTable, person: Callable[..., str], problem: Callable[[object], str]
) -> None:
    old, new = person("Neri"), person("Neri")
    people.void(old, "doppione")
    assert meetings.add({"topic": "Regole", "on": "2021-03-01", "leader": "neri"}).doc["leader"] == new
    people.void(new, "doppione")
    people.void(person("Bianchi"), "doppione")
    assert "annullato" in problem("bianchi")


def test_a_name_typed_the_other_way_round_leads_to_the_nearest(
    people: RegisterTable, person: Callable[..., str], problem: Callable[[object], str]
) -> None:
    code = people.one(person("Neri", given="Bruno"))["code"]
    assert problem("Bruno Neri") == f"«Bruno Neri» non c'è in Persone; forse: {code} Neri Bruno"


def test_where_names_are_kept_back_one_is_told_to_type_the_code(store: Store, person: Callable[..., str]) -> None:
    store.register(replace(declared(Person, "club.person"), masked=("surname",), title=("code",)), lambda: Person)
    person("Neri")
    with pytest.raises(NoSuchRecord) as caught:
        naming.meant(store, "club.person", "Neri")
    assert caught.value.problem.text("it") == "«Neri» non c'è in Persone; scrivere il codice (D-…), non il nome"


def test_a_title_that_begins_with_a_key_is_typed_without_it(store: Store, people: RegisterTable) -> None:
    titled = replace(declared(Person, "club.person"), title=("card", "surname"))
    store.register(titled, lambda: Person)
    uid = people.add({"surname": "Corso due", "card": "FORM-02", "taken_in": "2021-03-01"}).doc["id"]
    assert naming.meant(store, "club.person", "corso DUE")["id"] == uid
