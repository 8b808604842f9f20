"""The words of running texts: which testimonies hold a word, and in which order words stand.

Each distinct word has a code of one or two characters, so that a text of words becomes a string
of codes. A phrase in a text is then one substring search, the mentions of a word one count, and
the words of a text that goes can be taken out without reading it again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyroaring import BitMap

from collection.search.lexicon import Lexicon
from collection.search.postings import Gathering, Posting, with_testimony, without_testimony
from collection.search.words import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The commonest words, which come first, take one character below the surrogates; all others a
# pair of a surrogate and a character above, so that a text never needs more than two bytes each.
# The character 0 separates texts and belongs to no word.
BREAK: Final = "\x00"
_SINGLES: Final = 0xD800
_HIGH: Final = 0xD800
_LOW: Final = 0xE000
_LOWS: Final = 0x2000
_PAIR: Final = re.compile(r"[\ud800-\udfff][\ue000-\uffff]")
_MOST_CACHED: Final = 200_000
_LONGEST_CACHED: Final = 32
_SHORT: Final = 2
_MOST_CHANGED: Final = 64


def _code(number: int) -> str:
    if number < _SINGLES:
        return chr(number)
    high, low = divmod(number - _SINGLES, _LOWS)
    return chr(_HIGH + high) + chr(_LOW + low)


def _number_of_pair(code: str) -> int:
    return _SINGLES + (ord(code[0]) - _HIGH) * _LOWS + ord(code[1]) - _LOW


class _Chunks(dict[str, str]):
    """The codes of what stands between two spaces, punctuation included.

    A cache of bounded size; looking up what is not in it finds the codes.
    """

    def __init__(self, coded: Callable[[str], str]) -> None:
        super().__init__()
        self._coded = coded

    def __missing__(self, chunk: str) -> str:
        codes = "".join(map(self._coded, split(chunk)))
        if len(chunk) <= _LONGEST_CACHED:
            if len(self) >= _MOST_CACHED:
                self.clear()
            self[chunk] = codes
        return codes


class Texts:
    """Running texts of one sort: all titles, or all accounts."""

    def __init__(self) -> None:
        """Begin empty."""
        self.lexicon = Lexicon()
        """The words that occur."""
        self.codes: dict[int, str] = {}
        """The texts of each testimony, in codes, with a `BREAK` between two texts."""
        self._numbers: dict[str, int] = {}
        self._words = [""]
        self._postings: list[Posting] = [None]
        self._chunks = _Chunks(self._coded)
        self._begun: dict[str, BitMap] = {}
        self._changed: set[int] = set()

    def put(self, testimony: int, *texts: str) -> None:
        """Note the texts of a testimony, in the place of those noted before."""
        encode = self._chunks.__getitem__
        codes = BREAK.join(["".join(map(encode, text.split())) for text in texts])
        before = self.codes.get(testimony)
        self.codes[testimony] = codes
        self._note_change(testimony)
        if before is None:
            self._add(_distinct(codes), testimony)
        elif before != codes:
            old, new = _distinct(before), _distinct(codes)
            self._discard(old - new, testimony)
            self._add(new - old, testimony)

    def remove(self, testimony: int) -> None:
        """Forget the texts of a testimony, if any were noted."""
        if codes := self.codes.pop(testimony, ""):
            self._note_change(testimony)
            self._discard(_distinct(codes), testimony)

    def _coded(self, word: str) -> str:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._words)
            self._words.append(word)
            self._postings.append(None)
        return _code(number)

    def _add(self, numbers: Iterable[int], testimony: int) -> None:
        postings = self._postings
        for number in numbers:
            posting = postings[number]
            if type(posting) is BitMap:
                posting.add(testimony)
            else:
                postings[number] = with_testimony(posting, testimony)
                if posting is None:
                    self.lexicon.add(self._words[number])

    def _discard(self, numbers: Iterable[int], testimony: int) -> None:
        for number in numbers:
            posting = without_testimony(self._postings[number], testimony)
            self._postings[number] = posting
            if posting is None:
                self.lexicon.discard(self._words[number])

    def posting(self, word: str) -> Posting:
        """Give the testimonies that hold a word; not to be changed."""
        number = self._numbers.get(word)
        return None if number is None else self._postings[number]

    def postings(self, words: Iterable[str]) -> Iterator[Posting]:
        """Give the testimonies of each of some words that occur; not to be changed."""
        return map(self._postings.__getitem__, map(self._numbers.__getitem__, words))

    def beginning(self, prefix: str) -> BitMap:
        """Give the testimonies that hold a word beginning with a prefix."""
        found = self._begun.get(prefix)
        if found is None:
            found = Gathering(self.postings(self.lexicon.starting(prefix))).united()
            if len(prefix) > _SHORT:
                return found
            self._begun[prefix] = found
        if self._changed:
            found = (found - BitMap(self._changed)) | BitMap(
                [n for n in self._changed if self._holds_beginning(n, prefix)]
            )
        return found

    def _holds_beginning(self, testimony: int, prefix: str) -> bool:
        words = self.words_of(self.codes.get(testimony, ""))
        return any(word.startswith(prefix) for word, _ in words)

    def _note_change(self, testimony: int) -> None:
        # Thousands of words begin with the same one or two letters. Uniting them at every first
        # letter typed is the slowest thing a search could do, so it outlives a few changes.
        if self._begun:
            self._changed.add(testimony)
            if len(self._changed) > _MOST_CHANGED:
                self._begun.clear()
                self._changed.clear()

    def code(self, word: str) -> str:
        """Give the code of a word, empty where no text has ever held it."""
        number = self._numbers.get(word)
        return "" if number is None else _code(number)

    def row(self, words: tuple[str, ...], *, unfinished: bool = False) -> re.Pattern[str] | None:
        """Give a pattern that finds words in a row in codes.

        Args:
            words: folded.
            unfinished: whether the last stands for every word that begins with it.

        Returns:
            the pattern, None where one of the words occurs in no text.
        """
        codes = [self.code(word) for word in (words[:-1] if unfinished else words)]
        if not all(codes):
            return None
        pattern = re.escape("".join(codes))
        if unfinished:
            ends = [self.code(word) for word in self.lexicon.starting(words[-1])]
            if not ends:
                return None
            singles = "".join(re.escape(end) for end in ends if len(end) == 1)
            pairs = [end for end in ends if len(end) == 2]
            pattern += f"(?:{'|'.join([*([f'[{singles}]'] if singles else []), *pairs])})"
        return re.compile(pattern)

    def with_row(self, words: tuple[str, ...], *, unfinished: bool = False) -> BitMap:
        """Find the testimonies a text of which holds words in a row; parameters as of `row`."""
        endings = self.lexicon.starting(words[-1]) if unfinished else []
        whole = words[:-1] if unfinished else words
        sets = [Gathering(self.postings(endings))] if unfinished else []
        sets += [Gathering([self.posting(word)]) for word in whole]
        holding = BitMap.intersection(*(one.united() for one in sets))
        if len(words) > 1 and holding:
            # The plain search first: it is several times as fast as a pattern.
            needle = "".join(map(self.code, whole))
            codes = self.codes
            holding = BitMap([number for number in holding if needle in codes[number]])
            if unfinished and (pattern := self.row(words, unfinished=True)):
                holding = BitMap([n for n in holding if pattern.search(codes[n])])
        return holding

    def words_of(self, codes: str) -> Iterator[tuple[str, str]]:
        """Give the distinct words of a text with their codes."""
        return ((self._words[number], _code(number)) for number in _distinct(codes))


def _distinct(codes: str) -> set[int]:
    """Give the numbers of the words in a text."""
    numbers = set(map(ord, codes))
    numbers.discard(0)
    if max(numbers, default=0) >= _SINGLES:
        numbers = {number for number in numbers if number < _SINGLES}
        numbers.update(map(_number_of_pair, set(_PAIR.findall(codes))))
    return numbers
