"""The screens and actions of plugins, and likely duplicates: how they are found and opened, and how one that fails is left."""

import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual._context import active_message_pump
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import WorkerFailed, active_worker

from ..grid import Grid
from ..host.error_log import logged
from ..host.office import Office
from ..host.states import OnScreen, Task
from ..records.declaration import Field
from ..records.labels import Label
from ..records.likeness import comparable
from ..records.linked_kinds import LinkKind
from .other_words import also
from .pick import search_for
from .rows import title_of
from .screens.picker import Choice, Picker, among
from .texts import _, one_line

if TYPE_CHECKING:
    from .app import IntarsiApp

Doc = Mapping[str, Any]
Entry = tuple[Choice, Callable[["IntarsiApp"], None]]


def entries(office: Office, table: str = "", doc: Doc | None = None) -> list[Entry]:
    """What there is besides registers, and can be used now; with `table` what belongs to its plugin, the screens of that register first.

    Parameters:
        doc: the record under the cursor, which a screen of one record is about.
    """
    near: list[Entry] = []
    others: list[Entry] = []
    for state in office.plugins:
        if table and state.name != table.partition(".")[0]:
            continue
        note = "" if table else state.label(office.lang)  # in a list all are of one plugin
        for one in state.screens:
            choice = Choice(f"screen {one.plugin} {one.name}", one.label(office.lang), note, one.also(office.lang))
            about = doc if one.table == table else None
            (near if one.table == table else others).append((choice, partial(open_screen, one=one, doc=about)))
        for task in state.actions:
            if task.writes and office.store.connection.read_only:
                continue
            choice = Choice(
                f"action {state.name} {task.name}",
                task.called(office.lang)[0],
                note,
                f"{task.label(office.lang)} {task.also(office.lang)}",
            )
            known = _asked_of(task, table, doc)
            others.append((choice, partial(open_action, plugin=state.name, task=task, known=known)))
    for declaration in office.declarations.values():
        if comparable(declaration) and table in ("", declaration.table):
            label = _("Duplicates") if table else f"{_('Duplicates')}: {declaration.plural(office.lang)}"
            choice = Choice(f"duplicates {declaration.table}", label, also=also("list.duplicates"))
            others.append((choice, partial(open_duplicates, table=declaration.table)))
    return near + others


def _asked_of(task: Task, table: str, doc: Doc | None) -> dict[str, Any]:
    """What an action asks and the cursor knows: the first link to that register."""
    links = (one for one in task.asks.editable if one.kind.name == "link" and one.kind.params["to"] == table)
    field = next(links, None)
    return {field.name: doc["id"]} if field and doc else {}


def choose(app: "IntarsiApp", table: str, doc: Doc | None) -> None:
    """Offers what the plugin of `table` brings; of a single thing nobody is asked."""
    found = {choice.value: (choice, run) for choice, run in entries(app.office, table, doc)}
    if not found:
        app.tell(_("Its plugin brings no screens and no actions."))
        return

    def take(chosen: list[str] | None) -> None:
        if chosen:
            app.call_later(found[chosen[0]][1], app)

    title = _("Screens and actions")
    if doc:
        title += " ▸ " + title_of(app.office.readable[table], doc, app.office)
    app.push_screen(Picker(title, among([choice for choice, _run in found.values()]), notes=0), take)


def open_screen(app: "IntarsiApp", one: OnScreen, doc: Doc | None = None) -> None:
    """Opens a plugin's screen; one that is about a record asks for it when it is not known."""
    if one.of_one and doc is None:
        declaration = app.office.declarations[one.table]
        field = Field("record", LinkKind(to=one.table), declaration.label)
        search = search_for(field, app.office)
        if not search(""):
            register = declaration.plural(app.office.lang)
            app.tell(
                _("“{register}” has no records yet: [list.new] adds the first one there.").format(register=register)
            )
            return

        def take(chosen: list[str] | None) -> None:
            if chosen and (found := app.office.get(one.table, chosen[0])):
                open_screen(app, one, found)

        app.push_screen(Picker(f"{one.label(app.office.lang)}: {declaration.label(app.office.lang)}", search), take)  # fmt: skip
        return
    try:
        from .screens.grid import GridScreen

        declared = app.office.screen(one.plugin, one.name)
        made = declared.opens(app.office, doc)
        command = _command(app.office, one, doc) if declared.command else ()
        screen: Screen[Any] = GridScreen(made, one.label, command) if isinstance(made, Grid) else made
        if not isinstance(screen, Screen):
            raise TypeError(f"{type(screen).__name__} is neither a Grid nor a Screen")
    except Exception as error:
        tell_failed(app, one, error)
        return
    app.foreign[screen] = one
    app.push_screen(screen)


def _command(office: Office, one: OnScreen, doc: Doc | None) -> list[str]:
    """The words of the command that prints the grid of a screen."""
    from ..exchange.columns import reference_of

    about = one.table.partition(".")[2].replace("_", "-")
    named = [f"--{about}", reference_of(office, one.table, doc["id"])] if one.of_one and doc else []
    return [one.plugin, one.name, *named]


def open_duplicates(app: "IntarsiApp", table: str) -> None:
    """Shows who may be entered twice, over the list of the register."""
    from .screens.duplicates import DuplicatesScreen
    from .screens.register import RegisterScreen

    app.open_register(table)
    if isinstance(app.screen, RegisterScreen):  # and no form that is still open there
        app.push_screen(DuplicatesScreen(table))


def open_action(app: "IntarsiApp", plugin: str, task: Task, known: Mapping[str, Any]) -> None:
    """Opens the form of an action; `known` are values that need not be asked for."""
    from .screens.action import ActionScreen

    screen = ActionScreen(plugin, task, known)
    app.foreign[screen] = OnScreen(plugin, task.name, task.label)
    app.push_screen(screen)


def tell_failed(app: "IntarsiApp", one: OnScreen, error: BaseException) -> None:
    """Says which screen of which plugin failed and why; where it came from stands in the log."""
    if isinstance(error, WorkerFailed):
        error = error.error
    plugin = next(
        (state.label for state in app.office.plugins if state.name == one.plugin), Label(one.plugin, one.plugin)
    )
    path = logged(error, str(app.office.workspace.path))
    app.tell(
        _("“{screen}” of {plugin} does not work ({reason}). Nothing of yours is lost; the details are in {log}.").format(
            screen=one.label(app.office.lang), plugin=plugin(app.office.lang),
            reason=one_line(f"{type(error).__name__}: {error}")[:80], log=path or "–",
        ),
        wrong=True,
    )  # fmt: skip


def failed_screen(app: "IntarsiApp", error: BaseException) -> Screen[Any] | None:
    """The plugin's screen in whose work an exception has just come up, `None` when it was our own."""
    # Messages and timers run as the widget they belong to, workers and keys as the app: then the lines that ran say whose.
    if isinstance(error, WorkerFailed):
        error = error.error
    ran = [frame.f_locals.get("self") for frame, _line in traceback.walk_tb(error.__traceback__)]
    worker = active_worker.get(None)
    for one in (active_message_pump.get(None), worker and worker._node, *reversed(ran)):
        nodes = one.ancestors_with_self if isinstance(one, DOMNode) else ()
        for node in nodes:
            if isinstance(node, Screen) and node in app.foreign:
                return node
    return None


async def leave(app: "IntarsiApp", screen: Screen[Any]) -> None:
    """Goes back to where one was before the plugin's screen was opened; from under the lock, which stays."""
    from .screens.lock import LockScreen

    for stack in app._screen_stacks.values():
        if screen in stack:
            above = [one for one in stack[stack.index(screen) :] if not isinstance(one, LockScreen)]
            if stack is app._screen_stack and not app.locked:
                for _one in above:
                    app.pop_screen()
            else:  # nothing in front changes
                stack[:] = [one for one in stack if one not in above]
                for one in above:
                    await app._replace_screen(one)
    app.foreign.pop(screen, None)
