"""The search that follows each key finds what the store's own search finds, in the same order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intarsi_tui.host.office import Office
from intarsi_tui.store.finding import Finder
from intarsi_tui.tui import register_search
from intarsi_tui.tui.register_search import RegisterSearch

LOANS = "bicycles.loan"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.text(alphabet="atles fòy0129.:/hd", max_size=9), st.sampled_from(["", "bicycle", "-bicycle", "lesson", "-state"])
)
def test_every_key_and_every_backspace_finds_what_the_register_finds(filled: Office, typed: str, sort: str) -> None:
    loans = filled.table(LOANS)
    finder = Finder(loans, sort, filled.store.version())
    for end in (*range(len(typed) + 1), *range(len(typed), 0, -1)):
        assert finder.ids(typed[:end]) == loans.ids(search=typed[:end], sort=sort), typed[:end]
    assert finder.ids("") == loans.ids(sort=sort)


async def test_words_are_read_again_only_when_somebody_has_written(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_search, "FEW", 5)
    loans = filled.table(LOANS)
    search = RegisterSearch(filled, loans)
    assert await search.prepare("")
    assert not await search.prepare("")
    assert len(search.ids("atala", "")) == 30
    loans.edit(loans.page(limit=1)[0]["id"], {"bicycle": "Altra"})
    assert len(search.ids("atala", "")) == 29
    assert await search.prepare("")
    assert not await search.prepare(""), "this thread has written, another one reads"
