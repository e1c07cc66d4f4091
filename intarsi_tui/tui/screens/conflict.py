"""Two people changed the same record: field by field, whose value is to hold."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ...records.declaration import Field
from ...records.problems import Problem
from ..form_state import CHOSEN, FormState
from ..rows import row_words, shown
from ..texts import _, lines, one_line
from ..widgets.columns import Column, Line
from ..widgets.hints import Hints
from ..widgets.record_table import RecordTable
from .page import Dialog

MINE, THEIRS, BEFORE = range(3)
FAMILIAR = 12  # signs that all values of a field may begin with before these are left out


class Conflict(NamedTuple):
    """A field that two people changed: who the other one is, and the three values in words."""

    field: Field
    who: str
    values: tuple[str, str, str]


class ConflictScreen(Dialog[set[str]]):
    """Answers with the fields in which the other one's value is to hold, `None` when it was left with Esc.

    Parameters:
        present: the record as the other one saved it.
        problems: with a `changed_meanwhile` for each field that both changed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "choose", "Choose", priority=True, id="conflict.choose"),
        Binding("m", "all(0)", "All mine", id="conflict.mine"),
        Binding("t", "all(1)", "All theirs", id="conflict.theirs"),
        Binding("ctrl+s", "save", "Save", priority=True, id="conflict.save"),
    ]

    def __init__(self, state: FormState, present: dict[str, Any], problems: Sequence[Problem]) -> None:
        super().__init__()
        self._state = state
        fields = state.declaration.by_name
        before = state.doc or {}
        self._conflicts = [
            Conflict(
                fields[one.field],
                one_line(state.office.name_of(str(one.params.get("who", "")))),
                (
                    worded(state, fields[one.field], state.values.get(one.field)),
                    worded(state, fields[one.field], present.get(one.field), stored=True),
                    worded(state, fields[one.field], before.get(one.field), stored=True),
                ),
            )
            for one in problems
            if one.code == "changed_meanwhile" and one.field in fields
        ]
        both = {one.field.name for one in self._conflicts}
        own = state.changes
        self._only_theirs = [
            field
            for field in state.fields
            if field.name not in own and before.get(field.name) != present.get(field.name)
        ]
        self._only_mine = [
            field
            for field in state.fields
            if field.name in own and field.name not in both and before.get(field.name) == present.get(field.name)
        ]
        self._chosen: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            who = ", ".join(dict.fromkeys(one.who for one in self._conflicts))
            title = _("{who} has saved this record meanwhile. Whose value is to hold?").format(who=who)
            yield Static(Content(lines(title)), id="window-title")
            columns = [Column("field", "", 16), Column("whose", "", 18), Column("value", "", 24, grows=True)]
            yield RecordTable(columns, header=False)
            yield Static(id="conflict-value", markup=False)
            yield Static(Content(lines(self._merged())), id="conflict-merged")
            yield Hints()

    def on_mount(self) -> None:
        self._show(0)

    def _merged(self) -> str:
        """What needs no choice, so that nobody wonders what becomes of it."""
        said = []
        for wording, fields in (
            (_("Changed by the other one only, kept: {fields}"), self._only_theirs),
            (_("Changed by you only, kept: {fields}"), self._only_mine),
        ):
            if fields:
                said.append(wording.format(fields=", ".join(field.label(self.lang) for field in fields)))
        return "\n".join(said)

    def _show(self, cursor: int) -> None:
        rows = []
        for conflict in self._conflicts:
            chosen = self._chosen.get(conflict.field.name)
            marks = ["[x] " if chosen == way else "[ ] " for way in (MINE, THEIRS)]
            words = (marks[MINE] + _("yours"), marks[THEIRS] + conflict.who, "    " + _("before"))
            for way, value in enumerate(apart(conflict.values)):
                label = conflict.field.label(self.lang) if way == MINE else ""
                rows.append(Line((label, words[way], value), "void" if way == BEFORE else ""))
        self.query_one(RecordTable).show(rows, cursor=cursor)

    def on_record_table_moved(self, event: RecordTable.Moved) -> None:
        """The whole value below, as a row has room for its beginning only."""
        conflict, way = divmod(event.index, 3)
        self.query_one("#conflict-value", Static).update(Content(lines(self._conflicts[conflict].values[way])))

    def on_record_table_chosen(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        here = self.query_one(RecordTable).cursor
        conflict, way = divmod(here, 3)
        if way == BEFORE:
            self.app.bell()
            return
        self._chosen[self._conflicts[conflict].field.name] = way
        # On to the next field that nobody has decided.
        self._show(self._undecided(default=here))

    def _undecided(self, default: int) -> int:
        open_ones = (3 * at for at, one in enumerate(self._conflicts) if one.field.name not in self._chosen)
        return next(open_ones, default)

    def action_all(self, way: int) -> None:
        self._chosen = {one.field.name: way for one in self._conflicts}
        self._show(self.query_one(RecordTable).cursor)

    def action_save(self) -> None:
        if len(self._chosen) < len(self._conflicts):
            self._show(self._undecided(default=0))
            self.intarsi.tell(_("Choose first what is to hold, here and in each field."), wrong=True)
            return
        self.dismiss({name for name, way in self._chosen.items() if way == THEIRS})


def apart(values: Sequence[str]) -> list[str]:
    """`values` without the words that all of them begin with, when these leave no room for what differs."""
    split = [value.split(" ") for value in values]
    alike = [*takewhile(lambda words: len(set(words)) == 1, zip(*split, strict=False))]
    shared = sum(len(words[0]) + 1 for words in alike[:-1])  # the last one stays, as a place to begin at
    return [f"… {value[shared:]}" for value in values] if shared > FAMILIAR else [*values]


def worded(state: FormState, field: Field, value: Any, *, stored: bool = False) -> str:
    """A value of the form, or a stored one, as a person reads it."""
    if value in (None, "", []):
        return "–"
    if field.kind.name == "rows":
        return "\n".join(row_words(field, row, state.office) for row in value)
    if stored or field.kind.widget in CHOSEN:
        return shown(field, {field.name: value}, state.office)
    return state.understood(field) or str(value)
