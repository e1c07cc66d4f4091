"""Every plugin with its state in words; what is wrong with it, where, and what to do. Switching on and off."""

import subprocess
import sys
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...host.states import STATES, PluginState
from ...project.errors import ProjectError
from ...project.switch import switch
from ...project.workspace import Workspace
from ...store.errors import StoreError
from ..switching import question
from ..texts import _, lines, one_line
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .ask import Ask
from .page import Page

WRONG = ("broken", "incompatible")
# A check imports the plugin anew: in a program of its own, since this one works with what it has loaded.
PATIENCE = 60.0
SIGN = {"loaded": "✓", "disabled": "–", "broken": "▲", "incompatible": "▲", "found": "·"}


class PluginTable(RecordTable):
    """Nothing opens here: all there is to say stands below the table."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"


class PluginsScreen(Page[None]):
    """All plugins that were found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "switch", "On or off", id="plugins.switch"),
        Binding("c", "check", "Check again", id="plugins.check"),
        Binding("tab", "app.focus_next", "Text below", id="plugins.text"),
    ]

    def body(self) -> ComposeResult:
        columns = [
            Column("name", _("Plugin"), 13), Column("label", _("Name"), 16, grows=True, priority=1), Column("state", _("State"), 23),
            Column("registers", _("Registers"), 9, "right", priority=2), Column("origin", _("From"), 22, priority=4, grows=True),
            Column("reason", _("Reason"), 24, priority=3, grows=True),
        ]  # fmt: skip
        yield PluginTable(columns)
        with VerticalScroll(id="explained"):
            yield Static(markup=False)

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        states = self.office.plugins
        self._off = self._switched_off()
        rows = [
            Line(
                (
                    one.name,
                    one.label(self.lang),
                    self._state(one),
                    str(len(one.records) or ""),
                    one.origin,
                    self._reason(one),
                ),
                "void" if one.name in self._off else "broken" if one.state in WRONG else "",
            )
            for one in states
        ]
        table = self.query_one(RecordTable)
        table.show(rows, cursor=table.cursor, empty=_("No plugin was found."))
        wrong = sum(one.state in WRONG for one in states)
        self.say_title(_("Plugins"), f"{len(states)}" + (f"   ▲ {wrong}" if wrong else ""))

    def _switched_off(self) -> list[str]:
        # Read anew: the settings that the office was opened with are those of its start.
        try:
            return Workspace(self.office.workspace.path).disabled
        except ProjectError as error:
            self.tell(error.text(self.lang), wrong=True)
            return self.office.workspace.disabled

    def _state(self, one: PluginState) -> str:
        word = f"{SIGN[one.state]} {STATES[one.state](self.lang)}"
        if (one.name in self._off) == (one.state == "disabled"):
            return word
        return word + " → " + (_("off") if one.name in self._off else _("on"))

    def _reason(self, one: PluginState) -> str:
        return one_line(one.reason(self.lang)) if one.reason else ""

    @property
    def here(self) -> PluginState | None:
        """The plugin under the cursor."""
        plugins = self.office.plugins
        return plugins[self.query_one(RecordTable).cursor] if plugins else None

    def on_record_table_moved(self) -> None:
        self.query_one("#explained Static", Static).update(self._explained(self.here) if self.here else "")

    def _explained(self, state: PluginState) -> Content:
        parts: list[Any] = [(one_line(f"{state.label(self.lang)}: {STATES[state.state](self.lang)}") + "\n", "bold")]
        if state.reason:
            parts.append(lines(state.reason(self.lang)) + "\n")
        if state.place:
            parts.append((one_line(state.place) + "\n", "$text-muted"))
        if state.hint:
            parts.append(f"→ {lines(state.hint(self.lang))}\n")
        if state.records:
            parts.append(
                _("Registers: {names}").format(names=", ".join(one.plural(self.lang) for one in state.records)) + "\n"
            )
        for finding in state.findings:
            sign = "▲" if finding.severity == "error" else "!"
            told = f"{finding.id} {finding.where}: {finding.message(self.lang)}"
            if not state.reason or told != state.reason(self.lang):
                parts.append(one_line(f"{sign} {told}") + "\n")
        return Content.assemble(*parts)

    def action_switch(self) -> None:
        state = self.here
        if state is None:
            return
        on = state.name in self._off
        if on or not state.records or self.office.store.connection.read_only:  # the last is refused, without a question
            self._switch(state, on)
            return

        def asked(text: str) -> None:
            def answered(yes: str | None) -> None:
                if yes:
                    self._switch(state, on)

            self.app.push_screen(Ask(text, _("Yes, switch it off")), answered)

        self.write(lambda: question(self.office, state), asked)

    def _switch(self, state: PluginState, on: bool) -> None:
        def step() -> None:
            if self.office.store.connection.read_only:
                raise StoreError("only_reading", self.office.workspace.path)
            switch(self.office.workspace, state.name, on=on)

        def done(_none: None) -> None:
            text = _("{name} is on from the next start.") if on else _("{name} is off from the next start.")
            self.tell(text.format(name=state.name))
            self.reload()

        self.write(step, done)

    def action_check(self) -> None:
        """Whether the plugin loads now, after its file was corrected; what is found holds from the next start."""
        state = self.here
        if state is None:
            return
        command = [sys.executable, "-m", "intarsi_tui", "-w", str(self.office.workspace.path), "--lang", self.lang]

        def step() -> str:
            try:
                done = subprocess.run(  # noqa: S603
                    [*command, "plugin", "check", state.name], capture_output=True, encoding="utf-8", errors="replace",
                    stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False,
                )  # fmt: skip
            except (OSError, subprocess.TimeoutExpired) as error:
                return f"▲ {error}"
            return done.stdout + done.stderr

        def told(text: str) -> None:
            shown = (_("Checked again, for the next start:") + "\n", "bold")
            self.query_one("#explained Static", Static).update(Content.assemble(shown, lines(text)))

        self.write(step, told)

    def action_copy_command(self) -> None:
        if state := self.here:
            self.intarsi.copy_command("plugin", "show", state.name)
