"""Whatever is put into a field, its problem has a sentence of its own in both languages."""

import datetime
import decimal

import pytest

from intarsi_tui import Record, Row, Rows, field
from intarsi_tui.records import types
from intarsi_tui.records.kind import KINDS
from intarsi_tui.records.wordings import WORDINGS


class One(Row, it="Riga", en="Row"):
    name: types.Text = field(it="Nome", en="Name", privacy="internal")


SETTINGS = {
    "Choice": {"choices": {"a": ("A", "A")}},
    "Choices": {"choices": {"a": ("A", "A")}},
    "Link": {"to": "x.y"},
    "Links": {"to": "x.y"},
}
PLAIN = ("Attachment", "Attachments", "Choice", "Choices", "Country", "Date", "Email", "Euro", "Flag", "Int", "Language", "Link", "Links",
         "LongText", "Minutes", "Municipality", "Phone", "SchoolCode", "SchoolYear", "TaxCode", "Text", "Time")  # fmt: skip
ODD = [
    object(), {}, {"a": 1}, [], [1], [{}], (), b"x", 1.5, -1, 10**30, float("nan"), float("inf"), True, "", " ", "x", "à\x00",
    "1" * 300, datetime.datetime(2021, 1, 1, 5), datetime.date(1, 1, 1), datetime.time(5), datetime.timedelta(seconds=1),
    decimal.Decimal("1.005"), "31/2/2021", "12345678901", "ABCDEF12A34B567X", "=1+1", "[", "{",
]  # fmt: skip


@pytest.mark.parametrize("name", [*PLAIN, "Rows"])
def test_every_problem_that_a_kind_can_raise_has_both_wordings(name: str) -> None:
    annotation = Rows[One] if name == "Rows" else getattr(types, name)
    namespace = {
        "__annotations__": {"value": annotation},
        "value": field(it="Valore", en="Value", privacy="internal", **SETTINGS.get(name, {})),
        "__module__": __name__,
    }
    cls = type(Record)("Probe", (Record,), namespace)
    for odd in ODD:
        _, problems = cls.parse({"value": odd})
        for problem in problems:
            assert problem.code in WORDINGS, (name, odd, problem)
            for lang in ("it", "en"):
                sentence = problem.text(lang)
                assert sentence
                assert "{" not in sentence.replace("{}", "").replace(str(odd), ""), (name, odd, sentence)


def test_every_kind_that_can_be_annotated_is_tried() -> None:
    tried = {"".join(part.capitalize() for part in name.split("_")) for name in KINDS}
    assert tried - set(PLAIN) == {"Rows", "Moment", "Pseudonym", "Other"}
