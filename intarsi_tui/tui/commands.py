"""All that can be done now, as a list: the command palette and the help are made of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from ..host.office import Office
from ..records.declaration import Field
from .field_help import about
from .keys import in_order, key_name
from .other_words import also
from .plugin_screens import entries
from .screens.picker import Choice
from .texts import _

if TYPE_CHECKING:
    from .app import IntarsiApp


@dataclass(frozen=True)
class Command:
    """An entry of the palette, and what it does on the screen it was chosen for."""

    choice: Choice
    run: Callable[[Screen[Any]], Awaitable[Any] | None]


def commands(app: "IntarsiApp", *, registers: bool) -> dict[str, Command]:
    """What the focused widget, its screen and the app can do; with `registers` also every register to go to."""
    found: dict[str, Command] = {}
    for active in in_order(app.screen):
        binding = active.binding
        # Keys that only move or edit are no commands: they are told in the help of what they move or edit.
        told = binding.id or binding.group or (not registers and active.node is app.focused and binding.description)
        # A screen's key for what the app does, or for a mode, is that of the app.
        action = binding.action.removeprefix("app.")
        if active.enabled and told and action not in found and binding.id != "app.palette":
            found[action] = Command(
                Choice(action, _(binding.description), binding.key_display or key_name(binding.key), also(binding.id)),
                _runner(binding, active.node),
            )
    if registers:
        found = _once({**found, **{name: one for name, one in _without_key(app).items() if name not in found}})
        for table, declaration in app.office.declarations.items():
            label = declaration.plural(app.office.lang)
            plugin = next(state.label for state in app.office.plugins if state.name == declaration.plugin)
            lang = app.office.lang
            go = _("Go to: {register}").format(register=label)
            choice = Choice(table, go, plugin(lang), declaration.also(lang))
            found[table] = Command(choice, lambda _screen, table=table: app.open_register(table))  # type: ignore[misc]
        for choice, run in entries(app.office):
            found[choice.value] = Command(choice, lambda _screen, run=run: run(app))  # type: ignore[misc]
    return found


def _without_key(app: "IntarsiApp") -> dict[str, Command]:
    """What has a screen, and no key everywhere."""

    def read_back(_screen: Screen[Any]) -> None:
        app.action_mode("reports")
        app.tell(_("Put the cursor on the template it was filled from; the keys below read it back."))

    found = {
        "mode('deadlines')": Command(
            Choice("mode('deadlines')", _("Deadlines"), also=also("home.deadlines")),
            lambda _screen: app.action_mode("deadlines"),
        )
    }
    if app.current_mode != "reports" and not app.office.store.connection.read_only:  # there it has a key
        found["read back"] = Command(Choice("read back", _("Read back a filled workbook"), _("Reports")), read_back)
    return found


def _once(found: dict[str, Command]) -> dict[str, Command]:
    """Of those that are called the same the first: the one with the nearest key."""
    first = {one.choice.label: name for name, one in reversed(found.items())}
    return {name: one for name, one in found.items() if first[one.choice.label] == name}


def _runner(binding: Binding, node: Any) -> Callable[[Screen[Any]], Awaitable[Any]]:
    return lambda screen: screen.app.run_action(binding.action, node)


def help_of(focused: Widget | None, office: Office) -> tuple[str, str]:
    """Title and sentences about the focused thing: the field's own help when it is a field."""
    field = (
        next((node.field for node in focused.ancestors_with_self if hasattr(node, "field")), None) if focused else None
    )
    if not isinstance(field, Field):
        return _("Help: what can be done here"), _("Type to search, [picker.take] does it, [dialog.back] closes.")
    said = [*about(field, office.lang), _("Privacy: {privacy}").format(privacy=_(field.privacy))]
    return field.label(office.lang), "\n".join(said)
