"""Words that tell of health or of somebody's story are asked about wherever people write freely."""

from typing import Any

import pytest

from .conftest import about


def test_all_words_that_sound_so_are_named(problems: Any) -> None:
    text = "È depressa e incinta: diabete, HIV o TBC? Diagnosi in arrivo"
    words = about(problems("registry.referral", date="1/2/2021", family="Okafor", reason=text), "reason", warning=True)[
        0
    ]
    assert all(word in words for word in ("depressa", "incinta", "diabete", "hiv", "tbc", "diagnosi"))


@pytest.mark.parametrize(
    ("table", "values", "field"),
    [
        ("registry.referral", {"date": "1/2/2021", "family": "Okafor", "reason": "In TERAPIA all'AUSL"}, "reason"),
        ("governance.quarterly_report", {"year": "2021", "quarter": "q1", "activities": "Un trauma"}, "activities"),
        (
            "governance.quarterly_report",
            {"year": "2021", "quarter": "q1", "issues": [{"text": "Diagnosi", "cause": "context"}]},
            "issues.1.text",
        ),
    ],
)
def test_a_word_of_health_or_story_is_a_warning_and_no_error(
    problems: Any, table: str, values: dict[str, Any], field: str
) -> None:
    italian, english = about(problems(table, **values), field, warning=True)
    assert "«" in italian
    assert "“" in english
    assert not about(problems(table, **values), field)
