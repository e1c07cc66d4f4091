"""What is open and has to be done soon, overdue things first; each line opens the record that says so."""

from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...diary.deadlines import Due, deadlines, how_far
from ..texts import _, one_line
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .page import Page
from .record import RecordScreen

DAYS = 90


class DeadlinesScreen(Page[None]):
    """The deadlines of all registers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "app.mode('calendar')", "Calendar", id="deadlines.calendar"),
    ]

    def body(self) -> ComposeResult:
        columns = [
            Column("day", _("Due"), 10), Column("left", _("When"), 14), Column("what", _("What"), 22, grows=True),
            Column("record", _("Record"), 16, grows=True), Column("owner", _("Owner"), 8, priority=1, grows=True),
        ]  # fmt: skip
        yield RecordTable(columns)

    def on_mount(self) -> None:
        self._found: list[Due] = []
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        office = self.office
        self.say_title(_("Deadlines"))
        # Every register is looked through: not on the thread that draws.
        self.write(lambda: deadlines(office, office.today + timedelta(days=DAYS)), self._show)

    def _show(self, found: list[Due]) -> None:
        self._found = found
        table = self.query_one(RecordTable)
        table.show([self._line(due) for due in found], cursor=table.cursor, empty=_("Nothing is due."))
        late = sum(due.left < 0 for due in found)
        told = _("overdue: {late}, within {days} days: {count}")
        self.say_title(_("Deadlines"), told.format(late=late, days=DAYS, count=len(found) - late))

    def _line(self, due: Due) -> Line:
        title = one_line(self.office.title_of(due.declaration, due.doc))
        # What tells one line from the next comes first: the rest is cut on a narrow screen.
        what = ": ".join(filter(None, (due.detail, due.what)))
        return Line((f"{due.day:%d/%m/%Y}", how_far(due.left, self.lang), what, title, due.owner))

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        due = self._found[event.index]
        self.app.push_screen(RecordScreen(due.declaration.table, due.doc["id"]))

    def action_copy_command(self) -> None:
        self.intarsi.copy_command("deadlines", "--days", str(DAYS))
