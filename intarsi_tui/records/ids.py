"""Identifiers: UUIDv7 for records (they sort by age), and pseudonyms that mean nothing."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random, SystemRandom

# No vowels (no words appear), no 0/O, 1/I/L: read aloud and copied by hand without mistakes.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"

_source: ContextVar[Random] = ContextVar("source", default=SystemRandom())  # noqa: B039 - it has no state


def uuid7() -> str:
    """A new UUID, version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"  # the module uuid would cost every start 3 ms
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def pseudonym(prefix: str) -> str:
    """A new random code such as `D-7K3QX`: 14 million of each prefix, so the caller tries again when it is taken."""
    return f"{prefix}-" + "".join(_source.get().choices(ALPHABET, k=5))


@contextmanager
def pseudonyms_from(source: Random) -> Iterator[None]:
    """Inside, pseudonyms come out the same for the same seed: for invented people only, since they can be foretold."""
    before = _source.set(source)
    try:
        yield
    finally:
        _source.reset(before)
