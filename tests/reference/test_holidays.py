"""Holidays: national ones everywhere, a patron's day only in its town."""

from datetime import date
from pathlib import Path

import pytest
from holidays import country_holidays

from intarsi_tui.reference.holidays import local_holiday
from intarsi_tui.reference.tables import TableError, local_days, overlay


def test_national_holidays_are_named_in_both_languages() -> None:
    assert local_holiday(date(2026, 4, 25)) == "Anniversario della Liberazione"
    assert local_holiday(date(2026, 4, 6), "Modena", "en") == "Easter Monday"
    assert local_holiday(date(2026, 4, 24)) is None


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("Modena", date(2025, 1, 31)),
        ("036023", date(2025, 1, 31)),
        ("Parma", date(2025, 1, 13)),
        ("Reggio Emilia", date(2025, 11, 24)),
        ("Piacenza", date(2025, 7, 4)),
        ("Ravenna", date(2025, 7, 23)),
        ("Rimini", date(2025, 10, 14)),
        ("Ferrara", date(2025, 4, 23)),
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


def test_an_office_adds_the_day_of_its_own_town(tmp_path: Path) -> None:
    """The patron of most towns is in no package; the office writes it down once."""
    (tmp_path / "local_holidays.csv").write_text("code;day;it\n036005;05-20;San Bernardino da Siena\n", "cp1252")
    try:
        overlay(tmp_path)
        assert local_holiday(date(2025, 5, 20), "Carpi") == "San Bernardino da Siena"
        assert local_holiday(date(2025, 1, 31), "Modena") == "San Geminiano"
        (tmp_path / "local_holidays.csv").write_text("code;day;it\n036005;20/5;San Bernardino\n", "cp1252")
        with pytest.raises(TableError) as caught:
            overlay(tmp_path)
        assert (caught.value.line, caught.value.problem) == (2, "date")
    finally:
        overlay(None)


def test_the_days_written_down_are_those_of_the_package() -> None:
    for code, place in (("036023", "MO"), ("040007", "Cesena"), ("099014", "RN"), ("037006", "BO")):
        known = country_holidays("IT", subdiv=place, language="it_IT", years=2025)
        assert all(row["it"] in known.get_list(date.fromisoformat(f"2025-{row['day']}")) for row in local_days(code))
