"""Files that the command line takes in and writes."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from errno import EBADF, ENODEV
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from collection.errors import CannotSave
from collection.exchange.jsonl import parse
from collection.exchange.sources import Incoming, files_in
from collection.exchange.sources import rows_of as taken_apart
from collection.store.disk import write_atomically
from tui.printing import REFUSED, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from collection.exchange.interface import Known, Reading, Row

STANDARD_STREAM: Final = "-"
"""Stands for standard input or output where a file is named."""

# --- what comes in ---------------------------------------------------------------------------


def check_sources(sources: Sequence[str]) -> None:
    """Refuse files that cannot be read, before anything is made or taken in.

    Raises:
        Stopped: naming the first of them.
    """
    for source in sources:
        path = Path(source)
        with _reading(source):
            # A pipe is left alone: opening it twice would lose what it holds.
            if source != STANDARD_STREAM and (path.is_file() or not path.exists()):
                path.open("rb").close()
            elif path.is_char_device() or path.is_block_device():
                raise OSError(ENODEV, "it is a device")


def rows_of(
    sources: Sequence[str], format: str, how: Reading, known: Callable[[], Known]
) -> Iterator[Row]:
    """Take files and folders apart into rows, one file after the other.

    Args:
        sources: their names; `-` is standard input.
        format: a key of `READERS`; else it is found out from each file. What is no plain file
            holds JSON lines where nothing is said.
        how: how to read them.
        known: gives what the collection knows.

    Raises:
        Stopped: when one cannot be read after all.
    """
    for source in sources:
        with _reading(source):
            path = Path(source)
            if source == STANDARD_STREAM or not (path.is_file() or path.is_dir()):
                yield from _streamed(source, format, how, known)
                continue
            files = [Incoming(one, format, how) for one in files_in(path)]
            yield from taken_apart(files, known)


def _streamed(source: str, format: str, how: Reading, known: Callable[[], Known]) -> Iterator[Row]:
    """Read what can be read only once."""
    data = _read(source)
    if format in ("", "jsonl"):
        yield from parse(data, _called(source))
        return
    with TemporaryDirectory(prefix="firsthand-") as folder:
        path = Path(folder, _called(source))
        path.write_bytes(data)
        yield from taken_apart([Incoming(path, format, how)], known)


def one_record(source: str) -> Any:
    """Read the one record that a file or standard input holds.

    Raises:
        Stopped: when it cannot be read, is not JSON, or holds several.
    """
    with _reading(source):
        data = _read(source)
    if not data.strip():
        raise Stopped(f"{_called(source)} is empty, so nothing was added.", REFUSED)
    rows = list(parse(data, _called(source)))
    # A record of a list stands on no line of its own.
    if len(rows) != 1 or rows[0].where.line is None:
        message = f"{_called(source)} holds a list of records. Nothing was added; use import."
        raise Stopped(message, REFUSED)
    if rows[0].problem:
        raise Stopped(f"{rows[0].problem.message} Nothing was added.", REFUSED)
    return rows[0].raw


def _read(source: str) -> bytes:
    if source != STANDARD_STREAM:
        return Path(source).read_bytes()
    if sys.stdin is None:
        raise OSError(EBADF, "it is closed")
    return sys.stdin.buffer.read()


def _called(source: str) -> str:
    return "standard input" if source == STANDARD_STREAM else Path(source).name


@contextmanager
def _reading(source: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can be called that"
        message = f"{source} could not be read ({reason}). Nothing was taken in."
        raise Stopped(message, REFUSED) from error


# --- what goes out ---------------------------------------------------------------------------


def check_target(target: Path, *, force: bool) -> None:
    """Refuse to write over what is there, unless it is a plain file and that is wanted.

    Raises:
        Stopped: saying what is in the way.
    """
    try:
        if target.exists() and not target.is_file():
            raise Stopped(f"{target} is not a plain file. Nothing was written.", REFUSED)
        if target.exists() and not force:
            message = f"{target} is there already. Nothing was written; --force replaces it."
            raise Stopped(message, REFUSED)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can be called that"
        raise CannotSave(f"{target} could not be written ({reason}).") from error


def check_not_same(target: Path, collection: Path) -> None:
    """Refuse to write over the collection itself, or a file that belongs to it.

    Raises:
        Stopped: if it is one of them.
    """
    own = {collection.with_name(collection.name + ending) for ending in (".journal", ".bak")}
    if target.resolve() in own:
        message = f"{target} belongs to the collection. Nothing was written; choose another file."
        raise Stopped(message, REFUSED)
    if target.exists() and target.samefile(collection):
        message = f"{target} is the collection itself. Nothing was written; choose another file."
        raise Stopped(message, REFUSED)


def check_folder(target: Path, *, force: bool) -> None:
    """Refuse to write files into a folder that holds others, unless that is wanted.

    Raises:
        Stopped: saying what is in the way.
    """
    try:
        if target.exists() and not target.is_dir():
            message = f"{target} is no folder, and each testimony gets a file of its own."
            raise Stopped(f"{message} Nothing was written.", REFUSED)
        if target.exists() and not force and any(target.iterdir()):
            message = f"{target} is not empty. Nothing was written; --force adds to what is there"
            raise Stopped(f"{message}, and replaces files of the same names.", REFUSED)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can be called that"
        raise CannotSave(f"{target} could not be written ({reason}).") from error


def write_file(path: Path, chunks: Iterable[bytes], *, private: bool) -> None:
    """Write a file that is there completely or not at all.

    No backup is made of a file that is replaced: an earlier export may hold what the new one
    was made to leave out.

    Args:
        path: the file; its folder must exist.
        chunks: the content.
        private: whether nobody but its owner may read it.

    Raises:
        CannotSave: when it could not be written; what was there is as it was.
    """
    try:
        target = path.resolve()
        mode = 0o600 if private else usual_mode(target)
        write_atomically(target, chunks, backup=False, mode=mode)
    except OSError as error:
        raise CannotSave(f"{path} could not be written ({error.strerror}).") from error


def usual_mode(target: Path) -> int:
    """Give the permissions of the file that is replaced, or those that a new file has."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
