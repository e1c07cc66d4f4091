"""The guided tour in the app: its key, and the band on whatever screen is in front."""

from . import tour
from .screens.page import Page, TourBand
from .telling import Telling
from .texts import _
from .tour import Tour

# Seconds between two looks whether a step of the tour is done.
GLANCE = 0.4


class Touring(Telling):
    """Begins, leaves and goes on with the tour."""

    tour: Tour

    def _watch_tour(self) -> None:
        if tour.offered(self.office):
            self.set_interval(GLANCE, self._look_at_tour)

    def action_tour(self) -> None:
        """Begins the guided tour, leaves it, or goes on where it was left; says where it is when it is not here."""
        if not tour.offered(self.office):
            self.tell(
                _(
                    "The tour is in the demo, where nothing can go wrong: leave with [app.quit], then run “intarsi demo”."
                )
            )
            return
        self.tour.turn()
        self.show_tour()
        if not self.tour.on and self.tour.at:
            self.tell(_("The tour waits: [app.tour] goes on with it."))

    def _look_at_tour(self) -> None:
        if self.tour.look():
            self.show_tour()

    def show_tour(self) -> None:
        """Puts the band of the tour on the screen in front, or takes it away."""
        if isinstance(self.screen, Page):
            for band in self.screen.query(TourBand):
                band.show(self.tour.words if self.tour.on else "")
