"""Rules of dissemination: what a published material must show, and addresses."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from intarsi_tui import Problem, Record
from intarsi_tui.records.labels import Label

if TYPE_CHECKING:
    from .material import Material

# What every document of the project must carry (`domain.md` §3).
CHECKLIST = ("eu_emblem", "fund_reference", "ministry_named", "prog_code", "cup_shown", "cofinancing_sentence")
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


def web_address(record: Record, place: str, typed: str | None) -> Iterator[Problem]:
    """An address is written whole, so that it can be followed from a workbook; `place` is its field."""
    if typed and not _ADDRESS.fullmatch(typed):
        yield record.problem(
            place, it="Scrivere l'indirizzo intero, come https://www.esempio.it/pagina",
            en="Write the whole address, like https://www.example.org/page",
        )  # fmt: skip
