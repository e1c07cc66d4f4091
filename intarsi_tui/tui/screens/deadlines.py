"""What is open and has to be done soon, overdue things first; each line opens the record that says so."""

from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...diary.deadlines import Due, deadlines, how_far
from ...store.words import held, split
from ..rows import title_of
from ..texts import _
from ..widgets.columns import Column, Line
from ..widgets.filter_box import FilterBox
from ..widgets.record_table import RecordTable
from .filtered import FilteredPage
from .record import RecordScreen

DAYS = 90


class DeadlinesScreen(FilteredPage):
    """The deadlines of all registers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "calendar", "Calendar", id="deadlines.calendar"),
    ]

    def body(self) -> ComposeResult:
        yield FilterBox()
        columns = [
            Column("day", _("Due"), 10), Column("left", _("When"), 14), Column("what", _("What"), 22, grows=True),
            Column("record", _("Record"), 16, grows=True), Column("owner", _("Owner"), 8, priority=1, grows=True),
        ]  # fmt: skip
        yield RecordTable(columns)

    def on_mount(self) -> None:
        self._all: list[tuple[Due, Line]] = []
        self._found: list[Due] = []
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        if not self._all:
            self.say_title(_("Deadlines"))
        # Every register is looked through: not on the thread that draws.
        self.read_slowly(self._look, self._take)

    def _look(self) -> list[tuple[Due, Line]]:
        office = self.office
        return [(due, self._line(due)) for due in deadlines(office, office.today + timedelta(days=DAYS))]

    def _take(self, found: list[tuple[Due, Line]]) -> None:
        self._all = found
        self.filter()

    def filter(self) -> None:
        wanted = split(self.search)
        found = [(due, line) for due, line in self._all if held(line.cells, wanted)]
        self._found = [due for due, _line in found]
        table = self.query_one(RecordTable)
        nothing = _("Nothing is due: deadlines come from the registers by themselves ([app.registers]).")
        table.show([line for _due, line in found], cursor=table.cursor, empty=self.nothing(nothing))
        late = sum(due.left < 0 for due in self._found)
        told = _("overdue: {late}, within {days} days: {count}").format(late=late, days=DAYS, count=len(found) - late)
        if self.search:
            told = f"{self.counted(len(found), len(self._all))}   {told}"
        self.say_title(_("Deadlines"), told)

    def _line(self, due: Due) -> Line:
        title = title_of(due.declaration, due.doc, self.office)
        # What has to be done comes first: the rest is cut on a narrow screen, and the record stands beside it.
        what = f"{due.what} ({due.detail})" if due.detail else due.what
        return Line((f"{due.day:%d/%m/%Y}", how_far(due.left, self.lang), what, title, due.owner))

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        due = self._found[event.index]
        self.app.push_screen(RecordScreen(due.declaration.table, due.doc["id"]))

    def action_calendar(self) -> None:
        from .calendar import CalendarScreen

        self.app.push_screen(CalendarScreen())  # Esc leads back here

    def action_copy_command(self) -> None:
        self.intarsi.copy_command(*self.searching("deadlines", "--days", str(DAYS)))
