"""Indicators that plugins declare: counts of a period and of the project so far, beside their targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..host.office import Office
from ..host.states import Count
from ..project.periods import Period

# What counts unless an indicator says otherwise: drafts are not facts yet, void records no longer.
COUNTED = ("confirmed", "sent")


@dataclass(frozen=True)
class Counted:
    """An indicator's figures: in the period, and since the project began until the period's end."""

    indicator: Count
    in_period: int
    in_total: int
    unit: str = ""

    def show(self, figure: int) -> str:
        """A figure as people read it; minutes as hours and minutes."""
        return f"{figure // 60}:{figure % 60:02d}" if self.unit == "minutes" else str(figure)


def count(office: Office, period: Period) -> list[Counted]:
    """All indicators of all loaded plugins for `period`.

    A distinct value counts in the period in which it first appears, once in the whole project (`domain.md` §4.4).
    """
    docs: dict[str, list[Mapping[str, Any]]] = {}
    counted = []
    for indicator in office.indicators:
        if indicator.table not in docs:
            docs[indicator.table] = list(office.table(indicator.table).all())
        field = office.declarations[indicator.table].by_name.get(indicator.total)
        counted.append(_count(indicator, docs[indicator.table], period, field.kind.name if field else ""))
    return counted


def _count(indicator: Count, docs: Iterable[Mapping[str, Any]], period: Period, unit: str) -> Counted:
    dated = sorted(
        ((str(doc[indicator.by])[:10], doc) for doc in docs if _counts(indicator, doc) and doc.get(indicator.by)),
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
    weighed = [(day, int(doc.get(indicator.total) or 0) if indicator.total else 1) for day, doc in until]
    return Counted(indicator, sum(weight for day, weight in weighed if day in period), sum(w for _, w in weighed), unit)


def _counts(indicator: Count, doc: Mapping[str, Any]) -> bool:
    wanted = {"state": list(COUNTED), **indicator.where}
    return all(_equal(doc.get(name), value) for name, value in wanted.items())


def _equal(stored: Any, wanted: Any) -> bool:
    return stored in wanted if isinstance(wanted, (list, tuple)) else stored == wanted
