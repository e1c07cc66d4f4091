"""`intarsi init`: the folder of an office."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import USAGE, Failure, say
from ..wording import command, option

if TYPE_CHECKING:
    from ..session import Session

_ = translator("cli")


@command("init", "Make an office in DIR, a new or empty folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option(
    "--partner", required=True, metavar="CODE", help="The partner whose office this is, by its code in the profile."
)
@option(
    "--partner-name",
    metavar="NAME",
    help="Name of a partner that the profile has not yet; it is added to this office's.",
)
@option("--partner-town", metavar="TOWN", default="", help="Seat of such a partner.")
@option("--partner-province", metavar="PROVINCE", default="", help="Province of its seat, two letters such as RN.")
@option("--profile", type=click.Path(path_type=Path), metavar="FILE", help="Profile of another project (TOML).")
@option("--encrypt", is_flag=True, help="Encrypt it; asks for a passphrase and prints a recovery key.")
@click.pass_obj
def init(
    session: "Session", folder: Path, partner: str, partner_name: str | None, partner_town: str, partner_province: str,
    profile: Path | None, encrypt: bool,
) -> None:  # fmt: skip
    from ...host.office import open_office
    from ...project.profile import Partner
    from ...project.workspace import create_workspace

    added = None
    if partner_name:
        added = Partner(partner, partner_name, province=_province(partner_province, session.lang), town=partner_town)
    elif partner_town or partner_province:
        raise Failure(_("--partner-town and --partner-province are for a new partner, with --partner-name."), USAGE)
    words = None
    if encrypt:
        from ...project.keys import LEAST, Words
        from ..passphrases import new
        from .passphrase import show_recovery

        words = Words(new(session.passphrase_file, LEAST))
        words.check(folder)
        show_recovery(words.recovery)  # first: an office whose recovery key nobody saw would be there otherwise
    workspace = create_workspace(folder, partner, profile, words=words, added=added)
    # Makes the database, and loads the plugins for help and completion.
    with open_office(workspace, session.lang) as office:
        outside = office.profile.outside(office.today, session.lang)
    click.echo(workspace.path)
    say(
        _("Workspace of {partner}, project {project}.").format(
            partner=workspace.partner.name, project=workspace.profile.code
        )
    )
    if any(outside):
        say(" ".join(outside))
    say(_("Next: intarsi -w {path} --help, or intarsi -w {path} for the full-screen app.").format(path=workspace.path))


def _province(typed: str, lang: str) -> str:
    from ...project.settings import NO_PROVINCE
    from ...reference.identifiers import PLATES

    if typed and typed.upper() not in PLATES:
        raise Failure(NO_PROVINCE(lang).format(value=typed.upper()), USAGE)
    return typed.upper()
