"""Facets: what a testimony is, its language and its series, each a set of testimonies."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import msgspec
from pyroaring import BitMap

from collection.access import MASK
from collection.search.languages import language_of
from collection.search.postings import Gathering, Posting, with_testimony, without_testimony
from collection.search.vocabulary import place_of
from collection.search.words import split
from collection.testimony import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from collection.testimony import Testimony

Facet = tuple[str, str]
"""A field and a value: `("is", "undated")`."""

_CONSENTS: Final = {"update required": "outdated", "withdrawn": "revoked"}
_NAMINGS: Final = {"real": "named"}
_SEALED: Final = ("embargoed", "restricted", "private")


def facets_of(testimony: Testimony) -> Iterator[Facet]:
    """Tell the facets of a testimony, as it may be seen."""
    for state in _states(testimony):
        yield "is", state
    if testimony.language.strip():
        yield "lang", language_of(testimony.language)
    for series in (testimony.source.series, testimony.source.collection):
        if series:
            yield "series", series


def _states(testimony: Testimony) -> Iterator[str]:
    levels = {getattr(testimony.access, part).level for part in PARTS}
    yield from levels.intersection(_SEALED)
    yield "sealed" if levels.intersection(_SEALED) else "open"
    if testimony.title == testimony.account == MASK:
        # Of a record that is sealed as a whole nothing else is known.
        return
    naming = testimony.narrator.naming
    yield _NAMINGS.get(naming, naming)
    if not testimony.narrator.name:
        yield "unnamed"
    if testimony.date.earliest is None and testimony.date.latest is None:
        yield "undated"
    if not testimony.places:
        yield "unplaced"
    if not testimony.themes:
        yield "unthemed"
    for place in testimony.places:
        yield place.status
    yield testimony.rendering
    yield _CONSENTS.get(testimony.consent.status, testimony.consent.status)


class Facets:
    """Which testimonies have a facet."""

    def __init__(self) -> None:
        """Begin empty."""
        self.postings: dict[Facet, Posting] = {}
        """The testimonies of each facet."""
        self._of: dict[int, tuple[Facet, ...]] = {}
        # Few combinations occur, each often: one of each is enough.
        self._combinations: dict[tuple[Facet, ...], tuple[Facet, ...]] = {}
        self._words: dict[str, tuple[str, ...]] = {}

    def put(self, number: int, testimony: Testimony) -> None:
        """Note the facets of a testimony, in the place of those noted before."""
        facets = tuple(dict.fromkeys(facets_of(testimony)))
        before = self._of.get(number, ())
        if before == facets:
            return
        self._discard(set(before).difference(facets), number)
        for facet in facets:
            posting = self.postings.get(facet)
            if type(posting) is BitMap:
                posting.add(number)
            else:
                self.postings[facet] = with_testimony(posting, number)
        self._of[number] = self._combinations.setdefault(facets, facets)

    def remove(self, number: int) -> None:
        """Forget the facets of a testimony, if any were noted."""
        self._discard(self._of.pop(number, ()), number)

    def _discard(self, facets: Iterable[Facet], number: int) -> None:
        for facet in facets:
            left = without_testimony(self.postings.get(facet), number)
            if left is None:
                self.postings.pop(facet, None)
            else:
                self.postings[facet] = left

    def having(self, field: str, values: tuple[str, ...]) -> BitMap:
        """Find the testimonies with a facet.

        Args:
            field: `is`, `lang` or `series`.
            values: a state, the names of a language, or folded words that must occur in a row
                in the name of a series, the last of them as a beginning.
        """
        if field == "series":
            facets = [facet for facet in self.postings if facet[0] == field]
            found = [one for one in facets if self._begins(one[1], values)]
        else:
            found = [(field, value) for value in values]
        return Gathering(map(self.postings.get, found)).united()

    def _begins(self, name: str, words: tuple[str, ...]) -> bool:
        if name not in self._words:
            self._words[name] = tuple(split(name))
        return place_of(words, self._words[name], unfinished=True) is not None

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Write everything down in pieces, each with the name of what it belongs to."""
        combinations = {facets: place for place, facets in enumerate(self._combinations)}
        yield "combinations", msgspec.msgpack.encode(list(combinations))
        yield "testimonies", array("I", self._of).tobytes()
        yield "facets", array("I", map(combinations.__getitem__, self._of.values())).tobytes()

    def restore(self, parts: Mapping[str, Sequence[memoryview]]) -> Iterator[None]:
        """Take over what was written down, into empty facets; yields between pieces."""
        combinations = _COMBINATIONS.decode(parts["combinations"][0])
        self._combinations = dict(zip(combinations, combinations, strict=True))
        numbers = parts["testimonies"][0].cast("I").tolist()
        which = parts["facets"][0].cast("I").tolist()
        self._of = dict(zip(numbers, map(combinations.__getitem__, which), strict=True))
        yield
        having: list[list[int]] = [[] for _ in combinations]
        for number, place in zip(numbers, which, strict=True):
            having[place].append(number)
        gathered: dict[Facet, list[BitMap]] = {}
        for facets, some in zip(combinations, having, strict=True):
            bitmap = BitMap(some)
            for facet in facets:
                gathered.setdefault(facet, []).append(bitmap)
        self.postings = {
            facet: BitMap.union(BitMap(), *bitmaps) for facet, bitmaps in gathered.items()
        }
        yield


_COMBINATIONS: Final = msgspec.msgpack.Decoder(list[tuple[tuple[str, str], ...]])
