"""`intarsi check`: every record held against its declaration and rules, as they are today."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..errors import DONE, PROBLEMS, say
from ..output import chosen, emit, output_options
from ..wording import command

if TYPE_CHECKING:
    from ...host.office import Office
    from ..session import Session

_ = translator("cli")


@command(
    "check", "Check every record of every register against its declaration and rules. Void records are left alone."
)
@output_options
@click.pass_context
def check(ctx: click.Context, format_: str | None, output: Path | None) -> None:
    from ...exchange.columns import plain

    session: Session = ctx.obj
    with session.office() as office:
        counts = {name: office.table(name).count_of() for name in office.declarations}
        rows = list(_findings(office))
        left_out = {name: office.table(name).count_of() for name in office.undeclared}
    columns = [
        plain("register", _("Register")), plain("record", _("Record")), plain("field", _("Field")),
        plain("severity", _("Weight")), plain("problem", _("Problem")),
    ]  # fmt: skip
    format_ = chosen(session, format_, output)
    wrong = sum(row["severity"] == "error" for row in rows)
    if format_ == "table":  # codes are for programs
        rows = [{**row, "severity": _("Error") if row["severity"] == "error" else _("Warning")} for row in rows]
    if rows or format_ != "table":
        emit(format_, rows, columns, output, _("Check"))
    say(_("Records checked: {records}, in registers: {registers}. Errors: {errors}, warnings: {warnings}.").format(
        records=sum(counts.values()), registers=len(counts), errors=wrong, warnings=len(rows) - wrong
    ))  # fmt: skip
    if left_out:
        say(_("Not checked, since their plugin is missing or off: records {records}, in {registers}.").format(
            records=sum(left_out.values()), registers=", ".join(left_out)
        ))  # fmt: skip
    ctx.exit(PROBLEMS if wrong else DONE)


def _findings(office: "Office") -> Iterator[dict[str, Any]]:
    from ...exchange.columns import numbered_title
    from ...host.checking import findings
    from ...host.undeclared import KEPT, kept_fields

    for declaration, name, count in kept_fields(office.store, office.declarations.values()):
        yield {
            "register": declaration.table, "id": "", "record": "", "field": name, "severity": "warning",
            "problem": KEPT(office.lang).format(count=count), "code": "undeclared_field",
        }  # fmt: skip
    for table, doc, problem in findings(office):
        yield {
            "register": table, "id": doc["id"],
            "record": numbered_title(office, table, doc),
            "field": office.declarations[table].label_of(problem.field or "", office.lang),
            "severity": problem.severity, "problem": problem.text(office.lang), "code": problem.code,
        }  # fmt: skip
