"""What the sample data is made of: the files in `sample_data/`."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from .. import resources


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


def bodies() -> list[dict[str, str]]:
    """Bodies and schools; `key` names them in this folder, `institute` is the key of the school that a site belongs to."""
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
