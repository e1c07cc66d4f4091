"""Workbooks of the training: who was trained, for the ministry; and one sheet for each course, copied from a model sheet."""

from collections.abc import Sequence

from drawing import A3, COUNT, DAY, HOURS, NUMBERS, SUM, TEXT, TIME, Look, dropdown, italian, lists, logo, page
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule, IconSetRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_registry import choices as registry
from intarsi_training import choices as training


def operators() -> Workbook:
    """The list of trained operators on A3: a row for each enrolment, totals, and a box that counts heads by sector."""
    look, rows, top = Look("Arial Narrow", 10, "7B241C", "F9EBEA"), 18, 14
    columns = [
        ("Cod. operatore", 12, TEXT, "center"), ("Cognome", 20, TEXT, "left"), ("Nome", 17, TEXT, "left"),
        ("Codice fiscale", 20, TEXT, "center"), ("Ente di appartenenza", 36, TEXT, "left"), ("Natura dell'ente", 20, TEXT, "left"),
        ("Settore", 14, TEXT, "left"), ("Qualifica", 26, TEXT, "left"), ("Comune di lavoro", 20, TEXT, "left"),
        ("Corso", 12, TEXT, "center"), ("Titolo del corso", 44, TEXT, "left"), ("Ore previste", 10, HOURS, "center"),
        ("Ore frequentate", 11, HOURS, "center"), ("Frequenza %", 11, "0", "center"), ("Soglia raggiunta", 11, TEXT, "center"),
        ("Attestato n.", 12, TEXT, "center"), ("Rilasciato il", 12, DAY, "center"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Operatori"
    for row, height in ((1, 28), (2, 20), (3, 20), (12, 8), (13, 34)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("UFFICIO FORMAZIONE", look.colour, "triangle", (290, 66)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "ring", (160, 66)), "P1")
    look.banner(sheet, "E1:O1", "ELENCO DEGLI OPERATORI FORMATI", size=20, bold=True, at="center", colour=look.colour)
    look.banner(sheet, "E2:O2", at="center", bold=True)
    look.banner(sheet, "E3:O3", at="center", italic=True)
    lines = (
        ("Titolo", "Partner"),
        ("PROG", "Provincia"),
        ("CUP", "Periodo"),
        ("Capofila", "Iscritti fino al"),
        ("Autorità", "Compilato il"),
    )
    for row, (left, right) in enumerate(lines, 6):
        sheet.row_dimensions[row].height = 18
        sheet.merge_cells(f"B{row}:E{row}")
        sheet.merge_cells(f"H{row}:I{row}")
        look.pairs(sheet, row, ("A", left, "B"), ("G", right, "H"))
        for column in "CDEI":
            sheet[f"{column}{row}"].border = look.under
    for place in ("H9", "H10"):
        sheet[place].number_format, sheet[place].alignment = DAY, Alignment(horizontal="left")
    look.header(sheet, top - 1, columns)
    look.drawn(sheet, top, rows, columns, 22, "EHIK")
    totals = {
        "Cognome": ("count", COUNT, "0"), "Ore frequentate": ("sum", SUM, HOURS), "Attestato n.": ("count", COUNT, "0"),
        "Rilasciato il": ("countNums", NUMBERS, "0"),
    }  # fmt: skip
    look.table(sheet, "TabOperatori", top, rows, columns, totals, "TableStyleLight10")
    end = top + rows
    sectors = italian(registry.SECTORS)
    for column, wording in zip("KLMN", ("Persone distinte", "Iscritti", "Oltre soglia", "Con attestato"), strict=True):
        cell = look.text(sheet[f"{column}6"], wording, bold=True, at="center", wrap=True, colour="FFFFFF", size=8)
        cell.fill, cell.border = PatternFill("solid", fgColor=look.colour), look.box
    for row, sector in enumerate((*sectors, "Totale"), 7):
        cell = look.text(sheet[f"K{row}"], sector, bold=row == 7 + len(sectors))
        cell.border = look.box
        for column, header, value in (
            ("L", "Cod. operatore", "?*"), ("M", "Soglia raggiunta", "sì"), ("N", "Attestato n.", "?*"),
        ):  # fmt: skip
            cell = look.text(
                sheet[f"{column}{row}"], _heads(f"$K{row}", header, value), bold=column == "L", at="center"
            )
            cell.border = look.box
    last = 7 + len(sectors)
    for column in "LMN":
        sheet[f"{column}{last}"] = f"=SUM({column}7:{column}{last - 1})"
    look.text(sheet["K11"], "Ogni persona una volta; il volontariato conta con i privati.", size=8, italic=True)
    words = {"Settore": sectors, "Natura dell'ente": italian(registry.NATURES)}
    places = lists(book, words, look)
    dropdown(sheet, f"G{top}:G{end - 1}", places["Settore"])
    dropdown(sheet, f"F{top}:F{end - 1}", places["Natura dell'ente"])
    sheet.conditional_formatting.add(f"N{top}:N{end - 1}", IconSetRule("3TrafficLights1", "num", [0, 60, 80]))
    short = FormulaRule([f'$O{top}="no"'], font=Font(color="7F7F7F"))
    sheet.conditional_formatting.add(f"A{top}:Q{end - 1}", short)
    look.signatures(
        sheet, end + 2, ("B:E", "Il responsabile della formazione"), ("G:I", "Il referente di progetto"), ("L:P", "Il legale rappresentante o delegato")
    )  # fmt: skip
    sheet.freeze_panes = f"D{top}"
    page(
        sheet,
        f"A1:Q{end + 2}",
        f"{top - 1}:{top - 1}",
        footer="Elenco degli operatori formati – contiene dati personali",
    )
    sheet.page_setup.paperSize = A3
    return book


def _heads(sector: str, column: str, value: str) -> str:
    """Distinct operators of a sector with a row whose column is as wanted: each row weighs one part of its person's rows.

    Codes are counted, not names: a name may look like a criterion.
    """
    code, area = "TabOperatori[Cod. operatore]", f"TabOperatori[{column}]"
    wanted = f"(TabOperatori[Settore]={sector})*" + (f'({area}<>"")' if value == "?*" else f'({area}="{value}")')
    rows = f'COUNTIFS({code},{code}&"",TabOperatori[Settore],{sector},{area},"{value}")'
    return f"=SUMPRODUCT({wanted}/({rows}+({wanted}=0)))"


def course_register() -> Workbook:
    """A training centre's binder: a list of the courses, and the sheet "Corso", which is copied for each of them."""
    look = Look("Constantia", 10, "145A32", "E9F7EF")
    book = Workbook()
    _course_list(book.active, look)
    sheet = book.create_sheet("Corso")
    sessions = [
        ("Data", 12, DAY, "center"), ("Dalle", 9, TIME, "center"), ("Alle", 9, TIME, "center"), ("Argomento", 34, TEXT, "left"),
        ("Docenti", 38, TEXT, "left"), ("Svolgimento", 13, TEXT, "left"), ("Modalità", 13, TEXT, "left"), ("Sede", 28, TEXT, "left"),
        ("Ore nette", 10, HOURS, "center"), ("Pag. registro", 10, "0", "center"),
    ]  # fmt: skip
    people = [
        ("Codice", 12, TEXT, "center"), ("Soglia", 9, TEXT, "center"), ("Ore", 9, HOURS, "center"), ("Cognome e nome", 34, TEXT, "left"),
        ("Ente", 38, TEXT, "left"), ("Settore", 13, TEXT, "left"), ("Ritirato il", 13, DAY, "center"), ("Qualifica", 28, TEXT, "left"),
        ("Frequenza %", 10, "0", "center"), ("Attestato", 10, TEXT, "center"),
    ]  # fmt: skip
    for row, height in ((1, 46), (2, 16), (3, 30), (4, 18), (10, 6)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("CENTRO CORSI", look.colour, "ring", (200, 54)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "steps", (140, 54)), "I1")
    look.banner(sheet, "A2:J2", at="center", italic=True, size=9)
    look.banner(sheet, "A3:J3", at="center", bold=True, size=18, colour=look.colour, wrap=True)
    look.banner(sheet, "A4:J4", at="center", size=9)
    lines = (
        ("Codice corso", "Partner"),
        ("CUP", "Periodo"),
        ("Dal", "Al"),
        ("Ore previste", "Modalità"),
        ("Responsabile", "Tutor"),
    )
    for row, (left, right) in enumerate(lines, 5):
        for area in (f"A{row}:B{row}", f"C{row}:D{row}", f"F{row}:H{row}"):
            sheet.merge_cells(area)
        look.pairs(sheet, row, ("A", left, "C"), ("E", right, "F"))
        for column in "DGH":
            sheet[f"{column}{row}"].border = look.under
    for place, number_format in (("C7", DAY), ("F7", DAY), ("C8", HOURS)):
        sheet[place].number_format = number_format
        sheet[place].alignment = Alignment(horizontal="left", vertical="center")
    lessons, enrolled = 14, 18
    top = _part(sheet, look, 11, "Lezioni", sessions, lessons)
    cancelled = FormulaRule(
        [f'$F{top}="{training.SESSION_STATES["cancelled"][0]}"'], font=Font(color="7F7F7F", strike=True)
    )
    sheet.conditional_formatting.add(f"A{top}:J{top + lessons - 1}", cancelled)
    total = top + lessons
    look.text(sheet[f"H{total}"], "Ore svolte", bold=True, at="right")
    held = training.SESSION_STATES["held"][0]
    cell = look.text(
        sheet[f"I{total}"], f'=SUMIF(F{top}:F{total - 1},"{held}",I{top}:I{total - 1})', bold=True, at="center"
    )
    cell.number_format, cell.border = HOURS, look.box
    sheet.row_breaks.append(Break(total + 1))
    top = _part(sheet, look, total + 2, "Iscritti", people, enrolled)
    end = top + enrolled
    look.text(sheet[f"B{end}"], "Ore allievo", bold=True, at="right")
    cell = look.text(sheet[f"C{end}"], f"=SUM(C{top}:C{end - 1})", bold=True, at="center")
    cell.number_format, cell.border = HOURS, look.box
    enough = FormulaRule([f'$J{top}<>""'], fill=PatternFill("solid", bgColor=look.band))
    sheet.conditional_formatting.add(f"A{top}:J{end - 1}", enough)
    look.signatures(sheet, end + 2, ("A:D", "Il responsabile del corso"), ("F:H", "Il tutor"))
    page(sheet, f"A1:J{end + 2}", "3:3", footer="Registro dei corsi")
    places = lists(book, {"Svolgimento": italian(training.SESSION_STATES), "Settore": italian(registry.SECTORS)}, look)
    dropdown(sheet, f"F13:F{total - 1}", places["Svolgimento"])
    dropdown(sheet, f"F{top}:F{end - 1}", places["Settore"])
    return book


def _part(
    sheet: Worksheet, look: Look, row: int, title: str, columns: Sequence[tuple[str, float, str, str]], count: int
) -> int:
    """A titled list of the sheet "Corso"; returns its first drawn row."""
    look.banner(sheet, f"A{row}:J{row}", title, bold=True, size=13, colour=look.colour)
    sheet.row_dimensions[row].height, sheet.row_dimensions[row + 1].height = 22, 28
    sheet.row_dimensions[row + 2 + count].height = 20
    look.header(sheet, row + 1, columns)
    look.drawn(sheet, row + 2, count, columns, 19, "DEH")
    return row + 2


def _course_list(sheet: Worksheet, look: Look) -> None:
    columns = [
        ("Codice", 13, TEXT, "center"), ("Titolo", 52, TEXT, "left"), ("Ambito", 30, TEXT, "left"), ("Modalità", 14, TEXT, "left"),
        ("Inizio", 12, DAY, "center"), ("Fine", 12, DAY, "center"), ("Ore previste", 10, HOURS, "center"), ("Posti", 9, "0", "center"),
        ("Iscritti", 9, "0", "center"), ("Oltre soglia", 9, "0", "center"), ("Attestati", 10, "0", "center"),
    ]  # fmt: skip
    sheet.title = "Indice"
    for row, height in ((1, 50), (2, 18), (3, 18), (8, 30)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("CENTRO CORSI", look.colour, "ring", (210, 56)), "A1")
    look.banner(sheet, "C1:K1", "REGISTRO DEI CORSI", at="right", bold=True, size=24, colour=look.colour)
    look.banner(sheet, "A2:K2", bold=True)
    look.banner(sheet, "A3:K3", italic=True)
    for row in (5, 6):
        sheet.merge_cells(f"E{row}:H{row}")
        for column in "FGH":
            sheet[f"{column}{row}"].border = look.under
    look.pairs(sheet, 5, ("A", "PROG", "B"), ("D", "Partner", "E"))
    look.pairs(sheet, 6, ("A", "CUP", "B"), ("D", "Periodo", "E"))
    look.header(sheet, 8, columns)
    total = 9 + 14
    sheet.row_dimensions[total].height = 20
    look.drawn(sheet, 9, total - 9, columns, 22)
    for column in "GHIJK":
        cell = look.text(sheet[f"{column}{total}"], f"=SUM({column}9:{column}{total - 1})", bold=True, at="center")
        cell.border, cell.number_format = look.box, HOURS if column == "G" else "0"
    look.banner(sheet, f"A{total}:F{total}", "Totale", bold=True, at="right")
    look.signatures(sheet, total + 2, ("A:B", "Il direttore del centro"), ("D:H", "Il referente di progetto"))
    sheet.freeze_panes = "A9"
    page(sheet, f"A1:K{total + 2}", "8:8", footer="Registro dei corsi – indice")
