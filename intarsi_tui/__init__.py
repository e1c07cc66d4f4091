"""intarsi-tui: registers of a reception network's action lines, one declaration for every surface.

These are the names for plugin authors. They are resolved on first use, so that the command line starts without them.
"""

__version__ = "0.7.0"

TYPE_CHECKING = False  # type checkers know the name; importing `typing` for it would cost every start 5 ms
if TYPE_CHECKING:
    from typing import Any

    from .grid import Grid, GridColumn, GridKey, GridRow, GridView
    from .hookspecs import hookimpl
    from .i18n import words
    from .on_screen import Card, CardLine, PluginScreen
    from .plugin import Action, Indicator, Plugin
    from .records.context import Context
    from .records.dated import Calendar, Deadline
    from .records.fields import field, link
    from .records.labels import choice
    from .records.problems import Problem
    from .records.record import Record, Row
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

_HOMES = {
    "Action": "plugin", "Attachment": "records.types", "Attachments": "records.types", "Calendar": "records.dated",
    "Card": "on_screen", "CardLine": "on_screen", "Choice": "records.types", "Choices": "records.types",
    "Context": "records.context", "Country": "records.types", "Date": "records.types", "Deadline": "records.dated",
    "Email": "records.types", "Euro": "records.types", "Flag": "records.types", "Grid": "grid", "GridColumn": "grid", "GridKey": "grid",
    "GridRow": "grid", "GridView": "grid", "Indicator": "plugin", "Int": "records.types", "Language": "records.types",
    "Link": "records.types", "Links": "records.types", "LongText": "records.types", "Minutes": "records.types",
    "Municipality": "records.types", "Plugin": "plugin", "PluginScreen": "on_screen", "Problem": "records.problems",
    "Phone": "records.types", "Pseudonym": "records.types", "Record": "records.record", "Row": "records.record", "Rows": "records.types",
    "SchoolCode": "records.types", "SchoolYear": "records.types", "TaxCode": "records.types", "Text": "records.types", "Time": "records.types",
    "choice": "records.labels", "field": "records.fields", "hookimpl": "hookspecs", "link": "records.fields",
    "show_minutes": "records.typed", "words": "i18n",
}  # fmt: skip

__all__ = [
    "Action", "Attachment", "Attachments", "Calendar", "Card", "CardLine", "Choice", "Choices", "Context", "Country",
    "Date", "Deadline", "Email", "Euro", "Flag", "Grid", "GridColumn", "GridKey", "GridRow", "GridView", "Indicator", "Int",
    "Language", "Link", "Links", "LongText", "Minutes", "Municipality", "Phone", "Plugin", "PluginScreen", "Problem",
    "Pseudonym", "Record", "Row", "Rows", "SchoolCode", "SchoolYear", "TaxCode", "Text", "Time", "choice", "field", "hookimpl",
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
