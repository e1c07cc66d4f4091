"""From raw values to a record and all of its problems."""

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from .context import Context
from .declaration import Declaration
from .problems import Problem, errors

if TYPE_CHECKING:
    from .record import Declared

D = TypeVar("D", bound="Declared")

# pydantic's own errors that our kinds can still raise, in our words. Everything else is `invalid`.
PYDANTIC = {"missing": "required", "extra_forbidden": "unknown_field", "string_type": "invalid"}


def prepare(declaration: Declaration, raw: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """`raw` without empty values and unknown names; the unknown ones come back as problems with the likeliest name."""
    known = declaration.by_name
    problems, kept = [], {}
    for name, value in raw.items():
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            hint = f": {near[0]}?" if near else ""
            problems.append(Problem("unknown_field", str(name), {"value": name, "hint": hint}))
        elif value is not None and not (isinstance(value, str) and not value.strip()):
            kept[name] = value
    return kept, problems


def collect(
    cls: type[D], raw: dict[str, Any], problems: list[Problem], context: Context | None
) -> tuple[D | None, list[Problem]]:
    """The record of `raw` with its field problems, then the problems of its own rules."""
    try:
        record = cls.model_validate(raw)
    except ValidationError as error:
        problems = problems + list(_of_pydantic(error, cls.declaration))
        return None, problems + _rules_on_the_rest(cls, raw, problems)
    return record, problems + run_rules(record, context)


def run_rules(record: "Declared", context: Context | None) -> list[Problem]:
    """The record's computed fields, then its rules; a rule that raises is itself a problem, never a crash."""
    found: list[Problem] = []
    ruled: Any = record if context is not None and hasattr(record, "check_with") else None
    try:
        if ruled:
            ruled.compute(context)
    except Exception as error:  # a plugin's rule may raise anything
        found.append(_failed(error, type(record)))
    try:
        found.extend(record.check())
    except Exception as error:
        found.append(_failed(error, type(record)))
    try:
        if ruled:
            found.extend(ruled.check_with(context))
    except Exception as error:
        found.append(_failed(error, type(record)))
    return found


def _failed(error: Exception, cls: type) -> Problem:
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{cls.__module__}:{frame.tb_lineno if frame else '?'}"
    return Problem("rule_failed", None, {"value": f"{cls.__name__}, {where}: {error!r}"})


def _rules_on_the_rest(cls: type[D], raw: dict[str, Any], problems: Iterable[Problem]) -> list[Problem]:
    """Rules over the fields that could be read, so that a person sees everything at once.

    A rule may trip over a field that is missing here; what it says of such a field is left out.
    """
    wrong = {(problem.field or "").partition(".")[0] for problem in problems}
    values = dict.fromkeys(cls.model_fields)
    for field in cls.declaration.fields:
        if field.name not in wrong and field.name in raw:
            try:
                values[field.name] = field.kind.read(raw[field.name])
            except ValueError:
                return []
        elif field.name in raw:
            continue
        else:
            values[field.name] = cls.model_fields[field.name].get_default(call_default_factory=True, validated_data={})
    partial = cls.model_construct(**values)
    try:
        return [problem for problem in errors(partial.check()) if problem.field and problem.field not in wrong]
    except Exception:
        return []


def _of_pydantic(error: ValidationError, declaration: Declaration) -> Iterator[Problem]:
    for one in error.errors(include_url=False):
        # Rows count from 1 for people; Annotated layers leave names of functions in `loc`, which no field has.
        parts = [str(part + 1) if isinstance(part, int) else str(part) for part in one["loc"]]
        parts = [part for part in parts if not part.startswith("function-")]
        code = PYDANTIC.get(one["type"]) or (one["type"] if "ctx" in one or _ours(one["type"]) else "invalid")
        context = {key: value for key, value in one.get("ctx", {}).items() if not isinstance(value, Exception)}
        params = (
            context
            if _ours(code) and context
            else {"value": parts[-1] if code == "unknown_field" else one.get("input", "")}
        )
        yield Problem(code if _ours(code) else "invalid", ".".join(parts) or None, params)


def _ours(code: str) -> bool:
    from .wordings import WORDINGS

    return code in WORDINGS
