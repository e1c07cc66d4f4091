"""The registers as rows of a table: the home screen and the screen of registers show the same."""

from tinydb import where

from ...host.office import Office
from ..texts import _, counted, one_line
from ..widgets.columns import Column, Line


def register_lines(office: Office) -> list[tuple[str, Line]]:
    """Table name and row of each register, grouped by plugin; a group's name stands at its first register."""
    found = []
    number = 0
    for state in office.plugins:
        for place, declaration in enumerate(state.records):
            number += not place
            records = office.table(declaration.table)
            drafts = records.count_of(where("state") == "draft")
            cells = (
                "" if place else str(number), "" if place else state.label(office.lang), declaration.plural(office.lang), counted(records.count_of(), office.lang),
                f"! {counted(drafts, office.lang)}" if drafts else "",
            )  # fmt: skip
            found.append((declaration.table, Line(cells)))
    for table, declaration in office.undeclared.items():
        label = _("{register} (read only)").format(register=declaration.plural(office.lang))
        count = counted(office.table(table).count_of(), office.lang)
        found.append((table, Line(("", one_line(declaration.plugin), one_line(label), count, ""))))
    return found


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
