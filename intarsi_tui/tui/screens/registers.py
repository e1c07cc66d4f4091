"""All registers of all plugins, with how many records each has and how many are drafts, and the screens of plugins."""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...host.states import OnScreen
from ...store.words import held, split
from ..plugin_screens import open_screen
from ..texts import _
from ..widgets.columns import Line
from ..widgets.filter_box import FilterBox
from ..widgets.record_table import RecordTable
from .filtered import FilteredPage
from .register_lines import DIGITS, jump, register_columns, register_lines


class Way(NamedTuple):
    """A line: a register, or a screen of a plugin.

    Attributes:
        name: the table of the register, or what the screen is kept under.
        group: the action line that it belongs to.
        also: other words by which it is found.
    """

    name: str
    line: Line
    group: str
    also: str


class RegistersScreen(FilteredPage):
    """The way to every register."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,2,3,4,5,6,7,8,9", "jump", "Action line", key_display="1-9", id="registers.jump"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._screens: dict[str, OnScreen] = {}
        self._all: list[Way] = []
        self._shown: list[Way] = []

    def body(self) -> ComposeResult:
        yield FilterBox()
        yield RecordTable(register_columns(header=True))

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        # Counting is no work for the thread that draws; what the home screen has counted is shown meanwhile.
        if not self._all:
            home = self.intarsi.home
            self._take(home.registers if home else register_lines(self.office, counting=False))
        self.write(lambda: register_lines(self.office), self._take)

    def _take(self, registers: Sequence[tuple[str, Line]]) -> None:
        self._screens, self._all = {}, []
        after = {state.records[-1].table: state.screens for state in self.office.plugins if state.records}
        group = ""
        for register, line in registers:
            group = line.cells[1] or group
            declaration = self.office.readable.get(register)
            self._all.append(Way(register, line, group, declaration.also(self.lang) if declaration else ""))
            for one in after.get(register, ()):
                name = f"screen {one.plugin} {one.name}"
                self._screens[name] = one
                line = Line(("", "", f"▸ {one.label(self.lang)}", "", ""))
                self._all.append(Way(name, line, group, one.also(self.lang)))
        self.filter()

    def filter(self) -> None:
        wanted = split(self.search)
        found = [one for one in self._all if held((one.group, one.also, *one.line.cells), wanted)]
        # What is called so stands above what is found by another word.
        found.sort(key=lambda one: not held((one.group, *one.line.cells), wanted))
        if self.search:  # the first register of its action line may not be among them
            found = [one._replace(line=Line(("", one.group, *one.line.cells[2:]))) for one in found]
        self._shown = found
        table = self.query_one(RecordTable)
        nothing = self.nothing(_("No plugin is loaded: [app.plugins] shows why."))
        table.show([one.line for one in found], cursor=table.cursor, empty=nothing)
        registers = sum(one.name not in self._screens for one in found)
        self.say_title(_("Registers"), self.counted(registers, len(self._all) - len(self._screens)))

    def gone_to(self) -> None:
        if self.search:  # of another day: who comes back wants all registers
            self.take_away()

    def on_key(self, event: Any) -> None:
        if event.key in DIGITS:
            self.gone_to()  # the action line may not be among what the filter leaves
            jump(self.query_one(RecordTable), [one.line for one in self._shown], event.key)
            event.stop()

    def action_jump(self) -> None:
        """The digits are taken by `on_key`, which knows which one it was; the binding is what the hints show."""

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        name = self._shown[event.index].name
        if name in self._screens:
            open_screen(self.intarsi, self._screens[name])
        else:
            self.intarsi.open_register(name)

    def action_copy_command(self) -> None:
        table = self._shown[self.query_one(RecordTable).cursor].name if self._shown else ""
        if table in self._screens:
            self.tell(_("[table.open] opens this screen: there [page.copy_command] copies its command."))
        elif declaration := self.office.readable.get(table):
            self.intarsi.copy_command(declaration.plugin, declaration.command, "list")
