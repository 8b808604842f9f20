"""A name in a field, with its other names, and how a word or a phrase leads to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.search.words import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LAST: Final = "\U0010ffff"
WHOLE: Final = 0
WORD: Final = 1
ALIAS: Final = 2
ALIAS_WORD: Final = 3
NAMES_HOME: Final = 0
ALIASES_HOME: Final = 1
FOREIGN_HOME: Final = 2
_NOT_LATIN: Final = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2c00-\uffef]")

FIELDS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "place": 0,
        "theme": 0,
        "keyword": 0,
        "interview place": 1,
        "interviewer": 1,
        "present": 1,
        "translator": 1,
        "within": 2,
        "broader": 2,
    }
)
"""The fields whose values are names, with the class of what a find there costs more."""
WIDER_OF: Final[Mapping[str, str]] = MappingProxyType(
    {"place": "within", "interview place": "within", "theme": "broader", "keyword": "broader"}
)
"""The fields whose names lie in something wider, and the field of that."""
WIDER: Final = frozenset(WIDER_OF.values())
"""The fields of what a testimony does not name itself."""
EXTRA: Final = (0, 2, 6)
"""What a find costs more than in a place, by class: a testimony that names Poland, be it only in
its account, comes before one that names a town there."""

_PARTS: Final = 4


def level_of(field: str, part: int) -> int:
    """Pack a field and a part of a name, as the costs are tabled."""
    return part + _PARTS * FIELDS[field]


def part_of(level: int) -> int:
    """Give the part of a name in a level."""
    return level % _PARTS


class Entity(msgspec.Struct, frozen=True):
    """A name in a field."""

    field: str
    name: str
    """As written."""
    words: tuple[str, ...]
    """The folded words of the name."""
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    """Its other names, each with its folded words."""
    wider: tuple[str, ...] = ()
    """What a place lies in, or a theme falls under; names of entities of a field of their own."""

    def found_by(self) -> dict[str, tuple[int, int]]:
        """Give every string that leads here: its home, and the best part of a name that it is."""
        found: dict[str, tuple[int, int]] = {}
        for words, home, whole, part in (
            (self.words, NAMES_HOME, WHOLE, WORD),
            *((words, _home_of(alias), ALIAS, ALIAS_WORD) for alias, words in self.aliases),
        ):
            for key, value in ((joined(words), whole), *((word, part) for word in words)):
                if key:
                    known = found.get(key, (home, value))
                    found[key] = (min(home, known[0]), min(value, known[1]))
        return found


class Ways:
    """The strings that lead to an entity, ready to be asked which of them a word means."""

    def __init__(self, entity: Entity) -> None:
        """Take the entity."""
        self.entity = entity
        self._found = entity.found_by()
        self._sorted = sorted(self._found)

    def meant(
        self, word: str, near: Sequence[Mapping[str, Any]], *, prefix: bool
    ) -> Iterator[tuple[str, int, int]]:
        """Give the strings that a word means, each with its home and the part that it is.

        Args:
            word: folded.
            near: what it may be a misspelling of, by home.
            prefix: whether strings count that only begin with it.
        """
        found, keys = self._found, self._sorted
        start = bisect_left(keys, word)
        end = bisect_left(keys, word + _LAST, start) if prefix else start + (word in found)
        for key in keys[start:end]:
            yield (key, *found[key])
        for home, words in enumerate(near):
            fewer, more = (words, found) if len(words) < len(found) else (found, words)
            for key in fewer:
                if key in more and found[key][0] == home:
                    yield (key, *found[key])


def is_latin(written: str) -> bool:
    """Tell whether a word is written in Latin letters."""
    return _NOT_LATIN.search(written) is None


def _home_of(alias: str) -> int:
    return ALIASES_HOME if is_latin(alias) else FOREIGN_HOME


def phrase_part(
    entity: Entity, words: tuple[str, ...], *, unfinished: bool, literal: bool
) -> int | None:
    """Say what part of an entity's names a phrase is, None if it is no part of them.

    Of other names only the whole counts: what excludes a city is not to exclude Ho Chi Minh City
    wherever it is called Saigon.
    """
    if place_of(words, entity.words, unfinished=unfinished) is not None:
        return WHOLE if len(entity.words) == len(words) else WORD
    if literal:
        return None
    for _, alias in entity.aliases:
        if words == alias:
            return ALIAS
        if unfinished and place_of(words, alias[: len(words)], unfinished=True) == 0:
            return ALIAS_WORD
    return None


def place_of(
    words: tuple[str, ...], name: tuple[str, ...], *, unfinished: bool = False
) -> int | None:
    """Find where a run of words, its last perhaps unfinished, first stands in a name."""
    last = len(words) - 1
    for start in range(len(name) - last):
        if name[start : start + last] == words[:-1]:
            word = name[start + last]
            if word == words[-1] or (unfinished and word.startswith(words[-1])):
                return start
    return None
