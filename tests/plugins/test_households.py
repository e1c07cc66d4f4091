"""The case file of a household: members, both sides in charge, needs, pact, reviews, closing, and whether it counts."""

from typing import Any

import pytest

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import Store

from .conftest import Add, about

TABLE = "registry.household"


@pytest.fixture
def private(add: Add) -> dict[str, Any]:
    body = add("registry.body", name="Cooperativa Approdo", nature="third_sector")
    return add("registry.operator", surname="Neri", given_name="Anna", sector="private", body=body["id"])


def test_a_household_without_contact_person_is_only_warned_of(problems: Any, mother: dict[str, Any]) -> None:
    assert about(problems("registry.household"), "members", warning=True) == [
        "Manca il referente del nucleo: dare il ruolo «referente» a un componente",
        "The household has no contact person: give a member the role “contact person”",
    ]  # fmt: skip
    members = [{"person": mother["id"], "role": "contact"}]
    assert not about(problems("registry.household", members=members), "members", warning=True)


def test_a_household_counts_members_and_minors_on_the_day_of_the_take_in(
    store: Store, household: dict[str, Any], mother: dict[str, Any], child: dict[str, Any]
) -> None:
    members = [
        {"person": mother["pseudonym"], "role": "contact"},
        {"person": child["pseudonym"], "role": "child", "joined_on": "1/3/2021"},
    ]
    counted = store.register_table("registry.household").edit(household["id"], {"members": members}).doc
    assert (counted["members_count"], counted["minors_count"], counted["single_parent"]) == (2, 1, True)
    later = [members[0], {**members[1], "joined_on": "2/3/2021"}]
    counted = store.register_table("registry.household").edit(household["id"], {"members": later}).doc
    assert (counted["members_count"], counted["minors_count"]) == (1, 0)


def test_a_member_whose_file_names_another_household_is_warned_of(
    add: Add, problems: Any, household: dict[str, Any], mother: dict[str, Any]
) -> None:
    other = add("registry.household")
    found = problems("registry.household", other["id"], members=[{"person": mother["id"], "role": "contact"}])
    italian, english = about(found, "members.1.person", warning=True)
    assert mother["pseudonym"] in italian
    assert household["pseudonym"] in english


def test_a_household_that_left_reception_too_long_ago_does_not_count(store: Store, household: dict[str, Any]) -> None:
    saved = store.register_table("registry.household").edit(household["id"], {"reception_exit": "31/8/2019"})
    assert (saved.doc["exit_check"], saved.doc["counted"]) == ("over", False)
    assert "31/08/2019" in about(saved.warnings, "reception_exit", warning=True)[0]


def test_a_household_that_was_still_in_reception_at_the_take_in_does_not_count(
    store: Store, household: dict[str, Any]
) -> None:
    saved = store.register_table("registry.household").edit(household["id"], {"reception_exit": "2/3/2021"})
    assert (saved.doc["exit_check"], saved.doc["counted"]) == ("in_reception", False)
    assert "02/03/2021" in about(saved.warnings, "reception_exit", warning=True)[0]


def test_a_household_without_minors_does_not_count_as_none_of_its_persons_does(
    store: Store, add: Add, household: dict[str, Any], mother: dict[str, Any]
) -> None:
    households, members = store.register_table("registry.household"), [{"person": mother["id"], "role": "contact"}]
    assert household["counted"] is True  # nobody is listed yet
    saved = households.edit(household["id"], {"members": members})
    assert saved.doc["counted"] is False
    assert about(saved.warnings, "members", warning=True) == [
        "Nessun minore alla presa in carico: il nucleo non conta", "No minor at the take-in: the household is not counted",
    ]  # fmt: skip
    child = add("registry.person", surname="Adeyemi", birth_date="2/3/2021", household=household["id"])
    later = [*members, {"person": child["id"], "role": "child"}]
    assert households.edit(household["id"], {"members": later}).doc["minors_count"] == 0  # born the day after
    store.register_table("registry.person").edit(child["id"], {"birth_date": "1/3/2021"})
    assert households.edit(household["id"], {"members": members}).doc["counted"] is True


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"closed_on": "1/3/2021"}, "closing_reason", False),
        ({"closed_on": "1/3/2021", "closing_reason": "moved"}, "take_in_date", False),
        ({"pact_signed_on": "1/3/2021"}, "take_in_date", False),
        ({"reviews": [{"date": "1/3/2021"}]}, "take_in_date", False),
        ({"take_in_date": "2/3/2021", "closed_on": "1/3/2021", "closing_reason": "moved"}, "closed_on", False),
        ({"take_in_date": "1/3/2021", "closed_on": "21/5/2021", "closing_reason": "moved"}, "closed_on", False),
        ({"take_in_date": "1/3/2021", "pact_signed_on": "28/2/2021"}, "pact_signed_on", False),
        ({"take_in_date": "1/3/2021", "pact_signed_on": "21/5/2021"}, "pact_signed_on", False),
        ({"take_in_date": "1/3/2021", "reviews": [{"date": "28/2/2021"}]}, "reviews.1.date", False),
        ({"take_in_date": "1/3/2021", "reviews": [{"date": "21/5/2021"}]}, "reviews.1.date", False),
        ({"assessments": [{"date": "21/5/2021", "work": 2}]}, "assessments.1.date", False),
        ({"assessments": [{"date": "1/3/2021"}]}, "assessments.1", False),
        ({"assessments": [{"date": "1/3/2021", "work": 5}]}, "assessments.1.work", False),
        ({"assessments": [{"date": "1/3/2021", "work": 2}, {"date": "1/3/2021", "work": 1}]}, "assessments.2.date", False),
        ({"take_in_date": "1/3/2021", "objectives": [{"area": "work", "objective": "Tirocinio", "due": "28/2/2021"}]},
         "objectives.1.due", False),
        ({"pact_signed_on": "1/3/2021"}, "pact_signatories", True),
        ({"pact_signatories": "family"}, "pact_signed_on", True),
        ({"pact_signed_on": "1/3/2021", "pact_signatories": "family"}, "pact_signatories", True),
        ({"take_in_date": "1/3/2021"}, "public_manager", True),
    ],
)  # fmt: skip
def test_a_case_file_must_hold_together(problems: Any, values: dict[str, Any], field: str, warning: bool) -> None:
    italian, english = about(problems(TABLE, **values), field, warning=warning)
    assert italian != english


@pytest.mark.parametrize("values", [{"pact_signed_on": "2/4/2021"}, {"reviews": [{"date": "2/4/2021"}]}])
def test_nothing_happens_after_the_closing(problems: Any, household: dict[str, Any], values: dict[str, Any]) -> None:
    found = problems(TABLE, household["id"], **values, closed_on="1/4/2021", closing_reason="autonomy")
    assert [problem.text("en") for problem in found if problem.severity == "error"] == [
        "02/04/2021 is after “Closed on” (01/04/2021)"
    ]


def test_a_deadline_is_not_before_the_pact_and_may_outlive_an_early_closing(
    problems: Any, household: dict[str, Any]
) -> None:
    row = {"area": "housing", "objective": "Casa in affitto", "outcome": "dropped"}
    dated = {"pact_signed_on": "22/3/2021", "closed_on": "1/4/2021", "closing_reason": "withdrew"}
    found = problems(
        TABLE, household["id"], **dated, objectives=[{**row, "due": "21/3/2021"}, {**row, "due": "1/9/2021"}]
    )
    assert about(found, "objectives.1.due")
    assert not about(found, "objectives.2.due")


def test_needs_may_be_assessed_before_the_take_in_that_rests_on_them(problems: Any, household: dict[str, Any]) -> None:
    found = problems(TABLE, household["id"], assessments=[{"date": "20/2/2021", "housing": 4}])
    assert not [problem for problem in found if problem.severity == "error"]


def test_closing_asks_for_outcomes_a_second_assessment_and_the_familys_answer(
    problems: Any, household: dict[str, Any]
) -> None:
    first = {"date": "1/3/2021", "housing": 4, "language": 3}
    closed = {
        "objectives": [{"area": "housing", "objective": "Casa in affitto"}], "assessments": [first],
        "closed_on": "1/4/2021", "closing_reason": "autonomy",
    }  # fmt: skip
    found = problems(TABLE, household["id"], **closed)
    assert not [problem for problem in found if problem.severity == "error"]
    assert "Casa in affitto" in about(found, "objectives", warning=True)[0]
    assert about(found, "assessments", warning=True)
    assert about(found, "self_assessment", warning=True)
    settled = {
        "objectives": [{**closed["objectives"][0], "outcome": "reached"}],  # type: ignore[index]
        "assessments": [first, {"date": "1/4/2021", "housing": 1}], "self_assessment": "unasked",
    }  # fmt: skip
    found = problems(TABLE, household["id"], **{**closed, **settled})
    assert not [problem for problem in found if problem.field in settled]


def test_progress_is_told_by_the_areas_that_were_scored_both_times(store: Store, household: dict[str, Any]) -> None:
    rows = [
        {"date": "1/5/2021", "housing": 1, "health": 2, "work": 4},
        {"date": "20/3/2021", "housing": 0, "health": 0},
        {"date": "1/3/2021", "housing": 4, "health": 2, "language": 3},
    ]
    households = store.register_table(TABLE)
    told = households.edit(household["id"], {"assessments": rows}).doc
    assert (told["needs_at_first"], told["needs_at_last"], told["improved"]) == (6, 3, True)
    assert told["last_assessed"] == "2021-05-01"
    same = households.edit(household["id"], {"assessments": [rows[2], {"date": "1/5/2021", "housing": 4}]}).doc
    assert same["improved"] is False
    apart = households.edit(household["id"], {"assessments": [rows[2], {"date": "1/5/2021", "work": 1}]}).doc
    assert not {"improved", "needs_at_first", "needs_at_last"} & set(apart)


def test_scores_can_be_typed_in_one_line_a_day(store: Store, household: dict[str, Any]) -> None:
    typed = "1/3/2021 | 4 | 3 | | 2\n20/5/2021 | 2 | 3 | | 0"
    rows = store.register_table(TABLE).edit(household["id"], {"assessments": typed}).doc["assessments"]
    assert rows[0] == {"date": "2021-03-01", "housing": 4, "work": 3, "school": 2}
    assert rows[1]["school"] == 0


def test_each_manager_stands_on_its_own_side(
    add: Add, problems: Any, household: dict[str, Any], operator: dict[str, Any], private: dict[str, Any]
) -> None:
    volunteer = add("registry.operator", surname="Gallo", given_name="Pia", sector="volunteer")
    for one in (private, volunteer):
        found = problems(TABLE, household["id"], public_manager=operator["id"], private_manager=one["id"])
        assert not [problem for problem in found if problem.field in ("public_manager", "private_manager")]
    found = problems(TABLE, household["id"], public_manager=private["id"], private_manager=operator["id"])
    assert private["code"] in about(found, "public_manager")[0]
    assert operator["code"] in about(found, "private_manager")[1]


def test_without_a_sector_the_body_tells_the_side(
    add: Add, problems: Any, household: dict[str, Any], private: dict[str, Any]
) -> None:
    office = add("registry.body", name="Comune di Riccione", nature="public")
    clerk = add("registry.operator", surname="Galli", given_name="Ada", body=office["id"])
    unknown = add("registry.operator", surname="Costa", given_name="Ivo")
    assert about(problems(TABLE, household["id"], private_manager=clerk["id"]), "private_manager")
    assert not about(problems(TABLE, household["id"], private_manager=unknown["id"]), "private_manager")


def test_a_manager_who_changes_sides_reopens_no_closed_file(
    store: Store, problems: Any, household: dict[str, Any], operator: dict[str, Any], private: dict[str, Any]
) -> None:
    managers = {"public_manager": operator["id"], "private_manager": private["id"]}
    store.register_table(TABLE).edit(household["id"], managers)
    store.register_table("registry.operator").edit(operator["id"], {"sector": "private"})
    assert about(problems(TABLE, household["id"]), "public_manager")
    found = problems(TABLE, household["id"], closed_on="1/4/2021", closing_reason="autonomy")
    assert not about(found, "public_manager")


def test_a_household_is_confirmed_with_both_managers_only(
    store: Store, household: dict[str, Any], operator: dict[str, Any], private: dict[str, Any]
) -> None:
    households = store.register_table(TABLE)
    households.edit(household["id"], {"public_manager": operator["id"]})
    with pytest.raises(Rejected) as refused:
        households.confirm(household["id"])
    assert about(refused.value.problems, "private_manager") == [
        "Servono un riferimento pubblico e uno privato", "Both a public and a private case manager are needed",
    ]  # fmt: skip
    households.edit(household["id"], {"private_manager": private["id"]})
    confirmed = households.confirm(household["id"])
    assert confirmed.doc["number"] == "2021/0001"
    assert "rilevati" in about(confirmed.warnings, "assessments", warning=True)[0]
    assessed = households.edit(household["id"], {"assessments": "1/3/2021 | 4 | 3"})
    assert not about(assessed.warnings, "assessments", warning=True)


def test_an_operator_of_the_other_sector_than_the_body_is_warned_of(problems: Any, private: dict[str, Any]) -> None:
    assert "Cooperativa Approdo" in about(
        problems("registry.operator", private["id"], sector="public"), "sector", warning=True
    )[0]  # fmt: skip
    assert not about(problems("registry.operator", private["id"], sector="volunteer"), "sector", warning=True)


def test_a_household_counts_when_one_member_taken_in_does(
    store: Store, household: dict[str, Any], mother: dict[str, Any], child: dict[str, Any]
) -> None:
    households, people = store.register_table(TABLE), store.register_table("registry.person")
    assert households.edit(household["id"], {"notes": "1"}).doc["counted"] is True
    people.edit(mother["id"], {"citizenship": "RO"})
    assert households.edit(household["id"], {"notes": "2"}).doc["counted"] is True
    people.edit(child["id"], {"citizenship": "RO"})
    saved = households.edit(household["id"], {"notes": "3"})
    assert saved.doc["counted"] is False
    assert (
        about(saved.warnings, "members", warning=True)[-1]
        == "No member taken in is eligible: the household is not counted"
    )


def test_who_is_not_taken_in_makes_no_household_count(store: Store, household: dict[str, Any], add: Add) -> None:
    households = store.register_table(TABLE)
    add("registry.person", surname="Adeyemi", birth_date="1/1/2012", citizenship="NG", household=household["id"])
    add("registry.person", surname="Ionescu", citizenship="RO", household=household["id"], take_in_date="1/3/2021")
    assert households.edit(household["id"], {"notes": "1"}).doc["counted"] is False


def test_a_decision_on_a_person_reaches_the_household(
    store: Store, household: dict[str, Any], mother: dict[str, Any]
) -> None:
    households = store.register_table(TABLE)
    late = {"reception_exit": "31/8/2019"}
    assert households.edit(household["id"], late).doc["counted"] is False
    decided = {"decision": "reserve", "decision_note": "Sentito il capofila"}
    store.register_table("registry.person").edit(mother["id"], decided)
    assert households.edit(household["id"], {"notes": "1"}).doc["counted"] is True


def test_a_stay_of_ones_own_stands_before_the_households_exit(
    store: Store, household: dict[str, Any], mother: dict[str, Any], child: dict[str, Any]
) -> None:
    stays = [{"circuit": "CAS", "entered_on": "1/1/2018", "left_on": "1/9/2020"}]
    store.register_table("registry.person").edit(mother["id"], {"stays": stays})
    saved = store.register_table(TABLE).edit(household["id"], {"reception_exit": "31/8/2019"})
    assert (saved.doc["exit_check"], saved.doc["counted"]) == ("over", True)


def test_a_member_says_when_the_households_count_is_out_of_date(
    store: Store, household: dict[str, Any], mother: dict[str, Any]
) -> None:
    households, people = store.register_table(TABLE), store.register_table("registry.person")
    saved = people.edit(mother["id"], {"citizenship": "RO"})
    assert household["pseudonym"] in about(saved.warnings, "household", warning=True)[0]
    households.edit(household["id"], {"notes": "1"})
    assert not about(people.problems({}, mother["id"]), "household", warning=True)
    saved = people.edit(mother["id"], {"citizenship": "NG"})
    assert about(saved.warnings, "household", warning=True)


def test_nobody_is_a_member_of_two_open_households_on_one_day(
    store: Store, add: Add, problems: Any, mother: dict[str, Any]
) -> None:
    first = add("registry.household", members=[{"person": mother["id"], "role": "contact", "joined_on": "1/3/2021"}])
    code = mother["pseudonym"]

    def found(**row: str) -> list[str]:
        rows = [{"person": mother["id"], "role": "parent", **row}]
        return about(problems("registry.household", members=rows), "members.1.person", warning=True)

    assert found(joined_on="1/4/2021")[:2] == [
        f"{code} negli stessi giorni è anche fra i componenti del nucleo {first['pseudonym']}: scrivere il giorno di uscita nel nucleo che ha lasciato",
        f"{code} is a member of household {first['pseudonym']} on the same days: enter the day of leaving in the one that was left",
    ]
    assert not found(joined_on="1/1/2020", left_on="1/3/2021")
    # Who left on the day on which the other membership begins is in one household only.
    ended = [{"person": mother["id"], "role": "contact", "joined_on": "1/3/2021", "left_on": "1/4/2021"}]
    store.register_table("registry.household").edit(first["id"], {"members": ended})
    assert not any("negli stessi giorni" in one for one in found(joined_on="1/4/2021"))
    assert any("negli stessi giorni" in one for one in found(joined_on="31/3/2021"))


def test_a_closed_household_holds_nobody(add: Add, problems: Any, mother: dict[str, Any]) -> None:
    rows = [{"person": mother["id"], "role": "contact"}]
    add(
        "registry.household", type="mother", take_in_date="1/3/2021", members=rows, closed_on="1/4/2021", closing_reason="moved",
        self_assessment="yes",
    )  # fmt: skip
    found = problems("registry.household", members=rows)
    assert not any("negli stessi giorni" in one for one in about(found, "members.1.person", warning=True))


def test_who_is_listed_twice_is_told_with_the_row_to_end(problems: Any, mother: dict[str, Any]) -> None:
    rows = [{"person": mother["id"], "joined_on": "1/3/2021", "role": "contact"}] * 2
    (it, en) = about(problems("registry.household", type="mother", members=rows), "members.2.person")
    assert "alla riga 1 dei componenti" in it
    assert "already in row 1 of the members" in en
