"""Bytes that only the holder of a key can read: AES-256 in Galois/counter mode, whole pieces or files of any size."""

import hmac
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

MAGIC = b"INTARSI\x01"
NONCE = 12  # bytes; drawn at random, which is sound for billions of files under one key
TAG = 16
OVERHEAD = len(MAGIC) + NONCE + TAG
PIECE = 1 << 20


class NotSealed(ValueError):
    """The bytes were not sealed with this key, or were changed since."""


def derived(key: bytes, purpose: str) -> bytes:
    """The key of 32 bytes for one purpose: who learns one learns nothing of the others."""
    return hmac.digest(key, b"intarsi " + purpose.encode(), "sha256")


def sealed(pieces: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """A file of `MAGIC`, nonce, ciphertext and tag, piece by piece."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    nonce = os.urandom(NONCE)
    cipher = Cipher(algorithms.AES(key), modes.GCM(nonce)).encryptor()
    yield MAGIC + nonce
    for piece in pieces:
        yield cipher.update(piece)
    yield cipher.finalize() + cipher.tag


def unsealed(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """What was sealed into `file`, piece by piece. What came is proved only when the last piece came.

    Raises:
        NotSealed: at the end, or at once when the file is no sealed one.
        OSError: the file cannot be read.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    head = file.read(len(MAGIC) + NONCE)
    if not head.startswith(MAGIC) or len(head) < len(MAGIC) + NONCE:
        raise NotSealed
    cipher = Cipher(algorithms.AES(key), modes.GCM(head[len(MAGIC) :])).decryptor()
    held = b""
    while piece := file.read(PIECE):
        held += piece
        yield cipher.update(held[:-TAG])
        held = held[-TAG:]
    try:
        yield cipher.finalize_with_tag(held)
    except (InvalidTag, ValueError):  # ValueError: less than a tag is left
        raise NotSealed from None
