"""Code lists of mediation."""

from intarsi_tui import choice

Choices = dict[str, tuple[str, str]]

REQUESTERS: Choices = {
    "school": choice("Scuola", "School", also=("istituto, insegnante, dirigente, docente", "teacher")),
    "family": choice("Famiglia", "Family", also=("genitori, madre, padre", "parents")),
    "social_services": choice(
        "Servizio sociale", "Social services", also=("servizi sociali, assistente sociale, comune", "social worker")
    ),
    "partner": choice("Partner", "Partner", also=("ente, cooperativa", "organisation")),
}

REASONS: Choices = {
    "welcome": choice("Prima accoglienza", "First reception", also=("accoglienza, nuovo arrivo", "reception")),
    "talk": choice(
        "Colloquio",
        "Talk with the family",
        also=("colloquio con la famiglia, colloquio con i genitori", "meeting with parents"),
    ),
    "enrolment": choice("Iscrizione", "Enrolment", also=("iscrizioni", "")),
    "assembly": choice("Assemblea", "Assembly", also=("riunione, assemblea di classe", "class meeting")),
    "plan": choice("Incontro PDP/PEI", "Meeting on a learning plan (PDP/PEI)", also=("PDP, PEI, GLO", "PDP, PEI")),
    "guidance": ("Orientamento", "Guidance"),
    "conflict": choice("Conflitto", "Conflict", also=("conflitti, litigio", "dispute")),
    "other": ("Altro", "Other"),
}

REQUEST_OUTCOMES: Choices = {
    "accepted": choice("Accolta", "Accepted", also=("sì, accettata, evasa", "yes")),
    "partly": choice("Accolta in parte", "Accepted in part", also=("in parte, parziale, parzialmente", "")),
    "no_language": choice(
        "Lingua non disponibile",
        "Language not available",
        also=("nessun mediatore, mediatore non disponibile", "no mediator"),
    ),
    "cancelled": choice("Annullata", "Cancelled", also=("annullato, ritirata", "withdrawn")),
}

# The six service lines of the project.
SERVICES: Choices = {
    "orientation": choice("Orientamento", "Orientation", also=("informazione, orientamento ai servizi", "guidance")),
    "accompaniment": choice("Accompagnamento", "Accompaniment", also=("accompagnare, accompagnamenti", "escort")),
    "mediation": choice(
        "Mediazione linguistico-culturale",
        "Linguistic and cultural mediation",
        also=("mediazione culturale, mediazione linguistica, interpretariato, traduzione", "interpreting"),
    ),
    "parenting": choice(
        "Supporto alla genitorialità", "Parenting support", also=("genitorialità, supporto ai genitori", "parents")
    ),
    "health": choice(
        "Accesso ai servizi sanitari", "Access to health services", also=("salute, sanitario, AUSL, ASL", "")
    ),
    "support": choice("Sostegno", "Support", also=("supporto", "help")),
}

# Parts of common indicator C2 (`domain.md` §4.1).
CATEGORIES: Choices = {
    "education": choice(
        "C2-a Istruzione e formazione", "C2-a Education and training", also=("istruzione, formazione, scuola", "school")
    ),
    "housing": choice("C2-b Abitare", "C2-b Housing", also=("abitare, casa, alloggio", "")),
    "health": choice("C2-c Salute", "C2-c Health", also=("salute, sanità", "")),
    "participation": choice("C2-d Partecipazione", "C2-d Participation", also=("partecipazione", "")),
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
    "school": choice("Scuola", "School", also=("a scuola, istituto", "at school")),
    "home": choice("Casa", "Home", also=("domicilio, a domicilio, a casa", "at home")),
    "health_authority": choice("AUSL", "Health authority", also=("ASL, ospedale", "hospital")),
    "family_clinic": ("Consultorio", "Family clinic"),
    "paediatrician": ("Pediatra", "Paediatrician"),
    "desk": choice("Sportello", "Help desk", also=("ufficio, in sede", "office")),
    "remote": choice(
        "A distanza", "Remote", also=("online, telefono, al telefono, videochiamata, da remoto", "online, phone")
    ),
    "other": ("Altro", "Other"),
}

STATUSES: Choices = {
    "planned": choice("In programma", "Planned", also=("programmato, previsto, da fare", "scheduled")),
    "delivered": choice("Svolto", "Delivered", also=("fatto, effettuato, erogato, concluso, sì", "done, yes")),
    "no_show": choice("Nessuno si è presentato", "Nobody came", also=("assenti, non presentati, a vuoto", "")),
    "cancelled": choice("Annullato", "Cancelled", also=("disdetto, annullata, no", "called off")),
}

OUTCOMES: Choices = {
    "enrolled": choice("Iscritto", "Enrolled", also=("iscritta, iscrizione fatta", "")),
    "enrolled_reserve": choice(
        "Iscritto con riserva", "Enrolled with reserve", also=("iscritta con riserva, con riserva", "with reserve")
    ),
    "waiting": choice("Lista d'attesa", "Waiting list", also=("in lista d'attesa, in attesa", "")),
    "referred": choice("Rinvio ad altro servizio", "Sent to another service", also=("inviato ad altro servizio", "")),
    "started": choice("Pratica avviata", "Procedure started", also=("avviata, in corso", "")),
    "completed": choice("Conclusa", "Completed", also=("concluso, positivo, fatto", "done")),
}

SIGNERS: Choices = {
    "beneficiary": choice("Destinatario", "Beneficiary", also=("famiglia, genitore, utente", "family, parent")),
    "school": choice("Scuola o ente", "School or body", also=("insegnante, dirigente", "teacher")),
    "mediator": choice("Mediatore", "Mediator", also=("mediatrice", "")),
}

MISSING_DOCUMENTS: Choices = {
    "identity": choice(
        "Documento d'identità",
        "Identity document",
        also=("carta d'identità, CI, passaporto", "identity card, passport"),
    ),
    "tax_code": choice("Codice fiscale", "Tax code", also=("CF, C.F.", "fiscal code")),
    "permit": choice("Titolo di soggiorno", "Residence permit", also=("permesso, permesso di soggiorno", "")),
    "vaccination": choice(
        "Certificato vaccinale", "Vaccination certificate", also=("vaccini, vaccinazioni", "vaccines")
    ),
    "school_record": choice(
        "Titoli o pagelle precedenti", "Former school records", also=("pagella, pagelle", "school reports")
    ),
    "translation": ("Traduzione dei titoli", "Translation of the records"),
}

GAP_REASONS: Choices = {
    "system": ("Ordinamento del Paese di provenienza", "Home country's school system"),
    "skills": ("Competenze accertate", "Assessed skills"),
    "course": ("Corso di studi seguito", "Course of study followed"),
    "title": ("Titolo posseduto", "Title held"),
}

ATTENDANCE: Choices = {
    "regular": choice("Regolare", "Regular", also=("sì, frequenta", "yes")),
    "irregular": choice("Irregolare", "Irregular", also=("saltuaria, discontinua", "occasional")),
    "interrupted": choice(
        "Interrotta", "Interrupted", also=("abbandono, ritirato, ritirata, non frequenta, no", "dropped out, no")
    ),
    "moved": choice("Trasferito in altra scuola", "Moved to another school", also=("trasferita", "")),
}

SCHOOL_SERVICES: Choices = {
    "canteen": choice("Mensa", "Canteen", also=("refezione", "meals")),
    "transport": choice("Trasporto", "Transport", also=("scuolabus, trasporti", "school bus")),
    "italian": choice("Italiano L2", "Italian as a second language", also=("L2, corso di italiano", "L2")),
    "after_school": choice("Doposcuola", "After-school club", also=("aiuto compiti, dopo scuola", "homework help")),
}
