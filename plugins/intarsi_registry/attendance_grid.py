"""The attendance matrix of any register with attendance: people down, sessions across, one key a cell."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, NamedTuple

from intarsi_tui import Grid, GridColumn, GridKey, GridRow, GridView, Label, Problem, Rejected, show_minutes

from .attendance import Span, there

Doc = Mapping[str, Any]

MONTHS = {
    "it": ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
STATUS = {"p": "present", "a": "absent", "g": "excused", "d": "remote", "r": "present"}


class Person(NamedTuple):
    """A row of the matrix.

    Attributes:
        key: identifies the person within the matrix.
        more: what is said of them beside the name.
    """

    key: str
    name: str
    more: str = ""


class AttendanceGrid(Grid):
    """People down, sessions across. A subclass says who and which, and how a cell is written."""

    keys: ClassVar[Sequence[GridKey]] = (
        GridKey("p", "pres.", "present"), GridKey("a", "ass.", "absent"), GridKey("g", "giust.", "excused"),
        GridKey("r", "ritardo", "late", asks=("Minuti di ritardo", "Minutes late")),
        GridKey("delete", "vuota", "empty"), GridKey("d", "a distanza", "remote"),
    )  # fmt: skip
    digits: ClassVar[tuple[str, str] | None] = ("Ore", "Hours")

    wide = ("Ente", "Body")
    """Heading of what is said beside the name."""

    shown: Sequence[Doc] = ()
    """The sessions as they were read last."""

    focus = ""
    """Identifier of the session where the cursor begins; else the last one that has come."""

    def sessions(self) -> Sequence[Doc]:
        """The sessions, oldest first."""
        raise NotImplementedError

    def people(self) -> Iterable[Person]:
        """Who is expected at them, by name."""
        raise NotImplementedError

    def span(self, session: Doc) -> Span:
        """The hours of a session."""
        return span_of(session)

    def row(self, person: str, session: str) -> Doc | None:
        """What is written of somebody at a session, `None` when nothing is. Asked after `sessions` and `people`."""
        raise NotImplementedError

    def write(self, person: str, session: Doc, row: dict[str, Any] | None) -> None:
        """Writes it, or takes it away."""
        raise NotImplementedError

    def totals(self) -> Sequence[GridColumn]:
        """The columns at the right."""
        return [GridColumn("total", self.word("Ore", "Hours"), 6), GridColumn("times", self.word("Volte", "Times"), 5)]

    def total(self, person: str, rows: Sequence[Doc]) -> Sequence[str]:
        """Their texts for one person."""
        return [show_minutes(sum(row.get("minutes") or 0 for row in rows)), str(sum(there(row["status"]) for row in rows))]  # fmt: skip

    # the grid

    def read(self) -> GridView:
        sessions = self.shown = self.sessions()
        rows = []
        self._named = {}
        for person in self.people():
            self._named[person.key] = ", ".join(filter(None, (person.name, person.more)))
            found = [(one, self.row(person.key, one["id"])) for one in sessions]
            cells = [self._cell(one, row) for one, row in found]
            totals = self.total(person.key, [row for _one, row in found if row])
            rows.append(GridRow(person.key, [person.name, person.more, *cells, *totals]))
        columns = [
            GridColumn("name", self.word("Nome", "Name"), 16, "left"), GridColumn("more", self.word(*self.wide), 14, "left"),
            *(GridColumn(one["id"], day := self._day(one), max(6, len(day)), mark=True) for one in sessions), *self.totals(),
        ]  # fmt: skip
        today = self.office.today.isoformat()
        come = [one["id"] for one in sessions if one["date"] <= today]
        empty = self.word("Nessuna persona da segnare.", "Nobody to be marked.")
        return GridView(columns, rows, self.about(), self.note(), self.focus or (come or [""])[-1], empty)

    def about(self) -> str:
        """What the matrix is of."""
        return ""

    def note(self) -> str:
        """What stands at the right of the title."""
        return ""

    def _day(self, session: Doc) -> str:
        day = date.fromisoformat(session["date"])
        text = f"{day.day} {MONTHS[self.office.lang][day.month - 1]}"
        return f"({text})" if planned(session) else text

    def _cell(self, session: Doc, row: Doc | None) -> str:
        if row is None:
            return "·"
        if not there(row["status"]):
            return self.word("g", "e") if row["status"] == "excused" else "a"
        came = row.get("arrived") or row.get("login")
        late = "r" if came and session.get("start") and came[:5] > session["start"][:5] else ""
        return show_minutes(row.get("minutes") or 0) + late

    def tell(self, row: str, column: str) -> str:
        session = next((one for one in self.shown if one["id"] == column), None)
        if session is None:
            return ""
        found = self.row(row, column)
        times = "–".join(session[name][:5] for name in ("start", "end") if session.get(name))
        said = [
            self._named.get(row, ""),
            f"{date.fromisoformat(session['date']):%d/%m/%Y} {times}".strip(),
            self.word("in programma: nei report non conta ancora", "planned: reports do not count it yet") if planned(session) else "",
            str(session.get("topic") or ""),
        ]  # fmt: skip
        if found is None:
            said.append(self.word("niente di scritto", "nothing written"))
        else:
            said += [self.word(f"{label} {found[name][:5]}", f"{name} {found[name][:5]}") for name, label in (("arrived", "entrata"), ("left", "uscita"), ("login", "collegamento"), ("logout", "scollegamento")) if found.get(name)]  # fmt: skip
        return " · ".join(filter(None, said))

    def mark(self, row: str, column: str, key: str, typed: str) -> None:
        self.shown = self.sessions()
        session = next(one for one in self.shown if one["id"] == column)
        list(self.people())  # what is written may have changed since it was shown
        if key == "delete":
            self.write(row, session, None)
            return
        old = {name: value for name, value in (self.row(row, column) or {}).items() if name not in TIMES}
        self.write(row, session, {**old, **self.marked(session, key, typed)})

    def marked(self, session: Doc, key: str, typed: str) -> dict[str, Any]:
        """What a key means: the fields of a row of attendance."""
        if not typed:
            return {"status": STATUS[key]}
        span = self.span(session)
        if key == "r":
            return {"status": "present", "arrived": _moved(span.start, float(typed))}
        wanted = round(float(typed) * 60)
        if wanted >= span.minutes:
            return {"status": "present"} if wanted == span.minutes else self.too_long(span)
        return {"status": "present", "left": _moved(span.end, wanted - span.minutes)}

    def too_long(self, span: Span) -> dict[str, Any]:
        """More hours than the session has are refused: they were meant for another one."""
        most = show_minutes(span.minutes)
        words = Label(f"Più delle ore di quel giorno: {most}", f"More than the hours of that day: {most}")
        raise Rejected([Problem("too_many_hours", None, {}, words)])


TIMES = ("arrived", "left", "login", "logout", "partial_minutes", "minutes", "came", "went")


def planned(session: Doc) -> bool:
    """Whether it was not held yet, as far as is known."""
    return session.get("status") == "planned"


def span_of(session: Doc) -> Span:
    """The hours of a stored session; without times there are none."""
    start, end = (time.fromisoformat(session.get(name) or "00:00") for name in ("start", "end"))
    pause = time.fromisoformat(session["break_start"]) if session.get("break_start") else None
    return Span(date.fromisoformat(session["date"]), start, end, session.get("break_minutes", 0), pause)


def _moved(moment: time, minutes: float) -> str:
    """So many minutes later, or earlier, on the same day."""
    day = datetime.combine(date(2001, 1, 1), moment) + timedelta(minutes=minutes)
    if day.date() != date(2001, 1, 1):
        return "23:59" if minutes > 0 else "00:00"
    return f"{day:%H:%M}"
