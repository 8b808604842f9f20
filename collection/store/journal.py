r"""The journal: what has changed since the main file was written, one checksummed line a change.

A line is the checksum of its JSON in eight hexadecimal digits, a space, the JSON and `\n`. The
first line says which main file the journal belongs to; each other one holds a number, one more
than that of the line before, and the entries that were written or taken out in one step.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import zlib
from typing import TYPE_CHECKING, Final

import msgspec

from collection.store import layout
from collection.store.disk import Disk, write_all
from collection.store.mainfile import Signature, signature_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import FileIO
    from pathlib import Path

Change = tuple[str, int, bytes | None]
"""A table, a number, and the entry's JSON; None if it is taken out."""

_LINE: Final = re.compile(rb"[0-9a-f]{8} ")
_SUM: Final = 9
_NONE: Final = b"null"


class Head(msgspec.Struct, frozen=True):
    """What the first line says."""

    journal: str
    """A name that no other journal has."""
    lineage: str
    """What copies of the collection have in common."""
    size: int
    """The size of the main file in bytes, and in the next field its checksum."""
    crc: int
    sequence: int
    """The number of the last change in the main file."""
    schema: int


class Line(msgspec.Struct, frozen=True):
    """One change."""

    sequence: int
    changes: tuple[Change, ...]
    crc: int
    end: int
    """Where the line ends in the file, in bytes from its beginning."""


class Content(msgspec.Struct):
    """What was read of a journal."""

    head: Head | None = None
    """None where the first line cannot be read."""
    lines: list[Line] = []
    end: int = 0
    """Where the last line that can be read ends; what follows was never finished."""
    size: int = 0
    """How many bytes there are."""
    damaged: int = 0
    """Lines between others that cannot be read, or that are missing."""


_Written = tuple[int, list[tuple[str, int, msgspec.Raw]]]
_WRITTEN: Final = msgspec.json.Decoder(_Written)
_HEADS: Final = msgspec.json.Decoder(Head)


def journal_place(path: Path) -> Path:
    """Name the journal of a collection's file."""
    return path.with_name(path.name + layout.JOURNAL)


# --- lines -----------------------------------------------------------------------------------


def encode_head(head: Head) -> bytes:
    """Give the first line."""
    return _checked(msgspec.json.encode(head))


def encode_line(sequence: int, changes: Sequence[Change]) -> bytes:
    """Give the line of a change, parsed back before anybody relies on it.

    Raises:
        ValueError: when an entry is no JSON on one line.
    """
    written = [(table, number, msgspec.Raw(raw or _NONE)) for table, number, raw in changes]
    line = _checked(msgspec.json.encode((sequence, written)))
    again = _decode_line(line, 0)
    if again is None or again.sequence != sequence or again.changes != (*changes,):
        raise ValueError("what would be written could not be read again")
    return line


def _checked(body: bytes) -> bytes:
    return b"%08x %b\n" % (zlib.crc32(body), body)


def _body(line: bytes) -> bytes | None:
    """Give the JSON of a line; none where the line is not as it was written."""
    if not line.endswith(b"\n") or not _LINE.match(line):
        return None
    # An editor may have changed the ends of the lines; JSON never ends like that.
    body = line[_SUM:-1].removesuffix(b"\r")
    return body if int(line[: _SUM - 1], 16) == zlib.crc32(body) else None


def _decode_line(line: bytes, end: int) -> Line | None:
    body = _body(line)
    if body is None:
        return None
    try:
        sequence, written = _WRITTEN.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    changes = tuple((t, n, None if bytes(raw) == _NONE else bytes(raw)) for t, n, raw in written)
    return Line(sequence, changes, zlib.crc32(body), end)


def without_testimony(line: bytes, id: str) -> bytes | None:
    """Give a line of a journal without what it says of a testimony; None if it is none."""
    read = _decode_line(line, 0)
    if read is None:
        return None
    name = msgspec.json.encode(id)
    kept = [(table, n, raw) for table, n, raw in read.changes if raw is None or name not in raw]
    return encode_line(read.sequence, kept)


# --- reading ---------------------------------------------------------------------------------


def read_content(data: bytes) -> Content:
    """Read a whole journal; what cannot be read is passed over and counted."""
    content = Content(size=len(data))
    first = data.find(b"\n") + 1
    body = _body(data[:first])
    if body is not None:
        try:
            content.head = _HEADS.decode(body)
            content.end = first
        except msgspec.DecodeError:
            body = None
    start = first if body is not None else 0
    missing = 0
    expected = content.head.sequence + 1 if content.head else 0
    for line, end in _lines(data, start):
        read = _decode_line(line, end)
        if read is None:
            missing += 1
            continue
        if read.sequence != expected and expected and not missing:
            # Whole lines are gone.
            missing = 1
        content.damaged += missing
        missing = 0
        expected = read.sequence + 1
        content.lines.append(read)
        content.end = end
    if data.endswith(b"\n") and b"\0" not in data[content.end :]:
        # What ends like that and has no holes was finished once: it is not torn, but damaged.
        content.damaged += missing + (body is None and not content.lines and not missing)
    return content


def read_on(data: bytes, at: int, sequence: int) -> list[Line] | None:
    """Read what was appended to a journal.

    Args:
        data: the bytes from the end of what is known.
        at: where that is in the file.
        sequence: the number of the last change that is known.

    Returns:
        the changes that are complete; None where what is there does not continue what is known.
    """
    found: list[Line] = []
    for line, end in _lines(data, 0):
        read = _decode_line(line, at + end)
        if read is None:
            # Either somebody is writing it in this moment, or it was never finished.
            return None if line.endswith(b"\n") else found
        if read.sequence != sequence + len(found) + 1:
            return None
        found.append(read)
    return found


def _lines(data: bytes, start: int) -> Iterator[tuple[bytes, int]]:
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end], end
        start = end


# --- writing ---------------------------------------------------------------------------------


class Appending:
    """A journal that is open for writing at its end."""

    def __init__(self, file: FileIO, disk: Disk) -> None:
        """Take the open file."""
        self._file = file
        self._disk = disk
        self.inode = os.fstat(file.fileno()).st_ino
        """The file's number on its disk."""

    def signature(self) -> Signature:
        """Tell the state of the file."""
        return signature_of(os.fstat(self._file.fileno()))

    def append(self, line: bytes, end: int) -> None:
        """Write a line and bring it to the disk; all of it, or the file stays as it was.

        Args:
            line: the line.
            end: where the file ends.

        Raises:
            OSError: when it could not be written.
            Uncertain: when what the disk holds is not known, so that nothing may follow.
        """
        try:
            write_all(self._disk, self._file, line)
        except BaseException:
            self._cut(end)
            raise
        try:
            self._disk.sync(self._file)
        except BaseException as error:
            self._cut(end)
            if isinstance(error, OSError):
                # After a failed sync a second one may succeed without having written anything.
                raise Uncertain(error.errno, error.strerror) from error
            raise

    def _cut(self, end: int) -> None:
        try:
            self._disk.truncate(self._file, end)
        except OSError as error:
            raise Uncertain(error.errno, error.strerror) from error
        except MemoryError as error:
            raise Uncertain(errno.ENOMEM, os.strerror(errno.ENOMEM)) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Uncertain(OSError):  # noqa: N818  # it says what is the case
    """Nobody can tell what the disk holds."""


@contextlib.contextmanager
def never_again() -> Iterator[None]:
    """Let nothing follow a sync that fails: a second may succeed without having done anything."""
    try:
        yield
    except OSError as error:
        raise Uncertain(error.errno, error.strerror) from error


def start_journal(path: Path, head: Head, disk: Disk) -> tuple[Appending, int]:
    """Make the journal of a collection's file in the place of what is there.

    It lasts, with its name, when this returns.

    Returns:
        the journal, and where it ends.

    Raises:
        OSError: when it could not be made.
    """
    place = journal_place(path)
    first = encode_head(head)
    file, temporary = disk.make_temporary(path)
    try:
        with file:
            write_all(disk, file, first)
            disk.sync(file)
        # Whoever may write the collection must be able to write its journal.
        with contextlib.suppress(OSError):
            disk.copy_mode(path, temporary)
        disk.rename(temporary, place)
        with never_again():
            disk.sync_folder(path.parent)
    except BaseException:
        disk.remove(temporary)
        raise
    return Appending(disk.open_end(place), disk), len(first)
