"""The timesheet of one person and month, as a macro workbook: data on one sheet, the form to sign on the other."""

from drawing import DAY, HOURS, TEXT, Look, dropdown, italian, lists, logo, page
from macro import with_macros
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_registry import choices as registry

SHOWN = "[h]:mm;;"
FIRST, DAYS = 19, 31
PACKAGES = ("WP0", "WP1", "WP2", "WP3", "WP4", "WP5")

MACROS = {
    "Stampa": """Option Explicit

' Anteprima del foglio da firmare; i dati non si stampano.
Public Sub StampaFoglioOre()
    Worksheets("Foglio ore").PrintPreview
End Sub

' Una copia in PDF accanto alla cartella di lavoro.
Public Sub SalvaPdf()
    Dim nome As String
    nome = ThisWorkbook.FullName
    nome = Left$(nome, InStrRev(nome, ".")) & "pdf"
    Worksheets("Foglio ore").ExportAsFixedFormat Type:=xlTypePDF, Filename:=nome
    MsgBox "Salvato: " & nome, vbInformation
End Sub
"""
}


def timesheet() -> Workbook:
    look = Look("Century", 10, "4A235A", "F5EEF8")
    book = Workbook()
    form = book.active
    form.title = "Foglio ore"
    data = book.create_sheet("Dati")
    _data(book, data, look)
    _form(form, look)
    with_macros(book, MACROS)
    return book


def _data(book: Workbook, sheet: Worksheet, look: Look) -> None:
    rows, top = DAYS, 6
    columns = [
        ("Giorno", 9, "0", "center"), ("WP", 9, TEXT, "center"), ("Ore progetto", 12, HOURS, "center"),
        ("Altre ore", 12, HOURS, "center"), ("Assenza", 24, TEXT, "left"), ("Attività", 60, TEXT, "left"),
    ]  # fmt: skip
    look.banner(sheet, "A1:F1", "Giorni e ore", size=16, bold=True, colour=look.colour)
    look.banner(
        sheet,
        "A2:F2",
        "Una riga per giorno e WP. Il foglio da firmare è «Foglio ore» e si calcola da qui.",
        italic=True,
    )
    look.header(sheet, top - 1, columns)
    look.drawn(sheet, top, rows, columns, 18)
    look.table(sheet, "TabGiorni", top, rows, columns, style="TableStyleLight12")
    places = lists(book, {"Assenza": italian(registry.ABSENCES), "WP": PACKAGES}, look)
    dropdown(sheet, f"E{top}:E{top + rows - 1}", places["Assenza"])
    dropdown(sheet, f"B{top}:B{top + rows - 1}", places["WP"])
    page(sheet, f"A1:F{top + rows - 1}", f"{top - 1}:{top - 1}", landscape=False, footer="Foglio ore – dati")


def _form(sheet: Worksheet, look: Look) -> None:
    for column, width in zip("ABCDEFGH", (6, 11, 9, 11, 11, 11, 22, 40), strict=True):
        sheet.column_dimensions[column].width = width
    for row, height in ((1, 54), (2, 30), (3, 16), (4, 16)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("RISORSE UMANE", look.colour, "triangle", (240, 58)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "steps", (150, 58)), "H1")
    look.banner(sheet, "A2:H2", "FOGLIO ORE MENSILE", size=22, bold=True, at="center", colour=look.colour)
    look.banner(sheet, "A3:H3", at="center", bold=True)
    look.banner(sheet, "A4:H4", at="center", italic=True, size=9)
    lines = (
        ("PROG", "Fondo"), ("CUP", "Partner"), ("Cognome e nome", "Ente"), ("Codice fiscale", "Qualifica"),
        ("Mese", "Periodo"), ("Contratto", "N. foglio"),
    )  # fmt: skip
    for row, (left, right) in enumerate(lines, 6):
        sheet.row_dimensions[row].height = 18
        for area in (f"A{row}:B{row}", f"C{row}:F{row}"):
            sheet.merge_cells(area)
        look.pairs(sheet, row, ("A", left, "C"), ("G", right, "H"))
        for column in "DEF":
            sheet[f"{column}{row}"].border = look.under
    sheet["C10"].number_format, sheet["C10"].alignment = "mmmm yyyy", Alignment(horizontal="left", vertical="center")
    look.banner(sheet, "A12:H12", "Attività svolte nel mese", bold=True, colour=look.colour)
    sheet.row_dimensions[13].height = 34
    look.banner(sheet, "A13:H13", wrap=True)
    for column in "ABCDEFGH":
        sheet[f"{column}13"].border = look.box
    _packages(sheet, look)
    columns = [
        ("Gg", 6, "0", "center"), ("Giorno", 11, "ddd dd/mm", "center"), ("WP", 9, TEXT, "center"),
        ("Ore progetto", 11, SHOWN, "center"), ("Altre ore", 11, SHOWN, "center"), ("Totale", 11, SHOWN, "center"),
        ("Assenza", 22, TEXT, "left"), ("Attività", 40, TEXT, "left"),
    ]  # fmt: skip
    sheet.row_dimensions[FIRST - 1].height = 28
    look.header(sheet, FIRST - 1, columns)
    look.drawn(sheet, FIRST, DAYS, columns, 16, "GH")
    for day, row in enumerate(range(FIRST, FIRST + DAYS), 1):
        first = f"MATCH($A{row},TabGiorni[Giorno],0)"
        more = f'IF(COUNTIF(TabGiorni[Giorno],$A{row})>1," +","")'
        values = (
            day, f'=IF(MONTH($C$10+{day - 1})=MONTH($C$10),$C$10+{day - 1},"")',
            f'=IFERROR(INDEX(TabGiorni[WP],{first})&{more},"")',
            f"=SUMIFS(TabGiorni[Ore progetto],TabGiorni[Giorno],$A{row})",
            f"=SUMIFS(TabGiorni[Altre ore],TabGiorni[Giorno],$A{row})", f"=D{row}+E{row}",
            f'=IFERROR(INDEX(TabGiorni[Assenza],{first})&"","")', f'=IFERROR(INDEX(TabGiorni[Attività],{first})&"","")',
        )  # fmt: skip
        for column, value in zip("ABCDEFGH", values, strict=True):
            sheet[f"{column}{row}"] = value
    last = FIRST + DAYS - 1
    total = last + 1
    look.banner(sheet, f"A{total}:C{total}", "Totale del mese", bold=True, at="right")
    for column in "DEF":
        cell = look.text(sheet[f"{column}{total}"], f"=SUM({column}{FIRST}:{column}{last})", bold=True, at="center")
        cell.number_format, cell.border, cell.fill = HOURS, look.box, PatternFill("solid", fgColor=look.band)
    look.text(sheet[f"G{total}"], "Totale nel registro", at="right", italic=True)
    look.text(sheet[f"H{total}"]).number_format = HOURS
    sheet[f"H{total}"].alignment = Alignment(horizontal="left")
    differs = FormulaRule([f"ROUND($F{total}-$H{total},6)<>0"], fill=PatternFill("solid", bgColor="F5B7B1"))
    sheet.conditional_formatting.add(f"F{total}:H{total}", differs)
    none = FormulaRule([f'$B{FIRST}=""'], fill=PatternFill("solid", bgColor="7F7F7F"), font=Font(color="7F7F7F"))
    sheet.conditional_formatting.add(f"A{FIRST}:H{last}", none)
    weekend = FormulaRule(
        [f"AND(ISNUMBER($B{FIRST}),WEEKDAY($B{FIRST},2)>5)"], fill=PatternFill("solid", bgColor="E8DAEF")
    )
    sheet.conditional_formatting.add(f"A{FIRST}:H{last}", weekend)
    look.pairs(sheet, total + 2, ("A", "Firmato il", "C"), ("G", "Controfirmato il", "H"))
    for place in (f"C{total + 2}", f"H{total + 2}"):
        sheet[place].number_format, sheet[place].alignment = DAY, Alignment(horizontal="left")
    sheet.merge_cells(f"C{total + 2}:F{total + 2}")
    look.signatures(sheet, total + 4, ("A:E", "Chi ha lavorato"), ("G:H", "Il responsabile"))
    sheet.protection.sheet = True
    page(sheet, f"A1:H{total + 4}", landscape=False, tall=1, footer="Foglio ore mensile")


def _packages(sheet: Worksheet, look: Look) -> None:
    """Hours by work package, on two lines across."""
    look.banner(sheet, "A15:B15", "Ore per WP", bold=True, colour=look.colour)
    look.banner(sheet, "A16:B16", at="left")
    for column, package in zip("CDEFGH", PACKAGES, strict=True):
        cell = look.text(sheet[f"{column}15"], package, bold=True, at="center")
        cell.fill, cell.border = PatternFill("solid", fgColor=look.band), look.box
        cell = look.text(
            sheet[f"{column}16"], f"=SUMIFS(TabGiorni[Ore progetto],TabGiorni[WP],{column}15)", at="center"
        )
        cell.number_format, cell.border = HOURS, look.box
