"""Where the cached index of plugins lies and what is in it, for a start that imports nothing else.

The rest of `host` costs as much as click does (40 ms), and `intarsi --help` may cost five bare Python starts in all.
"""

import os
import sys

from .. import __version__
from ..own_folders import own_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Known = tuple[str, tuple[str, str], str]


def place(workspace: str) -> str:
    """The file of the index for a workspace's folder, "" for none; one for each installation of the program."""
    where = f"{sys.prefix}|{__file__}|{workspace}".encode()
    name = int.from_bytes(where, "big") % (2**61 - 1)  # a checksum that needs no module
    return os.path.join(own_folder("cache"), f"plugins-{name:016x}.txt")  # noqa: PTH118 - pathlib is not loaded yet


def known(workspace: str) -> list[Known] | None:
    """Name, label (Italian, English) and state of each plugin; `None` before the first load, and when one may have changed since."""
    found: list[Known] = []
    lines = _text(workspace).splitlines()[1:]
    if lines[:1] != [seen(workspace)]:
        return None
    for line in lines[1:]:
        if not line:
            return found
        name, it, en, state = line.split("\t")
        found.append((name, (it, en), state))
    return None


def seen(workspace: str) -> str:
    """What tells without an import whether packages or plugins came, went or changed, or settings or code tables that they use."""
    paths = [entry for entry in sys.path if entry.endswith("-packages")]
    if workspace:
        paths.append(os.path.join(workspace, "intarsi.toml"))  # noqa: PTH118
        paths += _files(os.path.join(workspace, "plugins"), ".py")  # noqa: PTH118
        paths += _files(os.path.join(workspace, "reference"), ".csv")  # noqa: PTH118
    return " ".join(f"{path!a}:{stamp(path)}" for path in paths)


def _files(folder: str, ending: str) -> list[str]:
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(ending))  # noqa: PTH208
    except OSError:
        return []
    return [os.path.join(folder, name) for name in names]  # noqa: PTH118


def stamp(path: str) -> str:
    """What changes with a file; of a folder of packages only with what is in it."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return "-"
    return f"{status.st_mtime_ns:x}.{0 if path.endswith('-packages') else status.st_size:x}"


def read(workspace: str) -> "Any":
    """Everything that was written, `None` when there is nothing, or another version of the program wrote it."""
    import json

    try:
        return json.loads(_text(workspace).partition("\n\n")[2])
    except ValueError:
        return None


def write(workspace: str, names: list[Known], data: "Any", stamps: str) -> None:
    """Writes the index: the version, what was `seen`, a line for each plugin, an empty line, and `data` as JSON."""
    import json

    # What help and completion need stands first and needs no JSON: its import and 100 kB of it take 4 ms.
    lines = [
        __version__,
        stamps,
        *("\t".join(" ".join(word.split()) for word in (name, *label, state)) for name, label, state in names),
    ]
    path = place(workspace)
    part = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(part, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write("\n".join([*lines, "", json.dumps(data, ensure_ascii=False)]))
        os.replace(part, path)  # noqa: PTH105
    except OSError:
        pass  # a cache that cannot be written only costs time


def _text(workspace: str) -> str:
    try:
        with open(place(workspace), encoding="utf-8") as file:  # noqa: PTH123
            first = file.readline()
            return first + file.read() if first.rstrip("\n") == __version__ else ""
    except (OSError, ValueError):
        return ""
