"""`intarsi passphrase`: encrypts an office, changes what opens it, or decrypts it."""

import sys
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import USAGE, Failure, say
from ..session import say_readable
from ..wording import command, option

if TYPE_CHECKING:
    from ...project.workspace import Workspace
    from ..session import Session

_ = translator("cli")

CHANGES = ("recovery", "remove", "remember", "forget")


@command("passphrase", "Encrypt the office, and print its recovery key; when it is encrypted, change the passphrase.")
@option("--new-file", type=click.Path(dir_okay=False), metavar="FILE", help="Read the new passphrase from a file.")
@option(
    "--recovery", is_flag=True, help="Only make and print a new recovery key; the one before opens nothing any more."
)
@option("--remove", is_flag=True, help="Decrypt the office.")
@option("--remember", is_flag=True, help="Keep the passphrase in the system's keyring on this computer.")
@option("--forget", is_flag=True, help="Take it out of the system's keyring.")
@option("--keep-backups", is_flag=True, help="When encrypting, keep the earlier backups, which are not encrypted.")
@click.pass_obj
def passphrase(session: "Session", /, new_file: str | None, keep_backups: bool, **changes: bool) -> None:
    wanted = [name for name in CHANGES if changes[name]]
    if len(wanted) > 1:
        raise Failure(_("One at a time: {names}").format(names=", ".join(f"--{name}" for name in wanted)), USAGE)
    workspace = session.workspace
    if not workspace.encrypted:
        if wanted:
            raise Failure(_("This office is not encrypted. Encrypt it with “intarsi passphrase”."), USAGE)
        _encrypt(session, workspace, new_file, keep_backups=keep_backups)
    elif wanted == ["remove"]:
        _decrypt(workspace)
    elif wanted == ["recovery"]:
        _new_recovery(workspace)
    elif wanted:
        _keyring(session, workspace, keep=wanted == ["remember"])
    else:
        _change(workspace, new_file)


def _encrypt(session: "Session", workspace: "Workspace", new_file: str | None, *, keep_backups: bool) -> None:
    from ...project.encryption import encrypt
    from ...project.keys import LEAST, Words
    from ..passphrases import new

    words = Words(new(new_file or session.passphrase_file, LEAST))
    words.check(workspace.key_file)
    show_recovery(words.recovery)
    try:
        done = encrypt(workspace, words)
    except BaseException:
        say(_("Not encrypted: this recovery key opens nothing."))
        raise
    say(_("Encrypted: the database; attached files: {count}.").format(count=done.attachments))
    for path in done.wrong:
        say(_("{path}: not what it was when it was attached; left as it is").format(path=path))
    _replace_backups(session, workspace, keep=keep_backups)
    say_readable(workspace)


def _replace_backups(session: "Session", workspace: "Workspace", *, keep: bool) -> None:
    """Makes an encrypted backup, and deletes the plain ones of this office when everything that they have is in it."""
    from ...host.office import open_office
    from ...project.backup import make_backup, remove
    from ...project.encryption import own, plain_backups
    from ...store.mentions import in_documents, in_history

    found = plain_backups(workspace)
    if own(workspace, found) and not keep:
        with open_office(workspace, session.lang) as office:
            connection, files = office.store.connection, workspace.files
            named = in_documents(connection) | in_history(connection)
            if all(files.state(f"sha256:{digest}/") == "ok" for digest in named):
                made = make_backup(workspace, office.store)
                for one in own(workspace, found):
                    remove(one)
                say(_("New backup {path}; earlier ones that were not encrypted, deleted now: {count}.").format(
                    path=made.backup.path, count=len(own(workspace, found))
                ))  # fmt: skip
            else:
                say(_("Attached files are missing or changed: the earlier backups, which may have them, stay. See “intarsi attachment verify”."))  # fmt: skip
    if left := len(plain_backups(workspace)):
        say(
            _("Earlier backups in {folder} that are not encrypted: {count}.").format(
                count=left, folder=workspace.backups
            )
        )


def _decrypt(workspace: "Workspace") -> None:
    from ...project.encryption import decrypt

    assert workspace.key is not None  # the passphrase is asked for before anything else
    done = decrypt(workspace)
    say(_("Decrypted: the database; attached files: {count}. Anybody who gets hold of the folder can read them now.").format(
        count=done.attachments
    ))  # fmt: skip
    for path in done.wrong:
        say(_("{path}: not what it was when it was attached; left as it is").format(path=path))
    if done.wrong:
        say(_("{path} stays, since these files are still sealed with it.").format(path=workspace.key_file))


def _new_recovery(workspace: "Workspace") -> None:
    from ...project.keys import keep, new_recovery

    key = workspace.key
    assert key is not None
    words = new_recovery()
    show_recovery(words)  # before the old one opens nothing any more
    keep(workspace.key_file, key, recovery=words)


def _change(workspace: "Workspace", new_file: str | None) -> None:
    from ...project.keys import LEAST, keep
    from ..passphrases import new

    key = workspace.key
    assert key is not None
    keep(workspace.key_file, key, passphrase=new(new_file, LEAST))
    say(_("The passphrase is changed. Earlier backups open with the one that they were made under."))


def _keyring(session: "Session", workspace: "Workspace", *, keep: bool) -> None:
    from ..passphrases import remember

    if keep:
        assert workspace.key is not None
    remember(workspace.key_file, session.last_words if keep else None)
    say(_("Kept in this computer's keyring.") if keep else _("Taken out of this computer's keyring."))


def show_recovery(words: str) -> None:
    """Prints the one thing that opens the office when the passphrase is forgotten; it is shown only now.

    Raises:
        OSError: the output does not take it.
    """
    say(_("Recovery key. Write it down or print it, and lock it away, not beside this computer: it opens the office when the passphrase is forgotten, and it is shown only now."))  # fmt: skip
    click.echo(words)
    sys.stdout.flush()
