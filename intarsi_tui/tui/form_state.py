"""What is typed into a form, apart from any widget: sections, values, what was understood, what is wrong."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..host.office import Office
from ..project.attachments import Later
from ..project.errors import ProjectError
from ..project.file_names import as_path, clean_name
from ..records.attached import NOT_YET, taken_in
from ..records.declaration import Declaration, Field
from ..records.labels import Label
from ..records.linked_kinds import ATTACHED
from ..records.problems import Invalid, Problem, errors
from ..reference import identifiers
from .texts import _, one_line

# These hold what was chosen; all others hold what was typed.
CHOSEN = frozenset(("choice", "choices", "flag", "picker", "pickers", "rows", "files"))
# What every record has and people fill in. A plugin that declares one of these anew, to give it choices, does not make it a field of its own.
EVERYWHERE = frozenset(("partner", "wp", "activity", "internal_notes"))

DAYS = (
    Label("lun", "Mon"),
    Label("mar", "Tue"),
    Label("mer", "Wed"),
    Label("gio", "Thu"),
    Label("ven", "Fri"),
    Label("sab", "Sat"),
    Label("dom", "Sun"),
)


class FormState:
    """The values of a form.

    Attributes:
        doc: the record as it was when the form opened, `None` for a new one.
        values: by field, what was typed or chosen; empty fields are left out.
        problems: what the last check found.
    """

    def __init__(self, office: Office, declaration: Declaration, doc: dict[str, Any] | None = None) -> None:
        self.office, self.declaration, self.doc = office, declaration, doc
        self.fields = [field for field in declaration.editable if field.kind.name != "other" or field.required]
        self.start = self._begin()
        self.values = dict(self.start)
        self.problems: Sequence[Problem] = ()
        self.touched: set[str] = set()

    def _begin(self) -> dict[str, Any]:
        return {field.name: value for field in self.fields if (value := self._initial(field)) not in (None, [])}

    def _initial(self, field: Field) -> Any:
        stored = self.doc.get(field.name) if self.doc is not None else field.default
        if stored is None or field.kind.widget in CHOSEN or field.kind.name == "attachment":
            return stored
        return field.kind.show(stored, self.office.lang)

    @property
    def sections(self) -> list[tuple[str, list[Field]]]:
        """Heading and fields of each section; what every record has comes last."""
        first = self.declaration.label(self.office.lang)
        found: list[tuple[str, list[Field]]] = [(first, [])]
        for field in self.fields:
            if field.envelope or field.name in EVERYWHERE:
                continue
            if field.section:
                found.append((field.section(self.office.lang), []))
            found[-1][1].append(field)
        found.append(
            (_("Codes and notes"), [field for field in self.fields if field.envelope or field.name in EVERYWHERE])
        )
        return [(heading, fields) for heading, fields in found if fields]

    def set(self, name: str, value: Any) -> bool:
        """Takes a new value; whether it is another one than before."""
        empty = value is None or value == [] or (isinstance(value, str) and not value.strip())
        before = self.values.get(name)
        if empty:
            self.values.pop(name, None)
        else:
            self.values[name] = value
        return before != self.values.get(name)

    @property
    def changes(self) -> dict[str, Any]:
        """The fields that differ from what the form opened with; emptied ones are `None`."""
        names = [*self.values, *(name for name in self.start if name not in self.values)]
        found = {name: self.values.get(name) for name in names if self.values.get(name) != self.start.get(name)}
        return {name: value for name, value in found.items() if not self._means_the_same(name, value)}

    def _means_the_same(self, name: str, value: Any) -> bool:
        """Whether a value was only typed otherwise than it is shown, as `1234,5` for `1.234,50 €`: nobody changed it."""
        field = self.declaration.by_name[name]
        if not isinstance(value, str) or name not in self.start or field.kind.widget in CHOSEN:
            return False
        try:
            return bool(field.kind.store(field.kind.read(value)) == (self.doc or {}).get(name, field.default))
        except Invalid:
            return False

    @property
    def before(self) -> dict[str, Any] | None:
        """The changed fields as they were stored when the form opened, `None` for a new record."""
        return None if self.doc is None else {name: self.doc.get(name) for name in self.changes}

    def know(self, known: Mapping[str, Any]) -> None:
        """Begins with these values, which are none of a person's changes."""
        self.start |= {name: value for name, value in known.items() if name not in self.start}
        self.values = dict(self.start)

    def take_up(self, values: dict[str, Any], before: dict[str, Any] | None) -> None:
        """Goes on with a draft: only what was changed then is changed now, on the record as it is today."""
        if self.doc is None or before is None:
            self.values = dict(values)
        else:
            self.doc = {name: value for name, value in {**self.doc, **before}.items() if value is not None}
            self.start = self._begin()
            rest = {name: value for name, value in self.start.items() if name not in before}
            self.values = rest | {name: values[name] for name in before if name in values}
        self.touched = set(self.changes)

    def afresh(self, doc: dict[str, Any] | None) -> None:
        """Begins again with the record as it is stored now; what was typed is dropped."""
        self.doc, self.problems = doc, ()
        self.start = self._begin()
        self.values = dict(self.start)
        self.touched = set()

    def rebase(self, present: dict[str, Any], given_up: Collection[str]) -> None:
        """Goes on from the record as somebody else saved it; own changes stay, but those of `given_up`."""
        own = {name: value for name, value in self.changes.items() if name not in given_up}
        self.doc, self.problems = dict(present), ()
        self.start = self._begin()
        kept = {**self.start, **own}
        self.values = {name: value for name, value in kept.items() if value is not None}

    def understood(self, field: Field) -> str:
        """What the program makes of the value of `field`, "" when it says nothing more than what stands there."""
        value = self.values.get(field.name)
        if not isinstance(value, str) or field.kind.widget in CHOSEN:
            return ""
        if field.kind.name == "attachment":
            name = one_line(field.kind.show(value, self.office.lang))
            return file_note(self.office, value).removeprefix(f"{name} ")
        try:
            read = field.kind.read(value)
        except Invalid:
            return ""
        if field.kind.name == "date":
            written = field.kind.show(read.isoformat(), self.office.lang)
            day = DAYS[read.weekday()](self.office.lang)
            return day if written == value.strip() else f"{written} {day}"
        said = one_line(field.kind.show(field.kind.store(read), self.office.lang))
        if field.kind.name == "tax_code":
            return tax_code_told(said, self.office)
        return said if said != value.strip() else ""

    def check_field(self, field: Field) -> Problem | None:
        """What is wrong with the text of one field, taken alone."""
        value = self.values.get(field.name)
        if value is None:
            return None
        if field.kind.name in ("attachment", "attachments"):
            wrong = (self._check_file(field, one) for one in ([value] if isinstance(value, str) else value))
            return next((problem for problem in wrong if problem), None)
        if field.kind.widget in CHOSEN:
            return None
        try:
            field.kind.read(value)
        except Invalid as invalid:
            return Problem(invalid.code, field.name, invalid.params)
        return None

    def _check_file(self, field: Field, value: str) -> Problem | None:
        if ATTACHED.fullmatch(value):
            return None
        try:
            self.office.workspace.files.look(as_path(value))
        except ProjectError as error:
            if error.code == "no_such_file":
                return Problem("not_an_attachment", field.name, {"value": value})
            return error.as_problem(field.name)
        return None

    def check_files(self) -> list[Problem]:
        """What is wrong with the files that were named and are not taken in yet."""
        files = (field for field in self.fields if field.kind.name in ("attachment", "attachments"))
        return [problem for field in files if (problem := self.check_field(field))]

    def alone(self) -> list[Problem]:
        """What is wrong with the fields, each taken alone: enough for a row inside a record."""
        wrong = [problem for field in self.fields if (problem := self.check_field(field))]
        missing = [field for field in self.fields if field.required == "save" and field.name not in self.values]
        return wrong + [Problem("required", field.name) for field in missing]

    def of(self, field: Field) -> list[Problem]:
        """The problems of `field`, those of its rows too."""
        return [problem for problem in self.problems if (problem.field or "").partition(".")[0] == field.name]

    def value_at(self, place: str | None) -> str | None:
        """What stands at the place of a problem, such as `members.2.person`, when it is one text."""
        value: Any = self.values
        for step in (place or "").split("."):
            if isinstance(value, list):
                value = value[int(step) - 1] if step.isdecimal() and 0 < int(step) <= len(value) else None
            else:
                value = value.get(step) if isinstance(value, dict) else None
        return value if isinstance(value, str) else None

    @property
    def elsewhere(self) -> list[Problem]:
        """Problems of the whole record, or of fields that the form does not have."""
        names = {field.name for field in self.fields}
        return [problem for problem in self.problems if (problem.field or "").partition(".")[0] not in names]

    def first_error(self) -> Problem | None:
        """The error of the field that comes first in the form."""
        fields = (field for _heading, fields in self.sections for field in fields)
        return next((found[0] for field in fields if (found := errors(self.of(field)))), None)

    def with_files(self, values: dict[str, Any], files: Later) -> dict[str, Any]:
        """`values` with the hashes of the files that were named, those of rows too. Raises ProjectError."""
        return taken_in(self.declaration, values, files.value)

    def as_if_taken(self, values: dict[str, Any]) -> dict[str, Any]:
        """`values` for checking the record while its files are not looked into yet."""

        def take(_place: str, typed: str) -> str:
            return typed if ATTACHED.fullmatch(typed) else f"{NOT_YET}/{clean_name(as_path(typed).name)}"

        return taken_in(self.declaration, values, take)


def tax_code_told(code: str, office: Office) -> str:
    """What a tax code says of whom it was given to, so that somebody else's is noticed."""
    kind = identifiers.tax_code_kind(code)
    if facts := identifiers.tax_code_facts(code, office.today):
        return f"{facts.born:%d/%m/%Y} {facts.sex}"
    return {"provisional": _("provisional"), "stp": "STP", "eni": "ENI"}.get(kind or "", "")


def file_note(office: Office, value: str) -> str:
    """Name and size of a file: one that was typed, or one that is kept."""
    files, kept = office.workspace.files, ATTACHED.fullmatch(value)
    try:
        size = files.size(value) if kept else files.look(as_path(value))
    except ProjectError:
        return ""
    name = one_line(value[72:] if kept else as_path(value).name)
    if size is None:
        return _("{name} (! missing)").format(name=name)
    return f"{name} ({size // 1000 + 1} kB)"
