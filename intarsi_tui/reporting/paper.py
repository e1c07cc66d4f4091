"""Paper that is printed before the event and filled in with a pen: numbered pages, a heading that says whose they are, blank boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .pdf import to_pdf
from .problems import ReportError, ReportProblem

if TYPE_CHECKING:
    from ..host.office import Office

ROW = 27  # points: room for a signature
WIDE = 100  # characters that a page without a table holds


@dataclass(frozen=True)
class Page:
    """One page: a title, lines to fill in, and a table.

    Attributes:
        text: what stands below the title, a line each.
        lines: label and value of what stands above the table; an empty value is a line to write on.
        columns: heading and width in characters.
        rows: what is known of each row, from its first column on; the rest stays blank.
        blanks: rows without anything, for whoever was not expected.
        foot: who signs below.
    """

    title: str
    lines: Sequence[tuple[str, str]] = ()
    columns: Sequence[tuple[str, float]] = ()
    rows: Sequence[Sequence[str]] = ()
    blanks: int = 0
    foot: Sequence[str] = ()
    text: Sequence[str] = ()


def write_pages(office: "Office", path: Path, pages: Sequence[Page], *, pdf: bool = False) -> list[Path]:
    """Writes a workbook with a sheet a page, "page 3 of 12" on each, and a PDF of it when asked for; returns their paths.

    Raises:
        ReportError: the file cannot be written, or there is no LibreOffice for the PDF.
    """
    from openpyxl import Workbook

    from ..whole_file import replacing

    book = Workbook()
    book.remove(book.worksheets[0])
    for number, page in enumerate(pages, 1):
        _draw(office, book.create_sheet(f"{number}"), page, number, len(pages))
    try:
        with replacing(path) as part, part.open("wb") as file:
            book.save(file)
    except OSError as error:
        problem = ReportProblem("cannot_write", path.name, value=path, detail=error.strerror or str(error))
        raise ReportError([problem]) from error
    return [path, to_pdf(path)] if pdf else [path]


def _draw(office: "Office", sheet: Any, page: Page, number: int, count: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    thin = Side("thin", color="404040")
    box, under = Border(left=thin, right=thin, top=thin, bottom=thin), Border(bottom=thin)
    columns = page.columns or (("", WIDE),)
    last = max(len(columns), 2)
    row = 0

    def put(column: int, value: str, **style: Any) -> Any:
        cell = sheet.cell(row, column)
        cell.value, cell.data_type = value, "s"  # "=1+1" is a text here
        cell.font = Font(
            "Arial", style.get("size", 10), bold=style.get("bold", False), italic=style.get("italic", False)
        )
        cell.alignment = Alignment(horizontal=style.get("at", "left"), vertical="center", wrap_text=True)
        return cell

    def banner(value: str, height: float = 16, **style: Any) -> None:
        nonlocal row
        row += 1
        sheet.row_dimensions[row].height = height
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        put(1, value, **style)

    words = _WORDS[office.lang == "it"]
    profile, partner = office.profile, office.workspace.partner
    banner(profile.fund, at="center", bold=True)
    banner(f"{profile.title(office.lang)} – {profile.code} – CUP {profile.cup}", at="center")
    banner(f"{partner.name} – {words['page'].format(number=number, count=count)}", at="center")
    banner(profile.cofinancing(office.lang), at="center", italic=True, size=9)
    banner(page.title, 34, at="center", bold=True, size=16)
    for text in page.text:
        banner(text, 30, at="center", size=13)
    for label, value in page.lines:
        row += 1
        sheet.row_dimensions[row].height = 21
        put(1, label, bold=True)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=last)
        put(2, value)
        for column in range(2, last + 1):
            sheet.cell(row, column).border = under
    row += 1
    if page.columns:
        row += 1
        for column, (heading, _width) in enumerate(page.columns, 1):
            put(column, heading, bold=True, at="center").border = box
        for values in [*page.rows, *[()] * page.blanks]:
            row += 1
            sheet.row_dimensions[row].height = ROW
            for column in range(1, len(page.columns) + 1):
                put(column, values[column - 1] if column <= len(values) else "").border = box
    row += 1
    for label in page.foot:
        row += 1
        sheet.row_dimensions[row].height = 30
        put(1, label, italic=True)
        for column in range(2, last + 1):
            sheet.cell(row, column).border = under
    for column, (_heading, width) in enumerate(columns, 1):
        sheet.column_dimensions[chr(64 + column)].width = width
    if not page.columns:
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, WIDE - 30
    _set_up(sheet, f"A1:{chr(64 + last)}{row}", words["footer"])


def _set_up(sheet: Any, area: str, footer: str) -> None:
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    # One sheet of paper each, or the numbers printed on them would be wrong; forty rows are still 6 mm high.
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.print_area = area
    sheet.oddFooter.left.text = footer
    sheet.sheet_view.showGridLines = False


_WORDS = {
    True: {"page": "pagina {number} di {count}", "footer": "Le caselle vuote si barrano alla chiusura"},
    False: {"page": "page {number} of {count}", "footer": "Empty boxes are struck through when it is closed"},
}
