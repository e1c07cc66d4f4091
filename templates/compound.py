"""Compound files (MS-CFB, version 3): the container of a macro project. Only what that needs: streams below 4,096 bytes."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
BLACK = 1

Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    """A directory entry; `left`, `right` and `child` are numbers of others."""

    name: str
    kind: int
    left: int = FREE
    right: int = FREE
    child: int = FREE
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        head = name.ljust(64, b"\0") + struct.pack(
            "<HBB3I", len(name), self.kind, BLACK, self.left, self.right, self.child
        )
        return head + bytes(36) + struct.pack("<IQ", self.start, self.size)


@dataclass
class _Directory:
    """The entries in the order of their numbers, and the small streams one after the other."""

    entries: list[_Entry] = field(default_factory=list)
    content: bytearray = field(default_factory=bytearray)
    chain: list[int] = field(default_factory=list)

    def add(self, tree: Tree) -> int:
        """Adds what a storage holds; returns the number of the entry on top of its tree."""
        # The order of the format: shorter names first, then by capital letters.
        names = sorted(tree, key=lambda name: (len(name), name.upper()))
        return self._middle(names, tree)

    def _middle(self, names: Sequence[str], tree: Tree) -> int:
        if not names:
            return FREE
        middle = len(names) // 2
        number, value = len(self.entries), tree[names[middle]]
        entry = _Entry(names[middle], STREAM if isinstance(value, bytes) else STORAGE)
        self.entries.append(entry)
        if isinstance(value, bytes):
            entry.start, entry.size = self._store(value), len(value)
        else:
            entry.child = self.add(value)
        # A tree whose entries are all black is one that the format allows.
        entry.left, entry.right = self._middle(names[:middle], tree), self._middle(names[middle + 1 :], tree)
        return number

    def _store(self, data: bytes) -> int:
        if not 0 < len(data) < CUTOFF:
            raise ValueError(f"{len(data)} bytes: only streams of 1 to {CUTOFF - 1} bytes can be written")
        first, count = len(self.chain), -(-len(data) // MINI)
        self.chain += [*range(first + 1, first + count), END]
        self.content += data.ljust(count * MINI, b"\0")
        return first


def compound_file(tree: Tree) -> bytes:
    """The file with these streams (bytes) and storages (mappings of the same).

    Raises:
        ValueError: a stream is empty, or too long to be a small one.
    """
    directory = _Directory([_Entry("Root Entry", ROOT)])
    directory.entries[0].child = directory.add(tree)
    parts = {
        "directory": bytearray(),
        "chain": bytearray(struct.pack(f"<{len(directory.chain)}I", *directory.chain)),
        "content": directory.content,
    }
    root = directory.entries[0]
    count = -(-len(directory.entries) // (SECTOR // 128))
    chain, content = (-(-len(parts[name]) // SECTOR) for name in ("chain", "content"))
    # The table of sectors comes first, then directory, table of small sectors, small sectors.
    starts = (1, 1 + count, 1 + count + chain)
    root.start, root.size = starts[2], len(parts["content"])
    parts["directory"] += b"".join(entry.packed() for entry in directory.entries)
    while len(parts["directory"]) < count * SECTOR:
        parts["directory"] += bytes(68) + struct.pack("<3I", FREE, FREE, FREE) + bytes(48)
    table = [FAT]
    for start, length in zip(starts, (count, chain, content), strict=True):
        table += [*range(start + 1, start + length), END]
    if len(table) > SECTOR // 4:
        raise ValueError("more sectors than one table holds")
    table += [FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, starts[0], 0, CUTOFF, starts[1], chain, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    body = struct.pack(f"<{len(table)}I", *table) + parts["directory"]
    for name, filler in (("chain", b"\xff"), ("content", b"\0")):
        body += parts[name].ljust(-(-len(parts[name]) // SECTOR) * SECTOR, filler)
    return header + bytes(body)
