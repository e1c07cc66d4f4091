"""The rules of the screens' looks, parsed once."""

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet


class KeptRules(Stylesheet):
    """Parses a source once, as long as the colours are the same.

    Textual's own parses all of them anew for every mode that is opened, twice before the first paint, and, of more than 64 sources,
    whenever a new kind of widget is shown: some 10 ms each.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(1024)

    def set_variables(self, variables: dict[str, str]) -> None:
        if variables != self._variables:
            super().set_variables(variables)
            self._require_parse = True

    def reparse(self) -> None:
        if self._require_parse:
            self.parse()
