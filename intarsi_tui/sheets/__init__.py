"""Excel workbooks filled, inspected, checked and read; an engine of its own that knows no record."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cells import Value
    from .checking import check, check_lists
    from .comparing import CellChange, Difference, diff
    from .errors import Message, SheetError
    from .filling import Block, FillReport, fill
    from .findings import Finding
    from .grouping import Copy, fill_copies, sheets_of
    from .inspection import WorkbookDescription, inspect
    from .linting import lint
    from .reading import ReadTable, read_rows, read_table
    from .rereading import ReadBack, ReadBlock, ReadCell, ReadSheet, read_back
    from .unread import FormulaError

# Modules are named unlike the functions (`filling`, `fill`): importing a submodule sets its name on the package.
_HOMES = {
    "Block": "filling",
    "CellChange": "comparing",
    "Copy": "grouping",
    "Difference": "comparing",
    "FillReport": "filling",
    "Finding": "findings",
    "FormulaError": "unread",
    "Message": "errors",
    "ReadBack": "rereading",
    "ReadBlock": "rereading",
    "ReadCell": "rereading",
    "ReadSheet": "rereading",
    "ReadTable": "reading",
    "SheetError": "errors",
    "Value": "cells",
    "WorkbookDescription": "inspection",
    "check": "checking",
    "check_lists": "checking",
    "diff": "comparing",
    "fill": "filling",
    "fill_copies": "grouping",
    "inspect": "inspection",
    "lint": "linting",
    "read_back": "rereading",
    "read_rows": "reading",
    "read_table": "reading",
    "sheets_of": "grouping",
}

__all__ = [
    "Block",
    "CellChange",
    "Copy",
    "Difference",
    "FillReport",
    "Finding",
    "FormulaError",
    "Message",
    "ReadBack",
    "ReadBlock",
    "ReadCell",
    "ReadSheet",
    "ReadTable",
    "SheetError",
    "Value",
    "WorkbookDescription",
    "check",
    "check_lists",
    "diff",
    "fill",
    "fill_copies",
    "inspect",
    "lint",
    "read_back",
    "read_rows",
    "read_table",
    "sheets_of",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
