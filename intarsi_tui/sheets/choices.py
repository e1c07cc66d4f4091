"""Values against the dropdown lists of the cells they go into, both kinds of validation that Excel writes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from .address import Range, parse_range, split_sheet
from .cells import Encoded, Value
from .locate import Place, find_name
from .moves import Moves
from .rows import Plan
from .workbook import Sheet, Workbook

Seen = dict[Value, "array[int]"]
"""The values of a column's new rows, each with the rows in which it stands; equal ones of two types count as one."""


class SeenRows(Protocol):
    """Rows put in below `after_row`, with the values of those columns that dropdowns are about."""

    sheet: Sheet
    after_row: int
    seen: dict[int, Seen]


@dataclass(frozen=True, slots=True)
class Dropdown:
    """A list validation: the cells it holds for and the formula that gives its choices."""

    areas: tuple[Range, ...]
    source: str


def dropdowns(book: Workbook, sheet: Sheet) -> Iterator[Dropdown]:
    """The list validations of a sheet; those in the extension list (choices on other sheets) included."""
    for element in book.scan(sheet).skeleton.all("dataValidation"):
        formula = element.child("formula1")
        if element.get("type") != "list" or formula is None:
            continue
        inner, places = formula.child("f"), element.child("sqref")
        sqref = element.get("sqref") or (places.text if places else "")
        areas = tuple(area for word in sqref.split() if (area := parse_range(word)))
        yield Dropdown(areas, ((inner or formula).text).strip())


def list_columns(book: Workbook, sheet: Sheet, row: int) -> set[int]:
    """The columns of a row whose cells have a dropdown, or are the choices of one."""
    areas = [area for dropdown in dropdowns(book, sheet) for area in dropdown.areas]
    for other in book.worksheets:
        places = (_place(book, other, dropdown.source) for dropdown in dropdowns(book, other))
        areas += [place[1] for place in places if place and place[0] == sheet]
    found = [area for area in areas if area.top <= row <= area.bottom]
    return {column for area in found for column in range(area.left, area.right + 1)}


def _place(book: Workbook, sheet: Sheet, source: str) -> tuple[Sheet, Range] | None:
    """The cells that hold a dropdown's choices, None where they are typed or only Excel could work them out."""
    if source.startswith('"'):
        return None
    name, rest = split_sheet(source.removeprefix("="))
    area = parse_range(rest)
    if area is None:
        found = find_name(book, rest, name or sheet.name)
        named = found.area if found else None
        if named is None:
            return None
        name, area = named
    home = book.sheet(name) if name else sheet
    return (home, area) if home else None


def choices(
    book: Workbook, sheet: Sheet, source: str, plans: Mapping[str, Plan] | None = None, new: Iterable[SeenRows] = ()
) -> list[str] | None:
    """The choices as texts, planned values and those of new rows included; None when only Excel could work them out."""
    if source.startswith('"'):
        return [choice.strip() for choice in source.strip('"').replace('""', '"').split(",")]
    place = _place(book, sheet, source)
    if place is None:
        return None
    home, area = place
    scan, plan = book.scan(home), (plans or {}).get(home.part, {})
    texts: list[str] = []
    for row in scan.rows:
        if not area.top <= row.number <= area.bottom:
            continue
        for cell in scan.cells(row):
            if area.left <= cell.column <= area.right and cell.column not in plan.get(row.number, {}):
                texts.append(scan.text(cell, book.strings.texts))
    for number, cells in plan.items():
        texts += [v.text for column, v in cells.items() if area.holds(number, column)]
    for rows in new:
        for column, seen in rows.seen.items():
            if rows.sheet == home and area.holds(rows.after_row, column):
                texts += [book.encoded(value).text for value in seen]
    return [text for text in texts if text]


def mismatches(
    book: Workbook, plans: Mapping[str, Plan], moves: Moves, new: Sequence[SeenRows] = ()
) -> Iterator[tuple[Place, str, list[str]]]:
    """Values that their cell's list does not offer: the cell in the filled workbook, value, choices."""
    for sheet in book.worksheets:
        plan, own = plans.get(sheet.part, {}), [rows for rows in new if rows.sheet == sheet]
        for dropdown in dropdowns(book, sheet) if plan or own else ():
            offered = choices(book, sheet, dropdown.source, plans, new)
            if offered is None:
                continue
            # Excel compares a typed list to the letter, a list in cells whatever the case.
            exact = dropdown.source.startswith('"')
            known = {_key(choice, exact) for choice in offered}

            def is_wrong(value: Encoded, exact: bool = exact, known: set[str] = known) -> bool:
                return value.kind in ("s", "n") and _key(value.text, exact) not in known

            columns = {column for area in dropdown.areas for column in range(area.left, area.right + 1)}
            for row, cells in plan.items():
                for column, value in cells.items():
                    if column not in columns or not any(area.holds(row, column) for area in dropdown.areas):
                        continue
                    if is_wrong(value):
                        yield Place(sheet, moves.row(sheet.name, row), column), value.text, offered
            for rows in own:
                for column, seen in rows.seen.items():
                    if not any(area.holds(rows.after_row, column) for area in dropdown.areas):
                        continue
                    for given, numbers in seen.items():
                        value = book.encoded(given)
                        if is_wrong(value):
                            yield from ((Place(sheet, number, column), value.text, offered) for number in numbers)


def lacking(book: Workbook, place: Place, texts: Iterable[str]) -> list[str]:
    """Those of the texts that the dropdown list of a cell does not offer; none where it has no list."""
    missing: list[str] = []
    for dropdown in dropdowns(book, place.sheet):
        if any(area.holds(place.row, place.column) for area in dropdown.areas):
            offered, exact = choices(book, place.sheet, dropdown.source), dropdown.source.startswith('"')
            known = {_key(choice, exact) for choice in offered or ()}
            missing += [text for text in texts if offered is not None and _key(text, exact) not in known]
    return missing


def _key(text: str, exact: bool) -> str:
    try:
        return repr(float(text))
    except ValueError:
        return text if exact else text.casefold()
