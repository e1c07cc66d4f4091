"""Templates as offices get them: made by openpyxl, then given what only Excel writes."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn

Edits = Mapping[str, Callable[[bytes], bytes] | bytes | None]
Rebuild = Callable[..., Path]

_SST_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_CHAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_X14 = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Elenchi!$A$1:$A$3</xm:f></x14:formula1>'
    "<xm:sqref>B8:B12</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)


def _rebuild(source: Path, target: Path, edits: Edits, first: tuple[str, ...] = ()) -> Path:
    """Copy a zip with parts edited, added, or (None) removed; `first` names the parts to put in front."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = [*first, *(n for n in [*old.namelist(), *edits] if n not in first)]
        for name in dict.fromkeys(names):
            edit = edits.get(name, lambda data: data)
            if edit is None:
                continue
            data = edit(old.read(name)) if callable(edit) else edit
            new.writestr(zipfile.ZipInfo(name, (2020, 1, 10, 8, 30, 0)), data, zipfile.ZIP_DEFLATED)
    return target


def _as_excel(source: Path, target: Path) -> Path:
    """What Excel would have saved: shared strings, a calculation chain, cached values, row spans."""
    strings: list[bytes] = []
    chain = ""

    def shared(match: re.Match[bytes]) -> bytes:
        strings.append(b"<si>" + match[1] + b"</si>")
        return b't="s"><v>%d</v></c>' % (len(strings) - 1)

    edits: dict[str, Callable[[bytes], bytes] | bytes | None] = {}
    with zipfile.ZipFile(source) as old:
        sheets = sorted(name for name in old.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        for number, name in enumerate(sheets, 1):
            data = re.sub(rb't="inlineStr"><is>(.*?)</is></c>', shared, old.read(name), flags=re.DOTALL)
            chain += "".join(f'<c r="{r.decode()}" i="{number}"/>' for r in re.findall(rb'<c r="(\w+)"[^>]*><f', data))
            data = re.sub(rb"</f><v ?/?>(</v>)?", b"</f><v>0</v>", data)
            edits[name] = re.sub(rb'<row r="(\d+)"', rb'<row r="\1" spans="1:6"', data)
    count = len(strings)
    head = f'<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">'.encode()
    edits["xl/sharedStrings.xml"] = head + b"".join(strings) + b"</sst>"
    edits["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}">{chain}</calcChain>'.encode()
    edits["xl/_rels/workbook.xml.rels"] = lambda data: data.replace(
        b"</Relationships>",
        f'<Relationship Id="rId98" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId99" Type="{_RELATIONS}/calcChain" Target="calcChain.xml"/></Relationships>'.encode(),
    )
    edits["xl/workbook.xml"] = lambda data: data.replace(b' fullCalcOnLoad="1"', b"")
    edits["[Content_Types].xml"] = lambda data: data.replace(
        b"</Types>",
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SST_TYPE}"/>'
        f'<Override PartName="/xl/calcChain.xml" ContentType="{_CHAIN_TYPE}"/></Types>'.encode(),
    )
    return _rebuild(source, target, edits, first=("[Content_Types].xml", "_rels/.rels"))


def _register() -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Foglio 1"
    sheet.merge_cells("A1:F1")
    sheet["A1"] = "Registro degli interventi"
    sheet["A2"], sheet["D2"] = "Ente", "Referente: {{Referente}} ({{anno}})"
    sheet["A3"], sheet["B3"] = "Trimestre", "{{trimestre}}"
    sheet["A4"] = "CUP"
    sheet["B4"].number_format = "@"
    box = Border(*[Side(style="thin")] * 4)
    for column, text in zip("ABCDE", ("Data", "Attività", "Ore\nsvolte", "Costo €", "Totale"), strict=True):
        sheet[f"{column}7"], sheet[f"{column}7"].font = text, Font(bold=True)
    for row in range(8, 13):
        for column in "ABCDE":
            sheet[f"{column}{row}"].border = box
        sheet[f"A{row}"].number_format = "dd/mm/yyyy"
        sheet[f"E{row}"] = f"=C{row}*D{row}"
    sheet["A13"], sheet["A13"].border = "Totale", box
    sheet["C13"], sheet["E13"] = "=SUM(C8:C12)", "=SUM(E8:E12)"
    yes_no = DataValidation(type="list", formula1='"Sì,No"')
    yes_no.add("B5")
    sheet.add_data_validation(yes_no)
    sheet.conditional_formatting.add("C8:C12", CellIsRule(operator="greaterThan", formula=["8"], font=Font(bold=True)))
    sheet.print_area = "A1:F13"
    sheet.protection.sheet = True

    people = book.create_sheet("Corsi d'italiano")
    people.append(["Nome", "Età", "Doppio"])
    for row in range(2, 7):
        people.append(["esempio", 99, f"=B{row}*2"])
    people["A7"], people["B7"] = "Totale", "=SUBTOTAL(109,Iscritti[Età])"
    table = Table(displayName="Iscritti", ref="A1:C7", totalsRowCount=1)
    table._initialise_columns()
    for column, name in zip(table.tableColumns, ("Nome", "Età", "Doppio"), strict=True):
        assert isinstance(column, TableColumn)
        column.name = name
    table.tableColumns[0].totalsRowLabel = "Totale"
    table.tableColumns[1].totalsRowFunction = "sum"
    assert table.autoFilter is not None
    table.autoFilter.ref = "A1:C6"
    people.add_table(table)

    lists = book.create_sheet("Elenchi")
    for text in ("Mediazione", "Corso", "Evento"):
        lists.append([text])
    lists["C2"], lists["D1"] = "Partner", "Quota"
    summary = book.create_sheet("Sintesi")
    summary["A1"], summary["B1"] = "Ore", "='Foglio 1'!C13"
    summary["A2"], summary["B2"] = "Età", "=SUM(Iscritti[Età])"
    summary["A3"], summary["B3"] = "Di nuovo", "=B1*2"
    chart = BarChart()
    chart.add_data(Reference(people, min_col=2, min_row=1, max_row=6), titles_from_data=True)
    summary.add_chart(chart, "D4")
    book.create_sheet("Note")["A1"] = "=1+1"
    book.defined_names["ente"] = DefinedName("ente", attr_text="'Foglio 1'!$B$2")
    book.defined_names["quote"] = DefinedName("quote", attr_text="Elenchi!$C$3:$D$6")
    book.defined_names["costante"] = DefinedName("costante", attr_text="42")
    return book


@pytest.fixture(scope="session")
def _register_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("register")
    _register().save(folder / "plain.xlsx")
    excel = _as_excel(folder / "plain.xlsx", folder / "excel.xlsx")
    sheet = "xl/worksheets/sheet1.xml"
    return _rebuild(
        excel, folder / "registro.xlsx", {sheet: lambda d: d.replace(b"</worksheet>", f"{_X14}</worksheet>".encode())}
    )


@pytest.fixture
def register(_register_file: Path, tmp_path: Path) -> Path:
    """A register: a block of five drawn rows, a table with totals, names, placeholders, lists, a chart."""
    path = tmp_path / "registro.xlsx"
    path.write_bytes(_register_file.read_bytes())
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.xlsx"


@pytest.fixture
def rebuild(tmp_path: Path) -> Rebuild:
    """Copy a workbook with parts edited, added or removed."""

    def build(source: Path, edits: Edits, name: str = "edited.xlsx") -> Path:
        return _rebuild(source, tmp_path / name, edits)

    return build


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """A workbook of one or more sheets from raw sheetData, for what no library writes."""

    def build(*bodies: str, name: str = "made.xlsx", excel: bool = True, **values: object) -> Path:
        book = Workbook()
        assert book.active is not None
        book.active.title = "Uno"
        for number in range(2, len(bodies) + 1):
            book.create_sheet(f"S{number}")
        book.active["A1"] = "da sostituire"
        plain = tmp_path / f"plain-{name}"
        book.save(plain)
        source = _as_excel(plain, tmp_path / f"excel-{name}") if excel else plain

        def body(text: str) -> Callable[[bytes], bytes]:
            return lambda data: re.sub(
                rb"<sheetData ?/>|<sheetData>.*</sheetData>", lambda _: text.encode(), data, flags=re.DOTALL
            )

        edits = {f"xl/worksheets/sheet{n}.xml": body(text) for n, text in enumerate(bodies, 1)}
        return _rebuild(source, tmp_path / name, edits)

    return build


@pytest.fixture
def content() -> Callable[[Path, str], str]:
    """One part of a workbook, as text."""

    def read(path: Path, part: str) -> str:
        with zipfile.ZipFile(path) as package:
            return package.read(part).decode()

    return read


@pytest.fixture
def raw_entries() -> Callable[[Path], dict[str, bytes]]:
    """The entries of a zip in their order, each as its bytes in the file: local header, name, extra, packed data."""

    def read(path: Path) -> dict[str, bytes]:
        data = path.read_bytes()
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
        starts = [*(info.header_offset for info in infos), data.index(b"PK\x01\x02")]
        return {info.filename: data[a:b] for info, a, b in zip(infos, starts[:-1], starts[1:], strict=True)}

    return read


@pytest.fixture
def opened() -> Callable[[Path], Workbook]:
    """A workbook as openpyxl, the independent reader, sees it."""

    def load(path: Path) -> Workbook:
        with warnings.catch_warnings():
            # It warns about the extensions that it would lose on saving.
            warnings.simplefilter("ignore")
            return load_workbook(path)

    return load
