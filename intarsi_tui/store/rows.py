"""The rows on the pages of a SQLite file: those of intact pages come out, whatever happened to the others."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .pages import Pages, read_pages

TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER = 0x0D, 0x05, 0x0A, 0x02
DAMAGED = (IndexError, ValueError, struct.error, KeyError, RecursionError)
NUMBERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # serial type: bytes of an integer


@dataclass(frozen=True)
class Row:
    """A row that could be read; `table` is "" when the way to its page is broken."""

    table: str
    rowid: int
    values: list[Any]


@dataclass
class Found:
    """What a file holds.

    Attributes:
        rows: every row of an ordinary table.
        keyed: rows of tables without rowids, by table.
        whole: tables of which every page could be read.
        short: the file is shorter than it was, so that the newest rows may be missing without a trace.
    """

    rows: list[Row] = field(default_factory=list)
    keyed: dict[str, list[list[Any]]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    short: bool = False


def read_file(path: Path, key: bytes | None = None) -> Found:
    """Everything that can be read of the database at `path` and the log beside it; `key` is that of an encrypted one."""
    return _Reader(read_pages(path, key)).everything()


class _Reader:
    def __init__(self, read: Pages) -> None:
        self.read, self.pages = read, read.pages
        reserved = self.pages.get(1, b"")[20:21]
        self.usable = read.size - (reserved[0] if reserved and reserved[0] < 128 else 0)

    def everything(self) -> Found:
        found = Found(short=self.read.short)
        reached: set[int] = set()
        for table, root in {"sqlite_master": 1, **self._roots()}.items():
            seen: set[int] = set()
            broken = False
            for number in self._leaves(root, seen):
                broken |= number < 0
                if number > 0:
                    rows, right = self._rows(self.pages[number], number, table)
                    found.rows += rows
                    broken |= not right
            keyed = [values for number in sorted(seen) for values in self._keys(number)]
            if keyed:
                found.keyed[table] = keyed
            if not broken:
                found.whole.add(table)
            reached |= seen
        for number in sorted(set(self.pages) - reached):
            found.rows += self._rows(self.pages[number], number, "")[0]
        for page in self.read.doubtful:
            found.rows += self._rows(page, 0, "")[0]
        return found

    def _roots(self) -> dict[str, int]:
        """The tables' root pages, as far as the list of tables can be read."""
        roots = {}
        for number in self._leaves(1, set()):
            for row in self._rows(self.pages[number], number, "")[0] if number > 0 else ():
                match row.values:
                    case ["table", str(name), _, int(root), *_] if root in self.pages:
                        roots[name] = root
        return roots

    def _leaves(self, number: int, seen: set[int]) -> Iterator[int]:
        """The pages with rows below page `number`; a negative number for a page that cannot be followed."""
        if number in seen or number not in self.pages:
            yield -1
            return
        seen.add(number)
        page, start = self.pages[number], 100 if number == 1 else 0
        try:
            kind = page[start]
            if kind == TABLE_LEAF:
                yield number
            elif kind in (TABLE_INNER, INDEX_INNER):
                cells = _cells(page, start)
                children = [int.from_bytes(page[at : at + 4], "big") for at in cells]
                for child in [*children, int.from_bytes(page[start + 8 : start + 12], "big")]:
                    yield from self._leaves(child, seen)
            elif kind != INDEX_LEAF:
                yield -1
        except DAMAGED:
            yield -1

    def _rows(self, page: bytes, number: int, table: str) -> tuple[list[Row], bool]:
        """The rows of a leaf, and whether all of them could be read."""
        start = 100 if number == 1 else 0
        rows: list[Row] = []
        if page[start : start + 1] != bytes([TABLE_LEAF]):
            return rows, False
        right = True
        for at in _cells(page, start):
            try:
                length, at = _varint(page, at)
                rowid, at = _varint(page, at)
                rows.append(Row(table, rowid, _values(self._payload(page, at, length, self.usable - 35))))
            except DAMAGED:
                right = False
        return rows, right

    def _keys(self, number: int) -> Iterator[list[Any]]:
        """The rows on a page of a table without rowids; inner pages hold some as well."""
        page = self.pages[number]
        if page[:1] not in (bytes([INDEX_LEAF]), bytes([INDEX_INNER])):
            return
        skip = 4 if page[0] == INDEX_INNER else 0
        for at in _cells(page, 0):
            try:
                length, at = _varint(page, at + skip)
                yield _values(self._payload(page, at, length, (self.usable - 12) * 64 // 255 - 23))
            except DAMAGED:
                continue

    def _payload(self, page: bytes, at: int, length: int, most: int) -> bytes:
        if length <= most:
            local = length
        else:
            least = (self.usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (self.usable - 4)
            local = local if local <= most else least
        parts = [page[at : at + local]]
        missing = length - local
        number = int.from_bytes(page[at + local : at + local + 4], "big") if missing else 0
        seen: set[int] = set()
        while missing > 0:
            if number in seen:
                raise ValueError(number)
            seen.add(number)
            more = self.pages[number]
            parts.append(more[4 : 4 + min(missing, self.usable - 4)])
            missing -= self.usable - 4
            number = int.from_bytes(more[:4], "big")
        payload = b"".join(parts)
        if len(payload) != length:
            raise ValueError(length)
        return payload


def _cells(page: bytes, start: int) -> list[int]:
    """Where the cells of a page begin, as far as they can be inside it."""
    first = start + (12 if page[start] in (TABLE_INNER, INDEX_INNER) else 8)
    count = min(int.from_bytes(page[start + 3 : start + 5], "big"), (len(page) - first) // 2)
    cells = [int.from_bytes(page[at : at + 2], "big") for at in range(first, first + 2 * count, 2)]
    return [at for at in cells if first <= at < len(page)]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = data[at + count]
        if count == 8:
            value = value << 8 | byte
            return value - (1 << 64) if value >> 63 else value, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    raise ValueError(at)


def _values(record: bytes) -> list[Any]:
    """The columns of a record."""
    head, at = _varint(record, 0)
    body, values = head, []
    while at < head:
        kind, at = _varint(record, at)
        if kind >= 12:
            size = (kind - 12) // 2
            piece = record[body : body + size]
            values.append(piece.decode() if kind & 1 else piece)
        else:
            size = 8 if kind == 7 else NUMBERS.get(kind, 0)
            piece = record[body : body + size]
            values.append(_number(kind, piece))
        if len(piece) != size:
            raise ValueError(kind)
        body += size
    return values


def _number(kind: int, piece: bytes) -> Any:
    if kind == 7:
        return struct.unpack(">d", piece)[0]
    if kind in NUMBERS:
        return int.from_bytes(piece, "big", signed=True)
    return {0: None, 8: 0, 9: 1}[kind]
