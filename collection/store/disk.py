"""Every system call that changes the disk, in one small object.

A test replaces one method to let a call fail or to watch their order; nothing else in the
program writes to the place where a collection lives.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import FileIO

_PIECE: Final = 1 << 20
"""Bytes that are gathered before they are written."""
UNFINISHED: Final = "unfinished"
"""Names a copy of what was never finished."""
ASIDE: Final = (UNFINISHED, "journal", "changed")
"""What the names of copies that are put aside begin with, after that of the file and a dot."""
_WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts to replace a file that Windows says is in use."""


class Unconfirmed(OSError):  # noqa: N818  # it says what is the case
    """The new content is in place, but the disk did not confirm that it will last."""


class Disk:
    """The disk as the store uses it."""

    def make_temporary(self, beside: Path) -> tuple[FileIO, Path]:
        """Open a new file of a unique name in the folder of another, readable by its owner."""
        descriptor, name = tempfile.mkstemp(
            prefix=temporary_prefix(beside), suffix=".tmp", dir=beside.parent
        )
        return open(descriptor, "wb", buffering=0), Path(name)  # noqa: PTH123

    def open_end(self, path: Path) -> FileIO:
        """Open a file that is there to write at its end."""
        flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
        return open(descriptor, "r+b", buffering=0)  # noqa: PTH123

    def write(self, file: FileIO, data: bytes | memoryview) -> int:
        """Write bytes at once; fewer than all of them may have been written.

        Returns:
            how many.
        """
        return file.write(data) or 0

    def sync(self, file: FileIO) -> None:
        """Bring what was written to the disk itself."""
        if sys.platform == "darwin":
            import fcntl

            # There fsync leaves it in the cache of the drive, which a power cut empties.
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
        elif sys.platform == "linux":
            # The size counts as data, the time of the change does not matter.
            os.fdatasync(file.fileno())
        else:
            os.fsync(file.fileno())

    def truncate(self, file: FileIO, size: int) -> None:
        """Cut a file off after so many bytes."""
        os.ftruncate(file.fileno(), size)

    def copy_mode(self, source: Path, target: Path) -> None:
        """Give one file the owners and permissions of another, as far as that is allowed."""
        kept, mode = source.stat(), source.stat().st_mode & 0o777
        if hasattr(os, "chown"):
            for owner, group in ((kept.st_uid, -1), (-1, kept.st_gid)):
                with contextlib.suppress(PermissionError):
                    os.chown(target, owner, group)
            if target.stat().st_gid != kept.st_gid:
                # What was meant for one group is not for another.
                mode &= ~0o070
        target.chmod(mode)

    def link(self, source: Path, target: Path) -> None:
        """Let a second name point to a file, replacing what that name was before."""
        # A file without hard links to it, as on a USB stick, keeps an old backup this way.
        temporary = source.with_name(f"{temporary_prefix(source)}{os.urandom(4).hex()}.tmp")
        temporary.hardlink_to(source)
        try:
            temporary.replace(target)
        finally:
            # Where both names are of one file already, the first is left over.
            temporary.unlink(missing_ok=True)

    def rename(self, source: Path, target: Path) -> None:
        """Put a file in the place of another in one step."""
        for wait in _WAITS if sys.platform == "win32" else ():
            try:
                source.replace(target)
            except PermissionError:
                # Somebody reads it in this moment, a virus scanner for one.
                time.sleep(wait)
            else:
                return
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Bring a rename to the disk itself, where folders can be synced."""
        if sys.platform == "win32":
            return
        try:
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            # Some network disks know no such call, and a folder may be closed to readers.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EACCES):
                raise

    def remove(self, path: Path) -> None:
        """Remove a file that nobody needs any longer; it is no loss if that fails."""
        with contextlib.suppress(OSError, MemoryError):
            path.unlink()


def write_all(disk: Disk, file: FileIO, data: bytes) -> None:
    """Write bytes at the end of a file, in as many attempts as it takes."""
    left = memoryview(data)
    while left:
        written = disk.write(file, left)
        if not written:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        left = left[written:]


def _gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= _PIECE:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    if waiting:
        yield b"".join(waiting)


def temporary_prefix(path: Path) -> str:
    """Give the beginning of the names of a file's temporary files."""
    return f".{path.name}."


def strays(path: Path) -> list[Path]:
    """Find the temporary files that a killed save of a file has left."""
    # A neighbour whose name begins alike has one more dot in those of its own, unless it is a
    # part of this file that was being put aside.
    aside = rf"(?:(?:{'|'.join(ASIDE)})-[0-9TZ]+(?:-[0-9]+)?\.|bak\.)?"
    shape = re.compile(re.escape(temporary_prefix(path)) + aside + r"[a-z0-9_]+\.tmp")
    with os.scandir(path.parent) as found:
        return [Path(entry.path) for entry in found if shape.fullmatch(entry.name)]


def write_atomically(
    path: Path,
    chunks: Iterable[bytes],
    disk: Disk | None = None,
    *,
    backup: bool = True,
    mode: int | None = None,
    last: Callable[[], None] = lambda: None,
) -> None:
    """Put new content in the place of a file: all of it, or the file stays as it was.

    Args:
        path: the file; its folder must exist.
        chunks: an iterable of bytes.
        disk: how to write.
        backup: whether what was there before stays as `.bak`.
        mode: permissions of the file; those of what was there before, or its owner's only, if
            not given.
        last: is called just before the new content takes its place; may raise to prevent it.

    Raises:
        OSError: when anything fails; the file is then as it was.
        Unconfirmed: when the new content stands, but may not survive a power cut.
    """
    disk = disk or Disk()
    file, temporary = disk.make_temporary(path)
    written = None
    try:
        with file:
            for piece in _gathered(chunks):
                write_all(disk, file, piece)
            disk.sync(file)
        # A disk that knows no permissions or no hard links (a USB stick) goes without.
        if mode is not None:
            with contextlib.suppress(OSError):
                temporary.chmod(mode)
        elif path.exists():
            with contextlib.suppress(OSError):
                disk.copy_mode(path, temporary)
        if backup and path.exists():
            with contextlib.suppress(OSError):
                disk.link(path, path.with_name(path.name + ".bak"))
        last()
        written = temporary.stat()
        disk.rename(temporary, path)
    except BaseException as error:
        disk.remove(temporary)
        if isinstance(error, (OSError, MemoryError)) and written and _is_in_place(path, written):
            # A disk on the network may do it, and then fail to say so.
            raise _unconfirmed(error) from error
        raise
    try:
        disk.sync_folder(path.parent)
    except (OSError, MemoryError) as error:
        raise _unconfirmed(error) from error


def _is_in_place(path: Path, written: os.stat_result) -> bool:
    with contextlib.suppress(OSError):
        return os.path.samestat(path.stat(), written)
    return False


def _unconfirmed(error: OSError | MemoryError) -> Unconfirmed:
    number = getattr(error, "errno", None) or errno.ENOMEM
    return Unconfirmed(number, getattr(error, "strerror", None) or os.strerror(number))
