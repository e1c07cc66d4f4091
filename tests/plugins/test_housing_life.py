"""Rules of what goes on in a home: contributions, goods, meetings on looking after it."""

from typing import Any

import pytest

from intarsi_tui.store import Store

from .conftest import Add, about


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"amount": "0"}, "amount", False),
        ({"amount": "-5"}, "amount", False),
        ({"kind": "own_share"}, "direction", False),
        ({"cup": "I69"}, "cup", False),
        ({"cup": "A12B34567890123"}, "cup", True),
        ({}, "cup", True),
        ({}, "voucher_number", True),
        ({"date": "9/1/2020"}, "date", False),
    ],
)
def test_a_contribution_is_checked(
    problems: Any, household: dict[str, Any], values: dict[str, Any], field: str, warning: bool
) -> None:
    base = {"household": household["id"], "date": "1/4/2021", "kind": "rent", "amount": "350,00"}
    italian, english = about(problems("cohousing.contribution", **{**base, **values}), field, warning=warning)[:2]
    assert italian != english


def test_a_contribution_keeps_its_month_and_names_the_voucher_seen_before(
    add: Add, problems: Any, household: dict[str, Any]
) -> None:
    values = {"household": household["id"], "date": "1/4/2021", "kind": "rent", "amount": "350", "voucher_number": "F7"}
    assert add("cohousing.contribution", **values, month="15/3/2021")["month"] == "2021-03-01"
    found = about(problems("cohousing.contribution", **values), "voucher_number", warning=True)
    assert found[0] == "Con questo giustificativo c'è già 01/04/2021 Affitto 350,00 €"
    # What the household pays in has numbers of its own.
    received = problems("cohousing.contribution", **values, direction="received")
    assert not about(received, "voucher_number", warning=True)


def test_a_contribution_belongs_to_the_placements_household(
    problems: Any, placement: dict[str, Any], household: dict[str, Any], stranger: dict[str, Any]
) -> None:
    values = {"date": "1/4/2021", "kind": "deposit", "amount": "900", "placement": placement["id"]}
    found = problems("cohousing.contribution", **values, household=stranger["household"])
    assert household["pseudonym"] in about(found, "placement")[0]
    assert not about(problems("cohousing.contribution", **values, household=household["id"]), "placement")


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({}, "receipt_signed", True),
        ({"date": "21/5/2021"}, "date", False),
        ({"date": "9/1/2020"}, "date", False),
        ({"quantity": 0}, "quantity", False),
    ],
)
def test_a_distribution_is_checked(
    problems: Any, household: dict[str, Any], values: dict[str, Any], field: str, warning: bool
) -> None:
    base = {"household": household["id"], "date": "1/4/2021", "kind": "food", "quantity": 2}
    italian, english = about(problems("cohousing.goods", **{**base, **values}), field, warning=warning)
    assert italian != english


def test_the_same_goods_twice_on_a_day_are_a_warning(add: Add, problems: Any, household: dict[str, Any]) -> None:
    values = {"household": household["id"], "date": "1/4/2021", "quantity": 1}
    add("cohousing.goods", **values, kind="food")
    assert about(problems("cohousing.goods", **values, kind="food"), "kind", warning=True)[0].endswith(
        "01/04/2021 Alimenti"
    )
    assert not about(problems("cohousing.goods", **values, kind="baby"), "kind", warning=True)


@pytest.fixture
def meeting(
    add: Add, unit: dict[str, Any], operator: dict[str, Any], mother: dict[str, Any], child: dict[str, Any]
) -> dict[str, Any]:
    return add(
        "cohousing.housing_meeting", date="14/4/2021", start="9", end="11:15", break_minutes="15m", mode="group",
        unit="RN-01", topics="utenze, raccolta", expert=operator["id"],
        attendance=[
            {"person": mother["id"], "signed": "sì"},
            {"person": child["id"], "status": "excused"},
        ],
    )  # fmt: skip


def test_a_meeting_knows_its_hours_who_was_there_and_the_experts_body(
    meeting: dict[str, Any], operator: dict[str, Any], mother: dict[str, Any]
) -> None:
    assert (meeting["net_minutes"], meeting["present"], meeting["persons"]) == (120, 1, [mother["id"]])
    assert meeting["expert_body"] == operator["body"]


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"end": "9"}, "end", False),
        ({"end": "9:50"}, "end", True),
        ({"break_minutes": "1h"}, "break_minutes", False),
        ({"date": "9/1/2020"}, "date", False),
        ({"date": "25/4/2021"}, "date", True),
        ({"date": "21/5/2021"}, "status", False),
        ({}, "attendance", True),
        ({}, "place", True),
        ({"mode": "individual"}, "unit", True),
    ],
)
def test_a_meeting_is_checked(problems: Any, values: dict[str, Any], field: str, warning: bool) -> None:
    base = {"date": "14/4/2021", "start": "9", "end": "10", "mode": "group"}
    found = about(problems("cohousing.housing_meeting", **{**base, **values}), field, warning=warning)
    italian, english = found[:2]
    assert italian != english


def test_a_meeting_lists_each_person_once_and_asks_for_the_signature(problems: Any, mother: dict[str, Any]) -> None:
    rows = [{"person": mother["id"]}, {"person": mother["id"], "signed": True}]
    values = {"date": "14/4/2021", "start": "9", "end": "10", "mode": "group", "attendance": rows}
    found = problems("cohousing.housing_meeting", **values)
    assert about(found, "attendance.2.person")
    assert about(found, "attendance.1.signed", warning=True)
    assert not about(found, "attendance.2.signed", warning=True)


def test_nobody_is_in_two_meetings_at_once(
    problems: Any, meeting: dict[str, Any], mother: dict[str, Any], child: dict[str, Any], operator: dict[str, Any]
) -> None:
    values = {"date": "14/4/2021", "mode": "individual", "unit": "RN-01", "start": "11", "end": "12"}
    rows = [{"person": mother["id"]}, {"person": child["id"]}]
    found = problems("cohousing.housing_meeting", **values, attendance=rows, mediator=operator["id"])
    assert about(found, "attendance") == [
        f"{mother['pseudonym']} alla stessa ora è in un altro incontro: 14/04/2021 09:00 Di gruppo. Spostare o annullare uno dei due",
        f"{mother['pseudonym']} is in another meeting at the same time: 14/04/2021 09:00 In a group. Move or cancel one of them",
    ]
    assert "14/04/2021 09:00" in about(found, "mediator")[0]
    after = problems("cohousing.housing_meeting", **{**values, "start": "11:15"}, attendance=rows)
    assert not about(after, "attendance")


def test_a_timesheet_with_fewer_hours_than_the_meeting_is_a_warning(
    add: Add, store: Store, meeting: dict[str, Any], operator: dict[str, Any]
) -> None:
    days = [{"day": 14, "minutes": "1h"}]
    add("registry.timesheet", operator=operator["id"], month="1/4/2021", days=days)
    found = store.register_table("cohousing.housing_meeting").problems({}, meeting["id"])
    assert "60" in about(found, "expert", warning=True)[0]


def test_a_past_meeting_left_planned_with_people_present_is_asked_about(problems: Any, mother: dict[str, Any]) -> None:
    values = {"date": "3/3/2021", "start": "9", "end": "10", "mode": "group", "place": "Sala", "status": "planned"}
    for row, asked in (({}, True), ({"status": "absent"}, False)):
        found = problems("cohousing.housing_meeting", **values, attendance=[{"person": mother["id"], **row}])
        assert bool(about(found, "status", warning=True)) == asked, row


def test_a_stay_whose_entry_cannot_be_read_has_no_other_fault(problems: Any, household: dict[str, Any]) -> None:
    found = problems("cohousing.placement", household=household["id"], unit="x", entered_on="31/4/2021")
    assert not about(found, "left_on")
