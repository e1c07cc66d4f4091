"""Contributions: money towards a household's autonomy, and what the household pays itself."""

from collections.abc import Iterator

from intarsi_registry.rules import in_project, named, others
from intarsi_tui import Choice, Context, Date, Euro, Link, Problem, Record, Text, field, link
from intarsi_tui.reference.identifiers import check_cup

from .choices import CONTRIBUTIONS, DIRECTIONS


class Contribution(
    Record, it="Contributo", en="Contribution", plural=("Contributi e pagamenti", "Contributions and payments"),
    title=("date", "kind", "amount"), date="date",
):  # fmt: skip
    date: Date = field(
        it="Data", en="Date", privacy="internal", in_list=True, section=("Contributo", "Contribution"),
        help=("Quella del pagamento", "That of the payment"),
    )  # fmt: skip
    household: Link = link("registry.household", it="Nucleo", en="Household", in_list=True, index=True)
    placement: Link | None = link("cohousing.placement", it="Inserimento", en="Placement")
    direction: Choice = field(
        it="Da chi a chi", en="From whom to whom", privacy="internal", in_list=True, default="granted", choices=DIRECTIONS
    )  # fmt: skip
    kind: Choice = field(it="Tipo", en="Kind", privacy="internal", in_list=True, choices=CONTRIBUTIONS)
    amount: Euro = field(it="Importo", en="Amount", privacy="internal", in_list=True, min=0)
    month: Date | None = field(
        it="Mese di riferimento", en="Month that it is for", privacy="internal",
        help=("Un giorno qualsiasi del mese, per canoni e utenze", "Any day of the month, for rent and utilities"),
    )  # fmt: skip
    voucher_number: Text | None = field(
        it="Giustificativo n.", en="Voucher no.", privacy="internal", in_list=True, index=True, max=60,
        section=("Giustificativo", "Voucher"),
    )  # fmt: skip
    cup: Text | None = field(
        it="CUP sul giustificativo", en="CUP on the voucher", privacy="internal", max=15,
        help=("Come è scritto sul documento", "As it is written on the document"),
    )  # fmt: skip
    notes: Text | None = field(it="Note", en="Notes", privacy="personal")

    def compute(self, context: Context) -> None:
        self.month = self.month.replace(day=1) if self.month else None

    def check(self) -> Iterator[Problem]:
        if not self.amount:
            yield self.problem("amount", it="Un contributo di zero euro", en="A contribution of zero euros")
        if self.kind == "own_share" and self.direction == "granted":
            yield self.problem(
                "direction", it="La compartecipazione la versa il nucleo", en="The household pays its own share"
            )
        if self.cup and check_cup(self.cup):
            yield self.problem("cup", it="Il CUP ha 15 lettere e cifre", en="A CUP has 15 letters and digits")
        if self.direction == "granted":
            # Law 136/2010: both are asked for at every check of the expenditure.
            for name in ("voucher_number", "cup"):
                if not getattr(self, name):
                    yield self.problem(
                        name, warning=True, it="Serve per rendicontare la spesa", en="Needed to account for the expense"
                    )

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        if self.cup and not check_cup(self.cup) and self.cup != context.profile.cup:
            yield self.problem(
                "cup", warning=True, cup=context.profile.cup, it="Il CUP del progetto è {cup}", en="The project's CUP is {cup}"
            )  # fmt: skip
        placement = context.get("cohousing.placement", self.placement) if self.placement else None
        if placement and placement["household"] != self.household:
            household = context.get("registry.household", placement["household"]) or {}
            yield self.problem(
                "placement", other=household.get("pseudonym", ""), it="L'inserimento è di un altro nucleo: {other}",
                en="The placement is of another household: {other}",
            )  # fmt: skip
        if self.voucher_number:
            for doc in others(self, context, voucher_number=self.voucher_number, direction=self.direction):
                yield self.problem(
                    "voucher_number", warning=True, other=named(self, doc),
                    it="Con questo giustificativo c'è già {other}",
                    en="With this voucher there is already {other}",
                )  # fmt: skip
