"""What the store is told to do, and what it keeps of it."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from collection.testimony import Testimony

REVISED: Final = "revised"
WITHDRAWN: Final = "withdrawn"
UNDONE: Final = "undone"
"""An addition was taken back."""
ERASED: Final = "erased"
"""Everything about it was removed for good; only this is left."""
CONFLICT: Final = "conflict"
"""A version that stood only in a journal, beside another one in the file."""

ENDS: Final = frozenset({WITHDRAWN, ERASED})
"""What ends the use of an identifier."""

NOT_YET: Final = 0
"""Stands for the revision of a testimony before it was added."""
AWAY: Final = -1
"""Stands for the revision of a testimony that is withdrawn."""


class Change(msgspec.Struct, frozen=True):
    """One step in the life of one testimony."""

    before: Testimony | None
    """The version that the change starts from; none for a new record."""
    after: Testimony | None
    """The version that it leads to; none for a withdrawal."""
    restores: bool = False
    """Whether it brings back what was taken out; otherwise its identifier is not used again."""
    undoes: bool = False
    """Whether it takes back an addition, or makes it again: its identifier is free in between."""

    @property
    def id(self) -> str:
        """The testimony's identifier."""
        version = self.after or self.before
        return version.id if version else ""


class EntryChange(msgspec.Struct, frozen=True):
    """One step in the life of one authority entry."""

    about: str
    """What it is an entry of, a key of `layout.ENTRIES`."""
    name: str
    """Its name, by which it is kept."""
    before: msgspec.Struct | None
    """The entry that the change starts from; none where there was none."""
    after: msgspec.Struct | None
    """The entry that it leads to; none if it is taken out."""
    yields: bool = False
    """Whether it gives way to an entry that is in the file already."""


class Version(msgspec.Struct, frozen=True, omit_defaults=True):
    """An earlier version, kept when a testimony was changed or withdrawn."""

    id: str
    action: str
    """What ended it: `revised`, `withdrawn`, `undone`, `erased` or `conflict`."""
    at: str
    """When, UTC, ISO 8601."""
    by: str
    """Who changed it."""
    before: dict[str, Any] = {}
    """The record as it was; empty where it may not be seen, or is gone for good."""


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """Changes that were made together, by what they started from and led to."""

    sequence: int
    """Its place in the order of everything that was done."""
    at: str
    by: str
    changes: tuple[tuple[str, int, int], ...] = ()
    """Identifiers, each with the revision before and after; or `NOT_YET`, or `AWAY`."""
    entries: tuple[tuple[str, str, msgspec.Raw, msgspec.Raw], ...] = ()
    """Authority entries, each with what it is about, its name, and the JSON before and after."""
    reverses: int = 0
    """The step that this one takes back; 0 if none."""
    final: bool = False
    """Whether nothing can take it back."""
