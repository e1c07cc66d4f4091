"""Two records that may be of one person or body, field by field: what stays is chosen, and they are made one."""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ...exchange.columns import reference_of
from ...host.masks import masked, masks
from ...host.merging import Merged, first_choice, merge, settled
from ...records.declaration import DOTS, Declaration, Field
from ...records.problems import Problem
from ...store.errors import AmbiguousRecord, NoSuchRecord, StoreError
from ..masks import reveal
from ..rows import in_words, title_of
from ..texts import SIGNS, _, counted, lines, one_line
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .acts import read_only
from .page import Page

Doc = dict[str, Any]
DIFFERENT, TOGETHER, SAME = "≠", "+", "="


class Compared(NamedTuple):
    """A field of two records: what it is called, both values in words, and the sign for how they go together."""

    field: Field | None
    label: str
    values: tuple[str, str]
    sign: str


class PairScreen(Page[str]):
    """Two records side by side; answers with the UUID of the one that was voided when they were joined.

    Parameters:
        why: why they may be the same.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # The table would take these for itself.
        Binding("space,enter", "choose(-1)", "Other side", priority=True, id="pair.choose"),
        Binding("left", "choose(0)", "Left", show=False, priority=True, id="pair.left"),
        Binding("right", "choose(1)", "Right", show=False, priority=True, id="pair.right"),
        Binding("ctrl+s", "join", "Join", priority=True, id="pair.join"),
        Binding("m", "reveal", "Show the names", id="pair.reveal"),
    ]

    def __init__(self, table: str, one: Doc, other: Doc, *, why: str = "") -> None:
        super().__init__()
        self.table_name, self._docs, self._why = table, (one, other), why
        self._kept = int(first_choice(one, other))
        self._chosen: dict[str, int] = {}
        self._rows: list[Compared] = []

    @property
    def declaration(self) -> Declaration:
        return self.office.declarations[self.table_name]

    def body(self) -> ComposeResult:
        columns = [Column("sign", "", 1), Column("field", "", 18), *(Column(name, "", 22, grows=True) for name in "ab")]
        yield RecordTable(columns, header=False)
        yield Static(id="pair-values", markup=False)

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()
        self.say_title(f"{self.declaration.plural(self.lang)} ▸ {_('Are they one?')}", self._why)

    def reload(self) -> None:
        """The records as they are now; when one is gone, or void, there is nothing to join any more."""
        if self.busy:  # what is being done will say how it went
            return
        found = [self.office.get(self.table_name, doc["id"]) for doc in self._docs]
        one, other = found
        if one is None or other is None or "void" in (one["state"], other["state"]):
            self.dismiss(None)
            return
        self._docs = one, other
        self._show(self.query_one(RecordTable).cursor)

    # what there is to be seen

    def _compared(self) -> list[Compared]:
        """Which record stays, then what differs, what goes together and what is the same."""
        found = []
        for field in self.declaration.editable:
            stored = [doc.get(field.name) for doc in self._docs]
            if all(value in (None, "", []) for value in stored):
                continue
            same = stored[0] == stored[1]
            sign = SAME if same else TOGETHER if settled(field, *stored) else DIFFERENT
            one, other = (self._words(field, doc) for doc in self._docs)
            found.append(Compared(field, field.label(self.lang), (one, other), sign))
        order = (DIFFERENT, TOGETHER, SAME)
        one, other = (self._record(doc) for doc in self._docs)
        return [
            Compared(None, _("Record that stays"), (one, other), DIFFERENT),
            *sorted(found, key=lambda one: order.index(one.sign)),
        ]

    def _record(self, doc: Doc) -> str:
        title, number = title_of(self.declaration, doc, self.office), doc.get("number") or ""
        state = f"{SIGNS.get(doc['state'], '')} {self.declaration.by_name['state'].show(doc, self.lang)}"
        return "  ".join(filter(None, (number if number not in title else "", title, state)))

    def _words(self, field: Field, doc: Doc) -> str:
        """A value as it may be shown; what is kept back is told from what is not there."""
        if doc.get(field.name) in (None, "", []):
            return "–"
        if field.name in self.declaration.masked and masks(self.declaration, doc, self.office):
            return DOTS
        return self.office.show(field, masked(self.declaration, doc, self.office))

    def _side(self, row: Compared) -> int:
        return self._chosen.get(row.field.name, self._kept) if row.field else self._kept

    def _show(self, cursor: int) -> None:
        self._rows = self._compared()
        self.query_one(RecordTable).show([self._line(row) for row in self._rows], cursor=cursor)
        self._explain()
        self.refresh_bindings()

    def _line(self, row: Compared) -> Line:
        marks = ["    ", "    "]
        if row.sign == DIFFERENT:
            marks = ["[x] " if self._side(row) == side else "[ ] " for side in (0, 1)]
        cells = (mark + one_line(value.replace("\n", " / ")) for mark, value in zip(marks, row.values, strict=True))
        return Line((row.sign, row.label, *cells), "void" if row.sign == SAME else "")

    def on_record_table_moved(self) -> None:
        self._explain()

    def _explain(self) -> None:
        """The whole values below, as a row has room for their beginning only, and what becomes of them."""
        row = self._rows[self.query_one(RecordTable).cursor] if self._rows else None
        if row is None:
            return
        if row.field is None:
            said = _("The other record is voided; what names it will name this one. One undo parts them again.")
        elif row.sign == DIFFERENT:
            said = _("≠ They differ: the value marked [x] stays.")
        elif row.sign == TOGETHER:
            said = _("+ What only one of them knows is kept.")
        else:
            said = _("= They are the same.")
        shown = dict.fromkeys(row.values) if row.field and row.sign != TOGETHER else row.values
        self.query_one("#pair-values", Static).update(Content(lines("\n".join([said, *shown]))))

    # what is done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "reveal":
            return any(masks(self.declaration, doc, self.office) for doc in self._docs)
        return True

    def action_reveal(self) -> None:
        for doc in self._docs:
            reveal(self, self.declaration, doc)

    def action_choose(self, side: int) -> None:
        """Another side for what stands under the cursor; -1 for the one that it is not."""
        table = self.query_one(RecordTable)
        row = self._rows[table.cursor]
        if row.sign != DIFFERENT:
            self.app.bell()
            return
        wanted = 1 - self._side(row) if side < 0 else side
        if row.field:
            self._chosen[row.field.name] = wanted
        else:
            self._kept = wanted
        self._show(table.cursor)

    @property
    def _theirs(self) -> list[str]:
        """The fields in which the value of the record that goes is to hold."""
        rows = (row for row in self._rows if row.field and row.sign == DIFFERENT)
        return [row.field.name for row in rows if row.field and self._side(row) != self._kept]

    def action_join(self) -> None:
        if self.busy or read_only(self, self.table_name):
            return
        self.busy = True
        kept, gone = self._docs[self._kept]["id"], self._docs[1 - self._kept]["id"]
        theirs = self._theirs
        self.write(
            lambda: self._merge(kept, gone, theirs), self._joined, self._refused, busy=_("Joining the two records …")
        )

    def _merge(self, kept: str, gone: str, theirs: Sequence[str]) -> Merged:
        try:
            return merge(self.office, self.table_name, kept, gone, theirs)
        except (StoreError, NoSuchRecord, AmbiguousRecord):  # it can be tried again
            self.busy = False
            raise

    def _joined(self, done: Merged) -> None:
        said = _("Made one: {title}. [list.undo] parts them again. Records that name it now: {moved}.").format(
            title=title_of(self.declaration, done.kept, self.office), moved=counted(len(done.moved), self.lang)
        )
        if done.left:
            left = _("Sent or void records that still name the other one: {left}.")
            said += " " + left.format(left=counted(len(done.left), self.lang))
        self.tell(said)
        self.dismiss(str(next(doc["id"] for doc in self._docs if doc["id"] != done.kept["id"])))

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.busy = False
        self.tell(_("Nothing was joined. {reason}").format(reason=in_words(self.declaration, problems, self.lang)), wrong=True)  # fmt: skip

    def action_copy_command(self) -> None:
        kept, gone = (self._docs[side]["id"] for side in (self._kept, 1 - self._kept))
        words = [reference_of(self.office, self.table_name, uid) for uid in (kept, gone)]
        theirs = [word for name in self._theirs for word in ("--theirs", name.replace("_", "-"))]
        self.intarsi.copy_command("merge", self.table_name, *words, *theirs)
