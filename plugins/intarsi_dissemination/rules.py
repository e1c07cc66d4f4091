"""Rules of dissemination: what a published material must show, and addresses."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from intarsi_registry.rules import shown_stored
from intarsi_tui import Context, Label, Problem, Record

if TYPE_CHECKING:
    from .material import Material

# What every document of the project must carry (`domain.md` §3).
CHECKLIST = ("eu_emblem", "fund_reference", "ministry_named", "prog_code", "cup_shown", "cofinancing_sentence")
# What makes a version the one that went out.
FROZEN = ("title", "version", "date", "files", "languages")
# A version that people have, or had.
WENT_OUT = ("published", "withdrawn")
_ADDRESS = re.compile(r"https?://[^\s/]+\.\S+")


def missing_to_publish(material: "Material") -> list[Label]:
    """What a material lacks before it may be published, by the names of its fields."""
    lacks = [name for name in CHECKLIST if not getattr(material, name)]
    if not (material.logos_answered_on and material.logos_answer == "approved"):
        lacks.append("logos_answer")
    if material.type == "case_study":
        lacks += ["anonymised"] * (not material.anonymised)
        lacks += ["release"] * (material.release not in ("collected", "not_needed"))
    fields = material.declaration.by_name
    return [fields[name].label for name in lacks]


def publishable(material: "Material", context: Context) -> Iterator[Problem]:
    """A published material shows what it must; an office that allows exceptions (`publicity_exceptions`) says why one does not."""
    missing = missing_to_publish(material) if material.status == "published" else []
    if not missing:
        return
    allowed = bool(context.profile.settings.get("publicity_exceptions"))
    if allowed and material.exception_reason:
        yield material.problem(
            "status", warning=True, missing=missing, reason=material.exception_reason,
            it="Pubblicato per eccezione ({reason}), manca: {missing}", en="Published as an exception ({reason}), missing: {missing}",
        )  # fmt: skip
        return
    yield material.problem(
        "status", missing=missing,
        how=Label(". Completare, o scrivere il motivo dell'eccezione", ". Complete it, or give the reason of an exception") if allowed else "",
        it="Non si può pubblicare, manca: {missing}{how}", en="It cannot be published, missing: {missing}{how}",
    )  # fmt: skip


def unchanged(material: "Material", context: Context) -> Iterator[Problem]:
    """What was published stays as it went out: another file, title or text is another version."""
    before = context.get(material.declaration.table, material.id) or {}
    if before.get("status") not in WENT_OUT:
        return
    if material.status not in WENT_OUT:
        yield material.problem(
            "status", version=before.get("version", ""), day=shown_stored(before["published_on"]),
            it="La versione {version} è pubblicata dal {day} e non torna indietro: aggiungere una nuova versione che la sostituisce, o segnarla ritirata con il motivo",
            en="Version {version} is published since {day} and does not go back: add a new version that supersedes it, or mark it withdrawn with the reason",
        )  # fmt: skip
    now = material.doc()
    for name in FROZEN:
        if before.get(name) not in (None, [], now.get(name)):
            yield material.problem(
                name, version=before.get("version", ""), it="La versione {version} è pubblicata e resta com'è: aggiungere una nuova versione che la sostituisce",
                en="Version {version} is published and stays as it is: add a new version that supersedes it",
            )  # fmt: skip


def web_address(record: Record, place: str, typed: str | None) -> Iterator[Problem]:
    """An address is written whole, so that it can be followed from a workbook; `place` is its field."""
    if typed and not _ADDRESS.fullmatch(typed):
        yield record.problem(
            place, it="Scrivere l'indirizzo intero, come https://www.esempio.it/pagina",
            en="Write the whole address, like https://www.example.org/page",
        )  # fmt: skip
