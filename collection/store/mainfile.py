"""The main file, read entry by entry: of each only its place in the file is kept."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.store import layout

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

Signature = tuple[int, int, int]
"""What tells one state of a file from another: inode, time of change in ns, size in bytes."""
Where = int | bytes
"""Where an entry is: its offset and length in the main file in one number, or its JSON."""
Tables = dict[str, dict[int, Where]]
"""Tables by name, entries by TinyDB's own number."""
Typed = dict[str, dict[int, Any]]
"""Entries read into records, or what was wrong with them, by table and number."""

Readers = Mapping[str, Callable[[bytes], Any]]
"""What makes a record of an entry, by table."""

LENGTH: Final = 32
"""Bits of a place that hold the length."""
MASK: Final = (1 << LENGTH) - 1
_END: Final = "\0the end\0"


class Moved(Exception):  # noqa: N818  # it says what is the case
    """The file is another one by now than the one that was read."""


@dataclass
class Main:
    """What the main file held when it was read."""

    signature: Signature
    header: layout.Header = field(default_factory=layout.Header)
    says: dict[str, Any] = field(default_factory=dict)
    """The header with what another program has put beside it."""
    tables: Tables = field(default_factory=dict)
    crc: int = 0
    """The checksum of the whole file."""
    sound: bool | None = None
    """Whether its own checksum is right; None where it has none or another program wrote it."""
    in_order: bool = False
    """Whether its testimonies stand in the order of the list, as this program writes them."""
    double: bool = False
    """Whether a number stood twice, as in two files merged by hand."""

    @property
    def digest(self) -> tuple[int, int]:
        """What a journal knows the file by: size and checksum."""
        return self.signature[2], self.crc


def signature_of(stat: os.stat_result) -> Signature:
    """Give what tells this state of a file from another."""
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def signature_at(path: Path) -> Signature | None:
    """Tell the state of a file; none when it is absent or out of reach."""
    try:
        return signature_of(os.stat(path))  # noqa: PTH116  # asked many times a second
    except OSError:
        return None


# --- reading ---------------------------------------------------------------------------------


def read_main(path: Path, readers: Readers, typed: Typed) -> Main:
    """Read a main file.

    Args:
        path: the file.
        readers: for some tables, what makes a record of an entry; may raise a
            `msgspec.ValidationError`, which is then kept in the place of the record.
        typed: is filled with those records.

    Raises:
        OSError: when it cannot be read.
        CannotOpen: when it is no collection.
    """
    try:
        main = _by_lines(path, readers, typed)
        if not main.sound:
            # What has no checksum of its own is looked at, lest damage be carried on.
            _check_entries(main, path)
    except layout.NOT_IN_LINES:
        typed.clear()
        main = _whole(path, readers, typed)
    return main


def _by_lines(path: Path, readers: Readers, typed: Typed) -> Main:
    with path.open("rb") as file:
        main = Main(signature_of(os.fstat(file.fileno())))
        opening = file.readline(layout.LONGEST_OPENING)
        # A file on one line is not read to its end to find that out.
        found = layout.OPENING.fullmatch(opening)
        if not found or not found[1]:
            raise layout.NotLaidOut
        name: str | None = msgspec.json.decode(found[2])
        numbers = main.tables.setdefault(str(name), {})
        read, records = _reader(str(name), readers, typed)
        crc, offset, before, stated = zlib.crc32(opening), len(opening), 0, b""
        for line in file:
            if name is not None and (found := layout.ENTRY.match(line)):
                start = found.end()
                raw = line[start:].rstrip(b",\n")
                number = int(found[1])
                if number not in numbers:
                    numbers[number] = (offset + start) << LENGTH | len(raw)
                else:
                    # Two files merged by hand: both entries count.
                    number = max(numbers) + 1
                    numbers[number] = raw
                    main.double = True
                if read is not None:
                    records[number] = record(read, raw)
                elif name in layout.OWN:
                    stated = _own(main, name, raw, path) or stated
            elif name is not None and line in (b"},\n", b"}}\n"):
                name = None if line == b"},\n" else _END
            elif name is None and (found := layout.OPENING.fullmatch(line)) and not found[1]:
                name = msgspec.json.decode(found[2])
                numbers = main.tables.setdefault(str(name), {})
                read, records = _reader(str(name), readers, typed)
                before = crc if name == layout.CHECKSUM else before
            else:
                raise layout.NotLaidOut
            crc = zlib.crc32(line, crc)
            offset += len(line)
            if name is _END:
                break
        if name is not _END or file.read(1) or layout.HEADER not in main.tables:
            raise layout.NotLaidOut
    main.crc = crc
    if stated:
        main.sound = stated == b"%08x" % before
        main.in_order = main.sound
    for own in layout.OWN:
        main.tables.pop(own, None)
    return main


def _reader(
    name: str, readers: Readers, typed: Typed
) -> tuple[Callable[[bytes], Any] | None, dict[int, Any]]:
    read = readers.get(name)
    return read, typed.setdefault(name, {}) if read is not None else {}


def record(read: Callable[[bytes], Any], raw: bytes) -> Any:
    """Make a record of an entry, or give what is wrong with it."""
    try:
        return read(raw)
    except (msgspec.ValidationError, RecursionError) as error:
        if isinstance(error, msgspec.ValidationError):
            # Whether the rest is JSON at all has not been looked at yet.
            layout.check_entry(raw)
        return error


def _own(main: Main, name: str, raw: bytes, path: Path) -> bytes:
    """Take over an entry of the program's own tables; give the checksum if it is that."""
    if name == layout.HEADER:
        if not main.says:
            main.header = layout.read_header(raw, path)
            main.says = layout.values(raw)
        return b""
    try:
        return msgspec.json.decode(raw, type=dict[str, str]).get("crc32", "").encode()
    except msgspec.ValidationError:
        return b"none"


def _check_entries(main: Main, path: Path) -> None:
    with Lines(path, main.signature) as lines:
        for table in main.tables.values():
            for where in table.values():
                layout.check_entry(lines.raw(where))


def _whole(path: Path, readers: Readers, typed: Typed) -> Main:
    with path.open("rb") as file:
        main = Main(signature_of(os.fstat(file.fileno())))
        data = file.read()
    main.crc = zlib.crc32(data)
    for name, table in layout.decode(data, path).items():
        if name in layout.OWN:
            for raw in table.values():
                _own(main, name, raw, path)
            continue
        main.tables[name] = {number: layout.on_one_line(raw) for number, raw in table.items()}
        read, records = _reader(name, readers, typed)
        if read is not None:
            records.update((number, record(read, raw)) for number, raw in table.items())
    return main


class Lines:
    """Reads single entries of a main file that has been read before."""

    def __init__(self, path: Path, signature: Signature) -> None:
        """Take the file, and the state of it in which the places of the entries hold."""
        self._path = path
        self._signature = signature
        self._file: BufferedReader | None = None

    def __enter__(self) -> Lines:
        """Do nothing yet: the file is opened when the first entry in it is asked for."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def raw(self, where: Where) -> bytes:
        """Give the JSON of an entry.

        Raises:
            Moved: when the file is another one by now.
            OSError: when it cannot be read.
        """
        if isinstance(where, bytes):
            return where
        return self.stretch(where >> LENGTH, where & MASK)

    def check_same(self) -> None:
        """Make sure that nobody has written the file since it was read.

        Raises:
            Moved: when somebody has.
        """
        if self._file is not None and (
            signature_of(os.fstat(self._file.fileno())) != self._signature
            or signature_at(self._path) != self._signature
        ):
            raise Moved

    def stretch(self, start: int, length: int) -> bytes:
        """Give some bytes of the file; raises as `raw`."""
        file = self._file
        if file is None:
            try:
                file = self._file = self._path.open("rb")
            except FileNotFoundError as error:
                raise Moved from error
            if signature_of(os.fstat(file.fileno())) != self._signature:
                raise Moved
        file.seek(start)
        data = file.read(length)
        if len(data) < length:
            raise Moved
        return data
