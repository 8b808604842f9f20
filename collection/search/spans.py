"""Uncertain dates to search by: which spans of days lie within others, and which overlap them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_OPEN_START: Final = 0
_OPEN_END: Final = 99_999_999
_PIECE: Final = 5_000
"""Spans that are taken over in one go."""
_A_YEAR: Final = 10_000
"""Days are numbered `yyyymmdd`."""


def day_number(day: str | None, otherwise: int) -> int:
    """Turn `YYYY-MM-DD` into a whole number that sorts alike."""
    if day is None:
        return otherwise
    digits = day.replace("-", "")
    # A file changed by hand may hold anything here.
    return int(digits) if len(digits) == 8 and digits.isdecimal() else otherwise


class _Days:
    """One end of each span: testimonies gathered by year, so that nothing is ever sorted."""

    def __init__(self) -> None:
        self._years: dict[int, BitMap] = {}
        self._days: dict[int, dict[int, int]] = {}
        """The day of each testimony, by year."""

    def add(self, day: int, number: int) -> None:
        year = day // _A_YEAR
        days = self._days.get(year)
        if days is None:
            days = self._days[year] = {}
            self._years[year] = BitMap()
        days[number] = day
        self._years[year].add(number)

    def discard(self, day: int, number: int) -> None:
        year = day // _A_YEAR
        self._years[year].discard(number)
        del self._days[year][number]

    def between(self, first: int, last: int) -> BitMap:
        """Give the testimonies whose day is one of some, both ends included."""
        low, high = first // _A_YEAR, last // _A_YEAR
        whole = [found for year, found in self._years.items() if low < year < high]
        parts = [
            number
            for year in {low, high}
            for number, day in self._days.get(year, {}).items()
            if first <= day <= last
        ]
        return BitMap.union(BitMap(parts), *whole)


class Spans:
    """The spans of days of all testimonies; what has no date at all is not in it."""

    def __init__(self) -> None:
        """Begin empty."""
        self.known: dict[int, tuple[int, int]] = {}
        """First and last possible day by testimony, as numbers."""
        self._firsts = _Days()
        self._lasts = _Days()

    def put(self, number: int, earliest: str | None, latest: str | None) -> None:
        """Note the span of a testimony, in the place of the one noted before."""
        if number in self.known:
            self.remove(number)
        if earliest is not None or latest is not None:
            first, last = day_number(earliest, _OPEN_START), day_number(latest, _OPEN_END)
            self.known[number] = first, last
            self._firsts.add(first, number)
            self._lasts.add(last, number)

    def remove(self, number: int) -> None:
        """Forget a testimony's span, if one was noted."""
        span = self.known.pop(number, None)
        if span is not None:
            self._firsts.discard(span[0], number)
            self._lasts.discard(span[1], number)

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Write everything down in pieces, each with the name of what it belongs to."""
        yield "testimonies", array("I", self.known).tobytes()
        yield "firsts", array("I", [first for first, _ in self.known.values()]).tobytes()
        yield "lasts", array("I", [last for _, last in self.known.values()]).tobytes()

    def restore(self, parts: Mapping[str, Sequence[memoryview]]) -> Iterator[None]:
        """Take over what was written down, into empty spans; yields between pieces."""
        lists = [parts[name][0].cast("I").tolist() for name in ("testimonies", "firsts", "lasts")]
        for start in range(0, len(lists[0]), _PIECE):
            numbers, firsts, lasts = (one[start : start + _PIECE] for one in lists)
            self.known.update(zip(numbers, zip(firsts, lasts, strict=True), strict=True))
            for days, ends in ((self._firsts, firsts), (self._lasts, lasts)):
                for day, number in zip(ends, numbers, strict=True):
                    days.add(day, number)
            yield

    def overlapping(self, earliest: str | None, latest: str | None) -> tuple[BitMap, BitMap]:
        """Find the testimonies dated within some days.

        Args:
            earliest: the first day; None if open.
            latest: the last day; None if open.

        Returns:
            those that certainly fall within, and those that only may.
        """
        start = day_number(earliest, _OPEN_START)
        end = day_number(latest, _OPEN_END)
        begins_early = self._firsts.between(_OPEN_START, end)
        ends_late = self._lasts.between(start, _OPEN_END)
        certain = self._firsts.between(start, end) & self._lasts.between(start, end)
        return certain, (begins_early & ends_late) - certain
