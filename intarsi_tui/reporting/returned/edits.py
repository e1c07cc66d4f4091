"""The changes of a returned workbook, gathered record by record, and written through the checks of every import."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...exchange.columns import numbered_title
from ...exchange.matching import Register
from ...host.office import Office
from ...records.declaration import Declaration, Field
from ...records.labels import Label
from ...records.problems import Invalid, Problem, Rejected, Severity

if TYPE_CHECKING:
    from ...exchange.imports import Outcome

Doc = Mapping[str, Any]

WORDINGS = {
    code: Label(it, en)
    for code, it, en in (
        (
            "newer",
            "«{value}» era nel registro ed è stato cambiato dopo in «{now}»: resta così; per tornare indietro correggere il record",
            "“{value}” was in the register and was changed to “{now}” since: that stays; to go back correct the record",
        ),
        (
            "left_empty",
            "la cella è vuota e il registro ha «{now}»: resta così; per toglierlo correggere il record",
            "the cell is empty and the register has “{now}”: that stays; to take it out correct the record",
        ),
        (
            "elsewhere",
            "«{value}» è di un altro registro ({target}), che ha «{now}»: correggerlo lì",
            "“{value}” belongs to another register ({target}), which has “{now}”: correct it there",
        ),
        (
            "no_such_number",
            "«{value}» non è in questo registro: lasciare la cella vuota per un record nuovo",
            "“{value}” is not in this register: leave the cell empty for a new record",
        ),
        (
            "other_number",
            "«{value}» non è di questo record, che ha «{now}»: rimettere la cella com'era",
            "“{value}” is not this record's, which has “{now}”: put the cell back as it was",
        ),
        (
            "unnamed",
            "«{value}»: un foglio per questo destinatario non dice di quale record è, e non prende righe nuove; rimettere la cella com'era e correggere in «{register}»",
            "“{value}”: a workbook for this audience does not say which record this is of, and takes no new rows; put the cell back as it was and correct it in “{register}”",
        ),
        (
            "written_here",
            "«{value}», scritto a mano, resta solo in questo file: «{register}» non ha niente da riportare per il periodo; per averlo nel registro scriverlo lì, confermarlo e compilare di nuovo",
            "“{value}”, written by hand, stays in this file only: “{register}” has nothing to report for the period; to have it in the register write it there, confirm it and fill again",
        ),
        (
            "whose_row",
            "non si capisce a quale record appartiene la riga: ripetere le colonne del record come nelle altre righe",
            "it is not clear which record the row belongs to: repeat the record's columns as in the other rows",
        ),
        (
            "formula_error",
            "la formula della cella dà l'errore {value}: scrivere il valore",
            "the cell's formula gives the error {value}: write the value",
        ),
        (
            "not_calculated",
            "la formula della cella non è stata calcolata: aprire e salvare il file in Excel o LibreOffice",
            "the cell's formula has not been worked out: open and save the file in Excel or LibreOffice",
        ),
        (
            "copied_row",
            "il record è già nella riga {value}: per un record nuovo svuotare le celle del numero e dei codici, altrimenti togliere la riga",
            "the record is already in row {value}: for a new record empty its cells of number and codes, else take the row out",
        ),
        (
            "copied_sheet",
            "il foglio «{value}» è già di questo record: lasciarne uno solo",
            "the sheet “{value}” is already about this record: leave one of them only",
        ),
        (
            "two_values",
            "un'altra cella dà «{now}» allo stesso campo dello stesso record: lasciare un valore solo",
            "another cell gives “{now}” to the same field of the same record: leave one value only",
        ),
        (
            "which_group",
            "non si capisce di che cosa tratta il foglio: rimettere le celle in alto com'erano",
            "it is not clear what the sheet is about: put the cells at its top back as they were",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class PlacedProblem(Problem):
    """A problem of one cell, or of one row, of a workbook.

    Attributes:
        sheet: the sheet's name.
        cell: `Registro!F12`; "" when the row or the sheet is meant.
        label: the field's label.
    """

    sheet: str = ""
    cell: str = ""
    label: Label | None = None

    @classmethod
    def of_sheet(cls, code: str, name: str, **params: object) -> "PlacedProblem":
        return cls(code, None, params, WORDINGS[code], sheet=name)


@dataclass(frozen=True)
class Source:
    """A row of the workbook: its sheet, its number, and the cells of the fields that it fills."""

    sheet: str
    row: int
    cells: dict[str, str] = field(default_factory=dict)

    def place(self, name: str) -> str:
        """The cell of a field, "" when it has none."""
        return self.cells.get(name, "")


@dataclass
class Edit:
    """What one record becomes. `inside` has, by rows field, the changed rows by position; `added` those that are new."""

    declaration: Declaration
    doc: Doc
    source: Source
    values: dict[str, Any] = field(default_factory=dict)
    inside: dict[str, dict[int, tuple[Source, dict[str, Any]]]] = field(default_factory=dict)
    added: dict[str, list[tuple[Source, dict[str, Any]]]] = field(default_factory=dict)

    def raw(self) -> tuple[dict[str, Any], dict[str, Source]]:
        """The fields as the register takes them, and where each row of a rows field came from: `agenda.2` → its source."""
        raw, sources = dict(self.values), dict[str, Source]()
        for name in dict.fromkeys((*self.inside, *self.added)):
            rows = [dict(row) for row in self.doc.get(name, [])]
            for at, (source, values) in self.inside.get(name, {}).items():
                rows[at] |= values
                sources[f"{name}.{at + 1}"] = source
            for source, values in self.added.get(name, []):
                rows.append(values)
                sources[f"{name}.{len(rows)}"] = source
            raw[name] = rows
        return raw, sources


class Edits:
    """All changes of one workbook."""

    def __init__(self, office: Office, lang: str) -> None:
        self.office, self.lang = office, lang
        self.problems: list[Problem] = []
        self.ignored: dict[str, None] = {}
        self.unchanged = self.newer = self.without_row = 0
        self._edits: dict[tuple[str, str], Edit] = {}
        self._new: list[tuple[Declaration, dict[str, Any], Source]] = []
        self._told: list[tuple[str, str, str, str, str]] = []

    def wrong(
        self, code: str, source: Source, cell: str = "", one: Field | None = None, severity: Severity = "error",
        **params: object,
    ) -> None:  # fmt: skip
        """A problem of a cell, or of a whole row."""
        label, name = (one.label, one.name) if one else (None, None)
        wording = WORDINGS[code]
        problem = PlacedProblem(code, name, params, wording, severity, source.row, source.sheet, cell, label)
        if problem not in self.problems:
            self.problems.append(problem)

    def refused(self, invalid: Invalid | Problem, source: Source, cell: str, one: Field) -> None:
        """A cell that its field cannot have."""
        where = source.row, source.sheet, cell, one.label
        self.problems.append(PlacedProblem(invalid.code, one.name, invalid.params, None, "error", *where))

    def edit(self, declaration: Declaration, doc: Doc, source: Source) -> Edit:
        """The edit of a record; `doc` is the record as it is stored."""
        return self._edits.setdefault((declaration.table, doc["id"]), Edit(declaration, doc, source))

    def set(self, values: dict[str, Any], one: Field, value: Any, place: str, source: Source) -> None:
        """Gives a field a value, unless another cell has given it a different one."""
        if one.name in values and values[one.name] != value:
            self.wrong("two_values", source, place, one, now=self.show(one, values[one.name]))
        values[one.name] = value
        source.cells.setdefault(one.name, place)

    def change(self, place: str, edit: Edit, one: Field, before: Any, after: Any) -> None:
        """Notes a change for people."""
        called = numbered_title(self.office, edit.declaration.table, edit.doc)
        self._told.append((place, called, one.label(self.office.lang), self.show(one, before), self.show(one, after)))

    def add(self, declaration: Declaration, values: dict[str, Any], source: Source) -> None:
        """A new record."""
        self._new.append((declaration, values, source))
        self.change_row(declaration, values, source, "")

    def change_row(self, declaration: Declaration, values: Mapping[str, Any], source: Source, record: str) -> None:
        """Notes a new record, or a new row inside one, for people."""
        told = (self.show(one, values[one.name]) for one in declaration.fields if one.name in values)
        place = next(iter(source.cells.values()), source.sheet)
        self._told.append((place, record, declaration.label(self.office.lang), "", " · ".join(filter(None, told))))

    def show(self, one: Field, stored: Any) -> str:
        return "" if stored is None else self.office.show(one, {one.name: stored})

    def told(self) -> Iterator[tuple[str, str, str, str, str]]:
        yield from self._told

    def apply(self, outcome: "Outcome") -> None:
        """Writes everything, inside an operation; refusals go to the problems, with their cells."""
        registers: dict[str, Register] = {}

        def register(declaration: Declaration, names: Mapping[str, Any]) -> Register:
            if declaration.table not in registers:
                fields = [one for one in declaration.fields if one.name in names]
                registers[declaration.table] = Register(self.office.table(declaration.table), fields)
            return registers[declaration.table]

        for edit in self._edits.values():
            raw, sources = edit.raw()
            if not raw:
                continue
            try:
                what, warnings = register(edit.declaration, {}).update(edit.doc, raw, edit.source.row)
            except Rejected as rejected:
                outcome.problems += [
                    self._placed(one, edit.declaration, edit.source, sources) for one in rejected.problems
                ]
                continue
            _count(outcome, what)
            outcome.problems += [self._placed(one, edit.declaration, edit.source, sources) for one in warnings]
        registers.clear()
        for declaration, values, source in self._new:
            try:
                what, warnings = register(declaration, values).add(values, source.row)
            except Rejected as rejected:
                outcome.problems += [self._placed(one, declaration, source, {}) for one in rejected.problems]
                continue
            _count(outcome, what)
            outcome.problems += [self._placed(one, declaration, source, {}) for one in warnings]

    def _placed(
        self, problem: Problem, declaration: Declaration, source: Source, sources: Mapping[str, Source]
    ) -> PlacedProblem:
        """The problem with its cell: that of the field, or of the field of a row inside."""
        name, one = problem.field or "", declaration.by_name.get((problem.field or "").partition(".")[0])
        start, _, last = name.rpartition(".")
        if start in sources:
            source, name = sources[start], last
            one = one.kind.declaration.by_name.get(last) if one else None  # type: ignore[attr-defined]
        label = one.label if one else None
        return PlacedProblem(
            problem.code, problem.field, problem.params, problem.wording, problem.severity, source.row, source.sheet,
            source.place(name), label,
        )  # fmt: skip


def _count(outcome: "Outcome", what: str) -> None:
    setattr(outcome, what, getattr(outcome, what) + 1)
