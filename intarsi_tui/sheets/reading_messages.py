"""The wordings of what reading finds wrong, as in `messages`."""

READING: dict[str, tuple[str, str, str, str]] = {
    "no_table": (
        "nessuna riga sembra un'intestazione",
        "no row looks like a header",
        "La prima riga dei dati deve avere un testo diverso per ogni colonna.",
        "The first row of the data must have a different text for each column.",
    ),
    "bad_range": (
        "«{text}» non è un rettangolo di celle",
        "“{text}” is not a rectangle of cells",
        "Scrivilo come A5:H20, o A5:H fino all'ultima riga.",
        "Write it like A5:H20, or A5:H down to the last row.",
    ),
    "no_header_row": (
        "nella riga {row} non c'è nessuna intestazione",
        "there is no header in row {row}",
        "Indica il numero della riga con le intestazioni, o una di loro.",
        "Give the number of the row with the headers, or one of them.",
    ),
    "no_such_header": (
        "nessuna cella del foglio è «{header}»",
        "no cell of the sheet is “{header}”",
        "Scrivi l'intestazione come sta nel foglio, o il numero della sua riga.",
        "Write the header as it stands on the sheet, or the number of its row.",
    ),
    "other_header": (
        "qui ci vuole l'intestazione «{header}», e c'è «{found}»",
        "the header “{header}” belongs here, and there is “{found}”",
        "Rimetti le intestazioni e le colonne come nel modello: altrimenti un valore finirebbe nel campo sbagliato.",
        "Put headers and columns back as in the template: else a value would land in the wrong field.",
    ),
}
