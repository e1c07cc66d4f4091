"""What rules may ask of the store: other registers, read only, the day and the user."""

from datetime import date
from functools import reduce
from operator import and_
from types import NoneType
from typing import TYPE_CHECKING, Any

from tinydb import where

from ..records import clock
from ..records.declaration import Declaration

if TYPE_CHECKING:
    from .database import Store


class StoreContext:
    """The context that a store gives to rules; `profile` is set by whoever knows the project."""

    def __init__(self, store: "Store", profile: Any = None) -> None:
        self._store = store
        self.profile = profile

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def user(self) -> str:
        return self._store.user

    def get(self, table: str, uid: str) -> dict[str, Any] | None:
        """The record of `table` with this id, `None` when there is none."""
        found: dict[str, Any] | None = self._store.table(table).by_uid(uid)
        return found

    def find(self, table: str, **equals: Any) -> list[dict[str, Any]]:
        """The records of `table`, void ones left out, whose fields equal the given values, stored or as Python has them."""
        declaration = self._store.registered(table)
        if declaration:
            equals = {name: _stored(declaration, name, value) for name, value in equals.items()}
        query = reduce(and_, (where(name) == value for name, value in equals.items()), ~(where("state") == "void"))
        found: list[dict[str, Any]] = self._store.table(table).search(query)
        return found


def _stored(declaration: Declaration, name: str, value: Any) -> Any:
    """A rule compares with its own fields (`day=self.day`), a document holds their JSON form."""
    field = declaration.by_name.get(name)
    if field is None or isinstance(value, (str, bool, int, float, list, NoneType)):
        return value
    return field.kind.store(value)
