"""The earlier versions of testimonies, found by identifier; read when first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from collection.store import layout
from collection.store.changes import CONFLICT, ENDS, ERASED, REVISED, Version
from collection.store.merging import trace
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collection.store.storage import JournalStorage

_BEGINNING: Final = re.compile(rb'\{"id":"([^"\\]*)","action":"([a-z]*)"')


Accepts = Callable[[dict[str, Testimony], Callable[[], frozenset[str]]], None]
"""Looks at testimonies that were read, by identifier; can ask which were ever taken out."""


def taken_out_of(entries: Iterable[bytes]) -> frozenset[str]:
    """Give what was ever taken out, or gave way to another version, by a history's entries."""
    traces = map(trace, entries)
    return frozenset(one.id for one in traces if one.action != REVISED)


def about_id(raw: bytes) -> str:
    """Give the identifier of the testimony that an entry of the history is about."""
    return trace(raw).id


class History:
    """Where the entries of the history are."""

    def __init__(self, storage: JournalStorage) -> None:
        """Take the storage; nothing is read yet."""
        self._storage = storage
        # By identifier: the numbers, in the order in which things happened, and the last action.
        self._found: dict[str, list[int]] | None = None
        self._last: dict[str, str] = {}

    def forget(self) -> None:
        """Read anew when next asked: the file has been read anew."""
        self._found = None

    def note(self, number: int, raw: bytes | None) -> None:
        """Take over an entry that is new."""
        if self._found is not None:
            if raw is None:
                self._found = None
            else:
                self._enter(self._found, number, raw)

    def _enter(self, found: dict[str, list[int]], number: int, raw: bytes) -> None:
        if begins := _BEGINNING.match(raw):
            id, action = begins[1].decode(), begins[2].decode()
        else:
            traced = trace(raw)
            id, action = traced.id, traced.action
        found.setdefault(id, []).append(number)
        if action == CONFLICT:
            return
        self._last[id] = action

    def _read(self) -> dict[str, list[int]]:
        if self._found is None:
            found: dict[str, list[int]] = {}
            self._last.clear()
            for number, raw in self._storage.entries(layout.HISTORY):
                self._enter(found, number, raw)
            self._found = found
        return self._found

    # --- asking ------------------------------------------------------------------------------

    def of(self, id: str) -> list[Version]:
        """Give the earlier versions of a testimony, oldest first."""
        return self._versions(self._read().get(id, ()))

    def _versions(self, numbers: Sequence[int]) -> list[Version]:
        found = []
        for _, raw in self._storage.entries(layout.HISTORY, numbers):
            try:
                found.append(msgspec.json.decode(raw, type=Version))
            except (msgspec.DecodeError, UnicodeDecodeError):
                # Changed by hand, or damaged; it stays in the file.
                continue
        return found

    def last(self, id: str) -> Version | None:
        """Give the version that was taken out last."""
        return next((v for v in reversed(self.of(id)) if v.before and v.action != CONFLICT), None)

    def action_on(self, id: str) -> str:
        """Tell what happened to a testimony last; empty if nothing did."""
        self._read()
        return self._last.get(id, "")

    def out(self) -> frozenset[str]:
        """Give the identifiers of everything that was taken out last, for whatever reason."""
        self._read()
        return frozenset(id for id, action in self._last.items() if action not in (REVISED, ERASED))

    def away(self) -> frozenset[str]:
        """Give the identifiers of everything that was withdrawn last, whether it is back or not."""
        self._read()
        return frozenset(id for id, action in self._last.items() if action in ENDS)
