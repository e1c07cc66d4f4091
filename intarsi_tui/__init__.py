"""intarsi-tui: registers of a reception network's action lines, one declaration for every surface.

These are the names for plugin authors. They are resolved on first use, so that the command line starts without them.
"""

__version__ = "0.8.0"

TYPE_CHECKING = False  # type checkers know the name; importing `typing` for it would cost every start 5 ms
if TYPE_CHECKING:
    from typing import Any

    from .grid import Grid, GridColumn, GridKey, GridRow, GridView
    from .hookspecs import hookimpl
    from .host.office import Office
    from .i18n import words
    from .on_screen import Card, CardLine, PluginScreen
    from .plugin import Action, Indicator, Plugin
    from .records.context import Context
    from .records.dated import Calendar, Deadline
    from .records.fields import field, link
    from .records.labels import Label, choice
    from .records.problems import Problem, Rejected
    from .records.record import Change, Record, Row
    from .records.typed import show_minutes
    from .records.types import (
        Attachment,
        Attachments,
        Choice,
        Choices,
        Country,
        Date,
        Email,
        Euro,
        Flag,
        Int,
        Language,
        Link,
        Links,
        LongText,
        Minutes,
        Municipality,
        Phone,
        Pseudonym,
        Rows,
        SchoolCode,
        SchoolYear,
        TaxCode,
        Text,
        Time,
    )  # fmt: skip

_NAMES = {
    "grid": "Grid GridColumn GridKey GridRow GridView",
    "hookspecs": "hookimpl",
    "host.office": "Office",
    "i18n": "words",
    "on_screen": "Card CardLine PluginScreen",
    "plugin": "Action Indicator Plugin",
    "records.context": "Context",
    "records.dated": "Calendar Deadline",
    "records.fields": "field link",
    "records.labels": "Label choice",
    "records.problems": "Problem Rejected",
    "records.record": "Change Record Row",
    "records.typed": "show_minutes",
    "records.types": "Attachment Attachments Choice Choices Country Date Email Euro Flag Int Language Link Links LongText Minutes "
    "Municipality Phone Pseudonym Rows SchoolCode SchoolYear TaxCode Text Time",
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}

__all__ = [
    "Action", "Attachment", "Attachments", "Calendar", "Card", "CardLine", "Change", "Choice", "Choices", "Context", "Country",
    "Date", "Deadline", "Email", "Euro", "Flag", "Grid", "GridColumn", "GridKey", "GridRow", "GridView", "Indicator", "Int", "Label",
    "Language", "Link", "Links", "LongText", "Minutes", "Municipality", "Office", "Phone", "Plugin", "PluginScreen", "Problem",
    "Pseudonym", "Record", "Rejected", "Row", "Rows", "SchoolCode", "SchoolYear", "TaxCode", "Text", "Time", "choice", "field", "hookimpl",
    "link", "show_minutes", "words",
]  # fmt: skip


def __getattr__(name: str) -> "Any":
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"intarsi_tui has no public name {name!r}")
    value = getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
