"""A file of bad rows: every problem of every row is told with its row, and nothing is written.

INTARSI_TEST_ROWS=10000 is the full size.
"""

import csv
import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from intarsi_tui.exchange.imports import import_file
from intarsi_tui.host.office import Office

Add = Callable[..., dict[str, Any]]
ROWS = int(os.environ.get("INTARSI_TEST_ROWS", "200"))

# date, start, end, place; the first is a good row.
CASES = (
    ("12/04/2021", "09:00", "10:00", "desk"),
    ("31/04/2021", "09:00", "10:00", "desk"),
    ("12/04/2021", "10:00", "09:00", "desk"),
    ("30/02/2021", "25:00", "10:00", "desk"),
    ("12/04/2019", "09:00", "10:00", "nowhere"),
)


def test_every_problem_of_every_row_is_told_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "interventi.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["date", "start", "end", "place", "service", "summary"])
        for number in range(ROWS):
            day, start, end, place = CASES[number % len(CASES)]
            writer.writerow([day, start, end, place, "support", f"Riga {number}"])
    outcome = import_file(office, "mediation.intervention", path, write=True)
    told = defaultdict(set)
    for problem in outcome.problems:
        if problem.severity == "error":
            told[problem.row].add(problem.field)
    wanted = {
        number + 2: {
            1: {"date"}, 2: {"end"}, 3: {"date", "start"}, 4: {"place"},
        }[number % len(CASES)]
        for number in range(ROWS) if number % len(CASES)
    }  # fmt: skip
    assert told == wanted
    assert not outcome.written
    assert office.table("mediation.intervention").count_of() == 0


def test_a_row_that_runs_into_another_row_names_it(office: Office, enter: Add, tmp_path: Path) -> None:
    operator = enter("registry.operator", draft=True, surname="Neri", given_name="Ada")
    path = tmp_path / "interventi.csv"
    path.write_text(
        "date,start,end,place,service,operator\n"
        f"12/4/2021,9:00,10:00,desk,support,{operator['code']}\n12/4/2021,9:30,10:30,desk,support,{operator['code']}\n",
        "utf-8",
    )
    outcome = import_file(office, "mediation.intervention", path, write=True)
    (problem,) = [one for one in outcome.problems if one.severity == "error"]
    assert problem.row == 3
    assert "12/04/2021 09:00" in problem.text("it")
    assert "Move or cancel" in problem.text("en")
    assert not outcome.written


def test_a_permit_that_ends_before_it_starts_says_what_to_look_at(problems: Any) -> None:
    permit = {"type": "ASILO", "number": "I1", "issued_on": "1/2/2021", "expires_on": "1/1/2021"}
    found = problems("registry.person", surname="Haile", permits=[permit])
    assert [one.text("it") for one in found if one.field == "permits.1.expires_on" and one.severity == "error"] == [
        "Scade prima del rilascio (01/02/2021): ricontrollare le due date sul titolo"
    ]
