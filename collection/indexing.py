"""Indexing: the search index kept in step with the records, in small steps, and kept in a file.

Records wait to be indexed and are taken one after the other by whoever calls `step`: a worker
while the app runs, or the first search of a command. An index that an earlier run has kept is
taken over first; whatever differs from it is indexed anew.
"""

from __future__ import annotations

import time
import zlib
from array import array
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from threading import RLock

    from collection.search.authority import Authority, Entries
    from collection.search.cache import Header, IndexCache, Sections
    from collection.search.index import SearchIndex
    from collection.testimony import Testimony

State = tuple[int, ...]
"""What tells one state of a collection's file from another."""

LEAST_KEPT: Final = 500
"""Testimonies from which on an index is kept: fewer are indexed faster than one looks."""
_WORTH_KEEPING: Final = 100
"""Testimonies that a command must have indexed to write the index down before it ends."""
_CHUNK: Final = 500
_SOON: Final = 1000
"""Accounts that are indexed within a second."""
_THEMES: Final = ("theme", "keyword", "broader")


@dataclass(frozen=True)
class Records:
    """What the indexing asks of the records."""

    ids: Callable[[], list[str]]
    whole: Callable[[str], Testimony | None]
    """A record as it is kept; none where it has gone."""
    seen: Callable[[Testimony], Testimony]
    """The record as it may be seen: only that is indexed."""
    lock: RLock
    """Held by whoever changes the records."""


@dataclass(frozen=True)
class Kept:
    """Where an index is kept from one run to the next."""

    folder: Path
    """The folder of caches."""
    collection: Path
    """The collection's file."""
    state: Callable[[], State | None]
    """Gives the state of the file that the records were read from."""

    def cache(self) -> IndexCache:
        """Give the file of the index."""
        # Hashing and temporary files cost some milliseconds to import.
        from collection.search.cache import IndexCache

        return IndexCache(self.folder, self.collection)


class Indexing:
    """The index of a collection, and what still waits to enter it."""

    def __init__(
        self, records: Records, entries: Entries | None = None, kept: Kept | None = None
    ) -> None:
        """Take the records; nothing is indexed before something is searched for.

        Args:
            records: what to index.
            entries: the authority entries.
            kept: where to keep the index; nowhere if None.
        """
        self._records = records
        self._entries = entries
        self._authority: Authority | None = None
        self._kept = kept
        self._index: SearchIndex | None = None
        self._waiting: deque[str] = deque()
        self._restorable = False
        # What has changed while a kept index was taken over; None while none is.
        self._meanwhile: set[str] | None = None
        self._indexed = 0
        self._told_private = False

    @property
    def waiting(self) -> int:
        """How many records wait for their names to be indexed."""
        return len(self._waiting)

    def index(self) -> SearchIndex:
        """Give the index as far as it has come."""
        with self._records.lock:
            if self._index is None:
                from collection.search.authority import Authority
                from collection.search.index import SearchIndex

                self._index = SearchIndex(self._entries)
                self._authority = Authority(self._entries)
                self._waiting.extend(self._records.ids())
                self._restorable = self._kept is not None and not self._told_private
            return self._index

    def step(self, count: int, *, keep: bool = True) -> int:
        """Index a few more records: names first, then the words of their accounts.

        Args:
            count: how many.
            keep: whether to write the index down in any case once everything is indexed; if
                not, only when much has been.

        Returns:
            how many steps of one record are left.
        """
        index = self.index()
        if self._restorable:
            self._restorable = False
            self._take_over(index)
        for _ in range(count):
            with self._records.lock:
                if not self._waiting:
                    left = index.index_accounts(count)
                    if not left:
                        self._keep(index, least=1 if keep else _WORTH_KEEPING)
                    return left
                id = self._waiting.popleft()
                if record := self._records.whole(id):
                    self._indexed += 1
                    index.put(self._records.seen(record), account=False)
        # Each that waits has two steps to go, its names and its words.
        return 2 * len(self._waiting) + len(index)

    # --- changes -----------------------------------------------------------------------------

    def put(self, id: str, record: Testimony | None) -> None:
        """Index a record that has changed; or take it out.

        Its names are indexed at once, and the words of its account with the next step, unless
        so much waits for that already that they would not be found for a while.
        """
        if self._index is None:
            return
        if self._meanwhile is not None:
            self._meanwhile.add(id)
        if record is None:
            self._index.remove(id)
        else:
            seen = self._records.seen(record)
            self._index.put(seen, account=self._index.waiting > _SOON)

    def add(self, ids: list[str]) -> None:
        """Let records wait to be indexed."""
        if self._index is not None:
            self._wait(ids)

    def _wait(self, ids: list[str]) -> None:
        self._waiting.extend(ids)
        if self._meanwhile is not None:
            # What waits is forgotten once a kept index has been taken over.
            self._meanwhile.update(ids)

    def reveal(self, ids: list[str], *, private: bool) -> None:
        """Index records anew because other parts of them may be seen.

        Args:
            ids: those of which something is withheld.
            private: whether everything may be seen now.
        """
        if private:
            # What is sealed must not get into a file of ours, whatever happens later.
            self._told_private = True
            self._restorable = False
        if self._index is None:
            return
        self._wait(ids)
        if not private:
            # Nobody may find them by what is sealed, not even until they are indexed anew.
            for id in ids:
                self._index.remove(id)

    def renamed(self, field: str, name: str) -> None:
        """Take over an authority entry that has changed."""
        if self._index is not None:
            self._index.renamed(field, name)

    # --- keeping and taking over -------------------------------------------------------------

    def _take_over(self, index: SearchIndex) -> None:
        """Take over the index that an earlier run has kept, as far as it still holds."""
        kept = self._kept
        found = kept.cache().load() if kept is not None else None
        if kept is None or found is None:
            return
        header, sections = found
        self._meanwhile = set()
        try:
            index.restore(sections)
        except (KeyError, ValueError, TypeError, IndexError, msgspec.MsgspecError):
            # Sound by its checksum and yet no index of ours: it is built anew.
            self._meanwhile = None
            return
        state = kept.state()
        stale = self._stale(index, header, sections, state)
        # Written down again for the file as it is now, so that the next run need not compare.
        self._indexed += header.state != state
        with self._records.lock:
            changed = self._meanwhile
            self._meanwhile = None
            self._waiting.clear()
            for id in changed.union(stale):
                record = self._records.whole(id)
                if record is None:
                    index.remove(id)
                elif id in changed:
                    index.put(self._records.seen(record))
                else:
                    index.remove(id)
                    self._waiting.append(id)

    def _stale(
        self, index: SearchIndex, header: Header, sections: Sections, state: State | None
    ) -> list[str]:
        """Give the identifiers of which the kept index does not tell the truth any longer."""
        if header.state == state:
            return []
        for field, name in self._renamed(sections):
            index.renamed(field, name)
        return differing(sections, self._records.ids(), self._records.whole)

    def _renamed(self, sections: Sections) -> Iterator[tuple[str, str]]:
        authority = self._authority
        if authority is None:
            return
        for piece in sections.get("entries", ()):
            for field, name, digest in _ENTRIES.decode(piece):
                if authority.digest(field, name) != digest:
                    yield ("theme" if field in _THEMES else "place"), name

    def _keep(self, index: SearchIndex, least: int) -> None:
        kept = self._kept
        state = kept.state() if kept is not None else None
        if (
            kept is None
            or state is None
            or self._told_private
            or self._indexed < least
            or len(index) < LEAST_KEPT
        ):
            return
        from collection.search.index import ChangedMeanwhile

        self._indexed = 0
        try:
            kept.cache().save(state, self._pieces(index))
        except (OSError, ChangedMeanwhile):
            # It is only a matter of speed; the next run indexes anew.
            return

    def _pieces(self, index: SearchIndex) -> Iterator[tuple[str, bytes]]:
        yield from index.dump()
        ids = index.ids()
        for start in range(0, len(ids), _CHUNK):
            some = ids[start : start + _CHUNK]
            records = map(self._records.whole, some)
            digests = [_digest(record) if record else 0 for record in records]
            yield "digested", msgspec.msgpack.encode(some)
            yield "digests", array("I", digests).tobytes()
            time.sleep(0)
        if (authority := self._authority) is not None:
            names = [(field, name, authority.digest(field, name)) for field, name in index.named()]
            yield "entries", msgspec.msgpack.encode(names)


_ENTRIES: Final = msgspec.msgpack.Decoder(list[tuple[str, str, int]])
_IDS: Final = msgspec.msgpack.Decoder(list[str])


def differing(
    sections: Sections, ids: list[str], whole: Callable[[str], Testimony | None]
) -> list[str]:
    """Give the identifiers of the records that are not as a kept index has them.

    Args:
        sections: of the index.
        ids: of all records.
        whole: gives a record; none where it has gone.

    Raises:
        ValueError: when the index is none of ours.
    """
    known = dict(_digests(sections))
    found = [id for id in known if whole(id) is None]
    for place, id in enumerate(ids):
        record = whole(id)
        if record is not None and known.get(id) != _digest(record):
            found.append(id)
        if place % _CHUNK == 0:
            time.sleep(0)
    return found


def _digest(record: Testimony) -> int:
    """Give a number that changes with whatever is in a record."""
    return zlib.crc32(msgspec.json.encode(record))


def _digests(sections: Sections) -> Iterator[tuple[str, int]]:
    for ids, digests in zip(sections.get("digested", ()), sections.get("digests", ()), strict=True):
        yield from zip(_IDS.decode(ids), digests.cast("I"), strict=True)
