"""Workbooks of the offices that keep the networks and the materials: minutes, network register, list of materials."""

from collections.abc import Sequence

from drawing import DAY, TEXT, TIME, Look, dropdown, italian, lists, logo, page
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string as index
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_dissemination import choices as dissemination
from intarsi_governance import choices as governance

Spans = Sequence[tuple[str, str, str, str]]


def minutes() -> Workbook:
    """Minutes of one meeting on one upright sheet: agenda, attendance and decisions below each other."""
    look = Look("Garamond", 12, "5B2C6F", "F4ECF7")
    book = Workbook()
    sheet = book.active
    sheet.title = "Verbale"
    for column, width in zip("ABCDEFGHI", (5, 26, 38, 22, 20, 10, 10, 20, 20), strict=True):
        sheet.column_dimensions[column].width = width
    for row, height in ((1, 46), (2, 16), (3, 16), (4, 16), (5, 34), (6, 22)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("SEGRETERIA", look.colour, "triangle", (180, 54)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "ring", (150, 54)), "H1")
    look.banner(sheet, "A2:I2", at="center", bold=True)
    look.banner(sheet, "A3:I3", at="center")
    look.banner(sheet, "A4:I4", at="center", size=10, italic=True)
    look.banner(sheet, "A5:I5", "VERBALE DI RIUNIONE", at="center", size=22, bold=True, colour=look.colour)
    look.banner(sheet, "A6:I6", at="center", size=14, italic=True)
    lines = (
        ("Codice progetto", "CUP"), ("Partner", "Periodo"), ("Verbale n.", "Data della riunione"), ("Dalle ore", "Alle ore"),
        ("Modalità", "Luogo"), ("Convocata il", "Protocollo"), ("Presiede", "Verbalizza"), ("Presenti", "Approvato il"),
    )  # fmt: skip
    for row, (left, right) in enumerate(lines, 8):
        sheet.row_dimensions[row].height = 20
        sheet.merge_cells(f"A{row}:B{row}")
        sheet.merge_cells(f"F{row}:I{row}")
        look.pairs(sheet, row, ("A", left, "C"), ("E", right, "F"))
        for column in "GHI":
            sheet[f"{column}{row}"].border = look.under
    for place, number_format in (("F10", DAY), ("C11", TIME), ("F11", TIME), ("C13", DAY), ("F15", DAY), ("C15", "0")):
        sheet[place].number_format = number_format
    agenda: Spans = [
        ("A:A", "N.", "0", "center"),
        ("B:C", "Argomento", TEXT, "left"),
        ("D:I", "Sintesi della discussione", TEXT, "left"),
    ]
    people: Spans = [
        ("A:A", "N.", "0", "center"), ("B:B", "Cognome e nome", TEXT, "left"), ("C:C", "Ente rappresentato", TEXT, "left"),
        ("D:D", "Qualifica", TEXT, "left"), ("E:E", "Presenza", TEXT, "left"), ("F:F", "Entra", TIME, "center"),
        ("G:G", "Esce", TIME, "center"), ("H:H", "Operatore del progetto", TEXT, "left"), ("I:I", "Firma", TEXT, "left"),
    ]  # fmt: skip
    decisions: Spans = [
        ("A:A", "N.", "0", "center"), ("B:C", "Si decide di", TEXT, "left"), ("D:E", "Ente incaricato", TEXT, "left"),
        ("F:G", "Responsabile", TEXT, "left"), ("H:H", "Entro il", DAY, "center"), ("I:I", "Attuazione", TEXT, "left"),
    ]  # fmt: skip
    row = _section(sheet, look, 17, "1. Ordine del giorno", 6, 44, agenda)
    book.defined_names["ordine_del_giorno"] = DefinedName("ordine_del_giorno", attr_text=f"Verbale!$A$19:$I${row - 1}")
    top = row + 3
    row = _section(sheet, look, row + 1, "2. Presenti e assenti", 14, 24, people, "BCDEH")
    book.defined_names["presenti"] = DefinedName("presenti", attr_text=f"Verbale!$A${top}:$I${row - 1}")
    for person in range(top, row):
        sheet[f"A{person}"] = f'=IF(C{person}="","",ROW()-ROW(A${top - 1}))'
    away = FormulaRule([f'LEFT($E{top},7)="Assente"'], font=Font(color="7F7F7F", italic=True))
    sheet.conditional_formatting.add(f"A{top}:I{row - 1}", away)
    top = row + 3
    row = _section(sheet, look, row + 1, "3. Decisioni", 5, 34, decisions, "DF")
    book.defined_names["decisioni"] = DefinedName("decisioni", attr_text=f"Verbale!$A${top}:$I${row - 1}")
    votes: Spans = [
        ("A:B", "Oggetto", TEXT, "left"), ("C:C", "Esito", TEXT, "left"), ("D:D", "Ora", TIME, "center"),
        ("E:E", "Presenti con voto", "0", "center"), ("F:F", "N. legale", "0", "center"), ("G:G", "Favorevoli", "0", "center"),
        ("H:H", "Contrari", "0", "center"), ("I:I", "Astenuti", "0", "center"),
    ]  # fmt: skip
    carried: Spans = [*decisions[:-1], ("I:I", "Presa il", DAY, "center")]
    for title, name, spans, shrink in (
        ("4. Votazioni", "votazioni", votes, "C"), ("5. Decisioni precedenti ancora da attuare", "riportate", carried, "DF"),
    ):  # fmt: skip
        top = row + 3
        row = _section(sheet, look, row + 1, title, 3, 26, spans, shrink)
        book.defined_names[name] = DefinedName(name, attr_text=f"Verbale!$A${top}:$I${row - 1}")
    look.banner(sheet, f"A{row + 1}:I{row + 1}", "Letto, approvato e sottoscritto.", italic=True)
    look.signatures(sheet, row + 3, ("A:C", "Presiede"), ("E:I", "Verbalizza"))
    page(sheet, f"A1:I{row + 3}", "5:6", landscape=False, footer="Verbale di riunione")
    return book


def _section(
    sheet: Worksheet, look: Look, row: int, title: str, count: int, height: float, spans: Spans, shrink: str = ""
) -> int:
    """A titled list whose columns may span several of the sheet's; returns the row after it."""
    sheet.row_dimensions[row].height, sheet.row_dimensions[row + 1].height = 24, 22
    look.banner(sheet, f"A{row}:I{row}", title, size=14, bold=True, colour=look.colour)
    for line in range(row + 1, row + 2 + count):
        head = line == row + 1
        if not head:
            sheet.row_dimensions[line].height = height
        for span, name, number_format, at in spans:
            first, _, last = span.partition(":")
            for column in range(index(first), index(last) + 1):
                sheet.cell(line, column).border = look.box
            if first != last:
                sheet.merge_cells(f"{first}{line}:{last}{line}")
            cell = sheet[f"{first}{line}"]
            if head:
                look.text(cell, name, bold=True, colour=look.colour, at="center", shrink=True)
                cell.fill = PatternFill("solid", fgColor=look.band)
            else:
                small = first in shrink
                wrap = number_format == TEXT and not small
                look.text(cell, at=at, wrap=wrap, indent=int(at == "left"), shrink=small).number_format = number_format
    return row + 2 + count


def network() -> Workbook:
    """The lead's register of the bodies of the networks: one row for each body and network, no persons."""
    look, rows, top = Look("Tahoma", 9, "0B5345", "D1F2EB", "hair"), 14, 12
    columns = [
        ("Rete o tavolo", 34, TEXT, "left"), ("Organismo", 20, TEXT, "left"), ("Livello", 13, TEXT, "left"),
        ("Attivata il", 11, DAY, "center"), ("Soggetto", 34, TEXT, "left"), ("Natura", 17, TEXT, "left"),
        ("Comune del soggetto", 18, TEXT, "left"), ("Ruolo nel progetto", 24, TEXT, "left"), ("Atto", 18, TEXT, "left"),
        ("Adesione", 11, DAY, "center"), ("Uscita", 11, DAY, "center"), ("Stato", 11, TEXT, "center"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Soggetti"
    for row, height in ((1, 50), (2, 24), (3, 16), (9, 18), (10, 6), (11, 28)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("RETI", look.colour, "steps", (160, 56)), "K1")
    look.banner(sheet, "A1:H1", "Soggetti delle reti territoriali", size=22, bold=True, colour=look.colour)
    look.banner(sheet, "A2:H2", italic=True, wrap=True)
    look.banner(sheet, "A3:H3", size=8)
    for row, wording in enumerate(("PROG", "CUP", "Partner", "Periodo", "Aggiornato al"), 4):
        sheet.merge_cells(f"B{row}:E{row}")
        look.pairs(sheet, row, ("A", wording, "B"))
        for column in "CDE":
            sheet[f"{column}{row}"].border = look.under
    sheet["B8"].number_format = DAY
    look.banner(sheet, "G5:H5", "Adesioni attive", bold=True, at="right")
    total = look.text(sheet["I5"], f'=COUNTIF(L{top}:L{top + rows - 1},"Aderente")', bold=True, size=14, at="center")
    total.border = look.box
    look.banner(sheet, "A9:L9", "Un soggetto che sta in più reti ha più righe.", size=8, italic=True)
    look.header(sheet, top - 1, columns)
    look.drawn(sheet, top, rows, columns, 26)
    last = top + rows - 1
    active = FormulaRule([f'$L{top}="Uscito"'], font=Font(color="7F7F7F", strike=True))
    sheet.conditional_formatting.add(f"A{top}:L{last}", active)
    dropdown(sheet, f"L{top}:L{last}", f'"{",".join(italian(governance.MEMBERSHIPS))}"')
    look.signatures(
        sheet, last + 2, ("A:B", "Chi coordina la rete"), ("E:F", "Il referente del partner"), ("I:L", "Data e timbro")
    )
    sheet.freeze_panes = f"A{top}"
    sheet.auto_filter.ref = f"A{top - 1}:L{last}"
    page(sheet, f"A1:L{last + 2}", f"{top - 1}:{top - 1}", footer="Soggetti delle reti – senza dati personali")
    return book


def materials() -> Workbook:
    """A press office's list of what was published, for everybody to read: a table with a list sheet."""
    look, rows, top = Look("Trebuchet MS", 10, "943126", "FADBD8"), 12, 9
    columns = [
        ("Pubblicato il", 12, DAY, "center"), ("Titolo", 40, TEXT, "left"), ("Tipo di materiale", 21, TEXT, "left"),
        ("Vers.", 8, TEXT, "center"), ("Lingue", 24, TEXT, "left"), ("A chi si rivolge", 28, TEXT, "left"),
        ("Formato", 18, TEXT, "left"), ("Licenza", 22, TEXT, "left"), ("Copie", 9, "0", "center"), ("Dove si trova", 36, TEXT, "left"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Materiali"
    for row, height in ((1, 52), (2, 18), (7, 20), (8, 26)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("COMUNICAZIONE", look.colour, "ring", (210, 58)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "triangle", (150, 58)), "J1")
    look.banner(sheet, "C1:I1", "MATERIALI PUBBLICATI", size=24, bold=True, at="center", colour=look.colour)
    look.banner(sheet, "A2:J2", at="center", bold=True)
    for area in ("B4:C4", "B5:C5", "F4:H4", "F5:H5"):
        sheet.merge_cells(area)
    look.pairs(sheet, 4, ("A", "Partner", "B"), ("E", "Codice PROG", "F"))
    look.pairs(sheet, 5, ("A", "Periodo", "B"), ("E", "CUP", "F"))
    look.banner(sheet, "A7:J7", at="center", italic=True)
    look.header(sheet, top - 1, columns)
    look.drawn(sheet, top, rows, columns, 32)
    end = top + rows
    look.table(sheet, "TabMateriali", top, rows, columns, style="TableStyleLight3")
    words = {"Tipo di materiale": italian(dissemination.MATERIALS), "Formato": italian(dissemination.FORMATS)}
    places = lists(book, words, look)
    for name, column in (("Tipo di materiale", "C"), ("Formato", "G")):
        dropdown(sheet, f"{column}{top}:{column}{end - 1}", places[name])
    look.signatures(sheet, end + 1, ("A:B", "Il responsabile della comunicazione"), ("F:H", "Il referente di progetto"))
    sheet.freeze_panes = f"C{top}"
    page(sheet, f"A1:J{end + 1}", f"{top - 1}:{top - 1}", footer="Materiali pubblicati")
    return book
