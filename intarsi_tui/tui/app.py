"""The full-screen app: which screens there are, the keys that hold everywhere, and the way in.

What it says stands in `telling`, how it ends in `leaving`, how it is locked in `locking`, the tour in `touring`, typing ahead in `ahead`.
"""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.screen import Screen

from .. import person
from ..host import access
from ..host.office import Office, open_office
from ..host.states import OnScreen
from ..project.workspace import Workspace
from ..records.basic_kinds import MomentKind
from ..records.labels import Label
from ..store import StoreError
from ..store.findings import CLOCK
from ..store.history import days_behind
from . import drafts, home_state, keys, plugin_screens, session
from .commands import commands, help_of
from .history import going, turned_back
from .locking import Locking
from .modes import import_others, lazily
from .screens.home import HomeScreen
from .screens.page import Going, Page
from .screens.picker import Picker, among
from .texts import _
from .tour import Tour
from .touring import Touring

if TYPE_CHECKING:
    from ..store import Undone

MODE = Binding.Group()

# Seconds between two looks whether another process changed something; reading a number, nothing is drawn.
LOOK = 1.0


class IntarsiApp(Locking, Touring):
    """The app of one open office."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["app.tcss", "form.tcss"]
    DEFAULT_MODE = "home"
    MODES: ClassVar[dict[str, Any]] = {
        "home": HomeScreen, "registers": lazily("registers", "RegistersScreen"),
        "import": lazily("import_file", "ImportScreen"), "deadlines": lazily("deadlines", "DeadlinesScreen"),
        "calendar": lazily("calendar", "CalendarScreen"), "reports": lazily("reports", "ReportsScreen"),
        "history": lazily("history", "HistoryScreen"), "plugins": lazily("plugins", "PluginsScreen"),
        "settings": lazily("settings", "SettingsScreen"),
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "mode('home')", "Home", show=False, priority=True, group=MODE, id="app.home"),
        Binding("f3", "mode('registers')", "Registers", show=False, priority=True, group=MODE, id="app.registers"),
        Binding("f4", "mode('import')", "Import", show=False, priority=True, group=MODE, id="app.import"),
        Binding("f5", "mode('calendar')", "Calendar", show=False, priority=True, group=MODE, id="app.calendar"),
        Binding("f6", "mode('reports')", "Reports", show=False, priority=True, group=MODE, id="app.reports"),
        Binding("f7", "mode('history')", "History", show=False, priority=True, group=MODE, id="app.history"),
        Binding("f8", "mode('plugins')", "Plugins", show=False, priority=True, group=MODE, id="app.plugins"),
        Binding("f9", "mode('settings')", "Settings", show=False, priority=True, group=MODE, id="app.settings"),
        Binding("f10", "leave", "Quit", show=False, priority=True, group=MODE, id="app.quit"),
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True),
        Binding("ctrl+p", "palette", "Commands", id="app.palette"),
        Binding("ctrl+z", "undo", "Undo the last change", show=False, id="app.undo"),
        Binding("ctrl+y", "redo", "Redo the change undone", show=False, id="app.redo"),
        Binding("ctrl+t", "theme", "Other colours", show=False, id="app.theme"),
        Binding("ctrl+l", "lock", "Lock the screen", show=False, priority=True, id="app.lock"),
        Binding("f12", "tour", "Guided tour: begin, leave, go on", show=False, id="app.tour"),
        Binding("f1", "help", "Help", priority=True, id="app.help"),
        Binding("question_mark", "help", show=False),
    ]

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.use_theme(str(person.read().get("theme", "")))
        self._seen = office.store.version()
        self._aside: tuple[int, Callable[[], Any], str] | None = None
        self.foreign: WeakKeyDictionary[Screen[Any], OnScreen] = WeakKeyDictionary()
        self.tour = Tour(self)

    def on_mount(self) -> None:
        self.set_interval(LOOK, self._look)
        self.hear_signals()
        self._tell_who_waits()
        self.run_worker(self._once_painted())
        self._tell_clock()
        self._take_keys()
        self._watch_tour()
        if self.office.workspace.key is not None:
            self.run_worker(self.in_background(lambda: access.log(self.office, "opened")))
            self.set_interval(LOOK, lambda: self._lock_after(60 * self.office.workspace.lock_minutes))
        self._go_on()

    async def _once_painted(self) -> None:
        """What need not be done before somebody sees the first screen."""
        await self.screen.wait_for_refresh()
        await asyncio.gather(self._back_up(), self.in_background(import_others, reads=True))

    def _go_on(self) -> None:
        """Goes where the person was when the program was left."""
        place = session.kept(self.office)
        resumable = not self.office.store.connection.read_only and drafts.resumable(self.office)
        if place and place.mode != "home" and resumable:
            self.tell(_("A form is not saved yet: [app.home], then [home.resume], goes on with it."))
        if place and place.register:
            self.switch_mode("registers")  # Esc leads there, and not to where the program began
            self.open_register(place.register, search=place.search, sort=place.sort, row=place.row, view=place.view)
        elif place and place.mode in self.MODES:
            self.switch_mode(place.mode)

    def _take_keys(self) -> None:
        """The keys that this person wants; what cannot be is said, and the rest holds."""
        for told in self.take_keys():
            self.tell(told, wrong=True)

    def _tell_clock(self) -> None:
        if behind := days_behind(self.office.store.connection):
            days, moment = behind
            lang = self.office.lang
            self.tell(CLOCK(lang).format(days=days, moment=MomentKind().show(moment, lang)), wrong=True)

    def _lock_after(self, seconds: float) -> None:
        if seconds and monotonic() - self.last_touch > seconds:
            self.lock(by_hand=False)

    def action_lock(self) -> None:
        """Locks at once, for whoever leaves the desk."""
        self.lock(by_hand=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a passphrase nothing could be unlocked."""
        return action != "lock" or self.office.workspace.key is not None

    async def _back_up(self) -> None:
        """Makes the backup of the day, and says when it could not be made."""
        from ..project.backup import back_up_today

        office = self.office

        def step() -> tuple[Label | None, bool]:
            before = home_state.backed_up(office)
            return back_up_today(office.workspace, office.store), home_state.backed_up(office) != before

        failed, another = await asyncio.get_running_loop().run_in_executor(self._keeper, step)
        if failed:
            self.tell(_("Today's backup was not made. {reason}").format(reason=failed(office.lang)), wrong=True)
        elif another and isinstance(self.screen, HomeScreen):  # which says how old the last one is
            self.reload()

    def _look(self) -> None:
        try:
            version = self.office.store.version()
        except StoreError:  # the disk is away: whatever a person does next will say so
            return
        if version != self._seen:
            self._seen = version
            self.reload()

    def reload(self) -> None:
        """Shows the present state of the records on the screen in front."""
        # The timer may ask while a screen is being made, or while the program ends and it has lost its widgets already,
        # or all of its screens.
        with suppress(NoMatches, ScreenStackError):
            if isinstance(self.screen, Page) and self.screen.is_mounted:
                self.screen.reload()

    def _handle_exception(self, error: Exception) -> None:
        """What a plugin's screen does wrong costs that screen only."""
        screen = plugin_screens.failed_screen(self, error)
        if screen is None:
            super()._handle_exception(error)
            return
        plugin_screens.tell_failed(self, self.foreign[screen], error)
        self.call_next(plugin_screens.leave, self, screen)

    async def run_action(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return await super().run_action(*args, **kwargs)
        except Exception as error:
            # Keys are run by the app itself: an exception that went on from here would end its own loop.
            if plugin_screens.failed_screen(self, error) is None:
                raise
            self._handle_exception(error)
            return True

    def action_mode(self, mode: str) -> None:
        if not isinstance(self.screen, Page):  # a question is open: it is answered first
            self.bell()
            return
        before = self.current_mode
        if mode == before and not self._form_open():
            self._to_first_screen()
        self.switch_mode(mode)
        if mode != before and before in self.open_forms:
            # The deadlines have a key of their own on the home screen only.
            key = self.key_of(f"app.{before}") or _("Deadlines")
            self.tell(_("The form stays open: {key} leads back to it.").format(key=key))
        if isinstance(self.screen, Page):
            self.screen.gone_to()
        for screen in self.screen_stack:  # whoever chose the mode goes back within it
            if isinstance(screen, Page):
                screen.back_to = ""

    def open_register(self, table: str, **settings: Any) -> None:
        """Goes to the register `table`; its list opens over the list of registers, and Esc leads back to where one was."""
        from .screens.register import RegisterScreen

        before = self.current_mode
        self.switch_mode("registers")
        if self._form_open():
            self.tell(_("A record is still open here: save it or go back first."))
            return
        shown = self.screen_stack[1] if len(self.screen_stack) > 1 else None
        if settings or not isinstance(shown, RegisterScreen) or shown.table_name != table:
            self._to_first_screen()
            shown = RegisterScreen(table, **settings)
            self.push_screen(shown)
        else:
            self._to_first_screen(above=2)
        shown.back_to = before if before != "registers" else ""

    def _form_open(self) -> bool:
        from .screens.form import FormScreen

        return any(isinstance(one, FormScreen) for one in self.screen_stack)

    @property
    def open_forms(self) -> list[str]:
        """The modes in which a form is open, or settings that are not saved."""
        return [
            mode
            for mode, stack in self._screen_stacks.items()
            if any(isinstance(one, Page) and one.kept_open for one in stack)
        ]

    def _to_first_screen(self, above: int = 1) -> None:
        for _above in self.screen_stack[above:]:
            self.pop_screen()

    def undo_first(self, step: Callable[[], Any], said: str) -> None:
        """Has the next undo run `step` and say `said`, unless something is done before that the history knows: of this it does not."""
        self._aside = (self._last_change(), step, said)

    def _last_change(self) -> int:
        return next((change.seq for change in self.office.store.history(limit=1)), 0)

    def action_undo(self) -> None:
        aside, self._aside = self._aside, None
        if aside and aside[0] == self._last_change() and isinstance(self.screen, Page):
            _last, step, said = aside

            def done(_result: object) -> None:
                self.tell(said)
                self.reload()

            self.screen.write(step, done)
            return
        self._turn_back(lambda going: self.office.store.undo(going=going), again=False)

    def action_redo(self) -> None:
        self._turn_back(self.office.store.redo, again=True)

    def _turn_back(self, step: "Callable[[Going], Undone]", *, again: bool) -> None:
        if not isinstance(self.screen, Page):
            self.bell()
            return
        page = self.screen

        def tell(undone: "Undone") -> None:
            self.tell(turned_back(undone, self.office))
            self.reload()

        page.write_counted(step, tell, going(again=again))

    def action_palette(self) -> None:
        self._choose_command(_("Commands"), "", registers=True)

    def action_help(self) -> None:
        title, intro = help_of(self.focused, self.office)
        self._choose_command(title, intro, registers=False)

    def _choose_command(self, title: str, intro: str, *, registers: bool) -> None:
        if self.locked or isinstance(self.screen, Picker):
            return
        found = commands(self, registers=registers)
        screen: Screen[Any] = self.screen

        def run(chosen: list[str] | None) -> None:
            if chosen:
                self.call_later(found[chosen[0]].run, screen)

        choices = [one.choice for one in found.values()]
        self.push_screen(Picker(title, among(choices), intro=intro), run)

    def key_of(self, id: str) -> str:
        """The key that now does what the binding `id` does."""
        return keys.key_now(id)

    def action_help_quit(self) -> None:
        """Ctrl+C, which leaves other programs: here it copies what is selected, and otherwise says how to leave."""
        self.tell(_("[app.quit] leaves the program."))

    def action_theme(self) -> None:
        super().action_theme()
        with suppress(OSError, ValueError):  # without a place to keep it in, it holds for today
            person.keep(theme=self.theme)
        self.reload()


def run(workspace: Workspace, lang: str, *, read_only: bool = False) -> int:
    """Opens the workspace and shows the app until it is left; the exit code."""
    with open_office(workspace, lang, read_only=read_only, tell=lambda text: print(text, file=sys.stderr)) as office:
        app = IntarsiApp(office)
        return app.run(mouse=True) or app.return_code or 0
