"""Hours of mediators on the screen: language and school by month, or mediators by week against their ceiling."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from intarsi_tui import Grid, GridColumn, GridKey, GridRow, GridView, PluginScreen, show_minutes
from intarsi_tui.reference import tables

from .rules import WORKED

if TYPE_CHECKING:
    from intarsi_tui import Office

Doc = Mapping[str, Any]

MONTHS, WEEKS = 12, 12


class HoursGrid(Grid):
    """Confirmed interventions that took place; in the weeks also those that are still planned, as the ceiling counts them."""

    keys: ClassVar[Sequence[GridKey]] = (
        GridKey("w", "scuole o mediatori", "schools or mediators", marks=False),
        GridKey("<", "prima", "earlier", marks=False),
        GridKey(">", "dopo", "later", marks=False),
    )

    def __init__(self, office: "Office", doc: Doc | None = None) -> None:
        super().__init__(office, doc)
        self._weekly, self._back = False, 0

    def turn(self, key: str) -> None:
        if key == "w":
            self._weekly, self._back = not self._weekly, 0
        else:
            self._back += 1 if key == "<" else -1

    def read(self) -> GridView:
        view = self._by_week() if self._weekly else self._by_month()
        self._names = {row.name: row.cells[0] for row in view.rows}
        return view

    def _nothing(self) -> str:
        return self.word(
            "Nessun intervento in questo tempo: < e > ne mostrano altro.\nSi inseriscono in Mediazione ▸ Interventi di mediazione.",
            "No interventions in this time: < and > show another.\nThey are added in Mediation ▸ Mediation interventions.",
        )

    def _found(self, first: date, end: date) -> list[Doc]:
        from tinydb import where

        query = (where("date") >= first.isoformat()) & (where("date") < end.isoformat()) & ~(where("state") == "void")
        return list(self.office.table("mediation.intervention").search(query))

    def _by_month(self) -> GridView:
        last = self.office.today.year * 12 + self.office.today.month - 1 - self._back * MONTHS
        months = [first_day(at) for at in range(last - MONTHS + 1, last + 1)]
        sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for doc in self._found(months[0], first_day(last + 1)):
            if doc["state"] in ("confirmed", "sent") and doc.get("status") in WORKED:
                sums[doc.get("language", ""), doc.get("school", "")][doc["date"][:7]] += doc.get("minutes") or 0
        names = [f"{month:%Y-%m}" for month in months]
        lines: list[tuple[str, GridRow]] = []
        for (language, school), found in sums.items():
            cells = [show_minutes(found[name]) if found[name] else "·" for name in names]
            spoken = tables.label("languages", language, self.office.lang) if language else "–"
            where = (
                self.office.title("registry.body", school) if school else self.word("non a scuola", "not at a school")
            )
            lines.append((spoken, GridRow(f"{language}|{school}", [where, *cells, show_minutes(sum(found.values()))])))
        lines.sort(key=lambda line: (line[0].casefold(), line[1].cells[0].casefold()))
        rows: list[GridRow] = []
        # The language above its schools: beside them it would take the room of two months.
        for spoken, some in groupby(lines, key=lambda line: line[0]):
            rows += [
                GridRow(f"language {spoken}", [spoken.upper(), *[""] * (MONTHS + 1)], "heading"),
                *(row for _spoken, row in some),
            ]
        sums_of = [sum(found[name] for found in sums.values()) for name in names]
        if rows:
            rows.append(
                GridRow(
                    "total", [self.word("Totale", "Total"), *map(show_minutes, sums_of), show_minutes(sum(sums_of))]
                )
            )
        columns = [
            GridColumn("language", self.word("Lingua e scuola", "Language and school"), 26, "left"),
            *(GridColumn(f"{month:%Y-%m}", f"{month:%m/%y}", 6, mark=True) for month in months), GridColumn("total", self.word("Ore", "Hours"), 7),
        ]  # fmt: skip
        title = f"{months[0]:%m/%Y} – {months[-1]:%m/%Y}"
        return GridView(columns, rows, title, self.word("interventi confermati e svolti", "interventions confirmed and delivered"), names[-1], self._nothing())  # fmt: skip

    def _by_week(self) -> GridView:
        monday = self.office.today - timedelta(days=self.office.today.weekday() + 7 * WEEKS * self._back)
        weeks = [
            monday + timedelta(days=7 * (at - WEEKS + 2)) for at in range(WEEKS)
        ]  # the next one too: what is planned
        sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for doc in self._found(weeks[0], weeks[-1] + timedelta(days=7)):
            if doc.get("operator") and doc.get("status") != "cancelled":
                day = date.fromisoformat(doc["date"])
                sums[doc["operator"]][(day - timedelta(days=day.weekday())).isoformat()] += doc.get("minutes") or 0
        office_hours = self.office.profile.settings.get("mediator_weekly_hours")
        rows = []
        for uid, found in sums.items():
            operator = self.office.get("registry.operator", uid) or {}
            ceiling = operator.get("weekly_minutes") or (round(office_hours * 60) if office_hours else 0)
            cells = []
            for week in weeks:
                minutes = found[week.isoformat()]
                cells.append(("▲" if ceiling and minutes > ceiling else "") + show_minutes(minutes) if minutes else "·")
            rows.append(GridRow(uid, [self.office.title("registry.operator", uid), *cells, show_minutes(sum(found.values())), show_minutes(ceiling) if ceiling else "–"]))  # fmt: skip
        rows.sort(key=lambda row: row.cells[0].casefold())
        columns = [
            GridColumn("mediator", self.word("Mediatore", "Mediator"), 18, "left"),
            *(GridColumn(week.isoformat(), f"{week:%d/%m}", 6, mark=True) for week in weeks),
            GridColumn("total", self.word("Ore", "Hours"), 6), GridColumn("ceiling", self.word("Limite", "Ceiling"), 7),
        ]  # fmt: skip
        title = self.word("settimane dal lunedì", "weeks from Monday")
        return GridView(columns, rows, title, self.word("anche in programma; ▲ oltre il limite", "planned ones too; ▲ over the ceiling"), weeks[-2].isoformat(), self._nothing())  # fmt: skip

    def tell(self, row: str, column: str) -> str:
        language, bar, _school = row.partition("|")
        name = self._names.get(row, "")
        spoken = tables.label("languages", language, self.office.lang) if bar and language else ""
        counted = self.word("quelli in programma non contano ancora", "planned ones do not count yet")
        if self._weekly:
            counted = self.word("contano anche quelli in programma", "planned ones count too")
        return " · ".join(filter(None, (spoken, name, counted)))

    def leads_to(self, row: str, column: str) -> tuple[str, str] | None:
        if self._weekly:
            return "registry.operator", row
        school = row.partition("|")[2]
        return ("registry.body", school) if school else None

    def command(self) -> Sequence[str]:
        return ["mediation", "hours", *(["--mediators", "true"] if self._weekly else [])]


def first_day(months: int) -> date:
    """The first day of the month before which there were so many."""
    return date(months // 12, months % 12 + 1, 1)


HOURS_SCREEN = PluginScreen("hours", it="Ore dei mediatori", en="Hours of mediators", opens=HoursGrid, record="intervention", also=("monte ore, riepilogo, mediazione", "total of hours, summary, mediation"))  # fmt: skip
