"""Nothing is voided under what goes on or is still to come; of what is over it is told."""

from collections.abc import Callable
from typing import Any

import pytest

from intarsi_tui.host.merging import merge
from intarsi_tui.host.office import Office
from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import Store

from .conftest import Add

TO_COME, OVER = "1/6/2021", "3/5/2021"


def refused(void: Callable[[], Any]) -> str:
    with pytest.raises(Rejected) as found:
        void()
    (problem,) = found.value.problems
    assert problem.code == "goes_on"
    return problem.text("it")


def test_a_unit_is_not_voided_under_those_who_stay_in_it(
    store: Store, unit: dict[str, Any], placement: dict[str, Any]
) -> None:
    placements, units = store.register_table("cohousing.placement"), store.register_table("cohousing.unit")
    number = placements.confirm(placement["id"]).doc["number"]
    placements.edit(placement["id"], {"left_on": None, "exit_outcome": None})
    with pytest.raises(Rejected) as refused:
        units.void(unit["id"], "inserito due volte")
    (problem,) = refused.value.problems
    assert problem.text("it") == (
        f"Non si può annullare: vi fanno riferimento record in corso o in programma (1): Inserimento {number} (RN-01 05/03/2021). "
        "Prima concluderli, annullarli o collegarli ad altro"
    )
    assert units.one(unit["id"])["state"] == "draft"
    # A stay that is over is only told of.
    placements.edit(placement["id"], {"left_on": "20/5/2021", "exit_outcome": "moved"})
    (warning,) = units.void(unit["id"], "inserito due volte").warnings
    assert (warning.code, warning.severity) == ("in_use", "warning")


def test_a_course_with_sessions_to_come_is_not_voided(office: Office, enter: Add) -> None:
    course = enter("training.course", draft=True, code="FORM-1", title="Asilo")
    values = {"course": course["id"], "start": "9", "end": "12", "topic": "Le fonti"}
    coming = enter("training.session", draft=True, **values, date=TO_COME)
    enter("training.session", draft=True, **values, date=OVER, status="held")
    courses = office.table("training.course")
    told = refused(lambda: courses.void(course["id"], "doppio"))
    assert "(1): Lezione 01/06/2021 09:00 Le fonti" in told
    office.table("training.session").edit(coming["id"], {"status": "cancelled"})
    (warning,) = courses.void(course["id"], "doppio").warnings
    assert (warning.code, warning.params["count"]) == ("in_use", 2)


def test_a_network_with_a_meeting_to_come_and_whoever_chairs_it_are_not_voided(office: Office, enter: Add) -> None:
    network = enter("governance.network", draft=True, name="Tavolo", kind="technical", level="district")
    chair = enter("registry.operator", draft=True, surname="Bianchi", given_name="Giulia")
    held = {"network": network["id"], "chair": chair["id"], "decisions": [{"text": "Scrivere"}]}
    before = enter("governance.meeting", draft=True, **held, date=OVER)
    coming = enter("governance.meeting", draft=True, network=network["id"], chair=chair["id"], date=TO_COME)
    for table, doc in (("governance.network", network), ("registry.operator", chair)):
        assert "Incontro 01/06/2021 Tavolo" in refused(
            lambda table=table, doc=doc: office.table(table).void(doc["id"], "doppio")
        )
    # That the meeting to come lists an open decision of the one before is worked out, and follows by itself.
    office.table("governance.meeting").void(before["id"], "doppio")
    assert not (office.get("governance.meeting", coming["id"]) or {})["carried"]
    office.table("governance.meeting").void(coming["id"], "rinviato")
    office.table("governance.network").void(network["id"], "doppio")


def test_two_files_made_one_take_what_goes_on_along(office: Office, enter: Add) -> None:
    one, other = (
        enter("registry.body", draft=True, name=name, nature="school") for name in ("IC Mare", "IC Mare (doppio)")
    )
    values = {
        "date": TO_COME,
        "start": "9",
        "end": "10",
        "service": "mediation",
        "place": "school",
        "status": "planned",
    }
    coming = enter("mediation.intervention", draft=True, **values, school=other["id"])
    assert "Intervento" in refused(lambda: office.table("registry.body").void(other["id"], "doppio"))
    merge(office, "registry.body", one["id"], other["id"])
    assert (office.get("mediation.intervention", coming["id"]) or {})["school"] == one["id"]


def test_a_network_with_an_open_decision_is_not_voided_until_the_decision_is_closed(office: Office, enter: Add) -> None:
    network = enter("governance.network", draft=True, name="Tavolo", kind="technical", level="district")
    held = enter("governance.meeting", draft=True, network=network["id"], date=OVER, decisions=[{"text": "Scrivere"}])
    networks = office.table("governance.network")
    assert "Incontro 03/05/2021 Tavolo" in refused(lambda: networks.void(network["id"], "doppio"))
    closed = [{"text": "Scrivere", "status": "done", "closed_on": OVER}]
    office.table("governance.meeting").edit(held["id"], {"decisions": closed})
    (warning,) = networks.void(network["id"], "doppio").warnings
    assert warning.code == "in_use"
