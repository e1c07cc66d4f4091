"""How many cells an .ods stands for: one element can mean a million of them, as rows and columns say how often they are repeated."""

from typing import IO
from xml.parsers import expat

PIECE = 1 << 20  # bytes


def most_cells(content: IO[bytes]) -> int:
    """Of the largest table in `content.xml`, to its last row and column that say something; empty ones before these count.

    Raises:
        expat.ExpatError: it is no XML.
    """
    most = rows = until = widest = cells = end = 0

    def begin(name: str, said: dict[str, str]) -> None:
        nonlocal most, rows, until, widest, cells, end
        if name in ("table:table-cell", "table:covered-table-cell"):
            cells += _number(said.get("table:number-columns-repeated"))
            if "office:value-type" in said or "table:formula" in said:
                end = cells
        elif name == "text:p":
            end = cells
        elif name in ("table:table-row", "table:table"):
            if end:
                until, widest = rows, max(widest, end)
                most = max(most, until * widest)
            cells = end = 0
            if name == "table:table":
                rows = until = widest = 0
            else:
                rows += _number(said.get("table:number-rows-repeated"))

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    while piece := content.read(PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    begin("table:table", {})
    return most


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 10 else 1
