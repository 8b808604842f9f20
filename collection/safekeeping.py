"""Backups, restoring, erasing and checking: what keeps a collection whole, or ends a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from collection.errors import NotFound

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from collection.authorities import Authorities
    from collection.errors import Problem
    from collection.ledger import Ledger
    from collection.records import Records
    from collection.restoring import Restored
    from collection.store.store import Store


class Changes(msgspec.Struct, frozen=True):
    """What has changed since a cursor."""

    changed: tuple[str, ...]
    """The identifiers of what was added or says something else, in the order of the changes."""
    gone: tuple[str, ...]
    """Those of what was taken out."""
    cursor: str
    """Where to go on from the next time."""
    everything: bool = False
    """Whether the cursor was of another collection, so that all testimonies count as changed."""


class Safekeeping:
    """The part of a collection that looks after its file."""

    _store: Store
    _ledger: Ledger
    _records: Records
    _authorities: Authorities
    _cache: Path | None
    _backups: Path | None

    # --- what is new -------------------------------------------------------------------------

    def changes_since(self, cursor: str = "") -> Changes:
        """Tell what has changed, by this program in whatever window, since one last asked.

        Args:
            cursor: what the last answer gave; everything counts as changed if empty.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        lineage, _, sequence = cursor.partition(":")
        self._ledger.catch_up()
        now = f"{self._store.lineage}:{self._store.sequence}"
        if lineage != self._store.lineage or not sequence.isdecimal():
            return Changes(tuple(self._records.ids()), (), now, everything=True)
        steps = self._store.steps(int(sequence))
        ids = dict.fromkeys(id for step in steps for id, _, _ in step.changes)
        here = [id for id in ids if id in self._records]
        return Changes(tuple(here), tuple(id for id in ids if id not in self._records), now)

    # --- backups -----------------------------------------------------------------------------

    def content(self) -> Iterator[bytes]:
        """Give everything as the content of one file that any TinyDB opens, for a backup.

        Raises:
            CannotOpen: when the file cannot be read, or is replaced meanwhile.
        """
        return self._store.content()

    def _back_up_if_due(self) -> None:
        """Make the backup of the day, once the file has been written anew."""
        from collection.store.backups import Backups, back_up_if_due

        if self._backups is not None:
            self.backup_trouble = back_up_if_due(Backups(self._backups, self._store.path)) or ""

    backup_trouble: str = ""
    """Why the last backup of the day could not be made; empty if it could."""

    def restore_from(self, path: str | os.PathLike[str], *, dry_run: bool = False) -> Restored:
        """Make the testimonies equal to those of a backup, in one step that `undo` takes back.

        Places and themes keep their entries. Nothing leaves the history, and what was erased
        does not return.

        Args:
            path: another collection's file, which is only read.
            dry_run: only say what would happen.

        Raises:
            CannotOpen: when the backup is absent, damaged or foreign.
            Conflict: when someone else has changed the same in the meantime.
            CannotSave: when it could not be written; then nothing was changed.
        """
        from collection.restoring import restore

        return restore(self._store, self._ledger, self._records, path, dry_run=dry_run)

    # --- erasing -----------------------------------------------------------------------------

    def is_known(self, id: str) -> bool:
        """Tell whether a testimony is here, or was.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        return id in self._records or self._store.is_known(id)

    def erase(
        self, id: str, *, backups: Path | None = None, indexes: Path | None = None
    ) -> list[str]:
        """Remove a testimony for good: from the file, the history, the backups and the index.

        Only its identifier stays, so that it is not used again. Nothing brings it back; copies
        that were exported, or made by hand, are not reached. To erase once more what is erased
        looks through the backups again.

        Args:
            id: the testimony.
            backups: the folder of backups to look through, if not that of `open`.
            indexes: the folder of kept indexes to look through, if not that of `open`.

        Returns:
            what may still hold it, a sentence each; normally nothing.

        Raises:
            NotFound: when it is neither here nor in the history.
            CannotSave: when the file could not be written; then nothing was removed.
        """
        from collection.erasing import scrub

        with self._records.lock:
            self._ledger.keep_up()
            if not self.is_known(id):
                raise NotFound(f"There is no testimony {id} in {self._store.path.name}.")
            known = self._records.get(id)
            self._ledger.erase(id)
        folders = (backups or self._backups, indexes or self._cache)
        return scrub(self._store.path, id, *folders, known)

    # --- looking through ---------------------------------------------------------------------

    def check(self) -> list[Problem]:
        """Look through everything for what is wrong; nothing is changed.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        from collection.checking import problems_of
        from collection.consistency import (
            problems_of_copies,
            problems_of_entries,
            problems_of_history,
        )

        found = [*self._store.problems, *self._authorities.check()]
        for testimony in self._records:
            found += problems_of(testimony, private=self._records.private)
        found += problems_of_history(self._store, self._records)
        found += problems_of_entries(self._store.aside, self._records)
        found += problems_of_copies(self._store.path)
        return found

    def check_backups(self, folder: Path) -> list[Problem]:
        """Tell which backups cannot be relied on; each is read as a whole.

        Args:
            folder: of the backups of all collections.
        """
        from collection.consistency import problems_of_backups

        return [*problems_of_backups(self._store.path, folder)]

    @property
    def mendable(self) -> list[Problem]:
        """Those problems of the file that `mend` mends."""
        return [one for one in self._store.problems if one.field in ("id", "checksum")]

    def mend(self) -> list[str]:
        """Give entries without an identifier of their own one, and the file a right checksum.

        Returns:
            what was done, a sentence each.

        Raises:
            CannotSave: when it could not be written; everything is as it was.
        """
        with self._records.lock:
            self._ledger.keep_up()
            done = self._store.mend()
            self._ledger.catch_up()
        return done

    def check_index(self, folder: Path) -> Problem | None:
        """Tell what is wrong with the search index that is kept in a folder; none if nothing is."""
        from collection.consistency import problem_of_index
        from collection.search.cache import IndexCache

        cache = IndexCache(folder, self._store.path)
        ids = self._records.ids()
        return problem_of_index(cache, self._store.state, ids, self._records.get)
