"""What an import is made of: files and folders, each with how it is to be read."""

from __future__ import annotations

from errno import ENODEV
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from collection.errors import CollectionError
from collection.exchange import formats
from collection.exchange.interface import DETECTED, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from collection.exchange.interface import Known, Row


class Incoming(msgspec.Struct, frozen=True):
    """A file that is to be taken in."""

    path: Path
    format: str = ""
    """A key of `formats.READERS`; else it is found out."""
    reading: Reading = DETECTED


class Changed(CollectionError):  # noqa: N818
    """A file is not what it was when it was looked at."""


def rows_of(sources: Iterable[Incoming], known: Callable[[], Known]) -> Iterator[Row]:
    """Take files apart into rows, one file after the other.

    Args:
        sources: the files.
        known: gives what the collection knows; asked only where a format wants it.

    Raises:
        OSError: when one cannot be read.
    """
    for source in sources:
        format = source.format or formats.format_of(source.path)
        reading = source.reading
        if format in formats.UNDERSTOOD:
            reading = msgspec.structs.replace(reading, known=known())
        yield from formats.reader(format).read(source.path, reading)


def files_in(path: Path, collection: Path | None = None) -> list[Path]:
    """Give the files that a path stands for: itself, or those of the folder that it is.

    Of a folder those are given whose ending a format is known by; none of its folders, no
    transcripts that come in with a table that names them, and not the collection itself.

    Args:
        path: the file or folder.
        collection: the file of the collection that they are taken into.

    Raises:
        OSError: when it cannot be read.
    """
    if not path.is_dir():
        if path.exists() and not path.is_file():
            # It may never end, or wait for ever for somebody to write.
            raise OSError(ENODEV, "it is a device or a pipe", str(path))
        return [path]
    suffixes = formats.suffixes()
    files = sorted(
        file
        for file in path.iterdir()
        if file.suffix.casefold() in suffixes
        and not file.name.startswith(".")
        and file.is_file()
        and not _is_same(file, collection)
    )
    if len(files) < 2:
        return files
    from collection.exchange.tables.belonging import transcripts_among

    belonging = transcripts_among(files)
    return [file for file in files if file not in belonging]


def fingerprint(sources: Sequence[Incoming]) -> tuple[tuple[str, int, int], ...]:
    """Tell files from what they become when somebody changes them.

    Raises:
        OSError: when one is gone.
    """
    told = []
    for source in sources:
        state = source.path.stat()
        told.append((str(source.path), state.st_size, state.st_mtime_ns))
    return tuple(told)


def _is_same(file: Path, collection: Path | None) -> bool:
    try:
        return collection is not None and file.samefile(collection)
    except OSError:
        # There is no collection yet.
        return False
