"""What a search gives: a sequence of hits, made when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, overload

import msgspec

from collection.testimony import Testimony

if TYPE_CHECKING:
    from collection.search.results import Results as Found


class Hit(msgspec.Struct, frozen=True):
    """One testimony that a search found."""

    id: str
    testimony: Testimony
    """The record as it may be seen."""
    why: tuple[str, ...]
    """What matched, as short sentences."""


class Results(Sequence[Hit]):
    """The hits of a search, best first.

    Args:
        found: identifiers in order, and what matched.
        view: gives a testimony as it may be seen.
    """

    def __init__(self, found: Found, view: Callable[[str], Testimony]) -> None:
        """Take what the index found."""
        self._found = found
        self._view = view

    @property
    def ids(self) -> Sequence[str]:
        """The identifiers of the hits, in order."""
        return self._found.ids

    @property
    def total(self) -> int:
        """How many testimonies match, beyond the limit too."""
        return self._found.total

    @property
    def dropped(self) -> tuple[str, ...]:
        """Terms that were left out because nothing matched with them."""
        return self._found.dropped

    @property
    def problems(self) -> tuple[str, ...]:
        """What was not understood in the query."""
        return self._found.problems

    @property
    def partial(self) -> bool:
        """Whether some accounts were not searched yet."""
        return self._found.partial

    def why(self, id: str) -> tuple[str, ...]:
        """Say what matched in one testimony."""
        return self._found.why(id)

    def marks(self, text: str, field: str | None = None) -> list[tuple[int, int]]:
        """Find what to mark in a text, as sorted half-open (start, end) offsets."""
        return self._found.marks(text, field)

    def __len__(self) -> int:
        """Count the hits, at most the limit."""
        return len(self._found.ids)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        """Give a hit, or several."""
        if isinstance(index, slice):
            return [self._hit(id) for id in self._found.ids[index]]
        return self._hit(self._found.ids[index])

    def _hit(self, id: str) -> Hit:
        return Hit(id, self._view(id), self._found.why(id))
