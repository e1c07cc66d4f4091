"""What the home screen shows, gathered in the background and kept, so that the next start paints it at once.

Kept in the database beside the drafts: cards may name people, and an encrypted office keeps them encrypted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tinydb import where

from .. import __version__
from ..host.error_log import logged
from ..host.office import Office
from ..host.states import OnScreen
from ..on_screen import CardLine
from ..records import clock
from ..reporting import indicators
from ..reporting.indicators import Counted
from ..reporting.problems import ReportError
from .rows import title_of
from .screens.register_lines import register_lines
from .texts import _, cell, numbered, one_line
from .widgets.columns import Line

if TYPE_CHECKING:
    from ..diary.deadlines import Due

TABLE = "_home"
DAYS = 30  # ahead, of deadlines
FAR = 10  # terminal columns for how far away a day is: years too
SHORT = 12  # a title that is no longer stands before what has to be done
LATE = 3  # overdue deadlines that are named
NEXT = 7  # deadlines that are named; the heading leads to all of them
MOST = 40  # lines of a card; more of them nobody reads on a first screen


@dataclass(frozen=True)
class Entry:
    """A line of a card, or its heading.

    Attributes:
        day: ISO day on which it is due, "" for none.
        plugin, screen: a plugin's screen where Enter leads; without a plugin a mode of the app.
        table, uid: a register, or a record, where Enter leads.
    """

    text: str
    day: str = ""
    heading: bool = False
    table: str = ""
    uid: str = ""
    plugin: str = ""
    screen: str = ""

    def line(self, today: date) -> Line:
        """As a table shows it: how far away it is, with a sign that can be read without colour, and what it is."""
        if self.heading:
            return Line((self.text,), "header")
        left = (date.fromisoformat(self.day) - today).days if self.day else None
        far = ""
        if left is not None:
            sign = "▲" if left < 0 else "!" if not left else " "
            far = f"{sign} {_('{count} d').format(count=left) if left else _('today')}"
        return Line((cell(far, FAR) + self.text if far else self.text,))


@dataclass(frozen=True)
class HomeState:
    """Everything on the home screen that takes more than a moment to find out.

    Attributes:
        due: the deadlines, under their heading.
        cards: headings and lines of the plugins' cards.
        seen: what there was to be known when the cards were asked.
        registers: table and row of each register.
        figures: of each indicator plugin, name, figure of the period, of the project, unit.
        said: the sentence at the bottom.
    """

    due: Sequence[Entry]
    cards: Sequence[Entry]
    seen: str
    registers: Sequence[tuple[str, Line]]
    figures: Sequence[tuple[str, str, Any, Any, str]]
    said: str

    @property
    def lines(self) -> list[Entry]:
        """All that is read from top to bottom: deadlines first."""
        return [*self.due, *self.cards]

    def counted(self, office: Office) -> list[Counted]:
        """The figures with the indicators that they are of, as far as these are still there."""
        known = {(one.plugin, one.name): one for one in office.indicators}
        return [
            Counted(known[plugin, name], in_period, in_total, unit)
            for plugin, name, in_period, in_total, unit in self.figures
            if (plugin, name) in known
        ]


def at_once(office: Office) -> HomeState:
    """What can be shown before anything was found out: the registers, so that Enter opens one."""
    return HomeState([], [], "", register_lines(office, counting=False), [], "")


def gather(office: Office, before: HomeState | None = None) -> HomeState:
    """Finds out all but the cards of plugins, which stay as they were; no work for the thread that draws."""
    from ..diary.deadlines import deadlines  # here and below: what is not asked before the first paint

    found = deadlines(office, office.today + timedelta(days=DAYS))
    late = sum(one.left < 0 for one in found)
    due: list[Entry] = []
    if found:
        words = (
            _("Deadlines: {count} in {days} days, overdue {late}") if late else _("Deadlines: {count} in {days} days")
        )
        told = words.format(count=len(found) - late, days=DAYS, late=late)
        due.append(Entry(told, heading=True, screen="deadlines"))
        # Of those that have passed the latest can still be mended; all of them stand in the list of deadlines.
        due += [_due(office, one) for one in found[:late][-LATE:]]
        if late > LATE:
            words = _("▲ others overdue: {count}, [table.open] shows them all").format(count=late - LATE)
            due.append(Entry(words, screen="deadlines"))
        due += [_due(office, one) for one in found[late:][:NEXT]]
    try:
        figures = indicators.count(office, office.profile.current_period(office.today))
    except ReportError:  # a value that was damaged in the file: `intarsi check` names it
        figures = []
    counts = [(one.indicator.plugin, one.indicator.name, one.in_period, one.in_total, one.unit) for one in figures]
    said = " · ".join(filter(None, (_yesterday(office), backed_up(office))))
    return HomeState(
        due, before.cards if before else [], before.seen if before else "", register_lines(office), counts, said
    )


def with_cards(office: Office, state: HomeState) -> HomeState:
    """`state` with the cards of plugins as they are now; a plugin is only imported for it when something has changed."""
    newest = next(iter(office.store.history(limit=1)), None)
    known = [one.name for plugin in office.plugins for one in plugin.cards]
    seen = " ".join([__version__, office.today.isoformat(), newest.operation if newest else "", *known])
    if seen == state.seen:
        return state
    cards: list[Entry] = []
    for plugin in office.plugins:
        for one in plugin.cards:
            lines = list(_lines(office, one))
            cards += [Entry(one_line(one.label(office.lang)), heading=True), *lines] if lines else []
    return replace(state, cards=cards, seen=seen)


def _due(office: Office, one: "Due") -> Entry:
    return Entry(_told(office, one), one.day.isoformat(), table=one.declaration.table, uid=str(one.doc["id"]))


def _told(office: Office, due: "Due") -> str:
    """What tells one line from the next comes first: the rest is cut on a narrow screen."""
    title = title_of(due.declaration, due.doc, office)
    if len(title) <= SHORT:
        return one_line(f"{title}: {due.what}" + (f" ({due.detail})" if due.detail else ""))
    return one_line(f"{due.detail.rstrip('.')}: {due.what}" if due.detail else f"{due.what}: {title}")


def _lines(office: Office, one: OnScreen) -> Iterator[Entry]:
    """The lines of a plugin's card; one that fails says so in its place."""
    try:
        found = [_entry(office, one.plugin, line) for line in office.card(one.plugin, one.name).lines(office)][:MOST]
    except Exception as error:
        logged(error, str(office.workspace.path))
        found = [
            Entry(_("! This card does not work ({reason})").format(reason=one_line(f"{type(error).__name__}: {error}")))
        ]
    yield from found


def _entry(office: Office, plugin: str, line: CardLine) -> Entry:
    day = "" if line.left is None else (office.today + timedelta(days=line.left)).isoformat()
    return Entry(one_line(line.text), day, table=line.table, uid=line.uid, plugin=plugin, screen=line.screen)


def _yesterday(office: Office) -> str:
    """How much was done on the day before, and by how many."""
    today = datetime.combine(office.today, time()).astimezone()
    done = office.store.worked(today - timedelta(days=1), today)
    if not done:
        return ""
    count, people = sum(one.records for one in done), len({one.user for one in done})
    if people > 1:
        return numbered(count, "", _("Yesterday: {count} changes by {people} people"), people=people)
    return numbered(count, _("Yesterday: one change"), _("Yesterday: {count} changes by one person"))


def backed_up(office: Office) -> str:
    """When the newest backup was made; each was read again before it counted."""
    if office.workspace.demo_day:
        return _("demo: no backups")
    from ..project.backup import backups, site_of

    newest = next(iter(backups(office.workspace.backups, site_of(office.workspace))), None)
    if newest is None:
        return _("▲ no backup yet")
    made = newest.made.astimezone()
    days = (clock.now().astimezone().date() - made.date()).days
    if days > 1:
        return _("▲ the last backup is {days} days old").format(days=days)
    return (_("backup yesterday {time} ✓ verified") if days else _("backup today {time} ✓ verified")).format(
        time=f"{made:%H:%M}"
    )


def kept(office: Office) -> HomeState | None:
    """What this user saw last in this language."""
    doc = office.store.table(TABLE).get(_of(office))
    try:
        return _read(doc["home"]) if doc else None
    except (KeyError, TypeError, ValueError):  # another version of the program kept it
        return None


def keep(office: Office, state: HomeState) -> None:
    """Keeps it for the next start."""
    doc = {"user": office.user, "lang": office.lang, "home": asdict(state)}
    office.store.table(TABLE).upsert(doc, _of(office))


def _read(data: dict[str, Any]) -> HomeState:
    return HomeState(
        [Entry(**one) for one in data["due"]], [Entry(**one) for one in data["cards"]], data["seen"],
        [(table, Line(tuple(cells), tone)) for table, (cells, tone) in data["registers"]],
        [(plugin, name, period, total, unit) for plugin, name, period, total, unit in data["figures"]], data["said"],
    )  # fmt: skip


def _of(office: Office) -> Any:
    return (where("user") == office.user) & (where("lang") == office.lang)
