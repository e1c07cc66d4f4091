"""`intarsi report read`: a filled workbook that was edited comes back through its map."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import numbered, translator
from ..errors import DONE, PROBLEMS, USAGE, say
from ..inputs import agreed, stdin_is_terminal
from ..output import json_text
from ..wording import command, option
from .report_names import record_meant, template_named, template_names

if TYPE_CHECKING:
    from ...records.problems import Problem
    from ...reporting.returned.report import Returned
    from ..session import Session

_ = translator("cli")


@command(
    "read",
    "Take in what somebody changed in a workbook that this template filled. Every row is checked before anything is "
    "written; one step of undo. Rows are found by number, pseudonym or key, or by being mostly the same; others become "
    "drafts. Empty cells change nothing, and nothing is removed.",
)
@click.argument("name", metavar="TEMPLATE", shell_complete=template_names)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@option("--dry-run", is_flag=True, help="Only say what would happen.")
@option("--yes", is_flag=True, help="Write without asking when there are no problems.")
@option("--period", metavar="PERIOD", help="The period it was filled for, when the workbook does not say so.")
@option("--partner", metavar="CODE", help="The partner it was filled for, when the workbook does not say so.")
@option("--only", metavar="REF", help="The record it is about, when the workbook does not say so.")
@click.pass_context
def read(
    ctx: click.Context, name: str, file: Path, dry_run: bool, yes: bool, period: str | None, partner: str | None,
    only: str | None,
) -> None:  # fmt: skip
    from ...reporting.returned.report import read_report

    session: Session = ctx.obj
    with session.office() as office:
        template = template_named(office, name)
        settings: dict[str, Any] = {
            "period": office.profile.period(period) if period else None,
            "partner": office.profile.partner(partner) if partner else None,
            "only": record_meant(office, template, only),
        }
        outcome = read_report(office, template, file, write=yes and not dry_run, **settings)
        code = _tell(session, outcome)
        if code == DONE and not (dry_run or yes) and (outcome.new or outcome.changed):
            if not stdin_is_terminal():
                say(_("Nothing was written: repeat with --yes to write, or with --dry-run only to check."))
                code = USAGE
            elif agreed(_("Write them?")):
                outcome = read_report(office, template, file, write=True, **settings)
                code = DONE if outcome.written else _tell(session, outcome)
            else:
                say(_("Nothing was written."))
        if outcome.written:
            say(_("Written. “intarsi undo” takes it all back."))
    ctx.exit(code)


def _tell(session: "Session", outcome: "Returned") -> int:
    from dataclasses import asdict

    lang = session.lang
    errors = [problem for problem in outcome.problems if problem.severity == "error"]
    counts = {
        "new": outcome.new, "changed": outcome.changed, "unchanged": outcome.unchanged, "newer": outcome.newer,
        "without_row": outcome.without_row,
    }  # fmt: skip
    if session.format in ("json", "jsonl"):
        problems = [_as_json(problem, lang) for problem in outcome.problems]
        changes = [asdict(change) for change in outcome.changes]
        click.echo(json_text({**counts, "changes": changes, "problems": problems, "left_out": outcome.ignored}))
        return PROBLEMS if errors else DONE
    if outcome.ignored:
        say(_("Columns left out, as they are counted or computed: {names}").format(names=", ".join(outcome.ignored)))
    for problem, more in _folded(outcome.problems, lang):
        also = numbered(more, _(" (and one more like it)"), _(" (and {count} more like it)")) if more else ""
        say(f"{_place(problem, lang)}: {problem.text(lang)}{also}")
    if errors:
        rows = len({(getattr(problem, "sheet", ""), problem.row) for problem in errors})
        say(_("Nothing was written. Rows with problems: {count}.").format(count=rows))
        return PROBLEMS
    for change in outcome.changes:
        what = ", ".join(filter(None, (change.record, change.label)))
        say(f"{change.cell}: {what}: {change.before or '–'} → {change.after or '–'}")
    if outcome.without_row:
        say(_("Records without a row, which stay: {count}.").format(count=outcome.without_row))
    click.echo(_("{new} new, {changed} changed, {unchanged} unchanged, {newer} newer in the register").format(**counts))
    return DONE


def _folded(problems: "list[Problem]", lang: str) -> "list[tuple[Problem, int]]":
    """Each problem with how many more say the same; warnings of one sheet and field only once, wherever they stand."""
    counts: dict[tuple[str, ...], int] = {}
    first: dict[tuple[str, ...], Problem] = {}
    for problem in problems:
        place = _place(problem, lang) if problem.severity == "error" else getattr(problem, "sheet", "")
        key = place, problem.field or "", problem.text(lang)
        first.setdefault(key, problem)
        counts[key] = counts.get(key, -1) + 1
    return [(problem, counts[key]) for key, problem in first.items()]


def _place(problem: "Problem", lang: str) -> str:
    """`Warning, Registro!F12, Outcome`; sheet and row when no cell is meant."""
    sheet, cell, label = (getattr(problem, name, None) for name in ("sheet", "cell", "label"))
    row = _("Row {number}").format(number=problem.row) if problem.row is not None and not cell else ""
    warning = _("Warning") if problem.severity == "warning" else ""
    return ", ".join(filter(None, (warning, cell or sheet, row, label(lang) if label else "")))


def _as_json(problem: "Problem", lang: str) -> dict[str, Any]:
    return {
        "code": problem.code, "severity": problem.severity, "sheet": getattr(problem, "sheet", ""), "row": problem.row,
        "cell": getattr(problem, "cell", ""), "field": problem.field, "text": problem.text(lang),
    }  # fmt: skip
