"""What can be wrong with a plugin's declarations: the id under which the plugin guide explains it, and the sentence."""

from typing import Literal

from ..records.labels import Label
from .states import Finding

WORDINGS = {
    "plugin_name": ("P001", "il nome deve essere di minuscole, cifre e trattini", "the name must be lower-case letters, digits and hyphens"),
    "name_taken": ("P002", "è il nome di un comando del programma: sceglierne un altro", "is the name of one of the program's commands: choose another"),
    "two_registers": ("P003", "due registri con lo stesso nome", "two registers with one name"),
    "two_indicators": ("P003", "due indicatori con lo stesso nome", "two indicators with one name"),
    "two_commands": ("P003", "un registro o un'altra azione si chiama così", "a register or another action has this name"),
    "no_fields": ("P004", "nessun campo", "no fields"),
    "title_or_date": ("P005", "title/date nominano «{name}», che non è un campo", "title/date name “{name}”, which is not a field"),
    "no_date": ("P006", "date=«{name}» non è una data", "date=“{name}” is not a date"),
    "class_name": ("P007", "il nome della classe deve essere di lettere inglesi e cifre", "the class's name must be English letters and digits"),
    "field_name": ("P007", "il nome del campo deve essere di minuscole, cifre e _", "the field's name must be lower-case letters, digits and _"),
    "no_choices": ("P008", "elenco senza voci: aggiungere choices={{…}}", "a choice without choices: add choices={{…}}"),
    "no_target": ("P009", 'collegamento senza destinazione: link("plugin.registro", …)', 'a link without a target: link("plugin.record", …)'),
    "no_prefix": ("P010", 'pseudonimo senza prefisso: prefix="D"', 'a pseudonym without a prefix: prefix="D"'),
    "count_of_nothing": ("P011", "conta «{name}», che non è un registro del plugin", "counts “{name}”, which is not a register of the plugin"),
    "count_names": ("P012", "nomina «{name}», che non è un campo di {table}", "names “{name}”, which is not a field of {table}"),
    "field_taken": ("P013", "nome che ogni record ha già: sceglierne un altro", "a name that every record has already: choose another"),
    "by_no_date": ("P014", "by=«{name}» non è una data", "by=“{name}” is not a date"),
    "total_no_quantity": ("P014", "total=«{name}» non è una quantità", "total=“{name}” is not a quantity"),
    "where_not_stored": ("P014", "where: {name} = {value} non è un valore come viene conservato", "where: {name} = {value} is not a value as it is stored"),
    "action_name": ("P015", "il nome di un'azione è di minuscole, cifre e trattini", "the name of an action is lower-case letters, digits and hyphens"),
    "names_no_field": ("P016", "nomina «{name}», che non è un campo", "names “{name}”, which is not a field"),
    "deadline_no_date": ("P017", "deadline= su un campo che non è una data", "deadline= on a field that is not a date"),
    "version": ("P018", "version non è un numero da 1 in su", "version is not a number from 1 on"),
    "was_without_version": ("P018", "was= senza version=: la prima volta version=2, poi di più ogni volta", "was= without version=: version=2 the first time, then more each time"),
    "was_present": ("P019", "was=«{name}» è il nome di un campo di adesso", "was=“{name}” is the name of a present field"),
    "masked_no_field": ("P020", "masked= o born= nomina «{name}», che non è un campo", "masked= or born= names “{name}”, which is not a field"),
    "masked_without_born": ("P020", "masked= senza born=: indicare il campo della data di nascita", "masked= without born=: name the field with the date of birth"),
    "screen_name": ("P021", "il nome di una schermata o scheda è di minuscole, cifre e trattini", "the name of a screen or card is lower-case letters, digits and hyphens"),
    "two_screens": ("P021", "due schermate o due schede con lo stesso nome", "two screens or two cards of one name"),
    "screen_of_nothing": ("P022", "record=«{name}» non è un registro del plugin", "record=“{name}” is not a register of the plugin"),
    "of_one_of_nothing": ("P022", "of_one= senza record=: di quale registro?", "of_one= without record=: of which register?"),
    "no_wording": ("P101", "senza nome: aggiungere it= e en= alla classe", "no wording: add it= and en= to the class"),
    "no_privacy": ("P102", "classe di riservatezza non dichiarata, vale «personal»: aggiungere privacy=", "no privacy class declared, “personal” holds: add privacy="),
    "link_to_nothing": ("P103", "collega a «{name}», che ora nessun plugin ha", "links to “{name}”, which no plugin has now"),
    "two_meanings": ("P104", "«{name}» vuol dire due voci dell'elenco", "“{name}” means two of the choices"),
    "asks_nobody": ("P105", "chiede «{name}», un registro che nessun plugin ha{near}", "asks for “{name}”, a register that no plugin has{near}"),
    "asks_no_field": ("P105", "«{name}» non è un campo di {table}", "“{name}” is not a field of {table}"),
}  # fmt: skip


def finding(code: str, where: str, **params: object) -> Finding:
    """The finding `code` at `where`; ids that begin with P1 are warnings."""
    id, *sentences = WORDINGS[code]
    severity: Literal["error", "warning"] = "warning" if id.startswith("P1") else "error"
    return Finding(id, where, Label(*(one.format(**params) for one in sentences)), severity)
