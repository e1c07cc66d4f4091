"""XML of the small parts: decoded, parsed to light elements that know their byte offsets, edited by splicing bytes."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from .errors import SheetError

# A tree costs about 400 bytes an element: 300,000 of them (60,000 cell formats with children) stay under 150 MB.
MAX_ELEMENTS = 300_000

# Attribute values may hold a bare ">", so a tag's end is found past its quotes.
TAG_REST = rb"""((?:[^>"'/]|"[^"]*"|'[^']*'|/(?!>))*)(/?)>"""
ATTRIBUTE = re.compile(rb"""\s([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(rb"<[^\s/>]+" + TAG_REST)
_DECLARATION = re.compile(rb"""(<\?xml\s[^>]*?encoding\s*=\s*)(["'])([A-Za-z0-9._-]+)["']""")
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CODECS = {"utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"}

Splice = tuple[int, int, bytes]


@dataclass(slots=True, eq=False)
class Element:
    """An element of a small part; `name` is the local name, offsets count bytes of the part."""

    name: str
    prefix: str
    namespace: str
    attributes: dict[str, str]
    start: int
    open_end: int
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number from an attribute.

        Raises:
            SheetError: the attribute is there and is no whole number.
        """
        return whole(self.attributes.get(name), default)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.attributes.get(name)
        return default if value is None else value.strip().lower() in ("1", "true", "on")

    def relationship(self) -> str:
        """The attribute `r:id`, whatever its prefix and whether strict or transitional."""
        return next((v for k, v in self.attributes.items() if k.endswith("/relationships id")), "")

    def child(self, name: str) -> Element | None:
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> Iterator[Element]:
        """Every descendant of that local name, in document order."""
        stack = self.children[::-1]
        while stack:
            element = stack.pop()
            if element.name == name:
                yield element
            stack.extend(element.children[::-1])

    @property
    def is_empty_tag(self) -> bool:
        return self.end == self.open_end

    @property
    def qualifier(self) -> str:
        """What to put before the local name of a sibling: `x:` or nothing."""
        return f"{self.prefix}:" if self.prefix else ""


def whole(text: str | None, default: int = 0) -> int:
    if text is None or not text.strip():
        return default
    try:
        return int(text)
    except ValueError:
        raise SheetError("bad_number", text=text[:40]) from None


def decode(data: bytes) -> bytes:
    """The part as UTF-8, unchanged when it already is (a byte order mark stays).

    Raises:
        SheetError: unknown encoding or a document type declaration.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        codec = "utf-16" if data[0] > 0x7F else ("utf-16-le" if data[0] else "utf-16-be")
    else:
        declared = _DECLARATION.search(data[:200])
        codec = declared[3].decode().lower() if declared else "utf-8"
        if codec.startswith("utf-16"):
            codec = "utf-8"
        if codec not in _CODECS:
            raise SheetError("bad_encoding", encoding=codec)
    if codec not in ("utf-8", "utf8"):
        try:
            data = data.decode(codec).encode()
        except UnicodeError:
            raise SheetError("bad_encoding", encoding=codec) from None
        data = _DECLARATION.sub(rb"\1\2UTF-8\2", data, count=1)
    if b"<!DOCTYPE" in data:
        raise SheetError("doctype")
    return data


def run_parser(
    data: bytes,
    start: Callable[[expat.XMLParserType, str, dict[str, str]], None] | None = None,
    end: Callable[[expat.XMLParserType, str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Feed a part to expat; names come as `uri local prefix`. With no handler it only checks.

    Raises:
        SheetError: not well-formed, or a document type declaration.
    """
    parser = expat.ParserCreate("UTF-8", " ")
    parser.namespace_prefixes = True
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise SheetError("doctype")

    parser.StartDoctypeDeclHandler = refuse
    if start is not None:
        parser.StartElementHandler = lambda name, attributes: start(parser, name, attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(parser, name)
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SheetError("bad_xml", line=error.lineno, column=error.offset + 1) from None


def parse(data: bytes) -> Element:
    """The tree of a small part (already decoded).

    Raises:
        SheetError: not well-formed, or more than `MAX_ELEMENTS` elements.
    """
    # Counted beforehand: building half a tree only to refuse it takes seconds.
    if data.count(b"<") - data.count(b"</") - data.count(b"<!--") - data.count(b"<?") > MAX_ELEMENTS:
        raise SheetError("too_many_elements", limit=MAX_ELEMENTS)
    stack: list[Element] = []
    roots: list[Element] = []
    pieces: list[list[str]] = []

    def start(parser: expat.XMLParserType, name: str, attributes: dict[str, str]) -> None:
        uri, local, prefix = _name(name)
        at = parser.CurrentByteIndex
        tag = _TAG.match(data, at)
        plain = {_key(key): value for key, value in attributes.items()} if " " in "".join(attributes) else attributes
        element = Element(local, prefix, uri, plain, at, tag.end() if tag else at)
        (stack[-1].children if stack else roots).append(element)
        stack.append(element)
        pieces.append([])

    def end(parser: expat.XMLParserType, _: str) -> None:
        element = stack.pop()
        element.text = "".join(pieces.pop())
        if data[element.open_end - 2 : element.open_end] == b"/>":
            element.end = element.open_end
        else:
            element.end = data.index(b">", parser.CurrentByteIndex) + 1

    with _uncollected():
        run_parser(data, start, end, lambda text: pieces[-1].append(text))
    return roots[0]


@lru_cache(maxsize=1024)
def _name(name: str) -> tuple[str, str, str]:
    """Namespace, local name and prefix; kept, so that all elements of a name share them."""
    uri, local, prefix = [*name.split(" "), "", ""][:3] if " " in name else ("", name, "")
    return uri, local, prefix


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """An attribute's name less its prefix."""
    return " ".join(name.split(" ")[:2])


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: in a growing tree, which is none, it takes two thirds of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def splice(data: bytes, splices: Iterable[Splice]) -> bytes:
    """`data` with each `(start, end, replacement)` applied; offsets are those of `data`."""
    out: list[bytes] = []
    done = 0
    for start, end, replacement in sorted(splices, key=lambda piece: piece[:2]):
        out += (data[done:start], replacement)
        done = end
    out.append(data[done:])
    return b"".join(out)


def insert_last(data: bytes, element: Element, inner: bytes) -> Splice:
    """A splice that puts `inner` at the end of the element, opening it when it was an empty tag."""
    if element.is_empty_tag:
        tag = data[element.start : element.open_end]
        name = tag[1:].split(None, 1)[0].rstrip(b"/>")
        return (element.start, element.end, tag[:-2].rstrip() + b">" + inner + b"</" + name + b">")
    at = data.rindex(b"</", 0, element.end)
    return (at, at, inner)


def with_attributes(tag: bytes, values: dict[str, str | None]) -> bytes:
    """A start tag with attributes set, or removed where the value is None; the others stay as they are written."""
    for name, value in values.items():
        found = next((m for m in ATTRIBUTE.finditer(tag) if m[1] == name.encode()), None)
        new = b"" if value is None else f' {name}="{escape(value)}"'.encode()
        if found:
            tag = tag[: found.start()] + new + tag[found.end() :]
        elif new:
            close = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:close].rstrip() + new + tag[close:]
    return tag


def start_tag(data: bytes, start: int) -> bytes:
    """The whole start tag that begins at this offset."""
    found = _TAG.match(data, start)
    return found[0] if found else b""


def attribute(tag: bytes, name: bytes) -> str | None:
    for match in ATTRIBUTE.finditer(tag):
        if match[1] == name:
            return unescape(match[2][1:-1].decode("utf-8", "replace"))
    return None


def escape(text: str) -> str:
    """Text for element content or a double-quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def unescape(text: str) -> str:
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda m: _NAMED[m[3]] if m[3] else _character(int(m[1], 16) if m[1] else int(m[2])), text)


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else "\ufffd"
