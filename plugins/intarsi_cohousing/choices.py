"""Code lists of cohousing."""

Choices = dict[str, tuple[str, str]]

OWNERSHIPS: Choices = {
    "municipal": ("Proprietà comunale", "Owned by the municipality"),
    "public_housing": ("ERP / ACER", "Public housing (ERP / ACER)"),
    "private": ("Privato locato", "Private, rented"),
    "third_sector": ("Ente del terzo settore", "Third-sector body"),
}

TITLES: Choices = {
    "lease": ("Locazione", "Lease"),
    "loan": ("Comodato", "Loan for use"),
    "concession": ("Concessione", "Concession"),
}

PAYERS: Choices = {
    "partner": ("Partner", "Partner"),
    "manager": ("Ente gestore", "Managing body"),
    "household": ("Nucleo", "Household"),
    "shared": ("Ripartite", "Shared"),
}

ROOM_USES: Choices = {
    "household": ("Di un nucleo", "Of one household"),
    "shared": ("Condivisa", "Shared"),
}

ENERGY_CLASSES: Choices = {code: (code, code) for code in ("A4", "A3", "A2", "A1", "B", "C", "D", "E", "F", "G")}

FURNITURE: Choices = {
    "furnished": ("Arredato", "Furnished"),
    "partly": ("Arredato in parte", "Partly furnished"),
    "none": ("Non arredato", "Unfurnished"),
}

# The three levels of DM 236/1989 on architectural barriers.
ACCESS: Choices = {
    "accessible": ("Accessibile", "Accessible"),
    "visitable": ("Visitabile", "Visitable"),
    "adaptable": ("Adattabile", "Adaptable"),
    "none": ("Non accessibile", "Not accessible"),
}

OUTAGE_REASONS: Choices = {
    "works": ("Lavori", "Works"),
    "damage": ("Guasto o danno", "Breakdown or damage"),
    "cleaning": ("Pulizia o disinfestazione", "Cleaning or pest control"),
    "health": ("Misure sanitarie", "Health measures"),
    "other": ("Altro", "Other"),
}

AGREEMENTS: Choices = {
    "pact": ("Patto di accoglienza", "Hospitality pact"),
    "hospitality": ("Contratto di ospitalità", "Hospitality contract"),
    "sublease": ("Sublocazione", "Sublease"),
    "loan": ("Comodato", "Loan for use"),
}

SHARES: Choices = {
    "rent": ("Canone", "Rent"),
    "utilities": ("Utenze", "Utilities"),
    "board": ("Vitto", "Board"),
}

EXIT_OUTCOMES: Choices = {
    "private_rent": ("Locazione privata autonoma", "Private rent of their own"),
    "public_housing": ("Alloggio ERP", "Public housing"),
    "family_friends": ("Ospitalità di amici o parenti", "With friends or relatives"),
    "other_project": ("Altro progetto", "Another project"),
    "reception": ("Rientro in accoglienza", "Back into reception"),
    "moved": ("Trasferimento in altra città", "Moved to another town"),
    "removed": ("Allontanamento", "Removed"),
    "no_solution": ("Fine progetto senza soluzione", "End of the project without a solution"),
}

# Where a household lives later: an end is not an accommodation, and not every household can be reached.
LATER: Choices = {
    **{code: label for code, label in EXIT_OUTCOMES.items() if code not in ("removed", "no_solution")},
    "precarious": ("Sistemazione precaria", "Precarious accommodation"),
    "unknown": ("Non rilevato", "Not known"),
}

CONTRIBUTIONS: Choices = {
    "rent": ("Affitto", "Rent"),
    "deposit": ("Caparra", "Deposit"),
    "furniture": ("Arredi", "Furniture"),
    "utilities": ("Utenze", "Utilities"),
    "own_share": ("Compartecipazione del nucleo", "The household's own share"),
    "refund": ("Restituzione", "Refund"),
    "other": ("Altro", "Other"),
}

DIRECTIONS: Choices = {
    "granted": ("Dal progetto al nucleo", "From the project to the household"),
    "received": ("Dal nucleo al progetto", "From the household to the project"),
}

GOODS: Choices = {
    "food": ("Alimenti", "Food"),
    "hygiene": ("Igiene e pulizia", "Hygiene and cleaning"),
    "baby": ("Prima infanzia", "For babies"),
    "clothing": ("Abbigliamento", "Clothing"),
    "household": ("Biancheria e casalinghi", "Linen and household goods"),
    "school": ("Materiale scolastico", "School supplies"),
    "vouchers": ("Buoni spesa", "Shopping vouchers"),
    "other": ("Altro", "Other"),
}

MEASURES: Choices = {
    "pieces": ("Pezzi", "Pieces"),
    "packs": ("Pacchi", "Packs"),
    "kg": ("Chilogrammi", "Kilograms"),
    "litres": ("Litri", "Litres"),
}

MEETING_STATES: Choices = {
    "planned": ("In programma", "Planned"),
    "held": ("Svolto", "Held"),
    "cancelled": ("Annullato", "Cancelled"),
}

TOPICS: Choices = {
    "contract": ("Contratto, diritti e doveri", "Contract, rights and duties"),
    "bills": ("Utenze e bollette", "Utilities and bills"),
    "energy": ("Risparmio energetico", "Saving energy"),
    "neighbours": ("Regolamento condominiale e vicinato", "House rules and neighbours"),
    "waste": ("Raccolta rifiuti", "Waste collection"),
    "upkeep": ("Pulizia e manutenzione", "Cleaning and upkeep"),
    "budget": ("Bilancio familiare", "Family budget"),
    "search": ("Ricerca casa e agenzie", "Looking for a home, agencies"),
    "safety": ("Sicurezza domestica", "Safety at home"),
    "conflict": ("Gestione dei conflitti", "Dealing with conflicts"),
}

MODES: Choices = {
    "group": ("Di gruppo", "In a group"),
    "individual": ("Individuale in alloggio", "Individual, in the flat"),
}

MEETING_OUTCOMES: Choices = {
    "completed": ("Concluso", "Completed"),
    "agreed": ("Accordo raggiunto", "Agreement reached"),
    "again": ("Da riprendere", "To be taken up again"),
    "referred": ("Rinvio ad altro servizio", "Sent to another service"),
}
