"""Showing the names of a minor, and keeping them back again; who asked is in the log of accesses."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from ..host import access
from ..host.masks import masks
from ..host.office import Office
from ..records.declaration import Declaration

if TYPE_CHECKING:
    from .screens.page import Page


def turn(page: "Page[Any]", declaration: Declaration, doc: dict[str, Any]) -> None:
    """Shows what is kept back, and keeps it back again the second time."""
    if doc["id"] in page.office.shown:
        page.office.shown.discard(doc["id"])
        page.reload()
    else:
        reveal(page, declaration, doc)


HIDES = Binding("m", "reveal", "Hide the name")


def turning(binding: Binding, office: Office, doc: dict[str, Any] | None) -> Binding:
    """The key for `turn`, in words for what it does now."""
    hides = binding.action == "reveal" and doc and doc["id"] in office.shown
    return replace(binding, description=HIDES.description) if hides else binding


def reveal(page: "Page[Any]", declaration: Declaration, doc: dict[str, Any]) -> None:
    """Shows what was kept back, until the app is left; the entry in the log comes first."""
    if not masks(declaration, doc, page.office):
        return

    def done(_logged: None) -> None:
        page.office.shown.add(doc["id"])
        page.reload()

    page.write(lambda: access.log(page.office, "shown", declaration.table, doc["id"]), done)
