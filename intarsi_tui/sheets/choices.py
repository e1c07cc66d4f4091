"""Values against the dropdown lists of the cells they go into, both kinds of validation that Excel writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .address import Range, parse_range, split_sheet
from .cells import Encoded
from .locate import find_name
from .rows import Plan
from .workbook import Sheet, Workbook


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


def choices(book: Workbook, sheet: Sheet, source: str, plans: Mapping[str, Plan] | None = None) -> list[str] | None:
    """The choices as texts, planned values included; None when only Excel could work them out."""
    if source.startswith('"'):
        return [choice.strip() for choice in source.strip('"').replace('""', '"').split(",")]
    name, rest = split_sheet(source.removeprefix("="))
    area = parse_range(rest)
    if area is None:
        found = find_name(book, rest, name or sheet.name)
        named = found.area if found else None
        if named is None:
            return None
        name, area = named
    home = book.sheet(name) if name else sheet
    if home is None:
        return None
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
    return [text for text in texts if text]


def mismatches(book: Workbook, plans: Mapping[str, Plan]) -> Iterator[tuple[Sheet, int, int, str, list[str]]]:
    """Planned values that their cell's list does not offer: sheet, row, column, value, choices."""
    for sheet in book.worksheets:
        plan = plans.get(sheet.part)
        for dropdown in dropdowns(book, sheet) if plan else ():
            offered = choices(book, sheet, dropdown.source, plans)
            if not plan or offered is None:
                continue
            # Excel compares a typed list to the letter, a list in cells whatever the case.
            exact = dropdown.source.startswith('"')
            known = {_key(choice, exact) for choice in offered}
            for row, cells in plan.items():
                for column, value in cells.items():
                    inside = any(area.holds(row, column) for area in dropdown.areas)
                    if inside and _written(value) and _key(value.text, exact) not in known:
                        yield sheet, row, column, value.text, offered


def _written(value: Encoded) -> bool:
    return value.kind in ("s", "n")


def _key(text: str, exact: bool) -> str:
    try:
        return repr(float(text))
    except ValueError:
        return text if exact else text.casefold()
