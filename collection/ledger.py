"""The ledger: changes made on the disk and in memory together, and taken back in turn."""

from __future__ import annotations

import contextlib
import getpass
from typing import TYPE_CHECKING

import msgspec

from collection.errors import CannotOpen, CannotSave, CollectionError, Conflict, shown
from collection.sequence import Sequence as Order
from collection.store.changes import NOT_YET, Change, EntryChange
from collection.store.moment import now
from collection.testimony import Testimony, make_id, same_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from collection.authorities import Authorities
    from collection.records import Records
    from collection.store.changes import Step as Made
    from collection.store.gathering import News
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
        self.by = by.encode("utf-8", "replace").decode()
        """Who makes the changes."""
        self._order = Order(store, self.by)

    # --- stamps ------------------------------------------------------------------------------

    def stamped(self, testimony: Testimony) -> Testimony:
        """Note when and by whom a new record was made; what it says of that already stays."""
        moment = now()
        return msgspec.structs.replace(
            testimony,
            id=testimony.id or self._free_id(),
            created=testimony.created or moment,
            modified=testimony.modified or moment,
            by=testimony.by or self.by,
            revision=testimony.revision or 1,
        )

    def restamped(self, before: Testimony, after: Testimony) -> Testimony:
        """Note when and by whom a record was changed."""
        return msgspec.structs.replace(
            after,
            created=before.created,
            modified=now(),
            by=self.by,
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
            made = self._apply(Step(changes, entries))
            self._order.made(made)

    def undo(self) -> Step:
        """Take the last step back; see `Collection.undo`."""
        return self._reverse(redo=False)

    def redo(self) -> Step:
        """Make the step again that was last taken back."""
        return self._reverse(redo=True)

    def erase(self, id: str) -> None:
        """Remove a testimony from the file for good; see `Collection.erase`."""
        self._store.erase(id, self.by)
        self._take(self._store.take_news())
        self._order.forget()
        self._records.put(id, None)

    def _reverse(self, *, redo: bool) -> Step:
        with self._records.lock:
            self.keep_up()
            last = self._order.last(redo=redo)
            if last is None:
                return Step()
            try:
                changes = [self._reversed(*change) for change in reversed(last.changes)]
                reverse = Step(changes, [self._reversed_entry(*entry) for entry in last.entries])
                made = self._apply(reverse, reverses=last.sequence)
            except Conflict:
                self._order.drop(last)
                raise
            self._order.made(made)
            return reverse

    def _reversed(self, id: str, before: int, after: int) -> Change:
        """Give the change that takes one back, which led from one revision to another."""
        current = self._records.get(id)
        # Undoing what came later has changed the revision, but nothing else.
        then = self._store.version(id, after) if after > 0 else None
        if not _same(current, then):
            raise Conflict(
                f"{id} has been changed since by someone else, so this cannot be undone. "
                f"Nothing was changed."
            )
        if before <= 0:
            return Change(current, None, undoes=before == NOT_YET)
        former = self._store.version(id, before)
        if former is None:
            raise Conflict(
                f"What {id} said before is no longer in the history, so this cannot be undone. "
                f"Nothing was changed."
            )
        revision = max(former.revision, current.revision if current else 0) + 1
        former = msgspec.structs.replace(former, revision=revision, modified=now(), by=self.by)
        gone = current is None
        return Change(current, former, restores=gone, undoes=gone and after == NOT_YET)

    def _reversed_entry(
        self, about: str, name: str, before: msgspec.Raw, after: msgspec.Raw
    ) -> EntryChange:
        then = self._authorities.decoded(about, before), self._authorities.decoded(about, after)
        known = self._authorities
        # What somebody has only looked up since is no change.
        current = (known.kept if then[1] is None else known.entry)(about, name)
        if current != then[1]:
            raise Conflict(
                f"The entry of the {about} {shown(name)} has been changed since by "
                f"someone else, so this cannot be undone. Nothing was changed."
            )
        # An entry that was given another spelling of its name is found by that one.
        return EntryChange(about, name if current is None else current.name, current, then[0])

    def _apply(self, step: Step, reverses: int = 0) -> Made:
        new = self._authorities.unsaved((change.after for change in step), step.entries)
        try:
            made = self._store.commit(step, self.by, step.entries, kept=new, reverses=reverses)
        except CollectionError as error:
            # What is on screen shall be what is in the file, whatever went wrong.
            with contextlib.suppress(CannotOpen):
                self._take(self._store.take_news())
                self.catch_up()
            if isinstance(error, CannotOpen):
                raise CannotSave(str(error)) from error
            raise
        self._take(self._store.take_news())
        self._authorities.apply([*step.entries, *new])
        for change in step:
            self._records.put(change.id, change.after)
        return made

    # --- keeping up --------------------------------------------------------------------------

    def open(self) -> None:
        """Read the file for the first time.

        Raises:
            CannotOpen: see `Store.load`.
        """
        self._records.take(self._store.load(self._check_complete))
        self._order.begin(self._store.sequence)

    def catch_up(self) -> bool:
        """Take over what others have changed in the file; see `Collection.catch_up`."""
        with self._records.lock:
            if not self._store.changed():
                return False
            news = self._store.catch_up()
            self._take(news)
            return bool(news)

    def _take(self, news: News) -> None:
        if news.everything is not None:
            self._authorities.take()
            self._records.take(news.everything)
            self._order.forget()
        elif news.entries_gone:
            self._authorities.take()
        elif news.entries:
            self._authorities.learn(news.entries)
        for id, record in news.testimonies.items():
            self._records.put(id, record)

    def keep_up(self) -> None:
        """Take over what others have saved, before something is built on it."""
        if self._store.read_only:
            return
        try:
            self.catch_up()
        except CannotOpen as error:
            raise CannotSave(f"{error} Nothing was saved.") from error

    def _check_complete(
        self, records: dict[str, Testimony], taken_out: Callable[[], frozenset[str]]
    ) -> None:
        """Refuse a file that has lost what is here: an old copy, or another collection.

        Raises:
            CannotOpen: what is in memory is then the only place where it is.
        """
        mine = {one.id: one.revision for one in self._records}
        lost = {id for id, n in mine.items() if id not in records or records[id].revision < n}
        if lost and (lost := lost - taken_out()):
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
