"""Workbooks about people: the named register of beneficiaries for the audit folder, the lead's register of households."""

from drawing import A3, DAY, SUM, TEXT, Look, dropdown, italian, lists, logo, page
from openpyxl import Workbook
from openpyxl.chart import BarChart, DoughnutChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_registry import choices as registry


def named_beneficiaries() -> Workbook:
    """The register of the audit folder on A3: names, and a cross for each part of C2 that a person was served in."""
    look, rows, top = Look("Segoe UI", 10, "1D5C57", "DDF0EE", "hair"), 18, 15
    columns = [
        ("N.", 6, "0", "center"), ("N. fascicolo", 12, TEXT, "center"), ("Pseudonimo", 12, TEXT, "center"),
        ("Cognome", 20, TEXT, "left"), ("Nome", 17, TEXT, "left"), ("Genere", 13, TEXT, "left"),
        ("Nato/a il", 12, DAY, "center"), ("Fascia d'età", 12, TEXT, "center"), ("Cittadinanza", 17, TEXT, "left"),
        ("Titolo di soggiorno", 26, TEXT, "left"), ("Comune", 24, TEXT, "left"), ("Nucleo", 11, TEXT, "center"),
        ("Preso/a in carico il", 12, DAY, "center"), ("Requisiti", 24, TEXT, "left"), ("C2-a", 6, TEXT, "center"),
        ("C2-b", 6, TEXT, "center"), ("C2-c", 6, TEXT, "center"), ("C2-d", 6, TEXT, "center"),
        ("Chiuso il", 12, DAY, "center"), ("Motivo", 18, TEXT, "left"), ("Responsabile del fascicolo", 24, TEXT, "left"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Destinatari"
    for row, height in ((1, 58), (2, 34), (3, 20), (11, 8), (12, 22), (13, 22), (14, 36)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("FAMIGLIE", look.colour, "steps", (230, 62)), "A1")
    sheet.add_image(logo("FONDO", "7F7F7F", "triangle", (170, 62)), "T1")
    look.banner(sheet, "A2:U2", "Registro dei destinatari", size=26, bold=True, colour=look.colour)
    look.banner(sheet, "A3:U3", "Esemplare nominativo per il fascicolo di controllo: non va trasmesso", italic=True)
    lines = (
        ("Progetto", "Partner"), ("Codice PROG", "Situazione al"), ("CUP", "Periodo"),
        ("Fondo", "Compilato il"), ("Autorità", "Compilato da"),
    )  # fmt: skip
    for row, (left, right) in enumerate(lines, 5):
        sheet.row_dimensions[row].height = 19
        for area in (f"A{row}:B{row}", f"C{row}:I{row}", f"K{row}:P{row}"):
            sheet.merge_cells(area)
        look.pairs(sheet, row, ("A", left, "C"), ("J", right, "K"))
        for column in "DEFGHILMNOP":
            sheet[f"{column}{row}"].border = look.under
    for place in ("K6", "K8"):
        sheet[place].number_format = DAY
    look.banner(sheet, "A10:U10", at="left", bold=True)
    for area, wording in (
        ("A13:E13", "PERSONA"), ("F13:L13", "DATI ALLA PRESA IN CARICO"), ("M13:N13", "PRESA IN CARICO"),
        ("O13:R13", "SERVIZI"), ("S13:U13", "CHIUSURA E TENUTA"),
    ):  # fmt: skip
        look.banner(sheet, area, wording, bold=True, at="center", colour=look.colour)
        for cell in sheet[area][0]:
            cell.fill, cell.border = PatternFill("solid", fgColor=look.band), look.box
    look.header(sheet, top - 1, columns)
    look.drawn(sheet, top, rows, columns, 28)
    last = top + rows - 1
    for row in range(top, last + 1):
        sheet[f"A{row}"] = f'=IF(C{row}="","",ROW()-ROW(A${top - 1}))'
    look.banner(sheet, "A12:M12", f'="Persone nel registro: "&COUNTIF(C{top}:C{last},"?*")', bold=True, size=12)
    look.text(sheet["N12"], "Con il servizio", bold=True, at="right")
    for column in "OPQR":
        cell = look.text(sheet[f"{column}12"], f'=COUNTIF({column}{top}:{column}{last},"X")', bold=True, at="center")
        cell.border = look.box
    book.defined_names["destinatari"] = DefinedName("destinatari", attr_text=f"Destinatari!$A${top}:$U${last}")
    _beneficiary_rules(book, sheet, look, top, last)
    look.banner(
        sheet, f"A{last + 1}:U{last + 1}",
        "C2-a istruzione e formazione, C2-b abitare, C2-c salute, C2-d partecipazione. Una persona può avere più servizi: la somma può superare le persone.",
        size=9, italic=True,
    )  # fmt: skip
    look.signatures(
        sheet, last + 3, ("B:E", "Chi ha compilato"), ("H:K", "Il referente di progetto"), ("N:T", "Il legale rappresentante o delegato")
    )  # fmt: skip
    sheet.freeze_panes = f"F{top}"
    sheet.auto_filter.ref = f"A{top - 1}:U{last}"
    page(sheet, f"A1:U{last + 3}", f"{top - 2}:{top - 1}", footer="Registro dei destinatari – contiene dati personali")
    sheet.page_setup.paperSize = A3
    return book


def _beneficiary_rules(book: Workbook, sheet: Worksheet, look: Look, top: int, last: int) -> None:
    """Lists on another sheet, and colours: reserve, not eligible, closed."""
    words = {
        "Genere": italian(registry.GENDERS), "Fascia d'età": italian(registry.AGE_BANDS),
        "Titolo di soggiorno": italian(registry.PERMITS), "Requisiti": italian(registry.ELIGIBILITY),
        "Motivo": italian(registry.CLOSINGS),
    }  # fmt: skip
    places = lists(book, words, look)
    for name, column in (
        ("Genere", "F"), ("Fascia d'età", "H"), ("Titolo di soggiorno", "J"), ("Requisiti", "N"), ("Motivo", "T"),
    ):  # fmt: skip
        dropdown(sheet, f"{column}{top}:{column}{last}", places[name])
    eligible, reserve, refused = words["Requisiti"]
    for column, text, colour in (("N", refused, "F8CBAD"), ("N", reserve, "FFE699"), ("N", eligible, "E2F0D9")):
        rule = FormulaRule([f'${column}{top}="{text}"'], fill=PatternFill("solid", bgColor=colour))
        sheet.conditional_formatting.add(f"{column}{top}:{column}{last}", rule)
    crossed = FormulaRule([f'O{top}="X"'], font=Font(bold=True), fill=PatternFill("solid", bgColor=look.band))
    sheet.conditional_formatting.add(f"O{top}:R{last}", crossed)
    closed = FormulaRule([f'$S{top}<>""'], font=Font(color="7F7F7F", italic=True))
    sheet.conditional_formatting.add(f"A{top}:U{last}", closed)


def households() -> Workbook:
    """The lead's register of households: codes only, a table with totals, a second sheet that counts and draws."""
    look, rows, top = Look("Candara", 10, "6C3483", "EBDEF0"), 15, 10
    columns = [
        ("Codice nucleo", 12, TEXT, "center"), ("N. scheda", 11, TEXT, "center"), ("Presa in carico", 12, DAY, "center"),
        ("Tipologia", 21, TEXT, "left"), ("Componenti", 11, "0", "center"), ("Minori", 9, "0", "center"),
        ("Comune", 17, TEXT, "left"), ("Termine di uscita", 15, TEXT, "left"), ("Servizio pubblico", 30, TEXT, "left"),
        ("Ente privato", 26, TEXT, "left"), ("Patto firmato il", 12, DAY, "center"), ("Verifiche", 9, "0", "center"),
        ("In alloggio", 9, TEXT, "center"), ("Conta", 8, TEXT, "center"), ("Chiuso il", 12, DAY, "center"), ("Esito", 14, TEXT, "left"),
        ("È stato utile?", 13, TEXT, "left"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Nuclei"
    for row, height in ((1, 54), (2, 20), (3, 20), (8, 8), (9, 30)):
        sheet.row_dimensions[row].height = height
    sheet.add_image(logo("UFFICIO DI PIANO", look.colour, "ring", (220, 58)), "O1")
    look.banner(sheet, "A1:L1", "REGISTRO DEI NUCLEI FAMILIARI", size=22, bold=True, colour=look.colour)
    look.banner(sheet, "A2:Q2", bold=True)
    look.banner(sheet, "A3:Q3", italic=True)
    for area in ("C5:F5", "C6:F6", "J5:L5", "J6:L6"):
        sheet.merge_cells(area)
    for row in (5, 6):
        sheet.row_dimensions[row].height = 19
        sheet.merge_cells(f"A{row}:B{row}")
    look.pairs(sheet, 5, ("A", "Codice progetto", "C"), ("I", "Partner", "J"), ("O", "Periodo", "P"))
    look.pairs(sheet, 6, ("A", "CUP", "C"), ("I", "Compilato il", "J"), ("O", "Nuclei al", "P"))
    for place in ("J6", "P6"):
        sheet[place].number_format = DAY
    sheet.merge_cells("P5:Q5")
    sheet.merge_cells("P6:Q6")
    look.banner(sheet, "A7:Q7", "Solo codici: i nomi restano all'ente che segue il nucleo.", size=8, italic=True)
    look.header(sheet, top - 1, columns)
    look.drawn(sheet, top, rows, columns, 30)
    totals = {"Componenti": ("sum", SUM, "0"), "Minori": ("sum", SUM, "0"), "Verifiche": ("sum", SUM, "0")}
    look.table(sheet, "TabNuclei", top, rows, columns, totals, "TableStyleLight5")
    end = top + rows
    types, closings = italian(registry.HOUSEHOLD_TYPES), italian(registry.CLOSINGS)
    _household_figures(book, look, types, closings)
    words = {"Tipologia": types, "Termine di uscita": italian(registry.EXIT_CHECKS), "Esito": closings}
    places = lists(book, words, look)
    for name, column in (("Tipologia", "D"), ("Termine di uscita", "H"), ("Esito", "P")):
        dropdown(sheet, f"{column}{top}:{column}{end - 1}", places[name])
    over = FormulaRule([f'$N{top}="no"'], fill=PatternFill("solid", bgColor="F5B7B1"))
    sheet.conditional_formatting.add(f"A{top}:Q{end - 1}", over)
    look.signatures(
        sheet, end + 2, ("A:D", "Il responsabile della presa in carico"), ("G:I", "Il referente del partner"), ("K:P", "Luogo e data")
    )  # fmt: skip
    sheet.freeze_panes = f"B{top}"
    page(sheet, f"A1:Q{end + 2}", f"{top - 1}:{top - 1}", footer="Registro dei nuclei – senza nomi")
    sheet.page_setup.paperSize = A3
    return book


def _household_figures(book: Workbook, look: Look, types: list[str], closings: list[str]) -> None:
    sheet = book.create_sheet("Quadro")
    look.banner(sheet, "A1:E1", "Quadro dei nuclei", size=16, bold=True, colour=look.colour)
    columns = [
        ("Tipologia", 28, TEXT, "left"), ("Nuclei", 11, "0", "center"), ("Componenti", 13, "0", "center"),
        ("Minori", 11, "0", "center"), ("In alloggio", 12, "0", "center"),
    ]  # fmt: skip
    look.header(sheet, 3, columns)
    look.drawn(sheet, 4, len(types) + 1, columns, 18)
    for row, wording in enumerate(types, 4):
        sheet[f"A{row}"] = wording
        sheet[f"B{row}"] = f"=COUNTIF(TabNuclei[Tipologia],A{row})"
        sheet[f"C{row}"] = f"=SUMIF(TabNuclei[Tipologia],A{row},TabNuclei[Componenti])"
        sheet[f"D{row}"] = f"=SUMIF(TabNuclei[Tipologia],A{row},TabNuclei[Minori])"
        sheet[f"E{row}"] = f'=COUNTIFS(TabNuclei[Tipologia],A{row},TabNuclei[In alloggio],"X")'
    total = 4 + len(types)
    sheet[f"A{total}"] = "Totale"
    for column in "BCDE":
        sheet[f"{column}{total}"] = f"=SUM({column}4:{column}{total - 1})"
    top = total + 3
    look.header(sheet, top, [("Esito della chiusura", 28, TEXT, "left"), ("Nuclei", 11, "0", "center")])
    look.drawn(sheet, top + 1, len(closings) + 1, [columns[0], columns[1]], 18)
    for row, wording in enumerate(closings, top + 1):
        sheet[f"A{row}"] = wording
        sheet[f"B{row}"] = f"=COUNTIF(TabNuclei[Esito],A{row})"
    still = top + 1 + len(closings)
    sheet[f"A{still}"] = "Ancora seguiti"
    sheet[f"B{still}"] = f"=B{total}-SUM(B{top + 1}:B{still - 1})"
    bars = BarChart()
    bars.type, bars.grouping, bars.overlap = "col", "clustered", -10
    bars.title, bars.height, bars.width = "Nuclei, componenti e minori", 8.5, 17
    bars.add_data(Reference(sheet, min_col=2, max_col=4, min_row=3, max_row=total - 1), titles_from_data=True)
    bars.set_categories(Reference(sheet, min_col=1, min_row=4, max_row=total - 1))
    for series, colour in zip(bars.series, (look.colour, "AF7AC5", "F5B041"), strict=True):
        series.graphicalProperties.solidFill = colour
    bars.x_axis.delete = bars.y_axis.delete = False
    bars.legend.position = "b"
    sheet.add_chart(bars, f"A{still + 3}")
    ring = DoughnutChart()
    ring.title, ring.height, ring.width, ring.holeSize = "Come si sono chiusi", 8.5, 12, 55
    ring.add_data(Reference(sheet, min_col=2, min_row=top, max_row=still), titles_from_data=True)
    ring.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=still))
    sheet.add_chart(ring, f"G{total - 2}")
    page(sheet, f"A1:M{still + 21}", tall=1)
