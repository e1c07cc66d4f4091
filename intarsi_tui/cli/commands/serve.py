"""`intarsi serve`: the app in a browser on this computer."""

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import USAGE, Failure, say
from ..wording import command, option

if TYPE_CHECKING:
    from ..session import Session

_ = translator("cli")


@command("serve", "The app in a browser on this computer, until Ctrl+C.")
@option("--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen; outside this computer only with TLS.")
@option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Port; a free one when left out.")
@option("--tls-cert", type=click.Path(path_type=Path), metavar="FILE", help="Certificate for that address, PEM.")
@option("--tls-key", type=click.Path(path_type=Path), metavar="FILE", help="Key of the certificate, PEM.")
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, tls_cert: Path | None, tls_key: Path | None) -> None:
    if (tls_cert is None) != (tls_key is None):
        raise Failure(_("--tls-cert and --tls-key go together."), USAGE)
    if host in ("", "0.0.0.0", "::"):  # noqa: S104 - refused: the name that browsers use must be known to be checked
        raise Failure(_("--host is one address or name of this computer: the one that people type."), USAGE)
    if tls_cert is None and not _loopback(host):
        raise Failure(
            _("{host} can be reached from other computers: give --tls-cert and --tls-key as well.").format(host=host),
            USAGE,
        )
    try:
        from ...web import server
    except ModuleNotFoundError:
        raise Failure(_("Install the extra: pip install 'intarsi-tui[web]'"), USAGE) from None

    session: Session = ctx.obj
    workspace = session.workspace
    # Asked here and now, never on the web side; every tab is given it through a pipe.
    words = session.last_words if workspace.key else ""
    try:
        tls = server.certified(tls_cert, tls_key) if tls_cert and tls_key else None
    except OSError as error:
        raise Failure(
            _("The certificate cannot be used: {reason}").format(reason=error.strerror or error), USAGE
        ) from None
    try:
        at = server.listening(host, port)
    except OSError as error:
        raise Failure(
            _("Nothing can listen at {host}, port {port}: {reason}").format(
                host=host, port=port, reason=error.strerror or error
            )
        ) from None
    site = server.Site(
        server.origin_of(host, at, tls), {"workspace": str(workspace.path), "lang": session.lang, "words": words}, say
    )
    click.echo(site.door.link)
    say(
        _(
            "Open this link in a browser of this computer; it opens once, for one browser. Ctrl+C ends the app in every tab."
        )
    )
    server.serve(site, at, tls)


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
