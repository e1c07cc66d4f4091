"""Distribution: when, where and to whom a material went."""

from collections.abc import Iterator
from datetime import date

from intarsi_registry.rules import called, in_project, not_in_future, others, shown, shown_stored
from intarsi_tui import Choice, Choices, Context, Date, Int, Link, Municipality, Problem, Record, Text, field, link

from .choices import AUDIENCES, CHANNELS


class Distribution(
    Record, it="Diffusione", en="Distribution", plural=("Registro di diffusione", "Distributions"),
    also=("invii, copie distribuite, destinatari dei materiali", "copies, mailings, reach"),
    title=("date", "material_title"), date="date",
):  # fmt: skip
    date: Date = field(
        it="Data", en="Date", privacy="public", in_list=True, index=True, section=("Diffusione", "Distribution")
    )
    material: Link = link("dissemination.material", it="Materiale", en="Material", in_list=26, index=True)
    material_title: Text | None = field(
        it="Titolo del materiale", en="Title of the material", privacy="public", computed=True
    )
    channel: Choice = field(it="Canale", en="Channel", privacy="public", in_list=True, choices=CHANNELS)
    event: Link | None = link("dissemination.event", it="Evento", en="Event")
    audience: Choices | None = field(
        it="Destinatari", en="Audience", privacy="public", in_list=True, to_confirm=True, choices=AUDIENCES
    )
    copies: Int | None = field(
        it="Copie", en="Copies", privacy="public", in_list=True, min=0, section=("Quanto e dove", "How much and where")
    )
    views: Int | None = field(it="Visualizzazioni", en="Views", privacy="public", in_list=True, min=0)
    area: Text | None = field(
        it="Area territoriale",
        en="Area",
        privacy="public",
        help=("Provincia, distretto o quartiere", "Province, district or quarter"),
    )
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="public")

    def compute(self, context: Context) -> None:
        self.material_title = (context.get("dissemination.material", self.material) or {}).get("title")

    def check(self) -> Iterator[Problem]:
        if not (self.copies or self.views):
            yield self.problem(
                "copies", warning=True, it="Quante copie o visualizzazioni?", en="How many copies or views?"
            )

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from not_in_future(self, "date", context)
        material = context.get("dissemination.material", self.material) or {}
        approved_on = material.get("approved_on")
        if not approved_on:
            yield self.problem(
                "material",
                warning=True,
                it="Il materiale non è ancora approvato",
                en="The material is not approved yet",
            )
        elif self.date.isoformat() < approved_on:
            yield self.problem(
                "date", warning=True, day=shown(self.date), approved=shown(date.fromisoformat(approved_on)),
                it="{day}: il materiale è stato approvato solo il {approved}", en="{day}: the material was approved only on {approved}",
            )  # fmt: skip
        for newer in context.find("dissemination.material", supersedes=self.material):
            if newer.get("status") == "published" and newer.get("published_on", "9999") <= self.date.isoformat():
                yield self.problem(
                    "material", warning=True, version=newer.get("version", ""), other=called(newer, newer["title"]), day=shown_stored(newer["published_on"]),
                    it="Dal {day} c'è la versione {version}, {other}: è stata diffusa quella vecchia?",
                    en="Version {version}, {other}, is there since {day}: was the old one given out?",
                )  # fmt: skip
        printed = material.get("printed_copies")
        given = (self.copies or 0) + sum(doc.get("copies", 0) for doc in others(self, context, material=self.material))
        if self.copies and printed is not None and given > printed:
            yield self.problem(
                "copies", warning=True, given=given, printed=printed,
                it="In tutto {given} copie diffuse, ma stampate {printed}", en="{given} copies given out in all, but {printed} printed",
            )  # fmt: skip
