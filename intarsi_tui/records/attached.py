"""Attached files as records name them: `sha256:…/name`, alone, in a list, or in the rows of a small table."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from .declaration import Declaration, Field
from .kind import as_text
from .linked_kinds import AttachmentKind, RowsKind
from .privacy import CLASSES, Privacy
from .problems import Invalid

# What stands for a file that is not taken in yet, while the rest of its record is checked.
NOT_YET = "sha256:" + "0" * 64


class Named(NamedTuple):
    """A file that a record names.

    Attributes:
        path: of the field as problems have it: `minutes_file`, `annexes.2`, `parts.1.receipt`.
        fields: the field itself, after the rows that it stands in.
        value: `sha256:…/name`.
    """

    path: str
    fields: tuple[Field, ...]
    value: str

    @property
    def digest(self) -> str:
        """Sixty-four hexadecimal digits."""
        return self.value[7:71]

    @property
    def name(self) -> str:
        """The name that the file had."""
        return self.value[72:]

    @property
    def privacy(self) -> Privacy:
        """The strictest class on the way to the file."""
        return max((field.privacy for field in self.fields), key=CLASSES.index)

    @property
    def exported(self) -> bool:
        """Whether the file may leave the office at all."""
        return all(field.exported for field in self.fields)

    def label(self, lang: str) -> str:
        """`Annexes 2`, `Parts 1 Receipt`: as a person calls the place."""
        numbers = [part for part in self.path.split(".") if part.isdigit()]
        words = (field.label(lang) for field in self.fields)
        return " ".join(f"{word} {numbers.pop(0)}" if numbers else word for word in words)


def has_files(declaration: Declaration) -> bool:
    """Whether records of `declaration` can name files."""
    return any(
        has_files(field.kind.declaration)
        if isinstance(field.kind, RowsKind)
        else isinstance(field.kind, AttachmentKind)
        for field in declaration.fields
    )


def named_in(declaration: Declaration, doc: Mapping[str, Any]) -> Iterator[Named]:
    """The files that a stored document names, in the order of its fields."""
    for field in declaration.fields:
        stored = doc.get(field.name)
        if not stored:
            continue
        if field.kind.name == "attachment":
            yield Named(field.name, (field,), stored)
        elif field.kind.name == "attachments":
            yield from (Named(f"{field.name}.{number}", (field,), one) for number, one in enumerate(stored, 1))
        elif isinstance(field.kind, RowsKind):
            for number, row in enumerate(stored, 1):
                for one in named_in(field.kind.declaration, row):
                    yield Named(f"{field.name}.{number}.{one.path}", (field, *one.fields), one.value)


def taken_in(
    declaration: Declaration, values: Mapping[str, Any], take: Callable[[str, str], str], before: str = ""
) -> dict[str, Any]:
    """Typed or JSON values with every file in them replaced by what `take` makes of it.

    What cannot be read stays as it is: reading the record says what is wrong with it.

    Parameters:
        take: given the path of the field (`annexes.2`), and what was typed or `sha256:…/name`; returns the latter.
        before: the path of the row that is looked at, such as `parts.1.`.
    """
    taken = dict(values)
    for field in declaration.fields:
        raw, place = values.get(field.name), before + field.name
        if raw is None or raw == "":
            continue
        if field.kind.name == "attachment":
            taken[field.name] = _taken(raw, place, take)
        elif field.kind.name == "attachments":
            parts = field.kind.parts(raw)  # type: ignore[attr-defined]
            taken[field.name] = [_taken(one, f"{place}.{number}", take) for number, one in enumerate(parts, 1)]
        elif isinstance(field.kind, RowsKind) and has_files(field.kind.declaration):
            try:
                rows = field.kind.read(raw)
            except Invalid:
                continue
            taken[field.name] = [
                taken_in(field.kind.declaration, row, take, f"{place}.{number}.") if isinstance(row, dict) else row
                for number, row in enumerate(rows, 1)
            ]
    return taken


def _taken(raw: Any, place: str, take: Callable[[str, str], str]) -> Any:
    if isinstance(raw, Mapping) and {"hash", "name"} <= raw.keys():  # as `told` gives it out
        raw = f"{raw['hash']}/{raw['name']}"
    if isinstance(raw, (int, float)):  # out of a cell: a file called 12
        raw = as_text(raw)
    return take(place, raw.strip()) if isinstance(raw, str) else raw


def told(declaration: Declaration, doc: Mapping[str, Any], size_of: Callable[[str], int | None]) -> dict[str, Any]:
    """A stored document with each of its files as an object: name, hash, and size in bytes (`None` when it is gone)."""

    def one(value: str) -> dict[str, Any]:
        return {"name": value[72:], "hash": value[:71], "size": size_of(value)}

    shown = dict(doc)
    for field in declaration.fields:
        stored = doc.get(field.name)
        if not stored:
            continue
        if field.kind.name == "attachment":
            shown[field.name] = one(stored)
        elif field.kind.name == "attachments":
            shown[field.name] = [one(value) for value in stored]
        elif isinstance(field.kind, RowsKind):
            shown[field.name] = [told(field.kind.declaration, row, size_of) for row in stored]
    return shown
