"""Kinds that refer to something else: other records, rows inside the record, attached files, pseudonyms."""

import json
import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from .basic_kinds import TextKind
from .kind import Kind, as_text
from .problems import Invalid

if TYPE_CHECKING:
    from .declaration import Declaration

# What the office layer turns a path into: content hash, then the name that the file had.
ATTACHED = re.compile(r"sha256:[0-9a-f]{64}/(?!\.*$)[\w .()-]+")

# A title may name a link whose title names a link …: so many steps are followed.
STEPS = 3


class LinkKind(Kind, name="link"):
    """Another record, by its UUID. What is typed (a prefix, a number, a key such as a pseudonym) is resolved by the store."""

    widget: ClassVar[str] = "picker"
    accepts = ("to",)

    @cached_property
    def target(self) -> str:
        """The table that is linked to, such as `registry.household`."""
        return str(self.params.get("to", ""))

    def read(self, raw: Any) -> str:
        text = as_text(raw)
        if not text or len(text) > 200:
            raise Invalid("no_such_record", value=raw, target=self.target)
        return text

    def stored(self, value: Any) -> Any:
        good = type(value) is str and value.isascii() and value.strip() == value and 0 < len(value) <= 200
        return value if good else None

    @cached_property
    def reading(self) -> Callable[[Any], Any]:
        # Neighbours refer to the same records. Of a class derived from this one its own way holds.
        return lru_cache(1_000)(self.stored) if type(self) is LinkKind else self.stored

    def json_schema(self) -> dict[str, Any]:
        return {"x-link": self.target}


class LinksKind(LinkKind, name="links"):
    """Several records of one table. Typed with commas or semicolons between them."""

    widget: ClassVar[str] = "pickers"
    width = 20

    def read(self, raw: Any) -> list[str]:  # type: ignore[override]  # a list where the single kind has one
        parts = re.split(r"[,;\n]", raw) if isinstance(raw, str) else raw
        if not isinstance(parts, (list, tuple)):
            raise Invalid("no_such_record", value=raw, target=self.target)
        return list(dict.fromkeys(LinkKind.read(self, part) for part in parts if str(part).strip()))

    def stored(self, value: Any) -> list[str] | None:
        if type(value) is not list or len(set(value)) < len(value):
            return None
        return [*value] if all(map(super().stored, value)) else None

    def show(self, stored: list[str], lang: str) -> str:
        return ", ".join(stored)

    def json_schema(self) -> dict[str, Any]:
        return {"items": {"type": "string", "x-link": self.target}}


class PseudonymKind(TextKind, name="pseudonym"):
    """A code that means nothing, given by the store when the record is added: `D-7K3QX`."""

    accepts = ("prefix", "max")
    width = 9


class AttachmentKind(Kind, name="attachment"):
    """A file kept by content hash in the workspace: `sha256:…/name`. Typed as a path, which the office layer takes in."""

    widget = "file"
    width = 20

    def read(self, raw: Any) -> str:
        text = str(raw).strip()
        if not ATTACHED.fullmatch(text):
            raise Invalid("not_an_attachment", value=raw)
        return text

    def stored(self, value: Any) -> Any:
        return value if type(value) is str and value.isascii() and ATTACHED.fullmatch(value) else None

    def show(self, stored: str, lang: str) -> str:
        # A path that was typed and is not taken in yet is shown as it is.
        return stored.partition("/")[2] if ATTACHED.fullmatch(stored) else stored


class AttachmentsKind(AttachmentKind, name="attachments"):
    """Several files. Typed as paths with semicolons between them, one path a line, or a list."""

    widget = "files"

    @staticmethod
    def parts(raw: Any) -> list[Any]:
        """What was typed for each of the files; a comma divides only what is kept already, as in an exported cell."""
        parts = re.split(r"[;\n]|,(?=\s*sha256:)", raw) if isinstance(raw, str) else raw
        if not isinstance(parts, (list, tuple)):
            parts = [raw]
        return [part.strip() if isinstance(part, str) else part for part in parts if str(part).strip()]

    def read(self, raw: Any) -> list[str]:  # type: ignore[override]  # a list where the single kind has one
        return list(dict.fromkeys(AttachmentKind.read(self, part) for part in self.parts(raw)))

    def stored(self, value: Any) -> list[str] | None:
        if type(value) is not list or len(set(value)) < len(value):
            return None
        return [*value] if all(super(AttachmentsKind, self).stored(one) for one in value) else None

    def show(self, stored: list[str] | str, lang: str) -> str:
        """The names; a report shows the files one by one."""
        return ", ".join(
            super(AttachmentsKind, self).show(one, lang) for one in ([stored] if isinstance(stored, str) else stored)
        )


class RowsKind(Kind, name="rows"):
    """A small table inside the record: agenda items, members, attendance. Typed one row a line, columns divided by `|`."""

    widget = "rows"
    width = 6
    accepts = ("row",)

    def __init__(self, **params: Any) -> None:
        super().__init__(**params)
        if isinstance(row := self.params.get("row"), dict):  # out of a cached declaration
            from .declaration import Declaration

            self.params["row"] = Declaration.from_json(row)

    @property
    def declaration(self) -> "Declaration":
        """The declaration of one row."""
        row: Declaration = self.params["row"]
        return row

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.name, "row": self.declaration.to_json()}

    def read(self, raw: Any) -> list[dict[str, Any]]:
        if isinstance(raw, str):
            raw = self._typed(raw)
        if not isinstance(raw, (list, tuple)):
            raise Invalid("not_rows", value=raw)
        rows = [_filled(row if isinstance(row, dict) else self._columns(row)) for row in raw]
        return [row for row in rows if row]

    def _typed(self, text: str) -> Any:
        if text.lstrip().startswith("["):
            try:
                return json.loads(text)
            except ValueError:
                raise Invalid("not_rows", value=text) from None
        return [line.split("|") for line in text.splitlines() if line.strip()]

    def _columns(self, row: Any) -> Any:
        names = [field.name for field in self.declaration.fields]
        if not isinstance(row, (list, tuple)):
            return row  # an instance of the row's class; pydantic says so when it is not
        if len(row) > len(names):
            raise Invalid("not_rows", value=" | ".join(map(str, row)))
        return {name: cell.strip() if isinstance(cell, str) else cell for name, cell in zip(names, row, strict=False)}

    def store(self, value: Any) -> list[dict[str, Any]]:
        return [row.doc() if hasattr(row, "doc") else row for row in value]

    def show(self, stored: list[dict[str, Any]], lang: str) -> str:
        """One row a line; JSON when a cell could not be read back otherwise."""
        fields = self.declaration.fields
        lines = []
        for row in stored:
            cells = [f.kind.show(row[f.name], lang) if row.get(f.name) is not None else "" for f in fields]
            if any("|" in cell or "\n" in cell for cell in cells):
                return json.dumps(stored, ensure_ascii=False)
            lines.append(" | ".join(cells).rstrip(" |"))
        return "\n".join(lines)


def _filled(row: Any) -> Any:
    """A row without its empty cells; an instance of the row's class as it is."""
    if not isinstance(row, dict):
        return row
    return {name: value for name, value in row.items() if value is not None and str(value).strip()}
