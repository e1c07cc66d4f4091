"""Both wordings of every problem that the kinds, the record base and the store can raise."""

from .labels import Label

# fmt: off - one wording a line
WORDINGS: dict[str, Label] = {
    code: Label(it, en)
    for code, it, en in (
        # presence and shape
        ("required", "Campo obbligatorio", "Required"),
        ("required_to_confirm", "Serve per confermare: va compilato prima", "Needed to confirm: fill it in first"),
        ("unknown_field", "Il campo «{value}» non esiste{hint}", "There is no field “{value}”{hint}"),
        (
            "read_only",
            "«{value}» lo assegna il programma: non si può scrivere",
            "“{value}” is given by the program: it cannot be written",
        ),
        (
            "kept_back",
            "I puntini stanno al posto di un nome coperto, non sono il nome: scriverlo, o lasciare il campo com'era",
            "The dots stand for a name that is kept back, they are not the name: write it, or leave the field as it was",
        ),
        ("invalid", "Valore non valido: «{value}»", "Not a valid value: “{value}”"),
        ("too_long", "Troppo lungo: al massimo {max} caratteri", "Too long: {max} characters at most"),
        (
            "control_characters",
            "Contiene caratteri di controllo: riscrivere il testo",
            "Contains control characters: type the text again",
        ),
        (
            "too_many_cells",
            "{value} celle, ma le intestazioni sono {max}: un testo con il separatore dentro va tra virgolette",
            "{value} cells, but there are {max} headings: a text with the separator in it goes into quotes",
        ),
        (
            "row_of_totals",
            "Sembra la riga dei totali e non un record: in tal caso lasciarla fuori",
            "This looks like the row of totals and not like a record: leave it out if so",
        ),
        (
            "totals_left_out",
            "Sembra la riga dei totali: esclusa",
            "This looks like the row of totals: left out",
        ),
        (
            "no_such_partner",
            "«{value}» non è un partner del progetto; ci sono: {choices}",
            "“{value}” is no partner of the project; there are: {choices}",
        ),
        ("one_line", "Deve stare su una riga", "Must be on one line"),
        # dates, times, quantities
        (
            "not_a_date",
            "«{value}» non è una data: scrivere 31/12/1984, 15/3, +7 oppure oggi",
            "“{value}” is not a date: write 31/12/1984, 15/3, +7 or today",
        ),
        (
            "no_such_day",
            "Il giorno «{value}» non esiste nel calendario",
            "The day “{value}” does not exist in the calendar",
        ),
        ("implausible_date", "{value}: anno fuori da 1900–2100", "{value}: the year is outside 1900–2100"),
        (
            "not_a_school_year",
            "«{value}» non è un anno scolastico: scrivere due anni di seguito, come 2020/21",
            "“{value}” is not a school year: write two years that follow each other, like 2020/21",
        ),
        (
            "not_an_email",
            "«{value}» non è un indirizzo e-mail: scrivere nome@dominio.it, uno solo",
            "“{value}” is not an e-mail address: write name@domain.it, only one",
        ),
        (
            "not_a_phone",
            "«{value}» non è un numero di telefono: scrivere 0541 123456 oppure +39 333 1234567",
            "“{value}” is not a telephone number: write 0541 123456 or +39 333 1234567",
        ),
        ("not_a_time", "«{value}» non è un'ora: scrivere 9:30 oppure 14", "“{value}” is not a time: write 9:30 or 14"),
        (
            "no_such_hour",
            "L'ora «{value}» non esiste: le ore vanno da 0 a 23, i minuti da 0 a 59",
            "There is no such hour as “{value}”: hours go from 0 to 23, minutes from 0 to 59",
        ),
        (
            "not_minutes",
            "«{value}» non è una durata: scrivere 1h30, 1:30, 1,5 oppure 90m",
            "“{value}” is not a duration: write 1h30, 1:30, 1.5 or 90m",
        ),
        (
            "not_whole_minutes",
            "«{value}» non dà minuti interi: scrivere 1h20 oppure 80m",
            "“{value}” is not a whole number of minutes: write 1h20 or 80m",
        ),
        ("not_a_number", "«{value}» non è un numero", "“{value}” is not a number"),
        ("not_a_whole_number", "«{value}» non è un numero intero", "“{value}” is not a whole number"),
        ("not_an_amount", "«{value}» non è un importo: scrivere 1234,50", "“{value}” is not an amount: write 1234.50"),
        ("too_many_decimals", "«{value}»: al massimo due decimali", "“{value}”: two decimals at most"),
        ("too_small", "Almeno {min}", "At least {min}"),
        ("too_large", "Al massimo {max}", "At most {max}"),
        ("not_a_flag", "«{value}»: scrivere sì oppure no", "“{value}”: write yes or no"),
        # lists and codes
        ("only_one", "Una voce sola, non un elenco: {value}", "One choice only, and not a list: {value}"),
        ("not_in_list", "«{value}» non è nell'elenco: {choices}", "“{value}” is not in the list: {choices}"),
        (
            "ambiguous_choice",
            "«{value}» può essere {choices}: scrivere di più",
            "“{value}” may be {choices}: type more",
        ),
        ("no_such_municipality", "Comune «{value}» non trovato{hint}", "Municipality “{value}” not found{hint}"),
        ("no_such_country", "Paese «{value}» non trovato{hint}", "Country “{value}” not found{hint}"),
        ("no_such_language", "Lingua «{value}» non trovata{hint}", "Language “{value}” not found{hint}"),
        (
            "not_a_tax_code",
            "«{value}» non è un codice fiscale (16 caratteri, 11 cifre se provvisorio), STP o ENI",
            "“{value}” is not a tax code (16 characters, 11 digits if provisional), STP or ENI",
        ),
        (
            "tax_code_check",
            "«{value}»: il carattere di controllo non torna: ricontrollare sul tesserino",
            "“{value}”: the check character does not match: compare with the card",
        ),
        (
            "tax_code_date",
            "«{value}»: la data di nascita nel codice non esiste",
            "“{value}”: the birth date in the code does not exist",
        ),
        (
            "not_a_school_code",
            "«{value}» non è un codice meccanografico: 10 caratteri, come RNIC80900A",
            "“{value}” is not a school code: 10 characters, like RNIC80900A",
        ),
        (
            "school_province",
            "«{value}»: la provincia del codice non è in Emilia-Romagna",
            "“{value}”: the code's province is not in Emilia-Romagna",
        ),
        (
            "not_rows",
            "Righe non leggibili: una riga per voce, colonne divise da |",
            "Rows not readable: one line each, columns divided by |",
        ),
        ("not_an_attachment", "«{value}»: file non trovato", "“{value}”: file not found"),
        # links and keys
        ("no_such_record", "«{value}» non c'è in {target}{hint}", "“{value}” is not in {target}{hint}"),
        (
            "ambiguous_record",
            "«{value}» può essere più di un record in {target}: scrivere numero o codice intero{hint}",
            "“{value}” may be several records of {target}: write the number or the whole code{hint}",
        ),
        (
            "void_record",
            "{value} di {target} è annullato: scegliere un record valido",
            "{value} of {target} is void: choose a valid record",
        ),
        ("not_unique", "«{value}» è già usato da un altro record", "“{value}” is already used by another record"),
        # states
        (
            "void_is_final",
            "Il record è annullato e non si modifica più: inserirne uno nuovo",
            "The record is void and changes no more: add a new one",
        ),
        (
            "sent_is_locked",
            "Il record è già stato trasmesso: annullarlo con un motivo e inserirne uno nuovo",
            "The record was already sent: void it with a reason and add a new one",
        ),
        (
            "not_a_draft",
            "Solo una bozza si può confermare: questo record è {state}",
            "Only a draft can be confirmed: this record is {state}",
        ),
        (
            "confirmed_not_removed",
            "Un record confermato è una prova e non si cancella: annullarlo con un motivo",
            "A confirmed record is evidence and is not deleted: void it with a reason",
        ),
        ("void_needs_reason", "Per annullare serve un motivo", "Voiding needs a reason"),
        (
            "not_erasable",
            "«{value}» non si cancella: serve a riconoscere il record e a verificare la storia",
            "“{value}” is not erased: it tells the record and lets the history be verified",
        ),
        (
            "erase_needs_reason",
            "Per cancellare serve un motivo, senza dati personali",
            "Erasing needs a reason, without personal data",
        ),
        (
            "nothing_to_erase",
            "Questi campi non hanno e non hanno mai avuto un valore, o è già cancellato",
            "These fields have and had no value, or it is erased already",
        ),
        (
            "erased_for_good",
            "L'ultima operazione ha cancellato dei dati e non si annulla: per annullarne una precedente indicarla (intarsi history)",
            "The last operation erased data and cannot be undone: to undo an earlier one name it (intarsi history)",
        ),
        (
            "in_use",
            "Vi fanno riferimento altri record ({count}): {value}. Controllarli: quel che era collegato non vale più",
            "Other records refer to it ({count}): {value}. Check them: what they are linked to holds no more",
        ),
        (
            "goes_on",
            "Non si può annullare: vi fanno riferimento record in corso o in programma ({count}): {value}. Prima concluderli, annullarli o collegarli ad altro",
            "It cannot be voided: records under way or planned refer to it ({count}): {value}. End them, void them or link them to another one first",
        ),
        (
            "linked_void",
            "Fa riferimento a un record annullato: {value}. Collegarne un altro, o annullare anche questo",
            "It refers to a record that is void: {value}. Link another, or void this one too",
        ),
        ("still_linked", "Altri record vi fanno riferimento: {value}", "Other records refer to it: {value}"),
        (
            "changed_meanwhile",
            "Il campo è stato cambiato da {who} nel frattempo: ora vale «{value}»",
            "The field was changed by {who} meanwhile: it is now “{value}”",
        ),
        (
            "upgraded_meanwhile",
            "Nel frattempo il programma ha dato ai dati la struttura di una nuova versione, e il campo ha preso un altro posto: correggere il record a mano",
            "Meanwhile the program gave the data the structure of a new version, and the field has another place: correct the record by hand",
        ),
        (
            "upgrade_stays",
            "L'aggiornamento della struttura non si annulla: quello che c'era prima è nel salvataggio «before-upgrade» (intarsi backup --list)",
            "The upgrade of the structure cannot be undone: what was before is in the backup “before-upgrade” (intarsi backup --list)",
        ),
        (
            "rule_failed",
            "Una regola del plugin non ha funzionato ({value}): avvisare chi lo cura",
            "A rule of the plugin did not work ({value}): tell whoever looks after it",
        ),
        ("not_storable", "Valore che non si può conservare: {value}", "A value that cannot be stored: {value}"),
    )
}
# fmt: on
