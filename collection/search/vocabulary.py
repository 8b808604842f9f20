"""The vocabulary of names that testimonies share: places, themes, keywords, interviewers.

Narrators, who mostly speak once, are running text instead (see `texts`). A name is an entity of
some field. It is found by its whole name (several words written as one), by a word of it, and
by its aliases in the same two ways. A name is forgotten with its last testimony, so that
nothing is offered that leads nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from pyroaring import BitMap

from collection.search.aliases import place_parts, spelling_variants
from collection.search.lexicon import Lexicon
from collection.search.postings import Posting, with_testimony, without_testimony
from collection.search.words import joined, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WHOLE: Final = 0
WORD: Final = 1
ALIAS: Final = 2
ALIAS_WORD: Final = 3

FIELDS: Final = {
    "place": 0,
    "theme": 0,
    "keyword": 0,
    "interview place": 2,
    "interviewer": 2,
    "present": 2,
    "translator": 2,
}
"""The fields whose values are names, with what a find there costs more than in a place."""

_PARTS: Final = 4


def level_of(field: str, part: int) -> int:
    """Pack a field and a part of a name, as the costs are tabled."""
    return part + _PARTS * FIELDS[field]


class Entity(msgspec.Struct, frozen=True):
    """A name in a field."""

    field: str
    name: str
    """As written."""
    words: tuple[str, ...]
    """The folded words of the name."""
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    """Its other names, each with its folded words."""

    def found_by(self) -> dict[str, int]:
        """Give every string that leads here, with the best part of a name that it is."""
        found: dict[str, int] = {}
        for words, whole, part in (
            (self.words, WHOLE, WORD),
            *((words, ALIAS, ALIAS_WORD) for _, words in self.aliases),
        ):
            for key, value in ((joined(words), whole), *((word, part) for word in words)):
                if key:
                    found[key] = min(value, found.get(key, value))
        return found


def automatic_aliases(field: str, name: str) -> Iterable[str]:
    """Give the aliases that follow from a name itself."""
    if field in ("theme", "keyword"):
        return spelling_variants(name)
    if field in ("place", "interview place"):
        return place_parts(name)
    return ()


class Vocabulary:
    """All names, with the testimonies of each.

    A sense of a string packs which entity it leads to and by what part of its name:
    `number * 16 + level`, where the level is `part + 4 * cost of the field` (see `level_of`).
    """

    def __init__(self, aliases: Callable[[str, str], Iterable[str]] = automatic_aliases) -> None:
        """Begin empty.

        Args:
            aliases: gives the other names of an entity by its field and name.
        """
        self._aliases_of = aliases
        self._numbers: dict[str, dict[str, int]] = {field: {} for field in FIELDS}
        self._free: list[int] = []
        self.entities: list[Entity | None] = []
        """By number; None where a name has been forgotten."""
        self.postings: list[Posting] = []
        """The testimonies of each entity."""
        self.names = Lexicon()
        """Whole primary names, and their words."""
        self.aliases = Lexicon()
        """The same of other names."""
        self.senses: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        """What each string of the two lexicons leads to."""

    def add(self, field: str, name: str, testimony: int) -> int | None:
        """Note that a testimony bears a name.

        Returns:
            the number of the entity, None where the name holds no word.
        """
        number = self._numbers[field].get(name)
        if number is None:
            words = tuple(split(name))
            if not words:
                return None
            number = self._enter(Entity(field, name, words, self._named(field, name, words)))
        posting = self.postings[number]
        if type(posting) is BitMap:
            posting.add(testimony)
        else:
            self.postings[number] = with_testimony(posting, testimony)
        return number

    def discard(self, number: int, testimony: int) -> None:
        """Note that a testimony bears a name no longer."""
        self.postings[number] = without_testimony(self.postings[number], testimony)
        if self.postings[number] is None:
            self._forget(number)

    def _named(
        self, field: str, name: str, words: tuple[str, ...]
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        aliases = []
        known = {joined(words)}
        for alias in self._aliases_of(field, name):
            folded = tuple(split(alias))
            if folded and joined(folded) not in known:
                known.add(joined(folded))
                aliases.append((alias, folded))
        return tuple(aliases)

    def _enter(self, entity: Entity) -> int:
        if self._free:
            number = self._free.pop()
            self.entities[number] = entity
        else:
            number = len(self.entities)
            self.entities.append(entity)
            self.postings.append(None)
        self._numbers[entity.field][entity.name] = number
        for key, part in entity.found_by().items():
            senses, lexicon = self._home(part)
            sense = number << 4 | level_of(entity.field, part)
            if key in senses:
                senses[key].append(sense)
            else:
                senses[key] = [sense]
                lexicon.add(key)
        return number

    def _forget(self, number: int) -> None:
        entity = self.entities[number]
        if entity is None:
            return
        for key, part in entity.found_by().items():
            senses, lexicon = self._home(part)
            senses[key].remove(number << 4 | level_of(entity.field, part))
            if not senses[key]:
                del senses[key]
                lexicon.discard(key)
        del self._numbers[entity.field][entity.name]
        self.entities[number] = None
        self._free.append(number)

    def _home(self, part: int) -> tuple[dict[str, list[int]], Lexicon]:
        if part in (WHOLE, WORD):
            return self.senses[0], self.names
        return self.senses[1], self.aliases

    def having(self, words: tuple[str, ...], *, unfinished: bool = False) -> list[tuple[int, int]]:
        """Find the entities a name of which holds these words in this order, exactly.

        Returns:
            pairs of the entity's number and the part of a name that it is, packed as a level.
        """
        first = words[0]
        keys = [first]
        if unfinished and len(words) == 1:
            keys = sorted({*self.names.starting(first), *self.aliases.starting(first)})
        numbers = {
            sense >> 4 for senses in self.senses for key in keys for sense in senses.get(key, ())
        }
        found = []
        for number in sorted(numbers):
            entity = self.entities[number]
            if entity is not None:
                part = phrase_part(entity, words, unfinished=unfinished)
                if part is not None:
                    found.append((number, level_of(entity.field, part)))
        return found


def phrase_part(entity: Entity, words: tuple[str, ...], *, unfinished: bool) -> int | None:
    """Say what part of an entity's names a phrase is, None if it is no part of them."""
    if place_of(words, entity.words, unfinished=unfinished) is not None:
        return WHOLE if len(entity.words) == len(words) else WORD
    for _, alias in entity.aliases:
        if place_of(words, alias, unfinished=unfinished) is not None:
            return ALIAS if len(alias) == len(words) else ALIAS_WORD
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
