"""Sample papers for the records that ought to have some: each says in large letters that it is a sample and holds nobody's data."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .plan import Entry, Plan

if TYPE_CHECKING:
    from ..project.attachments import Attachments

# File name → heading. A few papers serve all records: a demo of 300,000 records is not to write as many files.
PAPERS = {
    "verbale": "Verbale firmato",
    "foglio-firme": "Foglio firme",
    "allegato": "Allegato al verbale",
    "atto": "Atto firmato",
    "locandina": "Locandina",
    "materiale-it": "Materiale, versione italiana",
    "materiale-en": "Material, English version",
}
NOTE = (
    "CAMPIONE - SAMPLE",
    "Documento inventato per la dimostrazione: nessun dato reale.",
    "Invented for the demo: no real data.",
)
EVERY = 4  # so many meetings have one with annexes


def with_attachments(plans: Iterable[Plan], files: "Attachments") -> Iterator[Plan]:
    """The plans with papers added: minutes and sign-in sheets, agreements, posters, final files of materials.

    The last agreement and the last event of each plan go without, as one always does; `intarsi check` names them.
    """
    papers = _keep(files)
    for plan in plans:
        for number, meeting in enumerate(plan.of("governance.meeting")):
            meeting.values["sign_sheet"] = papers["foglio-firme"]
            if number % EVERY == 0:
                meeting.values["annexes"] = [papers["allegato"], papers["foglio-firme"]]
            _when(meeting, "signed_on", None, minutes_file=papers["verbale"])
        for agreement in plan.of("governance.agreement")[:-1]:
            agreement.values["file"] = papers["atto"]
        for event in plan.of("dissemination.event")[:-1]:
            event.values["poster"] = papers["locandina"]
            _when(event, "status", "held", sign_sheet=papers["foglio-firme"])
        for material in plan.of("dissemination.material"):
            versions = ["materiale-it", "materiale-en"][: len(material["languages"])]
            _when(material, "status", "approved", files=[papers[one] for one in versions])
        yield plan


def _when(entry: Entry, name: str, value: str | None, **added: object) -> None:
    """Adds values to the edit that sets `name`, to `value` where one is given."""
    for _day, changes in entry.edits:
        if name in changes and value in (None, changes[name]):
            changes.update(added)


def _keep(files: "Attachments") -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        kept = {}
        for name, heading in PAPERS.items():
            path = Path(folder) / f"campione-{name}.pdf"
            path.write_bytes(pdf([heading, "", *NOTE]))
            kept[name] = files.attach(path)
        return kept


def pdf(lines: Iterable[str]) -> bytes:
    """One A4 page of text in Latin letters; always the same bytes for the same lines."""
    escaped = (line.translate({ord(sign): f"\\{sign}" for sign in "\\()"}) for line in lines)
    text = "BT /F1 22 Tf 60 740 Td 34 TL\n" + "".join(f"({line}) Tj T* /F1 13 Tf\n" for line in escaped) + "ET"
    page = "/MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {page} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Length {len(text.encode('cp1252'))} >>\nstream\n{text}\nendstream",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{tail}".encode()
