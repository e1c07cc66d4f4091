"""`intarsi PLUGIN RECORD import|export`: registers from and to files."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..errors import DONE, PROBLEMS, USAGE, Failure, say
from ..explain import problem_lines
from ..inputs import agreed, stdin_is_terminal
from ..output import chosen, emit, json_text, output_options
from ..wording import Command, command, option
from .register_read import filter_options, found, kept, told

if TYPE_CHECKING:
    from ...exchange.adjusting import Adjusted
    from ...exchange.imports import Outcome
    from ...records.declaration import Declaration
    from ..session import Session

_ = translator("cli")


def import_command(declaration: "Declaration") -> Command:
    """`import`"""

    @command(
        "import",
        "Take in the rows of a CSV file, workbook or TinyDB file (.json). Every row is checked before anything is written; one step of undo. "
        "A row that names a record by its id, number or key brings it up to date, and its empty cells change nothing.",
    )
    @click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
    @option("--dry-run", is_flag=True, help="Only say what would happen.")
    @option("--yes", is_flag=True, help="Write without asking when there are no problems.")
    @option("--ignore-unknown", is_flag=True, help="Leave out columns that are not fields of the record.")
    @option(
        "--sheet", metavar="NAME", help="Sheet of a workbook, otherwise the first visible one; table of a TinyDB file."
    )
    @option(
        "--column",
        "columns",
        multiple=True,
        metavar="HEADING=FIELD",
        help="Which field a column is; HEADING= leaves it out. #3 is the third column. Repeatable.",
    )
    @option(
        "--as-before",
        is_flag=True,
        help="Take columns as they were corrected in the app for the same headings; --column goes before.",
    )
    @option(
        "--correct",
        "values",
        multiple=True,
        metavar="ROW:FIELD=VALUE",
        help="A value instead of the one in that row of the file. Repeatable.",
    )
    @option("--without", multiple=True, type=int, metavar="ROW", help="Leave a row of the file out. Repeatable.")
    @click.pass_context
    def run(
        ctx: click.Context,
        file: Path,
        dry_run: bool,
        yes: bool,
        ignore_unknown: bool,
        sheet: str | None,
        columns: tuple[str, ...],
        as_before: bool,
        values: tuple[str, ...],
        without: tuple[int, ...],
    ) -> None:
        from ...exchange.imports import import_file

        session: Session = ctx.obj
        adjusted = _adjusted(columns, values, without)
        with session.office() as office:
            if as_before:
                from ...exchange.remembered import of_file

                before = of_file(office, declaration.table, file, sheet, adjusted.columns)
                adjusted = replace(adjusted, columns={**before, **adjusted.columns})
                if not before:
                    say(_("No columns are remembered for these headings."))
            settings: dict[str, Any] = {"sheet": sheet, "ignore_unknown": ignore_unknown, "adjusted": adjusted}
            outcome = import_file(office, declaration.table, file, write=yes and not dry_run, **settings)
            code = _tell(session, declaration, outcome)
            if code == DONE and not (dry_run or yes) and (outcome.new or outcome.changed):
                if stdin_is_terminal():
                    if agreed(_("Write them?")):
                        outcome = import_file(office, declaration.table, file, write=True, **settings)
                        code = _tell(session, declaration, outcome)
                    else:
                        say(_("Nothing was written."))
                else:
                    say(_("Nothing was written: repeat with --yes to write, or with --dry-run only to check."))
                    code = USAGE
            if outcome.written:
                say(_("Written. “intarsi undo” takes it all back."))
        ctx.exit(code)

    return run


def _adjusted(columns: tuple[str, ...], values: tuple[str, ...], without: tuple[int, ...]) -> "Adjusted":
    """Raises Failure for a word that does not say what it should."""
    from ...exchange.adjusting import Adjusted

    corrected = {}
    for word in values:
        place, equals, value = word.partition("=")
        row, colon, name = place.partition(":")
        if not (equals and colon and row.isdecimal()):
            raise Failure(_("--correct {word}: write ROW:FIELD=VALUE, such as 57:hours=1.5").format(word=word), USAGE)
        corrected[int(row), name] = value
    if wrong := next((word for word in columns if "=" not in word), None):
        raise Failure(_("--column {word}: write HEADING=FIELD, or HEADING= to leave it out").format(word=wrong), USAGE)
    # A heading may hold an equals sign, the name of a field cannot.
    named = {heading: name for heading, _equals, name in (word.rpartition("=") for word in columns)}
    return Adjusted(named, corrected, frozenset(without))


def _tell(session: "Session", declaration: "Declaration", outcome: "Outcome") -> int:
    if outcome.ignored:
        say(_("Columns left out: {names}").format(names=", ".join(outcome.ignored)))
    for line in problem_lines(outcome.problems, declaration):
        say(line)
    if any(problem.severity == "error" for problem in outcome.problems):
        rows = len({problem.row for problem in outcome.problems if problem.severity == "error"})
        say(_("Nothing was written. Rows with problems: {count}.").format(count=rows))
        return PROBLEMS
    counts = {"new": outcome.new, "changed": outcome.changed, "unchanged": outcome.unchanged}
    text = (
        json_text(counts)
        if session.format in ("json", "jsonl")
        else _("{new} new, {changed} changed, {unchanged} unchanged").format(**counts)
    )
    click.echo(text)
    return DONE


def export_command(declaration: "Declaration") -> Command:
    """`export`"""

    @command(
        "export",
        "Write records with all their fields. As CSV unless -o or --format says otherwise; import takes the file again.",
    )
    @filter_options
    @output_options
    @click.pass_obj
    def run(session: "Session", /, format_: str | None, output: Path | None, **filters: Any) -> None:
        from ...exchange.columns import of_register
        from ...host import access

        format_ = chosen(session, format_, output, otherwise="csv")
        with session.office() as office:
            docs, _count = found(office, declaration, filters)
            ends = [declaration.by_name[name] for name in ("id", "number", "state", "wp", "activity")]
            fields = [*ends[:2], *(field for field in declaration.own if field.exported), *ends[2:]]
            docs = told(office, declaration, docs, format_)
            access.log(office, "exported", declaration.table, detail=f"{len(docs)} {format_}")
            left = kept(declaration, docs) if format_ not in ("json", "jsonl") else []
            emit(format_, docs, of_register(office, fields), output, declaration.plural(office.lang))
        if left:  # import would refuse their columns, and must take the file again
            say(_("Fields that the plugin does not declare any more are left out; --format json has them: {names}").format(
                names=", ".join(field.name for field in left)
            ))  # fmt: skip

    return run
