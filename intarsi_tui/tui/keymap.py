"""Other keys for what can be done, by binding id, as the person's settings have them: which ids there are, and what cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from string import digits, punctuation
from typing import Any

from textual.keys import _character_to_key, _normalize_key_list

from .keys import bindings_of, key_name, key_of, ours
from .modes import import_all
from .texts import _

# Where these keys work, their names would also be taken by what lies above.
EVERYWHERE = ("IntarsiApp", "Page", "RecordTable")
_NAMED = (
    "enter", "space", "escape", "tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete",
    "backspace",
)  # fmt: skip
_SIGNS = {_character_to_key(sign) for sign in punctuation}
_KEY = re.compile(rf"(?:(?:ctrl|shift|alt)\+)*(?:{'|'.join((*_NAMED, *_SIGNS))}|f\d\d?|\w)")

# What a terminal sends for them is what it sends for another key: nobody could press one without the other.
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace"}
# Taken by what every screen stands on: copying what is selected, leaving, saving wherever something is typed.
_RESERVED = {"ctrl+c", "ctrl+q", "ctrl+s"}
# Widgets whose keys work on a screen that does not name them.
_INSIDE = {
    "MarkingTable": {"RegisterScreen"}, "FilterInput": {"RegisterScreen", "FilteredPage"}, "GridTable": {"GridScreen"},
    "PickEditor": {"FormPage"}, "FilesEditor": {"FormPage"}, "RowsEditor": {"FormPage"},
}  # fmt: skip

# Which command does what an id does; for the others there is none, or it is a matter of the screen alone.
COMMANDS = {
    "app.home": "indicators", "app.registers": "--help", "app.deadlines": "deadlines", "app.calendar": "calendar",
    "app.reports": "report list", "app.history": "history", "app.plugins": "plugin list", "app.settings": "settings show", "app.undo": "undo",
    "app.redo": "redo", "app.help": "--help", "app.palette": "--help", "app.theme": "settings set theme", "app.import": "PLUGIN RECORD import FILE",
    "list.new": "PLUGIN RECORD add", "list.edit": "PLUGIN RECORD edit", "list.filter": "PLUGIN RECORD list --search",
    "list.sort": "PLUGIN RECORD list --sort", "list.confirm": "PLUGIN RECORD confirm", "list.sent": "PLUGIN RECORD mark-sent", "record.sent": "PLUGIN RECORD mark-sent", "list.void": "PLUGIN RECORD void", "list.undo": "undo",
    "record.edit": "PLUGIN RECORD edit", "record.confirm": "PLUGIN RECORD confirm", "record.void": "PLUGIN RECORD void",
    "record.open_file": "attachment open", "record.undo": "undo", "table.open": "PLUGIN RECORD show", "form.save": "PLUGIN RECORD add",
    "form.confirm": "PLUGIN RECORD confirm", "history.undo": "undo OPERATION", "reports.preview": "report check",
    "reports.read": "report read", "preview.save": "report fill", "list.import": "PLUGIN RECORD import FILE", "list.export": "PLUGIN RECORD export",
    "list.views": "PLUGIN RECORD list --view", "import.write": "PLUGIN RECORD import FILE", "import.undo": "undo", "answer.undo": "undo", "grid.undo": "undo",
       "plugins.switch": "plugin enable", "settings.save": "settings set",
}  # fmt: skip


@dataclass(frozen=True)
class Bound:
    """Something that a key does.

    Attributes:
        id: by which it is given another key, "" where it cannot be.
        keys: usual ones, with commas between them.
        owner: name of the class whose screen or widget it works on.
        places: names of that class and of those that it is made from.
        priority: works while text is typed, too.
    """

    id: str
    keys: str
    words: str
    action: str
    owner: str
    priority: bool
    places: frozenset[str] = frozenset()

    def has(self, key: str, keys: Mapping[str, str]) -> bool:
        return key in keys.get(self.id, self.keys).split(",")


def known() -> list[Bound]:
    """All that keys do in the app and in the screens of plugins that are loaded."""
    import_all()
    found = []
    for owner in sorted(set(ours()), key=lambda one: (one.__name__ != "IntarsiApp", one.__module__, one.__name__)):
        inherited = [one for base in owner.__mro__[1:] for one in bindings_of(base)]
        for binding in bindings_of(owner):
            if binding in inherited:  # named again for its place in the line of hints
                continue
            keys = _normalize_key_list(binding.key)
            places = frozenset(base.__name__ for base in owner.__mro__)
            found.append(
                Bound(
                    binding.id or "",
                    keys,
                    binding.description,
                    binding.action,
                    owner.__name__,
                    binding.priority,
                    places,
                )
            )
    # A grid has digits when its plugin says so: known only once it is opened.
    found.append(Bound("", ",".join(digits), "", "digit", "GridScreen", False, frozenset({"GridScreen"})))
    return found


def checked(wanted: Mapping[str, Any], bound: list[Bound]) -> tuple[dict[str, str], list[str]]:
    """The keys that can be used of those that a person wants, and a sentence for each that cannot."""
    by_id = {one.id: one for one in bound if one.id}
    usable, said = {}, []
    for id, keys in wanted.items():
        if id not in by_id:
            near = get_close_matches(id, by_id, 1, 0.4)
            hint = _("perhaps “{id}”?").format(id=near[0]) if near else _("“intarsi keys list” has them all.")
            said.append(_("Keys: nothing is called “{id}”: {hint}").format(id=id, hint=hint))
        elif wrong := _wrong(by_id[id], keys):
            said.append(wrong)
        else:
            usable[id] = _keys(keys)
    while clash := _clash(usable, bound):
        one, other, key = clash
        del usable[one.id]
        said.append(_("Keys: “{key}” would be both “{one}” ({one_id}) and “{other}” ({other_id}): the first keeps {usual}.").format(
            key=key_name(key), one=_(one.words), one_id=one.id, other=_(other.words) or _("another key"), other_id=other.id or other.owner,
            usual=_shown(one.keys),
        ))  # fmt: skip
    return usable, said


def _wrong(one: Bound, keys: Any) -> str:
    if not isinstance(keys, str) or not keys.strip():
        return _('Keys: {id}: write a key in quotes, such as "ctrl+n" or "f4,x".').format(id=one.id)
    for key in _keys(keys).split(","):
        if same := _SAME.get(key):
            return _("Keys: {id}: to a terminal {key} is {same}: take another key.").format(
                id=one.id, key=key_name(key), same=key_name(same)
            )
        if key in _RESERVED and key not in one.keys.split(","):
            return _("Keys: {id}: {key} is kept for copying, saving and leaving: take another key.").format(
                id=one.id, key=key_name(key)
            )
        if not _KEY.fullmatch(key):
            return _("Keys: {id}: no key is called “{key}”: write such as ctrl+n, f4, insert or x.").format(
                id=one.id, key=key
            )
        if one.priority and len(key.rpartition("+")[2]) == 1 and "+" not in key:
            return _("Keys: {id} works while text is typed, and “{key}” is text: take an F key or Ctrl.").format(
                id=one.id, key=key
            )
    return ""


def _keys(written: str) -> str:
    """Keys as a person writes them, or as `intarsi keys list` prints them, as Textual has them."""
    return _normalize_key_list(",".join(map(key_of, re.split(r"[,\s]+", written.strip()))))


def _together(one: Bound, other: Bound) -> bool:
    """Whether both work on one screen."""
    if other.owner in EVERYWHERE or one.owner in EVERYWHERE or one.owner in other.places or other.owner in one.places:
        return True
    return bool(_INSIDE.get(one.owner, set()) & other.places or _INSIDE.get(other.owner, set()) & one.places)


def _clash(usable: Mapping[str, str], bound: list[Bound]) -> tuple[Bound, Bound, str] | None:
    """The last change that takes a key which something else on the same screen has, and which."""
    for one in reversed([one for id in usable for one in bound if one.id == id]):
        for key in usable[one.id].split(","):
            for other in bound:
                if key in one.keys.split(",") and key in other.keys.split(
                    ","
                ):  # one goes before the other, as was meant
                    continue
                if (
                    other.id != one.id
                    and other.action != one.action
                    and other.has(key, usable)
                    and _together(one, other)
                ):
                    return one, other, key
    return None


def _shown(keys: str) -> str:
    return " ".join(map(key_name, keys.split(",")))


def listing(wanted: Mapping[str, Any]) -> tuple[list[dict[str, str]], list[str]]:
    """Each id with its present and usual keys, what it does and which command does it, and what is wrong with `wanted`."""
    bound = known()
    usable, said = checked(wanted, bound)
    rows = [
        {
            "id": one.id, "keys": _shown(usable.get(one.id, one.keys)), "usual": _shown(one.keys), "does": _(one.words),
            "command": f"intarsi {COMMANDS[one.id]}" if one.id in COMMANDS else "",
        }
        for one in bound if one.id
    ]  # fmt: skip
    return rows, said
