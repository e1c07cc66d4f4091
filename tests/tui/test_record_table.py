"""The table: which columns have a place, what a row looks like, how the cursor goes, what it costs."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown

from intarsi_tui.tui.widgets.marking import MarkingTable
from intarsi_tui.tui.widgets.record_table import GAP, Column, Line, RecordTable, fit

COLUMNS = [
    Column("number", "N.", 9),
    Column("name", "Nome", 12, grows=True, priority=1),
    Column("hours", "Ore", 6, "right", priority=2),
    Column("place", "Luogo", 12, grows=True, priority=3),
]


class Endless(Sequence[Line]):
    """Many rows that are made when they are looked at, and count how often that happens."""

    def __init__(self, count: int) -> None:
        self.count, self.asked = count, 0

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Line:  # type: ignore[override]
        self.asked += 1
        return Line((str(index), f"[red]Okoro {index}[/]", f"{index % 9}:30", "Parma \x1b[2J =1+1"))


class Shelf(App[None]):
    def __init__(self, rows: Sequence[Line]) -> None:
        super().__init__()
        self.rows = rows
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield RecordTable(COLUMNS)

    def on_mount(self) -> None:
        self.query_one(RecordTable).show(self.rows, empty="niente")

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        self.heard.append(f"chosen {event.index}")

    def on_record_table_header_chosen(self, event: RecordTable.HeaderChosen) -> None:
        self.heard.append(f"header {event.index}")


def text(app: App[None]) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]


@given(st.integers(1, 200))
def test_columns_fit_into_any_width_and_the_least_important_go_first(width: int) -> None:
    places = fit(COLUMNS, width)
    assert sum(wide + GAP for _index, wide in places) - GAP <= width or len(places) == 1
    kept = [index for index, _wide in places]
    assert kept == list(range(len(kept)))


async def test_text_is_shown_as_it_is_and_control_bytes_are_seen() -> None:
    app = Shelf(Endless(3))
    async with app.run_test(size=(80, 10)):
        assert "[red]Okoro 0[/]" in text(app)[1]
        assert "Parma ␛[2J =1+1" in text(app)[1]


async def test_the_cursor_is_marked_by_more_than_colour_and_quantities_stand_at_the_right() -> None:
    app = Shelf(Endless(3))
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press("down")
        assert [line[:1] for line in text(app)[:4]] == [" ", " ", "▌", " "]
        hours = text(app)[0].index("Ore") + len("Ore")
        assert text(app)[1][:hours].endswith(" 0:30")


async def test_keys_and_mouse_move_the_cursor() -> None:
    app = Shelf(Endless(1000))
    async with app.run_test(size=(80, 11)) as pilot:
        table = app.query_one(RecordTable)
        for key, at in (
            ("down", 1),
            ("pagedown", 11),
            ("end", 999),
            ("down", 999),
            ("pageup", 989),
            ("home", 0),
            ("up", 0),
        ):
            await pilot.press(key)
            assert table.cursor == at, key
        await pilot.click(table, offset=(5, 4))
        assert table.cursor == 3
        await pilot.click(table, offset=(5, 5), times=2)
        await pilot.click(table, offset=(25, 0))
        await pilot.press("enter")
        assert app.heard == ["chosen 4", "header 1", "chosen 4"]


async def test_an_empty_table_says_so() -> None:
    app = Shelf([])
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press("down", "enter", "end")
        assert "niente" in text(app)[1]
        assert app.heard == []


@pytest.mark.parametrize("keys", [["down"] * 20, ["pagedown"] * 20])
async def test_only_rows_in_sight_are_asked_for_and_a_page_is_cheap(keys: list[str]) -> None:
    rows = Endless(100_000)
    app = Shelf(rows)
    async with app.run_test(size=(120, 40)) as pilot:
        before, started = rows.asked, time.process_time()
        await pilot.press(*keys)
        spent = (time.process_time() - started) * 1000 / len(keys)
        assert rows.asked - before <= 45 * len(keys)
        # Rest of the pilot included; the machine may be slow or shared, so this only catches an order of magnitude.
        assert spent < 200


async def test_the_bar_that_scrolls_covers_no_figure() -> None:
    rows = [Line((f"Registro {number}", str(number))) for number in range(100, 200)]

    class Counts(App[None]):
        def compose(self) -> ComposeResult:
            yield RecordTable([Column("name", "Nome", 12, grows=True), Column("count", "N.", 5, "right")])

        def on_mount(self) -> None:
            self.query_one(RecordTable).show(rows)

    app = Counts()
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.pause()
        assert all(f" {number}" in line for number, line in zip(range(100, 109), text(app)[1:], strict=True))


async def test_the_arrow_of_the_sort_stays_when_the_heading_is_cut() -> None:
    app = Shelf(Endless(3))
    async with app.run_test(size=(80, 10)) as pilot:
        table = app.query_one(RecordTable)
        table.sorted_by = "-number"
        table.columns = [Column("number", "Data iscrizione", 11)]
        table.refresh()
        await pilot.pause()
        assert "Data isc… ▼" in text(app)[0]


async def test_rows_are_marked_by_keys_and_mouse_and_the_owner_is_told() -> None:
    marks: set[int] = set()

    class Marking(Shelf):
        def compose(self) -> ComposeResult:
            yield MarkingTable(COLUMNS, marked=marks.__contains__)

        def on_record_table_marked(self, event: RecordTable.Marked) -> None:
            span = range(event.index, event.last + 1)
            (marks.update if event.on else marks.difference_update)(span)
            event.table.refresh()

    app = Marking(Endless(20))
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press("space", "shift+down", "down", "down", "space")
        assert marks == {0, 1, 2, 4}
        table = app.query_one(RecordTable)
        await pilot.click(table, offset=(5, 6), control=True)
        await pilot.click(table, offset=(5, 8), shift=True)
        assert marks >= {5, 6, 7}
        assert text(app)[6][1] == "*"
        await pilot.press("ctrl+a")
        assert len(marks) == 20
        await pilot.press("ctrl+a")
        assert marks == set()


async def test_the_wheel_scrolls_and_the_cursor_stays_on_its_row() -> None:
    app = Shelf(Endless(1000))
    async with app.run_test(size=(80, 10)) as pilot:
        table = app.query_one(RecordTable)
        for _turn in range(5):
            await pilot._post_mouse_events([MouseScrollDown], table, (5, 4), button=0)
        await pilot.pause()
        assert table.scroll_offset.y > 0
        assert table.cursor == 0
        await pilot.press("down")
        assert (table.cursor, table.scroll_offset.y) == (1, 1)


async def test_an_owner_that_still_reads_says_so() -> None:
    app = Shelf(Endless(5))
    async with app.run_test(size=(80, 10)) as pilot:
        app.query_one(RecordTable).wait("Lettura")
        await pilot.pause()
        assert "Lettura" in text(app)[1]
        await pilot.press("down", "enter")
        assert app.heard == []
