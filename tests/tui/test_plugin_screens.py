"""Screens that plugins bring: found from everywhere, written through the store, and harmless when they fail."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.index import rebuild
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.tui.screens.grid import GridScreen
from intarsi_tui.tui.screens.register import RegisterScreen
from intarsi_tui.tui.screens.registers import RegistersScreen

SHIFTS = (Path(__file__).parent / "shifts.py").read_text("utf-8")

FAILING = '''
"""Screens that fail, each in its own way."""
from intarsi_tui import Card, Date, Grid, GridColumn, GridKey, GridRow, GridView, Plugin, PluginScreen, Record, field


class Thing(Record, it="Cosa", en="Thing", plural=("Cose", "Things")):
    day: Date = field(it="Giorno", en="Day", privacy="internal", in_list=True)


def factory(office, doc):
    raise RuntimeError(" ".join(["the factory of", "issoR"[::-1], "[b]"]))


def nothing(office, doc):
    return 3


def screen(office, doc, where):
    from textual.binding import Binding
    from textual.screen import Screen
    from textual.widgets import Static

    class Bad(Screen):
        BINDINGS = [Binding("k", "key", "Key")]

        def compose(self):
            if where == "compose":
                raise RuntimeError("compose fails")
            yield Static("here I am", markup=False)
            if where == "child":
                yield BadWidget()

        def on_mount(self):
            if where == "mount":
                raise RuntimeError("mount fails")
            if where == "timer":
                self.set_timer(0.01, self.tick)
            if where == "worker":
                self.run_worker(self.work())

        def action_key(self):
            raise RuntimeError("key fails")

        def tick(self):
            raise RuntimeError("timer fails")

        async def work(self):
            raise RuntimeError("worker fails")

    class BadWidget(Static):
        def render(self):
            raise RuntimeError("child fails")

    return Bad()


class BadGrid(Grid):
    keys = (GridKey("p", "presente", "present"),)

    def read(self):
        if self.doc is None:
            raise RuntimeError("read fails")
        return GridView([GridColumn("a", "A", mark=True)], [GridRow("1", ["x"])])

    def mark(self, row, column, key, typed):
        raise RuntimeError("mark fails")


def all_of(name):
    return lambda office, doc: screen(office, doc, name)


plugin = Plugin(
    "failing", it="Guasti", en="Failing", records=[Thing],
    screens=[
        PluginScreen("factory", "Fabbrica", "Factory", factory), PluginScreen("nothing", "Niente", "Nothing", nothing),
        *(PluginScreen(name, f"Il {name}", f"The {name}", all_of(name)) for name in ("compose", "mount", "key", "timer", "worker", "child")),
        PluginScreen("read", "Lettura", "Read", BadGrid),
        PluginScreen("mark", "Segno", "Mark", lambda office, doc: BadGrid(office, {})),
    ],
)
'''


NUMBERS = """
from intarsi_tui import Date, Grid, GridColumn, GridKey, GridRow, GridView, Plugin, PluginScreen, Problem, Record, Text, field
from intarsi_tui.records.problems import Rejected


class Work(Record, it="Lavoro", en="Work", plural=("Lavori", "Works")):
    cell: Text = field(it="Cella", en="Cell", privacy="internal", in_list=True)
    what: Text = field(it="Che cosa", en="What", privacy="internal", in_list=True)


class Sheet(Grid):
    keys = (GridKey("r", "ritardo", "late", asks=("Minuti", "Minutes")), GridKey("w", "gira", "turn", marks=False))
    digits = ("Ore", "Hours")
    wide = False

    def read(self):
        marks = {one["cell"]: one["what"] for one in self.office.find("work.work")}
        columns = [GridColumn("name", "Nome", 10, "left"), *(GridColumn(f"c{at}", f"c{at}", 12, mark=True) for at in range(9)), GridColumn("sum", "Somma")]
        rows = [GridRow("h", ["Titolo"] + [""] * 10, "heading")]
        rows += [GridRow(name, [name, *(marks.get(f"{name} c{at}", "·") for at in range(9)), str(len(marks))]) for name in ("Anna", "Bruno")]
        return GridView(columns, rows, "largo" if self.wide else "stretto")

    def turn(self, key):
        self.wide = not self.wide

    def mark(self, row, column, key, typed):
        self.office.table("work.work").add({"cell": f"{row} {column}", "what": f"{key}{typed}"})


plugin = Plugin("work", it="Lavoro", en="Work", records=[Work], screens=[PluginScreen("sheet", "Foglio", "Sheet", Sheet)])
"""


@pytest.fixture
def desk(workspace: Workspace) -> Iterator[Office]:
    (workspace.plugins / "desk.py").write_text(SHIFTS, "utf-8")
    with open_office(workspace, choose("it")) as office:
        for who, day in (("Anna", "2021-04-12"), ("Bruno", "2021-04-14"), ("Carla", "2021-04-15")):
            office.table("desk.shift").add({"who": who, "day": day})
        yield office


async def test_a_plugins_screen_is_in_the_palette_under_its_registers_and_in_its_list(
    desk: Office, on: Callable[..., Any]
) -> None:
    async with on(desk) as (app, press, screen):
        await press("ctrl+p", "'turni della", "enter")
        assert isinstance(app.screen, GridScreen)
        assert "Turni della settimana" in screen().splitlines()[0]
        await press("escape", "f3")
        assert "▸ Turni della settimana" in screen()
        await press("end", "enter")
        assert isinstance(app.screen, GridScreen)
        await press("escape")
        assert isinstance(app.screen, RegistersScreen)
        await press("ctrl+p", "'vai turni", "enter", "a")
        assert "Turni della settimana" in screen()
        await press("enter")
        assert isinstance(app.screen, GridScreen)
        await press("escape")
        assert isinstance(app.screen, RegisterScreen)


async def test_one_key_marks_a_cell_and_one_undo_takes_it_back(desk: Office, on: Callable[..., Any]) -> None:
    async with on(desk) as (app, press, screen):
        await press("ctrl+p", "'turni della", "enter", "t")
        assert desk.find("desk.shift", who="Anna", day="2021-04-14"), "the cursor began on today"
        assert app.screen.table.at == ("Bruno", "2021-04-14"), "and went on to the next person"
        anna = next(line for line in screen().splitlines() if "Anna" in line)
        assert anna.split() == ["Anna", "■", "·", "■", "·", "·", "·", "·", "2"]
        await press("u")
        assert not desk.find("desk.shift", who="Anna", day="2021-04-14")
        assert next(line for line in screen().splitlines() if "Anna" in line).split()[-1] == "1"
        await press("Y")
        assert "intarsi desk week" in screen()


async def test_numbers_are_typed_into_a_cell_and_nothing_is_written_before_enter(
    workspace: Workspace, on: Callable[..., Any]
) -> None:
    (workspace.plugins / "work.py").write_text(NUMBERS, "utf-8")
    with open_office(workspace, choose("it")) as office:
        async with on(office) as (_app, press, screen):
            await press("ctrl+p", "'foglio", "enter")
            await press("r")
            assert not office.find("work.work"), "a heading cannot be marked"
            await press("escape", "down", "'2,5")
            assert "Ore: 2,5_" in screen()
            await press("escape")
            assert not office.find("work.work")
            await press("'2,5", "backspace", "'25", "enter", "'1:30", "enter")
            assert [one["what"] for one in office.find("work.work")] == ["2.25", "1.5"]
            await press("up", "right", "r", "'20", "enter", "r", "',", "enter")
            assert [one["cell"] for one in office.find("work.work")][2:] == ["Anna c1"]
            assert "non è un numero" in screen()
            await press("w")
            assert "Foglio ▸ largo" in screen().splitlines()[0]
            await press(*["right"] * 8)
            header = screen().splitlines()[2]
            assert "‹ Nome" in header, "what is left behind is told"
            assert "c8" in header
            assert "c1" not in header
            assert "Somma" in header, "names and sums stay in sight"
            await press(*["left"] * 8)
            assert "›" in screen().splitlines()[2]


FAILS = {
    "fabbrica": "the factory of Rossi [b]", "niente": "neither a Grid nor a Screen", "il compose": "compose fails",
    "il mount": "mount fails", "il key": "key fails", "il timer": "timer fails", "il worker": "worker fails",
    "il child": "child fails", "lettura": "read fails", "segno": "mark fails",
}  # fmt: skip


async def test_a_screen_that_fails_leaves_the_app_where_it_was(workspace: Workspace, on: Callable[..., Any]) -> None:
    (workspace.plugins / "failing.py").write_text(FAILING, "utf-8")
    with open_office(workspace, choose("it")) as office:
        async with on(office, 120, 40) as (app, press, screen):
            await press("ctrl+p", "'nuclei", "enter")
            for title, reason in FAILS.items():
                app.clear_notifications()
                await press("ctrl+p", f"'{title}", "enter")
                for key in {"il key": "k", "segno": "p"}.get(
                    title, ""
                ):  # the pilot's own would wait for a screen that is gone
                    app.simulate_key(key)
                while not isinstance(app.screen, RegisterScreen):  # a timer or worker of the screen has its turn
                    await asyncio.sleep(0)
                told = " ".join(notice.message for notice in app._notifications)
                assert reason in told
                assert "Guasti" in told
                await press("n")
                assert "▸ inserimento" in screen(), "the app goes on"
                await press("escape")
        log = (workspace.path / "intarsi-error.log").read_text("utf-8")
        assert log.count("RuntimeError") + log.count("TypeError") >= len(FAILS)
        assert "Rossi" not in log, "what an error quotes does not go into the log"


def test_help_and_lists_know_the_screens_without_importing_them(workspace: Workspace) -> None:
    (workspace.plugins / "desk.py").write_text(SHIFTS, "utf-8")
    rebuild(workspace)
    with open_office(workspace, choose("it")) as office:
        state = next(one for one in office.plugins if one.name == "desk")
        assert [(one.name, one.table) for one in state.screens] == [("week", "desk.shift")]
        assert [one.name for one in state.cards] == ["uncovered"]
        assert not office._loaded
