"""What the search asks of authority entries: other names, what a place lies in, broader themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from collection.search.aliases import place_parts, spelling_variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

THEMES: Final = frozenset({"theme", "keyword", "broader"})
PLACES: Final = frozenset({"place", "interview place", "within"})


class Entries(Protocol):
    """The authority entries of a collection, as far as the search needs them."""

    def other_names(self, name: str) -> Sequence[str]:
        """Give the other names of a place, or of what it lies in."""

    def containers(self, name: str) -> Sequence[str]:
        """Give what a place lies in, the nearest first."""

    def used_for(self, name: str) -> Sequence[str]:
        """Give the terms that a theme is used for."""

    def broader_than(self, name: str) -> Sequence[str]:
        """Give all themes above a theme."""


class Authority:
    """Other names and wider ones: those of the entries, and those that a name itself implies."""

    def __init__(self, entries: Entries | None = None) -> None:
        """Take the entries of a collection, if it has any."""
        self._entries = entries

    def other_names(self, field: str, name: str) -> Iterator[str]:
        """Give the other names of something in a field."""
        if field in THEMES:
            yield from spelling_variants(name)
            if self._entries is not None:
                for term in self._entries.used_for(name):
                    yield term
                    yield from spelling_variants(term)
        elif field in PLACES:
            yield from place_parts(name)
            if self._entries is not None:
                yield from self._entries.other_names(name)

    def wider(self, field: str, name: str) -> Sequence[str]:
        """Give what a place lies in, or what a theme falls under."""
        if self._entries is None:
            return ()
        if field in PLACES:
            return self._entries.containers(name)
        return self._entries.broader_than(name)
