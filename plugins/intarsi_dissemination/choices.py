"""Code lists of dissemination."""

Choices = dict[str, tuple[str, str]]

# The first five are those that the project promised.
MATERIALS: Choices = {
    "planner": ("Agenda", "Planner"),
    "training_kit": ("Kit formativo", "Training kit"),
    "case_study": ("Caso di studio", "Case study"),
    "evaluation_tool": ("Strumento di valutazione", "Evaluation tool"),
    "guidelines": ("Linee guida", "Guidelines"),
    "brochure": ("Brochure", "Brochure"),
    "video": ("Video", "Video"),
    "press_release": ("Comunicato stampa", "Press release"),
    "web_page": ("Pagina web", "Web page"),
    "other": ("Altro", "Other"),
}

FORMATS: Choices = {
    "print": ("Stampa", "Print"),
    "pdf": ("PDF", "PDF"),
    "document": ("Documento modificabile", "Editable document"),
    "video": ("Video", "Video"),
    "audio": ("Audio", "Audio"),
    "web": ("Web", "Web"),
    "other": ("Altro", "Other"),
}

LICENCES: Choices = {
    "cc_by": ("Creative Commons BY", "Creative Commons BY"),
    "cc_by_sa": ("Creative Commons BY-SA", "Creative Commons BY-SA"),
    "cc_by_nc_sa": ("Creative Commons BY-NC-SA", "Creative Commons BY-NC-SA"),
    "public_domain": ("Pubblico dominio", "Public domain"),
    "reserved": ("Diritti riservati", "Rights reserved"),
    "third_party": ("Contiene opere di terzi", "Contains works of others"),
}

MATERIAL_STATES: Choices = {
    "draft": ("In lavorazione", "In the making"),
    "approved": ("Approvato", "Approved"),
    "published": ("Pubblicato", "Published"),
    "withdrawn": ("Ritirato", "Withdrawn"),
}

LOGO_ANSWERS: Choices = {
    "approved": ("Approvati", "Approved"),
    "changes": ("Da modificare", "To be changed"),
    "refused": ("Non approvati", "Not approved"),
}

RELEASES: Choices = {
    "collected": ("Raccolta", "Collected"),
    "not_needed": ("Non serve", "Not needed"),
    "missing": ("Da raccogliere", "To be collected"),
}

CHANNELS: Choices = {
    "desk": ("Consegna allo sportello", "Handed out at a desk"),
    "event": ("Evento o corso", "Event or course"),
    "mail": ("E-mail o posta", "E-mail or post"),
    "newsletter": ("Newsletter", "Newsletter"),
    "website": ("Sito web", "Website"),
    "social": ("Social media", "Social media"),
    "press": ("Stampa, radio, TV", "Press, radio, TV"),
    "other": ("Altro", "Other"),
}

AUDIENCES: Choices = {
    "families": ("Famiglie destinatarie", "Beneficiary families"),
    "public": ("Operatori pubblici", "Public operators"),
    "private": ("Operatori privati e volontari", "Private operators and volunteers"),
    "schools": ("Scuole", "Schools"),
    "authorities": ("Amministratori e istituzioni", "Authorities and institutions"),
    "media": ("Stampa", "Press"),
    "citizens": ("Cittadinanza", "General public"),
}

EVENTS: Choices = {
    "conference": ("Convegno", "Conference"),
    "seminar": ("Seminario", "Seminar"),
    "workshop": ("Laboratorio", "Workshop"),
    "public_meeting": ("Incontro pubblico", "Public meeting"),
    "press_conference": ("Conferenza stampa", "Press conference"),
    "community": ("Festa o iniziativa di comunità", "Community event"),
    "webinar": ("Webinar", "Webinar"),
    "other": ("Altro", "Other"),
}

EVENT_STATES: Choices = {
    "planned": ("In programma", "Planned"),
    "held": ("Svolto", "Held"),
    "cancelled": ("Annullato", "Cancelled"),
}

PRACTICES: Choices = {
    "practice": ("Buona prassi", "Good practice"),
    "model": ("Modello integrato di presa in carico", "Integrated take-in model"),
    "tool": ("Strumento di lavoro", "Working tool"),
}

AREAS: Choices = {
    "housing": ("Casa e abitare", "Housing"),
    "school": ("Scuola e minori", "School and children"),
    "health": ("Salute", "Health"),
    "work": ("Lavoro e autonomia", "Work and autonomy"),
    "parenting": ("Genitorialità", "Parenting"),
    "mediation": ("Mediazione linguistico-culturale", "Linguistic and cultural mediation"),
    "network": ("Lavoro di rete", "Networking"),
}
