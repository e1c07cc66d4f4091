"""Contractors: who carries out part of a partner's work under a contract."""

from collections.abc import Iterator

from intarsi_tui import Context, Date, Deadline, Euro, Link, Problem, Record, Text, field, link
from intarsi_tui.reference.identifiers import check_cig, check_cup

from .rules import in_order, in_project


class Contractor(
    Record, it="Soggetto affidatario", en="Contractor", plural=("Soggetti affidatari", "Contractors"),
    also=("fornitori, appalti, affidamenti, ditte", "suppliers, procurement, companies"),
    title=("subject",), date="signed_on",
):  # fmt: skip
    body: Link = link(
        "registry.body", it="Ente", en="Body", privacy="internal", in_list=22, section=("Contratto", "Contract")
    )
    subject: Text = field(it="Oggetto", en="Subject", privacy="public", in_list=26)
    procedure: Text | None = field(
        it="Procedura e atto", en="Procedure and act", privacy="internal",
        help=("Determina, numero e data", "Decision, number and date"),
    )  # fmt: skip
    cig: Text | None = field(it="CIG", en="Tender code (CIG)", privacy="public", in_list=True, max=10)
    cup: Text | None = field(it="CUP", en="Project code (CUP)", privacy="public", max=15)
    signed_on: Date | None = field(it="Firmato il", en="Signed on", privacy="internal", in_list=True, to_confirm=True)
    start: Date | None = field(it="Inizio", en="Start", privacy="internal")
    end: Date | None = field(
        it="Fine", en="End", privacy="internal", in_list=True,
        deadline=Deadline(
            "Rinnovare o chiudere il contratto", "Renew the contract or close it", owner=("manager",),
            closed={"renewed_by": (), "ended_on": ()},
        ),
    )  # fmt: skip
    amount: Euro | None = field(it="Importo", en="Amount", privacy="internal", in_list=True, min=0)
    manager: Link | None = link("registry.operator", it="Referente", en="Contact", privacy="internal")
    renewed_by: Link | None = link("registry.contractor", it="Rinnovato con", en="Renewed by")
    ended_on: Date | None = field(
        it="Cessato il", en="Ended on", privacy="internal", help=("Alla fine o prima, se non è rinnovato", "At its end or before, when it is not renewed"),
    )  # fmt: skip

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "start", "end")
        if self.cig and check_cig(self.cig):
            yield self.problem("cig", it="Il CIG ha 10 lettere e cifre", en="A CIG has 10 letters and digits")
        if self.cup and check_cup(self.cup):
            yield self.problem("cup", it="Il CUP ha 15 lettere e cifre", en="A CUP has 15 letters and digits")

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "end", context, warning=True)
        if self.cup and not check_cup(self.cup) and self.cup != context.profile.cup:
            yield self.problem(
                "cup", warning=True, cup=context.profile.cup,
                it="Il CUP del progetto è {cup}", en="The project's CUP is {cup}",
            )  # fmt: skip
