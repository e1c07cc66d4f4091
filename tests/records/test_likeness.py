"""Names as they are heard, and who may be the same."""

import pytest

from intarsi_tui.records.likeness import Traits, alike, heard, words_heard


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohamed", "Muhammad"), ("Youssef", "Yusuf"), ("Aisha", "Aicha"), ("Ahmed", "Ahmad"), ("Osman", "Usman"),
        ("Fatoumata", "Fatumata"), ("Traoré", "TRAORE"), ("Khadija", "Hadija"), ("Giamal", "Jamal"), ("Philip", "Filip"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert heard(one) == heard(other)


@pytest.mark.parametrize(("one", "other"), [("Amina", "Samira"), ("Joy", "Grace"), ("Kone", "Diallo")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert heard(one) != heard(other)


def test_a_name_in_another_script_stays_a_name() -> None:
    assert words_heard("محمد علي") == words_heard("علي محمد")
    assert words_heard("محمد") != words_heard("علي")


def of(name: str, born: str = "", *codes: str) -> Traits:
    return Traits((words_heard(name),), born, frozenset(codes))


def test_why_two_may_be_the_same() -> None:
    one = of("Haile Amina", "1990-04-03", "X")
    assert alike(one, of("Other Name", "1950-01-01", "X")) == "code"
    assert alike(one, of("Amina Haile", "1990-04-03")) == "name_born"
    assert alike(one, of("Amina", "1990-04-03")) == "name_born"
    assert alike(one, of("Amina Haile", "1990-01-01")) == "name_year"
    assert alike(one, of("Amina Haile")) == "name_year"
    assert alike(one, of("Amina Haile", "1962-04-03")) == ""
    assert alike(one, of("Amina", "1990-01-01")) == ""
    assert alike(one, of("Haile Joy", "1990-04-03")) == ""
    assert alike(of("Comune di Rimini"), of("RIMINI, Comune di"), dated=False) == "name"
