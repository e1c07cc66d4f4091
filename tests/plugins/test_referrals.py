"""Referrals: dated, decided on a day, and only some of them a take-in."""

from typing import Any

import pytest

from intarsi_tui.host.office import open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records.problems import Rejected
from intarsi_tui.reporting import indicators
from intarsi_tui.store import Store

from .conftest import Add, about

TABLE = "registry.referral"


@pytest.fixture
def referral(add: Add) -> dict[str, Any]:
    return add(TABLE, date="15/2/2021", channel="self", family="Famiglia di Blessing")


def test_a_referral_needs_no_household_but_a_name(problems: Any) -> None:
    assert not problems(TABLE, date="15/2/2021", channel="self", family="Famiglia di Blessing")
    assert about(problems(TABLE, date="15/2/2021"), "family") == [
        "Chi è stato segnalato? Serve un nome o il nucleo", "Who was referred? Give a name or the household",
    ]  # fmt: skip


def test_whoever_refers_is_named_unless_the_family_came_itself(problems: Any) -> None:
    assert about(problems(TABLE, date="15/2/2021", channel="sai", family="Famiglia di Joy"), "body", warning=True)
    assert not about(problems(TABLE, date="15/2/2021", channel="self", family="Famiglia di Joy"), "body", warning=True)


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"date": "21/5/2021"}, "date", False),
        ({"date": "9/1/2020"}, "date", True),
        ({"outcome": "unsuitable", "reason": "Fuori distretto"}, "outcome_date", False),
        ({"outcome_date": "20/2/2021"}, "outcome", False),
        ({"outcome": "unsuitable", "outcome_date": "14/2/2021", "reason": "Fuori distretto"}, "outcome_date", False),
        ({"outcome": "unsuitable", "outcome_date": "21/5/2021", "reason": "Fuori distretto"}, "outcome_date", False),
        ({"outcome": "redirected", "outcome_date": "20/2/2021"}, "reason", True),
        ({"outcome": "taken_in", "outcome_date": "20/2/2021"}, "household", False),
        ({"outcome": "waiting"}, "waiting_since", False),
        ({"outcome": "waiting", "waiting_since": "14/2/2021"}, "waiting_since", False),
        ({"outcome": "waiting", "waiting_since": "21/5/2021"}, "waiting_since", False),
        ({"waiting_since": "20/2/2021"}, "outcome", False),
    ],
)
def test_a_referral_and_its_outcome_hold_together(
    problems: Any, values: dict[str, Any], field: str, warning: bool
) -> None:
    found = problems(TABLE, **{"date": "15/2/2021", "channel": "self", "family": "Famiglia di Joy", **values})
    italian, english = about(found, field, warning=warning)
    assert italian != english


def test_the_waiting_list_has_no_outcome_yet_and_keeps_its_day_afterwards(
    store: Store, referral: dict[str, Any]
) -> None:
    table = store.register_table(TABLE)
    waiting = table.edit(referral["id"], {"outcome": "Lista d'attesa", "waiting_since": "1/3/2021"}).doc
    assert "outcome_date" not in waiting
    with pytest.raises(Rejected) as refused:
        table.edit(referral["id"], {"outcome": "redirected", "outcome_date": "28/2/2021", "reason": "Sportello"})
    assert about(refused.value.problems, "outcome_date")
    changes = {"outcome": "redirected", "outcome_date": "9/4/2021", "reason": "Sportello"}
    assert table.edit(referral["id"], changes).doc["waiting_since"] == "2021-03-01"


def test_a_take_in_is_written_in_the_households_file_first(
    store: Store, add: Add, referral: dict[str, Any], household: dict[str, Any]
) -> None:
    table, waiting = store.register_table(TABLE), add("registry.household")
    outcome = {"outcome": "taken_in", "outcome_date": "1/3/2021"}
    with pytest.raises(Rejected) as refused:
        table.edit(referral["id"], {**outcome, "household": waiting["id"]})
    assert waiting["pseudonym"] in about(refused.value.problems, "household")[0]
    saved = table.edit(referral["id"], {**outcome, "household": household["id"]})
    assert (saved.doc["outcome"], saved.warnings) == ("taken_in", [])


def test_a_household_is_not_taken_in_before_it_was_referred(
    store: Store, problems: Any, household: dict[str, Any]
) -> None:
    taken_in = {"family": "Famiglia di Blessing", "outcome": "taken_in", "household": household["id"]}
    found = problems(TABLE, **taken_in, date="2/3/2021", outcome_date="2/3/2021")
    assert "01/03/2021" in about(found, "date")[0]
    found = problems(TABLE, **taken_in, date="15/2/2021", outcome_date="2/3/2021")
    assert "01/03/2021" in about(found, "outcome_date", warning=True)[0]


def test_a_household_names_the_referral_it_lacks_or_contradicts(
    store: Store, add: Add, household: dict[str, Any]
) -> None:
    households = store.register_table("registry.household")
    assert "collegarla" in about(households.problems({}, household["id"]), "take_in_date", warning=True)[0]
    add(TABLE, date="15/2/2021", household=household["id"], outcome="taken_in", outcome_date="1/3/2021")
    assert not about(households.problems({}, household["id"]), "take_in_date", warning=True)
    for changed, day in (("14/2/2021", "15/02/2021"), ("", "15/02/2021")):
        assert day in about(households.problems({"take_in_date": changed}, household["id"]), "take_in_date")[0]


def test_a_family_may_be_referred_again_but_is_taken_in_once(
    add: Add, problems: Any, household: dict[str, Any]
) -> None:
    same = {"household": household["id"], "channel": "self"}
    add(TABLE, **same, date="2/11/2020", outcome="unsuitable", outcome_date="5/11/2020", reason="Ancora in accoglienza")
    again = {**same, "outcome": "taken_in", "outcome_date": "1/3/2021"}
    assert not problems(TABLE, **again, date="15/2/2021")
    add(TABLE, **again, date="15/2/2021")
    assert about(problems(TABLE, **again, date="20/2/2021"), "outcome", warning=True)
    assert about(problems(TABLE, **same, date="2/11/2020"), "date", warning=True)


def test_a_persons_referral_is_one_of_the_households(
    store: Store, add: Add, problems: Any, household: dict[str, Any], mother: dict[str, Any]
) -> None:
    add(TABLE, date="15/2/2021", household=household["id"], outcome="taken_in", outcome_date="1/3/2021")
    for day, warned in (("15/2/2021", False), ("16/2/2021", True)):
        found = problems("registry.person", mother["id"], referral_date=day)
        assert bool(about(found, "referral_date", warning=True)) is warned


def test_the_indicators_tell_how_many_referrals_led_to_a_take_in(workspace: Workspace) -> None:
    with open_office(workspace) as office:
        household = office.table("registry.household").add({"take_in_date": "1/3/2021"}).doc["id"]
        outcomes: list[dict[str, str]] = [
            {"outcome": "taken_in", "outcome_date": "1/3/2021", "household": household},
            {"outcome": "unsuitable", "outcome_date": "1/3/2021", "reason": "Fuori distretto"},
            {"outcome": "waiting", "waiting_since": "1/3/2021"},
            {},
        ]
        for outcome in outcomes:
            values = {"date": "15/2/2021", "channel": "self", "family": "Famiglia di Joy", **outcome}
            office.table(TABLE).confirm(office.table(TABLE).add(values).doc["id"])
        counted = indicators.count(office, office.profile.period("2021-Q1"))
    figures = {one.indicator.name: one.in_period for one in counted if one.indicator.name.startswith("referrals")}
    assert figures == {"referrals": 4, "referrals_taken_in": 1, "referrals_waiting": 1}
