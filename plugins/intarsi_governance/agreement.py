"""Agreements: protocols, conventions and the like that bodies sign."""

from collections.abc import Iterator

from intarsi_registry.rules import in_order, in_project, named, not_after, not_in_future, others
from intarsi_tui import (
    Attachment,
    Attachments,
    Choice,
    Context,
    Date,
    Deadline,
    Flag,
    Link,
    Links,
    LongText,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)

from .choices import AGREEMENTS

BETWEEN_PARTIES = ("protocol", "agreement", "convention")


class Signature(Row, it="Firma", en="Signature"):
    body: Link = link("registry.body", it="Ente", en="Body")
    signatory: Text | None = field(it="Firmatario", en="Signatory", privacy="personal")
    signed_on: Date | None = field(it="Firmato il", en="Signed on", privacy="public")


class Agreement(
    Record, it="Protocollo o accordo", en="Agreement", plural=("Protocolli e accordi", "Agreements"),
    also=("convenzioni, intese, contratti, patti", "contracts, conventions, protocols"),
    title=("title",), date="signed_on",
):  # fmt: skip
    title: Text = field(
        it="Titolo", en="Title", privacy="public", in_list=30, index=True, section=("Accordo", "Agreement")
    )
    kind: Choice = field(it="Tipo", en="Kind", privacy="public", in_list=True, choices=AGREEMENTS)
    parties: Links | None = link("registry.body", it="Parti", en="Parties", in_list=True, to_confirm=True)
    network: Link | None = link("governance.network", it="Rete", en="Network")
    subject: LongText | None = field(it="Oggetto", en="Subject", privacy="public", to_confirm=True)
    signed_on: Date | None = field(
        it="Firmato il", en="Signed on", privacy="public", in_list=True, to_confirm=True, section=("Firma e durata", "Signature and term"),
    )  # fmt: skip
    expires_on: Date | None = field(
        it="Scade il",
        en="Expires on",
        privacy="public",
        in_list=True,
        help=("Vuota: senza scadenza", "Empty: no expiry"),
        deadline=Deadline(
            it="Rinnovare o lasciar scadere l'accordo", en="Renew the agreement or let it expire", owner=("owner",),
            closed={"renewed_by": (), "ended_on": ()},
        ),
    )  # fmt: skip
    signatures: Rows[Signature] = field(
        it="Firme delle parti", en="Signatures of the parties", privacy="internal", default=[]
    )
    owner: Link | None = link("registry.operator", it="Lo segue", en="Looked after by")
    renewed_by: Link | None = link("governance.agreement", it="Rinnovato con", en="Renewed by")
    ended_on: Date | None = field(
        it="Cessato il", en="Ended on", privacy="public", help=("Alla scadenza o prima, se non è rinnovato", "On expiry or before, when it is not renewed")
    )  # fmt: skip
    counts_c3: Flag = field(
        it="Conta per C3", en="Counts for C3", privacy="internal", in_list=True, default=False,
        help=("Quadro, misura o strumento di integrazione attivato grazie al Fondo", "A framework, measure or tool of integration in place thanks to the Fund"),
    )  # fmt: skip
    protocol: Text | None = field(
        it="N. di protocollo", en="Protocol no.", privacy="internal", max=40, help=("Con la data, come 12345/2021", "With its year, like 12345/2021"),
    )  # fmt: skip
    file: Attachment | None = field(it="Atto firmato", en="Signed document", privacy="personal")
    annexes: Attachments | None = field(it="Allegati", en="Annexes", privacy="internal")

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "signed_on", "expires_on")
        yield from in_order(self, "signed_on", "ended_on")
        for number, row in enumerate(self.signatures, 1):
            if row.body not in (self.parties or ()):
                yield self.problem(
                    f"signatures.{number}.body", it="Firma, ma non è tra le parti", en="It signs, but is no party"
                )
            yield from not_after(self, f"signatures.{number}.signed_on", row.signed_on, "signed_on")
        if self.kind in BETWEEN_PARTIES and self.parties and len(self.parties) < 2:
            yield self.problem("parties", warning=True, it="Chi è l'altra parte?", en="Who is the other party?")
        if self.signed_on and not self.file:
            yield self.problem("file", warning=True, it="Manca l'atto firmato", en="The signed document is missing")

    def check_with(self, context: Context) -> Iterator[Problem]:
        # An older agreement may be of use to the project; the Fund's merit it is not.
        yield from in_project(self, "signed_on", context, warning=not self.counts_c3)
        yield from not_in_future(self, "signed_on", context)
        renewed = (context.get("governance.agreement", self.renewed_by) if self.renewed_by else None) or {}
        if renewed and (renewed["id"] == self.id or renewed.get("signed_on", "9") < f"{self.signed_on}"):
            yield self.problem(
                "renewed_by", other=named(self, renewed), it="{other} non è un accordo successivo", en="{other} is no later agreement",
            )  # fmt: skip
        for doc in others(self, context, protocol=self.protocol) if self.protocol else ():
            yield self.problem(
                "protocol", warning=True, other=named(self, doc), it="Stesso numero di protocollo di {other}",
                en="Same protocol number as {other}",
            )  # fmt: skip
