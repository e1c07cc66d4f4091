"""The rows of `app.py`, which the peers have too: they know nothing of our program."""

WORDS = (
    "casa",
    "scuola",
    "corso",
    "incontro",
    "lingua",
    "famiglia",
    "lavoro",
    "colloquio",
    "orario",
    "gruppo",
    "nido",
    "ufficio",
)


def visit(number: int) -> dict[str, object]:
    """An invented visit; one in 331 has the same town."""
    return {
        "code": f"C{number:07d}", "day": f"2021-{1 + number % 12:02d}-{1 + number % 28:02d}", "town": f"Comune {number % 331}",
        "address": f"via {WORDS[number % 12]} {WORDS[number // 12 % 12]} {number % 90}", "operator": f"operatore {number % 17}",
        "hours": 30 + number % 90, "cost": number % 500 / 4,
    }  # fmt: skip
