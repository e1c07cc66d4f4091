"""The records of a register that may be entered twice, two by two: each is joined, or told apart for good."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...host.duplicates import REASONS, Pair, called, likely
from ...host.masks import masked
from ...records.declaration import Declaration
from ...store.distinct import tell_apart
from ...store.words import held, split
from ..rows import title_of
from ..texts import _, one_line
from ..widgets.columns import Column, Line
from ..widgets.filter_box import FilterBox
from ..widgets.record_table import RecordTable
from .filtered import FilteredPage
from .page import Going
from .pair import PairScreen


class Stopped(Exception):
    """Nobody waits for the answer any more."""


class DuplicatesScreen(FilteredPage):
    """The likely pairs of the register `table`, surest first; those that were told apart come last, and say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "apart", "Not the same", id="duplicates.apart"),
        Binding("u", "app.undo", "Undo", id="duplicates.undo"),
    ]

    def __init__(self, table: str) -> None:
        super().__init__()
        self.table_name = table
        self._all: list[Pair] = []
        self._found: list[Pair] = []
        self._seen: int | None = None
        self._turn = 0

    @property
    def declaration(self) -> Declaration:
        return self.office.declarations[self.table_name]

    def body(self) -> ComposeResult:
        yield FilterBox()
        yield RecordTable(
            [
                Column("one", _("Record"), 20, grows=True),
                Column("other", _("Other record"), 20, grows=True),
                Column("why", _("Why"), 22, grows=True),
            ]
        )

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()
        self.say_title(self._heading)

    @property
    def _heading(self) -> str:
        return f"{self.declaration.plural(self.lang)} ▸ {_('Duplicates')}"

    def reload(self) -> None:
        version = self.office.store.version()
        if version == self._seen:  # back from a pair, and nothing was done: a large register takes seconds
            self.filter()
            return
        self._seen = version
        if not self._all:
            self.query_one(RecordTable).wait(_("Comparing the records …"))
        self._turn += 1
        self.read_counted(partial(self._compare, self._turn), self._take, _("compared: {done} of {total}"))

    def _compare(self, turn: int, going: Going) -> list[Pair]:
        def told(done: int, total: int) -> None:
            if turn != self._turn:
                raise Stopped
            going(done, total)

        return likely(self.office, self.table_name, apart=True, going=told)

    def on_unmount(self) -> None:
        self._turn += 1

    def _take(self, found: list[Pair]) -> None:
        self._all = found
        self.filter()

    def filter(self) -> None:
        wanted = split(self.search)
        found = [(pair, line) for pair in self._all if held((line := self._line(pair)).cells, wanted)]
        self._found = [pair for pair, _line in found]
        table = self.query_one(RecordTable)
        nothing = _("No two records look as if they were of one.\nIn the list, [table.mark] marks two and [list.duplicates] joins them.")  # fmt: skip
        table.show([line for _pair, line in found], cursor=table.cursor, empty=self.nothing(nothing))
        self.say_title(self._heading, self.counted(len(found), len(self._all)))
        self.refresh_bindings()

    def _line(self, pair: Pair) -> Line:
        why = REASONS[pair.why](self.lang)
        if pair.apart:
            why = f"– {_('told apart')} ({why})"
        return Line((self._called(pair.one), self._called(pair.other), why), "void" if pair.apart else "")

    def _called(self, doc: dict[str, object]) -> str:
        title = title_of(self.declaration, doc, self.office)
        names = one_line(called(self.declaration, masked(self.declaration, doc, self.office)))
        return title if names in title else f"{title} {names}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._found) if action == "apart" else super().check_action(action, parameters)

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        pair = self._found[event.index]

        def take(gone: str | None) -> None:
            if gone:  # at once: comparing all of them anew takes a while
                self._take([one for one in self._all if gone not in (one.one["id"], one.other["id"])])

        self.app.push_screen(PairScreen(self.table_name, pair.one, pair.other, why=REASONS[pair.why](self.lang)), take)

    def action_apart(self) -> None:
        """Two records are of two, or may be one again: the same key says both."""
        pair = self._found[self.query_one(RecordTable).cursor]
        tell = partial(tell_apart, self.office.store, pair.one["id"], pair.other["id"])

        def done(_changed: bool) -> None:
            apart, again = _("Told apart: nobody is asked again. [duplicates.undo] takes it back, and later [duplicates.apart] on the pair."), _("May be one again: [duplicates.apart] tells them apart.")  # fmt: skip
            self.tell(again if pair.apart else apart)
            self.intarsi.undo_first(partial(tell, apart=pair.apart), apart if pair.apart else again)
            self.reload()

        self.write(partial(tell, apart=not pair.apart), done)

    def action_copy_command(self) -> None:
        self.intarsi.copy_command("duplicates", self.table_name)
