"""Identifiers: every slip of one character is found, and an independent package agrees on whole codes."""

import random
import string
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal, get_args

import pytest
from codicefiscale import codicefiscale as oracle
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.reference.identifiers import (
    Fault,
    check_cig,
    check_cup,
    check_school_code,
    check_tax_code,
    check_vat,
    make_provisional,
    make_tax_code,
    normalise,
    tax_code_facts,
    tax_code_kind,
)

TODAY = date(2026, 9, 1)
SEXES: tuple[Literal["F"], Literal["M"]] = ("F", "M")
PLACES = ("F257", "C573", "H223", "Z335", "Z240", "Z200", "Z313", "Z236", "Z138")
NAMES = ("Ab", "Io", "Ada", "Fatou", "Amina", "Blessing", "Oleksandra", "Gianfranco", "Yusuf", "D'Angelo", "De Sà", "O")

people = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from(SEXES),
    st.dates(date(1930, 1, 1), TODAY),
    st.sampled_from(PLACES),
)
provisionals = st.builds(make_provisional, st.integers(1, 9_999_999), st.integers(0, 999))


def invented(count: int) -> list[tuple[str, str, Literal["F", "M"], date, str]]:
    """The same few hundred people at each run: the oracle is too slow for hypothesis."""
    rng = random.Random(11)
    births = (date(1935, 1, 1) + timedelta(days=rng.randrange(90 * 365)) for _ in range(count))
    return [
        (rng.choice(NAMES), rng.choice(NAMES), rng.choice(SEXES), born, rng.choice(["F257", "H223", "Z335", "Z236"]))
        for born in births
    ]


def test_tax_codes_are_made_as_an_independent_package_makes_them() -> None:
    for surname, name, sex, born, place in invented(300):
        theirs = oracle.encode(surname, name, sex, datetime(born.year, born.month, born.day), place)
        assert make_tax_code(surname, name, sex, born, place) == theirs


def test_every_omocodia_variant_is_good_and_tells_the_same_facts() -> None:
    for surname, name, sex, born, place in invented(5):
        variants = oracle.decode(make_tax_code(surname, name, sex, born, place))["omocodes"]
        assert len(variants) == 128
        for variant in variants:
            assert check_tax_code(variant) is None
            assert tax_code_facts(variant, TODAY) == (sex, born, place)


@given(people)
def test_the_facts_of_a_code_are_those_it_was_made_from(person: tuple[str, str, str, date, str]) -> None:
    facts = tax_code_facts(make_tax_code(*person), TODAY)
    assert facts is not None
    assert (facts.sex, facts.place) == (person[2], person[4])
    # A century is not in the code: only the last hundred years come back as they were.
    assert facts.born == person[3]


@given(people, st.integers(0, 15), st.sampled_from(string.ascii_uppercase + string.digits))
def test_a_changed_character_of_a_tax_code_is_found(
    person: tuple[str, str, str, date, str], at: int, character: str
) -> None:
    code = make_tax_code(*person)
    changed = code[:at] + character + code[at + 1 :]
    assert (check_tax_code(changed) is None) == (changed == code)


@given(provisionals, st.integers(0, 10), st.integers(0, 9))
def test_a_changed_digit_of_a_provisional_code_is_found(code: str, at: int, digit: int) -> None:
    changed = f"{code[:at]}{digit}{code[at + 1 :]}"
    assert (check_tax_code(changed) is None) == (changed == code)
    assert (check_vat(changed) is None) == (changed == code)


@given(st.one_of(st.text(max_size=20), st.text(string.ascii_letters + string.digits, min_size=10, max_size=16)))
def test_no_text_makes_a_check_fail(text: str) -> None:
    for check in (check_tax_code, check_school_code, check_vat, check_cup, check_cig):
        assert check(text) in (None, *get_args(Fault))
    tax_code_facts(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("RSSMRA90B43F257S", "cf"),
        (" rss mra 90b43 f257s ", "cf"),
        ("12345670017", "provisional"),
        ("STP0801231234567", "stp"),
        ("ENI0801231234567", "eni"),
        ("STP080123123456", None),
        ("RSSMRA90B43F257", None),
        ("٠٠١٢٣٤٥٦٧٨٩", None),
        ("", None),
    ],
)
def test_the_kind_of_a_tax_code_is_told_by_its_shape(text: str, kind: str | None) -> None:
    assert tax_code_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("RSSMRA90B43F257S", None),
        ("RSSMRA90B43F257T", "tax_code_check"),
        ("RSSMRA90B43F257", "not_a_tax_code"),
        ("RSSMRA90K43F257S", "not_a_tax_code"),
        ("00000000000", "not_a_tax_code"),
        ("12345670018", "tax_code_check"),
        ("STP0801231234567", None),
        ("ENI0801231234567", None),
    ],
)
def test_each_fault_of_a_tax_code_has_its_name(text: str, fault: str | None) -> None:
    assert check_tax_code(text) == fault


def test_a_birth_date_that_never_was_is_a_fault_of_its_own() -> None:
    letters = string.ascii_uppercase
    assert {check_tax_code("RSSMRA90B31F257" + last) for last in letters} == {"tax_code_check", "tax_code_date"}
    assert {check_tax_code("RSSMRA90B00F257" + last) for last in letters} == {"tax_code_check", "tax_code_date"}


def test_a_provisional_code_may_come_from_any_office() -> None:
    assert all(check_tax_code(make_provisional(1234567, office)) is None for office in range(1000))


def test_the_birth_year_is_the_latest_that_has_already_come() -> None:
    child = make_tax_code("Rossi", "Mario", "M", date(2020, 5, 5), "F257")
    leap = make_tax_code("Rossi", "Mario", "M", date(2000, 2, 29), "F257")
    assert [facts.born for code in (child, leap) if (facts := tax_code_facts(code, TODAY))] == [
        date(2020, 5, 5),
        date(2000, 2, 29),
    ]
    assert tax_code_facts(child, date(2019, 1, 1)) == ("M", date(1920, 5, 5), "F257")


def test_only_a_16_character_code_tells_facts() -> None:
    assert tax_code_facts(make_provisional(1, 1)) is None
    assert tax_code_facts("STP0801231234567") is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("MOIC82400C", None),
        ("moee00300d", None),
        ("FOIS018005", None),
        ("FC1A123456", None),
        ("AGIC82400C", "school_province"),
        ("MOIC82400", "not_a_school_code"),
        ("1MIC82400C", "not_a_school_code"),
        ("MOIC8240-C", "not_a_school_code"),
    ],
)
def test_a_school_code_ends_in_a_letter_or_a_digit_and_starts_with_a_plate_of_the_region(
    text: str, fault: str | None
) -> None:
    assert check_school_code(text) == fault


@pytest.mark.parametrize(
    ("check", "text", "fault"),
    [
        (check_vat, "00743110157", None),
        (check_vat, "00743110158", "vat_check"),
        (check_vat, "0074311015", "not_a_vat_number"),
        (check_vat, "00000000000", "not_a_vat_number"),
        (check_cup, "I69E19001100002", None),
        (check_cup, "I69E1900110000", "not_a_cup"),
        (check_cup, "I69E1900110000è", "not_a_cup"),
        (check_cig, "z1a2b3c4d5", None),
        (check_cig, "Z1A2-3C4D5", "not_a_cig"),
    ],
)
def test_vat_cup_and_cig_are_checked(check: Callable[[str], str | None], text: str, fault: str | None) -> None:
    assert check(text) == fault


def test_blanks_and_small_letters_are_normalised_away() -> None:
    assert normalise(" rss mra\t90b43\u00a0f257s\n") == "RSSMRA90B43F257S"


@pytest.mark.parametrize(("sex", "place"), [("X", "F257"), ("F", "Modena"), ("F", "Z33")])
def test_a_tax_code_is_not_made_from_what_it_cannot_hold(sex: str, place: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        make_tax_code("Rossi", "Maria", sex, date(1990, 2, 3), place)


@pytest.mark.parametrize(("serial", "office"), [(0, 1), (-1, 1), (10_000_000, 1), (1, 1000)])
def test_a_provisional_code_is_not_made_from_numbers_that_do_not_fit(serial: int, office: int) -> None:
    with pytest.raises(ValueError, match="serial must have"):
        make_provisional(serial, office)
