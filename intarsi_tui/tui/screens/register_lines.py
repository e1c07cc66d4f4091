"""The registers as rows of a table: the home screen and the screen of registers show the same."""

from collections.abc import Sequence
from typing import Any

from tinydb import where

from ...host.office import Office
from ..texts import _, counted, one_line
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable

DIGITS = "123456789"  # the keys that go to an action line; those after the ninth have none


def register_lines(office: Office, *, counting: bool = True) -> list[tuple[str, Line]]:
    """Table name and row of each register, grouped by plugin; a group's name stands at its first register.

    Parameters:
        counting: also how many records and drafts there are. Without it no register is asked, so a screen can show its
            rows at once, and a key that is typed ahead finds them.
    """

    def count(table: str, *drafts: Any) -> int:
        return office.table(table).count_of(*drafts) if counting else 0

    def told(number: int) -> str:
        return counted(number, office.lang) if counting else ""

    found = []
    number = 0
    for state in office.plugins:
        for place, declaration in enumerate(state.records):
            number += not place
            drafts = count(declaration.table, where("state") == "draft")
            cells = (
                "" if place or number > len(DIGITS) else str(number), "" if place else state.label(office.lang), declaration.plural(office.lang), told(count(declaration.table)),
                f"! {counted(drafts, office.lang)}" if drafts else "",
            )  # fmt: skip
            found.append((declaration.table, Line(cells)))
    for table, declaration in office.undeclared.items():
        label = _("{register} (read only)").format(register=declaration.plural(office.lang))
        found.append((table, Line(("", one_line(declaration.plugin), one_line(label), told(count(table)), ""))))
    return found


def jump(table: RecordTable, shown: Sequence[Line], digit: str) -> None:
    """Puts the cursor of `table` on the first register of the action line that has this digit."""
    at = next((index for index, line in enumerate(shown) if line.cells[0] == digit), None)
    if at is not None:
        table.cursor = at
        table.focus()


def register_columns(*, header: bool) -> list[Column]:
    """The columns of `register_lines`; without a header the figures need less room."""
    figures = 7 if header else 5
    return [
        Column("number", "", 1),
        Column("plugin", _("Action line"), 15, priority=3),
        Column("register", _("Register"), 23, grows=True),
        Column("count", _("Records"), figures, "right"),
        Column("drafts", _("Drafts"), figures, "right", priority=2),
    ]
