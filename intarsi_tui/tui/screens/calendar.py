"""The appointments of all registers, a month at a time; keys go through it by days, weeks and months."""

from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...diary.calendar import Appointment, calendar
from ...records.clock import months_after
from ..form_state import DAYS
from ..texts import _
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .page import Page
from .record import RecordScreen


class CalendarScreen(Page[None]):
    """One month; void and called-off appointments are toned down, and say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The table would take them for columns and pages.
        Binding("left", "day(-1)", "Appointments before", show=False, priority=True, id="calendar.day_before"),
        Binding("right", "day(1)", "Appointments after", priority=True, id="calendar.day_after"),
        Binding("pageup", "month(-1)", "Month before", show=False, priority=True, id="calendar.before"),
        Binding("pagedown", "month(1)", "Month after", priority=True, id="calendar.after"),
        Binding("t", "today", "Today", id="calendar.today"),
        Binding("ctrl+left", "week(-1)", "Week before", show=False, priority=True, id="calendar.week_before"),
        Binding("ctrl+right", "week(1)", "Week after", priority=True, id="calendar.week_after"),
        Binding("d", "deadlines", "Deadlines", id="calendar.deadlines"),
    ]

    def body(self) -> ComposeResult:
        columns = [
            Column("day", _("Date"), 9), Column("time", _("Time"), 11), Column("title", _("Appointment"), 26, grows=True),
            Column("place", _("Place"), 12, priority=1, grows=True), Column("status", _("State"), 9, priority=2),
            Column("who", _("Who"), 18, priority=3),
        ]  # fmt: skip
        yield RecordTable(columns)

    def on_mount(self) -> None:
        self._found: list[Appointment] = []
        self._first = self.office.today.replace(day=1)
        self._kept: date | None = None
        self._wanted: date | None = None
        self._step = 1
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
        if self._wanted and found:
            there = self._near(self._wanted, self._step)
            cursor = self._near(self._wanted, -self._step) or 0 if there is None else there
            self._wanted = None
        self._kept = first
        table.show([self._line(one) for one in found], cursor=cursor, empty=_("There is no appointment in this month: they come from the registers by themselves ([app.registers]).\n[calendar.before] and [calendar.after] show other months."))  # fmt: skip
        self.say_title(f"{_('Calendar')} {first:%m/%Y}", str(len(found)))

    def _line(self, one: Appointment) -> Line:
        times = "–".join(f"{time:%H:%M}" for time in (one.start, one.end) if time)
        # What tells one from the next comes first: the end is what a narrow window cuts.
        register = one.declaration.label(self.lang)
        title = f"{one.title.removeprefix(f'{register}: ')} · {register}"
        cells = (f"{DAYS[one.day.weekday()](self.lang)} {one.day:%d/%m}", times, title, one.place, one.status, one.who)
        return Line(cells, "void" if one.off else "")

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        one = self._found[event.index]
        self.app.push_screen(RecordScreen(one.declaration.table, one.doc["id"]))

    @property
    def _here(self) -> date:
        """The day of the cursor; in a month without appointments the one that was gone to."""
        return self._found[self.query_one(RecordTable).cursor].day if self._found else self._wanted or self._first

    def _near(self, day: date, step: int) -> int | None:
        """The first appointment of this day, else of the nearest one that has any in the direction of `step`."""
        days = [one.day for one in self._found]
        there = next((one for one in days if one >= day), None) if step > 0 else max((one for one in days if one <= day), default=None)  # fmt: skip
        return None if there is None else days.index(there)

    def _go(self, day: date, step: int) -> None:
        """Puts the cursor on a day or beyond it, in another month if need be; not while the month is still being read."""
        if self._kept != self._first:
            return
        if day.replace(day=1) == self._first and self._found:
            if (there := self._near(day, step)) is not None:
                self.query_one(RecordTable).cursor = there
                return
            day = self._beyond(step)
        self._first, self._wanted, self._step = day.replace(day=1), day, step
        self.reload()

    def _beyond(self, step: int) -> date:
        """The first day after the month, or the last one before it."""
        return months_after(self._first, 1) if step > 0 else self._first - timedelta(days=1)

    def action_day(self, step: int) -> None:
        """The next day that has appointments, or the one before, also over the end of the month."""
        days = [one.day for one in self._found]
        if step > 0:
            other = next((day for day in days if day > self._here), None)
        else:
            other = next((day for day in reversed(days) if self._first <= day < self._here), None)
        self._go(other or self._beyond(step), step)

    def action_week(self, step: int) -> None:
        self._go(self._here + timedelta(days=7 * step), step)

    def action_month(self, step: int) -> None:
        self._first, self._wanted = months_after(self._first, step), None
        self.reload()

    def action_today(self) -> None:
        self._first, self._kept, self._wanted = self.office.today.replace(day=1), None, None
        self.reload()

    def action_deadlines(self) -> None:
        from .deadlines import DeadlinesScreen

        self.app.push_screen(DeadlinesScreen())

    def action_copy_command(self) -> None:
        self.intarsi.copy_command("calendar", "--from", f"{self._first:%d/%m/%Y}", "--to", f"{self._last:%d/%m/%Y}")
