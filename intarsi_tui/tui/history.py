"""Changes in words: who, when, which fields, from what to what."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..host.acting import last_known, worded
from ..host.masks import masks
from ..host.office import Office
from ..records.clock import today
from ..records.declaration import DOTS, Declaration
from .paged import PagedLines
from .rows import shown, title_of
from .texts import _, one_line
from .widgets.columns import Line

if TYPE_CHECKING:
    from ..store.history import Change
    from ..store.undo import Undone

# What every change of state touches, and nobody asks about.
QUIET = frozenset(("id", "site", "created_by", "created_at", "changed_by", "changed_at", "partner"))

# What was done says of these which state the record has since.
STATES = ("confirm", "edit-confirm", "sent", "void")


def done(label: str, office: Office) -> str:
    """What was done, from the label of an operation."""
    return one_line(worded(office, label, office.lang))


def when(moment: str) -> str:
    """`14/04 16:10`, in the office's own time; of another year `14/04/2021`, which is as long."""
    local = datetime.fromisoformat(moment).astimezone()
    return f"{local:%d/%m %H:%M}" if local.year == today().year else f"{local:%d/%m/%Y}"


def fields_told(change: "Change", declaration: Declaration, office: Office) -> str:
    """`Hours 1:30 → 2:00 · Notes: …`; of a new record nothing, of a change of state not the state: the record says it."""
    word = change.label.partition(" ")[0]
    if word in ("add", "add-confirm"):
        return ""
    hidden = declaration.masked if masks(declaration, office.get(change.table, change.uid) or {}, office) else ()
    told_fields = []
    for name, (old, new) in change.fields.items():
        field = declaration.by_name.get(name)
        if field is None or name in QUIET or (name == "state" and word in STATES):
            continue
        if name in hidden:
            told_fields.append(f"{field.label(office.lang)}: {DOTS}")
            continue
        before, after = (shown(field, {name: value}, office) if value is not None else "–" for value in (old, new))
        told_fields.append(f"{field.label(office.lang)}: {one_line(before)} → {one_line(after)}")
    return " · ".join(told_fields)


def told(change: "Change", declaration: Declaration, office: Office) -> str:
    """One change of a record in one line."""
    fields = fields_told(change, declaration, office)
    return f"{when(change.moment)} {one_line(office.name_of(change.user))}  {done(change.label, office)}" + (
        f"  {fields}" if fields else ""
    )


def what(undone: "Undone", office: Office) -> str:
    """What was taken back, or done again: `confirmed, Bicycle loan N-7K3QX` or `import registro.csv (57)`."""
    did = done(undone.first or undone.label, office)
    if len(undone.records) != 1:
        return f"{did} ({len(undone.records)})"
    table, uid = undone.records[0]
    declaration = office.declarations.get(table)
    if declaration is None:
        return did
    return f"{declaration.label(office.lang)} {title_known(office, table, uid)}: {did}"


def turned_back(undone: "Undone", office: Office) -> str:
    """What is said after undoing or redoing."""
    if undone.again:
        return _("Redone: {what}").format(what=what(undone, office))
    said = _("Undone: {what}").format(what=what(undone, office))
    if (undone.first or undone.label).split(" ")[0].endswith("confirm"):
        said += ". " + _("A number that was given stays given: it is void now, and [app.redo] brings it back.")
    return said


def going(*, again: bool) -> str:
    """What the title line says while much is undone, or done `again`."""
    return _("redoing: {done} of {total}") if again else _("undoing: {done} of {total}")


def record_told(change: "Change", office: Office) -> str:
    """`Bicycle loan N-7K3QX`; of a register whose plugin is not there what is left of it."""
    declaration = office.declaration(change.table)
    label = declaration.label(office.lang) if declaration else change.table
    return f"{label} {title_known(office, change.table, change.uid)}"


def title_known(office: Office, table: str, uid: str) -> str:
    """How a record is called, also when it is gone: by the last values that the history has of it."""
    declaration = office.declaration(table)
    if declaration is None:
        return uid[:8]
    return title_of(declaration, last_known(office, declaration.table, uid), office)


class HistoryRows(PagedLines["Change"]):
    """The changes at `places` of the history."""

    def __init__(self, office: Office, places: Sequence[int]) -> None:
        super().__init__(places)
        self._office, self.places = office, places

    def read(self, keys: list[int]) -> "list[Change]":
        return list(self._office.store.history(limit=None, seqs=keys))

    def line(self, one: "Change") -> Line:
        office = self._office
        declaration = office.declaration(one.table)
        told = fields_told(one, declaration, office) if declaration else ""
        return Line(
            (when(one.moment), office.name_of(one.user), done(one.label, office), record_told(one, office), told)
        )
