"""`Grid`: a screen of rows and columns that a plugin declares in a few lines, with a command that prints the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from .records.labels import Label, both

if TYPE_CHECKING:
    from .host.office import Office


@dataclass(frozen=True)
class GridColumn:
    """A column of a grid.

    Attributes:
        width: terminal columns; the first column of all takes what is left.
        mark: its cells can be marked and have the cursor; the others stay in sight at the left and at the right.
    """

    name: str
    label: str
    width: int = 6
    align: Literal["left", "right"] = "right"
    mark: bool = False


@dataclass(frozen=True)
class GridRow:
    """A row: a text for each column.

    Attributes:
        tone: `heading` for a row that names those below it, `off` for what is toned down.
    """

    name: str
    cells: Sequence[str]
    tone: Literal["", "heading", "off"] = ""


@dataclass(frozen=True)
class GridKey:
    """A key of a grid and what it does, in the hints.

    Attributes:
        key: a character, or the name of a key as Textual has it (`delete`).
        asks: a number is typed after it, such as minutes: what it is called.
        marks: it writes the cell under the cursor; else it changes what is shown.
    """

    key: str
    it: str
    en: str
    asks: tuple[str, str] | None = None
    marks: bool = True

    @property
    def label(self) -> Label:
        return both((self.it, self.en))


@dataclass(frozen=True)
class GridView:
    """What a grid shows now.

    Attributes:
        title: about what, after the screen's own title.
        note: at the right end of the title line.
        start: column of the cursor when the screen opens.
        empty: what is said when there are no rows.
    """

    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    title: str = ""
    note: str = ""
    start: str = ""
    empty: str = ""


class Grid:
    """A screen of rows and columns. Subclasses answer `read`, and what else they want.

    All of it may run outside the thread that draws. What raises ends the screen with a sentence, and nothing else;
    what a store refuses is told and leaves it open.

    Parameters:
        doc: the record that the screen is about, `None` for one that is about none.
    """

    keys: ClassVar[Sequence[GridKey]] = ()
    """What letters do."""

    digits: ClassVar[tuple[str, str] | None] = None
    """What a number means that is typed into a cell, such as hours; `None`: numbers are not typed."""

    def __init__(self, office: "Office", doc: Mapping[str, Any] | None = None) -> None:
        self.office, self.doc = office, doc

    def word(self, it: str, en: str) -> str:
        """The wording in the person's language."""
        return it if self.office.lang == "it" else en

    def read(self) -> GridView:
        """What is shown, read anew."""
        raise NotImplementedError

    def tell(self, row: str, column: str) -> str:
        """One line about the cell under the cursor."""
        return ""

    def leads_to(self, row: str, column: str) -> tuple[str, str] | None:
        """Table and identifier of the record that Enter opens."""
        return None

    def mark(self, row: str, column: str, key: str, typed: str) -> None:
        """Writes a cell through the store, as one operation.

        Parameters:
            key: of `keys`; "" when a number was typed without one.
            typed: the number, with a point for its decimals; "" when none was asked for.

        Raises:
            Rejected: with the sentence that the person reads.
        """
        raise NotImplementedError

    def turn(self, key: str) -> None:
        """A key that does not mark: changes what `read` answers with."""
        raise NotImplementedError

    def command(self) -> Sequence[str]:
        """The words of another command that prints the same, after `intarsi`; none: that of its screen, when it has one."""
        return ()

    def rows(self) -> Iterator[dict[str, Any]]:
        """The grid as a listing: heading -> text."""
        view = self.read()
        headings: list[str] = []
        for column in view.columns:  # two sessions on one day have one label
            again = sum(heading.partition(" (")[0] == column.label for heading in headings)
            headings.append(f"{column.label} ({again + 1})" if again else column.label)
        for row in view.rows:
            yield {heading: text.strip() for heading, text in zip(headings, row.cells, strict=True)}
