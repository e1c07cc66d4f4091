"""Rules of materials, distribution, events and practices."""

from collections.abc import Callable
from typing import Any

import pytest

from intarsi_dissemination.rules import CHECKLIST
from intarsi_tui.store import Store

from .conftest import Add, about

Describe = Callable[..., dict[str, Any]]

LOGOS = {
    "logos_requested_on": "1/2/2021", "logos_answered_on": "20/2/2021", "logos_answer": "approved",
    "logos_reference": "e-mail del 20/2/2021",
}  # fmt: skip
READY = {**dict.fromkeys(CHECKLIST, True), **LOGOS}
PUBLISHED = {"status": "published", "approved_on": "1/3/2021", "published_on": "10/3/2021"}


@pytest.fixture
def kit(add: Add) -> dict[str, Any]:
    return add("dissemination.material", title="Kit", type="training_kit", date="1/2/2021", **READY, **PUBLISHED)


@pytest.fixture
def described() -> Describe:
    """A material that was not written, with some values of its own."""
    return lambda **values: {"title": "Kit", "type": "training_kit", "date": "1/2/2021", **values}


def test_a_material_with_checklist_and_approved_logos_is_published(problems: Any, described: Describe) -> None:
    assert problems("dissemination.material", **described(**READY, **PUBLISHED)) == []


def test_publishing_names_all_that_is_missing(problems: Any, described: Describe) -> None:
    values = described(**PUBLISHED, eu_emblem=True, fund_reference=True, ministry_named=True)
    assert about(problems("dissemination.material", **values), "status") == [
        "Non si può pubblicare, manca: Codice PROG, CUP, Frase di cofinanziamento, Approvazione dei loghi",
        "It cannot be published, missing: PROG code, CUP, Co-financing sentence, Approval of logos",
    ]


@pytest.mark.parametrize("name", CHECKLIST)
def test_publishing_needs_every_item_of_the_checklist(problems: Any, described: Describe, name: str) -> None:
    assert about(problems("dissemination.material", **described(**{**READY, **PUBLISHED, name: False})), "status")


@pytest.mark.parametrize("answer", ["changes", "refused"])
def test_an_answer_that_is_no_approval_does_not_let_a_material_out(
    problems: Any, described: Describe, answer: str
) -> None:
    found = problems("dissemination.material", **described(**{**READY, **PUBLISHED, "logos_answer": answer}))
    assert "Approvazione dei loghi" in about(found, "status")[0]


def test_a_case_study_is_published_anonymised_and_with_its_release(problems: Any, described: Describe) -> None:
    study = described(**{**READY, **PUBLISHED, "type": "case_study"})
    assert about(problems("dissemination.material", **study, release="missing"), "status") == [
        "Non si può pubblicare, manca: Casi resi anonimi, Liberatoria",
        "It cannot be published, missing: Cases anonymised, Release",
    ]
    assert not about(problems("dissemination.material", **study, anonymised=True, release="not_needed"), "status")


def test_a_draft_needs_nothing_of_all_that(problems: Any, described: Describe) -> None:
    assert problems("dissemination.material", **described()) == []


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"status": "approved"}, "approved_on", False),
        ({"approved_on": "1/3/2021"}, "status", False),
        ({"status": "approved", "approved_on": "31/1/2021"}, "approved_on", False),
        ({"status": "approved", "approved_on": "21/5/2021"}, "approved_on", False),
        ({"status": "approved", "approved_on": "1/7/2022"}, "approved_on", False),
        ({**READY, **PUBLISHED, "published_on": ""}, "published_on", False),
        ({**READY, **PUBLISHED, "published_on": "28/2/2021"}, "published_on", False),
        ({**READY, **PUBLISHED, "logos_answered_on": "11/3/2021"}, "published_on", False),
        ({"published_on": "1/3/2021"}, "status", False),
        ({**LOGOS, "logos_answered_on": "31/1/2021"}, "logos_answered_on", False),
        ({**LOGOS, "logos_answered_on": ""}, "logos_answered_on", False),
        ({**LOGOS, "logos_answer": ""}, "logos_answer", False),
        ({**LOGOS, "logos_requested_on": ""}, "logos_requested_on", True),
        ({**LOGOS, "logos_reference": ""}, "logos_reference", True),
        ({"type": "case_study", "status": "approved", "approved_on": "1/3/2021"}, "anonymised", True),
        ({"url": "www.esempio.it"}, "url", False),
        ({"languages": [{"language": "Inglese"}, {"language": "eng"}]}, "languages.2.language", False),
    ],
)
def test_a_material_is_checked(
    problems: Any, described: Describe, values: dict[str, Any], field: str, warning: bool
) -> None:
    italian, english = about(problems("dissemination.material", **described(**values)), field, warning=warning)[:2]
    assert italian != english


def test_a_later_version_supersedes_one_and_is_no_new_product(add: Add, kit: dict[str, Any]) -> None:
    second = add(
        "dissemination.material", title="Kit", type="training_kit", date="1/4/2021", version="2", supersedes=kit["id"]
    )
    assert (kit["first_version"], second["first_version"]) == (True, False)


def test_versions_follow_each_other_in_one_line(
    store: Store, add: Add, problems: Any, described: Describe, kit: dict[str, Any]
) -> None:
    second = add("dissemination.material", **described(date="1/4/2021", version="2", supersedes=kit["id"]))
    third = described(date="1/5/2021", version="3")
    assert about(problems("dissemination.material", **third, supersedes=kit["id"]), "supersedes") == [
        "È già sostituita da Kit 2", "It is already superseded by Kit 2",
    ]  # fmt: skip
    assert not about(problems("dissemination.material", **third, supersedes=second["id"]), "supersedes")
    circle = "Una versione non sostituisce sé stessa"
    assert circle in about(problems("dissemination.material", kit["id"], supersedes=kit["id"]), "supersedes")
    assert circle in about(problems("dissemination.material", kit["id"], supersedes=second["id"]), "supersedes")


def test_a_version_supersedes_an_older_one_with_another_number(
    problems: Any, described: Describe, kit: dict[str, Any]
) -> None:
    found = problems("dissemination.material", **described(date="31/1/2021", supersedes=kit["id"]))
    assert "Kit 1" in about(found, "supersedes")[0]
    assert about(found, "version", warning=True)


def test_what_goes_out_before_it_is_approved_is_a_warning(
    add: Add, problems: Any, described: Describe, kit: dict[str, Any]
) -> None:
    values = {"channel": "event", "copies": 10, "audience": ["schools"]}
    found = problems("dissemination.distribution", **values, material=kit["id"], date="28/2/2021")
    assert about(found, "date", warning=True) == [
        "28/02/2021: il materiale è stato approvato solo il 01/03/2021",
        "28/02/2021: the material was approved only on 01/03/2021",
    ]
    assert problems("dissemination.distribution", **values, material=kit["id"], date="1/3/2021") == []
    draft = add("dissemination.material", **described())
    found = problems("dissemination.distribution", **values, material=draft["id"], date="1/3/2021")
    assert about(found, "material", warning=True)


def test_more_copies_than_were_printed_is_a_warning(store: Store, add: Add, problems: Any, kit: dict[str, Any]) -> None:
    store.register_table("dissemination.material").edit(kit["id"], {"printed_copies": 100})
    values = {"channel": "desk", "material": kit["id"], "audience": ["families"]}
    first = add("dissemination.distribution", **values, date="1/4/2021", copies=60)
    assert first["material_title"] == "Kit"
    assert not about(
        problems("dissemination.distribution", **values, date="2/4/2021", copies=40), "copies", warning=True
    )
    found = problems("dissemination.distribution", **values, date="2/4/2021", copies=41)
    assert about(found, "copies", warning=True) == [
        "In tutto 101 copie diffuse, ma stampate 100", "101 copies given out in all, but 100 printed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"date": "9/1/2020"}, "date", False),
        ({"date": "21/5/2021"}, "date", False),
        ({"copies": ""}, "copies", True),
    ],
)
def test_a_distribution_is_checked(
    problems: Any, kit: dict[str, Any], values: dict[str, Any], field: str, warning: bool
) -> None:
    base = {"material": kit["id"], "date": "1/4/2021", "channel": "desk", "copies": 5}
    assert about(problems("dissemination.distribution", **{**base, **values}), field, warning=warning)


def test_an_event_adds_up_its_participants(add: Add) -> None:
    rows = [{"type": "public", "count": 30}, {"type": "schools", "count": 12}]
    event = add("dissemination.event", title="Convegno", type="conference", date="6/6/2021", participants=rows)
    assert event["participants_count"] == 42


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"start": "10", "end": "9"}, "end", False),
        ({"date": "1/7/2022", "status": "planned"}, "date", False),
        ({"date": "21/5/2021"}, "date", False),
        ({}, "participants", True),
        ({}, "sign_sheet", True),
        ({}, "releases", True),
        ({"releases": "missing"}, "releases", True),
        ({"participants": [{"type": "public", "count": 3}] * 2}, "participants.2.type", False),
        ({"press": [{"date": "7/3/2021", "outlet": "Il Corriere", "url": "qui"}]}, "press.1.url", False),
    ],
)
def test_an_event_is_checked(problems: Any, values: dict[str, Any], field: str, warning: bool) -> None:
    base = {"title": "Convegno", "type": "conference", "date": "6/3/2021", "status": "held"}
    italian, english = about(problems("dissemination.event", **{**base, **values}), field, warning=warning)[:2]
    assert italian != english


def test_an_event_that_is_planned_asks_for_nothing_that_comes_afterwards(problems: Any) -> None:
    assert problems("dissemination.event", title="Convegno", type="conference", date="6/6/2021") == []


def test_a_practice_counts_from_its_first_adoption_by_an_act(
    add: Add, problems: Any, school: dict[str, Any], operator: dict[str, Any]
) -> None:
    bodies = [add("registry.body", name=name, nature="public") for name in ("Comune di Cesena", "ASP di Cesena")]
    rows = [
        {"body": school["id"], "date": "1/2/2021"},
        {"body": bodies[0]["id"], "date": "1/4/2021", "act": "DGC 12"},
        {"body": bodies[1]["id"], "date": "1/3/2021", "act": "DGC 7"},
    ]
    values = {"name": "Presa in carico a due", "kind": "practice", "date": "1/2/2021"}
    practice = add("dissemination.practice", **values, adoptions=rows)
    assert (practice["adoptions_count"], practice["first_adopted_on"]) == (3, "2021-03-01")
    assert about(problems("dissemination.practice", practice["id"]), "adoptions.1.act", warning=True)
    rows[2]["body"] = bodies[0]["id"]
    assert about(problems("dissemination.practice", **values, adoptions=rows), "adoptions.3.body")
    rows[2] = {"body": bodies[1]["id"], "date": "21/5/2021", "act": "DGC 9"}
    assert about(problems("dissemination.practice", **values, adoptions=rows), "adoptions.3.date")
    rows[2] = {"body": bodies[1]["id"], "date": "1/3/2019", "act": "DGC 9"}
    assert about(problems("dissemination.practice", **values, adoptions=rows), "first_adopted_on")


def test_an_integrated_model_has_public_and_private_actors(add: Add, problems: Any, school: dict[str, Any]) -> None:
    cooperative = add("registry.body", name="Il Ponte", nature="third_sector")
    values = {"name": "Presa in carico a due", "kind": "model", "date": "1/2/2021"}
    found = problems("dissemination.practice", **values, public_actors=[school["id"]])
    assert about(found, "private_actors", warning=True)
    both = problems(
        "dissemination.practice", **values, public_actors=[school["id"]], private_actors=[cooperative["id"]]
    )
    assert both == []
    swapped = problems(
        "dissemination.practice", **values, public_actors=[cooperative["id"]], private_actors=[school["id"]]
    )
    assert "Il Ponte" in about(swapped, "public_actors", warning=True)[0]
    assert "IC Centro" in about(swapped, "private_actors", warning=True)[0]


def test_a_practice_is_confirmed_with_its_problem_and_solution(store: Store, add: Add) -> None:
    practice = add("dissemination.practice", name="Sportello", kind="practice", date="1/2/2021")
    with pytest.raises(ValueError, match=r"problem_faced.*solution"):
        store.register_table("dissemination.practice").confirm(practice["id"])


def test_a_published_version_does_not_go_back_and_is_withdrawn_with_a_reason(
    store: Store, problems: Any, kit: dict[str, Any]
) -> None:
    back = {"status": "draft", "approved_on": "", "published_on": ""}
    assert "10/03/2021" in about(problems("dissemination.material", kit["id"], **back), "status")[0]
    assert about(problems("dissemination.material", kit["id"], status="withdrawn"), "withdrawal_reason")
    values = {"status": "withdrawn", "withdrawal_reason": "Dati superati"}
    store.register_table("dissemination.material").edit(kit["id"], values)
    assert about(problems("dissemination.material", kit["id"], title="Altro"), "title")


def test_an_event_does_not_begin_in_the_hour_that_the_clock_leaves_out(problems: Any) -> None:
    values = {"title": "Veglia", "type": "community", "date": "28/3/2021", "start": "2:30", "end": "4"}
    assert "28/03/2021" in about(problems("dissemination.event", **values), "start")[0]


def test_an_operator_at_two_events_at_once_is_a_question(
    add: Add, problems: Any, school: dict[str, Any], operator: dict[str, Any]
) -> None:
    row = {"body": school["id"], "operator": operator["id"]}
    values = {"type": "conference", "date": "6/3/2021", "attendance": [row]}
    add("dissemination.event", title="Convegno", start="9", end="12", **values)
    found = problems("dissemination.event", title="Seminario", start="11", end="13", **values)
    assert "Convegno" in about(found, "attendance.1.operator", warning=True)[0]
    found = problems("dissemination.event", title="Seminario", start="12", end="13", **values)
    assert not about(found, "attendance.1.operator", warning=True)
