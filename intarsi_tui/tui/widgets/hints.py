"""The two lowest lines: what the focused thing can do, in words, and the modes of the program."""

from collections.abc import Iterator

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from ..keys import in_order, key_name, short_word
from ..texts import _

SHORTEST = 3  # letters of a mode's word that is cut
# Found on every screen, and therefore at the end, where the eye expects them.
LAST = ("palette", "back", "help")


class _Keys(Widget):
    """One line of `key word` pairs; a click does what the key does."""

    DEFAULT_CSS = "_Keys { height: 1; }"

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ends: list[tuple[int, str]] = []
        self._apart = True

    def pairs(self) -> list[tuple[str, str, str, bool]]:
        """Key, word, key to press, and whether it is where one is now; each line has its own."""
        return []

    def render(self) -> RenderResult:
        shown = self._fitting()
        between, gap = (" ", "  ") if self._apart else ("", " ")
        parts: list[tuple[str, str] | str] = [" " * self._apart]
        at, self._ends = int(self._apart), []
        for name, word, key, here in shown:
            parts += [(name, "bold $foreground"), between, (word, "reverse" if here else "$text-muted"), gap]
            at += cell_len(name) + len(between) + cell_len(word) + len(gap)
            self._ends.append((at, key))
        return Content.assemble(*parts)

    def _fitting(self) -> list[tuple[str, str, str, bool]]:
        shown = self.pairs()
        while (
            shown
            and sum(cell_len(name) + cell_len(word) + 3 for name, word, _key, _here in shown) > self.size.width + 1
        ):
            shown.remove(next(self._dispensable(shown)))
        return shown

    def _dispensable(self, shown: list[tuple[str, str, str, bool]]) -> Iterator[tuple[str, str, str, bool]]:
        """What goes first when the line is too long: the palette, then from the right, the last two stay longest."""
        yield from (pair for pair in shown if pair[2] == "ctrl+p")
        yield from reversed(shown[:-2])
        yield from shown

    def on_click(self, event: events.Click) -> None:
        key = next((key for end, key in self._ends if event.x < end), None)
        if key:
            self.app.simulate_key(key)


class Hints(_Keys):
    """What has the focus now, and what can be done with it."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    _drawn: "RenderResult | None" = None

    def render(self) -> RenderResult:
        """Under a window no key is offered: what is seen of it dimmed is what was offered last."""
        if self._drawn is None or self.app.screen is self.screen:
            self._drawn = super().render()
        return self._drawn

    def pairs(self) -> list[tuple[str, str, str, bool]]:
        found, last, seen = [], [], set[str]()
        wanted = getattr(self.screen, "hinted", ())
        for active in in_order(self.screen):
            binding = active.binding
            hinted = binding.action in wanted if wanted else binding.show
            if not hinted or not active.enabled or binding.action in seen:
                continue
            seen.add(binding.action)
            pair = (binding.key_display or key_name(binding.key), _(binding.description), binding.key, False)
            place = next((at for at, one in enumerate(LAST) if binding.action in (one, f"app.{one}")), None)
            if place is None:
                found.append(pair)
            else:
                last.append((place, pair))
        return found + [pair for _place, pair in sorted(last)]


class Modes(_Keys):
    """F2 home, F3 registers …; where one is now is marked, and where a form waits."""

    def on_mount(self) -> None:
        self.app.mode_change_signal.subscribe(self, lambda _mode: self.refresh())
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self._follow())

    _keymap: object = None

    def _follow(self) -> None:
        """Keys of one's own are another line; what else has the focus is not."""
        if self._keymap is not self.app._keymap:
            self._keymap = self.app._keymap
            self.refresh()

    def pairs(self) -> list[tuple[str, str, str, bool]]:
        modes = [active.binding for active in in_order(self.screen) if active.binding.group is not None]
        mode = self.app.current_mode
        order = [one.action for one in self.app.BINDINGS if isinstance(one, Binding)]
        modes.sort(key=lambda one: order.index(one.action))  # a key of one's own does not move its mode
        waiting = {f"mode('{name}')" for name in getattr(self.app, "open_forms", ()) if name != mode}
        return [
            (
                "●" * (one.action in waiting) + key_name(one.key),
                _(one.description),
                one.key,
                one.action == f"mode('{mode}')",
            )
            for one in modes
        ]

    def _fitting(self) -> list[tuple[str, str, str, bool]]:
        """All of them, always: where there is no room for the words their short forms stand close together."""
        pairs = self.pairs()
        self._apart = self._long(pairs, 3) <= self.size.width + 2
        if self._apart:
            return pairs
        modes = {active.binding.key: active.binding for active in self.screen.active_bindings.values()}
        short = [(name, short_word(modes[key].description), key, here) for name, _word, key, here in pairs]
        while self._long(short, 1) > self.size.width + 2:
            # A longer key of one's own costs a letter of the longest word, not a mode.
            at = max(range(len(short)), key=lambda one: cell_len(short[one][1]))
            name, word, key, here = short[at]
            if len(word) <= SHORTEST:
                return super()._fitting()
            short[at] = (name, word[:-1], key, here)
        return short

    @staticmethod
    def _long(pairs: list[tuple[str, str, str, bool]], blanks: int) -> int:
        return 1 + sum(cell_len(name) + cell_len(word) + blanks for name, word, _key, _here in pairs)
