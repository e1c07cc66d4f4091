"""An office that is there already, encrypted or decrypted as a whole: database, attachments, backups."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..store.recoding import recode
from .attachments import KEPT, Attachments
from .backup import Backup, backups
from .copying import synced
from .keys import Words
from .where import KEY_FILE
from .workspace import Workspace


@dataclass(frozen=True)
class Recoded:
    """What was done.

    Attributes:
        attachments: how many were written anew.
        wrong: attached files that are not what their name says; they stay as they are.
        plain: backups in the workspace that anybody can read who gets hold of them.
    """

    attachments: int
    wrong: tuple[Path, ...]
    plain: tuple[Backup, ...]


def encrypt(workspace: Workspace, words: Words) -> Recoded:
    """Encrypts the workspace; `words` open it from now on.

    Raises:
        StoreError: weak_passphrase; in_use, another program has it open; damaged, disk_full and the like.
        OSError: a file cannot be read or written.
        In all cases the workspace is as it was.
    """
    words.check(workspace.key_file)
    key = words.new_key_file(workspace.key_file)  # useless until the database begins otherwise than a plain one
    try:
        return _recode(workspace, key)
    except BaseException:
        if not workspace.encrypted:
            workspace.key_file.unlink(missing_ok=True)
        raise


def decrypt(workspace: Workspace) -> Recoded:
    """Makes the workspace readable for everybody; backups stay as encrypted as they are.

    Raises:
        StoreError, OSError: as for `encrypt`.
    """
    recoded = _recode(workspace, None)
    workspace.key_file.unlink()
    return recoded


def _recode(workspace: Workspace, key: bytes | None) -> Recoded:
    old = workspace.key
    before, after = (Attachments(workspace.attachments, key=one) for one in (old, key))
    written: list[Path] = []
    wrong: list[Path] = []
    outdated: list[Path] = []
    try:
        for path in sorted(workspace.attachments.glob("??/*")):
            if KEPT.fullmatch(path.name):
                made = after.adopted(path, before)
                (outdated if made else wrong).append(path)
                written += [made] if made else []
        recode(workspace.database, old, key)
    except BaseException:
        _remove(written)
        raise
    _remove(outdated)
    synced(workspace.path)
    workspace.__dict__["key"] = key
    workspace.__dict__.pop("files", None)
    return Recoded(len(written), tuple(wrong), tuple(plain_backups(workspace)) if key else ())


def _remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # others are in it
            path.parent.rmdir()


def plain_backups(workspace: Workspace) -> Iterator[Backup]:
    """The backups in the workspace that are not encrypted."""
    return (one for one in backups(workspace.backups) if not (one.path / KEY_FILE).exists())


def remove_backups(found: tuple[Backup, ...]) -> None:
    """Deletes backups for good. Raises OSError."""
    for one in found:
        gone = one.path.with_name(
            f".{one.path.name}.old"
        )  # first its name: a half deleted one is never taken for whole
        one.path.replace(gone)
        shutil.rmtree(gone)


def readable_files(workspace: Workspace) -> list[Path]:
    """Files in the workspace that the office's own data went into in the clear: what was exported, and the log of errors."""
    found = [path for path in workspace.exports.rglob("*") if path.is_file() or path.is_symlink()]
    return sorted([*found, *workspace.path.glob("intarsi-error.log")])
