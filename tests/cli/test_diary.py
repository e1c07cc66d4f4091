"""`intarsi calendar` and `intarsi deadlines`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.project.workspace import Workspace

Run = Callable[..., Any]


@pytest.fixture
def office(workspace: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """A workspace with a meeting on 24 June 2021; its UUID."""
    monkeypatch.chdir(workspace.path)
    body = run("registry", "body", "add", "--name", "Comune", "--nature", "public").out.strip()
    network = run(
        "governance", "network", "add", "--name", "Tavolo", "--kind", "territorial", "--level", "provincial", "--activation", "active",
        "--start", "1/2/2021", "--members", f"{body} | | | | sì | 1/2/2021",
    ).out.strip()  # fmt: skip
    made = run(
        "governance", "meeting", "add", "--network", network, "--date", "24/6/2021", "--start", "9", "--end", "10", "--attendance", f"{body} | Neri Ugo | | excused",
        "--decisions", "Scrivere | | | 30/6/2021",
    )  # fmt: skip
    assert made.code == 0, made.err
    return str(made.out.strip())


def test_the_calendar_is_a_table_json_and_a_file(run: Run, office: str, tmp_path: Path) -> None:
    assert "24/06/2021" not in run("calendar").out
    listed = run("calendar", "--to", "30/6/2021", lang="it")
    assert "24/06/2021  09:00  10:00  Incontro: Tavolo" in listed.out
    (one,) = run("calendar", "--to", "30/6/2021", "--format", "json").json
    assert (one["day"], one["id"], one["register"]) == ("2021-06-24", office, "governance.meeting")
    path = tmp_path / "a.ics"
    told = run("calendar", "--register", "governance.meeting", "--record", office, "--ics", path)
    assert (told.code, told.out) == (0, "")
    assert "Appointments: 1" in told.err
    text = path.read_text("utf-8")
    assert f"UID:{office}@intarsi" in text
    assert "Neri" not in text


def test_an_invitation_tells_whose_addresses_leave_and_it_is_logged(
    run: Run, office: str, workspace: Workspace, tmp_path: Path
) -> None:
    invite = [
        "calendar",
        "--register",
        "governance.meeting",
        "--record",
        office,
        "--ics",
        tmp_path / "a.ics",
        "--attendees",
    ]
    refused = run(*invite, lang="it")
    assert (refused.code, "[workspace]" in refused.err) == (2, True)
    settings = workspace.path / "intarsi.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[workspace]\n", '[workspace]\nemail = "nessuno"\n'), "utf-8"
    )
    assert "workspace.email" in run(*invite).err
    settings.write_text(settings.read_text("utf-8").replace("nessuno", "ufficio@comune.example.it"), "utf-8")
    nobody = run(*invite, lang="it")
    assert nobody.code == 1
    assert "Senza indirizzo e-mail: Comune" in nobody.err
    assert not (tmp_path / "a.ics").exists()
    run(
        "registry",
        "body",
        "edit",
        run("registry", "body", "list", "--format", "json").json[0]["id"],
        "--email",
        "a@b.example",
    )
    told = run(*invite, lang="it")
    assert told.code == 0
    assert "Indirizzi che escono con il file: Comune <a@b.example>" in told.err
    assert "ATTENDEE" in (tmp_path / "a.ics").read_text("utf-8")
    (entry,) = [one for one in run("access", "--format", "json").json if one["detail"].startswith("ics")]
    assert entry["detail"] == "ics, 1 e-mail"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--from", "31/4/2021"], "31/4/2021"),
        (["--from", "2/6/2021", "--to", "1/6/2021"], "before"),
        (["--register", "registry.body"], "governance.meeting"),
        (["--record", "x"], "--register"),
        (["--attendees", "--ics", "a.ics"], "--record"),
    ],
)
def test_what_cannot_be_a_calendar_is_said(run: Run, office: str, args: list[str], says: str) -> None:
    refused = run("calendar", *args)
    assert refused.code == 2
    assert says in refused.err


def test_deadlines_are_listed_and_new_ones_told_once(run: Run, office: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("deadlines", "--format", "json").json == []
    (one,) = run("deadlines", "--days", "60", "--format", "json").json
    assert (one["day"], one["left"], one["what"], one["field"]) == (
        "2021-06-30",
        41,
        "Carry out the decision",
        "decisions.1.due",
    )
    monkeypatch.setenv("INTARSI_NOW", "2021-06-02T09:00:00+00:00")
    assert "30/06/2021" in run("deadlines", "--new", lang="it").out
    assert "30/06/2021" not in run("deadlines", "--new").out
    assert "30/06/2021" in run("deadlines").out
    monkeypatch.setenv("INTARSI_NOW", "2021-07-12T09:00:00+00:00")
    late = run("deadlines", lang="it").out.splitlines()[2]
    assert late.startswith("30/06/2021  ! 12 giorni fa  Scrivere: Attuare la decisione  24/06/2021 Tavolo")
    assert run("deadlines", "--owner", "nobody", "--format", "json").json == []


def test_deadlines_are_searched_as_on_the_screen(run: Run, office: str) -> None:
    found = {
        search: len(run("deadlines", "--days", "60", "--search", search, "--format", "json").json)
        for search in ("decision", "DECISION 30/06", "carry 24/06/2021", "nobody")
    }
    assert found == {"decision": 1, "DECISION 30/06": 1, "carry 24/06/2021": 1, "nobody": 0}
