"""Workbooks of the offices that keep the flats: the lead's register of placements, and the housing meetings."""

from drawing import DAY, HOURS, TEXT, TIME, Look, dropdown, italian, logo, page
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table, TableStyleInfo

from intarsi_cohousing import choices as cohousing


def placements() -> Workbook:
    """The lead's register of who came to live where: pseudonyms, columns in three titled groups."""
    look, rows, top = Look("Verdana", 8, "7E5109", "FDEBD0"), 12, 14
    columns = [
        ("Alloggio", 13, TEXT, "center"), ("Comune", 18, TEXT, "left"), ("Camera", 9, TEXT, "center"),
        ("Nucleo (pseudonimo)", 15, TEXT, "center"), ("Persone (pseudonimi)", 30, TEXT, "left"), ("N. persone", 9, "0", "center"),
        ("Posti occupati", 10, "0", "center"), ("Data ingresso", 12, DAY, "center"), ("Accordo", 22, TEXT, "left"),
        ("Mesi previsti", 9, "0", "center"), ("Scade il", 12, DAY, "center"), ("Regole firmate il", 12, DAY, "center"),
        ("Data uscita", 12, DAY, "center"), ("Esito", 24, TEXT, "left"), ("Notti", 8, "0", "center"), ("Notti-persona", 10, "0", "center"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Alloggi"
    for row, height in ((1, 30), (2, 20), (3, 16), (4, 16), (10, 6), (11, 16), (12, 20), (13, 30)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("CASA COMUNE", look.colour, "triangle", (190, 56)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "steps", (150, 56)), "O1")
    look.banner(sheet, "D1:M1", "REGISTRO DEGLI ALLOGGI", size=18, bold=True, at="center", colour=look.colour)
    look.banner(sheet, "D2:M2", "Ingressi nel periodo, con pseudonimi", size=11, at="center")
    look.banner(sheet, "D3:M3", at="center", bold=True)
    look.banner(sheet, "D4:M4", at="center", italic=True)
    for area in ("B6:E6", "B7:E7", "B8:E8", "I6:M6", "I7:M7"):
        sheet.merge_cells(area)
    look.pairs(sheet, 6, ("A", "CUP", "B"), ("H", "Ente partner", "I"))
    look.pairs(sheet, 7, ("A", "PROG", "B"), ("H", "Periodo", "I"))
    look.pairs(sheet, 8, ("A", "Stampato il", "B"))
    sheet["B8"].number_format = DAY
    look.banner(sheet, "A11:P11", "Scadenza: l'ultima proroga, se c'è. Notti: contate all'uscita.", size=7, italic=True)
    for area, wording in (("A12:C12", "DOVE"), ("D12:G12", "CHI"), ("H12:L12", "INGRESSO"), ("M12:P12", "USCITA")):
        look.banner(sheet, area, wording, bold=True, at="center", colour=look.colour)
        for cell in sheet[area][0]:
            cell.fill, cell.border = PatternFill("solid", fgColor=look.band), look.box
    look.header(sheet, 13, columns)
    look.drawn(sheet, top, rows, columns, 34)
    last = top + rows - 1
    total = last + 1
    sheet.row_dimensions[total].height = 20
    look.banner(sheet, f"A{total}:E{total}", "Totale", bold=True, at="right")
    for column in "FGOP":
        cell = look.text(sheet[f"{column}{total}"], f"=SUM({column}{top}:{column}{last})", bold=True, at="center")
        cell.border = look.box
    dropdown(sheet, f"I{top}:I{last}", f'"{",".join(italian(cohousing.AGREEMENTS))}"')
    gone = FormulaRule([f'$M{top}<>""'], fill=PatternFill("solid", bgColor=look.band))
    sheet.conditional_formatting.add(f"A{top}:P{last}", gone)
    look.signatures(
        sheet, total + 2, ("B:E", "L'ente gestore"), ("H:K", "Il referente del partner"), ("N:P", "Luogo e data")
    )
    sheet.freeze_panes = f"B{top}"
    page(sheet, f"A1:P{total + 2}", "12:13", footer="Registro degli alloggi – versione con pseudonimi")
    return book


def housing_meetings() -> Workbook:
    """Housing meetings: instructions, list of topics and totals first, so the table only starts at row 30."""
    look, rows, top = Look("Century Gothic", 9, "1B2631", "D6DBDF"), 12, 31
    columns = [
        ("Ora inizio", 9, TIME, "center"), ("Ora fine", 9, TIME, "center"), ("Giorno", 12, DAY, "center"),
        ("Registro n.", 12, TEXT, "center"), ("Ore nette", 9, HOURS, "center"), ("Modalità", 25, TEXT, "left"),
        ("Cod. alloggio", 13, TEXT, "center"), ("Temi trattati", 44, TEXT, "left"), ("Lingua", 20, TEXT, "left"),
        ("Ente dell'esperto", 40, TEXT, "left"), ("Presenti", 9, "0", "center"), ("Esito", 24, TEXT, "left"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Incontri"
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height, sheet.row_dimensions[30].height = 50, 18, 28
    sheet.add_image(logo("ABITARE", look.colour, "steps", (170, 56)), "A1")
    look.banner(sheet, "E1:L1", "Educazione all'abitare: registro degli incontri", size=18, bold=True, at="right")
    look.banner(sheet, "A2:L2", at="right", italic=True)
    facts = ("Progetto", "PROG", "CUP", "Partner", "Periodo", "Data di compilazione")
    for row, wording in enumerate(facts, 4):
        sheet.merge_cells(f"A{row}:C{row}")
        sheet.merge_cells(f"D{row}:G{row}")
        look.pairs(sheet, row, ("A", wording, "D"))
        for column in "EFG":
            sheet[f"{column}{row}"].border = look.under
    sheet["D9"].number_format = DAY
    last = top + rows - 1
    look.banner(sheet, "A12:G12", "RIEPILOGO", bold=True, size=11)
    modes = italian(cohousing.MODES)
    for row, (wording, value, number_format) in enumerate(
        (
            ("Incontri svolti", "=COUNT(TabIncontri[Giorno])", "0"),
            ("Ore nette", "=SUM(TabIncontri[Ore nette])", HOURS),
            ("Presenze", "=SUM(TabIncontri[Presenti])", "0"),
            *((mode, f"=COUNTIF(TabIncontri[Modalità],A{16 + place})", "0") for place, mode in enumerate(modes)),
        ),
        13,
    ):
        look.banner(sheet, f"A{row}:D{row}", wording)
        cell = look.text(sheet[f"E{row}"], value, bold=True, at="center")
        cell.number_format, cell.border = number_format, look.box
    look.banner(sheet, "H4:L4", "TEMI", bold=True, size=11)
    for row, topic in enumerate(italian(cohousing.TOPICS), 5):
        look.banner(sheet, f"H{row}:L{row}", f"– {topic}")
    notes = (
        "Una riga per incontro svolto; gli incontri annullati o in programma non si riportano.",
        "Le ore sono al netto della pausa; i presenti sono quelli segnati sul foglio firme.",
        "Non si scrivono nomi, diagnosi o vicende personali.",
    )
    look.banner(sheet, "A21:L21", "ISTRUZIONI", bold=True, size=11)
    for row, note in enumerate(notes, 22):
        look.banner(sheet, f"A{row}:L{row}", note)
    look.signatures(sheet, 26, ("A:D", "L'esperto in mediazione all'abitare"), ("H:I", "Il referente del partner"))
    look.header(sheet, top - 1, columns)
    look.drawn(sheet, top, rows, columns, 26, "FIJL")
    table = Table(displayName="TabIncontri", ref=f"A{top - 1}:L{last}")
    table._initialise_columns()
    for column, (name, _, _, _) in zip(table.tableColumns, columns, strict=True):
        column.name = name
    table.tableStyleInfo = TableStyleInfo("TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    dropdown(sheet, f"F{top}:F{last}", f'"{",".join(modes)}"')
    page(sheet, f"A1:L{last}", f"{top - 1}:{top - 1}", footer="Incontri sull'abitare")
    return book
