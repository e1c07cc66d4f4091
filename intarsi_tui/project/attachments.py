"""Attached files, kept once each under their content hash: taken in, found again, verified, copied out."""

import hashlib
import hmac
import os
import re
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Literal

from ..records import ids
from ..records.linked_kinds import ATTACHED
from .copying import synced
from .errors import ProjectError
from .file_names import as_path, clean_name, must_not_run
from .sealing import OVERHEAD, PIECE, NotSealed, derived, sealed, unsealed

State = Literal["ok", "missing", "changed"]

# Room for scans and printed brochures; a film belongs elsewhere. An office with larger ones has the setting.
MOST_MB = 50
# A file that nobody names yet may belong to a record that is being saved.
YOUNG = 24 * 3600

KEPT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Attachments:
    """The folder of attached files: `ab/abcd…`, the content hash in hexadecimal after its first two digits.

    With a key the files are sealed, and named by a code of their hash: a hash would tell who knows a file that it is here.

    Attributes:
        most_mb: megabytes (of 1,000,000 bytes) that a file may have.
        key: of an encrypted workspace.
    """

    folder: Path
    most_mb: int = MOST_MB
    key: bytes | None = field(default=None, repr=False)

    @cached_property
    def _seal(self) -> bytes | None:
        return None if self.key is None else derived(self.key, "attachments")

    @cached_property
    def _names(self) -> bytes | None:
        return None if self.key is None else derived(self.key, "names of attachments")

    def attach(self, source: Path) -> str:
        """Keeps a copy of the file `source` and returns the value of an attachment field, `sha256:…/name`.

        What is kept under the same hash already is replaced, so that it is put right when it was damaged.

        Raises:
            ProjectError: no such file, a folder, a device, empty, too large, a program, unreadable, or not to be kept.
        """
        part = self.folder / f"{ids.uuid7()}.part"
        digest = hashlib.sha256()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write(part, hashed(self._pieces(source), digest))
            value = f"sha256:{digest.hexdigest()}/{clean_name(source.name)}"
            kept = self.file(value)
            kept.parent.mkdir(exist_ok=True)
            if kept.is_dir() and not kept.is_symlink():
                kept.rename(kept.with_name(f"{kept.name}.folder-{ids.uuid7()}"))  # somebody's: put aside, not deleted
            try:
                # Also over a kept one: it may be damaged, and it is to be young again (see `unnamed`).
                part.replace(kept)
            except PermissionError:  # Windows, while somebody reads it
                if self.state(value) != "ok":
                    raise
            synced(kept.parent)
            synced(self.folder)
        except OSError as error:
            raise ProjectError("attach_not_kept", source, detail=error.strerror or str(error)) from error
        finally:
            with suppress(OSError):
                part.unlink()
        return value

    def adopted(self, path: Path, other: "Attachments") -> Path | None:
        """Keeps here what `other` keeps at `path`, under another key; `None` when it is not what its name says.

        Raises:
            OSError: it cannot be read or written; nothing is left.
        """
        digest = hashlib.sha256()
        part = self.folder / f"{ids.uuid7()}.part"
        try:
            with path.open("rb") as source, suppress(NotSealed):
                self._write(part, hashed(other._content(source), digest))
            if other.name(digest.hexdigest()) != path.name:
                return None
            kept = self.file(f"sha256:{digest.hexdigest()}")
            kept.parent.mkdir(exist_ok=True)
            shutil.copymode(path, part)
            part.replace(kept)
            synced(kept.parent)
            synced(self.folder)
            return kept
        finally:
            part.unlink(missing_ok=True)

    def _write(self, part: Path, pieces: Iterable[bytes]) -> None:
        """Brings a file to the disk as files are kept here. Raises OSError."""
        with part.open("xb") as file:
            file.writelines(pieces if self._seal is None else sealed(pieces, self._seal))
            file.flush()
            os.fsync(file.fileno())

    def value_of(self, source: Path) -> str:
        """What `attach` would return. Nothing is kept. Raises ProjectError as `attach` does."""
        digest = hashlib.sha256()
        for piece in self._pieces(source):
            digest.update(piece)
        return f"sha256:{digest.hexdigest()}/{clean_name(source.name)}"

    def look(self, source: Path) -> int:
        """The bytes of a file that may be attached, without opening it: a named pipe would wait for somebody to write.

        Raises:
            ProjectError: as `attach` does, as far as it can be told from outside.
        """
        must_not_run(source.name)
        try:
            found = source.stat()
        except (FileNotFoundError, ValueError):  # ValueError: a character that no path can have
            raise ProjectError("no_such_file", source) from None
        except OSError as error:
            raise ProjectError("attach_unreadable", source, detail=error.strerror or str(error)) from error
        if stat.S_ISDIR(found.st_mode):
            raise ProjectError("attach_folder", source)
        if not stat.S_ISREG(found.st_mode):
            raise ProjectError("attach_no_file", source)
        if not found.st_size:
            raise ProjectError("attach_empty", source)
        self._not_larger(found.st_size, source)
        return found.st_size

    def _not_larger(self, size: int, source: Path) -> None:
        if size > self.most_mb * 1_000_000:
            raise ProjectError("attach_large", source, value=str(self.most_mb))

    def _pieces(self, source: Path) -> Iterator[bytes]:
        """The content of a file that may be attached."""
        self.look(source)
        count = 0
        try:
            with source.open("rb") as file:
                before = os.fstat(file.fileno())
                while piece := file.read(PIECE):
                    count += len(piece)
                    self._not_larger(count, source)  # it may grow meanwhile
                    yield piece
                after = os.fstat(file.fileno())
        except OSError as error:
            raise ProjectError("attach_unreadable", source, detail=error.strerror or str(error)) from error
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or count != after.st_size:
            raise ProjectError("attach_changing", source)

    def file(self, value: str) -> Path:
        """Where the file of the value `sha256:…/name` is kept."""
        name = self.name(value[7:71])
        return self.folder / name[:2] / name

    def name(self, digest: str) -> str:
        """How the file with this content hash is called in the folder."""
        return digest if self._names is None else hmac.digest(self._names, digest.encode(), "sha256").hex()

    def size(self, value: str) -> int | None:
        """Bytes of the attached file, `None` when it is not there."""
        found = self._regular(value)
        return None if found is None else found.stat().st_size - (0 if self.key is None else OVERHEAD)

    def _regular(self, value: str) -> Path | None:
        """The kept file; `None` when nothing is there, or a link, a folder or a named pipe, which would never end."""
        kept = self.file(value)
        try:
            return kept if stat.S_ISREG(kept.lstat().st_mode) else None
        except OSError:
            return None

    def state(self, value: str) -> State:
        """Whether the kept file is what was attached. Reads it whole, a megabyte at a time."""
        kept = self._regular(value)
        if kept is None:
            return "missing"
        try:
            return "ok" if self.is_right(kept) else "changed"
        except OSError:
            return "missing"

    def is_right(self, path: Path) -> bool:
        """Whether the file at `path`, here or in a backup, is what its name says. Raises OSError."""
        digest = hashlib.sha256()
        with path.open("rb") as file, suppress(NotSealed):
            for _piece in hashed(self._content(file), digest):
                pass
            return self.name(digest.hexdigest()) == path.name
        return False

    def _content(self, file: BinaryIO) -> Iterator[bytes]:
        """What was attached. Raises NotSealed, OSError."""
        return iter(lambda: file.read(PIECE), b"") if self._seal is None else unsealed(file, self._seal)

    def copy(self, value: str, target: Path) -> None:
        """Writes the attached file to the new file `target`, verified on the way.

        Raises:
            ProjectError: `attachment_missing`, `attachment_changed`, `copy_not_written`; nothing is left at `target`.
        """
        digest = hashlib.sha256()
        found = self._regular(value)
        if found is None:
            raise self.problem("missing", value)
        try:
            kept = found.open("rb")
        except OSError:
            raise self.problem("missing", value) from None
        try:
            with kept, target.open("xb") as file:
                with suppress(NotSealed):
                    for piece in hashed(self._content(kept), digest):
                        file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if digest.hexdigest() != value[7:71]:
                raise self.problem("changed", value)
        except (OSError, ProjectError) as error:
            with suppress(OSError):
                target.unlink()
            if isinstance(error, OSError):
                raise ProjectError("copy_not_written", target, detail=error.strerror or str(error)) from error
            raise

    def problem(self, state: State, value: str, where: str = "") -> ProjectError:
        """What is said of a file that is missing or changed.

        Parameters:
            where: the record and field that name it, when they are known.
        """
        named = ": ".join(filter(None, (where, value[72:])))
        return ProjectError(f"attachment_{state}", value=named, detail=str(self.file(value)))

    def unnamed(self, digests: Iterable[str], *, young: bool = True) -> Iterator[Path]:
        """The kept files whose content hash is not among `digests`, and copies that a crash left half made.

        Parameters:
            young: also those of the last day; False where they are going to be deleted.
        """
        if not self.folder.is_dir():
            return
        named = {self.name(digest) for digest in digests}
        for path in sorted([*self.folder.glob("*.part"), *self.folder.glob("??/*")]):
            ours = path.suffix == ".part" or KEPT.fullmatch(path.name)
            if ours and path.name not in named and (young or path.stat().st_mtime < time.time() - YOUNG):
                yield path


def hashed(pieces: Iterable[bytes], digest: Any) -> Iterator[bytes]:
    """The same pieces, each added to `digest` on its way."""
    for piece in pieces:
        digest.update(piece)
        yield piece


class Later:
    """Files that are named now and kept when their record was accepted, so that a refused one leaves nothing behind.

    Call `keep` in the operation that saves the record.
    """

    def __init__(self, files: Attachments) -> None:
        self._files = files
        self._sources: dict[str, Path] = {}

    def value(self, _place: str, typed: str) -> str:
        """What the record is to hold for what was typed, for `records.attached.taken_in`. Raises ProjectError."""
        return typed if ATTACHED.fullmatch(typed) else self.value_of(as_path(typed))

    def value_of(self, source: Path) -> str:
        """What the record is to hold for the file `source`. Raises ProjectError as `Attachments.attach` does."""
        value = self._files.value_of(source)
        self._sources[value] = source
        return value

    def keep(self) -> None:
        """Keeps them all.

        Raises:
            ProjectError: as `Attachments.attach` does, also when a file is another one by now.
        """
        for value, source in self._sources.items():
            if self._files.attach(source) != value:
                raise ProjectError("attach_changing", source)
