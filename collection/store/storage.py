"""A TinyDB storage whose writes are atomic and whose changes are made under a lock."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import tinydb

from collection.errors import CannotSave
from collection.store import layout
from collection.store.disk import Disk, Unconfirmed, strays, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock

Signature = tuple[int, int, int]
"""What tells one state of a file from another: inode, time of change in ns, size in bytes."""

_PATIENCE = 15.0
"""Seconds to wait for another program's save to end."""


class AtomicStorage(tinydb.Storage):
    """Reads the whole file; writes a new one beside it and puts it in its place.

    Several operations inside `transaction()` become one write, made under the lock that every
    process takes, on the state as it is then: all of them are kept, or none.
    """

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        """Take the file; it is neither read nor made yet."""
        self._path = path
        self._disk = disk or Disk()
        self._pending: layout.Tables | None = None
        self._changed = False

    def signature(self) -> Signature | None:
        """Tell the state of the file; none when it is absent or out of reach."""
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def read(self) -> Any:
        """Give all tables, or None when there is nothing yet.

        Inside a transaction the entries are their JSON until someone has changed them.
        """
        if self._pending is not None:
            return dict(self._pending) or None
        tables = self._decoded()
        read = {name: _values(table) for name, table in tables.items()}
        return read or None

    def write(self, data: Any) -> None:
        """Take new tables; inside a transaction they are written when it ends."""
        if self._pending is None:
            with self.transaction():
                self.write(data)
            return
        self._pending = data
        self._changed = True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make several operations one.

        Raises:
            CannotSave: when it could not be written; the file is then as it was.
            CannotOpen: when the file is no longer a collection.
        """
        # Reading needs no lock, and start-up no time for it.
        from filelock import Timeout

        name = self._path.name
        try:
            with self._lock():
                for stray in strays(self._path):
                    # Only who holds the lock writes such files: a killed save left it.
                    self._disk.remove(stray)
                self._pending = self._decoded()
                self._changed = False
                try:
                    yield
                    if self._changed:
                        write_atomically(self._path, layout.encode(self._pending), self._disk)
                finally:
                    self._pending = None
        except Timeout as error:
            raise CannotSave(
                f"Another program has been saving {name} for {_PATIENCE:.0f} seconds. "
                f"Nothing was changed; try again."
            ) from error
        except Unconfirmed as error:
            raise CannotSave(
                f"{name} was written, but the disk did not confirm it ({error.strerror}). "
                f"What you see is in the file; check the disk and keep a copy elsewhere."
            ) from error
        except (OSError, MemoryError, NotImplementedError) as error:
            reason = getattr(error, "strerror", None) or str(error) or "not enough memory"
            raise CannotSave(
                f"{name} could not be saved ({reason}). The file is as it was; "
                f"make room or choose another place and save again."
            ) from error

    def _lock(self) -> BaseFileLock:
        from filelock import FileLock

        # Whoever may write the file must be able to lock it.
        try:
            mode = self._path.stat().st_mode & 0o666
        except FileNotFoundError:
            mode = 0o600
        place = self._path.with_name(f".{self._path.name}.lock")
        return FileLock(place, timeout=_PATIENCE, mode=mode)

    def _decoded(self) -> layout.Tables:
        try:
            return layout.decode(self._path)
        except FileNotFoundError:
            return {}


def _values(table: dict[str, layout.Entry]) -> dict[str, dict[str, Any]]:
    return {number: layout.values(entry) for number, entry in table.items()}
