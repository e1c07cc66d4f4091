"""Materials: one record for each version. Publishing needs the checklist and the approval of logos (`domain.md` §3)."""

from collections.abc import Iterator

from intarsi_registry.rules import in_order, in_project, named, not_in_future, others
from intarsi_tui import (
    Attachments,
    Choice,
    Choices,
    Context,
    Date,
    Flag,
    Int,
    Language,
    Link,
    LongText,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)

from .choices import AUDIENCES, FORMATS, LICENCES, LOGO_ANSWERS, MATERIAL_STATES, MATERIALS, RELEASES
from .rules import WENT_OUT, publishable, unchanged, web_address
from .scan import looked_through


class Translation(Row, it="Lingua", en="Language"):
    language: Language = field(it="Lingua", en="Language", privacy="public")
    title: Text | None = field(it="Titolo in questa lingua", en="Title in this language", privacy="public")


class Material(
    Record, it="Materiale", en="Material", plural=("Materiali", "Materials"),
    also=("documenti, opuscoli, volantini, pubblicazioni", "documents, leaflets, publications"),
    title=("title", "version"), date="date",
    version=2,
):  # fmt: skip
    title: Text = field(
        it="Titolo", en="Title", privacy="public", in_list=30, index=True, section=("Materiale", "Material")
    )
    type: Choice = field(it="Tipo", en="Type", privacy="public", in_list=True, choices=MATERIALS)
    authors: Text | None = field(it="Autori", en="Authors", privacy="personal")
    summary: LongText | None = field(it="Contenuto", en="Content", privacy="public")
    audience: Choices | None = field(it="Destinatari", en="Audience", privacy="public", choices=AUDIENCES)
    version: Text = field(it="Versione", en="Version", privacy="public", in_list=True, default="1", max=20)
    supersedes: Link | None = link(
        "dissemination.material", it="Sostituisce", en="Supersedes", index=True, help=("La versione precedente", "The version before"),
    )  # fmt: skip
    first_version: Flag | None = field(
        it="Prima versione", en="First version", privacy="internal", computed=True,
        help=("Le versioni successive non contano di nuovo", "Later versions are not counted again"),
    )  # fmt: skip
    date: Date = field(
        it="Data", en="Date", privacy="public", in_list=True, help=("Di questa versione", "Of this version")
    )
    languages: Rows[Translation] = field(it="Lingue", en="Languages", privacy="public", default=[])
    format: Choice | None = field(it="Formato", en="Format", privacy="public", choices=FORMATS)
    licence: Choice | None = field(
        it="Licenza e diritti", en="Licence and rights", privacy="public", choices=LICENCES,
        help=("L'Autorità può usare tutto ciò che il progetto produce", "The Authority may use all that the project makes"),
    )  # fmt: skip
    files: Attachments | None = field(
        it="File definitivi", en="Final files", privacy="internal", was=("file",), help=("Uno per lingua o formato", "One for each language or format"),
    )  # fmt: skip
    source_files: Attachments | None = field(
        it="File modificabili", en="Editable files", privacy="internal", was=("source_file",)
    )

    logos_requested_on: Date | None = field(
        it="Loghi richiesti il", en="Logos requested on", privacy="internal", section=("Approvazione dei loghi", "Approval of logos"),
        help=("All'Autorità, per tempo, via e-mail", "Of the Authority, in good time, by e-mail"),
    )  # fmt: skip
    logos_answered_on: Date | None = field(it="Risposta del", en="Answered on", privacy="internal")
    logos_answer: Choice | None = field(
        it="Approvazione dei loghi", en="Approval of logos", privacy="internal", in_list=True, choices=LOGO_ANSWERS
    )
    logos_reference: Text | None = field(
        it="Estremi della risposta", en="Reference of the answer", privacy="internal", help=("Protocollo o e-mail", "Protocol number or e-mail"),
    )  # fmt: skip

    eu_emblem: Flag = field(
        it="Emblema UE", en="EU emblem", privacy="internal", default=False, section=("Elementi obbligatori", "Publicity checklist"),
    )  # fmt: skip
    fund_reference: Flag = field(
        it="Riferimento al Fondo", en="Reference to the Fund", privacy="internal", default=False
    )
    ministry_named: Flag = field(it="Ministero dell'Interno", en="Ministry", privacy="internal", default=False)
    prog_code: Flag = field(it="Codice PROG", en="PROG code", privacy="internal", default=False)
    cup_shown: Flag = field(it="CUP", en="CUP", privacy="internal", default=False)
    cofinancing_sentence: Flag = field(
        it="Frase di cofinanziamento", en="Co-financing sentence", privacy="internal", default=False
    )
    anonymised: Flag = field(
        it="Casi resi anonimi", en="Cases anonymised", privacy="internal", default=False, section=("Casi di studio", "Case studies"),
    )  # fmt: skip
    release: Choice | None = field(
        it="Liberatoria", en="Release", privacy="internal", choices=RELEASES, help=("Di chi si vede o si riconosce", "Of whoever is seen or recognised"),
    )  # fmt: skip

    exception_reason: Text | None = field(
        it="Motivo dell'eccezione", en="Reason of the exception", privacy="internal",
        help=("Solo se l'ufficio ammette eccezioni: perché si pubblica senza tutti gli elementi", "Only where the office allows exceptions: why it is published without all elements"),
    )  # fmt: skip

    status: Choice = field(
        it="Lavorazione", en="Progress", privacy="public", in_list=True, default="draft", choices=MATERIAL_STATES,
        section=("Pubblicazione", "Publication"),
    )  # fmt: skip
    approved_on: Date | None = field(it="Approvato il", en="Approved on", privacy="public")
    published_on: Date | None = field(it="Pubblicato il", en="Published on", privacy="public", in_list=True)
    withdrawal_reason: Text | None = field(
        it="Motivo del ritiro", en="Reason of the withdrawal", privacy="internal",
        help=("Perché una versione pubblicata non si diffonde più", "Why a version that was published is not given out any more"),
    )  # fmt: skip
    url: Text | None = field(it="Indirizzo web", en="Web address", privacy="public", max=500)
    printed_copies: Int | None = field(it="Copie stampate", en="Printed copies", privacy="public", min=0)

    def compute(self, context: Context) -> None:
        self.first_version = not self.supersedes

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "date", "approved_on")
        yield from in_order(self, "approved_on", "published_on")
        yield from in_order(self, "logos_requested_on", "logos_answered_on")
        yield from in_order(self, "logos_answered_on", "published_on")
        yield from web_address(self, "url", self.url)
        yield from self._check_dates()
        if self.type == "case_study" and self.status == "approved" and not self.anonymised:
            yield self.problem(
                "anonymised", warning=True, it="Prima di pubblicarli, i casi vanno resi anonimi",
                en="Before they are published, cases must be anonymised",
            )  # fmt: skip
        for number, row in enumerate(self.languages, 1):
            if row.language in [other.language for other in self.languages[: number - 1]]:
                yield self.problem(
                    f"languages.{number}.language", it="La lingua c'è già", en="The language is already there"
                )

    def _check_dates(self) -> Iterator[Problem]:
        if self.status != "draft" and not self.approved_on:
            yield self.problem("approved_on", it="Approvato quando?", en="Approved when?")
        if self.status == "draft" and self.approved_on:
            yield self.problem(
                "status",
                it="C'è la data di approvazione: è approvato?",
                en="There is a date of approval: is it approved?",
            )
        if self.status == "withdrawn" and not self.withdrawal_reason:
            yield self.problem("withdrawal_reason", it="Ritirato perché?", en="Withdrawn why?")
        if bool(self.published_on) != (self.status in WENT_OUT):
            missing = "status" if self.published_on else "published_on"
            yield self.problem(
                missing, it="«Pubblicato» e la sua data vanno insieme", en="“Published” and its date go together"
            )
        if bool(self.logos_answer) != bool(self.logos_answered_on):
            missing = "logos_answered_on" if self.logos_answer else "logos_answer"
            yield self.problem(
                missing, it="Risposta sui loghi e data vanno insieme", en="Answer about logos and its date go together"
            )
        if self.logos_answered_on and not self.logos_requested_on:
            yield self.problem("logos_requested_on", warning=True, it="Richiesti quando?", en="Requested when?")
        if self.logos_answer == "approved" and not self.logos_reference:
            yield self.problem(
                "logos_reference", warning=True, it="Estremi dell'approvazione, per i controlli", en="Reference of the approval, for checks",
            )  # fmt: skip

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from publishable(self, context)
        yield from unchanged(self, context)
        yield from looked_through(self, context)
        yield from in_project(self, "approved_on", context)
        yield from in_project(self, "published_on", context)
        yield from not_in_future(self, "approved_on", context)
        yield from not_in_future(self, "published_on", context)
        if not self.supersedes:
            return
        before = context.get("dissemination.material", self.supersedes) or {}
        if self._follows_itself(context):
            yield self.problem(
                "supersedes", it="Una versione non sostituisce sé stessa", en="A version cannot supersede itself"
            )
        elif before.get("date", "") > self.date.isoformat():
            yield self.problem(
                "supersedes", other=named(self, before), it="La versione sostituita è più recente: {other}",
                en="The superseded version is younger: {other}",
            )  # fmt: skip
        for doc in others(self, context, supersedes=self.supersedes):
            yield self.problem(
                "supersedes",
                other=named(self, doc),
                it="È già sostituita da {other}",
                en="It is already superseded by {other}",
            )
        if before.get("version") == self.version:
            yield self.problem(
                "version", warning=True, it="La versione sostituita ha lo stesso numero", en="The superseded version has the same number",
            )  # fmt: skip

    def _follows_itself(self, context: Context) -> bool:
        """Whether the chain of superseded versions leads back to this one."""
        seen, uid = {self.id}, self.supersedes
        while uid and uid not in seen:
            seen.add(uid)
            uid = (context.get("dissemination.material", uid) or {}).get("supersedes")
        return uid is not None
