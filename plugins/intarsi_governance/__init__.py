"""Governance: steering groups and territorial tables, their meetings, agreements, quarterly reports."""

from intarsi_registry.sign_sheet import sign_sheet
from intarsi_tui import Indicator, Plugin

from .agreement import Agreement
from .attendance import ATTENDANCE
from .bodies import BODIES
from .card import SILENT_NETWORKS
from .meeting import Meeting
from .network import Network
from .quarterly_report import QuarterlyReport
from .rules import expected

SIGN_SHEET = sign_sheet(
    "governance.meeting",
    "un incontro",
    "a meeting",
    ("operator", "person"),
    ("network_name", "date", "start", "end", "place"),
    expected,
)

plugin = Plugin(
    "governance",
    it="Governance",
    en="Governance",
    records=[Network, Meeting, Agreement, QuarterlyReport],
    actions=[SIGN_SHEET],
    screens=[ATTENDANCE, BODIES],
    cards=[SILENT_NETWORKS],
    indicators=[
        # One that closed was activated all the same.
        Indicator(
            "networks", it="Tavoli e reti attivati", en="Tables and networks activated", short=("Tavoli e reti", "Networks"),
            count="network", by="start", where={"activation": ["active", "consolidated", "closed"]}, target=14,
        ),
        Indicator(
            "networks_consolidated", it="di cui consolidati", en="of them consolidated", short=("· consolidati", "· consolidated"),
            count="network", by="consolidated_on", target=8,
        ),
        # Dated by the network's start: a register counts records, and a body that joins later is in its total only.
        Indicator(
            "bodies", it="Soggetti coinvolti nelle reti", en="Bodies involved in the networks", short=("Enti coinvolti", "Bodies involved"),
            count="network", by="start", distinct="bodies", target=90,
        ),
        Indicator(
            "meetings", it="Incontri con verbale approvato", en="Meetings with approved minutes", short=("Incontri tavoli", "Meetings"),
            count="meeting", by="date", where={"approved": True}, target=80,
        ),
        Indicator(
            "bodies_present", it="Soggetti presenti agli incontri", en="Bodies present at meetings", short=("· presenti", "· present"),
            count="meeting", by="date", where={"approved": True}, distinct="bodies", target=70,
        ),
        Indicator(
            "agreements", it="Protocolli e accordi sottoscritti", en="Protocols and agreements signed", short=("Protocolli", "Agreements"),
            count="agreement", by="signed_on", target=16,
        ),
        Indicator(
            "agreements_c3", it="di cui quadri, misure o strumenti di integrazione (C3)",
            en="of them frameworks, measures or tools of integration (C3)", short=("· strumenti C3", "· tools (C3)"),
            count="agreement", by="signed_on", where={"counts_c3": True}, target=8,
        ),
    ],
)  # fmt: skip
