"""Postings: the set of testimonies behind a word, kept small where there is only one.

Testimonies are numbered from 0. Most words occur in one testimony only; a bare number then
takes a tenth of the memory of a bitmap.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final, TypeAlias

from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Posting: TypeAlias = "int | BitMap | memoryview | None"
"""Nothing, one testimony, or several; a memory view is a bitmap as it was stored, unpacked when
it is first needed. A bitmap belongs to its word and is changed in place, so it is never handed
on: what leaves is a new union."""

_NOTHING: Final = -1
_SEVERAL: Final = -2


def unpacked(posting: Posting) -> int | BitMap | None:
    """Give a posting that can be changed; if it was stored, the result replaces it."""
    if isinstance(posting, memoryview):
        return BitMap.deserialize(bytes(posting))
    return posting


def size_of(posting: Posting) -> int:
    """Count the testimonies of a posting."""
    known = unpacked(posting)
    return 1 if isinstance(known, int) else len(known or ())


def with_testimony(posting: Posting, number: int) -> Posting:
    """Add a testimony; the result replaces the posting."""
    known = unpacked(posting)
    if known is None:
        return number
    if isinstance(known, int):
        return known if known == number else BitMap((known, number))
    known.add(number)
    return known


def without_testimony(posting: Posting, number: int) -> Posting:
    """Take a testimony out; the result replaces the posting, None when nothing is left."""
    known = unpacked(posting)
    if known is None or isinstance(known, int):
        return None if known == number else known
    known.discard(number)
    if len(known) == 1:
        return int(known[0])
    return known or None


def packed(postings: Iterable[Posting]) -> tuple[bytes, bytes, bytes]:
    """Write postings down.

    Returns:
        for each a signed number of four bytes (the testimony, -1 for none, -2 for several); the
        length of each stored bitmap in four bytes; and the bitmaps one after the other.
    """
    numbers, lengths = array("i"), array("I")
    bitmaps = bytearray()
    for posting in postings:
        if isinstance(posting, int):
            numbers.append(posting)
        elif posting is None:
            numbers.append(_NOTHING)
        else:
            stored = posting if isinstance(posting, memoryview) else posting.serialize()
            numbers.append(_SEVERAL)
            lengths.append(len(stored))
            bitmaps += stored
    return numbers.tobytes(), lengths.tobytes(), bytes(bitmaps)


def stored(parts: Sequence[memoryview]) -> list[Posting]:
    """Read what `packed` has written; bitmaps stay where they are until they are needed."""
    numbers, lengths, bitmaps = parts
    sizes = iter(lengths.cast("I"))
    postings: list[Posting] = []
    start = 0
    for number in numbers.cast("i"):
        if number >= 0:
            postings.append(number)
        elif number == _NOTHING:
            postings.append(None)
        else:
            end = start + next(sizes)
            postings.append(bitmaps[start:end])
            start = end
    return postings


class Gathering:
    """Collects postings, to unite them all in one go."""

    __slots__ = ("bitmaps", "numbers")

    def __init__(self, postings: Iterable[Posting] = ()) -> None:
        """Take in postings."""
        self.numbers: list[int] = []
        self.bitmaps: list[BitMap] = []
        self.add(postings)

    def __bool__(self) -> bool:
        """Tell whether anything has been taken in."""
        return bool(self.numbers or self.bitmaps)

    def add(self, postings: Iterable[Posting]) -> None:
        """Take in more postings."""
        for posting in postings:
            if type(posting) is int:
                self.numbers.append(posting)
            elif type(posting) is BitMap:
                self.bitmaps.append(posting)
            elif type(posting) is memoryview:
                self.bitmaps.append(BitMap.deserialize(bytes(posting)))

    def united(self) -> BitMap:
        """Give all testimonies of the postings, as a bitmap of its own."""
        return BitMap.union(BitMap(self.numbers), *self.bitmaps)
