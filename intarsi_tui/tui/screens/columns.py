"""Which columns a list shows, in which order, and how wide."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ...host.views import LEAST, MOST
from ...records.declaration import Declaration
from ..rows import columns_of, usual_width
from ..texts import _, lines
from ..widgets.columns import Column, Line
from ..widgets.hints import Hints
from ..widgets.record_table import RecordTable
from .page import Dialog

STEP = 2
Chosen = tuple[tuple[str, int], ...]


class ColumnsDialog(Dialog[Chosen]):
    """Answers with field and width of each column, an empty tuple for those of the declaration."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "show", "Show or not", priority=True, id="columns.show"),
        Binding("left", "shift(-1)", "To the left", priority=True, id="columns.left"),
        Binding("right", "shift(1)", "To the right", priority=True, id="columns.right"),
        Binding("plus", "wider(1)", "Wider", key_display="+", id="columns.wider"),
        Binding("minus", "wider(-1)", "Narrower", key_display="-", id="columns.narrower"),
        Binding("r", "reset", "As at first", id="columns.reset"),
        Binding("enter", "take", "Take", priority=True, id="columns.take"),
    ]

    def __init__(self, declaration: Declaration, chosen: Chosen, lang: str) -> None:
        super().__init__()
        self._declaration, self._lang_of = declaration, lang
        self._begin(chosen)

    def _begin(self, chosen: Chosen) -> None:
        """All fields: the shown ones in their order, then the others as they are declared."""
        shown = [(name, width) for name, width in chosen if name in self._declaration.by_name]
        shown = shown or [(field.name, 0) for field in self._declaration.columns]
        self._on = {name for name, _width in shown}
        # The internal id says nothing to anybody; rows and files have their place in the record.
        others = [one.name for one in self._declaration.fields if one.name not in ("id", *self._on)]
        self._fields = [name for name, _width in shown] + others
        self._widths = dict(shown)

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield Static(Content(lines(_("Columns of the list"))), id="window-title")
            yield RecordTable([Column("label", "", 30, grows=True), Column("width", "", 12, "right")], header=False)
            yield Hints()

    def on_mount(self) -> None:
        self._show(0)

    def _show(self, cursor: int) -> None:
        fields = self._declaration.by_name
        rows = [
            Line(
                (
                    ("[x] " if name in self._on else "[ ] ") + fields[name].label(self._lang_of),
                    _("{count} wide").format(count=self._width(name)) if name in self._on else "",
                )
            )
            for name in self._fields
        ]
        self.query_one(RecordTable).show(rows, cursor=cursor)

    def _width(self, name: str) -> int:
        return self._widths.get(name) or usual_width(self._declaration.by_name[name], self._lang_of)

    @property
    def _here(self) -> int:
        return self.query_one(RecordTable).cursor

    def action_show(self) -> None:
        name = self._fields[self._here]
        if name not in self._on:
            self._on.add(name)
        elif len(self._on) > 1:
            self._on.discard(name)
        else:
            self.app.bell()
        self._show(self._here)

    def action_shift(self, step: int) -> None:
        """Changes places with the neighbour."""
        here, there = self._here, self._here + step
        if 0 <= there < len(self._fields):
            self._fields[here], self._fields[there] = self._fields[there], self._fields[here]
            self._show(there)

    def action_wider(self, step: int) -> None:
        name = self._fields[self._here]
        self._widths[name] = max(LEAST, min(self._width(name) + STEP * step, MOST))
        self._show(self._here)

    def action_reset(self) -> None:
        self._begin(())
        self._show(0)

    def on_record_table_chosen(self) -> None:
        self.action_show()

    def action_take(self) -> None:
        chosen = tuple((name, self._widths.get(name, 0)) for name in self._fields if name in self._on)
        first = tuple((column.name, 0) for column in columns_of(self._declaration, self._lang_of))
        self.dismiss(() if chosen == first else chosen)
