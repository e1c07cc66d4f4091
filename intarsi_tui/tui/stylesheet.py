"""The rules of how widgets look, read once."""

from textual.css.stylesheet import Stylesheet


class KeptStylesheet(Stylesheet):
    """Rules that are read again only when colours changed.

    Textual reads all of them anew whenever a page of the app is opened for the first time (three times at the start, twice at
    each other page): 15 ms each.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._colours = variables

    def set_variables(self, variables: dict[str, str]) -> None:
        if variables != self._colours:
            self._colours = variables
            super().set_variables(variables)

    def reparse(self) -> None:
        self.parse()  # what was read since the colours changed is known
