"""`intarsi demo`: an office of invented people to look around in."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import USAGE, Failure, say
from ..output import sheet_of_labels
from ..wording import command, option

if TYPE_CHECKING:
    from ...project.workspace import Workspace
    from ..session import Session

_ = translator("cli")


@command("demo", "An office of invented people with every report filled, then the app.")
@click.argument("folder", metavar="[DIR]", default="intarsi-demo", type=click.Path(path_type=Path))
@option(
    "--partner",
    metavar="CODE",
    default="rimini",
    help="Whose office it is, “rimini” when left out; the lead's has the records of all partners.",
)
@option(
    "--records",
    metavar="N",
    type=click.IntRange(1, 300_000),
    help="At least so many records; otherwise 3,000, and 9,000 at the lead's.",
)
@option("--no-tui", is_flag=True, help="Do not open the app.")
@click.pass_context
def demo(ctx: click.Context, folder: Path, partner: str, records: int | None, no_tui: bool) -> None:
    from ...demo.workspace import is_demo, make_demo
    from ...project.workspace import Workspace

    session: Session = ctx.obj
    folder = folder.expanduser().resolve()
    if is_demo(folder):
        workspace = Workspace(folder)
        say(_("The demo is there already: opened as it is."))
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failure(
            _("{path} is in use and no demo: name a new folder, “intarsi demo DIR”.").format(path=folder), USAGE
        )
    else:
        workspace, refused = make_demo(
            folder, session.lang, partner=partner, records=records, tell=_tell if sys.stderr.isatty() else None
        )
        for problem in refused:
            say(problem.text(session.lang))
    _show(session, workspace)
    say(_("Everybody and every figure in it is invented: its workbooks are no reports of the project."))
    if no_tui or not (sys.stdin.isatty() and sys.stdout.isatty()):
        say(
            _("Next: intarsi -w {path} --help, or intarsi -w {path} for the full-screen app.").format(
                path=workspace.path
            )
        )
        return
    from ...tui.app import run

    ctx.exit(run(workspace, session.lang))


def _tell(what: str, done: int, total: int) -> None:
    """One line on standard error that writes over itself."""
    if done % 50 and done < total:
        return
    text = _("Writing the records") if what == "records" else _("Filling the reports")
    line = f"{text}: {done}/{total}"[: shutil.get_terminal_size().columns - 1]
    click.echo(f"\r{line}", nl=done == total, err=True)


def _show(session: "Session", workspace: "Workspace") -> None:
    """What there is: the folder, how many records of each register, the workbooks."""
    from ...demo.workspace import MOST_ALIKE
    from ...host.office import open_office

    with open_office(workspace, session.lang) as office:
        counts = [
            (one.plural(session.lang), str(office.table(one.table).count_of())) for one in office.declarations.values()
        ]
    click.echo(workspace.path)
    click.echo(sheet_of_labels(counts), nl=False)
    for path in sorted(workspace.exports.iterdir()):
        click.echo(path)
    say(_("Of each template with a workbook for every record, the latest {count} at most.").format(count=MOST_ALIKE))
