"""`intarsi doctor`: what whoever helps wants to know first. Shows no record and no personal data."""

import os
import platform
import shutil
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from ...host.states import STATES
from ...i18n import language, translator
from ..errors import DONE, STORE
from ..output import json_text, sheet_of_labels
from ..wording import command, option

if TYPE_CHECKING:
    from ...project.workspace import Workspace
    from ..session import Session

_ = translator("cli")


@command("doctor", "Versions, terminal, plugins and the state of the storage.")
@option("--format", "format_", type=click.Choice(["table", "json"]), help="Output format.")
@click.pass_context
def doctor(ctx: click.Context, format_: str | None) -> None:
    from ...host.index import current

    session: Session = ctx.obj
    workspace = session.workspace_if_any
    pairs = [*_versions(), *_surroundings()]
    sound = True
    if workspace is None:
        pairs.append((_("Workspace"), _("none here: see “intarsi init --help”")))
    else:
        storage, sound = _storage(workspace)
        pairs += [(_("Workspace"), str(workspace.path)), (_("Partner"), workspace.partner.name), *storage]
    for state in current(workspace):
        pairs.append(
            (_("Plugin {name}").format(name=state.name), f"{STATES[state.state](session.lang)}  {state.origin}")
        )
    if (format_ or session.format) in ("json", "jsonl"):
        click.echo(json_text(dict(pairs), indent=2))
    else:
        click.echo(sheet_of_labels(pairs), nl=False)
    ctx.exit(DONE if sound else STORE)


def _versions() -> list[tuple[str, str]]:
    from ... import __version__
    from ...store.driver import has_wal_reset_bug, sqlite

    driver = f"{sqlite.__name__.partition('.')[0]}, SQLite {sqlite.sqlite_version}"
    bug = (
        _("has the WAL-reset bug: install sqlcipher3 0.6.4 or later")
        if has_wal_reset_bug(sqlite.sqlite_version_info)
        else _("without the WAL-reset bug")
    )
    return [
        ("intarsi", __version__), ("Python", f"{platform.python_version()} ({sys.executable})"), (_("System"), platform.platform()),
        ("SQLite", f"{driver}, {bug}"), ("TinyDB", version("tinydb")), ("Textual", version("textual")), ("pydantic", version("pydantic")),
    ]  # fmt: skip


def _surroundings() -> list[tuple[str, str]]:
    size = shutil.get_terminal_size()
    term = " ".join(
        filter(None, (os.environ.get(name, "") for name in ("TERM", "COLORTERM", "TERM_PROGRAM", "WT_SESSION")))
    )
    office = next((path for name in ("soffice", "libreoffice") if (path := shutil.which(name))), "")
    return [
        (_("Terminal"), f"{term or '–'}, {size.columns}×{size.lines}, {sys.stdout.encoding}"),
        ("LibreOffice", office or _("not found (only needed to try out workbooks)")),
    ]


def _storage(workspace: "Workspace") -> tuple[list[tuple[str, str]], bool]:
    from ...store import StoreError, open_store

    try:
        store = open_store(workspace.database, workspace.key, site=workspace.site, create=False)
    except StoreError as error:
        return [(_("Storage"), error.text(language()))], False
    try:
        found = [str(row[0]) for row in store.connection.rows("PRAGMA quick_check(20)")]
        broken = store.verify_chain()
        megabytes = workspace.database.stat().st_size / 1e6
    finally:
        store.close()
    return [
        (_("Storage"), f"{workspace.database} ({megabytes:.1f} MB)"),
        (_("Integrity"), _("sound") if found == ["ok"] else "\n".join(found)),
        (_("History chain"), "\n".join(one.text(language()) for one in broken[:20]) or _("sound")),
        (_("Encryption"), _encryption(workspace)),
        (_("Last backup"), _last_backup(workspace)),
    ], found == ["ok"] and not broken


def _encryption(workspace: "Workspace") -> str:
    from ...project.encryption import plain_backups, readable_files

    if not workspace.encrypted:
        return _("off: see “intarsi passphrase --help”")
    told = [_("on: database, attachments and backups; files in the clear: {count} (intarsi exports)").format(
        count=len(readable_files(workspace))
    )]  # fmt: skip
    if plain := len(plain_backups(workspace)):
        told.append(
            _("Earlier backups in {folder} that are not encrypted: {count}.").format(
                count=plain, folder=workspace.backups
            )
        )
    return "\n".join(told)


def _last_backup(workspace: "Workspace") -> str:
    from ...project.backup import backups
    from ..text import shown_moment

    newest = next(iter(backups(workspace.backups)), None)
    return shown_moment(newest.made.isoformat()) if newest else _("none yet: see “intarsi backup --help”")
