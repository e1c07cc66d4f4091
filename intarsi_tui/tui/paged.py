"""Rows of a long list that are read or made when they come into sight."""

from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, overload

from .widgets.columns import Line

T = TypeVar("T")

PAGE = 64
PAGES = 12  # kept: scrolling to and fro reads nothing again, and a million records stay in the database


class Made(Sequence[T]):
    """What `make` makes of each of `those`, when it is first asked for."""

    def __init__(self, those: Sequence[Any], make: Callable[[Any], T]) -> None:
        self._those, self._make, self._made = those, make, dict[int, T]()

    def __len__(self) -> int:
        return len(self._those)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return Made(self._those[index], self._make)
        if index not in self._made:
            self._made[index] = self._make(self._those[index])
        return self._made[index]


class PagedLines(Sequence[Line], Generic[T]):
    """The lines of what `keys` name in the store, read a page at a time."""

    def __init__(self, keys: Sequence[int]) -> None:
        self._keys = keys
        self._pages: OrderedDict[int, tuple[list[T], dict[int, Line]]] = OrderedDict()

    @abstractmethod
    def read(self, keys: list[int]) -> list[T]:
        """What the keys name, one for each."""

    @abstractmethod
    def line(self, one: T) -> Line:
        """The row that shows it."""

    def at(self, index: int) -> T:
        """What stands in row `index`."""
        return self._page(index)[0][index % PAGE]

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        read, lines = self._page(index)
        if index not in lines:
            lines[index] = self.line(read[index % PAGE])
        return lines[index]

    def _page(self, index: int) -> tuple[list[T], dict[int, Line]]:
        number = index // PAGE
        if number not in self._pages:
            self._pages[number] = self.read(list(self._keys[number * PAGE : (number + 1) * PAGE])), {}
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        return self._pages[number]
