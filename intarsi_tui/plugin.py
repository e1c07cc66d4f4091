"""`Plugin`: a plugin that is mostly data. It is a pluggy plugin itself and answers the hooks from its lists."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .hookspecs import hookimpl
from .on_screen import Card, PluginScreen
from .records.labels import Label, both
from .records.record import Record, Row

# Raised when a hook or a declaration changes in a way that older plugins cannot follow.
API = 1


@dataclass(frozen=True)
class Indicator:
    """A count per period.

    Parameters:
        name: identifier, unique in its plugin.
        it, en: its label.
        short: a label of at most 15 characters, for narrow screens; the label itself when left out.
        count: record that is counted, such as `loan`.
        by: field that dates the count; the record's own date when left out.
        where: field values that a record must have to be counted; confirmed and sent records count, unless `state` is given.
        distinct: field whose distinct values are counted instead of records (each person once); a links field counts its members.
        total: quantity field that is summed instead of counting records.
        target: what the project promised, for the whole project; shown beside the count.
    """

    name: str
    it: str
    en: str
    count: str
    by: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    distinct: str = ""
    total: str = ""
    target: int | None = None
    short: tuple[str, str] | None = None

    @property
    def label(self) -> Label:
        return both((self.it, self.en))


@dataclass(frozen=True)
class Action:
    """Something that is done or worked out over whole registers: a roll-over, an occupancy, a sheet of hours.

    Parameters:
        name: its command, `intarsi PLUGIN NAME`: lower-case letters, digits and hyphens.
        it, en: what it does, in a few words that a list of commands can show; an explanation may follow a colon.
        run: given the open office and what was asked; yields the rows of its answer. What it writes it writes inside one
            `office.store.operation(…)`, so that one undo takes it back; `Rejected` refuses.
        columns: name of a value in the rows -> its heading in Italian and English; without any the rows name their own.
        asks: a `Row` whose fields are what a person has to say first.
        paper: the one of these fields that names the workbook which is written; on the command line `-o` names it too.
        also: other words by which the palette finds it, in Italian and English.
        done: what the history says of an operation whose label begins with `name`, such as `("diviso", "split")`; its label otherwise.
        writes: whether it may change records; where nothing can be written it is neither offered nor run.
    """

    name: str
    it: str
    en: str
    run: Callable[[Any, Any], Iterable[Mapping[str, Any]]]
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    asks: type[Row] = Row
    paper: str = ""
    also: tuple[str, str] = ("", "")
    done: tuple[str, str] = ("", "")
    writes: bool = True

    @property
    def label(self) -> Label:
        return both((self.it, self.en))


class Plugin:
    """An action line: its registers, indicators and actions.

    Parameters:
        name: identifier; also its command and the first half of its tables' names.
        it, en: what the action line is called.
        records: `Record` classes; `SchoolRequest` becomes record `school_request` and command `school-request`.
        indicators: counts per period.
        actions: what is done or worked out over whole registers.
        screens, cards: what it brings to the app.
        api: the contract that the plugin was written for.

    Raises:
        TypeError: something else than `Record` classes, or a wording that is not two texts.
        ValueError: a record that another plugin has already.
    """

    def __init__(
        self,
        name: str,
        *,
        it: str,
        en: str,
        records: Sequence[type[Record]],
        indicators: Sequence[Indicator] = (),
        actions: Sequence[Action] = (),
        screens: Sequence[PluginScreen] = (),
        cards: Sequence[Card] = (),
        api: int = API,
    ) -> None:
        if not isinstance(name, str) or not name:
            raise TypeError(f"{name!r}: the name of a plugin is a text such as bicycles")
        self.name = name
        self.label = both((it, en))
        self.records = list(records)
        self.indicators = list(indicators)
        self.actions = list(actions)
        self.screens, self.cards = list(screens), list(cards)
        self.api = api
        for record in self.records:
            name_table(record, name)

    @hookimpl
    def intarsi_records(self) -> list[type[Record]]:
        return self.records

    @hookimpl
    def intarsi_indicators(self) -> list[Indicator]:
        return self.indicators

    @hookimpl
    def intarsi_actions(self) -> list[Action]:
        return self.actions

    @hookimpl
    def intarsi_screens(self) -> list[PluginScreen]:
        return self.screens

    @hookimpl
    def intarsi_cards(self) -> list[Card]:
        return self.cards


def name_table(record: type[Record], plugin: str) -> None:
    """Makes `record` a register of `plugin`.

    Raises:
        TypeError: it is not a `Record` class.
        ValueError: it is a register of another plugin: two cannot share one class.
    """
    if not (isinstance(record, type) and issubclass(record, Record)):
        raise TypeError(f"{record!r} is not a Record class")
    owner = record.declaration.plugin
    if owner not in ("", plugin):
        raise ValueError(f"{record.__name__} is a register of {owner}: link to it, or declare a class of your own")
    record.declaration = replace(record.declaration, table=f"{plugin}.{record_name(record)}")


def record_name(record: type[Record]) -> str:
    """`SchoolRequest` → `school_request`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", record.__name__).lower()
