"""What came out of a damaged database, and exactly what did not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Doubt:
    """A record that is not simply there as it was.

    Attributes:
        reason: `rebuilt`, its row was gone or altered and it is what its whole history says; `older`, so is this one, but
            changes of its history are missing; `unproved`, it was read, but the history that would prove it is missing;
            `unplaced`, it was read, but not from which table, so it could not be kept.
        doc: what was kept of it.
    """

    reason: str
    table: str
    uid: str
    doc: Mapping[str, Any]


@dataclass(frozen=True)
class Gap:
    """Changes of the history that nobody has any more, by their numbers in the file.

    Attributes:
        after, before: moments of the changes around them, ISO 8601 in UTC; "" for the begin or the end.
    """

    first: int
    last: int
    after: str
    before: str


@dataclass
class Salvaged:
    """What came out of a damaged database.

    Attributes:
        records: how many records of registers there are now.
        doubts: the records that are not simply there as they were.
        gaps: changes that are lost.
        vanished: for each table, how many records there were at most of which nothing at all is left.
        short: the file is shorter than it was, so that the newest changes may be missing without a trace.
        attachments: the hashes of all files that the records name.
    """

    records: int = 0
    doubts: list[Doubt] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    vanished: dict[str, int] = field(default_factory=dict)
    short: bool = False
    attachments: set[str] = field(default_factory=set)

    @property
    def lost(self) -> bool:
        """Whether anything is missing or unsure; records rebuilt from their whole history are neither."""
        return bool(self.gaps or self.vanished or self.short or any(one.reason != "rebuilt" for one in self.doubts))
