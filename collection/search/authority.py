"""What the search asks of authority entries: other names, what a place lies in, broader themes."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from collection.search.aliases import place_parts, spelling_variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection.places.entry import PlaceEntry
    from collection.themes import ThemeEntry

THEMES: Final = frozenset({"theme", "keyword", "broader"})
PLACES: Final = frozenset({"place", "interview place", "within"})


class Entries(Protocol):
    """The authority entries of a collection, as far as the search needs them."""

    def place(self, name: str) -> PlaceEntry:
        """Give the entry of a place as testimonies write it, looked up if there is none yet."""

    def known(self, name: str) -> PlaceEntry | None:
        """Give the entry of a place, if there is one already."""

    def container(self, key: str) -> PlaceEntry:
        """Give the entry of what places lie in."""

    def theme(self, name: str) -> ThemeEntry:
        """Give the entry of a theme, an empty one if there is none."""

    def broader_than(self, name: str) -> Sequence[str]:
        """Give all themes above a theme."""


class Authority:
    """Other names and wider ones: those of the entries, and those that a name itself implies."""

    def __init__(self, entries: Entries | None = None) -> None:
        """Take the entries of a collection, if it has any."""
        self._entries = entries

    def other_names(self, field: str, name: str) -> Iterator[str]:
        """Give the other names of something in a field."""
        entries = self._entries
        if field in THEMES:
            yield from spelling_variants(name)
            if entries is not None:
                for term in entries.theme(name).used_for:
                    yield term
                    yield from spelling_variants(term)
        elif field in PLACES:
            yield from place_parts(name)
            if entries is not None:
                entry = entries.container(name) if field == "within" else entries.place(name)
                yield from entry.aliases

    def wider(self, field: str, name: str) -> Sequence[str]:
        """Give what a place lies in, or what a theme falls under."""
        if self._entries is None:
            return ()
        if field in PLACES:
            return self._entries.place(name).within
        return self._entries.broader_than(name)

    def digest(self, field: str, name: str) -> int:
        """Give a number that changes with what is kept of a name; nothing is looked up for it."""
        entries = self._entries
        if entries is None:
            return 0
        if field in THEMES:
            known = (entries.theme(name).used_for, tuple(entries.broader_than(name)))
            return zlib.crc32(msgspec.json.encode(known))
        entry = entries.container(name) if field == "within" else entries.known(name)
        return 0 if entry is None else zlib.crc32(msgspec.json.encode(entry))
