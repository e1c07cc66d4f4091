"""Names of minors, not shown until somebody asks; who asked is in the log of accesses."""

from typing import TYPE_CHECKING, Any

from ..host import access
from ..host.office import Office
from ..records.declaration import Declaration

if TYPE_CHECKING:
    from .screens.page import Page

DOTS = "•••"


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


def turn(page: "Page[Any]", declaration: Declaration, doc: dict[str, Any]) -> None:
    """Shows what is kept back, and keeps it back again the second time."""
    if doc["id"] in page.office.shown:
        page.office.shown.discard(doc["id"])
        page.reload()
    else:
        reveal(page, declaration, doc)


def reveal(page: "Page[Any]", declaration: Declaration, doc: dict[str, Any]) -> None:
    """Shows what was kept back, until the app is left; the entry in the log comes first."""
    if not masks(declaration, doc, page.office):
        return

    def done(_logged: None) -> None:
        page.office.shown.add(doc["id"])
        page.reload()

    page.write(lambda: access.log(page.office, "shown", declaration.table, doc["id"]), done)
