"""Code lists of the registry. Permit types and circuits come from the reference tables, which an office may extend."""

from intarsi_tui import choice
from intarsi_tui.reference import tables

Choices = dict[str, tuple[str, str]]


def of_table(table: tables.Table) -> Choices:
    """A reference table as the choices of a field."""

    def also(entry: tables.Entry) -> str:  # a former name may be a choice of its own: SPRAR is not SAI
        return ",".join(word for word in entry.extra.get("also", "").split("|") if word not in table)

    return {entry.code: choice(entry.it, entry.en, also=(also(entry), "")) for entry in table.values()}


PERMITS = of_table(tables.permit_types())
CIRCUITS = of_table(tables.circuit_names())

NATURES: Choices = {
    "public": choice(
        "Ente pubblico",
        "Public body",
        also=("comune, unione di comuni, provincia, regione, ASP, azienda pubblica", "municipality"),
    ),
    "third_sector": choice(
        "Ente del terzo settore",
        "Third-sector body",
        also=(
            "cooperativa, coop, cooperativa sociale, associazione, ONLUS, ODV, APS, ETS, fondazione, consorzio",
            "cooperative, association, charity, foundation",
        ),
    ),
    "school": choice("Scuola", "School", also=("istituto, istituto comprensivo, IC, CPIA", "institute")),
    "health": choice("Azienda sanitaria", "Health authority", also=("AUSL, ASL, ospedale, azienda USL", "hospital")),
    "prefecture": ("Prefettura", "Prefecture"),
    "police": choice("Questura", "Police headquarters", also=("commissariato, polizia", "")),
    "company": choice("Impresa", "Company", also=("ditta, azienda, società, SRL, SPA", "firm, business")),
    "other": ("Altro", "Other"),
}

SCHOOL_LEVELS: Choices = {
    "nursery": choice("Nido e servizi 0–3", "Nursery, 0–3", also=("asilo nido", "creche")),
    "infant": choice(
        "Scuola dell'infanzia", "Pre-school, 3–6", also=("infanzia, materna, scuola materna, asilo", "kindergarten")
    ),
    "primary": choice("Primaria", "Primary", also=("elementare, elementari, scuola primaria", "elementary")),
    "lower_secondary": choice(
        "Secondaria di primo grado",
        "Lower secondary",
        also=("media, medie, scuola media, secondaria I grado, secondaria 1° grado", "middle school"),
    ),
    "upper_secondary": choice(
        "Secondaria di secondo grado",
        "Upper secondary",
        also=(
            "superiore, superiori, scuola superiore, scuole superiori, liceo, istituto tecnico, istituto professionale, secondaria II grado, "
            "secondaria 2° grado",
            "high school",
        ),
    ),
    "comprehensive": choice("Istituto comprensivo", "Comprehensive institute", also=("comprensivo, IC", "")),
    "adults": choice("CPIA", "Adult education centre", also=("adulti, scuola per adulti", "")),
}

# On whose side of the public/private model a body stands; schools and others may be on either.
SIDES = {
    "public": "public",
    "health": "public",
    "prefecture": "public",
    "police": "public",
    "third_sector": "private",
    "company": "private",
}

SECTORS: Choices = {
    "public": choice("Pubblico", "Public", also=("ente pubblico, pubblica", "public body")),
    "private": choice("Privato", "Private", also=("privato sociale, privata, terzo settore", "third sector")),
    "volunteer": choice("Volontariato", "Voluntary", also=("volontario", "volunteers")),
}

FIELDS: Choices = {
    "social": choice("Sociale", "Social services", also=("servizi sociali, assistente sociale", "social worker")),
    "health": choice("Sanitario", "Health", also=("salute, medico", "healthcare")),
    "school": choice("Scuola", "School", also=("istruzione, educazione", "education")),
    "reception": ("Accoglienza", "Reception"),
    "civil_registry": choice("Anagrafe", "Civil registry", also=("servizi demografici", "registry office")),
    "employment": choice("Lavoro", "Employment", also=("centro per l'impiego, CPI, occupazione", "work, job centre")),
    "other": ("Altro", "Other"),
}

GENDERS: Choices = {
    "F": choice("Femmina", "Female", also=("donna, donne, ragazza, bambina", "woman, girl")),
    "M": choice("Maschio", "Male", also=("uomo, uomini, ragazzo, bambino", "man, boy")),
    "X": choice(
        "Altro / non dichiarato",
        "Other / not stated",
        also=("non dichiarato, ND, non binario", "not stated, non-binary"),
    ),
}

HOUSEHOLD_TYPES: Choices = {
    "two_parents": choice("Biparentale", "Two parents", also=("due genitori, coppia, coppia con figli", "couple")),
    "mother": choice(
        "Monoparentale, madre",
        "Single parent, mother",
        also=("monoparentale femminile, madre sola, solo madre, mamma", "single mother"),
    ),
    "father": choice(
        "Monoparentale, padre",
        "Single parent, father",
        also=("monoparentale maschile, padre solo, solo padre, papà", "single father"),
    ),
    "extended": choice("Allargato", "Extended", also=("famiglia allargata, plurinucleare", "extended family")),
}

ROLES: Choices = {
    "contact": choice(
        "Referente del nucleo",
        "Contact person of the household",
        also=("capofamiglia, intestatario, intestatario scheda, richiedente", "head of household, head"),
    ),
    "parent": choice(
        "Genitore",
        "Parent",
        also=(
            "madre, padre, mamma, papà, moglie, marito, coniuge, convivente",
            "mother, father, wife, husband, spouse, partner",
        ),
    ),
    "child": choice("Figlio/a", "Child", also=("figlia, bambino, bambina, minore", "son, daughter")),
    "other": choice(
        "Altro",
        "Other",
        also=(
            "nonno, nonna, zio, zia, fratello, sorella, cugino, cugina, parente",
            "grandparent, relative, brother, sister",
        ),
    ),
}

CHANNELS: Choices = {
    "social_services": choice(
        "Servizio sociale",
        "Social services",
        also=("servizi sociali, assistente sociale, SSP, comune", "social worker"),
    ),
    "cas": ("CAS", "CAS reception centre"),
    "sai": choice(
        "SAI (già SPRAR, SIPROIMI)", "SAI reception centre (formerly SPRAR, SIPROIMI)", also=("SPRAR, SIPROIMI", "")
    ),
    "school": ("Scuola", "School"),
    "health": choice(
        "Azienda sanitaria", "Health authority", also=("AUSL, ASL, consultorio, sanità", "health services")
    ),
    "third_sector": choice(
        "Terzo settore", "Third sector", also=("associazione, cooperativa, Caritas", "association, charity")
    ),
    "self": choice(
        "Autosegnalazione",
        "Self-referral",
        also=("spontaneo, accesso spontaneo, accesso diretto, la famiglia", "walk-in"),
    ),
}

REFERRALS: Choices = {
    "pending": choice("In valutazione", "Being assessed", also=("da valutare, in attesa di valutazione, nuova", "new")),
    "taken_in": choice("Presa in carico", "Taken in", also=("accolta, in carico, sì, ammessa", "accepted")),
    "waiting": choice("Lista d'attesa", "Waiting list", also=("in lista d'attesa, in attesa", "")),
    "unsuitable": choice("Non idonea", "Not suitable", also=("respinta, non ammessa, rifiutata", "refused")),
    "redirected": choice(
        "Rinvio ad altro servizio", "Sent to another service", also=("inviata ad altro servizio, rinviata", "")
    ),
}
# What is decided, with a date; a family on the waiting list still waits for that.
DECIDED = ("taken_in", "unsuitable", "redirected")

AREAS: Choices = {
    "housing": choice("Casa", "Housing", also=("abitare, alloggio, abitazione", "home")),
    "work": choice("Lavoro e reddito", "Work and income", also=("reddito, occupazione, formazione lavoro", "job")),
    "health": choice("Salute", "Health", also=("sanità", "")),
    "school": choice("Scuola e minori", "School and children", also=("istruzione, minori", "education")),
    "parenting": choice("Genitorialità", "Parenting", also=("sostegno alla genitorialità", "parents")),
    "papers": choice(
        "Documenti e tutela legale",
        "Papers and legal protection",
        also=("legale, tutela legale, permesso di soggiorno", "documents, legal"),
    ),
    "language": choice("Lingua", "Language", also=("italiano, lingua italiana", "Italian")),
    "network": choice("Rete sociale", "Social network", also=("socializzazione", "")),
}

PROGRESS: Choices = {
    "open": choice("In corso", "Under way", also=("aperto, in attuazione", "")),
    "reached": choice("Raggiunto", "Reached", also=("sì, conseguito", "achieved, yes")),
    "partly": choice("Raggiunto in parte", "Partly reached", also=("parziale, in parte, parzialmente", "partial")),
    "missed": choice("Non raggiunto", "Not reached", also=("fallito", "")),
    "dropped": choice("Abbandonato", "Dropped", also=("sospeso, annullato", "cancelled")),
}

SIGNATORIES: Choices = {
    "family": ("Famiglia", "Family"),
    "public": ("Servizio pubblico", "Public service"),
    "private": ("Ente privato", "Private body"),
}

CLOSINGS: Choices = {
    "autonomy": choice("Autonomia", "Autonomy", also=("uscita in autonomia", "independent")),
    "moved": choice("Trasferimento", "Moved away", also=("trasferiti, trasferito, trasferita", "")),
    "reunited": ("Riunito a un altro nucleo", "Reunited with another household"),
    "unreachable": choice("Irreperibile", "Unreachable", also=("irreperibili", "not found")),
    "withdrew": choice("Rinuncia", "Withdrew", also=("rinunciato, ritiro", "withdrawn")),
    "requirements": choice("Perdita dei requisiti", "Requirements lost", also=("decaduti, requisiti persi", "")),
    "project_end": choice(
        "Fine progetto", "End of the project", also=("termine del progetto, conclusione del progetto", "project ended")
    ),
    "other": ("Altro", "Other"),
}

BENEFITS: Choices = {
    "yes": ("Sì, è stato utile", "Yes, it helped"),
    "partly": choice("In parte", "In part", also=("parziale, parzialmente", "")),
    "no": ("No", "No"),
    "unasked": choice("Non rilevato", "Not asked", also=("non chiesto, ND", "unknown")),
}

EXIT_CHECKS: Choices = {
    "within": ("Entro il termine", "Within the limit"),
    "over": ("Oltre il termine", "Over the limit"),
    "in_reception": ("Ancora in accoglienza", "Still in reception"),
    "unknown": ("Da verificare", "To be checked"),
}

BIRTH_DATES: Choices = {
    "documented": choice(
        "Da documento",
        "From a document",
        also=("documento, certa, effettiva, passaporto, permesso, accertata, documentata", "certain"),
    ),
    "declared": choice("Dichiarata", "As declared", also=("dichiarazione, autodichiarata, riferita", "stated")),
    "presumed": choice(
        "Presunta (1° gennaio)",
        "Presumed (1 January)",
        also=(
            "stimata, attribuita, solo anno, solo l'anno, approssimativa, incerta",
            "estimated, year only, approximate",
        ),
    ),
}

AGE_BANDS: Choices = {
    "0-17": ("0–17 anni", "0–17 years"),
    "18-60": ("18–60 anni", "18–60 years"),
    "61+": ("61 anni e oltre", "61 years and over"),
}

TAX_CODES: Choices = {
    "cf": choice("Codice fiscale", "Tax code", also=("C.F., definitivo", "fiscal code")),
    "provisional": choice(
        "Codice fiscale provvisorio", "Provisional tax code", also=("provvisorio, CF provvisorio", "")
    ),
    "stp": ("STP", "STP"),
    "eni": ("ENI", "ENI"),
}

PERMIT_STATES: Choices = {
    "valid": choice("Rilasciato", "Issued", also=("valido, in corso di validità, attivo", "")),
    "renewal": choice("In fase di rinnovo", "Being renewed", also=("in rinnovo, rinnovo, rinnovo richiesto", "")),
    "first_issue": choice(
        "In fase di rilascio del primo permesso",
        "First permit being issued",
        also=("primo rilascio, in rilascio, in attesa di rilascio, ricevuta", "receipt"),
    ),
    "revoked": choice("Revocato o rifiutato", "Revoked or refused", also=("rifiutato, negato", "refused")),
}

EXIT_REASONS: Choices = {
    "term": choice("Scadenza dei termini", "End of the term", also=("fine accoglienza, termine", "expired")),
    "completed": choice(
        "Conclusione del percorso", "Path completed", also=("fine percorso, percorso concluso, concluso", "finished")
    ),
    "voluntary": choice("Uscita volontaria", "Left of own will", also=("volontaria, rinuncia, abbandono", "")),
    "removed": choice("Allontanamento o revoca", "Removed or revoked", also=("allontanato, revoca", "")),
    "transfer": choice("Trasferimento", "Transfer", also=("trasferito, trasferita", "transferred")),
    "return": choice("Rimpatrio volontario", "Voluntary return", also=("rimpatriato", "returned")),
    "other": ("Altro", "Other"),
}

ITALIAN_LEVELS: Choices = {
    **{level: (level, level) for level in ("A0", "A1", "A2", "B1", "B2", "C1", "C2")},
    "unknown": ("Non rilevato", "Not assessed"),
}

EDUCATION: Choices = {
    "none": choice("Nessun titolo", "None", also=("nessuno, analfabeta, non scolarizzato", "no schooling")),
    "primary": choice(
        "Licenza elementare", "Primary", also=("elementare, elementari, scuola primaria, primaria", "primary school")
    ),
    "lower_secondary": choice(
        "Licenza media", "Lower secondary", also=("media, medie, terza media, scuola media", "middle school")
    ),
    "upper_secondary": choice(
        "Diploma",
        "Upper secondary",
        also=("superiore, superiori, scuola superiore, scuole superiori, maturità, liceo", "high school"),
    ),
    "tertiary": choice("Titolo universitario", "Tertiary", also=("laurea, università", "degree, university")),
    "unknown": choice("Non rilevato", "Not known", also=("ND, non noto, sconosciuto", "")),
}

OCCUPATIONS: Choices = {
    "employed": choice("Occupato/a", "Employed", also=("occupata, lavora, lavoratore, lavoratrice", "works, working")),
    "unemployed": choice(
        "In cerca di lavoro",
        "Looking for work",
        also=("disoccupato, disoccupata, cerca lavoro, inoccupato, inoccupata", "jobseeker"),
    ),
    "student": choice("Studente", "Student", also=("studentessa, studia", "pupil")),
    "inactive": choice(
        "Non in cerca di lavoro",
        "Not looking for work",
        also=("casalinga, inattivo, inattiva, pensionato, pensionata", "housewife, retired"),
    ),
    "unknown": choice("Non rilevato", "Not known", also=("ND, non noto", "")),
}

# What a service must know to give priority; why somebody needs protection is not kept here.
VULNERABILITIES: Choices = {
    "single_parent": choice(
        "Genitore solo con figli minori",
        "Single parent with minor children",
        also=("madre sola, padre solo, monoparentale", "single mother"),
    ),
    "large_household": choice(
        "Nucleo con quattro o più minori",
        "Household with four or more minors",
        also=("famiglia numerosa, nucleo numeroso", "large family"),
    ),
    "pregnancy": choice("Gravidanza o puerperio", "Pregnancy or new mother", also=("incinta, puerperio", "pregnant")),
    "elderly": choice("Persona anziana", "Elderly person", also=("anziano, anziana", "old")),
    "disability": choice("Disabilità", "Disability", also=("disabile, invalidità, handicap, L. 104", "disabled")),
    "specialised": ("In carico a un servizio specialistico", "Followed by a specialised service"),
    "other": choice("Altra condizione", "Other condition", also=("altro", "")),
}

ELIGIBILITY: Choices = {
    "eligible": choice("Ammissibile", "Eligible", also=("ammesso, ammessa, sì, idoneo, idonea", "admitted, yes")),
    "reserve": choice("Ammissibile con riserva", "Eligible with reserve", also=("con riserva, riserva", "")),
    "not_eligible": choice(
        "Non ammissibile", "Not eligible", also=("non ammesso, non ammessa, escluso, esclusa", "excluded")
    ),
}

# Reasons that exclude, then reasons for a reserve.
EXCLUDING: Choices = {
    "free_movement": ("cittadinanza UE, SEE o svizzera", "EU, EEA or Swiss citizenship"),
    "italian": ("cittadinanza italiana acquisita", "Italian citizenship acquired"),
    "no_minor": ("nessun minore nel nucleo", "no minor in the household"),
    "permit_type": ("titolo di soggiorno non previsto", "type of permit not provided for"),
    "permit_expired": ("titolo scaduto o revocato alla presa in carico", "permit expired or revoked at take-in"),
    "in_reception": ("ancora in accoglienza alla presa in carico", "still in reception at take-in"),
    "exit_over": ("uscita dall'accoglienza oltre il termine", "left reception longer ago than allowed"),
}
RESERVING: Choices = {
    "citizenship_unknown": ("cittadinanza da accertare", "citizenship to be established"),
    "no_household": ("nucleo non indicato", "household not given"),
    "minors_unknown": ("minori del nucleo non ancora inseriti", "minors of the household not entered yet"),
    "permit_verify": ("tipo di titolo da verificare con il capofila", "type of permit to be agreed with the lead"),
    "permit_pending": ("titolo in fase di rilascio o di rinnovo", "permit being issued or renewed"),
    "no_permit": ("titolo di soggiorno non inserito", "no permit entered"),
    "exit_unknown": ("uscita dall'accoglienza da verificare", "reception exit to be checked"),
}
# Reserves that whoever keeps the file can settle; the others wait for the lead or for the police.
MISSING = ("citizenship_unknown", "no_household", "minors_unknown", "no_permit", "exit_unknown")

# One code for every justified absence: the tool has no need to know who was ill.
ABSENCES: Choices = {
    "holiday": choice("Ferie", "Holiday", also=("vacanza", "vacation")),
    "justified": choice(
        "Assenza giustificata", "Justified absence", also=("giustificata, malattia, infortunio", "absence, sick")
    ),
    "leave": choice("Permesso o congedo", "Leave", also=("congedo, maternità, L. 104", "parental leave")),
}

CONTRACTS: Choices = {
    "permanent": choice("Tempo indeterminato", "Permanent", also=("indeterminato, TI, ruolo, di ruolo", "open-ended")),
    "fixed_term": choice("Tempo determinato", "Fixed-term", also=("determinato, TD, a termine", "temporary")),
    "freelance": choice(
        "Incarico professionale",
        "Freelance",
        also=(
            "partita IVA, P. IVA, libero professionista, co.co.co., collaborazione, prestazione occasionale",
            "self-employed",
        ),
    ),
    "volunteer": choice("Volontariato", "Voluntary", also=("volontario", "")),
}
