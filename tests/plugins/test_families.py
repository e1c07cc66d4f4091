"""Households that change on days, and persons who were entered twice."""

from collections.abc import Callable
from typing import Any

import pytest

from intarsi_tui.host.acting import act, worded
from intarsi_tui.host.duplicates import likely
from intarsi_tui.host.merging import merge
from intarsi_tui.host.office import Office
from intarsi_tui.records.problems import Problem, Rejected

from .conftest import about

Add = Callable[..., dict[str, Any]]
Problems = Callable[..., list[Problem]]
PERMIT = {"type": "ASILO", "number": "I1", "issued_on": "1/1/2019", "expires_on": "1/1/2024"}


@pytest.fixture
def family(office: Office, enter: Add) -> dict[str, dict[str, Any]]:
    """Mother, father and two children, in one household since 1 March 2021."""
    household = enter(
        "registry.household", draft=True, type="two_parents", take_in_date="1/3/2021", reception_exit="30/4/2020"
    )
    found = {}
    for name, role, born in (
        ("Amina", "contact", "3/4/1990"), ("Yusuf", "parent", "1/1/1988"), ("Joy", "child", "2/2/2012"), ("Ali", "child", "5/5/2015"),
    ):  # fmt: skip
        found[name] = enter(
            "registry.person", draft=True, surname="Haile", given_name=name, birth_date=born, citizenship="ER",
            household=household["id"], household_role=role, take_in_date="1/3/2021", permits=[PERMIT],
        )  # fmt: skip
    members = [{"person": one["id"], "role": one["household_role"], "joined_on": "1/3/2021"} for one in found.values()]
    office.table("registry.household").edit(household["id"], {"members": members})
    return {**found, "household": household}


def now_of(office: Office, household: str) -> dict[str, str]:
    """The roles of those who are in a household and have not left it, by given name."""
    rows = (office.get("registry.household", household) or {})["members"]
    persons = {row["person"]: row["role"] for row in rows if not row.get("left_on")}
    return {(office.get("registry.person", uid) or {})["given_name"]: role for uid, role in persons.items()}


def test_who_splits_off_has_a_household_of_their_own_and_counts_with_the_old_one(
    office: Office, family: dict[str, Any]
) -> None:
    old = family["household"]["id"]
    leaving = [family["Yusuf"]["id"], family["Joy"]["id"]]
    rows = act(office, "registry", "split", {"household": old, "members": leaving, "on": "1/5/2021", "type": "father"})
    new = rows[0]["id"]
    assert now_of(office, old) == {"Amina": "contact", "Ali": "child"}
    assert now_of(office, new) == {"Yusuf": "contact", "Joy": "child"}
    split = office.get("registry.household", new) or {}
    assert (split["split_from"], split["take_in_date"], split.get("counted")) == (old, "2021-03-01", None)
    assert (office.get("registry.person", leaving[0]) or {})["household"] == new
    office.store.undo()
    assert set(now_of(office, old)) == {"Amina", "Yusuf", "Joy", "Ali"}
    assert office.get("registry.household", new) is None


def test_households_that_reunite_are_one_again_and_the_file_that_was_left_is_closed(
    office: Office, family: dict[str, Any]
) -> None:
    old = family["household"]["id"]
    asked = {"household": old, "members": family["Yusuf"]["id"], "on": "1/4/2021", "type": "father"}
    new = act(office, "registry", "split", asked)[0]["id"]
    act(office, "registry", "reunite", {"household": new, "into": old, "on": "1/5/2021"})
    assert now_of(office, old) == {"Amina": "contact", "Joy": "child", "Ali": "child", "Yusuf": "parent"}
    closed = office.get("registry.household", new) or {}
    assert (closed["closed_on"], closed["closing_reason"]) == ("2021-05-01", "reunited")


def test_only_members_can_split_off(office: Office, family: dict[str, Any], enter: Add) -> None:
    stranger = enter("registry.person", draft=True, surname="Okafor")
    asked = {"household": family["household"]["id"], "members": stranger["id"], "on": "1/5/2021", "type": "father"}
    with pytest.raises(Rejected, match="no members"):
        act(office, "registry", "split", asked)


def test_a_type_changes_on_a_day_and_the_type_of_the_take_in_stays(add: Add, problems: Problems) -> None:
    values: dict[str, Any] = {"type": "mother", "take_in_date": "1/3/2021"}
    saved = add("registry.household", **values, type_changes=[{"date": "10/4/2021", "type": "two_parents"}])
    assert (saved["type"], saved["type_now"], saved["single_parent"]) == ("mother", "two_parents", True)
    early = [{"date": "10/2/2021", "type": "extended"}]
    assert about(problems("registry.household", **values, type_changes=early), "type_changes.1.date")
    again = [{"date": "10/4/2021", "type": "extended"}, {"date": "9/4/2021", "type": "mother"}]
    (it, _en) = about(problems("registry.household", **values, type_changes=again), "type_changes.2.date")
    assert "10/04/2021" in it


def test_the_contact_person_changes_on_a_day(add: Add, problems: Problems, mother: dict[str, Any]) -> None:
    aunt = add("registry.person", surname="Adeyemi", given_name="Grace")
    rows = [
        {"person": mother["id"], "role": "contact", "left_on": "1/4/2021"},
        {"person": mother["id"], "role": "parent", "joined_on": "1/4/2021"},
        {"person": aunt["id"], "role": "contact", "joined_on": "1/4/2021"},
    ]
    saved = add("registry.household", members=rows)
    assert saved["contact_name"] == "Adeyemi Grace"
    overlapping = [{**rows[0], "left_on": "2/4/2021"}, *rows[1:]]
    found = problems("registry.household", members=overlapping)
    assert about(found, "members.2.person")
    assert mother["pseudonym"] in about(found, "members", warning=True)[0]


def test_two_files_of_one_person_are_found_and_made_one(office: Office, family: dict[str, Any], enter: Add) -> None:
    amina = family["Amina"]
    twice = enter(
        "registry.person", draft=True, surname="HAILÈ", given_name="Aminah", birth_date="5/6/1990",
        citizenship="ER", italian_level="A2", aliases=[{"name": "Mina Haile"}],
    )  # fmt: skip
    enter("registry.referral", draft=True, date="1/2/2021", family="Haile", household=family["household"]["id"])
    session = enter(
        "mediation.intervention", draft=True, date="10/5/2021", start="9", end="10", service="health", place="desk",
        persons=[twice["id"]],
    )  # fmt: skip
    (pair,) = likely(office, "registry.person")
    assert (pair.one["id"], pair.other["id"], pair.why) == (amina["id"], twice["id"], "name_year")
    done = merge(office, "registry.person", amina["pseudonym"], twice["pseudonym"])
    assert done.moved == [("mediation.intervention", session["id"])]
    assert (done.kept["italian_level"], done.kept["birth_date"]) == ("A2", "1990-04-03")
    assert {row["name"] for row in done.kept["aliases"]} == {"Mina Haile", "HAILÈ Aminah"}
    assert (office.get("mediation.intervention", session["id"]) or {})["persons"] == [amina["id"]]
    assert (office.get("registry.person", twice["id"]) or {})["state"] == "void"
    assert likely(office, "registry.person") == []
    office.store.undo()
    assert (office.get("mediation.intervention", session["id"]) or {})["persons"] == [twice["id"]]
    assert (office.get("registry.person", twice["id"]) or {})["state"] == "draft"
    assert (office.get("registry.person", amina["id"]) or {})["aliases"] == []


def test_a_merge_that_a_rule_refuses_names_the_record_and_writes_nothing(
    office: Office, family: dict[str, Any], enter: Add
) -> None:
    twice = enter("registry.person", draft=True, surname="Haile", given_name="Amina", birth_date="3/4/1990")
    both = {"date": "10/5/2021", "service": "health", "place": "desk", "draft": True}
    enter("mediation.intervention", **both, start="9", end="10", persons=[family["Amina"]["id"]])
    enter("mediation.intervention", **both, start="9:30", end="10:30", persons=[twice["id"]])
    with pytest.raises(Rejected) as refused:
        merge(office, "registry.person", family["Amina"]["id"], twice["id"])
    (problem,) = refused.value.problems
    assert "09:30" in problem.text("it")
    assert "another intervention" in problem.text("en")
    assert (office.get("registry.person", twice["id"]) or {})["state"] == "draft"


def test_a_record_is_not_made_one_with_itself(office: Office, family: dict[str, Any]) -> None:
    with pytest.raises(Rejected, match="same record"):
        merge(office, "registry.person", family["Amina"]["id"], family["Amina"]["pseudonym"])


def test_a_member_that_was_listed_twice_is_listed_once(office: Office, family: dict[str, Any], enter: Add) -> None:
    household = family["household"]["id"]
    twice = enter(
        "registry.person", draft=True, surname="Haile", given_name="Amina", birth_date="3/4/1990", household=household
    )
    rows = (office.get("registry.household", household) or {})["members"]
    office.table("registry.household").edit(household, {"members": [*rows, {"person": twice["id"], "role": "contact"}]})
    merge(office, "registry.person", family["Amina"]["id"], twice["id"])
    assert [row["person"] for row in (office.get("registry.household", household) or {})["members"]].count(
        family["Amina"]["id"]
    ) == 1


def test_a_similar_name_with_the_same_birth_date_is_told_when_it_is_entered(
    problems: Problems, mother: dict[str, Any]
) -> None:
    found = problems("registry.person", surname="Adéyemì", given_name="Blesing", birth_date="3/4/1990")
    assert mother["pseudonym"] in about(found, "surname", warning=True)[0]
    assert not about(
        problems("registry.person", surname="Okafor", given_name="Joy", birth_date="3/4/1990"), "surname", warning=True
    )


def test_files_and_members_that_do_not_name_each_other_are_told(
    office: Office, enter: Add, family: dict[str, Any]
) -> None:
    households, household = office.table("registry.household"), family["household"]["id"]
    rows = households.one(household)["members"]
    found = households.problems({"members": rows[:-1]}, household)
    assert family["Ali"]["pseudonym"] in about(found, "members", warning=True)[0]
    guest = enter("registry.person", draft=True, surname="Tesfay", birth_date="1/1/1999")
    found = households.problems({"members": [*rows, {"person": guest["id"], "role": "other"}]}, household)
    assert guest["pseudonym"] in about(found, "members.5.person", warning=True)[0]


def test_a_household_splits_when_it_happens_and_somebody_stays(office: Office, family: dict[str, Any]) -> None:
    everybody = [family[name]["id"] for name in ("Amina", "Yusuf", "Joy", "Ali")]
    asked = {"household": family["household"]["id"], "on": "1/5/2021", "type": "father"}
    with pytest.raises(Rejected) as refused:
        act(office, "registry", "split", {**asked, "members": everybody})
    assert "“Who leaves”" in refused.value.problems[0].text("en")
    with pytest.raises(Rejected) as refused:
        act(office, "registry", "split", {**asked, "members": everybody[1:2], "on": "1/5/2031"})
    assert "01/05/2031" in refused.value.problems[0].text("it")


def test_what_was_done_is_told_in_the_words_of_the_action_and_of_the_register(
    office: Office, family: dict[str, Any]
) -> None:
    old = family["household"]
    asked = {"household": old["id"], "members": family["Yusuf"]["id"], "on": "1/4/2021", "type": "father"}
    act(office, "registry", "split", asked)
    label = office.store.operations(1)[0].label
    assert worded(office, label, "it") == f"separato {old['pseudonym']}"
    assert worded(office, label, "en") == f"split {old['pseudonym']}"
    assert worded(office, "merge registry.person Haile", "it") == "unito destinatario Haile"
    assert worded(office, "mend 7", "it") == "mend 7"  # of a plugin that is not there
    assert [worded(office, "import a b.csv", lang) for lang in ("it", "en")] == [
        "importato a b.csv",
        "imported a b.csv",
    ]
