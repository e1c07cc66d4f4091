"""What a person says about a file besides what stands in it, so that the file itself need not be touched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Adjusted:
    """How a file is meant.

    Attributes:
        columns: heading, or `#3` for the third column → name of the field that it means, "" to leave it out.
        values: (row number, name of the field) → what is taken instead of the cell.
        without: numbers of the rows that are left out.
        included: numbers of the rows that are taken although they look like sums below the table.
        always: name of a field → its value where neither the file nor the record that a row names has one, such as “presumed” for a
            file of years of birth.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[int, str], str] = field(default_factory=dict)
    without: frozenset[int] = frozenset()
    always: Mapping[str, str] = field(default_factory=dict)
    included: frozenset[int] = frozenset()

    @cached_property
    def _by_row(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for (row, name), value in self.values.items():
            found.setdefault(row, {})[name] = value
        return found

    def of_row(self, row: int, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a row, by field: as they stand in the file, and corrected."""
        return {**values, **self._by_row.get(row, {})}

    def filling(self, values: Mapping[str, Any]) -> dict[str, str]:
        """What holds for all rows and this one says nothing of."""
        return {name: value for name, value in self.always.items() if values.get(name, "") == ""}

    def rows(self) -> set[int]:
        """The rows of which something is said."""
        return {*self._by_row, *self.without, *self.included}

    def options(self) -> list[str]:
        """The same as words of `intarsi … import`."""
        return [
            *(word for heading, name in self.columns.items() for word in ("--column", f"{heading}={name}")),
            *(word for (row, name), value in self.values.items() for word in ("--correct", f"{row}:{name}={value}")),
            *(word for name, value in self.always.items() for word in ("--set", f"{name}={value}")),
            *(word for row in sorted(self.without) for word in ("--without", str(row))),
            *(word for row in sorted(self.included) for word in ("--with", str(row))),
        ]
