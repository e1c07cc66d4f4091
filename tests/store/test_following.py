"""What a record brings about in others is written with it, and taken back with it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from intarsi_tui.records.context import Context
from intarsi_tui.records.fields import field
from intarsi_tui.records.record import Change, Record
from intarsi_tui.records.types import Int, Text
from intarsi_tui.store import RegisterTable, Store

from .conftest import refused


class Account(Record, it="Conto", en="Account"):
    """The one called “sum” follows all others."""

    name: Text = field(it="Nome", en="Name", privacy="public")
    amount: Int = field(it="Quanto", en="Amount", privacy="public", max=100)

    @classmethod
    def follow(cls, doc: Mapping[str, Any], context: Context) -> Iterator[Change]:
        if doc["name"] == "broken":
            raise RuntimeError("out of order")
        if doc["name"] == "odd":
            yield "x"  # type: ignore[misc]
        docs = context.find("bank.account")
        total = sum(one["amount"] for one in docs if one["name"] != "sum")
        for one in docs:
            if one["name"] == "sum":
                yield "bank.account", one["id"], {"amount": total}


@pytest.fixture
def accounts(store: Store) -> RegisterTable:
    store.register(replace(Account.declaration, table="bank.account"), lambda: Account)
    register = store.register_table("bank.account")
    register.add({"name": "sum", "amount": 0})
    return register


def total(accounts: RegisterTable) -> int:
    return next(int(doc["amount"]) for doc in accounts.all() if doc["name"] == "sum")


def test_a_record_changes_another_in_one_operation(store: Store, accounts: RegisterTable) -> None:
    first = accounts.add({"name": "a", "amount": 3}).doc
    accounts.add({"name": "b", "amount": 4})
    assert total(accounts) == 7
    accounts.edit(first["id"], {"amount": 5})
    assert total(accounts) == 9
    assert store.operations(1)[0].records == 2
    store.undo()
    assert (total(accounts), accounts.one(first["id"])["amount"]) == (7, 3)
    accounts.remove(doc_ids=[first.doc_id])
    assert total(accounts) == 4


def test_what_the_other_record_may_not_become_refuses_all_of_it(accounts: RegisterTable) -> None:
    accounts.add({"name": "a", "amount": 60})
    assert refused(lambda: accounts.add({"name": "b", "amount": 60})) == [("too_large", "amount")]
    assert (total(accounts), len(accounts)) == (60, 2)


def test_a_plugins_mistake_is_a_problem_and_writes_nothing(accounts: RegisterTable) -> None:
    for name in ("broken", "odd"):
        assert refused(lambda name=name: accounts.add({"name": name, "amount": 1})) == [("rule_failed", None)]  # type: ignore[misc]
    assert len(accounts) == 1
