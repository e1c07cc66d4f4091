"""Rules of units and placements, night by night."""

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

    sleepers = ", ".join(str(store.table("registry.person").by_uid(uid)["pseudonym"]) for uid in placement["persons"])
    stay = f"RN-01 05/03/2021, {sleepers}"
    assert about(found(authorised_places=1), "authorised_places") == [
        f"alloggio RN-01, notte del 05/03/2021: persone 2, posti 1 (con {stay}, fino al 05/05/2021). "
        "Spostare o concludere prima quei soggiorni",
        f"unit RN-01, night of 05/03/2021: persons 2, places 1 (with {stay}, until 05/05/2021). Move or end those stays first",
    ]
    outage = {"first": "1/5/2021", "end": "3/5/2021", "reason": "works"}
    assert sleepers in about(found(outages=[outage]), "outages.1.stay_reason")[0]
    assert "«a»" in about(found(rooms=[{"code": "B", "places": 4}], beds=[]), "rooms")[0]


def test_a_stay_goes_on_through_an_outage_that_says_why_and_nobody_new_comes(
    store: Store, problems: Any, unit: dict[str, Any], placement: dict[str, Any], stranger: dict[str, Any]
) -> None:
    outage = {"first": "1/5/2021", "end": "3/5/2021", "reason": "works", "stay_reason": "Solo la facciata"}
    found = store.register_table("cohousing.unit").edit(unit["id"], {"outages": [outage]}).warnings
    assert about(found, "outages.1.first", warning=True)[0].startswith(
        "La notte del 01/05/2021 c'è l'inserimento RN-01"
    )
    stays = store.register_table("cohousing.placement").problems({"inventory": "no"}, placement["id"])
    assert about(stays, "unit", warning=True)
    assert not about(stays, "unit")
    newcomer = {"household": stranger["household"], "persons": [stranger["id"]], "entered_on": "2/5/2021"}
    assert about(problems("cohousing.placement", unit="RN-01", **newcomer), "unit")


def test_what_a_unit_lacked_before_stops_no_other_change(
    store: Store, unit: dict[str, Any], placement: dict[str, Any]
) -> None:
    units = store.register_table("cohousing.unit")
    stored = units.one(unit["id"])
    with store.operation("written before the rule"), units.writing():
        units.write(stored.doc_id, stored, {**stored, "authorised_places": 1})
    found = units.problems({"notes": "Tende nuove"}, unit["id"])
    assert about(found, "authorised_places", warning=True)
    assert not about(found, "authorised_places")


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
        ({"infants_in_cots": 1}, "infants_in_cots", False),
        ({"left_on": "1/4/2021", "exit_outcome": "reception"}, "left_on", False),
        (
            {"left_on": "2/4/2021", "exit_outcome": "moved", "rules_signed": "sì", "rules_signed_on": "3/4/2021"},
            "rules_signed_on",
            False,
        ),
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
        f"{mother['pseudonym']} nelle stesse notti è già in RN-01 05/03/2021: chiudere prima quel soggiorno",
        f"{mother['pseudonym']} is already in RN-01 05/03/2021 on the same nights: end that stay first",
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
        "alloggio RN-01, notte del 01/04/2021: persone 5, posti 4 (con RN-01 05/03/2021). Scegliere altre notti o un altro posto",
        "unit RN-01, night of 01/04/2021: persons 5, places 4 (with RN-01 05/03/2021). Choose other nights or another place",
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
        "camera B, notte del 05/03/2021: persone 2, posti 1. Scegliere altre notti o un altro posto",
        "room B, night of 05/03/2021: persons 2, places 1. Choose other nights or another place",
    ]
    assert "letto 1" in about(table.problems({"bed": "1"}, placement["id"]), "bed")[0]
    assert not about(table.problems({"bed": "2"}, placement["id"]), "bed")
    table.edit(placement["id"], {"bed": "2"})
    found = about(stay(bed="2"), "bed")
    assert (
        found[0]
        == "letto 2, notte del 01/04/2021: persone 3, posti 2 (con RN-01 05/03/2021). Scegliere altre notti o un altro posto"
    )
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
