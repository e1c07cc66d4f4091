"""What became of each plugin. A broken plugin is a state, not a crash: it has a reason, a place and a hint."""

from dataclasses import dataclass
from typing import Any, Literal

from ..records.declaration import Declaration
from ..records.labels import NO_WORDS, Label

State = Literal["found", "disabled", "incompatible", "broken", "loaded"]

STATES = {
    "found": Label("trovato", "found"),
    "disabled": Label("disattivato", "disabled"),
    "incompatible": Label("incompatibile", "incompatible"),
    "broken": Label("guasto", "broken"),
    "loaded": Label("caricato", "loaded"),
}


@dataclass(frozen=True)
class Finding:
    """What a check of a declaration found; `id` is stable, so that it can be looked up in the plugin guide."""

    id: str
    where: str
    message: Label
    severity: Literal["error", "warning"] = "error"

    def to_json(self) -> dict[str, Any]:
        return dict(self.__dict__)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Finding":
        return cls(**{**data, "message": Label(*data["message"])})


@dataclass(frozen=True)
class Count:
    """An indicator as plain data (`plugin.Indicator` is what authors write)."""

    plugin: str
    name: str
    label: Label
    table: str
    by: str
    where: dict[str, Any]
    distinct: str
    total: str
    target: int | None
    short: Label

    def to_json(self) -> dict[str, Any]:
        return dict(self.__dict__)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Count":
        return cls(**{**data, "label": Label(*data["label"]), "short": Label(*data["short"])})


@dataclass(frozen=True)
class Task:
    """An action as plain data (`plugin.Action` is what authors write).

    Attributes:
        columns: name of a value in its answer -> its heading in both languages.
        asks: the declaration of what a person has to say first.
        paper: the field of `asks` that names the workbook which is written, empty when none is.
        also: other words by which it is found.
        done: what the history says of it.
        writes: whether it may change records.
    """

    name: str
    label: Label
    columns: dict[str, Label]
    asks: Declaration
    paper: str = ""
    also: Label = NO_WORDS
    done: Label = NO_WORDS
    writes: bool = True

    def called(self, lang: str) -> tuple[str, str]:
        """What it does, in a few words, and the explanation that a colon sets apart."""
        words, _colon, more = self.label(lang).partition(":")
        return words, more.strip()

    def to_json(self) -> dict[str, Any]:
        return {**self.__dict__, "asks": self.asks.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Task":
        columns = {name: Label(*words) for name, words in data["columns"].items()}
        return cls(
            data["name"], Label(*data["label"]), columns, Declaration.from_json(data["asks"]), data["paper"],
            Label(*data["also"]), Label(*data["done"]), data.get("writes", True),
        )  # fmt: skip


@dataclass(frozen=True)
class OnScreen:
    """A screen or a card of a plugin as plain data (`on_screen.PluginScreen` and `Card` are what authors write).

    Attributes:
        table: the register in whose list a screen stands, "" for none.
        of_one: it is about one record of that register.
        also: other words by which it is found.
    """

    plugin: str
    name: str
    label: Label
    table: str = ""
    of_one: bool = False
    also: Label = NO_WORDS

    def to_json(self) -> dict[str, Any]:
        return dict(self.__dict__)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "OnScreen":
        return cls(**{**data, "label": Label(*data["label"]), "also": Label(*data["also"])})


@dataclass(frozen=True)
class PluginState:
    """One plugin as the last load left it.

    Attributes:
        reason: why it is not loaded; file and line say where, hint what to do.
        records, indicators, actions, screens, cards: what it brings, as plain data.
    """

    name: str
    origin: str
    state: State
    label: Label
    reason: Label | None = None
    file: str = ""
    line: int = 0
    hint: Label | None = None
    records: tuple[Declaration, ...] = ()
    indicators: tuple[Count, ...] = ()
    actions: tuple[Task, ...] = ()
    screens: tuple[OnScreen, ...] = ()
    cards: tuple[OnScreen, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> str:
        """`file:line` of what is wrong, as far as it is known."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def to_json(self) -> dict[str, Any]:
        data = {key: value for key, value in self.__dict__.items() if value}
        for key in ("records", "indicators", "actions", "screens", "cards", "findings"):
            data[key] = [one.to_json() for one in getattr(self, key)]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "PluginState":
        labels = {key: Label(*data[key]) for key in ("label", "reason", "hint") if data.get(key)}
        return cls(
            **{
                **data,
                **labels,
                "records": tuple(Declaration.from_json(one) for one in data["records"]),
                "indicators": tuple(Count.from_json(one) for one in data["indicators"]),
                "actions": tuple(Task.from_json(one) for one in data["actions"]),
                "screens": tuple(OnScreen.from_json(one) for one in data["screens"]),
                "cards": tuple(OnScreen.from_json(one) for one in data["cards"]),
                "findings": tuple(Finding.from_json(one) for one in data["findings"]),
            }
        )
