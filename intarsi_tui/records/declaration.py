"""What a record is, as plain data: the one declaration that lists, forms, commands, imports and reports are derived from.

A declaration can be cached as JSON, so that nothing that only reads needs pydantic or the plugin itself.
"""

import datetime
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import basic_kinds, coded_kinds, linked_kinds  # noqa: F401 - they register their kinds
from .dated import Calendar, Deadline
from .kind import Kind
from .labels import NO_WORDS, Label
from .linked_kinds import LinkKind, PseudonymKind, RowsKind
from .privacy import Privacy

# Kinds whose value is a list; a single value of an older declaration becomes its only one.
SEVERAL = frozenset(("attachments", "choices", "links"))
# Kinds that are shown the same in both languages, as texts that a search looks through.
TEXTS = frozenset(
    (
        "text",
        "long_text",
        "email",
        "phone",
        "pseudonym",
        "tax_code",
        "school_code",
        "school_year",
        "attachment",
        "attachments",
    )
)
# Kinds whose stored form nobody sees: a search looks through what stands on the screen for them.
CODED = frozenset(("choice", "choices", "municipality", "country", "language"))
DOTS = "•••"  # in the place of a name that is kept back
SEARCHED_ENVELOPE = frozenset(("number", "state", "wp", "activity", "void_reason", "internal_notes"))


@dataclass(frozen=True)
class Field:
    """One field of a record.

    Attributes:
        required: "save" (never without it), "confirm" (a draft may lack it), or "" (may stay empty).
        privacy: the class in force; `declared` is False when the declaration gave none (then it is `personal`).
        in_list: shown as a column of lists, a number above 1 being its usual width; the order of declaration is the
            priority when the screen is narrow.
        key: unique in its table, and good for addressing a record (a code, a pseudonym).
        given: written by the program only (envelope, pseudonym, computed); people read it.
        envelope: part of what every record has.
        exported: False for notes that never leave.
        default: JSON value of a new record's field, `None` when it starts empty.
        deadlines: what has to be done by the field's date.
        likeness: what it says of who is meant: name, born, code, or "".
        was: what the field was called in older versions of the declaration.
    """

    name: str
    kind: Kind
    label: Label
    help: Label | None = None
    section: Label | None = None
    required: str = ""
    privacy: Privacy = "personal"
    declared: bool = True
    in_list: int = False
    key: bool = False
    index: bool = False
    given: bool = False
    envelope: bool = False
    exported: bool = True
    default: Any = None
    deadlines: tuple[Deadline, ...] = ()
    likeness: str = ""
    was: tuple[str, ...] = ()

    def show(self, doc: Mapping[str, Any], lang: str) -> str:
        """The field's value of `doc` as a person reads it, "" when empty."""
        stored = doc.get(self.name)
        return "" if stored is None else self.kind.show(stored, lang)

    def to_json(self) -> dict[str, Any]:
        plain = Field(self.name, self.kind, self.label)
        changed = {
            name: getattr(self, name)
            for name in self.__dataclass_fields__
            if getattr(self, name) != getattr(plain, name)
        }
        if self.deadlines:
            changed["deadlines"] = [one.to_json() for one in self.deadlines]
        return {**changed, "name": self.name, "kind": self.kind.to_json(), "label": self.label}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Field":
        labels = {key: Label(*data[key]) for key in ("label", "help", "section") if data.get(key)}
        deadlines = tuple(Deadline.from_json(one) for one in data.get("deadlines", ()))
        kind, was = Kind.from_json(data["kind"]), tuple(data.get("was", ()))
        return cls(**{**data, **labels, "kind": kind, "deadlines": deadlines, "was": was})


@dataclass(frozen=True)
class Declaration:
    """One record (or one row inside a record).

    Attributes:
        table: `training.session`; "" for rows.
        label, plural: wording of one and of many.
        title: names of the fields that make up how a record is called where it is linked to.
        date: name of the field that gives the record its date (year of its number, period of a report); "" is the day it was added.
        calendar: how its records are appointments, `None` when they are none.
        version: raised by the plugin when stored records have to change; the store remembers the one that its records have.
            0 is a register whose plugin is not there, which can only be read.
        was: tables in which older versions of the plugin kept these records.
        masked: fields that the app shows of a minor only when they are asked for; `born` is the field with the date of birth.
        also: other words for these records, by which they are found.
    """

    table: str
    label: Label
    plural: Label
    fields: tuple[Field, ...]
    title: tuple[str, ...] = ()
    date: str = ""
    calendar: Calendar | None = None
    version: int = 1
    was: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    born: str = ""
    also: Label = NO_WORDS

    @property
    def plugin(self) -> str:
        """`training`"""
        return self.table.partition(".")[0]

    @property
    def record(self) -> str:
        """`session`"""
        return self.table.partition(".")[2]

    @property
    def command(self) -> str:
        """`school-request`"""
        return self.record.replace("_", "-")

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    def label_of(self, path: str, lang: str) -> str:
        """What the place of a problem is called: `agenda.2.topic` is `Agenda 2 Topic`; what is no field stays as it is."""
        declaration: Declaration | None = self
        words = []
        for part in path.split("."):
            field = declaration.by_name.get(part) if declaration else None
            words.append(field.label(lang) if field else part)
            if field and isinstance(field.kind, RowsKind):
                declaration = field.kind.declaration
        return " ".join(words)

    @cached_property
    def stores(self) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
        """Each field's way from value to JSON, `None` where both are the same: every save and every check asks all of them."""
        return tuple(
            (field.name, None if type(field.kind).store is Kind.store else field.kind.store) for field in self.fields
        )

    @cached_property
    def pseudonyms(self) -> tuple[Field, ...]:
        """Fields that the store fills with a code that means nothing."""
        return tuple(field for field in self.fields if isinstance(field.kind, PseudonymKind))

    @cached_property
    def to_confirm(self) -> tuple[str, ...]:
        """The fields that a confirmed record has filled."""
        return tuple(field.name for field in self.fields if field.required == "confirm")

    @cached_property
    def own(self) -> tuple[Field, ...]:
        """The fields that the plugin declared, without the envelope."""
        return tuple(field for field in self.fields if not field.envelope)

    @cached_property
    def editable(self) -> tuple[Field, ...]:
        """The fields that a person fills in, envelope codes last."""
        fields = [field for field in self.fields if not field.given]
        return tuple(sorted(fields, key=lambda field: field.envelope))

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        """The fields of a list: number first, then those declared `in_list` (else the first four), then the state."""
        chosen = [field for field in self.own if field.in_list] or list(self.own[:4])
        ends = [self.by_name[name] for name in ("number", "state") if name in self.by_name]
        return (*ends[:1], *chosen, *ends[1:])

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.key)

    @cached_property
    def links(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if isinstance(field.kind, LinkKind))

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The fields that hold rows."""
        return tuple(field.name for field in self.fields if isinstance(field.kind, RowsKind))

    @cached_property
    def linking(self) -> tuple[Field, ...]:
        """The fields that may refer to other records, themselves or in their rows."""
        return tuple(field for field in self.fields if isinstance(field.kind, (LinkKind, RowsKind)))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The fields that say who is meant, themselves or in their rows."""
        return tuple(
            field.name
            for field in self.fields
            if field.likeness or (isinstance(field.kind, RowsKind) and field.kind.declaration.telling)
        )

    @cached_property
    def leading(self) -> "tuple[tuple[str, str, Declaration | None], ...]":
        """Name of each field that refers to other records, and to which register; or its rows, where they do."""
        rows = ((one.name, one.kind.declaration) for one in self.linking if isinstance(one.kind, RowsKind))
        return (
            *((one.name, one.kind.target, None) for one in self.linking if isinstance(one.kind, LinkKind)),
            *((name, "", row) for name, row in rows if row.leading),
        )

    @cached_property
    def searched(self) -> tuple[Field, ...]:
        """The fields that a search looks through.

        Links are not among them, since what they lead to is searched instead; nor yes and no, which are parts of nearly every word.
        """
        listed = {field.name for field in self.columns} if self.table else set[str]()
        return tuple(field for field in self.fields if _searched(field, field.name in listed))

    @cached_property
    def wording(self) -> str:
        """A checksum of what `searched` finds its words by: 2 ms for all registers, so that it is cached with the rest."""
        return f"{zlib.crc32(json.dumps(self._wording, ensure_ascii=False).encode(errors='replace')):08x}"

    @property
    def _wording(self) -> list[Any]:
        kinds = [
            (
                one.name,
                one.kind.name,
                one.kind.declaration._wording if isinstance(one.kind, RowsKind) else one.kind.params,
            )
            for one in self.searched
        ]
        return [self.title, kinds]

    @cached_property
    def _older_names(self) -> dict[str, str]:
        return {old: field.name for field in self.fields for old in field.was}

    @cached_property
    def renames(self) -> bool:
        """Whether a field was called otherwise in older versions, in rows too."""
        rows = (field.kind.declaration for field in self.fields if isinstance(field.kind, RowsKind))
        return bool(self._older_names) or any(row.renames for row in rows)

    def renamed(self, doc: Mapping[str, Any]) -> dict[str, Any]:
        """`doc` with today's names of its fields, in rows too; a single value where there are several now is their only one."""
        if not self.renames:
            return dict(doc)
        new: dict[str, Any] = {}
        for old, value in doc.items():
            name = self._older_names.get(old, old)
            if name != old and (name in doc or name in new):  # both there: neither is lost
                name = old
            field = self.by_name.get(name)
            if field and isinstance(field.kind, RowsKind) and isinstance(value, list):
                rows = field.kind.declaration
                value = [rows.renamed(row) if isinstance(row, dict) else row for row in value]
            elif name != old and field and field.kind.name in SEVERAL and not isinstance(value, (list, type(None))):
                value = [value]
            new[name] = value
        return new

    def title_of(self, doc: Mapping[str, Any], lang: str) -> str:
        """How `doc` is called, such as `Bianchi Giulia` or `D-7K3QX`, by its own fields; `Office.title_of` follows links too."""
        own = (self.by_name[name] for name in self.title if not isinstance(self.by_name[name].kind, LinkKind))
        words = (field.show(doc, lang) for field in own)
        return " ".join(word for word in words if word) or str(doc.get("number") or doc.get("id", ""))[:13]

    def masks(self, doc: Mapping[str, Any], today: datetime.date) -> bool:
        """Whether `doc` is of somebody who is under eighteen today, or may be, since no date of birth is known."""
        if not self.masked:
            return False
        return not "" < str(doc.get(self.born) or "") <= self.grown(today)

    @staticmethod
    def grown(today: datetime.date) -> str:
        """The last day of birth of those who are eighteen; as text, since 29 February has no such day each year."""
        return f"{today.year - 18:04d}-{today.month:02d}-{today.day:02d}"

    def day_of(self, doc: Mapping[str, Any]) -> str:
        """The ISO day that the record belongs to."""
        day = doc.get(self.date) if self.date else None
        return str(day or doc.get("created_at", ""))[:10]

    def to_json(self) -> dict[str, Any]:
        return {
            "table": self.table, "label": self.label, "plural": self.plural, "title": self.title, "date": self.date,
            "fields": [field.to_json() for field in self.fields],
            "calendar": self.calendar.to_json() if self.calendar else None, "version": self.version, "was": self.was,
            "masked": self.masked, "born": self.born, "also": self.also, "wording": self.wording,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Declaration":
        found = cls(
            data["table"], Label(*data["label"]), Label(*data["plural"]),
            tuple(Field.from_json(field) for field in data["fields"]), tuple(data["title"]), data["date"],
            Calendar(**data["calendar"]) if data.get("calendar") else None,
            data["version"], tuple(data["was"]), tuple(data["masked"]), data["born"], Label(*data["also"]),
        )  # fmt: skip
        found.__dict__["wording"] = data["wording"]
        return found


def _searched(field: Field, listed: bool) -> bool:
    if field.envelope:
        return field.name in SEARCHED_ENVELOPE
    kind = field.kind
    if isinstance(kind, RowsKind):
        return True
    if isinstance(kind, LinkKind) or kind.name == "flag":
        return False
    return listed or bool(field.in_list) or kind.name in TEXTS | CODED or kind.name == "date"
