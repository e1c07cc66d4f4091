"""The pages of an encrypted database as SQLite would see them, without SQLite: for files that it refuses.

SQLCipher 4 (zetetic.net/sqlcipher/design): pages of 4,096 bytes, AES-256 in CBC mode; the last 80 bytes of each are its
initialisation vector and an HMAC, which is not asked: a damaged page gives what it still has, and rows are proved by the history.
The first 16 bytes of the file are a salt, in place of SQLite's own name.
"""

from pathlib import Path

PAGE = 4096
RESERVED = 80
SALT = 16
NAME = b"SQLite format 3\0"


def deciphered(page: bytes, key: bytes, *, first: bool = False) -> bytes:
    """A page in the clear, its reserved bytes zero; zeros for one that was never written or is cut short.

    Parameters:
        first: it is page 1.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    start = SALT if first else 0
    if len(page) != PAGE or not any(page):
        return b"\0" * PAGE
    vector = page[-RESERVED : SALT - RESERVED]
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return (NAME if first else b"") + cipher.update(page[start:-RESERVED]) + cipher.finalize() + b"\0" * RESERVED


def header(path: Path, key: bytes) -> bytes:
    """The first page of the database at `path`."""
    with path.open("rb") as file:
        return deciphered(file.read(PAGE), key, first=True)
