"""Dated backups of a collection's file, in a folder of their own, kept by a simple rule."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import CannotOpen, CannotSave, CollectionError
from collection.store.disk import Disk, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

DAYS: Final = 7
"""Of how many days the newest backup is kept, counting days that have one."""
WEEKS: Final = 4
"""Of how many ISO weeks."""
MONTHS: Final = 12
"""Of how many months."""

_ABOUT: Final = "about.json"
_MOMENT: Final = "%Y-%m-%dT%H%M%SZ"
_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)(?:-(\d{1,4}))?(-kept)?\.json", re.ASCII)
_BEGINNING: Final = re.compile(r"\d{4}", re.ASCII)
_TEMPORARY: Final = re.compile(r"\.[^/]*\.[a-z0-9_]+\.tmp", re.ASCII)
_HARMLESS: Final = re.compile(r"[^\w-]+", re.ASCII)
_LONGEST_STEM: Final = 40
_MOST_OF_A_SECOND: Final = 1000
_CHUNK: Final = 1 << 20
_OLD: Final = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Backup:
    """One backup."""

    path: Path
    """The file: a whole collection, as it was."""
    at: datetime.datetime
    """When it was made, UTC, to the second."""
    size: int
    """Bytes."""
    kept: bool = False
    """Whether the user made it: then only the user removes it."""
    number: int = 1
    """Which one of its second."""


class BackupDisk(Disk):
    """The disk as backups use it: they need folders too."""

    def make_folder(self, folder: Path) -> None:
        """Make one folder that only its owner can look into."""
        folder.mkdir(mode=0o700)

    def close_to_others(self, folder: Path) -> None:
        """Take everybody else's permissions for a folder away."""
        folder.chmod(0o700)


class Backups:
    """The backups of one collection.

    They stand in a folder of their own below the folder of all backups; what in it is no plain
    file of a backup's name is never followed, read or removed.
    """

    def __init__(self, folder: Path, collection: Path, disk: BackupDisk | None = None) -> None:
        """Take the places; nothing is made yet.

        Args:
            folder: of the backups of all collections; made when it is needed.
            collection: the collection's file.
            disk: how to write; for tests.
        """
        self.collection = collection.resolve()
        """The collection's file, absolute, links followed."""
        whole = os.fsencode(self.collection)
        stem = _HARMLESS.sub("-", self.collection.stem).strip("-")[:_LONGEST_STEM]
        mark = hashlib.sha256(whole).hexdigest()[:12]
        self.folder = folder / f"{stem or 'collection'}-{mark}"
        """The folder of this collection's backups."""
        self._disk = disk or BackupDisk()

    def list(self) -> Sequence[Backup]:
        """Give the backups there are, newest first.

        Raises:
            CannotOpen: when the folder cannot be read.
        """
        try:
            found = [backup for entry in self._entries() if (backup := _as_backup(entry))]
        except OSError as error:
            raise CannotOpen(
                f"The backups in {self.folder} could not be read ({error.strerror}). "
                f"They were left as they are."
            ) from error
        return sorted(found, key=lambda one: (one.at, one.number, one.kept), reverse=True)

    def due(self, now: datetime.datetime) -> bool:
        """Tell whether there is none of today (UTC).

        Raises:
            CannotOpen: when the folder cannot be read.
        """
        today = now.astimezone(datetime.UTC).date()
        return all(backup.at.date() != today for backup in self.list())

    def make(
        self,
        now: datetime.datetime,
        source: Path | Iterable[bytes] | None = None,
        *,
        keep: bool,
    ) -> Backup:
        """Make a backup: it is there whole and on the disk, or not at all.

        Args:
            now: the present moment, which the backup is called by.
            source: another file to copy than the collection's own, or the content itself.
            keep: whether only the user may remove it.

        Raises:
            CannotSave: when it could not be made; all else is as it was.
        """
        at = now.astimezone(datetime.UTC).replace(microsecond=0)
        try:
            self._make_place()
            self._remove_strays(now - _OLD)
            number, path = self._free(at, keep=keep)
            write_atomically(path, self._content(source), self._disk, backup=False, mode=0o600)
            size = path.stat().st_size
        except (OSError, MemoryError) as error:
            reason = getattr(error, "strerror", None) or str(error) or "not enough memory"
            raise CannotSave(
                f"No backup of {self.collection.name} could be made in {self.folder} ({reason}). "
                f"The collection and the earlier backups are as they were; make room there and "
                f"try again."
            ) from error
        return Backup(path, at, size, keep, number)

    def thin(self, now: datetime.datetime) -> Sequence[Backup]:
        """Remove what is superfluous; a backup that cannot be removed stays until next time.

        Returns:
            what was to be removed.

        Raises:
            CannotOpen: when the folder cannot be read.
        """
        automatic = [backup for backup in self.list() if not backup.kept]
        moments = superfluous([backup.at for backup in automatic], now)
        gone = [backup for backup in automatic if backup.at in {*moments}]
        for backup in gone:
            self._disk.remove(backup.path)
        return gone

    def scrub(self, rewrite: Callable[[Path], Iterable[bytes] | None]) -> Sequence[str]:
        """Rewrite every backup, those that the user keeps too: something is to be erased.

        Args:
            rewrite: takes a backup's file and gives its new content, or None where it stays.

        Returns:
            the names of the files that could not be rewritten and may still hold what is to
            be erased: damaged ones, and whatever else somebody has put into the folder.

        Raises:
            CannotOpen: when the folder cannot be read.
        """
        if self.folder.is_symlink():
            return [self.folder.name]
        failed = []
        backups = self.list()
        try:
            # What a killed backup has left is as telling as a backup.
            self._remove_strays(None)
            known = {_ABOUT, *(backup.path.name for backup in backups)}
            failed += [entry.name for entry in self._entries() if entry.name not in known]
        except OSError as error:
            failed.append(f"{self.folder.name} ({error.strerror})")
        for backup in backups:
            try:
                content = rewrite(backup.path)
                if content is not None:
                    write_atomically(backup.path, content, self._disk, backup=False, mode=0o600)
            except (OSError, CollectionError, msgspec.MsgspecError, ValueError, MemoryError):
                failed.append(backup.path.name)
        return failed

    # --- the folder --------------------------------------------------------------------------

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        """Go through the folder; one that is a link, or absent, counts as empty."""
        if self.folder.is_symlink():
            return
        try:
            with os.scandir(self.folder) as entries:
                yield from entries
        except FileNotFoundError:
            return

    def _make_place(self) -> None:
        if self.folder.is_symlink():
            raise OSError(0, "it is a link to somewhere else")
        missing = [one for one in (self.folder, *self.folder.parents) if not one.exists()]
        for folder in reversed(missing):
            try:
                self._disk.make_folder(folder)
            except FileExistsError:
                # Another program was quicker.
                continue
            self._disk.sync_folder(folder.parent)
        for folder in (self.folder.parent, self.folder):
            if os.name != "nt" and folder.stat().st_mode & 0o077:
                # A disk that knows no permissions, as a USB stick, goes without.
                with contextlib.suppress(OSError):
                    self._disk.close_to_others(folder)
        about = self.folder / _ABOUT
        told = os.fsencode(self.collection).decode("utf-8", "backslashreplace")
        content = msgspec.json.encode({"backups_of": told}) + b"\n"
        if about.is_symlink() or not about.exists() or about.read_bytes() != content:
            write_atomically(about, [content], self._disk, backup=False, mode=0o600)

    def _content(self, source: Path | Iterable[bytes] | None) -> Iterable[bytes]:
        if source is None or isinstance(source, Path):
            return copied(source or self.collection)
        return source

    def _free(self, at: datetime.datetime, *, keep: bool) -> tuple[int, Path]:
        suffix = "-kept" if keep else ""
        for number in range(1, _MOST_OF_A_SECOND):
            count = f"-{number}" if number > 1 else ""
            path = self.folder / f"{written(at)}{count}{suffix}.json"
            if not os.path.lexists(path):
                return number, path
        raise FileExistsError(0, "there are too many of this second already")

    def _remove_strays(self, before: datetime.datetime | None) -> None:
        """Remove temporary files; young ones may be another program's that is still writing."""
        for entry in self._entries():
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                changed = entry.stat(follow_symlinks=False).st_mtime
                if before is None or changed < before.timestamp():
                    self._disk.remove(Path(entry.path))


def back_up_if_due(
    backups: Backups,
    now: datetime.datetime | None = None,
    source: Path | Iterable[bytes] | None = None,
) -> str | None:
    """Make the backup of today if there is none yet, and remove what is superfluous then.

    To be called when the collection's file has just been written; never raises, because a save
    that has succeeded must not fail for the sake of a backup.

    Args:
        backups: where to.
        now: the present moment, if not that of the system's clock.
        source: as for `Backups.make`.

    Returns:
        what went wrong, in a sentence or two; None if nothing did.
    """
    try:
        moment = now or datetime.datetime.now(tz=datetime.UTC)
        if backups.due(moment):
            backups.make(moment, source, keep=False)
            backups.thin(moment)
    except CollectionError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001  # whatever it is, the save has succeeded
        return f"No backup could be made ({error}). The collection itself is saved."
    return None


# --- the rule --------------------------------------------------------------------------------


def superfluous(
    moments: Sequence[datetime.datetime], now: datetime.datetime
) -> list[datetime.datetime]:
    """Tell which backups can go.

    Kept are the newest of each of the last days, weeks and months that have one, in UTC. Those
    dated later than now come from a clock that was wrong, or it is wrong now: they are judged
    by themselves, so that they neither drive out the others nor are driven out.

    Args:
        moments: when the backups were made.
        now: the present moment.

    Returns:
        the moments of those that can go, each once, oldest first.
    """
    distinct = sorted({*moments}, reverse=True)
    past = [one for one in distinct if one <= now]
    future = distinct[: len(distinct) - len(past)]
    staying = {*_staying(past), *_staying(future)}
    return [one for one in reversed(distinct) if one not in staying]


def _staying(newest_first: Sequence[datetime.datetime]) -> Iterator[datetime.datetime]:
    kept: Counter[int] = Counter()
    seen: set[tuple[Any, ...]] = set()
    for moment in newest_first:
        utc = moment.astimezone(datetime.UTC)
        periods = (utc.date(), utc.isocalendar()[:2], (utc.year, utc.month))
        for kind, (period, most) in enumerate(zip(periods, (DAYS, WEEKS, MONTHS), strict=True)):
            if (kind, period) not in seen and kept[kind] < most:
                kept[kind] += 1
                yield moment
            seen.add((kind, period))


# --- names and contents ----------------------------------------------------------------------


def written(at: datetime.datetime) -> str:
    """Write a moment as the names of backups have it: `2026-11-25T184207Z`."""
    # strftime does not pad a year below 1000 everywhere.
    return f"{at.year:04}{at.strftime(_MOMENT.removeprefix('%Y'))}"


def meant(backups: Sequence[Backup], which: str) -> Backup | None:
    """Find the newest backup of a day, a month or another beginning of a moment.

    Args:
        backups: newest first.
        which: `2026-11-25`, `2026-11-25 18:42`, or the name of a backup's file.
    """
    exact = (one for one in backups if which in (one.path.name, one.path.stem))
    begin = which.replace(":", "").replace(" ", "T").upper()
    beginning = (one for one in backups if written(one.at).startswith(begin))
    found = next(exact, None)
    return found or (next(beginning, None) if _BEGINNING.match(begin) else None)


def copied(source: Path) -> Iterator[bytes]:
    """Give the content of a file piece by piece.

    Raises:
        OSError: when it cannot be read.
    """
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _as_backup(entry: os.DirEntry[str]) -> Backup | None:
    name = _NAME.fullmatch(entry.name)
    if name is None or not entry.is_file(follow_symlinks=False):
        return None
    try:
        at = datetime.datetime.strptime(name[1], _MOMENT).replace(tzinfo=datetime.UTC)
        size = entry.stat(follow_symlinks=False).st_size
    except (ValueError, FileNotFoundError):
        # No such day; or just removed.
        return None
    return Backup(Path(entry.path), at, size, name[3] is not None, int(name[2] or 1))
