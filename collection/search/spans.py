"""Uncertain dates to search by: which spans of days lie within others, and which overlap them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPEN_START: Final = 0
_OPEN_END: Final = 99_999_999
_MOST_REMEMBERED: Final = 32


def day_number(day: str | None, otherwise: int) -> int:
    """Turn `YYYY-MM-DD` into a whole number that sorts alike."""
    if day is None:
        return otherwise
    digits = day.replace("-", "")
    # A file changed by hand may hold anything here.
    return int(digits) if digits.isascii() and digits.isdecimal() else otherwise


class Spans:
    """The spans of days of all testimonies; what has no date at all is not in it."""

    def __init__(self) -> None:
        """Begin empty."""
        self.known: dict[int, tuple[int, int]] = {}
        """First and last possible day by testimony, as numbers."""
        self._firsts: tuple[list[int], list[int]] | None = None
        self._lasts: tuple[list[int], list[int]] | None = None
        self._remembered: dict[tuple[int, int], tuple[BitMap, BitMap]] = {}

    def put(self, number: int, earliest: str | None, latest: str | None) -> None:
        """Note the span of a testimony, in the place of the one noted before."""
        if earliest is None and latest is None:
            self.remove(number)
            return
        span = (day_number(earliest, _OPEN_START), day_number(latest, _OPEN_END))
        if self.known.get(number) != span:
            self.known[number] = span
            self._forget()

    def remove(self, number: int) -> None:
        """Forget a testimony's span, if one was noted."""
        if self.known.pop(number, None) is not None:
            self._forget()

    def _forget(self) -> None:
        self._firsts = self._lasts = None
        self._remembered = {}

    def overlapping(self, earliest: str | None, latest: str | None) -> tuple[BitMap, BitMap]:
        """Find the testimonies dated within some days.

        Args:
            earliest: the first day; None if open.
            latest: the last day; None if open.

        Returns:
            those that certainly fall within, and those that only may.
        """
        wanted = (day_number(earliest, _OPEN_START), day_number(latest, _OPEN_END))
        found = self._remembered.get(wanted)
        if found is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[wanted] = self._find(*wanted)
        return found

    def _find(self, start: int, end: int) -> tuple[BitMap, BitMap]:
        if self._firsts is None or self._lasts is None:
            self._firsts = _sorted((first, n) for n, (first, _) in self.known.items())
            self._lasts = _sorted((last, n) for n, (_, last) in self.known.items())
        days, numbers = self._firsts
        begun = bisect_right(days, end)
        begins_early = BitMap(numbers[:begun])
        begins_within = BitMap(numbers[bisect_left(days, start) : begun])
        days, numbers = self._lasts
        still = bisect_left(days, start)
        ends_late = BitMap(numbers[still:])
        ends_within = BitMap(numbers[still : bisect_right(days, end)])
        certain = begins_within & ends_within
        return certain, (begins_early & ends_late) - certain


def _sorted(pairs: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    ordered = sorted(pairs)
    return [day for day, _ in ordered], [number for _, number in ordered]
