"""From raw values to a record and all of its problems."""

import difflib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from .context import Context
from .declaration import Declaration
from .problems import Problem, errors
from .rules import own_problems, run_rules

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

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
    for name, info in _filled(cls):
        if name not in raw:
            values[name] = info.get_default(call_default_factory=True, validated_data={})
    partial = cls.model_construct(**values)
    found = errors(own_problems(partial))
    failed = any(problem.code == "rule_failed" for problem in found)
    return [] if failed else [problem for problem in found if problem.field and problem.field not in wrong]


@cache  # of fifty fields a dozen do not start empty, and an import may ask for each of 10,000 rows
def _filled(cls: type[D]) -> "list[tuple[str, FieldInfo]]":
    return [(name, info) for name, info in cls.model_fields.items() if info.default is not None or info.default_factory]


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
