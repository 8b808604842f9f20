"""What is known of the rows of an import, for the screen that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.exchange.incoming import (
    CHANGED,
    LEFT_OUT,
    NEW,
    REFUSED,
    SAME,
    WAITING,
    Choices,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collection.drafting import OpenDraft
    from collection.places.entry import Candidate
    from collection.testimony import Testimony

READY: Final = "ready"
"""A row that was refused, or to be looked at, and is now as the user wants it."""
KINDS: Final = {
    WAITING: "To be looked at",
    REFUSED: "Refused",
    READY: "Looked at",
    CHANGED: "Differ from what is here",
    NEW: "New",
    SAME: "Here already",
    LEFT_OUT: "Left out",
}
"""What becomes of a row, in the order in which it asks for attention."""
_SHOWN: Final = 2000
"""Rows of a kind that are listed; there may be a hundred thousand."""


class Rows:
    """The rows of an import, by what becomes of them, and what the user has decided."""

    def __init__(self) -> None:
        """Begin without any."""
        self.counts: dict[str, int] = {}
        """Rows by what becomes of them."""
        self.update = False
        """Whether what differs is taken over."""
        self._listed: dict[int, Verdict] = {}
        self._mended: dict[int, Testimony] = {}
        self._meant: dict[int, Mapping[str, Candidate]] = {}
        self._left_out: set[int] = set()
        self._drafts: dict[int, OpenDraft] = {}
        self._refused_again: set[int] = set()

    # --- what a rehearsal tells --------------------------------------------------------------

    def forget(self) -> None:
        """Make room for another rehearsal; what was decided stays."""
        self.counts = {}
        self._listed = {}
        self._refused_again = set()

    def let_go(self) -> None:
        """Forget what was decided about single rows: they are others now."""
        self._mended, self._meant, self._left_out = {}, {}, set()

    def adopt(self, other: Rows) -> None:
        """Take over what was decided before the files were read again."""
        self.update = other.update
        self._mended, self._meant = dict(other._mended), dict(other._meant)
        self._left_out, self._drafts = set(other._left_out), other._drafts

    def refuse(self, verdict: Verdict) -> None:
        """Note that a row cannot enter as the user mended it; what was typed stays."""
        self._refused_again.add(verdict.number)
        before = self._listed[verdict.number]
        self.counts[before.kind] -= 1
        self.counts[verdict.kind] = self.counts.get(verdict.kind, 0) + 1
        self._listed[verdict.number] = verdict

    def take(self, verdict: Verdict) -> None:
        """Note what the file itself makes of a row; called in the thread that rehearses."""
        count = self.counts[verdict.kind] = self.counts.get(verdict.kind, 0) + 1
        if count <= _SHOWN or verdict.number in self._mended:
            self._listed[verdict.number] = verdict

    # --- what is shown -----------------------------------------------------------------------

    def kind(self, number: int) -> str:
        """Tell what becomes of a row as things are decided."""
        if number in self._left_out:
            return LEFT_OUT
        ready = number in self._mended and number not in self._refused_again
        return READY if ready else self._listed[number].kind

    def kinds(self) -> dict[str, int]:
        """Count the rows by what becomes of them, in the order of `KINDS`."""
        counts = dict(self.counts)
        for number, verdict in self._listed.items():
            if (decided := self.kind(number)) != verdict.kind:
                counts[verdict.kind] -= 1
                counts[decided] = counts.get(decided, 0) + 1
        return {kind: counts[kind] for kind in KINDS if counts.get(kind)}

    def of(self, kind: str) -> list[int]:
        """Give the numbers of the listed rows of a kind, in the order of the files."""
        return [number for number in sorted(self._listed) if self.kind(number) == kind]

    def verdict(self, number: int) -> Verdict:
        """Give what was found out about a listed row."""
        return self._listed[number]

    def title(self, number: int) -> str:
        """Give the title of a row as it would enter."""
        mended = self._mended.get(number)
        return mended.title if mended else self._listed[number].title

    # --- what is decided ---------------------------------------------------------------------

    def mended(self, number: int) -> Testimony | None:
        """Give what the user made of a row."""
        return self._mended.get(number)

    def meant(self, number: int) -> Mapping[str, Candidate]:
        """Give what the user chose for the places of a row."""
        return self._meant.get(number, {})

    def mend(
        self,
        number: int,
        record: Testimony,
        meant: Mapping[str, Candidate],
        draft: OpenDraft | None = None,
    ) -> None:
        """Let a row enter as the user wants it; a draft keeps the words until it has."""
        if (former := self._drafts.pop(number, None)) is not None:
            former.discard()
        if draft is not None:
            self._drafts[number] = draft
        self._mended[number] = record
        self._meant[number] = dict(meant)
        self._left_out.discard(number)
        self._refused_again.discard(number)

    def discard_drafts(self) -> None:
        """Throw the drafts away: what they keep was taken in, or is not wanted."""
        for draft in self._drafts.values():
            draft.discard()
        self._drafts.clear()

    def leave_drafts(self) -> None:
        """Let go of the drafts; what they keep is offered again."""
        for draft in self._drafts.values():
            draft.leave()

    def leave_out(self, number: int) -> bool:
        """Leave a row out, or take it again; tell whether it is left out now."""
        self._left_out ^= {number}
        return number in self._left_out

    @property
    def has_work(self) -> bool:
        """Whether the user has put work into single rows."""
        return bool(self._mended)

    @property
    def entering(self) -> int:
        """How many rows would enter as things are decided."""
        kinds = self.kinds()
        changed = kinds.get(CHANGED, 0) if self.update else 0
        return kinds.get(NEW, 0) + kinds.get(READY, 0) + changed

    def choices(self) -> Choices:
        """Give what was decided, for the import itself."""
        return Choices(
            update=self.update,
            # One that cannot enter like that does not keep the others out.
            mended={n: one for n, one in self._mended.items() if n not in self._refused_again},
            meant=dict(self._meant),
            left_out=frozenset(self._left_out),
        )
