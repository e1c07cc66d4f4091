"""Identifiers: UUIDv7 for records (they sort by age), and pseudonyms that mean nothing."""

import os
import secrets
import time
import uuid

# No vowels (no words appear), no 0/O, 1/I/L: read aloud and copied by hand without mistakes.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def uuid7() -> str:
    """A new UUID, version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def pseudonym(prefix: str) -> str:
    """A new random code such as `D-7K3QX`: 14 million of each prefix, so the caller tries again when it is taken."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(5))
