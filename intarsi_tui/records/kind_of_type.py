"""A sensible kind for plain annotations (`int`, `str | None`, `Literal[...]`, an `Enum`) that name none of ours."""

import enum
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from .basic_kinds import DateKind, EuroKind, FlagKind, IntKind, OtherKind, TextKind, TimeKind
from .coded_kinds import ChoiceKind
from .kind import Kind

PLAIN: dict[Any, type[Kind]] = {
    str: TextKind, int: IntKind, bool: FlagKind, date: DateKind, time: TimeKind, Decimal: EuroKind,
}  # fmt: skip


def kind_for(annotation: Any) -> Kind:
    """The kind of a plain annotation; anything unknown is typed and shown as JSON."""
    if annotation in PLAIN:
        return PLAIN[annotation]()
    if get_origin(annotation) is Literal:
        return ChoiceKind(choices={str(value): [str(value)] * 2 for value in get_args(annotation)})
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum) and issubclass(annotation, str):
        return ChoiceKind(choices={str(one.value): [one.name.replace("_", " ").capitalize()] * 2 for one in annotation})
    return OtherKind()
