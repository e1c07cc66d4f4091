"""Goods: the distribution log of food and basic goods."""

from collections.abc import Iterator

from intarsi_registry.rules import in_project, named, others
from intarsi_tui import Choice, Context, Date, Euro, Flag, Int, Link, Problem, Record, Text, field, link

from .choices import GOODS, MEASURES


class Goods(
    Record, it="Consegna di beni", en="Distribution of goods", plural=("Consegne di beni", "Distributions of goods"),
    also=("beni, magazzino, kit, vestiti, alimenti", "store, kits, clothes, food"),
    title=("date", "kind"), date="date",
):  # fmt: skip
    date: Date = field(it="Data", en="Date", privacy="internal", in_list=True, section=("Consegna", "Distribution"))
    household: Link = link("registry.household", it="Nucleo", en="Household", in_list=9, index=True)
    kind: Choice = field(it="Tipo", en="Kind", privacy="internal", in_list=19, choices=GOODS)
    description: Text | None = field(it="Descrizione", en="Description", privacy="internal")
    quantity: Int | None = field(it="Quantità", en="Quantity", privacy="internal", in_list=True, to_confirm=True, min=1)
    measure: Choice = field(it="Misura", en="Measure", privacy="internal", default="pieces", choices=MEASURES)
    value: Euro | None = field(it="Valore", en="Value", privacy="internal", in_list=True, min=0)
    operator: Link | None = link("registry.operator", it="Consegnato da", en="Handed over by")
    receipt_signed: Flag = field(
        it="Ricevuta firmata", en="Receipt signed", privacy="internal", in_list=True, default=False
    )

    def check(self) -> Iterator[Problem]:
        if not self.receipt_signed:
            yield self.problem(
                "receipt_signed", warning=True, it="Manca la firma di chi ha ricevuto", en="The receiver has not signed"
            )

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        if self.date > context.today:
            yield self.problem("date", it="È nel futuro: si scrive alla consegna", en="It is in the future: it is written at the handover")  # fmt: skip
        for doc in others(self, context, household=self.household, date=self.date, kind=self.kind):
            yield self.problem(
                "kind", warning=True, other=named(self, doc), it="Lo stesso giorno questo nucleo ha già avuto {other}",
                en="On that day this household already had {other}",
            )  # fmt: skip
