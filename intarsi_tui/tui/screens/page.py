"""What all screens have: a title line, a body, the hints, and the way back."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events
from textual._callback import invoke
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widgets import Static

from ...host.office import Office
from ...project.errors import ProjectError
from ...records.problems import Problem, Rejected
from ...reporting.problems import ReportError
from ...store.errors import AmbiguousRecord, NoSuchRecord, StoreError
from ..keys import WRITES
from ..session import Place
from ..terminal_app import HEIGHTS, WIDTHS
from ..texts import _, counted, lines, sides
from ..widgets.hints import Hints, Modes
from ..widgets.too_small import TooSmall
from .painting import OverPage, PaintedOnce

if TYPE_CHECKING:
    from ..app import IntarsiApp

SLOW = 0.3  # seconds of reading after which it is said
WONDERING = 0.5  # seconds after which somebody who sees nothing happen presses the key again

R = TypeVar("R")
T = TypeVar("T")
Going = Callable[[int, int], None]


class _InOffice:
    """The office that the app works for, typed."""

    @property
    def intarsi(self) -> "IntarsiApp":
        return cast("IntarsiApp", self.app)  # type: ignore[attr-defined]

    @property
    def office(self) -> Office:
        return self.intarsi.office

    @property
    def lang(self) -> str:
        return self.office.lang

    @property
    def only_reading(self) -> bool:
        """Whether nothing can be written from here: the office is only read, or the plugin of the register is not there."""
        return self.office.store.connection.read_only or getattr(self, "table_name", "") in self.office.undeclared

    def withheld(self, binding: Binding) -> bool:
        """Whether a key is not offered, since what it does would be refused."""
        return binding.id in WRITES and self.only_reading


class TitleLine(Static):
    """Where one is at the left, how many and how at the right."""

    def __init__(self) -> None:
        super().__init__(markup=False, id="title")
        self._sides, self._waits = ("", ""), ""

    def say(self, left: str, right: str = "") -> None:
        self._sides, self._waits = (left, right), ""
        self._write()

    def wait(self, words: str) -> None:
        """Says `words` at the right until something else is said, or "" is."""
        if words != self._waits:
            self._waits = words
            self._write()

    def on_resize(self) -> None:
        self._write()

    def _write(self) -> None:
        left, right = self._sides
        words = Content(sides(left, self._waits or right, max(self.content_size.width, 1)))
        self.update(words, layout=False)  # always one line: nothing has to be laid out for other words


class TourBand(Static):
    """What the guided tour says, under the title; not there without one."""

    def __init__(self) -> None:
        super().__init__(markup=False, id="tour")
        self.display = False

    def show(self, words: str) -> None:
        if words or self.display:
            self.display = bool(words)
            self.update(Content(lines(words)))


class Page(_InOffice, PaintedOnce, Screen[R]):
    """A full screen."""

    hinted: Sequence[str] = ()
    """The actions that the line of hints names; none: those that their bindings show."""

    busy = False
    """Whether what was asked for last is still being done: keys that are typed ahead wait for it."""

    back_to = ""
    """The mode from which a register was gone to: Esc leads back there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="page.back"),
        # In a form the letter is text, and the other key works.
        Binding("Y,ctrl+g", "copy_command", "Copy the command", show=False, id="page.copy_command"),
    ]

    def compose(self) -> ComposeResult:
        yield TitleLine()
        yield TourBand()
        yield from self.body()
        yield Hints()
        yield Modes()
        yield TooSmall()

    def body(self) -> ComposeResult:
        """What stands between title and hints."""
        yield from ()

    def gone_to(self) -> None:
        """Called when somebody came by the key of the mode, and not back from another screen."""

    def say_title(self, left: str, right: str = "") -> None:
        """Puts `left` and `right` into the title line, and that an office is open for reading only."""
        if self.office.store.connection.read_only:
            right = "   ".join(filter(None, (right, _("reading only"))))
        try:
            self.query_one(TitleLine).say(left, right)
        except NoMatches:  # a message that came before the screen was composed
            return

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """A short notice that goes away by itself."""
        self.intarsi.tell(text, wrong=wrong)

    def write(
        self,
        step: Callable[[], T],
        done: Callable[[T], Any],
        refused: Callable[[Sequence[Problem]], Any] | None = None,
        *,
        busy: str = "",
    ) -> None:
        """Runs `step` on the one thread that writes, then `done` with its result, or `refused` with the problems.

        The screen never waits: a write is one fsync, but up to 30 s while another program has the database.

        Parameters:
            busy: said when it takes longer than a person waits without wondering.
        """
        wait = self.set_timer(WONDERING, lambda: self.tell(busy)) if busy else None
        self.run_worker(self._write(step, done, refused, wait), group="write")

    async def _write(
        self,
        step: Callable[[], T],
        done: Callable[[T], Any],
        refused: Callable[[Sequence[Problem]], Any] | None,
        wait: Timer | None = None,
        *,
        reads: bool = False,
    ) -> None:
        try:
            try:
                result = await self.intarsi.in_background(step, reads=reads)
            finally:
                if wait:
                    wait.stop()
                await self.intarsi.unlocked()
        except Rejected as rejected:
            if refused:
                await invoke(refused, rejected.problems)
            else:
                self.tell("; ".join(problem.text(self.lang) for problem in rejected.problems), wrong=True)
        except ReportError as error:  # figures of the home screen: a value that was damaged in the file
            self.tell("; ".join(problem.text(self.lang) for problem in error.problems), wrong=True)
        except (NoSuchRecord, AmbiguousRecord) as error:
            self.tell(error.problem.text(self.lang), wrong=True)
        except (StoreError, ProjectError) as error:
            self.tell(error.text(self.lang), wrong=True)
        else:
            await invoke(done, result)

    def write_counted(self, step: Callable[[Going], T], done: Callable[[T], Any], words: str) -> None:
        """As `write`, for what may be thousands of records: the title line says how far it is.

        Parameters:
            step: given what it calls with how many of how many are done.
            words: with `{done}` and `{total}`.
        """
        self.write(self._counting(step, words), done)

    def _counting(self, step: Callable[[Going], T], words: str) -> Callable[[], T]:
        title, soon = self.query_one(TitleLine), asyncio.get_running_loop().call_soon_threadsafe

        def going(count: int, total: int) -> None:
            soon(title.wait, words.format(done=counted(count, self.lang), total=counted(total, self.lang)))

        def counting() -> T:
            try:
                return step(going)
            finally:
                soon(title.wait, "")

        return counting

    def read_counted(self, step: Callable[[Going], T], done: Callable[[T], Any], words: str) -> None:
        """As `read_slowly`, for thousands of records: the title line says how far it is."""
        self.read_slowly(self._counting(step, words), done)

    def read_slowly(self, step: Callable[[], T], done: Callable[[T], Any]) -> None:
        """As `write`, for what may take long to read: then it is said. Only the last one that was asked for is shown."""
        # Made when it runs: one that is called off before that would never be awaited.
        self.run_worker(partial(self._read_slowly, step, done), group="read", exclusive=True)  # type: ignore[arg-type]

    async def _read_slowly(self, step: Callable[[], T], done: Callable[[T], Any]) -> None:
        title = self.query_one(TitleLine)
        slow = self.set_timer(SLOW, lambda: title.wait(_("reading …")))
        try:
            await self._write(step, done, None, reads=True)
        finally:
            slow.stop()
            title.wait("")

    def action_back(self) -> None:
        if len(self.app.screen_stack) > 1:
            back_to = self.back_to
            self.app.pop_screen()
            if back_to:
                self.app.switch_mode(back_to)
        elif self.app.current_mode != "home":
            self.app.switch_mode("home")

    def action_copy_command(self) -> None:
        """Copies the command that does the same; each screen says its own."""
        self.intarsi.copy_command("--help")

    def put_down(self) -> None:
        """Called when the program ends: what runs for this page is stopped."""

    def keep_now(self) -> None:
        """Keeps what was typed and is not saved, on the thread that calls."""

    @property
    def kept_open(self) -> bool:
        """Whether somebody who goes elsewhere should know that it is still open."""
        return False

    def place(self, mode: str) -> Place | None:
        """What it takes to open the page again as it is; `None` where the name of the mode does."""
        return None

    def reload(self) -> None:
        """Called when the screen comes back, and when somebody changed a record."""

    def on_screen_resume(self) -> None:
        self.reload()
        self.intarsi.show_tour()


class Dialog(_InOffice, OverPage, ModalScreen[R]):
    """A small window over the page; Esc closes it and nothing has happened."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", id="dialog.back")]

    def on_resize(self, event: events.Resize) -> None:
        """Where keys are not taken it is said why; made only there, since every window would pay for it."""
        small = event.size.width < WIDTHS[1][0] or event.size.height < HEIGHTS[1][0]
        if small and not self.query(TooSmall):
            self.mount(TooSmall())

    def action_back(self) -> None:
        self.dismiss(None)
