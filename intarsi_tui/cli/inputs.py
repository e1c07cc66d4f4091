"""What is typed after `--field`, or comes as JSON, on its way to the store."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..i18n import language, translator
from ..records.linked_kinds import RowsKind
from ..records.problems import Invalid
from ..records.typed import read_flag
from .errors import Failure
from .wording import Option

if TYPE_CHECKING:
    from click import Context, Parameter

    from ..host.office import Office
    from ..records.declaration import Declaration, Field

F = TypeVar("F", bound=Callable[..., Any])
_ = translator("cli")

# Options of `add` and `edit` themselves; a field of the same name is given as --field-NAME.
TAKEN = frozenset(("json", "confirm", "format", "output", "help"))
# Kinds that take several values: the option may be repeated. How the values are put together for their `read`.
SEVERAL = {"choices": ";", "links": ";", "rows": "\n"}

HINTS = {
    "date": "31/12/1984, 15/3, +7, today",
    "time": "9:30",
    "minutes": "1h30, 1:30, 90m",
    "euro": "1234.50",
    "int": "number",
    "flag": "yes or no",
    "tax_code": "tax code",
    "school_code": "school code",
    "school_year": "such as 2020/21",
    "municipality": "name or ISTAT code",
    "country": "name or ISO code",
    "language": "name or ISO code",
    "links": "number, key or title; may be repeated",
    "link": "number, key or title",
    "attachment": "a file",
    "attachments": "a file; may be repeated",
}
PRIVACY = {
    "public": "public",
    "internal": "internal",
    "personal": "personal data",
    "special": "special category of personal data",
}


def field_options(declaration: "Declaration") -> Callable[[F], F]:
    """An option for each field that a person fills in."""

    def decorate(function: F) -> F:
        for field in reversed(declaration.editable):
            several = field.kind.name in SEVERAL or field.kind.name == "attachments"
            parameter = Option(
                [option_name(field), f"field_{field.name}"],
                help=_help(field),
                multiple=several,
                metavar="VALUE",
                shell_complete=_codes(field),
            )
            function.__dict__.setdefault("__click_params__", []).append(parameter)
        return function

    return decorate


def _codes(field: "Field") -> "Callable[[Context, Parameter, str], list[str]]":
    """What a shell can suggest after the option."""
    codes: list[str] = list(field.kind.params.get("choices", ()))
    return lambda _ctx, _parameter, begun: [code for code in codes if code.startswith(begun)]


def option_name(field: "Field") -> str:
    """`lent_on` → `--lent-on`."""
    name = field.name.replace("_", "-")
    return f"--field-{name}" if name in TAKEN else f"--{name}"


def _help(field: "Field") -> str:
    lang = language()
    words = [field.label(lang) + (" *" if field.required else "")]
    if field.kind.name in ("choice", "choices"):
        # The code is what scripts write, the wording what people know; either can be typed.
        told = field.kind.params.get("choices", {}).items()
        words.append(" · ".join(f"{code} = {label[lang != 'it']}" for code, label in told))
    elif isinstance(field.kind, RowsKind):
        columns = " | ".join(column.label(lang) for column in field.kind.declaration.fields)
        words.append(_("a row; may be repeated: {columns}").format(columns=columns))
    elif field.kind.name in HINTS:
        words.append(_(HINTS[field.kind.name]))
    if field.privacy in ("personal", "special"):
        words.append(_(PRIVACY[field.privacy]))
    return f"{words[0]} ({'; '.join(words[1:])})" if words[1:] else words[0]


def typed_values(declaration: "Declaration", options: Mapping[str, Any]) -> dict[str, Any]:
    """The values that were given, by field name."""
    values: dict[str, Any] = {}
    for field in declaration.editable:
        given = options.get(f"field_{field.name}")
        if given is None or given == ():
            continue
        if isinstance(given, tuple):
            joined = SEVERAL.get(field.kind.name)
            # A file's name may hold a semicolon.
            given = "" if given == ("",) else joined.join(given) if joined else list(given)
        values[field.name] = given
    return values


def attachments_told(office: "Office", declaration: "Declaration", doc: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record for JSON: attached files as objects of name, hash and size."""
    from ..records.attached import has_files, told

    return told(declaration, doc, office.workspace.files.size) if has_files(declaration) else doc


def json_documents(source: str) -> tuple[list[dict[str, Any]], bool]:
    """The objects in a JSON file, or on standard input for `-`, and whether they came as an array.

    Raises:
        Failure: not JSON, or neither an object nor an array of objects.
    """
    name = _("standard input") if source == "-" else source
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8-sig")
        data = json.loads(text)
    except UnicodeDecodeError:
        raise Failure(_("{name}: not UTF-8 text: save it as UTF-8").format(name=name)) from None
    except ValueError as error:
        place = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else "?"
        raise Failure(_("{name}: not JSON at line:column {place}").format(name=name, place=place)) from None
    except RecursionError:
        raise Failure(_("{name}: nested too deep").format(name=name)) from None
    several = isinstance(data, list)
    documents = data if several else [data]
    if not all(isinstance(one, dict) for one in documents):
        raise Failure(_("{name}: an object, or an array of objects, is needed").format(name=name))
    return documents, several


def stdin_is_terminal() -> bool:
    """Whether somebody can be asked; not while the shell completes a command."""
    return sys.stdin.isatty() and "_INTARSI_COMPLETE" not in os.environ


def agreed(question: str) -> bool:
    """Asks somebody; an answer in either language counts, Enter means no. `click.confirm` knows "y" and not "sì"."""
    import click

    def answer(typed: str) -> bool:
        try:
            return read_flag(typed)
        except Invalid:
            raise click.UsageError(_("write yes or no")) from None

    said: bool = click.prompt(f"{question} [{_('y/N')}]", default="no", show_default=False, value_proc=answer, err=True)
    return said
