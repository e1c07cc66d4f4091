"""A household's own share: more than is due is asked about."""

from typing import Any

import pytest

from intarsi_tui.store import Store

from .conftest import Add, about


@pytest.mark.parametrize(
    ("day", "amount", "month", "over"),
    [
        ("30/3/2021", "78.38", None, False), ("30/3/2021", "78.40", None, True), ("30/3/2021", "168", "1/4/2021", False),
        ("2/4/2021", "169", None, True), ("20/5/2021", "180", None, False), ("20/5/2021", "200", None, True),
    ],
)  # fmt: skip
def test_more_than_the_shares_to_the_end_of_the_month_is_a_warning(
    store: Store, problems: Any, placement: dict[str, Any], day: str, amount: str, month: str | None, over: bool
) -> None:
    """90 euros a month from 5 March to 5 May: 78.39, 90 and 11.61."""
    table = store.register_table("cohousing.placement")
    table.edit(placement["id"], {"share_amount": "90", "share_kind": "utilities"})
    values = {"household": placement["household"], "kind": "own_share", "direction": "received", "date": day}
    found = problems("cohousing.contribution", **values, amount=amount, month=month)
    assert bool(about(found, "amount", warning=True)) == over


def test_the_payment_that_goes_beyond_is_the_one_that_is_told_of(
    store: Store, add: Add, problems: Any, placement: dict[str, Any]
) -> None:
    number = store.register_table("cohousing.placement").confirm(placement["id"]).doc["number"]
    store.register_table("cohousing.placement").edit(placement["id"], {"share_amount": "90", "share_kind": "utilities"})
    values = {"household": placement["household"], "kind": "own_share", "direction": "received"}
    first = add("cohousing.contribution", **values, date="31/3/2021", amount="78")
    second = add("cohousing.contribution", **values, date="2/4/2021", amount="100")
    assert not about(problems("cohousing.contribution", first["id"]), "amount", warning=True)
    assert about(problems("cohousing.contribution", second["id"]), "amount", warning=True) == [
        f"Con questo il nucleo ha versato 178,00 €; dovuti al 30/04/2021: 168,39 € (inserimenti: {number} (RN-01 05/03/2021)). 9,61 € in più: controllare importo, mese o compartecipazione",
        f"With this the household has paid 178.00 €; due by 30/04/2021: 168.39 € (placements: {number} (RN-01 05/03/2021)). 9.61 € too much: check amount, month or share",
    ]
