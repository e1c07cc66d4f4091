"""Code lists of governance."""

from intarsi_tui import choice

Choices = dict[str, tuple[str, str]]

NETWORKS: Choices = {
    "steering": choice("Cabina di regia regionale", "Regional steering group", also=("", "steering group")),
    "territorial": choice("Tavolo territoriale", "Territorial table", also=("tavolo locale", "table")),
    "technical": choice("Comitato tecnico", "Technical committee", also=("comitato", "committee")),
    "pilot": ("Comitato di pilotaggio", "Pilot committee"),
    "partners": choice("Coordinamento dei partner", "Partners' coordination", also=("partenariato", "partnership")),
    "case_team": choice("Équipe caso", "Case team", also=("equipe multidisciplinare", "team")),
    "other": ("Altro", "Other"),
}

LEVELS: Choices = {
    "regional": choice("Regionale", "Regional", also=("regione", "")),
    "provincial": choice("Provinciale", "Provincial", also=("", "province")),
    "district": choice("Distrettuale", "District", also=("distretto", "")),
    "municipal": choice("Comunale", "Municipal", also=("comune, locale", "municipality, local")),
}

ACTIVATIONS: Choices = {
    "planned": choice("Da attivare", "To be activated", also=("no, prevista, da avviare", "no")),
    "active": choice("Attivata", "Activated", also=("avviata, sì", "yes")),
    "consolidated": ("Consolidata", "Consolidated"),
    "closed": choice("Cessata", "Closed", also=("chiusa, conclusa", "")),
}

JOINING_ACTS: Choices = {
    "protocol": ("Protocollo d'intesa", "Memorandum of understanding"),
    "agreement": ("Accordo", "Agreement"),
    "letter": choice("Lettera di adesione", "Letter of accession", also=("adesione", "")),
    "none": choice("Nessun atto", "No act", also=("nessuno", "")),
}

MEMBERSHIPS: Choices = {
    "invited": choice("Invitato", "Invited", also=("da invitare", "to be invited")),
    "active": choice("Aderente", "Member", also=("membro, sì, attivo", "yes")),
    "left": choice("Uscito", "Left", also=("recesso, cessato", "withdrawn")),
}

MODES: Choices = {
    "room": choice("In presenza", "In person", also=("presenza, in sede", "face to face")),
    "remote": choice("Da remoto", "Remote", also=("online, on line, videoconferenza, a distanza", "online")),
    "mixed": choice("Mista", "Mixed", also=("misto, ibrida", "hybrid")),
}

CAPACITIES: Choices = {
    "member": choice("Componente", "Member", also=("membro, titolare", "full member")),
    "deputy": choice("Supplente", "Deputy", also=("sostituto, delegato, vice", "substitute")),
    "guest": choice("Invitato", "Guest", also=("ospite, uditore", "observer")),
}

QUORUMS: Choices = {
    "none": ("Nessuno", "None"),
    "third": ("Un terzo", "A third"),
    "half": ("La metà", "Half"),
    "majority": ("Più della metà", "More than half"),
    "two_thirds": ("Due terzi", "Two thirds"),
    "all": ("Tutti", "All"),
}

DECISIONS: Choices = {
    "open": choice("Da attuare", "Open", also=("aperta, in corso, da fare", "to do")),
    "done": choice("Attuata", "Done", also=("fatta, conclusa, eseguita", "completed")),
    "dropped": choice("Abbandonata", "Dropped", also=("annullata, decaduta", "cancelled")),
}

VOTES: Choices = {
    "adopted": choice("Approvata", "Adopted", also=("sì, favorevole, passata", "yes, passed")),
    "rejected": choice("Respinta", "Rejected", also=("no, bocciata, contraria", "no")),
    "invalid": choice("Senza numero legale", "Without a quorum", also=("nulla, non valida", "no quorum")),
}

SIGNERS: Choices = {
    "chair": ("Presidente", "Chair"),
    "secretary": ("Verbalizzante", "Secretary"),
}

AGREEMENTS: Choices = {
    "protocol": choice("Protocollo d'intesa", "Memorandum of understanding", also=("intesa", "")),
    "agreement": ("Accordo di collaborazione", "Cooperation agreement"),
    "convention": ("Convenzione", "Convention"),
    "letter": choice("Lettera di adesione", "Letter of accession", also=("adesione", "")),
    "guidelines": choice(
        "Linee guida o regolamento adottato", "Guidelines or regulation adopted", also=("regolamento", "")
    ),
    "other": ("Altro", "Other"),
}

QUARTERS: Choices = {
    "q1": choice("1° trimestre", "1st quarter", also=("I trimestre, primo trimestre, gennaio-marzo", "first quarter")),
    "q2": choice(
        "2° trimestre", "2nd quarter", also=("II trimestre, secondo trimestre, aprile-giugno", "second quarter")
    ),
    "q3": choice(
        "3° trimestre", "3rd quarter", also=("III trimestre, terzo trimestre, luglio-settembre", "third quarter")
    ),
    "q4": choice(
        "4° trimestre", "4th quarter", also=("IV trimestre, quarto trimestre, ottobre-dicembre", "fourth quarter")
    ),
}

# Three parties, as the ministry's sheet tells them apart.
CAUSES: Choices = {
    "beneficiary": ("Beneficiario o partner", "Beneficiary or partners"),
    "others": ("Altri soggetti", "Other parties"),
    "context": ("Contesto", "Context"),
}
