"""Every system call that changes the disk, in one small object.

A test replaces one method to let a call fail or to watch their order; nothing else in the
program writes to the place where a collection lives.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable


class Unconfirmed(OSError):  # noqa: N818  # it says what is the case
    """The new content is in place, but the disk did not confirm that it will last."""


class Disk:
    """The disk as the store uses it."""

    def make_temporary(self, beside: Path) -> tuple[BinaryIO, Path]:
        """Open a new file of a unique name in the folder of another, readable by its owner."""
        descriptor, name = tempfile.mkstemp(
            prefix=temporary_prefix(beside), suffix=".tmp", dir=beside.parent
        )
        return os.fdopen(descriptor, "wb"), Path(name)

    def write(self, file: BinaryIO, data: bytes) -> None:
        """Write all of the bytes."""
        file.write(data)

    def sync(self, file: BinaryIO) -> None:
        """Bring what was written to the disk itself."""
        file.flush()
        os.fsync(file.fileno())

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
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Bring a rename to the disk itself, where folders can be synced."""
        if os.name == "nt":
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
        """Remove a temporary file; it is no loss if that fails."""
        with contextlib.suppress(OSError):
            path.unlink()


def temporary_prefix(path: Path) -> str:
    """Give the beginning of the names of a file's temporary files."""
    return f".{path.name}."


def strays(path: Path) -> list[Path]:
    """Find the temporary files that a killed save of a file has left."""
    # A neighbour whose name begins alike has one more dot in those of its own.
    shape = re.compile(re.escape(temporary_prefix(path)) + r"[a-z0-9_]+\.tmp")
    with os.scandir(path.parent) as found:
        return [Path(entry.path) for entry in found if shape.fullmatch(entry.name)]


def write_atomically(
    path: Path,
    chunks: Iterable[bytes],
    disk: Disk | None = None,
    *,
    backup: bool = True,
    mode: int | None = None,
) -> None:
    """Put new content in the place of a file: all of it, or the file stays as it was.

    Args:
        path: the file; its folder must exist.
        chunks: an iterable of bytes.
        disk: how to write.
        backup: whether what was there before stays as `.bak`.
        mode: permissions of the file; those of what was there before, or its owner's only, if
            not given.

    Raises:
        OSError: when anything fails; the file is then as it was.
        Unconfirmed: when the new content stands, but may not survive a power cut.
    """
    disk = disk or Disk()
    file, temporary = disk.make_temporary(path)
    try:
        with file:
            for chunk in chunks:
                disk.write(file, chunk)
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
        disk.rename(temporary, path)
    except BaseException:
        disk.remove(temporary)
        raise
    try:
        disk.sync_folder(path.parent)
    except OSError as error:
        raise Unconfirmed(error.errno, error.strerror) from error
