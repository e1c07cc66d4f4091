"""What an office can set, declared as a record is: the form of F9, `intarsi settings`, and the checks come from here.

Most of it stands in `intarsi.toml`; language and colours are a person's own (`person.py`).
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import person
from ..records.basic_kinds import FlagKind, IntKind, TextKind
from ..records.coded_kinds import ChoiceKind
from ..records.declaration import Declaration, Field
from ..records.kind import Kind
from ..records.labels import Label
from ..records.linked_kinds import RowsKind
from ..records.problems import Invalid, Problem, Rejected
from ..reference.identifiers import PLATES
from ..whole_file import rewritten
from .attachments import MOST_MB
from .errors import ProjectError
from .profile import profile_of, read_toml
from .where import SETTINGS
from .workspace import LOCK_MINUTES, Workspace

THEMES = {
    "intarsi-dark": Label("scuro", "dark"),
    "intarsi-light": Label("chiaro", "light"),
    "intarsi-contrast": Label("alto contrasto", "high contrast"),
}
NATURES = {
    "public": Label("ente pubblico", "public body"),
    "association": Label("associazione", "association"),
    "cooperative": Label("cooperativa", "cooperative"),
    "university": Label("università", "university"),
    "company": Label("impresa", "company"),
}


NO_PROVINCE = Label(
    "«{value}» non è una provincia: due lettere, come RN", "“{value}” is no province: two letters, such as RN"
)
NO_OFFICE = Label("In «{value}» non c'è un ufficio (intarsi.toml)", "There is no office in “{value}” (intarsi.toml)")


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        place: where it stands in the TOML: `workspace.lock_minutes`; `partner.` is the office's own entry of `[[partners]]`,
            `person.` the person's file.
        empty: what holds when it is not set.
    """

    field: Field
    place: str
    empty: Label


def _one(place: str, kind: Kind, label: tuple[str, str], help: tuple[str, str], **more: Any) -> Setting:
    section = Label(*more.pop("section")) if "section" in more else None
    name, empty = more.pop("name", place.rpartition(".")[2]), more.pop("empty", ("", ""))
    return Setting(
        Field(name, kind, Label(*label), Label(*help), section, privacy="internal", **more), place, Label(*empty)
    )


_USER = Declaration("", Label("Persona", "Person"), Label("Persone", "People"), (
    Field("login", TextKind(max=80), Label("Nome utente", "System name"), Label("Come la conosce il computer", "As the computer knows them"), required="save", privacy="internal"),
    Field("name", TextKind(max=80), Label("Nome", "Name"), Label("Come si chiama", "What they are called"), required="save", privacy="internal"),
))  # fmt: skip

ALL = (
    _one("person.language", ChoiceKind(choices={"it": ("italiano", "Italian"), "en": ("inglese", "English")}), ("Lingua", "Language"),
         ("Vale dal prossimo avvio", "Holds from the next start"), empty=("del computer", "the computer's")),
    _one("person.theme", ChoiceKind(choices=THEMES), ("Colori", "Colours"), ("Valgono subito", "They hold at once"), empty=("scuro", "dark")),
    _one("person.office", TextKind(max=1000), ("Ufficio all'avvio", "Office at the start"),
         ("La cartella che «intarsi» apre dove non ce n'è un'altra", "The folder that “intarsi” opens where there is no other"), empty=("nessuno", "none")),
    _one("partner.name", TextKind(), ("Denominazione", "Name"), ("Come compare nei report", "As reports have it"),
         name="partner_name", required="save", section=("Ufficio", "Office")),
    _one("partner.nature", ChoiceKind(choices=NATURES), ("Natura", "Nature"), ("Che ente è", "What kind of body it is"), name="partner_nature", empty=("nessuna", "none")),
    _one("partner.town", TextKind(max=80), ("Comune", "Town"), ("Sede dell'ufficio", "Seat of the office"), name="partner_town", empty=("nessuno", "none")),
    _one("partner.province", TextKind(max=2), ("Provincia", "Province"), ("Sigla, come RN", "Two letters, such as RN"), name="partner_province", empty=("nessuna", "none")),
    _one("users", RowsKind(row=_USER), ("Persone", "People"), ("Il nome da mostrare per ogni utente del computer", "The name to show for each user of the computer")),
    _one("workspace.lock_minutes", IntKind(min=0, max=24 * 60), ("Blocco dopo (minuti)", "Locks after (minutes)"),
         ("Solo se l'ufficio è cifrato; 0 mai", "Of an encrypted office; 0 never"), empty=(f"{LOCK_MINUTES}", f"{LOCK_MINUTES}")),
    _one("workspace.attachment_mb", IntKind(min=1, max=10_000), ("Allegati fino a (MB)", "Files up to (MB)"),
         ("Oltre, un file non si allega", "A larger file is not attached"), empty=(f"{MOST_MB}", f"{MOST_MB}")),
    _one("settings.eligibility_months", IntKind(min=0, max=600), ("Mesi dall'uscita", "Months since exit"),
         ("Dall'uscita dall'accoglienza alla presa in carico", "From the exit of reception to the take-in"), section=("Regole del progetto", "Rules of the project"), empty=("18", "18")),
    _one("settings.attendance_threshold", IntKind(min=0, max=100), ("Soglia di frequenza (%)", "Attendance threshold (%)"),
         ("Ore previste da frequentare per l'attestato", "Planned hours to attend for a certificate"), empty=("80", "80")),
    _one("settings.request_notice_days", IntKind(min=0, max=366), ("Preavviso scuole (giorni)", "Notice to schools (days)"),
         ("Giorni di preavviso di una richiesta", "Days of notice of a request"), empty=("15", "15")),
    _one("settings.absence_days", IntKind(min=0, max=366), ("Assenza oltre (giorni)", "Absence beyond (days)"),
         ("Da un alloggio: oltre questi giorni si segnala", "From a flat: to be reported when it is longer"), empty=("15", "15")),
    _one("settings.mediator_weekly_hours", IntKind(min=1, max=168), ("Ore settimanali mediatori", "Weekly hours of mediators"),
         ("Oltre, serve un motivo", "Above, a reason is asked for"), empty=("nessun limite", "no limit")),
    _one("settings.publicity_exceptions", FlagKind(), ("Eccezioni di pubblicità", "Publicity exceptions"),
         ("Pubblicare con un motivo, senza tutta la lista di controllo", "Publish with a reason, without the whole checklist"), empty=("no", "no")),
)  # fmt: skip

_PLACES = {one.field.name: one.place for one in ALL}
EMPTY = {one.field.name: one.empty for one in ALL}


def declaration(workspace: Workspace | None) -> Declaration:
    """The settings as the form generator takes them; without an office only the person's."""
    fields = tuple(one.field for one in ALL if workspace or one.place.startswith("person."))
    return Declaration("settings", Label("Persona", "Person"), Label("Impostazioni", "Settings"), fields)


def values(workspace: Workspace | None) -> dict[str, Any]:
    """What is set, by name, as it would be stored in a record.

    Raises:
        ProjectError: `intarsi.toml` cannot be read.
    """
    found: dict[str, Any] = {}
    own = person.read()
    tables = _tables(workspace.settings) if workspace else {}
    for name, place in _PLACES.items():
        head, _dot, key = place.rpartition(".")
        value = (own if head == "person" else tables.get(head, {})).get(key)
        if place == "users":
            value = [{"login": login, "name": str(said)} for login, said in tables.get("users", {}).items()]
        if value not in (None, ""):
            found[name] = value
    if workspace:
        found.setdefault("lock_minutes", LOCK_MINUTES)
    return found


def save(workspace: Workspace | None, changes: Mapping[str, Any]) -> None:
    """Checks what was typed and writes it; comments and everything else in the files stay.

    Parameters:
        changes: by name, as typed or as stored; `None` takes a setting out.

    Raises:
        Rejected: the problems, each with the name of its setting; nothing is written.
        ProjectError, OSError: a file cannot be read or written.
    """
    known = {field.name: field for field in declaration(workspace).fields}
    problems: list[Problem] = []
    stored: dict[str, Any] = {}
    for name, raw in changes.items():
        if raw in (None, "", []):
            stored[name] = None
            problems += [Problem("required", name)] if known[name].required else []
            continue
        try:
            stored[name] = known[name].kind.store(known[name].kind.read(raw))
            if name == "partner_province":
                stored[name] = stored[name].upper()
        except Invalid as invalid:
            problems.append(Problem(invalid.code, name, invalid.params))
    problems += _wrong(stored)
    if problems:
        raise Rejected(problems)
    own = {_PLACES[name].rpartition(".")[2]: one for name, one in stored.items() if _PLACES[name].startswith("person.")}
    rest = {name: one for name, one in stored.items() if not _PLACES[name].startswith("person.")}
    if workspace and rest:
        rewrite(workspace.path / SETTINGS, lambda settings: _change(settings, rest))
    if own:
        try:
            person.keep(**own)
        except ValueError as error:
            raise ProjectError("bad_toml", person.place(), detail=str(error)) from None


def _wrong(stored: Mapping[str, Any]) -> list[Problem]:
    """What no field can know by itself."""
    found = _wrong_users(stored.get("users"))
    if (province := stored.get("partner_province")) and province not in PLATES:
        found.append(Problem("setting", "partner_province", {"value": province}, NO_PROVINCE))
    if (office := stored.get("office")) and not (Path(office).expanduser() / SETTINGS).is_file():
        found.append(Problem("setting", "office", {"value": office}, NO_OFFICE))
    return found


def _wrong_users(users: list[dict[str, Any]] | None) -> list[Problem]:
    logins = [row.get("login") for row in users or ()]
    for row in users or ():
        if not row.get("login") or not row.get("name"):
            return [Problem("required", "users")]
        if logins.count(row["login"]) > 1:
            words = Label("«{login}» c'è due volte", "“{login}” is there twice")
            return [Problem("twice", "users", {"login": row["login"]}, words)]
    return []


def rewrite(path: Path, change: Callable[[Any], None]) -> None:
    """Has `change` edit the TOML at `path` and leaves the rest of the file as a person wrote it.

    Raises:
        ProjectError: the file is no TOML, or what would be written is no profile.
        OSError: the file cannot be written; it is as it was.
    """
    import tomlkit

    read_toml(path)  # says in our words what is wrong with it
    settings = tomlkit.parse(path.read_text("utf-8-sig"))
    change(settings)
    text = tomlkit.dumps(settings)
    profile_of(tomllib.loads(text), path)
    rewritten(path, text)


def _tables(settings: Any) -> dict[str, Any]:
    """The tables that settings stand in, by the first part of their place."""
    own = settings.get("workspace", {})
    partner: dict[str, Any] = next(
        (one for one in settings.get("partners", []) if one.get("code") == own.get("partner")), {}
    )
    return {
        "": settings, "workspace": own, "partner": partner, "settings": settings.get("settings", {}),
        "users": settings.get("users", {}),
    }  # fmt: skip


def _change(settings: Any, stored: Mapping[str, Any]) -> None:
    import tomlkit

    for name in ("workspace", "settings"):
        settings.setdefault(name, tomlkit.table())
    tables = _tables(settings)
    for name, value in stored.items():
        head, _dot, key = _PLACES[name].rpartition(".")
        if name == "users":
            _set_users(settings, {row["login"]: row["name"] for row in value or ()})
        elif value is None:
            tables[head].pop(key, None)
        else:
            tables[head][key] = value


def _set_users(settings: Any, users: dict[str, str]) -> None:
    import tomlkit

    table = settings.setdefault("users", tomlkit.table())
    for login in [one for one in table if one not in users]:
        del table[login]
    table.update(users)
