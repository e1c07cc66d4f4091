"""An office that is there already, encrypted or decrypted as a whole: database, attachments, backups.

While it happens `.recoding` lies in the folder. If it is left there, the program was killed: whoever opens the office next tidies up.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..store.errors import StoreError
from ..store.recoding import Taken, taken
from .attachments import KEPT, Attachments
from .backup import Backup, backups, site_of
from .copying import synced
from .keys import Words
from .trials import clear
from .where import KEY_FILE
from .workspace import Workspace

MARK = ".recoding"


@dataclass(frozen=True)
class Recoded:
    """What was done.

    Attributes:
        attachments: how many were written anew.
        wrong: attached files that are not what their name says; they stay as they are.
    """

    attachments: int
    wrong: tuple[Path, ...]


def encrypt(workspace: Workspace, words: Words) -> Recoded:
    """Encrypts the workspace; `words` open it from now on.

    Raises:
        StoreError: weak_passphrase; in_use, another program has it open; encrypted_already; damaged, disk_full and the like.
        OSError: a file cannot be read or written.
        In all cases the workspace is as it was.
    """
    words.check(workspace.key_file)
    with taken(workspace.database, None) as database, _marked(workspace):
        if workspace.encrypted:
            raise StoreError("encrypted_already", workspace.path)
        key = words.new_key_file(workspace.key_file)  # useless until the database begins otherwise than a plain one
        try:
            done = _recode(workspace, database, None, key)
        except BaseException:
            if not workspace.encrypted:  # otherwise it came after the switch, and the key is the only way in
                workspace.key_file.unlink(missing_ok=True)
            raise
        _remove(_unfinished(workspace))
        clear(workspace)
    return done


def decrypt(workspace: Workspace) -> Recoded:
    """Makes the workspace readable for everybody; backups stay as encrypted as they are.

    The key file stays when an attached file cannot be unsealed now.

    Raises:
        StoreError, OSError: as for `encrypt`.
    """
    key = workspace.key
    with taken(workspace.database, key) as database, _marked(workspace):
        done = _recode(workspace, database, key, None)
        if not done.wrong:
            workspace.key_file.unlink()
    return done


def tidy(workspace: Workspace) -> None:
    """Takes away what an interrupted encryption or decryption left in the clear in an encrypted office."""
    if not (workspace.path / MARK).exists() or not workspace.encrypted:
        return
    with taken(workspace.database, workspace.key):
        _written, outdated, _wrong = _sealed_anew(workspace, None, workspace.key)
        _remove(outdated)
        _remove(_unfinished(workspace))
        clear(workspace)
        (workspace.path / MARK).unlink()


def plain_backups(workspace: Workspace) -> list[Backup]:
    """The backups in the workspace that are not encrypted, of this office and of others."""
    return [one for one in backups(workspace.backups) if not (one.path / KEY_FILE).exists()]


def own(workspace: Workspace, found: Iterable[Backup]) -> list[Backup]:
    """Those of this office."""
    return [one for one in found if one.site == site_of(workspace)]


def readable_files(workspace: Workspace) -> list[Path]:
    """Files in the workspace that the office's own data went into in the clear: what was exported, and the log of errors."""
    found = [path for path in workspace.exports.rglob("*") if path.is_file() or path.is_symlink()]
    return sorted([*found, *workspace.path.glob("intarsi-error.log")])


@contextmanager
def _marked(workspace: Workspace) -> Iterator[None]:
    """Goes with the end, however it comes, except when the program is killed."""
    (workspace.path / MARK).touch()
    synced(workspace.path)
    try:
        yield
    finally:
        (workspace.path / MARK).unlink(missing_ok=True)
        synced(workspace.path)


def _sealed_anew(
    workspace: Workspace, old: bytes | None, key: bytes | None
) -> tuple[list[Path], list[Path], list[Path]]:
    """Writes each attachment as the key wants it beside the old one: those written, the old ones, and those that are wrong."""
    before, after = (Attachments(workspace.attachments, key=one) for one in (old, key))
    written: list[Path] = []
    outdated: list[Path] = []
    wrong: list[Path] = []
    try:
        for path in sorted(workspace.attachments.glob("??/*")):
            if KEPT.fullmatch(path.name):
                made = after.adopted(path, before)
                (outdated if made else wrong).append(path)
                written += [made] if made else []
    except BaseException:
        _remove(written)
        raise
    return written, outdated, wrong


def _recode(workspace: Workspace, database: Taken, old: bytes | None, key: bytes | None) -> Recoded:
    """Attachments first, beside the old ones; then the database, whose new name is the switch; then the old ones go."""
    written, outdated, wrong = _sealed_anew(workspace, old, key)
    try:
        database.recode(key)
    except BaseException:
        if workspace.encrypted == (old is not None):  # it was not switched
            _remove(written)
        raise
    # The switch has to be on the disk before anything that the old database needs goes away.
    synced(workspace.database.resolve().parent)
    _remove(outdated)
    workspace.__dict__["key"] = key
    workspace.__dict__.pop("files", None)
    return Recoded(len(written), tuple(wrong))


def _unfinished(workspace: Workspace) -> list[Path]:
    """What programs that were killed left half made; nobody else is at work."""
    database, backup = workspace.database.resolve(), workspace.backups
    return [
        *workspace.attachments.glob("*.part"),
        *backup.glob(f".{site_of(workspace)}-*"),
        *database.parent.glob(f"{database.name}.part*"),
    ]


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
            continue
        path.unlink(missing_ok=True)
        if KEPT.fullmatch(path.name):
            with suppress(OSError):  # others are in it
                path.parent.rmdir()
