"""One way out for every listing: a table for people, JSON, JSON lines, CSV and Excel for everything else."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..i18n import translator
from .errors import USAGE, Failure, say
from .session import FORMATS
from .text import cut, padded, visible, width
from .wording import option

if TYPE_CHECKING:
    from ..exchange.columns import Column
    from .session import Session

FILES = FORMATS[1:]  # what a file's ending can name

F = TypeVar("F", bound=Callable[..., Any])
Row = Mapping[str, Any]

NARROWEST = 6
# A date. Cut, it says nothing: columns that are no wider keep their width until the others have given theirs.
SHORT = 10
# Valid inside JSON, and read as commands by some terminals (C1) or as line breaks by some programs.
NOT_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_ = translator("cli")


class OutFile(click.Path):
    """A file to write, whatever is there now; `-` for standard output where that can take it."""

    def __init__(self, *, dash: bool = True, **settings: Any) -> None:
        super().__init__(path_type=Path, **{"dir_okay": False, **settings})
        self.dash = dash

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if str(value) == "-" and not self.dash:
            self.fail(_("standard output (-) cannot take it: give a name"), param, ctx)
        return super().convert(value, param, ctx)


def output_options(function: F) -> F:
    """`--format` and `-o`, which every listing takes."""
    function = option(
        "-o",
        "--output",
        type=OutFile(),
        callback=lambda _ctx, _param, path: None if str(path) == "-" else path,
        metavar="FILE",
        help="Write to FILE instead of standard output (-); its ending names the format.",
    )(function)
    return option("--format", "format_", type=click.Choice(FORMATS), help="Output format.")(function)


def chosen(session: "Session", format_: str | None, output: Path | None, otherwise: str = "table") -> str:
    """The format in force: asked for here, before the command, by the file's ending, or `otherwise`.

    Raises:
        Failure: a workbook for standard output, or an ending that promises something else.
    """
    ending = output.suffix[1:].lower() if output else ""
    format_ = format_ or session.format
    if format_ is None:
        if ending not in ("", "txt", *FILES):
            raise Failure(
                _("{path}: its ending names no format: use .{formats} or .txt, or add --format").format(
                    path=output, formats=", .".join(FILES)
                ),
                USAGE,
            )
        format_ = ending if ending in FILES else otherwise
    if format_ == "xlsx" and output is None:
        raise Failure(_("A workbook needs a file: add -o FILE.xlsx"), USAGE)
    return format_


def emit(
    format_: str, rows: Iterable[Row], columns: "Sequence[Column]", output: Path | None = None, title: str = ""
) -> None:
    """Writes the listing.

    Parameters:
        rows: what JSON shows as it is, and the columns show each in their way.
        output: a file, `None` for standard output.
        title: name of the sheet of a workbook.
    """
    if format_ == "xlsx":
        from ..exchange.exports import write_xlsx

        assert output is not None
        write_xlsx(output, columns, rows, title)
    elif output is None:
        for piece in _pieces(format_, rows, columns, wide=not sys.stdout.isatty()):
            click.echo(piece, nl=False)
    else:
        from ..whole_file import replacing

        # Excel takes a CSV file for UTF-8 only when it starts with a byte order mark.
        encoding = "utf-8-sig" if format_ == "csv" else "utf-8"
        with replacing(output) as part, part.open("w", encoding=encoding, newline="") as file:
            file.writelines(_pieces(format_, rows, columns, wide=True))
    if output is not None:
        say(_("Written: {path}").format(path=output))


def _pieces(format_: str, rows: Iterable[Row], columns: "Sequence[Column]", *, wide: bool) -> Iterable[str]:
    if format_ == "json":
        return json_array(rows)
    if format_ == "jsonl":
        return (json_text(row) + "\n" for row in rows)
    if format_ == "csv":
        return [csv_text(rows, columns)]
    return table(list(rows), columns, 10_000 if wide else shutil.get_terminal_size().columns)


def json_text(value: Any, indent: int | None = None) -> str:
    """JSON in which nothing is a control character."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return NOT_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def json_array(rows: Iterable[Row]) -> Iterable[str]:
    """A JSON array, one row a line, without holding all rows."""
    separator = "[\n"
    for row in rows:
        yield f"{separator}  {json_text(row)}"
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def csv_text(rows: Iterable[Row], columns: "Sequence[Column]") -> str:
    """CSV as it can be imported again; says on standard error when cells had to be disarmed."""
    from ..exchange.exports import write_csv

    text = StringIO()
    if disarmed := write_csv(text, columns, rows):
        say(
            _("Cells that start like a formula got a leading ', which importing takes away: {count}.").format(
                count=disarmed
            )
        )
    return text.getvalue()


def table(rows: Sequence[Row], columns: "Sequence[Column]", room: int) -> Iterable[str]:
    """A table of at most `room` terminal columns; the widest columns give way first, short ones last."""
    cells = [[visible(column.show(row)) for column in columns] for row in rows]
    labels = [visible(column.label) for column in columns]
    widths = [max(map(width, texts)) for texts in zip(labels, *cells, strict=True)]
    least = [max(column.least, NARROWEST) for column in columns]
    every = range(len(widths))
    for yielding in ([at for at in every if widths[at] > SHORT], every):
        while sum(widths) + 2 * (len(widths) - 1) > room:
            widest = max((at for at in yielding if widths[at] > least[at]), key=widths.__getitem__, default=None)
            if widest is None:
                break
            widths[widest] -= 1
    yield _line(labels, widths, columns)
    yield "  ".join("─" * size for size in widths) + "\n"
    for texts in cells:
        yield _line(texts, widths, columns)


def _line(texts: Sequence[str], widths: Sequence[int], columns: "Sequence[Column]") -> str:
    cells = (
        padded(cut(text, size), size, right=column.right)
        for text, size, column in zip(texts, widths, columns, strict=True)
    )
    return "  ".join(cells).rstrip() + "\n"


def sheet_of_labels(pairs: Iterable[tuple[str, str]]) -> str:
    """One record: labels at the left, values at the right, several lines kept as lines."""
    shown = [(visible(label), value.split("\n")) for label, value in pairs]
    indent = max((width(label) for label, _ in shown), default=0) + 2
    lines = []
    for label, values in shown:
        lines.append(padded(label, indent) + visible(values[0]))
        lines += [" " * indent + visible(value) for value in values[1:]]
    return "\n".join(line.rstrip() for line in lines) + "\n"
