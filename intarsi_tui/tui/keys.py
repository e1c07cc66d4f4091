"""Keys: which ones work now, and what they are called on an Italian and on an English keyboard."""

from collections.abc import Iterator, Mapping
from typing import Any

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.screen import Screen

from ..i18n import language
from .modes import import_all, import_others
from .texts import _

# What stands in the line of modes where 80 columns have no room for nine whole words.
_SHORT = {"Calendar": "Cal.", "Settings": "Sett."}


def short_word(word: str) -> str:
    """The mode called `word`, in few letters of the reader's language."""
    return _(_SHORT.get(word, word))


_ITALIAN = {
    "enter": "Invio", "space": "spazio", "pageup": "PgSu", "pagedown": "PgGiù", "delete": "Canc", "home": "Inizio",
    "end": "Fine", "insert": "Ins", "backspace": "←Canc",
}  # fmt: skip
_ENGLISH = {
    "enter": "Enter", "space": "space", "pageup": "PgUp", "pagedown": "PgDn", "delete": "Del", "home": "Home",
    "end": "End", "insert": "Ins", "backspace": "Backspace",
}  # fmt: skip
_BOTH = {
    "escape": "Esc", "tab": "Tab", "up": "↑", "down": "↓", "left": "←", "right": "→", "slash": "/",
    "question_mark": "?", "plus": "+", "minus": "-", "ctrl": "Ctrl", "shift": "Maiusc", "alt": "Alt", "less_than_sign": "<",
}  # fmt: skip


_KEY_OF = {word.casefold(): key for words in (_ENGLISH, _ITALIAN, _BOTH) for key, word in words.items()}


def key_name(key: str) -> str:
    """How the key is written on the keyboard: `ctrl+s` is `Ctrl+S`, `enter` is `Invio`."""
    if not key:
        return ""
    words = {**_BOTH, **(_ITALIAN if language() == "it" else {**_ENGLISH, "shift": "Shift"})}
    parts = key.split("+")
    named = [
        words.get(part) or (part.upper() if (part[0] == "f" and part[1:].isdigit()) or len(parts) > 1 else part)
        for part in parts
    ]
    return "+".join(named)


def key_of(name: str) -> str:
    """The key called `name`, as `key_name` writes it in either language or as programs do: `Ctrl+N` and `ctrl+n` are one."""
    if len(name) < 2:  # a letter: the small one and the capital are two keys
        return _KEY_OF.get(name, name)
    parts = [_KEY_OF.get(part, part) for part in name.casefold().split("+")]
    return "+".join(parts)


_own: dict[str, str] = {}  # as the language is: sentences are put together where no app is at hand
_usual: dict[str, str] = {}


def use(own: Mapping[str, str]) -> None:
    """From now on sentences name these keys, by binding id, in the place of the usual ones."""
    _own.clear()
    _own.update(own)


def key_now(id: str) -> str:
    """What the key is called that now does what the binding `id` does, "" when nothing is called so."""
    for import_more in (list, import_others, import_all):  # what has such a key may not be imported yet
        if id in _usual:
            break
        import_more()
        _usual.update((one.id, one.key) for owner in ours() for one in bindings_of(owner) if one.id)
    return key_name((_own.get(id) or _usual.get(id, "")).partition(",")[0])


def bindings_of(owner: type[Any]) -> list[Binding]:
    """The bindings that a class names itself."""
    return [one if isinstance(one, Binding) else Binding(*one) for one in owner.__dict__.get("BINDINGS", ())]


def ours(node: type[Any] = DOMNode) -> Iterator[type[Any]]:
    """The classes of widgets, screens and apps that are not Textual's, as far as they are imported."""
    for one in node.__subclasses__():
        if not one.__module__.startswith("textual"):
            yield one
        yield from ours(one)


# What nobody is offered where nothing can be written, by id; pressed all the same, the keys say why.
WRITES = frozenset((
    "app.import", "app.redo", "app.undo", "answer.undo", "duplicates.apart", "duplicates.undo", "history.undo", "home.resume",
    "home.undo", "import.anew", "import.take",
    "list.confirm", "list.edit", "list.import", "list.new", "list.sent", "list.undo", "list.void", "pair.join", "picker.create", "plugins.switch",
    "record.confirm", "record.edit", "record.sent", "record.undo", "record.void", "reports.read", "settings.save", "views.forget", "views.keep",
    "views.rename",
))  # fmt: skip


def in_order(screen: Screen[Any]) -> list[ActiveBinding]:
    """The keys that are offered now: those of the focused widget, then those of the screen, as they name them, then the app's."""
    named = [*(screen.focused.BINDINGS if screen.focused else ()), *screen.BINDINGS]
    place = {one.action: at for at, one in reversed(list(enumerate(one for one in named if isinstance(one, Binding))))}
    withheld = getattr(screen, "withheld", lambda _binding: False)
    described = getattr(screen, "described", lambda binding: binding)
    active = [one for one in screen.active_bindings.values() if not withheld(one.binding)]
    offered = [one._replace(binding=described(one.binding)) for one in active]
    return sorted(offered, key=lambda one: place.get(one.binding.action, len(place)))
