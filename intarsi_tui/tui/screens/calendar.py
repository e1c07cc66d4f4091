"""The appointments of all registers, a month at a time."""

from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...diary.calendar import Appointment, calendar
from ...records.clock import months_after
from ..texts import _
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .page import Page
from .record import RecordScreen


class CalendarScreen(Page[None]):
    """One month; void and called-off appointments are toned down, and say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The table would take them for columns.
        Binding("left", "month(-1)", "Month before", priority=True, id="calendar.before"),
        Binding("right", "month(1)", "Month after", priority=True, id="calendar.after"),
        Binding("t", "today", "Today", id="calendar.today"),
        Binding("d", "deadlines", "Deadlines", id="calendar.deadlines"),
    ]

    def body(self) -> ComposeResult:
        columns = [
            Column("day", _("Date"), 5), Column("time", _("Time"), 11), Column("title", _("Appointment"), 26, grows=True),
            Column("place", _("Place"), 12, priority=1, grows=True), Column("status", _("State"), 9, priority=2),
            Column("who", _("Who"), 18, priority=3),
        ]  # fmt: skip
        yield RecordTable(columns)

    def on_mount(self) -> None:
        self._found: list[Appointment] = []
        self._first = self.office.today.replace(day=1)
        self._kept: date | None = None
        self.query_one(RecordTable).focus()

    @property
    def _last(self) -> date:
        return months_after(self._first, 1) - timedelta(days=1)

    def reload(self) -> None:
        office, first, last = self.office, self._first, self._last
        self.say_title(f"{_('Calendar')} {first:%m/%Y}", str(len(self._found)) if self._kept == first else "")
        self.read_slowly(lambda: (first, calendar(office, first, last)), self._show)

    def _show(self, read: tuple[date, list[Appointment]]) -> None:
        first, found = read
        self._found = found
        table = self.query_one(RecordTable)
        # A month that was not shown before opens on the first day that is not over.
        coming = next((at for at, one in enumerate(found) if one.last >= self.office.today), 0)
        cursor = table.cursor if self._kept == first else coming
        self._kept = first
        table.show([self._line(one) for one in found], cursor=cursor, empty=_("There is no appointment in this month: they come from the registers by themselves ([app.registers]).\n[calendar.before] and [calendar.after] show other months."))  # fmt: skip
        self.say_title(f"{_('Calendar')} {first:%m/%Y}", str(len(found)))

    def _line(self, one: Appointment) -> Line:
        times = "–".join(f"{time:%H:%M}" for time in (one.start, one.end) if time)
        # What tells one from the next comes first: the end is what a narrow window cuts.
        register = one.declaration.label(self.lang)
        title = f"{one.title.removeprefix(f'{register}: ')} · {register}"
        cells = (f"{one.day:%d/%m}", times, title, one.place, one.status, one.who)
        return Line(cells, "void" if one.off else "")

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        one = self._found[event.index]
        self.app.push_screen(RecordScreen(one.declaration.table, one.doc["id"]))

    def action_month(self, step: int) -> None:
        self._first = months_after(self._first, step)
        self.reload()

    def action_today(self) -> None:
        self._first, self._kept = self.office.today.replace(day=1), None
        self.reload()

    def action_deadlines(self) -> None:
        from .deadlines import DeadlinesScreen

        self.app.push_screen(DeadlinesScreen())

    def action_copy_command(self) -> None:
        self.intarsi.copy_command("calendar", "--from", f"{self._first:%d/%m/%Y}", "--to", f"{self._last:%d/%m/%Y}")
