"""The shared strings part: read once, added to at its end, its old entries never rewritten."""

from __future__ import annotations

from xml.parsers import expat

from .cells import escape_text, unescape_text
from .markup import Splice, escape, run_parser, splice, start_tag, whole, with_attributes

# Past this many new strings they go into the cells themselves, so that memory stays flat.
MAX_NEW = 200_000

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
        self.references = 0
        self._prefix = b""
        self._root = self._last_end = 0
        self._count: str | None = None
        self.unique_count: int | None = None
        self._read()
        self._old = len(self.texts)
        self._index: dict[str, int] = {}
        for index, text in enumerate(self.texts):
            if index not in self.rich:
                self._index.setdefault(text, index)

    @property
    def changed(self) -> bool:
        return len(self.texts) > self._old or self.references != 0

    def add(self, text: str) -> int | None:
        """The text's index, or None when so many are new that it belongs into its cell."""
        index = self._index.get(text)
        if index is None:
            if len(self.texts) - self._old >= MAX_NEW:
                return None
            index = self._index[text] = len(self.texts)
            self.texts.append(text)
        return index

    def content(self) -> bytes:
        """The part with the new strings after the old ones and its counts brought up to date."""
        tag = start_tag(self.data, self._root)
        end = self._root + len(tag)
        values: dict[str, str | None] = {"uniqueCount": str(len(self.texts))}
        if self._count is not None:
            values["count"] = str(max(whole(self._count) + self.references, 0))
        new = b"".join(string_item(text, self._prefix) for text in self.texts[self._old :])
        opened = with_attributes(tag, values)
        splices: list[Splice] = []
        if tag.endswith(b"/>"):
            name = tag[1:].split(None, 1)[0].rstrip(b"/>")
            splices.append((self._root, end, opened[:-2].rstrip() + b">" + new + b"</" + name + b">"))
        else:
            splices.append((self._root, end, opened))
            at = self._last_end or end
            splices.append((at, at, new))
        return splice(self.data, splices)

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


def string_item(text: str, prefix: bytes = b"", name: bytes = b"si") -> bytes:
    """`<si><t>text</t></si>`, or `<is>` for a cell's own text."""
    escaped = escape(escape_text(text)).encode()
    # Parsers drop edge blanks unless told to keep them.
    space = b' xml:space="preserve"' if text != text.strip() or "\n" in text else b""
    outer, inner = prefix + name, prefix + b"t"
    return b"<" + outer + b"><" + inner + space + b">" + escaped + b"</" + inner + b"></" + outer + b">"
