"""What people type, in Italian or English notation."""

import contextlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.records import typed
from intarsi_tui.records.basic_kinds import (
    DateKind,
    EmailKind,
    EuroKind,
    FlagKind,
    IntKind,
    LongTextKind,
    MinutesKind,
    PhoneKind,
    TextKind,
    TimeKind,
)
from intarsi_tui.records.coded_kinds import (
    ChoiceKind,
    ChoicesKind,
    CountryKind,
    LanguageKind,
    MunicipalityKind,
    SchoolYearKind,
)
from intarsi_tui.records.linked_kinds import AttachmentKind, LinkKind
from intarsi_tui.records.problems import Invalid, Problem, plain_number
from intarsi_tui.reference import tables


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTARSI_NOW", "2021-05-20T09:00")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("31/12/1984", date(1984, 12, 31)),
        ("31.12.1984", date(1984, 12, 31)),
        ("31/12/84", date(1984, 12, 31)),
        ("1/3/22", date(2022, 3, 1)),
        ("15/3", date(2021, 3, 15)),
        ("15 marzo 2021", date(2021, 3, 15)),
        ("1° giugno", date(2021, 6, 1)),
        ("1º giugno", date(2021, 6, 1)),
        ("3 may 2021", date(2021, 5, 3)),
        ("2021-03-15", date(2021, 3, 15)),
        ("2021-03-15T00:00:00", date(2021, 3, 15)),
        ("+7", date(2021, 5, 27)),
        ("-1", date(2021, 5, 19)),
        ("oggi", date(2021, 5, 20)),
        ("Yesterday", date(2021, 5, 19)),
    ],
)
def test_a_date_is_read_as_an_italian_office_writes_it(written: str, meant: date) -> None:
    assert DateKind().read(written) == meant


def test_the_31st_of_april_is_refused_as_no_such_day() -> None:
    with pytest.raises(Invalid) as caught:
        DateKind().read("31/4/2021")
    assert caught.value.code == "no_such_day"


def test_the_official_stand_in_for_a_missing_date_is_taken_only_where_it_belongs() -> None:
    assert DateKind(placeholder=True).read("01/01/0001") == typed.UNKNOWN_DATE
    with pytest.raises(Invalid):
        DateKind().read("01/01/0001")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_date_that_is_shown_can_be_typed_back(day: date) -> None:
    kind = DateKind()
    assert kind.read(kind.show(kind.store(day), "it")) == day
    assert kind.read(kind.store(day)) == day


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("1h30", 90), ("1:30", 90), ("1,5", 90), ("1.5", 90), ("2", 120), ("90m", 90), ("90 min", 90), ("2 ore", 120),
     ("0,25", 15), ("30", 1800), ("1h5", 65), ("120 minuti", 120), ("1 hour", 60), ("1 ora", 60)],
)  # fmt: skip
def test_a_duration_is_whole_minutes_however_it_is_written(written: str, minutes: int) -> None:
    assert MinutesKind().read(written) == minutes


def test_a_duration_is_never_rounded() -> None:
    with pytest.raises(Invalid) as caught:
        MinutesKind().read("0,33")
    assert caught.value.code == "not_whole_minutes"


@given(st.integers(0, 10**5))
def test_every_duration_that_is_shown_can_be_typed_back(minutes: int) -> None:
    kind = MinutesKind()
    assert kind.read(kind.show(minutes, "it")) == minutes == kind.read(kind.excel(minutes, "it"))


@pytest.mark.parametrize(
    ("written", "amount"),
    [("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1234,5", "1234.5"), ("1.234", "1234"), ("1,234", "1234"),
     ("0,5", "0.5"), ("€ 12", "12"), ("1 234,00 EUR", "1234"), ("-3,2", "-3.2"), ("1.234.567", "1234567")],
)  # fmt: skip
def test_an_amount_takes_comma_and_point(written: str, amount: str) -> None:
    assert EuroKind().read(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written", ["1.2.3", "1,23,45", "abc", "", "1e5", "NaN", "inf", "1.234,567,8", "0,001", "1_000"]
)
def test_an_amount_that_can_be_misread_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        EuroKind().read(written)


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
def test_every_amount_survives_storing_and_showing(amount: Decimal) -> None:
    kind = EuroKind()
    stored = kind.store(kind.read(amount))
    assert kind.read(stored) == amount
    assert kind.read(kind.show(stored, "it")) == amount
    assert kind.read(kind.show(stored, "en")) == amount


def test_times_are_read_with_point_colon_or_none() -> None:
    kind = TimeKind()
    assert [kind.read(one) for one in ("9", "9:30", "9.30", "0930", "9h30", 0.5)] == [
        time(9), time(9, 30), time(9, 30), time(9, 30), time(9, 30), time(12),
    ]  # fmt: skip


def test_a_list_where_one_choice_is_wanted_is_told_as_such() -> None:
    with pytest.raises(Invalid, match="only_one"):
        ChoiceKind(choices={"other": ("Altro", "Other")}).read(["other"])


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (EmailKind(), ["lucia@comune.rimini.it", "a.b-c+d@x-y.example", "nicolò@università.it"],
         ["lucia@x", "lucia", "@x.it", "a@b@c.it", "a b@x.it", "Lucia <l@x.it>", "a@x.it; b@x.it", "a@x..it"]),
        (PhoneKind(), ["0541 123456", "+39 333/12.34-567", "(0541) 123", "112", "0541 1234 int. 12", "0541 123456 (Int. 5)", "0541 123456 ext 5", "0541 123; 333 1234567", 3331234567.0],
         ["12", "0541", "0541 1", "sera", "0541 abc", "+", "0541 123;", "333 1234567 (ore 9)"]),
    ],
)  # fmt: skip
def test_an_address_and_a_telephone_number_have_their_form(kind: TextKind, right: list[Any], wrong: list[str]) -> None:
    for one in right:
        assert kind.stored(kind.read(one)) == kind.read(one)
    for one in wrong:
        with pytest.raises(Invalid):
            kind.read(one)
        assert kind.stored(one) is None


def test_yes_and_no_are_read_in_both_languages() -> None:
    assert [FlagKind().read(one) for one in ("sì", "SI", "x", "yes", True, 1)] == [True] * 6
    assert [FlagKind().read(one) for one in ("no", "n", "falso", False, 0)] == [False] * 5


def test_excel_values_are_read_without_detours() -> None:
    assert DateKind().read(datetime(2021, 4, 14)) == date(2021, 4, 14)
    assert MinutesKind().read(timedelta(hours=30, minutes=5)) == 1805
    assert MinutesKind().read(time(1, 30)) == 90
    assert IntKind().read(12.0) == 12
    assert TextKind().read(12.0) == "12"


@pytest.mark.parametrize("hostile", ["a\x1b[2Jb", "a\x00b", "a\x9bb", "\ud800", "a\u202eb"])
def test_control_sequences_are_refused_in_texts(hostile: str) -> None:
    with pytest.raises(Invalid) as caught:
        TextKind().read(hostile)
    assert caught.value.code == "control_characters"


def test_the_seconds_of_an_excel_time_are_not_lost_and_a_date_is_no_duration() -> None:
    for odd in (time(1, 30, 30), timedelta(seconds=30)):
        with pytest.raises(Invalid, match="not_whole_minutes"):
            MinutesKind().read(odd)
    with pytest.raises(Invalid, match="not_minutes"):
        MinutesKind().read(datetime(2021, 4, 14))


def test_the_line_breaks_of_word_and_web_pages_are_line_breaks() -> None:
    assert LongTextKind().read("a\u2028b\u2029c\r\nd") == "a\nb\nc\nd"
    with pytest.raises(Invalid, match="one_line"):
        TextKind().read("a\u2028b")


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567890123.0, "1234567890123"), (-30000.0, "-30000"), (0.1 + 0.2, "0.3"), (1e300, "1e+300"), (float("nan"), "nan"),
     (Decimal("Infinity"), "Infinity"), (Decimal("12.50"), "12.50"), (Decimal("100"), "100")],
)  # fmt: skip
def test_a_whole_number_is_told_with_all_its_digits(value: float | Decimal, text: str) -> None:
    assert plain_number(value) == text


def test_a_code_that_a_spreadsheet_made_a_number_is_the_code_still() -> None:
    assert MunicipalityKind().read(99014.0) == MunicipalityKind().read("099014")
    assert LinkKind(to="training.course").read(12.0) == "12"


@pytest.mark.parametrize("kind", [CountryKind(), LanguageKind(), MunicipalityKind()])
def test_every_name_that_is_shown_can_be_typed_back(kind: CountryKind | LanguageKind | MunicipalityKind) -> None:
    codes = list(getattr(tables, kind.table)())
    for lang in ("it", "en"):
        assert [kind.read(kind.show(code, lang)) for code in codes] == codes


def test_empty_parts_of_a_list_of_choices_are_left_out() -> None:
    assert ChoicesKind(choices={"a": ["Alfa", "Alpha"], "b": ["Beta", "Beta"]}).read("alfa, ,beta,") == ["a", "b"]


@pytest.mark.parametrize("name", ["..", "a\x1b[2J.pdf", "a\nb", "a/b", "a\\b", ""])
def test_the_name_of_an_attachment_is_no_path_and_no_control_sequence(name: str) -> None:
    kept = "sha256:" + "0" * 64 + "/"
    assert AttachmentKind().read(kept + "verbale 1 (è).pdf")
    with pytest.raises(Invalid):
        AttachmentKind().read(kept + name)


def test_texts_that_look_like_formulas_or_markup_are_just_texts() -> None:
    assert TextKind().read(" =1+1 ") == "=1+1"
    assert TextKind().read("D'Amico [tirocinante]") == "D'Amico [tirocinante]"


@given(st.text(max_size=40))
def test_garbage_is_refused_with_a_known_problem_never_with_another_error(text: str) -> None:
    for kind in (DateKind(), TimeKind(), MinutesKind(), EuroKind(), IntKind(), FlagKind(), TextKind()):
        with contextlib.suppress(Invalid):
            kind.store(kind.read(text))


@given(st.one_of(st.text(max_size=12), st.from_regex(r"[0-9TW:+-]{5}|[0-9W-]{10}", fullmatch=True)))
def test_a_text_that_looks_stored_is_read_as_anybody_would_read_it(text: str) -> None:
    if (day := typed.stored_date(text)) is not None:
        assert (day, day.isoformat()) == (typed.read_date(text), text)
    if (moment := typed.stored_time(text)) is not None:
        assert (moment, f"{moment:%H:%M}") == (typed.read_time(text), text)


def test_a_time_may_be_written_with_a_comma_and_an_hour_that_is_not_is_named() -> None:
    assert f"{typed.read_time('8,30'):%H:%M}" == "08:30"
    with pytest.raises(Invalid) as raised:
        typed.read_time("25:99")
    assert raised.value.code == "no_such_hour"


@pytest.mark.parametrize(
    "typed",
    ["2021/22", "2021/2022", "2021-2022", "2021-22", "21/22", "21-22", "2021 – 2022", "a.s. 2021/22", "A.S.2021/2022"],
)
def test_a_school_year_is_typed_as_schools_write_it(typed: str) -> None:
    assert SchoolYearKind().read(typed) == SchoolYearKind().stored("2021/22") == "2021/22"


@pytest.mark.parametrize("typed", ["2021", 2021, "2021/23", "2021/2021", "22/21", "1/2", "2021/", "x", "2021/220"])
def test_what_is_no_school_year_is_told_with_how_one_is_written(typed: Any) -> None:
    with pytest.raises(Invalid) as refused:
        SchoolYearKind().read(typed)
    assert "2020/21" in Problem(refused.value.code, None, refused.value.params).text("it")


def test_the_school_year_of_a_century_that_ends_is_told() -> None:
    assert SchoolYearKind().read("2099/2100") == "2099/00"
