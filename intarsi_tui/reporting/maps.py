"""Maps: `NAME.map.toml` beside `NAME.xlsx` says which value goes where. Reading them; `check.py` holds them against the office."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..records.labels import Label
from ..records.privacy import AUDIENCES
from .problems import ReportError, ReportProblem

FORMAT = 1
KEYS = {
    "map", "it", "en", "lang", "valid_from", "audience", "record", "scope", "date", "filter", "cells", "blocks", "sheets"
}  # fmt: skip
SHEETS_KEYS = {"copy", "group_by"}
BLOCK_KEYS = {"at", "record", "so_far", "filter", "sort", "each", "columns"}


@dataclass(frozen=True)
class BlockMap:
    """Repeating rows.

    Attributes:
        at: table, defined name, placeholder, or first cell of the rows.
        record: the register whose records are the rows.
        so_far: records from any day up to the period's end, not only those of the period.
        each: rows field of the record; then each of its rows is one row of the sheet.
        columns: header text (or column letter) → path.
    """

    at: str
    record: str
    columns: Mapping[str, str]
    filter: Mapping[str, Any] = field(default_factory=dict)
    sort: tuple[str, ...] = ()
    each: str = ""
    so_far: bool = False


@dataclass(frozen=True)
class Map:
    """One partner template and what goes into it.

    Attributes:
        scope: one workbook per …: period, partner, a link field of the record, or the record itself.
        date: field that puts a record into a period; the record's own date when empty.
        cells: where → path.
        copy: the sheet that is copied once for each group; "" when the workbook has no such sheet.
        group_by: the field by which the workbook's records fall into groups, or the record's own name: one sheet each.
    """

    file: Path
    label: Label
    audience: str
    record: str
    scope: tuple[str, ...] = ()
    lang: str = "it"
    valid_from: date | None = None
    date: str = ""
    filter: Mapping[str, Any] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[BlockMap, ...] = ()
    copy: str = ""
    group_by: str = ""

    @property
    def name(self) -> str:
        """`registro_mediazione`"""
        return self.file.name.removesuffix(".map.toml")

    @property
    def workbook(self) -> Path:
        """The template beside the map."""
        macro = self.file.with_name(self.name + ".xlsm")
        return macro if macro.exists() else self.file.with_name(self.name + ".xlsx")


def find_maps(folders: list[Path]) -> dict[str, Path]:
    """Map files by template name; an earlier folder wins, so an office can replace a shipped template."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.map.toml")):
            found.setdefault(path.name.removesuffix(".map.toml"), path)
    return dict(sorted(found.items()))


def read_map(file: Path) -> Map:
    """The map in `file`.

    Raises:
        ReportError: with everything that is wrong with the file's form.
    """

    def wrong(code: str, where: str = "", **params: Any) -> ReportError:
        return ReportError([ReportProblem(code, file.name, where, **params)])

    try:
        data = tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise wrong("bad_toml", detail=str(error)) from None
    except OSError as error:
        raise wrong("bad_toml", detail=error.strerror or str(error)) from None
    problems = [*_unknown(file, data, KEYS, "")]
    for number, block in enumerate(_list_of_tables(data.get("blocks", []), wrong, "blocks"), start=1):
        problems += _unknown(file, block, BLOCK_KEYS, f"[[blocks]] {number}")
    grouping = data.get("sheets", {})
    if not isinstance(grouping, dict):
        raise wrong("bad_map", "sheets", detail="[sheets]")
    problems += _unknown(file, grouping, SHEETS_KEYS, "[sheets]")
    if problems:
        raise ReportError(problems)
    if data.get("map") != FORMAT:
        raise wrong(
            "newer_map" if isinstance(data.get("map"), int) else "bad_map", value=data.get("map"), detail="map = 1"
        )

    def need(table: Mapping[str, Any], key: str, kind: type, where: str = "", default: Any = None) -> Any:
        value = table.get(key, default)
        if not isinstance(value, kind):
            raise wrong("bad_map", where, detail=f"{key} = …")
        return value

    def texts(table: Mapping[str, Any], key: str, where: str = "") -> tuple[str, ...]:
        values = need(table, key, list, where, [])
        if not all(isinstance(value, str) for value in values):
            raise wrong("bad_map", where, detail=f'{key} = ["…"]')
        return tuple(values)

    record = need(data, "record", str)
    audience = need(data, "audience", str)
    if audience not in AUDIENCES:
        raise wrong("no_such_audience", "audience", value=audience, choices=list(AUDIENCES))
    blocks = []
    for number, block in enumerate(data.get("blocks", []), start=1):
        where = f"[[blocks]] {number}"
        blocks.append(
            BlockMap(
                at=need(block, "at", str, where),
                record=need(block, "record", str, where, record),
                columns=need(block, "columns", dict, where),
                filter=need(block, "filter", dict, where, {}),
                sort=texts(block, "sort", where),
                each=need(block, "each", str, where, ""),
                so_far=need(block, "so_far", bool, where, False),
            )
        )
    valid_from = data.get("valid_from")
    if valid_from is not None and (not isinstance(valid_from, date) or isinstance(valid_from, datetime)):
        raise wrong("bad_map", detail="valid_from = 2020-01-10")
    lang = need(data, "lang", str, default="it")
    if lang not in ("it", "en"):
        raise wrong("bad_map", detail='lang = "it"')
    return Map(
        file=file, label=Label(need(data, "it", str), need(data, "en", str)), audience=audience, record=record,
        scope=texts(data, "scope"), lang=lang,
        valid_from=valid_from, date=need(data, "date", str, default=""), filter=need(data, "filter", dict, default={}),
        cells=need(data, "cells", dict, default={}), blocks=tuple(blocks),
        copy=need(grouping, "copy", str, "[sheets]") if grouping else "",
        group_by=need(grouping, "group_by", str, "[sheets]") if grouping else "",
    )  # fmt: skip


def _list_of_tables(value: Any, wrong: Any, key: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise wrong("bad_map", detail=f"[[{key}]]")
    return value


def _unknown(file: Path, table: Mapping[str, Any], known: set[str], where: str) -> list[ReportProblem]:
    problems = []
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            problems.append(
                ReportProblem("unknown_key", file.name, where, value=key, hint=f": {near[0]}?" if near else "")
            )
    return problems
