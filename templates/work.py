"""Workbooks about hours: the year's hours of each mediator, by month, language and school."""

from drawing import COUNT, DAY, HOURS, SUM, TEXT, TIME, Look, dropdown, italian, lists, logo, page
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_mediation import choices as mediation

# Hours without the zeros of months that have none.
SHOWN = "[h]:mm;;"
MONTH = "mmm yy"
ANYTHING = '"?*"'
MONTHS = "CDEFGHIJKLMN"


def mediator_hours() -> Workbook:
    """A personnel office's count: interventions in a table, SUMIFS by month over them, everything but the table locked."""
    look, rows, top = Look("Franklin Gothic Book", 10, "A04000", "FDF2E9"), 18, 8
    columns = [
        ("N. intervento", 13, TEXT, "center"), ("Giorno", 12, DAY, "center"), ("Codice", 11, TEXT, "center"),
        ("Mediatore", 28, TEXT, "left"), ("Ente", 30, TEXT, "left"), ("Servizio", 30, TEXT, "left"), ("Cod. lingua", 9, TEXT, "center"), ("Lingua", 17, TEXT, "left"),
        ("Cod. scuola", 14, TEXT, "center"), ("Scuola", 38, TEXT, "left"), ("Dalle", 8, TIME, "center"),
        ("Alle", 8, TIME, "center"), ("Ore", 9, HOURS, "center"),
    ]  # fmt: skip
    book = Workbook()
    summary = book.active
    summary.title = "Riepilogo"
    sheet = book.create_sheet("Interventi")
    sheet.row_dimensions[1].height, sheet.row_dimensions[7].height = 30, 26
    look.banner(sheet, "A1:M1", "Interventi svolti", size=20, bold=True, colour=look.colour)
    for area in ("C3:E3", "C4:E4", "I3:M3", "I4:M4"):
        sheet.merge_cells(area)
    look.pairs(sheet, 3, ("A", "Progetto", "C"), ("H", "Partner", "I"))
    look.pairs(sheet, 4, ("A", "CUP", "C"), ("H", "Periodo", "I"))
    look.banner(sheet, "A5:M5", italic=True, size=9)
    look.header(sheet, top - 1, columns)
    look.drawn(sheet, top, rows, columns, 20, "DEFHJ")
    for row in range(top, top + rows):
        for column in range(1, len(columns) + 1):
            sheet.cell(row, column).protection = Protection(locked=False)
    totals = {"Giorno": ("countNums", 102, "0"), "Mediatore": ("count", COUNT, "0"), "Ore": ("sum", SUM, HOURS)}
    look.table(sheet, "TabOre", top, rows, columns, totals, "TableStyleMedium3")
    end = top + rows
    places = lists(book, {"Servizio": italian(mediation.SERVICES)}, look)
    dropdown(sheet, f"F{top}:F{end - 1}", places["Servizio"])
    sheet.conditional_formatting.add(f"M{top}:M{end - 1}", DataBarRule("num", 0, "num", 0.25, color="F0B27A"))
    sheet.freeze_panes = f"A{top}"
    page(sheet, f"A1:M{end}", f"{top - 1}:{top - 1}", footer="Ore di mediazione – interventi")
    _hours_summary(summary, look)
    for one in (summary, sheet):
        one.protection.sheet = True
        one.protection.autoFilter = one.protection.sort = one.protection.formatColumns = False
    return book


def _hours_summary(sheet: Worksheet, look: Look) -> None:
    """January to December of the period's year, whatever the period: a quarter fills its three columns."""
    for column, width in zip("ABCDEFGHIJKLMNO", (12, 30, *[8.5] * 12, 10), strict=True):
        sheet.column_dimensions[column].width = width
    for row, height in ((1, 54), (2, 30), (3, 18)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("PERSONALE", look.colour, "ring", (200, 58)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "steps", (150, 58)), "L1")
    look.banner(sheet, "A2:O2", "ORE MENSILI DI MEDIAZIONE", size=22, bold=True, at="center", colour=look.colour)
    look.banner(sheet, "A3:O3", italic=True, at="center")
    for row in (5, 6, 7):
        sheet.row_dimensions[row].height = 19
        sheet.merge_cells(f"B{row}:F{row}")
        sheet.merge_cells(f"J{row}:O{row}")
        for column in "CDEFKLMNO":
            sheet[f"{column}{row}"].border = look.under
    look.pairs(sheet, 5, ("A", "Progetto", "B"), ("H", "Partner", "J"))
    look.pairs(sheet, 6, ("A", "PROG", "B"), ("H", "Periodo", "J"))
    look.pairs(sheet, 7, ("A", "CUP", "B"), ("H", "Compilato il", "J"))
    look.pairs(sheet, 8, ("A", "Anno dal", "B"))
    sheet["B8"].number_format = sheet["J7"].number_format = DAY
    total = row = _matrix(sheet, look, 10, "Mediatore", "Codice", 20)
    look.text(sheet[f"A{total + 2}"], "In ore e decimi", size=8, italic=True)
    for column in MONTHS:
        cell = look.text(sheet[f"{column}{total + 2}"], f"={column}{total}*24", size=8, at="center", italic=True)
        cell.number_format = "0.0;;"
    sheet.row_breaks.append(Break(row + 2))
    row = _matrix(sheet, look, row + 3, "Lingua", "Cod. lingua", 16)
    row = _matrix(sheet, look, row + 2, "Scuola", "Cod. scuola", 19)
    sheet.row_breaks.append(Break(row + 1))
    bars = BarChart()
    bars.type, bars.legend, bars.title, bars.height, bars.width = "col", None, "Ore al mese", 9, 26
    bars.add_data(Reference(sheet, min_col=3, max_col=14, min_row=total + 2), from_rows=True)
    bars.set_categories(Reference(sheet, min_col=3, max_col=14, min_row=11))
    bars.series[0].graphicalProperties.solidFill = look.colour
    bars.x_axis.delete = bars.y_axis.delete = False
    bars.x_axis.number_format, bars.y_axis.number_format = MONTH, "0"
    sheet.add_chart(bars, f"A{row + 3}")
    look.signatures(
        sheet, row + 23, ("A:B", "Il coordinatore dei mediatori"), ("E:I", "Il responsabile del personale"), ("K:O", "Luogo e data")
    )  # fmt: skip
    page(sheet, f"A1:O{row + 23}", footer="Ore mensili di mediazione")
    sheet.freeze_panes = "C12"


def _matrix(sheet: Worksheet, look: Look, top: int, name: str, key: str, count: int) -> int:
    """Hours by month of every value of the column `key`, in order of appearance; returns the row of the totals.

    Codes are counted, not names: a name may look like a criterion of SUMIFS. New keys are found by an array formula, which
    Excel before 2021 knows too.
    """
    first, last = top + 2, top + 1 + count
    look.banner(sheet, f"A{top}:O{top}", f"Per {name.lower()}", bold=True, size=13, colour=look.colour)
    months = [("", 8.5, SHOWN, "center")] * len(MONTHS)
    heads = [(key, 12, TEXT, "left"), (name, 30, TEXT, "left"), *months, ("Totale", 10, SHOWN, "center")]
    look.header(sheet, top + 1, heads)
    sheet.row_dimensions[top].height = 20
    look.drawn(sheet, first, count + 1, heads, 17, "B")
    for number, column in enumerate(MONTHS, 1):
        sheet[f"{column}{top + 1}"] = f"=DATE(YEAR($B$8),{number},1)"
        sheet[f"{column}{top + 1}"].number_format = MONTH
    for row in range(first, last + 1):
        above = f"A${first - 1}:A{row - 1}"
        found = f'MATCH(1,(TabOre[{key}]<>"")*(COUNTIF({above},TabOre[{key}])=0),0)'
        sheet[f"A{row}"] = ArrayFormula(f"A{row}", f'=IFERROR(INDEX(TabOre[{key}],{found}),"")')
        sheet[f"B{row}"] = f'=IF($A{row}="","",INDEX(TabOre[{name}],MATCH($A{row},TabOre[{key}],0)))'
        for column in MONTHS:
            sheet[f"{column}{row}"] = f'=IF($A{row}="","",{_hours(key, f"$A{row}", column, top + 1)})'
        sheet[f"O{row}"] = f'=IF($A{row}="","",SUM(C{row}:N{row}))'
        sheet[f"O{row}"].font = Font(look.font, look.size, bold=True)
    total = last + 1
    look.text(sheet[f"A{total}"], "Totale", bold=True)
    for column in (*"AB", *MONTHS, "O"):
        sheet[f"{column}{total}"].fill = PatternFill("solid", fgColor=look.band)
    # Of the table, not of the rows above: more values than rows would go unnoticed.
    for column in MONTHS:
        cell = look.text(sheet[f"{column}{total}"], f"={_hours(key, ANYTHING, column, top + 1)}", bold=True)
        cell.number_format, cell.alignment = SHOWN, Alignment(horizontal="center")
    cell = look.text(sheet[f"O{total}"], f"=SUM(C{total}:N{total})", bold=True, at="center")
    cell.number_format = SHOWN
    missing = (
        f'IF(ROUND(SUM(O{first}:O{last})-O{total},6)<0,"Il quadro è pieno: le altre righe sono solo nel totale","")'
    )
    look.text(sheet[f"A{total + 1}"], f"={missing}", size=8, bold=True, colour="B03A2E")
    much = FormulaRule([f"AND(ISNUMBER(C{first}),C{first}>40/24)"], font=Font(bold=True, color="B03A2E"))
    sheet.conditional_formatting.add(f"C{first}:N{last}", much)
    return total


def _hours(key: str, wanted: str, column: str, header: int) -> str:
    """SUMIFS of the hours whose column `key` is as wanted, in the month that stands in the header of `column`."""
    month = f"{column}${header}"
    return f'SUMIFS(TabOre[Ore],TabOre[{key}],{wanted},TabOre[Giorno],">="&{month},TabOre[Giorno],"<"&EDATE({month},1))'
