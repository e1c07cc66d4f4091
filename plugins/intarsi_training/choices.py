"""Code lists of training."""

from intarsi_registry.choices import SECTORS
from intarsi_tui import choice

Choices = dict[str, tuple[str, str]]

AUDIENCES = SECTORS

TOPICS: Choices = {
    "law": choice(
        "Normativa e tutela giuridica", "Law and legal protection", also=("diritto, legale, giuridico", "legal")
    ),
    "reception": ("Accoglienza e presa in carico", "Reception and case management"),
    "health": choice(
        "Salute e accesso ai servizi sanitari", "Health and access to health services", also=("sanità", "")
    ),
    "school": choice("Scuola e minori", "School and children", also=("istruzione", "education")),
    "housing": choice("Casa e abitare", "Housing", also=("abitare, alloggio", "home")),
    "work": choice("Lavoro e autonomia", "Work and autonomy", also=("lavoro", "jobs")),
    "mediation": ("Mediazione linguistico-culturale", "Linguistic and cultural mediation"),
    "network": choice("Lavoro di rete", "Networking", also=("rete", "")),
    "other": ("Altro", "Other"),
}

CONTENTS: Choices = {
    "rules": choice("Norme e procedure", "Rules and procedures", also=("procedure, normativa", "")),
    "methods": choice("Metodi e strumenti", "Methods and tools", also=("strumenti, metodologia", "methodology")),
    "cases": choice("Studio di casi", "Case studies", also=("casi, analisi di casi", "")),
    "supervision": ("Supervisione", "Supervision"),
    "exchange": choice("Scambio di pratiche", "Exchange of practices", also=("buone prassi", "good practices")),
}

MODES: Choices = {
    "room": choice("In presenza", "In person", also=("presenza, aula, in aula, frontale", "classroom, face to face")),
    "remote": choice(
        "A distanza", "Remote", also=("online, on line, FAD, da remoto, videoconferenza, webinar, distanza", "online")
    ),
    "mixed": choice("Mista", "Mixed", also=("blended, misto, ibrida", "hybrid, blended")),
}

SESSION_STATES: Choices = {
    "planned": choice(
        "In programma", "Planned", also=("programmata, prevista, da fare, da svolgere", "scheduled, to do")
    ),
    "held": choice("Svolta", "Held", also=("fatta, tenuta, conclusa, sì", "done, yes")),
    "cancelled": choice("Annullata", "Cancelled", also=("saltata, rinviata, sospesa, no", "called off")),
}

ADMISSIONS: Choices = {
    "enrolled": choice("Iscritto", "Enrolled", also=("iscritta, ammesso, ammessa, sì", "admitted, yes")),
    "waiting": choice(
        "In lista d'attesa", "On the waiting list", also=("lista d'attesa, in attesa, riserva", "waiting list")
    ),
    "offered": choice("Posto offerto", "Place offered", also=("offerto", "")),
    "declined": choice("Posto rifiutato", "Place declined", also=("rifiutato, rinuncia, no", "refused, no")),
}

# A certificate counts volunteers with the private side: the ministry's sheet knows two.
COUNTED_AS: Choices = {"public": SECTORS["public"], "private": SECTORS["private"]}
