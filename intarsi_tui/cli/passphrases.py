"""Where a passphrase comes from: a file, the system's keyring, or a person at the terminal; never an argument, which others can see."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from ..i18n import translator
from .errors import USAGE, Failure, say
from .inputs import stdin_is_terminal

_ = translator("cli")

VARIABLE = "INTARSI_PASSPHRASE_FILE"
SERVICE = "intarsi"


def asker(given: str | None) -> Callable[[Path, int], str]:
    """What a workspace asks for its passphrase.

    Parameters:
        given: the file after `--passphrase-file`; otherwise the one that the environment names.
    """
    file = given or os.environ.get(VARIABLE)

    def ask(path: Path, tries: int) -> str:
        from ..store.errors import StoreError

        if file:
            if tries:
                raise StoreError("wrong_passphrase", path)
            return read(file)
        if not tries and (words := _from_keyring(path)):
            return words
        if not stdin_is_terminal():
            raise StoreError("wrong_passphrase" if tries else "no_passphrase", path)
        if tries:
            say(_("That is not the passphrase. Look at the capitals and at the keyboard's language; the recovery key opens it too. Ctrl+C leaves."))  # fmt: skip
        return prompted(_("Passphrase of {folder} (not shown while it is typed)").format(folder=path.parent.name))

    return ask


@contextmanager
def unechoed() -> Iterator[None]:
    """Nothing that is typed is shown meanwhile: between two tries, too, and while a right passphrase is worked out."""
    if sys.platform == "win32" or not stdin_is_terminal():  # Windows shows nothing before it is read
        yield
        return
    import termios

    descriptor = sys.stdin.fileno()
    usual = termios.tcgetattr(descriptor)
    silent = [*usual]
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSADRAIN, silent)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, usual)


def prompted(question: str) -> str:
    if os.name != "nt" and sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)  # what was typed before anything was asked is a secret, too
    words: str = click.prompt(question, hide_input=True, err=True)
    return words


def read(file: str) -> str:
    """The first line of a file.

    Raises:
        OSError: it cannot be read.
        Failure: it is empty, or no text.
    """
    try:
        with Path(file).expanduser().open(encoding="utf-8-sig") as lines:
            words = lines.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise Failure(_("{path}: not UTF-8 text: save it as UTF-8").format(path=file), USAGE) from None
    if not words:
        raise Failure(_("{path}: the first line is to be the passphrase, and it is empty").format(path=file), USAGE)
    return words


def new(file: str | None, least: int) -> str:
    """A new passphrase: from `file`, or typed twice."""
    if file:
        return read(file)
    if not stdin_is_terminal():
        raise Failure(
            _("A new passphrase is typed at a terminal, or read from a file: --new-file, or --passphrase-file for a new office."),
            USAGE,
        )  # fmt: skip
    while True:
        words = prompted(_("New passphrase, at least {least} characters, better four words").format(least=least))
        if len(words) < least:
            say(_("Too short."))
        elif prompted(_("Once more")) == words:
            return words
        else:
            say(_("These were two different ones."))


def _from_keyring(path: Path) -> str | None:
    from ..project.keys import keyring_name

    name = keyring_name(path)
    if name is None:
        return None
    try:
        import keyring

        return keyring.get_password(SERVICE, name)
    except Exception:  # no keyring here, or it is locked and the person said no: they are asked by us
        return None


def remember(path: Path, words: str | None) -> None:
    """Puts the passphrase into the system's keyring, or takes it out.

    Raises:
        Failure: there is no keyring.
    """
    from ..project.keys import identity, use_keyring

    try:
        import keyring
        from keyring.errors import PasswordDeleteError

        if words is not None:
            keyring.set_password(SERVICE, identity(path), words)
        else:
            with suppress(PasswordDeleteError):
                keyring.delete_password(SERVICE, identity(path))
    except ImportError:
        raise Failure(_("Install the extra: pip install 'intarsi-tui[keyring]'"), USAGE) from None
    except Exception as error:
        raise Failure(_("This system's keyring cannot be used: {reason}").format(reason=error)) from None
    use_keyring(path, use=words is not None)
