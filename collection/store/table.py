"""TinyDB on a `JournalStorage`: what a table changes is all that is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tinydb
from tinydb.table import Table

from collection.store.view import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from collection.store.storage import JournalStorage


class JournalTable(Table):
    """A table whose changes are made on the newest state of the file, under its lock."""

    _storage: JournalStorage

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document under a number that no other process gives at the same time."""
        with self._storage.transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents in one change."""
        with self._storage.transaction():
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[int]:
        """Change what is found, or insert the document, in one change."""
        with self._storage.transaction():
            return super().upsert(document, cond)

    # --- entries as their JSON ---------------------------------------------------------------

    def json(self, number: int) -> bytes | None:
        """Give the JSON of an entry; None where there is none."""
        return self._storage.raw(self.name, number)

    def jsons(self) -> Iterator[tuple[int, bytes]]:
        """Give the number and the JSON of every entry."""
        return self._storage.entries(self.name)

    def insert_json(self, raw: bytes) -> int:
        """Insert an entry that is JSON already, on one line, inside a transaction."""
        number = self._storage.take_number(self.name)
        self._storage.put(self.name, number, raw)
        return number

    def put_json(self, number: int, raw: bytes | None) -> None:
        """Put an entry in the place of another, or take that out, inside a transaction."""
        self._storage.put(self.name, number, raw)

    # --- TinyDB's own ------------------------------------------------------------------------

    def search(self, cond: Any) -> list[Any]:
        """Search; what was found before is forgotten once the file has changed."""
        self._forget_old()
        return super().search(cond)

    def _forget_old(self) -> None:
        seen = self._storage.seen()
        # What is found in a transaction may never come to be.
        if seen is None or getattr(self, "_seen", None) != seen:
            self._seen = seen
            self.clear_cache()

    def _get_next_id(self) -> int:
        return self._storage.take_number(self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.transaction():
            draft = Draft(self._storage, self.name)
            updater(draft)
            draft.write()
        self.clear_cache()


class JournalDB(tinydb.TinyDB):
    """A TinyDB whose tables append to a journal."""

    table_class = JournalTable
