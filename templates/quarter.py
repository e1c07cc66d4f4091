"""The quarterly sheet that a partner sends to the lead: seven sheets, of which one is for words that nobody can compute."""

from collections.abc import Sequence

from drawing import DAY, HOURS, TEXT, Look, dropdown, italian, lists, logo, page
from openpyxl import Workbook
from openpyxl.formatting.rule import DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_dissemination import choices as dissemination
from intarsi_governance import choices as governance
from intarsi_registry import choices as registry

EURO = "#,##0.00"
PROGRESS = ("Non avviata", "In corso", "In ritardo", "Conclusa")

# Code, wording, unit. Rows whose code is empty are parts of the row above.
INDICATORS: tuple[tuple[str, str, str], ...] = (
    ("IT-01", "Destinatari diretti presi in carico", "persone"),
    ("", "di cui minori", "persone"),
    ("", "di cui ammissibili con riserva", "persone"),
    ("IT-02", "Nuclei familiari presi in carico", "nuclei"),
    ("", "di cui monoparentali", "nuclei"),
    ("C2", "Persone assistite con misure di integrazione", "persone"),
    ("C2-a", "Istruzione e formazione", "persone"),
    ("C2-b", "Abitare", "persone"),
    ("C2-c", "Salute", "persone"),
    ("C2-d", "Partecipazione", "persone"),
    ("IT-04", "Operatori formati", "persone"),
    ("", "di cui pubblici", "persone"),
    ("", "di cui privati", "persone"),
    ("IT-05", "Corsi con lezioni svolte", "corsi"),
    ("", "Ore di formazione erogate", "ore"),
    ("IT-06", "Tavoli e reti attivati", "reti"),
    ("", "Soggetti coinvolti nelle reti", "enti"),
    ("IT-07", "Incontri con verbale approvato", "incontri"),
    ("IT-08", "Protocolli e accordi sottoscritti", "atti"),
    ("C3", "Quadri, misure o strumenti di integrazione", "atti"),
    ("IT-09", "Interventi di mediazione svolti", "interventi"),
    ("", "Scuole coinvolte", "scuole"),
    ("", "Ore di mediazione linguistico-culturale", "ore"),
    ("", "Minori iscritti a scuola", "persone"),
    ("IT-10", "Nuclei inseriti in alloggio", "nuclei"),
    ("", "Posti attivati", "posti"),
    ("", "Notti-persona dei soggiorni conclusi", "notti"),
    ("IT-11", "Incontri sulla gestione dell'alloggio", "incontri"),
    ("", "Partecipanti distinti", "persone"),
    ("IT-12", "Prodotti e materiali realizzati", "prodotti"),
    ("", "Copie diffuse", "copie"),
    ("", "Eventi svolti", "eventi"),
    ("", "Partecipanti agli eventi", "persone"),
)

# Work package, activity, what it is measured by, unit.
ACTIVITIES: tuple[tuple[str, str, str, str], ...] = (
    ("WP0", "0.1 Tavoli, cabine di regia, équipe", "Incontri con verbale approvato", "incontri"),
    ("WP0", "0.2 Protocolli e accordi", "Atti sottoscritti", "atti"),
    ("WP1", "1.1 Segnalazione e presa in carico", "Persone prese in carico", "persone"),
    ("WP1", "1.2 Progetti di nucleo", "Nuclei presi in carico", "nuclei"),
    ("WP2", "2.1 Formazione degli operatori", "Ore erogate", "ore"),
    ("WP2", "2.2 Attestazione", "Operatori con attestato", "persone"),
    ("WP3", "3.1 Mediazione e accompagnamento", "Interventi svolti", "interventi"),
    ("WP3", "3.2 Inserimento scolastico", "Minori iscritti", "persone"),
    ("WP4", "4.1 Coabitazione e alloggi", "Persone inserite", "persone"),
    ("WP4", "4.2 Educazione all'abitare", "Incontri svolti", "incontri"),
    ("WP5", "5.1 Materiali e strumenti", "Prodotti realizzati", "prodotti"),
    ("WP5", "5.2 Eventi e buone prassi", "Eventi svolti", "eventi"),
)

# Rows for what went wrong, for products, and for the bodies of the networks.
ISSUES, PRODUCTS, BODIES = 5, 10, 15

QUESTIONS = (
    ("a", "Attività principali e prodotti più rilevanti del trimestre", 210),
    ("b", "Punti di forza e fattori di successo", 140),
    ("c", "Scostamenti dall'ultimo cronoprogramma approvato", 140),
    ("d", "Criticità e soluzioni: indicare se dipendono dal beneficiario, da altri soggetti o dal contesto", 180),
    ("e", "Variazioni del gruppo di lavoro", 100),
    ("f", "Reti territoriali con enti pubblici e privati: come sono state attivate o consolidate", 160),
)

Columns = Sequence[tuple[str, float, str, str]]


def quarterly_sheet() -> Workbook:
    look = Look("Book Antiqua", 11, "1F3864", "FFF2CC")
    book = Workbook()
    _general(book.active, look)
    _registry(book.create_sheet("Anagrafica"), look)
    _procedure(book.create_sheet("Procedurale"), look)
    _facts(book, book.create_sheet("Fatti"), look)
    _network(book, book.create_sheet("Rete"), look)
    _activities(book.create_sheet("WBS"), look)
    _physical(book.create_sheet("Fisica"), look)
    words = {
        "Avanzamento": PROGRESS, "Natura": italian(registry.NATURES), "Stato": italian(governance.MEMBERSHIPS),
        "Tipo di prodotto": italian(dissemination.MATERIALS), "Dipende da": italian(governance.CAUSES),
    }  # fmt: skip
    places = lists(book, words, look)
    dropdown(book["WBS"], f"G8:G{7 + len(ACTIVITIES)}", places["Avanzamento"])
    dropdown(book["Rete"], f"B8:B{7 + BODIES}", places["Natura"])
    dropdown(book["Rete"], f"G8:G{7 + BODIES}", places["Stato"])
    dropdown(book["Procedurale"], f"C17:C{16 + ISSUES}", places["Dipende da"])
    dropdown(book["Fatti"], f"B9:B{8 + PRODUCTS}", places["Tipo di prodotto"])
    return book


def _head(sheet: Worksheet, look: Look, last: str, title: str) -> None:
    """Title, and the line that says whose sheet it is: the same on every sheet but the first."""
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 34, 18
    look.banner(sheet, f"A1:{last}1", title, size=18, bold=True, colour="FFFFFF", indent=1)
    sheet["A1"].fill = PatternFill("solid", fgColor=look.colour)
    look.banner(
        sheet, f"A2:{last}2", '=Generale!C16&" – "&Generale!C19&" – "&Generale!C10&", CUP "&Generale!C11', size=9
    )
    look.banner(sheet, f"A3:{last}3", "=Generale!A31", size=9, italic=True)


def _general(sheet: Worksheet, look: Look) -> None:
    sheet.title = "Generale"
    for column, width in zip("ABCDEF", (3, 30, 22, 22, 22, 3), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.add_image(logo("SEGRETERIA TECNICA", look.colour, "ring", (300, 62)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "triangle", (150, 62)), "D1")
    for row, height in ((1, 60), (3, 44), (4, 26), (31, 30)):
        sheet.row_dimensions[row].height = height
    look.banner(
        sheet, "A3:F3", "SCHEDA DI MONITORAGGIO TRIMESTRALE", size=22, bold=True, at="center", colour=look.colour
    )
    look.banner(sheet, "A4:F4", "Parte 1 – Dati generali", size=14, italic=True, at="center")
    lines = (
        "Fondo", "Obiettivo", "Autorità responsabile", "Codice progetto", "CUP", "Titolo", "Acronimo", "Capofila",
        "Durata del progetto: dal", "Partner che compila", "Sede", "Provincia", "Periodo di riferimento", "dal", "al", "Compilata il",
    )  # fmt: skip
    for row, wording in enumerate(lines, 7):
        sheet.row_dimensions[row].height = 21
        if row != 15:
            sheet.merge_cells(f"C{row}:E{row}")
        look.pairs(sheet, row, ("B", wording, "C"))
        for column in "DE":
            sheet[f"{column}{row}"].border = look.under
    look.text(sheet["D15"], "al", bold=True, colour=look.colour, at="right")
    for place in ("C15", "E15", "C20", "C21", "C22"):
        sheet[place].number_format, sheet[place].alignment = DAY, Alignment(horizontal="left")
    look.signatures(sheet, 25, ("B:B", "Il compilatore"), ("D:E", "Il legale rappresentante o delegato"))
    look.banner(sheet, "A31:F31", at="center", italic=True, bold=True, wrap=True)
    page(sheet, "A1:F31", landscape=False, tall=1)


def _registry(sheet: Worksheet, look: Look) -> None:
    columns = [
        ("Soggetto affidatario", 34, TEXT, "left"), ("Natura", 22, TEXT, "left"), ("Oggetto", 54, TEXT, "left"),
        ("Procedura e atto", 34, TEXT, "left"), ("CIG", 14, TEXT, "center"), ("CUP", 19, TEXT, "center"),
        ("Inizio", 12, DAY, "center"), ("Fine", 12, DAY, "center"), ("Importo €", 15, EURO, "right"),
    ]  # fmt: skip
    _head(sheet, look, "I", "Parte 2 – Scheda anagrafica")
    look.banner(
        sheet, "A5:I5", "Soggetti affidatari fino alla fine del trimestre", size=13, bold=True, colour=look.colour
    )
    look.header(sheet, 7, columns)
    total = 8 + 10
    sheet.row_dimensions[total].height = 20
    look.drawn(sheet, 8, total - 8, columns, 34)
    look.banner(sheet, f"A{total}:H{total}", "Totale", bold=True, at="right")
    cell = look.text(sheet[f"I{total}"], f"=SUM(I8:I{total - 1})", bold=True, at="right")
    cell.number_format, cell.border = EURO, look.box
    look.banner(
        sheet,
        f"A{total + 2}:I{total + 2}",
        "Gli importi sono solo informativi: la scheda finanziaria non fa parte di questo modulo.",
        size=9,
        italic=True,
    )
    page(sheet, f"A1:I{total + 2}", "7:7", footer="Scheda trimestrale – anagrafica")


def _procedure(sheet: Worksheet, look: Look) -> None:
    """Boxes for the partner's words, filled where the quarterly report is in the registers; a list for what went wrong."""
    for column, width in zip("ABCD", (5, 52, 22, 46), strict=True):
        sheet.column_dimensions[column].width = width
    _head(sheet, look, "D", "Parte 3 – Scheda procedurale")
    note = (
        "Dalla relazione trimestrale; se manca, da scrivere qui. Niente nomi, diagnosi o vicende di singole famiglie."
    )
    look.banner(sheet, "A4:D4", note, size=9, italic=True)
    row = 6
    for key, wording, height in QUESTIONS:
        sheet.row_dimensions[row].height = 20
        look.text(sheet[f"A{row}"], f"{key})", bold=True, colour=look.colour)
        look.banner(sheet, f"B{row}:D{row}", wording, bold=True, colour=look.colour)
        row += 1
        if key == "d":
            columns = [
                ("N.", 5, "0", "center"), ("Criticità", 52, TEXT, "left"), ("Dipende da", 22, TEXT, "left"), ("Soluzione", 46, TEXT, "left"),
            ]  # fmt: skip
            look.header(sheet, row, columns)
            look.drawn(sheet, row + 1, ISSUES, columns, height / ISSUES)
            for line in range(row + 1, row + 1 + ISSUES):
                sheet[f"A{line}"] = f'=IF(B{line}="","",ROW()-ROW(A${row}))'
                for column in "BCD":
                    sheet[f"{column}{line}"].protection = Protection(locked=False)
            row += ISSUES
        else:
            sheet.row_dimensions[row].height = height
            look.banner(sheet, f"A{row}:D{row}")
            sheet[f"A{row}"].alignment = Alignment(vertical="top", wrap_text=True)
            for column in "ABCD":
                sheet[f"{column}{row}"].border = look.box
                sheet[f"{column}{row}"].protection = Protection(locked=False)
        row += 2
    sheet.protection.sheet = True
    sheet.protection.formatRows = False
    page(sheet, f"A1:D{row}", landscape=False, tall=1, footer="Scheda trimestrale – procedurale")


def _facts(book: Workbook, sheet: Worksheet, look: Look) -> None:
    """What happened in the quarter, to write the answers from: products, meetings, events, each a named range."""
    _head(sheet, look, "F", "Fatti del trimestre, per la scheda procedurale")
    widths = (("", 13), ("", 26), ("", 46), ("", 20), ("", 14), ("", 16))
    for column, (_, width) in zip("ABCDEF", widths, strict=True):
        sheet.column_dimensions[column].width = width
    parts: tuple[tuple[str, str, int, Columns], ...] = (
        ("prodotti", "Prodotti e materiali", PRODUCTS, (
            ("Data", 13, DAY, "center"), ("Tipo", 26, TEXT, "left"), ("Titolo", 46, TEXT, "left"),
            ("Versione", 20, TEXT, "left"), ("Stato", 14, TEXT, "left"), ("Approvato il", 16, DAY, "center"),
        )),
        ("incontri", "Incontri di governance", 12, (
            ("Data", 13, DAY, "center"), ("Modalità", 26, TEXT, "left"), ("Rete", 46, TEXT, "left"),
            ("Durata", 20, HOURS, "center"), ("Presenti", 14, "0", "center"), ("Approvato il", 16, DAY, "center"),
        )),
        ("eventi", "Eventi", 8, (
            ("Data", 13, DAY, "center"), ("Tipo", 26, TEXT, "left"), ("Titolo", 46, TEXT, "left"),
            ("Comune", 20, TEXT, "left"), ("Partecipanti", 14, "0", "center"), ("Svolgimento", 16, TEXT, "left"),
        )),
    )  # fmt: skip
    row = 7
    for name, title, count, columns in parts:
        look.banner(sheet, f"A{row}:F{row}", title, size=13, bold=True, colour=look.colour)
        look.header(sheet, row + 1, columns)
        sheet.row_dimensions[row].height = 22
        look.drawn(sheet, row + 2, count, columns, 18, "BCDF")
        area = f"Fatti!$A${row + 2}:$F${row + 1 + count}"
        book.defined_names[name] = DefinedName(name, attr_text=area)
        row += count + 3
    page(sheet, f"A1:F{row - 2}", landscape=False, footer="Scheda trimestrale – fatti del trimestre")


def _network(book: Workbook, sheet: Worksheet, look: Look) -> None:
    columns = [
        ("Soggetto", 36, TEXT, "left"), ("Natura", 22, TEXT, "left"), ("Comune", 20, TEXT, "left"),
        ("Rete o tavolo", 36, TEXT, "left"), ("Ruolo svolto nel progetto", 32, TEXT, "left"),
        ("Adesione", 12, DAY, "center"), ("Stato", 12, TEXT, "center"),
    ]  # fmt: skip
    _head(sheet, look, "G", "Parte 4 – Soggetti coinvolti nella rete")
    look.banner(sheet, "A5:G5", "Una riga per ente e rete, senza persone.", size=9, italic=True)
    look.header(sheet, 7, columns)
    look.drawn(sheet, 8, BODIES, columns, 30)
    last = 7 + BODIES
    gone = FormulaRule(['$G8="Uscito"'], font=Font(color="7F7F7F", strike=True))
    sheet.conditional_formatting.add(f"A8:G{last}", gone)
    sheet.freeze_panes = "B8"
    sheet.auto_filter.ref = f"A7:G{last}"
    page(sheet, f"A1:G{last}", "7:7", footer="Scheda trimestrale – soggetti della rete")


def _activities(sheet: Worksheet, look: Look) -> None:
    columns = [
        ("WP", 8, TEXT, "center"), ("Attività", 40, TEXT, "left"), ("Si misura con", 32, TEXT, "left"),
        ("Unità", 13, TEXT, "center"), ("Nel trimestre", 14, "#,##0", "center"), ("Cumulato", 14, "#,##0", "center"),
        ("Avanzamento", 16, TEXT, "center"), ("Note del partner", 44, TEXT, "left"),
    ]  # fmt: skip
    _head(sheet, look, "H", "Parte 5 – Attività della WBS")
    look.banner(
        sheet,
        "A5:H5",
        "Avanzamento e note sono del partner: un numero non dice se un'attività è in ritardo.",
        size=9,
        italic=True,
    )
    look.header(sheet, 7, columns)
    look.drawn(sheet, 8, len(ACTIVITIES), columns, 34)
    for row, (package, activity, measure, unit) in enumerate(ACTIVITIES, 8):
        for column, value in zip("ABCD", (package, activity, measure, unit), strict=True):
            sheet[f"{column}{row}"] = value
        if unit == "ore":
            sheet[f"E{row}"].number_format = sheet[f"F{row}"].number_format = HOURS
        for column in "GH":
            sheet[f"{column}{row}"].protection = Protection(locked=False)
    last = 7 + len(ACTIVITIES)
    for word, colour in zip(PROGRESS, ("D9D9D9", "FFF2CC", "F8CBAD", "C6E0B4"), strict=True):
        rule = FormulaRule([f'$G8="{word}"'], fill=PatternFill("solid", bgColor=colour))
        sheet.conditional_formatting.add(f"G8:G{last}", rule)
    sheet.protection.sheet = True
    page(sheet, f"A1:H{last}", tall=1, footer="Scheda trimestrale – WBS")


def _physical(sheet: Worksheet, look: Look) -> None:
    columns = [
        ("Codice", 9, TEXT, "center"), ("Indicatore", 50, TEXT, "left"), ("Unità", 13, TEXT, "center"),
        ("Valore atteso", 14, "#,##0", "center"), ("Nel trimestre", 14, "#,##0", "center"),
        ("Cumulato", 14, "#,##0", "center"), ("% raggiunta", 16, "0%", "center"),
    ]  # fmt: skip
    _head(sheet, look, "G", "Parte 6 – Scheda fisica: indicatori")
    look.banner(
        sheet,
        "A5:G5",
        "Nel trimestre: chi o che cosa si conta per la prima volta. Cumulato: dall'inizio del progetto, ognuno una volta.",
        size=9,
        italic=True,
    )
    look.header(sheet, 7, columns)
    look.drawn(sheet, 8, len(INDICATORS), columns, 20)
    for row, (code, wording, unit) in enumerate(INDICATORS, 8):
        for column, value in zip("ABC", (code, wording, unit), strict=True):
            sheet[f"{column}{row}"] = value
        sheet[f"G{row}"] = f'=IF(N(D{row})>0,F{row}/D{row},"")'
        part = not code or code.startswith("C2-")
        look.text(sheet[f"B{row}"], wording, bold=not part, indent=3 if part else 1)
        if unit == "ore":
            for column in "DEF":
                sheet[f"{column}{row}"].number_format = HOURS
    last = 7 + len(INDICATORS)
    sheet.conditional_formatting.add(f"G8:G{last}", DataBarRule("num", 0, "num", 1, color="9DC3E6"))
    note = "Le parti di C2 possono sommare più del totale: una persona può stare in più parti."
    look.banner(sheet, f"A{last + 1}:G{last + 1}", note, size=9, italic=True)
    look.signatures(sheet, last + 3, ("A:B", "Il referente di progetto"), ("D:G", "Luogo e data"))
    sheet.protection.sheet = True
    page(sheet, f"A1:G{last + 3}", landscape=False, tall=1, footer="Scheda trimestrale – scheda fisica")
