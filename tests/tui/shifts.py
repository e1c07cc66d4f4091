"""Shifts at the front desk: a register, a screen to mark them in, a card on the home screen."""
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from intarsi_tui import (
    Card, CardLine, Date, Grid, GridColumn, GridKey, GridRow, GridView, Plugin, PluginScreen, Record, Text, field,
)


class Shift(Record, it="Turno", en="Shift", plural=("Turni", "Shifts"), date="day"):
    day: Date = field(it="Giorno", en="Day", privacy="internal", in_list=True)
    who: Text = field(it="Chi", en="Who", privacy="internal", in_list=True)


class Week(Grid):
    """Who is at the desk this week: people down, days across."""

    keys = (GridKey("t", "turno", "shift"), GridKey("delete", "togli", "take away"))

    def read(self) -> GridView:
        monday = self.office.today - timedelta(days=self.office.today.weekday())
        days = [(monday + timedelta(days=number)).isoformat() for number in range(7)]
        shifts = self.office.find("desk.shift")
        rows = []
        for who in sorted({one["who"] for one in shifts}):
            mine = {one["day"] for one in shifts if one["who"] == who}
            marks = ["■" if day in mine else "·" for day in days]
            rows.append(GridRow(who, [who, *marks, str(marks.count("■"))]))
        columns = [
            GridColumn("who", self.word("Chi", "Who"), 12, "left"),
            *(GridColumn(day, day[8:], 2, mark=True) for day in days),
            GridColumn("total", self.word("Turni", "Shifts"), 6),
        ]
        return GridView(columns, rows, start=self.office.today.isoformat(), empty=self.word("Nessun turno.", "No shifts."))

    def mark(self, row: str, column: str, key: str, typed: str) -> None:
        table = self.office.table("desk.shift")
        with self.office.store.operation("edit"):
            if key == "t":
                table.add({"who": row, "day": column})
            else:
                table.remove(doc_ids=[one.doc_id for one in self.office.find("desk.shift", who=row, day=column)])


def uncovered(office: Any) -> Iterator[CardLine]:
    """The days of the coming week without anybody at the desk."""
    for ahead in range(7):
        day = office.today + timedelta(days=ahead)
        if day.weekday() < 5 and not office.find("desk.shift", day=day.isoformat()):
            yield CardLine("Nessuno allo sportello" if office.lang == "it" else "Nobody at the desk", ahead, screen="week")


plugin = Plugin(
    "desk", it="Sportello", en="Desk", records=[Shift],
    screens=[
        PluginScreen(
            "week", it="Turni della settimana", en="Shifts of the week", opens=Week, record="shift",
            command=("I turni della settimana", "The shifts of the week"),
        ),
    ],
    cards=[Card("uncovered", it="Sportello scoperto", en="Desk uncovered", lines=uncovered)],
)
