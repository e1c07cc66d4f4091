"""The network of bodies: each table with its members, their role and agreements, when they came last, and what is open."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from intarsi_tui import Grid, GridColumn, GridRow, GridView, PluginScreen
from intarsi_tui.reference import tables

from .choices import NETWORKS
from .rules import name_of

if TYPE_CHECKING:
    from intarsi_tui import Office

Doc = Mapping[str, Any]


class Open(NamedTuple):
    """A decision that is not carried out yet."""

    meeting: Doc
    number: int
    row: Doc

    @property
    def due(self) -> str:
        return str(self.row.get("due") or "")


def open_decisions(office: "Office") -> Iterator[Open]:
    """The open decisions of all meetings."""
    for meeting in office.find("governance.meeting"):
        for number, row in enumerate(meeting.get("decisions", ()), 1):
            if row.get("status", "open") == "open":
                yield Open(meeting, number, row)


class BodiesGrid(Grid):
    """By kind and territory: networks, their bodies, and below each body the decisions that it has to carry out."""

    def read(self) -> GridView:
        columns = [
            GridColumn("body", self.word("Ente o decisione", "Body or decision"), 26, "left"),
            GridColumn("when", self.word("Presente / entro", "Present / due"), 16, "left"),
            GridColumn("role", self.word("Ruolo / chi", "Role / owner"), 20, "left"),
            GridColumn("agreement", self.word("Accordi", "Agreements"), 18, "left"),
        ]
        self._leads: dict[str, tuple[str, str]] = {}
        self._texts: dict[str, str] = {}
        self._agreements = self.office.find("governance.agreement")
        decisions: dict[str, list[Open]] = defaultdict(list)
        for one in sorted(open_decisions(self.office), key=lambda one: one.due or "9999"):
            decisions[one.meeting["network"]].append(one)
        kinds = list(NETWORKS)
        networks = sorted(
            self.office.find("governance.network"),
            key=lambda one: (kinds.index(one["kind"]), self._territory(one), one["name"]),
        )
        rows, group, bodies = [], ("", ""), set()
        for network in networks:
            here = (self.word(*NETWORKS[network["kind"]]), self._territory(network))
            if here != group:
                group = here
                rows.append(GridRow(f"group {here}", [" · ".join(filter(None, here)).upper(), "", "", ""], "heading"))
            bodies |= {row["body"] for row in network.get("members", ()) if not row.get("left_on")}
            rows += self._network(network, decisions[network["id"]])
        late = sum(
            bool(one.due) and one.due < self.office.today.isoformat() for some in decisions.values() for one in some
        )
        count = sum(map(len, decisions.values()))
        note = self.word(f"enti {len(bodies)}, decisioni aperte {count}, scadute {late}", f"bodies {len(bodies)}, open decisions {count}, overdue {late}")  # fmt: skip
        return GridView(columns, rows, note=note, empty=self.word("Ancora nessuna rete: si inserisce in Governance ▸ Reti e tavoli.", "No networks yet: they are added in Governance ▸ Networks."))  # fmt: skip

    def _territory(self, network: Doc) -> str:
        town = network.get("municipality")
        return str(network.get("territory") or (tables.label("municipalities", town, self.office.lang) if town else ""))

    def _network(self, network: Doc, decisions: Sequence[Open]) -> Iterator[GridRow]:
        uid, lang = network["id"], self.office.lang
        meetings = sorted(
            self.office.find("governance.meeting", network=uid), key=lambda one: one["date"], reverse=True
        )
        held = [one for one in meetings if one["date"] <= self.office.today.isoformat()]
        activation = self.office.declarations["governance.network"].by_name["activation"].show(dict(network), lang)
        last = _day(held[0]["date"]) if held else "–"
        yield self._row(
            f"n {uid}", ("governance.network", uid), f"■ {network['name']}", last, activation, "", network["name"]
        )
        seen = set()
        for row in network.get("members", ()):
            if row.get("left_on"):
                continue
            body = row["body"]
            seen.add(body)
            came = next((_day(one["date"]) for one in held if body in one.get("bodies", ())), self.word("mai", "never"))
            name = name_of(body, self.office.store.context)
            agreements = self._agreed(body, uid)
            detail = " · ".join(filter(None, (name, row.get("role"), row.get("contact"), agreements)))
            yield self._row(
                f"b {uid} {body}", ("registry.body", body), f"  {name}", came, row.get("role") or "", agreements, detail
            )
            for one in decisions:
                if one.row.get("body") == body:
                    yield self._decision(one)
        for one in decisions:
            if one.row.get("body") not in seen:
                yield self._decision(one)

    def _agreed(self, body: str, network: str) -> str:
        today = self.office.today.isoformat()
        found = []
        for one in self._agreements:
            if body in one.get("parties", ()) and one.get("network") in (None, network):
                ended = one.get("ended_on") or one.get("expires_on") or "9999"
                expired = self.word("scaduto", "expired") + " " if ended < today else ""
                found.append(f"{expired}{_day(one.get('signed_on'))}".strip())
        return ", ".join(found)

    def _decision(self, one: Open) -> GridRow:
        owner = one.row.get("owner")
        who = self.office.title("registry.operator", owner) if owner else self.word("nessuno", "nobody")
        late = "▲ " if one.due and one.due < self.office.today.isoformat() else ""
        due = late + _day(one.due) if one.due else self.word("senza data", "no date")
        name = f"d {one.meeting['id']} {one.number}"
        text = str(one.row.get("text", ""))
        return self._row(
            name,
            ("governance.meeting", one.meeting["id"]),
            f"    › {text}",
            due,
            who,
            "",
            f"{text} ({_day(one.meeting['date'])})",
        )

    def _row(
        self, name: str, leads: tuple[str, str], first: str, when: str, role: str, agreement: str, text: str
    ) -> GridRow:
        self._leads[name], self._texts[name] = leads, text
        return GridRow(name, [first, when, role, agreement])

    def tell(self, row: str, column: str) -> str:
        return self._texts.get(row, "")

    def leads_to(self, row: str, column: str) -> tuple[str, str] | None:
        return self._leads.get(row)


def _day(stored: str | None) -> str:
    return f"{date.fromisoformat(stored):%d/%m/%y}" if stored else ""


BODIES = PluginScreen(
    "bodies", it="Rete degli enti e decisioni aperte", en="Network of bodies and open decisions", opens=BodiesGrid, record="network",
    command=("Gli enti per tipo e territorio: ruolo, accordi, ultima presenza, decisioni aperte", "The bodies by kind and territory: role, agreements, last attendance, open decisions"),
)  # fmt: skip
