"""Nearness: which of some accounts says the words of a query closest together, and most often."""

from __future__ import annotations

from heapq import heapify, heapreplace
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FAR: Final = 1 << 30
_MOST_PLACES: Final = 500


def closeness(codes: str, needles: Sequence[str]) -> tuple[int, int, int]:
    """Say how well a text answers to several words or phrases; less is better.

    Args:
        codes: the text, one or two characters a word.
        needles: the words or phrases, in codes.

    Returns:
        how many of them it does not hold, the length of the shortest stretch that holds all it
        does, and the mentions, negative.
    """
    counts = [codes.count(needle) for needle in needles]
    present = [needle for needle, count in zip(needles, counts, strict=True) if count]
    stretch = 0
    if len(present) > 1:
        stretch = _shortest([[*islice(_places(codes, n), _MOST_PLACES)] for n in present])
    return len(needles) - len(present), stretch, -sum(counts)


def _places(codes: str, needle: str) -> Iterator[int]:
    place = codes.find(needle)
    while place >= 0:
        yield place
        place = codes.find(needle, place + 1)


def _shortest(places: list[list[int]]) -> int:
    """Find the shortest stretch that holds one place of each list, all lists being sorted."""
    heap = [(some[0], which, 0) for which, some in enumerate(places)]
    heapify(heap)
    last = max(some[0] for some in places)
    shortest = _FAR
    while True:
        first, which, index = heap[0]
        shortest = min(shortest, last - first)
        if index + 1 == len(places[which]):
            return shortest
        following = places[which][index + 1]
        last = max(last, following)
        heapreplace(heap, (following, which, index + 1))
