"""The guided tour of a demo: a handful of steps, each of which is over when the person has done what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinydb import where

from ..host.office import Office
from ..records.problems import errors
from .session import TABLE
from .texts import _

if TYPE_CHECKING:
    from .app import IntarsiApp
    from .screens.form import FormScreen

# Of all registers the one whose form asks for least: two words.
REGISTER = "registry.operator"


@dataclass(frozen=True)
class Stop:
    """A step: what to do, in English, and when it is done.

    Attributes:
        done: given the app and what `_before` saw when the step began.
    """

    words: str
    done: Callable[["IntarsiApp", Any], bool]


def _newest(app: "IntarsiApp") -> tuple[str, str]:
    """Label and operation of the last change."""
    found = app.office.store.history(limit=1)
    return (found[0].label.partition(" ")[0], found[0].operation) if found else ("", "")


def _written(app: "IntarsiApp") -> dict[str, int]:
    return {
        str(path): path.stat().st_mtime_ns for path in app.office.workspace.exports.rglob("*.xls*") if path.is_file()
    }


def _before(app: "IntarsiApp") -> tuple[tuple[str, str], dict[str, int]]:
    return _newest(app), _written(app)


def _in_register(app: "IntarsiApp", _before: Any) -> bool:
    from .screens.register import RegisterScreen

    return any(isinstance(one, RegisterScreen) and one.table_name == REGISTER for one in app.screen_stack)


def _form(app: "IntarsiApp") -> "FormScreen | None":
    from .screens.form import FormScreen

    return app.screen if isinstance(app.screen, FormScreen) else None


def _in_form(app: "IntarsiApp", _before: Any) -> bool:
    form = _form(app)
    return form is not None and form.table_name == REGISTER and not form.uid


def _sees_error(app: "IntarsiApp", _before: Any) -> bool:
    form = _form(app)
    return form is not None and form.is_mounted and bool(errors(form.state.problems))


def _sees_error_or_saved(app: "IntarsiApp", before: Any) -> bool:
    return _sees_error(app, before) or _did("add")(app, before)


def _did(what: str) -> Callable[["IntarsiApp", Any], bool]:
    def done(app: "IntarsiApp", before: Any) -> bool:
        return _newest(app)[0] == what and _newest(app) != before[0]

    return done


STOPS = (
    Stop("Press [app.registers] (twice where a list is open), go to “{register}” with the arrows and open it with [table.open].", _in_register),
    Stop("This is a list: [list.filter] filters, [list.sort] sorts. Press [list.new] for a new record.", _in_form),
    Stop("Leave the form empty and press [form.save], to see what is said of a mistake.", _sees_error_or_saved),
    Stop("Each error stands at its field. Fill in what is missing, Tab goes on, and press [form.save] again.", _did("add")),
    Stop("Saved. Nothing is final: press [list.undo], and it is taken back.", _did("undo")),
    Stop("Now a report: [app.reports], choose a template with the arrows: [reports.preview] shows what it will hold, [preview.save] writes it.", lambda app, before: _written(app) != before[1]),
    Stop("That was the tour. [app.help] always says what can be done, [app.palette] finds every command. [app.tour] closes this line.", lambda app, before: False),
)  # fmt: skip


class Tour:
    """Where the tour is; it is kept for the person, and taken up again where it was left."""

    def __init__(self, app: "IntarsiApp") -> None:
        self._app = app
        self.on = False
        self.at = _kept(app.office)
        self._seen: Any = None

    @property
    def words(self) -> str:
        """What the band says."""
        declaration = self._app.office.declarations.get(REGISTER)
        register = declaration.plural(self._app.office.lang) if declaration else REGISTER
        said = _(STOPS[self.at].words).format(register=register)
        return _("Tour {at}/{count}").format(at=self.at + 1, count=len(STOPS)) + "  " + said

    def turn(self) -> None:
        """Begins, goes on with, or leaves the tour; after its end it begins anew."""
        if self.on and self.at == len(STOPS) - 1:
            self.at = 0
            self.on = False
            self._keep()
        else:
            self.on = not self.on
            self._seen = _before(self._app)

    def look(self) -> bool:
        """Whether the person has done what the step says; then the next one is told."""
        if not self.on or not STOPS[self.at].done(self._app, self._seen):
            return False
        # Who has filled the form in and saved it is done with the next step, too.
        skips = STOPS[self.at].done is _sees_error_or_saved and not _sees_error(self._app, self._seen)
        self.at += 2 if skips else 1
        self._seen = _before(self._app)
        self._keep()
        return True

    def _keep(self) -> None:
        doc = {"user": self._app.office.user, "tour": self.at}
        step = self._app.in_background(lambda: keep(self._app.office, doc))
        self._app.run_worker(step, group="tour")


def keep(office: Office, doc: dict[str, Any]) -> None:
    """Keeps where the person's tour is."""
    office.store.table(TABLE).upsert(doc, where("user") == office.user)


def _kept(office: Office) -> int:
    doc = office.store.table(TABLE).get(where("user") == office.user) or {}
    return min(int(doc.get("tour", 0)), len(STOPS) - 1)


def offered(office: Office) -> bool:
    """Only where all is invented and can be changed: in a demo that is not open for reading only."""
    demo = "demo" in office.workspace.settings and not office.store.connection.read_only
    return demo and REGISTER in office.declarations
