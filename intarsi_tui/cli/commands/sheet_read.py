"""`intarsi sheet read`: the values of a block of any workbook."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ...records.typed import show_minutes
from ..errors import USAGE, Failure, say
from ..output import chosen, emit, output_options
from ..wording import command, option

if TYPE_CHECKING:
    from ..session import Session

_ = translator("cli")


@command(
    "read",
    "The values of a table, a named range, a rectangle, or what stands below a header row. Dates are ISO days, durations "
    "hours:minutes; a formula gives the value that was saved with it.",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@option("--sheet", metavar="NAME", help="The sheet, otherwise the first visible one.")
@option("--header", metavar="ROW|TEXT", help="Number of the header row, or one of its texts; otherwise it is guessed.")
@option(
    "--range",
    "area",
    metavar="A5:H",
    help="Headers and rows below them; without a last row as far as there is anything.",
)
@option("--table", metavar="NAME", help="An Excel table, or a defined name.")
@output_options
@click.pass_obj
def read(
    session: "Session", file: Path, sheet: str | None, header: str | None, area: str | None, table: str | None,
    format_: str | None, output: Path | None,
) -> None:  # fmt: skip
    from ... import sheets
    from ...exchange.columns import Column

    if sum(one is not None for one in (header, area, table)) > 1:
        raise Failure(_("One of --header, --range and --table says where to read"), USAGE)
    format_ = chosen(session, format_, output)
    found = sheets.read_table(file, table, sheet, int(header) if header and header.isdecimal() else header, area)
    names = list(_distinct(found.headers))
    columns = [_column(Column, name) for name in names]
    kept = ((number, values) for number, values in found.rows if any(value != "" for value in values))
    rows = (dict(zip(names, map(_plain, values), strict=True)) for _number, values in kept)
    emit(format_, rows, columns, output, found.sheet)
    if found.header_row:
        say(_("Sheet “{sheet}”, headers in row {row}.").format(sheet=found.sheet, row=found.header_row))


def _distinct(headers: Iterable[str]) -> Iterator[str]:
    """Headers on one line each, numbered where two are alike: they are the keys of JSON."""
    seen: dict[str, int] = {}
    for header in headers:
        name = " ".join(header.split()) or "–"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _plain(value: Any) -> Any:
    """A value for JSON."""
    if value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return show_minutes(round(value.total_seconds() / 60))
    return value


def _column(make: Any, name: str) -> Any:
    def show(row: Any) -> str:
        return "" if row[name] is None else str(row[name])

    return make(name, name, show, show, lambda row: row[name])
