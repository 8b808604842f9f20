"""The ledger: changes made on the disk and in memory together, and taken back in turn."""

from __future__ import annotations

import contextlib
import getpass
from typing import TYPE_CHECKING

import msgspec

from collection.errors import CannotOpen, CannotSave, CollectionError, Conflict, shown
from collection.store.entries import EntryChange
from collection.store.store import Change, now
from collection.testimony import Testimony, make_id, same_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collection.authorities import Authorities
    from collection.records import Records
    from collection.store.store import Store


class Step(list[Change]):
    """The changes of testimonies that are made together, and those of authority entries."""

    def __init__(self, changes: Iterable[Change] = (), entries: Iterable[EntryChange] = ()) -> None:
        """Take the changes."""
        super().__init__(changes)
        self.entries = tuple(entries)
        """The changes of authority entries."""

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(len(self) or self.entries)


class Ledger:
    """Keeps the records in memory and those in the file the same, and remembers each change."""

    def __init__(self, store: Store, records: Records, authorities: Authorities, by: str) -> None:
        """Take the file, the memory of it, and who makes the changes."""
        self._store = store
        self._records = records
        self._authorities = authorities
        # A login or a form may give what cannot be written down.
        self._by = by.encode("utf-8", "replace").decode()
        self._undo: list[Step] = []
        self._redo: list[Step] = []

    # --- stamps ------------------------------------------------------------------------------

    def stamped(self, testimony: Testimony) -> Testimony:
        """Note when and by whom a new record was made; what it says of that already stays."""
        moment = now()
        return msgspec.structs.replace(
            testimony,
            id=testimony.id or self._free_id(),
            created=testimony.created or moment,
            modified=testimony.modified or moment,
            by=testimony.by or self._by,
            revision=testimony.revision or 1,
        )

    def restamped(self, before: Testimony, after: Testimony) -> Testimony:
        """Note when and by whom a record was changed."""
        return msgspec.structs.replace(
            after,
            created=before.created,
            modified=now(),
            by=self._by,
            revision=before.revision + 1,
        )

    def _free_id(self) -> str:
        while (id := make_id()) in self._records:
            pass
        return id

    # --- making changes and taking them back -------------------------------------------------

    def commit(self, changes: Sequence[Change], entries: Sequence[EntryChange] = ()) -> None:
        """Make changes, all or none, as one step that can be undone."""
        with self._records.lock:
            self.keep_up()
            step = Step(changes, entries)
            self._apply(step)
            self._undo.append(step)
            self._redo.clear()

    def undo(self) -> Step:
        """Take the last step back; see `Collection.undo`."""
        return self._reverse(self._undo, self._redo)

    def redo(self) -> Step:
        """Make the step again that was last taken back."""
        return self._reverse(self._redo, self._undo)

    def _reverse(self, source: list[Step], target: list[Step]) -> Step:
        with self._records.lock:
            if not source:
                return Step()
            try:
                self.keep_up()
                step = source[-1]
                changes = [self._reversed(change) for change in reversed(step)]
                reverse = Step(changes, map(self._reversed_entry, step.entries))
                self._apply(reverse)
            except Conflict:
                source.pop()
                raise
            source.pop()
            target.append(reverse)
            return reverse

    def _reversed(self, change: Change) -> Change:
        current = self._records.get(change.id)
        # Undoing what came later has changed the revision, but nothing else.
        if not _same(current, change.after):
            raise Conflict(
                f"{change.id} has been changed since by someone else, so this cannot be undone. "
                f"Nothing was changed."
            )
        undoes = change.undoes or (change.before is None and not change.restores)
        after = change.before
        if after is not None:
            revision = max(after.revision, current.revision if current else 0) + 1
            after = msgspec.structs.replace(after, revision=revision, modified=now(), by=self._by)
        return Change(current, after, restores=current is None, undoes=undoes)

    def _reversed_entry(self, change: EntryChange) -> EntryChange:
        if self._authorities.entry(change.about, change.name) != change.after:
            raise Conflict(
                f"The entry of the {change.about} {shown(change.name)} has been changed since by "
                f"someone else, so this cannot be undone. Nothing was changed."
            )
        return EntryChange(change.about, change.name, change.after, change.before)

    def _apply(self, step: Step) -> None:
        new = self._authorities.unsaved((change.after for change in step), step.entries)
        entries = [*step.entries, *new]
        try:
            stale = self._store.commit(step, self._by, entries)
        except CollectionError as error:
            # What is on screen shall be what is in the file, whatever went wrong.
            with contextlib.suppress(CannotOpen):
                self.catch_up()
            if isinstance(error, CannotOpen):
                raise CannotSave(str(error)) from error
            raise
        self._authorities.apply(entries)
        for change in step:
            self._records.put(change.id, change.after)
        if stale:
            # It is saved; whatever else is the matter, the next change will say.
            with contextlib.suppress(CannotOpen):
                self.catch_up()

    # --- keeping up --------------------------------------------------------------------------

    def catch_up(self) -> bool:
        """Take over what others have changed in the file; see `Collection.catch_up`."""
        with self._records.lock:
            if not self._store.changed():
                return False
            records = self._store.load(self._check_complete)
            self._authorities.take()
            self._records.take(records)
            return True

    def keep_up(self) -> None:
        """Take over what others have saved, before something is built on it."""
        if self._store.read_only:
            return
        try:
            self.catch_up()
        except CannotOpen as error:
            raise CannotSave(f"{error} Nothing was saved.") from error

    def _check_complete(self, records: dict[str, Testimony]) -> None:
        """Refuse a file that has lost what is here: an old copy, or another collection.

        Raises:
            CannotOpen: what is in memory is then the only place where it is.
        """
        mine = {one.id: one.revision for one in self._records}
        lost = {id for id, n in mine.items() if id not in records or records[id].revision < n}
        if lost and (lost := lost - self._store.taken_out()):
            raise CannotOpen(
                f"{self._store.path.name} was replaced: {len(lost)} of the testimonies shown here "
                f"are missing from it, or older, and nobody withdrew them. What is shown was kept; "
                f"export it, then open the file again."
            )


def _same(one: Testimony | None, other: Testimony | None) -> bool:
    if one is None or other is None:
        return one is other
    return same_content(one, other)


def login() -> str:
    """Give the name of the login, empty where there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A user without a name, as in a container.
        return ""
