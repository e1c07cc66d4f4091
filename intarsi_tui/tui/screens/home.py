"""The first screen: what is due, indicators beside their targets, registers, what was left half done, what happened last."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...records.labels import plain
from .. import drafts, home_state, kept_imports, tour
from ..history import done, when
from ..home_state import Entry, HomeState
from ..plugin_screens import open_screen
from ..texts import _, cell, one_line, others_counted
from ..widgets.columns import Column
from ..widgets.figures import Figures
from ..widgets.record_table import RecordTable
from .page import Page
from .register_lines import DIGITS, jump, register_columns

WIDE = 110  # columns from which there is room for what else the end of the project means
USUAL = 20  # rows from which there is room for the last changes
NAMED = 3  # plugins that do not work; of more their number is told, so that deadlines keep their room
TALL = 36  # rows from which there is room for more of the last changes


class HomeScreen(Page[None]):
    """Where one arrives."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,2,3,4,5,6,7,8,9", "jump", "Action line", key_display="1-9", id="home.jump"),
        Binding("t", "guide", "Guided tour", id="home.tour"),
        Binding("r", "resume", "Resume", id="home.resume"),
        Binding("d", "app.mode('deadlines')", "Deadlines", id="home.deadlines"),
        Binding("u", "app.undo", "Undo", show=False, id="home.undo"),
        Binding("tab", "app.focus_next", "Next", id="home.next_part"),
    ]

    DEFAULT_CSS = """
    HomeScreen #home { layout: grid; grid-size: 2 3; grid-columns: 43 1fr; grid-rows: auto 1fr auto; height: 1fr; }
    HomeScreen #cards { column-span: 2; height: auto; min-height: 1; }
    HomeScreen #figures { padding: 0 0 0 1; scrollbar-size-vertical: 1; }
    HomeScreen #recent { column-span: 2; height: auto; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    HomeScreen.-wide #home { grid-columns: 60 1fr; }
    HomeScreen.-wide #figures { padding: 0 0 0 2; }
    HomeScreen #outside { height: auto; padding: 0 2; }
    HomeScreen #said { height: 1; padding: 0 2; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    HomeScreen #broken { height: auto; padding: 0 2; color: $error; text-style: bold; }
    """

    def body(self) -> ComposeResult:
        with Container(id="home"):
            yield RecordTable([Column("what", "", 110)], header=False, id="cards")
            with Vertical():
                yield Static(Content(_("Registers")), classes="heading")
                yield RecordTable(register_columns(header=False), header=False, id="registers")
            with VerticalScroll(id="figures"):
                yield Figures()
            yield Static(id="recent", markup=False)
        yield Static(id="outside", markup=False)
        yield Static(id="said", markup=False)
        yield Static(id="broken", markup=False)

    def __init__(self) -> None:
        super().__init__()
        self._state: HomeState | None = None
        self._kept: list[drafts.Kept] = []
        self._imports: list[kept_imports.KeptImport] = []
        self._stuck: list[kept_imports.KeptImport] = []

    @property
    def registers(self) -> RecordTable:
        return self.query_one("#registers", RecordTable)

    @property
    def cards(self) -> RecordTable:
        return self.query_one("#cards", RecordTable)

    def on_mount(self) -> None:
        self.registers.focus()

    def on_resize(self) -> None:
        height = self.app.size.height
        self.cards.styles.max_height = max(2, min(12, (height - 8) // 2))
        self.query_one("#recent").display = height >= USUAL

    def reload(self) -> None:
        office = self.office
        profile = office.profile
        partner = office.workspace.partner.name
        left = f"{profile.acronym or profile.code} {profile.code} · {partner}"
        who = one_line(office.name_of(office.user))
        self.say_title(left, f"{profile.current_period(office.today).label(self.lang)}   {who}")
        if not self.only_reading:
            self._kept = [one for one in drafts.resumable(office) if self._there(one)]
            self._imports, self._stuck = kept_imports.all_kept(office), kept_imports.stuck(office)
        told, counts = profile.outside(office.today, self.lang)
        self._set("outside", Content(f"{told} {counts}" if self.app.size.width >= WIDE else told) if told else None)
        broken = [state for state in office.plugins if state.state in ("broken", "incompatible")]
        names = ", ".join(state.name for state in broken) if len(broken) <= NAMED else str(len(broken))
        words = Content(
            one_line(_("! Plugins that do not work: {names}. [app.plugins] shows why.").format(names=names))
        )
        self._set("broken", words if broken else None)
        self._set("recent", self._recent())
        self.refresh_bindings()
        # What was seen last is shown at once: finding it out anew reads every record that is counted.
        if self._state is None:
            seen = home_state.kept(office)
            self._show(seen or home_state.at_once(office), looked=seen is not None)
        self.run_worker(self._gather(), group="write")

    async def _gather(self) -> None:
        await self.wait_for_refresh()  # the work of another thread would be felt in the first paint
        await self._write(lambda: home_state.gather(self.office, self._state), self._gathered, None)

    def _gathered(self, state: HomeState) -> None:
        self._show(state)
        self.write(lambda: home_state.with_cards(self.office, state), self._show)

    def _show(self, state: HomeState, *, looked: bool = True) -> None:
        if state == self._state:
            return
        self._state = self.intarsi.home = state
        registers, cards = self.registers, self.cards
        lines = [line for _table, line in state.registers]
        registers.show(lines, cursor=registers.cursor, empty=_("No plugin is loaded: [app.plugins] shows why."))
        today = self.office.today
        nothing = (
            _("Nothing is due in the next {days} days.").format(days=home_state.DAYS) if looked else _("reading …")
        )
        # The cursor begins on a line, not on a heading.
        cards.show([one.line(today) for one in state.lines], cursor=cards.cursor or 1, empty=nothing)
        self.query_one(Figures).show(state.counted(self.office), self.lang)
        self._set("said", Content(state.said))

    def _there(self, one: drafts.Kept) -> bool:
        """Whether its register is loaded and its record has not been removed."""
        return one.table in self.office.declarations and (
            not one.uid or self.office.get(one.table, one.uid) is not None
        )

    def _set(self, name: str, content: Content | None) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.display = content is not None
        widget.update(content or "")

    def _recent(self) -> Content:
        office = self.office
        parts: list[Any] = []
        tall = self.app.size.height >= TALL
        waiting = [
            (one.moment, f"{office.declarations[one.table].label(self.lang)} {_('not saved yet')}")
            for one in self._kept
        ]
        waiting += [(one.moment, _("Import {file}").format(file=one_line(one.path.name))) for one in self._imports]
        if waiting:
            room = 3 if tall else 1
            more = others_counted(len(waiting) - room)
            parts.append((_("Resume ([home.resume])") + more + "\n", "bold"))
            for moment, said in sorted(waiting, reverse=True)[:room]:
                parts.append(f"{when(moment)}  {said}\n")
        for one in self._stuck[:1]:
            gone = office.declaration(one.table)
            words = _("Import {file}: it waits for the plugin of “{register}”. [app.plugins] shows why.")
            called = one_line(gone.plural(self.lang) if gone else one.table)
            parts.append((words.format(file=one_line(one.path.name), register=called) + "\n", "bold"))
        if changes := office.store.history(limit=6 if tall else 1 if waiting or self._stuck else 2):
            parts.append(("\n" * bool(parts and tall) + _("Last changes") + "\n", "bold"))
            for change in changes:
                # What is stored of a register whose plugin is gone would have to be read for more than its name.
                declaration = office.declarations.get(change.table)
                label = declaration.label if declaration else plain(change.table.partition(".")[2])
                title = one_line(office.title(change.table, change.uid))
                who = cell(office.name_of(change.user), 10)
                parts.append(
                    f"{when(change.moment)}  {who}  {done(change.label, office)}: {label(self.lang)} {title}\n"
                )
        if parts:
            return Content.assemble(*parts).rstrip()
        if self.only_reading:
            return Content(_("[table.open] opens a register."))
        return Content(_("To begin: [table.open] opens a register, there [list.new] adds a record; [app.import] takes a file in."))  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "guide":
            return tour.offered(self.office)
        return {"resume": bool(self._kept or self._imports), "back": False}.get(action, True)

    def action_guide(self) -> None:
        self.intarsi.action_tour()

    def on_key(self, event: Any) -> None:
        if event.key in DIGITS and self._state:
            jump(self.registers, [line for _table, line in self._state.registers], event.key)
            event.stop()

    def action_jump(self) -> None:
        """The digits are taken by `on_key`, which knows which one it was; the binding is what the hints show."""

    def action_resume(self) -> None:
        if self._imports and (not self._kept or self._imports[0].moment > self._kept[0].moment):
            self.app.switch_mode("import")
            return
        from .form import FormScreen
        from .register import RegisterScreen

        one = self._kept[0]
        self.intarsi.open_register(one.table)
        if isinstance(self.app.screen, RegisterScreen):
            self.app.screen.open_form(one.uid)
        else:
            self.app.push_screen(FormScreen(one.table, one.uid))

    def action_copy_command(self) -> None:
        self.intarsi.copy_command("indicators")

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        assert self._state is not None
        if event.table.id == "registers":
            self.intarsi.open_register(self._state.registers[event.index][0])
        else:
            self._open(self._state.lines[event.index])

    def _open(self, one: Entry) -> None:
        """Goes where a line of a card leads."""
        if one.screen and not one.plugin:
            self.app.switch_mode(one.screen)
        elif one.screen:
            state = next((state for state in self.office.plugins if state.name == one.plugin), None)
            screen = next((found for found in state.screens if found.name == one.screen), None) if state else None
            if screen:
                open_screen(self.intarsi, screen, self.office.get(screen.table, one.uid) if one.uid else None)
        elif one.uid and self.office.get(one.table, one.uid):
            from .record import RecordScreen

            self.app.push_screen(RecordScreen(one.table, one.uid))
        elif one.table in self.office.readable:
            self.intarsi.open_register(one.table)
        elif one.heading:
            self.app.bell()
