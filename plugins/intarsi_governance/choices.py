"""Code lists of governance."""

Choices = dict[str, tuple[str, str]]

NETWORKS: Choices = {
    "steering": ("Cabina di regia regionale", "Regional steering group"),
    "territorial": ("Tavolo territoriale", "Territorial table"),
    "technical": ("Comitato tecnico", "Technical committee"),
    "pilot": ("Comitato di pilotaggio", "Pilot committee"),
    "partners": ("Coordinamento dei partner", "Partners' coordination"),
    "case_team": ("Équipe caso", "Case team"),
    "other": ("Altro", "Other"),
}

LEVELS: Choices = {
    "regional": ("Regionale", "Regional"),
    "provincial": ("Provinciale", "Provincial"),
    "district": ("Distrettuale", "District"),
    "municipal": ("Comunale", "Municipal"),
}

ACTIVATIONS: Choices = {
    "planned": ("Da attivare", "To be activated"),
    "active": ("Attivata", "Activated"),
    "consolidated": ("Consolidata", "Consolidated"),
    "closed": ("Cessata", "Closed"),
}

JOINING_ACTS: Choices = {
    "protocol": ("Protocollo d'intesa", "Memorandum of understanding"),
    "agreement": ("Accordo", "Agreement"),
    "letter": ("Lettera di adesione", "Letter of accession"),
    "none": ("Nessun atto", "No act"),
}

MEMBERSHIPS: Choices = {
    "invited": ("Invitato", "Invited"),
    "active": ("Aderente", "Member"),
    "left": ("Uscito", "Left"),
}

MODES: Choices = {
    "room": ("In presenza", "In person"),
    "remote": ("Da remoto", "Remote"),
    "mixed": ("Mista", "Mixed"),
}

CAPACITIES: Choices = {
    "member": ("Componente", "Member"),
    "deputy": ("Supplente", "Deputy"),
    "guest": ("Invitato", "Guest"),
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
    "open": ("Da attuare", "Open"),
    "done": ("Attuata", "Done"),
    "dropped": ("Abbandonata", "Dropped"),
}

VOTES: Choices = {
    "adopted": ("Approvata", "Adopted"),
    "rejected": ("Respinta", "Rejected"),
    "invalid": ("Senza numero legale", "Without a quorum"),
}

SIGNERS: Choices = {
    "chair": ("Presidente", "Chair"),
    "secretary": ("Verbalizzante", "Secretary"),
}

AGREEMENTS: Choices = {
    "protocol": ("Protocollo d'intesa", "Memorandum of understanding"),
    "agreement": ("Accordo di collaborazione", "Cooperation agreement"),
    "convention": ("Convenzione", "Convention"),
    "letter": ("Lettera di adesione", "Letter of accession"),
    "guidelines": ("Linee guida o regolamento adottato", "Guidelines or regulation adopted"),
    "other": ("Altro", "Other"),
}

QUARTERS: Choices = {
    "q1": ("1° trimestre", "1st quarter"),
    "q2": ("2° trimestre", "2nd quarter"),
    "q3": ("3° trimestre", "3rd quarter"),
    "q4": ("4° trimestre", "4th quarter"),
}

# Three parties, as the ministry's sheet tells them apart.
CAUSES: Choices = {
    "beneficiary": ("Beneficiario o partner", "Beneficiary or partners"),
    "others": ("Altri soggetti", "Other parties"),
    "context": ("Contesto", "Context"),
}
