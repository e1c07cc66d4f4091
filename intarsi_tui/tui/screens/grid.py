"""The screen of a plugin's `Grid`: its keys, the line about the cell under the cursor, and what is typed into a cell."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.content import Content
from textual.widgets import Static

from ...grid import Grid, GridKey, GridView
from ...records.labels import Label
from ...records.problems import Problem
from ..texts import _, one_line
from ..widgets.grid_table import GridTable
from .page import Page
from .record import RecordScreen

MOST = 6  # characters of a number that is typed into a cell


class GridScreen(Page[None]):
    """Shows `grid`; its marks are written one after the other while one types on.

    Parameters:
        label: the screen's title.
        command: the words of the command that prints the same, unless the grid knows another one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", id="grid.undo"),
    ]

    DEFAULT_CSS = """
    GridScreen > #about { height: 2; padding: 0 2; background: $surface; text-overflow: ellipsis; }
    """

    def __init__(self, grid: Grid, label: Label, command: Sequence[str] = ()) -> None:
        super().__init__()
        self.grid, self._label, self._command = grid, label, command
        self._asking: tuple[str, str] | None = None  # the key after which a number is typed, and what it is called
        self._typed = ""
        self._keys = {one.key: one for one in grid.keys}
        own = [
            Binding(
                one.key, f"cell('{one.key}')", one.label(grid.office.lang), id=f"grid.{one.key}",
                key_display=one.key if len(one.key) == 1 else None,
            )
            for one in grid.keys
        ]  # fmt: skip
        if grid.digits:
            words = Label(*grid.digits)(grid.office.lang)
            own.append(Binding(",".join("0123456789"), "digit", words, key_display="0-9", id="grid.digit"))
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(own)])
        # In the hints a grid's own keys come first.
        self.__dict__["BINDINGS"] = [*own, *self.BINDINGS]

    def body(self) -> ComposeResult:
        yield GridTable()
        yield Static(id="about", markup=False)

    @property
    def table(self) -> GridTable:
        return self.query_one(GridTable)

    def on_mount(self) -> None:
        self.table.focus()

    def reload(self) -> None:
        # On the thread that writes: what was typed before is in it, and drawing does not wait.
        self.write(self.grid.read, self._show)

    def _show(self, view: GridView) -> None:
        self.table.show(view)
        self.say_title(" ▸ ".join(filter(None, (self._label(self.lang), one_line(view.title)))), one_line(view.note))

    def on_grid_table_moved(self) -> None:
        self._tell()

    def _tell(self) -> None:
        if self._asking:
            words = _("{what}: {typed}_   Enter takes it, Esc leaves it").format(
                what=self._asking[1], typed=self._typed
            )
        else:
            row, column = self.table.at
            words = self.grid.tell(row, column) if row else ""
        self.query_one("#about", Static).update(Content(one_line(words)), layout=False)

    def on_grid_table_chosen(self) -> None:
        if found := self.grid.leads_to(*self.table.at):
            self.app.push_screen(RecordScreen(*found))
        else:
            self.app.bell()

    # keys of the grid

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing is written, there is nothing to undo."""
        return action != "undo" or bool(self.grid.digits) or any(one.marks for one in self.grid.keys)

    def withheld(self, binding: Binding) -> bool:
        key = (binding.id or "").removeprefix("grid.")
        writes = key in ("undo", "digit") or (key in self._keys and self._keys[key].marks)
        return super().withheld(binding) or (writes and self.only_reading)

    def action_undo(self) -> None:
        self.intarsi.action_undo()

    def action_cell(self, key: str) -> None:
        one: GridKey = self._keys[key]
        if not one.marks:

            def turned() -> GridView:
                self.grid.turn(key)
                return self.grid.read()

            self.write(turned, self._show)
        elif one.asks:
            self._ask(key, one.asks)
        else:
            self._mark(key, "")

    def action_digit(self) -> None:
        """Digits are taken by `on_key`, which knows which one it was; the binding is what the hints show."""

    def _ask(self, key: str, what: tuple[str, str], typed: str = "") -> None:
        self._asking, self._typed = (key, Label(*what)(self.lang)), typed
        self._tell()

    def on_key(self, event: events.Key) -> None:
        """A number that is being typed takes the keys first."""
        char = event.character or ""
        if self._asking is None:
            if char.isdecimal() and self.grid.digits:
                self._ask("", self.grid.digits, char)
                event.stop()
            return
        if char.isdecimal() or char in (",", ".", ":"):
            self._typed = (self._typed + char)[:MOST]
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.key == "enter":
            key, typed = self._asking[0], self._typed
            self._asking = None
            if (number := _number(typed)) is not None:
                self._mark(key, number)
            elif typed:
                self.tell(_("“{typed}” is not a number.").format(typed=typed), wrong=True)
        else:  # Esc, or anything else: what was typed is left, nothing was written
            self._asking = None
        self._tell()
        event.stop()

    def _mark(self, key: str, typed: str) -> None:
        table, grid = self.table, self.grid
        row, column = table.at
        if not row or not column or table.view.rows[table.row].tone == "heading":
            self.app.bell()
            return

        def step() -> GridView:
            grid.mark(row, column, key, typed)
            return grid.read()

        def refused(problems: Sequence[Problem]) -> None:
            """The cursor goes back to the cell, unless one has gone on elsewhere; only the last refusal is in sight."""
            names = [one.name for one in table.view.rows]
            who = table.view.rows[names.index(row)].cells[0] if row in names else ""
            self.app.clear_notifications()
            told = "; ".join(problem.text(self.lang) for problem in problems)
            self.tell(f"{who}: {told}" if who else told, wrong=True)
            if row in names and table.at == after:
                table.move_to(names.index(row), table.column)

        table.action_move(1)  # people are gone through one by one
        after = table.at
        self.write(step, self._show, refused)

    def action_copy_command(self) -> None:
        if words := self.grid.command() or self._command:
            self.intarsi.copy_command(*words)
        else:
            self.tell(_("There is no command for this screen."))


def _number(typed: str) -> str | None:
    """`2,5` and `2.5` as `2.5`, `2:30` as `2.5`; `None` for what is no number."""
    try:
        if ":" in typed:
            hours, minutes = typed.split(":")
            return str(int(hours) + int(minutes or 0) / 60)
        return str(float(typed.replace(",", ".")))
    except ValueError:
        return None
