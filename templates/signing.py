"""The signature sheet of a meeting: printed before it, signed with a pen, scanned and filed after it."""

from drawing import DAY, TEXT, TIME, Look, logo, page
from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.workbook.defined_name import DefinedName


def signature_sheet() -> Workbook:
    """One upright sheet a meeting: who is expected stands there, lines for others follow, and two columns stay blank."""
    look, rows, guests = Look("Gill Sans MT", 11, "2E4053", "EAECEE"), 14, 4
    book = Workbook()
    sheet = book.active
    sheet.title = "Firme"
    for column, width in zip("ABCDEF", (5, 30, 34, 22, 27, 27), strict=True):
        sheet.column_dimensions[column].width = width
    for row, height in ((1, 56), (2, 18), (3, 16), (4, 38), (5, 24)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("ENTE OSPITANTE", look.colour, "steps", (250, 60)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "ring", (160, 60)), "F1")
    look.banner(sheet, "A2:F2", at="center", bold=True)
    look.banner(sheet, "A3:F3", at="center", italic=True, size=9)
    look.banner(sheet, "A4:F4", "FOGLIO FIRME", at="center", size=24, bold=True, colour=look.colour)
    look.banner(sheet, "A5:F5", at="center", size=15, wrap=True)
    lines = (
        ("PROG", "CUP"),
        ("Partner", "Periodo"),
        ("Data", "Modalità"),
        ("Dalle ore", "Alle ore"),
        ("Luogo", "Convocazione prot."),
        ("Presiede", "Verbale n."),
    )
    for row, (left, right) in enumerate(lines, 7):
        sheet.row_dimensions[row].height = 21
        sheet.merge_cells(f"A{row}:B{row}")
        sheet.merge_cells(f"E{row}:F{row}")
        look.pairs(sheet, row, ("A", left, "C"), ("D", right, "E"))
        sheet[f"F{row}"].border = look.under
        sheet[f"A{row}"].alignment = Alignment(vertical="center", indent=3)
    for place, number_format in (("C9", DAY), ("C10", TIME), ("E10", TIME)):
        sheet[place].number_format = number_format
        sheet[place].alignment = Alignment(horizontal="left", vertical="center")
    look.banner(sheet, "A14:F14", "ORDINE DEL GIORNO", bold=True, colour=look.colour)
    for row in range(15, 23):
        sheet.row_dimensions[row].height = 18
        look.text(sheet[f"A{row}"], at="center").number_format = "0"
        look.banner(sheet, f"B{row}:F{row}")
        for column in "ABCDEF":
            sheet[f"{column}{row}"].border = look.under
    book.defined_names["argomenti"] = DefinedName("argomenti", attr_text="Firme!$A$15:$F$22")
    top = 25
    columns = [
        ("N.", 5, "0", "center"), ("Cognome e nome", 30, TEXT, "left"), ("Ente", 34, TEXT, "left"),
        ("Ruolo o qualifica", 22, TEXT, "left"), ("Firma in entrata", 27, "General", "left"), ("Firma in uscita", 27, "General", "left"),
    ]  # fmt: skip
    sheet.row_dimensions[top - 1].height = 26
    look.header(sheet, top - 1, columns)
    look.drawn(sheet, top, rows + guests, columns, 31)
    last = top + rows - 1
    book.defined_names["invitati"] = DefinedName("invitati", attr_text=f"Firme!$A${top}:$F${last}")
    for row in range(top, last + guests + 1):
        sheet[f"A{row}"] = f"=ROW()-ROW(A${top - 1})"
        if row > last:
            for column in "ABCDEF":
                sheet[f"{column}{row}"].fill = PatternFill("solid", fgColor=look.band)
    end = last + guests + 1
    look.banner(
        sheet,
        f"A{end}:F{end}",
        "Righe ombreggiate: per chi non era previsto. Le caselle vuote si barrano alla chiusura.",
        size=9,
        italic=True,
    )
    look.signatures(sheet, end + 2, ("B:C", "Presiede"), ("E:F", "Verbalizza"))
    page(
        sheet,
        f"A1:F{end + 2}",
        f"{top - 1}:{top - 1}",
        landscape=False,
        footer="Foglio firme – i dati servono solo a documentare l'incontro",
    )
    sheet.print_options.horizontalCentered = True
    return book
