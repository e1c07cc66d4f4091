"""A whole record, read only: every field with its label, then who changed what."""

from typing import Any

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...host.office import Office
from ...records.declaration import Declaration, Field
from ..history import told
from ..rows import shown, title_of
from ..texts import _, lines, one_line

# Kept by the program for its own use; who and when are told by the history below.
NOT_SHOWN = frozenset(("id", "site", "created_by", "created_at", "changed_by", "changed_at"))
CHANGES = 12


def details_of(declaration: Declaration, doc: dict[str, Any], office: Office) -> Content:
    """Labels and values of the filled fields in the order of the declaration."""
    fields = [
        field
        for field in declaration.fields
        if field.name not in NOT_SHOWN and doc.get(field.name) not in (None, "", [])
    ]
    ordered = sorted(fields, key=lambda field: field.envelope and field.name not in ("number", "state"))
    wide = min(22, max((len(field.label(office.lang)) for field in ordered), default=0))
    parts: list[Any] = []
    for field in ordered:
        if field.section and not field.envelope:
            parts.append((f"\n── {field.section(office.lang)} ──\n", "$text-muted"))
        parts.append((f"{one_line(field.label(office.lang))[:wide]:<{wide}}  ", "$text-muted"))
        parts.append(_value(field, doc, office).replace("\n", "\n" + " " * (wide + 2)) + "\n")
    return Content.assemble(*parts)


def _value(field: Field, doc: dict[str, Any], office: Office) -> str:
    if field.kind.name == "rows":
        return lines(field.show(doc, office.lang))
    return lines(shown(field, doc, office))


class Details(VerticalScroll, can_focus=True):
    """Shows one record at a time."""

    def compose(self) -> Any:
        yield Static(markup=False)

    def show(self, declaration: Declaration, doc: dict[str, Any] | None, office: Office) -> None:
        """The record `doc`, or nothing."""
        if not doc:
            self.query_one(Static).update("")
            return
        changes = office.store.history(declaration.table, doc["id"], limit=CHANGES)
        past = "\n".join(told(change, declaration, office) for change in changes)
        heading = (f"\n── {_('Changes')} ──\n", "$text-muted")
        title = (title_of(declaration, doc, office) + "\n\n", "bold")
        self.query_one(Static).update(Content.assemble(title, details_of(declaration, doc, office), heading, past))
        self.scroll_home(animate=False)
