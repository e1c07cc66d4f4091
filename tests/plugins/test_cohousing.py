"""Rules of units, placements, contributions, goods and housing meetings."""

from typing import Any

import pytest

from intarsi_cohousing.unit import Unit
from intarsi_tui.host.office import open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records.privacy import may_see
from intarsi_tui.reporting.indicators import count
from intarsi_tui.store import Store

from .conftest import Add, about


@pytest.fixture
def unit(add: Add) -> dict[str, Any]:
    """Four places: room A with beds 1 (one person) and 2 (two persons), and shared room B."""
    return add(
        "cohousing.unit", code="RN-01", authorised_places=4, active_from="1/2/2021", municipality="Rimini",
        rooms=[{"code": "A", "places": 3}, {"code": "B", "places": 1, "use": "shared"}],
        beds=[{"room": "A", "code": "1"}, {"room": "A", "code": "2", "capacity": 2}],
    )  # fmt: skip


@pytest.fixture
def placement(
    add: Add, unit: dict[str, Any], household: dict[str, Any], mother: dict[str, Any], child: dict[str, Any]
) -> dict[str, Any]:
    return add(
        "cohousing.placement", unit="RN-01", room="a", household=household["id"], persons=[mother["id"], child["id"]],
        entered_on="5/3/2021", left_on="5/5/2021", exit_outcome="private_rent", agreement="pact",
        handover_report="sì", inventory="sì", rules_signed="sì",
    )  # fmt: skip


@pytest.fixture
def stranger(add: Add) -> dict[str, Any]:
    """Somebody of another household."""
    other = add("registry.household", type="father", take_in_date="1/3/2021")
    return add("registry.person", surname="Haile", birth_date="1/1/1985", household=other["id"])


@pytest.fixture
def stay(problems: Any, stranger: dict[str, Any]) -> Any:
    """The problems of a placement of the stranger in RN-01 from 1 April 2021 on: `stay(room="B")`."""
    base = {"unit": "RN-01", "household": stranger["household"], "persons": [stranger["id"]], "entered_on": "1/4/2021"}
    return lambda **values: problems("cohousing.placement", **{**base, **values})


def test_the_lead_and_the_public_see_no_address() -> None:
    privacy = Unit.declaration.by_name["address"].privacy
    assert [may_see(audience, privacy) for audience in ("office", "lead", "public")] == [True, False, False]


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"contract_date": "2/1/2021", "contract_expiry": "1/1/2021"}, "contract_expiry", False),
        ({"contract_expiry": "1/1/2021"}, "contract_expiry", True),
        ({"active_from": "2/1/2021", "dismissed_on": "1/1/2021"}, "dismissed_on", False),
        ({"rooms": [{"code": "A", "places": 2}, {"code": "a", "places": 2}]}, "rooms.2.code", False),
        ({"beds": [{"room": "Z", "code": "1"}]}, "beds.1.room", False),
        ({"rooms": [{"code": "A", "places": 2}], "authorised_places": 4}, "authorised_places", True),
        ({"outages": [{"first": "1/3/2021", "end": "1/3/2021", "reason": "works"}]}, "outages.1.end", False),
        ({"outages": [{"first": "1/3/2021", "reason": "works", "room": "Z"}]}, "outages.1.room", False),
        (
            {"outages": [{"first": "1/3/2021", "reason": "works"}, {"first": "1/4/2021", "reason": "other"}]},
            "outages.2.first",
            False,
        ),
    ],
)
def test_a_unit_is_checked(problems: Any, values: dict[str, Any], field: str, warning: bool) -> None:
    italian, english = about(problems("cohousing.unit", **{"code": "RN-02", **values}), field, warning=warning)
    assert italian != english


def test_a_bed_is_for_one_person_or_two(problems: Any) -> None:
    values = {"code": "RN-02", "rooms": [{"code": "A", "places": 3}]}
    found = problems("cohousing.unit", **values, beds=[{"room": "A", "code": "1", "capacity": 3}])
    assert about(found, "beds.1.capacity")


def test_the_code_of_a_unit_is_unique_and_names_it(add: Add, problems: Any, placement: dict[str, Any]) -> None:
    assert about(problems("cohousing.unit", code="rn-01"), "code")
    assert (placement["unit_code"], placement["room"]) == ("RN-01", "a")


def test_a_unit_does_not_end_under_the_people_in_it(
    store: Store, problems: Any, unit: dict[str, Any], placement: dict[str, Any]
) -> None:
    def found(**values: Any) -> Any:
        return store.register_table("cohousing.unit").problems(values, unit["id"])

    assert about(found(dismissed_on="4/5/2021"), "dismissed_on") == [
        "L'inserimento RN-01 05/03/2021 non sta in queste date",
        "Placement RN-01 05/03/2021 is not within these dates",
    ]
    assert not about(found(dismissed_on="5/5/2021"), "dismissed_on")
    assert about(found(active_from="6/3/2021"), "active_from")


def test_a_unit_that_gets_smaller_names_whom_it_has_no_room_for(
    store: Store, unit: dict[str, Any], placement: dict[str, Any]
) -> None:
    def found(**values: Any) -> Any:
        return store.register_table("cohousing.unit").problems(values, unit["id"])

    assert about(found(authorised_places=1), "authorised_places", warning=True)[2:] == [
        "alloggio RN-01, notte del 05/03/2021: persone 2, posti 1 (con RN-01 05/03/2021)",
        "unit RN-01, night of 05/03/2021: persons 2, places 1 (with RN-01 05/03/2021)",
    ]
    outage = [{"first": "1/5/2021", "end": "3/5/2021", "reason": "works"}]
    assert about(found(outages=outage), "outages.1.first", warning=True)[0] == (
        "La notte del 01/05/2021 c'è l'inserimento RN-01 05/03/2021"
    )
    assert "«a»" in about(found(rooms=[{"code": "B", "places": 4}], beds=[]), "rooms", warning=True)[0]


def test_nights_are_counted_at_the_exit_and_the_expiry_follows_the_agreement(
    store: Store, placement: dict[str, Any]
) -> None:
    assert (placement["nights"], placement["person_nights"], placement["occupants"]) == (61, 122, 2)
    table = store.register_table("cohousing.placement")
    open_again = table.edit(placement["id"], {"left_on": "", "exit_outcome": "", "planned_months": 6}).doc
    assert ("nights" in open_again, open_again["expires_on"]) == (False, "2021-09-05")
    assert table.edit(placement["id"], {"expiry": "31/8/2021"}).doc["expires_on"] == "2021-08-31"
    longer = [{"date": "1/8/2021", "expiry": "31/12/2021"}]
    assert table.edit(placement["id"], {"extensions": longer}).doc["expires_on"] == "2021-12-31"


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"left_on": "31/3/2021", "exit_outcome": "reception"}, "left_on", False),
        ({"left_on": "30/4/2021"}, "exit_outcome", False),
        ({"exit_outcome": "reception"}, "left_on", False),
        ({"left_on": "1/6/2021", "exit_outcome": "reception"}, "left_on", True),
        ({"entered_on": "9/1/2020"}, "entered_on", False),
        ({"expiry": "31/3/2021"}, "expiry", False),
        (
            {"expiry": "1/9/2021", "extensions": [{"date": "1/5/2021", "expiry": "1/8/2021"}]},
            "extensions.1.expiry",
            False,
        ),
        ({"expiry": "1/5/2021"}, "extensions", True),
        ({"expiry": "1/5/2021", "left_on": "2/5/2021", "exit_outcome": "reception"}, "left_on", True),
        ({"infants_in_cots": 2}, "infants_in_cots", False),
        ({"infants_in_cots": 1}, "infants_in_cots", True),
        ({"rules_signed_on": "1/4/2021"}, "rules_signed", False),
        ({}, "handover_report", True),
        ({"share_amount": "50"}, "share_kind", True),
        ({"after_3_months": "private_rent"}, "after_3_months", True),
        ({"absences": [{"start": "1/5/2021", "end": "30/4/2021"}]}, "absences.1.end", False),
        ({"absences": [{"start": "30/3/2021", "end": "5/4/2021"}]}, "absences.1.start", False),
        ({"absences": [{"start": "1/4/2021", "end": "17/4/2021"}]}, "absences.1.reported_on", True),
        ({"room": "C"}, "room", False),
        ({"bed": "9"}, "bed", False),
        ({"bed": "1", "room": "B"}, "bed", False),
        ({"entered_on": "31/1/2021"}, "entered_on", False),
        ({"entered_on": "28/2/2021"}, "household", True),
    ],
)
def test_a_placement_is_checked(
    stay: Any, unit: dict[str, Any], values: dict[str, Any], field: str, warning: bool
) -> None:
    italian, english = about(stay(**values), field, warning=warning)[:2]
    assert italian != english


def test_an_absence_up_to_the_limit_need_not_be_reported(stay: Any, unit: dict[str, Any]) -> None:
    found = stay(absences=[{"start": "1/4/2021", "end": "16/4/2021"}])
    assert not about(found, "absences.1.reported_on", warning=True)


def test_nobody_sleeps_in_two_places_on_one_night(
    add: Add, problems: Any, placement: dict[str, Any], household: dict[str, Any], mother: dict[str, Any]
) -> None:
    add("cohousing.unit", code="RN-02", authorised_places=2, active_from="1/2/2021")
    values = {"unit": "RN-02", "household": household["id"], "persons": [mother["id"]]}
    assert about(problems("cohousing.placement", **values, entered_on="4/5/2021"), "persons") == [
        f"{mother['pseudonym']} nelle stesse notti è già in RN-01 05/03/2021",
        f"{mother['pseudonym']} is already in RN-01 05/03/2021 on the same nights",
    ]
    assert not about(problems("cohousing.placement", **values, entered_on="5/5/2021"), "persons")
    before = {"entered_on": "1/3/2021", "left_on": "5/3/2021", "exit_outcome": "other_project"}
    assert not about(problems("cohousing.placement", **values, **before), "persons")


def test_a_placement_may_be_edited_without_meeting_itself(store: Store, placement: dict[str, Any]) -> None:
    edited = store.register_table("cohousing.placement").edit(placement["id"], {"left_on": "6/5/2021"})
    assert edited.doc["nights"] == 62


def test_a_placement_is_named_by_its_number_once_it_has_one(store: Store, stay: Any, placement: dict[str, Any]) -> None:
    number = store.register_table("cohousing.placement").confirm(placement["id"]).doc["number"]
    found = about(stay(room="A"), "room", warning=True)
    assert found[0] == f"La camera è di un solo nucleo, e c'è già {number} (RN-01 05/03/2021)"


def test_occupants_never_exceed_the_authorised_places_on_any_night(
    add: Add, store: Store, stay: Any, unit: dict[str, Any], placement: dict[str, Any], stranger: dict[str, Any]
) -> None:
    three = [
        stranger["id"],
        *(add("registry.person", surname=name, household=stranger["household"])["id"] for name in ("Uno", "Due")),
    ]
    assert about(stay(persons=three), "unit") == [
        "alloggio RN-01, notte del 01/04/2021: persone 5, posti 4 (con RN-01 05/03/2021)",
        "unit RN-01, night of 01/04/2021: persons 5, places 4 (with RN-01 05/03/2021)",
    ]
    assert not about(stay(persons=three, entered_on="5/5/2021"), "unit")
    assert not about(stay(persons=three, infants_in_cots=1), "unit")
    # With room B closed from 10 May there are three places left: enough for three.
    closed = {"outages": [{"first": "10/5/2021", "reason": "works", "room": "B"}]}
    store.register_table("cohousing.unit").edit(unit["id"], closed)
    assert not about(stay(persons=three, entered_on="5/5/2021"), "unit")
    four = [*three, add("registry.person", surname="Tre", household=stranger["household"])["id"]]
    assert "10/05/2021: persone 4, posti 3" in about(stay(persons=four, entered_on="5/5/2021"), "unit")[0]


def test_a_room_and_a_bed_hold_what_their_row_says(
    store: Store, add: Add, stay: Any, placement: dict[str, Any], stranger: dict[str, Any]
) -> None:
    table = store.register_table("cohousing.placement")
    assert about(table.problems({"room": "B"}, placement["id"]), "room") == [
        "camera B, notte del 05/03/2021: persone 2, posti 1",
        "room B, night of 05/03/2021: persons 2, places 1",
    ]
    assert "letto 1" in about(table.problems({"bed": "1"}, placement["id"]), "bed")[0]
    assert not about(table.problems({"bed": "2"}, placement["id"]), "bed")
    table.edit(placement["id"], {"bed": "2"})
    found = about(stay(bed="2"), "bed")
    assert found[0] == "letto 2, notte del 01/04/2021: persone 3, posti 2 (con RN-01 05/03/2021)"
    assert not about(stay(bed="1"), "bed")


def test_a_named_bed_gives_the_room(add: Add, unit: dict[str, Any], stranger: dict[str, Any]) -> None:
    saved = add(
        "cohousing.placement", unit="RN-01", bed="1", household=stranger["household"], persons=[stranger["id"]],
        entered_on="1/4/2021",
    )  # fmt: skip
    assert saved["room"] == "A"


@pytest.mark.parametrize(("room", "field"), [("", "unit"), ("A", "room")])
def test_nobody_is_placed_where_it_is_out_of_service(
    store: Store, stay: Any, unit: dict[str, Any], room: str, field: str
) -> None:
    outage = {"first": "10/4/2021", "end": "12/4/2021", "reason": "damage", "room": room}
    store.register_table("cohousing.unit").edit(unit["id"], {"outages": [outage]})
    assert about(stay(room="A"), field) == [
        "Fuori servizio la notte del 10/04/2021: vedere la scheda dell'alloggio RN-01",
        "Out of service on the night of 10/04/2021: see the record of unit RN-01",
    ]
    assert not about(stay(room="A", entered_on="12/4/2021"), field)
    assert not about(stay(room="A", left_on="10/4/2021", exit_outcome="reception"), field)


def test_an_open_stay_needs_a_unit_without_an_end(store: Store, stay: Any, unit: dict[str, Any]) -> None:
    store.register_table("cohousing.unit").edit(unit["id"], {"dismissed_on": "1/5/2021"})
    assert about(stay(), "left_on") == [
        "L'alloggio RN-01 è dismesso il 01/05/2021",
        "Unit RN-01 is dismissed on 01/05/2021",
    ]
    assert not about(stay(left_on="1/5/2021", exit_outcome="reception"), "left_on")


def test_a_person_of_another_household_is_a_warning_that_names_both(
    stay: Any, unit: dict[str, Any], household: dict[str, Any], stranger: dict[str, Any]
) -> None:
    found = about(stay(household=household["id"]), "persons", warning=True)
    assert found[0] == f"{stranger['pseudonym']} non è del nucleo {household['pseudonym']}"
    assert not about(stay(), "persons", warning=True)


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
        f"{mother['pseudonym']} alla stessa ora è in un altro incontro: 14/04/2021 09:00 Di gruppo",
        f"{mother['pseudonym']} is in another meeting at the same time: 14/04/2021 09:00 In a group",
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


def test_a_household_that_moves_counts_once_and_its_nights_add_up(workspace: Workspace) -> None:
    with open_office(workspace, "it") as office:
        household = office.table("registry.household").add({}).doc["id"]
        person = office.table("registry.person").add({"surname": "Haile", "household": household}).doc["id"]
        placements = office.table("cohousing.placement")
        for code, first, end in (("RN-01", "1/3/2021", "11/3/2021"), ("RN-02", "11/3/2021", "1/4/2021")):
            office.table("cohousing.unit").add({"code": code})
            values = {"unit": code, "household": household, "persons": [person], "agreement": "pact"}
            stay = {"entered_on": first, "left_on": end, "exit_outcome": "public_housing"}
            placements.confirm(placements.add({**values, **stay}).doc["id"])
        quarters = [count(office, office.profile.period(quarter)) for quarter in ("2021-Q1", "2021-Q2")]
    counted = [
        {one.indicator.name: (one.in_period, one.in_total) for one in quarter if one.indicator.table == placements.name}
        for quarter in quarters
    ]
    assert counted == [
        {"households": (1, 1), "persons": (1, 1), "person_nights": (10, 10), "homes": (1, 1)},
        {"households": (0, 1), "persons": (0, 1), "person_nights": (21, 31), "homes": (0, 1)},
    ]
