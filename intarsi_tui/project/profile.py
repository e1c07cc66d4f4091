"""The project's profile: who, what, when. Read from `intarsi.toml`; another project is another file, not other code."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..records.labels import Label
from .errors import ProjectError
from .periods import Period, quarter_of, read_period


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

    def end_on(self, day: date) -> date:
        """The end that was in force on `day`."""
        known = [act for act in self.dates if act.signed <= day]
        return (known or self.dates[:1])[-1].end

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


def read_profile(path: Path) -> Profile:
    """The profile in the TOML file `path`.

    Raises:
        ProjectError: the file is missing, is not TOML, or lacks or contradicts something; the sentence says what.
    """
    return profile_of(read_toml(path), path)


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dictionary. Raises ProjectError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ProjectError("no_such_file", path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError("bad_toml", path, detail=str(error)) from None
    except OSError as error:
        raise ProjectError("bad_profile", path, detail=error.strerror or str(error)) from None


def profile_of(data: dict[str, Any], path: Path) -> Profile:
    """The profile in already parsed TOML; `path` is only for messages. Raises ProjectError."""

    def need(table: dict[str, Any], key: str, where: str, kind: type) -> Any:
        if key not in table:
            raise ProjectError("missing_setting", path, detail=f"{where}.{key}")
        if not isinstance(table[key], kind):
            raise ProjectError("bad_profile", path, detail=f"{where}.{key}: {table[key]!r}")
        return table[key]

    project = need(data, "project", "", dict)
    code, cup = (need(project, key, "project", str) for key in ("code", "cup"))
    if not re.fullmatch(r"[A-Z0-9]{15}", cup):
        raise ProjectError("bad_profile", path, detail=f"project.cup: {cup!r} ≠ 15 caratteri/characters A-Z 0-9")
    partners = {}
    for row in need(data, "partners", "", list):
        partner = Partner(**{key: str(row.get(key, "")) for key in Partner.__dataclass_fields__})
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", partner.code) or partner.code in partners or not partner.name:
            raise ProjectError("bad_profile", path, detail=f"partners: {row!r}")
        partners[partner.code] = partner
    acts = []
    for row in need(data, "dates", "", list):
        start, end, signed = (need(row, key, "dates", date) for key in ("start", "end", "signed"))
        if end < start:
            raise ProjectError("bad_profile", path, detail=f"dates: {end} < {start}")
        acts.append(Act(Label(row.get("act_it", ""), row.get("act_en", "")), signed, start, end))
    if not acts:
        raise ProjectError("missing_setting", path, detail="dates")
    lead = need(project, "lead", "project", str)
    if lead not in partners:
        raise ProjectError("no_such_partner", value=lead, detail=", ".join(partners))
    plain = {key: str(project.get(key, "")) for key in ("fund", "acronym", "objective", "authority")}
    return Profile(
        code=code, cup=cup, lead=lead, partners=partners, dates=tuple(sorted(acts, key=lambda act: act.signed)),
        title=Label(project.get("it", code), project.get("en", project.get("it", code))),
        cofinancing=Label(project.get("cofinancing_it", ""), project.get("cofinancing_en", "")),
        settings=dict(data.get("settings", {})), **plain,
    )  # fmt: skip
