"""Switching a plugin on or off in the workspace's settings; it holds from the next start."""

from typing import Any

from .settings import rewrite
from .where import SETTINGS
from .workspace import Workspace


def switch(workspace: Workspace, name: str, *, on: bool) -> None:
    """Writes `plugins.disabled` of `intarsi.toml` anew and leaves the rest of the file as a person wrote it.

    Raises:
        OSError: the file cannot be written; it is as it was.
    """

    def change(settings: Any) -> None:
        import tomlkit

        plugins = settings.setdefault("plugins", tomlkit.table())
        disabled = [one for one in plugins.get("disabled", []) if one != name]
        plugins["disabled"] = disabled if on else [*disabled, name]

    rewrite(workspace.path / SETTINGS, change)
