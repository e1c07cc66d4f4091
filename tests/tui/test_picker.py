"""The order of what a list finds: the very thing that was typed first, then what begins so."""

from intarsi_tui.host.office import Office
from intarsi_tui.reference.tables import fold
from intarsi_tui.tui import pick
from intarsi_tui.tui.paged import Made
from intarsi_tui.tui.screens.picker import Choice, among


def test_an_exact_code_or_title_comes_first_then_what_begins_so() -> None:
    search = among([Choice("a", "Casa famiglia"), Choice("b", "Famiglia numerosa"), Choice("c", "Famiglia")])
    assert [one.value for one in search("famiglia")] == ["c", "b", "a"]
    assert [one.value for one in search("")] == ["a", "b", "c"]


def test_what_another_word_means_comes_before_what_has_the_word_somewhere_in_its_wording() -> None:
    search = among(
        [Choice("X", "Altro / non dichiarato"), Choice("F", "Femmina", also="donna,ragazza"), Choice("M", "Maschio")]
    )
    assert [one.value for one in search("d")] == ["F", "X"]
    assert [one.value for one in search("")] == ["X", "F", "M"]


def test_a_record_whose_number_or_title_was_typed_comes_first(filled: Office) -> None:
    loans = filled.table("bicycles.loan")
    first = dict(loans.all()[0])
    told = {
        name: value for name, value in first.items() if not filled.declarations["bicycles.loan"].by_name[name].given
    }
    for bicycle in ("ZZ-1 rossa", "ZZ-1", "Ruota di ZZ-1"):
        loans.add({**told, "bicycle": bicycle})
    search = pick._records("bicycles.loan", filled)
    assert search("zz-1")[0].label.startswith("ZZ-1")
    number = next(doc["number"] for doc in loans.all() if doc.get("number"))
    assert filled.get("bicycles.loan", search(number)[0].value)["number"] == number


def test_records_that_link_to_what_the_form_names_already_come_first(filled: Office) -> None:
    households = {doc["name"]: doc["id"] for doc in filled.table("bicycles.household").all()}
    of = {doc["id"]: doc["household"] for doc in filled.table("bicycles.loan").all()}
    uid = households["Okoro"]
    found = [of[one.value] == uid for one in pick._records("bicycles.loan", filled, [("bicycles.household", uid)])("")]
    assert (len(found), found) == (30, sorted(found, reverse=True))
    assert 0 < sum(found) < 30


def test_of_thousands_only_those_in_sight_are_made() -> None:
    made = list[int]()
    found = Made(range(8000), lambda one: made.append(one) or str(one))  # type: ignore[func-returns-value]
    assert found[3:5][1] == found[4] == found[4] == "4"
    assert (len(found), made) == (8000, [4, 4])


def test_languages_and_places_stand_by_name_and_not_by_code(filled: Office) -> None:
    for table in ("languages", "countries"):
        names = [fold(one.label) for one in pick._codes(table, filled)("")]
        assert names == sorted(names)
        assert len(names) > 100
