"""How the shipped workbooks are drawn: an office's taste, pages, lists, placeholder pictures, and saving without a clock."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

MADE = datetime(2020, 1, 10, 9, 0)
SUM, COUNT, NUMBERS = 109, 103, 102  # of SUBTOTAL: without the rows that a filter hides
DAY, TIME, HOURS, TEXT = "dd/mm/yyyy", "hh:mm", "[h]:mm", "@"
A4, A3 = 9, 8


class Look:
    """One office's taste: font, colours, and the boxes it draws."""

    def __init__(self, font: str, size: int, colour: str, band: str, line: str = "thin") -> None:
        self.font, self.size, self.colour, self.band = font, size, colour, band
        side = Side(line, color=colour)
        self.box = Border(left=side, right=side, top=side, bottom=side)
        self.under = Border(bottom=Side("thin", color="808080"))

    def text(self, cell: Any, value: object = None, *, size: int = 0, bold: bool = False, colour: str = "", at: str = "left",
             wrap: bool = False, italic: bool = False, indent: int = 0, shrink: bool = False) -> Any:  # fmt: skip
        """Writes `value` and dresses the cell."""
        cell.value = value
        cell.font = Font(self.font, size or self.size, bold=bold, italic=italic, color=colour or "202020")
        cell.alignment = Alignment(
            horizontal=at, vertical="center", wrap_text=wrap, indent=indent, shrink_to_fit=shrink
        )
        return cell

    def banner(self, sheet: Worksheet, area: str, value: object = None, **style: Any) -> None:
        """A merged title or line."""
        sheet.merge_cells(area)
        self.text(sheet[area.partition(":")[0]], value, **style)

    def pairs(self, sheet: Worksheet, row: int, *pairs: tuple[str, str, str]) -> None:
        """Label cell, its wording, and the cell that the program fills; all in one row."""
        for label, wording, value in pairs:
            self.text(sheet[f"{label}{row}"], wording, bold=True, colour=self.colour)
            self.text(sheet[f"{value}{row}"], shrink=True).border = self.under

    def header(
        self, sheet: Worksheet, row: int, columns: Sequence[tuple[str, float, str, str]], first: int = 1
    ) -> None:
        """A header row: name, width, number format and alignment of each column."""
        for column, (name, width, _, _) in enumerate(columns, first):
            cell = self.text(sheet.cell(row, column), name, bold=True, colour="FFFFFF", at="center", wrap=True)
            cell.fill, cell.border = PatternFill("solid", fgColor=self.colour), self.box
            sheet.column_dimensions[letter(column)].width = width

    def drawn(
        self, sheet: Worksheet, top: int, count: int, columns: Sequence[tuple[str, float, str, str]], height: float,
        shrink: str = "",
    ) -> None:  # fmt: skip
        """Empty rows, ruled and formatted, for the program to fill; the last one is the pattern of those put in.

        Names run to 60 letters: in the columns `shrink` they stay on one line, where wrapped ones would be cut off.
        """
        for row in range(top, top + count):
            sheet.row_dimensions[row].height = height
            for column, (_, _, number_format, at) in enumerate(columns, 1):
                small = letter(column) in shrink
                wrap = number_format == TEXT and not small
                cell = self.text(sheet.cell(row, column), at=at, wrap=wrap, indent=int(at == "left"), shrink=small)
                cell.number_format, cell.border = number_format, self.box

    def table(
        self, sheet: Worksheet, name: str, top: int, count: int, columns: Sequence[tuple[str, float, str, str]],
        totals: dict[str, tuple[str, int, str]] | None = None, style: str = "TableStyleLight1",
    ) -> None:  # fmt: skip
        """A real table over the drawn rows and their header; `totals` adds a row: function, its number, number format."""
        end, last = top + count, letter(len(columns))
        body = f"A{top - 1}:{last}{end - 1}"
        table = Table(displayName=name, ref=f"A{top - 1}:{last}{end}" if totals else body)
        table._initialise_columns()
        table.autoFilter.ref = body
        for column, (header, _, _, _) in zip(table.tableColumns, columns, strict=True):
            column.name = header
        if totals:
            table.totalsRowCount, sheet.row_dimensions[end].height = 1, 20
            for column, (header, _, _, at) in zip(table.tableColumns, columns, strict=True):
                cell = self.text(sheet.cell(end, column.id), bold=True, at=at)
                cell.border, cell.fill = self.box, PatternFill("solid", fgColor=self.band)
                if header in totals:
                    column.totalsRowFunction, number, cell.number_format = totals[header]
                    cell.value = f"=SUBTOTAL({number},{name}[{header}])"
            table.tableColumns[0].totalsRowLabel = sheet.cell(end, 1).value = "Totale"
        table.tableStyleInfo = TableStyleInfo(style, showRowStripes=False)
        sheet.add_table(table)

    def signatures(self, sheet: Worksheet, row: int, *places: tuple[str, str]) -> None:
        """Lines to sign on: the merged columns, and who signs. All in one tall row, which no page break can tear."""
        sheet.row_dimensions[row].height = 64
        for columns, who in places:
            first, _, last = columns.partition(":")
            area = f"{first}{row}:{last}{row}"
            self.banner(sheet, area, who, italic=True)
            sheet[f"{first}{row}"].alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
            for cell in sheet[area][0]:
                cell.border = self.under


def logo(words: str, colour: str, shape: str, size: tuple[int, int]) -> Image:
    """An invented mark with the word "segnaposto" in it."""
    scale = 4
    picture = Picture.new("RGB", (size[0] * scale, size[1] * scale), "white")
    draw = ImageDraw.Draw(picture)
    height = picture.height
    mark = (8, 8, height - 8, height - 8)
    if shape == "ring":
        draw.ellipse(mark, outline=f"#{colour}", width=28)
    elif shape == "steps":
        for step in range(3):
            draw.rectangle(
                (
                    8 + step * height // 3,
                    height - 8 - (step + 1) * height // 4,
                    step * height // 3 + height // 4,
                    height - 8,
                ),
                fill=f"#{colour}",
            )
    else:
        draw.polygon([(height // 2, 8), (height - 8, height - 8), (8, height - 8)], fill=f"#{colour}")
    draw.text((height + 24, height * 0.18), words, fill=f"#{colour}", font=ImageFont.load_default(height * 0.3))
    draw.text(
        (height + 24, height * 0.6), "segnaposto logo", fill="#808080", font=ImageFont.load_default(height * 0.18)
    )
    picture.thumbnail((size[0] * 2, size[1] * 2))
    content = io.BytesIO()
    picture.save(content, "PNG")
    image = Image(content)
    image.width, image.height = size
    return image


def page(
    sheet: Worksheet, area: str, titles: str = "", *, landscape: bool = True, tall: int = 0, footer: str = ""
) -> None:
    """A4, one page wide, numbered pages."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, tall
    sheet.print_area = area
    if titles:
        sheet.print_title_rows = titles
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = footer, "Pagina &P di &N"
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
    sheet.sheet_view.showGridLines = False


def dropdown(sheet: Worksheet, area: str, source: str) -> None:
    """A list that warns of other values but takes them: registers are older than lists."""
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True, errorStyle="warning")
    rule.error, rule.errorTitle = "Il valore non è nell'elenco.", "Elenco"
    rule.add(area)
    sheet.add_data_validation(rule)


def lists(book: Workbook, columns: dict[str, Sequence[str]], look: Look) -> dict[str, str]:
    """A hidden sheet of code lists, which nobody needs on paper; returns the range of each."""
    sheet = book.create_sheet("Elenchi")
    sheet.sheet_state = "hidden"
    places = {}
    for column, (name, words) in enumerate(columns.items(), 1):
        look.header(sheet, 1, [(name, max(map(len, words)) + 4, TEXT, "left")], column)
        for row, word in enumerate(words, 2):
            look.text(sheet.cell(row, column), word)
        places[name] = f"Elenchi!${letter(column)}$2:${letter(column)}${len(words) + 1}"
    return places


def italian(choices: dict[str, tuple[str, str]]) -> list[str]:
    return [it for it, _ in choices.values()]


def save(book: Workbook, path: Path) -> None:
    """Writes the workbook with the fixed date everywhere: openpyxl and zip would put in the clock."""
    book.properties.creator, book.properties.created = "intarsi-tui", MADE
    content = io.BytesIO()
    book.save(content)
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "docProps/core.xml":
                changed = book.properties.modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = data.replace(changed, MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode())
            fixed = zipfile.ZipInfo(entry.filename, MADE.timetuple()[:6])
            fixed.compress_type, fixed.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(fixed, data)
