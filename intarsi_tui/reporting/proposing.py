"""A proposed map for a partner's workbook: headers and placeholders that are called like fields of a record."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..host.office import Office
from ..records.declaration import Declaration, Field
from ..records.header_words import best, counted
from ..records.linked_kinds import RowsKind
from .maps import FORMAT

if TYPE_CHECKING:
    from ..sheets import WorkbookDescription

# What project, partner and period are called in headers, names and placeholders.
FACT_WORDS = {
    "profile.cup": ["CUP"],
    "profile.code": ["codice progetto", "prog", "project code"],
    "profile.title": ["progetto", "titolo del progetto", "project", "project title"],
    "profile.acronym": ["acronimo", "acronym"],
    "profile.fund": ["fondo", "fund"],
    "profile.objective": ["obiettivo", "objective"],
    "profile.authority": ["autorità", "autorità responsabile", "authority"],
    "profile.cofinancing": ["cofinanziamento", "cofinancing"],
    "profile.lead": ["capofila", "lead partner", "lead"],
    "partner.name": ["partner", "ente partner", "soggetto attuatore", "partner name"],
    "partner.town": ["città", "città del partner", "town"],
    "partner.province": ["provincia", "province"],
    "period.label": ["periodo", "trimestre", "periodo di riferimento", "period", "quarter"],
    "period.start": ["dal", "inizio periodo", "period start"],
    "period.end": ["al", "fine periodo", "period end"],
    "office.today": ["data", "data di compilazione", "compilato il", "today", "date"],
    "office.user": ["compilato da", "compilatore", "compiled by"],
}
Words = dict[str, list[str]]
"""Path → what it is called."""

# What partners call fields that every register names alike.
ALSO = {
    "notes": ["nota", "note"], "phone": ["telefono", "cellulare"], "gender": ["sesso", "sex"],
    "minutes": ["durata", "duration"],
}  # fmt: skip
CODED = ("municipality", "country", "language")
NOT_SHOWN = ("attachment", "attachments", "rows")


@dataclass
class Proposal:
    """What could be guessed.

    Attributes:
        cells: place → path.
        blocks: `at` → header → path.
        each: `at` → the rows field whose rows a block's are, "" for the records themselves.
        unknown: where a header or placeholder stands → it and the nearest paths.
    """

    workbook: FilePath
    declaration: Declaration
    cells: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, dict[str, str]] = field(default_factory=dict)
    each: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        return sum(map(len, self.blocks.values()))

    def toml(self) -> str:
        """The map as a file."""
        about = [] if self.blocks else [self.declaration.record]
        title = _line(self.workbook.stem.replace("_", " "))
        lines = [
            f"map = {FORMAT}", f"it = {_quoted(title)}", f"en = {_quoted(title)}", 'audience = "office"',
            f"record = {_quoted(self.declaration.table)}",
            f"scope = [{', '.join(map(_quoted, ['period', *(about or ['partner'])]))}]",
            'filter = { state = ["confirmed", "sent"] }',
        ]  # fmt: skip
        if self.cells or self.unknown.get(""):
            lines += ["", "[cells]", *(f"{_quoted(place)} = {_quoted(path)}" for place, path in self.cells.items())]
            lines += self._comments("")
        for at, columns in self.blocks.items():
            lines += ["", "[[blocks]]", f"at = {_quoted(at)}"]
            lines += [f"each = {_quoted(self.each[at])}"] if self.each[at] else []
            lines += ["", "[blocks.columns]"]
            lines += [f"{_quoted(header)} = {_quoted(path)}" for header, path in columns.items()]
            lines += self._comments(at)
        for at in self.unknown:
            if at and at not in self.blocks and self.unknown[at]:
                lines += ["", f"# {_line(at)}", *self._comments(at)]
        return "\n".join(lines) + "\n"

    def _comments(self, at: str) -> Iterator[str]:
        for header, near in self.unknown.get(at, []):
            yield f"# {_quoted(header)} = {_quoted(near[0] if near else '')}" + (
                f"  # {', '.join(near[1:])}" if near[1:] else ""
            )


def propose(office: Office, workbook: FilePath, table: str) -> Proposal:
    """Guesses which field stands where.

    Parameters:
        table: the register, such as `training.session`.

    Raises:
        SheetError: the workbook cannot be read.
        KeyError: no such register.
    """
    from .. import sheets

    found = sheets.inspect(workbook)
    declaration = office.declarations[table]
    proposal = Proposal(workbook, declaration)
    own = words_of(office, declaration)
    inside = {one.name: _words_inside(office, one) for one in declaration.fields if isinstance(one.kind, RowsKind)}
    for at, headers in _blocks(found):
        taken = [header for header in map(_line, headers) if not sheets.check(workbook, [], [(at, [header])])]
        each, (columns, unknown) = _best_reading(taken, declaration, own, inside)
        # One word in common is chance.
        if len(columns) > 1 and _fills(workbook, at, list(columns)):
            proposal.blocks[at] = columns
            proposal.each[at] = each
        else:
            unknown = [(header, [path]) for header, path in columns.items()] + unknown
        proposal.unknown[at] = unknown
    _cells(proposal, found, own)
    return proposal


def _fills(workbook: FilePath, at: str, columns: list[str]) -> bool:
    """Whether a row can be written there; tried, as merged cells and the like show only then."""
    from .. import sheets

    with TemporaryDirectory(prefix="intarsi-") as folder:
        try:
            sheets.fill(
                workbook, FilePath(folder) / workbook.name, {}, [sheets.Block(at, columns, [("x",) * len(columns)])]
            )
        except sheets.SheetError:
            return False
    return True


Reading = tuple[dict[str, str], list[tuple[str, list[str]]]]


def _best_reading(
    headers: list[str], declaration: Declaration, own: Words, inside: Mapping[str, Words]
) -> tuple[str, Reading]:
    """Whether a row is a record, or one of the rows inside it: whichever explains more of the headers."""
    readings = {"": _read(headers, declaration, own)}
    for each, words in inside.items():
        reading = _read(headers, declaration, {**own, **words}, each)
        if sum(path.startswith(f"{each}.") for path in reading[0].values()) > 1:
            readings[each] = reading

    def explained(each: str) -> float:
        """What lies beyond a link has so many labels that some always fit."""
        paths = (path.removeprefix(f"{each}.") if each else path for path in readings[each][0].values())
        return sum(0.4 if "." in path and "(" not in path else 1.0 for path in paths)

    each = max(readings, key=explained)
    return each, readings[each]


def _read(headers: list[str], declaration: Declaration, words: Words, each: str = "") -> Reading:
    columns: dict[str, str] = {}
    unknown: list[tuple[str, list[str]]] = []
    for header in headers:
        left = {path: called for path, called in words.items() if path not in columns.values()}
        path, near = _meant(header, declaration, left, each)
        if path and path not in columns.values() and header not in columns:
            columns[header] = path
        else:
            unknown.append((header, near))
    return columns, unknown


def _meant(header: str, declaration: Declaration, words: Words, each: str) -> tuple[str, list[str]]:
    several = {
        one.name: [one.label.it, one.label.en]
        for one in declaration.fields
        if one.kind.name in ("links", "rows", "choices") and one.name != each
    }
    path, near, sure = best(header, {path.replace(f"{each}.", "", 1) if each else path: c for path, c in words.items()})
    path = next((one for one in words if path and one in (path, f"{each}.{path}")), "")
    if sure < 1 and (rest := counted(header)):
        own = path and path not in several and not set(".#(") & set(path)
        if not own and best(rest, {"number": [declaration.label.it, declaration.label.en]})[0]:
            return "number", near
        if many := best(rest, several)[0]:
            return f"count({many})", near
    return (path, near) if path not in several or each else ("", near)


def _words_inside(office: Office, rows: Field) -> Words:
    """What the columns of a table inside the record are called."""
    assert isinstance(rows.kind, RowsKind)
    return {f"{rows.name}.{path}": called for path, called in words_of(office, rows.kind.declaration).items()}


def words_of(office: Office, declaration: Declaration) -> Words:
    """What the fields of a record are called, and those of the records that it links to; its own first."""
    words: Words = {}
    for one in sorted(declaration.fields, key=lambda one: one.envelope):
        if one.kind.name not in NOT_SHOWN and one.exported:
            words[one.name] = [one.label.it, one.label.en, one.name.replace("_", " "), *ALSO.get(one.name, [])]
        if one.kind.name in CODED:
            istat = ["codice ISTAT"] if one.kind.name == "municipality" else []
            words[f"{one.name}#code"] = [f"codice {one.label.it}", f"{one.label.en} code", *istat]
    for link in declaration.links:
        if link.kind.name != "link":
            continue
        target = office.declarations.get(str(link.kind.params["to"]))
        for one in target.own if target else ():
            if one.kind.name in NOT_SHOWN or not one.exported:
                continue
            for label, whose in ((one.label.it, link.label.it), (one.label.en, link.label.en)):
                words.setdefault(f"{link.name}.{one.name}", []).extend((f"{label} {whose}", label))
    return words


def _blocks(found: "WorkbookDescription") -> Iterator[tuple[str, list[str]]]:
    """Where repeating rows may begin, and their headers: tables, named ranges, what stands under a header row."""
    from ..sheets.address import address, parse_range, split_sheet

    ranges = {}
    for name in found.names:
        sheet, rest = split_sheet(name.cells or "")
        area = parse_range(rest)
        if sheet and area and not area.is_cell:
            ranges[sheet, area.top] = name.name
    for table in found.tables:
        yield table.name, [column for column in table.columns if column not in table.formula_columns]
    with_table = {table.sheet for table in found.tables}
    for one in found.sheets:
        if one.state == "visible" and one.header_row and one.name not in with_table:
            first = one.header_row + 1
            yield ranges.get((one.name, first)) or address(one.name, first, one.header_column), one.headers


def _cells(proposal: Proposal, found: "WorkbookDescription", words: Words) -> None:
    """Placeholders and names of single cells: the project's values, and the record's when there are no rows."""
    from .. import sheets

    called = dict(FACT_WORDS)
    if not proposal.blocks:
        record = proposal.declaration.record
        called = {f"{record}.{path}": one for path, one in words.items()} | called
    for place, word in _places(found):
        if place in proposal.blocks:
            continue
        path, near, _ = best(word, called)
        if path and not sheets.check(proposal.workbook, [place]):
            proposal.cells[place] = path
        else:
            proposal.unknown.setdefault("", []).append((place, near))


def _places(found: "WorkbookDescription") -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for one in found.placeholders:
        if one.placeholder not in seen:
            seen.add(one.placeholder)
            yield one.placeholder, one.placeholder.strip("{}").replace("_", " ")
    for name in found.names:
        if name.cells and ":" not in name.cells and name.sheet is None:
            yield name.name, name.name.replace("_", " ")


def _line(text: str) -> str:
    """A header on one line; nothing in it can end a comment or a string."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
