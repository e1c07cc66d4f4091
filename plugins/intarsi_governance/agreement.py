"""Agreements: protocols, conventions and the like that bodies sign."""

from collections.abc import Iterator

from intarsi_registry.rules import in_order, in_project, named, not_in_future, others
from intarsi_tui import (
    Attachment,
    Attachments,
    Choice,
    Context,
    Date,
    Flag,
    Link,
    Links,
    LongText,
    Problem,
    Record,
    Text,
    field,
    link,
)

from .choices import AGREEMENTS

BETWEEN_PARTIES = ("protocol", "agreement", "convention")


class Agreement(
    Record, it="Protocollo o accordo", en="Agreement", plural=("Protocolli e accordi", "Agreements"),
    title=("title",), date="signed_on",
):  # fmt: skip
    title: Text = field(
        it="Titolo", en="Title", privacy="public", in_list=True, index=True, section=("Accordo", "Agreement")
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
    )
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
        if self.kind in BETWEEN_PARTIES and self.parties and len(self.parties) < 2:
            yield self.problem("parties", warning=True, it="Chi è l'altra parte?", en="Who is the other party?")
        if self.signed_on and not self.file:
            yield self.problem("file", warning=True, it="Manca l'atto firmato", en="The signed document is missing")

    def check_with(self, context: Context) -> Iterator[Problem]:
        # An older agreement may be of use to the project; the Fund's merit it is not.
        yield from in_project(self, "signed_on", context, warning=not self.counts_c3)
        yield from not_in_future(self, "signed_on", context)
        for doc in others(self, context, protocol=self.protocol) if self.protocol else ():
            yield self.problem(
                "protocol", warning=True, other=named(self, doc), it="Stesso numero di protocollo di {other}",
                en="Same protocol number as {other}",
            )  # fmt: skip
