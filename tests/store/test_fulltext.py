"""The full-text index finds exactly what holds the text, whatever characters it is made of."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import RegisterTable, Store, fulltext, open_store, schema
from intarsi_tui.store.values import bindable

from ..conftest import share
from .conftest import refused

ODD = st.text(alphabet=st.sampled_from("abAB \"*^-:'\\\n\téßİıſﬁΣςσ中😀\u0301\u200b\ufeff%_"), max_size=12)
TEXTS = ODD | st.text(max_size=12).map(bindable)


@settings(max_examples=share(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(TEXTS, min_size=1, max_size=6), again=st.lists(TEXTS, max_size=3), data=st.data())
@example(rows=["a\0bcd", "ßss"], again=["İi̇x"], data=None)
def test_a_part_of_a_text_is_found_as_python_finds_it(
    tmp_path: Path, rows: list[str], again: list[str], data: st.DataObject | None
) -> None:
    with open_store(tmp_path / "a.db") as store:
        connection, sql = store.connection, "club.word"
        connection.rows("PRAGMA synchronous = OFF")
        with connection.transaction():
            connection.rows(schema.create_table(sql))
            connection.rows('DELETE FROM "club.word"')
            fulltext.prepare(connection, sql)
            for number, text in enumerate(rows):
                connection.rows("INSERT INTO \"club.word\" VALUES(?, NULL, '{}', ?)", (number, text))
            for number, text in enumerate(again):
                connection.rows('UPDATE "club.word" SET words = ? WHERE id = ?', (text, number))
        held = [*again[: len(rows)], *rows[len(again) :]]
        sought = {text[start : start + size] for text in held for start in range(3) for size in (1, 3, 4, 9)}
        sought.add(data.draw(TEXTS) if data else "a\0b")
        for word in sought:
            where, params = fulltext.holds(sql, word, {sql, fulltext.index_name(sql)})
            found = [one for (one,) in connection.rows(f'SELECT id FROM "club.word" WHERE {where} ORDER BY id', params)]
            assert found == [number for number, text in enumerate(held) if word in text], (word, held)


def register_of(count: int) -> list[dict[str, str]]:
    return [{"surname": f"Bianchi{number:04d}", "taken_in": "2021-02-01"} for number in range(count)]


def test_many_records_added_together_are_found_like_any_other(store: Store, people: RegisterTable) -> None:
    ids = people.insert_multiple(register_of(fulltext.MANY + 20))
    people.add({"surname": "Neri", "taken_in": "1/2/2021"})
    people.update({"surname": "Verdi"}, doc_ids=[ids[3]])
    people.update({"language": "ar"}, doc_ids=[ids[4]])
    people.remove(doc_ids=[ids[5]])
    last = f"chi{fulltext.MANY + 19:04d}"
    counts = {text: people.count_of(search=text) for text in ("bianchi", last, "nchi0003", "nchi0004", "nchi0005")}
    assert counts == {"bianchi": fulltext.MANY + 18, last: 1, "nchi0003": 0, "nchi0004": 1, "nchi0005": 0}
    assert (people.count_of(search="neri"), people.count_of(search="verdi")) == (1, 1)
    assert store.verify().findings == []


def test_a_refused_addition_of_many_leaves_the_index_kept_up_to_date(store: Store, people: RegisterTable) -> None:
    people.add({"surname": "Neri", "taken_in": "1/2/2021"})
    wrong = [*register_of(fulltext.MANY), {"surname": ""}]
    assert refused(lambda: people.insert_multiple(wrong)) == [("required", "surname"), ("required", "taken_in")]
    with store.operation("import x.csv"):
        with pytest.raises(Rejected):
            people.insert_multiple(wrong)
        people.add({"surname": "Rossi", "taken_in": "1/2/2021"})
    assert [people.count_of(search=text) for text in ("neri", "rossi", "bianchi")] == [1, 1, 0]
    assert store.verify().findings == []
