"""Occupancy, availability and arrears, counted again night by night."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from intarsi_cohousing.arrears import due
from intarsi_tui.host.acting import act
from intarsi_tui.host.office import Office

Add = Callable[..., dict[str, Any]]


def house(enter: Add) -> tuple[str, list[str]]:
    household = enter("registry.household", draft=True, type="extended", take_in_date="1/3/2021")["id"]
    people = [
        enter(
            "registry.person",
            draft=True,
            surname=f"Prova{n}",
            birth_date="1/1/2020" if n == 1 else "1/1/2000",
            household=household,
        )["id"]
        for n in range(3)
    ]
    for code, places, town in (("RN-1", 4, "Rimini"), ("RN-2", 2, "Riccione")):
        enter(
            "cohousing.unit", draft=True, code=code, authorised_places=places, active_from="1/2/2021", municipality=town,
            outages=[{"first": "10/5/2021", "end": "20/5/2021", "reason": "works"}] if code == "RN-2" else [],
        )  # fmt: skip
    return household, people


def test_occupancy_is_counted_in_bed_nights(office: Office, enter: Add) -> None:
    household, people = house(enter)
    common = {"draft": True, "household": household}
    enter(
        "cohousing.placement",
        **common,
        unit="RN-1",
        persons=people[:2],
        infants_in_cots=1,
        entered_on="20/3/2021",
        left_on="11/4/2021",
        exit_outcome="moved",
    )
    enter("cohousing.placement", **common, unit="RN-1", persons=people[:2], entered_on="25/6/2021")
    enter(
        "cohousing.placement",
        **common,
        unit="RN-2",
        persons=people[2],
        entered_on="30/4/2021",
        left_on="2/5/2021",
        exit_outcome="moved",
    )
    rows = {row["unit"]: row for row in act(office, "cohousing", "occupancy", {"period": "2021-Q2"})}
    one, two, total = rows["RN-1"], rows["RN-2"], rows["Total"]
    # 1 to 10 April one place and two people, 25 to 30 June two of each; 30 April and 1 May.
    assert (one["places"], one["out"], one["taken"], one["people"]) == (91 * 4, 0, 10 + 12, 20 + 12)
    assert (two["places"], two["out"], two["taken"], two["available"]) == (182, 20, 2, 162)
    assert (total["taken"], total["free"], total["rate"]) == (24, 364 + 162 - 24, round(2400 / 526, 1))


def test_availability_says_until_when_there_is_room(office: Office, enter: Add) -> None:
    household, people = house(enter)
    enter("cohousing.placement", draft=True, household=household, unit="RN-1", persons=people, entered_on="1/6/2021")
    rows = act(office, "cohousing", "availability", {"on": "1/5/2021", "people": "2"})
    assert [(row["unit"], row["free"], row["until"]) for row in rows] == [
        ("RN-1", 4, "2021-06-01"),
        ("RN-2", 2, "2021-05-10"),
    ]
    rows = act(office, "cohousing", "availability", {"on": "15/5/2021"})
    assert [(row["unit"], row["free"], row["until"]) for row in rows] == [("RN-1", 4, "")]
    assert act(office, "cohousing", "availability", {"on": "1/5/2021", "municipality": "Cesena"}) == []


def test_arrears_are_what_is_due_less_what_was_paid(office: Office, enter: Add) -> None:
    household, people = house(enter)
    placement = enter(
        "cohousing.placement", draft=True, household=household, unit="RN-1", persons=people, entered_on="16/4/2021",
        share_amount="90", share_kind="utilities",
    )  # fmt: skip
    enter(
        "cohousing.contribution", draft=True, date="3/5/2021", household=household, placement=placement["id"], kind="own_share",
        direction="received", amount="40",
    )  # fmt: skip
    (row,) = act(office, "cohousing", "arrears", {"on": "15/5/2021"})
    # Half of April, and 15 of the 31 nights of May.
    assert (row["due"], row["paid"], row["arrears"]) == (45 + 43.55, 40.0, 48.55)


@given(
    st.dates(date(2020, 1, 1), date(2022, 6, 30)), st.integers(0, 400), st.integers(0, 500), st.integers(1, 90_000),
)  # fmt: skip
def test_what_is_due_is_the_share_of_each_night(entered: date, stayed: int, asked: int, cents: int) -> None:
    share, left = Decimal(cents) / 100, entered + timedelta(stayed)
    day = entered + timedelta(asked)
    months: dict[tuple[int, int], int] = {}
    night = entered
    while night < left and night <= day:
        months[night.year, night.month] = months.get((night.year, night.month), 0) + 1
        night += timedelta(1)
    exact = sum(share * nights / monthrange(*month)[1] for month, nights in months.items())
    found = due({"entered_on": entered.isoformat(), "left_on": left.isoformat(), "share_amount": float(share)}, day)
    assert abs(found - exact) <= Decimal("0.005") * max(len(months), 1)


def test_a_follow_up_is_due_three_and_six_months_after_the_exit(office: Office, enter: Add) -> None:
    household, people = house(enter)
    placement = enter(
        "cohousing.placement", draft=True, household=household, unit="RN-1", persons=people[0], entered_on="1/3/2021",
        left_on="30/3/2021", exit_outcome="moved",
    )  # fmt: skip
    register = office.table("cohousing.placement")
    assert placement["next_follow_up"] == "2021-06-30"
    assert register.edit(placement["id"], {"after_3_months": "private_rent"}).doc["next_follow_up"] == "2021-09-30"
    assert "next_follow_up" not in register.edit(placement["id"], {"after_6_months": "unknown"}).doc
