"""Facets: what a testimony is, its language and its series, each a set of testimonies."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
from pyroaring import BitMap

from collection.access import MASK
from collection.search.entity import place_of
from collection.search.languages import language_of
from collection.search.words import split
from collection.testimony import PARTS, Access

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collection.testimony import Testimony

Facet = tuple[str, str]
"""A field and a value: `("is", "undated")`."""

_CONSENTS: Final = {"update required": "outdated", "withdrawn": "revoked"}
_NAMINGS: Final = {"real": "named"}
_SEALED: Final = ("embargoed", "restricted", "private")


class Kind(NamedTuple):
    """Everything of a testimony that its facets follow from."""

    levels: frozenset[str]
    masked: bool
    """Whether the whole record is sealed, so that nothing else is known of it."""
    naming: str
    named: bool
    dated: bool
    placed: bool
    themed: bool
    places: frozenset[str]
    """How sure its places are."""
    rendering: str
    consent: str
    language: str
    series: str
    collection: str


_OPEN: Final = Access()
_OPEN_LEVELS: Final = frozenset({"open"})


def kind_of(testimony: Testimony) -> Kind:
    """Tell of what kind a testimony is, as it may be seen."""
    access, narrator, source = testimony.access, testimony.narrator, testimony.source
    levels = _OPEN_LEVELS
    if access != _OPEN:
        levels = frozenset(getattr(access, part).level for part in PARTS)
    return Kind(
        levels,
        testimony.title == testimony.account == MASK,
        narrator.naming,
        bool(narrator.name),
        testimony.date.earliest is not None or testimony.date.latest is not None,
        bool(testimony.places),
        bool(testimony.themes),
        frozenset([place.status for place in testimony.places]),
        testimony.rendering,
        testimony.consent.status,
        testimony.language,
        source.series,
        source.collection,
    )


def facets_of(kind: Kind) -> Iterator[Facet]:
    """Tell the facets of a kind of testimonies."""
    for state in _states(kind):
        yield "is", state
    if kind.masked:
        return
    if kind.language.strip():
        yield "lang", language_of(kind.language)
    for series in (kind.series, kind.collection):
        if series:
            yield "series", series


def _states(kind: Kind) -> Iterator[str]:
    sealed = kind.levels.intersection(_SEALED)
    yield from sealed
    yield "sealed" if sealed else "open"
    if kind.masked:
        return
    yield _NAMINGS.get(kind.naming, kind.naming)
    if not kind.named:
        yield "unnamed"
    if not kind.dated:
        yield "undated"
    if not kind.placed:
        yield "unplaced"
    if not kind.themed:
        yield "unthemed"
    yield from kind.places
    yield kind.rendering
    yield _CONSENTS.get(kind.consent, kind.consent)


class Facets:
    """Which testimonies have a facet.

    Few kinds occur, each often: testimonies are gathered by kind, and kinds by facet.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._kinds: dict[Kind, int] = {}
        self._of: dict[int, int] = {}
        self._bearing: list[BitMap] = []
        self._having: dict[Facet, list[int]] = {}
        self._words: dict[str, tuple[str, ...]] = {}

    def put(self, number: int, testimony: Testimony) -> None:
        """Note the facets of a testimony, in the place of those noted before."""
        kind = kind_of(testimony)
        place = self._kinds.get(kind)
        if place is None:
            place = self._enter(kind)
        before = self._of.get(number)
        if before != place:
            if before is not None:
                self._bearing[before].discard(number)
            self._of[number] = place
            self._bearing[place].add(number)

    def _enter(self, kind: Kind) -> int:
        place = self._kinds[kind] = len(self._bearing)
        self._bearing.append(BitMap())
        for facet in facets_of(kind):
            self._having.setdefault(facet, []).append(place)
        return place

    def remove(self, number: int) -> None:
        """Forget the facets of a testimony, if any were noted."""
        place = self._of.pop(number, None)
        if place is not None:
            self._bearing[place].discard(number)

    def having(self, field: str, values: tuple[str, ...]) -> BitMap:
        """Find the testimonies with a facet.

        Args:
            field: `is`, `lang` or `series`.
            values: a state, the names of a language, or folded words that must occur in a row
                in the name of a series, the last of them as a beginning.
        """
        if field == "series":
            facets = [facet for facet in self._having if facet[0] == field]
            found = [one for one in facets if self._begins(one[1], values)]
        else:
            found = [(field, value) for value in values]
        places = {place for facet in found for place in self._having.get(facet, ())}
        return BitMap.union(BitMap(), *map(self._bearing.__getitem__, places))

    def _begins(self, name: str, words: tuple[str, ...]) -> bool:
        if name not in self._words:
            self._words[name] = tuple(split(name))
        return place_of(words, self._words[name], unfinished=True) is not None

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Write everything down in pieces, each with the name of what it belongs to."""
        yield "kinds", msgspec.msgpack.encode(list(self._kinds))
        for bearing in self._bearing:
            yield "bearing", bearing.serialize()

    def restore(self, parts: Mapping[str, Sequence[memoryview]]) -> Iterator[None]:
        """Take over what was written down, into empty facets; yields between pieces."""
        kinds = _KINDS.decode(parts["kinds"][0])
        for kind, stored in zip(kinds, parts.get("bearing", ()), strict=True):
            place = self._enter(kind)
            bearing = self._bearing[place] = BitMap.deserialize(bytes(stored))
            numbers = iter(bearing)
            while some := dict.fromkeys(islice(numbers, _PIECE), place):
                self._of.update(some)
                yield


_PIECE: Final = 10_000
"""Testimonies that are taken over in one go."""
_KINDS: Final = msgspec.msgpack.Decoder(list[Kind])
