"""Completions: names that the word at the end of a query may become, the commonest first."""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from collection.search.entity import ALIAS, ALIAS_WORD, WHOLE, WORD
from collection.search.fields import NAMES_OF
from collection.search.postings import size_of
from collection.search.query import unfinished_part
from collection.search.words import joined, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyroaring import BitMap

    from collection.search.texts import Texts
    from collection.search.vocabulary import Vocabulary

_MOST_STRINGS: Final = 500
_MOST_NARRATORS: Final = 300
_SHORTEST_NARRATOR: Final = 2
_OFFERED: Final = {"place": "place", "interview place": "place", "theme": "theme",
                   "keyword": "theme"}  # fmt: skip
_RANKS: Final = {WHOLE: 0, ALIAS: 1, WORD: 2, ALIAS_WORD: 3}


class Completion(msgspec.Struct, frozen=True):
    """A name that may be meant."""

    field: str
    """`place`, `theme` or `narrator`."""
    name: str
    """As testimonies write it."""
    count: int
    """How many testimonies bear it."""
    query: str
    """The whole query once it is taken."""


def completions(
    query: str,
    limit: int,
    vocabulary: Vocabulary,
    narrator_texts: Texts,
    narrators: Mapping[int, str],
) -> list[Completion]:
    """Offer names for the word that is being typed.

    Args:
        query: what has been typed so far.
        limit: how many to offer at most.
        vocabulary: the places and themes.
        narrator_texts: the names of narrators, as indexed.
        narrators: the same as written, by testimony.

    Returns:
        those that begin with the word before those that hold it behind their first word, other
        names last; the commonest first.
    """
    before, field, typed = unfinished_part(query)
    key = joined(split(typed))
    if not key or not any(letter.isalnum() for letter in typed):
        return []
    found: dict[tuple[str, str], tuple[int, int]] = {}
    if field in ("", "place", "theme"):
        for kind, name, rank, count in _names(key, field, vocabulary):
            known = found.get((kind, name), (rank, 0))
            found[kind, name] = (min(rank, known[0]), max(count, known[1]))
    if field in ("", "by") and len(key) >= _SHORTEST_NARRATOR:
        for name, count in _narrators(key, narrator_texts, narrators).items():
            found["narrator", name] = (1, count)
    best = nsmallest(limit, found.items(), key=lambda one: (one[1][0], -one[1][1], one[0]))
    return [
        Completion(kind, name, count, _taken(before, field, name))
        for (kind, name), (_, count) in best
    ]


def _names(key: str, field: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str, int, int]]:
    fields = NAMES_OF[field] if field else None
    lexicons = zip(vocabulary.lexicons, vocabulary.senses, strict=True)
    for lexicon, senses in lexicons:
        for string in islice(lexicon.starting(key), _MOST_STRINGS):
            for sense in senses[string]:
                entity = vocabulary.entities[sense >> 4]
                if entity is None or (fields is not None and entity.field not in fields):
                    continue
                kind = _OFFERED.get(entity.field)
                if kind is not None:
                    count = size_of(vocabulary.postings[sense >> 4])
                    yield kind, entity.name, _RANKS[sense & 3], count


def _narrators(key: str, texts: Texts, narrators: Mapping[int, str]) -> Counter[str]:
    # The narrator is also indexed written as one word, which begins with the same letters.
    numbers: BitMap = texts.beginning(key)
    return Counter(narrators[n] for n in islice(numbers, _MOST_NARRATORS) if n in narrators)


def _taken(before: str, field: str, name: str) -> str:
    """Write the query with the name in the place of the word that was being typed."""
    plain = " ".join(name.replace('"', " ").split())
    if not field:
        return f"{before}{plain} "
    # Behind a field only one word, or a phrase, belongs to it.
    return f"{before}{plain} " if plain.isalnum() else f'{before}"{plain}" '
