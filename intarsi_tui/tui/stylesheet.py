"""The rules of the screens' looks: parsed once, and matched once for what looks the same."""

from typing import Any, NamedTuple

from textual.app import App
from textual.cache import LRUCache
from textual.css.model import RuleSet, SelectorType
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

MOST = 4096  # looks that are kept
# What depends on the neighbours, or on what is inside.
_AROUND = ("_has_order_style", "_has_odd_or_even", "_has_focus_within")


class _Look(NamedTuple):
    rules: RulesMap
    hovers: bool
    parts: dict[str, RulesMap]  # of its component classes


class KeptRules(Stylesheet):
    """Parses a source once, as long as the colours are the same, and asks once which rules hold for a widget in its place.

    Textual's own parses all of them anew for every mode that is opened, twice before the first paint, and, of more than 64 sources,
    whenever a new kind of widget is shown: some 10 ms each. And it matches each rule again with each widget of a window that opens and, when
    the focus moves, with both widgets and all their parts: a sixth of the work of a picker, and of taking a filter away.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(1024)
        self._looks = LRUCache[tuple[Any, ...], _Look](MOST)
        self._looks_of: list[RuleSet] = []  # the rules that the looks came from
        self._ids = frozenset[str]()  # those that rules name

    def set_variables(self, variables: dict[str, str]) -> None:
        if variables != self._variables:
            super().set_variables(variables)
            self._require_parse = True

    def reparse(self) -> None:
        if self._require_parse:
            self.parse()

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[tuple[Any, ...], RulesMap] | None = None
    ) -> None:
        if not isinstance(node, Widget) or (place := self._place(node)) is None:
            super().apply(node, animate=animate, cache=cache)
        elif look := self._looks.get(place):
            self._put_on(node, look, animate)
        else:
            super().apply(node, animate=animate, cache=cache)
            rules = RulesMap(**node.styles.base._rules)
            if "transitions" not in rules and not any(getattr(node, name) for name in _AROUND):
                parts = {name: RulesMap(**styles.base._rules) for name, styles in node._component_styles.items()}
                self._looks[place] = _Look(rules, node._has_hover_style, parts)

    def _place(self, node: Widget) -> tuple[Any, ...] | None:
        """What rules ask of a widget and of those around it; `None` where they may ask for more."""
        if self.rules is not self._looks_of:
            self._looks_of = self.rules
            self._looks.clear()
            sets = [one.selectors for rule in self.rules for one in rule.selector_set]
            self._ids = frozenset(one.name for some in sets for one in some if one.type == SelectorType.ID)
        place = list[Any]()
        for one in node.ancestors_with_self:
            identity = one._id if one._id in self._ids else None
            place += (type(one), identity, frozenset(one._classes))
            if isinstance(one, Widget):
                if one.disabled:
                    return None
                place += (one.mouse_hover, one.has_focus)
            elif isinstance(one, App):
                place.append(one.app_focus)
        return tuple(place)

    def _put_on(self, node: Widget, look: _Look, animate: bool) -> None:
        node._has_hover_style = look.hovers
        node._has_order_style = node._has_odd_or_even = node._has_focus_within = False
        if node.styles.base._rules != look.rules:
            self.replace_rules(node, look.rules, animate=animate)
        else:  # the colours around it may be others
            node.notify_style_update()
        old = {name: styles.base._rules for name, styles in node._component_styles.items()}
        if old != look.parts:
            node._component_styles.clear()
            for name, rules in look.parts.items():
                part = DOMNode(classes=name)
                part._attach(node)
                self.replace_rules(part, rules)
                node._component_styles[name] = part.styles
            node.refresh()
