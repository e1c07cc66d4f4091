"""A workspace of release 0.1.0: opening the office upgrades it, after a backup that stays."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import open_office
from intarsi_tui.plugin import name_table
from intarsi_tui.project.backup import backups, make_backup
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.restore import restore, salvage
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records.fields import field, link
from intarsi_tui.records.record import Record
from intarsi_tui.records.types import Attachment, Choice, Date, Int, Link, Pseudonym, Text
from intarsi_tui.store import StoreError, open_store

ROOT = Path(__file__).parents[2]


class Household(Record, it="Nucleo", en="Household", date="take_in_date"):
    """What 0.1.0 declared, as far as it has changed since."""

    pseudonym: Pseudonym = field(it="Codice nucleo", en="Household code", privacy="internal", prefix="N")
    take_in_date: Date | None = field(it="Presa in carico", en="Take-in", privacy="internal")
    referral_date: Date | None = field(it="Segnalazione", en="Referral", privacy="internal")
    referral_channel: Choice | None = field(
        it="Canale", en="Channel", privacy="internal", choices={"cas": ("CAS", "CAS")}
    )
    referral_body: Link | None = link("registry.body", it="Ente segnalante", en="Referring body")
    referral_outcome: Text = field(it="Esito", en="Outcome", privacy="internal", default="pending")
    referral_reason: Text | None = field(it="Motivo", en="Reason", privacy="personal")
    need_housing: Int | None = field(it="Casa", en="Housing", privacy="personal")
    need_health: Int | None = field(it="Salute", en="Health", privacy="special")


class Meeting(Record, it="Incontro", en="Meeting"):
    date: Date = field(it="Data", en="Date", privacy="internal")
    annex: Attachment | None = field(it="Allegato", en="Annex", privacy="internal")


class Material(Record, it="Materiale", en="Material"):
    title: Text = field(it="Titolo", en="Title", privacy="public")
    file: Attachment | None = field(it="File", en="File", privacy="internal")
    source_file: Attachment | None = field(it="Modificabile", en="Editable", privacy="internal")


OLD = {"registry": Household, "governance": Meeting, "dissemination": Material}
for plugin, cls in OLD.items():
    name_table(cls, plugin)


@pytest.fixture
def old(workspace: Workspace, tmp_path: Path) -> Workspace:
    """The workspace as 0.1.0 left it."""
    minutes = tmp_path / "verbale.pdf"
    minutes.write_bytes(b"%PDF verbale")
    value = workspace.files.attach(minutes)
    with open_store(workspace.database, user="anna") as store:
        store.partner = "rimini"
        for cls in OLD.values():
            store.register(cls.declaration, lambda cls=cls: cls)  # type: ignore[misc]
        households = store.register_table("registry.household")
        taken = {
            "referral_date": "9/1/2020",
            "referral_channel": "cas",
            "referral_outcome": "taken_in",
            "take_in_date": "15/1/2020",
        }
        uid = households.add({**taken, "need_housing": 0, "need_health": 2}).doc["id"]
        households.confirm(uid)
        households.add({"referral_outcome": "redirected", "referral_reason": "Abita altrove"})
        households.add({})
        store.register_table("governance.meeting").add({"date": "3/3/2020", "annex": value})
        store.register_table("dissemination.material").add({"title": "Guida", "file": value, "source_file": value})
        store.connection.rows("DELETE FROM meta WHERE name = 'versions'")
        store.connection.rows("PRAGMA user_version = 1")
    return workspace


def said(docs: Any, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(doc.get(name) for name in names) for doc in docs]


def test_nothing_of_an_older_workspace_is_lost(old: Workspace) -> None:
    with open_office(old) as office:
        assert office.upgraded
        households = office.table("registry.household").all()
        assert households[0]["assessments"] == [{"date": "2020-01-15", "housing": 0, "health": 2}]
        assert households[0]["last_assessed"] == "2020-01-15"
        assert not [name for doc in households for name in doc if name.startswith(("referral_", "need_"))]
        referrals = said(
            office.table("registry.referral").all(), "date", "channel", "outcome", "outcome_date", "reason", "household", "created_by"
        )  # fmt: skip
        assert referrals == [
            ("2020-01-09", "cas", "taken_in", "2020-01-15", None, households[0]["id"], "anna"),
            ("2021-05-20", None, "redirected", None, "Abita altrove", households[1]["id"], "anna"),
        ]
        [meeting], [material] = office.table("governance.meeting").all(), office.table("dissemination.material").all()
        assert meeting["annexes"] == material["files"] == material["source_files"]
        assert meeting["annexes"][0].endswith("/verbale.pdf")
        assert not office.store.verify().findings
        assert households[0]["number"] == "2020/0001"
        office.table("registry.household").edit(households[1]["id"], {"notes": "si continua come sempre"})
    with open_office(old) as office:
        assert office.upgraded is None


def test_the_auditors_checker_follows_the_history_through_the_upgrade(old: Workspace, tmp_path: Path) -> None:
    checker = tmp_path / "checker.py"
    guide = (ROOT / "docs" / "history.md").read_text("utf-8")
    checker.write_text(re.findall(r"```python\n(.*?)```", guide, re.DOTALL)[0], "utf-8")
    at = [sys.executable, "-m", "intarsi_tui", "-w", str(old.path)]
    rows = str(tmp_path / "history.jsonl")
    subprocess.run([*at, "history", "--format", "jsonl", "-o", rows], check=True, cwd=ROOT)
    done = subprocess.run([sys.executable, str(checker), rows], check=True, capture_output=True, text=True)
    with open_office(old) as office:
        assert f"state {office.store.verify().state}" in done.stdout


def test_the_backup_before_it_stays_whatever_comes_later(old: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_office(old) as office:
        assert office.upgraded
        copy = office.upgraded.copy
        assert copy
        assert copy.name.endswith("Z-before-upgrade")
        monkeypatch.setattr("intarsi_tui.project.backup.DAILY", 1)
        monkeypatch.setattr("intarsi_tui.project.backup.WEEKLY", 1)
        monkeypatch.setattr("intarsi_tui.project.backup.MONTHLY", 1)
        for day in ("2021-07-02", "2021-08-02"):
            monkeypatch.setenv("INTARSI_NOW", f"{day}T09:00:00+00:00")
            make_backup(old, office.store)
    assert [one.occasion for one in backups(old.backups)] == ["", "upgrade"]


def test_a_backup_of_the_older_version_is_upgraded_when_it_is_restored(old: Workspace, tmp_path: Path) -> None:
    with open_office(old) as office:
        state = [said(office.table(name).all(), "state") for name in ("registry.household", "registry.referral")]
    again = restore(old.backups, tmp_path / "again").workspace
    with open_office(again) as office:
        assert office.upgraded
        assert [
            said(office.table(name).all(), "state") for name in ("registry.household", "registry.referral")
        ] == state


def test_what_is_salvaged_with_a_backup_from_before_is_not_upgraded_again(old: Workspace, tmp_path: Path) -> None:
    with open_office(old) as office:
        state = office.store.verify().state
    again = salvage(old, old.backups, tmp_path / "again").workspace
    with open_office(again) as office:
        assert office.upgraded is None
        assert office.store.verify().state == state


def test_without_a_backup_nothing_is_changed(old: Workspace) -> None:
    shutil.rmtree(old.backups)
    old.backups.write_text("in the way", "utf-8")
    with pytest.raises(ProjectError) as caught, open_office(old):
        pass
    assert caught.value.code == "no_backup_before"
    assert str(old.backups) in caught.value.text("it")
    with open_store(old.database) as store:
        assert store.connection.one("PRAGMA user_version") == 1
        assert "registry.referral" not in store.tables()


def test_a_folder_that_cannot_be_written_is_named(old: Workspace) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("nothing is read-only for this user")
    old.path.chmod(0o500)
    try:
        with pytest.raises(StoreError) as caught, open_office(old):
            pass
    finally:
        old.path.chmod(0o700)
    assert caught.value.code == "read_only"


def test_an_office_with_nothing_to_upgrade_is_opened_without_a_write(workspace: Workspace) -> None:
    with open_office(workspace) as office:
        assert office.upgraded is None
        assert not office.store.connection.wrote
    assert not backups(workspace.backups)


def test_the_look_for_something_to_upgrade_loads_no_plugin(workspace: Workspace) -> None:
    with open_office(workspace) as office:
        office.table("registry.household").add({})
    look = (
        "import sys; from pathlib import Path; from intarsi_tui.host.office import open_office;"
        "from intarsi_tui.project.workspace import Workspace\n"
        f"with open_office(Workspace(Path({str(workspace.path)!r}))) as office: assert office.upgraded is None\n"
        "print(*sorted({'pydantic', 'intarsi_registry', 'concurrent.futures'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "\n"
