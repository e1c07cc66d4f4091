"""`field` and `link`: how a declaration says what a field is called, who may see it, and where it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from pydantic import Field as PydanticField
from pydantic_core import PydanticUndefined

from .dated import Deadline
from .labels import KnownAs, Label, both
from .privacy import CLASSES, Privacy

SPEC = "intarsi"
LIKENESS = ("name", "born", "code")


@dataclass
class Spec:
    """What a declaration said of one field; turned into a `declaration.Field` when its class is made."""

    label: Label | None = None
    help: Label | None = None
    section: Label | None = None
    required: str = ""
    privacy: Privacy | None = None
    in_list: int = False
    key: bool = False
    index: bool = False
    given: bool = False
    envelope: bool = False
    exported: bool = True
    was: tuple[str, ...] = ()
    params: dict[str, Any] = dataclass_field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()
    likeness: str = ""


def field(
    *,
    it: str,
    en: str,
    privacy: Privacy | None = None,
    default: Any = PydanticUndefined,
    in_list: int = False,
    to_confirm: bool = False,
    key: bool = False,
    index: bool = False,
    computed: bool = False,
    exported: bool = True,
    section: tuple[str, str] | None = None,
    help: tuple[str, str] | None = None,
    choices: Mapping[str, tuple[str, str]] | None = None,
    deadline: Deadline | Sequence[Deadline] = (),
    likeness: str = "",
    was: tuple[str, ...] = (),
    **params: Any,
) -> Any:
    """One field of a record.

    Parameters:
        it, en: its label in Italian and English.
        privacy: public, internal, personal or special; a field that declares none is personal.
        default: value of a new record's field; a field annotated `| None` starts empty without it.
        in_list: a column of the register's list, in order of declaration; a number is how wide it usually is.
        to_confirm: a draft may lack it (annotate `| None`), a confirmed record may not.
        key: unique in the register; records can be addressed by it.
        index: searched often; the store indexes it.
        computed: written by the record's `compute`, never by people.
        exported: False for what never leaves the office, whatever the audience.
        section: heading of the form section that starts here, Italian and English.
        help: a sentence for the person who fills it in, Italian and English.
        choices: for `Choice` and `Choices`: code → (Italian, English), or `choice(…)` with what else people write for it.
        deadline: what has to be done by this date, one `Deadline` or several.
        likeness: what it says of who is meant, for `intarsi duplicates`: `name` (or a part of one), `born`, `code`.
        was: what the field was called in older versions of the declaration, whose `version` was lower.
        params: settings of the kind: `max` and `min`, `to`, `placeholder`, `prefix`.

    Raises:
        ValueError: a privacy class or a likeness that does not exist.
        TypeError: a label, heading, help or choice that is not two texts.
    """
    if privacy is not None and privacy not in CLASSES:
        raise ValueError(f"privacy={privacy!r}: use one of {', '.join(CLASSES)}")
    if likeness not in ("", *LIKENESS):
        raise ValueError(f"likeness={likeness!r}: use one of {', '.join(LIKENESS)}")
    if choices is not None:
        if not isinstance(choices, Mapping) or not all(isinstance(code, str) for code in choices):
            raise TypeError('choices are texts with their labels: choices={"home": ("casa", "home")}')
        params["choices"] = {code: list(both(label)) for code, label in choices.items()}
        params["also"] = {code: list(one.also) for code, one in choices.items() if isinstance(one, KnownAs)} or None
    spec = Spec(
        both((it, en)), both(help) if help else None, both(section) if section else None, "confirm" if to_confirm else "",
        privacy, in_list, key, index, given=computed, exported=exported, was=several(was), params=params,
        deadlines=(deadline,) if isinstance(deadline, Deadline) else tuple(deadline), likeness=likeness,
    )  # fmt: skip
    return _pydantic(default, spec)


def link(to: str, *, it: str, en: str, **settings: Any) -> Any:
    """A field that refers to records of the table `to`, such as `registry.household`; annotate it `Link` or `Links`.

    A link is only an identifier, so it is `internal` unless declared otherwise. Other settings are those of `field`.
    """
    settings.setdefault("privacy", "internal")
    return field(it=it, en=en, to=to, **settings)


def envelope(it: str, en: str, *, given: bool = True, **settings: Any) -> Any:
    """A field that every record has."""
    spec = Spec(Label(it, en), privacy="internal", given=given, envelope=True)
    default = settings.pop("default", PydanticUndefined)
    for name, value in settings.items():
        setattr(spec, name, value)
    return _pydantic(default, spec)


def several(names: str | tuple[str, ...]) -> tuple[str, ...]:
    """`("name")` is no tuple, and means one all the same."""
    return (names,) if isinstance(names, str) else tuple(names)


def _pydantic(default: Any, spec: Spec) -> Any:
    if isinstance(default, (list, dict)):

        def made() -> (
            Any
        ):  # of a method of `dict` pydantic has to find out what it takes, at each wrong row of an import: 0.1 ms
            return default.copy()

        return PydanticField(default_factory=made, json_schema_extra={SPEC: spec})  # type: ignore[dict-item]
    return PydanticField(default=default, json_schema_extra={SPEC: spec})  # type: ignore[dict-item]
