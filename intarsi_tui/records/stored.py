"""Reading stored values back: a record made field by field where its class adds nothing to what its kinds say.

pydantic asks every kind through a function of its own and looks at its answer again; of values that we wrote ourselves
the answer is known. Whatever is not as we write it is left to pydantic, so that both always find the same.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from operator import call
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from .kind import Kind
from .linked_kinds import RowsKind

if TYPE_CHECKING:
    from .record import Declared

D = TypeVar("D", bound="Declared")
Read = Callable[[Any], Any]
REPEATED = ("partner", "site", "wp", "activity", "created_by", "changed_by")
PLAIN = (str, int, bool, Decimal, datetime.date, datetime.time, list[str])
_set: Callable[[Any, str, Any], None] = object.__setattr__


@cache
def reader(cls: "type[D]") -> "Callable[[dict[str, Any]], D | None] | None":
    """What makes a record of `cls` of its stored form, and `None` of a form that we do not write.

    `None` itself for a class that checks values in ways of its own.
    """
    from .record import Declared

    checks = cls.__pydantic_decorators__
    if (
        checks.validators or checks.field_validators or checks.root_validators or checks.model_validators
        or cls.__private_attributes__ or cls.__pydantic_custom_init__ or cls.model_config != Declared.model_config
        or cls.model_post_init is not Declared.model_post_init
    ):  # fmt: skip
        return None
    reads, empty, required, own = dict[str, Read](), dict[str, Any](), set[str](), dict[str, Any]()
    for field in cls.declaration.fields:
        info = cls.model_fields[field.name]
        read = _of_field(field.kind, info.annotation) if not (info.metadata or info.validation_alias) else None
        if read is None:
            return None
        reads[field.name] = lru_cache(1_000)(read) if field.name in REPEATED else read
        empty[field.name] = None
        if info.is_required():
            required.add(field.name)
            continue
        default = info.get_default(call_default_factory=False)
        if info.default_factory or not isinstance(
            default, (str, int, Decimal, datetime.date, datetime.time, type(None))
        ):
            own[field.name] = info
        empty[field.name] = default

    reading = reads.__getitem__

    def made(raw: dict[str, Any]) -> "D | None":
        try:  # without a loop of Python's, which took longer than the reading
            read = dict(zip(raw, map(call, map(reading, raw), raw.values())))  # noqa: B905 - of one dict
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        if None in read.values() or not raw.keys() >= required:
            return None
        values = {**empty, **read}
        for name, info in own.items():
            if name not in raw:
                values[name] = info.get_default(call_default_factory=True, validated_data={})
        record = cls.__new__(cls)
        _set(record, "__dict__", values)
        _set(record, "__pydantic_fields_set__", set(raw))
        _set(record, "__pydantic_extra__", None)
        _set(record, "__pydantic_private__", None)
        return record

    return made


def _of_field(kind: Kind, annotation: Any) -> Read | None:
    """The way back of one field, `None` where its annotation asks for more than its kind."""
    some = [one for one in get_args(annotation) if one is not type(None)]
    if get_origin(annotation) is not None and len(some) == 1 and type(None) in get_args(annotation):
        annotation = some[0]
    core, *rest = get_args(annotation) if hasattr(annotation, "__metadata__") else (annotation,)
    if rest != [kind]:
        return None
    if not isinstance(kind, RowsKind):
        return kind.reading if core in PLAIN else None
    (row,) = get_args(core)
    made = reader(row)

    def rows(stored: Any) -> list[Any] | None:
        if type(stored) is not list or made is None:
            return None
        found = [made(one) for one in stored if type(one) is dict and one]
        return found if len(found) == len(stored) and all(one is not None for one in found) else None

    return rows if made else None
