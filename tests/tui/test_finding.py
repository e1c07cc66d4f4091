"""The search that follows each key finds what the store's own search finds, in the same order."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intarsi_tui.host.office import Office
from intarsi_tui.store.finding import Finder

LOANS = "bicycles.loan"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.text(alphabet="atles fòy0129.:/hd", max_size=9), st.sampled_from(["", "bicycle", "-bicycle", "lesson", "-state"])
)
def test_every_key_finds_what_the_register_finds(filled: Office, typed: str, sort: str) -> None:
    loans = filled.table(LOANS)
    finder = Finder(loans, sort)
    for end in range(len(typed) + 1):
        assert finder.ids(typed[:end]) == loans.ids(search=typed[:end], sort=sort), typed[:end]
    assert finder.ids("") == loans.ids(sort=sort)


def test_it_knows_when_somebody_has_written(filled: Office) -> None:
    loans = filled.table(LOANS)
    finder = Finder(loans, "")
    assert finder.fresh
    loans.edit(loans.page(limit=1)[0]["id"], {"bicycle": "Altra"})
    assert not finder.fresh
