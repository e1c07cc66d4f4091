"""Indicators that plugins declare: counts of a period and of the project so far, beside their targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tinydb import where

from ..host.office import Office
from ..host.states import Count
from ..project.periods import Period
from ..records.kind import KINDS
from .filters import COUNTED, matches
from .problems import damaged


@dataclass(frozen=True)
class Counted:
    """An indicator's figures: in the period, and since the project began until the period's end."""

    indicator: Count
    in_period: Any  # a whole number, or a sum of euros
    in_total: Any
    unit: str = "int"

    def show(self, figure: float, lang: str = "it") -> str:
        """A figure as people read the field that was summed: minutes as hours and minutes, euros with two decimals."""
        return KINDS[self.unit]().show(figure, lang)


def count(office: Office, period: Period, partner: str = "") -> list[Counted]:
    """All indicators of all loaded plugins for `period`, of one partner's records or of all.

    A distinct value counts in the period in which it first appears, once in the whole project (`domain.md` §4.4).
    """
    docs: dict[str, list[Mapping[str, Any]]] = {}
    counted = []
    for indicator in office.indicators:
        if indicator.table not in docs:
            table = office.table(indicator.table)
            docs[indicator.table] = list(table.search(where("partner") == partner) if partner else table.all())
        field = office.declarations[indicator.table].by_name.get(indicator.total)
        counted.append(_count(indicator, docs[indicator.table], period, field.kind.name if field else "int"))
    return counted


def _count(indicator: Count, docs: Iterable[Mapping[str, Any]], period: Period, unit: str) -> Counted:
    wanted = {"state": COUNTED, **indicator.where}
    wanted = {name: value if isinstance(value, (list, tuple)) else [value] for name, value in wanted.items()}
    dated = sorted(
        ((str(doc[indicator.by])[:10], doc) for doc in docs if matches(doc, wanted) and doc.get(indicator.by)),
        key=lambda pair: pair[0],
    )
    until = [(day, doc) for day, doc in dated if day <= period.end.isoformat()]
    if indicator.distinct:
        first: dict[Any, str] = {}
        for day, doc in until:
            value = doc.get(indicator.distinct)
            for one in value if isinstance(value, list) else [] if value is None else [value]:
                first.setdefault(one, day)
        return Counted(indicator, sum(day in period for day in first.values()), len(first))
    weighed = [(day, _weight(indicator, doc)) for day, doc in until]
    in_period = sum(weight for day, weight in weighed if day in period)
    # Cents added as binary fractions leave a tail.
    return Counted(indicator, round(in_period, 2), round(sum(weight for _, weight in weighed), 2), unit)


def _weight(indicator: Count, doc: Mapping[str, Any]) -> Any:
    weight = doc.get(indicator.total) or 0 if indicator.total else 1
    if not isinstance(weight, (int, float)):
        raise damaged(indicator.table, doc, indicator.total, TypeError(repr(weight)))
    return weight
