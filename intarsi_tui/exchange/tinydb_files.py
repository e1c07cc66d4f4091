"""Plain TinyDB files: `{"table": {"1": {…}}}`, which `tinydb.TinyDB(path)` opens without this program."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..store.erasing import DRAFTS
from ..store.schema import internal
from ..whole_file import replacing
from .problems import FileRefused

if TYPE_CHECKING:
    from ..store import Store


def write_tinydb(store: "Store", path: Path) -> dict[str, int]:
    """Writes every table but half-filled forms, registers and others, as it is at one moment. The file appears whole or not at all.

    Returns how many documents each table has, those that the program notes for itself left out.
    """
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        return tables_to(file, store)


def tables_to(file: IO[str], store: "Store") -> dict[str, int]:
    """The same into a file that is open."""
    counts: dict[str, int] = {}
    with store.snapshot():
        file.write("{")
        for name in sorted(store.tables() - {DRAFTS}):
            file.write((",\n" if counts else "\n") + json.dumps(name, ensure_ascii=False) + ": {")
            counts[name] = 0
            for doc_id, text in store.table(name).texts():
                file.write(f'{"," if counts[name] else ""}\n"{doc_id}": {text}')
                counts[name] += 1
            file.write("}")
        file.write("}\n")
    return {name: count for name, count in counts.items() if not internal(name)}


def tinydb_rows(path: Path, table: str | None, register: str) -> Iterator[tuple[int, list[Any]]]:
    """The documents of one table as rows: 0 and the names of their fields, then document ids and values.

    Parameters:
        table: name of the table; when left out the one that is called like the register, else the only one.

    Raises:
        FileRefused: not_tinydb, no_such_table.
    """
    tables = tables_of(path)
    name = table or (register if register in tables else "")
    if not name and len(tables) == 1:
        name = next(iter(tables))
    if name not in tables:
        raise FileRefused("no_such_table", path, detail=", ".join(tables) or "–")
    docs = tables[name]
    names = list(dict.fromkeys(one for doc in docs.values() for one in doc))
    if names:
        yield 0, names
    for number, doc in docs.items():
        yield int(number), ["" if doc.get(one) is None else doc[one] for one in names]


def tables_of(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """The tables of a TinyDB file with their documents. Raises FileRefused."""
    try:
        tables = json.loads(path.read_bytes())
    except OSError as error:
        raise FileRefused("not_readable", path, detail=error.strerror or str(error)) from None
    except RecursionError:
        raise FileRefused("not_tinydb", path, detail="…") from None
    except ValueError as error:
        raise FileRefused("not_tinydb", path, detail=str(error)) from None
    plain = isinstance(tables, dict) and all(
        isinstance(docs, dict) and all(number.isdecimal() and isinstance(doc, dict) for number, doc in docs.items())
        for docs in tables.values()
    )
    if not plain:
        raise FileRefused("not_tinydb", path, detail='{"…": {"1": {…}}}')
    found: dict[str, dict[str, dict[str, Any]]] = tables
    return found
