"""Verifying: whatever was altered behind the program's back is found and named, and equal data has one state hash."""

from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.store import RegisterTable, Store, log, open_store
from intarsi_tui.store.findings import WORDINGS
from intarsi_tui.store.history import days_behind


@pytest.fixture
def written(store: Store, people: RegisterTable, meetings: RegisterTable, person: Callable[..., str]) -> Store:
    uids = [person(name, informed=True, card=name, notes=f"di {name}") for name in ("Bianchi", "Neri", "Verdi")]
    people.edit(uids[0], {"notes": "però"})
    people.confirm(uids[0])
    people.confirm(uids[1])
    store.undo()
    meetings.add({"topic": "Regole", "on": "2021-03-01", "leader": uids[0], "seats": [{"person": uids[0]}]})
    people.remove(doc_ids=[3])
    return store


def found(store: Store) -> list[tuple[str, str]]:
    return [(finding.code, finding.table) for finding in store.verify().findings]


def test_a_sound_database_is_told_by_numbers_and_hashes(written: Store) -> None:
    verified = written.verify()
    assert (verified.findings, verified.records, verified.changes) == ([], 3, 9)
    assert len(verified.state) == 64
    assert verified.heads == {
        "modena": written.connection.one("SELECT hash FROM history ORDER BY seq DESC LIMIT 1"),
    }


def test_an_empty_database_is_sound(store: Store) -> None:
    assert (store.verify().findings, store.verify().heads) == ([], {})


@pytest.mark.parametrize(
    ("alteration", "expected"),
    [
        ("UPDATE {} SET doc = json_set(doc, '$.surname', 'Bianco') WHERE id = 1", "changed"),
        ("UPDATE {} SET doc = json_set(doc, '$.informed', 1) WHERE id = 1", "changed"),
        ("UPDATE {} SET doc = json_set(doc, '$.changed_by', 'nessuno') WHERE id = 1", "changed"),
        ("UPDATE {} SET doc = json_set(doc, '$.changed_at', '2021-05-20T09:00:01+00:00') WHERE id = 1", "changed"),
        ("UPDATE {} SET doc = json_set(doc, '$.more', 1) WHERE id = 1", "changed"),
        ("UPDATE {} SET doc = json_remove(doc, '$.notes') WHERE id = 1", "changed"),
        ("UPDATE {} SET doc = '[]' WHERE id = 1", "unreadable"),
        ("UPDATE {} SET doc = CAST(x'7bff' AS TEXT) WHERE id = 1", "unreadable"),
        ("DELETE FROM {} WHERE id = 1", "lost"),
        ("INSERT INTO {} SELECT 9, 'u', doc, '' FROM {} WHERE id = 1", "unknown"),
        ("UPDATE counter SET value = 3 WHERE name LIKE 'number %'", "numbers"),
        ("UPDATE counter SET value = 1 WHERE name LIKE 'number %'", "numbers"),
        ("UPDATE history SET patch = replace(patch, 'Neri', 'Nero')", "chain"),
        ("DELETE FROM history WHERE seq = 2", "chain"),
        ("DELETE FROM history WHERE seq = 9", "lost"),
    ],
)  # fmt: skip
def test_what_was_altered_is_named(written: Store, alteration: str, expected: str) -> None:
    # The indexes would refuse what is no JSON.
    for (name,) in written.connection.rows("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE INDEX%club.person%'"):
        written.connection.rows(f'DROP INDEX "{name}"')
    uid = written.connection.one('SELECT uid FROM "club.person" WHERE id = 1')
    written.connection.rows(alteration.replace("{}", '"club.person"'))
    findings = written.verify().findings
    assert expected in {finding.code for finding in findings}
    if expected in ("changed", "unreadable"):
        assert [(finding.table, finding.uid) for finding in findings] == [("club.person", uid)]
        assert uid in findings[0].text("it")


def test_every_finding_is_worded_in_both_languages() -> None:
    from intarsi_tui.store.findings import Finding

    for code in WORDINGS:
        finding = Finding(
            code, "t", "u", {"detail": "d", "seq": 1, "site": "s", "fields": "f", "year": "y", "numbers": "n"}
        )
        assert finding.text("it") != finding.text("en")


def test_equal_changes_have_one_state_hash_whatever_their_order(written: Store, tmp_path: Path) -> None:
    state = written.verify().state
    rows = written.connection.rows("SELECT * FROM history ORDER BY uid DESC, seq")
    with open_store(tmp_path / "other.db", site="rimini") as other:
        for number, row in enumerate(rows, start=1):
            other.connection.rows(f"INSERT INTO history VALUES({','.join('?' * 12)})", [number, *row[1:]])
        assert other.verify().state == state
    written.table("club.person").edit("Bianchi", {"notes": "x"})
    assert written.verify().state != state


def test_a_value_left_out_keeps_state_and_chain(written: Store) -> None:
    import json

    before = written.verify()
    for seq, text in written.connection.rows("SELECT seq, patch FROM history"):
        patch = {name: {"c": log.commitment(entry)} for name, entry in json.loads(text).items()}
        written.connection.rows("UPDATE history SET patch = ? WHERE seq = ?", (json.dumps(patch), seq))
    assert written.verify_chain() == []
    assert written.verify().state == before.state


def test_a_register_that_was_dropped_is_no_damage(
    store: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    person()
    store.drop_table("club.person")
    assert store.verify().findings == []
    store.undo()
    assert (people.count_of(search="bianchi"), store.verify().findings) == (1, [])


@pytest.mark.parametrize("reading", ["'x'", "CAST(x'ff' AS TEXT)", "''", "'9999999999999999'"])
def test_a_damaged_clock_reading_is_found_and_stops_nothing(written: Store, reading: str) -> None:
    written.connection.rows(f"UPDATE history SET hlc = {reading} WHERE seq = 9")
    assert ("chain", "club.person") in found(written)


def test_verifying_inside_an_operation_sees_what_was_written_so_far(store: Store, person: Callable[..., str]) -> None:
    with store.operation("import"):
        person()
        assert (store.verify().findings, store.verify().records) == ([], 1)


def test_verifying_works_while_others_write(written: Store, colleague: Store) -> None:
    colleague.register_table("club.person").insert({"surname": "x", "taken_in": "2020-01-01"})
    assert found(written) == []


def test_a_clock_that_was_set_back_is_told(
    written: Store, person: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTARSI_NOW", "2020-05-19T09:00:00")
    person("Rossi")
    assert written.verify().findings == []
    assert days_behind(written.connection) == (366, "2021-05-20T09:00:00+00:00")
    monkeypatch.setenv("INTARSI_NOW", "2021-05-20T01:00:00")
    assert days_behind(written.connection) is None
