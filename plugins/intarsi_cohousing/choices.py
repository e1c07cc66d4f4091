"""Code lists of cohousing."""

from intarsi_tui import choice

Choices = dict[str, tuple[str, str]]

OWNERSHIPS: Choices = {
    "municipal": choice(
        "Proprietà comunale", "Owned by the municipality", also=("comune, comunale, del comune", "municipality")
    ),
    "public_housing": choice("ERP / ACER", "Public housing (ERP / ACER)", also=("ACER, casa popolare", "ACER")),
    "private": choice("Privato locato", "Private, rented", also=("proprietario privato, affitto", "")),
    "third_sector": choice(
        "Ente del terzo settore", "Third-sector body", also=("cooperativa, terzo settore, associazione, diocesi", "")
    ),
}

TITLES: Choices = {
    "lease": choice("Locazione", "Lease", also=("affitto, contratto di affitto", "rent, rental")),
    "loan": choice("Comodato", "Loan for use", also=("comodato d'uso, comodato d'uso gratuito", "free loan")),
    "concession": ("Concessione", "Concession"),
}

PAYERS: Choices = {
    "partner": ("Partner", "Partner"),
    "manager": choice("Ente gestore", "Managing body", also=("gestore, cooperativa", "")),
    "household": choice("Nucleo", "Household", also=("famiglia, ospiti, inquilini", "family")),
    "shared": choice("Ripartite", "Shared", also=("divise, in comune, condivise", "split")),
}

ROOM_USES: Choices = {
    "household": choice("Di un nucleo", "Of one household", also=("famiglia, un nucleo, singola", "family")),
    "shared": choice("Condivisa", "Shared", also=("comune, in comune, più nuclei", "common")),
}

ENERGY_CLASSES: Choices = {code: (code, code) for code in ("A4", "A3", "A2", "A1", "B", "C", "D", "E", "F", "G")}

FURNITURE: Choices = {
    "furnished": choice("Arredato", "Furnished", also=("sì, ammobiliato", "yes")),
    "partly": choice("Arredato in parte", "Partly furnished", also=("in parte, parziale", "")),
    "none": choice("Non arredato", "Unfurnished", also=("vuoto", "empty")),
}

# The three levels of DM 236/1989 on architectural barriers.
ACCESS: Choices = {
    "accessible": choice("Accessibile", "Accessible", also=("sì, senza barriere", "yes")),
    "visitable": ("Visitabile", "Visitable"),
    "adaptable": ("Adattabile", "Adaptable"),
    "none": choice("Non accessibile", "Not accessible", also=("con barriere", "")),
}

OUTAGE_REASONS: Choices = {
    "works": choice("Lavori", "Works", also=("manutenzione, ristrutturazione", "maintenance")),
    "damage": choice("Guasto o danno", "Breakdown or damage", also=("danno", "")),
    "cleaning": choice("Pulizia o disinfestazione", "Cleaning or pest control", also=("pulizie, disinfestazione", "")),
    "health": choice(
        "Misure sanitarie", "Health measures", also=("quarantena, isolamento, Covid", "quarantine, Covid")
    ),
    "other": ("Altro", "Other"),
}

AGREEMENTS: Choices = {
    "pact": ("Patto di accoglienza", "Hospitality pact"),
    "hospitality": choice("Contratto di ospitalità", "Hospitality contract", also=("ospitalità", "")),
    "sublease": choice("Sublocazione", "Sublease", also=("subaffitto", "sublet")),
    "loan": choice("Comodato", "Loan for use", also=("comodato d'uso", "free loan")),
}

SHARES: Choices = {
    "rent": choice("Canone", "Rent", also=("affitto, locazione", "lease")),
    "utilities": choice("Utenze", "Utilities", also=("bollette, spese", "bills")),
    "board": choice("Vitto", "Board", also=("pasti, cibo", "meals")),
}

EXIT_OUTCOMES: Choices = {
    "private_rent": choice(
        "Locazione privata autonoma", "Private rent of their own", also=("affitto, casa in affitto, autonomia", "rent")
    ),
    "public_housing": choice("Alloggio ERP", "Public housing", also=("ERP, casa popolare, ACER", "ERP")),
    "family_friends": choice(
        "Ospitalità di amici o parenti",
        "With friends or relatives",
        also=("amici, parenti, connazionali", "friends, relatives"),
    ),
    "other_project": choice("Altro progetto", "Another project", also=("altro progetto di accoglienza", "")),
    "reception": choice("Rientro in accoglienza", "Back into reception", also=("SAI, CAS, accoglienza", "")),
    "moved": choice(
        "Trasferimento in altra città", "Moved to another town", also=("trasferito, trasferita, trasferiti", "")
    ),
    "removed": choice("Allontanamento", "Removed", also=("allontanato, espulso", "expelled")),
    "no_solution": choice(
        "Fine progetto senza soluzione", "End of the project without a solution", also=("nessuna soluzione", "")
    ),
}

# Where a household lives later: an end is not an accommodation, and not every household can be reached.
LATER: Choices = {
    **{code: label for code, label in EXIT_OUTCOMES.items() if code not in ("removed", "no_solution")},
    "precarious": ("Sistemazione precaria", "Precarious accommodation"),
    "unknown": ("Non rilevato", "Not known"),
}

CONTRIBUTIONS: Choices = {
    "rent": choice("Affitto", "Rent", also=("canone, locazione, contributo affitto", "lease")),
    "deposit": choice("Caparra", "Deposit", also=("cauzione, deposito, deposito cauzionale", "bond")),
    "furniture": choice("Arredi", "Furniture", also=("mobili, arredamento, elettrodomestici", "appliances")),
    "utilities": choice("Utenze", "Utilities", also=("bollette, luce, gas, acqua", "bills")),
    "own_share": choice("Compartecipazione del nucleo", "The household's own share", also=("quota", "share")),
    "refund": choice("Restituzione", "Refund", also=("rimborso, restituzione caparra", "reimbursement")),
    "other": ("Altro", "Other"),
}

DIRECTIONS: Choices = {
    "granted": choice(
        "Dal progetto al nucleo", "From the project to the household", also=("erogato, dato, uscita", "given, paid out")
    ),
    "received": choice(
        "Dal nucleo al progetto", "From the household to the project", also=("ricevuto, incassato, entrata", "paid in")
    ),
}

GOODS: Choices = {
    "food": choice("Alimenti", "Food", also=("cibo, alimentari, spesa", "groceries")),
    "hygiene": choice("Igiene e pulizia", "Hygiene and cleaning", also=("detersivi", "")),
    "baby": choice("Prima infanzia", "For babies", also=("pannolini, neonati", "nappies")),
    "clothing": choice("Abbigliamento", "Clothing", also=("vestiti, abiti, scarpe", "clothes")),
    "household": choice("Biancheria e casalinghi", "Linen and household goods", also=("casalinghi, lenzuola", "")),
    "school": choice("Materiale scolastico", "School supplies", also=("scuola, libri", "books")),
    "vouchers": choice("Buoni spesa", "Shopping vouchers", also=("buono spesa", "")),
    "other": ("Altro", "Other"),
}

MEASURES: Choices = {
    "pieces": choice("Pezzi", "Pieces", also=("pz, pezzo, n.", "pcs")),
    "packs": choice("Pacchi", "Packs", also=("conf, confezioni, scatole", "boxes")),
    "kg": choice("Chilogrammi", "Kilograms", also=("chili", "kilos")),
    "litres": choice("Litri", "Litres", also=("litro", "")),
}

MEETING_STATES: Choices = {
    "planned": choice("In programma", "Planned", also=("programmato, previsto, da fare", "scheduled")),
    "held": choice("Svolto", "Held", also=("fatto, tenuto, concluso, sì", "done, yes")),
    "cancelled": choice("Annullato", "Cancelled", also=("saltato, rinviato, no", "called off")),
}

TOPICS: Choices = {
    "contract": choice(
        "Contratto, diritti e doveri", "Contract, rights and duties", also=("diritti, doveri, regole", "")
    ),
    "bills": choice("Utenze e bollette", "Utilities and bills", also=("bollette", "")),
    "energy": choice("Risparmio energetico", "Saving energy", also=("energia, consumi", "")),
    "neighbours": choice(
        "Regolamento condominiale e vicinato", "House rules and neighbours", also=("vicinato, condominio", "")
    ),
    "waste": choice("Raccolta rifiuti", "Waste collection", also=("rifiuti, raccolta differenziata", "")),
    "upkeep": choice("Pulizia e manutenzione", "Cleaning and upkeep", also=("pulizie, manutenzione", "")),
    "budget": choice("Bilancio familiare", "Family budget", also=("risparmio, spese", "")),
    "search": choice("Ricerca casa e agenzie", "Looking for a home, agencies", also=("agenzie", "house hunting")),
    "safety": ("Sicurezza domestica", "Safety at home"),
    "conflict": choice("Gestione dei conflitti", "Dealing with conflicts", also=("conflitti, litigi", "conflicts")),
}

MODES: Choices = {
    "group": choice("Di gruppo", "In a group", also=("gruppo, collettivo", "")),
    "individual": choice("Individuale in alloggio", "Individual, in the flat", also=("a domicilio, singolo", "")),
}

MEETING_OUTCOMES: Choices = {
    "completed": choice("Concluso", "Completed", also=("chiuso, positivo", "done")),
    "agreed": ("Accordo raggiunto", "Agreement reached"),
    "again": choice("Da riprendere", "To be taken up again", also=("da continuare", "to be continued")),
    "referred": choice("Rinvio ad altro servizio", "Sent to another service", also=("inviato", "")),
}
