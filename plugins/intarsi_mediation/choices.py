"""Code lists of mediation."""

Choices = dict[str, tuple[str, str]]

REQUESTERS: Choices = {
    "school": ("Scuola", "School"),
    "family": ("Famiglia", "Family"),
    "social_services": ("Servizio sociale", "Social services"),
    "partner": ("Partner", "Partner"),
}

REASONS: Choices = {
    "welcome": ("Prima accoglienza", "First reception"),
    "talk": ("Colloquio", "Talk with the family"),
    "enrolment": ("Iscrizione", "Enrolment"),
    "assembly": ("Assemblea", "Assembly"),
    "plan": ("Incontro PDP/PEI", "Meeting on a learning plan (PDP/PEI)"),
    "guidance": ("Orientamento", "Guidance"),
    "conflict": ("Conflitto", "Conflict"),
    "other": ("Altro", "Other"),
}

REQUEST_OUTCOMES: Choices = {
    "accepted": ("Accolta", "Accepted"),
    "partly": ("Accolta in parte", "Accepted in part"),
    "no_language": ("Lingua non disponibile", "Language not available"),
    "cancelled": ("Annullata", "Cancelled"),
}

# The six service lines of the project.
SERVICES: Choices = {
    "orientation": ("Orientamento", "Orientation"),
    "accompaniment": ("Accompagnamento", "Accompaniment"),
    "mediation": ("Mediazione linguistico-culturale", "Linguistic and cultural mediation"),
    "parenting": ("Supporto alla genitorialità", "Parenting support"),
    "health": ("Accesso ai servizi sanitari", "Access to health services"),
    "support": ("Sostegno", "Support"),
}

# Parts of common indicator C2 (`domain.md` §4.1).
CATEGORIES: Choices = {
    "education": ("C2-a Istruzione e formazione", "C2-a Education and training"),
    "housing": ("C2-b Abitare", "C2-b Housing"),
    "health": ("C2-c Salute", "C2-c Health"),
    "participation": ("C2-d Partecipazione", "C2-d Participation"),
}
SHORT_CATEGORIES = {
    "education": ("C2-a istruzione", "C2-a education"),
    "housing": ("C2-b abitare", "C2-b housing"),
    "health": ("C2-c salute", "C2-c health"),
    "participation": ("C2-d partecip.", "C2-d particip."),
}

# The other three services say their category themselves.
DEFAULT_CATEGORY = {"mediation": "education", "parenting": "education", "health": "health"}

PLACES: Choices = {
    "school": ("Scuola", "School"),
    "home": ("Casa", "Home"),
    "health_authority": ("AUSL", "Health authority"),
    "family_clinic": ("Consultorio", "Family clinic"),
    "paediatrician": ("Pediatra", "Paediatrician"),
    "desk": ("Sportello", "Help desk"),
    "remote": ("A distanza", "Remote"),
    "other": ("Altro", "Other"),
}

STATUSES: Choices = {
    "planned": ("In programma", "Planned"),
    "delivered": ("Svolto", "Delivered"),
    "no_show": ("Nessuno si è presentato", "Nobody came"),
    "cancelled": ("Annullato", "Cancelled"),
}

OUTCOMES: Choices = {
    "enrolled": ("Iscritto", "Enrolled"),
    "enrolled_reserve": ("Iscritto con riserva", "Enrolled with reserve"),
    "waiting": ("Lista d'attesa", "Waiting list"),
    "referred": ("Rinvio ad altro servizio", "Sent to another service"),
    "started": ("Pratica avviata", "Procedure started"),
    "completed": ("Conclusa", "Completed"),
}

SIGNERS: Choices = {
    "beneficiary": ("Destinatario", "Beneficiary"),
    "school": ("Scuola o ente", "School or body"),
    "mediator": ("Mediatore", "Mediator"),
}

MISSING_DOCUMENTS: Choices = {
    "identity": ("Documento d'identità", "Identity document"),
    "tax_code": ("Codice fiscale", "Tax code"),
    "permit": ("Titolo di soggiorno", "Residence permit"),
    "vaccination": ("Certificato vaccinale", "Vaccination certificate"),
    "school_record": ("Titoli o pagelle precedenti", "Former school records"),
    "translation": ("Traduzione dei titoli", "Translation of the records"),
}

GAP_REASONS: Choices = {
    "system": ("Ordinamento del Paese di provenienza", "Home country's school system"),
    "skills": ("Competenze accertate", "Assessed skills"),
    "course": ("Corso di studi seguito", "Course of study followed"),
    "title": ("Titolo posseduto", "Title held"),
}

ATTENDANCE: Choices = {
    "regular": ("Regolare", "Regular"),
    "irregular": ("Irregolare", "Irregular"),
    "interrupted": ("Interrotta", "Interrupted"),
    "moved": ("Trasferito in altra scuola", "Moved to another school"),
}

SCHOOL_SERVICES: Choices = {
    "canteen": ("Mensa", "Canteen"),
    "transport": ("Trasporto", "Transport"),
    "italian": ("Italiano L2", "Italian as a second language"),
    "after_school": ("Doposcuola", "After-school club"),
}
