"""Timesheets: what a person of the project's staff worked in a month, day by day."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date

from intarsi_tui import (
    Choice,
    Context,
    Date,
    Int,
    Link,
    LongText,
    Minutes,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)
from intarsi_tui.reference import tables
from intarsi_tui.reference.holidays import local_holiday

from .choices import ABSENCES
from .rules import in_order, named, others, shown


class Day(Row, it="Giorno", en="Day"):
    day: Int = field(it="Giorno", en="Day", privacy="internal", min=1, max=31)
    wp: Text | None = field(it="WP", en="WP", privacy="internal", max=20)
    minutes: Minutes = field(it="Ore progetto", en="Project hours", privacy="internal", default=0, max=1440)
    other_minutes: Minutes = field(it="Altre ore", en="Other hours", privacy="internal", default=0, max=1440)
    absence: Choice | None = field(it="Assenza", en="Absence", privacy="personal", choices=ABSENCES)
    activity: Text | None = field(it="Attività", en="Activity", privacy="internal")


class Timesheet(
    Record,
    it="Foglio ore",
    en="Timesheet",
    plural=("Fogli ore", "Timesheets"),
    also=(
        "timesheet, ore lavorate, presenze del personale, cartellino",
        "hours worked, time sheets, attendance of staff",
    ),
    title=("month",),
    date="month",
):
    operator: Link = link(
        "registry.operator", it="Operatore", en="Operator", in_list=True, index=True, section=("Mese", "Month")
    )
    month: Date = field(
        it="Mese", en="Month", privacy="internal", in_list=True,
        help=("Un giorno del mese: resta il primo", "Any day of the month: the first is kept"),
    )  # fmt: skip
    days: Rows[Day] = field(
        it="Giorni", en="Days", privacy="personal", default=[],
        help=("Una riga per giorno e WP", "One row for each day and WP"),
    )  # fmt: skip
    project_minutes: Minutes | None = field(
        it="Ore progetto", en="Project hours", privacy="internal", in_list=True, computed=True, section=("Totali", "Totals"),
    )  # fmt: skip
    other_minutes: Minutes | None = field(
        it="Altre ore", en="Other hours", privacy="internal", in_list=True, computed=True
    )
    total_minutes: Minutes | None = field(it="Totale", en="Total", privacy="internal", in_list=True, computed=True)
    absence_days: Int | None = field(it="Giorni di assenza", en="Days of absence", privacy="personal", computed=True)
    summary: LongText | None = field(
        it="Attività svolte", en="Activities", privacy="internal", section=("Firme", "Signatures")
    )
    signed_on: Date | None = field(it="Firmato il", en="Signed on", privacy="internal", in_list=True)
    countersigned_on: Date | None = field(it="Controfirmato il", en="Countersigned on", privacy="internal")

    def compute(self, context: Context) -> None:
        self.month = self.month.replace(day=1)
        self.project_minutes = sum(row.minutes for row in self.days)
        self.other_minutes = sum(row.other_minutes for row in self.days)
        self.total_minutes = self.project_minutes + self.other_minutes
        self.absence_days = len({row.day for row in self.days if row.absence})

    def check(self) -> Iterator[Problem]:
        worked: Counter[int] = Counter()
        absent = {row.day for row in self.days if row.absence}
        last = monthrange(self.month.year, self.month.month)[1]
        for number, row in enumerate(self.days, 1):
            worked[row.day] += row.minutes + row.other_minutes
            if row.day > last:
                yield self.problem(
                    f"days.{number}.day", day=row.day, month=f"{self.month:%m/%Y}",
                    it="Il giorno {day} non esiste nel mese {month}", en="There is no day {day} in {month}",
                )  # fmt: skip
        for day, minutes in worked.items():
            if minutes > 1440:
                yield self.problem(
                    "days", day=day, it="Giorno {day}: più di 24 ore", en="Day {day}: more than 24 hours"
                )
            if minutes and day in absent:
                yield self.problem(
                    "days", day=day, it="Giorno {day}: ore e assenza insieme", en="Day {day}: both hours and an absence"
                )
        yield from in_order(self, "signed_on", "countersigned_on")

    def check_with(self, context: Context) -> Iterator[Problem]:
        for doc in others(self, context, operator=self.operator, month=self.month):
            yield self.problem(
                "month", other=named(self, doc),
                it="Questo operatore ha già un foglio ore del mese: {other}",
                en="This operator already has a timesheet of that month: {other}",
            )  # fmt: skip
        partner, start, end = context.profile.partners.get(self.partner), context.profile.start, context.profile.end
        working = _working_days(self.month, partner.town if partner else "", start, end)
        last = monthrange(self.month.year, self.month.month)[1]
        for row in self.days:
            if row.day in working or not row.minutes or row.day > last:
                continue
            day = self.month.replace(day=row.day)
            if not start <= day <= end:
                yield self.problem(
                    "days", day=shown(day), it="Ore di progetto il {day}, fuori dal progetto",
                    en="Project hours on {day}, outside the project",
                )  # fmt: skip
            if _is_off(day, partner.town if partner else ""):
                yield self.problem(
                    "days", warning=True, day=shown(day), it="Ore di progetto in un giorno festivo: {day}",
                    en="Project hours on a day off: {day}",
                )  # fmt: skip


def _is_off(day: date, town: str) -> bool:
    return day.weekday() == 6 or bool(local_holiday(day, town))


@tables.remembered  # everybody's timesheet of a month asks for each of its days
def _working_days(month: date, town: str, start: date, end: date) -> frozenset[int]:
    """The days of a month inside the project that are neither Sunday nor holiday."""
    days = [month.replace(day=number) for number in range(1, monthrange(month.year, month.month)[1] + 1)]
    return frozenset(day.day for day in days if start <= day <= end and not _is_off(day, town))
