"""Dissemination: materials and where they went, events, good practices and take-in models."""

from intarsi_registry.sign_sheet import sign_sheet
from intarsi_tui import Indicator, Plugin

from .distribution import Distribution
from .event import Event
from .material import Material
from .practice import Practice
from .scan import SCAN

SIGN_SHEET = sign_sheet(
    "dissemination.event",
    "un evento",
    "an event",
    ("operator",),
    ("title", "date", "start", "end", "venue", "municipality"),
)

# A new version of a material is no new product.
PRODUCED = {"status": ["approved", "published"], "first_version": True}
HELD = {"status": "held"}

plugin = Plugin(
    "dissemination",
    it="Diffusione",
    en="Dissemination",
    records=[Material, Distribution, Event, Practice],
    actions=[SCAN, SIGN_SHEET],
    indicators=[
        Indicator(
            "materials", it="Prodotti e materiali realizzati", en="Products and materials made", short=("Materiali", "Materials"),
            count="material", by="approved_on", where=PRODUCED, target=30,
        ),
        Indicator(
            "guidelines", it="di cui linee guida", en="of them guidelines", short=("· linee guida", "· guidelines"),
            count="material", by="approved_on", where={**PRODUCED, "type": "guidelines"}, target=3,
        ),
        Indicator(
            "copies", it="Copie diffuse", en="Copies given out", short=("Copie diffuse", "Copies"),
            count="distribution", by="date", total="copies", target=5000,
        ),
        Indicator("views", it="Visualizzazioni", en="Views", count="distribution", by="date", total="views", target=20000),
        Indicator("events", it="Eventi svolti", en="Events held", count="event", by="date", where=HELD, target=20),
        Indicator(
            "participants", it="Partecipanti agli eventi", en="Participants in events", short=("· partecipanti", "· participants"),
            count="event", by="date", where=HELD, total="participants_count", target=1200,
        ),
        Indicator("practices", it="Buone prassi descritte", en="Good practices described", short=("Buone prassi", "Good practices"), count="practice", by="date", target=12),
        Indicator(
            "practices_adopted", it="di cui adottate con un atto (C3)", en="of them adopted by an act (C3)", short=("· adottate (C3)", "· adopted (C3)"),
            count="practice", by="first_adopted_on", target=4,
        ),
    ],
)  # fmt: skip
