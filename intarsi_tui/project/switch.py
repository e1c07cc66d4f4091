"""Switching a plugin on or off in the workspace's settings; it holds from the next start."""

import os

from .where import SETTINGS
from .workspace import Workspace


def switch(workspace: Workspace, name: str, *, on: bool) -> None:
    """Writes `plugins.disabled` of `intarsi.toml` anew and leaves the rest of the file as a person wrote it.

    Raises:
        OSError: the file cannot be written; it is as it was.
    """
    import tomlkit

    path = workspace.path / SETTINGS
    settings = tomlkit.parse(path.read_text("utf-8"))
    plugins = settings.setdefault("plugins", tomlkit.table())
    disabled = [one for one in plugins.get("disabled", []) if one != name]
    plugins["disabled"] = disabled if on else [*disabled, name]
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(tomlkit.dumps(settings))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
