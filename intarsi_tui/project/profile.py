"""The project's profile: who, what, when. Read from `intarsi.toml`; another project is another file, not other code."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..records.labels import Label
from .errors import ProjectError
from .periods import Period, quarter_of, read_period

ENDED = Label(
    "Il progetto è finito il {end}: date successive rifiutate o con avviso.",
    "The project ended on {end}: later dates are refused, or warned of.",
)
NOT_BEGUN = Label(
    "Il progetto comincia il {start}: date precedenti rifiutate o con avviso.",
    "The project begins on {start}: earlier dates are refused, or warned of.",
)
COUNTS = Label(
    "Ogni record conta nel periodo della sua data; le cifre di oggi sono del {period}.",
    "Each record counts in the period of its date; the figures of today are of {period}.",
)


@dataclass(frozen=True)
class Partner:
    """An organisation of the project."""

    code: str
    name: str
    nature: str = ""
    province: str = ""
    town: str = ""


@dataclass(frozen=True)
class Act:
    """The agreement, or a change of it: since `signed` the project runs from `start` to `end`."""

    label: Label
    signed: date
    start: date
    end: date


@dataclass(frozen=True)
class Profile:
    """A project.

    Attributes:
        dates: the agreement and its changes, oldest first.
        settings: numbers and choices that rules ask for, such as `eligibility_months`.
    """

    code: str
    cup: str
    title: Label
    fund: str
    lead: str
    dates: tuple[Act, ...]
    partners: dict[str, Partner]
    acronym: str = ""
    objective: str = ""
    authority: str = ""
    cofinancing: Label = field(default=Label("", ""))
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def start(self) -> date:
        return self.dates[-1].start

    @property
    def end(self) -> date:
        """The end in force after all changes."""
        return self.dates[-1].end

    def partner(self, code: str) -> Partner:
        """The partner of this code.

        Raises:
            ProjectError: `no_such_partner`, listing the codes.
        """
        if code not in self.partners:
            raise ProjectError("no_such_partner", value=code, detail=", ".join(self.partners))
        return self.partners[code]

    def period(self, typed: str) -> Period:
        """A period as typed; `project` (or `progetto`) is the whole project.

        Raises:
            ProjectError: `no_such_period`.
        """
        if typed.strip().lower() in ("project", "progetto"):
            return Period(self.start, self.end, "project")
        return read_period(typed)

    def current_period(self, day: date) -> Period:
        """The quarter of `day`, kept inside the project: before it the first one, after it the last."""
        return quarter_of(min(max(day, self.start), self.end))

    def outside(self, day: date, lang: str) -> tuple[str, str]:
        """On a day before or after the project: what that means for dates, and for figures. "" twice on any other."""
        if self.start <= day <= self.end:
            return "", ""
        told = (ENDED if day > self.end else NOT_BEGUN)(lang)
        return (
            told.format(start=f"{self.start:%d/%m/%Y}", end=f"{self.end:%d/%m/%Y}"),
            COUNTS(lang).format(period=self.current_period(day).label(lang)),
        )


def read_profile(path: Path) -> Profile:
    """The profile in the TOML file `path`.

    Raises:
        ProjectError: the file is missing, is not TOML, or lacks or contradicts something; the sentence says what.
    """
    return profile_of(read_toml(path), path)


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dictionary. Raises ProjectError."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))  # Windows' Notepad may put a mark in front
    except FileNotFoundError:
        raise ProjectError("no_such_file", path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError("bad_toml", path, detail=str(error)) from None
    except OSError as error:
        raise ProjectError("bad_profile", path, detail=error.strerror or str(error)) from None


EXAMPLES = {str: '"…"', int: "50", date: "2020-01-31", dict: "[{key}]", list: "[[{key}]]"}


def setting(table: Any, where: str, kind: type, path: Path, default: Any = None) -> Any:
    """The setting at the end of `where`, such as `project.cup`, in its TOML table.

    Parameters:
        kind: str, int, date, dict or list (of tables).
        default: what holds when it is missing; without one it must be there.

    Raises:
        ProjectError: `missing_setting`, or `bad_setting` with an example of what to write.
    """
    key = where.rpartition(".")[2]
    value = table.get(key, default)
    if value is None or (value == "" and default is None):
        raise ProjectError("missing_setting", path, detail=where)
    right = isinstance(value, kind) and not isinstance(value, (datetime, bool))
    if not right or (kind is list and not all(isinstance(one, dict) for one in value)):
        example = EXAMPLES[kind].format(key=key)
        written = example if kind in (dict, list) else f"{key} = {example}"
        raise ProjectError("bad_setting", path, value=f"{where} = {value!r}", detail=written)
    return value


def profile_of(data: dict[str, Any], path: Path) -> Profile:
    """The profile in already parsed TOML; `path` is only for messages. Raises ProjectError."""
    project = setting(data, "project", dict, path)

    def text(key: str, default: str | None = "") -> str:
        return str(setting(project, f"project.{key}", str, path, default))

    code, cup, lead = (text(key, None) for key in ("code", "cup", "lead"))
    if not re.fullmatch(r"[A-Z0-9]{15}", cup):
        raise ProjectError("bad_profile", path, detail=f"project.cup: {cup!r} ≠ 15 caratteri/characters A-Z 0-9")
    partners = {}
    for row in setting(data, "partners", list, path):
        partner = Partner(**{key: str(row.get(key, "")) for key in Partner.__dataclass_fields__})
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", partner.code) or partner.code in partners or not partner.name:
            wanted = 'code = "…" (a-z 0-9 -, una volta sola / once), name = "…"'
            raise ProjectError("bad_setting", path, value=f"partners: {row}", detail=wanted)
        partners[partner.code] = partner
    acts = []
    for row in setting(data, "dates", list, path):
        start, end, signed = (setting(row, f"dates.{key}", date, path) for key in ("start", "end", "signed"))
        if end < start:
            raise ProjectError("bad_profile", path, detail=f"dates: {end} < {start}")
        label = Label(*(setting(row, f"dates.{key}", str, path, "") for key in ("act_it", "act_en")))
        acts.append(Act(label, signed, start, end))
    if not acts:
        raise ProjectError("missing_setting", path, detail="dates")
    if lead not in partners:
        raise ProjectError("no_such_partner", value=lead, detail=", ".join(partners))
    return Profile(
        code=code, cup=cup, lead=lead, partners=partners, dates=tuple(sorted(acts, key=lambda act: act.signed)),
        title=Label(text("it", code), text("en", text("it", code))),
        cofinancing=Label(text("cofinancing_it"), text("cofinancing_en")),
        fund=text("fund"), acronym=text("acronym"), objective=text("objective"), authority=text("authority"),
        settings=setting(data, "settings", dict, path, {}),
    )  # fmt: skip
