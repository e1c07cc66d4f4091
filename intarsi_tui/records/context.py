"""What a rule may ask about the world around its record."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Context(Protocol):
    """Given to `check_with` and `compute` of a record: the other registers, read only, and who works where."""

    @property
    def today(self) -> date:
        """Today where the office is; in a demo the day on which it lives."""

    @property
    def user(self) -> str:
        """Who is writing, by the name that the history has."""

    @property
    def profile(self) -> Any:
        """The project's profile: dates, partners, settings."""

    @property
    def files(self) -> Any:
        """The workspace's attached files, `None` where there is no workspace."""

    def get(self, table: str, uid: str) -> dict[str, Any] | None:
        """The record of `table` with this id, `None` when there is none."""

    def find(self, table: str, **equals: Any) -> list[dict[str, Any]]:
        """The stored records of `table`, void ones left out, whose fields equal the given values, stored or as Python has them."""

    def shared(self, key: Hashable, make: Callable[[], T]) -> T | None:
        """What `make` gives, made once for all records that are looked at while nothing is written; `None` where it is one record.

        For what many neighbours need of the same records, such as who is where on a day: one record asks for less.
        """

    def alike(self, table: str, doc: dict[str, Any]) -> list[dict[str, Any]]:
        """The other records of `table`, void ones left out, with the day of birth of `doc` and a similar name or the same code."""
