"""What the sample data is made of: the files in `sample_data/`."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from .. import resources
from ..reference import tables


@dataclass(frozen=True)
class Names:
    """Surnames and given names to be joined at random."""

    surnames: list[str]
    women: list[str]
    men: list[str]


@dataclass(frozen=True, eq=False)
class Community:
    """A language community of the territory.

    Attributes:
        weight: how many of a hundred households.
        mediators: communities with the same mark share their mediators.
    """

    country: str
    mediators: str
    language: str
    second: list[str]
    weight: int
    places: list[str]
    names: Names


@dataclass(frozen=True, eq=False)
class Place:
    """Where a partner's office works and what it does there.

    Attributes:
        coordinator: surname and given name.
        mark: how the codes of its flats and courses begin.
        share: how many of a hundred records of the lead's workspace.
        towns: municipalities by how many of a hundred families live there, the office's own first.
        lines: how much work of each line, 1 being Rimini's.
        group: key of the body at the head of a group that takes the families in under one contract; "" where there is none.
        flats: how many flats it has; 0 for as many as its line of cohousing wants.
        words: what the placeholders in bodies, networks and the like stand for.
    """

    partner: str
    coordinator: tuple[str, str]
    mark: str
    share: float
    towns: dict[str, float]
    province: str
    lines: dict[str, float]
    flats: int
    group: str
    words: dict[str, Any]

    @property
    def town(self) -> str:
        """The code of the office's own municipality."""
        return next(iter(self.towns))

    @property
    def town_name(self) -> str:
        return tables.municipalities()[self.town].it

    def fill(self, text: str) -> str:
        """`text` with the office's own words for its placeholders."""
        return text.format_map(self.words)


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.folder("sample_data") / f"{name}.toml").read_text("utf-8"))


def _names(table: dict[str, Any]) -> Names:
    return Names(table["surnames"], table["women"], table["men"])


@cache
def italian() -> Names:
    """Names of operators."""
    return _names(_toml("people")["italian"])


@cache
def communities() -> list[Community]:
    """The language communities, the largest first."""
    return [
        Community(
            row["country"], row["mediators"], row["language"], row["second"], row["weight"], row["places"], _names(row)
        )
        for row in _toml("people")["community"]
    ]


@cache
def places() -> dict[str, Place]:
    """Where the partners work, by their codes; Rimini first."""
    lists, rows = _toml("offices")["names"], _toml("offices")["office"]
    return {row["partner"]: _place(row, lists, number, len(rows)) for number, row in enumerate(rows)}


def _place(row: dict[str, Any], lists: dict[str, list[str]], number: int, count: int) -> Place:
    towns = [tables.municipalities()[code] for code in row["towns"]]
    words: dict[str, Any] = {name: row[name] for name in ("union", "province", "phone", "series")}
    words |= {"town": towns[0].it, "second": towns[1].it, "slug": row["partner"], "plate": towns[0].extra["province"]}
    for kind, names in lists.items():
        first = number * (len(names) // count)
        words[kind] = names[first:] + names[:first]
    surname, given = row["coordinator"]
    return Place(
        row["partner"], (surname, given), row["mark"], row["share"], row["towns"], row["province"], row["lines"],
        row.get("flats", 0), row.get("group", ""), words,
    )  # fmt: skip


@cache
def bodies() -> list[dict[str, str]]:
    """Bodies and schools of every office, with placeholders for its own words.

    `key` names them in this folder, `institute` is the key of the school that a site belongs to, and `municipality` the
    place of the town among the office's own.
    """
    with (resources.folder("sample_data") / "bodies.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def courses() -> list[dict[str, Any]]:
    """Courses with title, topic, audience, contents, objectives, minutes of a session, and a topic for each session."""
    return list(_toml("courses")["course"])


def texts(part: str, name: str) -> list[str]:
    """Short sentences, such as `texts("void", "reasons")`."""
    return list(_toml("texts")[part][name])


def activities(service: str) -> dict[str, list[str]]:
    """What was done in a service, by the part of the indicator that it counts for."""
    return dict(_toml("texts")["activity"][service])


def objectives() -> dict[str, list[str]]:
    """Objectives of a household by area."""
    return dict(_toml("texts")["objective"])


def lists(name: str) -> dict[str, Any]:
    """All that one of the folder's files lists, such as `lists("governance")`."""
    return dict(_toml(name))
