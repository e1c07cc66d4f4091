"""`intarsi verify`: the database held against its own history."""

from typing import TYPE_CHECKING

import click

from ...i18n import language, translator
from ..errors import DONE, PROBLEMS, say
from ..output import json_text, sheet_of_labels
from ..wording import command, option

if TYPE_CHECKING:
    from ..session import Session

_ = translator("cli")


@command(
    "verify",
    "Hold the database against its history: the file, the chain of changes, every record. Prints the state hash, which is "
    "equal wherever the same data is, and the last hash of each site: whoever keeps them can tell later what was altered.",
)
@option("--format", "format_", type=click.Choice(["table", "json"]), help="Output format.")
@click.pass_context
def verify(ctx: click.Context, format_: str | None) -> None:
    session: Session = ctx.obj
    with session.office() as office:
        verified = office.store.verify()
    if (format_ or session.format) in ("json", "jsonl"):
        findings = [
            {"code": one.code, "table": one.table, "record": one.uid, "problem": one.text(language())}
            for one in verified.findings
        ]
        told = {
            "records": verified.records, "changes": verified.changes, "state": verified.state, "sites": verified.heads,
            "findings": findings,
        }  # fmt: skip
        click.echo(json_text(told, indent=2))
    else:
        for one in verified.findings:
            say(one.text(language()))
        pairs = [
            (_("Records"), str(verified.records)),
            (_("Changes"), str(verified.changes)),
            (_("State"), verified.state),
        ]
        pairs += [(_("Site {name}").format(name=name), chained) for name, chained in verified.heads.items()]
        click.echo(sheet_of_labels(pairs), nl=False)
        say(
            _("All is well.") if not verified.findings else _("Problems: {count}.").format(count=len(verified.findings))
        )
    ctx.exit(PROBLEMS if verified.findings else DONE)
