"""The main file written anew: what has not changed is copied from the old one in long stretches."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.store import layout
from collection.store.mainfile import LENGTH, MASK, Lines, read_main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collection.store.mainfile import Main, Tables, Where

_PIECE: Final = 1 << 20
_COMMA: Final = b",\n"


class Rewriting:
    """The content of a main file written anew, piece by piece.

    Goes through the tables once. Afterwards `tables`, `crc` and `size` say what was written.
    """

    def __init__(self, says: dict[str, Any], tables: Tables, main: Main | None, lines: Lines):
        """Take what is to be written.

        Args:
            says: the header.
            tables: the tables; places are those in the old file.
            main: the old file, if there is one.
            lines: reads the old file.
        """
        self._says = says
        self._source = tables
        self._in_order = main is not None and main.in_order
        self._lines = lines
        self.tables: Tables = {}
        """Where the entries are in the new file."""
        self.crc = 0
        """Its checksum."""
        self.size = 0
        """Its size in bytes."""

    def __iter__(self) -> Iterator[bytes]:
        """Give the pieces.

        Raises:
            Moved: when the old file is another one by now.
            OSError: when it cannot be read.
        """
        yield self._counted(b"{")
        header: dict[int, Where] = {1: msgspec.json.encode(self._says)}
        yield from self._table(layout.HEADER, [*header.items()])
        del self.tables[layout.HEADER]
        first = [name for name in (layout.TESTIMONIES,) if name in self._source]
        for name in [*first, *(n for n in self._source if n not in first)]:
            yield self._counted(b",\n")
            table = self._source[name]
            in_turn = self._sorted(table) if name == layout.TESTIMONIES else [*table.items()]
            yield from self._table(name, in_turn)
        yield self._counted(b",\n")
        checksum: Where = msgspec.json.encode({"crc32": f"{self.crc:08x}"})
        yield from self._table(layout.CHECKSUM, [(1, checksum)])
        del self.tables[layout.CHECKSUM]
        yield self._counted(b"}\n")

    def _counted(self, piece: bytes) -> bytes:
        self.crc = zlib.crc32(piece, self.crc)
        self.size += len(piece)
        return piece

    def _table(self, name: str, entries: Sequence[tuple[int, Where]]) -> Iterator[bytes]:
        written = self.tables[name] = {}
        yield self._counted(msgspec.json.encode(name) + b": {\n")
        start = end = 0
        comma = b""
        for number, where in entries:
            lead = b'"%d": ' % number
            if isinstance(where, int):
                at, length = where >> LENGTH, where & MASK
                if end and at - len(lead) == end + len(_COMMA):
                    # The next line of the old file too.
                    written[number] = (self.size + at - start) << LENGTH | length
                    end = at + length
                    continue
            if end:
                yield from self._stretch(start, end)
                comma, end = _COMMA, 0
            if isinstance(where, int):
                if comma:
                    yield self._counted(comma)
                start, end = at - len(lead), at + length
                written[number] = (self.size + len(lead)) << LENGTH | length
            else:
                raw = layout.on_one_line(where)
                lead = comma + lead
                written[number] = (self.size + len(lead)) << LENGTH | len(raw)
                yield self._counted(lead + raw)
                comma = _COMMA
        if end:
            yield from self._stretch(start, end)
        yield self._counted(b"\n}" if entries else b"}")

    def _stretch(self, start: int, end: int) -> Iterator[bytes]:
        for at in range(start, end, _PIECE):
            yield self._counted(self._lines.stretch(at, min(_PIECE, end - at)))

    def _sorted(self, table: dict[int, Where]) -> list[tuple[int, Where]]:
        """Bring testimonies into the order of the list; most of them stand in it already."""
        if not self._in_order:
            ranked = [(layout.Rank(self._lines.raw(w)), n, w) for n, w in table.items()]
            ranked.sort(key=itemgetter(0))
            return [(number, where) for _, number, where in ranked]
        old = [(number, where) for number, where in table.items() if isinstance(where, int)]
        new = [(layout.Rank(w), n, w) for n, w in table.items() if isinstance(w, bytes)]
        new.sort(key=itemgetter(0))

        @cache
        def rank(place: int) -> layout.Rank:
            return layout.Rank(self._lines.raw(old[place][1]))

        merged: list[tuple[int, Where]] = []
        done = 0
        for one, number, where in new:
            place = bisect_left(range(len(old)), one, done, key=rank)
            merged += old[done:place]
            merged.append((number, where))
            done = place
        return merged + old[done:]


def read_tables(path: Path) -> tuple[dict[str, Any], dict[str, dict[int, bytes]]]:
    """Give the header of a main file and all its entries as JSON.

    Raises:
        OSError: when it cannot be read.
        CannotOpen: when it is no collection.
    """
    main = read_main(path, {}, {})
    with Lines(path, main.signature) as lines:
        tables = {
            name: {number: lines.raw(where) for number, where in table.items()}
            for name, table in main.tables.items()
        }
    return main.says, tables


def write_tables(
    says: dict[str, Any], tables: Mapping[str, Mapping[int, bytes]]
) -> Iterator[bytes]:
    """Give the content of a main file that holds nothing but new entries."""
    new: Tables = {name: dict(table) for name, table in tables.items()}
    return iter(Rewriting(says, new, None, Lines(Path(), (0, 0, 0))))
