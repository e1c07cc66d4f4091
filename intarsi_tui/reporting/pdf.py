"""Workbooks as PDF, by the LibreOffice of the machine; a program of that size is never brought along."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from ..whole_file import replacing
from .problems import ReportError, ReportProblem

SECONDS = 180  # a first start of LibreOffice makes a profile: 20 s on a slow disk


def to_pdf(workbook: Path) -> Path:
    """Writes `NAME.pdf` beside the workbook.

    Raises:
        ReportError: there is no LibreOffice, or it could not do it.
        OSError: the PDF cannot be written there.
    """
    program = next((found for name in ("soffice", "libreoffice") if (found := shutil.which(name))), None)
    if program is None:
        raise ReportError([ReportProblem("no_libreoffice", workbook.name, value=workbook)])
    target = workbook.with_suffix(".pdf")
    # A profile of its own: one that is open on the screen would take the order and do nothing.
    with replacing(target) as part, tempfile.TemporaryDirectory(dir=workbook.parent, prefix=".pdf-") as name:
        folder = Path(name).absolute()
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        words = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
        try:
            subprocess.run(words, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - our own words
            shutil.copyfile(folder / target.name, part)
        except (OSError, subprocess.SubprocessError) as error:
            raise ReportError([ReportProblem("no_pdf", workbook.name, value=workbook, detail=error)]) from error
    return target
