"""Keys that come faster than screens open: none is lost, and each does what it would have done slowly."""

from intarsi_tui.host.office import Office
from intarsi_tui.tui.app import IntarsiApp
from intarsi_tui.tui.screens.form import FormScreen
from intarsi_tui.tui.screens.register import RegisterScreen


async def test_keys_in_one_burst_from_the_start_on_arrive_where_they_belong(filled: Office) -> None:
    app = IntarsiApp(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("f3", "enter", "n", *"Rossi", "tab", *"tes", "tab", *"12", "/", "4", "tab"):
            app.simulate_key(key)
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert isinstance(app.screen, FormScreen)
        values = app.screen.state.values
        assert (values["bicycle"], values["lent_on"]) == ("Rossi", "12/4")
        assert filled.title("bicycles.household", values["household"]).endswith("Tesfay")


async def test_the_first_key_of_the_first_start_opens_a_register(filled: Office) -> None:
    app = IntarsiApp(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        app.simulate_key("enter")
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert isinstance(app.screen, RegisterScreen)


async def test_keys_after_saving_wait_until_the_form_is_gone(filled: Office) -> None:
    app = IntarsiApp(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        for key in (
            "f3",
            "enter",
            *("n", *"Rossi", "tab", *"tes", "tab", *"12", "/", "4", "shift+tab", "ctrl+s") * 3,
            "n",
        ):
            app.simulate_key(key)
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert isinstance(app.screen, FormScreen)
        assert app.screen.state.values == {}
        assert filled.table("bicycles.loan").count_of() == 33


async def test_in_a_window_that_shows_nothing_keys_do_nothing(filled: Office) -> None:
    app = IntarsiApp(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("f3", "enter")
        await app.workers.wait_for_complete()
        await pilot.resize_terminal(20, 5)
        await pilot.press("n", "f6", "enter")
        await app.workers.wait_for_complete()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert isinstance(app.screen, RegisterScreen)
