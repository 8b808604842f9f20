"""Suggestions: names that a word being typed into a form may become, the collection's own first."""

from __future__ import annotations

import unicodedata
from collections import Counter
from threading import RLock
from typing import TYPE_CHECKING, Final

import msgspec

from collection.access import MASK
from collection.likeness import likeness, spelling
from collection.places.entry import Candidate
from collection.placing import countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.authorities import Authorities
    from collection.places.entry import PlaceEntry
    from collection.testimony import Testimony

PLACES: Final = ("places", "interview_place")
THEMES: Final = "themes"
_PEOPLE: Final = ("interviewers", "present", "translators")
_LINES: Final = (
    *("language", "rights", "licence", "source.collection", "source.series"),
    "source.repository",
)
FIELDS: Final = (*PLACES, THEMES, "keywords", "narrator.name", *_PEOPLE, *_LINES)
"""The fields whose names are suggested, by their dotted keys."""

_BEGINS, _WORD, _ALIAS, _NEAR = range(4)
_FUZZY_FROM: Final = 4
_TWO_SLIPS_FROM: Final = 8
_IN_GAZETTEER_FROM: Final = 2
_LOOKED_AT: Final = 4
"""Places of the gazetteer that are looked at for each that is offered."""
_MOST_LETTERS_MORE: Final = 3
_LARGE: Final = 20
"""How many times smaller than the largest a place may be and still be large."""
_TOO_FAR: Final = 4
"""Slips from which on a name is not what was meant."""
_WIDE: Final = ("oblast", "province", "state")
_AROUND: Final = ("city", "county", "district", "oblast", "province", "region", "state")
"""Kinds of what lies around a town and is often called after it."""


class Suggestion(msgspec.Struct, frozen=True):
    """A name that may be meant."""

    name: str
    """As it is to be written."""
    count: int = 0
    """How many testimonies bear it; 0 for a place that only the gazetteer knows."""
    about: str = ""
    """What it is: `town, Ukraine`; or the other name by which it was found: `= Lemberg`."""
    candidate: Candidate | None = None
    """The very place that is meant, where the gazetteer knows it."""


class Suggestions:
    """The names that a collection holds at one moment, field by field; any thread may ask."""

    def __init__(self, testimonies: Iterable[Testimony], authorities: Authorities) -> None:
        """Gather the names.

        Args:
            testimonies: the records, as they may be seen.
            authorities: what is known of places and themes.
        """
        self._authorities = authorities
        self._lock = RLock()
        self._names: dict[str, Counter[str]] = {key: Counter() for key in _KINDS}
        for one in testimonies:
            for kind, names in _names_of(one):
                self._names[kind].update(names)
        for counter in self._names.values():
            for name in [name for name in counter if not name.strip() or not _is_whole(name)]:
                del counter[name]
        self._spelt: dict[str, dict[str, list[str]]] = {}

    def most_common(self, field: str, limit: int = 8) -> list[Suggestion]:
        """Give the names that most testimonies bear in a field."""
        names = self._names[_kind(field)]
        return [Suggestion(name, count) for name, count in names.most_common(limit)]

    def knows(self, field: str, name: str) -> bool:
        """Tell whether a name stands in the collection already, exactly as it is typed."""
        return name.strip() in self._names[_kind(field)]

    def offer(self, field: str, typed: str, limit: int = 8) -> list[Suggestion]:
        """Offer names for what has been typed into a field.

        Args:
            field: its dotted key, one of `FIELDS`.
            typed: the name as far as it has been typed.
            limit: how many to offer at most.

        Returns:
            those of the collection before those of the gazetteer; among them those that begin
            like it, then those of which another word or another name does, then those spelt
            nearly so; the commonest first.
        """
        key = spelling(typed)
        if not key or limit < 1:
            return []
        kind = _kind(field)
        found: dict[str, tuple[int, str]] = {}
        for rank, name, about in self._known(kind, key):
            if found.get(name, (9, ""))[0] > rank:
                found[name] = (rank, about)
        counts = self._names[kind]
        # What is typed already is nothing to offer.
        found.pop(typed.strip(), None)
        order = sorted(found, key=lambda name: (found[name][0], -counts[name], name))
        known = [Suggestion(name, counts[name], found[name][1]) for name in order[:limit]]
        if kind != "place" or len(known) >= limit or len(key) < _IN_GAZETTEER_FROM:
            return known
        here = {spelling(name) for name in [*order, *([typed] if typed in counts else ())]}
        return [*known, *self._elsewhere(typed, key, limit - len(known), here)]

    def near(self, field: str, name: str) -> Suggestion | None:
        """Find the name of the collection that a new one is probably meant to be.

        Args:
            field: its dotted key, one of `FIELDS`.
            name: as it was typed.

        Returns:
            one that is spelt nearly the same, or the theme that is used for it; none where the
            collection has the very name already, or nothing like it.
        """
        kind = _kind(field)
        counts = self._names[kind]
        if not name.strip() or name in counts:
            return None
        length = len(spelling(name))
        best, how = None, 0.0
        for one, other in self._all_names(kind):
            if abs(len(spelling(other)) - length) > _MOST_LETTERS_MORE:
                continue
            alike = likeness(name, other)
            if alike and (alike, counts[one]) > (how, best.count if best else 0):
                about = "" if one == other else f"used for {other}"
                best, how = Suggestion(one, counts[one], about), alike
        return best

    # --- the collection's own ----------------------------------------------------------------

    def _known(self, kind: str, key: str) -> Iterator[tuple[int, str, str]]:
        spelt = self._spellings(kind)
        inner = f" {key}"
        for one, names in spelt.items():
            if one.startswith(key):
                yield from ((_BEGINS, name, "") for name in names)
            elif inner in one:
                yield from ((_WORD, name, "") for name in names)
        for name, alias in self._aliases(kind):
            if spelling(alias).startswith(key):
                yield _ALIAS, name, f"= {alias}"
        for one in _nearly(key, spelt):
            yield from ((_NEAR, name, "") for name in spelt[one])

    def _spellings(self, kind: str) -> dict[str, list[str]]:
        """Give the names of a kind by what their spellings have in common; made when asked for."""
        with self._lock:
            if kind not in self._spelt:
                spelt: dict[str, list[str]] = {}
                for name in self._names[kind]:
                    spelt.setdefault(spelling(name), []).append(name)
                self._spelt[kind] = spelt
            return self._spelt[kind]

    def _aliases(self, kind: str) -> Iterator[tuple[str, str]]:
        if kind == "place":
            for name in self._names[kind]:
                entry = self._authorities.known(name)
                for alias in entry.aliases if entry is not None else ():
                    yield name, alias
        elif kind == "theme":
            for name in self._names[kind]:
                for alias in self._authorities.theme(name).used_for:
                    yield name, alias

    def _all_names(self, kind: str) -> Iterator[tuple[str, str]]:
        """Go through names, and through the other terms of themes with the themes they mean."""
        yield from ((name, name) for name in self._names[kind])
        if kind == "theme":
            yield from self._aliases(kind)

    # --- the gazetteer's ---------------------------------------------------------------------

    def _elsewhere(self, typed: str, key: str, limit: int, here: set[str]) -> Iterator[Suggestion]:
        found = self._authorities.completions(typed, _LOOKED_AT * limit)
        written = [(_written_like(one, typed, key), one) for one in found]
        # What is called just so comes first, the large places before those that bear it as their
        # own; what only foreigners call so last, and a town before the region called after it.
        large = max((one.population for one in found), default=0) / _LARGE
        written.sort(
            key=lambda pair: (
                _exactness(pair[0][1], pair[1], key, large),
                pair[0][0],
                _is_called_after(pair[1]),
            )
        )
        given = 0
        for (rank, name), one in written:
            if given < limit and rank < _TOO_FAR and spelling(name) not in here:
                given += 1
                yield Suggestion(name, 0, about_place(one, self._authorities, name), one)


def about_place(place: Candidate | PlaceEntry, authorities: Authorities, written: str = "") -> str:
    """Say in a few words what a place is: `town, Ukraine`, or `Lviv, town, Ukraine`.

    Args:
        place: the place.
        authorities: what knows what it lies in.
        written: the name that it is written with; its own is told where that is another.
    """
    own = [place.name] if written and spelling(place.name) != spelling(written) else []
    kinds = [(key, authorities.container(key).kind) for key in place.within]
    country = next((key for key, kind in kinds if kind == "country"), "")
    # The state or province tells more than the county.
    wide = [key for key, kind in kinds if kind in _WIDE and key != country]
    around = [*(wide or [key for key, _ in kinds])[:1], country]
    if not any(around):
        around = sorted(countries(place.country))
    return ", ".join(filter(None, [*own, place.kind or "place", *dict.fromkeys(around)]))


def _written_like(one: Candidate, typed: str, key: str) -> tuple[int, str]:
    """Give the name of a place that begins as it was typed, and how well it does."""
    begun = typed.strip().casefold()
    if one.name.casefold().startswith(begun) or spelling(one.name).startswith(key):
        return 0, one.name
    for name in one.aliases:
        if name.casefold().startswith(begun):
            return 1, name
    for name in one.aliases:
        if spelling(name).startswith(key):
            return 2, name
    from rapidfuzz.distance import OSA  # slow to import, and only a form asks

    # Misspelt: it is written as the name that was meant, in the same script.
    script = _script(typed)
    names = [name for name in (one.name, *one.aliases) if _script(name) == script]
    distances = [(OSA.distance(spelling(name), key), name) for name in names]
    distance, name = min(distances, key=lambda pair: pair[0], default=(_TOO_FAR, one.name))
    return (3 if distance < _TOO_FAR else _TOO_FAR), name


def _script(text: str) -> str:
    """Give the script of a text by its first letter, as Unicode calls it: `LATIN`."""
    letter = next(filter(str.isalpha, text), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def _exactness(name: str, one: Candidate, key: str, large: float) -> int:
    """Say how well a name answers to one that is typed whole; less is better."""
    if spelling(name) != key:
        return 2
    return 0 if one.population >= large else 1 if name == one.name else 2


def _is_called_after(one: Candidate) -> bool:
    return " " in one.name and one.kind in _AROUND


def _nearly(key: str, spelt: Iterable[str]) -> list[str]:
    """Find what begins nearly as it was typed: with one slip, or two in a long word."""
    if len(key) < _FUZZY_FROM:
        return []
    from rapidfuzz import process  # slow to import, and only a form asks
    from rapidfuzz.distance import OSA

    names, beginnings = [], []
    for one in spelt:
        place = 0
        while len(one) - place >= len(key) - 1:
            # With a letter too few or too many typed, the beginning is longer or shorter.
            for length in {min(len(key) + more, len(one) - place) for more in (-1, 0, 1)}:
                names.append(one)
                beginnings.append(one[place : place + length])
            place = one.find(" ", place) + 1
            if not place:
                break
    most = 1 if len(key) < _TWO_SLIPS_FROM else 2
    found = process.extract(
        key, beginnings, scorer=OSA.distance, score_cutoff=most, limit=64
    )  # fmt: skip
    return [*dict.fromkeys(names[place] for _, distance, place in found if distance)]


def _names_of(one: Testimony) -> Iterator[tuple[str, Iterable[str]]]:
    yield "place", {*(place.name for place in one.places), one.interview_place}
    yield "theme", one.themes
    yield "keyword", one.keywords
    yield "narrator", (one.narrator.name,)
    yield "person", {*one.interviewers, *one.present, *one.translators}
    yield "language", (one.language,)
    yield "rights", (one.rights,)
    yield "licence", (one.licence,)
    yield "source.collection", (one.source.collection,)
    yield "source.series", (one.source.series,)
    yield "source.repository", (one.source.repository,)


_KINDS: Final = (
    *("place", "theme", "keyword", "narrator", "person", "language", "rights", "licence"),
    *("source.collection", "source.series", "source.repository"),
)


def _kind(field: str) -> str:
    if field in PLACES:
        return "place"
    if field in _PEOPLE:
        return "person"
    return {THEMES: "theme", "keywords": "keyword", "narrator.name": "narrator"}.get(field, field)


def _is_whole(name: str) -> bool:
    """Tell whether nothing of a name is withheld."""
    from collection.striking import BAR  # most collections can be shown without

    return not {BAR, *MASK} & {*name}
