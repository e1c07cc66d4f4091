"""`intarsi export`: everything in one file that needs no program of ours."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import USAGE, Failure, say
from ..output import OutFile
from ..wording import command, option

if TYPE_CHECKING:
    from ..session import Session

_ = translator("cli")


@command(
    "export",
    "Write all registers into one file, personal data included. As a TinyDB file: JSON that Python's TinyDB opens without "
    "this program, and that the import of each register takes.",
)
@option(
    "-o", "--output", required=True, type=OutFile(), metavar="FILE", help="The file to write, - for standard output."
)  # fmt: skip
@option("--format", "_format", type=click.Choice(["tinydb"]), default="tinydb", help="Output format.")
@click.pass_obj
def export(session: "Session", output: Path, _format: str) -> None:
    from ...exchange.tinydb_files import tables_to, write_tinydb
    from ...host import access

    piped = str(output) == "-"
    if piped and sys.stdout.isatty():
        raise Failure(_("All registers are too much for a screen: name a file"), USAGE)
    with session.office() as office:
        counts = tables_to(sys.stdout, office.store) if piped else write_tinydb(office.store, output)
        access.log(office, "exported", detail="tinydb")
    for name, count in counts.items():
        click.echo(f"{name}\t{count}", err=piped)
    say(_("Written: {path}").format(path=output))
