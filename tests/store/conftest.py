"""A store with two small registers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import RegisterTable, Store, open_store

from .registers import register_all


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "intarsi.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with register_all(open_store(path, site="modena", user="anna")) as opened:
        yield opened


@pytest.fixture
def colleague(store: Store, path: Path) -> Iterator[Store]:
    """The same file, opened by somebody else."""
    with register_all(open_store(path, user="bruno")) as opened:
        yield opened


@pytest.fixture
def people(store: Store) -> RegisterTable:
    return store.register_table("club.person")


@pytest.fixture
def meetings(store: Store) -> RegisterTable:
    return store.register_table("club.meeting")


@pytest.fixture
def person(people: RegisterTable) -> Callable[..., str]:
    """Adds a person and gives the UUID."""

    def add(surname: str = "Bianchi", **fields: Any) -> str:
        return str(people.add({"surname": surname, "taken_in": "1/2/2021", **fields}).doc["id"])

    return add


def refused(action: Callable[[], Any]) -> list[tuple[str, str | None]]:
    """Code and field of each problem that `action` is refused with."""
    with pytest.raises(Rejected) as caught:
        action()
    return [(problem.code, problem.field) for problem in caught.value.problems]
