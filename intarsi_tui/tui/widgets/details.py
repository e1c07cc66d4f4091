"""A whole record, read only: every field with its label, then who changed what."""

import textwrap
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from ...host.masks import masked
from ...host.office import Office
from ...records.declaration import Declaration, Field
from ...records.problems import Problem
from ..form_state import file_note
from ..history import told
from ..rows import in_words, row_words, shown, title_of
from ..texts import _, cell, lines
from .scrolling import LineView

# Kept by the program for its own use; who and when are told by the history below.
NOT_SHOWN = frozenset(("id", "site", "created_by", "created_at", "changed_by", "changed_at"))
CHANGES = 12


def details_of(declaration: Declaration, doc: dict[str, Any], office: Office, width: int) -> Content:
    """Labels and values of the filled fields in the order of the declaration; values wrap beside their label."""
    fields = [
        field
        for field in declaration.fields
        if field.name not in NOT_SHOWN and doc.get(field.name) not in (None, "", [])
    ]
    ordered = sorted(fields, key=lambda field: field.envelope and field.name not in ("number", "state"))
    wide = min(26, width // 2, max((cell_len(field.label(office.lang)) for field in ordered), default=0))
    parts: list[Any] = []
    for field in ordered:
        if field.section and not field.envelope:
            parts.append((f"\n── {field.section(office.lang)} ──\n", "$text-muted"))
        parts.append((cell(field.label(office.lang), wide) + "  ", "$text-muted"))
        parts.append(_hanging(_value(field, doc, office), width, wide + 2) + "\n")
    return Content.assemble(*parts)


def _value(field: Field, doc: dict[str, Any], office: Office) -> str:
    if field.kind.name == "rows":
        return "\n".join(row_words(field, row, office) for row in doc[field.name])
    if field.kind.name in ("attachment", "attachments"):
        stored = doc[field.name]
        return "\n".join(file_note(office, one) for one in ([stored] if isinstance(stored, str) else stored))
    return lines(shown(field, doc, office))


def _hanging(text: str, width: int, indent: int) -> str:
    """`text` in lines that all begin in column `indent` and end before `width`."""
    wrapped = (part for line in text.splitlines() for part in textwrap.wrap(line, max(8, width - indent)) or [""])
    return ("\n" + " " * indent).join(wrapped)


class Details(LineView, can_focus=True):
    """Shows one record at a time."""

    _what: tuple[Declaration, dict[str, Any], Office] | None = None
    _lines: Sequence[Strip] = ()
    _problems: Sequence[Problem] = ()

    def show(self, declaration: Declaration, doc: dict[str, Any] | None, office: Office) -> None:
        """The record `doc`, or nothing."""
        self._what = (declaration, masked(declaration, doc, office), office) if doc else None
        self._problems = ()
        self._write()
        self.scroll_to(y=0, animate=False, immediate=True)

    def warn(self, problems: Sequence[Problem]) -> None:
        """Puts above the record what rules find in it."""
        self._problems = problems
        self._write()

    def on_resize(self) -> None:
        self._write()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._write()  # the lines have the colours in them

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        return self._lines[at] if at < len(self._lines) else Strip.blank(self.size.width, self.rich_style)

    def _write(self) -> None:
        width = self.scrollable_content_region.width
        if self._what is None or width <= 0:
            self._lines = ()
        else:
            self._lines = Visual.to_strips(
                self, self._content(*self._what, max(20, width)), width, None, self.visual_style
            )
        self.measure(len(self._lines))
        self.refresh()

    def _content(self, declaration: Declaration, doc: dict[str, Any], office: Office, width: int) -> Content:
        changes = office.store.history(declaration.table, doc["id"], limit=CHANGES)
        past = "\n".join(_hanging(told(change, declaration, office), width, 2) for change in changes)
        heading = (f"\n── {_('Changes')} ──\n", "$text-muted")
        title = (title_of(declaration, doc, office) + "\n\n", "bold")
        signs = {"error": ("▲", "$text-error"), "warning": ("!", "$text-warning")}
        found = [
            (_hanging(f"{signs[one.severity][0]} {in_words(declaration, [one], office.lang)}", width, 2) + "\n", signs[one.severity][1])
            for one in self._problems
        ]  # fmt: skip
        return Content.assemble(
            title, *found, "\n" if found else "", details_of(declaration, doc, office, width), heading, past
        )
