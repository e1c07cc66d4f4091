"""Running a plugin's rules: whatever one of them does wrong is a problem, told with the plugin's line, and never a crash."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .context import Context
from .labels import Label
from .problems import Problem

if TYPE_CHECKING:
    from .record import Change, Declared, Record

T = TypeVar("T")
MOST = 200  # characters of a failure: the name that is wrong stands at its end, but a document would fill the screen


def run_rules(record: "Declared", context: Context | None) -> list[Problem]:
    """Has the record's computed fields filled; the problems that its rules yield, and those of rules that do not work."""
    ruled: Any = record if context is not None and hasattr(record, "check_with") else None
    found: list[Problem] = []
    if ruled:
        try:
            ruled.compute(context)
        except BaseException as error:
            found.append(failed(error, type(record), ruled.compute))
    found += own_problems(record)
    if ruled:
        found += _problems(record, ruled.check_with, context)
    return found


def own_problems(record: "Declared") -> list[Problem]:
    """What the record's `check` yields, and that it does not work."""
    return _problems(record, record.check)


def follow(cls: "type[Record]", doc: Mapping[str, Any], context: Context) -> "tuple[list[Change], list[Problem]]":
    """What a saved record brings about in others, and the problem of a rule that does not work."""
    return _run(cls, _change, cls.follow, doc, context)


def failed(error: BaseException, cls: type["Declared"], rule: Callable[..., Any], answer: object = None) -> Problem:
    """The problem of a rule that does not work; raises again what is not the rule's own: Ctrl+C, and a signal to end.

    Parameters:
        answer: what the rule gave, when something was wrong with that.
    """
    import traceback

    frames = [*traceback.walk_tb(error.__traceback__)]
    last = frames[-1][0].f_globals.get("__name__") if frames else ""
    if isinstance(error, KeyboardInterrupt) or (isinstance(error, SystemExit) and _package(last) == _package(__name__)):
        raise error
    own = [(one.f_code, line) for one, line in frames if _package(one.f_globals.get("__name__")) == _package(cls.__module__)]  # fmt: skip
    if not own and (paused := getattr(answer, "gi_frame", None)):  # it yielded what is no problem
        own = [(paused.f_code, paused.f_lineno)]
    elif not own and (code := getattr(rule, "__code__", None)):
        own = [(code, code.co_firstlineno)]
    where = f"{Path(own[-1][0].co_filename).name}:{own[-1][1]}" if own else cls.__module__
    told = f"{cls.declaration.table or cls.__name__}, {where}: {said(error)}"
    return Problem("rule_failed", None, {"value": Label(told, told)})  # any other value would be cut at 80 characters


def said(error: BaseException) -> str:
    """The error in one line."""
    import traceback

    what = " ".join(traceback.format_exception_only(error)[-1].split())  # stands an error that cannot be printed
    return what if len(what) <= MOST else what[: MOST - 1] + "…"


def _package(module: object) -> str:
    return str(module).partition(".")[0]


def _problems(record: "Declared", rule: Callable[..., Iterable[Problem]], *given: Any) -> list[Problem]:
    cls = type(record)

    def sound(one: Any) -> Problem:
        if not isinstance(one, Problem):
            raise TypeError(f"{rule.__name__} yields self.problem(…), and not a {type(one).__name__}")
        if one.field is not None and str(one.field).partition(".")[0] not in cls.declaration.by_name:
            raise LookupError(f"problem({one.field!r}): there is no such field")
        # Each would raise when somebody reads the problem, or looks whether it is told already.
        one.text("it"), one.text("en"), str(one.params), hash((one.code, one.field, one.wording))
        return one

    found, failures = _run(cls, sound, rule, *given)
    return found + failures


def _run(
    cls: type["Declared"], sound: Callable[[Any], T], rule: Callable[..., Iterable[Any]], *given: Any
) -> tuple[list[T], list[Problem]]:
    found: list[T] = []
    answer = None
    try:
        answer = rule(*given)
        if not isinstance(answer, Iterable):
            raise TypeError(f"{rule.__name__} has to yield, and returned a {type(answer).__name__}")
        for one in answer:
            found.append(sound(one))
    except BaseException as error:  # a rule may raise anything, sys.exit() included
        return found, [failed(error, cls, rule, answer)]
    return found, []


def _change(one: Any) -> "Change":
    table, uid, values = one
    if not (isinstance(table, str) and isinstance(uid, str) and isinstance(values, Mapping)):
        raise TypeError("follow yields (table, id, {field: value})")
    return table, uid, dict(values)
