"""The scan of files before they go out: what in them looks like personal data, and what could not be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intarsi_tui import Action, Context, Label, Link, Problem, Rejected, Row, Text, field, link

from .personal_data import KINDS, known, scan
from .texts import NoText, text_of

if TYPE_CHECKING:
    from intarsi_tui import Office

    from .material import Material

UNREAD = {
    "unknown": Label("non letto: formato senza testo o sconosciuto", "not read: no text in this format, or unknown"),
    "damaged": Label("non letto: file rovinato o protetto", "not read: damaged or protected"),
    "large": Label("non letto: troppo grande", "not read: too large"),
    "pdf": Label("non letto: per i PDF serve «pdftotext» (poppler)", "not read: PDF needs “pdftotext” (poppler)"),
    "missing": Label("non letto: il file manca dagli allegati", "not read: the file is missing from the attachments"),
}


class Asked(Row, it="Controllo dei dati personali", en="Scan for personal data"):
    material: Link | None = link(
        "dissemination.material", it="Materiale", en="Material", help=("Vuoto: tutti quelli non ancora pubblicati", "Empty: all that are not published yet"),
    )  # fmt: skip
    file: Text | None = field(
        it="File", en="File", privacy="personal", max=500, help=("Un file del computer, al posto degli allegati", "A file of this computer instead of the attached ones"),
    )  # fmt: skip


def run(office: "Office", asked: Asked) -> Iterator[dict[str, Any]]:
    """One row for each thing that was found; a row also for a file that could not be read."""
    registry = known([*office.find("registry.person"), *office.find("registry.operator")])
    for material, path, name in _files(office, asked):
        at = {"material": material, "file": name}
        try:
            if not path.is_file():
                raise NoText("missing")
            text = text_of(path, name)
        except NoText as error:
            yield {**at, "kind": UNREAD[error.why](office.lang), "text": "", "code": error.why}
            continue
        for found in scan(text, registry):
            yield {**at, "kind": Label(*KINDS[found.kind])(office.lang), "text": found.text, "code": found.kind}


def looked_through(material: "Material", context: Context) -> Iterator[Problem]:
    """Warns of files in which there may be personal data, when their material is about to be published."""
    before = context.get(material.declaration.table, material.id) or {}
    if material.status != "published" or before.get("status") == "published" or not (material.files and context.files):
        return
    registry = known([*context.find("registry.person"), *context.find("registry.operator")])
    for value in material.files:
        name = value.partition("/")[2]
        try:
            kinds = list(
                dict.fromkeys(found.kind for found in scan(text_of(context.files.file(value), name), registry))
            )
        except NoText:  # the scan itself says so
            continue
        if kinds:
            yield material.problem(
                "files", warning=True, file=name, kinds=[Label(*KINDS[one]) for one in kinds],
                it="In {file} ci sono forse dati personali ({kinds}): controllare con «intarsi dissemination scan» prima di diffonderlo",
                en="There may be personal data in {file} ({kinds}): look with “intarsi dissemination scan” before it goes out",
            )  # fmt: skip


def _files(office: "Office", asked: Asked) -> Iterator[tuple[str, Path, str]]:
    if asked.file:
        path = Path(asked.file).expanduser()
        if not path.is_file():
            wording = Label("{path} non c'è: controllare il nome", "{path} is not there: check the name")
            raise Rejected([Problem("rule", "file", {"path": str(path)}, wording)])
        yield "–", path, path.name
        return
    one = office.get("dissemination.material", asked.material) if asked.material else None
    wanted = (
        [one] if one else [doc for doc in office.find("dissemination.material") if doc.get("status") != "published"]
    )
    for doc in wanted:
        for value in (*(doc.get("files") or ()), *(doc.get("source_files") or ())):
            yield (
                f"{doc['title']} {doc.get('version', '')}".strip(),
                office.workspace.files.file(value),
                value.partition("/")[2],
            )


SCAN = Action(
    "scan", it="Cerca dati personali nei file prima di pubblicarli", en="Look for personal data in files before they are published",
    run=run, asks=Asked, writes=False,
    columns={"material": ("Materiale", "Material"), "file": ("File", "File"), "kind": ("Che cosa", "What"), "text": ("Testo", "Text")},
)  # fmt: skip
