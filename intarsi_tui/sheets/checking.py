"""Whether a template will take what somebody means to fill in, found out before there is anything to fill."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

from .choices import lacking
from .errors import Message, SheetError, about
from .locate import Place, find_place, find_room, placeholder_key
from .plan import Filling
from .workbook import Workbook


def check(
    template: str | os.PathLike[str], cells: Iterable[str] = (), blocks: Iterable[tuple[str, Sequence[str]]] = ()
) -> list[tuple[str, SheetError]]:
    """Try every place on the template; nothing is written.

    Args:
        cells: addresses, defined names and placeholders, as `fill` takes them.
        blocks: `at` and columns of each block.

    Returns:
        (place as it was given, what is wrong with it), one for each place that `fill` would refuse.

    Raises:
        SheetError: the template itself cannot be read.
    """
    source, found = os.fspath(template), []
    with Workbook(source) as book, about(file=source):
        for key in cells:
            try:
                Filling(book).cells({key: None})
            except SheetError as error:
                found.append((key, error))
        for at, columns in blocks:
            if _refused(book, at, columns):  # then one by one, to say which
                for wanted in [[column] for column in columns] or [[]]:
                    if refused := _refused(book, at, wanted):
                        found.append((f"{at} {' '.join(wanted)}".strip(), refused))
    return found


def _refused(book: Workbook, at: str, columns: Sequence[str]) -> SheetError | None:
    try:
        # A row in each that is drawn: merged cells refuse only what is written.
        Filling(book).block(at, columns, repeat((None,) * len(columns)))
    except SheetError as error:
        return error
    return None


def check_lists(
    template: str | os.PathLike[str],
    cells: Mapping[str, Sequence[str]],
    blocks: Iterable[tuple[str, Mapping[str, Sequence[str]]]],
) -> list[tuple[str, Message]]:
    """Hold everything that may be filled in against the dropdown lists of the cells. The places have been checked.

    Args:
        cells: the texts that may go into each; placeholders are passed over.
        blocks: `at`, and the texts that may go into each column.

    Returns:
        (place as it was given, what its list lacks).
    """
    source, found = os.fspath(template), []
    with Workbook(source) as book, about(file=source):
        wanted = [(key, find_place(book, key), texts) for key, texts in cells.items() if not placeholder_key(key)]
        for at, columns in blocks:
            room = find_room(book, at, list(columns))
            places = (Place(room.sheet, room.rows.start, column) for column in room.columns)
            wanted += [
                (f"{at} {header}", place, texts) for place, (header, texts) in zip(places, columns.items(), strict=True)
            ]
        for key, place, texts in wanted:
            if missing := lacking(book, place, texts):
                found.append((key, Message("list_lacks", {"cell": place, "choices": ", ".join(missing)})))
    return found
