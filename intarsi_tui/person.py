"""What holds for one person on this computer, in every office: language, colours, keys. One small TOML file."""

import os

from .own_folders import own_folder

TYPE_CHECKING = False  # the language is asked for by every start: what costs time is imported where it is used
if TYPE_CHECKING:
    from typing import Any

NAME = "settings.toml"


def place() -> str:
    """The person's file, there or not."""
    return os.path.join(own_folder("config"), NAME)  # noqa: PTH118 - pathlib costs every start 4 ms


def read() -> "dict[str, Any]":
    """What the file says; nothing when it is not there or cannot be read (`wrong` says why)."""
    if not os.path.isfile(place()):  # noqa: PTH113
        return {}
    import tomllib

    try:
        return tomllib.loads(_text())
    except (OSError, ValueError):
        return {}


def keymap() -> "dict[str, Any]":
    """Other keys for what the app can do, by binding id; an id that was written without quotes is a table to TOML."""
    found = read().get("keys", {})
    plain: dict[str, Any] = {}
    for name, value in found.items() if isinstance(found, dict) else ():
        nested = value if isinstance(value, dict) else {}
        plain |= {f"{name}.{part}": one for part, one in nested.items()} or {name: value}
    return plain


def keep_key(id: str, keys: str | None) -> None:
    """Other keys for `id`, or with `None` its usual ones. Raises OSError, ValueError as `keep` does."""
    table = read().get("keys", {})
    group, _dot, name = id.partition(".")
    unquoted = {group: {name: None}} if isinstance(table.get(group), dict) else {}
    keep(keys={**unquoted, id: keys})


def wrong() -> str:
    """Why the file is not read, "" when it is."""
    if not os.path.isfile(place()):  # noqa: PTH113
        return ""
    import tomllib

    try:
        tomllib.loads(_text())
    except (OSError, ValueError) as error:
        return f"{place()}: {error}"
    return ""


def keep(**changes: "Any") -> None:
    """Changes the file and leaves the rest as a person wrote it; `None` takes a setting out, a table is changed key by key.

    Raises:
        OSError: it cannot be written, and is as it was.
        ValueError: what is there is no TOML: it is not overwritten.
    """
    from pathlib import Path

    import tomlkit

    from .whole_file import rewritten

    os.makedirs(own_folder("config"), exist_ok=True)  # noqa: PTH103
    settings = tomlkit.parse(_text()) if os.path.exists(place()) else tomlkit.document()  # noqa: PTH110
    _change(settings, changes)
    rewritten(Path(place()), tomlkit.dumps(settings))


def _change(table: "Any", changes: "dict[str, Any]") -> None:
    import tomlkit

    for name, value in changes.items():
        if isinstance(value, dict):
            _change(table.setdefault(name, tomlkit.table()), value)
        elif value is None:
            table.pop(name, None)
        else:
            table[name] = value


def _text() -> str:
    with open(place(), encoding="utf-8-sig") as file:  # noqa: PTH123 - Windows' Notepad may put a mark in front
        return file.read()
