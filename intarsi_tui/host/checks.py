"""Checks of a declaration. Each has a stable id, says where, and what to write instead. Errors make the plugin broken."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from types import MappingProxyType

from ..records.coded_kinds import ChoiceKind
from ..records.declaration import Declaration, Field
from ..records.kind import Kind
from ..records.linked_kinds import RowsKind
from ..records.problems import Invalid
from ..records.record import Record, Row
from .discovery import RESERVED
from .findings import finding
from .states import Count, Finding, PluginState, Task

NOTHING: Mapping[str, Field] = MappingProxyType({})
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
COMMAND = re.compile(r"[a-z][a-z0-9-]*")

# What a record may not declare: the program itself works with these.
TAKEN = frozenset(dir(Record)) | frozenset(Record.model_fields)


def check(
    name: str, declarations: Sequence[Declaration], counts: Sequence[Count], tasks: Sequence[Task] = ()
) -> Iterator[Finding]:
    """All findings of one plugin; its links to other plugins are checked by `links_between`, when all are loaded."""
    yield from _names(name)
    seen: set[str] = set()
    for declaration in declarations:
        yield from _record(declaration, seen)
        seen.add(declaration.table)
    named: set[str] = set()
    for count in counts:
        yield from _indicator(count, declarations)
        if count.name in named:
            yield finding("two_indicators", count.name)
        named.add(count.name)
    yield from _actions(declarations, tasks)


def _actions(declarations: Sequence[Declaration], tasks: Sequence[Task]) -> Iterator[Finding]:
    commands = [declaration.command for declaration in declarations]
    for task in tasks:
        if not COMMAND.fullmatch(task.name):
            yield finding("action_name", task.name)
        if task.name in commands:
            yield finding("two_commands", task.name)
        commands.append(task.name)
        yield from _fields(task.asks, task.name, ())


def _names(name: str) -> Iterator[Finding]:
    if not COMMAND.fullmatch(name):
        yield finding("plugin_name", name)
    if name in RESERVED:
        yield finding("name_taken", name)


def _record(declaration: Declaration, seen: set[str]) -> Iterator[Finding]:
    where, fields = declaration.record, declaration.by_name
    if not IDENTIFIER.fullmatch(where):
        yield finding("class_name", where)
    if declaration.table in seen:
        yield finding("two_registers", where)
    if not declaration.own:
        yield finding("no_fields", where)
    for name in (*declaration.title, *filter(None, (declaration.date,))):
        if name not in fields:
            yield finding("title_or_date", where, name=name)
    if declaration.date in fields and fields[declaration.date].kind.name != "date":
        yield finding("no_date", where, name=declaration.date)
    if declaration.label.it == declaration.label.en == where.replace("_", " ").capitalize():
        yield finding("no_wording", where)
    yield from _dated(declaration, where)
    for name in filter(None, (*declaration.masked, declaration.born)):
        if name not in fields:
            yield finding("masked_no_field", where, name=name)
    if declaration.masked and not declaration.born:
        yield finding("masked_without_born", where)
    if type(declaration.version) is not int or declaration.version < 1:
        yield finding("version", where)
    elif declaration.version == 1 and (declaration.was or declaration.renames):
        yield finding("was_without_version", where)
    yield from _fields(declaration, where, TAKEN)


def _dated(declaration: Declaration, where: str, record: Mapping[str, Field] = NOTHING) -> Iterator[Finding]:
    """What a declaration says of its appointments and deadlines; a row's deadlines may name fields of its record."""
    named = [(where, name) for name in (declaration.calendar.names if declaration.calendar else ())]
    for field in declaration.own:
        place = f"{where}.{field.name}"
        named += [(place, name) for deadline in field.deadlines for name in deadline.names]
        if field.deadlines and field.kind.name != "date":
            yield finding("deadline_no_date", place)
        if isinstance(field.kind, RowsKind):
            yield from _dated(field.kind.declaration, place, declaration.by_name)
    for place, name in named:
        head, dot, _ = name.partition(".")
        own = declaration.by_name.get(head) or record.get(head)
        if own is None or (dot and own.kind.name != "link"):
            yield finding("names_no_field", place, name=name)


def _fields(declaration: Declaration, where: str, taken: Container[str]) -> Iterator[Finding]:
    for field in declaration.own:
        place, kind, params = f"{where}.{field.name}", field.kind.name, field.kind.params
        if field.name in taken:
            yield finding("field_taken", place)
        if not IDENTIFIER.fullmatch(field.name):
            yield finding("field_name", place)
        if kind in ("choice", "choices") and not params.get("choices"):
            yield finding("no_choices", place)
        if isinstance(field.kind, ChoiceKind) and (word := next(field.kind.with_two_meanings(), "")):
            yield finding("two_meanings", place, name=word)
        if kind in ("link", "links") and "." not in str(params.get("to", "")):
            yield finding("no_target", place)
        if kind == "pseudonym" and not params.get("prefix"):
            yield finding("no_prefix", place)
        for name in field.was:
            if name in declaration.by_name:
                yield finding("was_present", place, name=name)
        if not field.declared:
            yield finding("no_privacy", place)
        if isinstance(field.kind, RowsKind):
            yield from _fields(field.kind.declaration, place, dir(Row))


def _indicator(count: Count, declarations: Sequence[Declaration]) -> Iterator[Finding]:
    declared = next((declaration for declaration in declarations if declaration.table == count.table), None)
    if declared is None:
        yield finding("count_of_nothing", count.name, name=count.table)
        return
    for name in filter(None, (count.by, count.distinct, count.total, *count.where)):
        if name not in declared.by_name:
            yield finding("count_names", count.name, name=name, table=count.table)
    by, total = (declared.by_name.get(name) for name in (count.by, count.total))
    if by and by.kind.name not in ("date", "moment"):
        yield finding("by_no_date", count.name, name=by.name)
    if total and total.kind.align != "right":
        yield finding("total_no_quantity", count.name, name=total.name)
    for name, wanted in count.where.items():
        kind = declared.by_name[name].kind if name in declared.by_name else None
        if kind and not all(_stored(kind, one) for one in (wanted if isinstance(wanted, (list, tuple)) else [wanted])):
            yield finding("where_not_stored", count.name, name=name, value=repr(wanted))


def _stored(kind: Kind, value: object) -> bool:
    """Whether a field of this kind can hold `value`, or a list that does."""
    if value is None:
        return True
    try:
        stored = kind.store(kind.read([value] if kind.name in ("choices", "links") else value))
    except (Invalid, TypeError):
        return False
    return bool(stored in (value, [value]))


def links_between(states: Sequence[PluginState]) -> dict[str, list[Finding]]:
    """Links to registers that no loaded plugin has, by plugin. A warning: the other plugin may be disabled or broken today."""
    tables = {declaration.table for state in states for declaration in state.records}
    found: dict[str, list[Finding]] = {}
    for state in states:
        for declaration in state.records:
            for field in declaration.links:
                target = field.kind.params["to"]
                if target not in tables:
                    place = f"{declaration.record}.{field.name}"
                    found.setdefault(state.name, []).append(finding("link_to_nothing", place, name=target))
    return found
