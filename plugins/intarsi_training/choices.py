"""Code lists of training."""

from intarsi_registry.choices import SECTORS

Choices = dict[str, tuple[str, str]]

AUDIENCES = SECTORS

TOPICS: Choices = {
    "law": ("Normativa e tutela giuridica", "Law and legal protection"),
    "reception": ("Accoglienza e presa in carico", "Reception and case management"),
    "health": ("Salute e accesso ai servizi sanitari", "Health and access to health services"),
    "school": ("Scuola e minori", "School and children"),
    "housing": ("Casa e abitare", "Housing"),
    "work": ("Lavoro e autonomia", "Work and autonomy"),
    "mediation": ("Mediazione linguistico-culturale", "Linguistic and cultural mediation"),
    "network": ("Lavoro di rete", "Networking"),
    "other": ("Altro", "Other"),
}

CONTENTS: Choices = {
    "rules": ("Norme e procedure", "Rules and procedures"),
    "methods": ("Metodi e strumenti", "Methods and tools"),
    "cases": ("Studio di casi", "Case studies"),
    "supervision": ("Supervisione", "Supervision"),
    "exchange": ("Scambio di pratiche", "Exchange of practices"),
}

MODES: Choices = {
    "room": ("In presenza", "In person"),
    "remote": ("A distanza", "Remote"),
    "mixed": ("Mista", "Mixed"),
}

SESSION_STATES: Choices = {
    "planned": ("In programma", "Planned"),
    "held": ("Svolta", "Held"),
    "cancelled": ("Annullata", "Cancelled"),
}

ADMISSIONS: Choices = {
    "enrolled": ("Iscritto", "Enrolled"),
    "waiting": ("In lista d'attesa", "On the waiting list"),
    "offered": ("Posto offerto", "Place offered"),
    "declined": ("Posto rifiutato", "Place declined"),
}

# A certificate counts volunteers with the private side: the ministry's sheet knows two.
COUNTED_AS: Choices = {"public": SECTORS["public"], "private": SECTORS["private"]}
