"""The sheets engine beside openpyxl, XlsxWriter and wolfxl, as ratios of CPU time within one run, and the memory it takes.
Machines are shared and noisy: a missed goal is printed, and only one missed by more than a third exits 1.

python benchmarks/sheets.py
python benchmarks/sheets.py --small     under 20 seconds
"""

import datetime
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

HEADERS = ["Codice", "Nome", "Comune", "Tipo", "Nota", "N.", "Età", "Costo", "Ore", "Giorno", "Inizio", "Presente"]
TOWNS = ["Rimini", "Ravenna", "Forlì", "Cesena", "Bologna", "Modena"]
KINDS = ["Mediazione", "Corso", "Evento", "Colloquio"]


class Sizes(NamedTuple):
    """How often, and how many rows to fill, to stream and to read."""

    rounds: int
    rows: int
    many: int
    read: int


FULL, SMALL = Sizes(5, 20_000, 400_000, 100_000), Sizes(2, 5_000, 50_000, 20_000)
# By case, the package it needs.
OPTIONAL = {"fill_fast": "zlib_ng", "bare_fast": "zlib_ng", "fill_wolfxl": "wolfxl"}
RATIOS = [
    ("fill a template / openpyxl", "fill_openpyxl", "fill", 10.0),
    ("fill a template with zlib-ng / openpyxl", "fill_openpyxl", "fill_fast", 15.0),
    ("fill a template / wolfxl", "fill_wolfxl", "fill", 1.0),
    ("fill drawn rows again / openpyxl", "refill_openpyxl", "refill", 2.0),
    ("fill a bare sheet / XlsxWriter constant_memory", "bare_xlsxwriter", "bare", 4.0),
    ("fill a bare sheet with zlib-ng / XlsxWriter", "bare_xlsxwriter", "bare_fast", 7.0),
    ("read rows / openpyxl read_only", "read_openpyxl", "read", 6.0),
]


def main(sizes: Sizes) -> int:
    spent: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_template(folder / "template.xlsx")
        make_bare(folder / "bare.xlsx")
        run("write_many", folder, sizes.read)
        for case, module in OPTIONAL.items():
            if not find_spec(module):
                print(f"{case} is left out: {module} is not installed")
        for turn in range(sizes.rounds):
            # Interleaved, so that a busy machine is busy for all.
            for case in dict.fromkeys(case for _, other, own, _ in RATIOS for case in (other, own)):
                slow = case.startswith(("read", "refill")) or case == "fill_wolfxl"
                if find_spec(OPTIONAL.get(case, "intarsi_tui")) and not (slow and turn):
                    count = sizes.read if case.startswith("read") else sizes.rows
                    spent[case] = min(spent.get(case, math.inf), run(case, folder, count)[0])
        small, large = (run("stream", folder, count)[1] for count in (sizes.rows, sizes.many))
    failed = False
    print(f"{'what':56}{'measured':>10}{'goal':>10}")
    for what, other, own, goal in RATIOS:
        if other in spent and own in spent:
            ratio = spent[other] / spent[own]
            failed |= ratio < goal * 2 / 3
            print(f"{what:56}{ratio:>9.1f}×{f'≥ {goal:g}×':>10}{'' if ratio >= goal else '  missed'}")
    growth = large - small
    memory = f"memory at {sizes.many:,} streamed rows, MB"
    print(f"{memory:56}{large:>10.0f}{'≤ 80':>10}{'' if large <= 80 else '  missed'}")
    print(f"{f'  more than at {sizes.rows:,}, MB':56}{growth:>10.1f}{'< 20':>10}{'' if growth < 20 else '  missed'}")
    return int(failed or growth > 20 * 4 / 3)


def run(case: str, folder: Path, count: int) -> tuple[float, float]:
    """One case in a process of its own: CPU seconds, without imports and the making of rows, and the most memory in MB."""
    command = [sys.executable, __file__, case, str(folder), str(count)]
    seconds, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(memory)


def one(case: str, folder: Path, count: int) -> None:
    if not case.endswith("_fast"):
        sys.modules["zlib_ng"] = None  # type: ignore[assignment]
    work: Callable[[], object] = globals()[f"case_{case.removesuffix('_fast')}"](folder, count)
    began = time.process_time()
    work()
    spent = time.process_time() - began
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Invented records: five texts of which one is blank in a fifth of them, numbers, amounts, days, moments, yes or no."""
    number = random.Random(7)
    day, start = datetime.date(2020, 1, 10), datetime.datetime(2020, 1, 10, 9)
    for n in range(count):
        yield (
            f"RN-2021-{n:06}",
            f"Persona {number.randrange(5000)}",
            number.choice(TOWNS),
            number.choice(KINDS),
            None if n % 5 == 0 else f"appunto {number.randrange(2000)} del registro",
            n,
            number.randrange(90),
            Decimal(number.randrange(100_000)) / 100,
            number.randrange(32) / 4,
            day + datetime.timedelta(days=n % 800),
            start + datetime.timedelta(minutes=15 * n),
            n % 3 == 0,
        )


def case_fill(folder: Path, count: int) -> Callable[[], object]:
    from intarsi_tui.sheets import Block, fill

    made = list(rows(count))
    fill(folder / "template.xlsx", folder / "warm.xlsx", blocks=[Block("Registro", HEADERS, made[:3])])
    block = Block("Registro", HEADERS, made)
    return lambda: fill(folder / "template.xlsx", folder / "filled.xlsx", {"ente": "Ente inventato"}, [block])


def case_fill_openpyxl(folder: Path, count: int) -> Callable[[], object]:
    from openpyxl import load_workbook

    made = list(rows(count))

    def work() -> None:
        book = load_workbook(folder / "template.xlsx")
        sheet = book["Dati"]
        # Formats only; that totals row, table, rules and chart stay behind is its own affair.
        formats = [sheet.cell(6, column)._style for column in range(1, len(HEADERS) + 1)]
        for row, line in enumerate(made, 6):
            for column, value in enumerate(line, 1):
                cell = sheet.cell(row, column, value)
                cell._style = formats[column - 1]
        book.save(folder / "openpyxl.xlsx")

    return work


def case_refill(folder: Path, count: int) -> Callable[[], object]:
    from intarsi_tui.sheets import Block, fill

    made = list(rows(count))
    fill(folder / "template.xlsx", folder / "drawn.xlsx", blocks=[Block("Registro", HEADERS, made)])
    block = Block("Registro", HEADERS, made[::-1])
    return lambda: fill(folder / "drawn.xlsx", folder / "filled.xlsx", blocks=[block])


def case_refill_openpyxl(folder: Path, count: int) -> Callable[[], object]:
    from openpyxl import load_workbook

    made = list(rows(count))[::-1]
    case_refill(folder, count)

    def work() -> None:
        book = load_workbook(folder / "drawn.xlsx")
        for row, line in enumerate(made, 6):
            for column, value in enumerate(line, 1):
                book["Dati"].cell(row, column).value = value
        book.save(folder / "openpyxl.xlsx")

    return work


def case_fill_wolfxl(folder: Path, count: int) -> Callable[[], object]:
    import wolfxl

    made = list(rows(count))

    def work() -> None:
        book = wolfxl.load_workbook(folder / "template.xlsx", modify=True)
        sheet = book["Dati"]
        for row, line in enumerate(made, 6):
            for column, value in enumerate(line, 1):
                sheet.cell(row, column).value = value
        book.save(folder / "wolfxl.xlsx")

    return work


def case_bare(folder: Path, count: int) -> Callable[[], object]:
    from intarsi_tui.sheets import Block, fill

    made = list(rows(count))
    fill(folder / "bare.xlsx", folder / "warm.xlsx", blocks=[Block("A2", HEADERS, made[:3])])
    return lambda: fill(folder / "bare.xlsx", folder / "filled.xlsx", blocks=[Block("A2", HEADERS, made)])


def case_bare_xlsxwriter(folder: Path, count: int) -> Callable[[], object]:
    import xlsxwriter

    made = list(rows(count))

    def work() -> None:
        with xlsxwriter.Workbook(str(folder / "xlsxwriter.xlsx"), {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Dati")
            day, moment = book.add_format({"num_format": 14}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
            sheet.set_column(9, 9, 11, day)
            sheet.set_column(10, 10, 16, moment)
            sheet.write_row(0, 0, HEADERS)
            for row, line in enumerate(made, 1):
                sheet.write_row(row, 0, line)

    return work


def case_stream(folder: Path, count: int) -> Callable[[], object]:
    from intarsi_tui.sheets import Block, fill

    return lambda: fill(
        folder / "template.xlsx", folder / "filled.xlsx", blocks=[Block("Registro", HEADERS, rows(count))]
    )


def case_write_many(folder: Path, count: int) -> Callable[[], object]:
    from intarsi_tui.sheets import Block, fill

    return lambda: fill(folder / "bare.xlsx", folder / "many.xlsx", blocks=[Block("A2", HEADERS, rows(count))])


def case_read(folder: Path, count: int) -> Callable[[], object]:
    from intarsi_tui.sheets import read_rows

    def work() -> None:
        _, lines = read_rows(folder / "many.xlsx")
        assert sum(1 for _ in lines) == count + 1

    return work


def case_read_openpyxl(folder: Path, count: int) -> Callable[[], object]:
    from openpyxl import load_workbook

    def work() -> None:
        sheet = load_workbook(folder / "many.xlsx", read_only=True).worksheets[0]
        assert sum(1 for _ in sheet.iter_rows(values_only=True)) == count + 1

    return work


def make_bare(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Dati"
    sheet.append(HEADERS)
    sheet["J2"].number_format, sheet["K2"].number_format = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
    book.save(path)


def make_template(path: Path) -> None:
    """What a partner sends: logo, merged title, dropdowns, rules, a table with totals, a chart, a print area, protection."""
    from openpyxl import Workbook
    from openpyxl.chart import BarChart, Reference
    from openpyxl.drawing.image import Image
    from openpyxl.formatting.rule import CellIsRule, DataBarRule
    from openpyxl.styles import Border, Font, PatternFill, Side
    from openpyxl.workbook.defined_name import DefinedName
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.table import Table
    from PIL import Image as Picture

    book = Workbook()
    sheet = book.active
    sheet.title = "Dati"
    Picture.new("RGB", (120, 60), "navy").save(path.with_suffix(".png"))
    sheet.add_image(Image(path.with_suffix(".png")), "J1")
    sheet.merge_cells("A1:H2")
    sheet["A1"], sheet["A3"] = "Registro degli interventi", "Ente"
    for column, header in enumerate(HEADERS, 1):
        sheet.cell(5, column, header).font = Font(bold=True)
        sheet.cell(6, column).border = Border(*[Side(style="thin")] * 4)
    for letter, code in {"H": "#,##0.00", "I": "0.00", "J": "dd/mm/yyyy", "K": "dd/mm/yyyy hh:mm"}.items():
        sheet[f"{letter}6"].number_format = code
    sheet["A7"], sheet["H7"] = "Totale", "=SUBTOTAL(109,Registro[Costo])"
    table = Table(displayName="Registro", ref="A5:L7", totalsRowCount=1)
    table._initialise_columns()
    for found, header in zip(table.tableColumns, HEADERS, strict=True):
        found.name = header
    table.tableColumns[0].totalsRowLabel, table.tableColumns[7].totalsRowFunction = "Totale", "sum"
    table.autoFilter.ref = "A5:L6"
    sheet.add_table(table)
    lists = book.create_sheet("Elenchi")
    for number, town in enumerate(TOWNS, 1):
        lists.cell(number, 1, town)
    for cells, source in (("C6", "Elenchi!$A$1:$A$6"), ("D6", f'"{",".join(KINDS)}"')):
        rule = DataValidation(type="list", formula1=source)
        rule.add(cells)
        sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("I6", DataBarRule("num", 0, "num", 8, "638EC6"))
    red = PatternFill(bgColor="FFC7CE")
    sheet.conditional_formatting.add("H6", CellIsRule(operator="greaterThan", formula=["900"], fill=red))
    chart = BarChart()
    chart.add_data(Reference(sheet, range_string="Dati!$I$5:$I$6"), titles_from_data=True)
    summary = book.create_sheet("Sintesi")
    summary["A1"], summary["B1"] = "Costo", "=SUM(Dati!H6:H6)"
    summary.add_chart(chart, "D2")
    sheet.print_area, sheet.print_title_rows, sheet.freeze_panes = "A1:L7", "5:5", "A6"
    sheet.protection.sheet = True
    book.defined_names["ente"] = DefinedName("ente", attr_text="Dati!$B$3")
    book.save(path)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.path.insert(0, os.fspath(Path(__file__).parents[1]))
        one(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main(SMALL if "--small" in sys.argv else FULL))
