"""What holds for every field of the shipped plugins."""

from collections.abc import Iterator

import pytest

from intarsi_mediation.intervention import Intervention
from intarsi_registry import plugin as registry
from intarsi_registry.person import Person
from intarsi_training.certificate import Certificate
from intarsi_tui.host.discovery import Source
from intarsi_tui.host.loader import load
from intarsi_tui.records.declaration import Declaration
from intarsi_tui.records.labels import plain
from intarsi_tui.records.linked_kinds import RowsKind
from intarsi_tui.records.privacy import may_see

NAMES = ("registry", "governance", "training", "mediation", "cohousing", "dissemination")


def declarations() -> Iterator[Declaration]:
    for name in NAMES:
        yield from load(Source(name, f"intarsi_{name}:plugin")).state.records


def with_rows(declaration: Declaration) -> Iterator[tuple[str, Declaration]]:
    yield declaration.table, declaration
    for field in declaration.own:
        if isinstance(field.kind, RowsKind):
            yield from with_rows(field.kind.declaration)


EVERY = [pytest.param(one, id=one.table) for one in declarations()]


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_plugin_loads_without_findings(name: str) -> None:
    state = load(Source(name, f"intarsi_{name}:plugin")).state
    assert (state.state, state.findings) == ("loaded", ())


@pytest.mark.parametrize("declaration", EVERY)
def test_every_field_declares_its_privacy_and_both_wordings(declaration: Declaration) -> None:
    for place, one in with_rows(declaration):
        for field in one.own:
            assert field.declared, f"{place}.{field.name}"
            assert field.label != plain(field.name), f"{place}.{field.name}"
            for text in filter(None, (field.help, field.section)):
                assert text.it
                assert text.en


@pytest.mark.parametrize(
    ("table", "name", "typed", "code"),
    [
        ("registry.person", "gender", "Donna", "F"), ("registry.person", "gender", "uomo", "M"),
        ("registry.person", "birth_date_source", "presunta", "presumed"), ("registry.person", "birth_date_source", "solo l'anno", "presumed"),
        ("registry.person", "education", "terza media", "lower_secondary"), ("registry.person", "education", "scuola superiore", "upper_secondary"),
        ("registry.person", "birth_date_source", "effettiva", "documented"), ("registry.body", "nature", "Coop", "third_sector"),
        ("training.session", "status", "fatta", "held"), ("mediation.intervention", "service", "interpretariato", "mediation"),
        ("cohousing.unit", "ownership", "casa popolare", "public_housing"), ("dissemination.material", "type", "volantino", "brochure"),
        ("governance.network", "level", "Regione", "regional"),
    ],
)  # fmt: skip
def test_the_words_of_an_office_are_understood(table: str, name: str, typed: str, code: str) -> None:
    declaration = next(one.values[0] for one in EVERY if one.id == table)
    assert declaration.by_name[name].kind.read(typed) == code


@pytest.mark.parametrize("declaration", EVERY)
def test_every_choice_has_both_wordings(declaration: Declaration) -> None:
    for place, one in with_rows(declaration):
        for field in one.own:
            for code, label in field.kind.params.get("choices", {}).items():
                assert all(label), f"{place}.{field.name}: {code}"


@pytest.mark.parametrize("declaration", EVERY)
def test_a_list_has_four_to_seven_columns_of_its_own(declaration: Declaration) -> None:
    assert 4 <= sum(bool(field.in_list) for field in declaration.own) <= 7


@pytest.mark.parametrize("name", NAMES)
def test_indicators_have_a_label_for_narrow_screens(name: str) -> None:
    for one in load(Source(name, f"intarsi_{name}:plugin")).state.indicators:
        for words in one.short:
            assert len(words) <= 15, f"{one.name}: {words} is cut at 80 columns"


def test_the_lead_sees_pseudonyms_and_never_a_name_a_birth_date_or_a_permit_number() -> None:
    person = Person.declaration.by_name
    seen = {name for name, field in person.items() if may_see("lead", field.privacy)}
    assert {
        "pseudonym",
        "gender",
        "age_band",
        "citizenship",
        "permit_type",
        "municipality",
        "household",
        "take_in_date",
    } <= seen
    assert not seen & {"surname", "given_name", "birth_date", "identifiers", "tax_code", "permits", "vulnerability"}


def test_vulnerability_is_special_and_never_exported() -> None:
    field = Person.declaration.by_name["vulnerability"]
    assert (field.privacy, field.exported) == ("special", False)


def test_health_access_is_special() -> None:
    fields = Intervention.declaration.by_name
    assert {fields[name].privacy for name in ("ssn_registered", "ssn_date", "doctor_chosen", "vaccination_shown")} == {
        "special"
    }


def test_persons_and_households_are_called_by_their_pseudonym() -> None:
    titles = {record.declaration.record: record.declaration.title for record in registry.records}
    assert titles["person"] == titles["household"] == ("pseudonym",)
    assert titles["operator"] == ("surname", "given_name")


def test_what_a_certificate_counts_is_computed_from_its_enrolment() -> None:
    given = {field.name for field in Certificate.declaration.own if field.given}
    assert given == {"operator", "course", "course_code", "minutes", "percent", "sector", "operator_sector"}
