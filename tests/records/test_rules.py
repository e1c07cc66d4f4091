"""A plugin's rule that does not work is a problem of the record, told with the plugin's line, whatever it does."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intarsi_tui.records import clock
from intarsi_tui.records.fields import field
from intarsi_tui.records.problems import Problem
from intarsi_tui.records.record import Record
from intarsi_tui.records.types import Text


class Unsayable:
    """A value that cannot be shown."""

    def __str__(self) -> str:
        raise RuntimeError("no words")

    __repr__ = __str__


def raises(self: Any) -> Iterator[Any]:
    yield self.no_such_attribute_with_a_name_that_is_longer_than_what_fits_a_line_of_the_screen_of_a_terminal


def yields_a_text(self: Any) -> Iterator[Any]:
    yield "no"


def returns_a_list(self: Any) -> Any:
    return ["x"]


def returns_a_problem(self: Any) -> Any:
    return self.problem("name", it="No", en="No")


def returns_nothing(self: Any) -> Any:
    return None


def names_no_field(self: Any) -> Iterator[Any]:
    yield self.problem("bak_on", it="No", en="No", warning=True)


def words_that_are_none(self: Any) -> Iterator[Any]:
    yield self.problem("name", it=5, en=5)


def a_value_that_raises(self: Any) -> Iterator[Any]:
    yield self.problem("name", it="{what}", en="{what}", what=Unsayable())


def leaves(self: Any) -> Iterator[Any]:
    sys.exit(0)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (raises, "fits_a_line_of_the_screen_of_a_terminal'"),
        (yields_a_text, "check yields self.problem(…), and not a str"),
        (returns_a_list, "check yields self.problem(…), and not a str"),
        (returns_a_problem, "check has to yield, and returned a Problem"),
        (returns_nothing, "check has to yield, and returned a NoneType"),
        (names_no_field, "problem('bak_on'): there is no such field"),
        (words_that_are_none, "AttributeError"),
        (a_value_that_raises, "RuntimeError: no words"),
        (leaves, "SystemExit: 0"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_rule_that_does_not_work_is_told_with_its_line_and_the_others_go_on(
    rule: Callable[[Any], Any], said: str
) -> None:
    class Thing(Record, it="Cosa", en="Thing"):
        name: Text = field(it="Nome", en="Name", privacy="internal")

        def check(self) -> Iterator[Problem]:
            given: Iterator[Problem] = rule(self)
            return given

        def check_with(self, context: Any) -> Iterator[Problem]:
            yield self.problem("name", it="Altra", en="Another")

    Thing.check.__name__ = "check"
    context: Any = clock  # a context that no rule asks anything
    _, [first, second] = Thing.parse({"name": "x"}, context)
    assert (first.code, second.text("en")) == ("rule_failed", "Another")
    told = first.text("en").replace(f"{rule.__name__} ", "check ")
    assert said in told
    assert "(Thing, test_rules.py:" in told


@pytest.mark.parametrize("rule", [raises, yields_a_text, leaves], ids=lambda one: one.__name__)
def test_the_line_is_that_of_the_plugins_own_file(rule: Callable[[Any], Any]) -> None:
    cls = type("Thing", (Record,), {"check": rule, "__module__": __name__})
    _, [problem] = cls.parse({})
    assert f"test_rules.py:{rule.__code__.co_firstlineno + 1}: " in problem.text("en")


def test_ctrl_c_in_a_rule_is_no_failure_of_the_rule() -> None:
    class Slow(Record, it="Lenta", en="Slow"):
        name: Text = field(it="Nome", en="Name", privacy="internal")

        def check(self) -> Iterator[Problem]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Slow.parse({"name": "x"})
