"""The list behind a field that is chosen: its choices, a code table, or the records of another register."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from tinydb import where

from ..host.office import Office
from ..records.declaration import Field
from ..reference import tables
from ..store.links import linked as linked_to
from .paged import Made
from .rows import details, title_of
from .screens.picker import Choice, Picker, Search, among, nearest
from .texts import _

if TYPE_CHECKING:
    from .form_state import FormState
    from .widgets.editors import PickEditor

# Rows of a list that anyone looks through; more of them are found by typing.
MOST = 200

# Long lists are looked through by name; the others have an order of their own.
BY_NAME = ("languages", "countries", "municipalities")


def open_list(screen: Screen[Any], editor: "PickEditor", typed: str, state: "FormState") -> None:
    """Opens the list of `editor` over `screen`, narrowed by what was typed already; the choice goes into the editor."""
    office = state.office
    several = editor.field.kind.widget in ("choices", "pickers")
    chosen = editor.value if several and editor.value else [editor.value] if editor.value else []

    async def take(values: list[str] | None) -> None:
        if values:
            editor.take(values if several else values[0])
            if picker.goes_on:  # not by a key: it would come after those that are typed ahead
                await goes_on(screen)

    linked = editor.field.kind.name in ("link", "links") and editor.field.kind.params["to"] in office.declarations
    title = editor.field.label(office.lang) + (
        "   " + _("[table.mark] marks, [picker.take] takes them") if several else ""
    )
    picker = Picker(
        title,
        search_for(editor.field, office, set(linked_to(state.declaration, state.values))),
        chosen=chosen,
        several=several,
        typed=typed,
        create=(lambda words: add_linked(screen, editor, words, office)) if linked else None,
    )
    screen.app.push_screen(picker, take)


async def goes_on(screen: Screen[Any]) -> None:
    """To the next field of the form on `screen`."""
    from .widgets.form_body import FormBody

    bodies = screen.query(FormBody)
    if not bodies or not await bodies.first().next_field(1):
        screen.focus_next()


def add_linked(screen: Screen[Any], editor: "PickEditor", typed: str, office: Office) -> None:
    """Opens the form of a new record over `screen`; when it is saved the link of `editor` leads to it."""
    from .screens.form import FormScreen  # it opens these lists itself

    table = editor.field.kind.params["to"]
    if table not in office.declarations:
        screen.app.bell()
        return

    forms = (one for one in reversed(screen.app.screen_stack) if isinstance(one, FormScreen))
    form = next(forms, None)

    def added(doc_id: int | None) -> None:
        saved = office.table(table).get(doc_id=doc_id) if doc_id else None
        if saved:
            several = editor.field.kind.widget == "pickers"
            editor.take([*(editor.value or ()), saved["id"]] if several else saved["id"])
            editor.focus()
            if form and not form.uid:
                form.made.append((table, saved["id"]))

    name = naming(office, table, form.table_name) if form else ""
    known = {name: form.uid} if form and form.uid and name else {}
    screen.app.push_screen(FormScreen(table, typed=typed.strip(), known=known), added)


def naming(office: Office, table: str, other: str) -> str:
    """The field by which a record of `table` names the one of `other` that it is added out of; "" unless there is one alone."""
    links = (one for one in office.declarations[table].editable if one.kind.name == "link")
    found = [one.name for one in links if one.kind.params["to"] == other]
    return found[0] if len(found) == 1 else ""


def search_for(field: Field, office: Office, near: Collection[tuple[str, str]] = ()) -> Search:
    """What the list of `field` holds.

    Parameters:
        near: register and UUID of records; those of a list that link to one of them come first, such as the members of a household.
    """
    if field.kind.name in ("choice", "choices"):
        also = field.kind.params.get("also", {})
        labels = field.kind.choices.items()  # type: ignore[attr-defined]
        return among([Choice(code, label(office.lang), also=",".join(also.get(code, ()))) for code, label in labels])
    if field.kind.name in ("link", "links"):
        return _records(field.kind.params["to"], office, near)
    return _codes(field.kind.table, office)  # type: ignore[attr-defined]


def _records(table: str, office: Office, near: Collection[tuple[str, str]] = ()) -> Search:
    declaration = office.declarations.get(table)
    if declaration is None:
        return lambda typed: []

    def choice(doc: dict[str, Any]) -> Choice:
        return Choice(doc["id"], title_of(declaration, doc, office), details(declaration, doc, office))

    def names(doc: dict[str, Any]) -> list[str]:
        keys = (doc.get(name) for name in ("number", *declaration.keys))
        return [title_of(declaration, doc, office), *(str(key) for key in keys if key)]

    links = (one for one in declaration.links if one.kind.name == "link")
    leads = [where(one.name) == uid for one in links for target, uid in near if target == one.kind.params["to"]]

    def search(typed: str) -> Sequence[Choice]:
        records = office.table(table)
        # The very number or key is asked for by itself: a search for it may find more than the list shows.
        found = [*records.named(typed)]
        if leads:
            found += records.page(reduce(or_, leads), search=typed, limit=MOST)
        found += records.page(search=typed, limit=MOST)
        valid = {doc["id"]: doc for doc in found if doc["state"] != "void"}
        return Made(nearest([*valid.values()], typed, names), choice)

    return search


def _codes(table: str, office: Office) -> Search:
    def name(one: tables.Entry) -> str:
        return one.it if office.lang == "it" else one.en

    whole = list(getattr(tables, table)().values())
    if table in BY_NAME:
        whole.sort(key=lambda one: tables.fold(name(one)))

    def search(typed: str) -> Sequence[Choice]:
        found = tables.find(table, typed) if typed.strip() else whole
        return [Choice(one.code, name(one), one.code) for one in found[:MOST]]

    return search
