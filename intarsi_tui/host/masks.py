"""Names of minors, kept back until somebody asks: what app and commands show instead."""

from typing import Any

from ..records.declaration import DOTS, Declaration
from .office import Office


def masks(declaration: Declaration, doc: dict[str, Any], office: Office) -> bool:
    """Whether names of this record are kept back."""
    return declaration.masks(doc, office.today) and doc.get("id") not in office.shown


def masked(declaration: Declaration, doc: dict[str, Any], office: Office) -> dict[str, Any]:
    """`doc` as it may be shown."""
    if not masks(declaration, doc, office):
        return doc
    kept = {
        name: DOTS for name in declaration.masked if doc.get(name) and declaration.by_name[name].kind.name == "text"
    }
    return {**{name: value for name, value in doc.items() if name not in declaration.masked}, **kept}
