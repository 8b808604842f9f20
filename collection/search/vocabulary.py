"""The vocabulary of names that testimonies share: places, themes, keywords, interviewers.

Narrators, who mostly speak once, are running text instead (see `texts`). A name is an entity of
some field. It is found by its whole name (several words written as one), by a word of it, and
by its aliases in the same two ways. What a place lies in, and what is broader than a theme, are
entities of fields of their own, so that a country leads to its towns. A name is forgotten with
its last testimony, so that nothing is offered that leads nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from pyroaring import BitMap

from collection.folding import fold
from collection.search.authority import PLACES, THEMES, Authority
from collection.search.entity import FIELDS, WIDER, WIDER_OF, Entity, Ways, level_of, phrase_part
from collection.search.lexicon import Lexicon
from collection.search.postings import (
    Posting,
    packed,
    stored,
    with_testimony,
    without_testimony,
)
from collection.search.words import joined, split

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence


class Vocabulary:
    """All names, with the testimonies of each.

    A sense of a string packs which entity it leads to and by what part of its name:
    `number * 16 + level`, where the level is `part + 4 * class of the field` (see `level_of`).
    """

    def __init__(self, authority: Authority | None = None) -> None:
        """Begin empty.

        Args:
            authority: knows the other names of an entity.
        """
        self._authority = authority or Authority()
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
        self.foreign = Lexicon()
        """Of other names those in other scripts: a typo in Latin letters means none of them."""
        self.senses: tuple[dict[str, list[int]], ...] = ({}, {}, {})
        """What each string of the lexicons leads to, by home."""
        self._ways: dict[int, Ways] = {}
        self.inside: dict[tuple[str, str], dict[int, None]] = {}
        """The entities that lie in something wider, by its field and name."""
        # The same by the number of what is wider: it has no testimonies but those of these.
        self._wide: dict[int, dict[int, None]] = {}

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
            number = self._enter(self._entity(field, name, words))
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

    def _entity(self, field: str, name: str, words: tuple[str, ...]) -> Entity:
        found = self._authority.wider(field, name) if field in WIDER_OF else ()
        wider = tuple(one for one in found if one != name)
        return Entity(field, name, words, self._named(field, name, words), wider)

    def _named(
        self, field: str, name: str, words: tuple[str, ...]
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        aliases = []
        known = {joined(words)}
        for alias in self._authority.other_names(field, name):
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
        for key, (home, part) in entity.found_by().items():
            senses, lexicon = self.senses[home], self.lexicons[home]
            sense = number << 4 | level_of(entity.field, part)
            if key in senses:
                senses[key].append(sense)
            else:
                senses[key] = [sense]
                lexicon.add(key)
        if entity.field in WIDER:
            self._wide[number] = self.inside[entity.field, entity.name]
        for name in entity.wider:
            self._put_inside(WIDER_OF[entity.field], name, number)
        return number

    def _put_inside(self, field: str, name: str, number: int) -> None:
        inside = self.inside.get((field, name))
        if inside is None:
            inside = self.inside[field, name] = {}
            if words := tuple(split(name)):
                self._enter(self._entity(field, name, words))
        inside[number] = None

    def _forget(self, number: int) -> None:
        entity = self.entities[number]
        if entity is None:
            return
        for key, (home, part) in entity.found_by().items():
            senses, lexicon = self.senses[home], self.lexicons[home]
            senses[key].remove(number << 4 | level_of(entity.field, part))
            if not senses[key]:
                del senses[key]
                lexicon.discard(key)
        for name in entity.wider:
            inside = self.inside[WIDER_OF[entity.field], name]
            del inside[number]
            if not inside:
                del self.inside[WIDER_OF[entity.field], name]
                wide = self._numbers[WIDER_OF[entity.field]].get(name)
                if wide is not None:
                    self._forget(wide)
        self._wide.pop(number, None)
        del self._numbers[entity.field][entity.name]
        self.entities[number] = None
        self._free.append(number)

    def ways(self, number: int) -> Ways | None:
        """Give the strings that lead to an entity; None where it has been forgotten."""
        known = self._ways.get(number)
        entity = self.entities[number]
        if entity is None or (known is not None and known.entity is entity):
            return known if entity is not None else None
        if len(self._ways) >= _MOST_WAYS:
            self._ways.clear()
        found = self._ways[number] = Ways(entity)
        return found

    def borne(self, numbers: Iterable[int]) -> Iterator[Posting]:
        """Give the testimonies of each of some entities, or of all that lies in it."""
        postings, wide = self.postings, self._wide
        for number in numbers:
            inside = wide.get(number)
            if inside is None:
                yield postings[number]
            else:
                yield from map(postings.__getitem__, inside)

    def with_wider(self, numbers: Iterable[int]) -> list[int]:
        """Give some entities, and after them all that they lie in."""
        found = dict.fromkeys(numbers)
        for number in list(found):
            entity = self.entities[number]
            if entity is not None:
                for name in entity.wider:
                    wide = self._numbers[WIDER_OF[entity.field]].get(name)
                    if wide is not None:
                        found[wide] = None
        return list(found)

    def depending(self, fields: Collection[str], folded: str) -> list[tuple[str, str]]:
        """Give the fields and names of what a name stands for, and of what lies in it.

        Args:
            fields: the fields to look in.
            folded: the name, folded; however it is written, it is the same.
        """
        found: dict[tuple[str, str], None] = {}
        for field in sorted(fields):
            alike = [name for name in self._numbers[field] if fold(name) == folded]
            found.update(dict.fromkeys((field, name) for name in alike))
            for name in alike:
                for number in self.inside.get((field, name), ()):
                    entity = self.entities[number]
                    if entity is not None:
                        found[entity.field, entity.name] = None
        return list(found)

    def renamed(self, field: str, name: str) -> None:
        """Take over the other names of an entity, because they have changed."""
        number = self._numbers[field].get(name)
        if number is None:
            return
        before = self.entities[number]
        if before is None:
            return
        after = self._entity(field, name, before.words)
        if before != after:
            posting = self.postings[number]
            self._forget(number)
            # The number is free now and the next to be given out.
            self.postings[self._enter(after)] = posting

    def leads_to(self, key: str, where: int, fields: Collection[str]) -> bool:
        """Tell whether a string leads to an entity of some fields.

        Args:
            key: a string of one of the lexicons.
            where: the home of the string.
            fields: the fields.
        """
        entities = self.entities
        return any(
            (entity := entities[sense >> 4]) is not None and entity.field in fields
            for sense in self.senses[where].get(key, ())
        )

    def having(
        self,
        words: tuple[str, ...],
        *,
        unfinished: bool = False,
        literal: bool = False,
        fields: Collection[str] | None = None,
    ) -> list[tuple[int, int]]:
        """Find the entities a name of which holds these words in this order, exactly.

        Args:
            words: folded.
            unfinished: whether the last may be a beginning.
            literal: whether other names do not count, nor what an entity lies in.
            fields: of which fields; all if None.

        Returns:
            pairs of the entity's number and the part of a name that it is, packed as a level.
        """
        keys = {words[0], joined(words)}
        if unfinished and len(words) == 1:
            keys.update(self.names.starting(words[0]))
            if not literal:
                keys.update(self.aliases.starting(words[0]))
                keys.update(self.foreign.starting(words[0]))
        homes = self.senses[:1] if literal else self.senses
        numbers = {sense >> 4 for senses in homes for key in keys for sense in senses.get(key, ())}
        found = []
        for number in sorted(numbers):
            entity = self.entities[number]
            if entity is None or (fields is not None and entity.field not in fields):
                continue
            if literal and entity.field in WIDER:
                continue
            part = phrase_part(entity, words, unfinished=unfinished, literal=literal)
            if part is not None:
                found.append((number, level_of(entity.field, part)))
        return found

    # --- storing -----------------------------------------------------------------------------

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Write everything down in pieces, each with the name of what it belongs to."""
        for start in range(0, len(self.entities), _PIECE):
            yield "entities", msgspec.msgpack.encode(self.entities[start : start + _PIECE])
            for part in packed(self.postings[start : start + _PIECE]):
                yield "postings", part
        for lexicon, senses, home in zip(self.lexicons, self.senses, _HOMES, strict=True):
            for keys in lexicon.in_pieces(_PIECE):
                yield home, msgspec.msgpack.encode({key: senses[key] for key in keys})

    def restore(self, parts: Mapping[str, Sequence[memoryview]]) -> Iterator[None]:
        """Take over what was written down, into an empty vocabulary; yields between pieces."""
        for place, piece in enumerate(parts.get("entities", ())):
            entities = _ENTITIES.decode(piece)
            for number, entity in enumerate(entities, len(self.entities)):
                if entity is None:
                    self._free.append(number)
                    continue
                self._numbers[entity.field][entity.name] = number
                for name in entity.wider:
                    self.inside.setdefault((WIDER_OF[entity.field], name), {})[number] = None
            self.entities += entities
            self.postings += stored(parts["postings"][3 * place : 3 * place + 3])
            yield
        for (field, name), inside in self.inside.items():
            wide = self._numbers[field].get(name)
            if wide is not None:
                self._wide[wide] = inside
        yield
        for lexicon, senses, home in zip(self.lexicons, self.senses, _HOMES, strict=True):
            for piece in parts.get(home, ()):
                some = _SENSES.decode(piece)
                senses.update(some)
                lexicon.add_sorted(list(some))
                yield

    @property
    def lexicons(self) -> tuple[Lexicon, Lexicon, Lexicon]:
        """The lexicons, by home."""
        return self.names, self.aliases, self.foreign

    def named(self) -> list[tuple[str, str]]:
        """Give the fields and names of which authority entries may tell something."""
        known = (entity for entity in self.entities if entity is not None)
        return [(one.field, one.name) for one in known if one.field in PLACES | THEMES]


_MOST_WAYS: Final = 2_000
_PIECE: Final = 2_000
"""Entities or strings that are stored in one go."""
_HOMES: Final = ("names", "aliases", "foreign")
_ENTITIES: Final = msgspec.msgpack.Decoder(list[Entity | None])
_SENSES: Final = msgspec.msgpack.Decoder(dict[str, list[int]])
