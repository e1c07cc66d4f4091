"""The command of a plugin's screen, `intarsi PLUGIN NAME`: it prints the grid that the screen shows."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import create_model

from ..on_screen import PluginScreen
from ..plugin import Action
from ..records.fields import link
from ..records.labels import both
from ..records.record import Record, Row
from ..records.types import Link

if TYPE_CHECKING:
    from .office import Office


def printing(screen: PluginScreen, records: Sequence[type[Record]]) -> Action:
    """The action that prints the grid of `screen`; of one record, that record is asked for.

    Parameters:
        records: those of the plugin.

    Raises:
        TypeError: the screen's `command` is not two texts.
    """
    asks, table = Row, ""
    about = next((one.declaration for one in records if one.declaration.record == screen.record), None)
    if screen.of_one and about:
        table, label = about.table, about.label
        named: Any = {about.record: (Link, link(table, it=label.it, en=label.en))}
        asks = create_model("Asked", __base__=Row, __cls_kwargs__=screen.label._asdict(), **named)

    def run(office: "Office", asked: Any) -> Iterator[dict[str, Any]]:
        doc = office.get(table, getattr(asked, screen.record)) if table else None
        yield from screen.opens(office, doc).rows()

    it, en = both(screen.command)
    return Action(screen.name, it, en, run, {}, asks, writes=False)
