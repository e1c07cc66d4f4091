"""Code lists of the registry. Permit types and circuits come from the reference tables, which an office may extend."""

from intarsi_tui.reference import tables

Choices = dict[str, tuple[str, str]]


def of_table(table: tables.Table) -> Choices:
    """A reference table as the choices of a field."""
    return {entry.code: (entry.it, entry.en) for entry in table.values()}


PERMITS = of_table(tables.permit_types())
CIRCUITS = of_table(tables.circuit_names())

NATURES: Choices = {
    "public": ("Ente pubblico", "Public body"),
    "third_sector": ("Ente del terzo settore", "Third-sector body"),
    "school": ("Scuola", "School"),
    "health": ("Azienda sanitaria", "Health authority"),
    "prefecture": ("Prefettura", "Prefecture"),
    "police": ("Questura", "Police headquarters"),
    "company": ("Impresa", "Company"),
    "other": ("Altro", "Other"),
}

SCHOOL_LEVELS: Choices = {
    "nursery": ("Nido e servizi 0–3", "Nursery, 0–3"),
    "infant": ("Scuola dell'infanzia", "Pre-school, 3–6"),
    "primary": ("Primaria", "Primary"),
    "lower_secondary": ("Secondaria di primo grado", "Lower secondary"),
    "upper_secondary": ("Secondaria di secondo grado", "Upper secondary"),
    "comprehensive": ("Istituto comprensivo", "Comprehensive institute"),
    "adults": ("CPIA", "Adult education centre"),
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
    "public": ("Pubblico", "Public"),
    "private": ("Privato", "Private"),
    "volunteer": ("Volontariato", "Voluntary"),
}

FIELDS: Choices = {
    "social": ("Sociale", "Social services"),
    "health": ("Sanitario", "Health"),
    "school": ("Scuola", "School"),
    "reception": ("Accoglienza", "Reception"),
    "civil_registry": ("Anagrafe", "Civil registry"),
    "employment": ("Lavoro", "Employment"),
    "other": ("Altro", "Other"),
}

GENDERS: Choices = {
    "F": ("Femmina", "Female"),
    "M": ("Maschio", "Male"),
    "X": ("Altro / non dichiarato", "Other / not stated"),
}

HOUSEHOLD_TYPES: Choices = {
    "two_parents": ("Biparentale", "Two parents"),
    "mother": ("Monoparentale, madre", "Single parent, mother"),
    "father": ("Monoparentale, padre", "Single parent, father"),
    "extended": ("Allargato", "Extended"),
}

ROLES: Choices = {
    "contact": ("Referente del nucleo", "Contact person of the household"),
    "parent": ("Genitore", "Parent"),
    "child": ("Figlio/a", "Child"),
    "other": ("Altro", "Other"),
}

CHANNELS: Choices = {
    "social_services": ("Servizio sociale", "Social services"),
    "cas": ("CAS", "CAS reception centre"),
    "sai": ("SAI (già SPRAR, SIPROIMI)", "SAI reception centre (formerly SPRAR, SIPROIMI)"),
    "school": ("Scuola", "School"),
    "health": ("Azienda sanitaria", "Health authority"),
    "third_sector": ("Terzo settore", "Third sector"),
    "self": ("Autosegnalazione", "Self-referral"),
}

REFERRALS: Choices = {
    "pending": ("In valutazione", "Being assessed"),
    "taken_in": ("Presa in carico", "Taken in"),
    "waiting": ("Lista d'attesa", "Waiting list"),
    "unsuitable": ("Non idonea", "Not suitable"),
    "redirected": ("Rinvio ad altro servizio", "Sent to another service"),
}
# What is decided, with a date; a family on the waiting list still waits for that.
DECIDED = ("taken_in", "unsuitable", "redirected")

AREAS: Choices = {
    "housing": ("Casa", "Housing"),
    "work": ("Lavoro e reddito", "Work and income"),
    "health": ("Salute", "Health"),
    "school": ("Scuola e minori", "School and children"),
    "parenting": ("Genitorialità", "Parenting"),
    "papers": ("Documenti e tutela legale", "Papers and legal protection"),
    "language": ("Lingua", "Language"),
    "network": ("Rete sociale", "Social network"),
}

PROGRESS: Choices = {
    "open": ("In corso", "Under way"),
    "reached": ("Raggiunto", "Reached"),
    "partly": ("Raggiunto in parte", "Partly reached"),
    "missed": ("Non raggiunto", "Not reached"),
    "dropped": ("Abbandonato", "Dropped"),
}

SIGNATORIES: Choices = {
    "family": ("Famiglia", "Family"),
    "public": ("Servizio pubblico", "Public service"),
    "private": ("Ente privato", "Private body"),
}

CLOSINGS: Choices = {
    "autonomy": ("Autonomia", "Autonomy"),
    "moved": ("Trasferimento", "Moved away"),
    "reunited": ("Riunito a un altro nucleo", "Reunited with another household"),
    "unreachable": ("Irreperibile", "Unreachable"),
    "withdrew": ("Rinuncia", "Withdrew"),
    "requirements": ("Perdita dei requisiti", "Requirements lost"),
    "project_end": ("Fine progetto", "End of the project"),
    "other": ("Altro", "Other"),
}

BENEFITS: Choices = {
    "yes": ("Sì, è stato utile", "Yes, it helped"),
    "partly": ("In parte", "In part"),
    "no": ("No", "No"),
    "unasked": ("Non rilevato", "Not asked"),
}

EXIT_CHECKS: Choices = {
    "within": ("Entro il termine", "Within the limit"),
    "over": ("Oltre il termine", "Over the limit"),
    "in_reception": ("Ancora in accoglienza", "Still in reception"),
    "unknown": ("Da verificare", "To be checked"),
}

BIRTH_DATES: Choices = {
    "documented": ("Da documento", "From a document"),
    "declared": ("Dichiarata", "As declared"),
    "presumed": ("Presunta (1° gennaio)", "Presumed (1 January)"),
}

AGE_BANDS: Choices = {
    "0-17": ("0–17 anni", "0–17 years"),
    "18-60": ("18–60 anni", "18–60 years"),
    "61+": ("61 anni e oltre", "61 years and over"),
}

TAX_CODES: Choices = {
    "cf": ("Codice fiscale", "Tax code"),
    "provisional": ("Codice fiscale provvisorio", "Provisional tax code"),
    "stp": ("STP", "STP"),
    "eni": ("ENI", "ENI"),
}

PERMIT_STATES: Choices = {
    "valid": ("Rilasciato", "Issued"),
    "renewal": ("In fase di rinnovo", "Being renewed"),
    "first_issue": ("In fase di rilascio del primo permesso", "First permit being issued"),
    "revoked": ("Revocato o rifiutato", "Revoked or refused"),
}

EXIT_REASONS: Choices = {
    "term": ("Scadenza dei termini", "End of the term"),
    "completed": ("Conclusione del percorso", "Path completed"),
    "voluntary": ("Uscita volontaria", "Left of own will"),
    "removed": ("Allontanamento o revoca", "Removed or revoked"),
    "transfer": ("Trasferimento", "Transfer"),
    "return": ("Rimpatrio volontario", "Voluntary return"),
    "other": ("Altro", "Other"),
}

ITALIAN_LEVELS: Choices = {
    **{level: (level, level) for level in ("A0", "A1", "A2", "B1", "B2", "C1", "C2")},
    "unknown": ("Non rilevato", "Not assessed"),
}

EDUCATION: Choices = {
    "none": ("Nessun titolo", "None"),
    "primary": ("Licenza elementare", "Primary"),
    "lower_secondary": ("Licenza media", "Lower secondary"),
    "upper_secondary": ("Diploma", "Upper secondary"),
    "tertiary": ("Titolo universitario", "Tertiary"),
    "unknown": ("Non rilevato", "Not known"),
}

OCCUPATIONS: Choices = {
    "employed": ("Occupato/a", "Employed"),
    "unemployed": ("In cerca di lavoro", "Looking for work"),
    "student": ("Studente", "Student"),
    "inactive": ("Non in cerca di lavoro", "Not looking for work"),
    "unknown": ("Non rilevato", "Not known"),
}

# What a service must know to give priority; why somebody needs protection is not kept here.
VULNERABILITIES: Choices = {
    "single_parent": ("Genitore solo con figli minori", "Single parent with minor children"),
    "large_household": ("Nucleo con quattro o più minori", "Household with four or more minors"),
    "pregnancy": ("Gravidanza o puerperio", "Pregnancy or new mother"),
    "elderly": ("Persona anziana", "Elderly person"),
    "disability": ("Disabilità", "Disability"),
    "specialised": ("In carico a un servizio specialistico", "Followed by a specialised service"),
    "other": ("Altra condizione", "Other condition"),
}

ELIGIBILITY: Choices = {
    "eligible": ("Ammissibile", "Eligible"),
    "reserve": ("Ammissibile con riserva", "Eligible with reserve"),
    "not_eligible": ("Non ammissibile", "Not eligible"),
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
    "holiday": ("Ferie", "Holiday"),
    "justified": ("Assenza giustificata", "Justified absence"),
    "leave": ("Permesso o congedo", "Leave"),
}

CONTRACTS: Choices = {
    "permanent": ("Tempo indeterminato", "Permanent"),
    "fixed_term": ("Tempo determinato", "Fixed-term"),
    "freelance": ("Incarico professionale", "Freelance"),
    "volunteer": ("Volontariato", "Voluntary"),
}
