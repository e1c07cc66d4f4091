"""Contributions: money towards a household's autonomy, and what the household pays itself."""

from collections.abc import Iterator
from decimal import Decimal

from intarsi_registry.rules import called, in_project, named, others, shown
from intarsi_tui import Choice, Context, Date, Euro, Label, Link, Problem, Record, Text, field, link
from intarsi_tui.reference.identifiers import check_cup

from .arrears import due, month_end
from .choices import CONTRIBUTIONS, DIRECTIONS
from .occupancy import stay_called


class Contribution(
    Record, it="Contributo", en="Contribution", plural=("Contributi e pagamenti", "Contributions and payments"),
    also=("affitti, canoni, morosità, arretrati, soldi, compartecipazione", "rents, arrears, money"),
    title=("date", "kind", "amount"), date="date",
):  # fmt: skip
    date: Date = field(
        it="Data", en="Date", privacy="internal", in_list=True, section=("Contributo", "Contribution"),
        help=("Quella del pagamento", "That of the payment"),
    )  # fmt: skip
    household: Link = link("registry.household", it="Nucleo", en="Household", in_list=9, index=True)
    placement: Link | None = link("cohousing.placement", it="Inserimento", en="Placement")
    direction: Choice = field(
        it="Da chi a chi", en="From whom to whom", privacy="internal", in_list=True, default="granted", choices=DIRECTIONS
    )  # fmt: skip
    kind: Choice = field(it="Tipo", en="Kind", privacy="internal", in_list=14, choices=CONTRIBUTIONS)
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
                "placement", other=called(household, household.get("pseudonym")), placement=stay_called(placement), it="L'inserimento {placement} è di un altro nucleo: {other}",
                en="Placement {placement} is of another household: {other}",
            )  # fmt: skip
        if self.kind == "own_share" and self.direction == "received":
            yield from self._check_share(context)
        if self.voucher_number:
            for doc in others(self, context, voucher_number=self.voucher_number, direction=self.direction):
                yield self.problem(
                    "voucher_number", warning=True, other=named(self, doc),
                    it="Con questo giustificativo c'è già {other}",
                    en="With this voucher there is already {other}",
                )  # fmt: skip

    def _check_share(self, context: Context) -> Iterator[Problem]:
        """What the household has paid so far is not more than its shares to the end of the month that is paid for."""
        until = month_end(max(self.date, self.month or self.date))
        placements = [
            doc for doc in context.find("cohousing.placement", household=self.household) if doc.get("share_amount")
        ]
        owed = sum((due(doc, until) for doc in placements), Decimal())
        mine = self.date.isoformat(), self.id
        paid = Decimal(str(self.amount)) + sum(
            Decimal(str(doc["amount"]))
            for doc in others(self, context, household=self.household, kind="own_share")
            # The payment that goes beyond is told of, not those before it.
            if (doc["date"], doc["id"]) < mine and doc["direction"] == "received"
        )
        if paid > owed:
            shares = Label(
                *(
                    f" ({words}: {', '.join(map(stay_called, placements))})" if placements else ""
                    for words in ("inserimenti", "placements")
                )
            )
            yield self.problem(
                "amount", warning=True, paid=_euros(paid), owed=_euros(owed), over=_euros(paid - owed), day=shown(until), shares=shares,
                it="Con questo il nucleo ha versato {paid} €; dovuti al {day}: {owed} €{shares}. {over} € in più: controllare importo, mese o compartecipazione",
                en="With this the household has paid {paid} €; due by {day}: {owed} €{shares}. {over} € too much: check amount, month or share",
            )  # fmt: skip


def _euros(amount: Decimal) -> Label:
    return Label(f"{amount:.2f}".replace(".", ","), f"{amount:.2f}")
