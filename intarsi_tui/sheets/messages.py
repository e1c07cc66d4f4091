"""Every message of the engine: Italian, English, and what to do next in Italian and English."""

from .rule_messages import REPAIR, REPAIR_IT, RULES

_SAVE_IT = "Aprilo in Excel e salvalo di nuovo."
_SAVE = "Open it in Excel and save it again."

MESSAGES: dict[str, tuple[str, str, str, str]] = {
    # The file
    "missing_file": (
        "il file non c'è",
        "the file does not exist",
        "Controlla il nome e la cartella.",
        "Check the name and the folder.",
    ),
    "unreadable_file": (
        "il file non si può leggere ({reason})",
        "the file cannot be read ({reason})",
        "Chiudilo nel programma che lo tiene aperto e controlla i permessi.",
        "Close it in the program that holds it open and check the permissions.",
    ),
    "not_a_zip": (
        "non è un file Excel .xlsx o .xlsm",
        "this is not an Excel file .xlsx or .xlsm",
        "Aprilo con il programma che lo ha creato e salvalo come .xlsx.",
        "Open it with the program that made it and save it as .xlsx.",
    ),
    "truncated": (
        "il file è incompleto o danneggiato",
        "the file is cut off or damaged",
        "Scaricalo o fattelo mandare di nuovo.",
        "Download it again or ask for a new copy.",
    ),
    "not_a_workbook": (
        "il file non contiene una cartella di lavoro Excel",
        "the file holds no Excel workbook",
        "Serve un file .xlsx o .xlsm salvato da Excel o LibreOffice.",
        "An .xlsx or .xlsm file saved by Excel or LibreOffice is needed.",
    ),
    "encrypted": (
        "il file è protetto da una password di apertura",
        "the file is protected by a password for opening",
        "Aprilo in Excel, togli la password (File, Informazioni) e salvalo.",
        "Open it in Excel, remove the password (File, Info) and save it.",
    ),
    "encrypted_zip": (
        "il contenuto del file è cifrato",
        "the content of the file is encrypted",
        "Chiedi una copia senza cifratura.",
        "Ask for a copy without encryption.",
    ),
    "old_xls": (
        "è un vecchio file .xls (Excel 97-2003)",
        "this is an old .xls file (Excel 97-2003)",
        "Aprilo in Excel o LibreOffice e salvalo come .xlsx.",
        "Open it in Excel or LibreOffice and save it as .xlsx.",
    ),
    "binary_workbook": (
        "è una cartella di lavoro binaria .xlsb",
        "this is a binary workbook .xlsb",
        "Aprila in Excel e salvala come .xlsx.",
        "Open it in Excel and save it as .xlsx.",
    ),
    "duplicate_part": (
        "il file contiene due volte la parte {name}",
        "the file holds the part {name} twice",
        _SAVE_IT,
        _SAVE,
    ),
    "bad_compression": (
        "una parte è compressa in un modo che Excel non usa ({method})",
        "a part is compressed in a way that Excel does not use ({method})",
        _SAVE_IT,
        _SAVE,
    ),
    "damaged_part": (
        "una parte del file è danneggiata",
        "a part of the file is damaged",
        "Scaricalo o fattelo mandare di nuovo.",
        "Download it again or ask for a new copy.",
    ),
    "too_large": (
        "una parte del file, scompattata, supera il limite ({limit} MB) o è compressa in modo sospetto",
        "a part of the file, unpacked, passes the limit ({limit} MB) or is packed suspiciously tight",
        "Elimina le righe e le colonne vuote ma formattate, poi salva.",
        "Delete rows and columns that are empty but formatted, then save.",
    ),
    "too_many_elements": (
        "una parte del file ha più di {limit} elementi",
        "a part of the file has more than {limit} elements",
        "Elimina gli stili e le regole inutili, poi salva.",
        "Delete needless styles and rules, then save.",
    ),
    "missing_part": (
        "manca una parte del file",
        "a part of the file is missing",
        "Fattelo mandare di nuovo.",
        "Ask for a new copy.",
    ),
    "missing_sheet": (
        "manca il contenuto del foglio «{sheet}»",
        "the content of the sheet “{sheet}” is missing",
        "Fattelo mandare di nuovo.",
        "Ask for a new copy.",
    ),
    "outside_target": (
        "una parte rimanda fuori dal file ({target})",
        "a part points outside of the file ({target})",
        "Non aprirlo: chiedi a chi lo ha mandato.",
        "Do not open it: ask whoever sent it.",
    ),
    "doctype": (
        "il file contiene una dichiarazione DOCTYPE, che Excel non scrive mai",
        "the file holds a DOCTYPE declaration, which Excel never writes",
        "Non aprirlo: chiedi a chi lo ha mandato.",
        "Do not open it: ask whoever sent it.",
    ),
    "bad_encoding": (
        "la codifica dei caratteri {encoding} non è ammessa o non è rispettata",
        "the character encoding {encoding} is not allowed or not kept to",
        _SAVE_IT,
        _SAVE,
    ),
    "bad_xml": (
        "XML non valido alla riga {line}, colonna {column}",
        "invalid XML at line {line}, column {column}",
        REPAIR_IT,
        REPAIR,
    ),
    "bad_number": ("«{text}» non è un numero", "“{text}” is not a number", _SAVE_IT, _SAVE),
    "bad_reference": (
        "«{text}» non è un riferimento di celle",
        "“{text}” is not a cell reference",
        _SAVE_IT,
        _SAVE,
    ),
    "bad_table": (
        "la tabella {table} ha righe o colonne che non corrispondono al suo intervallo",
        "the table {table} has rows or columns that do not fit its range",
        REPAIR_IT,
        REPAIR,
    ),
    "no_sheet_data": (
        "il foglio non ha celle",
        "the sheet has no cells",
        "Fattelo mandare di nuovo.",
        "Ask for a new copy.",
    ),
    "bad_row_order": (
        "la riga {row} è fuori ordine o ripetuta",
        "row {row} is out of order or repeated",
        REPAIR_IT,
        REPAIR,
    ),
    "bad_cell": (
        "la cella è fuori ordine, ripetuta o incompleta",
        "the cell is out of order, repeated or incomplete",
        REPAIR_IT,
        REPAIR,
    ),
    # Places
    "place_not_found": (
        "«{place}» non c'è: nessuna cella, nome, tabella o segnaposto si chiama così",
        "“{place}” is not there: no cell, name, table or placeholder is called so",
        "`intarsi sheet inspect` elenca i nomi che il file ha.",
        "`intarsi sheet inspect` lists the names the file has.",
    ),
    "which_sheet": (
        "«{place}» non dice in quale foglio",
        "“{place}” does not say on which sheet",
        "Scrivi il foglio davanti, per esempio Foglio1!B3. Fogli: {sheets}.",
        "Put the sheet before it, as in Sheet1!B3. Sheets: {sheets}.",
    ),
    "unknown_sheet": (
        "il foglio «{sheet}» non c'è",
        "there is no sheet “{sheet}”",
        "Fogli: {sheets}.",
        "Sheets: {sheets}.",
    ),
    "cannot_copy": (
        "il foglio «{sheet}» contiene qualcosa che non si può copiare ({what})",
        "the sheet “{sheet}” holds something that cannot be copied ({what})",
        "Toglilo dal foglio del modello.",
        "Take it off the template's sheet.",
    ),
    "ambiguous_name": (
        "il nome {name} esiste in più fogli",
        "the name {name} exists on several sheets",
        "Scrivi il foglio davanti, per esempio Foglio1!{name}.",
        "Put the sheet before it, as in Sheet1!{name}.",
    ),
    "ambiguous_placeholder": (
        "il segnaposto {place} sta in più celle ({cells})",
        "the placeholder {place} stands in several cells ({cells})",
        "Lascialo solo nella prima cella del blocco.",
        "Leave it in the first cell of the block only.",
    ),
    "name_without_cells": (
        "il nome {name} non indica delle celle ma «{text}»",
        "the name {name} does not stand for cells but for “{text}”",
        "Correggilo in Excel: Formule, Gestione nomi.",
        "Correct it in Excel: Formulas, Name Manager.",
    ),
    "name_is_range": (
        "il nome {name} indica più celle ({range})",
        "the name {name} stands for several cells ({range})",
        "Per più righe usa un blocco, per una cella sola scrivi il suo indirizzo.",
        "Use a block for several rows, or the address of the one cell.",
    ),
    "header_not_found": (
        "nessuna intestazione «{header}» sopra {at}",
        "no header “{header}” above {at}",
        "Intestazioni trovate: {headers}.",
        "Headers found: {headers}.",
    ),
    "header_twice": (
        "l'intestazione «{header}» c'è più volte (colonne {cells})",
        "the header “{header}” is there more than once (columns {cells})",
        "Indica la colonna con la lettera.",
        "Give the column by its letter.",
    ),
    "column_twice": (
        "«{header}» indica la colonna {column}, già usata",
        "“{header}” means column {column}, which is already used",
        "Togli una delle due colonne.",
        "Remove one of the two columns.",
    ),
    # Writing
    "no_room": (
        "il modello non ha nessuna riga predisposta per il blocco",
        "the template has no row drawn for the block",
        "Aggiungi al blocco una riga vuota con i formati voluti.",
        "Add an empty row with the wanted formats to the block.",
    ),
    "too_many_rows": (
        "nel foglio «{sheet}» entrano al massimo {limit} righe del blocco",
        "the sheet “{sheet}” has room for at most {limit} rows of the block",
        "Dividi i dati in più file.",
        "Divide the data over several files.",
    ),
    "side_by_side": (
        "le righe nuove sotto la riga {row} spezzerebbero «{other}», che le sta accanto",
        "the new rows below row {row} would tear apart “{other}”, which stands beside it",
        "Metti i due blocchi uno sotto l'altro, o falli finire alla stessa riga.",
        "Put the two blocks one below the other, or let them end at the same row.",
    ),
    "row_length": (
        "riga {row} dei dati, valori: {given}, colonne: {wanted}",
        "row {row} of the data, values: {given}, columns: {wanted}",
        "Dai un valore per ogni colonna, vuoto dove manca.",
        "Give one value for each column, empty where there is none.",
    ),
    "formula_cell": (
        "la cella contiene una formula e non viene sovrascritta",
        "the cell holds a formula and is not overwritten",
        "Togli la cella o la colonna da quelle da compilare.",
        "Take the cell or column out of those to fill.",
    ),
    "covered_cell": (
        "la cella è coperta dalle celle unite {range}",
        "the cell is hidden by the merged cells {range}",
        "Scrivi nella prima cella di {range}.",
        "Write into the first cell of {range}.",
    ),
    "table_edge": (
        "la cella è un'intestazione o un totale della tabella {table}",
        "the cell is a header or a total of the table {table}",
        "Togli la cella da quelle da compilare.",
        "Take the cell out of those to fill.",
    ),
    "written_twice": (
        "la cella riceve due valori",
        "the cell is given two values",
        "Togli uno dei due: forse un blocco arriva fin qui.",
        "Remove one of the two: a block may reach this far.",
    ),
    "text_too_long": (
        "il testo ha {length} caratteri, una cella ne tiene {limit}",
        "the text has {length} characters, a cell holds {limit}",
        "Accorcia il testo.",
        "Shorten the text.",
    ),
    "time_zone": (
        "l'ora {value} ha un fuso orario, che una cella non può tenere",
        "the time {value} has a time zone, which a cell cannot hold",
        "Convertila in ora locale senza fuso.",
        "Convert it to local time without a zone.",
    ),
    "bad_value": (
        "un valore di tipo {type} non si può scrivere in una cella",
        "a value of type {type} cannot be written into a cell",
        "Usa testo, numeri, date, ore, durate o vero/falso.",
        "Use text, numbers, dates, times, durations or true/false.",
    ),
    "wrong_suffix": (
        "il file da scrivere deve finire in {wanted}, non in «{given}»",
        "the file to write must end in {wanted}, not in “{given}”",
        "Il tipo di file è quello del modello: non si cambia con il nome.",
        "The kind of file is the template's: a name does not change it.",
    ),
    "same_file": (
        "il file da scrivere è il modello stesso",
        "the file to write is the template itself",
        "Scegli un altro nome: il modello non si tocca.",
        "Choose another name: the template stays untouched.",
    ),
    "cannot_write": (
        "il file non si può scrivere ({reason})",
        "the file cannot be written ({reason})",
        "Chiudilo in Excel, controlla la cartella e lo spazio libero.",
        "Close it in Excel, check the folder and the free space.",
    ),
    "too_large_to_write": (
        "il risultato supera 4 GB",
        "the result passes 4 GB",
        "Dividi i dati in più file.",
        "Divide the data over several files.",
    ),
    "past_last_row": (
        "la riga {row} del foglio «{sheet}» finirebbe oltre l'ultima, {limit}",
        "row {row} of the sheet “{sheet}” would come to lie past the last one, {limit}",
        "Dividi i dati in più file.",
        "Divide the data over several files.",
    ),
    "sheets_differ": (
        "«{text}» riguarda più fogli, e le righe nuove li sposterebbero in modo diverso",
        "“{text}” means several sheets, and the new rows would move them differently",
        "Disegna nel modello abbastanza righe in ognuno di quei fogli, o sommali uno per uno.",
        "Draw enough rows on each of those sheets in the template, or add them up one by one.",
    ),
    # Reading
    "no_table": (
        "nessuna riga sembra un'intestazione",
        "no row looks like a header",
        "La prima riga dei dati deve avere un testo diverso per ogni colonna.",
        "The first row of the data must have a different text for each column.",
    ),
    # Worth a look
    "not_offered": (
        "«{value}» non è tra le voci della tendina: {choices}",
        "“{value}” is not among the dropdown's choices: {choices}",
        "Correggi il valore o l'elenco.",
        "Correct the value or the list.",
    ),
    "placeholder_left": (
        "il segnaposto non è stato compilato: «{text}»",
        "the placeholder was not filled: “{text}”",
        "Dai un valore al segnaposto o toglilo dal modello.",
        "Give the placeholder a value or remove it from the template.",
    ),
    "rich_text_lost": (
        "il testo con il segnaposto perde i caratteri misti (grassetto, colore)",
        "the text with the placeholder loses its mixed formatting (bold, colour)",
        "Metti il segnaposto in una cella sua.",
        "Put the placeholder into a cell of its own.",
    ),
    "signature_broken": (
        "la firma digitale del modello non vale più",
        "the template's digital signature is no longer valid",
        "Firma di nuovo il file compilato.",
        "Sign the filled file again.",
    ),
    **RULES,
}
