"""One class declares; everything else is read off it."""

import enum
import json
from collections.abc import Iterator
from typing import Any, Literal

import pytest

from intarsi_tui import (
    Choice,
    Choices,
    Date,
    Euro,
    Flag,
    Link,
    Minutes,
    Municipality,
    Plugin,
    Problem,
    Pseudonym,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)  # fmt: skip
from intarsi_tui.records.declaration import Declaration
from intarsi_tui.records.wordings import WORDINGS


class Point(Row, it="Punto", en="Item"):
    topic: Text = field(it="Argomento", en="Topic", privacy="internal")
    speaker: Link | None = link("registry.person", it="Relatore", en="Speaker")
    length: Minutes | None = field(it="Durata", en="Length", privacy="internal")


class Meeting(Record, it="Riunione", en="Meeting", plural=("Riunioni", "Meetings"), title=("place",)):
    code: Pseudonym = field(it="Codice", en="Code", privacy="internal", prefix="M")
    day: Date = field(it="Giorno", en="Day", privacy="internal", in_list=True)
    place: Text = field(it="Luogo", en="Place", privacy="public", in_list=True)
    mode: Choice | None = field(
        it="Modalità", en="Mode", privacy="internal",
        choices={"presence": ("in presenza", "in person"), "remote": ("a distanza", "remote")},
    )  # fmt: skip
    topics: Choices = field(
        it="Temi",
        en="Topics",
        privacy="internal",
        default=[],
        choices={"home": ("casa", "home"), "work": ("lavoro", "work")},
    )
    town: Municipality | None = field(it="Comune", en="Town", privacy="internal")
    cost: Euro | None = field(it="Costo", en="Cost", privacy="internal")
    agenda: Rows[Point] = field(it="Ordine del giorno", en="Agenda", privacy="internal", default=[])
    approved: Date | None = field(it="Approvata il", en="Approved on", to_confirm=True, privacy="internal")
    signed: Flag = field(it="Firmata", en="Signed", default=False, privacy="internal")
    note: Text | None = field(it="Nota", en="Note")
    level: int = 3
    sort: Literal["a", "b"] = "a"

    def check(self) -> Iterator[Problem]:
        if self.approved and self.approved < self.day:
            yield self.problem("approved", it="Approvata prima di {day}", en="Approved before {day}", day=self.day)


Plugin("tables", it="Tavoli", en="Tables", records=[Meeting])
GOOD = {"day": "14/4/2021", "place": "Rimini"}


def codes(problems: list[Problem]) -> list[tuple[str | None, str]]:
    return [(problem.field, problem.code) for problem in problems]


def test_the_class_names_the_register() -> None:
    assert Meeting.declaration.table == "tables.meeting"
    assert (Meeting.declaration.label.it, Meeting.declaration.plural.en) == ("Riunione", "Meetings")
    assert Meeting.declaration.date == "day"
    assert Meeting.declaration.title_of({"place": "Rimini", "day": "2021-01-01"}, "it") == "Rimini"


def test_a_field_that_declares_no_privacy_is_personal() -> None:
    assert Meeting.declaration.by_name["note"].privacy == "personal"
    assert not Meeting.declaration.by_name["note"].declared
    assert Meeting.declaration.by_name["place"].declared


def test_every_record_has_the_envelope() -> None:
    names = {name for name, declared in Meeting.declaration.by_name.items() if declared.envelope}
    assert {
        "id",
        "number",
        "state",
        "partner",
        "site",
        "wp",
        "activity",
        "created_by",
        "changed_at",
        "void_reason",
    } <= names
    assert not Meeting.declaration.by_name["internal_notes"].exported


def test_typed_words_become_stored_values() -> None:
    record, problems = Meeting.parse(
        {**GOOD, "mode": "distanza" and "A DISTANZA", "topics": "casa; work", "town": "rimini", "cost": "1.234,50",
         "agenda": "Apertura | | 1h30\nVarie", "signed": "sì"}
    )  # fmt: skip
    assert problems == []
    assert record is not None
    stored = record.doc()
    assert stored["day"] == "2021-04-14"
    assert stored["mode"] == "remote"
    assert stored["topics"] == ["home", "work"]
    assert stored["town"] == "099014"
    assert stored["cost"] == 1234.5
    assert stored["agenda"] == [{"topic": "Apertura", "length": 90}, {"topic": "Varie"}]
    assert stored["signed"] is True


def test_what_was_stored_reads_back_the_same() -> None:
    record, _ = Meeting.parse({**GOOD, "agenda": "Uno | | 0:30", "topics": "home"})
    assert record is not None
    again, problems = Meeting.parse(json.loads(json.dumps(record.doc())))
    assert problems == []
    assert again is not None
    assert again.doc() == record.doc()


def test_all_problems_of_a_record_come_at_once() -> None:
    record, problems = Meeting.parse(
        {"day": "31/4/2021", "mode": "forse", "cost": "molto", "palce": "Rimini", "agenda": [{"length": "x"}]}
    )
    assert record is None
    assert set(codes(problems)) == {
        ("palce", "unknown_field"), ("day", "no_such_day"), ("place", "required"), ("mode", "not_in_list"),
        ("cost", "not_an_amount"), ("agenda.1.topic", "required"), ("agenda.1.length", "not_minutes"),
    }  # fmt: skip
    assert next(p for p in problems if p.field == "palce").text("it") == "Il campo «palce» non esiste: place?"


def test_the_records_own_rules_run_beside_field_problems() -> None:
    _, problems = Meeting.parse({**GOOD, "approved": "1/1/2021", "cost": "molto"})
    assert set(codes(problems)) == {("cost", "not_an_amount"), ("approved", "rule")}


def test_a_rule_that_raises_is_a_problem_and_not_a_crash() -> None:
    class Fragile(Record, it="Fragile", en="Fragile"):
        name: Text = field(it="Nome", en="Name", privacy="internal")

        def check(self) -> Iterator[Problem]:
            raise ZeroDivisionError

    _, problems = Fragile.parse({"name": "x"})
    assert codes(problems) == [(None, "rule_failed")]
    assert "test_declarations" in problems[0].text("en")


def test_a_rules_words_are_filled_with_its_values() -> None:
    _, problems = Meeting.parse({**GOOD, "approved": "1/1/2021"})
    assert problems[0].text("it") == "Approvata prima di 14/04/2021"


def test_a_declaration_survives_its_json_form() -> None:
    again = Declaration.from_json(json.loads(json.dumps(Meeting.declaration.to_json())))
    assert again == Meeting.declaration
    assert again.by_name["agenda"].kind.declaration.fields[2].label.it == "Durata"  # type: ignore[attr-defined]


def test_plain_annotations_get_a_sensible_kind() -> None:
    kinds = {name: declared.kind.name for name, declared in Meeting.declaration.by_name.items()}
    assert (kinds["level"], kinds["sort"]) == ("int", "choice")


class Colour(enum.Enum):
    RED = "r"
    DARK_BLUE = "b"


class Plain(Record, it="Semplice", en="Plain", title="colour"):
    colour: Colour = Colour.RED
    floor: Literal[1, 2] | None = None
    tags: list[str] = []
    points: Rows[Point] | None = field(it="Punti", en="Items", privacy="internal")


def test_enums_numbers_and_optional_rows_can_be_declared_as_python_writes_them() -> None:
    assert Plain.declaration.title == ("colour",)
    assert Plain.declaration.by_name["colour"].kind.show("b", "it") == "Dark blue"
    record, problems = Plain.parse({"colour": "dark", "floor": "2", "tags": '["x"]', "points": "Uno"})
    assert problems == []
    assert record is not None
    stored = json.loads(json.dumps(record.doc()))
    assert [stored[name] for name in ("colour", "floor", "tags", "points")] == ["b", 2, ["x"], [{"topic": "Uno"}]]
    _, problems = Plain.parse({"floor": "3"})
    assert codes(problems) == [("floor", "invalid")]


@pytest.mark.parametrize(
    ("annotation", "settings", "told"),
    [
        (Choice, {"choices": {"a": "Alfa"}}, "two texts"),
        (Choice, {"choices": ["a", "b"]}, "choices="),
        (Choice, {"choices": {1: ("uno", "one")}}, "choices="),
        (Choice, {"choices": {"a": ("A", "A")}, "default": "b"}, "default"),
        (Text, {"section": "Dati"}, "two texts"),
        (Text, {"help": "Scrivere bene"}, "two texts"),
        (Text, {"max": "20"}, "max='20'"),
        (Date, {"default": "oggi"}, "default='oggi'"),
        (Rows, {"default": []}, "Rows\\[YourRow\\]"),
        (Rows[str], {"default": []}, "Rows\\[YourRow\\]"),
    ],
)
def test_what_would_fail_at_the_first_record_is_refused_when_declared(
    annotation: object, settings: dict[str, Any], told: str
) -> None:
    with pytest.raises((TypeError, ValueError), match=told):
        type(Record)(
            "Wrong",
            (Record,),
            {"__annotations__": {"x": annotation}, "x": field(it="x", en="x", **settings), "__module__": __name__},
        )


def test_the_json_schema_names_labels_and_choices() -> None:
    schema = Meeting.model_json_schema()
    assert schema["properties"]["place"]["x-label-it"] == "Luogo"
    assert set(schema["required"]) == {"day", "place"}
    assert schema["properties"]["mode"]["enum"] == ["presence", "remote"]
    assert schema["$defs"]["Point"]["properties"]["topic"]["maxLength"] == 200


def test_a_setting_that_a_kind_does_not_have_is_refused_when_declared() -> None:
    with pytest.raises(TypeError, match="placeholder"):

        class Wrong(Record, it="x", en="x"):
            name: Text = field(it="Nome", en="Name", placeholder=True)


def test_rows_that_hold_the_divider_are_still_typed_back() -> None:
    kind = Meeting.declaration.by_name["agenda"].kind
    rows = [{"topic": "a | b", "length": 30}]
    assert kind.read(kind.show(rows, "it")) == rows


def test_every_problem_has_both_wordings() -> None:
    for code, label in WORDINGS.items():
        assert label.it, code
        assert label.en, code
        assert label.it != label.en, code
