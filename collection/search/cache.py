"""The index kept in a file, outside the collection: made anew whenever there is any doubt of it.

The file is a row of pieces with a directory behind them and a checksum over everything. It
holds words of accounts, as far as they may be seen, so that only its owner may read it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Sections = dict[str, list[memoryview]]
"""Pieces by what they belong to, in the order in which they were written."""

_MAGIC: Final = b"firsthand index\x01"
_TAIL: Final = 12
"""Bytes at the end: where the directory starts, and the checksum of all before it."""
_CHUNK: Final = 1 << 20
_FORMAT: Final = 2
"""To be raised with every change of folding, of the gate, or of what is stored."""


class Damaged(Exception):  # noqa: N818  # it says what is the case
    """The file is not as it was written."""


class Header(msgspec.Struct, frozen=True):
    """What an index was made of."""

    collection: str
    """The collection's file, absolute."""
    state: tuple[int, ...]
    """What the file system said of it: its size, times and number."""
    format: int = _FORMAT


class IndexCache:
    """The file of one collection's index."""

    def __init__(self, folder: Path, collection: Path) -> None:
        """Take a folder of caches, which is made when it is needed.

        Args:
            folder: where caches are kept.
            collection: the collection's file.
        """
        self._collection = str(collection.absolute())
        name = hashlib.sha256(self._collection.encode("utf-8", "surrogateescape")).hexdigest()
        self.path = folder / "index" / f"{name[:32]}.index"
        """The file."""

    def load(self) -> tuple[Header, Sections] | None:
        """Read the file.

        Returns:
            what it was made of, and its pieces; None where there is none that can be used.
        """
        try:
            return self.read()
        except (OSError, Damaged):
            return None

    def read(self) -> tuple[Header, Sections] | None:
        """Read the file, and tell damage from what is merely of no use.

        Returns:
            as `load`; None where it is of another format or another collection.

        Raises:
            OSError: when it is absent or cannot be read.
            Damaged: when it is not as it was written.
        """
        content = self.path.read_bytes()
        if len(content) < len(_MAGIC) + _TAIL or not content.startswith(_MAGIC):
            raise Damaged
        whole = memoryview(content)
        if _checksum(whole[:-4]) != int.from_bytes(whole[-4:], "little"):
            raise Damaged
        start = int.from_bytes(whole[-_TAIL:-4], "little")
        sections: Sections = {}
        try:
            directory = _DIRECTORY.decode(whole[start:-_TAIL])
            place = len(_MAGIC)
            for section, length in directory:
                sections.setdefault(section, []).append(whole[place : place + length])
                place += length
            header = _HEADER.decode(sections["header"][0])
        except (msgspec.MsgspecError, KeyError):
            return None
        if header.format != _FORMAT or header.collection != self._collection:
            return None
        return header, sections

    def save(self, state: tuple[int, ...], pieces: Iterable[tuple[str, bytes]]) -> None:
        """Write the file anew; whoever reads meanwhile sees the former one.

        Args:
            state: of the collection's file, as the index knows it.
            pieces: what to write, each with the name of what it belongs to.

        Raises:
            OSError: when it cannot be written; nothing is left of it then.
        """
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Only its owner may read a temporary file, and the renamed one is the same.
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                checksum = 0
                for part in self._parts(state, pieces):
                    file.write(part)
                    checksum = zlib.crc32(part, checksum)
                file.write(checksum.to_bytes(4, "little"))
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _parts(
        self, state: tuple[int, ...], pieces: Iterable[tuple[str, bytes]]
    ) -> Iterator[bytes]:
        yield _MAGIC
        header = msgspec.msgpack.encode(Header(self._collection, state))
        directory = [("header", len(header))]
        place = len(_MAGIC) + len(header)
        yield header
        for section, piece in pieces:
            directory.append((section, len(piece)))
            place += len(piece)
            yield piece
        yield msgspec.msgpack.encode(directory)
        yield place.to_bytes(8, "little")

    def forget(self) -> None:
        """Delete the file, if there is one."""
        self.path.unlink(missing_ok=True)


_DIRECTORY: Final = msgspec.msgpack.Decoder(list[tuple[str, int]])
_HEADER: Final = msgspec.msgpack.Decoder(Header)


def _checksum(content: memoryview) -> int:
    checksum = 0
    for start in range(0, len(content), _CHUNK):
        checksum = zlib.crc32(content[start : start + _CHUNK], checksum)
    return checksum
