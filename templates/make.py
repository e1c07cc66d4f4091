"""Makes the shipped partner workbooks, as different offices would: `python templates/make.py [FOLDER]`. For development only.

Same code, same bytes: dates are fixed, and the pictures are drawn here. They are placeholders that anybody can see to be
placeholders; real logos and the emblem of the Union need the fund's approval.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assemblies import materials, minutes, network
from classrooms import course_register, operators
from drawing import DAY, HOURS, NUMBERS, SUM, TEXT, TIME, Look, dropdown, italian, letter, lists, logo, page, save
from housing import housing_meetings, placements
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet
from people import households, named_beneficiaries
from quarter import quarterly_sheet
from signing import signature_sheet
from timesheet import timesheet
from work import mediator_hours

from intarsi_mediation import choices as mediation
from intarsi_registry import choices as registry


def beneficiaries() -> Workbook:
    """The lead's register: pseudonyms only, ruled rows, signatures at the end."""
    look, rows, top = Look("Calibri", 10, "1F4E79", "DDEBF7"), 15, 13
    columns = [
        ("N.", 5, "0", "center"), ("N. fascicolo", 11, TEXT, "center"), ("Codice destinatario", 13, TEXT, "center"),
        ("Genere", 10, TEXT, "left"), ("Fascia d'età", 11, TEXT, "center"), ("Cittadinanza", 15, TEXT, "left"),
        ("Titolo di soggiorno", 23, TEXT, "left"), ("Cod. ISTAT", 9, TEXT, "center"), ("Comune", 16, TEXT, "left"),
        ("Codice nucleo", 11, TEXT, "center"), ("Presa in carico", 11, DAY, "center"), ("Chiusura", 11, DAY, "center"),
        ("Motivo chiusura", 18, TEXT, "left"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Registro"
    for row, height in ((1, 20), (2, 16), (3, 16), (4, 18), (5, 28), (6, 16), (7, 6), (11, 6), (12, 32)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("CAPOFILA", "1F4E79", "ring", (150, 48)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "steps", (140, 48)), "L1")
    look.banner(sheet, "D1:K1", at="center", size=12, bold=True, colour=look.colour)
    look.banner(sheet, "D2:K2", at="center")
    look.banner(sheet, "D3:K3", at="center", bold=True)
    look.banner(sheet, "D4:K4", at="center", size=9, italic=True)
    look.banner(sheet, "A5:M5", "REGISTRO DEI DESTINATARI", at="center", size=18, bold=True, colour="FFFFFF")
    sheet["A5"].fill = PatternFill("solid", fgColor=look.colour)
    look.banner(
        sheet,
        "A6:M6",
        "Versione con pseudonimi per il capofila: non contiene nomi, date di nascita né numeri di documenti",
        at="center",
        italic=True,
        size=9,
    )
    for area in ("C8:E8", "C9:E9", "C10:E10", "I8:M8", "I9:M9", "I10:M10"):
        sheet.merge_cells(area)
    look.pairs(sheet, 8, ("A", "Codice progetto", "C"), ("G", "Partner", "I"))
    look.pairs(sheet, 9, ("A", "CUP", "C"), ("G", "Periodo di riferimento", "I"))
    look.pairs(sheet, 10, ("A", "Compilato il", "C"), ("G", "Totale destinatari", "I"))
    sheet["C10"].number_format = DAY
    sheet["I10"] = f'=COUNTIF(C{top}:C{top + rows - 1},"?*")'
    look.header(sheet, 12, columns)
    look.drawn(sheet, top, rows, columns, 24)
    for row in range(top, top + rows):
        sheet[f"A{row}"] = f'=IF(C{row}="","",ROW()-ROW(A${top - 1}))'
    banded = PatternFill("solid", bgColor=look.band)
    sheet.conditional_formatting.add(
        f"A{top}:M{top + rows - 1}", FormulaRule([f'AND($C{top}<>"",MOD(ROW(),2)=0)'], fill=banded)
    )
    dropdown(sheet, f"D{top}:D{top + rows - 1}", f'"{",".join(italian(registry.GENDERS))}"')
    end = top + rows + 1
    look.signatures(
        sheet,
        end,
        ("B:D", "Chi ha compilato"),
        ("F:H", "Referente di progetto"),
        ("J:M", "Legale rappresentante o delegato"),
    )
    sheet.freeze_panes = f"D{top}"
    sheet.auto_filter.ref = f"A12:M{top + rows - 1}"
    page(sheet, f"A1:M{end}", "12:12", footer="Registro dei destinatari")
    return book


def attendance() -> Workbook:
    """A training office's register: a front page to be stamped, then rows to be signed."""
    look, rows, top = Look("Cambria", 11, "385723", "E2EFDA", "hair"), 18, 7
    columns = [
        ("N.", 5, "0", "center"), ("Data", 11, DAY, "center"), ("Dalle", 7, TIME, "center"), ("Alle", 7, TIME, "center"),
        ("Argomento", 28, TEXT, "left"), ("Cognome", 17, TEXT, "left"), ("Nome", 15, TEXT, "left"), ("Ente", 38, TEXT, "left"),
        ("Presenza", 17, TEXT, "left"), ("Entrata", 8, TIME, "center"), ("Uscita", 8, TIME, "center"),
        ("Ore", 7, HOURS, "center"), ("Firma entrata", 18, "General", "left"), ("Firma uscita", 18, "General", "left"),
    ]  # fmt: skip
    book = Workbook()
    front = book.active
    front.title = "Frontespizio"
    _front_page(front, look)
    sheet = book.create_sheet("Presenze")
    sheet.row_dimensions[1].height = 26
    look.banner(sheet, "A1:N1", "FOGLIO PRESENZE", size=16, bold=True, colour=look.colour)
    for row in (2, 3, 4):
        sheet.row_dimensions[row].height = 18
    for area in ("C2:F2", "C3:F3", "I2:N2", "I3:N3", "A4:N4"):
        sheet.merge_cells(area)
    look.pairs(sheet, 2, ("A", "Corso", "C"), ("H", "Partner", "I"))
    look.pairs(sheet, 3, ("A", "Progetto", "C"), ("H", "Periodo", "I"))
    look.text(sheet["A4"], size=9, italic=True)
    sheet.row_dimensions[5].height = 6
    sheet.row_dimensions[6].height = 30
    look.header(sheet, 6, columns)
    look.drawn(sheet, top, rows, columns, 26, "EFGHI")
    for row in range(top, top + rows):
        sheet[f"A{row}"] = f'=IF(F{row}="","",ROW()-ROW(A${top - 1}))'
    last = top + rows - 1
    book.defined_names["presenze"] = DefinedName("presenze", attr_text=f"Presenze!$A${top}:$N${last}")
    absent = FormulaRule(
        [f'LEFT($I{top},7)="Assente"'],
        font=Font(color="7F7F7F", italic=True),
        fill=PatternFill("solid", bgColor="F2F2F2"),
    )
    sheet.conditional_formatting.add(f"A{top}:N{last}", absent)
    sheet.row_dimensions[last + 1].height = 20
    look.banner(sheet, f"A{last + 1}:K{last + 1}", "Totale ore allievo", bold=True, at="right")
    total = look.text(sheet[f"L{last + 1}"], f"=SUM(L{top}:L{last})", bold=True, at="center")
    total.number_format, total.border = HOURS, look.box
    look.signatures(sheet, last + 3, ("B:E", "Il docente"), ("G:H", "Il tutor"), ("J:N", "Il responsabile del corso"))
    sheet.freeze_panes = f"A{top}"
    page(sheet, f"A1:N{last + 3}", "1:6", footer="Le caselle vuote sono barrate alla chiusura")
    return book


def _front_page(sheet: Worksheet, look: Look) -> None:
    for column, width in zip("ABCDEF", (4, 26, 22, 22, 22, 4), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.add_image(logo("FORMAZIONE", look.colour, "steps", (190, 56)), "B2")
    sheet.add_image(logo("FONDO", "7F7F7F", "ring", (150, 56)), "E2")
    for row, height in ((2, 44), (5, 20), (6, 20), (8, 40), (9, 34), (25, 60), (31, 30)):
        sheet.row_dimensions[row].height = height
    look.banner(sheet, "B5:E5", at="center", bold=True)
    look.banner(sheet, "B6:E6", at="center")
    look.banner(sheet, "B8:E8", "REGISTRO DELLE PRESENZE", size=26, bold=True, at="center", colour=look.colour)
    look.banner(sheet, "B9:E9", size=16, italic=True, at="center", wrap=True)
    lines = (
        "Progetto",
        "CUP",
        "Partner",
        "Periodo",
        "Codice corso",
        "Ore previste",
        "Sede",
        "Comune",
        "Responsabile",
        "Tutor",
    )
    for row, wording in enumerate(lines, 12):
        sheet.row_dimensions[row].height = 20
        sheet.merge_cells(f"C{row}:E{row}")
        look.pairs(sheet, row, ("B", wording, "C"))
        for column in "DE":
            sheet[f"{column}{row}"].border = look.under
    sheet["C17"].number_format = HOURS
    look.banner(sheet, "B24:E24", "Vidimazione: timbro e firma prima dell'uso; le pagine sono numerate.", italic=True)
    sheet.merge_cells("B25:E25")
    for column in "BCDE":
        sheet[f"{column}25"].border = look.box
    look.signatures(sheet, 27, ("B:B", "Il responsabile del corso"), ("D:E", "Il legale rappresentante"))
    look.banner(sheet, "B31:E31", at="center", size=9, italic=True, wrap=True)
    page(sheet, "A1:F31", landscape=False, tall=1)


def interventions() -> Workbook:
    """A mediation office's workbook: a real table with totals, lists on another sheet, a summary with a chart."""
    look, rows, top = Look("Arial", 9, "833C0B", "FBE4D5"), 15, 10
    columns = [
        ("N. intervento", 11, TEXT, "center"), ("Data", 10, DAY, "center"), ("Dalle", 7, TIME, "center"), ("Alle", 7, TIME, "center"),
        ("Ore", 7, HOURS, "center"), ("Tipo servizio", 27, TEXT, "left"), ("Categoria C2", 24, TEXT, "left"),
        ("Lingua", 20, TEXT, "left"), ("Luogo", 12, TEXT, "left"), ("Scuola", 36, TEXT, "left"),
        ("N. destinatari", 10, "0", "center"), ("Esito", 20, TEXT, "left"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Registro"
    sheet.row_dimensions[1].height = 46
    sheet.add_image(logo("MEDIAZIONE", look.colour, "triangle", (170, 52)), "A1")
    look.banner(
        sheet, "D1:L1", "Registro degli interventi di mediazione", size=20, bold=True, at="right", colour=look.colour
    )
    for area in ("C3:F3", "C4:F4", "C5:F5", "I3:L3", "I4:L4", "I5:L5", "A7:L7"):
        sheet.merge_cells(area)
    look.pairs(sheet, 3, ("A", "Progetto", "C"), ("H", "Partner", "I"))
    look.pairs(sheet, 4, ("A", "Codice PROG", "C"), ("H", "Trimestre", "I"))
    look.pairs(sheet, 5, ("A", "CUP", "C"), ("H", "Compilato il", "I"))
    sheet["I5"].number_format = DAY
    look.text(sheet["A7"], size=8, italic=True)
    look.header(sheet, top - 1, columns)
    sheet.row_dimensions[top - 1].height = 28
    look.drawn(sheet, top, rows, columns, 22, "FGHIJL")
    end = top + rows
    totals = {"Data": ("countNums", NUMBERS, "0"), "Ore": ("sum", SUM, HOURS), "N. destinatari": ("sum", SUM, "0")}
    look.table(sheet, "TabInterventi", top, rows, columns, totals)
    words = {
        "Tipo servizio": italian(mediation.SERVICES), "Categoria C2": italian(mediation.CATEGORIES),
        "Luogo": italian(mediation.PLACES), "Esito": italian(mediation.OUTCOMES),
    }  # fmt: skip
    _summary(book, look, words["Tipo servizio"])
    places = lists(book, words, look)
    for name, column in (("Tipo servizio", "F"), ("Categoria C2", "G"), ("Luogo", "I"), ("Esito", "L")):
        dropdown(sheet, f"{column}{top}:{column}{end - 1}", places[name])
    long = FormulaRule([f"AND(ISNUMBER($E{top}),$E{top}>4/24)"], fill=PatternFill("solid", bgColor="FFE699"))
    sheet.conditional_formatting.add(f"A{top}:L{end - 1}", long)
    look.text(sheet[f"A{end + 1}"], "Evidenziati gli interventi di più di 4 ore.", size=8, italic=True)
    look.signatures(
        sheet,
        end + 3,
        ("A:D", "Il coordinatore del servizio"),
        ("F:G", "Il referente del partner"),
        ("I:L", "Luogo e data"),
    )
    sheet.freeze_panes = f"C{top}"
    page(sheet, f"A1:L{end + 3}", f"{top - 1}:{top - 1}", footer="Registro degli interventi – senza dati personali")
    return book


def _summary(book: Workbook, look: Look, services: Sequence[str]) -> None:
    sheet = book.create_sheet("Riepilogo")
    look.banner(sheet, "A1:D1", "Riepilogo per tipo di servizio", size=14, bold=True, colour=look.colour)
    columns = [
        ("Tipo servizio", 34, TEXT, "left"),
        ("Interventi", 12, "0", "center"),
        ("Ore", 12, HOURS, "center"),
        ("Presenze", 12, "0", "center"),
    ]
    look.header(sheet, 3, columns)
    look.drawn(sheet, 4, len(services) + 1, columns, 18)
    for row, service in enumerate(services, 4):
        sheet[f"A{row}"] = service
        sheet[f"B{row}"] = f"=COUNTIF(TabInterventi[Tipo servizio],A{row})"
        sheet[f"C{row}"] = f"=SUMIF(TabInterventi[Tipo servizio],A{row},TabInterventi[Ore])"
        sheet[f"D{row}"] = f"=SUMIF(TabInterventi[Tipo servizio],A{row},TabInterventi[N. destinatari])"
    last = 4 + len(services)
    sheet[f"A{last}"] = "Totale"
    for column in "BCD":
        sheet[f"{column}{last}"] = f"=SUM({column}4:{column}{last - 1})"
    look.text(
        sheet[f"A{last + 1}"],
        "Una persona può ricevere più servizi: le presenze non sono persone distinte.",
        size=8,
        italic=True,
    )
    chart = BarChart()
    chart.type, chart.style, chart.legend = "bar", 10, None
    chart.title, chart.height, chart.width = "Interventi svolti", 8, 18
    chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=last - 1), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=4, max_row=last - 1))
    chart.series[0].graphicalProperties.solidFill = look.colour
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, f"A{last + 3}")
    page(sheet, f"A1:F{last + 22}", tall=1)


def certificate() -> Workbook:
    """A certificate of attendance, one page, whose sentences hold the places to fill."""
    look = Look("Georgia", 13, "7B6A2E", "FFFFFF")
    book = Workbook()
    sheet = book.active
    sheet.title = "Attestato"
    for column in range(1, 11):
        sheet.column_dimensions[letter(column)].width = 3 if column in (1, 10) else 15
    heights = {
        1: 10,
        2: 54,
        3: 20,
        4: 18,
        5: 18,
        6: 62,
        7: 22,
        8: 26,
        9: 52,
        10: 26,
        11: 46,
        12: 26,
        13: 26,
        14: 34,
        15: 30,
        16: 20,
        17: 40,
        18: 40,
        19: 18,
        20: 10,
    }
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height
    side = Side("double", color=look.colour)
    for row in range(1, 21):
        for column in range(1, 11):
            edges = {"left": column == 1, "right": column == 10, "top": row == 1, "bottom": row == 20}
            sheet.cell(row, column).border = Border(**{edge: side for edge, on in edges.items() if on})
    sheet.add_image(logo("ENTE", look.colour, "ring", (190, 62)), "B2")
    sheet.add_image(logo("FONDO", "7F7F7F", "steps", (180, 62)), "H2")
    look.banner(sheet, "B3:I3", "{{fondo}}", at="center", bold=True, size=12)
    look.banner(sheet, "B4:I4", "{{autorita}}", at="center", size=10)
    look.banner(sheet, "B5:I5", "{{progetto}} – {{prog}} – CUP {{cup}}", at="center", size=10)
    look.banner(sheet, "B6:I6", "ATTESTATO DI FREQUENZA", at="center", size=36, bold=True, colour=look.colour)
    look.banner(sheet, "B7:I7", "n. {{numero}}", at="center", size=12)
    look.banner(sheet, "B8:I8", "Si attesta che", at="center", italic=True)
    look.banner(sheet, "B9:I9", "{{nominativo}}", at="center", size=28, bold=True)
    look.banner(sheet, "B10:I10", "ha frequentato il corso di formazione", at="center", italic=True)
    look.banner(sheet, "B11:I11", "{{corso}}", at="center", size=20, bold=True, colour=look.colour, wrap=True)
    look.banner(sheet, "B12:I12", "codice {{codice_corso}}, svolto dal {{inizio}} al {{fine}}", at="center")
    look.banner(
        sheet, "B13:I13", "per {{ore}} ore su {{ore_previste}} previste (frequenza: {{percento}} %)", at="center"
    )
    look.banner(sheet, "B14:I14", "Organizzato da {{partner}} – {{citta}} – periodo: {{periodo}}", at="center", size=11)
    look.banner(sheet, "B15:D15", "{{citta}}, {{data}}", size=12)
    look.banner(sheet, "B16:D16", "Il responsabile del corso", at="center", italic=True, size=11)
    look.banner(sheet, "G16:I16", "Il legale rappresentante", at="center", italic=True, size=11)
    for area in ("B17:D17", "G17:I17"):
        sheet.merge_cells(area)
        for cell in sheet[area][0]:
            cell.border = look.under
    look.banner(sheet, "B18:I18", "{{cofinanziamento}}", at="center", size=11, bold=True)
    look.banner(
        sheet,
        "B19:I19",
        "Attestato di frequenza senza valore di titolo di studio o di qualifica",
        at="center",
        size=8,
        italic=True,
    )
    page(sheet, "A1:J20", tall=1)
    sheet.oddFooter.right.text = ""
    sheet.print_options.horizontalCentered = sheet.print_options.verticalCentered = True
    return book


WORKBOOKS: dict[str, Callable[[], Workbook]] = {
    "registro_destinatari": named_beneficiaries,
    "registro_nuclei": households,
    "ore_mediazione_mensili": mediator_hours,
    "scheda_trimestrale": quarterly_sheet,
    "elenco_operatori": operators,
    "foglio_firme": signature_sheet,
    "registro_corsi": course_register,
    "foglio_ore": timesheet,
    "registro_destinatari_lead": beneficiaries,
    "registro_presenze": attendance,
    "registro_mediazione": interventions,
    "attestato": certificate,
    "verbale_riunione": minutes,
    "soggetti_rete": network,
    "registro_alloggi": placements,
    "registro_incontri_abitare": housing_meetings,
    "registro_materiali": materials,
}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, make in WORKBOOKS.items():
        book = make()
        path = folder / f"{name}{'.xlsm' if book.vba_archive else '.xlsx'}"
        save(book, path)
        print(path)
