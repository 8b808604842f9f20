"""Postings: the set of testimonies behind a word, kept small where there is only one.

Testimonies are numbered from 0. Most words occur in one testimony only; a bare number then
takes a tenth of the memory of a bitmap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Iterable

Posting: TypeAlias = "int | BitMap | None"
"""Nothing, one testimony, or several. A bitmap belongs to its word and is changed in place, so
it is never handed on: what leaves is a new union."""


def with_testimony(posting: Posting, number: int) -> Posting:
    """Add a testimony; the result replaces the posting."""
    if posting is None:
        return number
    if isinstance(posting, int):
        return posting if posting == number else BitMap((posting, number))
    posting.add(number)
    return posting


def without_testimony(posting: Posting, number: int) -> Posting:
    """Take a testimony out; the result replaces the posting, None when nothing is left."""
    if posting is None or isinstance(posting, int):
        return None if posting == number else posting
    posting.discard(number)
    if len(posting) == 1:
        return int(posting[0])
    return posting or None


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

    def united(self) -> BitMap:
        """Give all testimonies of the postings, as a bitmap of its own."""
        return BitMap.union(BitMap(self.numbers), *self.bitmaps)
