"""The versions of a testimony: what it said before, what was withdrawn, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from collection.errors import NotFound
from collection.store.changes import Change
from collection.testimony import Testimony, same_content, validate

if TYPE_CHECKING:
    from collection.ledger import Ledger
    from collection.records import Records
    from collection.store.changes import Version
    from collection.store.store import Store


class Versions:
    """The part of a collection that knows what it held before."""

    _store: Store
    _ledger: Ledger
    _records: Records

    def history(self, id: str) -> list[Version]:
        """Give the earlier versions of a testimony, oldest first, whole as they were kept.

        What was seen by all yesterday may be sealed today: where anything of a testimony is
        withheld, and of one that was withdrawn, it is only told who changed it when, unless
        the keeper has asked to see what is private.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        from collection.past import as_may_be_seen

        versions = self._store.history(id)
        if self._records.private:
            return versions
        return as_may_be_seen(versions, self._records.get(id))

    def withdrawn(self) -> list[Version]:
        """Give the last version of what was withdrawn, or added and taken back, newest first.

        Unless the keeper has asked to see what is private, it is only told which testimony was
        withdrawn when and by whom.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        from collection.past import as_may_be_seen

        last = self._store.last_withdrawn()
        last.sort(key=lambda version: version.at, reverse=True)
        return last if self._records.private else as_may_be_seen(last, None)

    def bring_back(self, id: str, revision: int | None = None) -> Testimony:
        """Make an earlier version the current one; a testimony that was withdrawn returns.

        Args:
            id: the testimony.
            revision: the number of the version; of one that was withdrawn its last, if not
                given.

        Returns:
            the record as kept, with a revision number of its own.

        Raises:
            NotFound: when there is no such version.
            InvalidTestimony: when it could not be kept like that today.
            Conflict: when someone else has changed the same in the meantime.
            CannotSave: when it could not be written.
        """
        with self._records.lock:
            self._ledger.keep_up()
            current = self._records.get(id)
            then = self._version(id, revision)
            validate(then)
            if current is not None and same_content(current, then):
                return current
            last = current if current is not None else self._version(id, None)
            after = self._ledger.restamped(last, then)
            self._ledger.commit([Change(current, after, restores=current is None)])
            return after

    def _version(self, id: str, revision: int | None) -> Testimony:
        for version in reversed(self._store.history(id)):
            try:
                then = msgspec.convert(version.before, Testimony)
            except msgspec.ValidationError:
                continue
            if revision is None or then.revision == revision:
                return then
        which = f"version {revision} of {id}" if revision is not None else f"testimony {id}"
        raise NotFound(f"There is no {which} in the history. Nothing was changed.")
