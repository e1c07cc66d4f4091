"""A table whose rows can be marked; which ones are is known to the owner of the rows."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from .record_table import RecordTable


class MarkingTable(RecordTable):
    """Posts `RecordTable.Marked`; wants `marked`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *RecordTable.BINDINGS[:1],  # said first in the line of hints, which goes by the class that has the focus
        Binding("space", "mark", "Mark", show=False, id="table.mark"),
        Binding("shift+down", "mark_on(1)", "Mark downwards", show=False, id="table.mark_down"),
        Binding("shift+up", "mark_on(-1)", "Mark upwards", show=False, id="table.mark_up"),
        Binding("ctrl+a", "mark_all", "Mark all, or none", show=False, id="table.mark_all"),
    ]

    def action_mark(self) -> None:
        """Marks the row, or takes its mark away, and goes on to the next one."""
        if self.marked is not None and self.rows:
            self.post_message(self.Marked(self, self.cursor, self.cursor, not self.marked(self.cursor)))
            self.cursor += 1

    def action_mark_on(self, step: int) -> None:
        """Marks this row and the one that the cursor goes to."""
        if self.rows:
            before = self.cursor
            self.cursor += step
            self.post_message(self.Marked(self, min(before, self.cursor), max(before, self.cursor), True))

    def action_mark_all(self) -> None:
        if self.marked is not None and self.rows:
            on = not all(map(self.marked, range(len(self.rows))))
            self.post_message(self.Marked(self, 0, len(self.rows) - 1, on))
