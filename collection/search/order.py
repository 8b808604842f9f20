"""The order of equals: newest first, kept up to date; and results made when looked at."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeAlias, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyroaring import BitMap

Key: TypeAlias = tuple[int, str, int]
"""What sorts a testimony: its day, negative; its identifier; and its number."""

_FEW: Final = 32
_MANY: Final = 2_000
_SHOWN: Final = 200
_BLOCK: Final = 64
"""Identifiers that are fetched at once."""
_PIECE: Final = 10_000
"""Testimonies that are taken over in one go."""


class Newest:
    """All testimonies, newest first."""

    def __init__(self) -> None:
        """Begin empty."""
        self._keys: dict[int, Key] = {}
        self._sorted: list[Key] = []
        self._fresh: list[Key] = []

    def put(self, number: int, day: int, id: str) -> None:
        """Put a testimony in its place, or move it there."""
        key = (day, id, number)
        if self._keys.get(number) != key:
            self.remove(number)
            self._keys[number] = key
            self._fresh.append(key)
            if len(self._fresh) >= _MANY:
                # Sorting all at once, at the first search, would hold everybody up.
                self._settle()

    def remove(self, number: int) -> None:
        """Take a testimony out, if it is in."""
        if key := self._keys.pop(number, None):
            self._settle()
            kept = self._sorted.copy()
            del kept[bisect_left(kept, key)]
            self._sorted = kept

    def _settle(self) -> None:
        # Always a new list: results that have not been looked at yet still read the old one.
        if not self._fresh:
            return
        keys = self._sorted.copy()
        if len(self._fresh) < _FEW:
            for key in self._fresh:
                insort(keys, key)
        else:
            keys += self._fresh
            keys.sort()
        self._sorted = keys
        self._fresh = []

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Write everything down in pieces, each with the name of what it belongs to."""
        keys = self.all()
        yield "days", array("i", [day for day, _, _ in keys]).tobytes()
        yield "testimonies", array("I", [number for _, _, number in keys]).tobytes()

    def restore(
        self, parts: Mapping[str, Sequence[memoryview]], ids: Sequence[str]
    ) -> Iterator[None]:
        """Take over what was written down, into an empty order; yields between pieces."""
        days = parts["days"][0].cast("i").tolist()
        numbers = parts["testimonies"][0].cast("I").tolist()
        for start in range(0, len(numbers), _PIECE):
            some = numbers[start : start + _PIECE]
            found = map(ids.__getitem__, some)
            keys = list(zip(days[start : start + _PIECE], found, some, strict=True))
            self._sorted += keys
            self._keys.update(zip(some, keys, strict=True))
            yield

    def all(self) -> list[Key]:
        """Give all keys in order; the list never changes."""
        self._settle()
        return self._sorted

    def some(self, numbers: Iterable[int]) -> list[Key]:
        """Give the keys of some testimonies in order."""
        return sorted(map(self._keys.__getitem__, numbers))

    def among(self, numbers: BitMap, wanted: int = _SHOWN) -> Iterator[str]:
        """Go through the identifiers of some testimonies in order.

        Args:
            numbers: the testimonies.
            wanted: how many will probably be asked for; it decides the way, not the outcome.
        """
        count = len(numbers)
        keys = self.all()
        steps = min(len(keys), wanted * len(keys) / max(count, 1))
        if steps < count * math.log2(count + 2):
            return (id for _, id, number in keys if number in numbers)
        return (id for _, id, _ in self.some(numbers))


class Ranked(Sequence[str]):
    """Identifiers in order, fetched as far as they are looked at, by any thread."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, source: Iterable[str], length: int) -> None:
        """Take as many as `length` from a source that has at least so many."""
        self._source = islice(source, length)
        self._length = length
        self._known: list[str] = []
        self._lock = Lock()

    def __len__(self) -> int:
        """Count them, without fetching any."""
        return self._length

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        """Give one, or several."""
        if isinstance(index, slice):
            chosen = range(self._length)[index]
            self._fetch(max(chosen, default=-1) + 1)
            return [self._known[place] for place in chosen]
        place = range(self._length)[index]
        self._fetch(place + 1)
        return self._known[place]

    def __iter__(self) -> Iterator[str]:
        """Go through all of them."""
        for place in range(self._length):
            self._fetch(place + 1)
            yield self._known[place]

    def __eq__(self, other: object) -> bool:
        """Compare with any sequence."""
        if isinstance(other, Sequence) and not isinstance(other, str):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return NotImplemented

    def __repr__(self) -> str:
        """Show the first few."""
        first = ", ".join(map(repr, self[:5]))
        return f"<{self._length} identifiers: {first}{', …' if self._length > 5 else ''}>"

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """Give the place of an identifier, fetching as few as possible.

        Raises:
            ValueError: when it is not among them.
        """
        last = self._length if stop is None else min(stop, self._length)
        while start < last:
            self._fetch(start + 1)
            end = min(len(self._known), last)
            try:
                return self._known.index(value, start, end)  # type: ignore[arg-type]
            except ValueError:
                start = end
        raise ValueError(value)

    def _fetch(self, count: int) -> None:
        if count <= len(self._known):
            return
        with self._lock:
            # In blocks, so that whoever goes through all of them waits seldom.
            missing = max(count - len(self._known), min(_BLOCK, self._length - len(self._known)))
            self._known.extend(islice(self._source, missing))
