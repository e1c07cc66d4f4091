"""`intarsi report list|check|fill|read|map`: the partner templates that have a map."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import DONE, PROBLEMS, USAGE, Failure, say
from ..output import OutFile, chosen, emit, output_options
from ..wording import Group, command, option
from .report_map import map_
from .report_names import record_meant, template_named, template_names
from .report_read import read

if TYPE_CHECKING:
    from ...host.office import Office
    from ...project.profile import Partner
    from ...reporting.preview import Preview
    from ...reporting.reports import Filled
    from ...reporting.template import Template
    from ..session import Session

_ = translator("cli")

# Any other ending may be that of a folder.
NO_WORKBOOKS = (".csv", ".ods", ".pdf", ".xls")


@command("list", "List the templates of the office and of the program.")
@output_options
@click.pass_obj
def list_(session: "Session", format_: str | None, output: Path | None) -> None:
    from ...exchange.columns import plain
    from ...reporting.reports import templates

    with session.office() as office:
        found = templates(office)
    words = {
        "office": _("office"), "audit": _("audit"), "ministry": _("ministry"), "lead": _("lead"), "public": _("public"),
        "period": _("period"),
    }  # fmt: skip

    def told(word: str) -> str:
        """Scripts get the words of the map, people theirs."""
        return words.get(word, word) if chosen(session, format_, output) == "table" else word

    rows = [
        {
            "template": one.name, "label": one.label(session.lang), "audience": told(one.map.audience) if one.map else "",
            "scope": ", ".join(map(told, one.map.scope)) if one.map else "", "record": one.map.record if one.map else "",
            "problems": len(one.problems), "file": str(one.file),
        }
        for one in found
    ]  # fmt: skip
    columns = [
        plain("template", _("Template")), plain("label", _("Title")), plain("audience", _("For")),
        plain("scope", _("One workbook for each")), plain("problems", _("Problems"), right=True),
    ]  # fmt: skip
    emit(chosen(session, format_, output), rows, columns, output, _("Templates"))


@command("check", "Check templates and their maps; all of them without TEMPLATE.")
@click.argument("names", metavar="[TEMPLATE]…", nargs=-1, shell_complete=template_names)
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...]) -> None:
    from ...reporting.reports import templates

    session: Session = ctx.obj
    with session.office() as office:
        found = [template_named(office, name) for name in names] if names else templates(office)
    wrong = 0
    for one in found:
        for problem in one.problems:
            wrong += problem.severity == "error"
            prefix = "" if problem.severity == "error" else _("Warning") + ": "
            click.echo(f"{prefix}{problem.text(session.lang)}")
    say(_("Templates checked: {templates}. Errors: {errors}.").format(templates=len(found), errors=wrong))
    ctx.exit(PROBLEMS if wrong else DONE)


@command("fill", "Fill a template, or --all of them, and print the paths of the workbooks.")
@click.argument("name", metavar="[TEMPLATE]", required=False, shell_complete=template_names)
@option("--all", "every", is_flag=True, help="Every template that has something to report.")
@option("--period", metavar="PERIOD", help="2021-Q2, 2021-H1, 2021-04, 2021 or project; otherwise the present quarter.")
@option("--partner", metavar="CODE", help="Partner by its code, or “all”; otherwise the office's own.")
@option("--only", metavar="REF", help="Only the workbook of this record, for templates with one workbook a record.")
@option("--attachments", is_flag=True, help="Also the attached files of the records, in a folder beside each workbook.")
@option("--dry-run", is_flag=True, help="Write nothing; only say what would be missing, why, and who can supply it.")
@option("--pdf", is_flag=True, help="Also a PDF beside each workbook, where LibreOffice is installed.")
@option(
    "-o",
    "--output",
    type=OutFile(dash=False, dir_okay=True),
    metavar="PATH",
    help="A file for one workbook, or a folder; otherwise exports/ of the workspace.",
)
@click.pass_context
def fill(
    ctx: click.Context,
    name: str | None,
    every: bool,
    period: str | None,
    partner: str | None,
    only: str | None,
    attachments: bool,
    dry_run: bool,
    pdf: bool,
    output: Path | None,
) -> None:
    from ...reporting import reports
    from ...reporting.preview import previews
    from ...reporting.problems import ReportError

    if (name is None) != every:
        raise Failure(_("Name one template, or --all; “intarsi report list” lists them"), USAGE)
    if every and only:
        raise Failure(_("--only chooses a workbook of one template: name it instead of --all"), USAGE)
    if output and output.suffix.lower() in NO_WORKBOOKS and not output.is_dir():
        raise Failure(_("{path}: a report is an .xlsx workbook: name it so, or a folder").format(path=output), USAGE)
    session: Session = ctx.obj
    code = DONE
    with session.office() as office:
        when = office.profile.period(period) if period else office.profile.current_period(office.today)
        wanted = reports.templates(office) if every else [template_named(office, name or "")]
        jobs = [(one, who) for one in wanted for who in _partners(office, one, partner)]
        for one, who in jobs:
            try:
                meant = record_meant(office, one, only)
                if dry_run:
                    _foretell(previews(office, one, when, who, output, meant))
                    continue
                filled = reports.fill(office, one, when, who, output, meant, attachments=attachments)
            except ReportError as error:
                if len(jobs) == 1:
                    raise
                for problem in error.problems:
                    say(problem.text(session.lang))
                    code = DONE if problem.code in ("nothing_to_report", "not_yet_valid") and code == DONE else PROBLEMS
                continue
            if pdf:
                _print_too(filled)
            # Each is told as soon as it is there: that is how far it has come.
            _tell(session, filled)
    ctx.exit(code)


def _partners(office: "Office", template: "Template", code: str | None) -> "list[Partner]":
    """Whose workbooks are wanted; a template that is not about a partner has no other ones for the others."""
    if code == "all" and template.map is not None and "partner" in template.map.scope:
        return list(office.profile.partners.values())
    return [office.profile.partner(code) if code and code != "all" else office.workspace.partner]


def _print_too(filled: "list[Filled]") -> None:
    from ...reporting.pdf import to_pdf

    for one in filled:
        click.echo(to_pdf(one.path))


def _foretell(found: "list[Preview]") -> None:
    for one in found:
        click.echo(_("{file}: rows {rows}, missing: {missing}").format(
            file=one.path.name, rows=one.rows, missing=len(one.missing)
        ))  # fmt: skip
        for gap in one.missing:
            click.echo(f"  {gap.text}")


def _tell(session: "Session", filled: "list[Filled]") -> None:
    for one in filled:
        click.echo(one.path)
        if one.attachments:
            click.echo(one.attachments)
        if one.held_back:
            say(
                _("  {file}: attached files that are not for this audience: {count}").format(
                    file=one.path.name, count=one.held_back
                )
            )
        for gap in one.missing:
            say(_("  {file}: missing: {gap}").format(file=one.path.name, gap=gap.text))
        for cell, message in one.doubtful:
            say("  " + ": ".join(filter(None, (one.path.name, cell, message.text(session.lang)))))


report = Group("report", help="Partner reporting workbooks: list, fill, check, read back, map.", no_args_is_help=True)
report.commands = {"list": list_, "check": check, "fill": fill, "read": read, "map": map_}
