"""The wordings of the structural rules, as in `messages`."""

REPAIR_IT = "Aprilo in Excel, lascia che lo ripari e salvalo."
REPAIR = "Open it in Excel, let it be repaired, and save it."

RULES: dict[str, tuple[str, str, str, str]] = {
    "lint_override": (
        "il tipo dichiarato di {target} non ha la sua parte",
        "the declared type of {target} has no part",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_untyped": ("la parte non ha un tipo dichiarato", "the part has no declared type", REPAIR_IT, REPAIR),
    "lint_target": (
        "il rimando a {target} non porta a niente",
        "the relationship to {target} leads nowhere",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_id_twice": (
        "l'identificatore {id} è usato due volte",
        "the identifier {id} is used twice",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_sheet_twice": ("due fogli si chiamano «{sheet}»", "two sheets are called “{sheet}”", REPAIR_IT, REPAIR),
    "lint_sheet_name": (
        "«{sheet}» non può essere il nome di un foglio",
        "“{sheet}” cannot be the name of a sheet",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_name_twice": ("il nome {name} è definito due volte", "the name {name} is defined twice", REPAIR_IT, REPAIR),
    "lint_name": (
        "il nome {name} indica celle che non ci sono ({text})",
        "the name {name} stands for cells that are not there ({text})",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_count": (
        "elementi dichiarati in {element}: {given}, trovati: {found}",
        "items declared in {element}: {given}, found: {found}",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_chain": (
        "la catena di calcolo nomina una cella senza formula",
        "the calculation chain names a cell without a formula",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_order": (
        "{element} sta dopo {before}, ma deve precederlo",
        "{element} stands after {before} but must come before it",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_merge": (
        "le celle unite si sovrappongono a {other}",
        "the merged cells overlap {other}",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_string": (
        "il testo condiviso numero {index} non c'è",
        "there is no shared string number {index}",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_style": (
        "il formato di cella numero {index} non c'è",
        "there is no cell format number {index}",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_value": (
        "«{value}» non è un valore del tipo dichiarato",
        "“{value}” is no value of the declared type",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_table_name": (
        "il nome della tabella {table} è già usato",
        "the table's name {table} is already used",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_table_overlap": ("la tabella si sovrappone a {other}", "the table overlaps {other}", REPAIR_IT, REPAIR),
    "lint_filter": (
        "il filtro della tabella {table} copre {given} invece di {wanted}",
        "the filter of table {table} covers {given} instead of {wanted}",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_column_twice": (
        "la tabella {table} ha due colonne «{column}»",
        "the table {table} has two columns “{column}”",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_header": (
        "la cella contiene «{text}», la colonna della tabella si chiama «{column}»",
        "the cell holds “{text}”, the table's column is called “{column}”",
        REPAIR_IT,
        REPAIR,
    ),
    "lint_totals": (
        "la riga dei totali della tabella {table} non corrisponde alla sua definizione",
        "the totals row of table {table} does not fit its definition",
        REPAIR_IT,
        REPAIR,
    ),
}
