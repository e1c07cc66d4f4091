"""`Record` and `Row`: what plugin authors subclass. The declaration is read off the class when it is made."""

import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from . import kind_of_type, stored
from .context import Context
from .dated import Calendar
from .declaration import Declaration, Field
from .fields import SPEC, Spec, envelope, several
from .kind import Kind
from .labels import NO_WORDS, Label, both, plain
from .linked_kinds import PseudonymKind, RowsKind
from .privacy import UNDECLARED
from .problems import Invalid, Problem
from .reading import collect, prepare
from .rules import run_rules
from .types import Choice, LongText, Moment, Text

STATES = {
    "draft": ("bozza", "draft"),
    "confirmed": ("confermato", "confirmed"),
    "sent": ("trasmesso", "sent"),
    "void": ("annullato", "void"),
}


# Table, identifier and new values of a record that another one changes.
Change = tuple[str, str, dict[str, Any]]


def _is_declared(info: FieldInfo) -> bool:
    return isinstance(info.json_schema_extra, dict) and "x-kind" in info.json_schema_extra


def _declare(name: str, info: FieldInfo) -> Field:
    extra = info.json_schema_extra
    spec: Any = extra.pop(SPEC) if isinstance(extra, dict) and SPEC in extra else Spec()
    assert isinstance(spec, Spec)
    core, optional = _without_none(info.annotation)
    kinds = [one for one in info.metadata if isinstance(one, Kind)]
    if get_origin(core) is Annotated:
        kinds += [one for one in get_args(core)[1:] if isinstance(one, Kind)]
        rest = [one for one in get_args(core)[1:] if not isinstance(one, Kind)]
        core = Annotated[get_args(core)[0], *rest] if rest else get_args(core)[0]
    kind = (kinds[0] if kinds else kind_of_type.kind_for(core)).with_params(**_params(core, spec, kinds))
    given = spec.given or isinstance(kind, PseudonymKind)
    if (optional or given) and info.is_required():
        info.default = None if optional else ""
    info.metadata = [one for one in info.metadata if not isinstance(one, Kind)]
    typed = Annotated[core, kind]  # type: ignore[valid-type]
    info.annotation = typed | None if optional else typed
    label = spec.label or (Label(info.title, info.title) if info.title else plain(name))
    info.title = label.en
    info.json_schema_extra = {
        **kind.json_schema(),
        "x-label-it": label.it,
        "x-kind": kind.name,
        "x-privacy": spec.privacy or UNDECLARED,
    }
    return Field(
        name, kind, label, spec.help, spec.section,
        required=spec.required or ("save" if info.is_required() else ""),
        privacy=spec.privacy or UNDECLARED, declared=spec.privacy is not None,
        in_list=spec.in_list, key=spec.key or isinstance(kind, PseudonymKind), index=spec.index, given=given,
        envelope=spec.envelope, exported=spec.exported, deadlines=spec.deadlines, likeness=spec.likeness, was=spec.was,
        default=None if info.is_required() else _default(name, kind, info),
    )  # fmt: skip


def _default(name: str, kind: Kind, info: FieldInfo) -> Any:
    """The stored form of a field's default, which pydantic itself takes unread."""
    default = info.get_default(call_default_factory=True, validated_data={})
    if default in (None, ""):
        return None
    try:
        stored = kind.store(default)
        good = kind.store(kind.read(stored)) == stored
    except (Invalid, TypeError, AttributeError):
        good = False
    if not good:
        raise ValueError(f"{name}: default={default!r} is no value of a field of the kind “{kind.name}”")
    return stored


def _params(core: Any, spec: Spec, kinds: list[Kind]) -> dict[str, Any]:
    if kinds and isinstance(kinds[0], RowsKind):
        row = get_args(core)[0]
        if not (isinstance(row, type) and issubclass(row, Row)):
            raise TypeError("rows are declared as Rows[YourRow], with class YourRow(Row, it=…, en=…)")
        return {"row": row.declaration, **spec.params}
    return spec.params


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        others = [one for one in get_args(annotation) if one is not type(None)]
        if len(others) < len(get_args(annotation)):
            return (others[0] if len(others) == 1 else Union[tuple(others)]), True  # noqa: UP007 - built at run time
    return annotation, False


def _declaration(cls: "type[Declared]", fields: tuple[Field, ...], table: str) -> Declaration:
    own = [field for field in fields if not field.envelope]
    title = cls.declared_title or tuple(field.name for field in [f for f in own if f.in_list][:2] or own[:1])
    dates = [field.name for field in own if field.kind.name == "date"]
    needed = [field.name for field in own if field.kind.name == "date" and field.required]
    date = cls.declared_date or next(iter([*needed, *dates]), "")
    return Declaration(
        table, cls.declared_label, cls.declared_plural, fields, title, date, cls.declared_calendar,
        cls.declared_version, cls.declared_was, cls.declared_masked, cls.declared_born, cls.declared_also,
    )  # fmt: skip


class Declared(BaseModel):
    """Common ground of records and rows."""

    # Built on first use: a start that only lists never pays for schemas (65 ms of pydantic alone).
    model_config = ConfigDict(defer_build=True, extra="forbid", protected_namespaces=())

    declaration: ClassVar[Declaration]
    declared_label: ClassVar[Label]
    declared_plural: ClassVar[Label]
    declared_title: ClassVar[tuple[str, ...]] = ()
    declared_date: ClassVar[str] = ""
    declared_calendar: ClassVar[Calendar | None] = None
    declared_version: ClassVar[int] = 1
    declared_was: ClassVar[tuple[str, ...]] = ()
    declared_masked: ClassVar[tuple[str, ...]] = ()
    declared_born: ClassVar[str] = ""
    declared_also: ClassVar[Label] = NO_WORDS

    def __init_subclass__(
        cls,
        it: str = "",
        en: str = "",
        plural: tuple[str, str] | None = None,
        title: tuple[str, ...] = (),
        date: str = "",
        calendar: Calendar | None = None,
        version: int = 1,
        was: tuple[str, ...] = (),
        masked: tuple[str, ...] = (),
        born: str = "",
        also: tuple[str, str] = ("", ""),
        **kwargs: Any,
    ) -> None:
        """Parameters of a declaration.

        Parameters:
            it, en: what one record is called.
            plural: what many are called, Italian and English.
            title: fields that make up a record's name where it is linked to; the first two list columns otherwise.
            date: field that gives the record its date; the first required date otherwise.
            calendar: how its records are appointments.
            version: to be raised whenever stored records have to change: fields renamed (`was`), or an `upgrade`.
            was: tables in which older versions kept these records, such as `registry.family`.
            masked: fields that the app shows of a minor only when they are asked for, which is logged.
            born: the field with the date of birth that tells minors.
            also: other words for these records, Italian and English, by which they are found where one types what one looks for.
        """
        super().__init_subclass__(**kwargs)
        words = plain(cls.__name__)
        cls.declared_label = both((it or words.it, en or words.en))
        cls.declared_plural = both(plural) if plural else cls.declared_label
        # pydantic keeps a class argument called `title` for itself, as a setting that we do not need.
        names: Any = cls.model_config.pop("title", None) or title
        cls.declared_title = several(names)
        cls.declared_date = date
        cls.declared_calendar = calendar
        cls.declared_version, cls.declared_was = version, several(was)
        cls.declared_masked, cls.declared_born = several(masked), born
        cls.declared_also = both(also)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        inherited = cls.declaration.by_name if hasattr(cls, "declaration") else {}
        fields = tuple(
            # An inherited field was declared by its own class, which took its Spec.
            inherited[name] if _is_declared(info) else _declare(name, info)
            for name, info in cls.model_fields.items()
        )
        cls.declaration = _declaration(cls, fields, "")

    @classmethod
    def parse(cls, raw: dict[str, Any], context: Context | None = None) -> tuple[Self | None, list[Problem]]:
        """A record from typed, JSON or Excel values, and all its problems at once.

        The record is `None` when a field could not be read. Links are taken as they are: the store resolves them.
        """
        if (made := stored.reader(cls)) and (record := made(raw)) is not None:
            return record, run_rules(record, context)
        return collect(cls, *prepare(cls.declaration, raw), context)

    @classmethod
    def again(cls, stored_doc: dict[str, Any], context: Context | None) -> tuple[dict[str, Any], list[Problem]] | None:
        """What a stored record would be stored as today, and its problems; `None` when it is not as we write it.

        Raises:
            ValueError, TypeError, AttributeError, ArithmeticError: a computed value that cannot be stored.
        """
        made = stored.reader(cls)
        record = made(stored_doc) if made else None
        if record is None:
            return None
        before = record.__dict__.copy()
        rows = [(some, [vars(one).copy() for one in some]) for name in cls.declaration.rows if (some := before[name])]
        problems = run_rules(record, context)
        if record.__dict__ == before and (not rows or all([vars(one) for one in some] == were for some, were in rows)):
            return stored_doc, problems
        doc = dict(stored_doc)
        # Of most fields nothing became of what was read, so that their stored form need not be made again.
        for name, store in cls.declaration.stores:
            value = record.__dict__[name]
            if value is not before[name] or (store and type(value) is list):
                doc[name] = store(value) if store and value is not None else value
        return doc, problems

    def doc(self) -> dict[str, Any]:
        """The stored form: JSON values, empty fields left out."""
        values = self.__dict__
        return {
            name: store(value) if store else value
            for name, store in self.declaration.stores
            if (value := values.get(name)) is not None
        }

    def check(self) -> Iterator[Problem]:
        """The record's own rules. Override it and yield `self.problem(...)`."""
        return iter(())

    def problem(self, field: str | None, *, it: str, en: str, warning: bool = False, **params: Any) -> Problem:
        """A problem in a plugin's own words; `{name}` in them is filled from `params`."""
        return Problem("rule", field, params, Label(it, en), "warning" if warning else "error")


class Row(Declared):
    """One row of a small table inside a record. Subclass it and use it as `Rows[YourRow]`."""


class Record(Declared):
    """One kind of record. Subclass it in a plugin: `class Loan(Record, it="Prestito", en="Loan")`."""

    id: Text = envelope("Identificativo", "Identifier", default="")
    number: Text | None = envelope("N.", "No.")
    state: Choice = envelope(
        "Stato",
        "State",
        default="draft",
        privacy="public",
        params={"choices": {code: list(label) for code, label in STATES.items()}},
    )
    partner: Text = envelope("Partner", "Partner", given=False, default="")
    site: Text = envelope("Sede", "Site", default="")
    wp: Text | None = envelope("Codice WP", "WP code", given=False)
    activity: Text | None = envelope("Codice attività", "Activity code", given=False)
    created_by: Text = envelope("Creato da", "Created by", default="", privacy="personal")
    created_at: Moment = envelope("Creato il", "Created at", default="")
    changed_by: Text = envelope("Modificato da", "Changed by", default="", privacy="personal")
    changed_at: Moment = envelope("Modificato il", "Changed at", default="")
    void_reason: LongText | None = envelope("Motivo annullamento", "Reason for voiding", privacy="personal")
    internal_notes: LongText | None = envelope(
        "Note interne", "Internal notes", given=False, privacy="personal", exported=False
    )

    @classmethod
    def upgrade(cls, old: dict[str, Any], version: int, add: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
        """A stored record of an older version as this one stores it. Override it where `was` is not enough.

        Parameters:
            old: the stored document, fields that `was` renames already under their new names.
            version: of the declaration that it was written under, lower than the present one.
            add: `add("plugin.record", {…})` makes a draft of another register, of stored values.
        """
        return old

    def check_with(self, context: Context) -> Iterator[Problem]:
        """Rules that look at other records. Override it and yield `self.problem(...)`."""
        return iter(())

    @classmethod
    def goes_on(cls, doc: Mapping[str, Any], today: date) -> bool:
        """Whether the stored record is under way or still to come; what it names cannot be voided under it.

        An appointment is until its day is over, unless it was called off. Override it for what lasts, such as a stay.
        """
        calendar, declaration = cls.declared_calendar, cls.declaration
        if calendar is None or doc.get(calendar.status) in calendar.cancelled:
            return False
        return str(doc.get(calendar.until) or doc.get(declaration.date, "")) >= today.isoformat()

    @classmethod
    def follow(cls, doc: Mapping[str, Any], context: Context) -> Iterator[Change]:
        """What the saved record `doc` brings about in others, written in the same operation: table, id, values to edit.

        Override it and yield. It runs after every change of a record, voiding and removing included; the records that it changes are
        checked like any other, and one undo takes all of it back.
        """
        return iter(())

    def compute(self, context: Context) -> None:
        """Fills the fields declared `computed=True`, before the rules run. Override it and assign to them."""


__all__ = ["STATES", "Declared", "Record", "Row", "ValidationError"]
