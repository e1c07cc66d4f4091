"""The database file, format 2.

`PRAGMA application_id` is 0x494E5441 ("INTA"), `PRAGMA user_version` the format. Tables of the store itself:

* `meta(name, value)`: `format`, `site` (short name of this workspace), `created` (UTC moment), `versions`
  (which declarations' records it holds; see `upgrade.py`), `words` (what the folded texts depend on; see `rewording.py`).
* `counter(name, value)`: last value given. `id TABLE`: document ids; `number TABLE SITE YEAR`: register numbers.
* `link(target, tbl, uid)`: the record `uid` of table `tbl` refers to the record `target`; derived from the documents.
* `history`: see `log.py`.
* `search PLUGIN/RECORD`: the full-text index of a register, derived from its `words`; see `fulltext.py`.

Each TinyDB table is one SQL table `(id, uid, doc, words)`: the document's TinyDB id; the record's UUID (NULL in tables
that are no register); the document as JSON (UTF-8, no spaces); folded text that a search looks through. A shared table
for all documents made SQLite ignore the indexes (226 ms instead of 0.016 ms).

A register's SQL table has its own name (`training.session`). Any other TinyDB name is written `=` + name, where every
byte of its UTF-8 form that is not a-z, 0-9, `_`, `-` or `.` is `%` + two hexadecimal digits: SQLite takes names that
differ in case only for the same, and names without a dot are the store's own.
"""

import re
from urllib.parse import unquote

APPLICATION = 0x494E5441
FORMAT = 2
MOVED = 2**31 - 1  # the format of an old file that was encrypted or decrypted, for programs that still wait for it

# From each format to the next. Format 1 knew of no versions of declarations: a program that knows no other one must not
# open a file again whose records have the form of later ones, and write into it.
STEPS = {2: ("INSERT INTO meta VALUES('versions', '{}')",)}

CREATE = (
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE link(target TEXT NOT NULL, tbl TEXT NOT NULL, uid TEXT NOT NULL,"
    " PRIMARY KEY(target, tbl, uid)) WITHOUT ROWID",
    "CREATE INDEX link_uid ON link(uid)",
    "CREATE TABLE history(seq INTEGER PRIMARY KEY, hlc TEXT NOT NULL, site TEXT NOT NULL, user TEXT NOT NULL,"
    " operation TEXT NOT NULL, label TEXT NOT NULL, undoes TEXT, tbl TEXT NOT NULL, uid TEXT NOT NULL,"
    " patch TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL)",
    "CREATE INDEX history_uid ON history(uid)",
    "CREATE INDEX history_operation ON history(operation)",
    "CREATE INDEX history_site ON history(site)",
    "CREATE UNIQUE INDEX history_hlc ON history(hlc)",
)

_REGISTER = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_-.")


def sql_name(table: str) -> str:
    """The SQL table of a TinyDB table."""
    if _REGISTER.fullmatch(table):
        return table
    return "=" + "".join(chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in table.encode())


def table_name(sql: str) -> str | None:
    """The TinyDB table of an SQL table, `None` when it is one of the store's own."""
    if sql.startswith("="):
        return unquote(sql[1:])
    return sql if "." in sql else None


def internal(table: str) -> bool:
    """Whether a table holds what the program notes for itself, such as `_session`: saved with the rest, and not told of."""
    return table.startswith("_") and table != "_default"  # TinyDB's own name for a table without one


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quoted_table(table: str) -> str:
    """The SQL table of a TinyDB table, as an identifier in a statement."""
    return quoted(sql_name(table))


def create_table(sql: str) -> str:
    """The statement that makes the SQL table of a TinyDB table."""
    return (
        f"CREATE TABLE IF NOT EXISTS {quoted(sql)}"
        "(id INTEGER PRIMARY KEY, uid TEXT UNIQUE, doc TEXT NOT NULL, words TEXT NOT NULL DEFAULT '')"
    )
