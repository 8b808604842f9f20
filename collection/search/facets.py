"""Facets: what a testimony is, its language and its series, each a set of testimonies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.access import MASK
from collection.search.languages import language_of
from collection.search.postings import Gathering, Posting, with_testimony, without_testimony
from collection.search.vocabulary import place_of
from collection.search.words import split
from collection.testimony import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyroaring import BitMap

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
        self._words: dict[str, tuple[str, ...]] = {}

    def add(self, facets: Iterable[Facet], number: int) -> None:
        """Note that a testimony has facets."""
        for facet in facets:
            self.postings[facet] = with_testimony(self.postings.get(facet), number)

    def discard(self, facets: Iterable[Facet], number: int) -> None:
        """Note that a testimony has some facets no longer."""
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
