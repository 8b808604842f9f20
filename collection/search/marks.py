"""Marks: which stretches of a text to mark for what a query matched."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from collection.search.entity import ALIAS, ALIAS_WORD, WHOLE, WIDER, WORD, place_of
from collection.search.fields import NAMES_OF
from collection.search.lexicon import typos_allowed
from collection.search.matching import NAMES
from collection.search.words import joined, located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collection.search.entity import Entity
    from collection.search.matching import Match
    from collection.search.vocabulary import Vocabulary


_MOST_INSIDE: Final = 2_000
"""Names marked because they lie in what was searched for."""


class Marker:
    """Finds the words that a query matched, in any text.

    What matched is known as words, as beginnings, and as rows of words: phrases, names that the
    query wrote as one word, and names for which it used an alias.
    """

    def __init__(self, matches: Iterable[Match], vocabulary: Vocabulary) -> None:
        """Take over what each term matched."""
        beginnings: set[str] = set()
        self._hits: dict[str, bool] = {}
        self._rows: dict[str, set[tuple[tuple[str, ...], bool]]] = {}
        for match in matches:
            meant = _meant_by_phrase if match.phrase else _meant
            for row in meant(match, vocabulary):
                self._row(row)
            if len(match.words) > 1:
                self._row(match.words, unfinished=match.prefix)
                continue
            if match.prefix:
                beginnings.add(match.words[0])
            for words in (match.words, *match.near.values()):
                self._hits.update((word, True) for word in words)
        self._beginnings = tuple(beginnings)

    def _row(self, words: tuple[str, ...], *, unfinished: bool = False) -> None:
        if len(words) == 1:
            self._hits[words[0]] = True
        else:
            self._rows.setdefault(words[0], set()).add((words, unfinished))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Find what to mark.

        Returns:
            sorted half-open (start, end) offsets in characters, none overlapping.
        """
        if not (self._hits or self._rows or self._beginnings):
            return []
        spans, words = located(text)
        hits = self._hits
        known = hits.get
        found: list[tuple[int, int]] = []
        for place, word in enumerate(words):
            hit = known(word)
            if hit is None:
                hit = hits[word] = word.startswith(self._beginnings)
            if hit:
                found.append(spans[place])
        if self._rows and (starts := self._rows.keys() & set(words)):
            found += self._in_rows(spans, words, starts)
        return _merged(found)

    def _in_rows(
        self, spans: Sequence[tuple[int, int]], words: Sequence[str], starts: Iterable[str]
    ) -> Iterator[tuple[int, int]]:
        rows = {start: self._rows[start] for start in starts}
        for place, word in enumerate(words):
            for row, unfinished in rows.get(word, ()):
                last = place + len(row) - 1
                if last < len(words) and all(
                    words[place + step] == row[step] for step in range(1, len(row) - 1)
                ):
                    end = words[last]
                    if end == row[-1] or (unfinished and end.startswith(row[-1])):
                        yield from spans[place : last + 1]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for span in sorted(spans):
        if merged and span[0] < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(span[1], merged[-1][1]))
        else:
            merged.append(span)
    return merged


def _meant(match: Match, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """Find the names that one word stands for without being a word of them."""
    word = match.words[0]
    longest = len(word) + typos_allowed(word)
    sources = zip(NAMES, vocabulary.lexicons, vocabulary.senses, strict=True)
    for where, lexicon, senses in sources:
        # One or two letters are a beginning of the first word of a name, and no more.
        agreeing = lexicon.starting(word) if match.prefix and len(word) > 2 else [word]
        # A misspelling that leaves a name unfinished does not mean the rest of it.
        near = [key for key in match.near.get(where, ()) if len(key) <= longest]
        for key in (*agreeing, *near):
            for sense in senses.get(key, ()):
                entity = vocabulary.entities[sense >> 4]
                if entity is None or (match.field and entity.field not in NAMES_OF[match.field]):
                    continue
                yield from _named(entity, key, word, sense & 3)
                if entity.field in WIDER and sense & 3 in (WHOLE, ALIAS):
                    yield from _inside(entity, vocabulary)


def _inside(wider: Entity, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """Give the names of what lies in something."""
    inside = vocabulary.inside.get((wider.field, wider.name), ())
    for number in islice(inside, _MOST_INSIDE):
        entity = vocabulary.entities[number]
        if entity is not None:
            yield entity.words


def _meant_by_phrase(match: Match, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """Find the names for which a phrase is an alias."""
    if match.literal:
        return
    words = match.words
    fields = NAMES_OF[match.field] if match.field else None
    for number, _ in vocabulary.having(words, unfinished=match.prefix, fields=fields):
        entity = vocabulary.entities[number]
        if entity is None:
            continue
        if entity.field in WIDER:
            yield from _inside(entity, vocabulary)
        elif place_of(words, entity.words, unfinished=match.prefix) is None:
            yield entity.words


def _named(entity: Entity, key: str, word: str, part: int) -> Iterator[tuple[str, ...]]:
    names = [entity.words] if part in (WHOLE, WORD) else [words for _, words in entity.aliases]
    for words in names:
        whole = joined(words) == key
        if whole and len(words) > 1 and len(words[0]) < len(word):
            # Written as one, and typed beyond the first word: `almaata`, `newy`.
            yield words
        if part == ALIAS and whole and not set(words) <= set(entity.words):
            yield entity.words
        if part == ALIAS_WORD and key in words and len(words) == len(entity.words):
            # A variant spelling corresponds word for word.
            yield (entity.words[words.index(key)],)
