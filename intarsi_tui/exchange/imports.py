"""Rows of a file added to a register or brought up to date in it: all or none, and a second time nothing."""

import re
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records.declaration import DOTS, Field
from ..records.labels import Label
from ..records.likeness import comparable
from ..records.problems import Problem, Rejected, errors, plain_number
from ..records.typed import fold
from ..sheets.unread import FormulaError
from .adjusting import Adjusted
from .columns import numbered_title
from .enclosed import Enclosed
from .files import rows_of
from .headings import find_heading
from .matching import Register
from .problems import FileRefused

if TYPE_CHECKING:
    from ..host.office import Office

QUICK = 200  # rows whose trial takes less than copying a large database: others may as well wait for it
ROW = Label("riga {row} del file", "row {row} of the file")
# What stands in front of the sums below a table.
TOTALS = frozenset(
    ("totale", "totali", "totale generale", "subtotale", "somma", "total", "totals", "grand total", "sum")
)
# A row that holds nothing besides is no record: `Totale;10`. Somma is a surname too, `Somma;Mario` is somebody.
FIGURE = re.compile(r"[-+]?[\d.,:]+ ?[%€h]?", re.ASCII)
# What is likely to be wrong is told before what a rule only remarks, such as a value that is missing.
FIRST = ("row_of_totals", "totals_left_out", "likely_double")
DOUBLE = Label("Forse c'è già: {other} ({why})", "May be there already: {other} ({why})")

UNSAVED = Label(
    "Una formula senza risultato salvato: aprire il file con Excel o LibreOffice e salvarlo",
    "A formula without a saved result: open the file in Excel or LibreOffice, and save it",
)
BROKEN = Label(
    "Un valore di errore, {value}: correggere la formula con Excel o LibreOffice e salvare il file",
    "An error value, {value}: correct the formula in Excel or LibreOffice, and save the file",
)


@dataclass
class Outcome:
    """What an import did, or would do.

    Attributes:
        problems: of all rows, with their row numbers, the gravest first; errors mean that nothing was written.
        ignored: headings that mean nothing here, or that the program gives itself.
        written: whether the register has changed.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    written: bool = False


class _NotKept(Exception):
    """Rolls the operation back."""


@contextmanager
def in_one_step(office: "Office", path: Path, outcome: Outcome, *, write: bool) -> Iterator[None]:
    """Everything done inside is one operation, called after the file; rolled back in a trial and when a problem is an error."""
    try:
        with office.store.operation(f"import {path.name}"):
            yield
            if errors(outcome.problems) or not write:
                raise _NotKept
        outcome.written = bool(outcome.new or outcome.changed)
    except _NotKept:
        pass


def import_file(
    office: "Office", table: str, path: Path, *, write: bool, sheet: str | None = None, ignore_unknown: bool = False,
    adjusted: Adjusted | None = None,
) -> Outcome:  # fmt: skip
    """Takes the rows of a CSV file, workbook or TinyDB file into a register, in one operation.

    A row that names a record (by UUID, number or key) brings it up to date: its empty cells change nothing. Any other
    row is new, unless a record has the same values in all columns of the file. A trial does the same and rolls back,
    so that it finds whatever writing would find, doubles within the file included; of many rows on a copy, so that
    nobody else has to wait for it.

    A column of attached files holds paths relative to the folder of the file.

    Parameters:
        write: False for a trial.
        ignore_unknown: leave out columns whose heading means nothing, instead of refusing the file.
        adjusted: what a person says besides: columns, corrected values, rows left out.

    Raises:
        FileRefused, SheetError: the file cannot be read, or has unknown columns.
        StoreError: as for any write.
    """
    rows = rows_of(path, sheet, table)
    return import_rows(
        office, table, path, rows, write=write, ignore_unknown=ignore_unknown, adjusted=adjusted or Adjusted()
    )


def import_rows(
    office: "Office", table: str, path: Path, rows: Iterator[tuple[int, list[Any]]], *, write: bool, adjusted: Adjusted,
    ignore_unknown: bool = False, follow: Callable[[], None] = lambda: None,
) -> Outcome:  # fmt: skip
    """The same with the rows of the file as they were read.

    Parameters:
        follow: called after each row; what it raises takes everything back.
    """
    first = list(islice(rows, QUICK + 1))
    settings = (path, chain(first, rows), write, adjusted, ignore_unknown, follow)
    if write or len(first) <= QUICK:
        return _import(office, table, *settings)
    from ..host.trying import on_a_copy

    with on_a_copy(office) as copy:
        return _import(copy, table, *settings)


def _import(
    office: "Office", table: str, path: Path, rows: Iterator[tuple[int, list[Any]]], write: bool, adjusted: Adjusted,
    ignore_unknown: bool, follow: Callable[[], None],
) -> Outcome:  # fmt: skip
    declaration = office.declarations[table]
    named = (*(name for _row, name in adjusted.values), *adjusted.always)
    if strange := [name for name in named if name not in declaration.by_name]:
        raise FileRefused("no_such_field", path, detail=strange[0], record=declaration.plural)
    if given := [name for name in adjusted.always if declaration.by_name[name].given]:
        raise FileRefused("given", path, detail=given[0])
    heading, rows = find_heading(declaration, rows, path, adjusted.columns)
    if heading.unknown and not ignore_unknown:
        raise FileRefused("unknown_columns", path, detail=", ".join(heading.unknown), record=declaration.plural)
    known_by = [one for one in heading.fields.values() if one.name in ("id", "number") or one.key]
    ours = [one.label(office.lang) for one in heading.fields.values() if one.given and one not in known_by]
    outcome = Outcome(ignored=[*heading.unknown, *heading.left_out, *ours])
    with in_one_step(office, path, outcome, write=write):
        register = Register(office.table(table), list(heading.fields.values()))
        enclosed = Enclosed(office, declaration, path)
        meant = adjusted.rows()
        said_of = frozenset(meant)
        for number, cells in rows:
            follow()
            meant.discard(number)
            if number in adjusted.without:
                continue
            if path.suffix.lower() == ".csv" and any(cell not in ("", None) for cell in cells[heading.width :]):
                # A comma inside a text without quotes: its other half would be lost in silence.
                wide = {"value": len(cells), "max": heading.width}
                outcome.problems.append(Problem("too_many_cells", None, wide).at_row(number))
                continue
            values = {one.name: as_typed(one, cells[at]) for at, one in heading.fields.items() if at < len(cells)}
            values = adjusted.of_row(number, values)
            if any(map(_names_sums, values.values())):
                out = number not in said_of and _only_sums(cells)
                code = "totals_left_out" if out else "row_of_totals"
                outcome.problems.append(Problem(code, severity="warning", row=number))
                if out:
                    continue
            if unread := [name for name, value in values.items() if isinstance(value, FormulaError)]:
                outcome.problems += [_unread(name, values[name]).at_row(number) for name in unread]
                continue
            filling = adjusted.filling(values)
            values |= filling
            # The dots in the place of a name that was kept back are no name: they change nothing, like an empty cell.
            said = {
                name: value for name, value in values.items()
                if value != "" and not (value == DOTS and name in declaration.masked)
            }  # fmt: skip
            _take(register, said, number, outcome, enclosed, filling)
        if meant:
            raise FileRefused("no_such_row", path, detail=", ".join(map(str, sorted(meant))))
        outcome.problems += _likely_doubles(office, register, outcome.problems)
        outcome.problems = sorted((_by_row(register, problem) for problem in outcome.problems), key=_weight)
        if write and not errors(outcome.problems):
            enclosed.keep()
    return outcome


def _unread(name: str, cell: FormulaError) -> Problem:
    wording = BROKEN if cell.startswith("#") else UNSAVED
    return Problem("unread", name, {"value": cell}, wording)


def _take(
    register: Register, values: dict[str, Any], number: int, outcome: Outcome, enclosed: Enclosed,
    filling: Container[str],
) -> None:  # fmt: skip
    """Parameters: `filling` names the values that only fill what the record does not have."""
    values, problems = enclosed.taken_in(values)
    outcome.problems += [problem.at_row(number) for problem in problems]
    if errors(problems):
        return
    existing = register.named(values)
    raw = {name: value for name, value in values.items() if not register.declaration.by_name[name].given}
    try:
        if existing is not None:
            raw = {
                name: value
                for name, value in raw.items()
                if name not in filling or existing.get(name) in (None, "", [])
            }
            what, warnings = register.update(existing, raw, number)
        else:
            what, warnings = register.add(raw, number)
            if what == "new":
                warnings = [*warnings, *register.lost_names(values)]
    except Rejected as rejected:
        outcome.problems += [problem.at_row(number) for problem in rejected.problems]
        return
    setattr(outcome, what, getattr(outcome, what) + 1)
    outcome.problems += [problem.at_row(number) for problem in warnings]


def _names_sums(cell: Any) -> bool:
    return isinstance(cell, str) and fold(cell).strip(" :") in TOTALS


def _only_sums(cells: list[Any]) -> bool:
    texts = (cell.strip() for cell in cells if isinstance(cell, str) and not isinstance(cell, FormulaError))
    others = (text for text in texts if text and not _names_sums(text))
    return all(map(FIGURE.fullmatch, others)) and not any(isinstance(cell, date) for cell in cells)


def _weight(problem: Problem) -> int:
    if problem.severity == "error":
        return 0
    # A rule of a register that names another record speaks of a double too.
    return 1 if problem.code in FIRST or "other" in problem.params else 2


def _likely_doubles(office: "Office", register: Register, told: list[Problem]) -> Iterator[Problem]:
    """Warnings of rows that may be somebody who is there already, unless a rule of the register has said so."""
    if not comparable(register.declaration) or not register.rows:
        return
    from ..host.duplicates import REASONS, likely

    said = {problem.row for problem in told if "other" in problem.params}
    for pair in likely(office, register.table.name, among=register.rows):
        mine, other = (pair.other, pair.one) if pair.other["id"] in register.rows else (pair.one, pair.other)
        row = register.rows[mine["id"]]
        if row not in said:
            said.add(row)
            above = register.rows.get(other["id"])
            name = _row(above) if above else numbered_title(office, register.table.name, other)
            yield Problem("likely_double", None, {"other": name, "why": REASONS[pair.why]}, DOUBLE, "warning", row)


def _by_row(register: Register, problem: Problem) -> Problem:
    """A record with a code that this very run has made up is called by its row: nobody has ever seen the code."""
    if not register.made:
        return problem
    words = {name: value.it if isinstance(value, Label) else value for name, value in problem.params.items()}
    rows = {
        name: _row(register.made[word])
        for name, word in words.items()
        if isinstance(word, str) and word in register.made
    }
    return replace(problem, params={**problem.params, **rows}) if rows else problem


def _row(row: int) -> Label:
    return Label(ROW("it").format(row=row), ROW("en").format(row=row))


def as_typed(one: Field, cell: Any) -> Any:
    """A cell as the field's kind reads what is typed; Excel's numbers without the noise of its last digits."""
    if isinstance(cell, str):
        return cell if isinstance(cell, FormulaError) else cell.strip()
    if isinstance(cell, float):
        text = plain_number(cell)
        # A number in a column of hours is hours, as when it is typed; a code that looks like a number is a code.
        return text if one.kind.name not in ("int", "euro", "date", "time", "flag") else float(text)
    return "" if cell is None else cell
