"""The file of one draft beside the collection: replaced at each keeping, held while it is written.

Whoever writes a draft holds a lock on its file, so that nobody else takes it up meanwhile; the
lock ends with the process, and then the draft is free. On Windows there is no such lock.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time
from threading import Lock
from typing import TYPE_CHECKING, Final

from collection.store.disk import Disk, temporary_prefix, write_all

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

_LARGEST: Final = 1 << 28
"""Bytes of the largest draft that is read; nobody types more."""
_OLD: Final = 60.0
"""Seconds after which a temporary file is what a killed program has left."""


class DraftFile:
    """A draft that this process writes; any thread may."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        """Take the place; there need be no file yet."""
        self.path = path
        """The file."""
        self._disk = disk or Disk()
        self._held: FileIO | None = None
        self._lock = Lock()
        self._ended = False

    def take(self) -> bytes | None:
        """Take up what another process has left.

        Returns:
            its content; none where it is gone, or somebody else has taken it up.

        Raises:
            OSError: when it cannot be read.
        """
        with contextlib.ExitStack() as stack:
            try:
                file = stack.enter_context(self._disk.open_end(self.path))
            except FileNotFoundError:
                return None
            if not _locked(file) or not _is_at(self.path, file):
                return None
            file.seek(0)
            content = _whole(file)
            stack.pop_all()
            self._held = file
            return content

    def keep(self, content: bytes) -> None:
        """Put new content in the place of what was kept before; brought to the disk.

        Raises:
            OSError: when it could not be written; what was kept before then stays.
        """
        with self._lock:
            if self._ended:
                # A late thread must not bring back what has been saved, or thrown away.
                return
            file, temporary = self._disk.make_temporary(self.path)
            try:
                _locked(file)
                write_all(self._disk, file, content)
                self._disk.sync(file)
                self._disk.rename(temporary, self.path)
            except BaseException:
                file.close()
                self._disk.remove(temporary)
                raise
            self._hold(file)
            self._disk.sync_folder(self.path.parent)

    def discard(self) -> None:
        """Remove it; what is kept later on is not written any more."""
        with self._lock:
            self._ended = True
            if self._held is not None:
                self._disk.remove(self.path)
            self._hold(None)

    def leave(self) -> None:
        """Let go of it; the draft stays, and anybody may take it up."""
        with self._lock:
            self._ended = True
            self._hold(None)

    def _hold(self, file: FileIO | None) -> None:
        if self._held is not None:
            self._held.close()
        self._held = file


def place_for(collection: Path) -> Path:
    """Give a place for a draft that is begun."""
    return collection.with_name(f"{collection.name}.draft-{os.urandom(6).hex()}")


def places(collection: Path) -> list[Path]:
    """Find the drafts beside a collection, in use or not; remove what killed programs have left.

    Raises:
        OSError: when the folder cannot be read.
    """
    shape = re.compile(re.escape(collection.name) + r"\.draft-[0-9a-f]{12}")
    left = re.compile(
        re.escape(temporary_prefix(collection)) + r"draft-[0-9a-f]{12}\.[a-z0-9_]+\.tmp"
    )
    found = []
    with os.scandir(collection.parent) as entries:
        for entry in entries:
            if shape.fullmatch(entry.name):
                found.append(collection.with_name(entry.name))
            elif left.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat().st_mtime > _OLD:
                        os.unlink(entry.path)  # noqa: PTH108
    return sorted(found)


def free_content(path: Path) -> bytes | None:
    """Read a draft; none where it is gone, not ours to read, or somebody is writing it."""
    try:
        with _opened(path) as file:
            return _whole(file) if _locked(file, shared=True) and _is_at(path, file) else None
    except OSError:
        return None


def content_of(path: Path) -> bytes:
    """Read a draft, somebody may be writing it or not.

    Raises:
        OSError: when it cannot be read.
    """
    with _opened(path) as file:
        return _whole(file)


def _opened(path: Path) -> FileIO:
    # A pipe of that name would be waited for until somebody writes into it.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    return open(os.open(path, flags), "rb", buffering=0)  # noqa: PTH123


def _whole(file: FileIO) -> bytes:
    """Read a draft; a device or a pipe might never end."""
    about = os.fstat(file.fileno())
    if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
        raise OSError(errno.EINVAL, "it is no draft")
    return file.read()


def _locked(file: FileIO, *, shared: bool = False) -> bool:
    """Lock a file; somebody who only looks does not keep others from looking."""
    if sys.platform != "win32":
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(file.fileno(), how | fcntl.LOCK_NB)
        except OSError as error:
            # A disk that knows no locks, as some on the network, must not hide what was typed.
            return error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EINTR)
    return True


def _is_at(path: Path, file: FileIO) -> bool:
    """Tell whether it is still the file of that name: whoever writes puts a new one there."""
    with contextlib.suppress(OSError):
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    return False
