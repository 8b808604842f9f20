"""The changes of single testimonies: adding, revising, withdrawing, and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from collection.errors import Conflict
from collection.placing import filled, is_same, meanings, with_choices
from collection.store.changes import Change
from collection.testimony import FIELDS, Testimony, same_content, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collection.access import Gated
    from collection.alike import Alike
    from collection.authorities import Authorities
    from collection.ledger import Ledger
    from collection.places.entry import Candidate, PlaceEntry
    from collection.records import Records
    from collection.store.changes import EntryChange


class Changing:
    """The part of a collection that changes testimonies one by one."""

    _authorities: Authorities
    _ledger: Ledger
    _records: Records
    get: Callable[[str], Testimony]
    view: Callable[[str], Gated]

    def place_meanings(self, testimony: Testimony) -> dict[str, PlaceEntry]:
        """Tell what the places of a testimony would be taken for, by name; nothing changes.

        The place of interview is among them.
        """
        return meanings(testimony, self._authorities)

    def alike(self, testimony: Testimony, stop: Callable[[], bool] = lambda: False) -> list[Alike]:
        """Find the testimonies that an entry nearly equals, as far as they may be seen.

        Args:
            testimony: the record that is to be saved.
            stop: tells whether to give up.

        Returns:
            those whose account it mostly shares, or whose title and date, most alike first.
        """
        from collection.alike import alike

        return alike(testimony, self._records, self._records.view, stop)

    def saved_already(self, testimony: Testimony) -> Testimony | None:
        """Find the testimony that says the very same, whatever its identifier.

        What is sealed is looked at too: it is asked for a draft whose entry may have been saved
        just before the program was killed, and then it is nothing new.
        """
        for one in self._records:
            if one.account != testimony.account or one.title != testimony.title:
                continue
            if is_same(one, msgspec.structs.replace(testimony, id=one.id)):
                return one
        return None

    def about_place(self, place: PlaceEntry | Candidate, written: str = "") -> str:
        """Say in a few words what a place is: `town, Lviv Oblast, Ukraine`.

        Args:
            place: what is known of it.
            written: the name that it is written with; where that is another, its own comes first.
        """
        from collection.suggesting import about_place

        return about_place(place, self._authorities, written)

    def begin_like(self, id: str) -> Testimony:
        """Begin a testimony with what it shares with another of the same interviewer and place.

        What is withheld of the other is not taken over.

        Raises:
            NotFound: when there is none.
        """
        from collection.beginning import like

        gated = self.view(id)
        if gated.sealed:
            return Testimony(title="", account="")
        hidden = dict.fromkeys({key.partition(".")[0] for key in (*gated.withheld, *gated.struck)})
        seen = {name: getattr(gated.testimony, name) for name in FIELDS if name not in hidden}
        return like(Testimony(**{"title": "", "account": ""} | seen))

    def add(
        self, testimony: Testimony, *, meant: Mapping[str, Candidate] | None = None
    ) -> Testimony:
        """Add a testimony; adding the same again changes nothing.

        Args:
            testimony: the record.
            meant: what its places mean where somebody has chosen, by name. A choice decides
                for the collection where no other testimony bears the name and nobody has
                decided; otherwise it holds for this testimony only.

        Returns:
            the record as kept, with its identifier.

        Raises:
            InvalidTestimony: when it cannot be kept.
            Conflict: when the identifier belongs to other content, or did.
            CannotSave: when it could not be written.
        """
        validate(testimony)
        with self._records.lock:
            self._ledger.keep_up()
            if known := self._same(testimony):
                return known
            testimony, decisions = self._meant(testimony, meant)
            kept = self._ledger.stamped(filled(testimony, self._authorities))
            try:
                self._ledger.commit([Change(None, kept)], decisions)
            except Conflict:
                # Someone else may have added the very same in this moment.
                if known := self._same(msgspec.structs.replace(testimony, id=kept.id)):
                    return known
                raise
            return kept

    def _same(self, testimony: Testimony) -> Testimony | None:
        known = self._records.get(testimony.id)
        return known if known is not None and is_same(known, testimony) else None

    def _meant(
        self, testimony: Testimony, choices: Mapping[str, Candidate] | None
    ) -> tuple[Testimony, list[EntryChange]]:
        if not choices:
            return testimony, []

        def others(name: str) -> bool:
            return any(
                one.id != testimony.id
                and (name == one.interview_place or any(p.name == name for p in one.places))
                for one in self._records
            )

        return with_choices(testimony, choices, self._authorities, others)

    def revise(
        self,
        id: str,
        expected_revision: int | None = None,
        *,
        meant: Mapping[str, Candidate] | None = None,
        **changes: Any,
    ) -> Testimony:
        """Change values of a testimony, named by their keys.

        Args:
            id: the testimony.
            expected_revision: the revision that the changes were made to, if that matters.
            meant: what its places mean where somebody has chosen, as in `add`.
            changes: the values by their keys.

        Raises:
            NotFound: when there is none.
            Conflict: when its revision is no longer the expected one.
            InvalidTestimony: when it could not be kept like that.
            CannotSave: when it could not be written.
        """
        before = self.get(id)
        if expected_revision is not None and before.revision != expected_revision:
            raise Conflict(
                f"{id} has been changed since it was opened. Nothing was overwritten; "
                f"look at the new version and make the change again."
            )
        after = msgspec.structs.replace(before, **changes | {"id": id})
        validate(after)
        if same_content(before, after) and not meant:
            return before
        with self._records.lock:
            self._ledger.keep_up()
            after, decisions = self._meant(after, meant)
            after = filled(after, self._authorities)
            if same_content(before, after):
                return before
            after = self._ledger.restamped(before, after)
            self._ledger.commit([Change(before, after)], decisions)
            return after

    def withdraw(self, id: str) -> None:
        """Take a testimony out of the list; the file's history keeps it.

        Raises:
            NotFound: when there is none.
            CannotSave: when it could not be written.
        """
        self._ledger.commit([Change(self.get(id), None)])

    def undo(self) -> list[Change]:
        """Take the last change back.

        Returns:
            what was done, nothing if there is nothing to undo.

        Raises:
            Conflict: when someone else has changed the same since; the change then stands for
                good, and the next call takes back the one before.
            CannotSave: when it could not be written.
        """
        return self._ledger.undo()

    def redo(self) -> list[Change]:
        """Make the change again that was last undone; as `undo`."""
        return self._ledger.redo()
