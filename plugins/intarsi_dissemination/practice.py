"""Good practices and take-in models that bring public services and private bodies together; adopted ones count for C3."""

from collections.abc import Iterator

from intarsi_registry.rules import in_project, not_in_future, shown
from intarsi_tui import (
    Choice,
    Choices,
    Context,
    Date,
    Int,
    Link,
    Links,
    LongText,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)

from .choices import AREAS, PRACTICES

PUBLIC = ("public", "school", "health", "prefecture", "police")


class Step(Row, it="Passo", en="Step"):
    text: LongText = field(it="Che cosa si fa", en="What is done", privacy="public", max=1000)
    who: Text | None = field(it="Chi", en="Who", privacy="public")
    time: Text | None = field(it="Tempi", en="Time", privacy="public")


class Adoption(Row, it="Adozione", en="Adoption"):
    body: Link = link("registry.body", it="Chi l'ha adottata", en="Adopted by")
    date: Date | None = field(it="Data", en="Date", privacy="public")
    act: Text | None = field(
        it="Atto", en="Act", privacy="public", help=("Delibera, determina o protocollo", "Resolution, decision or protocol"),
    )  # fmt: skip


class Practice(
    Record, it="Buona prassi", en="Practice", plural=("Buone prassi e modelli", "Practices and models"),
    also=("pratiche, esperienze, modelli di presa in carico", "experiences, models of take-in"),
    title=("name",), date="date",
):  # fmt: skip
    name: Text = field(
        it="Nome", en="Name", privacy="public", in_list=30, index=True, section=("Buona prassi", "Practice")
    )
    kind: Choice = field(it="Tipo", en="Kind", privacy="public", in_list=True, choices=PRACTICES)
    date: Date = field(it="Data della scheda", en="Described on", privacy="public", in_list=True)
    areas: Choices | None = field(it="Ambiti", en="Areas", privacy="public", in_list=True, choices=AREAS)
    background: LongText | None = field(
        it="Contesto", en="Background", privacy="public", help=("Niente vicende di singole famiglie", "No stories of single families"),
    )  # fmt: skip
    problem_faced: LongText | None = field(it="Problema", en="Problem", privacy="public", to_confirm=True)
    solution: LongText | None = field(it="Soluzione", en="Solution", privacy="public", to_confirm=True)
    public_actors: Links | None = link(
        "registry.body", it="Attori pubblici", en="Public actors", section=("Attori e passi", "Actors and steps")
    )
    private_actors: Links | None = link("registry.body", it="Attori privati", en="Private actors")
    steps: Rows[Step] = field(it="Passi", en="Steps", privacy="public", default=[])
    tools: LongText | None = field(it="Strumenti", en="Tools", privacy="public")
    resources: LongText | None = field(
        it="Risorse",
        en="Resources",
        privacy="public",
        help=("Persone, ore, spazi, costi", "People, hours, rooms, costs"),
    )
    materials: Links | None = link("dissemination.material", it="Materiali", en="Materials")
    results: LongText | None = field(it="Risultati", en="Results", privacy="public", section=("Risultati", "Results"))
    replicability: LongText | None = field(
        it="Condizioni di replicabilità", en="Conditions of replicability", privacy="public"
    )
    adoptions: Rows[Adoption] = field(
        it="Adozioni", en="Adoptions", privacy="public", default=[], section=("Adozioni", "Adoptions"),
        help=("Con data e atto contano per C3", "With date and act they count for C3"),
    )  # fmt: skip
    adoptions_count: Int | None = field(
        it="N. adozioni", en="Number of adoptions", privacy="public", in_list=True, computed=True
    )
    first_adopted_on: Date | None = field(
        it="Prima adozione", en="First adoption", privacy="public", in_list=True, computed=True
    )

    def compute(self, context: Context) -> None:
        self.adoptions_count = len(self.adoptions)
        # Without its act nobody can show that a practice was adopted.
        self.first_adopted_on = min((row.date for row in self.adoptions if row.act and row.date), default=None)

    def check(self) -> Iterator[Problem]:
        if self.kind == "model" and not (self.public_actors and self.private_actors):
            missing = "private_actors" if self.public_actors else "public_actors"
            yield self.problem(
                missing, warning=True, it="Un modello integrato ha attori pubblici e privati",
                en="An integrated model has public and private actors",
            )  # fmt: skip
        bodies = [row.body for row in self.adoptions]
        for number, row in enumerate(self.adoptions, 1):
            if row.body in bodies[: number - 1]:
                yield self.problem(f"adoptions.{number}.body", it="L'ente c'è già", en="The body is already there")
            if not (row.date and row.act):
                yield self.problem(
                    f"adoptions.{number}.{'act' if row.date else 'date'}", warning=True,
                    it="Senza data e atto l'adozione non conta per C3", en="Without date and act the adoption does not count for C3",
                )  # fmt: skip

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from not_in_future(self, "date", context)
        # The earliest adoption is the one that is counted.
        yield from in_project(self, "first_adopted_on", context)
        for number, row in enumerate(self.adoptions, 1):
            if row.date and row.date > context.today:
                yield self.problem(
                    f"adoptions.{number}.date", day=shown(row.date), it="{day} è nel futuro: non può essere già adottata",
                    en="{day} is in the future: it cannot be adopted yet",
                )  # fmt: skip
        for name, public in (("public_actors", True), ("private_actors", False)):
            for uid in getattr(self, name) or ():
                body = context.get("registry.body", uid) or {}
                if body.get("nature", "other") != "other" and (body["nature"] in PUBLIC) != public:
                    yield self.problem(
                        name, warning=True, body=body["name"], it="{body} è registrato come ente dell'altro tipo",
                        en="{body} is recorded as a body of the other kind",
                    )  # fmt: skip
