"""A lexicon: distinct folded words, found whole, by their beginning, or in spite of typos.

Typos are counted by optimal string alignment (a swap of two neighbours is one) against the
distinct beginnings `w[:k]` of the words, for every k that can be within reach. That is the
exact edit distance between the query and a beginning, so that a word that is still being typed
may hold a typo. The first letter must agree, which cuts the work to one bucket; `misbegun` looks
for a wrong first letter when all else has failed.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE_TYPO_FROM: Final = 4
_TWO_TYPOS_FROM: Final = 8
_UNFINISHED_FROM: Final = 6
_UNFINISHED_TYPO_FROM: Final = 5
_FOREIGN_FROM: Final = 6
_LONG: Final = 10
# `extract` holds the interpreter's lock: in pieces of this size, other threads get their turn.
_CHUNK: Final = 5_000
_LAST: Final = "\U0010ffff"


class Kind(IntEnum):
    """How a word of a query agrees with a word that is known, best first."""

    EXACT = 0
    PREFIX = 1
    SWAPPED = 2
    TYPO = 3
    UNFINISHED = 4
    """One typo in a word that is still being typed."""
    TWO = 5


def typos_allowed(word: str) -> int:
    """Say how many typos a word may hold: numbers none, and short words neither."""
    if len(word) < _ONE_TYPO_FROM or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < _TWO_TYPOS_FROM else 2


class _Bucket:
    """The words of one first letter."""

    __slots__ = ("_fresh", "_stems", "_words")

    def __init__(self) -> None:
        self._words: list[str] = []
        self._fresh: list[str] = []
        self._stems: dict[int, dict[str, None]] = {}

    def add(self, word: str) -> None:
        # Sorted when next looked at: loading adds thousands between two searches.
        self._fresh.append(word)

    def extend(self, words: list[str]) -> None:
        self._fresh += words

    def discard(self, word: str) -> None:
        # Its stems stay: they lead to no word, and mostly other words share them.
        words = self.words()
        place = bisect_left(words, word)
        if place < len(words) and words[place] == word:
            del words[place]

    def words(self) -> list[str]:
        if self._fresh:
            for length, stems in self._stems.items():
                stems.update((w[:length], None) for w in self._fresh if len(w) >= length)
            self._words += self._fresh
            self._words.sort()
            self._fresh = []
        return self._words

    def has(self, word: str) -> bool:
        words = self.words()
        place = bisect_left(words, word)
        return place < len(words) and words[place] == word

    def starting(self, prefix: str) -> list[str]:
        words = self.words()
        start = bisect_left(words, prefix)
        if start == len(words) or not words[start].startswith(prefix):
            return []
        return words[start : bisect_left(words, prefix + _LAST, start)]

    def stems(self, length: int) -> list[str]:
        words = self.words()
        if length not in self._stems:
            self._stems[length] = dict.fromkeys(w[:length] for w in words if len(w) >= length)
        return list(self._stems[length])


class Lexicon:
    """A set of folded words."""

    def __init__(self) -> None:
        """Begin empty."""
        self._buckets: dict[str, _Bucket] = {}

    def add(self, word: str) -> None:
        """Add a word that is not in it yet."""
        bucket = self._buckets.get(word[0])
        if bucket is None:
            bucket = self._buckets[word[0]] = _Bucket()
        bucket.add(word)

    def add_sorted(self, words: list[str]) -> None:
        """Add words of one first letter that are not in it yet, in order."""
        if words:
            self._buckets.setdefault(words[0][0], _Bucket()).extend(words)

    def in_pieces(self, size: int) -> Iterator[list[str]]:
        """Give all words, in order within each first letter, so many of one letter at a time."""
        for letter in list(self._buckets):
            words = self._buckets[letter].words()
            yield from (words[start : start + size] for start in range(0, len(words), size))

    def discard(self, word: str) -> None:
        """Take a word out."""
        if bucket := self._buckets.get(word[0]):
            bucket.discard(word)

    def __contains__(self, word: str) -> bool:
        """Tell whether a word is in it."""
        bucket = self._buckets.get(word[:1])
        return bucket is not None and bucket.has(word)

    def starting(self, prefix: str) -> list[str]:
        """Give the words that begin with a prefix, in order; the word itself comes first."""
        bucket = self._buckets.get(prefix[:1])
        return bucket.starting(prefix) if bucket else []

    def near(self, word: str, *, close: bool = False, foreign: bool = False) -> dict[str, Kind]:
        """Find the words that a word may be a misspelling of, its first letter being right.

        Args:
            word: folded.
            close: whether to leave out unfinished words, and two typos in a word that is not
                long, because the word as it stands is known.
            foreign: whether it was typed in another script, where one wrong letter may be two
                or three folded ones; one more typo is then allowed from six letters on.

        Returns:
            the words with the least distance of each; those beginning with the word are left
            out, since `starting` gives them.
        """
        allowed = typos_allowed(word)
        if close and len(word) < _LONG:
            allowed = min(allowed, 1)
        if foreign and len(word) >= _FOREIGN_FROM:
            allowed = 2
        bucket = self._buckets.get(word[:1])
        if not allowed or bucket is None:
            return {}
        finished = close or len(word) < _UNFINISHED_TYPO_FROM
        found: dict[str, Kind] = {}
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for stem, distance in _scan(word, bucket.stems(length), allowed):
                if not distance:
                    continue
                if finished:
                    candidates = [stem] if bucket.has(stem) else []
                else:
                    candidates = bucket.starting(stem)
                for candidate in candidates:
                    kind = _kind(word, stem, candidate, distance)
                    if kind < found.get(candidate, _WORSE) and not candidate.startswith(word):
                        found[candidate] = kind
        return found

    def misbegun(self, word: str) -> dict[str, Kind]:
        """Find the words that agree but for a wrong, missing, needless or swapped first letter.

        A wrong first letter counts as two typos (the rule is Meilisearch's), so the rest must
        be right; there is then nothing to scan, each possibility is looked up.
        """
        if not typos_allowed(word):
            return {}
        rest = word[1:]
        meant = [rest, word[1] + word[0] + word[2:]]
        meant += [letter + tail for letter in self._buckets for tail in (rest, word)]
        return {
            found: Kind.TWO
            for prefix in meant
            for found in self.starting(prefix)
            if len(found) == len(prefix) or len(prefix) >= _UNFINISHED_FROM
            if not found.startswith(word)
        }


_WORSE: Final = len(Kind)


def _kind(word: str, stem: str, candidate: str, distance: int) -> Kind:
    if distance > 1:
        return Kind.TWO
    if len(candidate) > len(stem):
        return Kind.UNFINISHED
    if len(word) == len(stem) and sorted(word) == sorted(stem):
        return Kind.SWAPPED
    return Kind.TYPO


def _scan(word: str, stems: list[str], allowed: int) -> Iterator[tuple[str, int]]:
    for start in range(0, len(stems), _CHUNK):
        if start:
            time.sleep(0)
        found = extract(
            word,
            stems[start : start + _CHUNK],
            scorer=OSA.distance,
            score_cutoff=allowed,
            limit=None,
        )
        for stem, distance, _ in found:
            yield stem, int(distance)
