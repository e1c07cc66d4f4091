"""The shared strings part: read once, added to at its end, its old entries never rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from xml.parsers import expat

from .cells import ILLEGAL, escape_text, unescape_text
from .markup import escape, run_parser, start_tag, whole, with_attributes

# Past this many new strings they go into the cells themselves, which Apple's Numbers does not show; 150 bytes each.
MAX_NEW = 100_000

# Text that does not stand in XML as it is; parsers drop edge blanks unless told to keep them.
_SPECIAL = re.compile(rf'[&<>"_{ILLEGAL}]|^\s|\s$', re.MULTILINE)
_BATCH = 256

_EMPTY = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{}" count="0" uniqueCount="0"/>'


class SharedStrings:
    """Texts by index; `add` gives the index of a text, old or new.

    Args:
        data: the part, decoded; None when the workbook has none.
        namespace: the workbook's own, strict or transitional, for a part that must be made.
    """

    def __init__(self, data: bytes | None, namespace: str) -> None:
        self.data = data if data is not None else _EMPTY.format(namespace).encode()
        self.texts: list[str] = []
        self.rich: set[int] = set()
        # How many cells more than before show a shared string. The number may be left out where counting costs too much.
        self.references = 0
        self.counted = True
        self._prefix = b""
        self._root = self._last_end = 0
        self._count: str | None = None
        self.unique_count: int | None = None
        self._read()
        # The old texts, then the new ones in the order of their coming.
        self._index: dict[str, int] = {}
        for index, text in enumerate(self.texts):
            if index not in self.rich:
                self._index.setdefault(text, index)
        self._old = len(self._index)
        # Texts that stand in the part twice, or as rich text, which is not used again.
        self._doubles = len(self.texts) - self._old

    @property
    def changed(self) -> bool:
        return len(self._index) > self._old or self.references != 0 or not self.counted

    @property
    def count(self) -> int:
        return len(self._index) + self._doubles

    def add(self, text: str) -> int | None:
        """The text's index, or None when so many are new that it belongs into its cell."""
        index = self._index.get(text)
        if index is None and len(self._index) - self._old < MAX_NEW:
            index = self._index[text] = len(self._index) + self._doubles
        return index

    def content(self) -> Iterator[bytes]:
        """The part, in pieces, with the new strings after the old ones and its counts brought up to date."""
        tag = start_tag(self.data, self._root)
        end = self._root + len(tag)
        values: dict[str, str | None] = {"uniqueCount": str(self.count)}
        if self._count is not None:
            values["count"] = str(max(whole(self._count) + self.references, 0)) if self.counted else None
        opened = with_attributes(tag, values)
        if tag.endswith(b"/>"):
            name = tag[1:].split(None, 1)[0].rstrip(b"/>")
            yield self.data[: self._root] + opened[:-2].rstrip() + b">"
            yield from self._items()
            yield b"</" + name + b">" + self.data[end:]
        else:
            at = self._last_end or end
            yield self.data[: self._root] + opened + self.data[end:at]
            yield from self._items()
            yield self.data[at:]

    def _items(self) -> Iterator[bytes]:
        texts, prefix = islice(self._index, self._old, None), self._prefix.decode()
        between = f"</{prefix}t></{prefix}si><{prefix}si><{prefix}t>"
        while batch := list(islice(texts, _BATCH)):
            together = "\n".join(batch)
            # Most text needs nothing done to it, and one look at much of it is cheaper than many at little.
            if _SPECIAL.search(together) or together.count("\n") >= len(batch):
                yield "".join([string_item(text, prefix) for text in batch]).encode()
            else:
                yield f"<{prefix}si><{prefix}t>{between.join(batch)}</{prefix}t></{prefix}si>".encode()

    def _read(self) -> None:
        data = self.data
        depth: list[str] = []
        pieces: list[str] = []
        state = {"take": False, "rich": False, "item": 0}

        def start(parser: expat.XMLParserType, name: str, attributes: dict[str, str]) -> None:
            parts = name.split(" ")
            local = parts[1] if len(parts) > 1 else parts[0]
            if not depth:
                self._prefix = f"{parts[2]}:".encode() if len(parts) > 2 else b""
                self._root, self._count = parser.CurrentByteIndex, attributes.get("count")
                self.unique_count = whole(attributes["uniqueCount"]) if "uniqueCount" in attributes else None
            depth.append(local)
            if local == "si":
                pieces.clear()
                state["rich"], state["item"] = False, parser.CurrentByteIndex
            elif local == "t":
                state["take"] = "rPh" not in depth
            elif local in ("r", "rPh"):
                state["rich"] = True

        def end(parser: expat.XMLParserType, _: str) -> None:
            local = depth.pop()
            if local == "t":
                state["take"] = False
            elif local == "si":
                if state["rich"]:
                    self.rich.add(len(self.texts))
                self.texts.append(unescape_text("".join(pieces)))
                tag = start_tag(data, state["item"])
                closing = parser.CurrentByteIndex
                self._last_end = state["item"] + len(tag) if tag.endswith(b"/>") else data.index(b">", closing) + 1

        def text(piece: str) -> None:
            if state["take"]:
                pieces.append(piece)

        run_parser(data, start, end, text)


def string_item(text: str, prefix: str = "", name: str = "si") -> str:
    """`<si><t>text</t></si>`, or `<is>` for a cell's own text."""
    space = ""
    if "\n" in text or _SPECIAL.search(text):
        if text != text.strip() or "\n" in text:
            space = ' xml:space="preserve"'
        text = escape(escape_text(text))
    return f"<{prefix}{name}><{prefix}t{space}>{text}</{prefix}t></{prefix}{name}>"
