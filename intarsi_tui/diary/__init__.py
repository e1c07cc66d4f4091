"""One calendar and one list of deadlines over the registers of all plugins, worked out from what their declarations say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..records.declaration import Declaration

Doc = Mapping[str, Any]

# What values raise that were written past their kinds. Such a record is left out here: `intarsi check` says what is wrong with it.
DAMAGE = (ValueError, TypeError, AttributeError, LookupError)


@dataclass(frozen=True)
class Dated:
    """A record that a day in it puts before people."""

    declaration: Declaration
    doc: Doc

    @property
    def reference(self) -> str:
        """What a person types to mean the record: its number, else its UUID."""
        return str(self.doc.get("number") or self.doc["id"])
