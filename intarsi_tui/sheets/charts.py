"""What charts draw, after rows were put in; both kinds of chart parts that Excel writes."""

from __future__ import annotations

from collections.abc import Iterator

from .edits import set_text
from .formulas import Growing, shift
from .markup import Element, Splice, parse, splice
from .moves import Moves

# Beside each reference stand the values it had; programs that find none look into the cells.
_CACHES = {"numCache", "strCache", "multiLvlStrCache", "dlblRangeCache", "lvl"}


def moved_chart(data: bytes, sheet: str, moves: Moves) -> bytes:
    """A chart part: what its series draw grows with a block, where a title stands does not. Stale values go.

    Args:
        sheet: the sheet the chart stands on; its references as a rule name theirs.
    """
    return splice(data, _moved(data, parse(data), sheet, moves))


def _moved(data: bytes, root: Element, sheet: str, moves: Moves) -> Iterator[Splice]:
    stack = [(root, False)]
    while stack:
        parent, title = stack.pop()
        title = title or parent.name in ("tx", "title")
        growing: Growing = "never" if title else "ranges" if parent.name == "multiLvlStrRef" else "series"
        sources = [child for child in parent.children if child.name in ("f", "sqref") and not child.children]
        pieces = [
            piece
            for child in sources
            for piece in set_text(data, child, shift(child.text, sheet, moves, growing=growing))
        ]
        yield from pieces
        for child in parent.children:
            if pieces and not title and child.name in _CACHES:
                yield child.start, child.end, b""
            else:
                stack.append((child, title))
