"""The gazetteer file: small compressed blocks of places and of names, read where needed.

Places are sorted by folded name; so are the names, front-coded, and each tells which places bear
it. A reader opens one block of names and one of places for a look-up, so that
opening costs no more than reading the directory, whatever the number of places.

Layout: 8 bytes of magic, the length of the directory as 4 bytes little-endian, its CRC-32 as 4
more, the directory (zlib, msgpack of `_Directory`), then the blocks (zlib, hence checksummed).
"""

from __future__ import annotations

import math
import struct
import zlib
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAGIC: Final = b"FHPLACE1"
_HEAD: Final = struct.Struct("<8sII")
_PLACES_A_BLOCK: Final = 192
_NAMES_A_BLOCK: Final = 768
_FIELDS: Final = 9
_SHARED: Final = 33
"""What is added to the number of shared letters, so that it is written as one character."""
_SHARED_MOST: Final = 90
_MANY: Final = 255
_TOWN: Final = 15_000


class DamagedError(ValueError):
    """The bytes are not those that were written."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """One place as the file keeps it."""

    name: str
    key: str
    """Of what other places lie in, the key that `within` gives; empty for any other."""
    kind: str
    country: str
    """ISO codes, several joined by `|`."""
    parents: tuple[int, ...]
    """Numbers of the places that it lies in directly, nearest first."""
    latitude: float | None
    longitude: float | None
    population: int
    aliases: tuple[str, ...]


class _Directory(msgspec.Struct, array_like=True):
    places: int
    names: int
    place_blocks: list[int]
    """Lengths in bytes, in order."""
    name_blocks: list[int]
    firsts: list[str]
    """The first folded name of each block of names."""
    owned: list[int]
    """The number of places that are named, by their own name, before each block of names."""
    sizes: int
    """The length in bytes of the last block: how great each place is, a byte each."""


def pack(rows: Sequence[Row], names: Iterable[tuple[str, int, Sequence[int]]]) -> bytes:
    """Write the file.

    Args:
        rows: the places, sorted by folded name.
        names: (folded name, how many of the next places are called so, which others bear it as
            another name), sorted; the counts of the second add up to the number of places.
    """
    place_blocks = [
        _packed_places(rows[start : start + _PLACES_A_BLOCK])
        for start in range(0, len(rows), _PLACES_A_BLOCK)
    ]
    listed = list(names)
    name_blocks, firsts, owned = [], [], []
    before = 0
    for start in range(0, len(listed), _NAMES_A_BLOCK):
        part = listed[start : start + _NAMES_A_BLOCK]
        firsts.append(part[0][0])
        owned.append(before)
        name_blocks.append(_packed_names(part))
        before += sum(own for _, own, _ in part)
    sizes = zlib.compress(bytes(_size(row.population) for row in rows), 9)
    directory = zlib.compress(
        msgspec.msgpack.encode(
            _Directory(
                places=len(rows),
                names=len(listed),
                place_blocks=[len(block) for block in place_blocks],
                name_blocks=[len(block) for block in name_blocks],
                firsts=firsts,
                owned=owned,
                sizes=len(sizes),
            )
        ),
        9,
    )
    head = _HEAD.pack(MAGIC, len(directory), zlib.crc32(directory))
    return b"".join((head, directory, *place_blocks, *name_blocks, sizes))


def _packed_places(rows: Sequence[Row]) -> bytes:
    # By column: what is alike then lies together, and a tenth smaller for it.
    columns: list[list[str]] = [[] for _ in range(_FIELDS)]
    for row in rows:
        values = (
            row.name,
            row.key,
            row.kind,
            row.country,
            ",".join(map(_base36, row.parents)),
            _degrees(row.latitude, row.population),
            _degrees(row.longitude, row.population),
            str(_rounded(row.population)) if row.population else "",
            "|".join(row.aliases),
        )
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    return zlib.compress("\x00".join("\n".join(column) for column in columns).encode(), 9)


def _size(population: int) -> int:
    return round(4 * math.log2(population + 1))


def _degrees(degrees: float | None, population: int) -> str:
    # A village is given to a kilometre, a town to a hundred metres: digits are most of the file.
    if degrees is None:
        return ""
    return f"{degrees:.{2 if population < _TOWN else 3}f}"


def _rounded(population: int) -> int:
    return int(float(f"{population:.{1 if population < _TOWN else 2}e}"))


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def _packed_names(part: Sequence[tuple[str, int, Sequence[int]]]) -> bytes:
    last = ""
    own, others = bytearray(), bytearray()
    texts: list[str] = []
    numbers: list[int] = []
    for name, count, places in part:
        shared = next(
            (at for at, pair in enumerate(zip(last, name, strict=False)) if pair[0] != pair[1]),
            min(len(last), len(name)),
        )
        shared = min(shared, _SHARED_MOST)
        texts.append(chr(_SHARED + shared) + name[shared:])
        last = name
        own.append(min(count, _MANY))
        others.append(min(len(places), _MANY))
        if count > _MANY or len(places) > _MANY:
            raise ValueError(f"more than {_MANY} places are called {name}")
        numbers.extend(places)
    # The high, middle and low bytes apart: the low ones are noise, the others are not.
    planes = [bytes(number >> shift & 255 for number in numbers) for shift in (16, 8, 0)]
    text = "\n".join(texts).encode()
    head = struct.pack("<III", len(part), len(text), len(numbers))
    return zlib.compress(b"".join((head, text, own, others, *planes)), 9)


class Packed:
    """The file, opened for reading; only the blocks that are asked for are unpacked."""

    def __init__(self, data: bytes) -> None:
        """Read the directory.

        Raises:
            DamagedError: the bytes are no gazetteer, or not all of it.
        """
        self._data = data
        try:
            magic, length, crc = _HEAD.unpack_from(data, 0)
            compressed = data[_HEAD.size : _HEAD.size + length]
            if magic != MAGIC or zlib.crc32(compressed) != crc:
                raise DamagedError("no gazetteer, or of another version")
            directory = msgspec.msgpack.decode(zlib.decompress(compressed), type=_Directory)
        except (struct.error, zlib.error, msgspec.MsgspecError) as error:
            raise DamagedError(str(error)) from error
        self._directory = directory
        lengths = [*directory.place_blocks, *directory.name_blocks, directory.sizes]
        self._starts = list(accumulate(lengths, initial=_HEAD.size + length))
        if self._starts[-1] != len(data):
            raise DamagedError("cut short")
        self._names = lru_cache(maxsize=64)(self._read_names)
        self._columns = lru_cache(maxsize=128)(self._read_columns)

    def __len__(self) -> int:
        """How many places there are."""
        return self._directory.places

    def row(self, number: int) -> Row:
        """Give a place by its number."""
        block, offset = divmod(number, _PLACES_A_BLOCK)
        columns = self._columns(block)
        try:
            values = [column[offset] for column in columns]
            latitude, longitude, population, aliases = values[5:]
            return Row(
                name=values[0],
                key=values[1],
                kind=values[2],
                country=values[3],
                parents=tuple(int(parent, 36) for parent in values[4].split(",") if parent),
                latitude=float(latitude) if latitude else None,
                longitude=float(longitude) if longitude else None,
                population=int(population or 0),
                aliases=tuple(aliases.split("|")) if aliases else (),
            )
        except (IndexError, ValueError) as error:
            raise DamagedError(str(error)) from error

    @cached_property
    def sizes(self) -> bytes:
        """How great each place is, four times the binary logarithm of its people."""
        return self._block(len(self._starts) - 2)

    def called(self, folded: str) -> Sequence[int]:
        """Give the numbers of the places that bear a folded name, own names first."""
        block = bisect_right(self._directory.firsts, folded) - 1
        if block < 0:
            return ()
        part = self._names(block)
        place = bisect_left(part.names, folded)
        if place == len(part.names) or part.names[place] != folded:
            return ()
        return part.bearers(place)

    def called_from(self, prefix: str) -> range:
        """Give the numbers of the places whose own folded name begins with a prefix."""
        return range(self._owned_before(prefix), self._owned_before(prefix + "\x7f"))

    def _owned_before(self, folded: str) -> int:
        block = max(bisect_right(self._directory.firsts, folded) - 1, 0)
        part = self._names(block)
        return part.owned_before(bisect_left(part.names, folded))

    def starting(self, prefix: str) -> Iterator[tuple[str, _Part, int]]:
        """Go through the folded names that begin with a prefix, in order.

        Yields:
            the name, its block, and its place therein; `block.bearers(place)` has the places.
        """
        block = max(bisect_left(self._directory.firsts, prefix) - 1, 0)
        while block < len(self._directory.firsts):
            part = self._names(block)
            for place in range(bisect_left(part.names, prefix), len(part.names)):
                if not part.names[place].startswith(prefix):
                    return
                yield part.names[place], part, place
            block += 1

    def _block(self, number: int) -> bytes:
        try:
            return zlib.decompress(self._data[self._starts[number] : self._starts[number + 1]])
        except (zlib.error, IndexError) as error:
            raise DamagedError(str(error)) from error

    def _read_columns(self, block: int) -> list[list[str]]:
        text = self._block(block).decode("utf-8", "replace")
        return [column.split("\n") for column in text.split("\x00")]

    def _read_names(self, block: int) -> _Part:
        data = self._block(len(self._directory.place_blocks) + block)
        count, text_length, places = struct.unpack_from("<III", data)
        start = 12 + text_length
        ends = start + 2 * count
        names: list[str] = []
        last = ""
        for coded in data[12:start].decode().split("\n"):
            last = last[: ord(coded[0]) - _SHARED] + coded[1:]
            names.append(last)
        return _Part(
            names,
            own=data[start : start + count],
            others=data[start + count : ends],
            planes=[
                data[ends + places * plane : ends + places * (plane + 1)] for plane in range(3)
            ],
            first=self._directory.owned[block],
        )


class _Part:
    """One block of names; who bears them is worked out for those that are asked for."""

    def __init__(
        self, names: list[str], own: bytes, others: bytes, planes: list[bytes], first: int
    ) -> None:
        self.names = names
        self._own = own
        self._others = others
        self._planes = planes
        self._first = first

    @cached_property
    def _sums(self) -> tuple[list[int], list[int]]:
        return list(accumulate(self._own, initial=0)), list(accumulate(self._others, initial=0))

    def owned_before(self, place: int) -> int:
        """Count the places called by a name before the one at a place in the block."""
        return self._first + self._sums[0][place]

    def bearers(self, place: int) -> list[int]:
        """Give the numbers of the places that bear the name at a place in the block."""
        owned, starts = self._sums
        first, start, end = self._first + owned[place], starts[place], starts[place + 1]
        high, middle, low = (plane[start:end] for plane in self._planes)
        others = [h << 16 | m << 8 | lo for h, m, lo in zip(high, middle, low, strict=True)]
        return [*range(first, first + self._own[place]), *others]
