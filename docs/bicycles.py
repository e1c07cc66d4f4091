"""Bicycles lent to families (a plugin in one file)."""
from collections.abc import Iterator

from intarsi_tui import Date, Indicator, Link, Plugin, Problem, Record, Text, field, link


class Loan(Record, it="Prestito bicicletta", en="Bicycle loan"):
    household: Link = link("registry.household", it="Nucleo", en="Household", in_list=True)
    lent_on: Date = field(it="Data prestito", en="Lent on", privacy="internal", in_list=True)
    returned_on: Date | None = field(it="Restituita il", en="Returned on", privacy="internal")
    notes: Text | None = field(it="Note", en="Notes", privacy="personal")

    def check(self) -> Iterator[Problem]:
        if self.returned_on and self.returned_on < self.lent_on:
            yield self.problem("returned_on", it="Restituita prima del prestito", en="Returned before it was lent")


plugin = Plugin(
    "bicycles", it="Biciclette", en="Bicycles", records=[Loan],
    indicators=[Indicator("loans", it="Prestiti", en="Loans", count="loan", by="lent_on")],
)
