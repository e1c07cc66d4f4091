"""The full-text index finds exactly what holds the text, whatever characters it is made of."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from intarsi_tui.store import fulltext, open_store, schema
from intarsi_tui.store.values import bindable

ODD = st.text(alphabet=st.sampled_from("abAB \"*^-:'\\\n\téßİıſﬁΣςσ中😀\u0301\u200b\ufeff%_"), max_size=12)
TEXTS = ODD | st.text(max_size=12).map(bindable)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
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
