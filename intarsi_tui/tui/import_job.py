"""An import on its way through the wizard, apart from any screen: what was chosen, corrected and found so far."""

from dataclasses import dataclass
from pathlib import Path

from ..exchange import remembered
from ..exchange.adjusting import Adjusted
from ..exchange.apart import ImportProcess, Taken
from ..exchange.looking import Look
from ..host.office import Office
from ..records.declaration import Declaration, Field
from ..reference.tables import fold
from .history import when
from .kept_imports import KeptImport
from .texts import _

# Kinds whose values are picked from a list, and stored otherwise than they are called.
PICKED = frozenset(("choice", "choices", "link", "links", "country", "language", "municipality"))


@dataclass(frozen=True)
class Entry:
    """A line of the list of problems.

    Attributes:
        sign: `▲` error, `!` warning, `✓` corrected by hand, `–` row left out.
        field: name of the field, "" when the whole row is meant.
    """

    sign: str
    row: int | None
    field: str
    value: str
    text: str


class ImportJob:
    """One import.

    Attributes:
        wanted: the register that it was begun from, "" for whichever fits.
        fields: by the place of the column, the field that it is taken for; "" leaves it out.
        values: (row, field) → what was typed instead of the cell.
        without: rows that are left out.
        included: rows that are taken although they look like sums below the table.
        always: by field, what every row has whose cell is empty.
        taken: what the last check found, or what was written.
        begun: whether anything was said about the file that is not kept yet.
        told: what became of an import that is gone on with, "" for one that begins.
    """

    def __init__(self, office: Office, wanted: str = "") -> None:
        self.office, self.wanted = office, wanted
        self.process = ImportProcess(office)
        self.path = Path()
        self.look: Look | None = None
        self.fields: dict[int, str] = {}
        self.values: dict[tuple[int, str], str] = {}
        self.without: set[int] = set()
        self.included: set[int] = set()
        self.always: dict[str, str] = {}
        self.taken: Taken | None = None
        self._before: dict[int, str] = {}
        self.begun = False
        self.told = ""
        self._cells: dict[int, list[str]] = {}

    @property
    def declaration(self) -> Declaration | None:
        """The register that is written to, when it is known."""
        return self.office.declarations.get(self.look.table) if self.look else None

    @property
    def kept(self) -> KeptImport:
        """All that was said about the file."""
        look = self.look
        assert look is not None
        columns = tuple((one.at, one.heading, self.fields[one.at]) for one in look.columns)
        return KeptImport(
            self.path, look.digest, look.sheet, look.table, columns, dict(self.values), frozenset(self.without),
            dict(self._cells), always=dict(self.always), included=frozenset(self.included),
        )  # fmt: skip

    def looked(self, path: Path, look: Look, kept: KeptImport | None = None) -> None:
        """What was found in a file; what was said about it before holds on for the same sheet and register."""
        self.path, self.look, self.taken = path, look, None
        self.values, self.without, self.included, self._cells, self.always = {}, set(), set(), {}, {}
        self.told = ""
        self.fields = {one.at: one.field for one in look.columns}
        self._before = remembered.remembered(self.office, look.table, look.columns)
        for at, name in self._before.items():
            self.choose(at, name)
        if kept is not None and (kept.sheet, kept.table) == (look.sheet, look.table):
            self._go_on(kept, look)
        self.begun = False

    def _go_on(self, kept: KeptImport, look: Look) -> None:
        """Columns with the same heading and rows with the same cells are as they were; the others begin anew, and that is said."""
        declaration = self.office.declarations[kept.table]
        there = {one.at: one.heading for one in look.columns}
        for at, heading, name in kept.columns:
            if there.get(at) == heading and name in ("", *declaration.by_name):
                self.choose(at, name)
        same = {row for row in kept.rows if look.cells.get(row) == kept.cells.get(row)}
        self.values = {
            place: value for place, value in kept.values.items() if place[0] in same and place[1] in declaration.by_name
        }
        self.without, self.included = set(kept.without & same), set(kept.included & same)
        self._cells = {row: kept.cells[row] for row in same}
        self.always = {name: value for name, value in kept.always.items() if name in declaration.by_name}
        lost = len(kept.values) - len(self.values) + len(kept.without) - len(self.without)
        said = _("values corrected: {values}, rows left out: {rows}").format(
            values=self.corrected, rows=len(self.without)
        )
        counts = f" ({said})" if self.values or self.without else ""
        if kept.digest != look.digest:
            self.told = "! " + _("The file was changed since: it is checked again{counts}.").format(counts=counts)
        elif kept.moment:
            self.told = _("✓ Gone on with as of {moment}{counts}.").format(moment=when(kept.moment), counts=counts)
        if lost:
            self.told += " " + _("Taken back, since their rows are others now: {count}").format(count=lost)

    @property
    def corrected(self) -> int:
        """How many values are taken as corrected; in a row that is left out none is."""
        return sum(row not in self.without for row, _name in self.values)

    def correct(self, row: int, name: str, value: str) -> None:
        """Takes `value` instead of the cell."""
        self.values[row, name] = value
        self._touched(row)

    def take_back(self, row: int, name: str) -> None:
        """Takes the cell as it stands in the file."""
        self.values.pop((row, name), None)
        self._touched(row)

    def set_always(self, name: str, value: str) -> None:
        """What every row has whose cell is empty; an empty value takes it back."""
        self.always.pop(name, None)
        if value.strip():
            self.always[name] = value
        self.begun = True

    def leave_out(self, row: int) -> None:
        """The row out, or in again; one that looks like sums is out already."""
        remarks = self.taken.remarks if self.taken else []
        if row in self.included or any(one.left_out and one.row == row for one in remarks):
            self.included ^= {row}
        else:
            self.without ^= {row}
        self._touched(row)

    def _touched(self, row: int) -> None:
        self.begun = True
        if self.taken and row in self.taken.cells:
            self._cells[row] = self.taken.cells[row]

    def as_before(self, at: int) -> bool:
        """Whether a column is taken as it was for the same headings last time, and not as its heading says."""
        return self._before.get(at) == self.fields[at]

    def choose(self, at: int, name: str) -> None:
        """Takes the column at `at` for a field; the column that was the field before is left out."""
        if name:
            self.fields = {place: "" if held == name else held for place, held in self.fields.items()}
        self.fields[at] = name
        self.begun = True

    @property
    def adjusted(self) -> Adjusted:
        """How the file is meant, column by column; one without heading and field is nobody's, and not spoken of."""
        assert self.look is not None
        columns = {
            f"#{one.at + 1}": self.fields[one.at] for one in self.look.columns if one.heading or self.fields[one.at]
        }
        return self._adjusted(columns)

    def _adjusted(self, columns: dict[str, str]) -> Adjusted:
        return Adjusted(
            columns, dict(self.values), frozenset(self.without), dict(self.always), frozenset(self.included)
        )

    @property
    def missing(self) -> list[Field]:
        """Fields that every new record needs and no column is."""
        declaration = self.declaration
        if declaration is None:
            return []
        return [
            one for one in declaration.editable
            if one.required == "save" and one.default is None and one.name not in self.fields.values() and one.name not in self.always
        ]  # fmt: skip

    def command(self) -> list[str]:
        """The words of the command that does the same."""
        declaration, look = self.declaration, self.look
        if declaration is None or look is None:
            return []
        words = [declaration.plugin, declaration.command, "import", str(self.path)]
        words += ["--sheet", look.sheet] if look.sheet not in ("", next(iter(look.sheets), "")) else []
        folded = [fold(one.heading) for one in look.columns]
        columns = {
            (one.heading if one.heading and folded.count(key) == 1 and key else f"#{one.at + 1}"): self.fields[one.at]
            for one, key in zip(look.columns, folded, strict=True)
            # What the command sees by itself need not be said.
            if (one.heading or self.fields[one.at]) and (self.fields[one.at] != one.named or not one.named)
        }
        return [*words, *self._adjusted(columns).options()]

    def entries(self) -> list[Entry]:
        """What the last check found; below it what was corrected and left out since the file was chosen."""
        remarks = self.taken.remarks if self.taken else []
        found = []
        for one in remarks:
            corrected = self.values.get((one.row or 0, one.field), one.value)
            if one.row in self.without:
                continue
            waits = corrected != one.value
            text = _("corrected: being checked again") if waits else one.text
            said = self.worded(one.field, corrected) if waits else one.value
            out = one.left_out and one.row not in self.included
            found.append(Entry("▲" if one.error else "–" if out else "!", one.row, one.field, said, text))
        listed = {(one.row, one.field) for one in found}
        for (row, name), value in sorted(self.values.items()):
            if (row, name) not in listed and row not in self.without:
                found.append(Entry("✓", row, name, self.worded(name, value), _("corrected here")))
        return found + [Entry("–", row, "", "", _("left out")) for row in sorted(self.without)]

    def cells(self, row: int) -> list[str]:
        """The cells of a row as they stand in the file, as far as they were handed over."""
        return (self.taken.cells if self.taken else {}).get(row) or self._cells.get(row, [])

    def cells_of(self, row: int) -> list[tuple[str, str]]:
        """Heading and value of the filled cells of a row, as far as they were handed over; corrected values as corrected."""
        cells = self.cells(row)
        columns = [one for one in self.look.columns if one.at < len(cells)] if self.look else []
        mine = {name: self.worded(name, value) for (at, name), value in self.values.items() if at == row}
        held = [(one.heading, mine.pop(self.fields[one.at], cells[one.at])) for one in columns]
        by_name = self.declaration.by_name if self.declaration else {}
        added = [(by_name[name].label(self.office.lang), value) for name, value in mine.items()]
        return [(heading, value) for heading, value in held + added if value]

    def worded(self, name: str, value: str) -> str:
        """A corrected value as people read it: records and choices that were picked by what they are called."""
        field = self.declaration.by_name[name] if self.declaration else None
        if field is None or field.kind.name not in PICKED:
            return value
        stored = value.split(", ") if field.kind.name in ("choices", "links") else value
        try:
            return self.office.show(field, {name: field.kind.store(field.kind.read(stored))}) or value
        except ValueError:  # it was typed in the file, and means nothing here
            return value
