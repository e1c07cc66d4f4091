"""Filters of maps and indicators: field values that a record must have."""

from collections.abc import Mapping
from typing import Any

from ..records.kind import Kind

# What counts unless a filter says otherwise: drafts are not facts yet, void records no longer.
COUNTED = ("confirmed", "sent")


def stored(kind: Kind, wanted: Any) -> list[Any]:
    """What a filter wants, one value or several, as a document holds it; of a field with several codes or links, one each.

    Raises:
        Invalid: a value that the field cannot have.
    """
    several = kind.name in ("choices", "links")
    values = [
        kind.store(kind.read([one] if several else one)) for one in (wanted if isinstance(wanted, list) else [wanted])
    ]
    return [value[0] for value in values] if several else values


def matches(doc: Mapping[str, Any], wanted: Mapping[str, list[Any]]) -> bool:
    """Whether `doc` has one of the wanted values in each field; void records do only if the filter asks for them."""
    if "state" not in wanted and doc.get("state") == "void":
        return False
    for name, values in wanted.items():
        found = doc.get(name)
        if not any(one in values for one in (found if isinstance(found, list) else [found])):
            return False
    return True
