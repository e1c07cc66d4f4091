"""Checks of a declaration. Each has a stable id, says where, and what to write instead. Errors make the plugin broken."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from types import MappingProxyType

from ..records.coded_kinds import ChoiceKind
from ..records.declaration import Declaration, Field
from ..records.kind import Kind
from ..records.labels import Label
from ..records.linked_kinds import RowsKind
from ..records.problems import Invalid
from ..records.record import Record, Row
from .discovery import RESERVED
from .states import Count, Finding, PluginState, Task

NOTHING: Mapping[str, Field] = MappingProxyType({})
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")

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
            yield Finding(
                "P003", count.name, Label("due indicatori con lo stesso nome", "two indicators with one name")
            )
        named.add(count.name)
    yield from _actions(declarations, tasks)


def _actions(declarations: Sequence[Declaration], tasks: Sequence[Task]) -> Iterator[Finding]:
    commands = [declaration.command for declaration in declarations]
    for task in tasks:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", task.name):
            yield Finding(
                "P015", task.name,
                Label("il nome di un'azione è di minuscole, cifre e trattini", "the name of an action is lower-case letters, digits and hyphens"),
            )  # fmt: skip
        if task.name in commands:
            yield Finding(
                "P003", task.name, Label("un registro o un'altra azione si chiama così", "a register or another action has this name")
            )  # fmt: skip
        commands.append(task.name)
        yield from _fields(task.asks, task.name, ())


def _names(name: str) -> Iterator[Finding]:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        yield Finding(
            "P001",
            name,
            Label(
                "il nome deve essere di minuscole, cifre e trattini",
                "the name must be lower-case letters, digits and hyphens",
            ),
        )
    if name in RESERVED:
        yield Finding(
            "P002",
            name,
            Label(
                "è il nome di un comando del programma: sceglierne un altro",
                "is the name of one of the program's commands: choose another",
            ),
        )


def _record(declaration: Declaration, seen: set[str]) -> Iterator[Finding]:
    where = declaration.record
    if not IDENTIFIER.fullmatch(where):
        yield Finding(
            "P007",
            where,
            Label(
                "il nome della classe deve essere di lettere inglesi e cifre",
                "the class's name must be English letters and digits",
            ),
        )
    if declaration.table in seen:
        yield Finding("P003", where, Label("due registri con lo stesso nome", "two registers with one name"))
    if not declaration.own:
        yield Finding("P004", where, Label("nessun campo", "no fields"))
    for name in (*declaration.title, *filter(None, (declaration.date,))):
        if name not in declaration.by_name:
            yield Finding(
                "P005",
                where,
                Label(
                    f"title/date nominano «{name}», che non è un campo",
                    f"title/date name “{name}”, which is not a field",
                ),
            )
    if (
        declaration.date
        and declaration.date in declaration.by_name
        and declaration.by_name[declaration.date].kind.name != "date"
    ):
        yield Finding(
            "P006",
            where,
            Label(f"date=«{declaration.date}» non è una data", f"date=“{declaration.date}” is not a date"),
        )
    if declaration.label.it == declaration.label.en == declaration.record.replace("_", " ").capitalize():
        yield Finding(
            "P101",
            where,
            Label("senza nome: aggiungere it= e en= alla classe", "no wording: add it= and en= to the class"),
            "warning",
        )
    yield from _dated(declaration, where)
    for name in filter(None, (*declaration.masked, declaration.born)):
        if name not in declaration.by_name:
            message = Label(
                f"masked= o born= nomina «{name}», che non è un campo",
                f"masked= or born= names “{name}”, which is not a field",
            )
            yield Finding("P020", where, message)
    if declaration.masked and not declaration.born:
        yield Finding(
            "P020",
            where,
            Label(
                "masked= senza born=: indicare il campo della data di nascita",
                "masked= without born=: name the field with the date of birth",
            ),
        )
    if type(declaration.version) is not int or declaration.version < 1:
        yield Finding("P018", where, Label("version non è un numero da 1 in su", "version is not a number from 1 on"))
    elif declaration.version == 1 and (declaration.was or declaration.renames):
        message = Label(
            "was= senza version=: la prima volta version=2, poi di più ogni volta",
            "was= without version=: version=2 the first time, then more each time",
        )
        yield Finding("P018", where, message)
    yield from _fields(declaration, where, TAKEN)


def _dated(declaration: Declaration, where: str, record: Mapping[str, Field] = NOTHING) -> Iterator[Finding]:
    """What a declaration says of its appointments and deadlines; a row's deadlines may name fields of its record."""
    named = [(where, name) for name in (declaration.calendar.names if declaration.calendar else ())]
    for field in declaration.own:
        place = f"{where}.{field.name}"
        named += [(place, name) for deadline in field.deadlines for name in deadline.names]
        if field.deadlines and field.kind.name != "date":
            yield Finding(
                "P017",
                place,
                Label("deadline= su un campo che non è una data", "deadline= on a field that is not a date"),
            )
        if isinstance(field.kind, RowsKind):
            yield from _dated(field.kind.declaration, place, declaration.by_name)
    for place, name in named:
        head, dot, _ = name.partition(".")
        own = declaration.by_name.get(head) or record.get(head)
        if own is None or (dot and own.kind.name != "link"):
            yield Finding(
                "P016", place, Label(f"nomina «{name}», che non è un campo", f"names “{name}”, which is not a field")
            )


def _fields(declaration: Declaration, where: str, taken: Container[str]) -> Iterator[Finding]:
    for field in declaration.own:
        place = f"{where}.{field.name}"
        if field.name in taken:
            yield Finding(
                "P013",
                place,
                Label(
                    "nome che ogni record ha già: sceglierne un altro",
                    "a name that every record has already: choose another",
                ),
            )
        if not IDENTIFIER.fullmatch(field.name):
            yield Finding(
                "P007",
                place,
                Label(
                    "il nome del campo deve essere di minuscole, cifre e _",
                    "the field's name must be lower-case letters, digits and _",
                ),
            )
        if field.kind.name in ("choice", "choices") and not field.kind.params.get("choices"):
            yield Finding(
                "P008",
                place,
                Label("elenco senza voci: aggiungere choices={…}", "a choice without choices: add choices={…}"),
            )
        if isinstance(field.kind, ChoiceKind) and (word := next(field.kind.with_two_meanings(), "")):
            yield Finding(
                "P104",
                place,
                Label(f"«{word}» vuol dire due voci dell'elenco", f"“{word}” means two of the choices"),
                "warning",
            )
        if field.kind.name in ("link", "links") and "." not in str(field.kind.params.get("to", "")):
            yield Finding(
                "P009",
                place,
                Label(
                    'collegamento senza destinazione: link("plugin.registro", …)',
                    'a link without a target: link("plugin.record", …)',
                ),
            )
        if field.kind.name == "pseudonym" and not field.kind.params.get("prefix"):
            yield Finding(
                "P010",
                place,
                Label('pseudonimo senza prefisso: prefix="D"', 'a pseudonym without a prefix: prefix="D"'),
            )
        for name in field.was:
            if name in declaration.by_name:
                message = Label(
                    f"was=«{name}» è il nome di un campo di adesso", f"was=“{name}” is the name of a present field"
                )
                yield Finding("P019", place, message)
        if not field.declared:
            yield Finding(
                "P102",
                place,
                Label(
                    "classe di riservatezza non dichiarata, vale «personal»: aggiungere privacy=",
                    "no privacy class declared, “personal” holds: add privacy=",
                ),
                "warning",
            )
        if isinstance(field.kind, RowsKind):
            yield from _fields(field.kind.declaration, place, dir(Row))


def _indicator(count: Count, declarations: Sequence[Declaration]) -> Iterator[Finding]:
    declared = next((declaration for declaration in declarations if declaration.table == count.table), None)
    if declared is None:
        yield Finding(
            "P011",
            count.name,
            Label(
                f"conta «{count.table}», che non è un registro del plugin",
                f"counts “{count.table}”, which is not a register of the plugin",
            ),
        )
        return
    for name in filter(None, (count.by, count.distinct, count.total, *count.where)):
        if name not in declared.by_name:
            yield Finding(
                "P012",
                count.name,
                Label(
                    f"nomina «{name}», che non è un campo di {count.table}",
                    f"names “{name}”, which is not a field of {count.table}",
                ),
            )
    by, total = (declared.by_name.get(name) for name in (count.by, count.total))
    if by and by.kind.name not in ("date", "moment"):
        yield Finding("P014", count.name, Label(f"by=«{by.name}» non è una data", f"by=“{by.name}” is not a date"))
    if total and total.kind.align != "right":
        message = Label(f"total=«{total.name}» non è una quantità", f"total=“{total.name}” is not a quantity")
        yield Finding("P014", count.name, message)
    for name, wanted in count.where.items():
        kind = declared.by_name[name].kind if name in declared.by_name else None
        if kind and not all(_stored(kind, one) for one in (wanted if isinstance(wanted, (list, tuple)) else [wanted])):
            message = Label(
                f"where: {name} = {wanted!r} non è un valore come viene conservato",
                f"where: {name} = {wanted!r} is not a value as it is stored",
            )
            yield Finding("P014", count.name, message)


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
                    message = Label(
                        f"collega a «{target}», che ora nessun plugin ha",
                        f"links to “{target}”, which no plugin has now",
                    )
                    found.setdefault(state.name, []).append(
                        Finding("P103", f"{declaration.record}.{field.name}", message, "warning")
                    )
    return found
