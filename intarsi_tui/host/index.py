"""The cached index: what the last load found, as plain data, so that help, completion and lists import no plugin.

It is stale when what `cache.seen` tells has changed, or a file of the plugins' or of the program's.
"""

import functools
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..project.workspace import Workspace
from ..records.labels import plain
from . import cache
from .states import PluginState

if TYPE_CHECKING:
    from .discovery import Source

Stamps = dict[str, Any]


def current(workspace: Workspace | None) -> list[PluginState]:
    """The states of all plugins, loading them only when the cache is stale."""
    return read(workspace) or rebuild(workspace)


def known(states: Sequence[PluginState]) -> list[cache.Known]:
    """What the help says of plugins."""
    return [(state.name, state.label, state.state) for state in states]


def last_known(workspace: Workspace | None) -> list[PluginState]:
    """The states of the last load, however old; before the first load, the plugins that there are, as found."""
    known = read(workspace, even_if_stale=True)
    if known is not None:
        return known
    from .discovery import discover

    sources = discover(workspace.plugins if workspace else None)
    return [PluginState(source.name, source.origin, "found", plain(source.name)) for source in sources]


def rebuild(workspace: Workspace | None) -> list[PluginState]:
    """Loads every enabled plugin, checks it, and writes the cache."""
    from .asked_tables import nowhere
    from .checks import links_between
    from .discovery import discover
    from .loader import load

    # Before anything is read: what changes meanwhile makes the index stale.
    seen = cache.seen(_folder(workspace))
    disabled = set(disabled_names(workspace))
    known = {state.origin: state for state in read(workspace, even_if_stale=True) or ()}
    states: list[PluginState] = []
    sources = list(discover(workspace.plugins if workspace else None))
    for source in sources:
        # A single file's plugin may have another name than its file; then only an earlier load knows it.
        before = known.get(source.origin)
        name = before.name if before else source.name
        off = PluginState(name, source.origin, "disabled", before.label if before else plain(name))
        state = off if name in disabled else load(source, states).state
        states.append(replace(off, name=state.name, label=state.label) if state.name in disabled else state)
    more = links_between(states)
    states = [
        replace(state, findings=(*state.findings, *more.get(state.name, ()), *nowhere(_files(source), states)))
        if state.state == "loaded" else state
        for source, state in zip(sources, states, strict=True)
    ]  # fmt: skip
    _write(workspace, states, seen)
    return states


def disabled_names(workspace: Workspace | None) -> list[str]:
    """The plugins that the workspace's settings switch off."""
    return workspace.disabled if workspace else []


def read(workspace: Workspace | None, *, even_if_stale: bool = False) -> list[PluginState] | None:
    """The cached states; `None` when there are none or they are stale."""
    folder = _folder(workspace)
    if not even_if_stale and cache.known(folder) is None:
        return None
    data = cache.read(folder)
    if data is None:
        return None
    try:
        if not even_if_stale and data["stamps"] != _stamps(data["stamps"]):
            return None
        return [PluginState.from_json(one) for one in data["plugins"]]
    except (ValueError, KeyError, TypeError):
        return None


def _write(workspace: Workspace | None, states: Sequence[PluginState], seen: str) -> None:
    modules = [sys.modules[name] for name in list(sys.modules) if _is_plugin_module(name)]
    files = [file for module in modules if (file := getattr(module, "__file__", None))]
    own = [str(path) for path in Path(__file__).parent.parent.joinpath("records").glob("*.py")]
    data = {
        "stamps": _stamps([*files, *own]),
        "plugins": [state.to_json() for state in states],
    }
    cache.write(_folder(workspace), known(states), data, seen)


def _is_plugin_module(name: str) -> bool:
    return name.startswith("intarsi_workspace_plugin_") or name.partition(".")[0] in _plugin_packages()


@functools.cache
def _plugin_packages() -> frozenset[str]:
    from .discovery import installed

    return frozenset(source.target.partition(":")[0].partition(".")[0] for source in installed())


def _files(source: "Source") -> list[Path]:
    """The modules of a plugin that were loaded."""
    if source.file is not None:
        return [source.file]
    package = source.target.partition(":")[0].partition(".")[0]
    modules = (module for name, module in sys.modules.items() if name.partition(".")[0] == package)
    return sorted(Path(file) for module in modules if (file := getattr(module, "__file__", None)))


def _stamps(files: Any) -> Stamps:
    return {str(file): cache.stamp(str(file)) for file in files}


def _folder(workspace: Workspace | None) -> str:
    return str(workspace.path) if workspace else ""
