"""The disk is full at some point of the writing, then gets room again: `python -m tests.crash.full_disk POINTS [SEED]`.

On a small file system of its own where one can be mounted (`"disk": "tmpfs"`), otherwise with a limit on the size of files.
"""

import contextlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from intarsi_tui.store import StoreError

from .work import Told, Writer, opened, report

ROOM = 64 << 20
BEFORE, AFTER = 10, 5  # writes


class Mounted:
    """A file system in memory; needs the rights to mount one."""

    name = "tmpfs"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._mount("size=64m")

    def _mount(self, options: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder], check=True, capture_output=True)

    def leave(self, room: int) -> None:
        """Leaves so many bytes for everything that comes."""
        used = sum(path.stat().st_blocks * 512 for path in self.folder.rglob("*"))
        self._mount(f"remount,size={used + room}")

    def free(self) -> None:
        self._mount(f"remount,size={ROOM}")

    def close(self) -> None:
        subprocess.run(["umount", self.folder], check=True)


class Limited:
    """No file may grow further: the same for the program, without any rights."""

    name = "limit"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def leave(self, room: int) -> None:
        import resource

        used = max(path.stat().st_size for path in self.folder.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (used + room, resource.RLIM_INFINITY))

    def free(self) -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def close(self) -> None:
        self.free()


@contextlib.contextmanager
def small_disk() -> Iterator["Mounted | Limited"]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "disk"
        place.mkdir()
        try:
            disk: Mounted | Limited = Mounted(place)
        except (OSError, subprocess.CalledProcessError):
            disk = Limited(place)
        try:
            yield disk
        finally:
            disk.close()


def main(points: int, seed: int = 1) -> int:
    luck = random.Random(seed)
    missing: list[str] = []
    codes: Counter[str] = Counter()
    acknowledged = 0
    with small_disk() as disk:
        for number in range(points):
            path = disk.folder / f"{number}" / "intarsi.db"
            told, code = until_full(disk, path, luck)
            codes[code] += 1
            missing += told.missing(path, 1)
            acknowledged += told.writes
            shutil.rmtree(path.parent)
    report(
        points=points, disk=disk.name, acknowledged=acknowledged, codes=codes, missing=len(missing), first=missing[:3]
    )
    return int(bool(missing))


def until_full(disk: Mounted | Limited, path: Path, luck: random.Random) -> tuple[Told, str]:
    """Writes until it is refused; then there is room again and the same person goes on."""
    told = Told()
    path.parent.mkdir()
    with opened(path) as store:
        writer = Writer(store, "w", luck.randrange(10**9), told.take)
        for _ in range(BEFORE):
            writer.write()
        room = luck.randrange(300_000)
        disk.leave(room) if isinstance(disk, Mounted) else Limited(path.parent).leave(room)
        try:
            while True:
                writer.write()
        except StoreError as error:
            code = error.code
        finally:
            disk.free()
        for _ in range(AFTER):
            writer.write()
    return told, code


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
