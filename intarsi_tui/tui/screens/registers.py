"""All registers of all plugins, with how many records each has and how many are drafts, and the screens of plugins."""

from collections.abc import Sequence

from textual.app import ComposeResult

from ...host.states import OnScreen
from ..plugin_screens import open_screen
from ..texts import _
from ..widgets.columns import Line
from ..widgets.record_table import RecordTable
from .page import Page
from .register_lines import register_columns, register_lines


class RegistersScreen(Page[None]):
    """The way to every register."""

    def __init__(self) -> None:
        super().__init__()
        self._screens: dict[str, OnScreen] = {}
        self._lines: list[tuple[str, Line]] = []

    def body(self) -> ComposeResult:
        yield RecordTable(register_columns(header=True))

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        # Counting is no work for the thread that draws; what the home screen has counted is shown meanwhile.
        if not self._lines:
            home = self.intarsi.home
            self._show(home.registers if home else register_lines(self.office, counting=False))
        self.write(lambda: register_lines(self.office), self._show)

    def _show(self, registers: Sequence[tuple[str, Line]]) -> None:
        self._screens, self._lines = {}, []
        after = {state.records[-1].table: state.screens for state in self.office.plugins if state.records}
        for register, line in registers:
            self._lines.append((register, line))
            for one in after.get(register, ()):
                name = f"screen {one.plugin} {one.name}"
                self._screens[name] = one
                self._lines.append((name, Line(("", "", f"▸ {one.label(self.lang)}", "", ""))))
        table = self.query_one(RecordTable)
        lines = [line for _name, line in self._lines]
        table.show(lines, cursor=table.cursor, empty=_("No plugin is loaded: [app.plugins] shows why."))
        self.say_title(_("Registers"), str(len(self._lines) - len(self._screens)))

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        name = self._lines[event.index][0]
        if name in self._screens:
            open_screen(self.intarsi, self._screens[name])
        else:
            self.intarsi.open_register(name)

    def action_copy_command(self) -> None:
        table = self._lines[self.query_one(RecordTable).cursor][0] if self._lines else ""
        if table in self._screens:
            self.tell(_("[table.open] opens this screen: there [page.copy_command] copies its command."))
        elif declaration := self.office.readable.get(table):
            self.intarsi.copy_command(declaration.plugin, declaration.command, "list")
