"""The store: typed records in one TinyDB file, changed in atomic steps."""

from __future__ import annotations

import datetime
import os
import stat
from typing import TYPE_CHECKING, Any

import msgspec
import tinydb

from collection.errors import CannotOpen, CannotSave, Conflict, Problem, ReadOnly
from collection.store import layout
from collection.store.entries import EntryChange, apply_entries
from collection.store.loading import read_testimonies
from collection.store.storage import AtomicStorage, Signature
from collection.testimony import FIELDS, Testimony

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from collection.store.disk import Disk
    from collection.store.loading import Aside


class Change(msgspec.Struct, frozen=True):
    """One step in the life of one testimony."""

    before: Testimony | None
    """The version that the change starts from; none for a new record."""
    after: Testimony | None
    """The version that it leads to; none for a withdrawal."""
    restores: bool = False
    """Whether it brings back what was taken out; otherwise its identifier is not used again."""
    undoes: bool = False
    """Whether it takes back an addition, or makes it again: its identifier is free in between."""

    @property
    def id(self) -> str:
        """The testimony's identifier."""
        version = self.after or self.before
        return version.id if version else ""


class Version(msgspec.Struct, frozen=True):
    """An earlier version, kept when a testimony was changed or withdrawn."""

    id: str
    action: str
    """`revised`, `withdrawn` or, for an addition taken back, `undone`."""
    at: str
    """When, UTC, ISO 8601."""
    by: str
    """Who changed it."""
    before: dict[str, Any]
    """The record as it was; empty where it may not be seen."""


class Store:
    """The records of one file. Reading takes no lock; a change is one atomic write."""

    def __init__(self, path: Path, *, read_only: bool = False, disk: Disk | None = None) -> None:
        """Take a file.

        Args:
            path: the collection's file.
            read_only: never write, not even a lock.
            disk: how to write; for tests.
        """
        # A link to the file is followed, so that the rename replaces the file and not the link.
        self.path = path.resolve()
        """The file itself."""
        self.read_only = read_only or not _writable(self.path)
        """Whether changes are refused, by wish or because the place cannot be written."""
        self.problems: tuple[Problem, ...] = ()
        """The entries that could not be read as testimonies; they stay in the file."""
        self.aside: Aside = {}
        """The authority entries of the file as it was last loaded, as JSON, not read yet."""
        self._storage = AtomicStorage(self.path, disk)
        self._seen: Signature | None = None

    def create(self) -> None:
        """Make the file with an empty collection; one that is there already stays.

        Raises:
            CannotOpen: when it cannot be made.
        """
        try:
            with self._storage.transaction():
                if not self._storage.read():
                    self._storage.write(layout.new_tables(now()))
        except CannotSave as error:
            reason = _reason(error.__cause__)
            raise CannotOpen(f"{self.path} could not be made{reason}.") from error

    def load(
        self, accept: Callable[[dict[str, Testimony]], None] = lambda _: None
    ) -> dict[str, Testimony]:
        """Read every testimony, by identifier, in the order of the file.

        Args:
            accept: looks at what was read; may raise, and then the file counts as not read.

        Raises:
            CannotOpen: when the file is absent, unreadable or no collection.
        """
        try:
            # Opening anything but a plain file may block, and replacing it would do harm.
            if not stat.S_ISREG(self.path.stat().st_mode) and not self.path.is_dir():
                raise CannotOpen(f"{self.path} is no file. It was left as it is.")
            seen = self._storage.signature()
            aside: Aside = {}
            found = read_testimonies(self.path, self._gather, aside)
        except OSError as error:
            raise CannotOpen(_cannot_read(self.path, error)) from error
        except MemoryError as error:
            raise CannotOpen(f"There is not enough memory to read {self.path}.") from error
        accept(found)
        self._seen = seen
        self.aside = aside
        return found

    def _gather(self, entries: Iterator[tuple[str, Testimony | Exception]]) -> dict[str, Testimony]:
        found: dict[str, Testimony] = {}
        problems = []
        for key, entry in entries:
            if isinstance(entry, Exception):
                message = f"Entry {key} of the file cannot be read ({entry}); it was left as it is."
                problems.append(Problem("", key, message))
            elif not entry.id:
                message = f"Entry {key} of the file has no identifier; it was left as it is."
                problems.append(Problem("id", key, message))
            elif entry.id in found:
                message = (
                    f"Two entries of the file are called {entry.id}. The first is shown; "
                    f"both were left as they are."
                )
                problems.append(Problem("id", entry.id, message))
            else:
                found[entry.id] = entry
        self.problems = tuple(problems)
        return found

    @property
    def state(self) -> Signature | None:
        """The state of the file that was last read or written; None before."""
        return self._seen

    def changed(self) -> bool:
        """Tell whether someone else has written the file since it was last read; cheap."""
        return self._storage.signature() != self._seen

    def commit(
        self, changes: Sequence[Change], by: str = "", entries: Sequence[EntryChange] = ()
    ) -> bool:
        """Make changes, all or none.

        Args:
            changes: at most one for each testimony.
            by: who makes them.
            entries: changes of authority entries, at most one for each.

        Returns:
            whether someone else had changed the file before; then `load()` tells what.

        Raises:
            Conflict: a version that a change starts from is no longer the current one.
            CannotSave: it could not be written; the file is as it was.
            CannotOpen: the file is no longer a collection; it was left as it is.
        """
        if self.read_only:
            raise ReadOnly(f"{self.path.name} is open for reading only; nothing was changed.")
        storage = self._storage
        if self._seen is not None and storage.signature() is None:
            # Not even a lock is to be left where the file was.
            raise CannotSave(_gone(self.path))
        with storage.transaction():
            signature = storage.signature()
            stale = signature != self._seen
            tables = storage.read()
            if not tables:
                if self._seen is not None and stale:
                    raise CannotSave(_gone(self.path))
                storage.write(layout.new_tables(now()))
            self._apply(changes, by)
            if entries:
                apply_entries(self._storage, entries)
        if not stale:
            self._seen = storage.signature()
        return stale

    def _apply(self, changes: Sequence[Change], by: str) -> None:
        tables = self._storage.read()
        current = tables.setdefault(layout.TESTIMONIES, {})
        history = tables.setdefault(layout.HISTORY, {})
        numbers: dict[str, str] = {}
        for number, entry in current.items():
            numbers.setdefault(layout.identifier(entry), number)
        gone = _gone_for_good(history) - numbers.keys()
        added, revised, removed, versions = [], {}, [], []
        for change in changes:
            number = numbers.get(change.id)
            found = layout.values(current[number]) if number is not None else None
            _check_start(change, found, gone)
            if change.restores:
                found = _last_version(history, change.id)
            elif found is not None:
                versions.append(msgspec.to_builtins(_version(change, found, by)))
            if change.after is None:
                removed.append(int(number or 0))
                continue
            after = _entry(change.after, found or {})
            if number is None:
                added.append(after)
            else:
                # TinyDB changes entries where they are, so that this one must be plain values.
                current[number] = {"id": change.id}
                revised[int(number)] = after
        self._write(added, revised, removed, versions)

    def _write(
        self,
        added: list[dict[str, Any]],
        revised: dict[int, dict[str, Any]],
        removed: list[int],
        versions: list[dict[str, Any]],
    ) -> None:
        database = tinydb.TinyDB(storage=lambda: self._storage)
        table = database.table(layout.TESTIMONIES, cache_size=0)
        if added:
            table.insert_multiple(added)
        if revised:
            by_id = {entry["id"]: entry for entry in revised.values()}
            table.update(lambda entry: entry.update(by_id[entry["id"]]), doc_ids=[*revised])
        if removed:
            table.remove(doc_ids=removed)
        if versions:
            database.table(layout.HISTORY, cache_size=0).insert_multiple(versions)

    def history(self, id: str) -> list[Version]:
        """Give the earlier versions of a testimony, oldest first.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        entries = self._tables().get(layout.HISTORY, {}).values()
        found = [msgspec.json.decode(layout.as_json(e)) for e in entries if _is_of(e, id)]
        return [version for entry in found if (version := _as_version(entry))]

    def last_withdrawn(self) -> list[Version]:
        """Give the last version of every testimony that was withdrawn, in the order of the file.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        gone = self.withdrawn()
        entries = self._tables().get(layout.HISTORY, {}).values()
        last = {trace.id: e for e in entries if (trace := layout.trace(e)).id in gone}
        found = [_as_version(msgspec.json.decode(layout.as_json(e))) for e in last.values()]
        return [version for version in found if version]

    def withdrawn(self) -> frozenset[str]:
        """Give the identifiers that were in use and are no longer; none is used again.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        tables = self._tables()
        here = map(layout.identifier, tables.get(layout.TESTIMONIES, {}).values())
        return frozenset(_gone_for_good(tables.get(layout.HISTORY, {})).difference(here))

    def taken_out(self) -> frozenset[str]:
        """Give the identifiers that were withdrawn, or added and taken back, at any time.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        history = self._tables().get(layout.HISTORY, {})
        traces = map(layout.trace, history.values())
        return frozenset(trace.id for trace in traces if trace.action != "revised")

    def _tables(self) -> layout.Tables:
        try:
            return layout.decode(self.path)
        except OSError as error:
            raise CannotOpen(_cannot_read(self.path, error)) from error


def now() -> str:
    """Give the present moment: UTC, ISO 8601, to the second."""
    return datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds")


def _check_start(change: Change, current: Any, gone: set[Any]) -> None:
    if change.before is None:
        if current is not None:
            raise Conflict(
                f"{change.id} is in the collection already, with other content. Nothing was "
                f"changed; give the new testimony another identifier, or revise the old one."
            )
        if change.id in gone and not change.restores:
            raise Conflict(
                f"{change.id} was withdrawn, and an identifier is never used again. Nothing was "
                f"added; give the new testimony another identifier."
            )
        return
    if current is None:
        raise Conflict(f"{change.id} was withdrawn in the meantime. Nothing was changed.")
    try:
        same = msgspec.convert(current, Testimony) == change.before
    except msgspec.ValidationError:
        same = False
    if not same:
        raise Conflict(
            f"{change.id} was changed by someone else in the meantime. Nothing of it was "
            f"overwritten; look at the new version and make the change again."
        )


def _gone_for_good(history: dict[str, layout.Entry]) -> set[str]:
    """Give what was withdrawn last, and not merely added and taken back at once."""
    last = {trace.id: trace.action for trace in map(layout.trace, history.values())}
    return {id for id, action in last.items() if action == "withdrawn"}


def _version(change: Change, before: dict[str, Any], by: str) -> Version:
    action = "revised" if change.after else "undone" if change.undoes else "withdrawn"
    return Version(change.id, action, now(), by, before)


def _is_of(entry: layout.Entry, id: str) -> bool:
    return layout.trace(entry).id == id


def _as_version(entry: Any) -> Version | None:
    try:
        return msgspec.convert(entry, Version)
    except msgspec.ValidationError:
        # Changed by hand; it stays in the file.
        return None


def _last_version(history: dict[str, layout.Entry], id: str) -> dict[str, Any]:
    last = next((e for e in reversed(history.values()) if _is_of(e, id)), None)
    before: Any = layout.values(last).get("before") if last is not None else None
    return dict(before) if isinstance(before, dict) else {}


def _entry(testimony: Testimony, former: dict[str, Any]) -> dict[str, Any]:
    """Write a record down; keys that another program put beside ours stay."""
    kept = {key: value for key, value in former.items() if key not in FIELDS}
    entry: dict[str, Any] = msgspec.to_builtins(testimony)
    return kept | entry


def _gone(path: Path) -> str:
    return (
        f"{path.name} is no longer where it was, or is empty. Nothing was written; "
        f"put the file back, or export what is on screen."
    )


def _reason(error: BaseException | None) -> str:
    return f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""


def _writable(path: Path) -> bool:
    target = path if path.exists() else path.parent
    effective = os.access in os.supports_effective_ids
    places = {target, path.parent}
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in places)


def _cannot_read(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no collection at {path}. Nothing was made; check the name."
    if isinstance(error, IsADirectoryError):
        return f"{path} is a folder, not a collection. Name a file in it."
    return f"{path} could not be read{_reason(error)}. It was left as it is."
