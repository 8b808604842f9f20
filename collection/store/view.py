"""The tables of a storage as TinyDB sees them: entries are read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from collection.store import layout
from collection.store.encoding import as_entry

if TYPE_CHECKING:
    from collection.store.storage import JournalStorage


class View(Mapping[str, Any]):
    """A table for reading, keyed by numbers as text."""

    def __init__(self, storage: JournalStorage, name: str) -> None:
        """Take the storage and the table's name."""
        self._storage = storage
        self._name = name

    def is_of(self, storage: JournalStorage, name: str) -> bool:
        """Tell whether it is the table of that name, and so cannot differ from it."""
        return self._storage is storage and self._name == name

    def __getitem__(self, number: str) -> Any:
        """Read an entry."""
        raw = self._storage.raw(self._name, int(number)) if number.isdecimal() else None
        if raw is None:
            raise KeyError(number)
        return layout.values(raw)

    def __iter__(self) -> Iterator[str]:
        """Go through the numbers."""
        return map(str, self._storage.numbers(self._name))

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._storage.numbers(self._name))

    def items(self) -> Any:
        """Go through numbers and entries; quicker than one by one."""
        return ((str(n), layout.values(raw)) for n, raw in self._storage.entries(self._name))

    def values(self) -> Any:
        """Go through the entries."""
        return (layout.values(raw) for _, raw in self._storage.entries(self._name))


class Draft(MutableMapping[int, Any]):
    """A table for changing, inside a transaction: what is read is a copy.

    Only what is touched is looked at, so that a change costs the same in a large table.
    """

    def __init__(self, storage: JournalStorage, name: str) -> None:
        """Take the storage and the table's name."""
        self._storage = storage
        self._name = name
        self._touched: dict[int, Any] = {}
        self._read: dict[int, bytes] = {}
        self._gone: set[int] = set()

    def __getitem__(self, number: int) -> Any:
        """Read an entry; what is done to it is written in the end."""
        if number in self._touched:
            return self._touched[number]
        raw = self._storage.raw(self._name, number) if number not in self._gone else None
        if raw is None:
            raise KeyError(number)
        self._read[number] = raw
        self._touched[number] = layout.values(raw)
        return self._touched[number]

    def __setitem__(self, number: int, entry: Any) -> None:
        """Put an entry in the place of another, or a new one."""
        self._gone.discard(number)
        self._touched[number] = entry

    def __delitem__(self, number: int) -> None:
        """Take an entry out."""
        if number not in self:
            raise KeyError(number)
        self._touched.pop(number, None)
        self._gone.add(number)

    def clear(self) -> None:
        """Take every entry out."""
        self._gone.update(self)
        self._touched.clear()

    def __iter__(self) -> Iterator[int]:
        """Go through the numbers."""
        numbers = dict.fromkeys(self._storage.numbers(self._name)) | dict.fromkeys(self._touched)
        return (number for number in numbers if number not in self._gone)

    def __len__(self) -> int:
        """Count the entries."""
        return sum(1 for _ in self)

    def __contains__(self, number: object) -> bool:
        """Tell whether there is an entry of that number."""
        if number in self._touched:
            return True
        return number not in self._gone and self._storage.has(self._name, number)

    def write(self) -> None:
        """Hand what differs over to the storage.

        Raises:
            TypeError, ValueError: for what JSON cannot hold; see `as_entry`.
        """
        for number in self._gone:
            if self._storage.has(self._name, number):
                self._storage.put(self._name, number, None)
        for number, entry in self._touched.items():
            raw = as_entry(entry)
            before = self._read.get(number)
            if before is None or (before != raw and layout.values(before) != layout.values(raw)):
                self._storage.put(self._name, number, raw)
        self._storage.keep_table(self._name)
