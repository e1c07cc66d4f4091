"""`intarsi settings` and `intarsi keys`: what F9 does, without a screen."""

from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui import person
from intarsi_tui.project import settings
from intarsi_tui.project.where import workspace_folder
from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]


def test_settings_are_shown_and_set_and_comments_stay(run: Run, depot: Workspace) -> None:
    before = (depot.path / "intarsi.toml").read_text("utf-8")
    assert run("settings", "set", "eligibility_months", "24").code == 0
    after = (depot.path / "intarsi.toml").read_text("utf-8")
    assert after == before.replace("eligibility_months = 18", "eligibility_months = 24")
    shown = {row["name"]: row for row in run("settings", "show", "--format", "json").json}
    assert shown["eligibility_months"]["value"] == 24
    assert shown["lock_minutes"]["value"] == 10
    assert shown["partner_name"]["value"] == "Comune di Rimini"
    assert "Soglia di frequenza" in run("settings", "show", lang="it").out


def test_an_empty_value_takes_a_setting_out_and_people_are_rows(run: Run, depot: Workspace) -> None:
    assert run("settings", "set", "mediator_weekly_hours", "36").code == 0
    assert run("settings", "set", "mediator_weekly_hours", "").code == 0
    assert "mediator_weekly_hours" not in Workspace(depot.path).profile.settings
    assert run("settings", "set", "users", "m.rossi | Maria Rossi\ng.bianchi | Gianni Bianchi").code == 0
    assert Workspace(depot.path).users == {"m.rossi": "Maria Rossi", "g.bianchi": "Gianni Bianchi"}
    twice = run("settings", "set", "users", "m.rossi | Maria\nm.rossi | Mario")
    assert twice.code == 1
    assert "“m.rossi” is there twice" in twice.err


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("attendance_threshold", "120", "100"),
        ("lock_minutes", "soon", "whole number"),
        ("partner_name", "", "Name: "),
        ("theme", "pink", "high contrast"),
        ("partner_province", "zz", "“ZZ” is no province"),
        ("office", "nowhere", "There is no office in “nowhere”"),
        ("attachment_mb", "0", "1"),
    ],
)
def test_a_wrong_value_is_refused_with_its_setting(
    run: Run, depot: Workspace, name: str, value: str, words: str
) -> None:
    before = (depot.path / "intarsi.toml").read_bytes()
    done = run("settings", "set", name, value)
    assert done.code == 1
    assert words in done.err
    assert (depot.path / "intarsi.toml").read_bytes() == before


VALUES = {
    "language": "en", "theme": "intarsi-contrast", "office": ".", "partner_name": "Comune di Riccione", "partner_nature": "association",
    "partner_town": "Riccione", "partner_province": "rn", "users": "m.rossi | Maria Rossi", "lock_minutes": "0", "attachment_mb": "7",
    "eligibility_months": "24", "attendance_threshold": "70", "request_notice_days": "10", "absence_days": "30",
    "mediator_weekly_hours": "36", "publicity_exceptions": "yes",
}  # fmt: skip


@pytest.mark.parametrize("name", [one.field.name for one in settings.ALL])
def test_every_setting_is_set_holds_at_the_next_start_and_can_be_emptied(
    run: Run, depot: Workspace, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(depot.path)
    assert run("settings", "set", name, VALUES[name]).code == 0
    (row,) = run("settings", "show", name, "--format", "json").json
    field = settings.declaration(depot).by_name[name]
    assert row["value"] == (field.kind.store(field.kind.read(VALUES[name])) if name != "partner_province" else "RN")
    assert run("settings", "set", name, "").code == (1 if field.required else 0)


def test_what_holds_without_a_setting_is_what_its_rules_say() -> None:
    from intarsi_cohousing.placement import ABSENCE_DAYS
    from intarsi_mediation.school_request import NOTICE_DAYS
    from intarsi_registry.eligibility import EXIT_MONTHS
    from intarsi_training.enrolment import THRESHOLD

    for name, value in {
        "absence_days": ABSENCE_DAYS, "request_notice_days": NOTICE_DAYS, "eligibility_months": EXIT_MONTHS, "attendance_threshold": THRESHOLD,
    }.items():  # fmt: skip
        assert settings.EMPTY[name]("it") == str(value)


def test_what_is_not_set_is_listed_with_what_holds(run: Run, depot: Workspace) -> None:
    assert "(no limit)" in run("settings", "show", "--format", "table").out


def test_a_name_that_is_no_setting_gets_the_nearest(run: Run, depot: Workspace) -> None:
    done = run("settings", "set", "lock_minute", "5")
    assert done.code == 2
    assert "lock_minutes" in done.err


def test_the_persons_own_settings_need_no_office(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("settings", "set", "theme", "light").code == 0
    assert person.read() == {"theme": "intarsi-light"}
    assert [row["name"] for row in run("settings", "show", "--format", "json").json] == ["language", "theme", "office"]


def test_the_persons_language_holds_where_nothing_else_says_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from intarsi_tui.i18n import choose

    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    person.keep(language="en")
    assert choose() == "en"
    monkeypatch.setenv("INTARSI_LANG", "it")
    assert choose() == "it"


def test_the_persons_office_is_found_from_anywhere_but_never_before_another(
    depot: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert workspace_folder(None) == ""
    person.keep(office=str(depot.path))
    assert workspace_folder(None) == str(depot.path)
    assert workspace_folder(str(elsewhere)) == "", "a folder that was named must be one"
    person.keep(office=str(tmp_path / "gone"))
    assert workspace_folder(None) == ""


def test_keys_are_listed_with_their_commands_and_changed(run: Run, depot: Workspace) -> None:
    rows = {row["id"]: row for row in run("keys", "list", "--format", "json").json}
    assert rows["list.new"]["keys"] == "n"
    assert rows["list.new"]["command"] == "intarsi PLUGIN RECORD add"
    assert run("keys", "set", "list.new", "ctrl+n,insert").code == 0
    rows = {row["id"]: row for row in run("keys", "list", "--format", "json").json}
    assert (rows["list.new"]["keys"], rows["list.new"]["usual"]) == ("Ctrl+N Ins", "n")
    refused = run("keys", "set", "list.edit", "insert")
    assert refused.code == 2
    assert "“New” (list.new)" in refused.err
    assert run("keys", "reset", "list.new").code == 0
    assert run("keys", "reset", "list.new").code == 2
    assert "Che cosa fa" in run("keys", "list", lang="it").out


def test_init_takes_a_partner_that_the_project_does_not_have(run: Run, tmp_path: Path) -> None:
    name = 'Coop. "Il Ponte"'
    done = run("init", tmp_path / "new", "--partner", "il-ponte", "--partner-name", name)
    assert done.code == 0, done.err
    assert Workspace(tmp_path / "new").partner.name == name
    assert run("init", tmp_path / "x", "--partner", "Il Ponte", "--partner-name", name).code == 2
    assert not (tmp_path / "x").exists()
    seat = ("--partner-town", "Riccione", "--partner-province")
    assert run("init", tmp_path / "x", "--partner", "riccione", *seat, "rn").code == 2, "of a new partner only"
    own = ("init", tmp_path / "x", "--partner", "riccione", "--partner-name", "Comune di Riccione")
    refused = run(*own, *seat, "zz")
    assert refused.code == 2
    assert "“ZZ” is no province" in refused.err
    assert run(*own, *seat, "rn").code == 0
    made = Workspace(tmp_path / "x").partner
    assert (made.town, made.province) == ("Riccione", "RN")


def test_a_negative_number_is_judged_as_a_value(run: Run, depot: Workspace) -> None:
    done = run("settings", "set", "lock_minutes", "-5")
    assert done.code == 1
    assert "option" not in done.err
    assert "0" in done.err


def test_help_without_an_office_is_in_the_readers_language(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTARSI_CACHE", str(tmp_path / "cache"))
    said = run("--help", lang="it").out
    assert "[OPZIONI] [COMANDO]" in said
    assert "Formazione" in said
    assert "Training" in run("--help").out
