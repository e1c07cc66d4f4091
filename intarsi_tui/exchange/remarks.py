"""Problems of an imported file in words, with what stands in its cells; shown, or saved for whoever made the file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..host import access
from ..records.declaration import Declaration
from ..records.labels import Label
from ..records.problems import Problem
from ..whole_file import replacing
from .adjusting import Adjusted
from .columns import plain
from .exports import write_csv, write_xlsx
from .headings import find_heading
from .looking import Row, as_text

if TYPE_CHECKING:
    from ..host.office import Office

COLUMNS = {
    "row": Label("Riga", "Row"), "field": Label("Campo", "Field"), "value": Label("Valore", "Value"),
    "kind": Label("Tipo", "Kind"), "text": Label("Che cosa non va", "What is wrong"),
}  # fmt: skip
ERROR, WARNING = Label("errore", "error"), Label("avviso", "warning")


@dataclass(frozen=True)
class Remark:
    """A problem of a row, in words.

    Attributes:
        row: `None` when no row is meant.
        field: name of the field, "" when the whole row is meant.
        value: what stands there.
        error: nothing is written while there is one; a warning is only told.
        left_out: the row looks like sums below the table, and is not taken.
    """

    row: int | None
    field: str
    value: str
    text: str
    error: bool
    left_out: bool = False


def remarks_of(
    declaration: Declaration,
    path: Path,
    rows: Sequence[Row],
    adjusted: Adjusted,
    problems: Iterable[Problem],
    lang: str,
) -> tuple[list[Remark], dict[int, list[str]]]:
    """The problems in words, and the cells of the rows that have one."""
    heading, _below = find_heading(declaration, iter(rows), path, adjusted.columns)
    places = {one.name: at for at, one in heading.fields.items()}
    problems = list(problems)
    wanted = {problem.row for problem in problems}
    cells = {number: [as_text(cell) for cell in row] for number, row in rows if number in wanted}
    remarks = []
    for problem in problems:
        name = (problem.field or "").partition(".")[0]
        at, row = places.get(name, -1), cells.get(problem.row or 0, [])
        value = row[at] if 0 <= at < len(row) else ""
        value = adjusted.values.get((problem.row or 0, name), value)
        left_out = problem.code == "totals_left_out"
        remarks.append(Remark(problem.row, name, value, problem.text(lang), problem.severity == "error", left_out))
    return remarks, cells


def save_remarks(office: "Office", table: str, path: Path, remarks: Sequence[Remark]) -> None:
    """Writes them as a workbook, or as CSV when the name says so, by row; noted first, as each export. Raises OSError, StoreError."""
    declaration, lang = office.declarations[table], office.lang
    access.log(office, "exported", table, detail=f"{path.name} ({len(remarks)})")
    columns = [plain(name, label(lang), right=name == "row") for name, label in COLUMNS.items()]
    docs: list[dict[str, Any]] = [
        {
            "row": one.row, "field": declaration.label_of(one.field, lang), "value": one.value, "text": one.text,
            "kind": (ERROR if one.error else WARNING)(lang),
        }
        for one in sorted(remarks, key=lambda one: one.row or 0)
    ]  # fmt: skip
    if path.suffix.lower() == ".csv":
        with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
            write_csv(file, columns, docs)
    else:
        write_xlsx(path, columns, docs, declaration.plural(lang))
