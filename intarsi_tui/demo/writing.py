"""Plans are written: their steps wait on disk, and then go through the ordinary way of writing in the order of their moments."""

import heapq
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, time
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, NamedTuple

from ..records import clock, ids
from .chance import Chance
from .plan import Entry, Step, when

if TYPE_CHECKING:
    from ..host.office import Office

Progress = Callable[[int, int], None]


class Spool:
    """The steps of one plan in a temporary file: 300,000 records in memory would take 700 MB."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.count = len(steps)
        self._file = TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
        for step in steps:
            _Pickler(self._file, pickle.HIGHEST_PROTOCOL).dump(tuple(step))

    def __iter__(self) -> Iterator[Step]:
        self._file.seek(0)
        for _ in range(self.count):
            yield Step(*_Unpickler(self._file).load())

    def close(self) -> None:
        self._file.close()


class _Link(NamedTuple):
    """A link to the entry of this serial; its record may still have to be added."""

    serial: int


class _Pickler(pickle.Pickler):
    def persistent_id(self, obj: Any) -> int | None:
        return obj.serial if isinstance(obj, Entry) else None


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, pid: int) -> _Link:
        return _Link(pid)


def write(office: "Office", spools: Sequence[Spool], chance: Chance, progress: Progress | None = None) -> None:
    """Writes everything in one transaction, each step at its own moment and as its own entry of the history.

    One operation for all of it would be as fast, but then the first `undo` of a curious user empties the office.

    Parameters:
        chance: draws the pseudonyms.
        progress: called with the steps done and all steps.
    """
    store, total = office.store, sum(spool.count for spool in spools)
    before = store.user, store.partner, store.site
    uids: dict[int, str] = {}
    try:
        with ExitStack() as stack:
            stack.enter_context(ids.pseudonyms_from(chance))
            stack.enter_context(store.connection.transaction())
            for done, step in enumerate(heapq.merge(*spools, key=when), 1):
                # A partner's records reach the lead from the partner's own site, with the numbers that it gave them there.
                store.user, store.partner, store.site = step.by, step.partner, step.partner
                with clock.at(step.moment):
                    _do(office, step, uids)
                if progress:
                    progress(done, total)
    finally:
        store.user, store.partner, store.site = before


def _do(office: "Office", step: Step, uids: dict[int, str]) -> None:
    table = office.table(step.table)
    if step.what == "add":
        uids[step.serial] = table.add(_plain(step.values, uids)).doc["id"]
    elif step.what == "edit":
        table.edit(uids[step.serial], _plain(step.values, uids))
    elif step.what == "confirm":
        table.confirm(uids[step.serial])
    else:
        table.void(uids[step.serial], step.values)


def _plain(value: Any, uids: dict[int, str]) -> Any:
    """A value as JSON, with UUIDs for links."""
    if isinstance(value, _Link):
        return uids[value.serial]
    if isinstance(value, dict):
        return {name: _plain(one, uids) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one, uids) for one in value]
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else value
