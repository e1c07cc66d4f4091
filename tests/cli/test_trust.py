"""What an auditor, and somebody who asks to be forgotten, can count on: verify, history in full, erase, the past, export."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from intarsi_tui.project.trials import trial_folder
from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def history(run: Run, depot: Workspace, bike: str) -> list[dict[str, object]]:
    """Some changes of one office, as the whole history has them."""
    run("depot", "bike", "edit", "R-1", "--weight", "14")
    run("depot", "bike", "add", "--code", "R-2")
    run("undo")
    run("depot", "bike", "confirm", "R-1")
    return [json.loads(line) for line in run("history", "--format", "jsonl").out.splitlines()]


def altered(path: Path, alteration: str) -> None:
    from intarsi_tui.store import open_store

    with open_store(path) as store:
        store.connection.rows(alteration)


class TestVerify:
    def test_a_sound_workspace_prints_its_hashes(self, run: Run, bike: str) -> None:
        done = run("verify")
        assert (done.code, done.err.strip()) == (0, "All is well.")
        assert re.search(r"^State +[0-9a-f]{64}$", done.out, re.MULTILINE)
        assert re.search(r"^Site rimini +[0-9a-f]{64}$", done.out, re.MULTILINE)
        told = run("verify", "--format", "json").json
        assert (told["records"], told["changes"], told["findings"]) == (1, 1, [])
        assert told["state"] in done.out

    def test_an_altered_record_is_named(self, run: Run, depot: Workspace, bike: str) -> None:
        altered(depot.database, "UPDATE \"depot.bike\" SET doc = json_set(doc, '$.colour', 'sky')")
        done = run("verify", lang="it")
        assert done.code == 1
        assert f"depot.bike {bike} non è come dice la storia; campi: colour" in done.err
        (finding,) = run("verify", "--format", "json").json["findings"]
        assert (finding["code"], finding["record"]) == ("changed", bike)

    def test_a_file_that_cannot_be_read_is_the_storages_matter(self, run: Run, depot: Workspace, bike: str) -> None:
        depot.database.write_bytes(b"not a database" * 999)
        assert run("verify").code == 3

    def test_a_clock_that_was_set_back_is_told_with_every_command(
        self, run: Run, bike: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("INTARSI_NOW", "2020-05-20T09:00:00+00:00")
        assert "365 days behind the last change" in run("depot", "bike", "list").err
        assert "indietro di 365 giorni" in run("depot", "bike", "edit", "R-1", "--weight", "3", lang="it").err
        assert run("verify").code == 0
        moments = [row["moment"][:4] for row in run("history", "--format", "json").json]
        assert moments == ["2021", "2021"]


class TestAuditorsChecker:
    """The program that docs/history.md prints, run as an auditor would."""

    @pytest.fixture
    def checker(self, tmp_path: Path) -> Path:
        (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "history.md").read_text("utf-8"), re.DOTALL)
        assert len(code.splitlines()) <= 40
        imported = {
            name for line in re.findall(r"^(?:import|from) (.+)$", code, re.MULTILINE) for name in line.split(", ")
        }
        assert imported <= set(sys.stdlib_module_names)
        path = tmp_path / "checker.py"
        path.write_text(code, "utf-8")
        return path

    def verdict(self, checker: Path, operations: list[dict[str, object]]) -> tuple[int, str]:
        file = checker.with_name("history.jsonl")
        file.write_text("".join(json.dumps(one) + "\n" for one in operations), "utf-8")
        done = subprocess.run([sys.executable, "-I", checker, file], capture_output=True, text=True)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout

    def test_it_agrees_with_verify_on_a_sound_history(
        self, checker: Path, history: list[dict[str, object]], run: Run
    ) -> None:
        code, out = self.verdict(checker, history)
        told = run("verify", "--format", "json").json
        assert code == 0
        assert told["state"] in out
        assert told["sites"]["rimini"] in out

    def test_it_needs_no_values(self, checker: Path, history: list[dict[str, object]], run: Run) -> None:
        without = run("history", "--format", "jsonl", "--without-values").out
        assert "R-1" not in without
        lines = [json.loads(line) for line in without.splitlines()]
        assert self.verdict(checker, lines) == self.verdict(checker, history)

    def test_erase_takes_a_record_by_its_title_as_show_does(
        self, run: Run, history: list[dict[str, object]], depot: Workspace
    ) -> None:
        title = "r 1"
        uid = run("depot", "bike", "show", title, "--format", "json").json["id"]
        done = run("depot", "bike", "erase", title, "--field", "weight", "--reason", "x", "--yes")
        assert done.out.strip() == uid
        assert "weight" not in run("depot", "bike", "show", uid, "--format", "json").json
        assert run("depot", "bike", "erase", "r 9", "--field", "weight", "--reason", "x", "--yes").code == 1

    def test_it_agrees_after_an_erasure(
        self, checker: Path, history: list[dict[str, object]], run: Run, depot: Workspace
    ) -> None:
        assert run("depot", "bike", "erase", "R-1", "--field", "weight", "--reason", "x", "--yes").code == 0
        assert run("verify").code == 0
        lines = [json.loads(line) for line in run("history", "--format", "jsonl").out.splitlines()]
        assert self.verdict(checker, lines)[0] == 0

    @pytest.mark.parametrize(
        "alteration",
        [
            "UPDATE history SET patch = replace(patch, 'R-1', 'R-9')",
            'UPDATE history SET patch = replace(patch, \'"s":"\', \'"s":"00\')',
            "UPDATE history SET user = 'nobody' WHERE seq = 2",
            "UPDATE history SET hash = prev WHERE seq = 2",
            "UPDATE history SET prev = '' WHERE seq = 2",
            "UPDATE history SET undoes = NULL",
            "UPDATE history SET hlc = replace(hlc, '16', '15') WHERE seq = 3",
            "UPDATE history SET site = 'modena' WHERE seq = 3",
            "DELETE FROM history WHERE seq = 2",
            "UPDATE history SET seq = 10 - seq",
        ],
    )
    def test_it_agrees_with_verify_on_a_tampered_one(
        self, checker: Path, history: list[dict[str, object]], run: Run, depot: Workspace, alteration: str
    ) -> None:
        altered(depot.database, alteration)
        lines = [json.loads(line) for line in run("history", "--format", "jsonl").out.splitlines()]
        code, out = self.verdict(checker, lines)
        assert (run("verify").code, code) == (1, 1)
        named = re.findall(r"^row (\d+)", out, re.MULTILINE)
        told = run("verify", "--format", "json").json["findings"]
        assert [f"Row {number} " for number in named] == [
            one["problem"][: len(f"Row {number} ")]
            for number, one in zip(named, [one for one in told if one["code"] == "chain"], strict=True)
        ]


class TestErase:
    def test_values_go_and_the_reason_stays(self, run: Run, bike: str, depot: Workspace) -> None:
        done = run("depot", "bike", "erase", "R-1", "--field", "colour", "--reason", "richiesta", "--yes", lang="it")
        assert (done.code, done.out.strip()) == (0, bike)
        assert "Cancellati: Colore" in done.err
        assert "colour" not in run("depot", "bike", "show", "R-1", "--format", "json").json
        assert "data erased richiesta" in run("history").out
        assert run("undo", lang="it").code == 1

    def test_it_is_not_complete_while_an_import_is_checked_on_a_copy(
        self, run: Run, bike: str, depot: Workspace
    ) -> None:
        command = ("depot", "bike", "erase", "R-1", "--reason", "x", "--yes", "--field")
        with trial_folder(depot):
            assert run(*command, "colour").code == 1
        assert run(*command, "colour").code == 0, "repeated, it is"

    def test_somebody_is_asked_or_has_to_say_yes(self, run: Run, bike: str, monkeypatch: pytest.MonkeyPatch) -> None:
        command = ("depot", "bike", "erase", "R-1", "--field", "colour", "--reason", "x")
        assert run(*command).code == 2
        monkeypatch.setattr("intarsi_tui.cli.commands.register_erase.stdin_is_terminal", lambda: True)
        assert run(*command, input="no\n").code == 0
        assert run("depot", "bike", "show", "R-1", "--format", "json").json["colour"] == "red"
        assert run(*command, input="y\n").code == 0
        assert "colour" not in run("depot", "bike", "show", "R-1", "--format", "json").json

    def test_all_personal_fields_or_named_ones(self, run: Run, bike: str) -> None:
        assert run("depot", "bike", "erase", "R-1", "--reason", "x", "--yes").code == 2
        assert run("depot", "bike", "erase", "R-1", "--field", "owner", "--reason", "x", "--yes").code == 2
        done = run("depot", "bike", "erase", "R-1", "--field", "number", "--reason", "x", "--yes")
        assert done.code == 1
        assert "is not erased" in done.err
        repair = run(
            *("depot", "repair", "add", "--json", "-"),
            input='{"bike": "R-1", "done_on": "2021-04-03", "format": "di Anna"}',
        )
        reference = repair.out.strip()
        assert run("depot", "repair", "erase", reference, "--all-personal", "--reason", "x", "--yes").code == 0
        assert "di Anna" not in run("history", "--format", "json").out


class TestAsOf:
    def test_lists_and_records_are_as_they_were(self, run: Run, bike: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("INTARSI_NOW", "2021-05-22T09:00:00+00:00")
        run("depot", "bike", "edit", "R-1", "--colour", "sky")
        run("depot", "bike", "add", "--code", "R-2")
        (before,) = run("depot", "bike", "list", "--as-of", "21/5/2021", "--format", "json").json
        assert before["colour"] == "red"
        assert run("depot", "bike", "list", "--as-of", "-3", "--format", "json").json == []
        assert run("depot", "bike", "list", "--as-of", "oggi", "--where", "colour=sky", "--format", "json").json != []
        assert run("depot", "bike", "show", "R-1", "--as-of", "2021-05-20", "--format", "json").json["colour"] == "red"
        assert run("depot", "bike", "show", "R-2", "--as-of", "2021-05-20").code == 1
        assert "red" in run("depot", "bike", "export", "--as-of", "2021-05-20").out

    def test_a_day_that_is_none_is_a_usage_error(self, run: Run, bike: str) -> None:
        done = run("depot", "bike", "list", "--as-of", "boh", lang="it")
        assert done.code == 2
        assert "--as-of: «boh» non è una data" in done.err


class TestTinyDBFiles:
    def test_tinydb_opens_the_export(self, run: Run, bike: str, depot: Workspace) -> None:
        from intarsi_tui.store import open_store

        with open_store(depot.database) as store:
            store.table("notes").insert({"text": "però"})
            store.table("_drafts").insert({"values": {"code": "half filled"}})
        done = run("export", "--format", "tinydb", "-o", "all.json")
        assert (done.code, done.out) == (0, "depot.bike\t1\nnotes\t1\n")
        with TinyDB(depot.path / "all.json") as plain:
            assert plain.table("depot.bike").search(where("code") == "R-1")[0]["id"] == bike
            assert plain.table("notes").all() == [{"text": "però"}]
            assert plain.tables() == {"depot.bike", "notes"}

    def test_its_own_export_changes_nothing_and_elsewhere_adds_records(
        self, run: Run, bike: str, depot: Workspace
    ) -> None:
        run("depot", "bike", "add", "--code", "R-2", "--weight", "12")
        run("export", "-o", "all.json")
        assert run("depot", "bike", "import", "all.json", "--yes").out == "0 new, 0 changed, 2 unchanged\n"
        run("depot", "bike", "edit", "R-2", "--weight", "13")
        assert run("depot", "bike", "import", "all.json", "--yes").out == "0 new, 1 changed, 1 unchanged\n"

    def test_a_plain_tinydb_file_is_taken_in_and_its_documents_are_named(self, run: Run, depot: Workspace) -> None:
        with TinyDB(depot.path / "old.json") as plain:
            plain.insert_multiple([{"code": "A", "colour": "red"}, {"code": "B", "weight": 3}, {"colour": "mauve"}])
        refused = run("depot", "bike", "import", "old.json", "--yes")
        assert refused.code == 1
        assert {line.partition(",")[0] for line in refused.err.splitlines()[:-1]} == {"Row 3"}
        with TinyDB(depot.path / "old.json") as plain:
            plain.remove(doc_ids=[3])
        assert run("depot", "bike", "import", "old.json", "--yes").out == "2 new, 0 changed, 0 unchanged\n"
        assert run("undo").code == 0
        assert run("depot", "bike", "list", "--format", "json").json == []

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[]", "is not a TinyDB file"),
            ('{"a": {"x": {}}}', "is not a TinyDB file"),
            ('{"a": {"1": 5}}', "is not a TinyDB file"),
            ("{", "is not a TinyDB file"),
            ("\0", "is not a TinyDB file"),
            ("[" * 100_000, "is not a TinyDB file"),
            ('{"a": {}, "b": {}}', "name one of its tables with --sheet: a, b"),
            ('{"a": {}}', "is empty"),
            ("{}", "name one of its tables"),
        ],
    )
    def test_another_file_is_refused_in_a_sentence(self, run: Run, depot: Workspace, text: str, expected: str) -> None:
        (depot.path / "x.json").write_text(text)
        done = run("depot", "bike", "import", "x.json", "--yes")
        assert done.code == 1
        assert expected in done.err
