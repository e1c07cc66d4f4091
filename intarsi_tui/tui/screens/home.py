"""The first screen: registers, indicators beside their targets, what was left half done, what happened last."""

from datetime import timedelta
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...diary.deadlines import Due, deadlines
from ...reporting import indicators
from ...reporting.indicators import Counted
from .. import drafts
from ..history import done, when
from ..texts import _, cell, one_line
from ..widgets.columns import Line
from ..widgets.figures import Figures
from ..widgets.record_table import RecordTable
from .form import FormScreen
from .page import Page
from .registers import register_columns, register_lines

DAYS = 30  # ahead, of deadlines
TALL = 30  # rows from which there is room for more of the last changes


class HomeScreen(Page[None]):
    """Where one arrives."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,2,3,4,5,6,7,8,9", "jump", "Action line", key_display="1-9", id="home.jump"),
        Binding("r", "resume", "Resume", id="home.resume"),
        Binding("d", "app.mode('deadlines')", "Deadlines", id="home.deadlines"),
        Binding("t", "app.tour", "Guided tour", id="home.tour"),
        Binding("u", "app.undo", "Undo", show=False, id="home.undo"),
        Binding("tab", "app.focus_next", "Indicators", id="home.indicators"),
    ]

    def body(self) -> ComposeResult:
        with Horizontal(id="home"):
            with Vertical(id="home-left"):
                yield Static(Content(_("Registers")), classes="heading")
                yield RecordTable(register_columns(header=False), header=False)
            with VerticalScroll(id="home-right"):
                yield Figures()
        yield Static(id="due", markup=False)
        yield Static(id="recent", markup=False)
        yield Static(id="broken", markup=False)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[str, Line]] = []
        self._kept: list[drafts.Kept] = []

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        office = self.office
        profile = office.profile
        self._period = profile.current_period(office.today)
        partner = office.workspace.partner.name
        left = f"{profile.acronym or profile.code} {profile.code} · {partner}"
        who = one_line(office.name_of(office.user))
        if office.store.connection.read_only:
            who = _("{user}, reading only").format(user=who)
        self.say_title(left, f"{self._period.label(self.lang)}   {who}")
        self._lines = register_lines(office)
        self._kept = [one for one in drafts.all_kept(office) if self._there(one)]
        table = self.query_one(RecordTable)
        table.show(
            [line for _table, line in self._lines], cursor=table.cursor, empty=_("No plugin is loaded: F8 shows why.")
        )
        broken = [state for state in office.plugins if state.state in ("broken", "incompatible")]
        names = ", ".join(state.name for state in broken)
        self._set(
            "broken",
            Content(one_line(_("! Plugins that do not work: {names}. F8 shows why.").format(names=names)))
            if broken
            else None,
        )
        self._set("recent", self._recent())
        self.refresh_bindings()
        self._set("due", None)
        # Counting reads every record of the registers that are counted: not on the thread that draws.
        self.write(lambda: indicators.count(office, self._period), self._show_indicators)
        self.write(lambda: deadlines(office, office.today + timedelta(days=DAYS)), self._show_deadlines)

    def _there(self, one: drafts.Kept) -> bool:
        """Whether its register is loaded and its record has not been removed."""
        return one.table in self.office.declarations and (
            not one.uid or self.office.get(one.table, one.uid) is not None
        )

    def _set(self, name: str, content: Content | None) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.display = content is not None
        widget.update(content or "")

    def _show_indicators(self, found: list[Counted]) -> None:
        self.query_one(Figures).show(found, self.lang)

    def _show_deadlines(self, found: list[Due]) -> None:
        """How many, and where there is room the next ones that are not overdue yet."""
        if not found:
            return
        late = [due for due in found if due.left < 0]
        told = _("Due within {days} days: {count}, overdue: {late}. The list: d").format(
            days=DAYS, count=len(found) - len(late), late=len(late)
        )
        parts: list[Any] = [(told, "bold")]
        for due in found[len(late) : len(late) + 3] if self.size.height >= TALL else ():
            title = one_line(self.office.title_of(due.declaration, due.doc))
            parts.append(f"\n{due.day:%d/%m}  {cell(due.what, 40)}  {due.declaration.label(self.lang)} {title}")
        self._set("due", Content.assemble(*parts))

    def _recent(self) -> Content:
        office = self.office
        parts: list[Any] = []
        tall = self.size.height >= TALL
        if self._kept:
            parts.append((_("Resume (r)") + "\n", "bold"))
            for one in self._kept[: 3 if tall else 1]:
                label = office.declarations[one.table].label(self.lang)
                parts.append(f"{when(one.moment)}  {label} {_('not saved yet')}\n")
        changes = [
            change
            for change in office.store.history(limit=8 if tall else 2 if self._kept else 3)
            if change.table in office.declarations
        ]
        if changes:
            parts.append(("\n" * bool(parts and tall) + _("Last changes") + "\n", "bold"))
            for change in changes:
                declaration = office.declarations[change.table]
                title = one_line(office.title(change.table, change.uid))
                words = f"{done(change.label)}: {declaration.label(self.lang)} {title}"
                parts.append(f"{when(change.moment)}  {cell(office.name_of(change.user), 10)}  {words}\n")
        return (
            Content.assemble(*parts).rstrip()
            if parts
            else Content(_("To begin: Enter opens a register, n adds a record there."))
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return {"resume": bool(self._kept), "back": False}.get(action, True)

    def on_key(self, event: Any) -> None:
        if event.key in "123456789":
            at = next((index for index, (_table, line) in enumerate(self._lines) if line.cells[0] == event.key), None)
            if at is not None:
                self.query_one(RecordTable).cursor = at
            event.stop()

    def action_jump(self) -> None:
        """The digits are taken by `on_key`, which knows which one it was; the binding is what the hints show."""

    def action_resume(self) -> None:
        one = self._kept[0]
        self.intarsi.open_register(one.table)
        self.app.push_screen(FormScreen(one.table, one.uid))

    def action_copy_command(self) -> None:
        self.intarsi.copy_command("indicators")

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        self.intarsi.open_register(self._lines[event.index][0])
