"""Bodies: the organisations that the registers refer to, schools included."""

from collections.abc import Iterator

from intarsi_tui import Choice, Email, Link, Municipality, Phone, Problem, Record, SchoolCode, Text, field, link
from intarsi_tui.reference.identifiers import check_vat

from .choices import NATURES, SCHOOL_LEVELS


class Body(
    Record,
    it="Ente",
    en="Body",
    plural=("Enti", "Bodies"),
    also=(
        "organizzazioni, associazioni, cooperative, scuole, comuni, rubrica",
        "organisations, associations, schools, towns, address book",
    ),
    title=("name",),
):
    name: Text = field(
        it="Denominazione",
        en="Name",
        privacy="public",
        in_list=30,
        index=True,
        likeness="name",
        section=("Ente", "Body"),
    )
    nature: Choice = field(it="Natura", en="Nature", privacy="public", in_list=True, choices=NATURES)
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="public", in_list=True)
    address: Text | None = field(it="Indirizzo", en="Address", privacy="public")
    vat: Text | None = field(
        it="Partita IVA o codice fiscale", en="VAT number", privacy="internal", max=11, likeness="code",
        help=("Undici cifre", "Eleven digits"),
    )  # fmt: skip
    school_code: SchoolCode | None = field(
        it="Codice meccanografico", en="School code", privacy="public", in_list=True, key=True, section=("Scuola", "School"),
        help=("Dieci caratteri, come RNIC80900A; un plesso ha il suo", "Ten characters, like RNIC80900A; a site has its own"),
    )  # fmt: skip
    level: Choice | None = field(it="Ordine", en="Level", privacy="public", in_list=True, choices=SCHOOL_LEVELS)
    institute: Link | None = link(
        "registry.body", it="Istituto di appartenenza", en="Parent institute", privacy="public",
        help=("Per un plesso: l'istituto da cui dipende", "For a school site: the institute that it belongs to"),
    )  # fmt: skip
    contact: Text | None = field(
        it="Referente", en="Contact person", privacy="personal", section=("Contatti", "Contacts")
    )
    email: Email | None = field(it="E-mail", en="E-mail", privacy="personal")
    phone: Phone | None = field(it="Telefono", en="Telephone", privacy="personal", max=40)

    def check(self) -> Iterator[Problem]:
        if self.vat and check_vat(self.vat):
            yield self.problem(
                "vat", warning=True,
                it="La cifra di controllo non torna: ricontrollare", en="The check digit does not match: check it again",
            )  # fmt: skip
        if self.school_code and self.nature != "school":
            yield self.problem(
                "nature", warning=True,
                it="Ha un codice meccanografico: è una scuola?", en="It has a school code: is it a school?",
            )  # fmt: skip
