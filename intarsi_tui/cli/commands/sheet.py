"""`intarsi sheet inspect|read|fill|lint|diff`: any workbook, no records and no workspace involved."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..errors import DONE, PROBLEMS, Failure, say
from ..inputs import json_documents
from ..output import OutFile, json_text
from ..text import visible
from ..wording import Group, command, option
from .sheet_read import read

if TYPE_CHECKING:
    from ...sheets import WorkbookDescription
    from ..session import Session

_ = translator("cli")

# How JSON says what it has no type for.
TYPED: dict[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat,
    "minutes": lambda value: timedelta(minutes=value),
}  # fmt: skip

PART_STATES = {"changed": "≠", "added": "+", "removed": "-"}


@command("inspect", "What a workbook offers to be filled: sheets, tables, names, placeholders, dropdowns.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@option("--format", "format_", type=click.Choice(["table", "json"]), help="Output format.")
@click.pass_obj
def inspect(session: "Session", file: Path, format_: str | None) -> None:
    from ... import sheets

    found = sheets.inspect(file)
    if (format_ or session.format) in ("json", "jsonl"):
        click.echo(json_text(found.as_dict(), indent=2))
    else:
        click.echo("\n".join(visible(line) for line in _lines(found)))


def _lines(found: "WorkbookDescription") -> list[str]:
    words = {
        "hidden": _("hidden"), "veryHidden": _("hidden, not shown by Excel's menu"), "protected": _("protected"),
        "macros": _("with macros"), "signed": _("signed"),
    }  # fmt: skip

    def told(*marks: str) -> str:
        known = ", ".join(words[mark] for mark in marks if mark in words)
        return f" ({known})" if known else ""

    whole = [mark for mark in ("protected", "macros", "signed") if getattr(found, mark)]
    lines = [found.file + told(*whole)]
    for sheet in found.sheets:
        marks = told(sheet.state, *(["protected"] if sheet.protected else []))
        lines.append(_("sheet “{name}”{marks}: {used}").format(name=sheet.name, marks=marks, used=sheet.used or "–"))
        if sheet.headers:
            lines.append(
                _("  heading in row {row}: {headers}").format(row=sheet.header_row, headers=", ".join(sheet.headers))
            )
        lines += [
            f"  ▾ {one.cells}: {', '.join(one.choices) if one.choices else one.source}" for one in sheet.dropdowns
        ]
    for table in found.tables:
        columns = ", ".join(f"{name} (=)" if name in table.formula_columns else name for name in table.columns)
        lines.append(
            _("table {name}, {sheet}!{range}, rows: {rows}: {columns}").format(
                name=table.name, sheet=table.sheet, range=table.range, rows=table.rows, columns=columns
            )
        )
    lines += [_("name {name} = {what}").format(name=one.name, what=one.cells or one.refers_to) for one in found.names]
    lines += [f"{one.placeholder} {one.cell}" for one in found.placeholders]
    return lines


@command("fill", "Fill a workbook with the values of a JSON file and print the new file's path.")
@click.argument("template", metavar="TEMPLATE", type=click.Path(path_type=Path))
@option(
    "--data",
    required=True,
    metavar="FILE",
    help='{"cells": {WHERE: VALUE}, "blocks": [{"at", "columns", "values"}]}; dates as {"date": "2021-04-14"}; - for standard input.',
)
@option(
    "-o",
    "--output",
    required=True,
    type=OutFile(dash=False),
    metavar="FILE",
    help="The workbook to write.",
)
@click.pass_obj
def fill(session: "Session", template: Path, data: str, output: Path) -> None:
    from ... import sheets

    documents, several = json_documents(data)
    if several:
        raise Failure(_("{file}: one object with “cells” and “blocks” is needed").format(file=data))
    cells, blocks = _filling(documents[0], data)
    report = sheets.fill(template, output, cells=cells, blocks=[sheets.Block(**block) for block in blocks])
    click.echo(report.path)
    for cell, message in report.doubtful:
        say(": ".join(filter(None, (cell, message.text(session.lang)))))


def _filling(document: dict[str, Any], source: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        if set(document) - {"cells", "blocks"}:
            raise ValueError(", ".join(sorted(set(document) - {"cells", "blocks"})))
        cells = {str(where): _value(value) for where, value in document.get("cells", {}).items()}
        blocks = []
        for block in document.get("blocks", []):
            values = [tuple(_value(value) for value in row) for row in block["values"]]
            blocks.append(
                {"at": str(block["at"]), "columns": [str(name) for name in block["columns"]], "values": values}
            )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Failure(_("{file}: not understood: {detail}").format(file=source, detail=error)) from None
    return cells, blocks


def _value(raw: Any) -> Any:
    if isinstance(raw, dict):
        ((kind, value),) = raw.items()
        return TYPED[kind](value)
    if isinstance(raw, list):
        raise TypeError(raw)
    return raw


@command("lint", "Find what would make Excel offer a repair.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_context
def lint(ctx: click.Context, file: Path) -> None:
    from ... import sheets

    findings = sheets.lint(file)
    for finding in findings:
        click.echo(visible(finding.text(ctx.obj.lang)))
    say(_("{file}: findings: {count}.").format(file=file.name, count=len(findings)))
    ctx.exit(PROBLEMS if findings else DONE)


@command("diff", "Compare two workbooks: the parts of the files, and the cells of sheets with the same name.")
@click.argument("first", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("second", metavar="OTHER", type=click.Path(path_type=Path))
@option("--limit", type=click.IntRange(min=0), default=1000, metavar="N", help="How many cells to list.")
@option("--format", "format_", type=click.Choice(["table", "json"]), help="Output format.")
@click.pass_context
def diff(ctx: click.Context, first: Path, second: Path, limit: int, format_: str | None) -> None:
    from ... import sheets

    found = sheets.diff(first, second, limit)
    if (format_ or ctx.obj.format) in ("json", "jsonl"):
        click.echo(json_text(found.as_dict(), indent=2))
    else:
        for part, state in found.parts.items():
            if state != "identical":
                click.echo(visible(f"{PART_STATES[state]} {part}"))
        for change in found.cells:
            note = _(" (format)") if change.format else ""
            click.echo(visible(f"{change.cell}: {change.before or '–'} → {change.after or '–'}{note}"))
    states = list(found.parts.values())
    say(
        _("Parts: {same} of {parts} identical; cells that differ: {cells}.").format(
            same=states.count("identical"), parts=len(states), cells=len(found.cells) + found.more
        )
    )
    ctx.exit(DONE if found.identical else PROBLEMS)


sheet = Group("sheet", help="Any Excel workbook: inspect, read, fill, lint, diff.", no_args_is_help=True)
sheet.commands = {"inspect": inspect, "read": read, "fill": fill, "lint": lint, "diff": diff}
