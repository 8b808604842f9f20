"""What a search found, and on demand why, and what of it to mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collection.search.marks import Marker


class Matches:
    """What a query matched, kept to explain and to mark it."""

    def __init__(
        self, explain: Callable[[str], tuple[str, ...]], make_marker: Callable[[], Marker]
    ) -> None:
        """Take what can tell of the matches."""
        self._explain = explain
        self._make_marker = make_marker
        self._marker: Marker | None = None

    def why(self, id: str) -> tuple[str, ...]:
        """Say why a testimony was found."""
        return self._explain(id)

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Find what to mark in a text."""
        if self._marker is None:
            self._marker = self._make_marker()
        return self._marker.spans(text)


class Results(msgspec.Struct, frozen=True, gc=False, eq=False):
    """What a search found."""

    ids: Sequence[str]
    """Identifiers, best first, at most the limit; fetched when looked at."""
    total: int
    """How many match, beyond the limit too."""
    dropped: tuple[str, ...]
    """Words of the query left out because nothing matched otherwise."""
    problems: tuple[str, ...]
    """What was not understood in the query, in plain sentences."""
    partial: bool
    """Whether some accounts have not been indexed yet."""
    matches: Matches
    """What matched, for `why` and `marks`."""

    def why(self, id: str) -> tuple[str, ...]:
        """Say why a testimony was found, in phrases like `place Lwów`, the best first."""
        return self.matches.why(id)

    def marks(self, text: str, field: str | None = None) -> list[tuple[int, int]]:
        """Find what to mark in a text.

        Args:
            text: any text, as written.
            field: the key it comes from; all fields are marked alike for now.

        Returns:
            sorted half-open (start, end) offsets in characters, none overlapping.
        """
        del field
        return self.matches.marks(text)
