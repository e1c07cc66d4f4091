"""Code lists of dissemination."""

from intarsi_tui import choice

Choices = dict[str, tuple[str, str]]

# The first five are those that the project promised.
MATERIALS: Choices = {
    "planner": choice("Agenda", "Planner", also=("agende, diario", "diary")),
    "training_kit": choice("Kit formativo", "Training kit", also=("dispensa", "")),
    "case_study": ("Caso di studio", "Case study"),
    "evaluation_tool": choice(
        "Strumento di valutazione",
        "Evaluation tool",
        also=("questionario, griglia, scheda di valutazione", "questionnaire"),
    ),
    "guidelines": choice("Linee guida", "Guidelines", also=("vademecum, manuale, guida", "handbook, manual")),
    "brochure": choice(
        "Brochure",
        "Brochure",
        also=("opuscolo, pieghevole, depliant, volantino, locandina, manifesto", "leaflet, flyer, poster"),
    ),
    "video": choice("Video", "Video", also=("filmato", "film")),
    "press_release": choice("Comunicato stampa", "Press release", also=("", "release")),
    "web_page": choice("Pagina web", "Web page", also=("sito, articolo", "website")),
    "other": ("Altro", "Other"),
}

FORMATS: Choices = {
    "print": choice("Stampa", "Print", also=("carta, cartaceo, stampato", "paper")),
    "pdf": ("PDF", "PDF"),
    "document": choice("Documento modificabile", "Editable document", also=("Word, modificabile, testo", "Word")),
    "video": ("Video", "Video"),
    "audio": choice("Audio", "Audio", also=("podcast", "podcast")),
    "web": choice("Web", "Web", also=("sito, online, pagina web", "website, online")),
    "other": ("Altro", "Other"),
}

LICENCES: Choices = {
    "cc_by": ("Creative Commons BY", "Creative Commons BY"),
    "cc_by_sa": ("Creative Commons BY-SA", "Creative Commons BY-SA"),
    "cc_by_nc_sa": ("Creative Commons BY-NC-SA", "Creative Commons BY-NC-SA"),
    "public_domain": ("Pubblico dominio", "Public domain"),
    "reserved": choice(
        "Diritti riservati", "Rights reserved", also=("tutti i diritti riservati, copyright", "copyright")
    ),
    "third_party": ("Contiene opere di terzi", "Contains works of others"),
}

MATERIAL_STATES: Choices = {
    "draft": choice("In lavorazione", "In the making", also=("bozza, in corso", "")),
    "approved": choice("Approvato", "Approved", also=("validato, sì", "yes")),
    "published": choice("Pubblicato", "Published", also=("online, diffuso, distribuito", "distributed")),
    "withdrawn": choice("Ritirato", "Withdrawn", also=("sostituito, superato", "superseded")),
}

LOGO_ANSWERS: Choices = {
    "approved": ("Approvati", "Approved"),
    "changes": ("Da modificare", "To be changed"),
    "refused": ("Non approvati", "Not approved"),
}

RELEASES: Choices = {
    "collected": choice("Raccolta", "Collected", also=("sì, raccolte, firmata, firmate", "yes, signed")),
    "not_needed": choice("Non serve", "Not needed", also=("non necessaria, non servono", "not necessary")),
    "missing": choice("Da raccogliere", "To be collected", also=("no, mancante, mancanti", "no")),
}

CHANNELS: Choices = {
    "desk": choice("Consegna allo sportello", "Handed out at a desk", also=("sportello, a mano", "by hand")),
    "event": choice("Evento o corso", "Event or course", also=("corso, convegno", "")),
    "mail": choice("E-mail o posta", "E-mail or post", also=("email, posta, PEC", "email, post")),
    "newsletter": ("Newsletter", "Newsletter"),
    "website": choice("Sito web", "Website", also=("internet", "site")),
    "social": choice(
        "Social media",
        "Social media",
        also=("Facebook, Instagram, WhatsApp, YouTube", "Facebook, Instagram, WhatsApp, YouTube"),
    ),
    "press": choice("Stampa, radio, TV", "Press, radio, TV", also=("giornali, radio, TV", "newspapers, radio, TV")),
    "other": ("Altro", "Other"),
}

AUDIENCES: Choices = {
    "families": choice("Famiglie destinatarie", "Beneficiary families", also=("destinatari, beneficiari", "")),
    "public": choice("Operatori pubblici", "Public operators", also=("operatori degli enti pubblici", "")),
    "private": choice(
        "Operatori privati e volontari",
        "Private operators and volunteers",
        also=("volontari, terzo settore", "volunteers"),
    ),
    "schools": choice("Scuole", "Schools", also=("insegnanti, scuola", "teachers")),
    "authorities": choice(
        "Amministratori e istituzioni", "Authorities and institutions", also=("istituzioni, enti", "institutions")
    ),
    "media": choice("Stampa", "Press", also=("giornalisti", "journalists")),
    "citizens": choice("Cittadinanza", "General public", also=("cittadini, tutti, popolazione", "everybody")),
}

EVENTS: Choices = {
    "conference": choice("Convegno", "Conference", also=("conferenza, congresso", "congress")),
    "seminar": choice("Seminario", "Seminar", also=("giornata di studio", "study day")),
    "workshop": ("Laboratorio", "Workshop"),
    "public_meeting": choice("Incontro pubblico", "Public meeting", also=("assemblea", "meeting")),
    "press_conference": ("Conferenza stampa", "Press conference"),
    "community": choice("Festa o iniziativa di comunità", "Community event", also=("iniziativa", "party")),
    "webinar": choice("Webinar", "Webinar", also=("online, seminario online", "online")),
    "other": ("Altro", "Other"),
}

EVENT_STATES: Choices = {
    "planned": choice("In programma", "Planned", also=("programmato, previsto, da fare", "scheduled")),
    "held": choice("Svolto", "Held", also=("fatto, tenuto, concluso, sì", "done, yes")),
    "cancelled": choice("Annullato", "Cancelled", also=("saltato, rinviato, no", "called off")),
}

PRACTICES: Choices = {
    "practice": choice("Buona prassi", "Good practice", also=("prassi, buona pratica", "")),
    "model": ("Modello integrato di presa in carico", "Integrated take-in model"),
    "tool": ("Strumento di lavoro", "Working tool"),
}

AREAS: Choices = {
    "housing": choice("Casa e abitare", "Housing", also=("abitare, alloggio", "home")),
    "school": choice("Scuola e minori", "School and children", also=("minori, istruzione", "education")),
    "health": choice("Salute", "Health", also=("sanità", "healthcare")),
    "work": choice("Lavoro e autonomia", "Work and autonomy", also=("lavoro, autonomia", "jobs")),
    "parenting": choice("Genitorialità", "Parenting", also=("", "parents")),
    "mediation": ("Mediazione linguistico-culturale", "Linguistic and cultural mediation"),
    "network": choice("Lavoro di rete", "Networking", also=("rete", "")),
}
