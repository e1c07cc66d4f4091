"""Power cuts, modelled: `python -m tests.crash.power CUTS [SEED] [SYNCHRONOUS]`.

A disk that notes every write, truncation, deletion and sync is cut at a random moment. What a file had at its last sync is
there; of everything later any part may be, sector by sector, in the chosen measure. Not modelled: disks that lie about
a sync.
"""

import random
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from . import apsw_driver

apsw_driver.install()

from .work import Fact, Told, Writer, opened, report  # noqa: E402

SECTOR = 512
CUTS_OF_ONE_RUN = 100
WRITES = 60
JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL
CHECKPOINT = 40  # pages: as many checkpoints as can be


@dataclass
class Image:
    """A file as the disk has it for sure, and what was asked of it since."""

    sure: bytearray | None = None
    since: list[tuple[Any, ...]] = field(default_factory=list)


class Disk(apsw.VFS):
    """The real disk, and a log of what was asked of it; `fact`s of writers are in the same order."""

    def __init__(self) -> None:
        self.log: list[tuple[Any, ...]] = []
        super().__init__("noted", "")

    def xOpen(self, name: Any, flags: list[int]) -> "File":
        return File(self, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:
        super().xDelete(name, syncdir)
        self.log.append(("delete", name, syncdir))


class File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.disk, self.name = disk, name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        # SQLite syncs the folder with the first sync of a journal or log that it made: deletions before it are sure then.
        self.new = bool(flags[0] & JOURNALS) and not Path(self.name).exists()
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self.disk.log.append(("write", self.name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self.disk.log.append(("truncate", self.name, size))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.disk.log.append(("sync", self.name))
        if self.new:
            self.disk.log.append(("folder", self.name))
            self.new = False


def main(cuts: int, seed: int = 1, synchronous: str = "FULL") -> int:
    luck = random.Random(seed)
    disk = Disk()
    bad = 0
    first: list[str] = []
    acknowledged = 0
    for run in range(-(-cuts // CUTS_OF_ONE_RUN)):
        with tempfile.TemporaryDirectory() as folder:
            note_a_run(disk, Path(folder) / "intarsi.db", luck.randrange(10**9), synchronous)
            for number in range(min(CUTS_OF_ONE_RUN, cuts - run * CUTS_OF_ONE_RUN)):
                end = luck.randrange(1, len(disk.log) + 1)
                after = Path(folder) / f"cut{number}"
                after.mkdir()
                told = after_a_cut(disk.log[:end], after, luck)
                acknowledged += told.writes
                missing = told.missing(after / "intarsi.db", 1)
                bad += bool(missing)
                first = first or missing
    report(cuts=cuts, synchronous=synchronous, acknowledged=acknowledged, cuts_with_loss=bad, first=first[:3])
    return int(bool(bad))


def note_a_run(disk: Disk, path: Path, seed: int, synchronous: str) -> None:
    """Makes a database and writes to it, on a disk that notes everything."""
    disk.log.clear()
    apsw_driver.disk = "noted"
    try:
        with opened(path) as store:
            store.connection.rows(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
            store.connection.rows(f"PRAGMA synchronous = {synchronous}")
            writer = Writer(store, "w", seed, lambda fact: disk.log.append(("fact", fact)))
            for _ in range(WRITES):
                writer.write()
    finally:
        apsw_driver.disk = None


def after_a_cut(log: list[tuple[Any, ...]], folder: Path, luck: random.Random) -> Told:
    """Writes the files as a disk may have them after the log's end, and returns what was acknowledged until then."""
    told = Told()
    images: dict[str, Image] = {}
    for entry in log:
        if entry[0] == "fact":
            fact: Fact = entry[1]
            told.take(fact)
            continue
        if entry[0] == "folder":
            for image in images.values():
                deleted = [number for number, (kind, *_) in enumerate(image.since) if kind == "delete"]
                if deleted:
                    image.sure, image.since = None, image.since[deleted[-1] + 1 :]
            continue
        image = images.setdefault(entry[1], Image())
        if entry[0] == "sync" or (entry[0] == "delete" and entry[2]):
            image.since.append(entry)
            image.sure, image.since = applied(image, 1.0, luck), []
        else:
            image.since.append(entry)
    measure = luck.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    for name, image in images.items():
        content = applied(image, measure, luck)
        if content is not None:
            (folder / Path(name).name).write_bytes(content)
    return told


def applied(image: Image, measure: float, luck: random.Random) -> bytearray | None:
    """The file with each later sector there or not."""
    content = None if image.sure is None else bytearray(image.sure)
    for kind, _name, *rest in image.since:
        if kind == "write":
            offset, data = rest
            for at in range(0, len(data), SECTOR):
                if luck.random() < measure:
                    content = bytearray() if content is None else content
                    start, piece = offset + at, data[at : at + SECTOR]
                    content.extend(bytes(max(start + len(piece) - len(content), 0)))
                    content[start : start + len(piece)] = piece
        elif luck.random() < measure:
            if kind == "truncate" and content is not None:
                del content[rest[0] :]
            elif kind == "delete":
                content = None
    return content


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *map(int, sys.argv[2:3]), *sys.argv[3:4]))
