"""The full-screen app: which screens there are, the keys that hold everywhere, and the way in."""

import asyncio
import shlex
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import PurePath
from time import monotonic
from typing import Any, ClassVar, TypeVar
from weakref import WeakKeyDictionary

from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.filter import LineFilter
from textual.screen import Screen

from .. import person
from ..host import access
from ..host.office import Office, open_office
from ..host.states import OnScreen
from ..project.backup import back_up_today
from ..project.workspace import Workspace
from ..records.basic_kinds import MomentKind
from ..store import StoreError, Undone
from ..store.findings import CLOCK
from ..store.history import days_behind
from . import clipboard, drafts, home_state, keys, plugin_screens, session, themes, tour
from .commands import commands, help_of
from .harmless import Harmless
from .history import what
from .modes import lazily
from .screens.form import FormScreen
from .screens.form_page import FormPage
from .screens.home import HomeScreen
from .screens.lock import LockScreen
from .screens.page import Page, TourBand
from .screens.picker import Picker, among
from .screens.register import RegisterScreen
from .terminal_app import HEIGHTS, WIDTHS, TerminalApp
from .texts import _, one_line
from .tour import Tour

T = TypeVar("T")

MODE = Binding.Group()

# Seconds between two looks whether another process changed something; reading a number, nothing is drawn.
LOOK = 1.0
# Seconds between two looks whether a step of the tour is done.
GLANCE = 0.4


class IntarsiApp(TerminalApp[int]):
    """The app of one open office."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["app.tcss", "form.tcss"]
    TITLE = "intarsi"
    ENABLE_COMMAND_PALETTE = False
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
        Binding("f12", "tour", "Guided tour: begin, leave, go on", show=False, id="app.tour"),
        Binding("f1", "help", "Help", priority=True, id="app.help"),
        Binding("question_mark", "help", show=False),
    ]

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS = WIDTHS, HEIGHTS
        self.office = office
        self._harmless = Harmless()
        self.animation_level = "none"
        for theme in themes.ALL:
            self.register_theme(theme)
        self.use_theme(str(person.read().get("theme", "")))
        self._seen = office.store.version()
        self.home: home_state.HomeState | None = None
        self.foreign: WeakKeyDictionary[Screen[Any], OnScreen] = WeakKeyDictionary()
        self.tour = Tour(self)

        self._writer = ThreadPoolExecutor(1, "writer")
        self._reader = ThreadPoolExecutor(1, "reader")  # what takes long to read is not waited for by a save
        self._keeper = ThreadPoolExecutor(1, "keeper")  # neither drawing nor writing waits for the day's backup

    async def in_background(self, step: Callable[[], T], *, reads: bool = False) -> T:
        """The result of `step`, run on the one thread that writes, or that reads: its database connection stays open."""
        return await asyncio.get_running_loop().run_in_executor(self._reader if reads else self._writer, step)

    def on_unmount(self) -> None:
        self._writer.shutdown()
        self._reader.shutdown()
        self._keeper.shutdown()

    def on_mount(self) -> None:
        self.set_interval(LOOK, self._look)
        if not self.is_headless and hasattr(signal, "SIGHUP"):
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self.hung_up)
        self.run_worker(self._back_up())
        self._tell_clock()
        self._take_keys()
        if tour.offered(self.office):
            self.set_interval(GLANCE, self._look_at_tour)
        if self.office.workspace.key is not None:
            self.run_worker(self.in_background(lambda: access.log(self.office, "opened")))
            self.set_interval(LOOK, lambda: self._lock_after(60 * self.office.workspace.lock_minutes))
        place = session.kept(self.office)
        if place and place.mode != "home" and drafts.all_kept(self.office):
            self.tell(_("A form is not saved yet: [app.home], then [home.resume], goes on with it."))
        if place and place.register:
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
        if seconds and monotonic() - self.last_touch > seconds and not isinstance(self.screen, LockScreen):
            self.clear_notifications()
            self.push_screen(LockScreen())

    async def _back_up(self) -> None:
        """Makes the backup of the day, and says when it could not be made."""
        step = partial(back_up_today, self.office.workspace, self.office.store)
        if failed := await asyncio.get_running_loop().run_in_executor(self._keeper, step):
            self.tell(_("Today's backup was not made. {reason}").format(reason=failed(self.office.lang)), wrong=True)

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

    def get_line_filters(self) -> Sequence[LineFilter]:
        self._harmless.before = super().get_line_filters()
        return (self._harmless,)

    def get_key_display(self, binding: Binding) -> str:
        return keys.key_name(binding.key)

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
        if mode == self.current_mode and not any(isinstance(one, FormScreen) for one in self.screen_stack):
            while len(self.screen_stack) > 1:  # the mode one is in: its first screen; a form is left by its own key
                self.pop_screen()
        self.switch_mode(mode)

    def open_register(self, table: str, **settings: Any) -> None:
        """Goes to the register `table`; its list opens over the list of registers."""
        self.switch_mode("registers")
        stack = self.screen_stack
        if len(stack) == 1:
            self.push_screen(RegisterScreen(table, **settings))
        elif isinstance(stack[-1], RegisterScreen):
            if stack[-1].table_name != table or settings:
                self.switch_screen(RegisterScreen(table, **settings))
        else:
            self.tell(_("A record is still open here: save it or go back first."))

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """A short notice that goes away by itself."""
        self.notify(
            one_line(text), markup=False, severity="error" if wrong else "information", timeout=8 if wrong else 4
        )

    def copy(self, text: str) -> None:
        """Puts `text` into the clipboard and says how; into a file where there is none."""
        if not self.is_web and clipboard.native(text):
            self.tell(_("Copied: {text}").format(text=text))
        elif self.is_web or clipboard.terminal_takes(text):
            self.copy_to_clipboard(text)
            self.tell(_("Sent to the terminal's clipboard: {text}").format(text=text))
        else:
            try:
                path = clipboard.to_file(text, self.office.workspace.exports)
            except OSError as error:
                self.tell(_("Not copied: {reason}").format(reason=error.strerror or error), wrong=True)
            else:
                self.tell(_("No clipboard here; it is in the file {path}").format(path=path))

    def copy_command(self, *words: str) -> None:
        """Copies the command that does the same as the screen."""
        self.copy(" ".join(["intarsi", *map(shlex.quote, words)]))

    def action_undo(self) -> None:
        self._turn_back(self.office.store.undo, _("Undone: {what}"))

    def action_redo(self) -> None:
        self._turn_back(self.office.store.redo, _("Redone: {what}"))

    def _turn_back(self, step: Callable[[], Undone], done: str) -> None:
        if not isinstance(self.screen, Page):
            self.bell()
            return
        page = self.screen

        def tell(undone: Undone) -> None:
            self.tell(done.format(what=what(undone, self.office)))
            self.reload()

        page.write(step, tell)

    def action_palette(self) -> None:
        self._choose_command(_("Commands"), "", registers=True)

    def action_help(self) -> None:
        title, intro = help_of(self.focused, self.office)
        self._choose_command(title, intro, registers=False)

    def _choose_command(self, title: str, intro: str, *, registers: bool) -> None:
        if isinstance(self.screen, (Picker, LockScreen)):
            return
        found = commands(self, registers=registers)
        screen: Screen[Any] = self.screen

        def run(chosen: list[str] | None) -> None:
            if chosen:
                self.call_later(found[chosen[0]].run, screen)

        choices = [one.choice for one in found.values()]
        self.push_screen(Picker(title, among(choices), intro=intro), run)

    def action_tour(self) -> None:
        """Begins the guided tour, leaves it, or goes on where it was left; says where it is when it is not here."""
        if not tour.offered(self.office):
            self.tell(
                _(
                    "The tour is in the demo, where nothing can go wrong: leave with [app.quit], then run “intarsi demo”."
                )
            )
            return
        self.tour.turn()
        self.show_tour()
        if self.tour.on:
            self.clear_notifications()  # “the tour waits” is over
        if not self.tour.on and self.tour.at:
            self.tell(_("The tour waits: [app.tour] goes on with it."))

    def _look_at_tour(self) -> None:
        if self.tour.look():
            self.show_tour()

    def show_tour(self) -> None:
        """Puts the band of the tour on the screen in front, or takes it away."""
        if isinstance(self.screen, Page):
            for band in self.screen.query(TourBand):
                band.show(self.tour.words if self.tour.on else "")

    def key_of(self, id: str) -> str:
        """The key that now does what the binding `id` does."""
        return keys.key_now(id)

    def action_help_quit(self) -> None:
        """Ctrl+C, which leaves other programs: here it copies what is selected, and otherwise says how to leave."""
        self.tell(_("[app.quit] leaves the program."))

    def action_theme(self) -> None:
        names = [theme.name for theme in themes.ALL]
        self.use_theme(names[(names.index(self.theme) + 1) % len(names)])
        with suppress(OSError, ValueError):  # without a place to keep it in, it holds for today
            person.keep(theme=self.theme)
        self.reload()

    def use_theme(self, name: str) -> None:
        """The colours called `name`; the usual ones when there are none of that name."""
        self.theme = themes.named(name)
        self.set_class(themes.plain(self), "-plain")

    def _put_down(self) -> None:
        """Stops what runs for a page: it would keep others from writing, also what is kept for the next start."""
        for screen in [one for stack in self._screen_stacks.values() for one in stack]:
            if isinstance(screen, Page):
                screen.put_down()

    async def action_leave(self) -> None:
        self._put_down()
        if self.office.store.connection.read_only:
            self.exit(0)
            return
        place = self._place()
        try:
            await self.in_background(lambda: self._keep(place))
        except StoreError:  # another program writes, or the disk is full: no reason to stay
            self.log.warning("the session was not kept")
        self.exit(0)

    def _keep(self, place: session.Place) -> None:
        """Keeps where one was and what the home screen showed; only now, since every write has all screens read again."""
        session.keep(self.office, place)
        if self.home:
            home_state.keep(self.office, self.home)

    def hung_up(self) -> None:
        """The terminal is gone: what was typed is kept."""
        self._put_down()
        place = self._place()
        forms = [one for stack in self._screen_stacks.values() for one in stack if isinstance(one, FormPage)]
        if not self.office.store.connection.read_only:
            with suppress(StoreError):
                for form in forms:
                    self._writer.submit(form.keep_now).result()  # after what is being written
                self._writer.submit(self._keep, place).result()
        self.office.store.close()
        super().hung_up()

    def _place(self) -> session.Place:
        """What is open in the mode in front."""
        register = next((one for one in self.screen_stack if isinstance(one, RegisterScreen)), None)
        return register.place(self.current_mode) if register else session.Place(self.current_mode)


def run(workspace: Workspace, lang: str, *, read_only: bool = False) -> int:
    """Opens the workspace and shows the app until it is left; the exit code."""
    with open_office(workspace, lang, read_only=read_only) as office:
        return IntarsiApp(office).run(mouse=True) or 0
