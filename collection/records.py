"""The records in memory: whole and as they may be seen, in the order of the list, searchable."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from threading import RLock
from typing import TYPE_CHECKING, Final

import msgspec

from collection.access import Gated, gate, withholds
from collection.indexing import Indexing
from collection.indexing import Records as Indexed
from collection.testimony import Testimony, newest_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.indexing import Kept
    from collection.search.authority import Entries
    from collection.search.completing import Completion
    from collection.search.results import Results as Found

_MOST_VIEWS: Final = 4096
"""Masked records kept ready; making one takes about a millisecond."""


class Records:
    """What a collection holds, and what of it may be seen.

    Workers index and change while the interface reads: who changes holds `lock`, who reads
    needs none.
    """

    def __init__(self, entries: Entries | None = None, kept: Kept | None = None) -> None:
        """Begin empty.

        Args:
            entries: the authority entries, which the search asks.
            kept: where the search index is kept from one run to the next; nowhere if None.
        """
        self.lock = RLock()
        self._whole: dict[str, Testimony] = {}
        # Each with the record that it is of: one that has been changed has no view yet.
        self._views: dict[str, tuple[Testimony, Gated]] = {}
        self._order: list[tuple[int, str]] = []
        self._private = False
        self.indexing = Indexing(
            Indexed(self.ids, self._whole.get, lambda one: self.view(one).testimony, self.lock),
            entries,
            kept,
        )
        """What makes the records searchable."""

    def __len__(self) -> int:
        """Count the records, sealed ones included."""
        return len(self._whole)

    def __contains__(self, id: object) -> bool:
        """Tell whether there is a record of that identifier."""
        return id in self._whole

    def get(self, id: str) -> Testimony | None:
        """Give a whole record."""
        return self._whole.get(id)

    def __iter__(self) -> Iterator[Testimony]:
        """Go through the whole records, newest first."""
        found = map(self._whole.get, self.ids())
        return (record for record in found if record is not None)

    def ids(self) -> list[str]:
        """Give all identifiers, newest first, undated and sealed ones last."""
        return [id for _, id in self._order.copy()]

    # --- what may be seen --------------------------------------------------------------------

    @property
    def private(self) -> bool:
        """Whether what is private and sealed is shown."""
        return self._private

    def view(self, record: Testimony) -> Gated:
        """Give a record as it may be seen."""
        if self._private or not withholds(record):
            return Gated(record)
        kept = self._views.get(record.id)
        if kept is not None and kept[0] is record:
            return kept[1]
        gated = gate(record)
        if len(self._views) >= _MOST_VIEWS:
            self._views.clear()
        self._views[record.id] = (record, gated)
        return gated

    def views(self) -> Iterator[Gated]:
        """Go through the records as they may be seen, newest first."""
        return map(self.view, self)

    def withheld(self) -> list[Gated]:
        """Give every record of which something is withheld."""
        return [self.view(record) for record in self if withholds(record)]

    def reveal(self, private: bool) -> None:
        """Show or mask again what is private and sealed, in search too."""
        with self.lock:
            if private == self._private:
                return
            self._private = private
            self._order = sorted(map(self._key, self._whole.values()))
            masked = [id for id, record in self._whole.items() if withholds(record)]
            self.indexing.reveal(masked, private=private)

    def places(self) -> Counter[str]:
        """Count the places spoken of."""
        return Counter(place.name for one in self.views() for place in one.testimony.places)

    def themes(self) -> Counter[str]:
        """Count the themes."""
        return Counter(theme for one in self.views() for theme in one.testimony.themes)

    def _key(self, record: Testimony) -> tuple[int, str]:
        """Order a record by its date, unless that is sealed with everything else."""
        if self._private or record.access.record.level == "open":
            return newest_first(record)
        return (1, record.id)

    # --- searching ---------------------------------------------------------------------------

    def search(self, query: str, limit: int | None, *, partial: bool) -> Found:
        """Find testimonies; see `Collection.search`."""
        while not partial and self.indexing.step(1000, keep=False):
            pass
        found = self.indexing.index().search(query, limit)
        if self.indexing.waiting and not found.partial:
            found = msgspec.structs.replace(found, partial=True)
        return found

    def complete(self, query: str, limit: int) -> list[Completion]:
        """Offer names for the end of a query; see `Collection.complete`."""
        return self.indexing.index().complete(query, limit)

    # --- changing ----------------------------------------------------------------------------

    def take(self, records: dict[str, Testimony]) -> None:
        """Take over the state of a file."""
        with self.lock:
            if not self._whole:
                # The same dictionary as before: the indexing looks into it.
                self._whole.update(records)
                self._order = sorted(map(self._key, records.values()))
                self.indexing.add(self.ids())
                return
            for id in [id for id in self._whole if id not in records]:
                self.put(id, None)
            for id, record in records.items():
                if self._whole.get(id) != record:
                    self.put(id, record)

    def put(self, id: str, record: Testimony | None) -> None:
        """Put one record in its place in memory, in the order and in the index; or take it out."""
        with self.lock:
            before = self._whole.get(id)
            if before is not None:
                del self._order[bisect_left(self._order, self._key(before))]
            self._views.pop(id, None)
            if record is None:
                self._whole.pop(id, None)
                self.indexing.put(id, None)
                return
            self._whole[id] = record
            insort(self._order, self._key(record))
            self.indexing.put(id, record)
