"""A sensible kind for plain annotations (`int`, `str | None`, `Literal[...]`, an `Enum`) that name none of ours."""

import enum
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from .basic_kinds import DateKind, EuroKind, FlagKind, IntKind, OtherKind, TextKind, TimeKind
from .coded_kinds import ChoiceKind
from .kind import Kind
from .labels import plain

PLAIN: dict[Any, type[Kind]] = {
    str: TextKind, int: IntKind, bool: FlagKind, date: DateKind, time: TimeKind, Decimal: EuroKind,
}  # fmt: skip


def kind_for(annotation: Any) -> Kind:
    """The kind of a plain annotation; anything unknown is typed and shown as JSON."""
    if annotation in PLAIN:
        return PLAIN[annotation]()
    labels: dict[Any, str] = {}
    if get_origin(annotation) is Literal:
        labels = {value: str(value) for value in get_args(annotation)}
    elif isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        labels = {one.value: plain(one.name).it for one in annotation}
    if labels and all(isinstance(code, str) for code in labels):
        return ChoiceKind(choices={code: [label, label] for code, label in labels.items()})
    return OtherKind()
