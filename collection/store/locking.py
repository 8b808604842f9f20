"""Who may change a collection, and who has it open.

The lock lies beside the file, not in it: the file is replaced by a new one again and again. On
Windows, which has no shared locks, nobody can tell who else has a collection open; whoever
closes it then folds the journal, which is allowed at any time.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE: Final = 15.0
"""Seconds to wait for another program's save to end."""
_FIRST_WAIT: Final = 0.0005
_LONGEST_WAIT: Final = 0.01


class Busy(Exception):  # noqa: N818  # it says what is the case
    """Another program has held the lock all the time."""


def lock_place(path: Path) -> Path:
    """Name the file that whoever changes a collection locks."""
    return path.with_name(f".{path.name}.lock")


def presence_place(path: Path) -> Path:
    """Name the file that whoever has a collection open to change it holds."""
    return path.with_name(f".{path.name}.open")


class _Held:
    """A file that is opened once and locked many times; opening it costs more than locking."""

    def __init__(self, place: Path, collection: Path) -> None:
        self._place = place
        self._collection = collection
        self._descriptor = -1

    def try_to(self, how: int) -> bool:
        """Lock the file now; tell whether that was possible."""
        if self._descriptor < 0:
            self._open()
        if not self._lock(how):
            return False
        if self._is_there():
            return True
        # Somebody has removed it: others lock another file of that name.
        self.close()
        return False

    def _lock(self, how: int) -> bool:
        try:
            fcntl.flock(self._descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _open(self) -> None:
        # Whoever may write the collection must be able to lock it.
        try:
            mode = self._collection.stat().st_mode & 0o666
        except FileNotFoundError:
            mode = 0o600
        try:
            self._descriptor = os.open(self._place, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
            os.fchmod(self._descriptor, mode)
        except FileExistsError:
            self._descriptor = os.open(self._place, os.O_RDWR | os.O_CREAT, mode)

    def _is_there(self) -> bool:
        try:
            there = self._place.stat()
        except FileNotFoundError:
            return False
        mine = os.fstat(self._descriptor)
        return (there.st_ino, there.st_dev) == (mine.st_ino, mine.st_dev)

    def unlock(self) -> None:
        if self._descriptor >= 0:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class Lock:
    """The lock that whoever changes a collection holds while it does."""

    def __init__(self, path: Path) -> None:
        """Take the collection's file."""
        self._path = path
        self._held = _Held(lock_place(path), path) if sys.platform != "win32" else None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            Busy: when another program holds it all the time.
            OSError: when there can be no lock in that place.
        """
        if self._held is None:
            with self._held_on_windows():
                yield
            return
        deadline, wait = time.monotonic() + PATIENCE, _FIRST_WAIT
        while not self._held.try_to(fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise Busy
            time.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
        try:
            yield
        finally:
            self._held.unlock()

    @contextmanager
    def _held_on_windows(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            with FileLock(lock_place(self._path), timeout=PATIENCE):
                yield
        except Timeout as error:
            raise Busy from error

    def close(self) -> None:
        """Let go of the file."""
        if self._held is not None:
            self._held.close()


class Presence:
    """Tells others that a collection is open here to be changed."""

    def __init__(self, path: Path) -> None:
        """Take the collection's file."""
        self._place = presence_place(path)
        self._held = _Held(self._place, path) if sys.platform != "win32" else None

    def enter(self) -> None:
        """Say that it is open; without effect where that is not possible."""
        if self._held is None:
            return
        try:
            # Only who leaves as the last holds it alone, for a moment.
            self._held.try_to(fcntl.LOCK_SH) or self._held.try_to(fcntl.LOCK_SH)
        except OSError:
            self._held.close()

    def leave(self) -> bool:
        """Say that it is open no longer; who calls this holds the lock.

        Returns:
            whether nobody else has it open, as far as can be told.
        """
        if self._held is None:
            return True
        try:
            alone = self._held.try_to(fcntl.LOCK_EX)
            if alone:
                # One who has opened this file just now is overlooked, which does no harm.
                self._place.unlink(missing_ok=True)
        except OSError:
            return False
        finally:
            self._held.close()
        return alone

    def close(self) -> None:
        """Let go of the file without asking whether others have it."""
        if self._held is not None:
            self._held.close()
