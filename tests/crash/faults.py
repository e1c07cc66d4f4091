"""The n-th write, truncation, sync or opening of the disk fails, for every n until none does: `python -m tests.crash.faults [STEP]`.

Once only (the disk recovers) and from then on; as an error of the disk and as a full disk. STEP leaves out some of the n.
"""

import itertools
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import apsw

from . import apsw_driver

apsw_driver.install()

from intarsi_tui.store import StoreError  # noqa: E402

from .work import Told, Writer, opened, report  # noqa: E402

WRITES = 12
CHECKPOINT = 20  # pages


class Disk(apsw.VFS):
    """The real disk until `fails` says no."""

    def __init__(self) -> None:
        self.calls, self.at, self.for_good, self.kind = 0, 0, False, apsw.IOError
        super().__init__("failing", "")

    def may(self) -> None:
        self.calls += 1
        if self.at and (self.calls == self.at or (self.for_good and self.calls > self.at)):
            raise self.kind("made to fail")

    def xOpen(self, name: Any, flags: list[int]) -> "File":
        self.may()
        return File(self, name, flags)


class File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.disk = disk
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.may()
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self.disk.may()
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self.disk.may()
        super().xSync(flags)


def main(step: int = 1) -> int:
    disk = Disk()
    missing: list[str] = []
    runs = refused = 0
    codes: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        begun = Path(folder) / "begun.db"
        told_before = begin(begun)
        for kind, for_good in itertools.product((apsw.IOError, apsw.FullError), (False, True)):
            for at in itertools.count(1, step):
                path = Path(folder) / "intarsi.db"
                for old in path.parent.glob(f"{path.name}*"):
                    old.unlink()
                shutil.copy(begun, path)
                told = Told()
                for fact in told_before:
                    told.take(fact)
                disk.calls, disk.at, disk.for_good, disk.kind = 0, at, for_good, kind
                errors = work(path, at, told)
                disk.at = 0
                runs, refused = runs + 1, refused + len(errors)
                codes |= set(errors)
                missing += [f"{kind.__name__} {at}: {one}" for one in told.missing(path, len(errors))]
                if disk.calls < at:  # it never came to that: all of the n-th were tried
                    break
    report(runs=runs, refused=refused, codes=sorted(codes), missing=len(missing), first=missing[:3])
    return int(bool(missing))


def begin(path: Path) -> list[dict[str, Any]]:
    """A database with some content, and what was acknowledged."""
    facts: list[dict[str, Any]] = []
    with opened(path) as store:
        writer = Writer(store, "before", 1, facts.append)
        for _ in range(WRITES):
            writer.write()
    return facts


def work(path: Path, seed: int, told: Told) -> list[str]:
    """Writes on the failing disk; a refused write is forgotten and the next one tried. The codes of what was refused."""
    apsw_driver.disk = "failing"
    errors: list[str] = []
    try:
        with opened(path) as store:
            store.connection.rows(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
            writer = Writer(store, "w", seed, told.take)
            for _ in range(WRITES):
                try:
                    writer.write()
                except StoreError as error:
                    errors.append(error.code)
    except StoreError as error:
        errors.append(error.code)
    finally:
        apsw_driver.disk = None
    return errors


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
