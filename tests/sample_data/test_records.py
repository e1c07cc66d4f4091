"""The invented office: enough of everything, by the rules, the same each time."""

import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from intarsi_tui import resources
from intarsi_tui.demo import generate, words
from intarsi_tui.demo.generator import plans
from intarsi_tui.demo.plan import Entry
from intarsi_tui.diary.deadlines import deadlines
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace, create_workspace
from intarsi_tui.records.problems import Problem, errors

from ..conftest import MadeOnce
from .conftest import TABLES, TODAY, Demo, records

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CUP = "I69E19001100002"


def all_problems(office: Office) -> list[tuple[str, Problem]]:
    found = []
    for table in office.declarations:
        register = office.table(table)
        for doc in register.all():
            if doc["state"] != "void":
                found += [(table, problem) for problem in register.problems({}, doc["id"])]
    return found


@pytest.fixture(scope="module")
def found(demo: Demo) -> list[tuple[str, Problem]]:
    """The problems of all records, with their tables."""
    with pytest.MonkeyPatch.context() as patch, open_office(Workspace(demo.path)) as office:
        patch.setenv("INTARSI_NOW", TODAY)
        return all_problems(office)


def test_there_are_3000_records_and_a_dozen_in_every_register(demo: Demo) -> None:
    counts = {table: len(docs) for table, docs in demo.docs.items()}
    assert sum(counts.values()) >= 3000
    # A quarterly report is one a quarter: nine in 26 months.
    assert min(count for table, count in counts.items() if table != "governance.quarterly_report") >= 12
    assert counts["governance.quarterly_report"] == 9
    assert max(counts, key=lambda table: counts[table]) == "mediation.intervention"


def test_every_register_of_the_shipped_plugins_is_filled(office: Office) -> None:
    assert set(office.declarations) == set(TABLES)


def test_no_record_breaks_a_rule(found: list[tuple[str, Problem]]) -> None:
    assert errors(problem for _, problem in found) == []


def test_there_are_warnings_to_look_at_but_few(found: list[tuple[str, Problem]]) -> None:
    warned = Counter(table for table, _ in found)
    assert 20 < sum(warned.values()) < 150
    assert len(warned) >= 5


def test_no_text_tells_of_health_or_of_a_personal_story(found: list[tuple[str, Problem]]) -> None:
    assert not [text for text in (problem.text("it") for _, problem in found) if "niente diagnosi" in text]


def test_most_records_are_confirmed_some_are_drafts_a_few_are_void_with_a_reason(demo: Demo) -> None:
    docs = [doc for docs in demo.docs.values() for doc in docs]
    states = Counter(doc["state"] for doc in docs)
    assert states["confirmed"] > 0.85 * len(docs)
    assert states["draft"] >= 30
    assert 5 <= states["void"] <= 40
    assert all(doc["void_reason"] for doc in docs if doc["state"] == "void")


def test_numbers_have_no_gaps_and_follow_the_dates(demo: Demo, office: Office) -> None:
    for table, docs in demo.docs.items():
        numbered = sorted((doc["number"], office.declarations[table].day_of(doc)) for doc in docs if doc.get("number"))
        days: dict[str, list[str]] = {}
        for number, day in numbered:
            year, _, count = number.partition("/")
            assert year == day[:4]
            days.setdefault(year, []).append(day)
            assert int(count) == len(days[year])
        assert all(found == sorted(found) for found in days.values()), table


def test_everything_lies_in_the_days_of_the_project_that_the_sample_covers(demo: Demo) -> None:
    for table, name in (
        ("mediation.intervention", "date"),
        ("training.session", "date"),
        ("registry.person", "take_in_date"),
    ):
        days = [doc[name] for doc in demo.docs[table] if name in doc]
        assert "2020-01-10" <= min(days) <= "2020-03-01", table
        assert "2022-01-01" <= max(days) <= "2022-03-31", table


def test_records_were_written_on_their_own_days_by_the_people_of_the_office(demo: Demo, office: Office) -> None:
    for docs in demo.docs.values():
        for doc in docs:
            assert "2020-01-10" <= doc["created_at"][:10] <= doc["changed_at"][:10] <= "2022-03-09"
            assert doc["created_by"] != office.user
    assert office.store.history(limit=1)[0].label in ("add", "edit", "confirm")
    assert office.store.verify_chain() == []


def test_households_have_plausible_sizes_and_shares(demo: Demo) -> None:
    taken_in = [doc for doc in demo.docs["registry.household"] if doc.get("take_in_date")]
    assert all(2 <= doc["members_count"] <= 7 and doc["minors_count"] >= 1 for doc in taken_in)
    assert 0.3 <= sum(doc["single_parent"] for doc in taken_in) / len(taken_in) <= 0.6
    assert sum(doc["counted"] for doc in taken_in) >= 0.85 * len(taken_in)
    languages = {doc["language"] for doc in demo.docs["mediation.intervention"]}
    assert len(languages & {"tir", "ara", "urd", "ben", "fra", "eng", "ukr", "som", "prs"}) >= 6


def test_certificates_are_only_for_those_who_reached_the_threshold(demo: Demo) -> None:
    enrolments = demo.by_id("training.enrolment")
    certified = [enrolments[doc["enrolment"]] for doc in demo.docs["training.certificate"]]
    assert all(doc["reached"] for doc in certified)
    assert [doc for doc in enrolments.values() if doc.get("attendance") and not doc["reached"]]


def test_timesheets_hold_what_was_delivered(demo: Demo) -> None:
    sheets = {
        (doc["operator"], doc["month"][:7]): {row["day"]: row["minutes"] for row in doc["days"]}
        for doc in demo.docs["registry.timesheet"]
    }
    worked: Counter[tuple[str, str]] = Counter()
    for doc in demo.docs["mediation.intervention"]:
        if doc["status"] == "delivered":
            worked[doc["operator"], doc["date"]] += doc["minutes"]
    assert worked
    for (operator, day), minutes in worked.items():
        assert sheets[operator, day[:7]][date.fromisoformat(day).day] >= minutes


SMALL = """
import sys
from pathlib import Path
from intarsi_tui.demo import generate
from intarsi_tui.host.office import open_office
from intarsi_tui.project.workspace import create_workspace

with open_office(create_workspace(Path(sys.argv[1]), "rimini")) as office:
    generate(office, records=100, seed=3)
"""


def small_office(path: Path) -> None:
    subprocess.run([sys.executable, "-c", SMALL, str(path)], check=True, timeout=120)


@pytest.fixture(scope="module")
def small(made_once: MadeOnce) -> Path:
    """A workspace of another seed and of as few records as can be; tests only read it."""
    return made_once("small-demo", lambda folder: small_office(folder / "office")) / "office"


def test_the_same_seed_gives_the_same_records_in_another_process(small: Path, tmp_path: Path) -> None:
    small_office(tmp_path / "again")
    found = without_ids(records(tmp_path / "again"))
    assert found
    assert found == without_ids(records(small))


def test_little_is_overdue_and_nothing_for_longer_than_six_weeks(office: Office) -> None:
    found = deadlines(office, office.today + timedelta(days=30))
    late = [due.left for due in found if due.left < 0]
    assert 4 <= len(late) <= 15
    assert min(late) >= -43
    assert 10 <= len(found) - len(late) <= 30
    assert len({due.what for due in found}) >= 5


def without_ids(docs: dict[str, list[dict[str, object]]]) -> list[str]:
    """The records with the place of a record in its register instead of its UUID."""
    places = {doc["id"]: f"{table} {place}" for table, found in docs.items() for place, doc in enumerate(found)}
    return [
        UUID.sub(lambda found: places[found[0]], json.dumps(doc, sort_keys=True))
        for found in docs.values()
        for doc in found
    ]


def planned(seed: int, size: int) -> list[Entry]:
    return [entry for plan in plans([words.places()["rimini"]], size, seed, CUP) for entry in plan.entries]


def test_another_seed_gives_other_people() -> None:
    one, other = (
        [str(entry["birth_date"]) for entry in planned(seed, 1500) if entry.table == "registry.person"]
        for seed in (1, 2)
    )
    assert one != other


@pytest.mark.parametrize("size", [100, 1500, 9000])
def test_any_size_can_be_planned(size: int) -> None:
    counts = Counter(entry.table for entry in planned(7, size))
    assert sum(counts.values()) >= size
    assert set(counts) == set(TABLES)
    assert min(count for table, count in counts.items() if table != "governance.quarterly_report") >= 12


def test_another_seed_and_a_small_size_keep_the_rules_too(small: Path) -> None:
    with open_office(Workspace(small)) as office:
        assert errors(problem for _, problem in all_problems(office)) == []


def test_a_refused_record_leaves_the_office_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_office(create_workspace(tmp_path / "stopped", "rimini")) as office:

        def stop(done: int, total: int) -> None:
            if done == total // 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            generate(office, records=100, progress=stop)
        assert [table for table in office.declarations if len(office.table(table))] == []


def test_what_the_sample_is_made_of_says_that_everybody_is_invented() -> None:
    assert "Nessuna delle persone qui dentro esiste" in (resources.folder("sample_data") / "README.md").read_text(
        "utf-8"
    )


def test_every_quarter_of_the_26_months_has_work_and_the_closures_were_worked_through_at_a_distance(demo: Demo) -> None:
    wanted = {f"{year}-{month:02}" for year in (2020, 2021) for month in (1, 4, 7, 10)} | {"2022-01"}
    for table, name in (
        ("mediation.intervention", "date"), ("training.session", "date"), ("registry.household", "take_in_date"),
        ("governance.meeting", "date"), ("dissemination.event", "date"), ("registry.timesheet", "month"),
    ):  # fmt: skip
        days = [date.fromisoformat(doc[name]) for doc in demo.docs[table] if name in doc]
        assert {f"{day.year}-{(day.month - 1) // 3 * 3 + 1:02}" for day in days} >= wanted, table
    closed = [doc for doc in demo.docs["mediation.intervention"] if "2020-03-09" <= doc["date"] <= "2020-05-31"]
    assert closed
    assert {doc["place"] for doc in closed} == {"remote"}


def test_who_looks_at_the_workspace_or_a_workbook_is_told_that_all_is_invented(demo: Demo) -> None:
    profile = Workspace(demo.path).profile
    assert profile.title("it").endswith("dati d'esempio inventati")
    assert profile.title("en").endswith("invented sample data")
    for path in demo.workbooks:
        with zipfile.ZipFile(path) as package:
            texts = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
        assert "dati d'esempio inventati" in texts.replace("&apos;", "'").replace("&#39;", "'"), path.name
