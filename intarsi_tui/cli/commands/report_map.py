"""`intarsi report map`: a proposed map for a partner's workbook."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import DONE, PROBLEMS, USAGE, Failure, say
from ..output import OutFile
from ..wording import command, option
from .report_names import MAP

if TYPE_CHECKING:
    from ..session import Session

_ = translator("cli")


@command(
    "map",
    "Propose a map for a workbook: headers, names and placeholders that are called like fields of the record. What could "
    "not be guessed stands in it as comments.",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@option(
    "--record", required=True, metavar="REGISTER", help="Whose records the workbook is about, such as training.session."
)
@option(
    "-o",
    "--output",
    type=OutFile(),
    metavar="FILE",
    help="The map to write; otherwise beside the workbook, where it belongs. “-” for standard output.",
)
@click.pass_context
def map_(ctx: click.Context, file: Path, record: str, output: Path | None) -> None:
    from ...reporting.proposing import propose
    from ...whole_file import replacing

    session: Session = ctx.obj
    target = output or file.with_name(file.stem + MAP)
    if str(target) != "-" and target.exists():
        raise Failure(_("{path} is there already: name another with -o").format(path=target), USAGE)
    with session.office() as office:
        if record not in office.declarations:
            names = ", ".join(office.declarations)
            raise Failure(
                _("There is no register “{name}”; there are: {names}").format(name=record, names=names), USAGE
            )
        proposal = propose(office, file, record)
    if not (proposal.columns or proposal.cells or any(proposal.unknown.values())):
        raise Failure(
            _("{path}: no headers, names or placeholders: there is nothing to map").format(path=file), PROBLEMS
        )
    text = proposal.toml()
    if str(target) == "-":
        click.echo(text, nl=False)
    else:
        with replacing(target) as part:
            part.write_text(text, "utf-8", newline="\n")
        click.echo(target)
    guessed, left = proposal.columns + len(proposal.cells), sum(map(len, proposal.unknown.values()))
    say(_("Guessed: {guessed}; left as comments: {left}.").format(guessed=guessed, left=left))
    if str(target) != "-":
        beside = file.with_name(file.stem + MAP)
        if target.resolve() != beside.resolve():
            say(
                _("A map belongs beside its workbook, under the workbook's name: move it to {path}").format(path=beside)
            )
        say(_("Next: look through it, then intarsi report check {path}").format(path=beside))
    ctx.exit(DONE)
