"""Trying out what may write thousands of records, without anybody having to wait for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ..project.trials import trial_folder
from .office import Office, set_up


@contextmanager
def on_a_copy(office: Office) -> Iterator[Office]:
    """The office as it is at this moment, on a copy of its database that is thrown away: nobody waits for what is tried there.

    130 MB take 0.6 s.

    Raises:
        StoreError: disk_full and the like.
    """
    from ..store import open_store

    workspace = office.workspace
    with trial_folder(workspace) as folder:
        path = folder / workspace.database.name
        office.store.connection.copy_to(str(path), lasting=False)
        store = open_store(path, workspace.key, user=office.user, create=False)
        try:
            copy = replace(office, store=store)
            set_up(copy, office.store.partner, office.store.connection.read_only)
            yield copy
        finally:
            store.close()
