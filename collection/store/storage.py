"""A TinyDB storage with a journal: several operations become one change, or none.

What has changed is appended to a journal beside the file, and brought to the disk, before a change
counts as made; so its cost does not grow with the collection. `DurableFile` does that.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import tinydb

from collection.store.durable import DurableFile
from collection.store.encoding import as_entry
from collection.store.mainfile import Lines, Moved
from collection.store.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from collection.store.disk import Disk
    from collection.store.journal import Change
    from collection.store.mainfile import Readers, Where


class JournalStorage(tinydb.Storage):
    """Gives TinyDB the tables of a file, and writes down only what changes in them.

    Operations inside `transaction()` are made under the lock that every process takes, on the
    state as it is then: all of them are kept, or none.
    """

    def __init__(
        self,
        path: Path,
        disk: Disk | None = None,
        *,
        read_only: bool = False,
        readers: Readers | None = None,
    ) -> None:
        """Take the file; it is neither read nor made yet.

        Args:
            path: the file; links to it must have been followed.
            disk: how to write.
            read_only: never write, not even a lock.
            readers: for some tables, what makes a record of an entry; see `DurableFile.accept`.
        """
        self.file = DurableFile(path, disk, read_only=read_only, readers=readers)
        """The file and its journal."""
        self.made: Callable[[Sequence[Change]], None] = lambda _: None
        """Is given what a transaction has changed, once that lasts."""
        self._pending: dict[str, dict[int, bytes | None]] | None = None
        self._given: dict[str, int] = {}
        self._dropped: set[str] = set()

    # --- TinyDB's own face -------------------------------------------------------------------

    def read(self) -> Any:
        """Give all tables, entries read when they are asked for; None when there is nothing."""
        with self.file.mutex:
            if self._pending is None:
                self.file.catch_up()
            names = dict.fromkeys([*self.file.present().tables, *(self._pending or ())])
            return {name: View(self, name) for name in names} or None

    def seen(self) -> int | None:
        """Tell the newest state of the file from any before; None in a transaction."""
        with self.file.mutex:
            if self._pending is not None:
                return None
            self.file.catch_up()
            return self.file.version

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Make the tables what is given: what differs is written, what is missing taken out.

        Raises:
            CannotSave: when it could not be written; nothing is changed then.
        """
        with self.transaction():
            for name in [*self.file.present().tables]:
                if name not in data:
                    self.drop(name)
            for name, table in data.items():
                if not (isinstance(table, View) and table.is_of(self, name)):
                    self._rewrite(name, {int(n): as_entry(e) for n, e in table.items()})

    def _rewrite(self, name: str, table: Mapping[int, bytes]) -> None:
        for number in self.numbers(name):
            if number not in table:
                self.put(name, number, None)
        for number, raw in table.items():
            if self.raw(name, number) != raw:
                self.put(name, number, raw)
        self._pending_of(name)

    def close(self) -> None:
        """Let go of the file; who is the last to do so folds the journal into it."""
        self.file.close()

    # --- entries -----------------------------------------------------------------------------

    def numbers(self, name: str) -> list[int]:
        """Give the numbers of a table's entries, in the order of the file."""
        with self.file.mutex:
            pending = self._pending_of(name, make=False)
            table = self.file.present().tables.get(name, {})
            if not pending:
                return [*table]
            kept = [number for number in table if pending.get(number, b"") is not None]
            return kept + [n for n, raw in pending.items() if raw is not None and n not in table]

    def has(self, name: str, number: object) -> bool:
        """Tell whether a table has an entry of that number."""
        with self.file.mutex:
            pending: Mapping[Any, bytes | None] = self._pending_of(name, make=False)
            if number in pending:
                return pending[number] is not None
            return number in self.file.present().tables.get(name, ())

    def raw(self, name: str, number: int) -> bytes | None:
        """Give the JSON of an entry; None where there is none."""
        with self.file.mutex:
            pending = self._pending_of(name, make=False)
            if number in pending:
                return pending[number]
            where = self.file.present().tables.get(name, {}).get(number)
            if where is None or isinstance(where, bytes):
                return where
            return next((raw for _, raw in self._read([(number, where)], name)), None)

    def entries(
        self, name: str, numbers: Iterable[int] | None = None
    ) -> Iterator[tuple[int, bytes]]:
        """Give numbers and JSON of a table's entries; all of them if not told which."""
        with self.file.mutex:
            pending = self._pending_of(name, make=False)
            table = self.file.present().tables.get(name, {})
            wanted = self.numbers(name) if numbers is None else numbers
            found: list[tuple[int, Where]] = []
            for number in wanted:
                where = pending[number] if number in pending else table.get(number)
                if where is not None:
                    found.append((number, where))
        return self._read(found, name)

    def _read(self, found: list[tuple[int, Where]], name: str) -> Iterator[tuple[int, bytes]]:
        """Read entries; where the file is replaced meanwhile, as they are then."""
        main = self.file.present().main
        lines = Lines(self.file.path, main.signature if main else (0, 0, 0))
        with lines:
            done = 0
            for number, where in found:
                try:
                    raw = lines.raw(where)
                except Moved:
                    if self._pending is not None:
                        raise
                    break
                done += 1
                yield number, raw
            else:
                return
        with self.file.mutex:
            self.file.catch_up()
        yield from self.entries(name, [number for number, _ in found[done:]])

    # --- changing ----------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make several operations one.

        Raises:
            CannotSave: when it could not be written; everything is then as it was.
            CannotOpen: when the file is no longer a collection.
        """
        with self.file.mutex:
            if self._pending is not None:
                # A part of the one that is going on.
                yield
                return
            with self.file.held():
                self._pending, self._given, self._dropped = {}, {}, set()
                try:
                    yield
                    self._commit(self._pending)
                finally:
                    self._pending, self._given = None, {}

    def put(self, name: str, number: int, raw: bytes | None) -> None:
        """Write an entry, or take it out, inside a transaction."""
        self._pending_of(name)[number] = raw
        self._given[name] = max(self._given.get(name, 0), number)

    def keep_table(self, name: str) -> None:
        """Let a table be there, even without entries, inside a transaction."""
        self._pending_of(name)

    def drop(self, name: str) -> None:
        """Take a table out, inside a transaction."""
        for number in self.numbers(name):
            self.put(name, number, None)
        self._dropped.add(name)

    def take_number(self, name: str) -> int:
        """Give a number that no entry of a table has or will have, inside a transaction."""
        state = self.file.present()
        number = max(state.next_number(name), self._given.get(name, 0) + 1)
        while number in state.tables.get(name, ()):
            number += 1
        self._given[name] = number
        return number

    def _pending_of(self, name: str, *, make: bool = True) -> dict[int, bytes | None]:
        if self._pending is None:
            return {}
        return self._pending.setdefault(name, {}) if make else self._pending.get(name, {})

    def _commit(self, pending: dict[str, dict[int, bytes | None]]) -> None:
        tables = self.file.present().tables
        changes: list[Change] = [
            (name, number, raw)
            for name, table in pending.items()
            for number, raw in table.items()
            if raw is not None or number in tables.get(name, ())
        ]
        if changes:
            self.file.write(changes)
            self.made(changes)
        tables = self.file.present().tables
        for name in pending:
            tables.setdefault(name, {})
        for name in self._dropped:
            if not tables.get(name, True):
                del tables[name]
