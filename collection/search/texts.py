"""The words of running texts: which testimonies hold a word, and in which order words stand.

Each distinct word has a code of one or two characters, so that a text of words becomes a string
of codes. A phrase in a text is then one substring search, the mentions of a word one count, and
the words of a text that goes can be taken out without reading it again.
"""

from __future__ import annotations

import re
from array import array
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final

from pyroaring import BitMap

from collection.search.lexicon import Lexicon
from collection.search.postings import (
    Gathering,
    Posting,
    packed,
    stored,
    unpacked,
    with_testimony,
    without_testimony,
)
from collection.search.words import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
_STORED: Final = ("utf-16-le", "surrogatepass")
_PIECE: Final = 2_000
"""Words or texts that are stored in one go."""
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


class Codes(dict[int, str]):
    """The texts of testimonies in codes; those that were stored are read when they are needed."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._pieces: list[memoryview] = []
        # Piece, start and end in one number: a view of each text would take five times as much.
        self._stored: dict[int, int] = {}

    def keep(self, testimonies: Iterable[int], lengths: Iterable[int], texts: memoryview) -> None:
        """Take texts as they were stored, one after the other."""
        piece = len(self._pieces) << 64
        self._pieces.append(texts)
        ends = accumulate(lengths, initial=0)
        for testimony, (start, end) in zip(testimonies, pairwise(ends), strict=True):
            self._stored[testimony] = piece | start << 32 | end

    def _view(self, testimony: int) -> memoryview:
        place = self._stored[testimony]
        return self._pieces[place >> 64][place >> 32 & 0xFFFFFFFF : place & 0xFFFFFFFF]

    def stored(self, testimony: int) -> bytes | memoryview:
        """Give a text as it is to be stored."""
        if testimony in self._stored:
            return self._view(testimony)
        return self[testimony].encode(*_STORED)

    def every(self) -> list[int]:
        """Give all testimonies that have a text."""
        return [*self, *self._stored]

    def __missing__(self, testimony: int) -> str:
        """Read a stored text; it is not kept, since hardly any is needed twice."""
        return str(self._view(testimony), *_STORED)

    def __setitem__(self, testimony: int, codes: str) -> None:
        """Put a text in the place of the one that was there."""
        self._stored.pop(testimony, None)
        super().__setitem__(testimony, codes)

    def get(self, testimony: int, otherwise: Any = None) -> Any:
        """Give a text, or something else where there is none."""
        try:
            return self[testimony]
        except KeyError:
            return otherwise

    def pop(self, testimony: int, otherwise: Any = None) -> Any:
        """Take a text out."""
        codes = self.get(testimony, otherwise)
        self._stored.pop(testimony, None)
        super().pop(testimony, None)
        return codes


class Texts:
    """Running texts of one sort: all titles, or all accounts."""

    def __init__(self) -> None:
        """Begin empty."""
        self.lexicon = Lexicon()
        """The words that occur."""
        self.codes: Codes = Codes()
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
        self._put(testimony, BREAK.join(["".join(map(encode, text.split())) for text in texts]))

    def put_words(self, testimony: int, *texts: Iterable[str]) -> None:
        """Note texts that have been split into their folded words already."""
        self._put(testimony, BREAK.join(["".join(map(self._coded, words)) for words in texts]))

    def _put(self, testimony: int, codes: str) -> None:
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
        if number is None:
            return None
        posting = self._postings[number]
        if isinstance(posting, memoryview):
            posting = self._postings[number] = unpacked(posting)
        return posting

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

    def mentions(self, words: tuple[str, ...], codes: str, *, unfinished: bool = False) -> int:
        """Count how often a text says words in a row.

        Args:
            words: folded.
            codes: the text.
            unfinished: whether the last stands for every word that begins with it.
        """
        needle = "".join(map(self.code, words[:-1] if unfinished else words))
        if not unfinished:
            return codes.count(needle) if all(map(self.code, words)) else 0
        if len(words) == 1:
            known = self.words_of(codes)
            return sum(codes.count(code) for word, code in known if word.startswith(words[0]))
        if not all(map(self.code, words[:-1])):
            return 0
        return sum(word.startswith(words[-1]) for word in self._following(codes, needle))

    def _following(self, codes: str, needle: str) -> Iterator[str]:
        """Give the words that follow on some others, all in codes."""
        place = codes.find(needle)
        while place >= 0:
            after = place + len(needle)
            code = codes[after : after + 1]
            if code and code != BREAK:
                pair = ord(code) >= _SINGLES
                number = _number_of_pair(codes[after : after + 2]) if pair else ord(code)
                yield self._words[number]
            place = codes.find(needle, place + 1)

    def with_row(self, words: tuple[str, ...], *, unfinished: bool = False) -> BitMap:
        """Find the testimonies a text of which holds words in a row; as for `mentions`."""
        whole = words[:-1] if unfinished else words
        sets = [self.beginning(words[-1])] if unfinished else []
        sets += [Gathering([self.posting(word)]).united() for word in whole]
        holding = BitMap.intersection(*sets)
        if len(words) == 1 or not holding:
            return holding
        # The plain search first: it is several times as fast as a pattern.
        needle = "".join(map(self.code, whole))
        codes = self.codes
        holding = BitMap([number for number in holding if needle in codes[number]])
        if not unfinished:
            return holding
        return BitMap([n for n in holding if self.mentions(words, codes[n], unfinished=True)])

    # --- storing -----------------------------------------------------------------------------

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Write everything down in pieces, each with the name of what it belongs to."""
        yield "size", len(self._words).to_bytes(4, "little")
        for words in self.lexicon.in_pieces(_PIECE):
            numbers = [self._numbers[word] for word in words]
            yield "words", "\n".join(words).encode()
            yield "numbers", array("I", numbers).tobytes()
            for part in packed(self._postings[number] for number in numbers):
                yield "postings", part
        every = self.codes.every()
        for start in range(0, len(every), _PIECE):
            some = every[start : start + _PIECE]
            texts = [self.codes.stored(testimony) for testimony in some]
            yield "testimonies", array("I", some).tobytes()
            yield "lengths", array("I", map(len, texts)).tobytes()
            yield "texts", b"".join(texts)
        for prefix in sorted(self._begun):
            yield "prefixes", prefix.encode()
            yield "begun", self.beginning(prefix).serialize()

    def restore(self, parts: Mapping[str, Sequence[memoryview]]) -> Iterator[None]:
        """Take over what was written down, into empty texts; yields between pieces."""
        size = int.from_bytes(parts["size"][0], "little")
        self._words = [""] * size
        self._postings = [None] * size
        postings = parts.get("postings", ())
        lists = (parts.get(name, ()) for name in ("words", "numbers"))
        for place, (written, some) in enumerate(zip(*lists, strict=True)):
            words = str(written, "utf-8").split("\n")
            numbers = some.cast("I").tolist()
            self._numbers.update(zip(words, numbers, strict=True))
            for number, word, posting in zip(
                numbers, words, stored(postings[3 * place : 3 * place + 3]), strict=True
            ):
                self._words[number] = word
                self._postings[number] = posting
            self.lexicon.add_sorted(words)
            yield
        lists = (parts.get(name, ()) for name in ("testimonies", "lengths", "texts"))
        for testimonies, lengths, texts in zip(*lists, strict=True):
            self.codes.keep(testimonies.cast("I"), lengths.cast("I"), texts)
            yield
        for prefix, begun in zip(parts.get("prefixes", ()), parts.get("begun", ()), strict=True):
            self._begun[str(prefix, "utf-8")] = BitMap.deserialize(bytes(begun))
        yield

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
