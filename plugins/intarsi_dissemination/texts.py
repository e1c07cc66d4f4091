"""The text in a file that goes out: office documents as zipped XML, workbooks, plain text; PDF where poppler is installed."""

import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from html import unescape
from pathlib import Path

# Parts of packages that hold text: Word, PowerPoint, OpenDocument.
_PARTS = re.compile(
    r"(word/(document|header\d*|footer\d*|footnotes|endnotes|comments)|ppt/(slides|notesSlides)/[^/]+|content)\.xml"
)
_ENDS = re.compile(r"</(?:w:p|a:p|text:p|text:h|w:tc)>|<(?:w:tab|w:br|a:br|text:tab|text:line-break|text:s)\b[^>]*>")
_TAGS = re.compile(r"<[^>]*>")
PACKAGES = (".docx", ".docm", ".dotx", ".pptx", ".pptm", ".odt", ".odp")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
PLAIN = (".txt", ".md", ".csv", ".html", ".htm", ".srt", ".vtt", ".rtf", ".ics")
LARGEST = 50_000_000  # of one part, unpacked: a packed bomb is not text


class NoText(Exception):
    """The text cannot be read; `why` is unknown, damaged, large or pdf (no poppler here)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def text_of(path: Path, name: str) -> str:
    """The text of a file.

    Parameters:
        name: what the file is called; its ending tells the format.

    Raises:
        NoText: the format is not known here, or the file is damaged.
    """
    ending = Path(name).suffix.lower()
    try:
        if ending in PACKAGES:
            return _package(path)
        if ending in WORKBOOKS:
            return _workbook(path)
        if ending == ".pdf":
            return _pdf(path)
        if ending in PLAIN:
            raw = path.read_bytes()
            try:
                return raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                return raw.decode("cp1252", errors="replace")
    except NoText:
        raise
    except Exception as error:  # whatever a damaged file makes its reader raise
        raise NoText("damaged") from error
    raise NoText("unknown")


def _package(path: Path) -> str:
    texts = []
    with zipfile.ZipFile(path) as package:
        for part in package.infolist():
            if _PARTS.fullmatch(part.filename):
                if part.file_size > LARGEST:
                    raise NoText("large")
                xml = package.read(part).decode("utf-8", errors="replace")
                # Tags inside a word are runs of its formatting: without them the word is whole.
                texts.append(unescape(_TAGS.sub("", _ENDS.sub("\n", xml))))
    return "\n".join(texts)


def _workbook(path: Path) -> str:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows())
    return "\n".join(" ".join(map(_cell, row)) for row in rows)


def _cell(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return f"{value:%d/%m/%Y}"
    # Excel has a code or a telephone number as a number.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _pdf(path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise NoText("pdf")
    command = [program, "-q", "-enc", "UTF-8", str(path.absolute()), "-"]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)  # noqa: S603
    if done.returncode:
        raise NoText("damaged")
    return done.stdout.decode("utf-8", errors="replace")
