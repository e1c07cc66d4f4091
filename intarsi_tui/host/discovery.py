"""Which plugins there are, without importing any: entry points, and single files in the workspace's `plugins/`."""

import functools
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from .cache import seen

GROUP = "intarsi.plugins"

# The order in which the project names its action lines; other plugins follow by name.
ORDER = ("registry", "governance", "training", "mediation", "cohousing", "dissemination")

# Names that commands of the shell have; a plugin cannot take one.
RESERVED = frozenset(
    [
        "demo",
        "init",
        "attachment",
        "report",
        "sheet",
        "check",
        "calendar",
        "deadlines",
        "indicators",
        "period",
        "bundle",
        "history",
        "undo",
        "redo",
        "verify",
        "backup",
        "restore",
        "export",
        "import",
        "passphrase",
        "doctor",
        "duplicates",
        "merge",
        "serve",
        "plugin",
        "completion",
        "help",
    ]
)


@dataclass(frozen=True)
class Source:
    """Where a plugin was found.

    Attributes:
        name: the name it goes by: of the entry point, or of the file.
        target: `module:attribute` of an entry point, "" for a file.
        file: the single file, `None` for an entry point.
        package: distribution and version that bring an entry point.
    """

    name: str
    target: str = ""
    file: Path | None = None
    package: str = ""

    @property
    def origin(self) -> str:
        """What a person is told about where it comes from."""
        return str(self.file) if self.file else f"{self.package} ({self.target})"


def discover(folder: Path | None) -> list[Source]:
    """All plugins, installed ones first. `folder` is the workspace's `plugins/`, if there is a workspace."""
    return [*installed(), *files(folder)]


def installed() -> Iterable[Source]:
    """Plugins of installed packages, by entry point."""
    return _installed(tuple(sys.path), seen(""))


@functools.lru_cache(maxsize=1)  # reading what all packages say of themselves takes 10 ms
def _installed(_folders: tuple[str, ...], _seen: str) -> Iterable[Source]:
    found: dict[tuple[str, str], Source] = {}
    for entry in entry_points(group=GROUP):
        package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else ""
        found.setdefault((entry.name, entry.value), Source(entry.name, entry.value, package=package))
    rank = {name: place for place, name in enumerate(ORDER)}
    return sorted(found.values(), key=lambda source: (rank.get(source.name, len(ORDER)), source.name))


def files(folder: Path | None) -> Iterable[Source]:
    """Plugins that are one file each in `folder`; names that begin with `_` or `.` are left alone."""
    if folder is None or not folder.is_dir():
        return []
    return [Source(path.stem, file=path) for path in sorted(folder.glob("*.py")) if path.stem[0] not in "_."]
