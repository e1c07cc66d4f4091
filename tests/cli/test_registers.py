"""Adding, changing and reading records: the same rules behind options and JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]


def repair(run: Run, *more: str) -> Done:
    return run("depot", "repair", "add", "--bike", "R-1", "--done-on", "3/4/2021", *more)


def test_typed_values_are_stored_as_their_kinds_say(run: Run, bike: str) -> None:
    done = repair(
        run, "--begun", "9.30", "--length", "1h30", "--cost", "1.234,50", "--paid", "sì", "--works", "tyres", "--works", "freni",
        "--others", "R-1", "--town", "rimini", "--parts", "bell | 3,5", "--parts", "saddle", "--field-format", "[red] =1+1", "--format", "json",
    )  # fmt: skip
    doc = done.json
    assert doc["bike"] == bike
    assert doc["others"] == [bike]
    assert (doc["done_on"], doc["begun"], doc["length"], doc["cost"], doc["paid"]) == (
        "2021-04-03",
        "09:30",
        90,
        1234.5,
        True,
    )
    assert doc["works"] == ["tyres", "brakes"]
    assert doc["parts"] == [{"name": "bell", "price": 3.5}, {"name": "saddle"}]
    assert doc["format"] == "[red] =1+1"
    assert "Warning, Cost: More than a new bicycle" in done.err


def test_all_problems_come_at_once_with_labels_in_the_language(run: Run, bike: str) -> None:
    done = run("depot", "repair", "add", "--bike", "nessuna", "--done-on", "31/4", "--length", "0,33", lang="it")
    assert done.code == 1
    assert done.out == ""
    assert [line.partition(":")[0] for line in sorted(done.err.splitlines())] == ["Bicicletta", "Data", "Durata"]


def test_a_record_is_found_by_uuid_beginning_number_and_key(run: Run, bike: str) -> None:
    repaired = repair(run, "--cost", "5").out.strip()
    assert run("depot", "repair", "confirm", repaired).code == 0
    assert run("depot", "repair", "show", "2021/0001", "--format", "json").json["id"] == repaired
    assert run("depot", "repair", "show", repaired[:-3], "--format", "json").json["id"] == repaired
    assert run("depot", "bike", "show", "r-1", "--format", "json").json["id"] == bike
    missing = run("depot", "bike", "show", "R-9", lang="it")
    assert missing.code == 1
    assert "R-9" in missing.err
    assert "Biciclette" in missing.err


def test_showing_a_record_names_what_it_links_to(run: Run, bike: str) -> None:
    uid = repair(run).out.strip()
    shown = run("depot", "repair", "show", uid, lang="it").out
    assert "Bicicletta" in shown
    assert "R-1" in shown
    assert "03/04/2021" in shown
    assert bike not in shown


def test_json_comes_in_alone_or_in_arrays_and_an_array_is_all_or_nothing(run: Run, bike: str, tmp_path: Path) -> None:
    assert run("depot", "bike", "add", "--json", "-", input='{"code": "R-2"}').code == 0
    file = tmp_path / "bikes.json"
    file.write_text(json.dumps([{"code": "R-3"}, {"code": "R-1"}, {"colour": "mauve"}]), "utf-8")
    done = run("depot", "bike", "add", "--json", file)
    assert done.code == 1
    assert "Row 2, Code" in done.err
    assert "Row 3, Code: Required" in done.err
    assert "Row 3, Colour" in done.err
    assert len(run("depot", "bike", "list", "--format", "json").json) == 2
    file.write_text(json.dumps([{"code": "R-3"}, {"code": "R-4"}]), "utf-8")
    assert len(run("depot", "bike", "add", "--json", file, "--colour", "red").out.split()) == 2
    assert run("undo").code == 0
    assert len(run("depot", "bike", "list", "--format", "json").json) == 2


@pytest.mark.parametrize("text", ["{", '"x"', "[1]", "[" * 100_000, "\ud800", ""])
def test_what_is_not_a_record_in_json_is_told_in_a_sentence(
    text: str, run: Run, depot: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, "utf-8", errors="surrogatepass")
    done = run("depot", "bike", "add", "--json", file)
    assert done.code == 1
    assert str(file) in done.err
    assert len(done.err.splitlines()) == 1
    assert run("depot", "bike", "add", "--json", tmp_path / "none.json").code == 1


def test_an_unknown_field_in_json_comes_back_with_the_likeliest_name(run: Run, depot: Workspace) -> None:
    done = run("depot", "bike", "add", "--json", "-", input='{"code": "R-2", "color": "red"}')
    assert done.code == 1
    assert "colour?" in done.err


def test_edit_changes_and_empties(run: Run, bike: str) -> None:
    assert run("depot", "bike", "edit", "R-1", "--weight", "14", "--colour", "").code == 0
    doc = run("depot", "bike", "show", bike, "--format", "json").json
    assert doc["weight"] == 14
    assert "colour" not in doc
    assert run("depot", "bike", "edit", "R-1", "--json", "-", input='{"weight": null}').code == 0
    assert "weight" not in run("depot", "bike", "show", bike, "--format", "json").json
    assert run("depot", "bike", "edit", "R-1").code == 2
    assert run("depot", "bike", "edit", "R-1", "--json", "-", input="[{}, {}]").code == 2


def test_confirming_asks_for_what_it_needs_and_gives_the_number(run: Run, bike: str) -> None:
    uid = repair(run).out.strip()
    refused = run("depot", "repair", "confirm", uid)
    assert refused.code == 1
    assert "Cost: Needed to confirm" in refused.err
    assert repair(run, "--confirm").code == 1
    confirmed = repair(run, "--cost", "5", "--confirm", "--format", "json").json
    assert (confirmed["state"], confirmed["number"]) == ("confirmed", "2021/0001")
    again = run("depot", "repair", "confirm", "2021/0001", lang="it")
    assert again.code == 1
    assert again.err.startswith("2021/0001:\n")


def test_what_was_sent_changes_no_more_until_that_is_undone(run: Run, bike: str) -> None:
    uid = repair(run, "--cost", "5").out.strip()
    refused = run("depot", "repair", "mark-sent", uid, lang="it")
    assert refused.code == 1
    assert "Solo un record confermato si trasmette" in refused.err
    run("depot", "repair", "confirm", uid)
    assert "Segnato come trasmesso" in run("depot", "repair", "mark-sent", "2021/0001", lang="it").err
    assert run("depot", "repair", "edit", uid, "--cost", "6").code == 1
    assert "trasmesso" in run("undo", lang="it").err
    assert run("depot", "repair", "edit", uid, "--cost", "6").code == 0


def test_several_drafts_are_confirmed_together_or_not_at_all(run: Run, bike: str) -> None:
    good, bad = repair(run, "--cost", "5").out.strip(), repair(run).out.strip()
    assert run("depot", "repair", "confirm", good, bad).code == 1
    assert run("depot", "repair", "list", "--state", "confirmed", "--format", "json").json == []


def test_voiding_wants_a_reason_and_is_final(run: Run, bike: str) -> None:
    assert run("depot", "bike", "void", "R-1", "--reason", " ").code == 1
    assert run("depot", "bike", "void", "R-1", "--reason", "rubata").code == 0
    assert run("depot", "bike", "edit", bike, "--weight", "3").code == 1


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        (["done_on=3/4/2021"], 2), (["done-on>3/4/2021"], 1), (["done_on>=3/4/2021"], 3), (["done_on<4/4/2021", "length>1h"], 1),
        (["length<=1h30"], 2), (["length="], 1), (["length!="], 2), (["works=freni"], 1), (["works!=freni"], 2), (["bike=R-1"], 3),
        (["paid=sì"], 1), (["paid!=sì"], 2), (["cost>100"], 0), (["state=draft"], 3), (["others=R-1"], 1), (["town=Rimini"], 1),
    ],
)  # fmt: skip
def test_where_compares_values_and_not_texts(conditions: list[str], count: int, run: Run, bike: str) -> None:
    repair(run, "--length", "90m", "--paid", "no", "--works", "brakes", "--others", "R-1")
    repair(run, "--length", "45m", "--paid", "x", "--town", "rimini")
    run("depot", "repair", "add", "--bike", "R-1", "--done-on", "10/4/2021")
    found = run(
        "--format", "json", "depot", "repair", "list", *(part for one in conditions for part in ("--where", one))
    )
    assert found.code == 0
    assert len(found.json) == count


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("=20/5/2021", 1), ("!=20/5/2021", 0), (">20/5/2021", 0), (">=20/5/2021", 1), ("<20/5/2021", 0), ("<=20/5/2021", 1),
        (">19/5/2021", 1), ("<21/5/2021", 1), (">=2021-05-20T09:00:00+00:00", 1), (">2021-05-20T09:00:00+00:00", 0),
    ],
)  # fmt: skip
def test_where_takes_a_day_for_the_whole_of_it(condition: str, count: int, run: Run, bike: str) -> None:
    assert len(run("--format", "json", "depot", "bike", "list", "--where", f"created_at{condition}").json) == count


@pytest.mark.parametrize("condition", ["bike>R-1", "others<=R-1", "works>brakes", "paid<yes", "town>Rimini"])
def test_where_refuses_an_order_that_means_nothing(condition: str, run: Run, bike: str) -> None:
    repair(run)
    done = run("depot", "repair", "list", "--where", condition)
    assert done.code == 2
    assert "= and !=" in done.err


@pytest.mark.parametrize("condition", ["nope=1", "done_on", "done_on=31/4", "bike=nope", "created_at>soon", "=", ""])
def test_a_condition_that_cannot_be_read_says_why(condition: str, run: Run, bike: str) -> None:
    done = run("depot", "repair", "list", "--where", condition)
    assert done.code in (1, 2)
    assert done.err
    assert "Traceback" not in done.err


def test_search_sort_and_limit(run: Run, bike: str) -> None:
    for code in ("R-3", "R-2"):
        run("depot", "bike", "add", "--code", code, "--colour", "sky")

    def codes(*args: str) -> list[str]:
        return [doc["code"] for doc in run("--format", "json", "depot", "bike", "list", *args).json]

    assert codes("--sort", "code") == ["R-1", "R-2", "R-3"]
    assert codes("--sort", "-code", "--limit", "2") == ["R-3", "R-2"]
    assert codes("--search", "azzurro", "--sort", "code") == ["R-2", "R-3"]
    assert "2 of 3" in run("depot", "bike", "list", "--limit", "2").err
    assert run("depot", "bike", "list", "--sort", "nope").code == 2


def test_a_file_is_taken_in_and_its_path_does_not_matter_any_more(
    run: Run, bike: str, tmp_path: Path, depot: Workspace
) -> None:
    photo = tmp_path / "photo 1.jpg"
    photo.write_bytes(b"jpeg")
    doc = repair(run, "--photo", str(photo), "--format", "json").json
    assert (doc["photo"]["name"], doc["photo"]["size"]) == ("photo 1.jpg", 4)
    digest = doc["photo"]["hash"].removeprefix("sha256:")
    assert (depot.attachments / digest[:2] / digest).read_bytes() == b"jpeg"
    photo.unlink()
    assert repair(run, "--photo", f"sha256:{digest}/photo 1.jpg").code == 0
    assert (
        run(
            "depot",
            "repair",
            "add",
            "--json",
            "-",
            input=json.dumps({"bike": "R-1", "done_on": "2021-04-03", "photo": doc["photo"]}),
        ).code
        == 0
    )
    assert repair(run, "--photo", str(tmp_path / "none.jpg")).code == 2


def test_the_history_of_a_record_says_who_changed_what(run: Run, bike: str) -> None:
    run("depot", "bike", "edit", "R-1", "--colour", "sky")
    changes = run("depot", "bike", "history", "R-1", "--format", "json").json
    assert (changes[0]["user"], changes[0]["field"], changes[0]["old"], changes[0]["new"]) == (
        "m.rossi",
        "colour",
        "red",
        "sky blue",
    )
    shown = run("depot", "bike", "history", lang="it").out
    assert "Colore" in shown
    assert "azzurro, chiaro" in shown


def test_the_schema_carries_labels_and_privacy(run: Run, depot: Workspace) -> None:
    schema = run("depot", "bike", "schema").json
    assert schema["properties"]["code"]["x-label-it"] == "Codice"
    assert schema["properties"]["code"]["x-privacy"] == "public"


def test_every_field_has_an_option_that_says_how_to_type_it(run: Run, depot: Workspace) -> None:
    text = " ".join(run("depot", "repair", "add", "--help", lang="it").out.split())
    assert "--done-on VALUE Data * (31/12/1984, 15/3, +7, oggi)" in text
    assert "--field-format VALUE Note (dato personale)" in text
    assert "brakes = freni · tyres = gomme" in text
    assert "Nome | Prezzo" in text
    assert "--number" not in text


def test_the_example_of_the_guide_works_with_the_registry(
    run: Run, workspace: Workspace, drop_plugin: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_plugin("bicycles")
    monkeypatch.chdir(workspace.path)
    household = run("registry", "household", "add", "--type", "mother").out.strip()
    wrong = run(
        "bicycles",
        "loan",
        "add",
        "--household",
        household,
        "--lent-on",
        "14/4/2021",
        "--returned-on",
        "1/4/2021",
        lang="it",
    )
    assert wrong.code == 1
    assert wrong.err == "Restituita il: Restituita prima del prestito\n"
    assert run("bicycles", "loan", "add", "--household", household, "--lent-on", "14/4/2021").code == 0
    pseudonym = run("registry", "household", "list", "--format", "json").json[0]
    code = next(value for value in pseudonym.values() if isinstance(value, str) and value.startswith("N-"))
    assert code in run("bicycles", "loan", "list").out


def test_a_record_is_read_and_changed_by_its_title_as_a_link_is(run: Run, depot: Workspace) -> None:
    assert run("registry", "body", "add", "--name", "Comune di Rimini", "--nature", "public").code == 0
    for command in (["show"], ["history"], ["edit", "--email", "a@b.it"], ["confirm"], ["void", "--reason", "doppio"]):
        name, *options = command
        near = run("registry", "body", name, "comune rimini", *options)
        assert near.code == 1, name
        assert "Comune di Rimini" in near.err, name
        done = run("registry", "body", name, "comune di RIMINI", *options)
        assert done.code == 0, (name, done.err)
