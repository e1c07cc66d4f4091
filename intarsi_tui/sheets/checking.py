"""Whether a template will take what somebody means to fill in, found out before there is anything to fill."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from .errors import SheetError, about
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
            for wanted in [[column] for column in columns] or [[]]:
                try:
                    Filling(book).block(at, wanted, [])
                except SheetError as error:
                    found.append((f"{at} {' '.join(wanted)}".strip(), error))
    return found
