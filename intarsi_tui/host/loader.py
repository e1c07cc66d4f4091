"""Importing plugins under guard: whatever a plugin does while it loads, only that plugin is lost."""

import contextlib
import importlib
import importlib.util
import inspect
import json
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from .. import hookspecs
from ..on_screen import Card, PluginScreen
from ..plugin import API, Action, Indicator, Plugin, name_table
from ..records.declaration import Declaration
from ..records.labels import Label, both, plain
from ..records.record import Record
from . import checks, screen_checks
from .discovery import Source
from .printing import printing
from .states import Count, Finding, OnScreen, PluginState, Task


class Broken(Exception):
    """The plugin cannot be used; carries what its state will say."""

    def __init__(self, reason: Label, hint: Label, file: str = "", line: int = 0) -> None:
        super().__init__(reason.en)
        self.reason, self.hint, self.file, self.line = reason, hint, file, line


@dataclass
class Loaded:
    """A plugin in memory: its state, its record classes by table, and its actions, screens and cards by name."""

    state: PluginState
    classes: dict[str, type[Record]] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    screens: dict[str, PluginScreen] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)


def load(source: Source, others: Sequence[PluginState] = ()) -> Loaded:
    """Imports and checks one plugin; never raises for what the plugin does wrong.

    Parameters:
        others: the plugins loaded before it, whose names and tables it may not take.
    """
    name, label = source.name, plain(source.name)
    try:
        plugin = _object(_module(source), source)
        if isinstance(plugin, Plugin):
            name, label = plugin.name, plugin.label
            if plugin.api != API:
                return Loaded(_incompatible(source, plugin))
        _refuse_clash(name, source, others)
        return _checked(name, source, plugin, label)
    except Broken as broken:
        return Loaded(_broken(name, source, label, broken))


def _incompatible(source: Source, plugin: Plugin) -> PluginState:
    reason = Label(
        f"Scritto per il contratto {plugin.api}; qui vale il {API}",
        f"Written for contract {plugin.api}; this program has {API}",
    )
    hint = Label("Aggiornare il plugin o il programma", "Update the plugin or the program")
    file = str(source.file or "")
    return PluginState(plugin.name, source.origin, "incompatible", plugin.label, reason, file, 0, hint)


def _broken(name: str, source: Source, label: Label, broken: Broken) -> PluginState:
    return PluginState(name, source.origin, "broken", label, broken.reason, broken.file, broken.line, broken.hint)


def _refuse_clash(name: str, source: Source, others: Sequence[PluginState]) -> None:
    clash = next((other for other in others if other.name == name and other.state == "loaded"), None)
    if clash:
        raise Broken(
            Label(f"Il nome «{name}» è già di {clash.origin}", f"The name “{name}” is already taken by {clash.origin}"),
            Label("Rinominare uno dei due plugin", "Rename one of the two plugins"),
            str(source.file or ""),
        )


def _checked(name: str, source: Source, plugin: Any, label: Label) -> Loaded:
    manager = _registered(source, plugin)
    classes: list[type[Record]] = _answer(
        source, manager, "intarsi_records", lambda one: isinstance(one, type) and issubclass(one, Record)
    )

    def name_tables() -> None:
        for cls in classes:
            name_table(cls, name)

    _guard(name_tables, source)
    _refuse_unknown_types(classes, source)
    indicators: list[Indicator] = _answer(source, manager, "intarsi_indicators", lambda one: isinstance(one, Indicator))
    declarations = tuple(cls.declaration for cls in classes)
    counts = tuple(_count(name, one, declarations) for one in indicators)
    actions: list[Action] = _answer(source, manager, "intarsi_actions", lambda one: isinstance(one, Action))
    screens: list[PluginScreen] = _answer(source, manager, "intarsi_screens", lambda one: isinstance(one, PluginScreen))
    actions = actions + _guard(lambda: [printing(one, classes) for one in screens if one.command], source)
    tasks = tuple(_guard(lambda: [_task(one) for one in actions], source))
    cards: list[Card] = _answer(source, manager, "intarsi_cards", lambda one: isinstance(one, Card))
    shown = tuple(_guard(lambda: [_screen(name, one) for one in screens], source))
    carded = tuple(_guard(lambda: [OnScreen(name, one.name, one.label) for one in cards], source))

    def found() -> list[Finding]:
        return [*checks.check(name, declarations, counts, tasks), *screen_checks.check(declarations, shown, carded)]

    findings = tuple(_guard(found, source))
    if wrong := next((one for one in findings if one.severity == "error"), None):
        file, line = _where(classes, wrong)
        hint = Label(
            f"Correggere e ripetere «intarsi plugin check {name}»",
            f"Correct it and repeat “intarsi plugin check {name}”",
        )
        reason = Label(*(f"{wrong.id} {wrong.where}: {text}" for text in wrong.message))
        broken = _broken(name, source, label, Broken(reason, hint, str(source.file or file), line))
        return Loaded(replace(broken, findings=findings))
    state = PluginState(
        name, source.origin, "loaded", label, records=declarations, indicators=counts, actions=tasks, screens=shown,
        cards=carded, findings=findings,
    )  # fmt: skip
    _guard(lambda: json.dumps(state.to_json()), source)  # what the index cannot keep would stop every start
    return Loaded(
        state, {cls.declaration.table: cls for cls in classes}, {one.name: one for one in actions},
        {one.name: one for one in screens}, {one.name: one for one in cards},
    )  # fmt: skip


def _refuse_unknown_types(classes: Sequence[type[Record]], source: Source) -> None:
    """An annotation such as `"Later"` is only missed when a record is made; people should not be the first to see it."""
    for cls in classes:
        if not cls.__pydantic_fields_complete__:
            raise Broken(
                Label(f"{cls.__name__}: un'annotazione nomina un tipo che non esiste", f"{cls.__name__}: an annotation names a type that does not exist"),
                Label("Importare o definire il tipo prima della classe", "Import or define the type before the class"),
                str(source.file or inspect.getsourcefile(cls) or ""), _line(cls),
            )  # fmt: skip


def _module(source: Source) -> ModuleType:
    def run() -> ModuleType:
        if source.file is None:
            return importlib.import_module(source.target.partition(":")[0])
        name = f"intarsi_workspace_plugin_{source.name}"
        spec = importlib.util.spec_from_file_location(name, source.file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    module: ModuleType = _guard(run, source)
    return module


def _object(module: ModuleType, source: Source) -> Any:
    attribute = source.target.partition(":")[2] or "plugin"
    plugin = getattr(module, attribute, None)
    file = getattr(module, "__file__", "") or ""
    if plugin is None:
        # A module that implements hooks itself is a plugin too; anything else has forgotten the object.
        if any(hasattr(value, "intarsi_impl") for value in vars(module).values()):
            return module
        raise Broken(
            Label(f"Manca l'oggetto «{attribute}»", f"There is no object “{attribute}”"),
            Label('Finire il file con plugin = Plugin("nome", it=…, en=…, records=[…])', 'End the file with plugin = Plugin("name", it=…, en=…, records=[…])'),
            file,
        )  # fmt: skip
    if isinstance(plugin, Plugin) and plugin.name != source.name and source.file is None:
        raise Broken(
            Label(f"L'entry point si chiama «{source.name}», il plugin «{plugin.name}»", f"The entry point is called “{source.name}”, the plugin “{plugin.name}”"),
            Label("Dare lo stesso nome a entrambi", "Give both the same name"), file,
        )  # fmt: skip
    return plugin


def _registered(source: Source, plugin: Any) -> pluggy.PluginManager:
    """pluggy with this plugin alone."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    if inspect.isclass(plugin) or not any(manager.parse_hookimpl_opts(plugin, name) for name in dir(plugin)):
        raise Broken(
            Label(f"L'oggetto è {plugin!r} e non un Plugin", f"The object is {plugin!r} and no Plugin"),
            Label('Scrivere plugin = Plugin("nome", it=…, en=…, records=[…])', 'Write plugin = Plugin("name", it=…, en=…, records=[…])'),
            str(source.file or ""),
        )  # fmt: skip

    def register() -> None:
        manager.register(plugin)
        manager.check_pending()

    _guard(register, source)
    return manager


def _answer(source: Source, manager: pluggy.PluginManager, hook: str, right: Callable[[Any], bool]) -> list[Any]:
    """What the plugin says to one hook."""
    found: list[Any] = _guard(lambda: [one for answer in getattr(manager.hook, hook)() for one in answer], source)
    wrong = next((one for one in found if not right(one)), None)
    if wrong is not None:
        raise Broken(
            Label(f"{hook} ha dato {wrong!r}", f"{hook} returned {wrong!r}"),
            Label("Vedere il contratto in hookspecs.py", "See the contract in hookspecs.py"), str(source.file or ""),
        )  # fmt: skip
    return found


def _guard(step: Callable[[], Any], source: Source) -> Any:
    try:
        # Standard output is for data; a warning while loading would meet a clerk on every command.
        with contextlib.redirect_stdout(sys.stderr), warnings.catch_warnings(action="ignore"):
            return step()
    except (KeyboardInterrupt, Broken):
        raise
    except BaseException as error:
        file, line = _origin(error, source)
        # This stands an exception that cannot be printed; what pydantic adds leads to a page about itself.
        detail = traceback.format_exception_only(error)[-1].partition("\n\nFor further information")[0].strip()
        raise Broken(
            Label(f"Errore durante il caricamento: {detail}", f"Error while loading: {detail}"),
            Label("Correggere il file, o disattivare il plugin", "Correct the file, or disable the plugin"), file, line,
        ) from error  # fmt: skip


def _origin(error: BaseException, source: Source) -> tuple[str, int]:
    """File and line of the plugin's own code nearest to the error, rather than of a library it called."""
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 0
    frames = traceback.extract_tb(error.__traceback__)
    package = source.target.partition(":")[0].partition(".")[0]
    own = [frame for frame in frames if _belongs(frame.filename, source.file, package)]
    if not own:  # a folder, an unreadable file: no line of it ran
        return str(source.file or ""), 0
    return own[-1].filename, own[-1].lineno or 0


def _belongs(filename: str, file: Path | None, package: str) -> bool:
    return Path(filename) == file if file else package in Path(filename).parts or Path(filename).stem == package


def _where(classes: Sequence[type[Record]], finding: Finding) -> tuple[str, int]:
    """File and line of the class that is meant, otherwise of the call that names the indicator, action, screen or card."""
    record = finding.where.split(".")[0]
    cls = next((cls for cls in classes if cls.declaration.record == record), None)
    try:
        file = inspect.getsourcefile(cls or classes[0]) or ""
        text = "" if cls else Path(file).read_text("utf-8")
    except (IndexError, TypeError, OSError, ValueError):
        return "", 0
    named = re.search(rf"\(\s*(?:name=)?[\"']{re.escape(finding.where)}[\"']", text)
    return file, _line(cls) if cls else text.count("\n", 0, named.end()) + 1 if named else 0


def _line(cls: type[Record]) -> int:
    try:
        return inspect.getsourcelines(cls)[1]
    except (OSError, TypeError):
        return 0


def _count(plugin: str, one: Indicator, declarations: Sequence[Declaration]) -> Count:
    table = one.count if "." in one.count else f"{plugin}.{one.count}"
    declared = next((declaration for declaration in declarations if declaration.table == table), None)
    by = one.by or (declared.date if declared else "")
    short = both(one.short) if one.short else one.label
    return Count(plugin, one.name, one.label, table, by, dict(one.where), one.distinct, one.total, one.target, short)


def _task(one: Action) -> Task:
    columns = {name: both(words) for name, words in one.columns.items()}
    return Task(
        one.name, one.label, columns, one.asks.declaration, one.paper, both(one.also), both(one.done), one.writes
    )


def _screen(plugin: str, one: PluginScreen) -> OnScreen:
    return OnScreen(
        plugin, one.name, one.label, f"{plugin}.{one.record}" if one.record else "", one.of_one, both(one.also)
    )
