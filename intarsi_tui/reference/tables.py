"""Code tables (places, countries, languages, permits, circuits) from packaged CSV files.

A workspace may add or replace rows with files of the same names: see overlay."""

import csv
import io
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

DATA = Path(__file__).parent / "data"
TABLES = ("circuits", "countries", "eligibility", "languages", "local_holidays", "municipalities", "permit_types")
CODE_COLUMNS = ("code", "alpha3", "istat", "z_code", "cadastral")

Row = dict[str, str]
Rows = dict[str, list[Row]]
F = TypeVar("F", bound=Callable[..., Any])


_remembering: list[Any] = []


def remembered(function: F) -> F:
    """Keeps answers that depend on the tables for those who ask again, until `overlay` changes what the tables are."""
    cached: Any = lru_cache(10_000)(function)
    _remembering.append(cached)
    return cached  # type: ignore[no-any-return]


class Entry(NamedTuple):
    """One row of a table: its code, its name in two languages, and the other columns as text."""

    code: str
    it: str
    en: str
    extra: Mapping[str, str]


class Table(dict[str, Entry]):
    """Entries by code, in the order of the file."""

    @cached_property
    def index(self) -> dict[str, list[Entry]]:
        """Entries by folded code or name, sorted: importing 10,000 rows must not fold 300 names for each of them."""
        index: dict[str, list[Entry]] = {}
        for entry in self.values():
            codes = [entry.code, *(entry.extra.get(column, "") for column in CODE_COLUMNS)]
            # Excel drops the leading zeros of an ISTAT code that it takes for a number.
            shortened = [code.lstrip("0") for code in codes if code.isdigit()]
            names = [entry.it, entry.en, *entry.extra.get("also", "").split("|")]
            for key in {fold(word) for word in chain(codes, shortened, names)} - {""}:
                index.setdefault(key, []).append(entry)
        return dict(sorted(index.items()))

    @cached_property
    def beginnings(self) -> str:
        """All keys in one text, in which it is seen at once that none begins so: of 8,000 languages that is what takes time."""
        return "\n" + "\n".join(self.index)

    @cached_property
    def alone(self) -> frozenset[str]:
        """The codes that no other entry has as one of its codes or names."""
        return frozenset(code for code in self if len({entry.code for entry in self.index.get(fold(code), ())}) == 1)


class TableError(ValueError):
    """A workspace's table cannot be used.

    Attributes: path; line (from 1); problem: "columns" (no code or no it column), "cells" (more cells than columns),
    "code", "name" (cell empty), "date" (valid_from, valid_to not yyyy-mm-dd, day not mm-dd) or "value" (of a requirement).
    """

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")
        self.path, self.line, self.problem = path, line, problem


def fold(text: str) -> str:
    """`text` without case, accents and punctuation, single-spaced: "Forlì", "FORLI'" and "forli" are one."""
    return " ".join(unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS).split())


class _Letters(dict[int, str | None]):
    """What each character becomes, looked at once: a table for `translate` folds eight times as fast as a loop."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        self[code] = None if unicodedata.combining(char) else char if char.isalnum() else " "
        return self[code]


_LETTERS = _Letters()


def circuits() -> Table:
    """Reception circuits under their present name; extra: valid_from, valid_to."""
    return _table("circuits")


def countries() -> Table:
    """Countries by ISO alpha-2, with XK Kosovo, XXA stateless, XXX undetermined.

    extra: alpha3, istat, z_code (tax code), eu and free_movement (EU, EEA, Switzerland): "yes", "no" or "" (XXX).
    """
    return _table("countries")


def eligibility(day: date) -> dict[str, Row]:
    """The requirements of the target group in force on `day`, by code: version, value (`eligibility.csv` says which)."""
    return {code: row for code, rows in _rows("eligibility").items() for row in rows if _holds(row, day)}


def languages() -> Table:
    """Languages by ISO 639-3; und is undetermined."""
    return _table("languages")


def local_days(municipality: str) -> list[Row]:
    """The days that only this municipality (ISTAT code) keeps: day (month and day, 10-14), it, en."""
    return _rows("local_holidays").get(municipality, [])


def municipalities() -> Table:
    """The municipalities of Emilia-Romagna by six-digit ISTAT code; extra: cadastral, province (plate)."""
    return _table("municipalities")


def permit_types() -> Table:
    """Residence permit types; extra: basis, months (usual validity, or ""), default ("eligible", "verify", "no")."""
    return _table("permit_types")


def find(table: str, typed: str, *, exact: bool = False) -> list[Entry]:
    """Entries of `table` (one of TABLES) with `typed` as any of their codes or names.

    Unless `exact`, those with a code, a name or a word of a name that begins so come after them.

    Case, accents and punctuation do not matter. An importer wants `exact` and one hit: "Niger" also begins "Nigeria".
    """
    wanted = fold(typed)
    if not wanted:
        return []
    known = _table(table)
    index = known.index
    found = [index.get(wanted, [])]
    if not exact and (f"\n{wanted}" in known.beginnings or f" {wanted}" in known.beginnings):
        found += [entries for key, entries in index.items() if key.startswith(wanted)]
        found += [entries for key, entries in index.items() if f" {wanted}" in key]
    return list({entry.code: entry for entry in chain.from_iterable(found)}.values())


def has(table: str, code: str) -> bool:
    """Whether `code` is one of `table` (one of TABLES) as written, and stands for nothing else there."""
    return code in _table(table).alone


def label(table: str, code: str, lang: str) -> str:
    """The name of `code` in `lang` ("it", else English); the code itself when `table` (one of TABLES) lacks it."""
    entry = _table(table).get(code)
    return code if entry is None else entry.it if lang == "it" else entry.en


@remembered
def circuit_names() -> Table:
    """Every name that reception circuits have borne, by its short form: SPRAR, SIPROIMI and SAI are one system renamed.

    A circuit that was never renamed keeps its code. extra: as of circuits, and circuit (its code there).
    """
    names = Table()
    for code, rows in _rows("circuits").items():
        for row in rows:
            extra = {**{column: row[column] for column in row if column not in ("code", "it", "en")}, "circuit": code}
            names[_short(row, rows)] = Entry(_short(row, rows), row["it"], row["en"], extra)
    return names


def _holds(row: Mapping[str, str], day: date) -> bool:
    return row.get("valid_from", "") <= day.isoformat() <= (row.get("valid_to") or date.max.isoformat())


def circuit_on(name: str, day: date) -> str:
    """The short form of the name that a circuit bore on `day`; `name` is its code or any name that it ever had.

    DL 113/2018 made SPRAR SIPROIMI on 5 October 2018, DL 130/2020 made that SAI on 22 October 2020.
    """
    known = circuit_names().get(name)
    rows = _rows("circuits").get(known.extra["circuit"] if known else name, [])
    for row in rows:
        if _holds(row, day):
            return _short(row, rows)
    return name


def _short(row: Row, rows: list[Row]) -> str:
    return row["code"] if len(rows) == 1 else row["it"].partition(" - ")[0]


_overlaid: dict[str, Rows] = {}


def overlay(folder: Path | None) -> None:
    """Let the tables in `folder` (countries.csv, …) add rows or replace those of the same code; None takes them back.

    Module-wide, as a process has one workspace open. Columns as in the packaged files; only code and it are required.
    Comma or semicolon, UTF-8 or what Excel saves on Windows. Files of other names are left alone.

    Raises TableError, and then nothing has changed.
    """
    paths = {name: folder / f"{name}.csv" for name in TABLES} if folder else {}
    overlaid = {name: _read(path, name) for name, path in paths.items() if path.is_file()}
    _overlaid.clear()
    _overlaid.update(overlaid)
    for function in _remembering:
        function.cache_clear()


def overlaid() -> dict[str, Rows]:
    """The workspace's own rows."""
    return _overlaid


@remembered
def _rows(name: str) -> Rows:
    return _read(DATA / f"{name}.csv") | _overlaid.get(name, {})


@remembered
def _table(name: str) -> Table:
    table = Table()
    for code, rows in _rows(name).items():
        extra = {column: value for column, value in rows[-1].items() if column not in ("code", "it", "en")}
        table[code] = Entry(code, rows[-1]["it"], rows[-1]["en"], extra)
    return table


def _read(path: Path, name: str = "") -> Rows:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    lines = io.StringIO(text)
    comments = 0
    while (header := lines.readline()).startswith(("#", '"#')):
        comments += 1
    # The Italian Excel separates with semicolons.
    reader = csv.DictReader(chain([header], lines), delimiter=";" if ";" in header else ",", restval="")
    if not {"code", "it"} <= set(reader.fieldnames or ()):
        raise TableError(path, comments + 1, "columns")
    rows: Rows = {}
    for cells in reader:
        problem = _problem(cells) or (name == "eligibility" and _no_requirement(cells))
        if problem:
            raise TableError(path, comments + reader.line_num, problem)
        row = {column: value.strip() for column, value in cells.items()}
        if row["code"]:
            rows.setdefault(row["code"], []).append({**row, "en": row.get("en") or row["it"]})
    return rows


def _problem(cells: dict[str, str]) -> str | None:
    if None in cells:
        return "cells"
    if not any(value.strip() for value in cells.values()):
        return None
    if not cells["code"].strip():
        return "code"
    if not cells["it"].strip():
        return "name"
    try:
        for column in ("valid_from", "valid_to"):
            if day := cells.get(column, "").strip():
                date.fromisoformat(day)
        if "day" in cells:
            date.fromisoformat(f"2020-{cells['day'].strip()}")  # a leap year, for 29 February
    except ValueError:
        return "date"
    return None


def _no_requirement(cells: dict[str, str]) -> str | None:
    code, value = cells["code"].strip(), (cells.get("value") or "").strip()
    if code == "exit_months":
        return None if value.isdigit() or not value else "value"
    allowed = ("required", "no") if code == "minors" else ("eligible", "verify", "no")
    return None if not code or value in allowed else "value"
