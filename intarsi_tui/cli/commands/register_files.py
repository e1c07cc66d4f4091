"""`intarsi PLUGIN RECORD import|export`: registers from and to files."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..errors import DONE, PROBLEMS, USAGE, Failure, say
from ..explain import problem_lines
from ..finding import filter_options, found, kept, told
from ..inputs import agreed, stdin_is_terminal
from ..output import OutFile, chosen, emit, json_text, output_options
from ..wording import Command, command, option

if TYPE_CHECKING:
    from ...exchange.adjusting import Adjusted
    from ...exchange.imports import Outcome
    from ...host.office import Office
    from ...records.declaration import Declaration
    from ..session import Session

_ = translator("cli")

WARNINGS = 20  # that are told one by one


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
    @option(
        "--set",
        "always",
        multiple=True,
        metavar="FIELD=VALUE",
        help="A value for every row where the file, and the record that the row names, have none. Repeatable.",
    )
    @option(
        "--problems",
        type=OutFile(dash=False),
        metavar="FILE",
        help="Write what is wrong to a file (.xlsx or .csv) instead of telling it here.",
    )
    @option("--without", multiple=True, type=int, metavar="ROW", help="Leave a row of the file out. Repeatable.")
    @option(
        "--with",
        "included",
        multiple=True,
        type=int,
        metavar="ROW",
        help="Take a row although it looks like the row of totals. Repeatable.",
    )
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
        always: tuple[str, ...],
        problems: Path | None,
        without: tuple[int, ...],
        included: tuple[int, ...],
    ) -> None:
        from ...exchange.imports import import_file
        from ...exchange.problems import FileRefused

        session: Session = ctx.obj
        if problems and problems.suffix.lower() not in (".csv", ".xlsx"):
            raise Failure(_("--problems {path}: use a name that ends in .xlsx or .csv").format(path=problems), USAGE)
        if problems and problems.exists() and file.exists() and problems.samefile(file):
            raise Failure(
                _("--problems {path}: that is the file that is imported; name another one").format(path=problems), USAGE
            )
        adjusted = _adjusted(columns, values, without, always, included)
        with session.office() as office:
            if as_before:
                from ...exchange.remembered import of_file

                before = of_file(office, declaration.table, file, sheet, adjusted.columns)
                adjusted = replace(adjusted, columns={**before, **adjusted.columns})
                if not before:
                    say(_("No columns are remembered for these headings."))
            settings: dict[str, Any] = {"sheet": sheet, "ignore_unknown": ignore_unknown, "adjusted": adjusted}
            try:
                outcome = import_file(office, declaration.table, file, write=yes and not dry_run, **settings)
            except FileRefused as refused:
                if refused.code in ("no_heading", "unknown_columns"):
                    _say_what_fits(office, declaration, file, sheet)
                raise
            if problems:
                _save(problems, office, declaration, file, sheet, adjusted, outcome)
            code = _tell(session, declaration, outcome, told=problems)
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


def _say_what_fits(office: "Office", declaration: "Declaration", file: Path, sheet: str | None) -> None:
    """Another register or another sheet that the headings of a refused file are of."""
    from ...exchange.looking import look

    found, _rows = look(office, file, sheet, declaration.table)
    others = [office.declarations[table] for table in found.fitting]
    if declaration in others:
        if sheet is None and found.sheet != next(iter(found.sheets), found.sheet):
            say(_("The sheet “{sheet}” fits: repeat with --sheet.").format(sheet=found.sheet))
    elif others:
        commands = " / ".join(f"intarsi {one.plugin} {one.command} import" for one in others[:3])
        names = ", ".join(one.plural(office.lang) for one in others[:3])
        say(_("By its headings it is for: {registers} ({command}).").format(registers=names, command=commands))


def _adjusted(
    columns: tuple[str, ...], values: tuple[str, ...], without: tuple[int, ...], always: tuple[str, ...],
    included: tuple[int, ...],
) -> "Adjusted":  # fmt: skip
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
    if wrong := next((word for word in always if "=" not in word), None):
        raise Failure(_("--set {word}: write FIELD=VALUE, such as hours=1.5").format(word=wrong), USAGE)
    names = [word.partition("=")[0] for word in always]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Failure(_("--set {name}: given more than once, and one value is all it takes").format(name=twice), USAGE)
    # A heading may hold an equals sign, the name of a field cannot.
    named = {heading: name for heading, _equals, name in (word.rpartition("=") for word in columns)}
    same = {name: value for name, _equals, value in (word.partition("=") for word in always)}
    return Adjusted(named, corrected, frozenset(without), same, frozenset(included))


def _save(
    path: Path, office: "Office", declaration: "Declaration", file: Path, sheet: str | None, adjusted: "Adjusted",
    outcome: "Outcome",
) -> None:  # fmt: skip
    """Writes the problems to a file. Raises OSError, StoreError."""
    from ...exchange.files import rows_of
    from ...exchange.remarks import remarks_of, save_remarks

    rows = list(rows_of(file, sheet, declaration.table))
    remarks, _cells = remarks_of(declaration, file, rows, adjusted, outcome.problems, office.lang)
    save_remarks(office, declaration.table, path, remarks)


def _tell(session: "Session", declaration: "Declaration", outcome: "Outcome", told: Path | None = None) -> int:
    """Says what came of it; the problems not again when they are in the file `told`."""
    if outcome.ignored:
        say(_("Columns left out: {names}").format(names=", ".join(outcome.ignored)))
    if told:
        say(_("Problems: {count}, written to {path}").format(count=len(outcome.problems), path=told))
    warnings = [problem for problem in outcome.problems if problem.severity == "warning"]
    # Thousands of these would drive what is wrong off the screen.
    unsaid = [] if told else warnings[WARNINGS:]
    left = set(map(id, unsaid))
    for line in problem_lines(() if told else (one for one in outcome.problems if id(one) not in left), declaration):
        say(line)
    if unsaid:
        say(_("Further warnings: {count}. --problems FILE has them all.").format(count=len(unsaid)))
    if sums := [str(problem.row) for problem in outcome.problems if problem.code == "totals_left_out"]:
        said = _("Rows left out because they look like totals: {rows}. --with ROW takes one.")
        say(said.format(rows=", ".join(sums)))
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
