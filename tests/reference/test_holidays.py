"""Holidays: national ones everywhere, a patron's day only in its town."""

from datetime import date

import pytest

from intarsi_tui.reference.holidays import local_holiday


def test_national_holidays_are_named_in_both_languages() -> None:
    assert local_holiday(date(2026, 4, 25)) == "Anniversario della Liberazione"
    assert local_holiday(date(2026, 4, 6), "MO", "en") == "Easter Monday"
    assert local_holiday(date(2026, 4, 24)) is None


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("MO", date(2025, 1, 31)),
        ("Modena", date(2025, 1, 31)),
        ("036023", date(2025, 1, 31)),
        ("PR", date(2025, 1, 13)),
        ("Reggio Emilia", date(2025, 11, 24)),
        ("PC", date(2025, 7, 4)),
        ("RA", date(2025, 7, 23)),
        ("RN", date(2025, 10, 14)),
        ("FE", date(2025, 4, 23)),
        ("Bologna", date(2025, 10, 4)),
        ("Cesena", date(2025, 6, 24)),
        ("Forlì", date(2025, 2, 4)),
    ],
)
def test_a_town_keeps_the_day_of_its_patron(place: str, day: date) -> None:
    assert local_holiday(day, place)
    assert local_holiday(day) is None


def test_forli_and_cesena_do_not_share_a_patron() -> None:
    assert local_holiday(date(2025, 2, 4), "Cesena") is None
    assert local_holiday(date(2025, 6, 24), "Forlì") is None


@pytest.mark.parametrize("place", ["Carpi", "Atlantide", ""])
def test_another_town_of_the_province_does_not_keep_the_day_of_the_main_town(place: str) -> None:
    assert local_holiday(date(2025, 1, 31), place) is None


def test_the_day_of_national_unity_is_no_day_off() -> None:
    assert local_holiday(date(2024, 11, 3)) is None
    assert local_holiday(date(2026, 11, 1)) == "Ognissanti"
