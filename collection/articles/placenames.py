"""Finds the places that a text names, as far as the gazetteer or the collection knows them.

Precision comes first: a name counts only where it is spelt as the gazetteer has it, belongs to
nobody in the article, and is a country, a large town, or stands where a place would stand.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.nouns import known_gender
from collection.articles.words import TOKEN
from collection.places.entry import AMBIGUOUS, RESOLVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    from collection.articles.words import Words
    from collection.places.gazetteer import Gazetteer

_MOST: Final = 500
"""Names of one article that are looked up at most."""
_LONGEST: Final = 3
_STEM: Final = 3
_LARGE: Final = 100_000
"""People of a town that is named without a word that leads up to a place."""
_GREAT: Final = 500_000
"""People of a city that is said to speak, as in `Moscow said`."""
_COUNTRIES: Final = frozenset(("country", "former state"))
_WIDE: Final = frozenset(("historical region", "region", "oblast"))
_CASES: Final = {
    language: tuple((one.partition("/")[0], one.partition("/")[2]) for one in listed.split())
    for language, listed in {
        "ru": "ова/ово ове/ово я/ь ии/ия ию/ия ией/ия ом/ ой/а е/а е/ ы/а у/а а/ у/ и/ь и/а ю/ь",
        "uk": "єві/їв єва/їв ова/ів ові/ів ії/ія ію/ія ом/ ою/а і/а і/ и/а у/а а/ у/",
        "pl": "cie/t zie/d ii/ia ie/a ie/ em/ iu/ y/a ę/a a/ u/ i/a ą/a",
        "de": "s/",
        "en": "'s/ ’s/",
    }.items()
}
"""What a name may end with in another case, and what it is called by."""
_COMMON: Final = (
    *("stop", "aux", "and", "det", "many", "prep", "i", "we", "he", "she", "they", "say"),
    *("woman", "man", "person", "role", "body"),
)
"""The kinds of words that are no places, however they are written."""
_INFLECTED: Final = frozenset(("ru", "uk", "pl"))
_ENDS: Final = re.compile(r"[.!?…:“”„«»\"\n]")


class Named(msgspec.Struct, frozen=True):
    """A place that a text names."""

    name: str
    at: int
    """Where it stands in the text."""
    length: int
    doubtful: bool = False
    """Whether more than one place may be meant, or none."""
    led: bool = False
    """Whether a word stands before it that leads up to a place: `in`, `from`."""
    town: bool = False
    """Whether it is a town, and no country or region."""


class PlaceNames:
    """Looks up the places of one article."""

    def __init__(self, words: Words, known: Sequence[str] = ()) -> None:
        """Take the words of its language, and the names that the collection has."""
        self.words = words
        self.known = frozenset(known)
        self.people: frozenset[str] = frozenset()
        self.roots: frozenset[str] = frozenset()
        self._met: dict[str, str | None] = {}

    def learn(self, people: Iterable[str]) -> None:
        """Take the parts of the names of the article's people, in small letters."""
        self.people = frozenset(people)
        self.roots = frozenset(map(_root, self.people))

    def is_place(self, name: str) -> bool:
        """Tell whether a name is that of a country or a great city, and nobody's first name.

        Of several words a name is a place's more often: there any town counts.
        """
        weight = self._weight(name)
        if " " in name:
            return weight is not None and weight != "ambiguous"
        return weight in ("country", "great") and not known_gender(name)

    def is_town(self, name: str) -> bool:
        """Tell whether a text is the name of a town, and of nothing else in the article."""
        if not name or name.casefold() in self.people or self._is_common(name):
            return False
        return self._weight(name) in ("small", "large", "great")

    def named_in(self, text: str, people: Set[str]) -> Iterator[Named]:
        """Find the places that a text names, in order.

        Args:
            text: any text.
            people: the parts of the names of people, folded to small letters.
        """
        tokens = [*TOKEN.finditer(text)]
        place = 0
        while place < len(tokens):
            found = self._at(text, tokens, place, people)
            if found is None:
                place += 1
                continue
            named, count = found
            yield named
            place += count

    def _at(
        self, text: str, tokens: Sequence[re.Match[str]], place: int, people: Set[str]
    ) -> tuple[Named, int] | None:
        first = tokens[place]
        if not first.group()[0].isupper() or self.words.has("not", first.group()):
            return None
        before = text[tokens[place - 1].end() : first.start()] if place else ""
        opens = place == 0 or _ENDS.search(before) is not None
        # `in Lviv`, but also `Kharkiv, Ukraine` and `Kazakhstan, Georgia and Finland`.
        if place and not opens and self.words.has("street", tokens[place - 1].group()):
            return None
        led = bool(place) and not opens and self.words.has("where", tokens[place - 1].group())
        for count in range(min(_LONGEST, len(tokens) - place), 0, -1):
            last = tokens[place + count - 1]
            name = text[first.start() : last.end()]
            shouted = name.isupper() and len(name) > _LONGEST
            if shouted or not self._is_run(text, tokens[place : place + count]):
                continue
            parts = {part.casefold() for part in TOKEN.findall(name)}
            bare = {part.removesuffix("’s").removesuffix("'s") for part in parts}
            named = not people.isdisjoint(bare) or not self.people.isdisjoint(bare)
            if named or self._is_somebody(bare) or (count == 1 and self._is_common(name)):
                continue
            following = tokens[place + count] if place + count < len(tokens) else None
            if count == 1 and following is not None and self._goes_on(text, last, following):
                # `Paris Hilton`, `Kazakhstan’s State Revenue Committee` aside.
                led_on = self._weight(name) in ("country", "wide")
                if not led_on:
                    continue
            found = self._named(name, opens, led)
            if found:
                written, doubtful = found
                town = self._weight(written) not in ("country", "wide")
                return Named(written, first.start(), len(name), doubtful, led, town), count
        return None

    def _is_somebody(self, parts: Set[str]) -> bool:
        """Tell the name of a person in another case."""
        if self.words.language not in _INFLECTED:
            return False
        return any(_root(part) in self.roots for part in parts)

    def _is_run(self, text: str, tokens: Sequence[re.Match[str]]) -> bool:
        for one, other in pairwise(tokens):
            if text[one.end() : other.start()] not in (" ", "\u00a0"):
                return False
        last = tokens[-1].group()
        return last[0].isupper() or last.rpartition("-")[2][:1].isupper()  # `Deir ez-Zor`

    def _goes_on(self, text: str, last: re.Match[str], following: re.Match[str]) -> bool:
        gap = text[last.end() : following.start()]
        return gap == " " and following.group()[0].isupper() and self.words.language != "de"

    def _is_common(self, name: str) -> bool:
        return any(self.words.has(kind, name) for kind in _COMMON)

    def _named(self, name: str, opens: bool, led: bool) -> tuple[str, bool] | None:
        """Decide on a name: how it is written, and whether that is doubtful."""
        for written in self._forms(name):
            if written in self.known:
                return written, False
            weight = self._weight(written)
            if weight is None:
                continue
            if weight in ("country", "wide"):
                return written, False
            if weight in ("large", "great") and (led or not (opens or self.words.language == "de")):
                return written, not led
            if weight == "small" and led:
                return written, False
            if weight == "ambiguous" and led:
                return written, True
        return None

    def _forms(self, name: str) -> Iterator[str]:
        for ending, other in _CASES.get(self.words.language, ()):
            if name.endswith(ending) and len(name) - len(ending) >= _STEM:
                yield name[: len(name) - len(ending)] + other
        yield name

    def _weight(self, name: str) -> str | None:
        """Tell how much of a place a name is; none where it is not one."""
        if name not in self._met:
            if len(self._met) > _MOST:
                return None
            self._met[name] = _weigh(name)
        return self._met[name]


def _root(name: str) -> str:
    return name[: max(_STEM + 1, len(name) - 2)]


def _weigh(name: str) -> str | None:
    from collection.folding import fold

    gazetteer = _gazetteer()
    if gazetteer is None or len(name) < 3:
        return None
    entry = gazetteer.resolve(name)
    if entry.status not in (RESOLVED, AMBIGUOUS):
        return None
    candidates = gazetteer.candidates(name)
    if not candidates:
        return None
    best = candidates[0]
    # What the gazetteer takes for a slip of the pen is no name here: `Russian`.
    if fold(name) not in {fold(known) for known in (best.name, *best.aliases)}:
        return None
    if entry.status == AMBIGUOUS:
        own = fold(name) == fold(best.name) or "-" in name
        return "ambiguous" if own else None
    if best.kind in _COUNTRIES:
        return "country"
    if best.kind in _WIDE:
        return "wide"
    if best.kind != "town" or best.population < _LARGE:
        return "small"
    own = fold(name) == fold(best.name)
    return "great" if own and best.population >= _GREAT else "large"


@cache
def _gazetteer() -> Gazetteer | None:
    from collection.places.gazetteer import Gazetteer, GazetteerDamaged

    try:
        return Gazetteer.bundled()
    except GazetteerDamaged:
        return None
