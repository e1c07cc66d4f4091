"""TinyDB's interface over SQLite, one row a record: `open_store` gives a `TinyDB` with registers, history and undo."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .context import StoreContext as StoreContext
    from .database import Store as Store
    from .database import open_store as open_store
    from .errors import AmbiguousRecord as AmbiguousRecord
    from .errors import NoSuchRecord as NoSuchRecord
    from .errors import StoreError as StoreError
    from .history import Change as Change
    from .history import Done as Done
    from .links import referring as referring
    from .register import RegisterTable as RegisterTable
    from .register import Saved as Saved
    from .table import Table as Table
    from .undo import Undone as Undone

_WHERE = {
    "AmbiguousRecord": "errors",
    "Change": "history",
    "Done": "history",
    "NoSuchRecord": "errors",
    "RegisterTable": "register",
    "Saved": "register",
    "Store": "database",
    "StoreContext": "context",
    "StoreError": "errors",
    "Table": "table",
    "Undone": "undo",
    "open_store": "database",
    "referring": "links",
}

__all__ = sorted(_WHERE)  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_WHERE[name]}", __name__), name)
