"""The arithmetic of nights, against a calendar that is walked night by night."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intarsi_cohousing.nights import Stay, first_over, shared, taken

START = date(2021, 2, 20)
CALENDAR = [START + timedelta(days=day) for day in range(40)]

DAYS = st.sampled_from(CALENDAR)
# Some end before they begin, as a record does that is being corrected; some have no end.
STAYS = st.builds(Stay, DAYS, DAYS | st.just(date.max), st.integers(0, 4))


def slept(stay: Stay) -> set[date]:
    """The nights of a stay, by leafing through the calendar."""
    nights, night = set(), stay.first
    while night < stay.end and night in CALENDAR:
        nights.add(night)
        night += timedelta(days=1)
    return nights


def test_who_enters_on_monday_and_leaves_on_wednesday_sleeps_two_nights() -> None:
    stay = Stay(date(2021, 3, 1), date(2021, 3, 3))
    assert stay.nights == 2
    assert [stay.covers(date(2021, 3, day)) for day in (1, 2, 3)] == [True, True, False]


def test_who_enters_and_leaves_on_one_day_sleeps_no_night() -> None:
    stay = Stay(START, START)
    assert (stay.nights, shared(stay, Stay(START)), first_over([stay], [Stay(START)], 1)) == (0, None, None)


def test_a_bed_that_is_left_on_a_day_is_free_that_night() -> None:
    day = date(2021, 3, 3)
    assert shared(Stay(START, day), Stay(day)) is None
    assert first_over([Stay(day)], [Stay(START, day)], 1) is None


@given(st.builds(Stay, DAYS, DAYS))
def test_nights_are_those_of_the_calendar(stay: Stay) -> None:
    assert stay.nights == len(slept(stay))


@given(STAYS, STAYS)
def test_the_first_shared_night_is_the_first_that_both_sleep(one: Stay, other: Stay) -> None:
    assert shared(one, other) == shared(other, one) == min(slept(one) & slept(other), default=None)


@given(STAYS, STAYS)
def test_a_stay_within_another_sleeps_only_its_nights(one: Stay, other: Stay) -> None:
    if one.within(other):
        assert slept(one) <= slept(other)


@given(
    st.lists(STAYS, min_size=1, max_size=3), st.lists(STAYS, max_size=6), st.integers(0, 8), st.lists(STAYS, max_size=3)
)  # fmt: skip
def test_the_first_overfull_night_is_the_calendars(
    mine: list[Stay], others: list[Stay], places: int, lost: list[Stay]
) -> None:
    def over(night: date) -> bool:
        own, theirs, shut = (
            sum(stay.places for stay in stays if night in slept(stay)) for stays in (mine, others, lost)
        )
        return bool(own) and own + theirs > places - shut

    assert first_over(mine, others, places, lost) == min(filter(over, CALENDAR), default=None)


@given(st.lists(STAYS, max_size=6), DAYS)
def test_places_taken_are_those_of_the_people_who_sleep_there(stays: list[Stay], night: date) -> None:
    assert taken(stays, night) == sum(stay.places for stay in stays if night in slept(stay))
