"""The office: an opened workspace with its plugins. What commands, screens, reports and rules work with."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..i18n import counted
from ..project.errors import ProjectError
from ..project.profile import Profile
from ..project.workspace import Workspace
from ..records import clock
from ..records.declaration import Declaration, Field
from ..records.labels import Label
from ..records.linked_kinds import STEPS, LinkKind, RowsKind
from ..reference import tables
from . import index
from .states import Count, PluginState

if TYPE_CHECKING:
    from ..on_screen import Card, PluginScreen
    from ..plugin import Action
    from ..project.window import Window
    from ..records.context import Context
    from ..records.record import Record
    from ..store import RegisterTable, Store
    from ..store.upgrade import Upgraded
    from .discovery import Source
    from .loader import Loaded

INDEXING = Label(
    "Il programma o le sue parole sono cambiati: si prepara di nuovo la ricerca di {count} record, una volta sola …",
    "The program or its words have changed: the search of {count} records is made ready again, once …",
)


@dataclass
class Office:
    """One office at work.

    Attributes:
        plugins: the state of every plugin.
        store: the database, with every loaded register registered in it.
        lang: "it" or "en".
        shown: ids of the records whose masked fields somebody asked to see.
        upgraded: what opening it did to records of older versions, `None` when there were none.
    """

    workspace: Workspace
    store: "Store"
    plugins: list[PluginState]
    lang: str = "it"
    upgraded: "Upgraded | None" = None
    shown: set[str] = field(default_factory=set)
    _classes: dict[str, "type[Record]"] = field(default_factory=dict)
    _loaded: dict[str, "Loaded"] = field(default_factory=dict)

    @property
    def profile(self) -> Profile:
        return self.workspace.profile

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def user(self) -> str:
        return self.store.user

    def read_settings(self) -> None:
        """Has what `intarsi.toml` says now hold for screens and rules; without it, for the next opening. Raises ProjectError."""
        from ..store import StoreContext

        self.workspace.read_again()
        self.store.context = StoreContext(self.store, self.workspace.profile, lambda: self.workspace.files)

    def name_of(self, user: str) -> str:
        """How somebody is called who works here."""
        return self.workspace.users.get(user, user)

    @property
    def declarations(self) -> dict[str, Declaration]:
        """Every loaded register by table name, in the order of the plugins."""
        return {one.table: one for state in self.plugins for one in state.records}

    @cached_property
    def window(self) -> "Window":
        """This run of the program, beside others of the same person."""
        from ..project.window import Window

        return Window(self.workspace.path)

    @cached_property
    def undeclared(self) -> dict[str, Declaration]:
        """Registers of plugins that are missing or did not load, by table name; they can be read, not written."""
        from . import undeclared

        found = {table: undeclared.declaration_of(self.store, table) for table in undeclared.tables(self.store)}
        for declaration in found.values():
            self.store.register(declaration, lambda table=declaration.table: self.record_class(table))  # type: ignore[misc]
        return found

    @property
    def readable(self) -> dict[str, Declaration]:
        """Every register with records or a plugin, by table name."""
        return {**self.declarations, **self.undeclared}

    def declaration(self, table: str) -> Declaration | None:
        """What is known of a register, also of one that an older version of its plugin called so, or whose plugin is gone."""
        named = self.store.registered(table)  # a name that was is that of the register now
        return named or self.undeclared.get(table)

    @property
    def indicators(self) -> list[Count]:
        return [one for state in self.plugins for one in state.indicators]

    def table(self, name: str) -> "RegisterTable":
        """The register `training.session`. Raises KeyError when there is none."""
        if name not in self.declarations and name not in self.undeclared:
            raise KeyError(name)
        return self.store.register_table(name)

    def get(self, table: str, uid: str) -> dict[str, Any] | None:
        """The stored record of `table` with this identifier, `None` when there is none."""
        return self.store.context.get(table, uid)

    def find(self, table: str, **equals: Any) -> list[dict[str, Any]]:
        """The stored records of `table`, void ones left out, whose fields equal the given values, as `Context.find` has it."""
        return self.store.context.find(table, **equals)

    def show(self, field: Field, doc: Mapping[str, Any], steps: int = STEPS) -> str:
        """A field's value as a person reads it: links by the titles of what they lead to, rows one a line."""
        stored = doc.get(field.name)
        if stored is None:
            return ""
        if isinstance(field.kind, RowsKind):
            return "\n".join(self.show_row(field.kind, row, steps) for row in stored)
        if not isinstance(field.kind, LinkKind):
            return field.show(doc, self.lang)
        uids = stored if isinstance(stored, list) else [stored]
        return ", ".join(self.title(field.kind.target, uid, steps - 1) for uid in uids)

    def show_row(self, kind: RowsKind, row: Mapping[str, Any], steps: int = STEPS) -> str:
        """The filled cells of one row of a small table inside a record; a quantity is named, as a bare number tells nothing."""
        cells = ((one, self.show(one, row, steps)) for one in kind.declaration.fields)
        named = (f"{one.label(self.lang)} {text}" if one.kind.align == "right" else text for one, text in cells if text)
        return " · ".join(named)

    def title(self, table: str, uid: str, steps: int = STEPS) -> str:
        """How the record is called where it is linked to; a pseudonym stays a pseudonym."""
        declaration = self.declarations.get(table)
        doc = self.get(table, uid) if declaration and steps else None
        return self.title_of(declaration, doc, steps) if declaration and doc else uid[:8]

    def title_of(self, declaration: Declaration, doc: Mapping[str, Any], steps: int = STEPS) -> str:
        """How `doc` is called; its number when its title fields are empty."""
        from ..store.naming import title_of

        return title_of(self.store, declaration, doc, self.lang, steps)

    def record_class(self, table: str) -> "type[Record]":
        """The class of a register; imports its plugin on first use.

        Raises:
            LookupError: the plugin did not load.
            StoreError: register_without_plugin.
        """
        if table not in self._classes:
            from ..store import StoreError

            state = next((one for one in self.plugins if any(record.table == table for record in one.records)), None)
            if state is None:
                raise StoreError("register_without_plugin", self.store.path, table=table)
            self._load(state)
            if table not in self._classes:
                raise LookupError(f"{state.origin}: {table}")
        return self._classes[table]

    def action(self, plugin: str, name: str) -> "Action":
        """An action of a plugin; imports the plugin on first use.

        Raises:
            LookupError: the plugin did not load.
        """
        return self._plugin(plugin).actions[name]

    def screen(self, plugin: str, name: str) -> "PluginScreen":
        """A screen of a plugin; imports the plugin on first use. Raises LookupError."""
        return self._plugin(plugin).screens[name]

    def card(self, plugin: str, name: str) -> "Card":
        """A card of a plugin; imports the plugin on first use. Raises LookupError."""
        return self._plugin(plugin).cards[name]

    def _plugin(self, name: str) -> "Loaded":
        if name not in self._loaded:
            self._load(next(one for one in self.plugins if one.name == name))
        return self._loaded[name]

    def _load(self, state: PluginState) -> None:
        from .loader import load

        loaded = load(_source(self.workspace, state.origin))
        if loaded.state.state != "loaded":
            reason = loaded.state.reason or Label("non caricato", "not loaded")
            raise LookupError(f"{state.origin}: {reason(self.lang)}")
        self._classes |= loaded.classes
        self._loaded[state.name] = loaded


@contextmanager
def open_office(
    workspace: Workspace,
    lang: str = "it",
    *,
    read_only: bool = False,
    states: list[PluginState] | None = None,
    tell: Callable[[str], None] = lambda _text: None,
) -> Iterator[Office]:
    """Opens the workspace's database with every loaded register; closes it at the end.

    Records of older versions of the program or its plugins are upgraded first, after a backup.

    Parameters:
        read_only: refuse every change but entries in the log of accesses.
        states: of the plugins, when they were read just now.
        tell: given a sentence when opening takes long, before it does.

    Raises:
        ProjectError: the settings are wrong; the backup cannot be made.
        StoreError: the database cannot be used, or a newer version wrote it.
    """
    from ..project.trials import clear
    from ..store import open_store
    from ..store.writer import Writer

    partner = workspace.partner.code
    with _tables_of(workspace), clock.on(workspace.demo_day):
        states = states or index.current(workspace)
        clear(workspace)
        if workspace.encrypted:
            from ..project.encryption import tidy

            tidy(workspace)
        store = open_store(workspace.database, workspace.key, site=workspace.site, create=False)
        office = Office(workspace, store, states, lang)
        try:
            set_up(office, partner, read_only)
            store.connection.writer = Writer(store.path, office.user, office.name_of(office.user))
            office.upgraded = store.upgrade(
                lambda: _back_up(workspace, store),
                lambda count: tell(INDEXING(lang).format(count=counted(count, lang))),
            )
            yield office
        finally:
            if "window" in vars(office):
                office.window.close()
            store.close()


def set_up(office: Office, partner: str, read_only: bool) -> None:
    """Makes the store know every loaded register, and what rules may ask."""
    from ..store import StoreContext

    store, workspace = office.store, office.workspace
    for declaration in office.declarations.values():
        store.register(declaration, lambda table=declaration.table: office.record_class(table))  # type: ignore[misc]
    store.partner = partner
    store.context = StoreContext(store, workspace.profile, lambda: workspace.files)
    store.remembering = lambda: _remembering(office)
    store.connection.read_only = read_only


def _remembering(office: Office) -> "Context":
    from .remembering import Remembering

    return Remembering(office)


def _back_up(workspace: Workspace, store: "Store") -> Path:
    from ..project.backup import back_up_before

    return back_up_before("upgrade", workspace, store)


@contextmanager
def _tables_of(workspace: Workspace) -> Iterator[None]:
    """The office's own rows of the code tables (`reference/*.csv`), while it is open."""
    try:
        tables.overlay(workspace.reference)
    except tables.TableError as error:
        raise ProjectError(f"table_{error.problem}", error.path, value=str(error.line)) from error
    try:
        yield
    finally:
        tables.overlay(None)


def _source(workspace: Workspace, origin: str) -> "Source":
    from .discovery import discover

    return next(source for source in discover(workspace.plugins) if source.origin == origin)
